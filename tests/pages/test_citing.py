"""Citations to take along, of a source and of its passages, in each form, and the way into the original."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from site_builder import urls
from site_builder.pages.citing import bibtex, citing, described
from tests.built_sites import ALL, REAL, built
from tests.passage_citations import passage_bibtex, passage_citing, text_fragment

each_site = pytest.mark.parametrize("name", ALL)


@each_site
def test_each_form_of_a_citation_holds_the_words_and_the_address(name: str) -> None:
    site = built(name).desk().at("sources/x.html")
    for passage in site.briefing.passages():
        cited, words = passage_citing(site, passage), site.desk.words(passage.ref)
        assert words in cited.plain
        assert all(urls.passage(passage.ref) in form for form in (cited.plain, cited.markdown, cited.bibtex))


@each_site
def test_a_citation_in_markdown_reads_as_the_words_and_one_link(name: str) -> None:
    site = built(name).desk().at("sources/x.html")
    for passage in site.briefing.passages():
        html = MarkdownIt("commonmark").render(passage_citing(site, passage).markdown)
        tokens = MarkdownIt("commonmark").parse(passage_citing(site, passage).markdown)
        inline = [child for token in tokens for child in token.children or ()]
        assert html.startswith("<blockquote>")
        assert sum(child.type == "link_open" for child in inline) == 1
        said = "".join(child.content for child in tokens[2].children or () if child.type.startswith("text"))
        assert said == site.desk.words(passage.ref)


def test_a_date_that_no_text_prints_is_no_year_of_its_own_in_bibtex() -> None:
    site = built(REAL).desk().at("sources/x.html")
    entry = bibtex(site.index.sources["desertion-problem"], "a")
    assert "note = {issued between" in entry
    assert "(inferred)" in entry
    stated = bibtex(site.index.sources["exodus"], "a")
    assert "  year = {2022}" in stated
    assert "issued" not in stated


def test_a_source_is_described_by_what_its_record_prints_alone() -> None:
    index = built(REAL).briefing.index
    assert described(index.sources["exodus"]).startswith("AUN News correspondent: “Exodus from Putin")
    assert described(index.sources["robust-response"]) == (
        "“Desertion in the Russian Army. Putin's Robust Response”. 21 November 2023."
    )


def test_what_stands_behind_the_title_begins_like_a_sentence() -> None:
    source = built("tangle").briefing.sources[0]
    bare = replace(source, record=replace(source.record, container_title=None, publisher=None))
    assert described(bare).endswith("”. From 3 May 2021.")
    assert described(replace(bare, issued=None)).endswith("”. No date.")


def test_only_a_source_with_an_address_leads_to_its_original() -> None:
    site = built("tangle").desk().at("sources/x.html")
    for source in site.briefing.sources:
        url = source.record.URL or ""
        assert citing(site, source).original == url
        for passage in source.passages:
            assert passage_citing(site, passage).original.startswith(url)
            assert bool(url) == (":~:text=" in passage_citing(site, passage).original)


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("two words", ":~:text=two%20words"),
        ("semi-circle, or & so", ":~:text=semi%2Dcircle%2C%20or%20%26%20so"),
        ("one line\nand another one", ":~:text=one%20line%20and%20another%20one,one%20line%20and%20another%20one"),
        (" ".join(f"w{n}" for n in range(60)), ":~:text=w0%20w1%20w2%20w3%20w4,w55%20w56%20w57%20w58%20w59"),
    ],
)
def test_a_text_fragment_names_short_words_whole_and_long_ones_by_their_ends(words: str, fragment: str) -> None:
    assert text_fragment(words) == fragment


@given(st.text(min_size=1).filter(str.split))
def test_a_text_fragment_holds_nothing_that_would_be_read_as_syntax(words: str) -> None:
    directive = text_fragment(words).removeprefix(":~:text=")
    assert not set(directive.replace("%", "").replace(",", "", 1)) & set("-&#, ")
    assert (
        unquote(directive.partition(",")[0]).split()
        == words.split()[: len(unquote(directive.partition(",")[0]).split())]
    )


@given(st.text(alphabet='ab{}\\$%&#_^~" \n', max_size=40))
def test_bibtex_never_leaves_a_brace_open(words: str) -> None:
    site = built("harbour").desk().at("sources/x.html")
    entry = passage_bibtex(site.briefing.sources[0], "sources/a.html", words)
    depth = 0
    for before, char in zip(" " + entry, entry, strict=False):
        if char in "{}" and before != "\\":
            depth += 1 if char == "{" else -1
        assert depth >= 0
    assert depth == 0
