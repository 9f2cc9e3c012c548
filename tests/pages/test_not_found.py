"""The page for an address that is not there: it is shown at addresses of any depth."""

from __future__ import annotations

from urllib.parse import urlsplit

from site_builder import urls
from site_builder.pages.not_found import NotFoundContext
from tests.built_sites import built

from .contexts import context


def test_where_the_site_knows_its_address_every_link_begins_at_the_servers_root() -> None:
    links = [a for a in built("tangle").pages[urls.NOT_FOUND].links() if not a.startswith(("#", "data:"))]
    assert links
    assert all(link.startswith("/tangle/") for link in links)


def test_where_it_does_not_links_are_relative_as_on_every_page() -> None:
    links = built("harbour").pages[urls.NOT_FOUND].links()
    assert not any(link.startswith("/") or urlsplit(link).netloc for link in links)


def test_the_style_sheet_and_the_way_home_are_among_them() -> None:
    frame = context(NotFoundContext, "tangle", urls.NOT_FOUND).frame
    assert (frame.style, frame.home, frame.root) == ("/tangle/assets/site.css", "/tangle/index.html", "/tangle/")
