"""The map in a real Chromium, from disk: its links, its keys, narrow screens, forced colours, paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from site_builder import urls
from tests.browsing import on_disk, opened
from tests.built_sites import REAL, built

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@contextmanager
def shown(browser: Browser, folders: dict[str, Path], path: str, **options: Any) -> Iterator[Page]:
    """A page of the real briefing in a fresh browser; nothing may go wrong on it."""
    with opened(browser, on_disk(folders[REAL]), **options) as watched:
        watched.open(path)
        yield watched.page


def test_a_click_on_a_mark_or_on_its_name_leads_to_the_place(browser: Browser, folders: dict[str, Path]) -> None:
    for place, precision in (("Moscow", "settlement"), ("Ukraine", "country")):
        words = re.compile(rf"^{place}: {precision}, \d+ passages$")
        for part in (".spot", ".name:not(.on-phone)"):
            with shown(browser, folders, urls.MAP, java_script_enabled=False) as page:
                page.get_by_role("link", name=words).locator(part).click()
                page.wait_for_url("**/entities/*.html")
                assert page.locator("h1").inner_text() == place


def test_a_click_into_the_frame_leads_to_the_larger_map(browser: Browser, folders: dict[str, Path]) -> None:
    with shown(browser, folders, urls.MAP, java_script_enabled=False) as page:
        page.locator("a.inset polygon").click()
        page.wait_for_url("**/map.html#map-2")


def test_every_place_is_reached_by_the_keyboard(browser: Browser, folders: dict[str, Path]) -> None:
    wanted = [e for e in built(REAL).briefing.entities if e.lat is not None]
    with shown(browser, folders, urls.MAP, java_script_enabled=False) as page:
        reached = set()
        for _ in range(60):
            page.keyboard.press("Tab")
            name = (
                page.locator("svg.map a:focus").get_attribute("aria-label")
                if page.locator("svg.map a:focus").count()
                else ""
            )
            reached.add((name or "").partition(":")[0])
        assert {e.name for e in wanted} <= reached


@pytest.mark.parametrize("path", [urls.MAP, urls.entity("kyiv"), urls.entity("georgia"), urls.entity("russia")])
@pytest.mark.parametrize("width", [320, 820, 1440])
def test_no_page_with_a_map_scrolls_sideways(browser: Browser, folders: dict[str, Path], path: str, width: int) -> None:
    with shown(browser, folders, path, viewport={"width": width, "height": 700}) as page:
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


DRAWN = """() => {
    const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const light = colour => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = "#000"; canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)
            .reduce((sum, part, i) => { const c = part / 255;
                return sum + [0.2126, 0.7152, 0.0722][i] * (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
            }, 0);
    };
    const of = (selector, property) => light(getComputedStyle(document.querySelector(selector))[property]);
    const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const land = of(".land", "fill"), sea = of(".sea", "fill");
    return {
        coast: Math.min(contrast(of(".land", "stroke"), land), contrast(of(".land", "stroke"), sea)),
        river: contrast(of(".river", "stroke"), land),
        settlement: contrast(of(".spot.settlement", "fill"), land),
        region: contrast(of(".spot.region", "stroke"), land),
        name: contrast(of(".name.settlement", "fill"), land),
        frame: contrast(of(".inset polygon", "stroke"), land),
        bar: contrast(of(".bar path", "stroke"), land),
    };
}"""


@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_lines_marks_and_names_are_seen_in_every_scheme(
    browser: Browser, folders: dict[str, Path], scheme: Any, forced: Any
) -> None:
    with shown(browser, folders, urls.MAP, color_scheme=scheme, forced_colors=forced) as page:
        seen = page.evaluate(DRAWN)
    assert {part: ratio for part, ratio in seen.items() if ratio < (4.5 if part == "name" else 2.7)} == {}


OVERLAPS = """() => [...document.querySelectorAll("svg.map")].flatMap(svg => {
    const texts = [...svg.querySelectorAll("a text")].filter(text => text.checkVisibility());
    const boxes = texts.map(text => [text.textContent, text.getBoundingClientRect()]);
    const out = svg.getBoundingClientRect();
    const across = (a, b) => a.left + 2 < b.right && b.left + 2 < a.right;
    const meets = (a, b) => across(a, b) && a.top + 4 < b.bottom && b.top + 4 < a.bottom;
    return boxes.flatMap(([name, box], i) => [
        ...boxes.slice(i + 1).filter(([, other]) => meets(box, other)).map(([other]) => `${name} / ${other}`),
        ...(box.left < out.left || box.right > out.right ? [`${name} leaves the map`] : []),
    ]);
})"""


@pytest.mark.parametrize("width", [360, 1280])
def test_names_stand_where_they_were_put_and_hide_no_other_name(
    browser: Browser, folders: dict[str, Path], width: int
) -> None:
    with shown(browser, folders, urls.MAP, viewport={"width": width, "height": 900}) as page:
        overlaps = page.evaluate(OVERLAPS)
    assert overlaps == []


def test_on_a_phone_the_maps_fit_the_screen_and_their_names_can_be_read(
    browser: Browser, folders: dict[str, Path]
) -> None:
    with shown(browser, folders, urls.MAP, viewport={"width": 360, "height": 740}) as page:
        assert page.locator(".sideways").count() == 0
        assert page.evaluate("[...document.querySelectorAll('.scroll')].every(e => e.scrollWidth <= e.clientWidth)")
        names = page.locator("svg.map .name:visible, svg.map .inset text:visible, svg.map .bar text:visible")
        heights = names.evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
        numbers = page.locator("svg.map .numeral:visible").all_text_contents()
        assert numbers == page.locator(".places .numeral:visible").all_inner_texts()
    places = [e for e in built(REAL).briefing.entities if e.lat is not None]
    assert len(heights) > len(places)
    assert min(heights) >= 10


def test_the_map_prints_whole(browser: Browser, folders: dict[str, Path]) -> None:
    with shown(browser, folders, urls.MAP, viewport={"width": 700, "height": 900}) as page:
        page.emulate_media(media="print")
        assert page.evaluate("[...document.querySelectorAll('.scroll')].every(e => e.scrollWidth <= e.clientWidth)")
        assert page.pdf(format="A4").startswith(b"%PDF")
