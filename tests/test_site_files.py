"""The public site below a path, as GitHub Pages serves it: every link and fragment, and what crawlers are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from site_builder.build import Publication, build
from site_builder.records import SiteUrl
from site_builder.serving.pages import anywhere
from site_builder.theme.rendering import attributes

from .browsing import served
from .built_sites import SITES

HOME = "https://ada.github.io/repo/"
DEEP = "no/such/page/is/here.html"


class Visitor:
    """Asks a server for what a reader or a crawler would, at the addresses that the site is published under."""

    def __init__(self, base: str) -> None:
        self.connection = HTTPConnection(urlsplit(base).netloc)
        self.seen: dict[str, tuple[int, str, str]] = {}
        self.read: dict[str, tuple[list[str], set[str]]] = {}

    def get(self, address: str) -> tuple[int, str, str]:
        """Status, address after redirects on the way, and text of an address below HOME's host."""
        if address not in self.seen:
            parts = urlsplit(address)
            self.connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
            answer = self.connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            if answer.status == 301:
                self.seen[address] = self.get(urljoin(address, answer.headers["Location"]))
            else:
                self.seen[address] = answer.status, address, text
        return self.seen[address]

    def links_and_ids(self, address: str) -> tuple[list[str], set[str]]:
        """What the page at an address leads to and loads, and its ids; none of what is no page."""
        if address not in self.read:
            _, where, text = self.get(address)
            self.read[address] = links_and_ids(text) if is_page(where) else ([], set())
        return self.read[address]


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """Yield a visitor to the real briefing, built for everybody and served below /repo/."""
    folder = tmp_path_factory.mktemp("public")
    build(SITES.parent.parent, folder, publication=Publication("public", SiteUrl(HOME)))
    with served(folder, "/repo/") as base:
        visitor = Visitor(base)
        yield visitor
        visitor.connection.close()


def links_and_ids(text: str) -> tuple[list[str], set[str]]:
    ids, links = attributes(text)
    return links, set(ids)


def is_page(address: str) -> bool:
    return urlsplit(address).path.endswith((".html", "/"))


@pytest.fixture(scope="module")
def crawled(visitor: Visitor) -> tuple[set[str], list[str]]:
    """Return every address that can be reached from the start, and what is wrong with a link on the way."""
    reached, wrong, waiting = set[str](), list[str](), [HOME]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        here = visitor.get(page)[1]
        for link in dict.fromkeys(visitor.links_and_ids(page)[0]):
            target, fragment = urldefrag(urljoin(here, link))
            if urlsplit(target).netloc != urlsplit(HOME).netloc:
                continue
            if not target.startswith(HOME):
                wrong.append(f"{page}: {link} leaves {HOME}")
                continue
            status = visitor.get(target)[0]
            if status != 200 or (fragment and unquote(fragment) not in visitor.links_and_ids(target)[1]):
                wrong.append(f"{page}: {link} ({status})")
            waiting.append(target)
    return reached, wrong


def test_every_link_and_fragment_of_the_public_site_leads_somewhere_below_its_path(
    crawled: tuple[set[str], list[str]],
) -> None:
    reached, wrong = crawled
    assert wrong == []
    assert sum(map(is_page, reached)) > 100


def test_what_is_not_there_is_answered_by_a_page_whose_links_work_at_any_depth(visitor: Visitor) -> None:
    status, _, text = visitor.get(HOME + DEEP)
    assert (status, "<h1>Page not found</h1>" in text) == (404, True)
    assert "take the last part off the address" not in text
    links, _ = links_and_ids(text)
    assert len(links) > 10
    for link in (link for link in links if not link.startswith(("#", "data:"))):
        assert link.startswith("/repo/"), link
        assert visitor.get(urldefrag(urljoin(HOME + DEEP, link))[0])[0] == 200


@pytest.mark.parametrize(
    ("path", "status", "leads_to"),
    [
        ("", 200, ""),
        ("sources", 404, "sources/"),
        ("sources/", 404, "sources/"),
        ("data/", 404, "data/"),
        ("../", 404, "../"),
        ("sources/exodus.txt", 404, "sources/exodus.txt"),
        ("sources/exodus.html?x=1", 200, "sources/exodus.html?x=1"),
    ],
)
def test_no_folder_is_listed_and_one_without_its_slash_leads_to_the_one_with_it(
    visitor: Visitor, path: str, status: int, leads_to: str
) -> None:
    found, where, text = visitor.get(HOME + path)
    assert (found, where) == (status, HOME + leads_to)
    assert found == 200 or "<h1>Page not found</h1>" in text


def test_the_site_itself_without_its_slash_leads_to_it(visitor: Visitor) -> None:
    assert visitor.get(HOME.rstrip("/"))[:2] == (200, HOME)


def test_crawlers_are_told_of_every_page_and_of_no_other(visitor: Visitor, crawled: tuple[set[str], list[str]]) -> None:
    robots = visitor.get(f"{HOME}robots.txt")[2]
    assert robots.splitlines()[-1] == f"Sitemap: {HOME}sitemap.xml"
    told = re.findall("<loc>([^<]*)</loc>", visitor.get(f"{HOME}sitemap.xml")[2])
    reached = {urlsplit(address)._replace(query="").geturl() for address in crawled[0] if is_page(address)}
    assert {*told} == {HOME if address == f"{HOME}index.html" else address for address in reached}
    for address in told:
        status, _, text = visitor.get(address)
        assert status == 200
        assert re.findall(r'<link rel="canonical" href="([^"]*)">', text) == [address]


@pytest.mark.parametrize("base_url", [None, HOME, "https://example.org/"])
def test_the_preview_shows_the_same_page_with_links_that_lead_from_any_depth(
    tmp_path: Path, base_url: SiteUrl | None
) -> None:
    build(SITES / "smallest", tmp_path, publication=Publication("local", base_url))
    for root in ("/", "/repo/"):
        shown = anywhere((tmp_path / "404.html").read_bytes(), root).decode()
        links = [link for link in links_and_ids(shown)[0] if not link.startswith(("#", "data:"))]
        assert len(links) > 10
        for link in links:
            assert link.startswith(root), link
            assert (tmp_path / urldefrag(link.removeprefix(root))[0]).is_file(), link
