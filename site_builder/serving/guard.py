"""Who is answered by the preview: pages of this very preview, and nobody else.

Every page that a browser has open may send requests to 127.0.0.1, and a name may be made to lead there. So the host has
to be a name of this machine, a socket and whatever changes something has to come from a page of the preview, and what
is read has to be asked for by a page of the preview or by the person who follows a link. A second preview on another
port is a stranger too. No answer allows another origin to read it.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from tornado import web

from .state import Preview

BODY_LIMIT = 64 * 1024
"""Bytes that a request may bring."""

_HOST = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?", re.IGNORECASE)
_READS = ("GET", "HEAD")


class Guarded(web.RequestHandler):
    """A handler that answers only to pages of this very preview."""

    preview: Preview

    def initialize(self, preview: Preview) -> None:
        """Take what the routes give to every handler."""
        self.preview = preview

    def prepare(self) -> None:
        """Refuse a stranger before anything is looked at."""
        request = self.request
        if not is_this_machine(request.host):
            raise web.HTTPError(403, reason="Go to 127.0.0.1 or localhost instead")
        if "\0" in request.path or "%00" in request.path:
            raise web.HTTPError(400)
        if not (self.is_from_here() if request.method not in _READS else self.is_asked_for()):
            raise web.HTTPError(403, reason="Not from a page of this preview")
        if len(request.body) > BODY_LIMIT:
            raise web.HTTPError(413)

    def is_from_here(self) -> bool:
        """Whether a page of this preview sent the request."""
        return is_same_origin(self.request.headers.get("Origin", ""), self.request.host) and self._site() in (
            "same-origin",
            "",  # a browser from before 2023 does not say
        )

    def is_asked_for(self) -> bool:
        """Whether a page of this preview, or a person who follows a link or types an address, asks to read."""
        headers = self.request.headers
        is_a_page_opened = headers.get("Sec-Fetch-Mode") == "navigate" and headers.get("Sec-Fetch-Dest") == "document"
        return self._site() in ("same-origin", "none", "") or is_a_page_opened

    def _site(self) -> str:
        return str(self.request.headers.get("Sec-Fetch-Site", ""))

    def set_default_headers(self) -> None:
        """Nobody frames the preview, embeds its files or guesses their types; no page and no text of it is kept."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Security-Policy", "frame-ancestors 'none'")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")

    def keep(self, content: bytes) -> None:
        """Let a browser keep what it asked for by its very bytes: nothing else is ever at that address."""
        if self.get_query_argument("v", "") == version(content):
            self.set_header("Cache-Control", "private, max-age=31536000, immutable")

    def log_exception(self, *_: Any) -> None:
        """A refused request is no event worth a line."""


class Answers(Guarded):
    """A handler that takes and gives JSON; an error is `{"error": sentence, "hint": what to do}`."""

    def given(self) -> dict[str, Any]:
        """The JSON object that the request brings."""
        kind = self.request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise web.HTTPError(415, reason="JSON is wanted")
        try:
            value = json.loads(self.request.body)
        except (ValueError, RecursionError) as error:
            raise web.HTTPError(400, reason="This is not JSON") from error
        if not isinstance(value, dict):
            raise web.HTTPError(400, reason="A JSON object is wanted")
        return value

    def answer(self, value: object, status: int = 200) -> None:
        """Send a value as JSON."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(value, ensure_ascii=False))

    def refuse(self, status: int, error: str, hint: str = "") -> None:
        """Say why nothing was done."""
        self.answer({"error": error, "hint": hint}, status)

    def write_error(self, status_code: int, **_: Any) -> None:
        """An HTTPError, or a fault of ours, as JSON."""
        self.refuse(status_code, self._reason)


def version(content: bytes) -> str:
    """What the address of a file says of its bytes."""
    return hashlib.sha256(content).hexdigest()[:16]


def is_this_machine(host: str) -> bool:
    """Whether a Host header names this machine, with or without a port."""
    return bool(_HOST.fullmatch(host))


def is_same_origin(origin: str, host: str) -> bool:
    """Whether an Origin header names the very host and port that the request went to, and this machine."""
    return is_this_machine(host) and origin.lower() == f"http://{host.lower()}"
