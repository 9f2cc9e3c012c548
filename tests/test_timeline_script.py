"""The timeline's scripts in a real Chromium, from disk: filters, clocks, address, keyboard, phone, paper."""

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

ROPES = 'Ropes & "knots"'
ALL_ROPES = ["e-open-begin", "e-uncertain", "e-season", "e-open-end", "e-new-ropes-come"]


@pytest.fixture
def addresses(folders: dict[str, Path]) -> dict[str, str]:
    """Return the timeline's address of each site that was built, by name."""
    return {name: f"{on_disk(folder)}{urls.TIMELINE}" for name, folder in folders.items()}


@contextmanager
def _page(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """The timeline in a fresh browser; nothing may go wrong on it."""
    base, _, query = address.partition(urls.TIMELINE)
    with opened(browser, base, **options) as watched:
        watched.open(urls.TIMELINE + query)
        yield watched.page


def _shown(page: Page) -> list[str]:
    """The events that are seen in the list, in its order."""
    ids: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('.events > li')].filter(e => e.checkVisibility()).map(e => e.id)"
    )
    return ids


def _marks(page: Page) -> set[str]:
    """The events that are seen in the pictures."""
    return set(
        page.evaluate(
            "() => [...document.querySelectorAll('.marks a')].filter(e => e.checkVisibility())"
            ".map(e => e.getAttribute('href').slice(1))"
        )
    )


def _said(page: Page) -> str:
    return page.get_by_role("status").inner_text()


def _tick(page: Page, name: str, value: str) -> None:
    page.locator(f'[name="{name}"][value="{value}"]').check()


def _wait_for(page: Page, query: str) -> None:
    """Wait until this is what the address asks for."""
    page.wait_for_function("query => location.search === query", arg=query)


def _open_filters(page: Page) -> None:
    page.get_by_text("Filter and order").click()


def test_a_filter_hides_from_list_and_picture_alike_says_how_many_and_stays_in_the_address(
    browser: Browser, addresses: dict[str, str]
) -> None:
    with _page(browser, addresses["tangle"]) as page:
        everything = _shown(page)
        assert _said(page) == "9 events"
        _open_filters(page)
        _tick(page, "topic", "ropes")
        assert sorted(_shown(page)) == sorted(ALL_ROPES)
        assert _marks(page) == set(ALL_ROPES)
        assert _said(page) == f"5 of 9 events shown; topic: {ROPES}"
        _wait_for(page, "?topic=ropes")
        _tick(page, "precision", "uncertain")
        assert set(_shown(page)) == {"e-open-begin", "e-uncertain", "e-open-end"}
        _wait_for(page, "?topic=ropes&precision=uncertain")
        page.get_by_role("button", name="Show all again").click()
        assert _shown(page) == everything
        _wait_for(page, "")
        assert _said(page) == "9 events"


def test_values_of_one_kind_add_up_and_kinds_narrow(browser: Browser, addresses: dict[str, str]) -> None:
    with _page(browser, addresses["tangle"]) as page:
        _open_filters(page)
        _tick(page, "topic", "ropes")
        _tick(page, "topic", "-")
        assert set(_shown(page)) == {*ALL_ROPES, "e-no-topic", "e-same-day"}
        _tick(page, "source", "letters")
        assert _shown(page) == ["e-open-begin"]


def test_an_address_brings_back_what_it_was_taken_from(browser: Browser, addresses: dict[str, str]) -> None:
    with _page(browser, addresses["tangle"]) as page:
        _open_filters(page)
        for name, value in (("topic", "scripts"), ("topic", "ropes"), ("source", "knots"), ("axis", "reported")):
            _tick(page, name, value)
        page.locator("[name=asof]").fill("2021-05-20")
        query = "?topic=scripts&topic=ropes&source=knots&axis=reported&asof=2021-05-20"
        _wait_for(page, query)
        shown, said = _shown(page), _said(page)
    with _page(browser, addresses["tangle"] + query) as page:
        assert (_shown(page), _said(page)) == (shown, said)
        assert page.locator("[name=asof]").input_value() == "2021-05-20"
        assert page.locator("[name=topic][value=ropes]").is_checked()
        assert page.locator("[name=axis][value=reported]").is_checked()


def test_by_first_report_list_years_and_picture_follow_the_other_clock(
    browser: Browser, addresses: dict[str, str]
) -> None:
    events = built(REAL).briefing.events
    with _page(browser, addresses[REAL]) as page:
        happened, lists = _shown(page), page.locator("#events h2:visible")
        assert happened == [f"e-{e.id}" for e in events]
        years = lists.all_inner_texts()
        _open_filters(page)
        _tick(page, "axis", "reported")
        told = sorted((e for e in events if e.reported), key=lambda e: e.reported.key() if e.reported else ())
        assert _shown(page) == [f"e-{e.id}" for e in told]
        reported = list(dict.fromkeys(str(e.reported.first.year) for e in told if e.reported and e.reported.first))
        assert lists.all_inner_texts() == reported
        assert page.locator(".years a").all_inner_texts() == reported
        assert page.locator(".pictures[data-clock=happened]").is_hidden()
        assert page.locator(".pictures[data-clock=reported] .lanes").first.is_visible()
        page.get_by_role("button", name="Show all again").click()
        assert _shown(page) == happened
        assert lists.all_inner_texts() == years


