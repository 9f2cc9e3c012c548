"""Lists on several pages in a real Chromium, from disk: old addresses lead on, and what is asked goes along."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest
from playwright.sync_api import Browser, expect

from site_builder import urls
from site_builder.build import build
from site_builder.listing.layout import COLUMNS, Layout, lay_out
from site_builder.listing.listings import listings
from tests.browsing import on_disk, opened

from .long_site import LIMITS, long_briefing, written

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address on disk of a site whose lists are cut."""
    folder = tmp_path_factory.mktemp("long")
    with patch("site_builder.listing.layout.lay_out", partial(lay_out, limits=LIMITS)):
        build(written(folder / "briefing"), folder / "output")
    return on_disk(folder / "output")


@pytest.fixture(scope="module")
def layout() -> Layout:
    """Return where everything stands on it."""
    return lay_out(long_briefing(), listings(long_briefing()), LIMITS)


def test_an_old_address_of_an_event_a_figure_or_a_measure_leads_on(browser: Browser, base: str, layout: Layout) -> None:
    targets = urls.event("event-200"), urls.figure("log-004#p1"), urls.measure("boats-2")
    with opened(browser, base) as watched:
        for target in targets:
            watched.open(target)
            watched.page.wait_for_url(base + layout.stands(target))
            expect(watched.page.locator(f"[id='{urls.anchor(target)}']")).to_be_in_viewport()


def test_an_address_of_a_stretch_that_was_cut_leads_on_too(browser: Browser, base: str, layout: Layout) -> None:
    page = layout.events["event-200"]
    wider = layout.sheets[page].above[-1][0]
    with opened(browser, base) as watched:
        watched.open(f"{wider}#e-event-200")
        watched.page.wait_for_url(f"{base}{page}#e-event-200")


def test_an_address_of_nothing_says_so_and_shows_the_stretches(browser: Browser, base: str) -> None:
    with opened(browser, base) as watched:
        watched.open(f"{urls.TIMELINE}#e-never")
        expect(watched.page.get_by_role("status")).to_contain_text("not in this list")
        expect(watched.page.get_by_role("link", name="2003", exact=True)).to_be_visible()


def test_what_is_asked_of_a_stretch_is_asked_of_the_next(browser: Browser, base: str, layout: Layout) -> None:
    first = next(p for p in layout.lists[urls.TIMELINE] if len(layout.sheets[p].ids) > 2 and layout.sheets[p].after)
    after = layout.sheets[first].after
    assert after
    with opened(browser, base) as watched:
        watched.open(first)
        watched.page.get_by_text("Filter and order").click()
        box = watched.page.locator('[name="topic"]').first
        box.check()
        asked = f"?topic={box.get_attribute('value')}"
        watched.page.wait_for_function("asked => location.search === asked", arg=asked)
        watched.page.get_by_role("navigation", name="Next and previous stretch", exact=True).get_by_text("→").click()
        watched.page.wait_for_url(f"{base}{after[0]}{asked}")


def test_without_scripts_the_overview_leads_to_every_stretch(browser: Browser, base: str, layout: Layout) -> None:
    with opened(browser, base, java_script_enabled=False) as watched:
        watched.open(f"{urls.TIMELINE}#e-event-200")
        watched.page.get_by_role("link", name="2003", exact=True).first.click()
        watched.page.wait_for_url(f"{base}timeline/2003.html")
        assert layout.sheets["timeline/2003.html"].parts


def test_a_table_of_many_sources_scrolls_in_itself_and_the_page_does_not(browser: Browser, tmp_path: Path) -> None:
    build(written(tmp_path / "briefing", sources=COLUMNS), tmp_path / "output")
    with opened(browser, on_disk(tmp_path / "output"), viewport={"width": 1280, "height": 800}) as watched:
        watched.open(urls.CLAIMS)
        table = watched.page.get_by_role("region", name="Claims by source")
        assert table.evaluate("e => e.scrollWidth > e.clientWidth && e.getBoundingClientRect().right <= innerWidth")
        assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
