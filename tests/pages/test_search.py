"""The search page: what it can be narrowed by, its examples, and what it says without scripts."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from site_builder import urls
from site_builder.pages.search import KINDS, SearchContext
from tests.built_sites import ALL, REAL, built
from tests.pages.contexts import context

each_site = pytest.mark.parametrize("name", ALL)


def shown(name: str) -> SearchContext:
    return context(SearchContext, name, urls.SEARCH)


@each_site
def test_every_topic_and_every_kind_can_be_chosen(name: str) -> None:
    site = built(name)
    page = site.pages[urls.SEARCH]
    boxes = [
        (e.attributes["name"], e.attributes["value"]) for e in page.all("input", "name") if "value" in e.attributes
    ]
    kinds = [("kind", kind) for kind, *_ in KINDS]
    assert boxes == kinds + [("topic", topic.id) for topic in site.briefing.topics]


@each_site
def test_what_the_scripts_load_is_on_the_site(name: str) -> None:
    site = built(name)
    found = shown(name)
    assert found.first in site.files
    (search,) = site.pages[urls.SEARCH].all("div", "data-search")
    assert search.attributes["data-first"] == found.first


@each_site
def test_without_scripts_the_field_is_hidden_and_the_lists_are_linked(name: str) -> None:
    page = built(name).pages[urls.SEARCH]
    (search,) = page.all("div", "data-search")
    assert "hidden" in search.attributes
    said = page.one("noscript")
    assert "needs JavaScript" in said.text
    assert said.links() == [urls.SOURCES, urls.TOPICS, urls.CLAIMS, urls.TIMELINE, urls.FIGURES, urls.ENTITIES]


def test_the_examples_are_a_name_with_other_spellings_a_phrase_a_number_and_a_topic() -> None:
    texts = [link.text for link in shown(REAL).examples]
    assert texts[0] in {alias for e in built(REAL).briefing.entities for alias in e.aliases}
    assert texts[1].startswith('"')
    assert texts[2:] == ["600,000", built(REAL).briefing.topics[0].title]


@each_site
def test_an_example_leads_to_its_own_words(name: str) -> None:
    for link in shown(name).examples:
        assert parse_qs(urlsplit(link.href).query)["q"] == [link.text]
        assert urlsplit(link.href).path == urls.SEARCH


def test_only_the_search_page_has_the_scripts_of_the_search() -> None:
    for path, page in built("harbour").pages.items():
        scripts = [s.attributes["src"].rpartition("/")[2] for s in page.all("script", "src")]
        assert ("search.js" in scripts) == (path == urls.SEARCH), path
        assert scripts[0] == "search-key.js", path
        assert any(script.startswith("search-") for script in scripts[1:]) == (path == urls.SEARCH), path
