"""The YAML of a passage reads back to the very words."""

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from site_builder.annotating.spelling import WIDTH, Wish, passage_lines
from site_builder.problems import Problem
from site_builder.reading.nodes import compose
from site_builder.texts.anchoring import RangeSelector, TextQuoteSelector

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
ANY = (
    TEXTS
    | st.text("a \n:#'\"\\-[]{}>|%@`!&*?,\t\r\x85\u2028\ufeff", min_size=1)
    | st.text("ab ", min_size=80, max_size=300)
)


@given(ANY, ANY)
@example("a\n  b\n \nc", "- x")
@example("null", "~")
def test_any_words_read_back_to_themselves(words: str, context: str) -> None:
    wish = Wish(id="a", said_by=words, topics=(words, context), note=f"x{words}x")
    written = "\n".join(passage_lines(TextQuoteSelector(words, context), wish)) + "\n"
    node = compose(written, "a.yaml")
    assert not isinstance(node, Problem), written
    read = yaml.load(written, Loader=yaml.BaseLoader)  # noqa: S506 it makes nothing but text
    note = f"x{words}x".strip()
    assert read == {
        "id": "a", "quote": words, "prefix": context, "topics": [words, context], "said_by": words, "note": note,
    }  # fmt: skip


WRITTEN = {
    "short words": (TextQuoteSelector("120 complaints"), ('quote: "120 complaints"',)),
    "a word": (TextQuoteSelector("noise"), ("quote: noise",)),
    "what an editor might take for a number": (TextQuoteSelector("120"), ('quote: "120"',)),
    "two lines": (TextQuoteSelector("one\ntwo"), ("quote: |-", "  one", "  two")),
    "with context": (TextQuoteSelector("noise", "the", "of"), ("quote: noise", "prefix: the", "suffix: of")),
    "its ends": (
        RangeSelector(TextQuoteSelector("From here on", "", "it"), "to there."),
        ("quote:", '  from: "From here on"', '  to: "to there."', "suffix: it"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("selector", "lines"), WRITTEN.values(), ids=WRITTEN)
def test_a_quote_is_written_as_an_author_would(
    selector: TextQuoteSelector | RangeSelector, lines: tuple[str, ...]
) -> None:
    assert passage_lines(selector, Wish(id="a")) == ("id: a", *lines)


def test_long_words_are_folded_into_lines() -> None:
    words = " ".join(["complaints"] * 40)
    _, head, *lines = passage_lines(TextQuoteSelector(words), Wish(id="a"))
    assert head == "quote: >-"
    assert max(map(len, lines)) <= WIDTH + 2
    assert " ".join(line.strip() for line in lines) == words


def test_figures_stand_last_when_they_are_wanted() -> None:
    figures = ("# figures:", "#   - {id: …}")
    assert passage_lines(TextQuoteSelector("a"), Wish(id="a", with_figures=True), figures)[-2:] == figures
    assert len(passage_lines(TextQuoteSelector("a"), Wish(id="a"), figures)) == 2


def test_a_private_note_says_so() -> None:
    lines = passage_lines(TextQuoteSelector("noise"), Wish(id="a", note="Ask\nagain.", is_private=True))
    assert lines[2:] == ("note:", "  text: |-", "    Ask", "    again.", "  private: true")
    assert len(passage_lines(TextQuoteSelector("noise"), Wish(id="a", note=" ", is_private=True))) == 2
