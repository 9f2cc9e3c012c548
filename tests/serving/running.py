"""A preview that runs in a thread of the tests' own process, for a browser to open."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from site_builder.serving.preview import Rim, listening, serve_until
from site_builder.serving.rebuilding import build_once
from site_builder.serving.state import Preview

LOUD = "🌊🌊 Noise, Straße 👩\u200d💻 at night.\n\nA second \u0001 paragraph of words.\n"


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a running preview of the harbour briefing, with a second source full of odd characters."""
    (folder / "seeds" / "loud.txt").write_text(LOUD, "utf-8")
    sha256 = hashlib.sha256(LOUD.encode()).hexdigest()
    record = f"text: loud.txt\nsha256: {sha256}\ntype: document\ntitle: Loud\npassages:\n- id: one\n  quote: at night\n"
    (folder / "annotations" / "sources" / "loud.yaml").write_text(record, "utf-8")
    found: list[str] = []
    is_ready, ended = threading.Event(), threading.Event()

    def ready(where: str) -> None:
        found.append(where)
        is_ready.set()

    async def until_ended() -> None:
        await asyncio.to_thread(ended.wait)

    def run() -> None:
        rim = Rim(partial(build_once, folder, folder / "output"), lambda *_: None, ready)
        asyncio.run(serve_until(Preview(folder, folder / "output"), listening(None), rim, until_ended))

    thread = threading.Thread(target=run)
    thread.start()
    try:
        assert is_ready.wait(60)
        yield found[0]
    finally:
        ended.set()
        thread.join()
