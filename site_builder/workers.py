"""Work shared out over processes: each takes the next piece when it is free, and this process is one of them.

The others are forked, so that they know all that is known here and nothing has to be sent to them; what they make
comes back as plain values, by way of a file each, and is given on in the order of the pieces. So the number of
processes shows in nothing but the time. A piece that fails is done again here, in its turn: the first that fails, in
that order, is the one that is told of, as it would be by one process.

Ctrl-C and SIGTERM are for this process alone, which ends the others at once. One whose parent is gone ends by itself.
"""

from __future__ import annotations

import gc
import heapq
import marshal
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, TypeVar

from .problems import Refused

Made = TypeVar("Made")
Told = Callable[[int], None]

PAYS = 100  # pieces; with fewer, one process is as soon done as two
LONG = 1.5  # seconds of work left; with less, what forks copy costs a good part of what they save
_TRIED = 20  # pieces, from all over, by which it is seen how long the rest will take
TOGETHER = 320_000_000  # bytes that all processes may begin with: they are to end with no more than 400 MB
_PIECES_AT_ONCE = 4  # at most: the last to be taken should not be many
_TOKENS = 8_192  # at most: as many as a pipe holds on every system
_SIZE = 4  # bytes of a number


def processors() -> int:
    """How many processes pay here: one for each processor that this process may use.

    On macOS one, since a fork is safe there only while no system library runs threads of its own.
    """
    if sys.platform == "darwin":
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def fitting() -> int:
    """How many processes there is room for, this one among them: to each belongs, in time, all that is known here.

    Forks share memory until one of them writes to it, and Python writes to whatever it looks at.
    """
    return max(1, TOGETHER // max(1, _held()))


def _held() -> int:
    """The bytes of memory that this process has now; where the system does not tell, the most that it has had."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def shared_out(count: int, work: Callable[[int], Made], jobs: int, told: Told) -> Iterator[Made]:
    """What `work` makes of 0, 1, … up to `count`, in this order, by `jobs` processes, or, with 0, by as many as pay and
    as there is room for.

    `work` gives values that marshal knows, and may be called again with the same number. `told` is given the number of
    each piece that is begun here: about as many are done. Raises what `work` raises, and Refused when a process of ours
    was killed.
    """
    several = min(jobs or (processors() if count >= PAYS else 1), count) if can_fork() else 1
    if several > 1 and not jobs:
        several = min(several, fitting())
    if several > 1 and not jobs:
        left, tried = _tried(count, work)
        several, work = several if left >= LONG else 1, partial(_or_anew, tried, work)
    if several < 2:
        for number in range(count):
            told(number)
            yield work(number)
        return
    expected = 0
    for number, made in _by_several(count, work, several, told):
        for missing in range(expected, number):
            yield work(missing)
        yield made
        expected = number + 1
    for missing in range(expected, count):
        yield work(missing)


def _tried(count: int, work: Callable[[int], Made]) -> tuple[float, dict[int, Made]]:
    """How many seconds the rest would take one process, and the pieces that were made to see it.

    One that fails is made again in its turn.
    """
    from contextlib import suppress

    tried: dict[int, Made] = {}
    began = 0.0
    for number in range(0, count, -(-count // _TRIED)):
        with suppress(Exception):
            tried[number] = work(number)
        began = began or time.process_time()  # the first one loads what all need
    spent = time.process_time() - began
    return spent / max(1, len(tried) - 1) * (count - len(tried)), tried


def _or_anew(tried: dict[int, Made], work: Callable[[int], Made], number: int) -> Made:
    """A piece that was made, or is made now."""
    return tried[number] if number in tried else work(number)


def can_fork() -> bool:
    """Whether a fork is there, and safe: no other thread may hold a lock that would never be let go in the copy."""
    return hasattr(os, "fork") and threading.active_count() == 1


def _by_several(count: int, work: Callable[[int], Made], jobs: int, told: Told) -> Iterator[tuple[int, Made]]:
    """Each number with what was made of it, in order; where one failed, it and some after it are not there."""
    from contextlib import ExitStack
    from tempfile import TemporaryFile

    with ExitStack() as stack:
        turns = _Turns(count, jobs)
        stack.callback(turns.close)
        files = [stack.enter_context(TemporaryFile()) for _ in range(jobs)]
        others = _Others()
        stack.callback(others.end)
        gc.freeze()  # else the first search for garbage would write to, and so copy, every page of memory
        stack.callback(gc.unfreeze)
        for file in files[1:]:
            others.start(partial(_take_part, turns, work, file))

        def look(number: int) -> None:
            told(number)
            others.look()

        _take_part(turns, work, files[0], look)
        others.wait()
        yield from heapq.merge(*map(_written, files), key=itemgetter(0))


class _Turns:
    """The numbers that are still to be taken, a few at a time, in order; a pipe gives each to one process only."""

    def __init__(self, count: int, jobs: int) -> None:
        few = min(_PIECES_AT_ONCE, count // (8 * jobs))
        self.count = count
        self.step = max(1, few, -(-count // _TOKENS))
        self.reading, writing = os.pipe()
        with os.fdopen(writing, "wb") as tokens:
            tokens.writelines(n.to_bytes(_SIZE) for n in range(0, count, self.step))

    def __iter__(self) -> Iterator[int]:
        while token := os.read(self.reading, _SIZE):
            first = int.from_bytes(token)
            yield from range(first, min(first + self.step, self.count))

    def drop(self) -> None:
        """Let nobody take more."""
        while os.read(self.reading, 1 << 16):
            pass

    def close(self) -> None:
        """Be done with it."""
        os.close(self.reading)


def _take_part(turns: _Turns, work: Callable[[int], Any], file: IO[bytes], told: Told) -> None:
    """Take pieces until none is left; what was made of them goes into the file. Where one fails, all is given up."""
    for number in turns:
        told(number)
        try:
            made = marshal.dumps((number, work(number)))
        except Exception:  # raised when the piece is done again, in its turn
            turns.drop()
            break
        file.write(len(made).to_bytes(_SIZE) + made)
    file.flush()


def _written(file: IO[bytes]) -> Iterator[tuple[int, Any]]:
    """What one process made."""
    file.seek(0)
    while size := file.read(_SIZE):
        yield marshal.loads(file.read(int.from_bytes(size)))  # noqa: S302 of a file without a name, written by us


class _Others:
    """The processes that were forked."""

    def __init__(self) -> None:
        self.running: list[int] = []

    def start(self, run: Callable[[Told], None]) -> None:
        """Fork one that does this, and nothing after it; where the system has no more to give, the rest do its part."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})  # in the other, for good
        parent = os.getpid()
        try:
            process = os.fork()
        except OSError:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            return
        if process:
            self.running.append(process)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            return

        def alive(_: int) -> None:
            if os.getppid() != parent:
                os._exit(1)

        try:
            run(alive)
        finally:  # what is behind the fork belongs to the parent
            os._exit(0)

    def look(self) -> None:
        """See whether one of them was killed."""
        for process in tuple(self.running):
            self._wait(process, os.WNOHANG)

    def wait(self) -> None:
        """Wait until all have ended."""
        for process in tuple(self.running):
            self._wait(process, 0)

    def _wait(self, process: int, how: int) -> None:
        ended, status = os.waitpid(process, how)
        if not ended:
            return
        self.running.remove(process)
        if os.WIFSIGNALED(status):
            name = signal.Signals(os.WTERMSIG(status)).name
            message = f"a process that made pages was killed ({name}); the last good site stands"
            raise Refused(message, "where there is too little memory, build with --jobs 1")

    def end(self) -> None:
        """End those that still run."""
        for process in self.running:
            os.kill(process, signal.SIGKILL)
        for process in self.running:
            os.waitpid(process, 0)
        self.running.clear()
