"""What the preview offers beside the pages: addresses below `/_briefing/`, and scripts and styles for its pages.

The files lie in `serving/assets/`. Those named in SCRIPTS and STYLES are put into every page on its way to the browser,
in this order; the site itself never has them.
"""

from __future__ import annotations

from pathlib import Path

from tornado import web

from .guard import Guarded

ASSETS = Path(__file__).parent / "assets"
SCRIPTS: tuple[str, ...] = ()
STYLES: tuple[str, ...] = ()
_TYPES = {".js": "text/javascript", ".css": "text/css"}


class Asset(Guarded):
    """A file of the preview's own."""

    def get(self, name: str) -> None:
        """Send it."""
        path = ASSETS / name
        if path.suffix not in _TYPES or not path.is_file():
            raise web.HTTPError(404)
        self.set_header("Content-Type", f"{_TYPES[path.suffix]}; charset=utf-8")
        self.finish(path.read_bytes())


ROUTES: tuple[tuple[str, type[Guarded]], ...] = ((r"/_briefing/assets/([a-z_-]+\.[a-z]+)", Asset),)
"""A pattern of addresses, all of them below /_briefing/, and its handler."""


def tags() -> str:
    """What every page gets before the end of its head."""
    styles = (f'<link rel="stylesheet" href="/_briefing/assets/{name}">' for name in STYLES)
    scripts = (f'<script src="/_briefing/assets/{name}" defer></script>' for name in SCRIPTS)
    return "".join((*styles, *scripts))
