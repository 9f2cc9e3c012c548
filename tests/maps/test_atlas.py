"""The maps of some places: all in view, crowds shown larger, marks sized by weight, everything the same each time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.maps.atlas import LOCATOR_HEIGHT, LOCATOR_WIDTH, PHONE, WIDTH, Spot, charts, locator, radius
from site_builder.maps.labelling import _box, _width
from site_builder.records import Precision
from site_builder.theme.rendering import shipped_templates

spots = st.builds(
    Spot,
    key=st.uuids().map(str),
    name=st.text("abcdef ", min_size=1, max_size=12),
    lat=st.floats(-85, 85),
    lon=st.floats(-180, 180),
    precision=st.sampled_from(["point", "settlement", "line", "region", "country"]),
    weight=st.integers(0, 60),
)


def spot(key: str, lat: float, lon: float, precision: Precision = "settlement", weight: int = 1) -> Spot:
    return Spot(key, key.title(), lat, lon, precision, weight)


EAST = [spot("kyiv", 50.45, 30.52), spot("kherson", 46.64, 32.61), spot("kerch", 45.36, 36.48)]
FAR = [spot("yakutsk", 62.03, 129.72), spot("lisbon", 38.72, -9.14)]


def test_without_places_there_is_no_map() -> None:
    assert charts([]) == ()


@settings(max_examples=25)
@given(st.lists(spots, min_size=1, max_size=12, unique_by=lambda s: s.key))
def test_each_place_has_one_mark_inside_one_map(places: list[Spot]) -> None:
    found = charts(places)
    marks = [m for c in found for m in c.marks]
    assert sorted(m.key for m in marks) == sorted(s.key for s in places)
    for chart in found:
        assert chart.width == WIDTH
        assert 0.49 * WIDTH <= chart.height <= 0.73 * WIDTH
        for mark in chart.marks:
            assert 0 <= mark.x <= chart.width
            assert 0 <= mark.y <= chart.height


@settings(max_examples=15)
@given(st.lists(spots, min_size=1, max_size=8, unique_by=lambda s: s.key))
def test_each_mark_has_its_name_or_its_number_in_the_list(places: list[Spot]) -> None:
    numbers = {s.key: str(i) for i, s in enumerate(places, 1)}
    names = {s.key: s.name for s in places}
    for chart in charts(places):
        assert sorted(label.key for label in chart.labels) == sorted(m.key for m in chart.marks)
        for label in chart.labels:
            assert label.text == (numbers if label.is_number else names)[label.key]


@settings(max_examples=15)
@given(st.lists(spots, min_size=1, max_size=8, unique_by=lambda s: s.key))
def test_on_a_phone_each_mark_has_a_label_beside_it_or_the_map_has_no_labels_for_a_phone(places: list[Spot]) -> None:
    for chart in charts(places):
        if chart.on_phone:
            assert sorted(label.key for label in chart.on_phone) == sorted(m.key for m in chart.marks)
            assert not any(label.is_on_mark for label in chart.on_phone)


def test_in_a_crowd_without_end_a_map_has_no_labels_for_a_phone() -> None:
    crowd = [spot(f"place-{i}", 50 + i % 10 / 10, 30 + i // 10 / 10) for i in range(100)]
    assert [bool(chart.on_phone) for chart in charts(crowd)] == [False] * len(charts(crowd))
    assert [bool(chart.on_phone) for chart in charts(FAR)] == [True]


def test_a_crowd_is_shown_again_and_larger_and_the_first_map_says_where() -> None:
    whole, part = charts([*EAST, *FAR])
    assert [i.keys for i in whole.insets] == [("kyiv", "kherson", "kerch")]
    assert sorted(m.key for m in whole.marks) == ["lisbon", "yakutsk"]
    assert sorted(m.key for m in part.marks) == ["kerch", "kherson", "kyiv"]
    assert len(whole.dots) == 3
    assert [c.bar.words for c in (whole, part) if c.bar] == ["1,000 km", "200 km"]
    xs, ys = zip(*whole.insets[0].points, strict=True)
    assert all(min(xs) < x < max(xs) and min(ys) < y < max(ys) for x, y in whole.dots)


def test_the_frame_of_a_part_hides_no_name_and_a_name_may_stand_beside_it() -> None:
    near = spot("vologda", 59.22, 39.88)
    whole = charts([*EAST, *FAR, near])[0]
    (inset,) = whole.insets
    (name,) = (label for label in whole.labels if label.key == "vologda")
    assert name.text == "Vologda"
    boxes = list(inset.covers())
    for x, y in (*whole.dots, (sum(p[0] for p in inset.points) / 24, sum(p[1] for p in inset.points) / 24)):
        assert any(b.left <= x <= b.right and b.top <= y <= b.bottom for b in boxes)
    own = _box(name.x, name.y, name.anchor, _width(name.text, name.kind, is_number=False))
    assert not any(own.meets(b) for b in boxes)


def test_places_that_have_room_are_shown_once() -> None:
    (only,) = charts(EAST)
    assert (only.insets, only.dots) == ((), ())


def test_crowds_that_lie_side_by_side_share_a_map() -> None:
    south = [spot("tbilisi", 41.7, 44.8), spot("gori", 42.0, 44.1), spot("batumi", 41.6, 41.6)]
    assert len(charts([*EAST, *south, *FAR])) == 2


@pytest.mark.parametrize("precision", ["point", "settlement", "line", "region", "country"])
def test_a_single_place_is_shown_with_what_lies_around_it(precision: Precision) -> None:
    (chart,) = charts([spot("kherson", 46.64, 32.61, precision)])
    assert chart.marks[0][2:4] == (WIDTH / 2, chart.height / 2)
    assert chart.ground.land


def test_two_entities_at_one_place_are_both_marked() -> None:
    (chart,) = charts([spot("city", 46.6, 32.6), spot("port", 46.6, 32.6)])
    assert sorted(m.key for m in chart.marks) == ["city", "port"]


def test_a_mark_grows_with_its_weight_up_to_a_limit() -> None:
    sizes = [radius(n) for n in (0, 1, 5, 20, 40, 1000, 10_000)]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[1] < sizes[2] < sizes[3] < sizes[-2] == sizes[-1] == 13


def test_areas_are_drawn_first_so_that_they_hide_no_settlement() -> None:
    (chart,) = charts([*EAST, spot("south", 47.0, 33.0, "region"), spot("land", 49.0, 31.0, "country", 50)])
    assert [m.key for m in chart.marks][:2] == ["land", "south"]


def test_a_locator_has_its_place_in_the_middle_and_settlements_around_it_as_dots() -> None:
    land = spot("land", 49.0, 31.0, "country")
    chart = locator(EAST[0], [*EAST, land, *FAR, spot("bila-tserkva", 49.8, 30.12)])
    assert (chart.width, chart.height) == (LOCATOR_WIDTH, LOCATOR_HEIGHT)
    assert [(m.key, m.x, m.y) for m in chart.marks] == [("kyiv", 180.0, 120.0)]
    assert [label.text for label in chart.labels] == ["Kyiv", "Bila-Tserkva"]
    assert len(chart.dots) == 1, "a country is no dot, and the others lie outside"


def test_a_locator_at_the_date_line_shows_the_land_on_both_sides() -> None:
    east, west = (locator(spot("place", 67.5, lon, "region"), []).ground.land for lon in (180, -180))
    assert east == west
    assert len(east) > 500


def test_the_world_has_no_scale_bar_since_its_scale_is_not_one() -> None:
    chart = charts([spot("new-york", 40.7, -74), spot("tokyo", 35.7, 139.7), spot("sydney", -33.9, 151.2)])[0]
    assert chart.bar is None


def test_the_same_places_in_the_same_order_give_the_same_map() -> None:
    assert charts([*EAST, *FAR]) == charts([*EAST, *FAR])


def test_the_style_sheet_draws_marks_on_a_phone_as_much_larger_as_their_labels_are_laid_out() -> None:
    style = (shipped_templates() / "assets" / "css" / "55-map.css").read_text(encoding="utf-8")
    assert f".fits .spot, .fits .around {{ transform: scale({PHONE:g}); }}" in style
