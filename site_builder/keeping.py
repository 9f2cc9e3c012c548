"""A memory that outlives its process, so that a command after an edit costs about what the edit does.

It lies among the user's own caches, since what is read back is code, in two files for each output folder: `.rest`,
which is read whole, and `.texts`, in which every source has a stretch that is read when something of it is asked for.
After a build the sources that differ are added behind the others; when half of the file is of no use any more, it is
written anew. Any trouble with the files means no memory, and all is read and made as without one.
"""

from __future__ import annotations

import contextlib
import copyreg
import hashlib
import json
import os
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from .frozen import NamedTuple, fields
from .inputs import Hashed
from .memory import Memory, Readings, SiteMade
from .model import Source
from .records import SourceFile

FORMAT = 1
KEPT = 12  # output folders whose memory is kept, those that were built last
_MARK = 16  # bytes at the beginning of the texts, which the rest knows

Key = tuple[str, str]
"""A source as it was written, as it was resolved, or as it is shown; and its id."""
_KINDS: Mapping[str, type] = {"written": SourceFile, "resolved": Source, "shown": Source}


class Spans(NamedTuple):
    """Where the sources lie in the file of texts that begins with a mark: start and length, in bytes."""

    mark: bytes
    size: int
    of: dict[str, tuple[int, int]]


def place_of(caches: Path, folder: Path, output: Path) -> Path:
    """Where what is known of an output folder is kept, without the endings of the files."""
    name = hashlib.sha256(f"{folder.resolve()}\0{output.resolve()}".encode("utf-8", "surrogateescape")).hexdigest()
    return caches / "memory" / name[:32]


class KeptMemory(Memory):
    """A memory with a place; it is read by `wake`, and written when it has learnt."""

    def __init__(self, place: Path, *, saves: bool = True) -> None:
        """One that does not save by itself is written by `save`."""
        super().__init__()
        self.place = place
        self.saves = saves
        self.program = ""
        self.texts: Texts | None = None

    def wake(self, program: str) -> None:
        """Read what is kept, if this program wrote it; asked again, nothing."""
        if self.program:
            return
        self.program = program
        with contextlib.suppress(
            OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, pickle.UnpicklingError
        ):
            with self._file(".rest").open("rb") as file:
                if json.loads(file.readline()) != self._head():
                    return
                spans: Spans = pickle.load(file)  # noqa: S301 nobody else can write there
                texts = Texts(self._file(".texts"), spans)
                known = _Waking(file, texts).load()
            for name, value in known.items():
                setattr(self, name, value)
            self.texts = texts

    def learn(self, readings: Readings, hashes: Hashed, site: SiteMade | None) -> None:
        """Know the site that was made, and keep it."""
        super().learn(readings, hashes, site)
        if self.saves:
            self.save()

    def save(self) -> None:
        """Write down what is known; where that fails, nothing is kept."""
        if self.site is None or self.merged is None or self.merged.briefing is None:
            return
        self.place.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            self._save()
        except (OSError, pickle.PicklingError, TypeError):
            for ending in (".rest", ".texts"):
                with contextlib.suppress(OSError):
                    self._file(ending).unlink(missing_ok=True)

    def _save(self) -> None:
        objects = dict(self._objects())
        self.texts = _written(self._file(".texts"), self.texts, objects)
        draft = self._file(".draft")
        with draft.open("wb") as file:
            file.write(json.dumps(self._head()).encode() + b"\n")
            pickle.dump(self.texts.spans, file, 5)
            keys = {id(thing): key for key, thing in objects.items()}
            _dump(file, {f.name: getattr(self, f.name) for f in fields(Memory)}, self.texts, keys)
        draft.replace(self._file(".rest"))
        _forget_old(self.place.parent)

    def _objects(self) -> Iterator[tuple[Key, Any]]:
        """What each source is, in each of its states."""
        shown = self.site.briefing.index.sources if self.site else {}
        for source_id, (written, resolved) in self.resolved.items():
            yield ("written", source_id), written
            if resolved.source is not None:
                yield ("resolved", source_id), resolved.source
            if shown.get(source_id) is not resolved.source and source_id in shown:
                yield ("shown", source_id), shown[source_id]

    def _head(self) -> list[Any]:
        return [FORMAT, self.program, sys.version]

    def _file(self, ending: str) -> Path:
        return self.place.with_name(self.place.name + ending)


