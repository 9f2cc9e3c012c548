"""Which files a build reads, and when one of them changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher
from tornado import ioloop

INPUTS = ("seeds", "annotations", "templates")
POLL = 250  # milliseconds between two looks at the inputs

Snapshot = Mapping[str, tuple[int, int]]


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
