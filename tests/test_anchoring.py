"""Contract 1: a quote means one place or none, and every place has a quote that means it."""

# ruff: noqa: RUF001  characters that look alike are what is tested here

import random
import time
import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from site_builder.texts.anchoring import (
    Ambiguous,
    Anchor,
    NotFound,
    RangeSelector,
    Text,
    TextQuoteSelector,
    describe,
    nearest,
    only,
    resolve,
    word_diff,
)
from site_builder.texts.folding import is_edge
from site_builder.texts.text import is_visible

quick = settings(derandomize=True, deadline=None, max_examples=2 * settings().max_examples)
words = st.sampled_from(
    ["the", "army", "not", "the", "17,000", "\U0001f600", "\U0001d4d0x", "caf\u00e9", "cafe\u0301", "q\u0323\u0307",
     "“ja”", "it’s", "it's", "sol\u00addier", "\U0001f468\u200d\U0001f469\u200d\U0001f466", "a\u200bb", "—", "-", "…",
     "...", "ﬁ", "\u202e"]
)  # fmt: skip
gaps = st.sampled_from([" ", " ", " ", "\u00a0", "\n", "  ", ""])
texts = st.lists(st.tuples(words, gaps), min_size=1, max_size=14).map(lambda parts: "".join(w + g for w, g in parts))


def found(source: str, selector: TextQuoteSelector | RangeSelector) -> tuple[str, str] | str:
    """What a selector means: the source's own characters and how they matched, else what it is instead."""
    result = resolve(Text(source), selector)
    if isinstance(result, Anchor):
        return source[result.start : result.end], result.match
    return type(result).__name__


def quote(exact: str, prefix: str = "", suffix: str = "") -> TextQuoteSelector:
    return TextQuoteSelector(exact, prefix, suffix)


@quick
@given(texts, st.data())
def test_every_place_has_a_description_that_resolves_to_it(source: str, data: st.DataObject) -> None:
    edges = [i for i in range(len(source) + 1) if is_edge(source, i)]
    start, end = sorted((data.draw(st.sampled_from(edges)), data.draw(st.sampled_from(edges))))
    assume(source[start:end].strip() == source[start:end] and is_visible(source[start:end]))
    text = Text(source)
    selector = describe(text, Anchor(start, end))
    assert resolve(text, selector) == Anchor(start, end, "exact")
    assert all(is_visible(words) for words in (selector.prefix, selector.suffix) if words)


@quick
@given(texts, st.data())
def test_a_quote_typed_with_other_quote_marks_dashes_and_spaces_means_the_same_place(
    source: str, data: st.DataObject
) -> None:
    edges = [i for i in range(len(source) + 1) if is_edge(source, i)]
    start, end = sorted((data.draw(st.sampled_from(edges)), data.draw(st.sampled_from(edges))))
    words = source[start:end]
    assume(words.strip() == words and words.strip("\u200b\u00ad"))
    typed = unicodedata.normalize("NFC", words).replace("\u00ad", "").replace("\u200b", "")
    typed = " ".join(typed.translate(str.maketrans("“”’—", '""\'-')).split())
    result = resolve(Text(source), quote(typed))
    places = [result] if isinstance(result, Anchor) else result.anchors if isinstance(result, Ambiguous) else []
    exact = source.count(typed)
    assert exact or any(start <= p.start and p.end <= end for p in places)
    assert isinstance(result, Anchor | Ambiguous)


@quick
@given(texts)
def test_a_resolved_place_never_cuts_a_letter_an_emoji_or_white_space(source: str) -> None:
    for word in source.split():
        result = resolve(Text(source), quote(word))
        for anchor in result.anchors if isinstance(result, Ambiguous) else [result]:
            if isinstance(anchor, Anchor):
                assert is_edge(source, anchor.start)
                assert is_edge(source, anchor.end)


SOURCE = (
    "The “General Staff” said it’s not true: some 17,000 soldiers deserted — or ran — in 2022…\u00a0He "
    "waited. Office of de\u00adfence, cafe\u0301, a\u200bb."
)


@pytest.mark.parametrize(
    ("typed", "own"),
    [
        ("17,000 soldiers deserted", "17,000 soldiers deserted"),
        ("  17,000 soldiers deserted\n", "17,000 soldiers deserted"),
    ],
)
def test_the_same_characters_are_an_exact_match(typed: str, own: str) -> None:
    assert found(SOURCE, quote(typed)) == (own, "exact")


