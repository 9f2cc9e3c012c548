"""`briefing serve`: a preview on 127.0.0.1 that rebuilds when a file is saved, on livereload and tornado.

A failed build prints its problems and leaves the last good site in place. Requests from other hosts or pages are
refused, dot files are not served, and nothing of the preview gets into the site itself.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado import ioloop, web

INPUTS = ("seeds", "annotations", "templates")
POLL = 250  # milliseconds between two looks at the inputs
_HOSTS = frozenset(("localhost", "127.0.0.1", "[::1]"))

Snapshot = Mapping[str, tuple[int, int]]


def serve(folder: Path, output: Path, port: int, rebuild: Callable[[], bool]) -> None:
    """Build, serve `output` on 127.0.0.1 until interrupted, and rebuild when an input changes.

    `rebuild` builds the site, tells of problems itself, and says whether there is a new site. Raises OSError when the
    port is taken.
    """
    rebuild()
    asyncio.run(_serve(folder, output, port, rebuild))


async def _serve(folder: Path, output: Path, port: int, rebuild: Callable[[], bool]) -> None:
    LiveReloadHandler.watcher = InputWatcher(folder, rebuild)
    LiveReloadHandler.DEFAULT_RELOAD_TIME = 0  # livereload drops a change within three seconds of the last one
    server = application(output, port).listen(port, address="127.0.0.1")
    LiveReloadHandler.start_tasks()
    print(f"serving http://127.0.0.1:{port}/ (Ctrl-C ends it)", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        server.stop()
        LiveReloadHandler.watcher.stop()


def application(output: Path, port: int) -> web.Application:
    """The preview of the site in `output`."""
    script = f'<script src="/livereload.js?port={port}" defer></script>'.encode()
    return web.Application(
        [
            (r"/livereload", _Socket),
            (r"/livereload.js", _Script),
            (r"/(.*)", _Static, {"path": str(output), "default_filename": "index.html"}),
        ],
        transforms=[type("Injector", (_Injector,), {"script": script})],
        log_function=lambda _: None,
    )


def snapshot(folder: Path) -> Snapshot:
    """Change time and size of every input file."""
    found: dict[str, tuple[int, int]] = {}
    for name in INPUTS:
        for directory, _, files in os.walk(folder / name):
            for file in files:
                path = os.path.join(directory, file)  # noqa: PTH118 this runs four times a second
                try:
                    status = os.stat(path)  # noqa: PTH116
                except OSError:
                    continue  # deleted between the two looks: the next snapshot lacks it
                found[path] = (status.st_mtime_ns, status.st_size)
    return found


class InputWatcher(Watcher):  # type: ignore[misc]  # livereload has no types
    """Looks at all inputs at once: many files saved together are one change, new and deleted files count too."""

    def __init__(self, folder: Path, rebuild: Callable[[], bool]) -> None:
        super().__init__()
        self.folder = folder
        self.rebuild = rebuild
        self.seen = snapshot(folder)
        self._tasks = {str(folder): None}  # livereload would else watch the current folder
        self._poll: ioloop.PeriodicCallback | None = None

    def start(self, callback: Callable[[], None]) -> bool:
        """Poll by ourselves, more often than livereload does."""
        self._poll = ioloop.PeriodicCallback(callback, POLL)
        self._poll.start()
        return True

    def stop(self) -> None:
        """Stop polling."""
        if self._poll:
            self._poll.stop()
        LiveReloadHandler._last_reload_time = None  # so that a second preview in one process can start

    def examine(self) -> tuple[str | None, None]:
        """Rebuild when an input changed; the path makes livereload tell the browsers."""
        now = snapshot(self.folder)
        if now == self.seen:
            return None, None
        self.seen = now
        self.filepath = "*" if self.rebuild() else None
        return self.filepath, None


class _Guard(web.RequestHandler):
    """Answers only to pages of this very preview."""

    def prepare(self) -> None:
        if _host(self.request.host) not in _HOSTS:
            raise web.HTTPError(403)
        if "\0" in self.request.path or "%00" in self.request.path:
            raise web.HTTPError(400)

    def log_exception(self, *_: Any) -> None:
        """A refused request is no event worth a line."""


def _host(value: str) -> str:
    value = value.lower()
    return value if value.endswith("]") else value.rpartition(":")[0] or value


class _Static(_Guard, web.StaticFileHandler):
    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        parts = Path(os.path.relpath(absolute_path, root)).parts
        if any(part.startswith(".") for part in parts):
            raise web.HTTPError(404)
        return super().validate_absolute_path(root, absolute_path)

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 tornado's own signature
        self.set_header("Cache-Control", "no-store")

    def should_return_304(self) -> bool:
        return False  # the script is put in on the way: the file's own tag does not speak for the answer

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


class _Socket(_Guard, LiveReloadHandler):  # type: ignore[misc]
    def check_origin(self, origin: str) -> bool:
        address = urlsplit(origin).netloc
        return _host(address) in _HOSTS and address == self.request.host


class _Script(_Guard, LiveReloadJSHandler):  # type: ignore[misc]
    pass


class _Injector(web.OutputTransform):
    """Puts the reload script into pages on their way out, and lets it call home through the pages' own policy."""

    script = b""

    def transform_first_chunk(
        self,
        status_code: int,
        headers: Any,
        chunk: bytes,
        finishing: bool,  # noqa: ARG002 tornado's own signature
    ) -> tuple[int, Any, bytes]:
        if "html" in headers.get("Content-Type", "") and b"</head>" in chunk:
            before = len(chunk)
            chunk = chunk.replace(b"connect-src 'self'", b"connect-src 'self' ws:", 1)
            chunk = chunk.replace(b"</head>", self.script + b"</head>", 1)
            if "Content-Length" in headers:
                headers["Content-Length"] = str(int(headers["Content-Length"]) + len(chunk) - before)
        return status_code, headers, chunk
