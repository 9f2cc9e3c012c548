"""What a site is made from, as a whole: how it looks to the file system, and a hash of all that it holds."""

from __future__ import annotations

import contextlib
import hashlib
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from .frozen import dataclass
from .glance import Looks, Stamp, releases, theme_folder


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a site is made from: how it looked when that was asked, and the hash of each file then.

    Folders, links and what cannot be read have no hash; loading meets them again, and says so.
    """

    looks: Mapping[str, Stamp]
    hashes: Mapping[str, str]

    def digest(self, publication: str) -> str:
        """A hash of all of it, and of for whom the site is."""
        without = ((path, "") for path in self.looks if path not in self.hashes)
        return _digest((*self.hashes.items(), *without, (publication, "")))

    def others(self) -> dict[str, int]:
        """What stands among the briefing's files that has no hash, and what it is."""
        return {p: stat.S_IFMT(s[0]) for p, s in self.looks.items() if p not in self.hashes}

    def maker(self, leaves_out: Iterable[str] = ()) -> str:
        """A hash of this program and of the releases of what it renders with, and of what the theme leaves out."""
        own = ((path, sha256) for path, sha256 in self.hashes.items() if path.startswith("program/"))
        return _digest((*own, *((name, "") for name in (*releases(), *leaves_out))))

    def trusted(self, started: int) -> dict[str, tuple[Stamp, str]]:
        """The hashes of files that have surely not changed since `started` (ns, by the clock of their file system).

        A file that changed again in the very tick of the clock in which it was looked at looks as before.
        """
        return {p: (self.looks[p], h) for p, h in self.hashes.items() if max(self.looks[p][2:]) < started}


def inputs_of(folder: Path, looked: Looks, known: Mapping[str, tuple[Stamp, str]]) -> Inputs:
    """The inputs of a briefing; a file that looks as it did when its hash became `known` is not read."""
    looks = looked.by_path()
    homes = {"program": Path(__file__).parent, "theme": Path(theme_folder())}
    hashes: dict[str, str] = {}
    for path, look_ in looks.items():
        if not stat.S_ISREG(look_[0]):
            continue
        before = known.get(path)
        if before and before[0] == look_:
            hashes[path] = before[1]
            continue
        top, _, rest = path.partition("/")
        with contextlib.suppress(OSError):
            place = homes[top] / rest if top in homes else folder / path
            hashes[path] = hashlib.sha256(place.read_bytes()).hexdigest()
    return Inputs(looks, hashes)


def program_seen(looks: Looks) -> str:
    """What tells this program from another without reading it: how its files look, and the releases it renders with."""
    own = ((path, f"{stamp}") for path, stamp in looks.by_path().items() if path.startswith("program/"))
    return _digest((*own, *((name, "") for name in releases())))


def _digest(parts: Iterable[tuple[str, str]]) -> str:
    lines = "".join(f"{path}\0{sha256}\n" for path, sha256 in sorted(parts))
    return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()
