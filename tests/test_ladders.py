"""The ladders of a briefing's lists: a short one is the beginning of the whole one, and few are made for many things."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from site_builder.listing.ladders import Ladders
from site_builder.listing.stretches import Find
from site_builder.model import Briefing
from tests.built_sites import SMALL, built

CASES: dict[str, tuple[Callable[[Ladders, Briefing], Find], Callable[[Briefing], Iterable[str]]]] = {
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
    find, ids = (
        part(*own) for part, own in zip(CASES[case], ((Ladders(briefing), briefing), (briefing,)), strict=True)
    )
    asked = [*ids]
    short, whole = find(asked, False), find(asked, True)
    assert [other[: len(one)] for one, other in zip(short, whole, strict=True)] == [*short]


def test_things_of_one_month_share_one_ladder_whatever_topic_stands_above_it() -> None:
    briefing = built("tangle").briefing
    (first, *_) = briefing.sources
    topic = briefing.topics[0].id
    refs = [f"{topic} {first.id}#{number}" for number in range(3)]
    one, *others = Ladders(briefing).shared([topic])(refs, False)
    assert one[0].key == topic
    assert all(other is one for other in others)
