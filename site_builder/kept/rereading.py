"""A briefing after an edit of few files, from the one before: no other file is read, and no other thing is looked at.

Only files of sources and of events are read so, and only where no more of them differs than `remerging` can answer
for; with anything else all is read and merged, whatever was found here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from ..contracts.merging import Merged
from ..contracts.remerging import Remerging, shows_the_same
from ..contracts.resolving import Resolved, resolve_source
from ..frozen import dataclass, replace
from ..markup.names import Names
from ..model import Event, OfSources, Source, figures_of, passages_of
from ..problems import Problem, has_errors
from ..records import EventRecord, SourceFile
from ..series import Row, both, replaced, row_replaced

if TYPE_CHECKING:
    from ..reading.folder import Reloaded
    from .memory import Readings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reread:
    """The merge of what was read again and of all else, how many files of YAML that were, and how many sources."""

    merged: Merged
    parsed: int = 0
    resolved: int = 0


def reread(readings: Readings, reload: Callable[[Iterable[str]], Reloaded | None]) -> Reread | None:
    """The briefing, by way of the one before; None where that is not all that differs. `reload` reads files again."""
    before, paths = readings.memory.merged, readings.edited()
    if before is None or before.briefing is None or paths is None:
        return None
    known = {path: readings.was(path) for path in paths}
    found = reload(paths) if None not in known.values() else None
    if found is None:
        return None
    rereading = _Rereading(before, readings, found, known)
    done = rereading.run()
    if done is None:
        readings.in_vain = found.parsed, rereading.anew
    return done


class _Rereading:
    """One such reading: `known` is what was read from each file before."""

    def __init__(self, before: Merged, readings: Readings, found: Reloaded, known: Mapping[str, Any]) -> None:
        self.before = before
        self.readings = readings
        self.found = found
        self.known = known
        self.names = Names(before.annotations.entities)
        self.anew = 0

    def run(self) -> Reread | None:
        if not (self.found.sources or self.found.events):
            return Reread(self.before)
        resolved = {file.id: self.resolved(file) for file in self.found.sources}
        sources = {id_: own.source for id_, own in resolved.items() if own.source}
        rows = [self.pairs(path, now) for path, now in self.found.events.items()]
        if not all(self.is_like(id_, own) for id_, own in resolved.items()) or None in rows:
            return None
        pairs = [pair for row in rows for pair in row or ()]
        merged = self.merged(resolved, sources, pairs)
        return Reread(merged, self.found.parsed, self.anew) if merged else None

    def resolved(self, file: SourceFile) -> Resolved:
        """A source that was read again, as it is resolved, and known to be."""
        known = self.readings.resolved(self.before.annotations.entities)
        if file.id not in known or known[file.id][0] is not file:
            known[file.id] = file, resolve_source(file, self.names)
            self.anew += 1
        return known[file.id][1]

    def is_like(self, id_: str, now: Resolved) -> bool:
        """Whether no more of a source differs than what it shows alone."""
        before = self.before.briefing.index.sources.get(id_) if self.before.briefing else None
        return shows_the_same(before, now)

    def pairs(self, path: str, now: Sequence[EventRecord]) -> list[tuple[EventRecord, EventRecord]] | None:
        """The events of a file as they were and as they are; None where they are others, or rest on other passages."""
        before: Sequence[EventRecord] = self.known[path]
        told = self.before.of_events  # what is told of those may stand on another line now
        if len(before) != len(now):
            return None
        pairs = [*both(before, now, told)]
        if any((was.id, was.evidence) != (is_now.id, is_now.evidence) for was, is_now in pairs):
            return None
        return [(was, is_now) for was, is_now in pairs if was is not is_now or is_now.id in told]

    def merged(
        self,
        resolved: Mapping[str, Resolved],
        sources: Mapping[str, Source],
        pairs: list[tuple[EventRecord, EventRecord]],
    ) -> Merged | None:
        before, briefing = self.before, self.before.briefing
        if briefing is None:
            return None
        files = {file.id: file for file in self.found.sources}
        records: dict[str, EventRecord] = {now.id: now for _, now in pairs}
        annotations = replace(
            before.annotations,
            sources=row_replaced(before.annotations.sources, files, _id),
            events=row_replaced(before.annotations.events, records, _id),
        )
        # What says the same is met again where there was a problem with it: that may stand on another line now.
        edited: dict[str, EventRecord] = {
            now.id: now for was, now in pairs if was != now or before.of_events.get(now.id)
        }
        merging = Remerging(annotations, briefing, sources, self.names)
        merging.check_notes_of(tuple(files.values()), tuple(edited.values()))
        events: dict[str, Event] = {}
        for record in edited.values():
            event = merging.event(record)
            if event is None or event.date.value.key() != briefing.index.events[record.id].date.value.key():
                return None  # its place among the others may be another
            events[record.id] = event
        for id_, record in records.items():
            if id_ not in events:
                events[id_] = replace(briefing.index.events[id_], record=record)
        if has_errors(merging.problems):
            return None
        by_id, by_event = replaced(briefing.index.sources, sources), replaced(briefing.index.events, events)
        index = replace(
            briefing.index, sources=by_id, passages=OfSources(by_id, passages_of), figures=OfSources(by_id, figures_of),
            events=by_event,
        )  # fmt: skip
        found = replace(
            briefing,
            sources=row_replaced(briefing.sources, sources, _id),
            events=Row(by_event) if events else briefing.events,
            index=index,
        )
        told = {id_: own for id_, own in {**before.of_events, **merging.of_events}.items() if own}
        return Merged(
            briefing=found,
            problems=(*self.problems(resolved, edited), *merging.problems, *_problems(resolved)),
            annotations=annotations,
            resolved=row_replaced(before.resolved, resolved, lambda one: one.source.id if one.source else ""),
            of_events=told,
        )

    def problems(self, sources: Mapping[str, Resolved], events: Mapping[str, EventRecord]) -> list[Problem]:
        """What was met before, without what is told of these anew."""
        if not self.before.problems:
            return []
        gone = {p for id_ in events for p in self.before.of_events.get(id_, ())}
        gone |= {p for was in self.before.resolved if was.source and was.source.id in sources for p in was.problems}
        return [p for p in self.before.problems if p not in gone]


def _problems(resolved: Mapping[str, Resolved]) -> Iterator[Problem]:
    return (p for own in resolved.values() for p in own.problems)


_id: Callable[[Any], str] = attrgetter("id")
