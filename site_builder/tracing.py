"""What a page was made from: a briefing that notes what is asked of it, and what differs between two briefings.

Whoever makes a page asks for sources, events, claims by their ids, or for all of a kind, and each question is noted as
a key. A page stays as it is while nothing differs that it asked for: so a build after an edit makes few pages, and
which they are is written down nowhere by hand.

A source has two keys. `sources` is its face: all that other pages may show of it, its passages and figures included.
`texts` is all of it, with the notes and reasons that stand on its own page alone. `looks` are what the chips of
topics show, `calls` who calls on a thing, or on a passage of a source.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import chain, repeat
from typing import Any, Literal, TypeVar
from zlib import crc32

from .backlinks import Backlinks, Caller
from .frozen import fields, replace
from .listing.layout import Layout
from .listing.listings import Listings
from .model import Briefing, CitationKind, Event, Index, Passage, Source, Topic, is_same_face, numbers_of
from .series import differing

Key = tuple[str, str]
"""A kind, and an id of it, or none: then all of that kind."""

Beginning = tuple[Sequence[str], date]
"""The topics of an event, and the day on which it begins; of those that begin on no known day there is none."""

V = TypeVar("V")
K = TypeVar("K", bound=Hashable)
T = TypeVar("T", Listings, Layout)

_BY_SOURCE = ("sources", "passages", "figures")  # mappings of the index that go by the face of a source
_PARTS = tuple(f.name for f in fields(Briefing) if f.name not in ("index", "sources", "topics", "site"))


class Trace:
    """The keys that were asked for."""

    __slots__ = ("keys",)

    def __init__(self) -> None:
        self.keys: set[Key] = set()


class _Asked(Mapping[K, V]):
    """A mapping that notes that it was looked through."""

    __slots__ = ("_found", "_kind", "_trace")

    def __init__(self, kind: str, found: Mapping[K, V], trace: Trace) -> None:
        self._kind = kind
        self._found = found
        self._trace = trace

    def __iter__(self) -> Iterator[K]:
        self._trace.keys.add((self._kind, ""))
        return iter(self._found)

    def __len__(self) -> int:
        self._trace.keys.add((self._kind, ""))
        return len(self._found)


class Asked(_Asked[str, V]):
    """A mapping that notes what is looked up in it, by name."""

    __slots__ = ()

    def __getitem__(self, name: str) -> V:
        self._trace.keys.add((self._kind, name))
        return self._found[name]

    def get(self, name: str, default: Any = None) -> Any:
        """What goes by a name; Mapping's own way costs an exception where there is nothing."""
        self._trace.keys.add((self._kind, name))
        return self._found.get(name, default)


class AskedAs(_Asked[K, V]):
    """The same where a name goes by another key, which `key` gives."""

    __slots__ = ("_key",)

    def __init__(self, kind: str, found: Mapping[K, V], trace: Trace, key: Callable[[K], Key]) -> None:
        super().__init__(kind, found, trace)
        self._key = key

    def __getitem__(self, name: K) -> V:
        self._trace.keys.add(self._key(name))
        return self._found[name]

    def get(self, name: K, default: Any = None) -> Any:
        """What goes by a name."""
        self._trace.keys.add(self._key(name))
        return self._found.get(name, default)

    def together(self, name: K) -> Mapping[K, V]:
        """The mapping itself, to look up all that goes by the same key as this name."""
        self._trace.keys.add(self._key(name))
        return self._found


class AskedLater(Asked[V]):
    """A mapping that is a field of something, which is asked for the field when something is looked up."""

    __slots__ = ("_field", "_of")

    def __init__(self, kind: str, of: object, field: str, trace: Trace) -> None:
        self._kind = kind
        self._of = of
        self._field = field
        self._trace = trace

    def __getattr__(self, name: str) -> Any:  # of what was not set yet
        if name != "_found":
            raise AttributeError(name)
        self._found = getattr(self._of, self._field)
        return self._found


