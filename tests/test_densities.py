"""How many things begin when: every thing counts once, bars stay within the drawing, and few are enough."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.listing.densities import HEIGHT, MOST, density

days = st.lists(st.dates(), min_size=1, max_size=40)


@given(st.lists(days, min_size=1, max_size=4))
def test_there_are_few_bars_within_the_drawing_and_every_thing_counts(lanes: list[list[date]]) -> None:
    drawn = density([(f"{n}", own) for n, own in enumerate(lanes)])
    assert drawn
    for lane, own in zip(drawn.lanes, lanes, strict=True):
        bars = [bar for bar in lane.bars.split("M") if bar]
        assert len(bars) <= min(MOST, len(own))
        assert lane.size == len(own)
        assert 1 <= lane.most <= len(own)
        for bar in bars:
            left, right = float(bar.split(" ")[0]), float(bar.split("H")[1].split("V")[0])
            assert 0 <= left <= right <= 100


@pytest.mark.parametrize(
    ("span", "unit", "words"),
    [
        (30, "day", "on 1 January 2001"),
        (900, "month", "in January 2001"),
        (5000, "quarter of a year", "in January 2001"),
        (20_000, "year", "in 2001"),
        (200_000, "ten years", "from 2000 to 2009"),
        (700_000, "century", "from 2000 to 2099"),
        (2_500_000, "century", "from 2000 to 2099"),
    ],
)
def test_a_bar_stands_for_as_long_a_time_as_is_needed(span: int, unit: str, words: str) -> None:
    first = date(2001, 1, 1)
    last = first + timedelta(days=min(span, (date.max - first).days))
    drawn = density([("a", [first, first, last])])
    assert drawn
    assert drawn.unit == unit
    assert drawn.lanes[0].peak.startswith(words)


def test_all_lanes_have_one_scale() -> None:
    day = date(2001, 1, 1)
    drawn = density([("a", [day] * 10), ("b", [day])])
    assert drawn
    assert [f"v-{height:g}H" in lane.bars for lane, height in zip(drawn.lanes, (HEIGHT, 2.4), strict=True)] == [
        True,
        True,
    ]


def test_nothing_is_drawn_of_nothing() -> None:
    assert density([("a", [])]) is None
