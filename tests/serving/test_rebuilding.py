"""Builds in one process: one at a time, one more for what changed meanwhile, and again for what was in the way."""

from __future__ import annotations

import asyncio
import gc
import shutil
import threading
import weakref
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from site_builder.build import Read, Report, silent
from site_builder.disk.writing import opened
from site_builder.problems import Refused
from site_builder.serving import rebuilding
from site_builder.serving.ahead import Ahead, Put
from site_builder.serving.rebuilding import Builds, Ended, Postponed, build_once
from site_builder.serving.state import Outcome
from site_builder.theme.rendering import Theme

from .conftest import edit

Steps = Callable[[Builds], Awaitable[None]]


def run(once: Callable[[Report], Outcome], steps: Steps, enough: int = 0, ahead: Ahead | None = None) -> list[Outcome]:
    """What is told of while the steps are made, and until there is enough of it."""
    told: list[Outcome] = []

    async def all_steps() -> None:
        is_enough = asyncio.Event()

        def tell(outcome: Outcome) -> None:
            told.append(outcome)
            if len(told) == enough:
                is_enough.set()

        builds = Builds(once, tell, ahead)
        task = asyncio.create_task(builds.run())
        await asyncio.wait_for(steps(builds), 30)
        if enough:
            await asyncio.wait_for(is_enough.wait(), 30)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(all_steps())
    return told


