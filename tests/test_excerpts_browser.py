"""A page of excerpts in a real browser: its gaps are seen and read out, fit a phone, and leave passages as they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from site_builder.build import Publication, build

from .browsing import NARROW, opened, served
from .quoted_site import write_site

pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield where the site that is made to be published is served, as everybody sees it."""
    place = tmp_path_factory.mktemp("excerpts")
    build(write_site(place / "briefing"), place / "output", publication=Publication("public"))
    with served(place / "output", "/repo/") as address:
        yield address


def test_gaps_are_seen_and_read_out_and_nothing_scrolls_sideways(browser: Browser, base: str) -> None:
    with opened(browser, base, viewport=NARROW) as watched:
        watched.open("sources/long.html")
        page = watched.page
        for gap in ("… 1 word not shown …", "… 18 words not shown …", "… paragraphs 5 to 7, 123 words not shown …"):
            assert page.get_by_text(gap, exact=True).first.is_visible()
        assert "18 words not shown" in page.locator("#para-2").aria_snapshot()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_words_copied_from_both_sides_of_a_gap_say_that_there_is_one(browser: Browser, base: str) -> None:
    with opened(browser, base) as watched:
        watched.open("sources/long.html")
        copied = watched.page.evaluate(
            "getSelection().selectAllChildren(document.getElementById('para-2')) ?? getSelection().toString()"
        )
        assert "w044… 15\xa0words not shown …" in copied


def test_a_link_to_a_paragraph_that_is_not_shown_leads_to_its_gap(browser: Browser, base: str) -> None:
    with opened(browser, base) as watched:
        watched.open("sources/long.html#para-6")
        gap = watched.page.locator(".hidden-paragraphs", has=watched.page.locator("#para-6"))
        assert gap.is_visible()
        assert watched.page.evaluate("document.querySelector(':target').id") == "para-6"


def test_search_finds_what_is_published_and_nothing_across_a_gap(browser: Browser, base: str) -> None:
    with opened(browser, base) as watched:
        watched.open("search.html")
        field, hits = (
            watched.page.locator("input[type=search]"),
            watched.page.locator("main li a[href*='sources/long']"),
        )
        field.fill('"w043 w044"')
        hits.first.wait_for()
        for hidden in ("w050", '"w044 w098"', '"w121 w122"'):
            field.fill(hidden)
            watched.page.get_by_text("Nothing").first.wait_for()
            assert hits.count() == 0