@pytest.mark.parametrize(
    ("typed", "own"),
    [
        ('"General Staff" said it\'s', "“General Staff” said it’s"),
        ("«General Staff» said it‘s", "“General Staff” said it’s"),
        ("deserted - or ran – in", "deserted — or ran — in"),
        ("2022… He waited", "2022…\u00a0He waited"),
        ("17,000\n   soldiers\tdeserted", "17,000 soldiers deserted"),
        ("17,000\u00a0soldiers", "17,000 soldiers"),
        ("of defence", "of de\u00adfence"),
        ("caf\u00e9", "cafe\u0301"),
        ("ab", "a\u200bb"),
        ("17,\u200b000 sol\u00addiers", "17,000 soldiers"),
    ],
)
def test_folded_differences_match_as_normalised_and_give_the_source_s_own_characters(typed: str, own: str) -> None:
    assert found(SOURCE, quote(typed)) == (own, "normalised")


@pytest.mark.parametrize(
    "typed",
    [
        "the “General Staff” said",  # case
        "some 18,000 soldiers deserted",  # a changed digit
        "some 17.000 soldiers deserted",
        "some 17000 soldiers deserted",
        "said it’s true: some 17,000 soldiers deserted",  # a dropped "not"
        "in 2022... He waited",  # an ellipsis
        "Oﬃce of",  # a ligature
        "１7,000 soldiers",  # a full-width digit
        "deserted -- or ran",
        "cafe, a",
        "soldiers  ,deserted",
        "ran in 2022",
        "waited Office",
        "Soldiers deserted",
        "",
        "   ",
    ],
)
def test_every_other_difference_is_no_match(typed: str) -> None:
    assert found(SOURCE, quote(typed)) == "NotFound"


def test_a_text_with_a_ligature_or_an_ascii_ellipsis_is_not_met_by_their_look_alikes() -> None:
    assert found("the oﬃce... closed", quote("office")) == "NotFound"
    assert found("the oﬃce... closed", quote("closed")) == ("closed", "exact")
    assert found("the office... closed", quote("office… closed")) == "NotFound"
    assert found("it cost １３ roubles", quote("13 roubles")) == "NotFound"


def test_an_emoji_before_a_quote_shifts_nothing() -> None:
    source = "\U0001f469\u200d\U0001f692\U0001f600 \U0001d4d0 “ja” nein"
    result = resolve(Text(source), quote('"ja"'))
    assert isinstance(result, Anchor)
    assert source[result.start : result.end] == "“ja”"
    assert found(source, quote("\U0001f469")) == "NotFound"  # part of an emoji


@pytest.mark.parametrize(
    ("prefix", "suffix", "start"), [("one", "", 4), ("", "two", 4), ("two", "", 12), ("", "end", 12)]
)
def test_a_prefix_or_a_suffix_settles_which_place_is_meant(prefix: str, suffix: str, start: int) -> None:
    source = "one the two the end"
    assert found(source, quote("the")) == "Ambiguous"
    result = resolve(Text(source), quote("the", prefix, suffix))
    assert result == Anchor(start, start + 3)
    assert resolve(Text(source.replace(" ", "\n\n")), quote("the", prefix, suffix)) != NotFound("the")


def test_a_prefix_that_stands_nowhere_before_the_words_finds_nothing() -> None:
    assert found("one the two", quote("the", prefix="two")) == "NotFound"
    assert found("one the two", quote("one", prefix="x")) == "NotFound"


def test_all_places_of_an_ambiguous_quote_are_named_overlapping_ones_too() -> None:
    result = resolve(Text('banana “x” "x"'), quote("ana"))
    assert result == Ambiguous((Anchor(1, 4), Anchor(3, 6)))


def test_an_exact_place_wins_over_places_that_match_after_folding_only() -> None:
    assert found('a “b” a "b"', quote('a "b"')) == ('a "b"', "exact")


def test_a_range_ends_with_the_first_occurrence_after_its_start() -> None:
    source = "end. start of it, the end. And the end."
    assert found(source, RangeSelector(quote("start"), "end.")) == ("start of it, the end.", "exact")
    assert found(source, RangeSelector(quote("start"), "“end”")) == "NotFound"
    assert found('x “a” b "a"', RangeSelector(quote("x"), '"a"')) == ("x “a”", "normalised")
    assert resolve(Text(source), RangeSelector(quote("And"), "start")) == NotFound("start")
    assert found(source, RangeSelector(quote("end."), "And")) == "Ambiguous"


