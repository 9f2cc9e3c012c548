"""How the stored outlines were made: lines joined, unwrapped at the date line, simplified, written."""

from __future__ import annotations

import pytest

from scripts import outlines as script
from site_builder.maps import natural_earth, outlines


def test_lines_are_joined_where_two_ends_meet_and_not_where_three_do() -> None:
    a, b, c = [(0, 0), (1, 0)], [(2, 0), (1, 0)], [(2, 0), (3, 0)]
    assert list(script.joined([a, b, c])) == [[(0, 0), (1, 0), (2, 0), (3, 0)]]
    assert sorted(script.joined([a, b, [(1, 0), (1, 5)]])) == sorted([a, b, [(1, 0), (1, 5)]])


def test_a_ring_in_parts_is_closed() -> None:
    (ring,) = script.joined([[(0, 0), (1, 0), (1, 1)], [(1, 1), (0, 1), (0, 0)]])
    assert ring[0] == ring[-1]
    assert len(ring) == 5


def test_what_the_date_line_cuts_is_put_together_beyond_it_and_antarctica_closed_along_the_pole() -> None:
    east, west = [(360, 10), (350, 12), (360, 14)], [(0, 14), (5, 12), (0, 10)]
    (asia,) = script.joined(script.across_the_date_line([east, west], 360))
    assert sorted(x for x, _ in asia) == [350, 360, 360, 360, 365] or asia[0] == asia[-1]
    assert max(x for x, _ in asia) == 365
    (south,) = script.across_the_date_line([[(0, 7), (100, 9), (360, 7)]], 360)
    assert south == [(0, 7), (100, 9), (360, 7), (360, 0), (0, 0), (0, 7)]


def test_a_simplified_line_keeps_its_ends_and_what_stands_out() -> None:
    line = [(0.0, 0.0), (1.0, 0.001), (2.0, 0.5), (3.0, 0.249), (4.0, 0.0)]
    assert script.simplified(line) == [(0.0, 0.0), (1.0, 0.001), (2.0, 0.5), (4.0, 0.0)]
    ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 0.5), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
    assert script.simplified(ring) == [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]


@pytest.mark.parametrize("line", [[(10.0, 20.0), (-0.5, -3.02), (0.0, 0.0)], [(190.0, 66.0), (-179.98, -89.98)]])
def test_what_is_written_is_read_again(line: list[tuple[float, float]]) -> None:
    (*_,) = words = script.word(line).split(",")
    found = [p for w in words for p in outlines.points(w)]
    degrees = [(round(p.lon * 180 / 3.141592653589793, 2), round(p.lat * 180 / 3.141592653589793, 2)) for p in found]
    assert list(dict.fromkeys(degrees)) == line


def test_a_line_of_one_point_is_not_written() -> None:
    assert script.word([(1.0, 1.0), (1.001, 1.001)]) == ""


def test_the_module_is_as_the_script_writes_it() -> None:
    assert natural_earth.STEPS == script.STEPS
    assert script.TARGET.read_text(encoding="utf-8").startswith(script.HEADER.format(steps=script.STEPS))
