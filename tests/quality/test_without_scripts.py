"""Without JavaScript every page reads whole, and offers nothing that would need it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browsing import Watched, opened

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


@pytest.fixture(scope="module")
def bare(browser: Browser, site: Published) -> Iterator[Watched]:
    """Yield a window without JavaScript, for one page after the other."""
    with opened(browser, site.base, java_script_enabled=False) as window:
        yield window


def texts(window: Watched, path: str) -> dict[str, Counter[str]]:
    """What is written on a page and what is seen of it."""
    window.open(path)
    return {name: Counter(found) for name, found in window.page.evaluate(TEXTS).items()}


def test_a_page_shows_all_that_it_shows_with_scripts(
    bare: Watched, watched: Watched, site: Published, kind: str
) -> None:
    path = site.of_kind(kind)
    without, with_scripts = texts(bare, path), texts(watched, path)
    # What a script writes by itself is no part of the page.
    lacking = (with_scripts["seen"] & without["written"]) - without["seen"]
    assert without["seen"]
    assert not lacking, f"{path} shows only with scripts: {list(lacking)[:10]}"


def changes_the_page(page: Page, control: Locator) -> bool:
    """Whether anything but the control itself looks otherwise once it is used."""
    before = page.screenshot(full_page=True, mask=[control])
    control.click()
    return page.screenshot(full_page=True, mask=[control]) != before


def test_a_page_offers_no_control_that_does_nothing(bare: Watched, site: Published, kind: str) -> None:
    bare.open(site.of_kind(kind))
    idle = []
    for control in [each for each in bare.page.locator(CONTROLS).all() if each.is_visible()]:
        what = str(control.evaluate("e => e.outerHTML.slice(0, 150)"))
        can = control.evaluate("e => e.matches('input[type=checkbox], input[type=radio]')")
        idle += [] if can and changes_the_page(bare.page, control) else [what]
    assert not idle, f"{site.of_kind(kind)} offers what does nothing: {idle}"
