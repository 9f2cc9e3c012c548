"""Telling browsers what is new, by livereload: the page, or only the problems.

Of livereload are the socket, its protocol and its script. Its watching is not used: it looks every 0.8 s, builds on
the event loop, and drops what is saved within three seconds of a reload.
"""

from __future__ import annotations

import asyncio
import json
import logging
from functools import cache
from pathlib import Path
from typing import Any

import livereload
from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher

from .guard import Guarded, is_same_origin
from .state import Preview

PAGE = "*"
PROBLEMS = "/_briefing/problems"
"""What may be new. livereload loads the page again for the one; `assets/reload.js` takes the other for itself."""

logging.getLogger("livereload").setLevel(logging.CRITICAL)  # a browser that went away meanwhile is no error


class Socket(Guarded, LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """The socket on which a page waits to be told."""

    def check_origin(self, origin: str) -> bool:
        """Only pages of this preview listen."""
        return is_same_origin(origin, self.request.host)

    def on_message(self, message: str | bytes) -> None:
        """Greet. A page says what it shows; what was built while it was loaded it is told at once."""
        try:
            super().on_message(message)
            given = json.loads(message)
            shown = given["plugins"]["briefing"] if given["command"] == "info" else None
            new = news(self.preview, shown["site"], shown["problems"]) if shown else ""
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
            return  # not of our script
        if new:
            self.write_message(_reload(new))

    def write_message(self, message: Any, binary: bool = False) -> asyncio.Future[None]:
        """Send; that the browser is gone by now is nothing to be told of."""
        sent: asyncio.Future[None] = super().write_message(message, binary)
        sent.add_done_callback(lambda done: done.cancelled() or done.exception())
        return sent


class Script(Guarded):
    """livereload's own script."""

    def get(self) -> None:
        """Send it."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.keep(script())
        self.finish(script())


@cache  # it comes with livereload
def script() -> bytes:
    """What a page runs to be told."""
    return (Path(livereload.__file__).parent / "vendors" / "livereload.js").read_bytes()


def start() -> None:
    """Make livereload ready; it keeps its browsers in a class."""
    LiveReloadHandler.waiters.clear()
    LiveReloadHandler.watcher = Watcher()


def tell(what: str) -> None:
    """Tell every browser what is new."""
    LiveReloadHandler.reload_waiters(what)


def news(preview: Preview, site: str, problems: str) -> str:
    """What is new to a page that shows this version of the site and of the problems; empty when nothing is."""
    if site != preview.site_version:
        return PAGE
    return PROBLEMS if problems != preview.problems_version else ""


def _reload(what: str) -> dict[str, object]:
    return {"command": "reload", "path": what, "liveCSS": None, "liveImg": True}
