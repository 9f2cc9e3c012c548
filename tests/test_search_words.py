"""The words of titles: where each stands, on a shelf of its own, so that an edit changes what it concerns."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.parting import part_of
from site_builder.search_words import EVERYWHERE, PLACES, SHELVES, Words, distances, shelf, words

TITLES = [(f"event:e{number}", f"The harbour master of port{number} reports") for number in range(40)]


def noted(titles: list[tuple[str, str]], parts: int = 4) -> list[dict[str, list[int]]]:
    found = Words()
    for part in range(parts):
        found.note(part, titles[part::parts])
    return list(found.shelves())


def test_a_word_leads_to_the_parts_of_the_titles_that_have_it() -> None:
    shelves = noted(TITLES)
    assert len(shelves) == SHELVES
    for number in range(40):
        (place,) = shelves[shelf(f"port{number}")][f"port{number}"]
        assert place // PLACES == number % 4


def test_the_titles_of_a_part_have_places_of_their_own() -> None:
    count = 128
    ids = [id_ for id_ in (f"event-{number}" for number in range(20_000)) if part_of(id_, count) == 5]
    found = Words()
    found.note(5, [(f"event:{id_}", f"word{id_[6:]}") for id_ in ids])
    places = {place for (place,) in found.places.values()}
    assert {place // PLACES for place in places} == {5}
    assert len(places) > 0.9 * len(ids)


def test_a_word_that_is_everywhere_has_no_places() -> None:
    shelves = noted(TITLES)
    assert shelves[shelf("harbour")]["harbour"] == []
    rare = [*TITLES, ("claim:c", "A storm")]
    assert len(noted(rare)[shelf("storm")]["storm"]) == 1
    assert EVERYWHERE < 40


@given(st.sets(st.integers(0, 10**6)))
def test_places_are_read_back_from_their_distances(places: set[int]) -> None:
    assert list(accumulate(distances(places))) == sorted(places)


def test_an_edit_of_a_title_changes_the_shelves_of_its_words_alone() -> None:
    before = noted(TITLES)
    edited = noted([*TITLES[:7], (TITLES[7][0], "The harbour master of port7 denies"), *TITLES[8:]])
    changed = {number for number, (one, other) in enumerate(zip(before, edited, strict=True)) if one != other}
    assert changed == {shelf("denies")}, "the other word is everywhere"
    gone = noted(TITLES[:-1])
    changed = {number for number, (one, other) in enumerate(zip(before, gone, strict=True)) if one != other}
    assert changed == {shelf("port39")}, "no other title moves"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Café ÉTÉ", ["cafe", "ete"]),
        ("A_b-c 17,000", ["a", "b", "c", "17", "000"]),
        ("Ёлка שָׁלוֹם", ["елка", "שלום"]),
        ("", []),
    ],
)
def test_words_are_plainly_folded(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_the_shelf_of_a_word_is_that_of_its_first_three_letters() -> None:
    assert shelf("mobilization") == shelf("mob") != shelf("mo")
    assert {shelf(word) for word in ("a", "ab", "東京", "\U0001f600x")} <= set(range(SHELVES))
