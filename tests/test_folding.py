"""What folding folds, what it does not, and the map back."""

# ruff: noqa: RUF001  characters that look alike are what is tested here

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.texts import folding
from site_builder.texts.folding import fold, is_edge

quick = settings(derandomize=True, deadline=None, max_examples=2 * settings().max_examples)
pieces = st.sampled_from(
    ["a", "B", "1", ".", "…", "é", "e\u0301", "q\u0323\u0302", "\u1ebf", "ế\u0323", " ", "\u00a0", "\u202f", "\n",
     "\t", "“",
     "’", "—", "\u2011", "\u00ad", "\u200b", "\ufeff", "\u200d", "\U0001f468\u200d\U0001f469", "\U0001f600", "❤\ufe0f",
     "ﬁ", "１",
     "한", "\u1112\u1161\u11ab", "Å", "\u212b", "\U0001f1f7\U0001f1fa", "ß", "Ж"]
)  # fmt: skip
texts = st.lists(pieces, max_size=25).map("".join)


@quick
@given(texts)
def test_every_folded_character_comes_from_source_characters_that_fold_to_it(source: str) -> None:
    folded = fold(source)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    for char, start, end in zip(folded.text, folded.starts, folded.ends, strict=True):
        assert 0 <= start < end <= len(source)
        own = source[start:end]
        assert char in fold(own).text or char == own == "\u200d"  # a joiner alone joins nothing


@settings(quick, max_examples=6 * settings().max_examples)
@given(
    st.lists(pieces | st.sampled_from(["  ", " ", "word", "й", "中", "\x1c", "-", " a b"]), max_size=25).map("".join)
)
def test_stretches_that_stay_are_folded_as_each_of_their_characters_is(source: str) -> None:
    letters: list[str] = []
    runs = folding._Runs()
    folding._fold_each(source, range(len(source)), letters, runs)
    starts, ends = ([*folding._Map(runs, is_end=is_end)] for is_end in (False, True))
    text = folding._with_marks_in_order("".join(letters), starts, ends)
    folded = fold(source)
    assert (folded.text, [*folded.starts], [*folded.ends]) == (text, starts, ends)
    for places in (folded.starts, folded.ends):
        assert [places[i] for i in range(-len(text), len(text))] == [*places] * 2
        assert places[1:-1] == tuple(places)[1:-1]


def test_what_is_left_as_it_is_folds_to_itself() -> None:
    left = [c for c in map(chr, range(0x110000)) if not folding._ODD.match(c)]
    assert len(left) > 250
    assert [c for c in left if c != " " and (unicodedata.normalize("NFD", c) != c or unicodedata.combining(c))] == []
    assert [c for c in left if c in folding._DROPPED or c in folding._FOLDED or (c.isspace() and c != " ")] == []


@quick
@given(texts)
def test_the_ranges_of_the_map_are_in_order(source: str) -> None:
    folded = fold(source)
    assert list(folded.starts) == sorted(folded.starts)
    assert list(folded.ends) == sorted(folded.ends)


@quick
@given(texts)
def test_composed_and_decomposed_texts_fold_alike(source: str) -> None:
    forms = {fold(unicodedata.normalize(form, source)).text for form in ("NFC", "NFD")}
    assert forms == {fold(source).text}


@quick
@given(texts)
def test_folding_twice_changes_nothing_more(source: str) -> None:
    once = fold(source).text
    assert fold(once).text == once


@quick
@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_folding_never_mixes_up_case_or_digits(source: str) -> None:
    kept = [c for c in unicodedata.normalize("NFD", source) if c.isascii() and c.isalnum()]
    assert [c for c in fold(source).text if c.isascii() and c.isalnum()] == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a b", "a \n\t\u00a0\u202f\u2009b"),
        ("ab", "a\u200b\u2060\ufeff\u00ad\u200c\u200db"),
        ("ab", "a\u200e\u200f\u061c\u2061\u2062\u2063\u2064b"),
        ('"it\'s"', "“it’s”"),
        ('"it\'s"', "«it‘s»"),
        ("a-b", "a\u2011b"),
        ("1-2", "1–2"),
        ("a - b", "a — b"),
        ("-5", "\u22125"),
        ("é", "e\u0301"),
        ("\u1ec7", "e\u0302\u0323"),
        ("한", "\u1112\u1161\u11ab"),
        ("Å", "\u212b"),
    ],
)
def test_these_differences_do_not_matter(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Not", "not"),
        ("17", "18"),
        ("...", "…"),
        ("fi", "ﬁ"),
        ("1", "１"),
        ("1", "¹"),
        ("½", "1/2"),
        ("e", "é"),
        ("ab", "a\u034fb"),  # a combining mark
        ("ss", "ß"),
        ("--", "—"),
        ("''", '"'),
        ("a b", "ab"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\U0001f469"),  # the joiner inside an emoji
        ("\U0001f642\u200d\u2194\ufe0f", "\U0001f642\u2194\ufe0f"),
        ("a.", "a"),
        ("Κ", "K"),
    ],
)
def test_these_differences_matter(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


@pytest.mark.parametrize(
    ("source", "edges"),
    [
        ("ab", [0, 1, 2]),
        ("e\u0301a", [0, 2, 3]),
        ("\U0001f468\u200d\U0001f469!", [0, 3, 4]),
        ("\U0001f44d\U0001f3fd!", [0, 2, 3]),
        ("❤\ufe0f!", [0, 2, 3]),
        ("\U0001f1f7\U0001f1fa\U0001f1fa\U0001f1e6", [0, 2, 4]),
        ("a\u200db", [0, 1, 2, 3]),
        ("\u1112\u1161\u11abx", [0, 3, 4]),
    ],
)
def test_no_edge_lies_within_a_letter_an_emoji_or_a_flag(source: str, edges: list[int]) -> None:
    assert [i for i in range(len(source) + 1) if is_edge(source, i)] == edges
