"""What is to be written of a memory: of what was read back, only that in whose place an edit put something else."""

from __future__ import annotations

import marshal
import pickle
from array import array
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import accumulate, compress, repeat
from typing import Any

from ..frozen import fields, replace
from ..linkcheck import joined
from ..model import Briefing, Event, Index
from ..parting import ids_by_part, part_count
from ..reading.origins import LaterLocation, Origin
from ..records import Annotations, EventRecord, SourceFile
from ..series import Replaced, Row, differing, ids_of
from .asked import Columns, PageMade, PagesMade
from .memory import Known, Memory, OfSite, SiteMade
from .numbered import spread
from .packing import packed, packed_events
from .waking import EVENTS, SHELVED, SINCE, Woken, calls_name, events_name, origin_name, since, source_name

_MANY = 8  # one page in so many may have been made since the columns of all were written
Parts = Iterator[tuple[str, Callable[[], bytes | Iterable[bytes]]]]
"""Stretches by name, each with a way to its bytes, or to the pieces of them."""


class Saving:
    """What is to be written of a memory: `kept` are the stretches that stay as they are, `new` all others."""

    def __init__(
        self, memory: Memory, woken: Woken | None, site: SiteMade, of_site: OfSite, briefing: Briefing
    ) -> None:
        """`woken` is what was read back before, `briefing` the one that was merged, of which the site's was made."""
        self.memory, self.site, self.briefing = memory, site, briefing
        self.merged, self.read, self.told = of_site
        self.woken = woken
        self.kept: set[str] = set()
        self.origins: list[str] = []  # the paths of files of events
        self.annotations = self.merged.annotations
        self.written = _by_id(self.annotations.sources)
        self.records = _by_id(self.annotations.events)
        self.new = [
            *self.inputs(), *self.sources(), *self.events(), *self.core(), *self.found(), *self.pages(),
        ]  # fmt: skip

    @cached_property
    def every(self) -> dict[str, Known]:
        """What was read for this site, by the first file of each."""
        return self.of_site(self.memory.known)

    def known(self, little: Iterable[str] | None) -> dict[str, Known]:
        """The same; of what was read back, that which is `little`."""
        every: Mapping[str, Known] = self.memory.known
        if little is None or not isinstance(every, ChainMap):
            return self.every
        return self.of_site({**{path: every[path] for path in little if path in every}, **every.maps[0]})

    def of_site(self, every: Mapping[str, Known]) -> dict[str, Known]:
        """Of all that is known that which was read for this site."""
        hashes = self.read.hashes.items()
        return {path: known for path, known in every.items() if known.hashes.items() <= hashes}

    def inputs(self) -> Parts:
        """How files looked, and their hashes."""
        looks, hashes = self.memory.hashes.looks, self.read.hashes
        # Pages that were put in place alone may be of files that were others when all were looked at.
        trusted = [*self.memory.hashes.sha256]
        if [*map(hashes.get, looks.paths, repeat(""))] != trusted:
            rows = zip(looks.paths, trusted, strict=True)
            trusted = [sha256 if hashes.get(path) == sha256 else "" for path, sha256 in rows]
        sure = {*compress(looks.paths, trusted)}
        others = {path: sha256 for path, sha256 in hashes.items() if path not in sure}
        looked = "\0".join(looks.paths), looks.numbers.tobytes(), " ".join(trusted)
        yield "inputs", partial(marshal.dumps, (looked, others, dict(self.read.others)))

    def sources(self) -> Parts:
        """Each source, as it was written and as it was resolved."""
        written, resolved, woken = self.written, self.briefing.index.sources, self.woken
        known = _few((woken.written, written), (woken.resolved, resolved)) if woken else None
        if woken and known is not None:
            few = [*known]
            self.kept |= {"sources", *(name for name in woken.stowed.places if name.startswith("source "))}
        else:
            few = [*resolved]
            if woken and (stubs := woken.stubs):
                few = [
                    id_ for id_ in resolved if stubs.get(("written", id_)) is not written[id_]
                    or stubs.get(("resolved", id_)) is not resolved[id_]
                ]  # fmt: skip
                self.kept |= {source_name(id_) for id_ in resolved}
            files = {
                known.value.id: (path, *known.hashes)[-2:]
                for path, known in self.every.items() if isinstance(known.value, SourceFile)
            }  # fmt: skip
            paths = [files.get(id_, ("", "")) for id_ in resolved]
            rows = map(joined, (resolved, (path for path, _ in paths), (text for _, text in paths)))
            yield "sources", partial(marshal.dumps, tuple(rows))
        self.kept -= {source_name(id_) for id_ in few}
        yield from ((source_name(id_), partial(packed, written[id_], resolved[id_], self.read.hashes)) for id_ in few)

    def events(self) -> Parts:
        """The events of each file."""
        records, events, woken = self.records, self.briefing.index.events, self.woken
        few = _few((woken.records, records), (woken.events, events)) if woken else None
        numbers = range((len(events) + EVENTS - 1) // EVENTS)
        if woken and few is not None:
            order: Sequence[str] = woken.event_order if few else ()
            again = {woken.event_places[id_] // EVENTS for id_ in few}
            stay = {"event files", "event order", *map(origin_name, woken.made["origins"]), *map(events_name, numbers)}
            own = _origins(records[id_] for id_ in few)
            origins = {**woken.origins, **own}
            self.origins = [*dict.fromkeys((*woken.made["origins"], *own))]
            self.kept |= stay & woken.stowed.places.keys() - {*map(origin_name, own), *map(events_name, again)}
        else:
            known = ((path, known.value) for path, known in self.every.items() if _are_events(known.value))
            files = {path: [*ids_of(value)] for path, value in known}
            firsts = [ids[0] for ids in files.values() if ids]
            if others := records.keys() - {id_ for ids in files.values() for id_ in ids}:
                files |= {"": [id_ for id_ in records if id_ in others]}
            order, again = [*events], {*numbers}
            own = origins = _origins(records[id_] for id_ in (*firsts, *others))
            self.origins = [*own]
            yield "event files", partial(marshal.dumps, {path: joined(ids) for path, ids in files.items()})
            yield "event order", partial(marshal.dumps, joined(order))
        yield from ((origin_name(path), partial(pickle.dumps, origin, 5)) for path, origin in own.items())
        for number in again:
            ids = order[number * EVENTS : (number + 1) * EVENTS]
            yield events_name(number), partial(_events, records, events, ids, origins)

    def core(self) -> Parts:
        """All that is little."""
        index = Index(
            sources={}, passages={}, figures={}, events={},
            **{name: getattr(self.briefing.index, name) for name in _LITTLE_INDEX},
        )  # fmt: skip
        problems = {
            own.source.id: own.problems for own in self.merged.resolved if own.source and own.problems
        } if self.merged.problems else {}  # fmt: skip
        shown = {f.name: getattr(self.site.briefing, f.name) for f in fields(Briefing) if f.name != "index"}
        held = {
            "annotations": replace(self.annotations, sources=(), events=()),
            "briefing": replace(self.briefing, sources=(), events=(), index=index),
        }  # fmt: skip
        told = {
            "published": {name: own for name, own in shown.items() if own != getattr(self.briefing, name)},
            "problems": self.merged.problems, "of_sources": problems, "told": self.told,
            "of_events": {id_: own for id_, own in self.merged.of_events.items() if own},
        }  # fmt: skip
        before = self.woken.core if self.woken else {}
        is_same = bool(before) and all(_is_same(own, before[name]) for name, own in held.items())
        if is_same and all(own == before[name] for name, own in told.items()):
            self.kept.add("core")
            return
        core: dict[str, Any] = {**held, **told}
        core["known"] = {
            path: ((*known.hashes,), known.value) for path, known in self.known(before.get("known")).items()
            if not (isinstance(known.value, SourceFile) or _are_events(known.value))
        }  # fmt: skip
        yield "core", partial(pickle.dumps, core, 5)

    def found(self) -> Parts:
        """What is looked up for pages."""
        site, woken = self.site, self.woken
        for name, found in (("layout", site.layout), ("listed", site.listed)):
            known = woken.by_field[name] if woken else {}
            for field in fields(type(found)):
                part = f"{name} {field.name}"
                is_known = woken is not None and found is getattr(woken, name) and field.name not in known
                if woken is not None and is_known and self.stays(part):
                    self.kept |= woken.stretches(part)
                else:
                    yield from self.field(part, known.get(field.name), getattr(found, field.name))
        few = differing(woken.calls, site.calls) if woken else None
        count = woken.calls.count if woken else 0
        if woken and few is not None:
            again = {calls_name(what[1], count) for what in few}
            self.kept |= {f"calls {number}" for number in range(count)} - again
            for name in again:
                yield name, partial(pickle.dumps, {what: site.calls[what] for what in woken.calls.of(name)}, 5)
        else:
            count = 1 << max(0, len(site.calls) // 32).bit_length()
            parts: dict[str, dict[Any, Any]] = {f"calls {number}": {} for number in range(count)}
            for what, callers in site.calls.items():
                parts[calls_name(what[1], count)][what] = callers
            yield from ((name, partial(pickle.dumps, own, 5)) for name, own in parts.items())
        yield "exports", partial(marshal.dumps, {path: (*own,) for path, own in site.exports.items()})
        if woken and (site.files is woken.files or [*site.files] == [*woken.files]):
            self.kept.add("files")
        else:
            yield "files", partial(marshal.dumps, joined(site.files))
        made = {"inputs": site.inputs, "sizes": dict(site.sizes), "calls": count, "events": len(self.records)}
        made |= {"named": dict(site.named), "origins": self.origins}
        yield "made", partial(pickle.dumps, made, 5)

    def stays(self, part: str) -> bool:
        """Whether a field may stay as it was written: what goes by the order of events, only with that."""
        return part not in SINCE or "event order" in self.kept

    def field(self, part: str, known: Mapping[str, Any] | None, now: Mapping[str, Any]) -> Parts:
        """One field of what is looked up for pages, which is `known` as it was read back."""
        if self.woken and now is known and self.stays(part):
            self.kept |= self.woken.stretches(part)
        elif part in SHELVED:
            yield part, partial(marshal.dumps, [*now])
            for number, ids in enumerate(ids_by_part(tuple(now), part_count(len(now), SHELVED[part]))):
                yield f"{part} {number}", partial(_dumped, now, ids)
        elif part in SINCE:
            is_of_known = isinstance(now, Replaced) and known and differing(known, now) is not None
            own = now.own if isinstance(now, Replaced) and is_of_known and self.stays(part) else {}
            if own and _MANY * len(own) <= len(now):
                self.kept.add(part)
            else:
                own = {}
                yield part, lambda: marshal.dumps(spread(now, (*self.briefing.index.events,)))
            yield since(part), partial(marshal.dumps, dict(own))
        else:
            yield part, partial(pickle.dumps, now, 5)

    def pages(self) -> Parts:
        """What the pages were made from."""
        pages, before = self.site.pages, self.woken.pages.columns if self.woken else None
        own: Mapping[str, PageMade] = pages.own if isinstance(pages, PagesMade) else {}
        if isinstance(pages, PagesMade) and pages.columns is before and _MANY * len(own) <= len(pages):
            self.kept |= {"pages", "asked", "written"}
        else:
            columns = pages.columns if isinstance(pages, PagesMade) and not own else Columns.of(pages)
            own = {}
            spans = array("Q", (0, *accumulate(map(len, _texts(columns, len(pages)))))).tobytes()
            paths = joined(columns.paths), columns.templates, columns.kinds, columns.ends.tobytes(), spans
            yield "pages", partial(marshal.dumps, paths)
            yield "asked", lambda: columns.keys
            yield "written", partial(_texts, columns, len(pages))  # of all pages: too much to be held as well
        yield "pages since", partial(pickle.dumps, dict(own), 5)


def _texts(columns: Columns, count: int) -> Iterator[bytes]:
    """The ids and links of pages, one after the other."""
    return (part.encode() for page in map(columns.written, range(count)) for part in (page.ids, page.links))


def _dumped(things: Mapping[str, Any], ids: Iterable[str]) -> bytes:
    return pickle.dumps({id_: things[id_] for id_ in ids}, 5)


_LITTLE_INDEX = ("claims", "measures", "entities", "topics")


def _by_id(things: Sequence[Any]) -> Mapping[str, Any]:
    return things.things if isinstance(things, Row) else {thing.id: thing for thing in things}


def _few(*pairs: tuple[Mapping[str, Any], Mapping[str, Any]]) -> set[str] | None:
    """The ids of which things differ in one of these pairs; None where it is not known."""
    found: set[str] = set()
    for old, new in pairs:
        few = differing(old, new)
        if few is None:
            return None
        found |= {*few}
    return found


def _is_same(now: Any, before: Any) -> bool:
    """Whether what is little is the same: of annotations and briefings, whether each part is the very same."""
    if isinstance(now, (Annotations, Briefing, Index)):
        return all(_is_same(getattr(now, f.name), getattr(before, f.name)) for f in fields(type(now)))
    return now is before or (isinstance(now, (dict, frozenset, tuple)) and not now and now == before)


def _are_events(value: Any) -> bool:
    return isinstance(value, Row) or (isinstance(value, tuple) and bool(value) and isinstance(value[0], EventRecord))


def _origins(records: Iterable[EventRecord]) -> dict[str, Origin]:
    """The files that events were read from, by path."""
    places = [record.at for record in records]
    return {at.origin.path: at.origin for at in places if isinstance(at, LaterLocation)}


def _events(
    records: Mapping[str, EventRecord], events: Mapping[str, Event], ids: Sequence[str], origins: Mapping[str, Origin]
) -> bytes:
    return packed_events([(records[id_], events[id_]) for id_ in ids], origins)
