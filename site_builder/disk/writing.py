"""The output folder: one writer at a time, whole or nothing, and never a file that is not ours.

All new files are first staged beside the site, in `.briefing/` inside the output folder. Then a journal that names
every move is written: from that moment the new site counts. The moves are renames; when one fails, those made are
taken back. After a kill or a power loss the next command finds either no journal (and clears the stage: the old site
stands) or a whole one (and makes the remaining moves: the new site stands). A manifest lists what is ours.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from pathlib import Path
from types import FrameType
from typing import Literal

from .. import glance
from ..glance import ABSENT, STAMPS, Looks, Stamps, looks_of, read_stamps, stamp, written_at
from ..problems import Refused, some_of
from .locking import Held, lock
from .manifest import Entry, Manifest, Noted, is_site_path
from .stamps import from_warnings, to_warnings, write_stamps

OWN = glance.OWN
_MANIFEST, _JOURNAL, _DRAFT, _LOCK = "manifest.json", "journal.json", "journal.draft", "lock"
_STAGE, _UNDO = "stage", "undo"
_RIGHTS = 0o644  # of every file
State = Literal["same", "missing", "changed"]  # of a file of ours, against the manifest
_SAME: State = "same"


class Output:
    """An output folder held by its one writer; use `opened`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_held = False
        self.own = folder / OWN
        self.place, self.stage_place = f"{folder}", f"{folder / OWN / _STAGE}"  # thousands of paths are made of these
        self.written = 0  # bytes
        self.started = 0  # ns, by the clock of the file system
        self.staged: list[str] = []  # paths by number; empty for a number that was not used
        self.sound = {""}  # folders of the site that were found to be folders, or not to be there
        self.absent: set[str] = set()  # of those the ones that were not there: nor was anything in them
        self.sets_rights = True  # whether what is written has other rights than it is to have

    def hold(self) -> None:
        """Make an interrupted build whole; the lock must be held, and have been written to."""
        self.is_held = True
        self.started = written_at(stamp(self.own / _LOCK) or ABSENT)
        if (self.own / _JOURNAL).exists():
            self._roll_forward()
        (self.own / _DRAFT).unlink(missing_ok=True)
        self.clear()

    def clear(self) -> None:
        """Throw away what is staged; a journal that has not been followed to its end keeps it."""
        self.staged.clear()
        if not (self.own / _JOURNAL).exists():
            for leftover in (_STAGE, _UNDO):
                _throw_away(self.own / leftover)

    @cached_property
    def manifest(self) -> Manifest | None:
        """The manifest of the site in place, if there is one of ours."""
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            return Manifest.from_json((self.own / _MANIFEST).read_bytes())
        return None

    @cached_property
    def previous(self) -> Mapping[str, Entry]:
        """The files that are ours."""
        return self.manifest.files if self.manifest else {}

    @cached_property
    def seen(self) -> Looks:
        """How each of them looks, in their order."""
        return looks_of(self.folder, [*self.previous])

    @cached_property
    def states(self) -> Mapping[str, State]:
        """How each of them stands."""
        known = self.stamps
        if known and known.are_outputs(self.seen):
            return dict.fromkeys(self.previous, _SAME)
        before = known.outputs.by_path() if known else {}
        return {
            path: _SAME if known and known.is_output(before.get(path), own) else self._state(path, entry)
            for (path, entry), own in zip(self.previous.items(), self.seen.stamps(), strict=True)
        }

    @cached_property
    def stamps(self) -> Stamps | None:
        """How inputs and site looked when the site in place was made or last found whole."""
        return read_stamps(f"{self.own / STAMPS}")

    def untouched(self, key: str, inputs: Looks) -> tuple[Sequence[str], Sequence[Noted]] | None:
        """The files of the site in place and its warnings, where neither it nor an input can have changed."""
        known = self.stamps
        if known is None or not known.is_untouched(key, inputs, self.folder):
            return None
        with contextlib.suppress(ValueError, TypeError):
            return known.outputs.paths, to_warnings(known.warnings)
        return None

    def remember(self, key: str, inputs: Looks, manifest: Manifest) -> None:
        """Note how the inputs looked before they were read, and how the site made from them looks now.

        Without a key nothing is noted, and what was is forgotten: names of inputs and warnings are not for everybody.
        """
        if self.is_held and not key:
            (self.own / STAMPS).unlink(missing_ok=True)
        elif self.is_held:
            outputs = self._outputs(sorted(manifest.files))
            warnings = from_warnings(manifest.warnings)
            write_stamps(self.own / STAMPS, Stamps(key, inputs, outputs, self.started, warnings))

    def _outputs(self, paths: list[str]) -> Looks:
        """How the files of the site look now: where all the others surely stand as they did, those that were written
        are looked at alone."""
        is_as_before = paths == [*self.previous] and self.seen.are_before(self.started)
        if not is_as_before or {*self.states.values()} != {"same"}:
            return looks_of(self.folder, paths)
        written = {*self.staged}
        rows = [at for at, path in enumerate(paths) if path in written]
        return self.seen.with_rows(rows, looks_of(self.folder, [paths[at] for at in rows]))

    def check(self, *, adopt: bool = False, force: bool = False) -> None:
        """Refuse a folder that holds what we did not write, or pages that someone has changed since."""
        if self.manifest is None:
            names = (p.name for p in self.folder.iterdir()) if self.folder.is_dir() else ()
            foreign = sorted(name for name in names if not name.startswith("."))
            if foreign and not adopt:
                raise Refused(
                    f"{self.folder} holds files that this program did not write: {some_of(foreign)}",
                    "choose an empty folder with --output, or keep them beside the site with --adopt",
                )
            return
        if not force:
            changed = [p for p, state in self.states.items() if state == "changed"]
            if changed:
                raise Refused(
                    f"files in {self.folder} were changed after they were built: {some_of(changed)}",
                    "keep your changes in templates/ or annotations/, then build with --force",
                )

    @property
    def manifest_path(self) -> Path:
        """Where the manifest is written."""
        return self.own / _MANIFEST

    def state(self, path: str) -> State:
        """How one of them stands, by its bytes."""
        return self._state(path, self.previous[path])

    def _state(self, path: str, entry: Entry) -> State:
        try:
            content = (self.folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return "missing"
        except IsADirectoryError:
            return "changed"
        return "same" if hashlib.sha256(content).hexdigest() == entry.sha256 else "changed"

    def is_whole(self, inputs: str) -> bool:
        """Whether the site in place was made from these inputs and has lost nothing since."""
        return bool(self.manifest and self.manifest.inputs == inputs and set(self.states.values()) <= {"same"})

    def reason(self, path: str, sha256: str) -> str:
        """Why a file with these bytes has to be written; empty when the one in place has them."""
        if path not in self.previous:
            return "new"
        if self.states[path] != "same":
            return "missing from the output" if self.states[path] == "missing" else "changed by hand"
        return "" if self.previous[path].sha256 == sha256 else "its content changed"

    def read(self, path: str) -> bytes:
        """The bytes of a file of ours that stands as we wrote it."""
        return (self.folder / path).read_bytes()

    def size(self, path: str) -> int:
        """How many bytes a file of ours has that stands as we wrote it."""
        return os.stat(f"{self.folder}/{path}").st_size  # noqa: PTH116 pathlib is slow for a thousand

    def stage(self, path: str, content: bytes | bytearray) -> None:
        """Hold a file ready for `commit`; it stands in the output only after that. One only looked at takes none."""
        number = self.reserve(1)
        self.put(number, path, content)
        self.take(number, path, len(content))

    def reserve(self, count: int) -> int:
        """The first of so many numbers under which files may be staged, by this process or by one that it forks."""
        first = len(self.staged)
        if self.is_held and count and not first:
            (self.own / _STAGE).mkdir()
            self.sets_rights = os.stat(self.stage_place).st_mode & _RIGHTS != _RIGHTS  # noqa: PTH116 as everywhere here
        self.staged += [""] * count
        return first

    def put(self, number: int, path: str, content: bytes | bytearray) -> None:
        """Hold a file ready under a number; `take` has to follow where the number was reserved."""
        if self.is_held:
            self._check_path(path, content)
            _write(f"{self.stage_place}/{number}", content, sets_rights=self.sets_rights)

    def take(self, number: int, path: str, size: int) -> None:
        """Count on a file of so many bytes that is held ready under a number."""
        if self.is_held:
            self.staged[number] = path
            self.written += size

    def commit(self, manifest: Manifest) -> None:
        """Move what is staged into place, delete what the manifest does not list any more; all of it or nothing."""
        deletes = sorted(self.previous.keys() - manifest.files.keys())
        for path in deletes:
            self._check_parents(path)
        made: list[Path] = []
        try:
            content, number = manifest.to_json(), self.reserve(1)
            _write(f"{self.stage_place}/{number}", content)
            self.take(number, f"{OWN}/{_MANIFEST}", len(content))
            self._make_folders(filter(None, self.staged), made)
            for number, path in enumerate(self.staged):
                if path:
                    _sync_file(f"{self.stage_place}/{number}")
            _sync_folder(self.own / _STAGE)
            with _unbroken():
                self._apply(self.staged, deletes, {f"{folder}" for folder in made})
        except BaseException:
            for folder in reversed(made):
                with contextlib.suppress(OSError):
                    folder.rmdir()
            self.clear()
            raise

    def _check_parents(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder in self.sound:
            return
        where = self.folder
        for part in folder.split("/"):
            where = where / part
            if where.is_symlink():
                raise Refused(f"{where} is a symbolic link", "take the link away; the site is not written through it")
            if not where.exists():
                self.absent.add(folder)
            elif not where.is_dir():
                raise Refused(f"{where} is a file, and a folder of the site belongs there", "move the file away")
        self.sound.add(folder)

    def _check_path(self, path: str, content: bytes | bytearray) -> None:
        self._check_parents(path)
        is_new = path.rpartition("/")[0] in self.absent
        if is_new or path in self.previous or not os.path.lexists(f"{self.place}/{path}"):
            return
        target = self.folder / path
        if target.is_symlink() or not target.is_file() or target.read_bytes() != content:
            raise Refused(f"{target} is not ours, and a page belongs there", "move the file away")

    def _make_folders(self, paths: Iterable[str], made: list[Path]) -> None:
        """Make the folders of the site that are not there; `made` takes them, outer before inner."""
        for folder in sorted(self._folders(paths)):
            missing = [f for f in (folder, *folder.parents) if self.folder in f.parents and not f.is_dir()]
            for each in reversed(missing):
                each.mkdir()
                each.chmod(0o755)
                made.append(each)

    def _folders(self, paths: Iterable[str]) -> set[Path]:
        """The folders that these files stand in."""
        return {self.folder / folder for folder in {path.rpartition("/")[0] for path in paths}}

    def _apply(self, paths: list[str], deletes: list[str], new: Set[str]) -> None:
        """Make the moves; `new` are the folders in which nothing stands yet."""
        journal = {"writes": paths, "deletes": deletes}
        undo = self.own / _UNDO
        undo.mkdir()
        draft = self.own / _DRAFT
        done: list[tuple[str, str]] = []
        try:
            _write(str(draft), json.dumps(journal).encode())
            _sync_file(str(draft))
            draft.replace(self.own / _JOURNAL)
            _sync_folder(self.own)
            for number, path in enumerate(paths):
                if not path:
                    continue
                target = f"{self.place}/{path}"
                if target.rpartition("/")[0] not in new and os.path.exists(target):  # noqa: PTH110 as everywhere here
                    self._move(target, f"{undo}/w{number}", done)
                self._move(f"{self.stage_place}/{number}", target, done)
            for number, path in enumerate(deletes):
                target = f"{self.place}/{path}"
                if os.path.exists(target):  # noqa: PTH110
                    self._move(target, f"{undo}/d{number}", done)
            self._sync(paths, deletes)
        except BaseException:
            for source, target in reversed(done):
                os.replace(target, source)  # noqa: PTH105
            with contextlib.suppress(FileNotFoundError):
                (self.own / _JOURNAL).unlink()
            draft.unlink(missing_ok=True)
            raise
        self._finish(deletes)

    def _move(self, source: str, target: str, done: list[tuple[str, str]]) -> None:
        os.replace(source, target)  # noqa: PTH105
        done.append((source, target))

    def _roll_forward(self) -> None:
        """Make the moves that an interrupted build had left to make. Each is made at most once, so this may be too."""
        journal = self._journal()
        for path in (*journal["writes"], *journal["deletes"]):
            self._check_parents(path)
        for number, path in enumerate(journal["writes"]):
            staged, target = self.own / _STAGE / str(number), self.folder / path
            if path and staged.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                staged.replace(target)
        for path in journal["deletes"]:
            (self.folder / path).unlink(missing_ok=True)
        self._sync(journal["writes"], journal["deletes"])
        self._finish(journal["deletes"])

    def _journal(self) -> dict[str, list[str]]:
        """The journal of an interrupted build; one that we cannot have written is not followed."""
        path = self.own / _JOURNAL
        try:
            journal = json.loads(path.read_bytes())
            paths = [*(p for p in journal["writes"] if p != ""), *journal["deletes"]]
            if all(isinstance(p, str) and is_site_path(p) for p in paths):
                return {"writes": journal["writes"], "deletes": journal["deletes"]}
        except (ValueError, KeyError, TypeError):
            pass
        raise Refused(f"{path} is no journal of this program", "delete it, then build with --force")

    def _sync(self, paths: Iterable[str], deletes: Iterable[str]) -> None:
        for folder in sorted(self._folders(filter(None, (*paths, *deletes)))):
            if folder.is_dir():
                _sync_folder(folder)

    def _finish(self, deletes: Iterable[str]) -> None:
        (self.own / _JOURNAL).unlink()
        for name in (_STAGE, _UNDO):
            _throw_away(self.own / name)
        for folder in sorted(self._folders(deletes) - {self.folder}, reverse=True):
            with contextlib.suppress(OSError):  # not empty, or gone: someone else's files stay
                folder.rmdir()


def _throw_away(folder: Path) -> None:
    """Delete a folder of our own with what is in it, as far as that can be done, and nothing through a link."""
    if folder.is_symlink():
        return
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208 names are enough
            os.unlink(folder / name)  # noqa: PTH108 nothing but files was put there
        folder.rmdir()
    if os.path.lexists(folder):
        import shutil  # which loads three ways to compress

        shutil.rmtree(folder, ignore_errors=True)


def _write(path: str, content: bytes | bytearray, *, sets_rights: bool = True) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), _RIGHTS)
    try:
        written = os.write(handle, content)
        while written < len(content):
            written += os.write(handle, memoryview(content)[written:])
        if sets_rights and os.name == "posix":
            os.fchmod(handle, _RIGHTS)  # whatever the umask
    finally:
        os.close(handle)


