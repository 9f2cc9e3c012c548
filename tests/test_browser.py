"""The site in a real Chromium: from disk and from a server's sub-path, wide and narrow, with scripts on and off."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from playwright.sync_api import Browser

from site_builder import urls
from site_builder.texts.text import carried
from tests.browsing import NARROW, SUB_PATH, WIDE, Watched, is_in_view, on_disk, opened, served
from tests.built_sites import REAL, BuiltSite, built

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


_OPENED = 6
_ID = re.compile(r'\sid="([^"]*)"')


def _paths(folder: Path) -> list[str]:
    """Its pages, without the one that a server shows where it links from the server's root."""
    pages = (
        path for path in folder.rglob("*.html") if path.name != urls.NOT_FOUND or b'href="/' not in path.read_bytes()
    )
    return sorted(path.relative_to(folder).as_posix() for path in pages)


SEEN = """() => {
    const all = selector => [...document.querySelectorAll(selector)];
    const root = document.documentElement;
    const wide = e => e.getBoundingClientRect().right > root.clientWidth + 1;
    return {
        text: all("[data-source-text]").map(e => e.textContent).join(""),
        tooWide: root.scrollWidth > root.clientWidth && all("body *").filter(wide).map(e => e.outerHTML.slice(0, 100)),
        links: all("a[href]").map(a => new URL(a.getAttribute("href"), document.baseURI).href),
        ids: all("[id]").map(e => e.id),
    };
}"""


def _fullest(folder: Path, paths: list[str]) -> list[str]:
    """The pages, of many in one folder the six largest; every single one is opened by tests/quality."""
    found: list[str] = []
    for _, group in groupby(paths, key=lambda path: path.rpartition("/")[0]):
        own = sorted(group, key=lambda path: -(folder / path).stat().st_size)
        found += own if "/" not in own[0] else own[:_OPENED]
    return found


def _open_pages(watched: Watched, site: BuiltSite, folder: Path) -> None:
    """Open the pages of a site: the text is the seed, nothing scrolls sideways, and links lead somewhere."""
    links = dict[str, list[str]]()
    ids = {path: set(_ID.findall((folder / path).read_text("utf-8"))) for path in _paths(folder)}
    texts = {urls.source(s.id): carried(s.text) for s in site.briefing.sources}
    for path in _fullest(folder, list(ids)):
        watched.open(path)
        seen = watched.page.evaluate(SEEN)
        assert seen["text"] == texts.get(path, ""), path
        watched.note(seen["tooWide"] is not False, f"it scrolls sideways: {seen['tooWide']}")
        links[path] = seen["links"]
        ids[path] |= set(seen["ids"])  # scripts add some
    assert texts.keys() <= links.keys()
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert len(links) >= 10
    for path, own in links.items():
        for link in own:
            where, fragment = urldefrag(link)
            if not where.startswith(watched.base):
                watched.note(
                    urlsplit(where).scheme not in ("http", "https", "mailto"), f"{path}: {link} leads out of the site"
                )
                continue
            target = unquote(where.removeprefix(watched.base).partition("?")[0]) or "index.html"
            watched.note(target not in files, f"{path}: dead link {link}")
            watched.note(bool(fragment) and unquote(fragment) not in ids.get(target, ()), f"{path}: no id for {link}")


@pytest.mark.parametrize("name", [REAL, "tangle", "smallest", "empty-seed"])
def test_pages_open_from_disk(browser: Browser, folders: dict[str, Path], name: str) -> None:
    with opened(browser, on_disk(folders[name])) as watched:
        _open_pages(watched, built(name), folders[name])


@pytest.mark.parametrize("name", [REAL, "tangle"])
def test_pages_open_from_disk_with_scripts_off_on_a_narrow_screen(
    browser: Browser, folders: dict[str, Path], name: str
) -> None:
    with opened(browser, on_disk(folders[name]), java_script_enabled=False, viewport=NARROW) as watched:
        _open_pages(watched, built(name), folders[name])


def test_pages_open_below_any_path_of_a_server_on_a_narrow_screen(browser: Browser, folders: dict[str, Path]) -> None:
    folder = folders["tangle"]  # the real briefing is opened below a path by tests/quality
    with served(folder, SUB_PATH) as base, opened(browser, base, viewport=NARROW) as watched:
        _open_pages(watched, built("tangle"), folder)


def test_a_server_shows_our_own_page_for_an_address_that_is_not_there(
    browser: Browser, folders: dict[str, Path]
) -> None:
    with served(folders["tangle"], "/tangle/") as base:
        context = browser.new_context()
        page = context.new_page()
        loaded: list[str] = []
        page.on("response", lambda r: loaded.append(f"{r.status} {urlsplit(r.url).path}"))
        page.goto(f"{base}very/deep/none.html")
        links: list[str] = page.evaluate(SEEN)["links"]
        context.close()
    assert loaded[0] == "404 /tangle/very/deep/none.html"
    assert all(line.startswith("200 /tangle/") for line in loaded[1:])
    assert len(loaded) > 1, "the style sheet was not asked for"
    known = {*_paths(folders["tangle"]), "very/deep/none.html"}
    assert {urldefrag(link)[0].removeprefix(base) for link in links} <= known


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_click_on_a_citation_lands_on_the_passage_with_its_words_in_view(
    browser: Browser, folders: dict[str, Path], viewport: dict[str, int]
) -> None:
    site = built(REAL)
    with opened(browser, on_disk(folders[REAL]), viewport=viewport) as watched:
        for topic in site.briefing.topics:
            cited = [c.target for s in topic.brief.sentences for c in s.citations if c.kind == "passage"]
            for target in dict.fromkeys((cited[0], cited[-1])):
                page, where = watched.page, urls.passage(target)
                watched.open(urls.topic(topic.id))
                page.locator(f'a.cite[href="../{where}"]').first.click()
                page.wait_for_url(f"**/{where}")
                assert is_in_view(page, urls.anchor(where)), f"{urls.topic(topic.id)}: {target}"


