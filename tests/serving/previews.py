"""A preview that runs in this process, and what a test does with it."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPResponse
from tornado.websocket import WebSocketClientConnection, websocket_connect

from site_builder.serving.preview import ADDRESS, Rim, serve_until
from site_builder.serving.rebuilding import build_once
from site_builder.serving.state import Outcome, Preview

PATIENCE = 30


class Running:
    """A preview that runs in this process."""

    def __init__(self, folder: Path, below: str = "/") -> None:
        self.preview = Preview(folder, folder / "output", below)
        self.told: list[Outcome] = []
        self.address = ""

    async def get(self, path: str) -> HTTPResponse:
        return await AsyncHTTPClient().fetch(self.address + path, raise_error=False, request_timeout=PATIENCE)

    async def text(self, path: str) -> str:
        return (await self.get(path)).body.decode()

    async def until(self, path: str, words: str) -> str:
        """The page once it holds these words."""
        async with asyncio.timeout(PATIENCE):
            while words not in (text := await self.text(path)):
                pass
        return text

    @asynccontextmanager
    async def page(self, site: str = "", problems: str = "") -> AsyncIterator[WebSocketClientConnection]:
        """A page as livereload's script speaks for it; by default one that shows what is newest."""
        connection = await websocket_connect(self.address.replace("http", "ws") + "livereload")
        await connection.write_message(json.dumps({"command": "hello", "protocols": []}))
        assert json.loads(await connection.read_message() or "")["command"] == "hello"
        shown = {"site": site or self.preview.site_version, "problems": problems or self.preview.problems_version}
        info = {"command": "info", "url": self.address, "plugins": {"briefing": shown}}
        await connection.write_message(json.dumps(info))
        await self.get("")  # answered after what was sent before
        try:
            yield connection
        finally:
            connection.close()
            while await connection.read_message() is not None:
                """What came before it was closed on both sides."""


async def heard(page: WebSocketClientConnection) -> str:
    """What a page is told next."""
    async with asyncio.timeout(PATIENCE):
        message: dict[str, Any] = json.loads(await page.read_message() or "")
    assert message["command"] == "reload"
    return str(message["path"])


@asynccontextmanager
async def running(folder: Path, below: str = "/") -> AsyncIterator[Running]:
    """A preview of a briefing, on any free port."""
    listener = socket.create_server((ADDRESS, 0))
    listener.setblocking(False)
    found = Running(folder, below)
    is_ready, ended = asyncio.Event(), asyncio.Event()

    def ready(address: str) -> None:
        found.address = address
        is_ready.set()

    async def until_ended() -> None:
        await ended.wait()

    build = partial(build_once, folder, folder / "output")
    rim = Rim(build, lambda outcome, _: found.told.append(outcome), ready)
    task = asyncio.create_task(serve_until(found.preview, listener, rim, until_ended))
    waiting = asyncio.create_task(is_ready.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if not is_ready.is_set():
        await task  # it raises what was in the way
    try:
        yield found
    finally:
        ended.set()
        await task


@contextmanager
def in_a_thread(folder: Path) -> Iterator[str]:
    """The address of a preview that runs beside this thread, where a browser may have a loop of its own."""
    addresses: list[str] = []
    is_ready = threading.Event()

    async def run() -> None:
        async with running(folder) as served:
            addresses.append(served.address)
            is_ready.set()
            await ended.wait()

    ended = asyncio.Event()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    try:
        assert is_ready.wait(PATIENCE)
        yield addresses[0]
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()
