"""A layout from the one before is the layout that is made of everything, whatever became of the events."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import replace

import pytest

from site_builder.backlinks import backlinks, backlinks_again
from site_builder.listing.layout import Layout, Limits, lay_out, lay_out_again
from site_builder.listing.listings import listings, listings_again
from site_builder.listing.reweighing import reweighed
from site_builder.model import Briefing, Event
from site_builder.printed.dates import parse_edtf
from site_builder.records import Words
from site_builder.tracing import called

from .built_sites import built
from .long_site import LIMITS, long_briefing

Edit = Callable[[Event], Event | None]


def _titled(words: str) -> Edit:
    return lambda event: replace(event, record=replace(event.record, title=Words(event.record.title + words)))


EDITS: dict[str, Edit] = {
    "a title is longer": _titled(" and more"),
    "a title is shorter": lambda event: replace(event, record=replace(event.record, title=Words("A"))),
    "a title is so long that its stretch is cut": _titled(" and more" * 3000),
    "an event is of another time": lambda event: replace(
        event, date=replace(event.date, value=parse_edtf("1999-01-02"))
    ),
    "an event has no topic any more": lambda event: replace(event, record=replace(event.record, topics=())),
    "an event is gone": lambda _: None,
}


def _edited(briefing: Briefing, edit: Edit, chosen: Set[str]) -> tuple[Briefing, Set[str]]:
    """The briefing with some events edited, and the ids of these."""
    found = [now for e in briefing.events if (now := edit(e) if e.id in chosen else e)]
    found.sort(key=lambda e: e.date.value.key())
    index = replace(briefing.index, events={e.id: e for e in found})
    return replace(briefing, events=tuple(found), index=index), chosen


def _shown(layout: Layout) -> Layout:
    """A layout with its weights in the order of the ids, which nothing shows."""
    return replace(layout, weights=dict(sorted(layout.weights.items())))


@pytest.mark.parametrize("every", [3, 10_000])
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
@pytest.mark.parametrize(
    "limits", [LIMITS, pytest.param(Limits(whole=4000, sheet=2000, share=500), marks=pytest.mark.rounds)]
)
def test_it_is_the_same_after_edits_of_events(edit: Edit, every: int, limits: Limits) -> None:
    briefing = long_briefing()
    listed = listings(briefing)
    edited, ids = _edited(briefing, edit, {e.id for e in briefing.events[::every]})
    again = listings_again(listed, briefing, edited, ids)
    assert repr(again) == repr(listings(edited))
    found = lay_out_again(lay_out(briefing, listed, limits), edited, again, ids, limits)
    whole = lay_out(edited, again, limits)
    assert repr(_shown(found)) == repr(_shown(whole))  # the order of its parts too


@pytest.mark.parametrize("limits", [LIMITS, Limits(whole=9_000, sheet=3_000, share=500)])
def test_more_or_less_to_read_of_an_event_is_weighed_by_itself_while_no_list_is_cut_otherwise(limits: Limits) -> None:
    briefing = long_briefing()
    listed = listings(briefing)
    layout = lay_out(briefing, listed, limits)
    quick = []
    for number in range(0, 16, 3):
        edited, ids = _edited(briefing, _titled(" more" * number**3), {briefing.events[number * 20].id})
        other = lay_out(edited, listed, limits)
        there = reweighed(layout, briefing, edited, ids, limits)
        back = reweighed(other, edited, briefing, ids, limits)
        assert all(_shown(a) == _shown(b) for a, b in ((there, other), (back, layout)) if a)
        quick += [there, back]
    assert None in quick
    assert any(quick)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_who_calls_is_the_same_after_edits_of_events(edit: Edit) -> None:
    briefing = built("tangle").briefing
    shared = [
        e
        for e in briefing.events
        if set(e.record.evidence) & {r for o in briefing.events if o is not e for r in o.record.evidence}
    ]
    assert shared
    for event in briefing.events:
        edited, ids = _edited(briefing, edit, {event.id})
        before, now = backlinks(briefing), backlinks(edited)
        again, targets = backlinks_again(before, briefing, edited, ids)
        assert again == now
        assert {*called(before, now)} == {*called(before, now, targets)}
