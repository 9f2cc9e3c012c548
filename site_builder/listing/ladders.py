"""The steps under which the things of each list stand: in time, by name, or by kind, status or topic first.

Many things share a ladder: one is made for all of them, so that `stretches` can take them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from ..model import Briefing, Source
from ..records import EntityRecord
from .listings import KINDS, UNNAMED, kind_of
from .stretches import Find, Ladder, Step, of_date, of_name

_NO_DATE, _NO_BEGINNING = "No date known", "Beginning not known"


class Ladders:
    """Those of the things of one briefing; each list is a `Find`."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing, self.index = briefing, briefing.index

    def dated(self, refs: Sequence[str], to_end: bool) -> list[Ladder]:
        """The steps of sources, or of what stands in them: when they were issued; without a date, their titles."""
        if to_end:
            return [self._of_source(self.index.sources[ref.partition("#")[0]], to_end=True) for ref in refs]
        return [self._of_sources[ref.partition("#")[0]] for ref in refs]

    @cached_property
    def _of_sources(self) -> Mapping[str, Ladder]:
        return {s.id: self._of_source(s, to_end=False) for s in self.index.sources.values()}

    def _of_source(self, source: Source, *, to_end: bool) -> Ladder:
        if source.issued and source.issued.value.start:
            return of_date(source.issued.value, _NO_DATE, to_end)
        return (Step("~", "unknown", _NO_DATE, _NO_DATE, is_folder=True), *of_name(source.title))

    def event(self, ids: Sequence[str], to_end: bool) -> list[Ladder]:
        """The steps of events: when they begin."""
        if to_end:
            return [of_date(self.index.events[id_].date.value, _NO_BEGINNING) for id_ in ids]
        return [*map(self._of_events.__getitem__, ids)]

    @cached_property
    def _of_events(self) -> Mapping[str, Ladder]:
        return {id_: of_date(e.date.value, _NO_BEGINNING, to_end=False) for id_, e in self.index.events.items()}

    def flag(self, ids: Sequence[str], to_end: bool) -> list[Ladder]:
        """The steps of flagged passages: the kind of the flag, then those of their sources."""
        kinds = [id_.rpartition(" ")[0] for id_ in ids]
        firsts = [Step(kind, kind, kind, kind, is_folder=True) for kind in kinds]
        return _below(firsts, self.dated([id_.rpartition(" ")[2] for id_ in ids], to_end))

    def shared(self, related: Sequence[str]) -> Find:
        """Those of passages with another topic, for a list in which these stand as they are `related`."""
        titles = [self.index.topics[id_].title for id_ in related]
        others = {
            id_: Step(f"{number:06}", id_, title, title, is_folder=True)
            for number, (id_, title) in enumerate(zip(related, titles, strict=True))
        }

        def found(ids: Sequence[str], to_end: bool) -> list[Ladder]:
            pairs = [id_.partition(" ") for id_ in ids]
            return _below([others[topic] for topic, _, _ in pairs], self.dated([ref for _, _, ref in pairs], to_end))

        return found

    def claim(self, ids: Sequence[str], to_end: bool) -> list[Ladder]:
        """The steps of claims: their first topic, their status, their ids as names."""
        order = {t.id: number for number, t in enumerate(self.briefing.topics)}

        def first(id_: str) -> Step:
            topic = next(iter(self.index.claims[id_].record.topics), "")
            title = self.index.topics[topic].title if topic else "No topic"
            return Step(f"{order.get(topic, len(order)):06}", topic or "no-topic", title, title, is_folder=True)

        return _below(map(first, ids), self.claim_of_topic(ids, to_end))

    def claim_of_topic(self, ids: Sequence[str], _: bool) -> list[Ladder]:
        """The same in the list of a topic."""
        statuses = [self.index.claims[id_].record.status for id_ in ids]
        firsts = [Step(status, status, status, status, is_folder=True) for status in statuses]
        return _below(firsts, [*map(of_name, ids)])

    def named(self, ids: Sequence[str], _: bool) -> list[Ladder]:
        """The steps of entities: their kind, then their names."""
        kinds = list(KINDS)

        def first(entity: EntityRecord) -> Step:
            kind = kind_of(entity)
            label = KINDS.get(kind, UNNAMED)
            return Step(f"{kinds.index(kind) if kind in KINDS else len(kinds)}", kind, label, label, is_folder=True)

        entities = [self.index.entities[id_] for id_ in ids]
        return _below(map(first, entities), [of_name(e.name) for e in entities])


def _below(firsts: Iterable[Step], ladders: Sequence[Ladder]) -> list[Ladder]:
    """Ladders below a step each, one for all that are the same."""
    known: dict[tuple[str, int], Ladder] = {}
    return [
        known.get((first.key, id(ladder))) or known.setdefault((first.key, id(ladder)), (first, *ladder))
        for first, ladder in zip(firsts, ladders, strict=True)
    ]
