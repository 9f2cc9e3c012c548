"""From a stretch of a source to the selector that means it and nothing else."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from site_builder.annotating.selecting import LONG, selector_of, snapped
from site_builder.texts.anchoring import Anchor, RangeSelector, Text, TextQuoteSelector, resolve
from site_builder.texts.folding import is_edge
from site_builder.texts.text import Span

SNAPPED = {
    "a word cut at both ends": ("The Harbour Board", "arbou", "Harbour"),
    "white space around": ("The Harbour Board", " Harbour ", "Harbour"),
    "a line end around": ("One.\n\nTwo three.\n", "\nTwo", "Two"),
    "a number cut at its comma": ("about 17,000 men.", "17", "17,000"),
    "a number cut behind its point": ("about 17.5 men", "5 men", "17.5 men"),
    "the full stop is no part of the word": ("It rose by 17. Then", "rose by 17", "rose by 17"),
    "an apostrophe": ("Putin\u2019s war", "Putin", "Putin\u2019s"),
    "a hyphen parts": ("an anti-war poster", "war", "war"),
    "a quote mark parts": ("the “partial” call", "partial", "partial"),
    "an accent written apart": ("un e\u0301te\u0301 long", "e", "e\u0301te\u0301"),
    "an emoji of two": ("a 👩\u200d💻 at work", "👩", "👩\u200d💻"),
    "Cyrillic": ("ночью и днём", "оч", "ночью"),
    "Han as it is": ("日本語の文", "本語", "本語"),
    "Hangul by words": ("한국어 문장", "국", "한국어"),
}


@pytest.mark.parametrize(("source", "selected", "meant"), SNAPPED.values(), ids=SNAPPED)
def test_a_selection_is_widened_to_whole_words(source: str, selected: str, meant: str) -> None:
    start = source.index(selected)
    span = snapped(source, start, start + len(selected))
    assert span is not None
    assert source[span.start : span.end] == meant


@pytest.mark.parametrize("blank", [" ", "\n\n", "\u200b", "\u00a0\u00ad"])
def test_what_shows_nothing_is_no_selection(blank: str) -> None:
    assert snapped(f"a{blank}b", 1, 1 + len(blank)) is None


def test_a_word_without_end_is_not_followed_to_it() -> None:
    span = snapped("x" * 100_000, 50_000, 50_001)
    assert span is not None
    assert span.end - span.start < 1000


TEXTS = st.text(alphabet="ab .,\u2019-\n\u0301é9🌊日\u200b", min_size=1, max_size=60)


@given(TEXTS, st.data())
def test_what_is_selected_is_found_again_at_its_place_and_snapping_again_changes_nothing(
    source: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(source) - 1))
    end = data.draw(st.integers(start + 1, len(source)))
    span = snapped(source, start, end)
    assume(span is not None)
    assert span is not None
    assert is_edge(source, span.start)
    assert is_edge(source, span.end)
    assert snapped(source, span.start, span.end) == span
    assert resolve(Text(source), selector_of(Text(source), span)) == Anchor(span.start, span.end)


WORDS = " ".join(f"word{i}" for i in range(80))


@pytest.mark.parametrize(
    "source",
    [
        f"{WORDS} end.",
        f"{WORDS} {WORDS} end.",
        f"the same again and again here {WORDS} the same again and again here x",
    ],
    ids=["once", "twice", "its ends are alike"],
)
def test_a_long_passage_is_named_by_its_ends(source: str) -> None:
    text, span = Text(source), Span(0, source.index("word70") + len("word70"))
    found = selector_of(text, span)
    assert isinstance(found, RangeSelector)
    assert len(found.start.exact) + len(found.end) < LONG / 2
    assert resolve(text, found) == Anchor(span.start, span.end)


def test_a_long_passage_that_has_no_ends_of_its_own_is_quoted_whole() -> None:
    text = Text("the same " * 60 + "end")
    span = Span(0, 9 * 60 - 1)
    assert isinstance(selector_of(text, span), TextQuoteSelector)
    assert resolve(text, selector_of(text, span)) == Anchor(span.start, span.end)


def test_context_is_given_only_where_the_words_stand_twice() -> None:
    text = Text("One harbour. Two harbours. One harbour again.")
    assert selector_of(text, Span(4, 11)) == TextQuoteSelector("harbour", "", ".")
    assert selector_of(text, Span(13, 25)) == TextQuoteSelector("Two harbours")
