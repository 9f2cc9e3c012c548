"""How things look to the file system, and whether a build has anything to do, found out with next to nothing imported.

A build with nothing to do is mostly its imports: what tells that there is nothing stands here, apart from what builds.
Looks are columns, so that those of many thousand files are compared at once, and read back without taking them apart.

A look is trusted only where it is older than something that came before the file was opened, or after it was written:
a file that changed again in the very tick of the clock in which it was looked at looks as before. What is not trusted
is read. The time of change (ctime) cannot be set by programs, and no copy or clone keeps it: looks that came with a
folder never match.
"""

from __future__ import annotations

import os
import sys
from array import array

TYPE_CHECKING = False  # typing takes as long to import as all of this takes
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

OWN, STAMPS = ".briefing", "stamps"
MARK = b"briefing stamps 2"
PROGRAM = os.path.dirname(__file__)  # noqa: PTH120 pathlib takes longer still
_NUMBERS = 4  # of each path
_MOST = 2**63 - 1
_KIND, _FOLDER = 0o170000, 0o040000  # as in stat

Stamp = tuple[int, int, int, int]
"""Of a file, a folder or a link itself: type and rights, size in bytes, times of modification and change in ns."""
ABSENT: Stamp = (0, 0, 0, 0)


def stamp(path: str | os.PathLike[str]) -> Stamp | None:
    """The stamp of what stands at a path, None where nothing does."""
    try:
        status = os.lstat(path)
    except (OSError, ValueError):
        return None
    return status.st_mode, status.st_size, min(status.st_mtime_ns, _MOST), min(status.st_ctime_ns, _MOST)


def written_at(own: Stamp) -> int:
    """When a file of ours was last written, in ns by the clock of its file system.

    That is its time of change; what Windows gives for that is when the file was first made.
    """
    return own[2] if os.name == "nt" else own[3]


class Looks:
    """Paths, and the stamp of each, ABSENT where nothing stands: four numbers a path, one after the other."""

    __slots__ = ("numbers", "paths")

    def __init__(self, paths: list[str], numbers: array[int]) -> None:
        self.paths = paths
        self.numbers = numbers

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Looks) and self.numbers == other.numbers and self.paths == other.paths

    __hash__ = None  # type: ignore[assignment] # looks are compared, never looked up

    def __len__(self) -> int:
        return len(self.paths)

    def stamps(self) -> Iterator[Stamp]:
        """The stamps, in the order of the paths."""
        return zip(*[iter(self.numbers)] * _NUMBERS, strict=True)

    def modes(self) -> array[int]:
        """Of each path its type and rights, 0 where nothing stands."""
        return self.numbers[::_NUMBERS]

    def changes(self) -> Iterator[tuple[int, int]]:
        """The times of modification and change."""
        return zip(self.numbers[2::_NUMBERS], self.numbers[3::_NUMBERS], strict=True)

    def by_path(self) -> dict[str, Stamp]:
        """The stamps of what stands somewhere."""
        return {path: own for path, own in zip(self.paths, self.stamps(), strict=True) if own != ABSENT}

    def with_rows(self, rows: Iterable[int], own: Looks) -> Looks:
        """The same paths, some of which look as these do, in that order."""
        numbers = self.numbers[:]
        for at, each in zip(rows, own.stamps(), strict=True):
            numbers[at * _NUMBERS : (at + 1) * _NUMBERS] = array("q", each)
        return Looks(self.paths, numbers)

    def are_before(self, moment: int) -> bool:
        """Whether all is older than a moment, in ns."""
        return all(max(self.numbers[column::_NUMBERS], default=0) < moment for column in (2, 3))


def looks_of(folder: str | os.PathLike[str], paths: Sequence[str]) -> Looks:
    """How what stands at some paths below a folder looks."""
    return Looks([*paths], array("q", _numbers(os.fspath(folder), paths)))


