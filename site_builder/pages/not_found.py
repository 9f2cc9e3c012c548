"""The page that a web server shows for an address that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from markupsafe import Markup

from .. import urls
from ..frozen import dataclass
from .frame import Context, Desk, Frame, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundContext(Context):
    """The frame alone. Its `root` is empty where the site does not know its address: its links lead from the top."""


def pages(desk: Desk) -> Iterator[Page]:
    """The one page."""
    yield Page(urls.NOT_FOUND, "pages/not_found.html", lambda: NotFoundContext(frame=_frame(desk)))


def _frame(desk: Desk) -> Frame:
    frame = desk.at(urls.NOT_FOUND).frame("Page not found", "There is no page at this address.")
    frame = frame.replaced(url="", properties=(), about=Markup())  # it has no address of its own
    base_url = desk.briefing.site.base_url
    if base_url:
        frame = _absolute(frame, urlsplit(base_url).path.rstrip("/") + "/")
    return frame


def _absolute(frame: Frame, root: str) -> Frame:
    """Links from the server's root: the page is shown at addresses of any depth."""
    return frame.replaced(
        root=root,
        home=root + frame.home,
        style=root + frame.style,
        scripts=tuple(root + script for script in frame.scripts),
        glossary=root + frame.glossary if frame.glossary else "",
        feed=root + frame.feed if frame.feed else "",
        foot=tuple(link._replace(href=root + link.href) for link in frame.foot),
        nav=tuple(n._replace(href=root + n.href) for n in frame.nav),
    )
