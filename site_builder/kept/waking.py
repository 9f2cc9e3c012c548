"""What is kept of a briefing and its site, read back piece by piece: mappings and rows that look like those of a
process, of which each thing is read when it is asked for.

A source is a stub until something of it but its id is asked for; events are read by so many in a row,
calls by the source that they concern, layout and listings field by field. The rest is little, and is read at once.
"""

from __future__ import annotations

import marshal
import pickle
from array import array
from collections import ChainMap
from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping
from functools import cached_property
from itertools import chain, count, takewhile
from typing import Any, TypeVar, cast
from zlib import crc32

from ..contracts.merging import Merged
from ..contracts.resolving import Resolved
from ..disk.inputs import Hashed
from ..frozen import fields, replace
from ..glance import Looks
from ..linkcheck import Written, split
from ..listing.layout import Layout
from ..listing.listings import Listings
from ..model import Briefing, Event, OfSources, Source, figures_of, passages_of
from ..parting import part_count, part_of
from ..reading.files import Files
from ..reading.origins import Origin
from ..records import EventRecord, SourceFile
from ..series import Row, replaced
from .asked import Columns, PagesMade
from .memory import DamagedError, ExportMade, FilesRead, Known, OfSite, SiteMade
from .numbered import Valued
from .packing import Pair, UnpackedEvents, unpacked
from .stowing import Stowed

T = TypeVar("T")
Key = tuple[str, str]
KINDS: Mapping[str, type] = {"written": SourceFile, "resolved": Source}
"""A source as it was written, and as it was resolved."""


TROUBLE = (
    OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, ImportError, MemoryError, OverflowError,
    pickle.UnpicklingError,
)  # fmt: skip
"""What comes of files that somebody else has written to."""


def source_name(id_: str) -> str:
    """The stretch of a source."""
    return f"source {id_}"


def events_name(number: int) -> str:
    """The stretch of so many events in a row."""
    return f"events {number}"


def origin_name(path: str) -> str:
    """The stretch of a file of events."""
    return f"origin {path}"


EVENTS = 128  # in a stretch
SHELVED = {"layout sheets": 8, "listed beside": 64}
"""The fields of which few things are asked for: about how many stand in a stretch."""
SINCE = ("layout events", "layout weights")
"""Those of what each event has, of which little is put in another's place."""


def since(name: str) -> str:
    """The stretch of what was put in another's place."""
    return f"{name} since"


def calls_name(target: str, count: int) -> str:
    """The stretch of what calls on a thing, of so many."""
    return f"calls {crc32(target.partition('#')[0].encode()) % count}"


