"""Coordinates of a place: all four keys or none, on the globe, of a place alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from site_builder.contracts.placing import check_coordinates
from site_builder.problems import Place
from site_builder.records import EntityRecord, Id, Location, Words

AT = Location(Place("annotations/entities.yaml", 3, 1), {"lat": (7, 8), "lon": (8, 8), "precision": (9, 14)})
WHOLE = {"lat": Decimal("51.95"), "lon": Decimal("4.1"), "precision": "point", "coordinates_from": Words("a chart")}


def entity(kind: Any = "place", **coordinates: Any) -> EntityRecord:
    return EntityRecord(at=AT, id=Id("harbour"), kind=kind, name=Words("The harbour"), **coordinates)


def test_a_place_may_have_whole_coordinates_or_none() -> None:
    assert list(check_coordinates(entity(**WHOLE))) == []
    assert list(check_coordinates(entity())) == []


@pytest.mark.parametrize("missing", list(WHOLE))
def test_a_part_that_is_missing_is_named_and_how_to_write_it(missing: str) -> None:
    (problem,) = check_coordinates(entity(**{name: value for name, value in WHOLE.items() if name != missing}))
    assert problem.rule == "bad-coordinates"
    assert f"without {missing}" in problem.message
    assert f"add {missing}: " in problem.hint


@pytest.mark.parametrize(
    ("lat", "lon", "wrong"),
    [("90", "180", ""), ("-90", "-180", ""), ("90.01", "0", "lat"), ("-91", "0", "lat"), ("0", "180.5", "lon")],
)
def test_degrees_lie_on_the_globe(lat: str, lon: str, wrong: str) -> None:
    problems = list(check_coordinates(entity(**WHOLE | {"lat": Decimal(lat), "lon": Decimal(lon)})))
    assert [p.message.split("'")[1] for p in problems] == ([wrong] if wrong else [])
    assert [p.place for p in problems] == ([AT.of(wrong)] if wrong else [])


def test_what_is_no_place_has_no_coordinates() -> None:
    (problem,) = check_coordinates(entity("organisation", lat=Decimal(5)))
    assert problem.place == AT.of("lat")
    assert "an organisation" in problem.message
