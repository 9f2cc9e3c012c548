"""No kind of page scrolls sideways: not zoomed to 400 %, not in larger or looser type.

That no page does in a window 320 px wide is held in `tests/test_browser.py`.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browsing import NARROW, WIDE, opened

from .published import SETTLE, Published

pytestmark = pytest.mark.browser

ZOOMED_4: dict[str, Any] = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}  # 1280 x 1024 at 400 %
TOO_WIDE = """() => {
    const root = document.documentElement;
    const wide = e => e.getBoundingClientRect().right > root.clientWidth + 1;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.querySelectorAll("body *")].filter(wide).map(e => e.outerHTML.slice(0, 100)).slice(0, 5);
}"""
# What readers may set for themselves without losing anything: WCAG 2.2, 1.4.12.
LOOSE = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
        + " word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }");
    document.adoptedStyleSheets = [sheet];
}"""


def sideways(
    browser: Browser, site: Published, *narrower: int, type_size: float = 1, loose: bool = False, **screen: Any
) -> list[str]:
    """The pages that scroll sideways on a screen, or in a window of another width, each with what is too wide."""
    wrong = []
    with opened(browser, site.base, **screen) as watched:
        if type_size != 1:
            sizes = {"standard": round(16 * type_size), "fixed": round(13 * type_size)}
            watched.page.context.new_cdp_session(watched.page).send("Page.setFontSizes", {"fontSizes": sizes})
        for path in site.fullest.values():
            watched.open(path)
            watched.page.evaluate(SETTLE)
            if loose:
                watched.page.evaluate(LOOSE)
            found = watched.page.evaluate(TOO_WIDE)
            for width in narrower:
                watched.page.set_viewport_size({"width": width, "height": WIDE["height"]})
                found += watched.page.evaluate(TOO_WIDE)
            if narrower:
                watched.page.set_viewport_size({"width": WIDE["width"], "height": WIDE["height"]})
            wrong += [f"{path}: {found}"] if found else []
    return wrong


def assert_none(wrong: list[str]) -> None:
    assert not wrong, "\n".join(wrong)


def test_no_kind_of_page_scrolls_sideways_at_400_percent(browser: Browser, site: Published) -> None:
    assert_none(sideways(browser, site, **ZOOMED_4))


def test_no_kind_of_page_scrolls_sideways_with_type_at_200_percent(browser: Browser, site: Published) -> None:
    assert_none(sideways(browser, site, type_size=2))


def test_no_kind_of_page_scrolls_sideways_in_looser_type(browser: Browser, site: Published) -> None:
    assert_none(sideways(browser, site, NARROW["width"], loose=True))