def test_of_two_passages_that_begin_together_the_words_are_outlined_and_not_the_empty_anchor(
    browser: Browser, folders: dict[str, Path]
) -> None:
    outline = "element => getComputedStyle(element).outlineStyle"
    with opened(browser, on_disk(folders["tangle"])) as watched:
        watched.open(urls.source("knots"))
        anchor = watched.page.locator("span[id^='p-']:empty").first
        watched.page.goto(f"{watched.page.url}#{anchor.get_attribute('id')}")
        assert anchor.evaluate(outline) == "none"
        assert watched.page.locator("span:target ~ mark").first.evaluate(outline) == "solid"


def test_a_reader_comes_from_a_passage_to_its_note_and_back_and_to_the_sentence_that_cites_it(
    browser: Browser, folders: dict[str, Path]
) -> None:
    with opened(browser, on_disk(folders["harbour"])) as watched:
        page = watched.page
        watched.open("sources/harbour-notice.html")
        page.locator('a[href="#n-complaints-rise"]').first.click()
        page.wait_for_url("**#n-complaints-rise")
        page.evaluate('document.querySelectorAll("details").forEach(d => { d.open = true; })')
        page.locator("#n-complaints-rise").locator('a[href="#p-complaints-rise"]').first.click()
        page.wait_for_url("**#p-complaints-rise")
        page.locator("#n-complaints-rise").locator('a[href^="../topics/noise.html#cite-"]').first.click()
        page.wait_for_url("**/topics/noise.html#cite-*")
        assert is_in_view(page, urlsplit(page.url).fragment)


def test_scripts_that_authors_and_sources_write_are_shown_and_never_run(
    browser: Browser, folders: dict[str, Path]
) -> None:
    ran: list[str] = []
    # The policy in the page's head would stop a script too: without it, only escaping does.
    with opened(browser, on_disk(folders["tangle"]), bypass_csp=True) as watched:
        watched.page.expose_binding("xss", lambda _, what: ran.append(what))
        for path in _paths(folders["tangle"]):
            watched.open(path)
            assert '<script>xss("site")</script>' in watched.page.evaluate("() => document.body.textContent"), path
            for link in watched.page.locator('a[href*="xss" i]').all():
                watched.note(not str(link.get_attribute("href")).startswith("http"), "a link holds a script")
        watched.open("sources/fence.html")
        assert watched.page.locator("[data-source-text]", has_text='<script>xss("seed")</script>').first.is_visible()
        assert watched.page.evaluate("() => typeof window.xss") == "function"
    assert ran == []


def _kinds(folder: Path) -> list[str]:
    """One page of each kind: each of the root, and the first of each folder."""
    paths = _paths(folder)
    first = {path.partition("/")[0]: path for path in reversed(paths) if "/" in path}
    return [path for path in paths if "/" not in path] + sorted(first.values())


@pytest.mark.parametrize(
    ("html", "is_left"),
    [
        ("<p><a>\u0641\u0627\u0637\u0645\u0629</a><i>, 45</i></p>", True),  # a name beside our words
        ("<p><b>\u0641\u0627\u0637\u0645\u0629</b><i> \u00b7 45</i></p>", True),
        ("<p><span>\u0641\u0627\u0637\u0645\u0629</span><i>.</i></p>", False),  # a sentence of the author's
        ("<blockquote><span>Fatima</span><i>.</i></blockquote>", True),
    ],
)
def test_words_that_run_from_right_to_left_leave_those_beside_them_where_they_are(
    browser: Browser, folders: dict[str, Path], html: str, is_left: bool
) -> None:
    with opened(browser, on_disk(folders[REAL])) as watched:
        watched.open("about.html")
        first, second = watched.page.evaluate(
            """html => {
                const main = document.querySelector("main");
                main.innerHTML = html;
                return [...main.firstChild.children].map(e => e.getBoundingClientRect().left);
            }""",
            html,
        )
        assert (first < second) == is_left


def test_each_kind_of_page_opens_in_the_dark(browser: Browser, folders: dict[str, Path]) -> None:
    with opened(browser, on_disk(folders[REAL]), color_scheme="dark") as watched:
        for path in _kinds(folders[REAL]):
            watched.open(path)
            colours = watched.page.evaluate(
                """() => {
                    const style = getComputedStyle(document.body);
                    const context = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
                    const light = colour => {
                        context.fillStyle = colour;
                        context.fillRect(0, 0, 1, 1);
                        return context.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, part) => sum + part);
                    };
                    return [light(style.color), light(style.backgroundColor)];
                }"""
            )
            watched.note(colours[0] <= colours[1], f"in the dark the ink is no lighter than the paper: {colours}")


def test_each_kind_of_page_prints(browser: Browser, folders: dict[str, Path]) -> None:
    with opened(browser, on_disk(folders[REAL])) as watched:
        for path in _kinds(folders[REAL]):
            watched.open(path)
            watched.note(not watched.page.pdf(format="A4").startswith(b"%PDF"), f"{path} does not print")
