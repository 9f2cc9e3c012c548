"""axe finds no fault on the preview's panel for a new passage, with problems in it and without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import opened
from tests.built_sites import copied
from tests.serving.running import serving

from .published import tool
from .test_axe import CONFIGURE, HERE, MODES, look


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a preview of the harbour briefing."""
    folder = tmp_path_factory.mktemp("panel") / "harbour"
    with serving(copied("harbour", folder)) as found:
        yield found


def test_axe_has_nothing_to_say_on_the_panel_in_any_mode(browser: Browser, address: str) -> None:
    axe, run = tool("axe-core/axe.min.js").read_text("utf-8"), (HERE / "axe.js").read_text("utf-8")

    def wrong(page: Page) -> list[str]:
        found = []
        for mode in MODES:
            look(page, mode)
            found += [
                f"{mode}: {w['rule']} on {w['element']}: {w['says']}" for w in page.evaluate(run, [])["violations"]
            ]
        return found

    with opened(browser, address, bypass_csp=True) as watched:  # axe styles what it measures
        watched.open("sources/harbour-notice.html")
        page = watched.page
        page.get_by_role("link", name="Paragraph 1").focus()
        page.keyboard.press("a")
        panel = page.get_by_role("dialog", name="New passage")
        expect(panel.get_by_role("region")).to_contain_text("- id: ")
        page.evaluate(axe)
        page.evaluate(CONFIGURE)
        assert wrong(page) == []
        panel.get_by_role("textbox", name="Id").fill("No id")
        expect(panel.get_by_role("listitem")).to_contain_text(["bad-id"])
        assert wrong(page) == []
