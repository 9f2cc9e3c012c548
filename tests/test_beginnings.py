"""Where numbers and dates may begin: the quick look against the grammars asked at every character."""

# ruff: noqa: RUF001  characters that look alike are what is tested here

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder.printed import dates, quantities
from site_builder.printed.beginnings import beginnings, matches

quick = settings(derandomize=True, deadline=None, max_examples=4 * settings().max_examples)
REPOSITORY = Path(__file__).parent.parent
SEEDS = sorted((REPOSITORY / "seeds").glob("*.txt")) + sorted((REPOSITORY / "tests" / "sites").glob("*/seeds/*.txt"))

# Whatever a number or a date is made of, what may stand beside it, and letters that change their length when small.
PIECES = """
January FEB Mar. March may May apr Jun JULY Sept. sep Oct Nov. December Spring summer Autumn fall winter
января мая one Two THREE four five sixteen seventy eight nineties ten eleven hundred thousand Million billion
zero dozen half a an and half half behalf xxxxxxxxxxxxxxxxxxxxxxhalf second ſix K İ é ё 中 # $ € _ \0 \0\0 -
− ‐ – ½ ¾ ⅓ . , : ; ' ’ " ( ) / % ° ٣ ६ 𝟗 ５ 0 1 2 7 12 19 30 31 99 1987 2022 2024 1990s 17,000 1.300 341.2
12:34 12:345 6 pm 5m 20k st nd th T Z of in to p.m. 2022-09-21 9/21/2022 1.10.2020 ? ?? ���
"""
pieces = st.sampled_from(PIECES.split())
texts = st.lists(pieces | st.sampled_from([" ", " ", " ", "\n", "\u00a0", "\u202f"]), max_size=14).map("".join)


PATIENT = re.compile(dates._DATE.pattern.replace(f"(?={dates._MAY_BEGIN})", ""), re.VERBOSE)
"""Dates, whatever they begin with."""


def look_twice(text: str) -> None:
    """Hold what is found at the beginnings that were told to what is found by looking everywhere."""
    looked = beginnings(text)
    everywhere = [m.span() for m in PATIENT.finditer(text)]
    assert [m.span() for m in matches(dates._DATE, text, sorted(looked.digits + looked.names))] == everywhere
    spans = [(m.start, m.end) for m in dates.date_mentions(text)]
    assert dates.date_spans(text, looked) == spans
    for blots in ([], spans):
        rest, digits, words = quantities._found(text, blots, looked)
        assert rest == quantities._without(text, blots)
        assert [m.span() for m in digits] == [m.span() for m in quantities._DIGITS.finditer(rest)]
        rest = quantities._without(rest, (m.span() for m in digits))
        assert words == list(quantities._phrase(rest, 0, [*quantities._WORD.finditer(rest)]))


@quick
@given(texts)
@example("12:345 and 12:34five")
@example("millionthree firstfive - a behalf thousandfive million")
@example("−½ -½ -٣ well-known 5-½")
@example("2 to 3 March 4-5, May 2022 in March 12 September $1987 from May March 4 to 6, 2024 3 and 4 Dec 2022")
@example("М" * 200 + " −5 ½ ٣ -7 17")
def test_what_is_found_at_the_beginnings_is_what_is_found_everywhere(text: str) -> None:
    look_twice(text)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:40])
def test_the_same_is_found_in_real_texts(seed: Path) -> None:
    look_twice(seed.read_text(encoding="utf-8", errors="replace"))


def test_every_word_that_counts_is_a_beginning() -> None:
    words = [word for word, kind in quantities._KINDS.items() if kind not in "a&HOo"]
    assert [word for word in words if beginnings(f"{word.title()},").words != (0,)] == []
    months = (*dates._MONTH_NUMBERS, *dates._SEASON_NUMBERS)
    assert [word for word in months if beginnings(f"({word}").names != (1,)] == []


def test_little_is_told_of_a_text_with_little_in_it() -> None:
    looked = beginnings(
        "A well-known man, who? “Nobody” — said he; often, and on the phone, as it was told that evening."
    )
    assert (looked.digits, looked.names, looked.words, looked.others) == ((), (), (), ())
