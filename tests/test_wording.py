"""Figures, dates of issue and long quotes in a few words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.printed.dates import parse_edtf
from site_builder.wording import figure_text, figure_when, issued_words, shortened, told_words
from tests.built_sites import REAL, built


@pytest.mark.parametrize(
    ("value", "low", "high", "text"),
    [
        ("17000", None, None, "17,000"), (None, "140000", "150000", "140,000 to 150,000"),
        (None, "170", None, "at least 170"),
        (None, None, "1300", "at most 1,300"), ("5", "4", "6", "5 (4 to 6)"), ("5", "4", None, "5 (at least 4)"),
        ("5", None, "6", "5 (at most 6)"), ("0.5", None, None, "0.5"), ("0", None, None, "0"), ("-3", None, None, "-3"),
    ],
)  # fmt: skip
def test_a_figure_is_shown_with_all_that_is_known_of_it(
    value: str | None, low: str | None, high: str | None, text: str
) -> None:
    numbers = [None if n is None else Decimal(n) for n in (value, low, high)]
    figure = replace(next(built("harbour").briefing.figures()), value=numbers[0], low=numbers[1], high=numbers[2])
    assert figure_text(figure) == text


def test_a_number_for_which_the_text_has_rough_words_is_not_shown_as_if_it_were_exact() -> None:
    shown = {figure.ref.partition("#")[2]: figure_text(figure) for figure in built(REAL).briefing.figures()}
    wanted = {"crossers-600000": "about 600,000", "prisoners-left": "about 12", "braga-17000-desert": "17,000"}
    assert {id_: shown[id_] for id_ in wanted} == wanted


def test_a_date_of_issue_that_is_not_printed_says_on_what_it_rests() -> None:
    words = [issued_words(s) for s in built("tangle").briefing.sources]
    assert words == ["from 3 May 2021 (inferred)", "10 May 2021 (bounded)", "no date known"]


def test_the_earliest_source_of_an_event_is_not_called_its_first_report() -> None:
    events = built(REAL).briefing.index.events
    assert told_words(events["invasion-ordered"]) == "earliest source: 21 October 2022"
    assert told_words(events["cases-first-half-2023"]) == "reported July 2023 (uncertain)"


def test_long_words_are_cut_at_a_space_and_before_what_only_pauses() -> None:
    assert shortened("Working groups. More of them", 20) == "Working groups…"
    assert shortened("Working groups.", 20) == "Working groups."


@pytest.mark.parametrize(
    ("as_of", "period", "words"),
    [
        ("2021-05", None, "as of May 2021"), ("2021~", None, "as of about 2021"),
        ("[2021-05..]", None, "as of a day on or after May 2021"),
        ("[2020..2021]", "2021-05/2021-06", "May 2021 to June 2021, as of a day between 2020 and 2021"),
        (None, "2021", "2021"), (None, None, ""),
    ],
)  # fmt: skip
def test_the_time_of_a_figure_reads_as_a_time(as_of: str | None, period: str | None, words: str) -> None:
    figure = next(built("harbour").briefing.figures())
    as_of_day, during = (parse_edtf(day) if day else None for day in (as_of, period))
    assert figure_when(replace(figure, as_of=as_of_day, period=during)) == words


@given(words=st.text(), limit=st.integers(2, 100))
def test_shortened_words_are_no_longer_than_the_limit_and_begin_as_the_words_do(words: str, limit: int) -> None:
    short = shortened(words, limit)
    whole = shortened(words, len(words) + 1)
    assert len(short) <= limit
    assert whole.startswith(short.removesuffix("…"))
    assert (short == whole) == (len(whole) <= limit) or short == whole
