"""What stands under each topic, measure and entity, looked up once for all pages: ids in the order of the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from operator import attrgetter

from ..frozen import dataclass, replace
from ..model import Briefing, Claim, Event, Passage, Source
from ..records import EntityRecord

Listed = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listings:
    """Ids by what they stand under; what has none is not there. Passages and figures are refs.

    By topic: `passages`, `events`, `claims`, `numbers` (figures), `sources` and `entities`. By measure: `figures`. By
    entity: the passages that it `said`, that it `passed_on`, that mean it, of those the ones that do not name it
    (`tagged`), and the sources that name it. By kind: what is `flagged`; by how quotes match their texts: those that do
    not do so exactly. `beside` are the neighbours of a source, a claim and an entity (`source/id`, …) in the order of
    their lists, empty where there is none. `counts` are how many there are of each kind of thing.
    """

    passages: Listed
    events: Listed
    claims: Listed
    numbers: Listed
    sources: Listed
    entities: Listed
    figures: Listed
    said: Listed
    passed_on: Listed
    meant: Listed
    tagged: Listed
    named: Listed
    flagged: Listed
    matched: Listed
    beside: Listed
    counts: Mapping[str, int]


def listings(briefing: Briefing) -> Listings:
    """The look-ups of a briefing."""
    passages = [p for s in briefing.sources for p in s.passages]
    refs = [f"{p.source}#{p.id}" for p in passages]  # each is one string, wherever it is listed
    figures = [(f, p) for p in passages if p.figures for f in p.figures]
    figure_refs = [f.ref for f, _ in figures]
    index = briefing.index

    def by(field: str) -> Listed:
        return _by(refs, map(attrgetter(field), passages))

    def some(asked: Callable[[Passage], object], keys: Callable[[Passage], Iterable[str]]) -> Listed:
        """The few passages of which something is asked, by keys."""
        found = [(ref, [*keys(p)]) for ref, p in zip(refs, passages, strict=True) if asked(p)]
        return _by([ref for ref, _ in found], [own for _, own in found])

    ordered = (
        ("source", [s.id for s in sorted(briefing.sources, key=by_issue)]),
        ("claim", [c.id for c in claims_in_order(briefing)]), ("entity", [e.id for e in in_order(briefing.entities)]),
    )  # fmt: skip
    return Listings(
        passages=by("topics"),
        events=_by(index.events, map(attrgetter("record.topics"), index.events.values())),
        claims=_by(index.claims, map(attrgetter("record.topics"), index.claims.values())),
        numbers=_by(figure_refs, (p.topics for _, p in figures)),
        sources=_by(index.sources, ([t for p in s.passages for t in p.topics] for s in index.sources.values())),
        entities=_entities(passages),
        figures=_by(figure_refs, ((f.record.measure,) for f, _ in figures)),
        said=some(attrgetter("said_by"), lambda p: (p.said_by or "",)),
        passed_on=by("via"),
        meant=by("entities"),
        tagged=some(attrgetter("entities"), partial(_unprinted, briefing)),
        named=_by(index.sources, ([e for m in s.mentions for e in m.entities] for s in index.sources.values())),
        flagged=some(attrgetter("flags"), lambda p: (f.kind for f in p.flags)),
        matched=some(lambda p: p.match != "exact", lambda p: (p.match,)),
        beside={f"{kind}/{id_}": both for kind, ids in ordered for id_, both in _beside(ids)},
        counts=_counts(briefing, len(figures)),
    )


def listings_again(before: Listings, old: Briefing, briefing: Briefing, events: Set[str]) -> Listings:
    """The look-ups of a briefing, from those of an old one of which nothing differs but these events."""
    was, now = old.index.events, briefing.index.events
    moved = {id_ for id_ in events if _place_of(was.get(id_)) != _place_of(now.get(id_))}
    if not moved:
        return before
    order = {id_: number for number, id_ in enumerate(now)}
    listed = dict(before.events)
    for topic in {t for index in (was, now) for id_ in moved if id_ in index for t in index[id_].record.topics}:
        others = (id_ for id_ in listed.pop(topic, ()) if id_ not in moved)
        own = [*others, *(id_ for id_ in moved if id_ in now and topic in now[id_].record.topics)]
        if own:
            listed[topic] = tuple(sorted(own, key=order.__getitem__))

    def first(topic: str) -> tuple[int, int]:
        return order[listed[topic][0]], now[listed[topic][0]].record.topics.index(topic)

    listed = {topic: listed[topic] for topic in sorted(listed, key=first)}
    return replace(before, events=listed, counts={**before.counts, "events": len(briefing.events)})


def _place_of(event: Event | None) -> tuple[object, ...]:
    """What decides where an event is listed."""
    return (event.record.topics, event.date.value.edtf) if event else ()


def _counts(briefing: Briefing, figures: int) -> Mapping[str, int]:
    kinds = ("sources", "passages", "events", "claims", "entities", "topics")
    found = {kind: len(getattr(briefing.index, kind)) for kind in kinds}
    return {**found, "figures": figures}


def _by(ids: Iterable[str], keys: Iterable[Sequence[str]]) -> Listed:
    """The ids of things by their keys."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for id_, own in zip(ids, keys, strict=True):
        if own:
            for key in dict.fromkeys(own) if len(own) > 1 else own:
                found[key].append(id_)
    return {key: tuple(own) for key, own in found.items()}


def _entities(passages: Iterable[Passage]) -> Listed:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for passage in [p for p in passages if p.entities or p.via or p.said_by]:
        names = dict.fromkeys(e for e in (*passage.entities, *passage.via, passage.said_by) if e)
        for topic in passage.topics:
            found[topic].update(names)
    return {topic: tuple(names) for topic, names in found.items()}


def _unprinted(briefing: Briefing, passage: Passage) -> Iterator[str]:
    """The entities that a passage means and does not name."""
    mentions = briefing.index.sources[passage.source].mentions
    printed = {e for m in mentions if passage.start <= m.start and m.end <= passage.end for e in m.entities}
    return (e for e in passage.entities if e not in printed)


KINDS: Mapping[str, str] = {
    "person": "People", "organisation": "Organisations", "group": "Groups", "unit": "Units", "place": "Places",
    "law": "Laws", "outlet": "Outlets",
}  # fmt: skip
"""The kinds of entities, in the order of the site, and what several of a kind are called."""

UNNAMED = "Without a name"


def kind_of(entity: EntityRecord) -> str:
    """The group of the list in which an entity stands: its kind, or that of those without a name."""
    return "unnamed" if entity.unnamed else entity.kind


def in_order(entities: Iterable[EntityRecord]) -> list[EntityRecord]:
    """Entities as the list has them: by kind, then by name; those without a name come last."""
    order = {kind: number for number, kind in enumerate(KINDS)}
    return sorted(entities, key=lambda e: (9 if e.unnamed else order[e.kind], e.name.casefold(), e.id))


def claims_in_order(briefing: Briefing) -> list[Claim]:
    """Claims as the matrix has them: by the first of their topics, those of no topic last."""
    order = {topic.id: number for number, topic in enumerate(briefing.topics)}
    return sorted(briefing.claims, key=lambda c: order[c.record.topics[0]] if c.record.topics else len(order))


def by_issue(source: Source) -> tuple[object, ...]:
    """The order in which sources are listed: by the day of issue, those without one last, then by title."""
    return source.issued is None, source.issued.value.key() if source.issued else (), source.title


def _beside(ids: Sequence[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    around = ["", *ids, ""]
    return ((id_, (around[at], around[at + 2])) for at, id_ in enumerate(ids))
