"""The ladders of a briefing's lists: short ones begin the whole ones, and few are made for many things."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from site_builder.listing.ladders import Ladders
from site_builder.listing.listings import KINDS, UNNAMED
from site_builder.listing.stretches import Find
from site_builder.model import Briefing
from tests.built_sites import REAL, SMALL, built

Finding = Callable[[Ladders, Briefing], Find]
Listing = Callable[[Briefing], Iterable[str]]

CASES: dict[str, tuple[Finding, Listing]] = {
    "sources": (lambda own, _: own.dated, lambda b: b.index.sources),
    "passages": (lambda own, _: own.dated, lambda b: [p.ref for s in b.sources for p in s.passages]),
    "events": (lambda own, _: own.event, lambda b: b.index.events),
    "claims": (lambda own, _: own.claim, lambda b: b.index.claims),
    "claims of a topic": (lambda own, _: own.claim_of_topic, lambda b: b.index.claims),
    "entities": (lambda own, _: own.named, lambda b: b.index.entities),
    "flags": (lambda own, _: own.flag, lambda b: [f"garbled {p.ref}" for s in b.sources for p in s.passages]),
    "passages shared with topics": (
        lambda own, b: own.shared([t.id for t in b.topics]),
        lambda b: [f"{topic} {p.ref}" for s in b.sources for p in s.passages for topic in p.topics],
    ),
}


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("case", CASES)
def test_a_ladder_that_is_not_asked_for_to_its_end_is_its_beginning(case: str, name: str) -> None:
    briefing = built(name).briefing
    find, ids = CASES[case]
    asked = [*ids(briefing)]
    short, whole = (find(Ladders(briefing), briefing)(asked, to_end) for to_end in (False, True))
    assert [other[: len(one)] for one, other in zip(short, whole, strict=True)] == [*short]


def test_things_of_one_month_share_one_ladder_whatever_topic_stands_above_it() -> None:
    briefing = built("tangle").briefing
    (first, *_) = briefing.sources
    topic = briefing.topics[0].id
    refs = [f"{topic} {first.id}#{number}" for number in range(3)]
    one, *others = Ladders(briefing).shared([topic])(refs, False)
    assert one[0].key == topic
    assert all(other is one for other in others)


def heads(find: Find, ids: Iterable[str]) -> list[tuple[str, str, bool]]:
    """The first steps of things, each once, in the order in which a list has them."""
    steps = {ladder[0] for ladder in find([*ids], False)}
    return [(step.key, step.label, step.is_folder) for step in sorted(steps)]


def test_entities_stand_under_their_kinds_in_the_order_of_the_site_and_those_without_a_name_come_last() -> None:
    briefing = built(REAL).briefing
    kinds = [(kind, words, True) for kind, words in KINDS.items()]
    assert heads(Ladders(briefing).named, briefing.index.entities) == [*kinds, ("unnamed", UNNAMED, True)]


def test_claims_stand_under_their_first_topics_in_order_and_then_under_how_they_stand() -> None:
    briefing = built("tangle").briefing
    ladders, claims = Ladders(briefing), briefing.index.claims
    found = heads(ladders.claim, claims)
    first = [c.record.topics[0] for c in claims.values() if c.record.topics]
    topics = [(t.id, t.title, True) for t in briefing.topics if t.id in first]
    assert found == [*topics, ("no-topic", "No topic", True)]
    for claim, ladder in zip(claims.values(), ladders.claim([*claims], False), strict=True):
        assert (ladder[1].key, ladder[1].is_folder) == (claim.record.status, True)
    assert [ladder[1:] for ladder in ladders.claim([*claims], False)] == ladders.claim_of_topic([*claims], False)


def test_a_source_of_which_no_date_is_known_stands_by_its_title_behind_the_others() -> None:
    briefing = built("tangle").briefing
    find = Ladders(briefing).dated
    undated = [s.id for s in briefing.sources if s.issued is None]
    assert heads(find, briefing.index.sources)[-1] == ("unknown", "No date known", True)
    assert heads(find, undated) == [("unknown", "No date known", True)]
    assert all(len(ladder) > 1 for ladder in find(undated, False))


def test_a_ladder_goes_on_to_its_end_only_where_that_is_asked_for() -> None:
    briefing = built("harbour").briefing
    (source,) = (s.id for s in briefing.sources if s.issued)
    short, whole = (Ladders(briefing).dated([source], to_end)[0] for to_end in (False, True))
    assert len(short) < len(whole)
