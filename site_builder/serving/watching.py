"""When a file changes that a build reads.

The system tells that something happened in a folder (by watchfiles); what happened is seen by looking at all inputs.
So one change is one change however an editor saves (in place, by a rename, with an old date), and what else lies in
the folders (dot files, what is behind a link) wakes nobody; the output is never among them. Where the system tells
nothing (some network drives, too many watches), the look alone has to do.
"""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing
from pathlib import Path

from watchfiles import awatch

from ..frozen import dataclass
from .excerpts import INPUTS

QUIET = 0.04  # seconds without a change after which files saved together are all there
LOOKS = 25  # looks until a build starts while files keep changing
LOOK_AGAIN = 1.0  # seconds between two looks when the system tells nothing
_UNTOLD = 0.25  # the same when it cannot tell anything
_STEP = 20  # milliseconds between two times that watchfiles asks the system

State = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """All inputs at one moment: the folders they lie in, and of each file what changes when it does."""

    folders: frozenset[str]
    files: Mapping[str, State]


def look(folder: Path) -> Look:
    """Look at the inputs of a briefing: no dot files, and nothing through a link."""
    folders: set[str] = set()
    files: dict[str, State] = {}
    waiting = [f"{folder}{os.sep}{name}" for name in INPUTS]
    while waiting:
        here = waiting.pop()
        files[here] = _state(here)[:1]
        if not files[here] or not stat.S_ISDIR(files[here][0]):
            continue
        folders.add(here)
        try:
            with os.scandir(here) as entries:
                found = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError:
            continue  # gone meanwhile, or not ours to list
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            else:
                files[entry.path] = _state(entry.path)
    return Look(frozenset(folders), files)


def _state(path: str) -> State:
    try:
        found = os.lstat(path)
    except OSError:
        return ()
    return (found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


async def settled(
    first: Look, again: Callable[[], Look], pause: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> Look:
    """The inputs once nothing changed for a moment, or after a second of changes."""
    for _ in range(LOOKS):
        await pause(QUIET)
        now = again()
        if now == first:
            break
        first = now
    return first


class Watch:
    """Watches the inputs of a briefing from the moment it is made."""

    def __init__(self, folder: Path, changed: Callable[[], None]) -> None:
        """`changed` is called, on the event loop, once for all that was saved together."""
        self._folder = folder
        self._changed = changed
        self._seen = look(folder)

    async def run(self) -> None:
        """Watch until cancelled."""
        told: asyncio.Task[None] | None = None
        try:
            while True:
                if told is None:
                    told = asyncio.create_task(self._told())
                    await asyncio.sleep(0)  # from here on the system tells
                now = self._look()
                if now == self._seen:
                    await asyncio.wait({told}, timeout=LOOK_AGAIN)
                else:
                    self._seen = await settled(now, self._look)
                    self._changed()
                    told.cancel()  # folders may have come, gone, or been replaced
                if told.done() or told.cancelling():
                    await asyncio.gather(told, return_exceptions=True)
                    told = None
        finally:
            if told:
                told.cancel()

    def _look(self) -> Look:
        return look(self._folder)

    async def _told(self) -> None:
        """Wait until the system tells of anything in the folders."""
        folders = [str(self._folder), *self._seen.folders]
        try:
            async with aclosing(
                awatch(*folders, recursive=False, watch_filter=None, debounce=50, step=_STEP)
            ) as changes:
                await anext(changes)
        except (OSError, RuntimeError):  # a folder is gone, or there are more of them than the system watches
            await asyncio.sleep(_UNTOLD)
