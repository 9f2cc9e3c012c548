"""Decoding, lines and paragraphs, and what HTML cannot carry."""

import json
import pickle
import re
import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.texts.text import (
    Lines,
    Span,
    Spans,
    Undecodable,
    blanks,
    carried,
    decode,
    is_ordinary,
    is_plain,
    paragraphs,
    uncarried,
    weight,
    word_count,
)

quick = settings(derandomize=True, deadline=None, max_examples=3 * settings().max_examples // 2)
texts = st.text(st.sampled_from("ab.  \t\n\u00a0\u2028é\U0001f600x"), max_size=120)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"", ""),
        (b"plain", "plain"),
        (b"\xef\xbb\xbfafter a mark", "after a mark"),
        (b"\xef\xbb\xbf\xef\xbb\xbfonly one mark", "\ufeffonly one mark"),
        (b"a\r\nb\rc\nd\r\r\n", "a\nb\nc\nd\n\n"),
        ("\u2028\x85\x0c stay".encode(), "\u2028\x85\x0c stay"),
        ("e\u0301 is not composed".encode(), "e\u0301 is not composed"),
    ],
)
def test_decoding_removes_the_byte_order_mark_and_unifies_line_ends_and_changes_nothing_else(
    raw: bytes, text: str
) -> None:
    assert decode(raw) == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"one\r\ntwo \xe9t\xe9", Undecodable(9, 2)),
        (b"\xef\xbb\xbfa\n\x81", Undecodable(5, 2)),
        ("hello".encode("utf-16"), Undecodable(0, 1)),
        ("\u00e9t\u00e9".encode("utf-16-le"), Undecodable(0, 1)),
        (b"\xed\xa0\x80 half of a pair", Undecodable(0, 1)),
    ],
)
def test_bytes_that_are_not_utf_8_are_a_value_that_says_where(raw: bytes, expected: Undecodable) -> None:
    assert decode(raw) == expected


