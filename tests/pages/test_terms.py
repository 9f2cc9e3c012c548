"""The site's words: each that the model knows has a meaning, each meaning a place, each page its words."""

from __future__ import annotations

from typing import get_args

import pytest

from site_builder import urls
from site_builder.pages.terms import GLOSSARY, ON_PAGES, SCALES, TERMS
from site_builder.pages.views import SPEECH
from site_builder.records import Basis, Confidence, Likelihood, Relation, Stance, Status
from tests.built_sites import ALL, built

each_site = pytest.mark.parametrize("name", ALL)

KNOWN = (
    *get_args(Basis), *get_args(Stance), *get_args(Relation), *get_args(Status), *get_args(Likelihood),
    *(f"{c} confidence" for c in get_args(Confidence)), *SPEECH.values(),
)  # fmt: skip


@pytest.mark.parametrize("word", KNOWN)
def test_every_word_that_the_model_knows_is_explained(word: str) -> None:
    assert TERMS[word].meaning


def test_no_word_is_explained_twice_and_no_two_share_a_place() -> None:
    terms = [term for chapter in GLOSSARY for term in chapter.terms]
    assert len({t.word for t in terms}) == len({t.target for t in terms}) == len(terms)


def test_a_meaning_can_be_taken_in_at_a_glance() -> None:
    assert [t.word for t in TERMS.values() if len(t.meaning) > 160 or not t.meaning.endswith(".")] == []


def test_the_likelihoods_are_the_ranges_of_icd_203() -> None:
    (scale,) = [s for s in SCALES if s.word == "likelihood"]
    assert [(v.word, v.meaning) for v in scale.values] == [
        ("almost certain", "A chance of 95 to 99 %."), ("very likely", "A chance of 80 to 95 %."),
        ("likely", "A chance of 55 to 80 %."), ("roughly even chance", "A chance of 45 to 55 %."),
        ("unlikely", "A chance of 20 to 45 %."), ("very unlikely", "A chance of 5 to 20 %."),
        ("almost no chance", "A chance of 1 to 5 %."),
    ]  # fmt: skip


def test_every_section_has_words_and_each_of_them_a_meaning() -> None:
    assert {word for words in ON_PAGES.values() for word in words} <= set(TERMS)


@each_site
def test_every_term_on_every_page_brings_its_meaning_and_leads_to_its_entry(name: str) -> None:
    site = built(name)
    entries = {f"term-{word.replace(' ', '-').lower()}": term.meaning for word, term in TERMS.items()}
    seen = 0
    for path, page in site.pages.items():
        for link in page.all("a", "data-words"):
            classes, target = link.attributes["class"].split(), link.attributes["href"]
            if "term" in classes and "flag" not in classes:
                seen += 1
                assert link.attributes["data-words"] == entries[urls.anchor(target)], path
    assert seen > len(site.pages)


@each_site
def test_the_glossary_stands_on_the_page_about_the_briefing(name: str) -> None:
    about = built(name).pages[urls.ABOUT]
    for term in TERMS.values():
        assert term.meaning in about.by_id(urls.anchor(term.target)).text
