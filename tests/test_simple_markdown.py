"""Markdown that needs no parser, against the parser."""

import gc
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder.contracts.merging import markdown_fields
from site_builder.markup import commonmark, markdown, simple_markdown, usual_markdown
from site_builder.markup.linked_html import Linked, filled
from site_builder.markup.usual_markdown import notes_html
from site_builder.reading.folder import load

from .test_markdown import Page

REPOSITORY = Path(__file__).parent.parent

marks = st.text(st.sampled_from("aZé9 .,:;-+=#\"'()/@%$~|_*`\\[]<>&!\n\t\xa0“”—1^?"), max_size=14)
PIECES = [
    "word", "words of more", "é", "中", " ", " ", "  ", ".", ", ", "“", "”", "\"", "'", "\u2019", "(", ")", "—", "!",
    "?", "*", "**", "**so**", "*so \"it\" is*", "*“So”.*", "*a & b*", "**a*", "`", "`code *x*`", "`a\\`", "``", "_",
    "__", "&", "& ", "&amp;", "<", "< 5", "> 5", "<b>", "~", "|", "\\", "\n", "\n", "\n\n", "\n\n", "\n \n", "\t",
    "-", "- ", "\n- ", "\n\n- ", "* ", "+ ", "1. ", "\n1. ", "2. ", "1) ", "1986. ", "# ", "### ", " #", "> ",
    "\n> ", "---", "\n---\n", "===", "\n===", "***", "| a | b |\n|---|---|\n| c | d |", "| a |\n| - |\n| b |",
    "\n| c | d |", "|", "\n- a\n- b", "```", "    ",
    "[a](https://e.org/a-1)", "[\"a\" b](http://e.org)", "[a](https://E.org)", "[a](https://e.org/x_y?q=1#z)",
    "[a](https://e.org:80/%20)", "[a](claims.html#so)", "[a](topics/x-y.html)", "[a](#b)", "[a](b \"t\")",
    "![a](b)", "!", "<https://e.org>", "[analysis]", " [analysis]", "[@a#b]", " [@a#b]", " [@claim:c]", "[@]",
    "\n[@a#b]", "[a]", "[a b]", "[a][b]", "[a]: ", "[a]: b\n", "(b)", ":", "[", "]", "\u0301", "\ue000", "\u2028",
    "\x85", "\u0000", "\r", "One. Two.", " Then. ", "5 * 3", "a_b", "1", "9",
]  # fmt: skip
LINES = [
    "Word", "Two words. And.", "a *b* c [@a#b].", "[@a#b]", "- a", "- b [@c#d].", "* c", "+ d", "1. e", "2. f",
    "1) g", "10. h", "> q", "> r. S.", "# h", "## h [@a#b]", "| a | b |", "|---|---|", "| c | d. E |", "| [@a#b] | |",
    "| a |", "|---|", "||", "---", "===", "", "", "", "", "", "[x]", "[analysis]", "Ours [analysis].", "3 men.",
    "- 1. a", "- - b", "- # c", "> - d", "`c`", "**b**", "* * *", "-", "- ", "1986. x",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
USUAL = '**Some** are, *“so”* & "so", [a link](https://e.org/a) or\ntwo.\n\n- a_b\n- [c](d.html)!\n\nMore.'
usual = st.lists(st.sampled_from([
    "word", " ", " ", ". ", "\n", "\n\n", "\n- ", "\n\n- ", "- ", "**so**", "*so*", " *“so”* ", "\"", "&", "é ", ";",
    "[a](https://e.org/a_b)", "[b c](d.html#e)", "!", "_", "a_b", "<", "\n\n\n", "x",
]), max_size=9).map("".join)  # fmt: skip
documents = st.lists(st.sampled_from(LINES), max_size=9).map("\n".join)


def by_the_book(text: str) -> tuple[object, ...]:
    """All that is made of a text, by the parser alone."""
    return (
        commonmark.block_html(text),
        commonmark.inline_html(text),
        list(commonmark.marked_blocks(text)),
        list(commonmark.running_texts(text)),
        commonmark.words(text),
    )


def as_it_is_made(text: str) -> tuple[object, ...]:
    """The same, without the parser where that can be."""
    markdown._blocks.cache_clear()
    markdown._line.cache_clear()
    return (
        markdown._blocks(text),
        markdown._line(text),
        list(markdown._marked_blocks(text)),
        list(markdown._running_texts(text)),
        markdown.plain(text),
    )


@settings(derandomize=True, deadline=None, max_examples=15 * settings().max_examples)
@given(marks | texts | documents)
@example("1. a")
@example("*")
@example("**")
@example("a\n=")
@example("-")
@example("- a\n\n- b\n\nc\n\n1. d\n\n2. e")
@example("1. a\n2. b\n\n1. c\n\n- d\n\n- e\n\n* f\n\n3. g\n\n1. h")
@example("| a | b |\n|---|---|\n| *c* | [@a#b] |\n| |  |\n\nd")
@example("| a |\n|---|---|\n| c | d |")
@example("[a]\n\n[a]: b")
@example("- a\n\n  b")
@example("www.example.org")
def test_what_is_made_of_a_text_is_what_the_parser_would_make(text: str) -> None:
    assert as_it_is_made(text) == by_the_book(text)


@settings(derandomize=True, deadline=None, max_examples=5 * settings().max_examples)
@given(st.lists(usual | texts | documents, max_size=4))
@example(["a", "", "b"])
@example(["a\n\n\nb", "c"])
@example(["\na", "b\n\n"])
@example(["- a\n- *b*", "c\n\n- d", "[e](https://e.org/f) & **g**\nh"])
@example(["- a\n\n- b", "c"])
@example(["a\n- b", "- c\nd"])
@example(["[a]", "[a]: b"])
@example(["*a", "b*"])
@example(["a!", "[b](c.html)"])
@example(["a ", "b"])
@example([";*a* b"])
def test_many_notes_are_read_in_one_go_as_each_is_by_itself(notes: list[str]) -> None:
    made = [(html, *map(list, (html.ids, html.links))) for html in markdown.render_all(notes, Page())]  # type: ignore[attr-defined]
    alone = [filled(commonmark.block_html(note), Page()) for note in notes]
    assert made == [(html, *map(list, (html.ids, html.links))) for html in alone]


def test_usual_notes_are_read_in_one_go() -> None:
    notes = [USUAL, f"{USUAL}\n", f"\n{USUAL}"]
    assert len(notes_html(notes, str) or ()) == 3
    assert notes_html([*notes, "[@a#b]"], str) is None


def test_of_many_notes_a_link_to_what_is_left_out_is_words() -> None:
    class Short(Page):
        def link(self, url: str) -> str:
            return "" if url == "b.html" else super().link(url)

    first, second = markdown.render_all(["[a](b.html)", "[c](d.html)"], Short())
    assert (first, second) == ("<p><a>a</a></p>\n", '<p><a href="to:d.html">c</a></p>\n')


def written() -> Iterator[tuple[str, str]]:
    """Every Markdown text of the briefings here."""
    for folder in (REPOSITORY, *sorted((REPOSITORY / "tests" / "sites").iterdir())):
        annotations = load(folder).annotations
        for text, place, _ in markdown_fields(annotations) if annotations else ():
            yield f"{folder.name}/{place()}", text


WRITTEN = dict(written())


def test_what_is_made_of_real_texts_is_what_the_parser_would_make() -> None:
    assert len(WRITTEN) > 500
    assert [name for name, text in WRITTEN.items() if as_it_is_made(text) != by_the_book(text)] == []


def test_most_real_texts_need_no_parser() -> None:
    needed = [name for name, text in WRITTEN.items() if any(not p.block for p in simple_markdown.pieces(text))]
    assert len(needed) < 0.05 * len(WRITTEN)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("So **it is**, *they* say.", "So <strong>it is</strong>, <em>they</em> say."),
        ('"This" & <5> ', None),
        ('"This" & 5 > 4', "&quot;This&quot; &amp; 5 &gt; 4"),
        ("a `b*c` d [e] f", "a <code>b*c</code> d [e] f"),
        ("**2 * 3** is six", None),
        ("[analysis](https://e.org)", '<span class="analysis" title="This sentence is the analyst\'s own.">'),
        ("<b>bold</b>", None),
    ],
)
def test_a_simple_line_needs_no_parser(text: str, html: str | None) -> None:
    made = simple_markdown.inline_html(text)
    assert (made is None) if html is None else (made is not None and made.html.startswith(html))


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("One.\nTwo.\n\n## Three\n\n- a\n- b\n\n> e\n> f\n\n1. c\n2. d", ["p", "h2", "ul", "blockquote", "ol"]),
        ("- a\n\n- b\n\nc", ["ul", "p"]),
        ("- a\n\n1. b\n\n* c\n\n+ d", ["ul", "ol", "ul", "ul"]),
        ("- a\n\n-  b", [None]),
        ("1. a\n\n1. b", ["ol"]),
        ("- a\n  b", [None]),
        ("a\n---", [None]),
        ("| a |\n|---|\n| b |\n\nb", ["table", "p"]),
        ("| a |\n|:--|\n| b |\n\nb", [None, "p"]),
        ("[a]: b\n\nc", [None]),
        ("2. a", [None]),
        ("", []),
    ],
)
def test_a_text_is_taken_block_by_block(text: str, shapes: list[str | None]) -> None:
    assert [p.block.shape if p.block else None for p in simple_markdown.pieces(text)] == shapes


def test_a_link_and_a_citation_are_holes_in_the_html() -> None:
    made = simple_markdown.inline_html("See [this](https://e.org/a) [@claim:b].")
    assert made == Linked('See <a href="\0">this</a>\0.', (("link", "https://e.org/a"), ("claim", "b")))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "hostile",
    ["*a " * 9000, "[a" * 9000, "[a](http://a" * 4000, "a" * 30000 + "*", "*a* " * 9000 + "*", "`a" * 9001,
     "- a\n" * 9000 + "*", "> a\n\n" * 9000, "[a] " * 9000 + "*", "& " * 9000 + "*", "a\n" * 9000 + "*",
     "- a\n\n" * 2000, "*a" * 9000, "**a *" * 9000, "a_b" * 9000 + "_", "a\n\n" * 9000 + "-"],
    ids=lambda text: repr(text[:9]),
)  # fmt: skip
def test_looking_for_what_is_simple_takes_no_long_time(hostile: str) -> None:
    gc.collect()  # the garbage of other tests is not to be searched while this one is timed
    began = time.process_time()
    simple_markdown.inline_html(hostile)
    simple_markdown.pieces(hostile)
    usual_markdown.notes_html([hostile, hostile], str)
    assert time.process_time() - began < 0.4
