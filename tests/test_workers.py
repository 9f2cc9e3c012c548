"""Work over several processes: in order and in time, the same as by one, and nothing left of what was stopped."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.making import corpus
from site_builder import workers
from site_builder.build import build, checked
from site_builder.disk.writing import OWN
from site_builder.problems import BuildFailed, Problem, Refused
from site_builder.workers import PAYS, shared_out

from .built_sites import copied
from .working_edits import written

JOBS = (1, 2, 3, 5)

pytestmark = [
    pytest.mark.programs,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here, and so one process"),
    pytest.mark.filterwarnings(
        "ignore:.*multi-threaded:DeprecationWarning"
    ),  # tests run beside threads of their runner
]


@pytest.fixture(autouse=True, scope="module")
def _beside_threads() -> Iterator[None]:
    """Those of the runner hold no lock that we need."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "can_fork", lambda: True)
        yield


def quiet(_: int) -> None:
    """Told of a piece."""


class Meeting:
    """Where two processes wait for each other."""

    def __init__(self) -> None:
        self.ends = os.pipe(), os.pipe()
        self.parent = os.getpid()

    def wait(self) -> None:
        """Go on when the other is here too."""
        mine, other = self.ends if os.getpid() == self.parent else self.ends[::-1]
        os.write(mine[1], b"!")
        os.read(other[0], 1)


@pytest.fixture
def meeting() -> Iterator[Meeting]:
    found = Meeting()
    yield found
    for end in (*found.ends[0], *found.ends[1]):
        os.close(end)


@pytest.mark.parametrize("jobs", JOBS)
def test_what_is_made_comes_in_order_whoever_made_it(jobs: int) -> None:
    assert list(shared_out(300, lambda n: (n, f"page {n}"), jobs, quiet)) == [(n, f"page {n}") for n in range(300)]


def test_two_processes_work_at_once_and_one_of_them_is_this(meeting: Meeting) -> None:
    def work(_: int) -> int:
        meeting.wait()
        return os.getpid()

    found = list(shared_out(2, work, 2, quiet))
    assert len(set(found)) == 2
    assert os.getpid() in found


def test_by_itself_work_is_shared_only_where_it_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 2)
    monkeypatch.setattr(workers, "_held", lambda: 1)
    monkeypatch.setattr(workers, "_by_several", lambda *_: iter(((0, "by several"),)))
    monkeypatch.setattr(workers, "LONG", 0.0)
    assert list(shared_out(PAYS - 1, str, 0, quiet)) == [str(n) for n in range(PAYS - 1)]
    assert list(shared_out(PAYS, str, 0, quiet)) == ["by several", *(str(n) for n in range(1, PAYS))]
    monkeypatch.setattr(workers, "LONG", 60.0)
    assert list(shared_out(PAYS, str, 0, quiet)) == [str(n) for n in range(PAYS)]


def test_how_long_the_rest_will_take_is_seen_by_pieces_from_all_over_of_which_none_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def work(number: int) -> int:
        made.append(number)
        clock[0] += 0.5 if number >= 100 else 0.1
        if number == failing:
            raise ValueError
        return number

    made: list[int] = []
    clock, failing = [0.0], 100
    monkeypatch.setattr("time.process_time", lambda: clock[0])
    left, tried = workers._tried(200, work)
    assert 0.25 < left / (200 - len(tried)) < 0.35
    assert made[:3] == [0, 10, 20]
    assert tried == {number: number for number in made if number != failing}
    made.clear()
    monkeypatch.setattr(workers, "processors", lambda: 2)
    monkeypatch.setattr(workers, "LONG", 1e9)
    failing = -1
    assert list(shared_out(PAYS, work, 0, quiet)) == list(range(PAYS))
    assert sorted(made) == list(range(PAYS))


@pytest.mark.parametrize(("held", "by"), [(10, 3), (100, 3), (110, 2), (170, 1), (2_000, 1)])
def test_there_are_no_more_processes_than_there_is_room_for_unless_more_are_asked_for(
    held: int, by: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def by_several(_count: int, _work: object, jobs: int, _told: object) -> Iterator[tuple[int, str]]:
        asked.append(jobs)
        return iter(())

    asked: list[int] = []
    monkeypatch.setattr(workers, "processors", lambda: 3)
    monkeypatch.setattr(workers, "_held", lambda: 1_000_000 * held)
    monkeypatch.setattr(workers, "_by_several", by_several)
    monkeypatch.setattr(workers, "LONG", 0.0)
    assert list(shared_out(PAYS, str, 0, quiet)) == [str(n) for n in range(PAYS)]
    assert asked == ([by] if by > 1 else [])
    assert list(shared_out(PAYS, str, 3, quiet)) == [str(n) for n in range(PAYS)]
    assert asked[-1] == 3


def test_what_this_process_holds_is_asked_of_the_system() -> None:
    before = workers._held()
    much = b"1" * 50_000_000
    assert 40_000_000 < workers._held() - before < 2 * len(much)


def test_where_a_fork_is_not_safe_there_is_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: False)
    assert set(shared_out(PAYS, lambda _: os.getpid(), 3, quiet)) == {os.getpid()}


def test_where_the_system_has_no_more_processes_the_rest_do_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def fork() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", fork)
    assert set(shared_out(PAYS, lambda _: os.getpid(), 3, quiet)) == {os.getpid()}


class Wrong(Exception):
    """What a piece may raise."""


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 4), st.integers(1, 60), st.sets(st.integers(0, 70), max_size=4))
def test_the_first_piece_that_fails_is_the_one_that_is_raised(jobs: int, count: int, failing: set[int]) -> None:
    def work(number: int) -> int:
        if number in failing:
            raise Wrong(number)
        return number

    found: list[int] = []
    first = min((n for n in failing if n < count), default=count)
    with pytest.raises(Wrong, match=f"^{first}$") if first < count else contextlib.nullcontext():
        found.extend(shared_out(count, work, jobs, quiet))
    assert found == list(range(first))


