"""The site's pages as the preview serves them: no dot files, the site's own 404 page, the preview's scripts put in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from tornado import web

from .guard import Guarded
from .state import Preview


class SitePage(Guarded, web.StaticFileHandler):
    """A file of the site."""

    def initialize(self, preview: Preview) -> None:  # type: ignore[override]  # tornado's own signature varies too
        """Serve from the preview's output folder."""
        Guarded.initialize(self, preview)
        web.StaticFileHandler.initialize(self, str(preview.output), "index.html")

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Refuse dot files, and whatever lies outside the site, by a link too."""
        parts = Path(os.path.relpath(absolute_path, root)).parts
        if any(part.startswith(".") for part in parts):
            raise web.HTTPError(404)
        real = os.path.realpath(absolute_path)
        if not Path(real).is_relative_to(os.path.realpath(root)):
            raise web.HTTPError(403)
        return super().validate_absolute_path(root, absolute_path)

    def should_return_304(self) -> bool:
        """Never: the script is put in on the way, so that the file's own tag does not speak for the answer."""
        return False

    def write_error(self, status_code: int, **_: Any) -> None:
        """The site's own page for what is not there, as a web server would show it."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        page = Path(self.root) / "404.html"
        if status_code == 404 and page.is_file():
            self.finish(page.read_bytes())
        elif status_code == 404:
            self.finish(
                "<!doctype html><title>No site yet</title><h1>No site is built yet</h1><p>The terminal says why."
            )
        else:
            self.finish(f"<!doctype html><title>{status_code}</title><h1>{status_code}</h1>")


class Injector(web.OutputTransform):
    """Puts the reload script into pages on their way out, and lets it call home through the pages' own policy."""

    put_in = b""

    def transform_first_chunk(
        self,
        status_code: int,
        headers: Any,
        chunk: bytes,
        finishing: bool,  # noqa: ARG002 tornado's own signature
    ) -> tuple[int, Any, bytes]:
        """Put them in."""
        if "html" in headers.get("Content-Type", "") and b"</head>" in chunk:
            before = len(chunk)
            chunk = chunk.replace(b"connect-src 'self'", b"connect-src 'self' ws:", 1)
            chunk = chunk.replace(b"</head>", self.put_in + b"</head>", 1)
            if "Content-Length" in headers:
                headers["Content-Length"] = str(int(headers["Content-Length"]) + len(chunk) - before)
        return status_code, headers, chunk
