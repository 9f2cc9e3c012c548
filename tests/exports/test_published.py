"""What a published site tells crawlers: every page once, by its whole address, if the site knows its own."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from site_builder import urls
from site_builder.exports.published import sitemap
from tests.built_sites import built

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def _addresses(content: bytes) -> list[str]:
    root = ElementTree.fromstring(content)  # noqa: S314 we wrote it
    assert root.tag == f"{SPACE}urlset"
    return [url.findtext(f"{SPACE}loc") or "" for url in root]


def test_every_page_is_in_the_sitemap_but_the_one_for_what_is_not_there() -> None:
    site = built("tangle")
    base = "https://example.org/tangle/"
    wanted = {base + path for path in site.pages.keys() - {urls.NOT_FOUND, urls.HOME}} | {base}
    found = _addresses(site.files["sitemap.xml"])
    assert set(found) == wanted
    assert len(found) == len(wanted)


def test_robots_may_read_all_and_find_the_sitemap() -> None:
    assert built("tangle").files["robots.txt"].decode().splitlines() == [
        "User-agent: *", "Allow: /", "", "Sitemap: https://example.org/tangle/sitemap.xml",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["harbour", "smallest", "empty-seed"])
def test_a_site_that_does_not_know_its_address_has_neither(name: str) -> None:
    assert not {"sitemap.xml", "robots.txt"} & built(name).files.keys()


def test_an_address_is_written_as_xml_and_as_a_link() -> None:
    assert _addresses(sitemap("https://a.example/b&c/", ["d e.html"])) == ["https://a.example/b&c/d%20e.html"]
