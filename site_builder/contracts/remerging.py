"""A merge after an edit that concerns few things: what the merge before has checked is taken over from it.

Only notes of sources and events are edited so cheaply, which are most edits of a day's work; anything else is merged
anew. It is told by identity: what was not read again is the same object.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import TypeVar

from ..frozen import fields, replace
from ..markup.names import Names
from ..markup.prose import CITES, Citable
from ..model import Briefing, Event, Figure, Index, OfSources, Source, figures_of, is_same_face, passages_of
from ..problems import Place, Problem, has_errors
from ..records import Annotations, EventRecord, Location, SiteRecord, SourceFile, Words
from ..series import replaced
from .deriving import lent_passages
from .merging import Merged, _Merging, markdown_fields
from .resolving import Resolved

T = TypeVar("T")

_SAME = ("site", "claims", "measures", "entities", "topics", "changes", "corrections", "broken")
# Every part of the index is here: of one that is not known, what has become of it is not known either.
_KEPT = frozenset(("claims", "measures", "entities", "topics"))
_TOLD_ANEW = frozenset(("sources", "passages", "figures", "events"))


def remerge(before: Merged, annotations: Annotations, resolved: Sequence[Resolved], names: Names) -> Merged | None:
    """The merge of these, from the one before; None where too much differs, or where something is in error."""
    briefing = before.briefing
    if briefing is None or {f.name for f in fields(Index)} != _KEPT | _TOLD_ANEW:
        return None
    if not all(_is_same(getattr(annotations, name), getattr(before.annotations, name)) for name in _SAME):
        return None
    sources = _sources(before.resolved, resolved)
    records = _events(before.annotations.events, annotations.events, before.of_events)
    if sources is None or records is None:
        return None
    merging = Remerging(annotations, briefing, sources, names)
    merging.check_notes_of([f for f in annotations.sources if f.id in sources], tuple(records.values()))
    events = merging.events_of(records)
    if merging.problems and has_errors(merging.problems):
        return None
    before_events = {p for own in before.of_events.values() for p in own}
    of_events = {id_: own for id_, own in before.of_events.items() if id_ not in records} | merging.of_events
    others = set(before.problems) - before_events - {p for r in before.resolved for p in r.problems}
    problems = (*(p for r in resolved for p in r.problems), *others, *(p for own in of_events.values() for p in own))
    by_id = replaced(briefing.index.sources, sources)
    index = replace(
        briefing.index,
        sources=by_id,
        passages=OfSources(by_id, passages_of),
        figures=OfSources(by_id, figures_of),
        events=briefing.index.events if events is briefing.events else {e.id: e for e in events},
    )
    found = replace(briefing, sources=tuple(sources.get(s.id, s) for s in briefing.sources), events=events, index=index)
    return Merged(found, problems, annotations, tuple(resolved), of_events)


def _is_same(now: object, before: object) -> bool:
    """Whether a record, or each of many, is the very one that it was."""
    if isinstance(now, tuple) and isinstance(before, tuple):
        return len(now) == len(before) and all(a is b for a, b in zip(now, before, strict=True))
    return now is before or (now == before == frozenset())


def _sources(before: Sequence[Resolved], now: Sequence[Resolved]) -> dict[str, Source] | None:
    """The sources that were resolved anew; None where more of one differs than it shows alone, or a source is new."""
    if len(before) != len(now):
        return None
    found: dict[str, Source] = {}
    for one, other in zip(before, now, strict=True):
        if one is other:
            continue
        if other.source is None or not shows_the_same(one.source, other):
            return None
        found[other.source.id] = other.source
    return found


def shows_the_same(before: Source | None, now: Resolved) -> bool:
    """Whether no more of a source differs than what it shows alone, and nothing of it is in error.

    Figures that are derived take part in what other sources show, so that a source with one is as good as another.
    """
    if before is None or now.source is None or now.broken or has_errors(now.problems):
        return False
    derives = any(f.record.derived for p in now.source.passages for f in p.figures)
    return before.id == now.source.id and is_same_face(before, now.source) and not derives


def _events(
    before: Sequence[EventRecord], now: Sequence[EventRecord], told: Container[str]
) -> dict[str, EventRecord] | None:
    """The events that were read again, or of which something was `told`, perhaps on another line now; None where one
    is gone or rests on other passages, which prose may cite."""
    found: dict[str, EventRecord] = {r.id: r for r in now}
    if len(found) != len(now):
        return None
    for record in before:
        other = found.get(record.id)
        if other is None or other.evidence != record.evidence:
            return None
        if other is record and record.id not in told:
            del found[record.id]
    return found


class Remerging(_Merging):
    """A merge of few things, over what the one before it found."""

    def __init__(self, annotations: Annotations, before: Briefing, sources: Mapping[str, Source], names: Names) -> None:
        self.annotations = annotations
        self.before = before
        self.names = names
        self.problems: list[Problem] = []
        self.of_events: dict[str, tuple[Problem, ...]] = {}
        self.broken = frozenset()
        self.by_id = replaced(before.index.sources, sources)
        self.passages = OfSources(self.by_id, passages_of)
        self.entities = dict(before.index.entities)
        self.known = {
            "topic": before.index.topics, "entity": self.entities, "measure": before.index.measures,
            "passage": self.passages,
        }  # fmt: skip

    def check_notes_of(self, files: Sequence[SourceFile], events: Sequence[EventRecord]) -> None:
        """Whether what these cite is there, and their ids are known."""
        for file in files:
            self.check_source(file)
        whole = self.annotations
        few = Annotations(_NO_SITE, files, events, (), (), (), ())
        if any(markdown_fields(few, CITES)):
            citable = self.citable(self.before.index.figures)
            self.annotations = few
            self.check_notes(citable)
            self.annotations = whole

    def citable(self, figures: Mapping[str, Figure]) -> Citable:
        """What can be cited, of which little is looked at."""
        return Citable(
            quoted=self.quotes(),
            lends={
                "claim": {c.id: tuple(e.passage for e in c.evidence) for c in self.annotations.claims},
                "event": _Lent(self.before.index.events, lambda event: event.record.evidence),
                "figure": _Lent(figures, lambda figure: lent_passages(figure, figures)),
            },
            figures=figures,
            broken=self.broken,
        )

    def events_of(self, anew: Mapping[str, EventRecord]) -> Sequence[Event]:
        """All events in their order; those that were not read again are taken over, with what was found of them."""
        known = self.before.index.events
        if not anew:
            return self.before.events
        found = [e for r in self.annotations.events if (e := self.event(r) if r.id in anew else known[r.id])]
        found.sort(key=lambda e: e.date.value.key())
        return tuple(found)


class _Lent(Mapping[str, tuple[str, ...]]):
    """The passages that things lend, looked up when a thing is cited."""

    def __init__(self, things: Mapping[str, T], lends: Callable[[T], tuple[str, ...]]) -> None:
        self.things = things
        self.lends = lends

    def __getitem__(self, id_: str) -> tuple[str, ...]:
        return self.lends(self.things[id_])

    def __iter__(self) -> Iterator[str]:
        return iter(self.things)

    def __len__(self) -> int:
        return len(self.things)


_NO_SITE = SiteRecord(at=Location(Place(""), {}), title=Words(""))
