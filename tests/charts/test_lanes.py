"""Lanes of time and their axes: nothing outside them, nothing hidden, order kept, open dates open."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from site_builder.charts.axes import MARGIN, NARROW, Tick, TimeAxis
from site_builder.charts.lanes import DOT, OVERHANG, LaneChart, Mark, Window, lane_chart, zooms
from site_builder.printed.dates import parse_edtf

YEAR_2021 = Window("2021", date(2021, 1, 1), date(2021, 12, 31))

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


def _chart(lanes: list[list[str]], window: Window | None = None) -> LaneChart:
    things = [(f"lane-{i}", [(f"{i}-{j}", parse_edtf(d)) for j, d in enumerate(own)]) for i, own in enumerate(lanes)]
    chart = lane_chart(things, window)
    assert chart is not None
    return chart


def _extent(mark: Mark) -> tuple[float, float]:
    """From where to where a mark is drawn on the narrowest screen, in pixels."""
    x, width = mark.x / 100 * NARROW, mark.width / 100 * NARROW
    return (x, x + width) if mark.width else (x - DOT, x + DOT)


@given(charts)
def test_every_thing_has_a_mark_within_the_picture(lanes: list[list[str]]) -> None:
    chart = _chart(lanes)
    for lane, own in zip(chart.lanes, lanes, strict=True):
        assert len(lane.marks) == len(own)
        for mark in lane.marks:
            left, right = _extent(mark)
            assert -MARGIN <= left < right <= NARROW + MARGIN
            assert mark.y - 5 > 0
            assert mark.y + 5 < lane.height


@given(charts, st.booleans())
def test_no_mark_covers_another(lanes: list[list[str]], is_near: bool) -> None:
    for lane in _chart(lanes, YEAR_2021 if is_near else None).lanes:
        for one, other in combinations(lane.marks, 2):
            if abs(one.y - other.y) < 10:
                (left, right), (other_left, other_right) = _extent(one), _extent(other)
                assert right <= other_left or other_right <= left


def _assert_roomy(ticks: tuple[Tick, ...]) -> None:
    """No label (7 pixels a character, and 3 before it) runs into the next one or out of the picture."""
    places = [(t.x / 100 * NARROW, t.x / 100 * NARROW + 3 + 7 * len(t.label)) for t in ticks]
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
    assert all(start >= 0 for start, _ in places)
    assert len(places) < 2 or places[-1][1] <= NARROW + MARGIN


def _assert_legible(axis: TimeAxis) -> None:
    assert axis.years
    _assert_roomy(axis.years)
    _assert_roomy(axis.parts)
    for lines in (axis.major, axis.minor):
        assert all(0 <= x <= 100 for x in lines)
        assert list(lines) == sorted(lines)
        assert len(lines) <= 30


@given(charts)
def test_the_labels_of_an_axis_stand_in_order_apart_and_inside_and_one_of_them_is_a_year(
    lanes: list[list[str]],
) -> None:
    _assert_legible(_chart(lanes).axis)


@given(charts)
def test_so_do_those_of_every_zoom(lanes: list[list[str]]) -> None:
    for window in zooms(parse_edtf(d) for own in lanes for d in own)[:5]:
        _assert_legible(_chart(lanes, window).axis)


@pytest.mark.parametrize(
    ("dates", "years", "parts"),
    [
        (["2021-03-04", "2021-03-06"], ["2021"], ["27 Feb"]),
        (["2021-03-04", "2021-08-06"], ["2021"], ["Mar", "Apr"]),
        (["2020-11-04", "2021-02-06"], ["2020", "2021"], ["Nov", "Dec", "Jan"]),
        (["2019-12-20", "2022-02-06"], ["2020", "2021"], []),
        (["1914", "1989-11-09"], ["1920", "1940", "1960", "1980"], []),
    ],
)
def test_a_timeline_of_any_length_says_its_years(dates: list[str], years: list[str], parts: list[str]) -> None:
    axis = _chart([dates]).axis
    assert [t.label for t in axis.years] == years
    assert [t.label for t in axis.parts][: len(parts)] == parts


@given(charts, dates)
def test_a_later_day_never_stands_to_the_left(lanes: list[list[str]], extra: str) -> None:
    values = [[parse_edtf(d) for d in own] for own in [*lanes, [extra]]]
    chart = _chart([*lanes, [extra]])
    firsts = [
        (value.first, mark.x)
        for lane, own in zip(chart.lanes, values, strict=True)
        for mark, value in zip(lane.marks, own, strict=True)
        if value.first and (value.first == value.last or mark.width > 2)
    ]
    for (day, x), (later, further) in pairwise(sorted(firsts)):
        assert x <= further + 0.011 or day == later


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
    assert (mark.x == 0, mark.x + mark.width == 100) == (reaches_left, reaches_right)
    assert mark.faded == faded


# From near


@given(charts)
def test_every_thing_that_begins_or_ends_somewhere_is_in_a_zoom_and_each_zoom_holds_one(lanes: list[list[str]]) -> None:
    windows = zooms(parse_edtf(d) for own in lanes for d in own)
    assume(windows)
    drawn = [{m.key for lane in _chart(lanes, window).lanes for m in lane.marks} for window in windows]
    assert set().union(*drawn) == {f"{i}-{j}" for i, own in enumerate(lanes) for j in range(len(own))}
    assert all(drawn)
    assert len(windows) <= 30


@given(charts)
def test_a_zoom_draws_what_may_lie_in_it_and_nothing_else(lanes: list[list[str]]) -> None:
    wanted = {
        f"{i}-{j}"
        for i, own in enumerate(lanes) for j, value in enumerate(map(parse_edtf, own))
        if (value.first or date.min) <= YEAR_2021.last and (value.last or date.max) >= YEAR_2021.first
    }  # fmt: skip
    chart = _chart(lanes, YEAR_2021)
    assert {m.key for lane in chart.lanes for m in lane.marks} == wanted
    assert all(lane.marks for lane in chart.lanes)
    for mark in (m for lane in chart.lanes for m in lane.marks):
        assert -OVERHANG <= mark.x <= mark.x + mark.width <= 100 + OVERHANG + 0.01


@pytest.mark.parametrize(
    ("edtf", "beyond_left", "beyond_right", "faded"),
    [
        ("2020-05/2021-06", True, False, ""), ("2021-05/2022-06", False, True, ""), ("2020/2022", True, True, ""),
        ("[2020..2021-06]", True, False, "end"), ("[2021-06..]", False, False, "both"), ("2020/..", True, False, "end"),
        ("../2022", False, True, "start"), ("2021~", False, False, "both"),
    ],
)  # fmt: skip
def test_what_goes_on_beyond_a_zoom_runs_over_its_edge_and_fades_only_where_its_end_is_unknown(
    edtf: str, beyond_left: bool, beyond_right: bool, faded: str
) -> None:
    ((mark,),) = (lane.marks for lane in _chart([[edtf]], YEAR_2021).lanes)
    assert (mark.x < 0, mark.x + mark.width > 100.01) == (beyond_left, beyond_right)
    assert mark.faded == faded


def test_zooms_are_years_or_where_these_are_too_many_decades() -> None:
    assert [w.label for w in zooms([parse_edtf("2021-03/2023"), parse_edtf("2020/..")])] == ["2020", "2021", "2023"]
    assert zooms([parse_edtf("2021-03"), parse_edtf("2021-12-31")]) == ()
    many = [parse_edtf(str(year)) for year in range(1905, 1995)]
    assert [w.label for w in zooms(many)][:2] == ["1900 to 1909", "1910 to 1919"]


# How a mark is drawn


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