def _numbers(folder: str, names: Sequence[str]) -> list[int]:
    """The stamps of what stands at these paths below a folder, which the system finds once for all of them."""
    try:
        found = _found_below(folder, names) if _IS_BELOW else []
        if len(found) == _NUMBERS * len(names) and max(found, default=0) <= _MOST:
            return found
    except (OSError, ValueError):
        pass
    return [number for name in names for number in stamp(f"{folder}/{name}") or ABSENT]


_IS_BELOW = os.open in os.supports_dir_fd and os.stat in os.supports_dir_fd


def _found_below(folder: str, names: Sequence[str]) -> list[int]:
    handle, look_at = os.open(folder, os.O_RDONLY), os.stat
    try:
        return [
            number for name in names for s in (look_at(name, dir_fd=handle, follow_symlinks=False),)
            for number in (s.st_mode, s.st_size, s.st_mtime_ns, s.st_ctime_ns)
        ]  # fmt: skip
    finally:
        os.close(handle)


def look(folder: str | os.PathLike[str]) -> Looks:
    """How all that a site is made from looks: seeds, annotations, templates, this program and what it renders with."""
    found = Looks([], array("q"))
    for name in ("seeds", "annotations", "templates"):
        _look_below(f"{os.fspath(folder)}/{name}", name, found)
    _look_at_code(PROGRAM, "program", found)
    _look_below(theme_folder(), "theme", found)
    found.paths.extend(releases())
    found.numbers.extend(ABSENT * len(releases()))
    return found


def _look_below(top: str, label: str, found: Looks) -> None:
    """Look at a folder and all below it; links are not followed."""
    _take([label], [*(stamp(top) or ABSENT)], found)
    waiting = [(top, label)]
    for where, name in waiting:
        names = _names(where)
        numbers = _numbers(where, names)
        _take([f"{name}/{each}" for each in names], numbers, found)
        waiting += [
            (f"{where}/{each}", f"{name}/{each}") for each, mode in zip(names, numbers[::_NUMBERS], strict=True)
            if mode & _KIND == _FOLDER
        ]  # fmt: skip


def _look_at_code(top: str, label: str, found: Looks) -> None:
    """Look at what Python reads below a folder; what it writes there would make every look another."""
    waiting = [(top, label)]
    for where, name in waiting:
        names = _names(where)
        code = [each for each in names if each.endswith(".py")]
        _take([f"{name}/{each}" for each in code], _numbers(where, code), found)
        waiting += [
            (f"{where}/{each}", f"{name}/{each}") for each in names
            if "." not in each and each != "__pycache__" and os.path.isdir(f"{where}/{each}")  # noqa: PTH112 as above
        ]  # fmt: skip


def _take(paths: list[str], numbers: list[int], found: Looks) -> None:
    found.paths += paths
    found.numbers.extend(numbers)


def theme_folder() -> str:
    """The theme that comes with the package: inside it when installed, beside it in a checkout."""
    inside = f"{PROGRAM}/templates"
    return inside if os.path.isdir(inside) else f"{os.path.dirname(PROGRAM)}/templates"  # noqa: PTH112, PTH120 as above


_found: list[tuple[str, ...]] = []


def releases() -> tuple[str, ...]:
    """The releases of what this program renders with, by the names of their metadata folders.

    importlib.metadata costs as much as a small build.
    """
    if not _found:
        listed = {place: _names(place or ".") for place in sys.path}
        homes = (
            (library, next((names for names in listed.values() if library in names), ()))
            for library in ("jinja2", "markdown_it", "markupsafe")
        )
        _found.append(
            tuple(
                name for library, names in homes for name in names
                if name.startswith(library) and name.endswith(".dist-info")
            )
        )  # fmt: skip
    return _found[0]


def _names(place: str) -> Sequence[str]:
    try:
        return sorted(os.listdir(place))  # noqa: PTH208 as above
    except OSError:
        return ()