class TracedBriefing(Briefing):
    """A briefing that notes what is asked of it."""

    __slots__ = ("trace", "untraced")

    untraced: Briefing
    trace: Trace

    def __init__(self, briefing: Briefing, trace: Trace) -> None:
        index = {f.name: _noting(f.name, getattr(briefing.index, f.name), trace) for f in fields(Index)}
        for name, value in (("untraced", briefing), ("trace", trace), ("index", Index(**index))):
            object.__setattr__(self, name, value)

    @property
    def looks(self) -> Sequence[Topic]:
        """The topics, for their titles, letters and themes alone."""
        self.trace.keys.add(("looks", ""))
        return self.untraced.topics

    def text(self, source_id: str) -> Source:
        """A source, for its own page."""
        self.trace.keys.add(("texts", source_id))
        return self.untraced.index.sources[source_id]

    def faces(self, ids: Sequence[str]) -> list[Source]:
        """Sources by their ids, for other pages than their own."""
        self.trace.keys.update(zip(repeat("sources"), ids))
        return list(map(self.untraced.index.sources.__getitem__, ids))

    def quoted(self, refs: Iterable[str]) -> Iterator[tuple[Passage, Source]]:
        """Passages by their refs, each with its source."""
        passages = list(map(self.untraced.index.passages.__getitem__, refs))
        return zip(passages, self.faces([passage.source for passage in passages]), strict=True)

    def some_events(self, ids: Sequence[str]) -> list[Event]:
        """Events by their ids."""
        self.trace.keys.update(zip(repeat("events"), ids))
        return list(map(self.untraced.index.events.__getitem__, ids))

    def beginnings(self, ids: Iterable[str] | None = None, topic: str = "") -> Sequence[Beginning]:
        """When events begin, and under which topics: of some that all stand under one topic, of some, or of all."""
        self.trace.keys.add(("beginnings", topic))
        events = self.untraced.events if ids is None else map(self.untraced.index.events.__getitem__, ids)
        return [(e.record.topics, first) for e in events if (first := e.date.value.first)]


def _noted(name: str) -> property:
    """A part of a briefing, in the place of its slot."""
    key = (name, "")

    def part(self: TracedBriefing) -> Any:
        self.trace.keys.add(key)
        return getattr(self.untraced, name)

    return property(part)


for _name in ("sources", "topics", "site", *_PARTS):
    setattr(TracedBriefing, _name, _noted(_name))


def traced_calls(calls: Backlinks, trace: Trace) -> AskedAs[tuple[CitationKind, str], tuple[Caller, ...]]:
    """Who calls on what, noted likewise."""
    return AskedAs("calls", calls, trace, _called)


def traced_listings(listed: Listings, trace: Trace) -> Listings:
    """What stands under what, noted likewise: by look-up and key."""
    return Listings(**{f.name: AskedLater(f"{f.name} by", listed, f.name, trace) for f in fields(Listings)})


def traced_layout(layout: Layout, trace: Trace) -> Layout:
    """Which page things stand on, noted likewise."""
    return Layout(**{f.name: AskedLater(f"{f.name} at", layout, f.name, trace) for f in fields(Layout)})


def _kind(name: str) -> str:
    return "sources" if name in _BY_SOURCE else name


def _noting(name: str, found: Mapping[str, Any], trace: Trace) -> Mapping[str, Any]:
    """A mapping of the index."""
    if name in ("passages", "figures"):
        return AskedAs("sources", found, trace, lambda ref: ("sources", ref.partition("#")[0]))
    return Asked(_kind(name), found, trace)


def _called(what: tuple[CitationKind, str]) -> Key:
    kind, target = what
    return "calls", f"{kind} {target.partition('#')[0]}"


# What differs


def marked(key: Key) -> int:
    """A key in 32 bits, the same in every process. Should two share them, a page is made that need not be, no more."""
    return crc32("\0".join(key).encode())


def all_marked(keys: Iterable[Key]) -> Iterator[int]:
    """The marks of keys."""
    return map(crc32, map(str.encode, map("\0".join, keys)))


def places(marks: bytes, mark: int) -> Iterator[int]:
    """Where a mark stands in a row of them, which is searched as it lies in memory."""
    wanted, at = array("I", (mark,)).tobytes(), -1
    while (at := marks.find(wanted, at + 1)) >= 0:
        if at % len(wanted) == 0:
            yield at // len(wanted)


FEW = 24  # marks that are looked for one by one