class Woken:
    """All of it. What was read of it is remembered, so that what is the same needs not be written again."""

    def __init__(self, stowed: Stowed, inputs: Files) -> None:
        self.stowed, self.inputs = stowed, inputs
        self.stubs: dict[Key, Any] = {}
        self.origins: dict[str, Origin] = {}
        self.asleep: dict[Key, Any] = {}
        self.stretches_of_events: dict[int, UnpackedEvents] = {}
        self.kinds = {name: _later(kind, self._fill) for name, kind in KINDS.items()}
        (joined, numbers, hashes_joined), hashed, others = self.plain("inputs")
        paths, trusted = joined.split("\0"), hashes_joined.split(" ")
        self.trusted = Hashed(Looks(paths, array("q", numbers)), tuple(trusted))
        self.core: dict[str, Any] = self.pickled("core")
        hashes = {path: sha256 for path, sha256 in zip(paths, trusted, strict=True) if sha256} | hashed
        self.read = FilesRead(hashes, others)
        self.written: Mapping[str, SourceFile] = _Sources(self, "written")
        self.resolved: Mapping[str, Source] = _Sources(self, "resolved")
        self.pairs = _Pairs(self)
        self.records: Mapping[str, EventRecord] = _Events(self, 0)
        self.events: Mapping[str, Event] = _Events(self, 1)
        self.made: dict[str, Any] = self.pickled("made")
        self.calls = _Calls(self)
        self.pages = self._pages()
        self.files = _Files(self)
        self.by_field: dict[str, dict[str, Any]] = {"layout": {}, "listed": {}}
        self.layout: Layout = object.__new__(self._by_field("layout", Layout))
        self.listed: Listings = object.__new__(self._by_field("listed", Listings))

    def pickled(self, name: str) -> Any:
        """What a stretch holds; raises DamagedError where it holds nothing of ours."""
        try:
            return pickle.loads(self.stowed.read(name))  # noqa: S301 nobody else can write there
        except TROUBLE as error:
            raise DamagedError(name) from error

    def plain(self, name: str) -> Any:
        """The same of one that holds nothing but strings, numbers and bytes."""
        try:
            return marshal.loads(self.stowed.read(name))  # noqa: S302 as above
        except TROUBLE as error:
            raise DamagedError(name) from error

    def known(self) -> dict[str, Any]:
        """What a memory knows of it, by name."""
        core = self.core
        annotations = replace(core["annotations"], sources=Row(self.written), events=Row(self.records))
        index = replace(
            core["briefing"].index, sources=self.resolved, passages=OfSources(self.resolved, passages_of),
            figures=OfSources(self.resolved, figures_of), events=self.events,
        )  # fmt: skip
        briefing: Briefing = replace(core["briefing"], sources=Row(self.resolved), events=Row(self.events), index=index)
        merged = Merged(
            briefing, core["problems"], annotations, Row(_Second(self.pairs)), core["of_events"],
        )  # fmt: skip
        site = SiteMade(
            briefing=replace(briefing, **core["published"]), calls=self.calls, listed=self.listed, layout=self.layout,
            files=self.files, sizes=self.made["sizes"], pages=self.pages, inputs=self.made["inputs"],
            named=self.made["named"],
            exports={path: ExportMade(*made) for path, made in self.plain("exports").items()},
        )  # fmt: skip
        return {
            "hashes": self.trusted, "known": _over(_Known(self)), "resolved": _over(self.pairs),
            "names": annotations.entities, "merged": merged, "merged_from": self.read, "told": core["told"],
            "site": site, "of_site": OfSite(merged, self.read, core["told"]),
        }  # fmt: skip

    # Sources

    @cached_property
    def sources(self) -> Mapping[str, tuple[str, str]]:
        """The files that each source was read from, its own and that of its text; empty where they had a problem."""
        ids, paths, texts = map(split, self.plain("sources"))
        return dict(zip(ids, zip(paths, texts, strict=True), strict=True))

    def source(self, kind: str, id_: str) -> Any:
        """A source in one of its states: one that is read when it is asked for anything but its id."""
        key = kind, id_
        if key not in self.stubs:
            if source_name(id_) not in self.stowed.places:
                raise KeyError(id_)
            found: Any = object.__new__(self.kinds[kind])
            object.__setattr__(found, "id", id_)
            self.asleep[key] = self.stubs[key] = found
        return self.stubs[key]

    def _fill(self, stub: Any) -> None:
        """Give all that is known of a source by a stub's id its values."""
        id_: str = object.__getattribute__(stub, "id")
        try:
            states = unpacked(self.stowed.read(source_name(id_)), self.inputs)
        except TROUBLE as error:
            raise DamagedError(id_) from error
        for name, state in states.items():
            found = self.asleep.pop((name, id_), None)
            if found is not None:
                for each in fields(state):
                    object.__setattr__(found, each.name, getattr(state, each.name))
                object.__setattr__(found, "__class__", KINDS[name])

    # Events

    @cached_property
    def event_files(self) -> Mapping[str, str]:
        """The ids of the events of each file, joined."""
        found: Mapping[str, str] = self.plain("event files")
        return found

    @cached_property
    def event_order(self) -> list[str]:
        """The ids of all events, in their own order: what one page shows of them stands in few stretches."""
        return split(self.plain("event order"))

    @cached_property
    def event_places(self) -> Mapping[str, int]:
        """The number of each event in that order."""
        return dict(zip(self.event_order, count(), strict=False))

    def event(self, id_: str) -> Pair:
        """An event, as it was written and as it is."""
        number, place = divmod(self.event_places[id_], EVENTS)
        try:
            return self.events_in(number)[place]
        except TROUBLE as error:
            raise DamagedError(id_) from error

    def events_in(self, number: int) -> UnpackedEvents:
        """The events of a stretch."""
        known = self.stretches_of_events
        if number not in known:
            name = events_name(number)
            try:
                known[number] = UnpackedEvents(self.stowed.read(name), self.origin)
            except TROUBLE as error:
                raise DamagedError(name) from error
        return known[number]

    def origin(self, path: str) -> Origin:
        """A file of events, as it was when they were read."""
        if path not in self.origins:
            self.origins[path] = self.pickled(origin_name(path))
        return self.origins[path]

    # The site

    def _pages(self) -> PagesMade:
        """What the pages were made from."""
        paths, templates, kinds, ends, spans = self.plain("pages")
        paths = split(paths)
        start, lengths = self.stowed.places["written"][0], array("Q", spans)

        def written(number: int) -> Written:
            begin, middle, end = lengths[2 * number : 2 * number + 3]
            both = self.stowed.part(start + begin, end - begin)
            return Written(both[: middle - begin].decode(), both[middle - begin :].decode())

        columns = Columns(paths, templates, kinds, array("I", ends), self.stowed.read("asked"), written)
        return PagesMade(columns, self.pickled("pages since"))

    def _field(self, name: str) -> Any:
        """One field of what is looked up: of one with many things, those that are asked for; of one with what
        events have, that which was written at first and what came in its place."""
        if name in SHELVED:
            return Shelves(self, name)
        if name in SINCE:
            first = Valued(self.event_order, self.event_places, self.plain(name))
            return replaced(first, self.plain(since(name)))
        return self.pickled(name)

    def stretches(self, name: str) -> set[str]:
        """The stretches of a field."""
        more = (f"{name} {number}" for number in count())
        return {name, since(name), *takewhile(self.stowed.places.__contains__, more)} & self.stowed.places.keys()

    def _by_field(self, name: str, kind: type) -> type:
        def asked(self_: Any, field: str) -> Any:
            if field.startswith("__"):
                raise AttributeError(field)
            value = self.by_field[name][field] = self._field(f"{name} {field}")
            object.__setattr__(self_, field, value)
            return value

        return type(f"Later{kind.__name__}", (kind,), {"__slots__": (), "__getattr__": asked})


