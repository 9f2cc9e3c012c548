"""What a published site tells crawlers: `sitemap.xml` with every page, and `robots.txt`, which names it.

Both hold whole addresses, so they are written only where the site knows its own. There is no `lastmod`: when a page
last changed is nowhere recorded, and the time of a build would be a guess that changes with every one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from .. import urls
from ..model import Briefing

_MOST = 50_000  # addresses in one file, by the protocol


def published(briefing: Briefing, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The files by path; `paths` are the pages that a reader should find."""
    if not briefing.site.base_url:
        return
    base = f"{briefing.site.base_url.rstrip('/')}/"
    yield "sitemap.xml", sitemap(base, ("" if path == urls.HOME else path for path in sorted(paths)[:_MOST]))
    yield "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n".encode()


def sitemap(base: str, paths: Iterable[str]) -> bytes:
    """The addresses of pages below a base."""
    from html import escape  # that of xml.sax.saxutils loads all that the web needs

    rows = "".join(f"<url><loc>{escape(base + quote(path), quote=False)}</loc></url>\n" for path in paths)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{rows}</urlset>\n".encode()
