"""The globe on a plane: against published values, there and back, and areas kept."""

from __future__ import annotations

from math import isclose, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.maps.projection import Azimuthal, EqualEarth, angle, position, projection_for

latitudes = st.floats(-89, 89)
longitudes = st.floats(-180, 180)


@pytest.mark.parametrize(
    ("centre", "place", "x", "y"),
    [
        # Snyder, Map Projections: A Working Manual (1987), p. 332, for a sphere of radius 3.
        ((40, -100), (-20, 100), -4.2339303 / 3, 4.0257775 / 3),
        # PROJ 9, +proj=laea +R=1
        ((55, 80), (50.5, 30.5), -0.500338376770583, 0.10778322672213185),
        ((55, 80), (62, 129.7), 0.3676009355837653, 0.26457628281728246),
        ((55, 80), (66, -170), 0.4184519998927112, 0.698437927953731),
        ((55, 80), (55, 80), 0.0, 0.0),
    ],
)
def test_the_azimuthal_projection_gives_the_published_values(
    centre: tuple[float, float], place: tuple[float, float], x: float, y: float
) -> None:
    assert Azimuthal(position(*centre)).xy(position(*place)) == pytest.approx((x, y), abs=1e-7)


@pytest.mark.parametrize(
    ("place", "x", "y"),
    [  # PROJ 9, +proj=eqearth +R=1
        ((50.5, 30.5), 0.37676284206337773, 0.949408213881746),
        ((62, 129.7), 1.4398999262408625, 1.1146338039131973),
        ((-60, -150), -1.699216739642966, -1.0883008355053196),
        ((90, 180), 1.6035886482840516, 1.3173627591574133),
        ((45, 0), 0.0, 0.8602310855220102),
    ],
)
def test_the_projection_of_the_world_gives_the_published_values(place: tuple[float, float], x: float, y: float) -> None:
    assert EqualEarth().xy(position(*place)) == pytest.approx((x, y), abs=1e-7)


def test_on_the_map_of_the_world_the_far_east_of_asia_lies_in_the_east() -> None:
    assert EqualEarth().xy(position(66, -172))[0] > EqualEarth().xy(position(66, 179))[0]
    assert EqualEarth().xy(position(64.5, -165))[0] < 0, "Alaska"


@given(latitudes, longitudes, latitudes, longitudes)
def test_what_was_projected_comes_back(lat: float, lon: float, centre_lat: float, centre_lon: float) -> None:
    projection, place = Azimuthal(position(centre_lat, centre_lon)), position(lat, lon)
    if angle(place, projection.centre) < pi - 0.01:
        assert angle(position(*projection.back(*projection.xy(place))), place) < 1e-6


@given(latitudes, longitudes, st.floats(-80, 80), longitudes)
def test_a_small_square_keeps_its_area(lat: float, lon: float, centre_lat: float, centre_lon: float) -> None:
    place, centre = position(lat, lon), position(centre_lat, centre_lon)
    if angle(place, centre) > 2 or abs(lat) > 85:
        return
    step = 1e-4
    for projection in (Azimuthal(centre), EqualEarth()):
        if isinstance(projection, EqualEarth) and lat > 63:
            continue  # the one place where it is torn
        (x, y), (right, up), (left, down) = (
            projection.xy(position(*p)) for p in ((lat, lon), (lat, lon + step), (lat + step, lon))
        )
        found = abs((right - x) * (down - y) - (left - x) * (up - y))
        on_the_globe = angle(place, position(lat + step, lon)) * angle(place, position(lat, lon + step))
        assert isclose(found, on_the_globe, rel_tol=0.05)


def test_places_near_each_other_are_shown_around_their_middle_even_across_the_date_line() -> None:
    projection = projection_for([position(60, 175), position(60, -175)])
    assert isinstance(projection, Azimuthal)
    assert abs(projection.centre.lon) == pytest.approx(pi)


@pytest.mark.parametrize("places", [[(40, -74), (35, 139), (-33, 151)], [(10, 0), (-10, 180)], [(0, 0), (0, 180)]])
def test_places_all_over_the_world_are_shown_on_the_world(places: list[tuple[float, float]]) -> None:
    assert isinstance(projection_for([position(*p) for p in places]), EqualEarth)


def test_the_antipode_of_the_middle_has_some_place() -> None:
    x, y = Azimuthal(position(30, 20)).xy(position(-30, -160))
    assert (x, y) == (x, y), "not a number"