def test_a_piece_that_failed_in_another_process_alone_is_done_here(meeting: Meeting) -> None:
    def work(number: int) -> int:
        if os.getpid() != meeting.parent:
            meeting.wait()
            raise MemoryError
        if not found:
            found.append(number)
            meeting.wait()
        return number

    found: list[int] = []
    assert list(shared_out(90, work, 2, quiet)) == list(range(90))


def test_a_process_that_is_killed_is_told_of_with_what_to_do(meeting: Meeting) -> None:
    def work(_: int) -> None:
        meeting.wait()
        if os.getpid() != meeting.parent:
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(Refused, match=r"was killed \(SIGKILL\)") as refused:
        list(shared_out(2, work, 2, quiet))
    assert "--jobs 1" in refused.value.hint


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_when_this_process_is_stopped_the_others_end_at_once(meeting: Meeting, stop: type[BaseException]) -> None:
    def work(_: int) -> None:
        if os.getpid() != meeting.parent:
            os.write(said, str(os.getpid()).encode())
            meeting.wait()
            signal.pause()  # for ever
        meeting.wait()
        raise stop

    heard, said = os.pipe()
    with pytest.raises(stop):
        list(shared_out(2, work, 2, quiet))
    other = int(os.read(heard, 20))
    for end in (heard, said):
        os.close(end)
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


# The sites


@pytest.fixture(scope="module", params=["harbour", pytest.param("synthetic", marks=pytest.mark.rounds)])
def briefing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param) / "briefing"
    if request.param == "harbour":
        copied("harbour", folder)
    else:
        folder.mkdir()
        for path, text in corpus(12).files("ours"):
            written(folder / path, text)
    return folder


def tree(output: Path) -> dict[str, bytes]:
    """Every file of a site, the manifest too, but neither lock nor stamps."""
    found = {p.relative_to(output).as_posix(): p for p in output.rglob("*") if p.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if path.name not in ("lock", "stamps")}


def test_a_site_has_the_same_bytes_by_any_number_of_processes(briefing: Path, tmp_path: Path) -> None:
    built = {jobs: build(briefing, tmp_path / str(jobs), jobs=jobs) for jobs in JOBS}
    assert len({((*b.steps,), b.warnings, b.work) for b in built.values()}) == 1
    one = tree(tmp_path / "1")
    assert len(one) > 20
    for jobs in JOBS[1:]:
        assert tree(tmp_path / str(jobs)) == one


def test_problems_are_the_same_by_any_number_of_processes(briefing: Path, tmp_path: Path) -> None:
    folder = tmp_path / "briefing"
    shutil.copytree(briefing, folder)
    (folder / "templates" / "pages").mkdir(parents=True)
    assert checked(folder, jobs=1).problems == checked(folder, jobs=3).problems
    for name in ("source.html", "about.html", "timeline.html"):
        (folder / "templates" / "pages" / name).write_text("<p>\n{{ nothing.here }}\n", "utf-8")
    found: set[tuple[Problem, ...]] = set()
    for jobs in JOBS:
        with pytest.raises(BuildFailed) as failed:
            build(folder, tmp_path / "output", jobs=jobs)
        found.add(tuple(failed.value.problems))
    assert found == {checked(folder, jobs=3).problems}
    assert not (tmp_path / "output" / "index.html").exists()


# Runs the real command line by two processes, each of which waits at its first page for the other; then the one that
# was forked does what is asked for.
DRIVER = """
import os, signal, sys
from site_builder import cli, workers
from site_builder.theme import rendering

what, folder, output = sys.argv[1:]
parent, here, there = os.getpid(), os.pipe(), os.pipe()
render, met = rendering.Theme.render, []

def rendered(*arguments):
    is_parent = os.getpid() == parent
    if not met:
        met.append(True)
        os.write((here if is_parent else there)[1], b"!")
        os.read((there if is_parent else here)[0], 1)
        if not is_parent:
            {"group": lambda: os.killpg(0, signal.SIGINT),
             "SIGINT": lambda: os.kill(parent, signal.SIGINT),
             "SIGTERM": lambda: os.kill(parent, signal.SIGTERM),
             "SIGKILL": lambda: os.kill(os.getpid(), signal.SIGKILL)}[what]()
            while True:
                signal.pause()
    return render(*arguments)

rendering.Theme.render = rendered
sys.argv = ["briefing", "build", folder, "--output", output, "--jobs", "2"]
cli.entry()
"""


@pytest.mark.parametrize(
    ("what", "code", "words"),
    [
        ("group", 130, "interrupted; the last good site stands"),  # as a terminal does
        ("SIGINT", 130, "interrupted; the last good site stands"),
        ("SIGTERM", 143, ""),
        ("SIGKILL", 3, "was killed (SIGKILL); the last good site stands"),
    ],
)
def test_a_build_by_two_that_is_stopped_leaves_the_last_good_site(
    tmp_path: Path, what: str, code: int, words: str
) -> None:
    folder, output = tmp_path / "briefing", tmp_path / "output"
    copied("harbour", folder)
    build(folder, output)
    before = tree(output)
    site = folder / "annotations" / "site.yaml"
    site.write_text(site.read_text("utf-8").replace("title: ", "title: New ", 1), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, what, str(folder), str(output)],
        capture_output=True, text=True, start_new_session=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(output) == before
    assert not (output / OWN / "stage").exists()
    build(folder, output)  # nobody holds the folder any more
