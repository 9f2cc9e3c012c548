"""Sites opened in a real Chromium: built to disk, served below a path, and watched for whatever goes wrong."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
GIVEN_UP = "net::ERR_ABORTED"
SUB_PATH = "/any/sub/path/"
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class _Handler(BaseHTTPRequestHandler):
    """Serves a folder below a path as GitHub Pages does, with headers and gzip on request.

    No folder is listed, one named without its slash leads to the one with it, and what is not there has 404.html.
    """

    def __init__(self, *args: Any, folder: Path, below: str, headers: Mapping[str, str], gzipped: bool) -> None:
        self.folder, self.below, self.more, self.gzipped = folder, below, headers, gzipped
        super().__init__(*args)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        name = path.removeprefix(self.below)
        is_folder = path == self.below.rstrip("/") or (path.startswith(self.below) and (self.folder / name).is_dir())
        if is_folder and not path.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        file = self.folder / name / "index.html" if is_folder else self.folder / name
        is_there = path.startswith(self.below) and ".." not in name and file.is_file()
        content = file.read_bytes() if is_there else (self.folder / "404.html").read_bytes()
        self.send_response(HTTPStatus.OK if is_there else HTTPStatus.NOT_FOUND)
        kind = TYPES.get(file.suffix, "application/octet-stream") if is_there else TYPES[".html"]
        self.send_header("Content-Type", kind)
        for header, value in self.more.items():
            self.send_header(header, value)
        if self.gzipped and file.suffix != ".woff2":
            content = gzip.compress(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the name is the library's
        """Say nothing."""


@contextmanager
def served(folder: Path, below: str, headers: Mapping[str, str] | None = None, gzipped: bool = False) -> Iterator[str]:
    """The address of a folder served below a path on this machine."""
    handler = partial(_Handler, folder=folder, below=below, headers=headers or {}, gzipped=gzipped)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{below}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Watched:
    """A page, and everything that went wrong on it since it was opened."""

    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda m: self.note(True, f"console {m.type}: {m.text}"))
        self.page.on("pageerror", lambda e: self.note(True, f"script error: {e}"))
        self.page.on("request", lambda r: self.note(not r.url.startswith((self.base, "data:")), f"request to {r.url}"))
        # A page that is left gives up what it was still loading.
        self.page.on(
            "requestfailed", lambda r: self.note(r.failure != GIVEN_UP, f"failed request: {r.url} {r.failure}")
        )
        self.page.on("response", lambda r: self.note(r.status >= 400, f"status {r.status}: {r.url}"))

    def note(self, is_wrong: bool, what: str) -> None:
        """Keep what went wrong, with the page it went wrong on."""
        if is_wrong:
            self.wrong.append(f"{self.page.url}: {what}")

    def open(self, path: str) -> None:
        """Go to a page of the site."""
        self.page.goto(self.base + path)

    def close(self) -> None:
        """Fail if anything went wrong."""
        self.page.context.close()
        assert not self.wrong, "\n".join(self.wrong)


@contextmanager
def opened(browser: Browser, base: str, **options: Any) -> Iterator[Watched]:
    """A page in a fresh browser, closed after use; nothing may go wrong on it. Nothing moves by itself."""
    context: BrowserContext = browser.new_context(reduced_motion="reduce", **{"viewport": WIDE, **options})
    context.set_default_timeout(10_000)
    watched = Watched(context.new_page(), base)
    try:
        yield watched
    except BaseException:
        context.close()
        raise
    watched.close()


def on_disk(folder: Path) -> str:
    """The address of a folder on this machine's disk."""
    return f"{folder.as_uri()}/"


def is_in_view(page: Page, anchor: str) -> bool:
    """Whether the beginning of the text from an id on lies within the window."""
    return bool(
        page.evaluate(
            """id => {
                const anchor = document.getElementById(id), range = document.createRange();
                const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                walker.currentNode = anchor;
                range.selectNode(walker.nextNode());
                const box = range.getClientRects()[0];
                return box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth
                    && anchor.contains(document.elementFromPoint(box.left + 1, (box.top + box.bottom) / 2));
            }""",
            anchor,
        )
    )
