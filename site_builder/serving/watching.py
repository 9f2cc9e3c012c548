"""When a file changes that a build reads.

The system tells that something happened in a folder (by watchfiles); what happened is seen by looking at all inputs.
So one change is one change however an editor saves (in place, by a rename, with an old date), and what else lies in
the folders (dot files, what is behind a link) wakes nobody; the output is never among them. Where the system tells
nothing (some network drives, too many watches), the look alone has to do.

Of thousands of inputs one look takes longer than to build what was edited. So files that the system names, that are
known, and that look otherwise now, are told of at once; the look at all others comes later.
"""

from __future__ import annotations

import asyncio
import os
import stat
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence
from pathlib import Path

from watchfiles import Change, awatch

from ..frozen import dataclass
from .excerpts import INPUTS

QUIET = 0.04  # seconds without a change after which files saved together are all there
LOOKS = 25  # looks until a build starts while files keep changing
LOOK_AGAIN = 1.0  # seconds between two looks when the system tells nothing
_SHARE = 25  # of the time at most one in so many goes into looks
_UNTOLD = 0.25  # seconds between two looks when the system cannot tell anything
SOON = 0.01  # seconds without a change after which a file that was saved is whole
_STEP = 5  # milliseconds between two times that watchfiles asks the system
_OF_PAGES = ("seeds", "annotations")

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


def until_whole(states: Iterable[State], now: float) -> float:
    """The seconds until nothing of these files is on its way any more, by when each was changed."""
    changed = max((max(state[-2:]) for state in states if state), default=0)
    return max(0.0, min(SOON, changed / 1e9 + SOON - now))


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

    def __init__(
        self, folder: Path, changed: Callable[[], None], edited: Callable[[Sequence[str]], None] | None = None
    ) -> None:
        """`changed` is called, on the event loop, once for all that was saved together; instead of it `edited`, if
        given, with paths from the folder, where no more is known to have changed than these seeds and annotations."""
        self._folder = Path(os.path.abspath(folder))  # noqa: PTH100 links stay; the system names files so
        self._changed = changed
        self._edited = edited
        self._took = 0.0  # seconds
        self._seen = self._look()

    async def run(self) -> None:
        """Watch until cancelled."""
        telling: _Telling | None = None
        try:
            while True:
                if telling is None:
                    telling = _Telling([str(self._folder), *self._seen.folders])
                    await telling.begin()
                now = self._look()
                is_over = now != self._seen
                if is_over:
                    self._seen = await settled(now, self._look)
                    self._changed()
                if is_over or not await self._is_told(telling):  # folders may have come, gone, or been replaced
                    await telling.end()
                    telling = None
        finally:
            if telling:
                await telling.end()

    def _look(self) -> Look:
        started = time.monotonic()
        found = look(self._folder)
        self._took = time.monotonic() - started
        return found

    async def _is_told(self, telling: _Telling) -> bool:
        """Wait until it is time for a look at all inputs; whether the system still tells then."""
        loop = asyncio.get_running_loop()
        pause = max(LOOK_AGAIN, self._took * _SHARE)
        due = loop.time() + pause
        while told := await telling.within(due - loop.time()):
            edited = await self._known(told) if self._edited else None
            if edited is None:
                return True
            if edited and self._edited:
                self._edited(edited)
                due = loop.time() + pause
        return told is not None

    async def _known(self, told: Iterable[str]) -> Sequence[str] | None:
        """The seeds and annotations that were edited, once they are whole; None if anything else may have changed."""
        states: dict[str, State] = {}
        for path in told:
            before, now = self._seen.files.get(path), _state(path)
            if before is None and now and not self._is_other(path):
                return None
            if before is not None and now[: len(before)] != before:
                states[path] = now
        for _ in range(LOOKS):
            if not (rest := until_whole(states.values(), time.time())):
                break
            await asyncio.sleep(rest)
            states = {path: _state(path) for path in states}
        names = [path.removeprefix(f"{self._folder}{os.sep}").replace(os.sep, "/") for path in states]
        if not all(name.partition("/")[0] in _OF_PAGES for name in names):
            return None
        if not all(state and stat.S_ISREG(state[0]) for state in states.values()):
            return None
        self._seen = Look(self._seen.folders, {**self._seen.files, **states})
        return names

    def _is_other(self, path: str) -> bool:
        """Whether something that was not there at the last look is no input."""
        folder, name = os.path.split(path)
        return name.startswith(".") or (folder == str(self._folder) and name not in INPUTS)


class _Telling:
    """What the system tells of some folders, from `begin` to `end` without a gap."""

    def __init__(self, folders: Sequence[str]) -> None:
        self._folders = folders
        self._changes: AsyncGenerator[set[tuple[Change, str]], None] | None = None
        self._coming: asyncio.Task[set[str] | None] | None = None

    async def begin(self) -> None:
        """From here on the system tells."""
        self._coming = asyncio.create_task(self._next())
        await asyncio.sleep(0)

    async def within(self, seconds: float) -> set[str] | None:
        """The paths that the system tells of first within so many seconds; None when it tells no more."""
        if self._coming is None:
            self._coming = asyncio.create_task(self._next())
        await asyncio.wait({self._coming}, timeout=max(0, seconds))
        if not self._coming.done():
            return set()
        coming, self._coming = self._coming, None
        return coming.result()

    async def end(self) -> None:
        """Be told no more."""
        if self._coming:
            self._coming.cancel()
            await asyncio.gather(self._coming, return_exceptions=True)
        if self._changes:
            await self._changes.aclose()

    async def _next(self) -> set[str] | None:
        try:
            if self._changes is None:
                self._changes = awatch(*self._folders, recursive=False, watch_filter=None, debounce=50, step=_STEP)
            return {path for _, path in await anext(self._changes)}
        except (OSError, RuntimeError, StopAsyncIteration):  # a folder is gone, or there are too many to be watched
            await asyncio.sleep(_UNTOLD)
            return None
