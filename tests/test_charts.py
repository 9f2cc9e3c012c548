"""The geometry of the pictures: nothing outside them, nothing hidden, order kept, open dates open."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.charts import LABELS, RIGHT, WIDTH, LaneChart, Mark, dot_plot, lane_chart
from site_builder.dates import parse_edtf

LEFT_EDGE, RIGHT_EDGE = LABELS, WIDTH - RIGHT

days = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)
recent = st.dates(date(2020, 1, 1), date(2022, 12, 31)).map(date.isoformat)
points = (
    recent | recent | days
    | recent.map(lambda d: d[:7]) | recent.map(lambda d: d[:4])
    | recent.map(lambda d: d[:7] + "~") | recent.map(lambda d: f"{d}?")
)  # fmt: skip
spans = st.tuples(recent, recent).map(sorted).map("/".join) | st.tuples(recent, recent).map(sorted).map(
    lambda p: f"[{p[0]}..{p[1]}]"
)
open_ended = recent.map(lambda d: f"{d}/..") | recent.map(lambda d: f"../{d}") | recent.map(lambda d: f"[..{d}]")
dates = points | spans | open_ended
charts = st.lists(st.lists(dates, min_size=1, max_size=12), min_size=1, max_size=5)


def _chart(lanes: list[list[str]]) -> LaneChart:
    things = [(f"lane-{i}", [(f"{i}-{j}", parse_edtf(d)) for j, d in enumerate(own)]) for i, own in enumerate(lanes)]
    chart = lane_chart(things)
    assert chart is not None
    return chart


def _extent(mark: Mark) -> tuple[float, float]:
    """From where to where a mark is drawn; a dot has a radius of 5."""
    return (mark.x, mark.x + mark.width) if mark.width else (mark.x - 5, mark.x + 5)


@given(charts)
def test_every_thing_has_a_mark_within_the_picture(lanes: list[list[str]]) -> None:
    chart = _chart(lanes)
    for lane, own in zip(chart.lanes, lanes, strict=True):
        assert len(lane.marks) == len(own)
        for mark in lane.marks:
            left, right = _extent(mark)
            assert 0 <= left < right <= chart.width
            assert mark.y - 5 > 0
            assert mark.y + 5 < chart.height


@given(charts)
def test_no_mark_covers_another(lanes: list[list[str]]) -> None:
    marks = [mark for lane in _chart(lanes).lanes for mark in lane.marks]
    for one, other in combinations(marks, 2):
        if abs(one.y - other.y) < 10:
            (left, right), (other_left, other_right) = _extent(one), _extent(other)
            assert right <= other_left or other_right <= left


@given(charts)
def test_lanes_lie_one_below_the_other_each_with_its_own_marks(lanes: list[list[str]]) -> None:
    chart = _chart(lanes)
    for upper, lower in pairwise(chart.lanes):
        assert upper.y < lower.y
        assert max(m.y for m in upper.marks) + 5 < min(m.y for m in lower.marks) - 5


@given(charts)
def test_ticks_stand_in_order_within_the_axis_and_there_is_at_least_one(lanes: list[list[str]]) -> None:
    ticks = _chart(lanes).ticks
    assert ticks
    assert all(LEFT_EDGE <= tick.x <= RIGHT_EDGE and tick.label for tick in ticks)
    assert all(one.x < other.x for one, other in pairwise(ticks))
    assert len(ticks) <= 26


@given(charts, dates)
def test_a_later_day_never_stands_to_the_left(lanes: list[list[str]], extra: str) -> None:
    values = [[parse_edtf(d) for d in own] for own in [*lanes, [extra]]]
    chart = _chart([*lanes, [extra]])
    firsts = [
        (value.first, mark.x + (0.05 if mark.width else 0))
        for lane, own in zip(chart.lanes, values, strict=True)
        for mark, value in zip(lane.marks, own, strict=True)
        if value.first and (value.first == value.last or mark.width > 10)
    ]
    for (day, x), (later, further) in pairwise(sorted(firsts)):
        assert x <= further + 0.11 or day == later


@pytest.mark.parametrize(
    ("edtf", "reaches_left", "reaches_right", "faded"),
    [
        ("2021-03/..", False, True, "end"), ("../2021-03", True, False, "start"), ("[..2021-03]", True, False, "both"),
        ("2021-03/", False, True, "end"), ("2021-03-04", False, False, ""), ("2021-03/2021-04", False, False, ""),
    ],
)  # fmt: skip
def test_an_open_date_reaches_the_edge_and_no_other_does(
    edtf: str, reaches_left: bool, reaches_right: bool, faded: str
) -> None:
    (lane, _) = _chart([[edtf], ["2020-06-01"]]).lanes
    (mark,) = lane.marks
    left, right = _extent(mark)
    assert (left == LEFT_EDGE, right == RIGHT_EDGE) == (reaches_left, reaches_right)
    assert mark.faded == faded


@pytest.mark.parametrize("edtf", ["2021-03~", "2021-03?", "2021-03-04?", "2021-03%", "[2021-03..2021-05]"])
def test_an_uncertain_date_fades_on_both_sides(edtf: str) -> None:
    assert _chart([[edtf]]).lanes[0].marks[0].faded == "both"


def test_a_day_is_a_dot_and_a_longer_time_is_a_bar() -> None:
    day, month, year = _chart([["2021-03-04", "2021-03", "2021"]]).lanes[0].marks
    assert day.width == 0 < month.width < year.width


def test_things_on_one_day_are_stacked() -> None:
    marks = _chart([["2021-03-04"] * 3]).lanes[0].marks
    assert len({mark.y for mark in marks}) == 3
    assert len({mark.x for mark in marks}) == 1


def test_there_is_no_picture_without_a_date() -> None:
    assert lane_chart([]) is None
    assert lane_chart([("lane", [])]) is None


# The number line

numbers = st.floats(-1e12, 1e12, allow_nan=False).map(lambda n: round(n, 4)) | st.integers(0, 1000).map(float)
bounds = st.lists(numbers, min_size=3, max_size=3).map(sorted)
figures = st.lists(
    st.tuples(bounds, st.sampled_from([(1, 1, 1), (1, 0, 0), (0, 1, 1), (0, 1, 0), (0, 0, 1)])), min_size=2, max_size=8
)


def _figures(
    drawn: list[tuple[list[float], tuple[int, int, int]]],
) -> list[tuple[str, float | None, float | None, float | None]]:
    """Figures as (key, value, low, high), with those numbers that the mask keeps."""
    return [
        (f"f{i}", value if keep[0] else None, low if keep[1] else None, high if keep[2] else None)
        for i, ((low, value, high), keep) in enumerate(drawn)
    ]


@given(figures)
def test_positions_on_the_number_line_grow_with_the_numbers(
    drawn: list[tuple[list[float], tuple[int, int, int]]],
) -> None:
    given_figures = _figures(drawn)
    plot = dot_plot(given_figures)
    assert plot is not None
    pairs = [
        (number, x)
        for (_, *written), dot in zip(given_figures, plot.dots, strict=True)
        for number, x in zip(written, (dot.value, dot.low, dot.high), strict=True)
        if number is not None and x is not None
    ]
    assert len(pairs) == sum(n is not None for f in given_figures for n in f[1:])
    assert all(plot.left <= x <= plot.right for _, x in pairs)
    assert all(one[1] <= other[1] for one, other in pairwise(sorted(pairs)))


@given(figures)
def test_the_ticks_of_the_number_line_ascend_from_zero_or_below_past_every_number(
    drawn: list[tuple[list[float], tuple[int, int, int]]],
) -> None:
    plot = dot_plot(_figures(drawn))
    assert plot is not None
    labels = [float(tick.label.replace(",", "")) for tick in plot.ticks]
    numbers_drawn = [n for f in _figures(drawn) for n in f[1:] if n is not None]
    assert 2 <= len(labels) <= 15
    assert all(one < other for one, other in pairwise(labels))
    assert all(one.x < other.x for one, other in pairwise(plot.ticks))
    assert 0 in labels
    step = labels[1] - labels[0]
    assert labels[0] <= min(numbers_drawn) + step * 1e-6
    assert max(numbers_drawn) <= labels[-1] + step * 1e-6


@given(figures)
def test_each_figure_has_a_row_of_its_own_within_the_picture(
    drawn: list[tuple[list[float], tuple[int, int, int]]],
) -> None:
    plot = dot_plot(_figures(drawn))
    assert plot is not None
    rows = [dot.y for dot in plot.dots]
    assert all(other - one >= 10 for one, other in pairwise(rows))
    assert rows[0] - 5 > 0
    assert rows[-1] + 5 < plot.height


def test_large_numbers_are_labelled_in_digits() -> None:
    plot = dot_plot([("a", 2e10, None, None), ("b", 0.0, None, None)])
    assert plot is not None
    assert "10,000,000,000" in [tick.label for tick in plot.ticks]


def test_there_is_no_number_line_for_fewer_than_two_numbers() -> None:
    assert dot_plot([]) is None
    assert dot_plot([("a", 1.0, None, None), ("b", None, None, None)]) is None
