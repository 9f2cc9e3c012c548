"""Building again and again in one process: one build at a time, in a thread of its own, so that pages stay served.

A change that comes while a build runs starts exactly one more. What the environment does not allow (a full disk, a
second build in the same folder) is tried again after a while, since no file will change when it is over.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ..build import LOCAL, Publication, Report, build
from ..memory import Memory
from ..problems import BuildFailed, Problem
from ..records import Annotations
from ..writing import Refused
from .excerpts import Read, excerpt
from .state import Outcome

RETRY = 2.0  # seconds until what was refused is tried again


class Ended(BaseException):
    """The preview ends: the build under way is given up. No `Exception`, since no build failed."""


class Builds:
    """The builds of a preview; `run` is to be running while builds are wanted."""

    def __init__(self, once: Callable[[Report], Outcome], told: Callable[[Outcome], None]) -> None:
        """`once` builds, in a thread, and reports its progress; `told` is given each outcome, on the event loop."""
        self._once = once
        self._told = told
        self._pool = ThreadPoolExecutor(1, "build")
        self._wanted = asyncio.Event()
        self._waiting: list[asyncio.Future[Outcome]] = []
        self._retry: asyncio.TimerHandle | None = None
        self._is_ended = False

    def want(self) -> None:
        """Something changed: build, after the build under way if there is one."""
        self._wanted.set()

    async def outcome(self) -> Outcome:
        """The outcome of a build that begins after this call."""
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        self.want()
        return await future

    async def run(self) -> None:
        """Build whenever it is wanted, until cancelled; a build under way is then given up where it can be."""
        try:
            while True:
                await self._wanted.wait()
                await self._build()
        finally:
            self._is_ended = True
            if self._retry:
                self._retry.cancel()
            self._pool.shutdown()
            for future in self._waiting:
                future.cancel()

    async def _build(self) -> None:
        loop = asyncio.get_running_loop()
        if self._retry:
            self._retry.cancel()
        self._wanted.clear()
        waiting, self._waiting = self._waiting, []
        outcome = await loop.run_in_executor(self._pool, self._once, self._report)
        if isinstance(outcome.error, (Refused, OSError)):
            self._retry = loop.call_later(RETRY, self.want)
        self._told(outcome)
        for future in waiting:
            if not future.done():
                future.set_result(outcome)

    def _report(self, stage: str, done: int, total: int) -> None:  # noqa: ARG002 a build tells more than is wanted
        if self._is_ended:
            raise Ended


def build_once(
    folder: Path,
    output: Path,
    report: Report,
    *,
    adopt: bool = False,
    force: bool = False,
    publication: Publication = LOCAL,
    memory: Memory | None = None,
) -> Outcome:
    """Build, and say how it went; raises nothing but what `report` does that is no `Exception`."""
    started = time.monotonic()
    try:
        built = build(folder, output, adopt=adopt, force=force, publication=publication, report=report, memory=memory)
    except BuildFailed as failed:
        return _met(folder, failed.problems, started)
    except Exception as error:  # the environment, or a bug of ours: the next save may do without it, the site stands
        return Outcome(error=error)
    if built.annotations:
        _refresh_schemas(folder, built.annotations)
    return _met(folder, built.warnings, started, built.count("write"), built.count("delete"))


def _refresh_schemas(folder: Path, annotations: Annotations) -> None:
    """Let an editor know new ids, where `briefing schema` has been run; what stands in the way, that command tells."""
    from ..schema_folder import refresh
    from ..schemas import FOLDER

    if (folder / FOLDER).is_dir():
        with contextlib.suppress(Refused, OSError):
            refresh(folder, annotations)


def _diff(problem: Problem) -> str:
    """What a problem's message marks as other words, where that is what it does."""
    return problem.message if problem.rule == "quote-drifted" else ""


def _met(folder: Path, problems: tuple[Problem, ...], started: float, written: int = 0, deleted: int = 0) -> Outcome:
    read: Read = {}
    excerpts = tuple(excerpt(folder, problem.place, _diff(problem), read) for problem in problems)
    return Outcome(problems, excerpts, written, deleted, seconds=time.monotonic() - started)
