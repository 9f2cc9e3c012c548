"""A memory that outlives its process, so that a command after an edit costs about what the edit does.

It lies among the user's own caches, since what is read back is code, in two files for each output folder: `.texts`,
in which everything has a stretch that is read when something of it is asked for, and `.rest`, which says where each
lies. After a build what differs is added behind the others; when half of the file is of no use any more, it is written
anew. Any trouble with the files means no memory, and all is read and made as without one.

What is read back are the same mappings and rows as in a process (`waking`): of those only what an edit put in another's
place is written, and what nobody asked for is not even looked at.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import marshal
import pickle
import sys
from pathlib import Path
from typing import Any

from ..disk.inputs import Hashed
from ..model import Briefing
from ..reading.files import Files
from .memory import DamagedError, Memory, OfSite, Readings, SiteMade
from .saving import Saving
from .stowing import Stowed, stow
from .waking import TROUBLE, Woken

FORMAT = 4
KEPT = 12  # output folders whose memory is kept, those that were built last


def place_of(caches: Path, folder: Path, output: Path) -> Path:
    """Where what is known of an output folder is kept, without the endings of the files."""
    name = hashlib.sha256(f"{folder.resolve()}\0{output.resolve()}".encode("utf-8", "surrogateescape")).hexdigest()
    return caches / "memory" / name[:32]


class KeptMemory(Memory):
    """A memory with a place; it is read by `wake`, and written when it has learnt."""

    def __init__(self, place: Path, folder: Path, *, saves: bool = True) -> None:
        """One of the briefing in a folder; one that does not save by itself is written by `save`."""
        super().__init__()
        self.place, self.folder = place, folder
        self.saves = saves
        self.program = ""
        self.woken: Woken | None = None

    def wake(self, program: str) -> None:
        """Read what is kept, if this program wrote it; asked again, nothing."""
        if self.program:
            return
        self.program = program
        with contextlib.suppress(DamagedError, *TROUBLE):
            with self._file(".rest").open("rb") as file:
                if json.loads(file.readline()) != self._head():
                    return
                mark, size, places = marshal.loads(file.read())  # noqa: S302 nobody else can write there
            woken = Woken(Stowed(self._file(".texts"), mark, size, places), Files(self.folder))
            for name, value in woken.known().items():
                setattr(self, name, value)
            self.woken = woken

    def forget(self) -> None:
        """Know nothing any more, here or on disk."""
        super().forget()
        self.woken = None
        self._remove()

    def learn(self, readings: Readings, hashes: Hashed, site: SiteMade | None) -> None:
        """Know the site that was made, and keep it."""
        super().learn(readings, hashes, site)
        if self.saves:
            self.save()

    def save(self) -> None:
        """Write down what is known; where that fails, nothing is kept."""
        site, of_site = self.site, self.of_site
        if site is None or of_site is None or of_site.merged.briefing is None:
            return
        self.place.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            self._save(site, of_site, of_site.merged.briefing)
        except (OSError, pickle.PicklingError, TypeError, DamagedError):
            self._remove()

    def _remove(self) -> None:
        for ending in (".rest", ".texts"):
            with contextlib.suppress(OSError):
                self._file(ending).unlink(missing_ok=True)

    def _save(self, site: SiteMade, of_site: OfSite, briefing: Briefing) -> None:
        saving = Saving(self, self.woken, site, of_site, briefing)
        new = ((name, dump()) for name, dump in saving.new)
        stowed = stow(self._file(".texts"), self.woken.stowed if self.woken else None, saving.kept, new)
        draft = self._file(".draft")
        with draft.open("wb") as file:
            file.write(json.dumps(self._head()).encode() + b"\n")
            file.write(marshal.dumps((stowed.mark, stowed.size, dict(stowed.places))))
        draft.replace(self._file(".rest"))
        self.woken = None  # what was read goes on by the file as it was; what is written next, is written whole
        _forget_old(self.place.parent)

    def _head(self) -> list[Any]:
        return [FORMAT, self.program, sys.version]

    def _file(self, ending: str) -> Path:
        return self.place.with_name(self.place.name + ending)


def _forget_old(folder: Path) -> None:
    """Keep no more than so many memories."""
    rests = sorted(folder.glob("*.rest"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
    for rest in rests[KEPT:]:
        for ending in (".rest", ".texts"):
            rest.with_suffix(ending).unlink(missing_ok=True)
