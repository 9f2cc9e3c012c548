"""Sentences, citations, and the HTML of prose."""

import pytest
from hypothesis import given, settings

from site_builder.markup.commonmark import is_allowed_link
from site_builder.markup.linked_html import Reference
from site_builder.markup.markdown import (
    links,
    plain,
    render,
    render_blocks,
    render_inline,
    sentences,
)
from site_builder.model import CitationKind

from .test_sentences import proses

quick = settings(derandomize=True, deadline=None, max_examples=3 * settings().max_examples // 2)


class Page:
    """A linker that shows what it was asked."""

    def link(self, url: str) -> str:
        return f"to:{url}"

    def cite(self, kind: CitationKind, target: str) -> Reference:
        return Reference(kind, "1", f"#{kind}:{target}", 'the "words"', "a <source>", "n-1")


def read(text: str) -> list[tuple[str, str]]:
    return [(s.standing, s.markdown) for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One [@a#b]. Two.", [("cited", "One."), ("uncited", "Two.")]),
        ("One. [@a#b] Two.", [("cited", "One."), ("uncited", "Two.")]),
        ("One [@a#b] [@claim:c]. Ours [analysis].", [("cited", "One."), ("analysis", "Ours.")]),
        ("Ours, so far [@a#b] [analysis].", [("analysis", "Ours, so far.")]),
        ("Ours. [analysis] Next.", [("analysis", "Ours."), ("uncited", "Next.")]),
        (
            "“Is it?” He left! Yes… No",
            [("uncited", "“Is it?”"), ("uncited", "He left!"), ("uncited", "Yes…"), ("uncited", "No")],
        ),
        (
            "He left. 300 stayed. $5 each.",
            [("uncited", "He left."), ("uncited", "300 stayed."), ("uncited", "$5 each.")],
        ),
        ("Left. Šolc came. Ґудз too.", [("uncited", "Left."), ("uncited", "Šolc came."), ("uncited", "Ґудз too.")]),
        (
            "Mr. Putin and Lt. Gen. Braga of the U.S. Army.",
            [("uncited", "Mr. Putin and Lt. Gen. Braga of the U.S. Army.")],
        ),
        (
            "By J. R. Smith, No. 5, approx. 300, e.g. Some.",
            [("uncited", "By J. R. Smith, No. 5, approx. 300, e.g. Some.")],
        ),
        ("He said no. Then left.", [("uncited", "He said no."), ("uncited", "Then left.")]),
        ("He left. and came... back.", [("uncited", "He left. and came... back.")]),
        ("It is 1.5 or 3. 4 came.", [("uncited", "It is 1.5 or 3."), ("uncited", "4 came.")]),
        ("Soft\nwrapped line. Next\none.", [("uncited", "Soft\nwrapped line."), ("uncited", "Next\none.")]),
        ("*One.* **Two** [@a#b].", [("uncited", "*One.*"), ("cited", "**Two**.")]),
        ("- One\n- Two [@a#b]\n\n> Three.", [("uncited", "One"), ("cited", "Two"), ("uncited", "Three.")]),
        ("# Heading\n\nText.\n\nUnder\n===", [("uncited", "Text.")]),
        ("# Heading [@a#b]", [("cited", "Heading")]),
        ("| a |\n|---|\n| b [@a#b] |", [("cited", "b")]),
        ("[@a#b]", [("cited", "")]),
        ("Use `a. B [@a#b]` here.", [("uncited", "Use `a. B [@a#b]` here.")]),
        ("A `` ` [@a#b] `` b.", [("uncited", "A `` ` [@a#b] `` b.")]),
        ("Not \\[@a#b] cited.", [("uncited", "Not \\[@a#b] cited.")]),
        ("[A. B](x.html) ends.", [("uncited", "[A. B](x.html) ends.")]),
        ("```\nCode. [@a#b] More.\n```", [("uncited", "```\nCode. [@a#b] More.\n```")]),
        ("你好。再见。", [("uncited", "你好。"), ("uncited", "再见。")]),
        ("", []),
        ("—", []),
    ],
)
def test_sentences_are_split_by_rule_and_each_knows_where_it_stands(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("written", "kind", "target"),
    [
        ("[@a#b]", "passage", "a#b"),
        ("[@claim:a-b]", "claim", "a-b"),
        ("[@event:a]", "event", "a"),
        ("[@figure:a#b]", "figure", "a#b"),
        ("[@a]", "malformed", "a"),
        ("[@claim:a#b]", "malformed", "a#b"),
        ("[@figure:a]", "malformed", "a"),
        ("[@a#b; @c#d]", "malformed", ""),
        ("[@A#b]", "malformed", ""),
        ("[@]", "malformed", ""),
        ("[@topic:a]", "malformed", ""),
        ("[@a#b", None, None),
        ("[see @a#b]", None, None),
    ],
)
def test_a_citation_is_of_one_of_four_kinds_or_malformed(written: str, kind: str | None, target: str | None) -> None:
    (sentence,) = sentences(f"Words {written}.")
    assert [(m.kind, m.target) for m in sentence.markers] == ([(kind, target)] if kind else [])


@pytest.mark.parametrize("beside", ["", "<b>", "`x` ~~"])
def test_what_looks_like_a_citation_and_is_none_is_shown_as_it_stands(beside: str) -> None:
    """A sentence that breaks off within brackets is one line where another page quotes it."""
    words = "broke [@kno\n| a |ts#inner], says"
    assert [s.markers for s in sentences(words)] == [()]
    shown = str(render_inline(f"{' '.join(words.split())} {beside}", Page()))
    assert shown.startswith("broke[@kno | a |ts#inner], says")


def test_an_analysis_mark_inside_a_sentence_frees_nothing() -> None:
    (sentence,) = sentences("The [analysis] says that 17,000 left [@a#b].")
    assert sentence.standing == "cited"
    assert [m.kind for m in sentence.markers] == ["malformed", "passage"]


def test_a_sentence_knows_its_line_and_column() -> None:
    text = "# Head\n\n- One. Two\n  three. Four\n\n> Five [@a#b]. Six"
    assert [(s.markdown, s.line, s.column) for s in sentences(text)] == [
        ("One.", 2, 2),
        ("Two\nthree.", 2, 7),
        ("Four", 3, 9),
        ("Five.", 5, 2),
        ("Six", 5, 15),
    ]


@quick
@given(proses)
def test_every_citation_on_the_page_is_one_that_a_sentence_has(text: str) -> None:
    cited = [(m.kind, m.target) for s in sentences(text) for m in s.markers if m.kind not in ("analysis", "malformed")]
    assert [c for block in render_blocks(text, Page()) for c in block.citations] == cited


@quick
@given(proses)
def test_marking_uncited_sentences_changes_nothing_else_on_the_page(text: str) -> None:
    marked = "".join(block.html for block in render_blocks(text, Page()))
    mark = '<span class="uncited" title="This sentence cites no passage.">uncited</span>'
    assert marked.replace(mark, "").replace(" ", "") == render(text, Page()).replace(" ", "")
    assert marked.count(mark) == sum(s.standing == "uncited" for s in sentences(text))


def test_a_citation_is_a_link_with_its_words_and_their_origin_escaped() -> None:
    assert render_inline("Words [@a#b].", Page()) == (
        'Words<a class="cite quoted" id="n-1" href="#passage:a#b" title="the &#34;words&#34;"'
        ' data-from="a &lt;source&gt;">1</a>.'
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("<b onclick=x>y</b>", "<p>&lt;b onclick=x&gt;y&lt;/b&gt;</p>\n"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>\n"),
        ("[x](a.html)", '<p><a href="to:a.html">x</a></p>\n'),
        ('![a "b"](https://e.org/p.png)', '<p><a href="to:https://e.org/p.png">a &#34;b&#34;</a></p>\n'),
        ("<https://e.org>", '<p><a href="to:https://e.org">https://e.org</a></p>\n'),
    ],
)
def test_notes_hold_no_raw_html_no_script_links_and_no_pictures_of_others(text: str, html: str) -> None:
    assert render(text, Page()) == html


@pytest.mark.parametrize(
    ("url", "is_allowed"),
    [
        ("https://e.org/a?b=c:d", True),
        ("http://e.org", True),
        ("mailto:a@e.org", True),
        ("a/b.html#c", True),
        ("#x", True),
        ("?q=a:b", True),
        ("javascript:x", False),
        ("JaVa\tScript:x", False),
        ("\x01javascript:x", False),
        ("data:text/html,x", False),
        ("//e.org", False),
        ("/\\e.org", False),
        ("\\\\e.org", False),
        ("/etc", False),
        ("file:///etc", False),
        ("vbscript:x", False),
    ],
)
def test_a_link_leads_to_the_web_or_within_the_site(url: str, is_allowed: bool) -> None:
    assert is_allowed_link(url) is is_allowed


def test_the_links_of_a_text_are_listed() -> None:
    assert list(links("[a](b.html) ![c](d.png) <https://e.org> `[f](g)`")) == ["b.html", "d.png", "https://e.org"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("_17,000_ **men**", "17,000 men"),
        ("[1,300](http://e.org/2022/17)", "1,300"),
        ("`12`\n13 &#49;4 15\\,000", "12 13 14 15,000"),
        ("a [@a#b] b", "a b"),
        ("![alt](x)", "alt"),
    ],
)
def test_the_plain_words_are_without_marks_citations_and_link_targets(text: str, words: str) -> None:
    assert plain(text) == words
