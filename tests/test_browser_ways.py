"""Finding one's way in a real Chromium: the first screen, the matrix on a phone, words, folded questions, origins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from site_builder import urls
from tests.browsing import NARROW, on_disk, opened
from tests.built_sites import REAL, built

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DESK, PHONE = {"width": 1440, "height": 900}, NARROW


@pytest.fixture
def site(folders: dict[str, Path]) -> str:
    """Return the address on disk of the real briefing."""
    return on_disk(folders[REAL])


@contextmanager
def _page(browser: Browser, site: str, **options: Any) -> Iterator[Page]:
    """A page of a fresh browser; nothing may go wrong on it."""
    with opened(browser, site, **options) as watched:
        yield watched.page


def test_the_first_screen_holds_the_first_five_judgements_with_how_firm_they_are(browser: Browser, site: str) -> None:
    with _page(browser, site, viewport=DESK) as page:
        page.goto(site + urls.HOME)
        for selector in (".judgement .lead", ".judgement > .standing", ".judgement > details > summary"):
            boxes = [e.bounding_box() for e in page.locator(selector).all()]
            inside = [b for b in boxes if b and b["y"] + b["height"] <= DESK["height"]]
            assert len(inside) >= 5, selector


def test_a_judgement_unfolds_to_its_sentences_its_words_and_its_claims(browser: Browser, site: str) -> None:
    with _page(browser, site, viewport=DESK) as page:
        page.goto(site + urls.HOME)
        first = page.locator(".judgement").first
        words = first.locator(".sidenote .words").first
        assert not words.is_visible()
        first.locator("summary").first.click()
        assert words.is_visible()
        assert first.locator("a.cite").first.is_visible()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["wide", "narrow"])
def test_every_claim_of_the_matrix_can_be_read_without_scrolling_sideways(
    browser: Browser, site: str, viewport: dict[str, int]
) -> None:
    with _page(browser, site, viewport=viewport) as page:
        page.goto(site + urls.CLAIMS)
        wide: list[str] = page.evaluate(
            """() => [...document.querySelectorAll(".matrix a, .matrix .status")]
                .filter(e => e.getBoundingClientRect().right > innerWidth || e.getBoundingClientRect().left < 0)
                .map(e => e.outerHTML)"""
        )
        # The heads of the columns are out of sight on a phone: there each cell says whose it is.
        heads = sum("sources/" in html and "bears" not in html for html in wide)
        assert len(wide) - heads == 0
        labels = page.evaluate(
            """() => [...document.querySelectorAll(".matrix td[data-label]")]
                .map(td => getComputedStyle(td, "::before").content)"""
        )
        assert all((label != "none") == (viewport is PHONE) for label in labels)


def test_a_click_on_a_topic_of_the_matrix_shows_its_claims_below_the_head(browser: Browser, site: str) -> None:
    with _page(browser, site, viewport=DESK) as page:
        page.goto(site + urls.CLAIMS)
        link = page.locator('.on-page a[href^="#topic-"]').last
        target = (link.get_attribute("href") or "")[1:]
        link.click()
        head, group = page.locator(".matrix thead").bounding_box(), page.locator(f"[id='{target}']").bounding_box()
        assert head is not None
        assert group is not None
        assert head["y"] + head["height"] <= group["y"] + 16
        assert group["y"] < DESK["height"]


def test_a_word_of_the_site_leads_to_its_meaning_without_any_script(browser: Browser, site: str) -> None:
    with _page(browser, site, viewport=DESK, java_script_enabled=False) as page:
        page.goto(site + urls.HOME)
        word = page.locator(".judgement a.term").first
        meaning = word.get_attribute("data-words")
        word.click()
        page.wait_for_url("**/about.html#term-*")
        assert page.locator(":target", has_text=meaning).is_visible()


def test_a_question_that_is_linked_to_stands_open(browser: Browser, site: str) -> None:
    question = built(REAL).briefing.questions[-1]
    with _page(browser, site, viewport=DESK) as page:
        page.goto(site + urls.question(question.id))
        assert page.locator(":target .quote, :target .empty").first.is_visible()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["wide", "narrow"])
def test_every_node_of_the_figure_of_origins_is_in_view_and_tied_to_the_one_before(
    browser: Browser, site: str, viewport: dict[str, int]
) -> None:
    claims = sorted(built(REAL).briefing.claims, key=lambda c: -len(c.origins))
    with _page(browser, site, viewport=viewport) as page:
        page.goto(site + urls.claim(claims[0].id))
        outside = page.evaluate(
            """() => [...document.querySelectorAll(".origin-tree .node")].filter(node => {
                const box = node.getBoundingClientRect();
                const above = node.parentElement.parentElement.closest("li")?.querySelector(":scope > .node");
                const before = above?.getBoundingClientRect();
                const is_after = !before || box.left > before.left;
                return box.width < 1 || box.right > innerWidth || !is_after;
            }).map(node => node.textContent)"""
        )
        assert outside == []


def test_for_and_against_stand_side_by_side(browser: Browser, site: str) -> None:
    both = next(c for c in built(REAL).briefing.claims if c.passages("supports") and c.passages("contradicts"))
    with _page(browser, site, viewport=DESK) as page:
        page.goto(site + urls.claim(both.id))
        supports = page.locator(".side.supports").bounding_box()
        against = page.locator(".side.contradicts").bounding_box()
        assert supports is not None
        assert against is not None
        assert supports["y"] == against["y"]
        assert supports["x"] + supports["width"] < against["x"]
