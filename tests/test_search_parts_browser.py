"""The search of a large briefing: titles in many parts, of which those that have the words come first."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from site_builder.model import Briefing
from site_builder.parting import part_count, part_of
from site_builder.search import searching
from tests.browsing import on_disk, opened
from tests.built_sites import REAL, built

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TITLES = 2  # in a part, so that the real briefing is a large one


@pytest.fixture(scope="module")
def large(folders: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, with its titles in more parts than are loaded at once."""
    folder = tmp_path_factory.mktemp("large") / "site"
    shutil.copytree(folders[REAL], folder)
    shutil.rmtree(folder / "search")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "TITLES", TITLES)
        for path, content in ((e.path, bytes(e.content())) for e in searching.exports(built(REAL).briefing)):
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(content)
    assert (folder / "search" / "words-0.js").exists()
    return folder


def parts(briefing: Briefing) -> int:
    return part_count(len(briefing.sources) + len(briefing.claims) + len(briefing.events), TITLES)


def hits(page: Page) -> list[str]:
    """The words of all hits, once everything is read."""
    expect(page.locator(".loading")).to_be_hidden()
    expect(page.locator(".told")).to_contain_text("hit")
    while page.locator(".more").is_visible():
        page.locator(".more").click()
    return sorted(page.locator(".hit .words").all_inner_texts())


@pytest.mark.parametrize(
    "query", ["law", "Defence ministry", '"digging deep"', "Tabolov said", "Tabalov zebra", "17000"]
)
def test_the_same_is_found_whatever_the_number_of_parts(
    browser: Browser, folders: dict[str, Path], large: Path, query: str
) -> None:
    found = []
    for folder in (folders[REAL], large):
        with opened(browser, on_disk(folder)) as watched:
            watched.open("search.html")
            watched.page.locator("#query").fill(query)
            found.append((watched.page.locator(".told").inner_text(), hits(watched.page))[1])
    assert found[0] == found[1] != []


def test_the_first_hits_need_only_the_parts_that_have_the_words(browser: Browser, large: Path) -> None:
    briefing = built(REAL).briefing
    claim = briefing.claims[-1]
    own = f"titles-{part_of(claim.id, parts(briefing))}.js"
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url.rpartition("/")[2])
        if asked[-1] == own:
            route.continue_()  # the others never come

    with opened(browser, on_disk(large)) as watched:
        page = watched.page
        page.route(re.compile("titles-"), answer)
        watched.open("search.html?kind=claim")
        page.locator("#query").fill(claim.record.claim)
        expect(page.locator(".of-claim .words").first).to_have_text(claim.record.claim)
        assert asked[0] == own
        expect(page.locator(".loading")).to_contain_text("More may be found.")
        expect(page.locator("progress")).to_be_visible()
        assert int(page.locator("progress").evaluate("bar => bar.max")) == parts(briefing) + 1
        page.locator("#query").fill("zebra crossing")
        expect(page.locator(".told")).to_have_text("Nothing found yet.")
        page.unroute_all(behavior="ignoreErrors")


def test_shelves_that_cannot_be_read_delay_what_is_found_and_lose_nothing(browser: Browser, large: Path) -> None:
    with opened(browser, on_disk(large)) as watched:
        page = watched.page
        page.route(re.compile("words-"), lambda route: route.abort())
        watched.open("search.html?q=mobilization")
        assert hits(page)
        assert watched.wrong, "the browser notes the failure"
        watched.wrong.clear()


def test_hits_that_are_shown_stay_while_parts_are_read(browser: Browser, large: Path) -> None:
    waiting: list[Route] = []
    with opened(browser, on_disk(large)) as watched:
        page = watched.page
        page.route(re.compile("text-"), lambda route: waiting.append(route))  # noqa: PLW0108 the library marks what it is given
        watched.open("search.html?q=law&kind=claim")
        expect(page.locator(".loading")).to_contain_text(re.compile(r"part (\d+) of \1\."))
        page.locator(".hit").first.evaluate("hit => { hit.dataset.same = 'yes'; }")
        page.locator(".hit .words a").first.focus()
        waiting.pop().continue_()
        expect(page.locator(".loading")).to_be_hidden()
        expect(page.locator(".hit .words a").first).to_be_focused()
        expect(page.locator("[role=status]")).to_have_text(page.locator(".told").inner_text())
