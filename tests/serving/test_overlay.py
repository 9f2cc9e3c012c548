"""What the preview shows in a real browser: problems over the page, and the same place after a reload."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browsing import NARROW, Watched, opened
from tests.quality.published import tool

from .conftest import edit
from .previews import PATIENCE, in_a_thread

pytestmark = pytest.mark.browser
expect.set_options(timeout=1000 * PATIENCE)

WIDE = {"width": 1000, "height": 500}
SOURCE = "sources/harbour-notice.html"
# Told by an attribute, since what waits for a value in a page is refused by its policy now and then.
WAITING = "document.addEventListener('LiveReloadConnect', () => document.documentElement.dataset.waiting = '')"


@contextmanager
def page_of(browser: Browser, folder: Path, path: str = SOURCE, **options: Any) -> Iterator[Watched]:
    """A page of a preview, once it waits to be told."""
    with in_a_thread(folder) as base, opened(browser, base, **{"viewport": WIDE, **options}) as page:
        page.page.set_default_timeout(1000 * PATIENCE)
        page.page.add_init_script(WAITING)
        page.open(path)
        expect(page.page.locator("html")).to_have_attribute("data-waiting", "")
        yield page


def break_it(folder: Path) -> None:
    edit(folder, "claims.yaml", "status: accepted", "status: acepted")


def mend(folder: Path, status: str = "accepted") -> None:
    edit(folder, "claims.yaml", "status: acepted", f"status: {status}")


def test_a_broken_save_lies_over_the_page_and_a_mended_one_comes_back_to_the_same_place(
    browser: Browser, harbour: Path
) -> None:
    with page_of(browser, harbour) as watched:
        page = watched.page
        page.evaluate("document.querySelectorAll('details').forEach((d, i) => d.open = i % 2 === 0)")
        page.locator("main a").nth(5).evaluate("e => e.focus({preventScroll: true})")
        page.evaluate("scrollTo(0, 333)")
        state = """() => [scrollY, document.activeElement.outerHTML,
                          [...document.querySelectorAll('details')].map((d) => d.open)]"""
        before = page.evaluate(state)

        break_it(harbour)
        overlay = page.get_by_role("alertdialog", name="1 error")
        expect(overlay).to_contain_text("annotations/claims.yaml:4:11")
        expect(overlay).to_contain_text("bad-value")
        expect(overlay).to_contain_text("did you mean 'accepted'?")
        expect(overlay.locator(".line")).to_have_text("  status: acepted")
        expect(overlay.locator(".at")).to_have_text("a")
        expect(overlay.get_by_role("heading", name="1 error", exact=True)).to_be_focused()

        page.keyboard.press("Escape")
        expect(overlay).to_be_hidden()
        expect(page.get_by_role("button", name="1 error; the last good site is shown")).to_be_visible()
        assert page.evaluate(state) == before

        with page.expect_navigation():
            mend(harbour, "unresolved")
        expect(page.locator("html")).to_have_attribute("data-waiting", "")
        expect(page.locator(".bar")).to_be_hidden()
        assert page.evaluate(state) == before


def test_problems_meet_every_page_stay_folded_and_go_by_themselves(browser: Browser, harbour: Path) -> None:
    break_it(harbour)
    with page_of(browser, harbour) as watched:
        page = watched.page
        expect(page.get_by_role("alertdialog", name="1 error")).to_be_visible()
        page.keyboard.press("Escape")
        watched.open("claims.html")
        expect(page.locator("html")).to_have_attribute("data-waiting", "")
        expect(page.get_by_role("button", name=re.compile("1 error"))).to_be_visible()
        edit(harbour, "site.yaml", "title: ", "titel: ")
        expect(page.get_by_role("button", name=re.compile("2 errors"))).to_be_visible()
        expect(page.get_by_role("alertdialog")).to_be_hidden()
        edit(harbour, "site.yaml", "titel: ", "title: ")
        expect(page.get_by_role("button", name=re.compile("1 error"))).to_be_visible()
        mend(harbour)
        expect(page.locator(".bar")).to_be_hidden()
        break_it(harbour)  # what was folded is forgotten with what was mended
        expect(page.get_by_role("alertdialog", name="1 error")).to_be_visible()
        page.get_by_role("button", name="Fold").click()
        page.get_by_role("button", name=re.compile("1 error")).press("Enter")
        expect(page.get_by_role("alertdialog", name="1 error")).to_be_visible()
        mend(harbour)
        expect(page.get_by_role("alertdialog")).to_be_hidden()


def test_warnings_are_a_bar_that_opens_when_asked(browser: Browser, harbour: Path) -> None:
    with page_of(browser, harbour) as watched:
        page = watched.page
        (harbour / "seeds" / "unused.txt").write_text("Nobody reads this.\n", "utf-8")
        bar = page.get_by_role("button", name="1 warning")
        expect(bar).to_be_visible()
        expect(page.get_by_role("dialog")).to_be_hidden()
        bar.click()
        expect(page.get_by_role("dialog", name="1 warning")).to_contain_text("seeds/unused.txt:1:1")
        page.keyboard.press("Escape")
        expect(bar).to_be_visible()


@pytest.mark.parametrize(
    "options",
    [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}, {"viewport": NARROW}],
    ids=["light", "dark", "forced colours", "320 px"],
)
def test_axe_finds_nothing_in_the_overlay_the_bar_and_the_page_of_problems(
    browser: Browser, harbour: Path, options: dict[str, Any]
) -> None:
    axe = tool("axe-core/axe.min.js").read_text("utf-8")
    break_it(harbour)
    with page_of(browser, harbour, bypass_csp=True, **options) as watched:  # axe puts a style into the shadow tree
        page = watched.page
        found = """async (where) => (await axe.run(where)).violations.map((v) => [v.id, v.nodes.map((n) => n.html)])"""
        expect(page.get_by_role("alertdialog")).to_be_visible()
        page.evaluate(axe)
        assert page.evaluate(found, "briefing-problems") == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("Escape")
        expect(page.locator(".bar")).to_be_visible()
        assert page.evaluate(found, "briefing-problems") == []
        watched.open("_briefing/problems")
        page.evaluate(axe)
        assert page.evaluate(found, "html") == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
