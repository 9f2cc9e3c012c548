"""What the preview offers beside the pages: addresses below `/_briefing/`, and scripts and styles for its pages.

The files lie in `serving/assets/`. Those named in SCRIPTS are put into every page on its way to the browser, in this
order; the site itself never has them. Styles are asked for by the scripts.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from tornado import web

from . import annotate, reloading
from .guard import BODY_LIMIT, Guarded, version

ASSETS = Path(__file__).parent / "assets"
SCRIPTS: tuple[str, ...] = (
    "reload.js",
    "problems.js",
    "annotate-text.js",
    "annotate-ask.js",
    "annotate-form.js",
    "annotate-panel.js",
    "annotate-undo.js",
    "annotate.js",
)
BODY_MAX = 16 * BODY_LIMIT
"""Bytes of a request that are read at all; what is over BODY_LIMIT is refused in words."""

_TYPES = {".js": "text/javascript", ".css": "text/css"}
_STYLE = re.compile(rb"/_briefing/assets/([a-z-]+\.css)")


class Asset(Guarded):
    """A file of the preview's own."""

    def get(self, name: str) -> None:
        """Send it."""
        path = ASSETS / name
        if path.suffix not in _TYPES or not path.is_file():
            raise web.HTTPError(404)
        self.set_header("Content-Type", f"{_TYPES[path.suffix]}; charset=utf-8")
        content = _sent(name)
        self.keep(content)
        self.finish(content)


class Nothing(Guarded):
    """Nothing is there."""

    def prepare(self) -> None:
        """Say so, to whom it may be said."""
        super().prepare()
        raise web.HTTPError(404)


class Home(Guarded):
    """Where the site would be, were it not served below a path."""

    def get(self) -> None:
        """Lead to it."""
        self.redirect(self.preview.below)


ROUTES: tuple[tuple[str, type[Guarded]], ...] = (
    (r"/_briefing/assets/([a-z_-]+\.[a-z]+)", Asset),
    *annotate.ROUTES,
)
"""A pattern of addresses, all of them below /_briefing/, and its handler."""


def tags(site_version: str, token: str, host: str) -> str:
    """What a page gets into its head, which was asked for under this host and shows this version of the site.

    `token` is known to the pages of this preview alone.
    """
    port = host.rpartition(":")[2]
    shows = f'<meta name="briefing-preview" content="{site_version}"><meta name="briefing-token" content="{token}">'
    scripts = map(_address, SCRIPTS)
    times = "mindelay=500&amp;maxdelay=2000"
    live = f"/livereload.js?port={port if port.isdigit() else 80}&amp;{times}&amp;v={version(reloading.script())}"
    return "".join((shows, *(f'<script src="{src}" defer></script>' for src in (*scripts, live))))


def _address(name: str) -> str:
    return f"/_briefing/assets/{name}?v={version(_sent(name))}"


@cache  # they come with the program
def _sent(name: str) -> bytes:
    """A file as it is sent: what it asks for of the preview's styles, it asks for by what is in them."""
    return _STYLE.sub(lambda found: _address(found[1].decode()).encode(), (ASSETS / name).read_bytes())
