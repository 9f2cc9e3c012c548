"""Lines as SVG paths: cropped at the window, thinned, never over the budget."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.maps.outlines import Window
from site_builder.maps.paths import _MARGIN, Ground, _cropped, _path, _river, _seen, _shore, ground
from site_builder.maps.projection import WORLD, Projection, azimuthal, position

SQUARE = Window(0, 0, 1, 100, 100)
LOW, HIGH = -_MARGIN, 100 + _MARGIN
points = st.tuples(st.floats(-300, 400), st.floats(-300, 400))


def drawn(path: str) -> list[tuple[int, int]]:
    """The points that a path passes through."""
    found, x, y = [], 0, 0
    for letter, numbers in re.findall(r"([Ml])([-0-9 ]+)", path):
        values = [int(n) for n in re.findall(r"-?\d+", numbers)]
        for i in range(0, len(values), 2):
            x, y = (values[i], values[i + 1]) if letter == "M" else (x + values[i], y + values[i + 1])
            found.append((x, y))
    return found


@given(st.lists(points, min_size=3, max_size=12))
def test_a_cropped_ring_lies_within_the_window_and_its_margin(ring: list[tuple[float, float]]) -> None:
    for x, y in _cropped(ring, SQUARE):
        assert LOW - 1e-6 <= x <= HIGH + 1e-6
        assert LOW - 1e-6 <= y <= HIGH + 1e-6


@pytest.mark.parametrize(
    ("ring", "wanted"),
    [
        ([(20, 20), (80, 20), (80, 80)], [(20, 20), (80, 20), (80, 80)]),
        ([(-300, -300), (400, -300), (400, 400), (-300, 400)], [(LOW, LOW), (HIGH, LOW), (HIGH, HIGH), (LOW, HIGH)]),
        ([(50, 50), (200, 50), (200, 90), (50, 90)], [(50, 50), (HIGH, 50), (HIGH, 90), (50, 90)]),
        ([(200, 200), (300, 200), (300, 300)], []),
    ],
    ids=["inside", "around", "across", "outside"],
)
def test_a_ring_is_cropped_where_it_crosses_the_edge(
    ring: list[tuple[float, float]], wanted: list[tuple[float, float]]
) -> None:
    assert sorted(_cropped(ring, SQUARE)) == sorted(wanted)


def test_of_a_river_only_the_steps_that_may_be_seen_are_kept_and_it_may_come_back() -> None:
    line = [(-50.0, 50.0), (-20.0, 50.0), (20.0, 50.0), (150.0, 50.0), (150.0, 500.0), (90.0, 300.0), (90.0, 60.0)]
    assert _seen(line, SQUARE) == [[(-20, 50), (20, 50), (150, 50)], [(90, 300), (90, 60)]]


def test_a_path_is_written_in_whole_tenths_as_steps_from_point_to_point() -> None:
    assert _path([(1.0, 2.0), (3.55, 2.0), (1.0, 1.0), (-1.0, 1.0)], 1) == "M10 20l26 0-26-10-20 0"
    assert drawn(_path([(1.0, 2.0), (3.55, 2.0), (1.0, 1.0)], 1)) == [(10, 20), (36, 20), (10, 10)]


def test_points_too_near_to_tell_apart_are_left_out_but_a_line_keeps_its_end() -> None:
    line = [(0.0, 0.0), (0.3, 0.0), (0.6, 0.1), (5.0, 0.0), (5.2, 0.0)]
    assert drawn(_path(line, 1)) == [(0, 0), (50, 0), (52, 0)]
    assert _path([(0.0, 0.0), (0.01, 0.0)], 1) == ""


def test_what_is_too_small_to_see_is_left_out() -> None:
    assert _shore([(10.0, 10.0), (11.0, 10.0), (11.0, 11.0)], 1) == ""
    assert _shore([(10.0, 10.0), (14.0, 10.0), (14.0, 14.0)], 1).endswith("z")
    assert _shore([(10.0, 10.0), (14.0, 10.0), (14.0, 14.0)], 3) == ""
    assert _river([[(10.0, 10.0), (20.0, 10.0)]], 1) == ""
    assert _river([[(10.0, 10.0), (50.0, 10.0)]], 1) != ""


@pytest.mark.parametrize("budget", [60_000, 20_000, 4_000])
@pytest.mark.parametrize(
    ("lat", "lon", "half"), [(50, 30, 1.2), (55, 80, 0.5), (0, 179, 1.2), (70, -100, 0.6)], ids=str
)
def test_a_map_stays_within_its_budget(lat: float, lon: float, half: float, budget: int) -> None:
    found = ground(azimuthal(position(lat, lon)), Window(-half, half * 0.7, 450 / half, 900, 630), budget)
    assert budget / 4 < sum(map(len, found)) <= budget
    for x, y in drawn(found.land):
        assert -10 * _MARGIN - 1 <= x <= 9000 + 10 * _MARGIN + 1
        assert -10 * _MARGIN - 1 <= y <= 6300 + 10 * _MARGIN + 1


def test_a_map_of_the_world_stays_within_its_budget_and_no_line_runs_across_it() -> None:
    found = ground(WORLD, Window(-2.8, 1.5, 900 / 5.6, 900, 480), 60_000)
    assert sum(map(len, found)) <= 60_000
    shores = [drawn(part) for part in found.land.split("z") if part]
    longest = max(abs(b[0] - a[0]) for s in shores for a, b in pairwise(s) if a[1] < 4300)
    assert longest < 500, "only the shore of Antarctica is closed along the edge"


@pytest.mark.parametrize("projection", [WORLD, azimuthal(position(50, 30))], ids=repr)
def test_a_ground_says_what_it_is_drawn_from_and_draws_when_asked(projection: Projection) -> None:
    window = Window(-0.8, 0.5, 900 / 1.6, 900, 480)
    found = Ground(projection, window, 20_000)
    assert repr(found) == f"Ground({projection!r}, [-0.8, 0.5, 562.5, 900, 480], 20000)"
    assert "object at" not in repr(found)
    assert (found.land, found.lakes, found.rivers) == ground(projection, window, 20_000)
    assert repr(Ground(projection, window, 10_000)) != repr(found)
