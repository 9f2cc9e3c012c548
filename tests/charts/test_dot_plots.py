"""Figures on a line of numbers: in order, on the line, with labels that do not touch."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.charts.axes import NARROW
from site_builder.charts.dot_plots import PLOT_EDGE, dot_plot

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
    assert all(PLOT_EDGE <= x <= 100 - PLOT_EDGE for _, x in pairs)
    assert all(one[1] <= other[1] for one, other in pairwise(sorted(pairs)))


@given(figures)
def test_the_ticks_of_the_number_line_ascend_from_zero_or_below_past_every_number(
    drawn: list[tuple[list[float], tuple[int, int, int]]],
) -> None:
    plot = dot_plot(_figures(drawn))
    assert plot is not None
    labelled = [(float(tick.label.replace(",", "")), tick.x) for tick in plot.ticks if tick.label]
    assert 2 <= len(plot.ticks) <= 15
    assert all(one.x < other.x for one, other in pairwise(plot.ticks))
    assert all(one < other for one, other in pairwise(labelled))
    assert 0 in [number for number, _ in labelled]
    reached = [x for dot in plot.dots for x in (dot.value, dot.low, dot.high) if x is not None]
    assert plot.ticks[0].x <= min(reached) + 0.01
    assert max(reached) <= plot.ticks[-1].x + 0.01


@given(figures)
def test_the_labels_of_the_number_line_do_not_touch(drawn: list[tuple[list[float], tuple[int, int, int]]]) -> None:
    plot = dot_plot(_figures(drawn))
    assert plot is not None
    labels = [(t.x / 100 * NARROW, 6.6 * len(t.label) / 2) for t in plot.ticks if t.label]
    assert all(one + half <= other - other_half for (one, half), (other, other_half) in pairwise(labels))


@given(figures)
def test_a_bar_runs_from_bound_to_bound_and_to_the_edge_where_there_is_none(
    drawn: list[tuple[list[float], tuple[int, int, int]]],
) -> None:
    plot = dot_plot(_figures(drawn))
    assert plot is not None
    for dot in plot.dots:
        if dot.low is dot.high is None:
            assert dot.left is dot.right is None
        else:
            assert dot.left == (0.0 if dot.low is None else dot.low)
            assert dot.right == (100.0 if dot.high is None else dot.high)


def test_large_numbers_are_labelled_in_digits() -> None:
    plot = dot_plot([("a", 2e10, None, None), ("b", 0.0, None, None)])
    assert plot is not None
    assert "10,000,000,000" in [tick.label for tick in plot.ticks]


@pytest.mark.parametrize(
    "figures",
    [
        [], [("a", 1.0, None, None), ("b", None, None, None)], [("a", None, 170.0, None)], [("a", None, None, 100.0)],
    ],
)  # fmt: skip
def test_there_is_no_number_line_for_a_lone_number(
    figures: list[tuple[str, float | None, float | None, float | None]],
) -> None:
    assert dot_plot(figures) is None


def test_there_is_one_for_a_lone_range() -> None:
    assert dot_plot([("a", None, 140_000.0, 150_000.0)]) is not None
