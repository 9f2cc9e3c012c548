"""What a site is made from, as a whole: how it looks to the file system, and a hash of all that it holds."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from array import array
from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from ..frozen import NamedTuple, dataclass
from ..glance import ABSENT, PROGRAM, Looks, releases, theme_folder
from ..problems import Refused

_ROWS = 256  # looks that are compared at once
_PIECE = 1 << 16  # bytes that are read at once


def check_folder(folder: Path) -> None:
    """Raise Refused where there is no such folder; what one lacks to be a briefing are problems of its files."""
    if not folder.is_dir():
        raise Refused(f"{folder} is not a folder", "give the folder that holds seeds/ and annotations/")


class Hashed(NamedTuple):
    """How files looked, and what hashes they had then; empty where that is not known, or not sure to be so still."""

    looks: Looks = Looks([], array("q"))
    sha256: tuple[str, ...] = ()

    def still(self, looked: Looks) -> list[str]:
        """The hash of each path that looks as it did; empty where it does not, or none is known."""
        before = self.looks
        if before.paths != looked.paths:
            known = dict(zip(zip(before.paths, before.stamps(), strict=True), self.sha256, strict=True))
            return [known.get(row, "") for row in zip(looked.paths, looked.stamps(), strict=True)]
        found, width = [*self.sha256], len(ABSENT)
        for at in range(0, len(found), _ROWS):
            old, new = (each.numbers[at * width : (at + _ROWS) * width] for each in (before, looked))
            if old != new:
                for row in range(len(new) // width):
                    if old[row * width : (row + 1) * width] != new[row * width : (row + 1) * width]:
                        found[at + row] = ""
        return found


@dataclass(frozen=True)
class Inputs:
    """All that a site is made from: how it looked when that was asked, and the hash of each file then.

    Folders, links and what cannot be read have no hash, an empty one; loading meets them again, and says so.
    """

    looks: Looks
    sha256: list[str]
    later: Collection[str] = ()

    @cached_property
    def hashes(self) -> dict[str, str]:
        """The hashes there are, by path."""
        return {path: sha256 for path, sha256 in zip(self.looks.paths, self.sha256, strict=True) if sha256}

    def digest(self, publication: str) -> str:
        """A hash of all of it, and of for whom the site is."""
        told = "\0".join((*self.looks.paths, publication, " ".join(self.sha256)))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()

    def others(self) -> dict[str, int]:
        """What stands among the briefing's files that has no hash, and what it is."""
        rows = zip(self.looks.paths, self.looks.modes(), self.sha256, strict=True)
        found = {path: stat.S_IFMT(mode) for path, mode, sha256 in rows if mode and not sha256}
        return {p: kind for p, kind in found.items() if kind != stat.S_IFREG or p.partition("/")[0] not in self.later}

    def maker(self, leaves_out: Iterable[str] = ()) -> str:
        """A hash of this program and of the releases of what it renders with, and of what the theme leaves out."""
        own = ((self.looks.paths[at], self.sha256[at]) for at in _of_program(self.looks) if self.sha256[at])
        return _digest((*own, *((name, "") for name in (*releases(), *leaves_out))))

    def trusted(self, started: int) -> Hashed:
        """The hashes of files that have surely not changed since `started` (ns, by the clock of their file system).

        A file that changed again in the very tick of the clock in which it was looked at looks as before.
        """
        if self.looks.are_before(started):
            return Hashed(self.looks, tuple(self.sha256))
        rows = zip(self.sha256, self.looks.changes(), strict=True)
        return Hashed(self.looks, tuple([sha256 if max(times) < started else "" for sha256, times in rows]))


_OWN = ("seeds", "annotations", "templates")
READ = ("seeds", "annotations")  # whose files a build without a memory reads in any case, and hashes then


def inputs_of(folder: Path, looked: Looks, known: Hashed, later: Collection[str] = ()) -> Inputs:
    """The inputs of a briefing; a file that looks as it did when its hash became `known` is not read, nor is one in a
    folder that is `later`: it has no hash yet, and is none of the others."""
    homes = {"program": PROGRAM, "theme": theme_folder()}
    where, found = f"{folder}", known.still(looked)
    for at, (path, mode) in enumerate(zip(looked.paths, looked.modes(), strict=True)):
        if found[at] or not stat.S_ISREG(mode):
            continue
        top, _, rest = path.partition("/")
        if top in later:
            continue
        with contextlib.suppress(OSError):
            place = f"{homes[top]}/{rest}" if top in homes else f"{where}/{path}"
            found[at] = hashlib.sha256(_content(place)).hexdigest()
    return Inputs(looked, found, later)


def _content(place: str) -> bytes:
    """The bytes of a file; of thousands, objects for paths and files take longer than reading."""
    handle = os.open(place, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        pieces = []
        while piece := os.read(handle, _PIECE):
            pieces.append(piece)
        return b"".join(pieces)
    finally:
        os.close(handle)


def program_seen(looks: Looks) -> str:
    """What tells this program from another without reading it: how its files look, and the releases it renders with."""
    width = len(ABSENT)
    own = ((looks.paths[at], f"{looks.numbers[at * width : (at + 1) * width]}") for at in _of_program(looks))
    return _digest((*own, *((name, "") for name in releases())))


def _of_program(looks: Looks) -> list[int]:
    """The places of the files of this program, behind those of the briefing, which may be thousands."""
    rows = takewhile(lambda at: not looks.paths[at].startswith(_OWN), reversed(range(len(looks))))
    return [at for at in rows if looks.paths[at].startswith("program/")]


def _digest(parts: Iterable[tuple[str, str]]) -> str:
    lines = "".join(sorted([f"{path}\0{sha256}\n" for path, sha256 in parts]))
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()
