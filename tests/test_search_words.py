"""The words of titles: where each stands, on a shelf of its own, so that an edit changes what it concerns."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.parting import part_of
from site_builder.search import search_words
from site_builder.search.search_words import (
    COMMON,
    EVERYWHERE,
    PLACES,
    SHELVES,
    Edited,
    Shelf,
    distances,
    place_of,
    read,
    reshelved,
    rows,
    shelf,
    shelved,
    words,
)

TITLES = [(f"event:e{number}", f"The harbour master of port{number} reports") for number in range(400)]
PARTS = 4


def parted(titles: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    return [titles[part::PARTS] for part in range(PARTS)]


def noted(titles: list[tuple[str, str]]) -> list[Shelf]:
    return shelved(parted(titles))


def test_a_word_leads_to_the_parts_of_the_titles_that_have_it() -> None:
    shelves = noted(TITLES)
    assert len(shelves) == SHELVES
    for number in range(40):
        places = shelves[shelf(f"port{number}")][f"port{number}"]
        assert isinstance(places, list)
        assert [place // PLACES for place in places] == [number % PARTS]


def test_the_titles_of_a_part_have_places_of_their_own() -> None:
    count = 128
    ids = [id_ for id_ in (f"event-{number}" for number in range(20_000)) if part_of(id_, count) == 5]
    places = {place_of(f"event:{id_}", 5) for id_ in ids}
    assert {place // PLACES for place in places} == {5}
    assert len(places) > 0.9 * len(ids)


def test_a_word_that_is_everywhere_has_a_number_and_two_of_them_in_a_row_have_places() -> None:
    titles = [*TITLES, *((f"claim:c{number}", "Of the storm") for number in range(3))]
    shelves = noted(titles)
    assert shelves[shelf("harbour")]["harbour"] == shelves[shelf("the harbour")]["the harbour"] == 400
    assert len(TITLES) > EVERYWHERE * PARTS
    for word in ("storm", "of the"):
        places = shelves[shelf(word)][word]
        assert isinstance(places, list)
        assert len(places) == 3
    assert "the storm" not in shelves[shelf("the storm")], "the shelf of the rarer word says where"


def test_what_is_written_of_a_shelf_is_read_back() -> None:
    for own in noted(TITLES):
        assert read(dict(rows(own))) == own


@given(st.sets(st.integers(0, 10**6)))
def test_places_are_read_back_from_their_distances(places: set[int]) -> None:
    assert list(accumulate(distances(places))) == sorted(places)


WORDS = ("the", "harbour", "master", "of", "fire", "Fire", "storm,", "a", "port")
title = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), title), max_size=4), st.integers(0, 3))
def test_shelves_that_are_made_again_after_edits_are_those_that_are_made_anew(
    edits: list[tuple[int, str]], reach: int
) -> None:
    some = [(f"event:e{n}", "The harbour of fire" if n % 4 < reach else f"A harbour fire {n}") for n in range(31)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_words, "COMMON", 2)
        patch.setattr(search_words, "EVERYWHERE", 4)
        old, changed = noted(some), dict(edits)
        new = [(id_, changed.get(n, words_)) for n, (id_, words_) in enumerate(some) if changed.get(n) != ""]
        placed = {id_: place_of(id_, n % PARTS) for n, (id_, _) in enumerate(some)}
        by_part: list[list[tuple[str, str]]] = [[] for _ in range(PARTS)]
        for id_, words_ in new:
            by_part[placed[id_] // PLACES].append((id_, words_))
        now = dict(new)
        edited = [Edited(placed[id_], words_, now.get(id_, "")) for id_, words_ in some if now.get(id_, "") != words_]
        found = reshelved(edited, PARTS, old.__getitem__)
        if found is not None:
            assert [found.get(number, own) for number, own in enumerate(old)] == shelved(by_part)


def test_an_edit_of_a_title_changes_the_shelves_of_its_words_alone() -> None:
    shelves = noted(TITLES)
    place = place_of("event:e7", 3)
    found = reshelved([Edited(place, TITLES[7][1], "The harbour master of port7 denies")], PARTS, shelves.__getitem__)
    assert found is not None
    assert found.keys() == {shelf("denies"), shelf("reports")}
    assert found[shelf("denies")]["denies"] == [place]


@pytest.mark.parametrize("limit", [COMMON, EVERYWHERE])
def test_shelves_are_made_anew_where_a_word_comes_to_be_common_or_to_stand_everywhere(limit: int) -> None:
    titles = [(f"event:e{number}", "port" if number < limit * PARTS else "harbour") for number in range(400)]
    edited = Edited(place_of("event:e399", 3), "harbour", "port")
    assert reshelved([edited], PARTS, noted(titles).__getitem__) is None


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