class Stamps:
    """How the inputs looked before a build read them, how the site looked after it, and the warnings it gave.

    `key` says what else the site depends on. Inputs were opened after `since`, and `made` is when this was written
    down, both in ns by the clock of the file system. `warnings` are JSON, empty where there were none.
    """

    __slots__ = ("inputs", "key", "made", "outputs", "since", "warnings")

    def __init__(
        self, key: str, inputs: Looks, outputs: Looks, since: int, warnings: bytes = b"", made: int = 0
    ) -> None:
        self.key = key
        self.inputs = inputs
        self.outputs = outputs
        self.since = since
        self.warnings = warnings
        self.made = made

    def are_inputs(self, key: str, inputs: Looks) -> bool:
        """Whether the site was surely made from what these inputs hold."""
        return bool(key) and self.key == key and self.inputs == inputs and inputs.are_before(self.since)

    def are_outputs(self, outputs: Looks) -> bool:
        """Whether the files of the site surely have the bytes that were written."""
        return self.outputs == outputs and outputs.are_before(self.made)

    def is_untouched(self, key: str, inputs: Looks, output: str | os.PathLike[str]) -> bool:
        """Whether neither the site nor an input can have changed; the site is looked at only if no input has."""
        return self.are_inputs(key, inputs) and self.are_outputs(looks_of(output, self.outputs.paths))

    def is_output(self, was: Stamp | None, own: Stamp) -> bool:
        """The same of one file that looked so when the stamps were written."""
        return was == own != ABSENT and max(own[2:]) < self.made

    def to_bytes(self) -> bytes:
        """All but `made`, for `read_stamps`."""
        parts = (
            self.key.encode("utf-8", "surrogatepass"), _joined(self.inputs.paths), _joined(self.outputs.paths),
            self.inputs.numbers.tobytes(), self.outputs.numbers.tobytes(), self.warnings,
        )  # fmt: skip
        sizes = " ".join(str(len(part)) for part in parts)
        return b"".join((MARK, b"\n", f"{self.since} {sizes}\n".encode(), *parts))


def _joined(paths: Iterable[str]) -> bytes:
    return "\0".join(paths).encode("utf-8", "surrogatepass")


def read_stamps(path: str) -> Stamps | None:
    """The stamps in a file; None without it, or when it is none of ours."""
    try:
        made = stamp(path)
        with open(path, "rb") as file:  # noqa: PTH123 as above
            mark, sizes, raw = file.read().split(b"\n", 2)
        since, *lengths = map(int, sizes.split())
        if made is None or mark != MARK or min(lengths) < 0 or sum(lengths) != len(raw):
            return None
        parts, at = [], 0
        for length in lengths:
            parts.append(raw[at : at + length])
            at += length
        key, inputs, outputs, inputs_numbers, outputs_numbers, warnings = parts
        return Stamps(
            key.decode("utf-8", "surrogatepass"), _looks(inputs, inputs_numbers), _looks(outputs, outputs_numbers),
            since, warnings, written_at(made),
        )  # fmt: skip
    except (OSError, ValueError):
        return None


def _looks(joined: bytes, numbers: bytes) -> Looks:
    paths = joined.decode("utf-8", "surrogatepass").split("\0") if joined else []
    found = Looks(paths, array("q", numbers))
    if len(found.numbers) != _NUMBERS * len(paths):
        raise ValueError(len(paths))
    return found


def key_of(profile: str, base_url: str | None) -> str:
    """What a site depends on beside its inputs, for a build to be known by; empty where none is to be known."""
    return "" if profile == "public" else f"{profile} {base_url or ''}"


def files_kept(inputs: Looks, output: str, key: str) -> int | None:
    """How many files a site has in which nothing can have changed since it was made, from inputs that looked so; None
    where something may have, where a build is under way, or where warnings are to be told."""
    own = f"{output}/{OWN}"
    if not key or any(os.path.islink(p) for p in (output, own)) or os.path.exists(f"{own}/stage"):  # noqa: PTH110, PTH114 as above
        return None
    known = read_stamps(f"{own}/{STAMPS}")
    is_done = known and not known.warnings and known.is_untouched(key, inputs, output)
    return len(known.outputs) if known and is_done else None
