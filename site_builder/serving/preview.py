"""`briefing serve`: a preview on 127.0.0.1 that rebuilds when a file is saved, on livereload and tornado.

A failed build prints its problems and leaves the last good site in place. Requests from other hosts or pages are
refused, dot files are not served, and nothing of the preview gets into the site itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from livereload.handlers import LiveReloadHandler
from tornado import web

from . import routes
from .pages import Injector, SitePage
from .reloading import Script, Socket
from .state import Preview
from .watching import InputWatcher


def serve(folder: Path, output: Path, port: int, rebuild: Callable[[], bool]) -> None:
    """Build, serve `output` on 127.0.0.1 until interrupted, and rebuild when an input changes.

    `rebuild` builds the site, tells of problems itself, and says whether there is a new site. Raises OSError when the
    port is taken.
    """
    rebuild()
    asyncio.run(_serve(Preview(folder, output), port, rebuild))


async def _serve(preview: Preview, port: int, rebuild: Callable[[], bool]) -> None:
    LiveReloadHandler.watcher = InputWatcher(preview.folder, rebuild)
    LiveReloadHandler.DEFAULT_RELOAD_TIME = 0  # livereload drops a change within three seconds of the last one
    server = application(preview, port).listen(port, address="127.0.0.1")
    LiveReloadHandler.start_tasks()
    print(f"serving http://127.0.0.1:{port}/ (Ctrl-C ends it)", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        server.stop()
        LiveReloadHandler.watcher.stop()


def application(preview: Preview, port: int) -> web.Application:
    """The preview of the site in its output folder."""
    given = {"preview": preview}
    put_in = f'<script src="/livereload.js?port={port}" defer></script>{routes.tags()}'.encode()
    return web.Application(
        [
            (r"/livereload", Socket, given),
            (r"/livereload.js", Script, given),
            *((pattern, handler, given) for pattern, handler in routes.ROUTES),
            (r"/(.*)", SitePage, given),
        ],
        transforms=[type("Injector", (Injector,), {"put_in": put_in})],
        log_function=lambda _: None,
    )
