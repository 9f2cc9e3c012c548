"""Telling browsers to load a page again, by livereload."""

from __future__ import annotations

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler

from .guard import Guarded, is_same_origin


class Socket(Guarded, LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """The socket on which a page waits to be told."""

    def check_origin(self, origin: str) -> bool:
        """Only pages of this preview listen."""
        return is_same_origin(origin, self.request.host)


class Script(Guarded, LiveReloadJSHandler):  # type: ignore[misc]
    """livereload's own script."""
