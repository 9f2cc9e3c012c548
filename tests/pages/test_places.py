"""The map of the places: each place a link, the same places as a list, all coordinates marked as from outside."""

from __future__ import annotations

import gzip
from decimal import Decimal

import pytest

from site_builder import urls
from site_builder.pages.entities import EntitiesContext, EntityContext
from site_builder.pages.places import MapContext, mark_path, position_words
from site_builder.records import Precision
from tests.built_sites import ALL, REAL, built

from .contexts import context, contexts

PLACED = [name for name in ALL if any(e.lat is not None for e in built(name).briefing.entities)]
each_placed_site = pytest.mark.parametrize("name", PLACED)
PRECISIONS: tuple[Precision, ...] = ("point", "settlement", "line", "region", "country")


def _map(name: str) -> MapContext:
    return context(MapContext, name, urls.MAP)


@pytest.mark.parametrize("name", ALL)
def test_there_is_a_map_page_where_there_are_places_and_the_list_of_entities_leads_to_it(name: str) -> None:
    has_places = any(e.kind == "place" for e in built(name).briefing.entities)
    assert (urls.MAP in built(name).pages) == has_places
    assert bool(context(EntitiesContext, name, urls.ENTITIES).map) == has_places


@each_placed_site
def test_every_place_with_coordinates_is_marked_once_and_listed_once(name: str) -> None:
    shown = _map(name)
    wanted = sorted(urls.entity(e.id) for e in built(name).briefing.entities if e.lat is not None)
    assert sorted(m.href for view in shown.maps for m in view.marks) == wanted
    assert sorted(row.place.href for row in shown.places) == wanted


def test_on_the_maps_of_the_briefing_every_name_has_room() -> None:
    assert [row.number for row in _map(REAL).places if row.number] == []


def test_a_place_without_coordinates_is_listed_as_such() -> None:
    shown = _map(REAL)
    assert [row.place.text for row in shown.unplaced] == ["Kyiv", "the West", "United States", "USSR", "Vietnam"]
    assert {row.position for row in shown.unplaced} == {""}


@each_placed_site
def test_a_mark_says_in_words_what_it_stands_for_how_many_passages_name_it_and_its_number(name: str) -> None:
    briefing = built(name).briefing
    for mark in (m for view in _map(name).maps for m in view.marks):
        entity = briefing.index.entities[mark.href.removeprefix("entities/").removesuffix(".html")]
        count = sum(entity.id in p.entities for p in briefing.passages())
        words = f"{entity.name}: {entity.precision}, {count}\xa0passage{'s' if count != 1 else ''}"
        numbers = [label.text for label in (mark.label, mark.on_phone) if label and label.is_number]
        assert mark.title == words + "".join(f", number {number}" for number in numbers[:1])


@each_placed_site
def test_every_page_that_shows_coordinates_says_that_they_come_from_outside_the_texts(name: str) -> None:
    site = built(name)
    with_coordinates = [urls.entity(e.id) for e in site.briefing.entities if e.lat is not None]
    for path in (urls.MAP, *with_coordinates):
        words = site.pages[path].text
        assert "from outside the texts" in words, path
        assert "Natural Earth" in words, path
    for path, shown in contexts(EntityContext, name).items():
        assert (shown.where is not None) == (path in with_coordinates)
        if shown.where:
            assert shown.where.origin in site.pages[path].text


@each_placed_site
def test_each_link_on_a_map_has_a_name_and_leads_somewhere(name: str) -> None:
    page = built(name).pages[urls.MAP]
    for drawn in (e for e in page.all("svg") if e.attributes.get("class") == "map"):
        assert drawn.attributes["aria-label"]
        assert drawn.all("a")
        for link in drawn.all("a"):
            assert link.attributes["aria-label"] == link.one("title").text != ""
            target = link.attributes["href"]
            assert target.removeprefix("#") in page.ids() or target in built(name).pages


def test_a_page_carries_no_more_of_the_world_than_it_shows() -> None:
    pages = built(REAL).pages
    for path, page in pages.items():
        ground = "".join(e.attributes["d"] for svg in page.all("svg") for e in svg.all("path", "d"))
        assert len(gzip.compress(ground.encode())) < 25_000, path
    assert len(gzip.compress(built(REAL).files[urls.MAP])) < 30_000
    assert all(len(gzip.compress(built(REAL).files[m.href])) < 20_000 for m in _map(REAL).maps[1].marks)


def test_a_crowded_part_is_framed_on_the_first_map_with_a_link_to_the_one_that_shows_it() -> None:
    first, second = _map(REAL).maps
    (inset,) = first.insets
    assert inset.href == f"#{second.id}"
    assert "Avdiivka" in inset.title
    assert {m.title.partition(":")[0] for m in second.marks} >= {"Avdiivka", "Antonovsky Bridge", "Crimean bridge"}


def test_the_key_explains_the_marks_that_are_on_the_map_and_their_sizes() -> None:
    assert [k.precision for k in _map("tangle").key] == ["point"]
    assert len(_map(REAL).key) == 5
    assert [k.words for k in _map(REAL).sizes] == ["1\xa0passage", "10\xa0passages", "30\xa0passages"]


def test_every_precision_has_a_shape_of_its_own() -> None:
    assert len({mark_path(p, 8) for p in PRECISIONS}) == 4, "dots and dashed rings differ by their line and their size"
    assert mark_path("settlement", 8) == mark_path("region", 8)


@pytest.mark.parametrize(
    ("lat", "lon", "words"),
    [
        ("46.67", "32.72", "46.67° N, 32.72° E"),
        ("-17.50", "-179.9", "17.50° S, 179.9° W"),
        ("0", "0", "0° N, 0° E"),
        ("47", "100", "47° N, 100° E"),
    ],
)
def test_coordinates_are_shown_as_they_were_written(lat: str, lon: str, words: str) -> None:
    assert position_words(Decimal(lat), Decimal(lon)) == words


def test_the_data_carry_what_was_written() -> None:
    (moscow,) = (e for e in built(REAL).data["entities"] if e["id"] == "moscow")
    assert (moscow["lat"], moscow["lon"], moscow["precision"]) == (55.75, 37.62, "settlement")
    assert moscow["coordinates_from"] == "GeoNames"
    (putin,) = (e for e in built(REAL).data["entities"] if e["id"] == "putin")
    assert (putin["lat"], putin["precision"]) == (None, None)