class Shelves(Mapping[str, Any]):
    """Things by name in stretches, of which one is read when something in it is asked for."""

    def __init__(self, woken: Woken, name: str) -> None:
        self.woken, self.name = woken, name
        self.ids: list[str] = woken.plain(name)
        self.count = part_count(len(self.ids), SHELVED[name])
        self.found: dict[int, dict[str, Any]] = {}

    def __getitem__(self, id_: str) -> Any:
        number = part_of(id_, self.count)
        if number not in self.found:
            self.found[number] = self.woken.pickled(f"{self.name} {number}")
        return self.found[number][id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)


def _over(things: Mapping[str, Any]) -> MutableMapping[str, Any]:
    """A mapping to which more is put, over one that stays as it is."""
    return ChainMap({}, cast("MutableMapping[str, Any]", things))


def _later(kind: type, fill: Callable[[Any], None]) -> type:
    """A kind of object whose values come when the first is asked for; then it is one of the kind itself."""

    def asked(self: Any, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        fill(self)
        return object.__getattribute__(self, name)

    return type(f"Later{kind.__name__}", (kind,), {"__slots__": (), "__getattr__": asked})


class _Woken(Mapping[str, T]):
    """Things that are read when they are asked for."""

    def __init__(self, woken: Woken) -> None:
        self.woken = woken

    def __iter__(self) -> Iterator[str]:
        return iter(self.woken.sources)

    def __len__(self) -> int:
        return len(self.woken.sources)


class _Sources(_Woken[T]):
    def __init__(self, woken: Woken, kind: str) -> None:
        super().__init__(woken)
        self.kind = kind

    def __getitem__(self, id_: str) -> T:
        found: T = self.woken.source(self.kind, id_)
        return found

    def __contains__(self, id_: object) -> bool:
        return f"source {id_}" in self.woken.stowed.places


class _Pairs(_Woken[tuple[SourceFile, Resolved]]):
    """Each source as it was written, with what became of it."""

    def __init__(self, woken: Woken) -> None:
        super().__init__(woken)
        self.found: dict[str, tuple[SourceFile, Resolved]] = {}

    def __getitem__(self, id_: str) -> tuple[SourceFile, Resolved]:
        if id_ not in self.found:
            problems = self.woken.core["of_sources"].get(id_, ())
            resolved = Resolved(self.woken.resolved[id_], problems, frozenset())
            self.found[id_] = self.woken.written[id_], resolved
        return self.found[id_]


class _Second(_Woken[Resolved]):
    def __init__(self, pairs: _Pairs) -> None:
        super().__init__(pairs.woken)
        self.pairs = pairs

    def __getitem__(self, id_: str) -> Resolved:
        return self.pairs[id_][1]


class _Events(_Woken[T]):
    """Events by id: as they were written, in the order of their files, or as they are, in their own order."""

    def __init__(self, woken: Woken, which: int) -> None:
        super().__init__(woken)
        self.which = which

    def __getitem__(self, id_: str) -> T:
        return cast("T", self.woken.event(id_)[self.which])

    def __contains__(self, id_: object) -> bool:
        return id_ in self.woken.event_places

    @cached_property
    def ids(self) -> list[str]:
        """Their ids in order."""
        return (
            self.woken.event_order
            if self.which
            else [*chain.from_iterable(map(split, self.woken.event_files.values()))]
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return int(self.woken.made["events"])


class _Files(Collection[str]):
    """The files of a site, of which most edits ask nothing."""

    def __init__(self, woken: Woken) -> None:
        self.woken = woken

    @cached_property
    def paths(self) -> Mapping[str, None]:
        """Their paths in order."""
        return dict.fromkeys(split(self.woken.plain("files")))

    def __contains__(self, path: object) -> bool:
        return path in self.paths

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)


class _Calls(Mapping[Any, Any]):
    """Who calls on what."""

    def __init__(self, woken: Woken) -> None:
        self.woken = woken
        self.count: int = woken.made["calls"]
        self.found: dict[str, dict[Any, Any]] = {}

    def of(self, name: str) -> dict[Any, Any]:
        """Those of one stretch."""
        if name not in self.found:
            self.found[name] = self.woken.pickled(name)
        return self.found[name]

    def __getitem__(self, what: Any) -> Any:
        return self.of(calls_name(what[1], self.count))[what]

    def get(self, what: Any, default: Any = None) -> Any:
        """Who calls on a thing."""
        return self.of(calls_name(what[1], self.count)).get(what, default)

    def __iter__(self) -> Iterator[Any]:
        return (what for number in range(self.count) for what in self.of(f"calls {number}"))

    def __len__(self) -> int:
        return sum(len(self.of(f"calls {number}")) for number in range(self.count))


class _Known(Mapping[str, Known]):
    """What was read from files, by the first of them."""

    def __init__(self, woken: Woken) -> None:
        self.woken = woken

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """The sources by their files."""
        return {path: id_ for id_, (path, _) in self.woken.sources.items() if path}

    def __getitem__(self, path: str) -> Known:
        woken = self.woken
        files: tuple[str, ...] = (path,)
        if path in woken.core["known"]:
            files, value = woken.core["known"][path]
        elif id_ := self.ids.get(path):
            files, value = woken.sources[id_], woken.written[id_]
        else:
            value = Row(woken.records, split(woken.event_files[path]))
        return Known({file: woken.read.hashes[file] for file in files}, value)

    def __contains__(self, path: object) -> bool:
        return path in self.ids or path in self.woken.core["known"] or (path != "" and path in self.woken.event_files)

    def __iter__(self) -> Iterator[str]:
        yield from (*self.woken.core["known"], *filter(None, self.woken.event_files), *self.ids)

    def __len__(self) -> int:
        return sum(1 for _ in self)