@pytest.mark.parametrize(
    ("day", "late", "doubtful"),
    [
        # Open beginning: no issue date. Once: a source issued on or after 3 May. About: 1 June. The others: 10 May.
        ("2021-05-02", {"once", "about", "new-ropes-come", "open-end", "uncertain", "no-topic", "same-day", "season"},
         {"open-begin"}),
        ("2021-05-09", {"about", "new-ropes-come", "open-end", "uncertain", "no-topic", "same-day"},
         {"open-begin", "once", "season"}),
        ("2021-05-10", {"about"}, {"open-begin", "once", "season"}),
        ("2021-06-01", set(), {"open-begin", "once", "season"}),
    ],
)  # fmt: skip
def test_on_a_day_of_knowledge_only_what_surely_came_later_is_hidden(
    browser: Browser, addresses: dict[str, str], day: str, late: set[str], doubtful: set[str]
) -> None:
    every = {f"e-{e.id}" for e in built("tangle").briefing.events}
    with _page(browser, f"{addresses['tangle']}?asof={day}") as page:
        hidden = {f"e-{e}" for e in late}
        assert every - set(_shown(page)) == hidden
        assert _marks(page) == every - hidden
        marked = page.locator(".events > li:has(.doubt)").evaluate_all("all => all.map(e => e.id)")
        assert set(marked) == {f"e-{e}" for e in doubtful}
        assert f"{len(late)} not yet published hidden, {len(doubtful)} perhaps not yet published" in _said(page)


def test_a_year_of_which_all_events_are_hidden_is_hidden_and_no_link_leads_there(
    browser: Browser, addresses: dict[str, str]
) -> None:
    with _page(browser, f"{addresses[REAL]}?axis=reported&asof=2022-12-31") as page:
        assert page.locator("#events h2:visible").all_inner_texts() == ["2022"]
        assert page.locator(".years a").all_text_contents() == ["2022"]


def test_a_passage_that_was_not_yet_published_is_hidden_in_an_event_that_was_known(
    browser: Browser, addresses: dict[str, str]
) -> None:
    with _page(browser, f"{addresses[REAL]}?asof=2023-01-01#e-partial-mobilization") as page:
        event = page.locator("#e-partial-mobilization")
        event.get_by_text("The words").click()
        assert event.locator(".quote:visible").count() == 2
        assert event.locator(".quote").count() == 3
        assert event.locator(".by:visible").all_inner_texts() == ["Exodus from Putin's Russia"]


def test_a_link_to_a_hidden_event_shows_it_again(browser: Browser, addresses: dict[str, str]) -> None:
    with _page(browser, f"{addresses['tangle']}?topic=scripts#e-season") as page:
        assert page.locator("#e-season").is_visible()
        assert page.locator("#e-season").evaluate("e => e.getBoundingClientRect().top < innerHeight")
        assert _said(page) == "9 events"


def test_a_year_seen_from_near_stays_in_the_address(browser: Browser, addresses: dict[str, str]) -> None:
    with _page(browser, addresses[REAL]) as page:
        for year in ("2022", "2023"):
            page.locator(f".pictures[data-clock=happened] .zoom[data-zoom='{year}'] > summary").click()
            _wait_for(page, f"?zoom={year}")
        assert page.locator(".pictures[data-clock=happened] .zoom[open]").count() == 1
    with _page(browser, f"{addresses[REAL]}?zoom=2023") as page:
        assert page.locator(".zoom[data-zoom='2023'] .lanes").first.is_visible()


def test_all_of_it_can_be_done_with_the_keyboard(browser: Browser, addresses: dict[str, str]) -> None:
    with _page(browser, addresses["tangle"]) as page:
        page.locator("#filters summary").focus()
        for key in ("Enter", "Tab", "Tab", "Space"):
            page.keyboard.press(key)
        _wait_for(page, "?topic=ropes")
        page.locator("[name=axis][value=happened]").focus()
        page.keyboard.press("ArrowDown")
        _wait_for(page, "?topic=ropes&axis=reported")
        page.get_by_role("button", name="Show all again").press("Enter")
        assert page.evaluate("() => document.activeElement.tagName") == "SUMMARY"
        page.locator(".marks a:visible").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**#e-*")
        assert page.locator(":target").is_visible()


@pytest.mark.parametrize(("name", "year"), [(REAL, "2022"), ("tangle", "2021")])
def test_nothing_is_wider_than_a_phone_with_every_control_and_picture_open(
    browser: Browser, addresses: dict[str, str], name: str, year: str
) -> None:
    with _page(browser, f"{addresses[name]}?axis=happened&zoom={year}", viewport=NARROW) as page:
        assert page.locator(".zoom[open] .lanes").first.is_visible()
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        sizes = page.locator(".axis text").evaluate_all("all => all.map(e => parseFloat(getComputedStyle(e).fontSize))")
        assert min(sizes) >= 12


def test_without_scripts_the_list_is_whole_and_no_control_is_seen(browser: Browser, addresses: dict[str, str]) -> None:
    with _page(browser, addresses["tangle"] + "?topic=ropes&asof=2021-01-01", java_script_enabled=False) as page:
        assert page.locator(".events > li:visible").count() == 9
        page.locator("#filters summary").click()
        assert page.locator("input, button, select").count() == 0
        page.locator("details.pictures > summary").click()
        assert page.locator("details.pictures .lanes").first.is_visible()


def test_on_paper_stands_what_is_filtered_and_that_it_is(browser: Browser, addresses: dict[str, str]) -> None:
    with _page(browser, addresses["tangle"] + "?topic=ropes") as page:
        page.emulate_media(media="print")
        assert sorted(_shown(page)) == sorted(ALL_ROPES)
        assert page.get_by_text(f"5 of 9 events shown; topic: {ROPES}").is_visible()
        assert page.locator("#filters").is_hidden()
        assert page.locator("#reset").is_hidden()


def test_a_briefing_without_events_asks_for_no_script(browser: Browser, addresses: dict[str, str]) -> None:
    with _page(browser, addresses["smallest"]) as page:
        assert page.locator("script[src*=timeline]").count() == 0
        assert page.get_by_text("No event is written yet").is_visible()