class Gate:
    """A build that waits until it is let go, and counts."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.go = threading.Semaphore(0)
        self.running = 0
        self.most = 0

    def once(self, _: Report) -> Outcome:
        self.running += 1
        self.most = max(self.most, self.running)
        self.begun.release()
        assert self.go.acquire(timeout=20)
        self.running -= 1
        return Outcome()


def test_what_changes_during_a_build_starts_exactly_one_more() -> None:
    gate = Gate()

    async def steps(builds: Builds) -> None:
        first = asyncio.create_task(builds.outcome())
        await asyncio.to_thread(gate.begun.acquire)
        for _ in range(10):
            builds.want()
        later = [asyncio.create_task(builds.outcome()) for _ in range(3)]
        await asyncio.sleep(0)
        gate.go.release()
        await first
        await asyncio.to_thread(gate.begun.acquire)
        assert not any(each.done() for each in later)
        gate.go.release()
        await asyncio.gather(*later)

    assert len(run(gate.once, steps)) == 2
    assert gate.most == 1


def test_the_loop_goes_on_while_a_build_runs() -> None:
    gate = Gate()

    async def steps(builds: Builds) -> None:
        builds.want()
        await asyncio.to_thread(gate.begun.acquire)
        await asyncio.sleep(0)  # nothing that waits for the build would let this return
        assert gate.running == 1
        gate.go.release()

    run(gate.once, steps)


def test_a_build_under_way_is_given_up_when_the_preview_ends() -> None:
    begun = threading.Event()
    seen: list[type[BaseException]] = []

    def endless(report: Report) -> Outcome:
        begun.set()
        try:
            while True:
                report("reading sources", 0, 1)
        except Ended as ended:
            seen.append(type(ended))
            raise

    async def steps(builds: Builds) -> None:
        builds.want()
        await asyncio.to_thread(begun.wait)

    assert run(endless, steps) == []
    assert seen == [Ended]


@pytest.mark.parametrize("error", [Refused("another build is writing here"), OSError(28, "No space left on device")])
def test_what_the_environment_refused_is_tried_again_by_itself(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "RETRY", 0.001)
    outcomes = [Outcome(error=error), Outcome(error=error), Outcome(written=3)]

    async def steps(builds: Builds) -> None:
        builds.want()

    assert [o.written for o in run(lambda _: outcomes.pop(0), steps, enough=3)] == [0, 0, 3]


class Pages(Ahead):
    """What puts pages ahead that are counted, and are none where the first file is not known."""

    def __init__(self) -> None:
        self.folder = Path("no-such-folder")
        self.asked: list[list[str]] = []

    def put(self, edited: Sequence[str], _: Report) -> Put | None:
        self.asked.append([*edited])
        return Put(cast("Read", SimpleNamespace(warnings=())), len(edited), 0) if edited[0] != "unknown" else None

    def settle(self) -> None:
        """Take note of nothing."""

    def lose(self) -> None:
        """Lose nothing."""


def test_pages_come_first_and_the_whole_build_when_nothing_more_was_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "REST", 0.001)
    pages = Pages()

    async def steps(builds: Builds) -> None:
        builds.want(["a"])
        builds.want(["b", "a"])

    told = run(lambda _: Outcome(written=9, unseen=9), steps, 2, pages)
    assert pages.asked == [["a", "b"]]
    assert [(o.written, o.has_changed_the_site) for o in told] == [(2, True), (9, False)]


@pytest.mark.parametrize("wants", [[["unknown"]], [["a"], []], [[], ["a"]]], ids=["unknown", "more", "more before"])
def test_where_more_may_have_changed_all_is_built_at_once(wants: list[list[str]]) -> None:
    async def steps(builds: Builds) -> None:
        for edited in wants:
            builds.want(edited)

    assert [o.written for o in run(lambda _: Outcome(written=9), steps, 1, Pages())] == [9]


def test_a_save_during_the_whole_build_gives_it_up_and_its_page_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "REST", 0.001)
    begun, pages, given_up = threading.Event(), Pages(), 0

    def once(report: Report) -> Outcome:
        nonlocal given_up
        begun.set()
        try:
            while not given_up:
                report("writing data", 0, 0)
        except Postponed:
            given_up += 1
            raise
        return Outcome(written=9)

    async def steps(builds: Builds) -> None:
        builds.want(["a"])
        await asyncio.to_thread(begun.wait)
        builds.want(["b"])

    assert [o.written for o in run(once, steps, 3, pages)] == [1, 1, 9]
    assert (pages.asked, given_up) == ([["a"], ["b"]], 1)


def test_a_bug_of_ours_is_an_outcome_and_the_next_save_is_built(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(rebuilding, "build", lambda *_, **__: 1 / 0)
        outcome = build_once(harbour, harbour / "output", silent)
        assert isinstance(outcome.error, ZeroDivisionError)
        assert not outcome.is_good
    assert build_once(harbour, harbour / "output", silent).is_good


def test_a_folder_that_another_build_holds_is_an_outcome(harbour: Path) -> None:
    with opened(harbour / "output"):
        outcome = build_once(harbour, harbour / "output", silent)
    assert isinstance(outcome.error, Refused)


def test_twenty_broken_saves_keep_the_site_and_one_mended_makes_it(harbour: Path) -> None:
    output, claims = harbour / "output", harbour / "annotations" / "claims.yaml"
    good = claims.read_bytes()
    site = {p: p.read_bytes() for p in output.rglob("*") if p.is_file() and ".briefing" not in p.parts}
    for number in range(20):
        # cut short as if saved half-way, so that each is broken in a way of its own
        claims.write_bytes(good[: len(good) * number // 21] + b"\n- id: [broken")
        outcome = build_once(harbour, output, silent)
        assert not outcome.is_good
        assert not outcome.has_changed_the_site
        assert outcome.problems[0].place.path == "annotations/claims.yaml"
        assert outcome.excerpts[0]
        assert all(path.read_bytes() == content for path, content in site.items())
    claims.write_bytes(good.replace(b"status: accepted", b"status: unresolved", 1))
    outcome = build_once(harbour, output, silent)
    assert outcome.is_good
    assert outcome.has_changed_the_site


def test_a_seed_that_vanishes_is_a_problem_with_a_place_and_back_again_it_is_none(harbour: Path) -> None:
    output = harbour / "output"
    seed = next((harbour / "seeds").glob("*.txt"))
    seed.rename(harbour / "away.txt")
    outcome = build_once(harbour, output, silent)
    assert "missing-seed" in {p.rule for p in outcome.problems}
    assert not outcome.has_changed_the_site
    (harbour / "away.txt").rename(seed)
    outcome = build_once(harbour, output, silent)
    assert outcome.is_good
    assert not outcome.has_changed_the_site


def test_an_output_that_is_deleted_is_made_again(harbour: Path) -> None:
    before = {p.relative_to(harbour) for p in (harbour / "output").rglob("*.html")}
    shutil.rmtree(harbour / "output")
    assert build_once(harbour, harbour / "output", silent).is_good
    assert {p.relative_to(harbour) for p in (harbour / "output").rglob("*.html")} == before


def test_a_save_that_changes_no_page_changes_nothing(harbour: Path) -> None:
    with (harbour / "annotations" / "claims.yaml").open("a", encoding="utf-8") as file:
        file.write("# a note to myself\n")
    outcome = build_once(harbour, harbour / "output", silent)
    assert outcome.is_good
    assert not outcome.has_changed_the_site


def test_a_build_leaves_its_theme_to_nobody(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    themes: list[weakref.ref[Theme]] = []

    class Noted(Theme):
        def __init__(self, own: Path, cache: Path | None = None) -> None:
            super().__init__(own, cache)
            themes.append(weakref.ref(self))

    monkeypatch.setattr("site_builder.build.Theme", Noted)
    edit(harbour, "claims.yaml", "status: accepted", "status: unresolved")
    assert build_once(harbour, harbour / "output", silent).has_changed_the_site
    gc.collect()
    assert [theme() for theme in themes] == [None]