def test_a_mark_that_cannot_be_seen_is_no_context() -> None:
    text = Text("loud \u202e noise and calm \u202e noise")
    assert describe(text, Anchor(7, 12)) == quote("noise", prefix="loud \u202e")
    assert describe(text, Anchor(24, 29)) == quote("noise", prefix="calm \u202e")


def test_an_anchor_that_cuts_a_letter_has_no_description() -> None:
    with pytest.raises(ValueError, match="cuts a letter"):
        describe(Text("cafe\u0301 noir"), Anchor(0, 4))


def test_the_nearest_text_is_in_whole_words_and_only_a_hint() -> None:
    source = "He waited. Some 17,000 Russian soldiers had deserted by October. Then he left."
    near = nearest(Text(source), "Some 18,000 Russian soldiers had deserted")
    assert near is not None
    assert source[near.start : near.end] == "Some 17,000 Russian soldiers had deserted"
    assert near.similarity > 0.9
    assert nearest(Text(""), "words") is None
    assert nearest(Text("  \n"), "words") is None


def test_a_word_diff_shows_what_is_only_here_and_only_there() -> None:
    assert word_diff("some 18,000 men had left", "some 17,000 men had not left") == (
        "some [-18,000-] {+17,000+} men had {+not+} left"
    )
    assert word_diff('it\'s "so"', "it’s “so”") == "it’s “so”"


def test_a_word_diff_of_long_texts_shows_where_they_differ() -> None:
    many = " ".join(f"word{i}" for i in range(400))
    assert len(word_diff(many, many.replace("word200", "wort200"))) < 600
    assert "word199 [-word200-] {+wort200+} word201" in word_diff(many, many.replace("word200", "wort200"))


def test_two_thousand_quotes_in_a_megabyte_resolve_within_seconds() -> None:
    draw = random.Random(7)  # noqa: S311 a fixed text, no secret
    vocabulary = ["army", "“front”", "17,000", "soldier’s", "said", "—", "war", "October", "not", "the", "he", "left"]
    source = " ".join(draw.choice(vocabulary) + str(i % 97) for i in range(140_000))
    assert len(source) > 1_000_000
    text = Text(source)
    started = time.process_time()
    for i in range(2_000):
        start = source.index(" ", i * 500) + 1
        typed = source[start : start + 120].strip()
        straight = typed.replace("’", "'").replace("“", '"').replace("”", '"').replace("—", "-")
        result = resolve(text, quote(straight))
        assert isinstance(result, Anchor)
        assert result.start == start
    assert time.process_time() - started < 4


def test_a_hint_for_a_wrong_quote_in_a_megabyte_comes_at_once() -> None:
    source = " ".join(f"word{i} stands{i % 13} here" for i in range(50_000))
    text = Text(source)
    started = time.process_time()
    for i in range(0, 40_000, 2_000):
        near = nearest(text, f"word{i} stood here word{i + 1} stands{(i + 1) % 13} here word{i + 2}")
        assert near is not None
        assert source[near.start :].startswith(f"word{i} ")
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "source", ["a " * 20_000, "aaaa" * 10_000, "the end. " * 20_000], ids=lambda text: repr(text[:9])
)
def test_a_text_that_repeats_itself_is_described_within_a_second(source: str) -> None:
    text = Text(source)
    middle = source.index(source[:3], len(source) // 2 + 1)
    anchor = Anchor(middle, middle + len(source[:3].strip()))
    started = time.process_time()
    assert resolve(text, describe(text, anchor)) == anchor
    assert time.process_time() - started < 3


def test_the_edges_of_many_flags_are_found_within_a_second() -> None:
    text = Text("\U0001f1f7\U0001f1fa" * 20_000)
    started = time.process_time()
    found = resolve(text, quote("\U0001f1f7\U0001f1fa"))
    assert isinstance(found, Ambiguous)
    assert [anchor.start for anchor in found.anchors] == [*range(0, 40_000, 2)]
    assert time.process_time() - started < 1


@quick
@given(st.text("ab ", max_size=12), st.text("ab ", max_size=4), st.booleans())
def test_words_have_an_only_place_where_they_stand_once_even_where_they_overlap(
    source: str, written: str, is_long: bool
) -> None:
    filler = "é" * 3_000_000 if is_long else ""  # too much to be looked through from its end
    exact = written.strip()
    places = [at for at in range(len(source)) if exact and source.startswith(exact, at)]
    wanted = Anchor(places[0], places[0] + len(exact)) if len(places) == 1 else None
    assert only(source + filler, written) == wanted