class Texts:
    """The file of texts, open: what has not been asked for is `later`."""

    def __init__(self, path: Path, spans: Spans, after: BinaryIO | None = None) -> None:
        """Open the file, when all is in it that was written `after` its last opening."""
        if after:
            after.flush()
        self.spans = spans
        self.handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        if self.read(0, _MARK) != spans.mark or os.fstat(self.handle).st_size < spans.size:
            raise ValueError(path)
        self.later: dict[Key, Any] = {}
        self.kinds = {name: _later(kind, self._fill) for name, kind in _KINDS.items()}
        self.are_as_written: dict[Key, Any] = {}

    def __del__(self) -> None:
        with contextlib.suppress(OSError, AttributeError):
            os.close(self.handle)

    def at(self, key: Key) -> Any:
        """The source of a key: one that is read when it is asked for anything but its id."""
        if key not in self.are_as_written:
            found: Any = object.__new__(self.kinds[key[0]])
            object.__setattr__(found, "id", key[1])
            self.later[key] = self.are_as_written[key] = found
        return self.are_as_written[key]

    def _fill(self, stub: Any) -> None:
        """Give all that is known of a source by a stub's id its values."""
        source_id: str = object.__getattribute__(stub, "id")
        start, length = self.spans.of[source_id]
        states = pickle.loads(self.read(start, length))  # noqa: S301 nobody else can write there
        for name, state in states.items():
            found = self.later.pop((name, source_id), None)
            if found is not None:
                for each in fields(state):
                    object.__setattr__(found, each.name, getattr(state, each.name))
                object.__setattr__(found, "__class__", _KINDS[name])

    def unchanged(self, states: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
        """Where those of the sources lie that are in every state the very objects that were written."""
        return {
            source_id: self.spans.of[source_id]
            for source_id, own in states.items()
            if source_id in self.spans.of
            and all(self.are_as_written.get((name, source_id)) is thing for name, thing in own.items())
        }

    def is_at(self, path: Path) -> bool:
        """Whether the file at a path is this one, with nothing behind what is known of it."""
        with contextlib.suppress(OSError):
            there, own = path.stat(), os.fstat(self.handle)
            return (there.st_ino, there.st_dev, there.st_size) == (own.st_ino, own.st_dev, self.spans.size)
        return False

    def read(self, start: int, length: int) -> bytes:
        """Some bytes of it."""
        if hasattr(os, "pread"):
            return os.pread(self.handle, length, start)
        os.lseek(self.handle, start, os.SEEK_SET)
        return os.read(self.handle, length)


def _later(kind: type, fill: Callable[[Any], None]) -> type:
    """A kind of object whose values come when the first is asked for; then it is one of the kind itself."""

    def asked(self: Any, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        fill(self)
        return object.__getattribute__(self, name)

    return type(f"Later{kind.__name__}", (kind,), {"__slots__": (), "__getattr__": asked})


def _written(path: Path, texts: Texts | None, objects: Mapping[Key, Any]) -> Texts:
    """The file of texts with these sources: those that differ are added behind the others, or all are written anew."""
    states: dict[str, dict[str, Any]] = {}
    for (name, source_id), thing in objects.items():
        states.setdefault(source_id, {})[name] = thing
    kept = texts.unchanged(states) if texts else {}
    if texts and texts.is_at(path) and 2 * sum(length for _, length in kept.values()) >= texts.spans.size:
        with path.open("ab") as file:
            spans = dict(kept) | _added(file, {id_: own for id_, own in states.items() if id_ not in kept})
            found = Texts(path, Spans(texts.spans.mark, file.tell(), spans), after=file)
    else:
        draft, mark = path.with_name(f"{path.name}.draft"), os.urandom(_MARK)
        with draft.open("wb") as file:
            file.write(mark)
            spans = {}
            for source_id, span in kept.items():
                spans[source_id] = file.tell(), span[1]
                file.write(texts.read(*span) if texts else b"")
            spans |= _added(file, {id_: own for id_, own in states.items() if id_ not in kept})
            size = file.tell()
        draft.replace(path)  # who has the old one open goes on reading it
        found = Texts(path, Spans(mark, size, spans))
    if texts:  # what is asleep goes on by the old one, whose stretches stay where they are
        found.later, found.kinds = texts.later, texts.kinds
    found.are_as_written = dict(objects)
    return found


def _added(file: BinaryIO, states: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    """Where sources lie that were written to the end of a file; one that is asleep is woken for it."""
    spans: dict[str, tuple[int, int]] = {}
    for source_id, own in states.items():
        start = file.tell()
        awake = {name: thing for name, thing in own.items() if thing.sha256}
        file.write(pickle.dumps(awake, 5))
        spans[source_id] = start, file.tell() - start
    return spans


def _at(key: Key) -> Any:
    """What stands in the rest for a source; whoever reads the rest gives it its meaning."""
    raise pickle.UnpicklingError(key)


def _dump(file: BinaryIO, value: Any, texts: Texts, keys: Mapping[int, Key]) -> None:
    """Write all but the sources, for which their keys stand."""

    def reduced(thing: Any) -> Any:
        key = keys.get(id(thing))
        return (_at, (key,)) if key else thing.__reduce_ex__(5)

    pickler = pickle.Pickler(file, 5)
    pickler.dispatch_table = copyreg.dispatch_table | dict.fromkeys((*_KINDS.values(), *texts.kinds.values()), reduced)
    pickler.dump(value)


class _Waking(pickle.Unpickler):
    """Reads it back."""

    def __init__(self, file: BinaryIO, texts: Texts) -> None:
        super().__init__(file)
        self.texts = texts

    def find_class(self, module: str, name: str) -> Any:
        """What a name means; that of a source, the way to it."""
        return self.texts.at if (module, name) == (__name__, "_at") else super().find_class(module, name)


def _forget_old(folder: Path) -> None:
    """Keep no more than so many memories."""
    rests = sorted(folder.glob("*.rest"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
    for rest in rests[KEPT:]:
        for ending in (".rest", ".texts"):
            rest.with_suffix(ending).unlink(missing_ok=True)
