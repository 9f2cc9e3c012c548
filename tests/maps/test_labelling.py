"""Names beside marks: none hides another, and a number stands where a name has no room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from site_builder.maps.labelling import Box, Label, Named, _box, _width, labels

SHEET = Box(0, 0, 600, 400)
names = st.text("abcdefgh ", min_size=1, max_size=14).filter(str.strip)


def named(key: str, x: float, y: float, text: str = "Place", kind: str = "settlement", number: int = 1) -> Named:
    return Named(key, x, y, 5, text, kind, number)


def box(label: Label) -> Box:
    return _box(label.x, label.y, label.anchor, _width(label.text, label.kind, label.is_number))


def test_boxes_meet_where_they_overlap_and_hold_what_lies_wholly_inside() -> None:
    whole = Box(0, 0, 10, 10)
    for beside in (Box(10, 0, 20, 10), Box(-5, 0, 0, 10), Box(0, 10, 10, 20), Box(0, -5, 10, 0)):
        assert not whole.meets(beside)
    for over in (Box(9, 0, 20, 10), Box(-5, 0, 1, 10), Box(0, 9, 10, 20), Box(0, -5, 10, 1)):
        assert whole.meets(over)
        assert not whole.holds(over)
    assert whole.holds(whole)


def test_a_name_stands_to_the_right_of_a_mark_and_below_one_for_an_area() -> None:
    (right,) = labels([named("a", 100, 100)], [], SHEET)
    assert (right.anchor, right.x > 105, abs(right.y - 100) < 6) == ("start", True, True)
    (below,) = labels([named("a", 100, 100, kind="region")], [], SHEET)
    assert (below.anchor, below.x, below.y > 110) == ("middle", 100, True)


def test_a_name_moves_to_where_there_is_room() -> None:
    assert labels([named("a", 590, 100)], [], SHEET)[0].anchor == "end"
    near = labels([named("a", 100, 100), named("b", 120, 100)], [], SHEET)
    assert [label.anchor for label in near] == ["end", "start"]
    (kept,) = labels([named("a", 100, 100)], [Box(100, 80, 300, 120)], SHEET)
    assert kept.anchor == "end"


def test_the_name_of_a_mark_within_a_ring_stands_beside_the_ring() -> None:
    ring = named("ring", 102, 100, "Region", kind="region")._replace(reach=14)
    found = {label.key: label for label in labels([named("town", 100, 100), ring], [], SHEET)}
    assert found["town"].text == "Place"
    assert found["town"].x > 116


def test_a_number_stands_where_no_name_has_room_and_on_the_mark_where_that_has_none_either() -> None:
    walls = [Box(118, 0, 600, 400), Box(0, 0, 82, 400)]
    (number,) = labels([named("a", 100, 100, "A very long name indeed", number=7)], walls, SHEET)
    assert (number.text, number.is_number) == ("7", True)
    (last,) = labels([named("a", 100, 100, number=7)], [SHEET], SHEET)
    assert (last.text, last.x, last.anchor, last.is_on_mark) == ("7", 100, "middle", True)


def test_a_mark_without_a_number_stays_without_a_label_where_there_is_no_room() -> None:
    assert labels([named("a", 100, 100, number=0)], [SHEET], SHEET) == ()


def test_a_name_that_is_a_number_is_a_name() -> None:
    assert not labels([named("a", 100, 100, "1440", number=1440)], [], SHEET)[0].is_number


def test_wide_letters_take_more_room() -> None:
    assert _width("基辅", "", is_number=False) > 1.5 * _width("ab", "", is_number=False)


@given(st.lists(st.tuples(st.floats(20, 580), st.floats(20, 380), names), max_size=25))
def test_no_name_hides_a_mark_or_another_name_and_none_leaves_the_sheet(
    places: list[tuple[float, float, str]],
) -> None:
    marks = [named(str(i), x, y, text, number=0) for i, (x, y, text) in enumerate(places)]
    found = labels(marks, [], SHEET)
    around = [Box(m.x - 5, m.y - 5, m.x + 5, m.y + 5) for m in marks]
    for i, label in enumerate(found):
        own = box(label)
        smaller = Box(own.left + 0.2, own.top + 0.2, own.right - 0.2, own.bottom - 0.2)  # positions are rounded
        assert SHEET.holds(smaller)
        assert not any(smaller.meets(m) for m in around)
        assert not any(smaller.meets(box(other)) for other in found[:i])