@quick
@given(texts)
def test_an_offset_s_line_and_column_are_those_of_the_text_before_it(text: str) -> None:
    lines = Lines(text)
    for offset in range(len(text) + 1):
        before = text[:offset]
        assert lines.position(offset) == (before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


@quick
@given(texts)
def test_paragraphs_and_the_gaps_between_join_back_to_the_text(text: str) -> None:
    at, joined = 0, ""
    for span in paragraphs(text):
        gap, words = text[at : span.start], text[span.start : span.end]
        assert not gap.strip()
        assert words == words.strip() != ""
        joined, at = joined + gap + words, span.end
    assert not text[at:].strip()
    assert joined + text[at:] == text


@quick
@given(st.text(alphabet="ab \n\t\x0b\x1c\x85\u00a0\u2028\u200b", max_size=40))
def test_each_line_that_is_not_blank_is_a_paragraph_without_the_white_space_around_it(text: str) -> None:
    lines = re.finditer(r"^[^\S\n]*(\S(?:[^\n]*\S)?)", text, re.MULTILINE)
    assert paragraphs(text) == tuple(Span(*line.span(1)) for line in lines)


@quick
@given(st.text(alphabet="ab \n\t\x0b\x1c\x85\u00a0\u2028\u200b\u3000", max_size=40))
def test_what_a_text_weighs_are_its_characters_that_are_not_white_space(text: str) -> None:
    assert weight(text) == len(text) - sum(char.isspace() for char in text)
    assert blanks(text.encode()) == sum(char.isspace() for char in text if char.isascii())


def test_the_white_space_of_usual_texts_is_counted_quickly() -> None:
    assert blanks("“Noise” rose —\n\n by 5 €.\nЖ 中\n".encode()) == 10
    assert [blanks(text.encode()) for text in ("", "x", "\t", "a\u00a0b", "\u3000")] == [0, 0, 1, 0, 0]
    assert [blanks(b" " * count) for count in (65_519, 65_520, 65_521)] == [65_519, 65_520, 65_521]


@given(st.text(" \n\t\x1c\x85\u00a0\u2003xé“中", max_size=20))
def test_the_words_of_a_text_are_counted_as_they_are_split(text: str) -> None:
    assert word_count(text.encode(), sum(map(str.isspace, text))) == len(text.split())


def test_hard_wrapped_lines_are_one_paragraph_and_others_are_one_each() -> None:
    wrapped = "\n".join(("x" * 70, "y" * 68, "the end"))
    assert paragraphs(f"Title\n\n{wrapped}\n") == (Span(0, 5), Span(7, 7 + len(wrapped)))
    assert len(paragraphs("one\ntwo\nthree")) == 3
    assert len(paragraphs(f"{'x' * 300}\n{'y' * 280}")) == 2


@pytest.mark.parametrize("width", [36, 124])
def test_lines_of_an_unusual_width_are_one_paragraph_where_sentences_run_on_from_line_to_line(width: int) -> None:
    prose = "In the night the sea broke through the dyke at Sandhaven. Seventeen persons are drowned, he says. " * 4
    wrapped = textwrap.fill(prose, width)
    assert wrapped.count("\n") > 2
    assert paragraphs(f"Title\n\n{wrapped}\n") == (Span(0, 5), Span(7, 7 + len(wrapped)))
    none_counts, all_count = (
        ("e.g.", "etc.", "lost.", "all."),
        ("0123", ("a)", "b)", "c)", "d)"), ("i.", "ii.", "iii.", "iv.")),
    )
    for marks in (none_counts, *all_count):
        items = "\n".join(f"{mark} head of cattle lost {'again ' * 99}"[:width] for mark in marks)
        assert len(paragraphs(items)) == (1 if marks is none_counts else 4)


def test_what_html_cannot_carry_is_replaced_one_for_one() -> None:
    text = "a\x00b\x0bc\x7fd\x85e\ufdd0f\ufffeg\U0001ffffh\U0010fffei\tj\nk\U0001f600"
    shown = carried(text)
    assert len(shown) == len(text)
    assert (
        [i for i, char in enumerate(shown) if char == "\ufffd"] == list(uncarried(text)) == [1, 3, 5, 7, 9, 11, 13, 15]
    )


def test_weight_counts_the_code_points_that_are_not_white_space() -> None:
    assert weight(" a\u00a0b\u2028\U0001f600 \n") == 3


@pytest.mark.parametrize("hostile", [" " * 200_000, "x \n" * 60_000, ("x" + " " * 400 + "\n") * 400, " \n" * 90_000])
def test_paragraphs_of_long_white_space_take_no_long_time(hostile: str) -> None:
    started = time.process_time()
    paragraphs(hostile)
    assert time.process_time() - started < 1


def test_bytes_are_ordinary_only_without_any_character_that_a_page_or_yaml_cannot_carry() -> None:
    odd = [*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0xFDD0, 0xFDF0), 0xFEFF]
    odd += [plane | low for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)]
    assert not [hex(c) for c in odd if is_ordinary(f"a{chr(c)}b".encode())]
    assert [c for c in odd if list(uncarried(chr(c))) != [0]] == [0xFEFF]
    assert is_ordinary("“Noise”\trose — by 5 €.\nЖшфця\n".encode())
    assert list(uncarried("🙂\U0001fffd\u00a0\u00ad")) == []


@quick
@given(texts | st.text(max_size=4) | st.text('a“"\\\x07\t\u00a0\u2028\ufeff\n', max_size=4))
def test_a_plain_text_is_carried_whole_and_has_no_white_space_but_spaces_and_line_ends(text: str) -> None:
    raw, line = text.encode(), text.replace("\n", "")
    assert is_plain(raw) == line.isprintable()
    if is_plain(raw):
        assert carried(text) == text
        assert blanks(raw) == sum(map(str.isspace, text)) == text.count(" ") + text.count("\n")
        assert json.dumps(line, ensure_ascii=False) == f'"{line}"' or '"' in text or "\\" in text


_OFFSETS = st.integers(0, 2**32 - 1)


@quick
@given(st.lists(st.builds(Span, _OFFSETS, _OFFSETS), max_size=8).map(tuple))
def test_spans_are_as_the_tuple_of_them(plain: tuple[Span, ...]) -> None:
    spans = Spans([edge for span in plain for edge in (span.start, span.end)])
    assert (tuple(spans), len(spans), tuple(reversed(spans))) == (plain, len(plain), plain[::-1])
    assert spans == plain
    assert spans == pickle.loads(pickle.dumps(spans))  # noqa: S301
    assert hash(spans) == hash(plain)
    assert spans != (*plain, Span(0, 0))
    assert spans != Spans([*(edge for span in plain for edge in (span.start, span.end)), 0, 0])
    assert spans[1:] == plain[1:]
    assert [spans[at] for at in range(-len(plain), len(plain))] == [*plain, *plain]
    with pytest.raises(IndexError):
        spans[len(plain)]
