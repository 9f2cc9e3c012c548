"""Without JavaScript every page reads whole, and offers nothing that would need it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browsing import opened

from .published import KINDS, Published

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("kind", KINDS)]

# The pieces of text in `main`: those that are in the page, and those that a reader sees with all that is folded open.
# What belongs to a control that waits, hidden, for its script is the script's.
TEXTS = """() => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const written = [], seen = [];
    while (walker.nextNode()) {
        const text = walker.currentNode.data.replace(/\\s+/g, " ").trim(), element = walker.currentNode.parentElement;
        const waits = element.closest("[hidden]")?.querySelector("button, input, select, textarea, summary");
        if (!text || waits || element.closest("script, style, template")) continue;
        written.push(text);
        if (element.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})) seen.push(text);
    }
    return {written, seen};
}"""
CONTROLS = """button:not([popovertarget], [commandfor]), [role=button], [role=switch], [role=tab], a:not([href]),
    input, select, textarea"""


def texts(browser: Browser, site: Published, kind: str, **options: Any) -> dict[str, Counter[str]]:
    """What is written on a page and what is seen of it."""
    with opened(browser, site.base, **options) as watched:
        watched.open(site.of_kind(kind))
        return {name: Counter(found) for name, found in watched.page.evaluate(TEXTS).items()}


def test_a_page_shows_all_that_it_shows_with_scripts(browser: Browser, site: Published, kind: str) -> None:
    without, with_scripts = texts(browser, site, kind, java_script_enabled=False), texts(browser, site, kind)
    # What a script writes by itself is no part of the page.
    lacking = (with_scripts["seen"] & without["written"]) - without["seen"]
    assert without["seen"]
    assert not lacking, f"{site.of_kind(kind)} shows only with scripts: {list(lacking)[:10]}"


def changes_the_page(page: Page, control: Locator) -> bool:
    """Whether anything but the control itself looks otherwise once it is used."""
    before = page.screenshot(full_page=True, mask=[control])
    control.click()
    return page.screenshot(full_page=True, mask=[control]) != before


def test_a_page_offers_no_control_that_does_nothing(browser: Browser, site: Published, kind: str) -> None:
    with opened(browser, site.base, java_script_enabled=False) as watched:
        watched.open(site.of_kind(kind))
        for control in [each for each in watched.page.locator(CONTROLS).all() if each.is_visible()]:
            what = str(control.evaluate("e => e.outerHTML.slice(0, 150)"))
            can = control.evaluate("e => e.matches('input[type=checkbox], input[type=radio]')")
            watched.note(not (can and changes_the_page(watched.page, control)), f"does nothing: {what}")
