"""Building again and again in one process: one build at a time, in a thread of its own, so that pages stay served.

A change that comes while a build runs starts exactly one more. Where it is known which files were edited, their pages
are put in place first, and the whole build comes when nothing more was saved for a moment; it is given up when
something is. What the environment does not allow (a full disk, a second build in the same folder) is tried again after
a while, since no file will change when it is over.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ..build import LOCAL, Publication, Report, build
from ..kept.memory import Memory
from ..problems import BuildFailed, Problem, Refused
from ..records import Annotations
from .ahead import Ahead
from .excerpts import Read, excerpt
from .state import Outcome, is_seen

RETRY = 2.0  # seconds until what was refused is tried again
REST = 0.4  # seconds after pages were put ahead until the whole build; browsers load the pages meanwhile


class Ended(BaseException):
    """The preview ends: the build under way is given up. No `Exception`, since no build failed."""


class Postponed(BaseException):
    """A file was saved while the rest of a build was made: its pages come first. No `Exception`, as above."""


class Builds:
    """The builds of a preview; `run` is to be running while builds are wanted."""

    def __init__(
        self, once: Callable[[Report], Outcome], told: Callable[[Outcome], None], ahead: Ahead | None = None
    ) -> None:
        """`once` builds, in a thread, and reports its progress; `told` is given each outcome, on the event loop.

        `ahead` puts pages in place before.
        """
        self._once = once
        self._told = told
        self._ahead = ahead
        self._edited: dict[str, None] | None = {}  # the files of which alone it is wanted
        self._rest: asyncio.TimerHandle | None = None
        self._is_rest = False
        self._pool = ThreadPoolExecutor(1, "build")
        self._wanted = asyncio.Event()
        self._waiting: list[asyncio.Future[Outcome]] = []
        self._retry: asyncio.TimerHandle | None = None
        self._is_ended = False

    def want(self, edited: Iterable[str] = ()) -> None:
        """Something changed: build, after the build under way if there is one; nothing but these files, if any."""
        files = dict.fromkeys(edited)
        self._edited = {**self._edited, **files} if files and self._edited is not None else None
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
            self._cancel()
            self._pool.shutdown()
            for future in self._waiting:
                future.cancel()

    async def _build(self) -> None:
        loop = asyncio.get_running_loop()
        self._cancel()
        self._wanted.clear()
        edited, self._edited = self._edited, {}
        waiting, self._waiting = self._waiting, []
        outcome = None
        if edited and self._ahead and not waiting:
            outcome = await loop.run_in_executor(self._pool, put_ahead, self._ahead, [*edited], self._report)
            if outcome and outcome.is_good:
                self._rest = loop.call_later(REST, self._want_rest)
        if outcome is None:
            try:
                outcome = await loop.run_in_executor(self._pool, self._once, self._report)
            except Postponed:
                return
            finally:
                self._is_rest = False
            if self._ahead:
                loop.run_in_executor(self._pool, self._ahead.settle if outcome.is_good else self._ahead.lose)
        if isinstance(outcome.error, (Refused, OSError)):
            self._retry = loop.call_later(RETRY, self.want)
        self._told(outcome)
        for future in waiting:
            if not future.done():
                future.set_result(outcome)

    def _want_rest(self) -> None:
        self._is_rest = not self._wanted.is_set()
        self.want()

    def _cancel(self) -> None:
        for timer in (self._retry, self._rest):
            if timer:
                timer.cancel()

    def _report(self, stage: str, done: int, total: int) -> None:  # noqa: ARG002 a build tells more than is wanted
        if self._is_ended:
            raise Ended
        if self._is_rest and self._wanted.is_set():
            raise Postponed


def put_ahead(ahead: Ahead, edited: Sequence[str], report: Report) -> Outcome | None:
    """Put pages ahead, and say how it went; None where the whole build has to tell, or knows better."""
    started = time.monotonic()
    try:
        put = ahead.put(edited, report)
    except BuildFailed as failed:
        return _met(ahead.folder, failed.problems, started)
    except Exception:  # whatever it is, the whole build meets it too, or can do without
        return None
    return _met(ahead.folder, put.read.warnings, started, (put.written, put.deleted)) if put else None


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
    unseen = sum(step.action != "keep" and not is_seen(step.path) for step in built.steps)
    return _met(folder, built.warnings, started, (built.count("write"), built.count("delete")), unseen)


def _refresh_schemas(folder: Path, annotations: Annotations) -> None:
    """Let an editor know new ids, where `briefing schema` has been run; what stands in the way, that command tells."""
    from ..schema.schema_folder import refresh
    from ..schema.schemas import FOLDER

    if (folder / FOLDER).is_dir():
        with contextlib.suppress(Refused, OSError):
            refresh(folder, annotations)


def _diff(problem: Problem) -> str:
    """What a problem's message marks as other words, where that is what it does."""
    return problem.message if problem.rule == "quote-drifted" else ""


def _met(
    folder: Path, problems: tuple[Problem, ...], started: float, done: tuple[int, int] = (0, 0), unseen: int = 0
) -> Outcome:
    read: Read = {}
    excerpts = tuple(excerpt(folder, problem.place, _diff(problem), read) for problem in problems)
    return Outcome(problems, excerpts, *done, unseen=unseen, seconds=time.monotonic() - started)
