"""The words in which counts and units are shown, and those beside a brief."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.pages.views import SideNote, counted, unit_of_words
from site_builder.records import Words
from tests.built_sites import built


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0\xa0passages"), (1, "1\xa0passage"), (2, "2\xa0passages"), (1200, "1,200\xa0passages")]
)
def test_things_are_counted_in_words_that_agree(number: int, words: str) -> None:
    assert counted(number, "passage") == words


@given(words=st.text(alphabet="ab .,\N{EM DASH}", max_size=200))
def test_the_words_beside_a_brief_are_cut_between_two_words_and_nothing_is_lost(words: str) -> None:
    words = words.strip()
    note = SideNote("1", "passage", "#p", words, "", "")
    assert note.beginning + note.rest == words
    assert len(note.beginning) <= 82
    if note.rest and " " in words[:72]:
        assert not note.rest[0].isalpha()


@pytest.mark.parametrize(
    ("unit", "approx", "shown"),
    [(None, "some hundreds", ""), ("people", "some hundreds", ""), ("vessels", "some hundreds", "vessels"),
     ("vessels", "some hundred vessels", ""), ("Years", "over a year", "")],
)  # fmt: skip
def test_rough_words_have_a_unit_where_it_is_their_own_and_they_do_not_name_it(
    unit: str | None, approx: str, shown: str
) -> None:
    briefing = built("tangle").briefing
    figure = next(briefing.figures())
    measure = replace(briefing.index.measures[figure.record.measure], unit=Words("people"))
    record = replace(figure.record, unit=None if unit is None else Words(unit), approx=Words(approx))
    assert unit_of_words(record, measure) == shown
