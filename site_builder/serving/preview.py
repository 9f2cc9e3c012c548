"""`briefing serve`: a preview on 127.0.0.1 that builds again when a file is saved, on livereload and tornado.

A build that fails leaves the last good site in place, and its problems are shown over the pages. Requests from other
hosts or pages are refused, dot files are not served, and nothing of the preview gets into the site itself.
"""

from __future__ import annotations

import asyncio
import errno
import re
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from tornado import httpserver, web

from ..build import Report
from ..frozen import dataclass
from ..problems import Refused
from . import reloading, routes
from .ahead import Ahead
from .pages import Injector, Problems, SitePage
from .rebuilding import Builds
from .state import Outcome, Preview
from .watching import Watch

ADDRESS = "127.0.0.1"
PORT, PORTS = 8000, 20
"""The port when none is asked for, and how many are tried from it on."""

Ending = Callable[[], Awaitable[None]]

_TAKEN = (errno.EADDRINUSE, errno.EACCES)  # somebody's, or kept by the system


def listening(port: int | None) -> socket.socket:
    """A socket on a port of this machine, or without one on the first free port from PORT on.

    Raises Refused when there is none.
    """
    for each in (port,) if port else range(PORT, PORT + PORTS):
        try:
            found = socket.create_server((ADDRESS, each))
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
            continue
        found.setblocking(False)
        return found
    if port:
        raise Refused(f"port {port} is taken", "choose another with --port, or leave it out to get a free one")
    raise Refused(f"the ports {PORT} to {PORT + PORTS - 1} are taken", "choose another with --port")


@dataclass(frozen=True, slots=True)
class Rim:
    """What a preview is given by the command: how to build, in a thread, and whom to tell, on the event loop."""

    build: Callable[[Report], Outcome]
    told: Callable[[Outcome, Outcome | None], None]
    """Told of each outcome, and of the one before it."""
    ready: Callable[[str], None]
    """Told of the address, once it answers."""
    ahead: Ahead | None = None
    """What puts the pages of an edit in place before all else is built."""


def serve(preview: Preview, listener: socket.socket, rim: Rim) -> None:
    """Build, serve until interrupted, and build again when an input changes.

    Raises what kept the first site from being written; after SIGTERM, what the process does on it.
    """
    with _ended_by_sigterm() as until_ended:
        asyncio.run(serve_until(preview, listener, rim, until_ended))


async def serve_until(
    preview: Preview, listener: socket.socket, rim: Rim, ended: Callable[[], Awaitable[None]]
) -> None:
    """The same until `ended` returns."""
    last: Outcome | None = None

    def take(outcome: Outcome) -> None:
        nonlocal last
        before = preview.site_version, preview.problems_version
        preview.take(outcome)
        rim.told(outcome, last)
        last = outcome
        if new := reloading.news(preview, *before):
            reloading.tell(new)

    builds = Builds(rim.build, take, rim.ahead)
    preview.rebuild = builds.outcome
    reloading.start()
    server = httpserver.HTTPServer(application(preview), max_body_size=routes.BODY_MAX)
    work = (ended(), builds.run(), Watch(preview.folder, builds.want, builds.want).run(), builds.outcome())
    *tasks, first = (asyncio.ensure_future(each) for each in work)
    try:
        await asyncio.wait({first, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        if first.done() and isinstance(outcome := first.result(), Outcome):
            if outcome.error:
                raise outcome.error
            server.add_socket(listener)
            rim.ready(f"http://{ADDRESS}:{listener.getsockname()[1]}{preview.below}")
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            if task.done():
                task.result()
    finally:
        server.stop()
        listener.close()
        for task in (first, *tasks):
            task.cancel()
        await asyncio.gather(first, *tasks, return_exceptions=True)
        await server.close_all_connections()


@contextmanager
def _ended_by_sigterm() -> Iterator[Ending]:
    """A coroutine that ends when SIGTERM comes; what the process does on SIGTERM is done after the block."""
    before = signal.getsignal(signal.SIGTERM)
    came = False

    async def until_ended() -> None:
        loop = asyncio.get_running_loop()
        ended = asyncio.Event()

        def end(*_: object) -> None:
            nonlocal came
            came = True
            loop.call_soon_threadsafe(ended.set)

        signal.signal(signal.SIGTERM, end)
        await ended.wait()

    try:
        yield until_ended
    finally:
        signal.signal(signal.SIGTERM, before)
    if came:
        signal.raise_signal(signal.SIGTERM)


def application(preview: Preview) -> web.Application:
    """The preview of the site in its output folder."""
    given = {"preview": preview}
    return web.Application(
        [
            (r"/livereload", reloading.Socket, given),
            (r"/livereload.js", reloading.Script, given),
            (r"/_briefing/problems", Problems, given),
            *((pattern, handler, given) for pattern, handler in routes.ROUTES),
            (r"/_briefing/.*", routes.Nothing, given),
            (f"{re.escape(preview.below)}(.*)", SitePage, given),
            (f"(?:/|{re.escape(preview.below.rstrip('/'))})", routes.Home, given),
            (r".*", routes.Nothing, given),
        ],
        transforms=[type("Injector", (Injector,), {"preview": preview})],
        log_function=lambda _: None,
        websocket_max_message_size=routes.BODY_MAX,
    )
