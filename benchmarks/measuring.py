"""What a program costs: CPU, wall time, memory of each of its processes, and what it wrote."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

Snapshot = Mapping[str, tuple[int, int, int]]
"""Files by path: inode, time of the last change in nanoseconds, size in bytes."""

_LOOK = 0.02  # seconds between two looks at the processes


@dataclass(frozen=True, slots=True)
class Cost:
    """One run: seconds of CPU (user and system, children counted) and of wall time; bytes of memory and of files.

    `memory` is the sum of the peaks of all processes, as if all had peaked at once; `largest` the bytes of the largest
    page that stands there afterwards, written by this run or not.
    """

    cpu: float
    wall: float
    memory: int
    files: int
    written: int
    largest: int


def measured(command: Sequence[str], folder: Path, output: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command in a folder, and see what it cost and wrote; OSError, with its last words, when it fails.

    To the system a process begins with the peak of the one that started it: whoever calls this has to be small.
    """
    before = snapshot(output)
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        with _watched(process.pid) as peaks:
            _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            words = process.stderr.read().decode(errors="replace")[-2000:] if process.stderr else ""
            raise OSError(f"{' '.join(command)} ended with {process.returncode}: {words}")
    after = snapshot(output)
    changed = [path for path, stamp in after.items() if before.get(path) != stamp]
    memory = max(1024 * usage.ru_maxrss, sum(peaks.values()))
    written = sum(after[path][2] for path in changed)
    largest = max((size for path, (*_, size) in after.items() if path.endswith(".html")), default=0)
    return Cost(usage.ru_utime + usage.ru_stime, wall, memory, len(changed), written, largest)


def snapshot(folder: Path) -> Snapshot:
    """Every file below a folder."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = f"{place}/{name}"
            stat = os.lstat(path)
            found[path] = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
    return found


@contextlib.contextmanager
def _watched(process: int) -> Iterator[Mapping[int, int]]:
    """The peak memory in bytes of a process and of all below it, each as last seen."""
    peaks: dict[int, int] = {}
    is_over = Event()

    def look() -> None:
        while not is_over.wait(_LOOK):
            for each in _with_children(process):
                peaks[each] = max(peaks.get(each, 0), _peak(each))

    thread = Thread(target=look, daemon=True)
    thread.start()
    try:
        yield peaks
    finally:
        is_over.set()
        thread.join()


def _with_children(process: int) -> Iterator[int]:
    yield process
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                yield from _with_children(int(child))


def _peak(process: int) -> int:
    """The most memory that a process has had, in bytes; 0 when it is gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return 1024 * int(line.split()[1])
    return 0