def _sync_file(path: str) -> None:
    """Make a file's bytes last through a power loss; all are written before, so that the disk takes them at once."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    """Make renames in a folder last through a power loss, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Output]:
    """The output folder, made if need be, locked, and whole."""
    if folder.is_symlink():
        raise Refused(f"{folder} is a symbolic link", "give the folder itself")
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is not a folder")
    own = folder / OWN
    if own.is_symlink():
        raise Refused(f"{own} is a symbolic link", "take the link away")
    for each in (folder, own):
        with contextlib.suppress(FileExistsError):
            each.mkdir(parents=True)
            each.chmod(0o755)
    try:
        with lock(own / _LOCK):
            output = Output(folder)
            output.hold()
            try:
                yield output
            finally:
                output.clear()
    except Held as held:
        raise Refused(f"another build is writing here{held}", "wait for it to end") from held


@contextlib.contextmanager
def looked_at(folder: Path) -> Iterator[Output]:
    """The output folder as it stands, without a lock and without making anything: for a dry run."""
    yield Output(folder)


@contextlib.contextmanager
def _unbroken() -> Iterator[None]:
    """Hold back Ctrl-C and SIGTERM while the moves are made; they take effect after the last one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    caught: list[tuple[int, FrameType | None]] = []
    signals = (signal.SIGINT, signal.SIGTERM)
    before = {s: signal.signal(s, lambda number, frame: caught.append((number, frame))) for s in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for caught_signal, frame in caught[:1]:
        then = before[signal.Signals(caught_signal)]
        if callable(then):
            then(caught_signal, frame)
        elif then == signal.SIG_DFL:
            signal.raise_signal(caught_signal)
