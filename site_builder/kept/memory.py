"""What a build knows from the one before it: files as they were read, and the site as it was made.

It only saves work: without it everything is read and made again, and the same bytes come out. What was read goes by
the hashes of the files it was read from. What was made goes by the hash of all inputs, which the manifest of the site
has too: a memory of another site is of no use, and is not used.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, MutableMapping, Sequence, Set
from types import MappingProxyType
from typing import Any

from ..backlinks import Backlinks
from ..contracts.merging import Merged
from ..contracts.resolving import Resolved
from ..disk.inputs import Hashed
from ..disk.manifest import Manifest
from ..downloads import Size
from ..frozen import NamedTuple, dataclass, field
from ..listing.layout import Layout
from ..listing.listings import Listings
from ..markup.names import Names
from ..model import Briefing
from ..problems import Problem
from ..records import Annotations, EntityRecord, SourceFile
from ..tracing import Key
from .asked import PagesMade


class Known(NamedTuple):
    """What was read from some files, and their hashes then."""

    hashes: Mapping[str, str]
    value: Any


class FilesRead(NamedTuple):
    """The hashes of files, and of what else stands among them what it is."""

    hashes: Mapping[str, str]
    others: Mapping[str, int] = MappingProxyType({})


class ExportMade(NamedTuple):
    """What a file of the export was made from, as marks of keys, and the number of the room that made it."""

    keys: bytes
    room: int


class SiteMade(NamedTuple):
    """A site as it was made: the hash of its inputs, the briefing, who calls on what in it, what stands under what
    and where, the sizes of its files in bytes, each of its pages and each file of the export; of each kind of pages,
    what was asked for to name them, as marks of keys, and their templates.

    Where pages were put in place and the files of the export were not, `owed` are the keys of what differed, and
    `exported` is the briefing that those files are still made of."""

    inputs: str
    briefing: Briefing
    calls: Backlinks
    listed: Listings
    layout: Layout
    files: Collection[str]
    sizes: Mapping[str, Size]
    pages: PagesMade
    exports: Mapping[str, ExportMade]
    named: Mapping[int, tuple[bytes, frozenset[str]]]
    owed: Set[Key] = frozenset()
    exported: Briefing | None = None


class OfSite(NamedTuple):
    """What a site was made from: the merge, its files, and what was told of them before it."""

    merged: Merged
    read: FilesRead
    told: tuple[Problem, ...]


class DamagedError(Exception):
    """What was kept cannot be read back."""


@dataclass
class Memory:
    """All that is known; empty before the first build."""

    hashes: Hashed = Hashed()
    known: MutableMapping[str, Known] = field(default_factory=dict)
    resolved: MutableMapping[str, tuple[SourceFile, Resolved]] = field(default_factory=dict)
    names: tuple[EntityRecord, ...] = ()
    merged: Merged | None = None
    merged_from: FilesRead | None = None
    told: tuple[Problem, ...] = ()
    site: SiteMade | None = None
    of_site: OfSite | None = None

    def wake(self, program: str) -> None:
        """Told which program asks, before anything is asked of it."""

    def forget(self) -> None:
        """Know nothing any more."""
        for name, value in vars(Memory()).items():
            setattr(self, name, value)

    def save(self) -> None:
        """Write down what is known, where it is to be written."""

    def readings(
        self,
        hashes: Mapping[str, str],
        others: Mapping[str, int] = MappingProxyType({}),
        met: dict[str, str] | None = None,
    ) -> Readings:
        """What of it holds for files with these hashes, with `others` among them that have none; `met` are the same
        hashes where those of files that are read are still to be added."""
        return Readings(self, FilesRead(hashes, others), met)

    def site_in(self, manifest: Manifest | None, maker: str) -> SiteMade | None:
        """The site in place, if it is the one that is known, and was made by this program."""
        if manifest is None or not manifest.inputs:  # a site of files that were saved meanwhile may be any
            return None
        is_it = self.site and manifest.inputs == self.site.inputs and manifest.maker == maker
        return self.site if is_it else None

    def learn(self, readings: Readings, hashes: Hashed, site: SiteMade | None) -> None:
        """Know the site that was made, and nothing more of files that are gone."""
        self.hashes = hashes if readings.are_steady else Hashed()
        self.site = site if readings.are_steady else None
        self.note_site()
        if not readings.is_reread:
            self.known = {path: self.known[path] for path in readings.asked if path in self.known}
            sources = site.briefing.index.sources if site else {}
            self.resolved = {id_: own for id_, own in self.resolved.items() if id_ in sources}

    def note_site(self) -> None:
        """Take note of what the site was made from, which is what was merged last."""
        self.of_site = None
        if self.merged and self.merged_from:
            self.of_site = OfSite(self.merged, self.merged_from, self.told)


class Readings:
    """What is known of files as they are now; what is read besides is kept here."""

    def __init__(self, memory: Memory, files: FilesRead, met: dict[str, str] | None = None) -> None:
        """`met` as in `Memory.readings`."""
        self.memory = memory
        self._met = met
        self.all = files
        self.hashes = files.hashes
        self.is_reread = False  # whether no more was looked at than a few files
        self.in_vain = 0, 0  # files parsed and sources resolved on a short way that led nowhere
        self.are_steady = True  # no file was another when it was read than when it was hashed
        self.asked: list[str] = []

    def edited(self) -> list[str] | None:
        """The files that are read and are others than the last merge was made of; None where that is not known, or
        more differs than what stands in them."""
        before = self.memory.merged_from
        if before is None or before.others != self.all.others or before.hashes.keys() != self.hashes.keys():
            return None
        edited = (path for path, sha256 in self.hashes.items() if before.hashes[path] != sha256)
        return [path for path in edited if path.startswith(("seeds/", "annotations/", "templates/theme."))]

    def was(self, path: str) -> Any | None:
        """What was read from a file for the last merge."""
        known, before = self.memory.known.get(path), self.memory.merged_from
        if known is None or before is None or any(before.hashes.get(p) != h for p, h in known.hashes.items()):
            return None
        return known.value

    def recall(self, path: str) -> Any | None:
        """What was read from a file, and from others with it, when they had the hashes that they have now."""
        self.asked.append(path)
        known = self.memory.known.get(path)
        if known is None or any(self.hashes.get(p) != sha256 for p, sha256 in known.hashes.items()):
            return None
        return known.value

    def taken(self, path: str) -> Any | None:
        """What was read from a file, whatever it held; it is known no longer, since it may be written over."""
        known = self.memory.known.get(path)
        self.memory.known.pop(path, None)  # of what was read back there is nothing to be taken
        return known.value if known else None

    def files(self, path: str) -> Sequence[str]:
        """The files that were read with one, itself first, as far as that is known."""
        known = self.memory.known.get(path)
        return tuple(known.hashes) if known else ()

    def files_now(self, path: str) -> Sequence[str]:
        """The same of one that is known as it is now; none of another."""
        known = self.memory.known.get(path)
        return tuple(known.hashes) if known and known.hashes[path] == self.hashes.get(path) else ()

    def keep(self, paths: Sequence[str], value: Any) -> None:
        """Know what was read from files; it goes by the first of them."""
        if self.are_steady and all(path in self.hashes for path in paths):
            self.memory.known[paths[0]] = Known({path: self.hashes[path] for path in paths}, value)

    def met(self, path: str, sha256: str) -> None:
        """Take note of the hash that a file had; if it was another when all were hashed, nothing is known later."""
        if path in self.hashes or self._met is not None:
            known = self.hashes[path] if self._met is None else self._met.setdefault(path, sha256)
            self.are_steady &= known == sha256

    def merged(self, annotations: Annotations, resolved: Sequence[Resolved], names: Names) -> Merged | None:
        """The merge of these by way of the last one that found no error, where that is a short way."""
        if self.memory.merged is None:
            return None
        from ..contracts.remerging import remerge

        return remerge(self.memory.merged, annotations, resolved, names)

    def keep_merged(self, merged: Merged, told: tuple[Problem, ...]) -> None:
        """Know a merge, if it found no error, and what was told of its files before it."""
        if merged.briefing:
            self.memory.merged, self.memory.told = merged, told
            self.memory.merged_from = self.all if self.are_steady else None

    def resolved(self, entities: tuple[EntityRecord, ...]) -> MutableMapping[str, tuple[SourceFile, Resolved]]:
        """Each source as it was read and as it was resolved, while the names are the same."""
        if entities != self.memory.names:
            self.memory.names = entities
            self.memory.resolved = {}
        return self.memory.resolved
