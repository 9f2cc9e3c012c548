"""What a reader has to load: limits that a page may not exceed, with the measured sizes when it does."""

from __future__ import annotations

import gzip
import posixpath
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from site_builder.theme.rendering import published_script
from tests.browsing import opened
from tests.html_reading import read_html

from .published import ROOT, Published

HTML_AND_CSS = 60 * 1024  # of a source page, gzipped
OWN_SCRIPTS = 25 * 1024  # all of them, gzipped
FONTS = 120 * 1024  # on a page in Latin letters, as they are: they are compressed

LOADED = """async () => {
    await document.fonts.ready;
    return performance.getEntriesByType("resource").map(entry => entry.name);
}"""
BEYOND_LATIN = re.compile(r"[\u0370-\u1dff\u2e80-\ud7ff]")


def gzipped(path: Path) -> int:
    """A file's bytes as a server sends them."""
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


@pytest.mark.browser  # it needs the site that is built for browsers
def test_the_html_and_css_of_a_source_page_weigh_little(site: Published) -> None:
    weights = {}
    for path in (path for path, kind in site.kinds.items() if kind == "source"):
        links = read_html((site.folder / path).read_bytes()).all("link")
        sheets = [e.attributes["href"] for e in links if e.attributes.get("rel") == "stylesheet"]
        assert sheets
        files = [path, *(posixpath.normpath(posixpath.join(posixpath.dirname(path), sheet)) for sheet in sheets)]
        weights[path] = {name: gzipped(site.folder / name) for name in files}
    too_heavy = {path: parts for path, parts in weights.items() if sum(parts.values()) > HTML_AND_CSS}
    assert weights
    assert not too_heavy, f"more than {HTML_AND_CSS} bytes, gzipped: {too_heavy}"


def test_our_own_scripts_weigh_little_together() -> None:
    scripts = sorted((ROOT / "templates" / "assets" / "js").glob("*.js"))
    weights = {path.name: len(gzip.compress(published_script(path.read_bytes()), 9, mtime=0)) for path in scripts}
    assert sum(weights.values()) <= OWN_SCRIPTS, f"{sum(weights.values())} of {OWN_SCRIPTS} bytes, gzipped: {weights}"


@pytest.mark.browser
def test_a_page_in_latin_letters_loads_few_fonts(browser: Browser, site: Published) -> None:
    latin = [path for path in site.fullest.values() if not BEYOND_LATIN.search((site.folder / path).read_text("utf-8"))]
    assert latin
    loaded: dict[str, list[str]] = {}
    with opened(browser, site.base) as watched:
        for path in latin:
            watched.open(path)
            loaded[path] = watched.page.evaluate(LOADED)
    for path, urls in loaded.items():
        fonts = {url.rpartition("/")[2]: site.size(url.removeprefix(site.base)) for url in urls if ".woff" in url}
        assert sum(fonts.values()) <= FONTS, f"{path} loads {sum(fonts.values())} of {FONTS} bytes of fonts: {fonts}"
