"""A layout from the one before is the layout that is made of everything, whatever became of the events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from site_builder.dates import parse_edtf
from site_builder.layout import Layout, Limits, lay_out, lay_out_again
from site_builder.listings import listings, listings_again
from site_builder.model import Briefing, Event
from site_builder.records import Words

from .long_site import LIMITS, long_briefing

Edit = Callable[[Event], Event | None]


def _titled(words: str) -> Edit:
    return lambda event: replace(event, record=replace(event.record, title=Words(event.record.title + words)))


EDITS: dict[str, Edit] = {
    "a title is longer": _titled(" and more"),
    "a title is so long that its stretch is cut": _titled(" and more" * 3000),
    "an event is of another time": lambda event: replace(
        event, date=replace(event.date, value=parse_edtf("1999-01-02"))
    ),
    "an event has no topic any more": lambda event: replace(event, record=replace(event.record, topics=())),
    "an event is gone": lambda _: None,
}


def _edited(briefing: Briefing, edit: Edit, every: int) -> tuple[Briefing, set[str]]:
    """The briefing with every so-many-th event edited, and the ids of these."""
    chosen = {e.id for e in briefing.events[::every]}
    found = [now for e in briefing.events if (now := edit(e) if e.id in chosen else e)]
    found.sort(key=lambda e: e.date.value.key())
    index = replace(briefing.index, events={e.id: e for e in found})
    return replace(briefing, events=tuple(found), index=index), chosen


def _shown(layout: Layout) -> Layout:
    """A layout with its weights in the order of the ids, which nothing shows."""
    return replace(layout, weights=dict(sorted(layout.weights.items())))


@pytest.mark.parametrize("every", [3, 10_000])
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("limits", [LIMITS, Limits(whole=4000, sheet=2000, share=500)])
def test_it_is_the_same_after_edits_of_events(edit: Edit, every: int, limits: Limits) -> None:
    briefing = long_briefing()
    listed = listings(briefing)
    edited, ids = _edited(briefing, edit, every)
    again = listings_again(listed, edited)
    assert again == listings(edited)
    found = lay_out_again(lay_out(briefing, listed, limits), edited, again, ids, limits)
    whole = lay_out(edited, again, limits)
    assert repr(_shown(found)) == repr(_shown(whole))  # the order of its parts too
