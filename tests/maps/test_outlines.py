"""The stored outlines: what the world looks like, and that crops of it show land where there is land."""

from __future__ import annotations

from itertools import pairwise
from math import cos, degrees, hypot, radians, sin

import pytest

from site_builder.maps import natural_earth
from site_builder.maps.outlines import Outline, Plotter, Point, Window, points, stored
from site_builder.maps.projection import Azimuthal, EqualEarth, Position, Projection, angle, position

WORLD = Window(-2.8, 1.5, 900 / 5.6, 900, 480)


def window(half: float, width: float = 900, height: float = 600) -> Window:
    """A window around the middle of the plane, `half` Earth radii to each side."""
    return Window(-half, half * height / width, width / 2 / half, width, height)


def inside(ring: list[Point], x: float, y: float) -> bool:
    """Whether a point lies inside a ring, by the even-odd rule."""
    found = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            found = not found
    return found


def is_land(projection: Projection, shown: Window, lat: float, lon: float) -> bool:
    plotter = Plotter(projection, shown)
    x, y = plotter.xy(position(lat, lon))
    return sum(inside(ring, x, y) for o in stored().coasts if (ring := plotter.plotted(o))) % 2 == 1


LAND: list[tuple[float, float]] = [
    (48.5, 31),
    (45.2, 34.2),
    (55, 80),
    (-25, 134),
    (40, -100),
    (72, -40),
    (66, 175),
    (66.3, -172),
    (64, -150),
]
SEA: list[tuple[float, float]] = [(43, 34), (42, 51), (30, -40), (0, 80), (75, 0), (-55, -120), (60, -175), (20, 170)]


@pytest.mark.parametrize("place", LAND, ids=str)
@pytest.mark.parametrize("half", [0.04, 0.3, 1.0])
def test_land_is_land_around_any_place_in_any_scale(place: tuple[float, float], half: float) -> None:
    assert is_land(Azimuthal(position(*place)), window(half), *place)


@pytest.mark.parametrize("place", SEA, ids=str)
@pytest.mark.parametrize("half", [0.04, 0.3, 1.0])
def test_sea_is_sea_around_any_place_in_any_scale(place: tuple[float, float], half: float) -> None:
    assert not is_land(Azimuthal(position(*place)), window(half), *place)


@pytest.mark.parametrize("place", LAND + SEA, ids=str)
def test_land_and_sea_are_where_they_are_on_the_map_of_the_world(place: tuple[float, float]) -> None:
    assert is_land(EqualEarth(), WORLD, *place) == (place in LAND)


@pytest.mark.parametrize("centre", [(-85, 40), (-75, -175), (-80, 90)], ids=str)
def test_the_pole_in_the_south_is_land_without_a_seam(centre: tuple[float, float]) -> None:
    assert is_land(Azimuthal(position(*centre)), window(0.6), -89.5, 10)
    plotter = Plotter(Azimuthal(position(*centre)), window(0.6))
    pole = plotter.xy(position(-90, 0))
    ring = max((plotter.plotted(o) for o in stored().coasts), key=len)
    assert all(abs(x - pole[0]) + abs(y - pole[1]) > 1 for x, y in ring)


def steps_of(outline: Outline) -> list[float]:
    """The lengths of the steps of a line in degrees."""
    line = [p for s in outline.stretches for p in points(s.word)]
    return [degrees(angle(a, b)) for a, b in pairwise(line)]


def test_no_shore_or_river_leaps_across_the_world() -> None:
    world = stored()
    for kind in world:
        assert max(max(steps_of(o)) for o in kind) < 12
    for outline in (*world.coasts, *world.lakes):
        line = [p for s in outline.stretches for p in points(s.word)]
        assert line[0] == line[-1], "a shore is closed"


def test_a_stretch_lies_within_its_reach_and_begins_where_the_one_before_ends() -> None:
    for outline in (o for kind in stored() for o in kind):
        before: Position | None = None
        for stretch in outline.stretches:
            own = points(stretch.word)
            middle = Position(0, 0, stretch.x, stretch.y, stretch.z)
            assert own[0] == stretch.first
            assert before in (None, own[0])
            assert all(p.dot(middle) >= stretch.cos_reach - 1e-9 for p in own)
            before = own[-1]


@pytest.mark.parametrize("half", [0.05, 0.5, 1.2])
def test_what_is_left_out_far_away_changes_nothing_in_the_window(half: float) -> None:
    shown, projection = window(half), Azimuthal(position(47, 33))
    plotter = Plotter(projection, shown)
    for outline in stored().coasts:
        whole = [
            plotter.xy(p)
            for s in outline.stretches
            for p in points(s.word)
            if p.dot(projection.centre) > cos(radians(110))
        ]
        seen = {p for p in whole if 0 <= p[0] <= shown.width and 0 <= p[1] <= shown.height}
        assert seen <= set(plotter.plotted(outline))


def test_the_shore_runs_along_the_rim_past_the_antipode() -> None:
    shown = Window(-2, 2, 200, 800, 800)
    plotter = Plotter(Azimuthal(position(5, -160)), shown)  # its antipode lies in Africa
    ring = plotter.plotted(max(stored().coasts, key=lambda o: sum(len(points(s.word)) for s in o.stretches)))
    rim = 2 * sin(radians(55)) * shown.scale
    far = sorted(hypot(x - 400, y - 400) for x, y in ring)
    assert far[-6] <= rim + 1e-6 < far[-5], "but for the frame"
    assert not is_land(plotter.projection, shown, 5, -160), "the middle of the Pacific"


def test_the_outlines_are_small_and_hold_nothing_political() -> None:
    size = sum(len(getattr(natural_earth, name)) for name in ("COAST", "LAKES", "RIVERS"))
    assert size < 120_000
    assert [n for n in vars(natural_earth) if n.isupper()] == ["STEPS", "COAST", "LAKES", "RIVERS"]
