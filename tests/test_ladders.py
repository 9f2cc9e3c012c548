"""The ladders of a briefing's lists: short ones begin the whole ones, and few are made for many things."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from site_builder.listing.ladders import Ladders
from site_builder.listing.stretches import Find
from site_builder.model import Briefing
from tests.built_sites import SMALL, built

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