def holds(marks: bytes, some: Set[int]) -> bool:
    """Whether one of some marks stands in a row of them."""
    if len(some) > FEW:
        return not some.isdisjoint(memoryview(marks).cast("I"))
    return any(True for mark in some for _ in places(marks, mark))


def changed(old: Briefing, new: Briefing) -> Set[Key]:
    """The keys of all that differs between two briefings."""
    found: set[Key] = {(name, "") for name in _PARTS if getattr(old, name) != getattr(new, name)}
    if repr(old.site) != repr(new.site):  # its mappings have an order
        found |= {("site", "whole"), *([("site", "")] if _head(old) != _head(new) else ())}
    if old.topics != new.topics:
        found.add(("topics", ""))
    if [_look(t) for t in old.topics] != [_look(t) for t in new.topics]:
        found.add(("looks", ""))
    found.update(_of_sources(old.index.sources, new.index.sources))
    for field in fields(Index):
        if field.name not in _BY_SOURCE:
            found.update(_between(field.name, getattr(old.index, field.name), getattr(new.index, field.name)))
    events = [id_ for kind, id_ in found if kind == "events" and id_]
    return found.union(_beginnings(old.index.events, new.index.events, events))


def _beginnings(old: Mapping[str, Event], new: Mapping[str, Event], events: Iterable[str]) -> Iterator[Key]:
    """The keys of the beginnings of which these events change some."""
    for id_ in events:
        before, now = (_beginning(e) if (e := all_.get(id_)) else None for all_ in (old, new))
        if before != now:
            topics = chain(*(found[0] for found in (before, now) if found))
            yield from (("beginnings", topic) for topic in ("", *topics))


def _beginning(event: Event) -> Beginning | None:
    first = event.date.value.first
    return (event.record.topics, first) if first else None


def _head(briefing: Briefing) -> str:
    """The site without its judgements and questions, which are asked for by themselves."""
    return repr(replace(briefing.site, key_judgements=(), open_questions=()))


def _differ(kind: str, old: Any, new: Any) -> bool:
    """Whether things of a kind differ, be it only in how they are written: 120 equals 120.0, and a mapping has an
    order."""
    form = _FORMS.get(kind)
    return old != new or (form is not None and form(old) != form(new))


_FORMS: Mapping[str, Callable[[Any], object]] = {"measures": repr, "entities": repr, "figures": numbers_of}
"""How things are written, by kind, that may be written in several ways."""


def _look(topic: Topic) -> tuple[str, ...]:
    return topic.id, topic.title, topic.letter, topic.look


def _of_sources(old: Mapping[str, Source], new: Mapping[str, Source]) -> Iterator[Key]:
    few = differing(old, new)
    has_other_faces = False
    for id_ in {**old, **new} if few is None else few:
        one, other = old.get(id_), new.get(id_)
        if one is other:
            continue
        yield "texts", id_
        yield "texts", ""
        if one is None or other is None or not is_same_face(one, other):
            has_other_faces = True
            yield "sources", id_
    if few is None and list(old) != list(new):
        has_other_faces = True
    if has_other_faces:
        yield "sources", ""


def _between(kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Key]:
    """The keys of a mapping whose values differ, and, if there is one, that of all of it."""
    few = differing(old, new)
    others = [
        id_ for id_ in (new if few is None else few)
        if (before := old.get(id_)) is not (value := new[id_]) and _differ(kind, before, value)
    ]  # fmt: skip
    gone = [id_ for id_ in old if id_ not in new] if few is None else []
    for id_ in chain(others, gone):
        yield kind, id_
    if others or gone or (few is None and list(old) != list(new)):
        yield kind, ""


def moved(old: T, new: T, kind: Literal["by", "at"]) -> Iterator[Key]:
    """The keys of all that stands under something else, or elsewhere."""
    if old is new:
        return
    for field in fields(old):
        yield from _between(f"{field.name} {kind}", getattr(old, field.name), getattr(new, field.name))


def called(old: Backlinks, new: Backlinks, among: Iterable[tuple[CitationKind, str]] | None = None) -> Iterator[Key]:
    """The keys of all on which something else calls; that is `among` some, where it is known."""
    if old is new:
        return
    for what in {**old, **new} if among is None else among:
        before: Sequence[Caller] = old.get(what, ())
        if before != new.get(what, ()):
            yield _called(what)
            yield "calls", ""
