"""The watch: what is saved together is one change, however it is saved, and nothing else is one."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from site_builder.serving.watching import LOOKS, SOON, Look, Watch, look, settled, until_whole


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a briefing of two files, with a built site inside."""
    for name in ("seeds/a.txt", "annotations/site.yaml", "output/index.html", "output/.briefing/lock", ".git/index"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    return tmp_path


def write(folder: Path, name: str, text: str = "y") -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")


def save_by_rename(folder: Path) -> None:
    write(folder, "annotations/.site.yaml.swp")
    (folder / "annotations/.site.yaml.swp").replace(folder / "annotations/site.yaml")


def save_in_place_with_its_old_date(folder: Path) -> None:
    path = folder / "annotations/site.yaml"
    before = path.stat()
    write(folder, "annotations/site.yaml", "z")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def bring_an_old_file(folder: Path) -> None:
    write(folder, "seeds/b.txt")
    os.utime(folder / "seeds/b.txt", (1, 1))


def replace_by_a_link(folder: Path) -> None:
    (folder / "seeds/a.txt").unlink()
    (folder / "seeds/a.txt").symlink_to(folder / "annotations/site.yaml")


def replace_a_folder(folder: Path) -> None:
    shutil.copytree(folder / "annotations", folder / "copy")
    shutil.rmtree(folder / "annotations")
    (folder / "copy").rename(folder / "annotations")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file is written": lambda f: write(f, "annotations/site.yaml", "longer"),
    "a file is saved by a rename": save_by_rename,
    "a file is saved with its old date": save_in_place_with_its_old_date,
    "an old file is brought in": bring_an_old_file,
    "a file is deleted": lambda f: (f / "seeds/a.txt").unlink(),
    "a file is renamed": lambda f: (f / "seeds/a.txt").rename(f / "seeds/b.txt"),
    "a file gets other rights": lambda f: (f / "seeds/a.txt").chmod(0o400),
    "a folder is made with a file in it": lambda f: write(f, "annotations/topics/a.md"),
    "an input folder is made later": lambda f: write(f, "templates/pages/home.html"),
    "an input folder is deleted": lambda f: shutil.rmtree(f / "seeds"),
    "a folder is renamed": lambda f: (f / "seeds").rename(f / "old"),
    "a folder is replaced": replace_a_folder,
    "a file is replaced by a link": replace_by_a_link,
}
NO_CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing happens": lambda _: None,
    "the output is written": lambda f: write(f, "output/index.html", "built"),
    "the output is deleted": lambda f: shutil.rmtree(f / "output"),
    "a dot file is written": lambda f: write(f, "annotations/.site.yaml.swp"),
    "a dot folder is written": lambda f: write(f, "annotations/.git/index"),
    "a file beside the inputs is written": lambda f: write(f, "notes.txt"),
    "a file is read": lambda f: (f / "seeds/a.txt").read_bytes(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_look_sees_that(what: str, folder: Path) -> None:
    before = look(folder)
    CHANGES[what](folder)
    assert look(folder) != before


@pytest.mark.parametrize("what", NO_CHANGES)
def test_a_look_sees_nothing_when(what: str, folder: Path) -> None:
    before = look(folder)
    NO_CHANGES[what](folder)
    assert look(folder) == before


def test_nothing_behind_a_link_is_looked_at_or_watched(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write(elsewhere, "deep/a.txt")
    (folder / "annotations/link").symlink_to(elsewhere)
    (folder / "templates").symlink_to(elsewhere)
    before = look(folder)
    write(elsewhere, "deep/a.txt", "changed")
    write(elsewhere, "b.txt")
    assert look(folder) == before
    assert before.folders == {f"{folder}/seeds", f"{folder}/annotations"}


def test_a_briefing_that_is_gone_is_an_empty_look(tmp_path: Path) -> None:
    assert look(tmp_path / "gone").folders == set()


def looks(*sizes: int) -> list[Look]:
    return [Look(frozenset(), {"a": (size,)}) for size in sizes]


@pytest.mark.parametrize(
    ("seen", "taken"),
    [((1, 1), 1), ((1, 2, 2), 2), ((1, 2, 1, 3, 3, 4), 3), (tuple(range(100)), LOOKS)],
    ids=["one save", "two saves", "a burst", "no end"],
)
def test_what_is_saved_together_is_taken_together_but_not_awaited_for_ever(seen: tuple[int, ...], taken: int) -> None:
    first, *more = looks(*seen)
    coming = iter(more)
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    found = asyncio.run(settled(first, lambda: next(coming), pause))
    assert found.files == {"a": (taken,)}
    assert sum(pauses) < 1.01


async def changes_of(folder: Path, steps: list[Callable[[Path], object]]) -> int:
    """How often a watch calls, when each step is made after the call for the one before."""
    calls = 0
    called = asyncio.Event()

    def change() -> None:
        nonlocal calls
        calls += 1
        called.set()

    task = asyncio.create_task(Watch(folder, change).run())
    for step in steps:
        called.clear()
        await asyncio.to_thread(step, folder)
        await asyncio.wait_for(called.wait(), 20)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return calls


def test_every_change_is_told_of(folder: Path) -> None:
    steps = [change for what, change in CHANGES.items() if "deleted" not in what and "renamed" not in what]
    assert asyncio.run(changes_of(folder, steps)) >= len(steps)


def test_forty_files_at_once_are_one_change(folder: Path) -> None:
    for number in range(40):
        write(folder, f"coming/{number}.yaml")
    steps = [
        lambda f: (f / "coming").rename(f / "annotations/sources"),
        lambda f: (f / "seeds/a.txt").replace(f / "seeds/b.txt"),
    ]
    assert asyncio.run(changes_of(folder, steps)) == 2


def test_what_a_build_writes_wakes_nobody(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("site_builder.serving.watching.LOOK_AGAIN", 0.001)
    calls, looks = 0, 0

    def build() -> None:
        nonlocal calls, looks
        calls, looks = calls + 1, 0
        shutil.rmtree(folder / "output")
        for name in ("output/index.html", "output/.briefing/lock", "output/annotations/a.yaml", ".cache/a", "log.txt"):
            write(folder, name, f"built {calls}")

    def counted(of: Path) -> Look:
        nonlocal looks
        looks += 1
        return look(of)

    async def run() -> None:
        monkeypatch.setattr("site_builder.serving.watching.look", counted)
        task = asyncio.create_task(Watch(folder, build).run())
        (folder / "seeds/a.txt").rename(folder / "seeds/b.txt")
        async with asyncio.timeout(20):
            while not (calls and looks > 5):  # after a build it was looked again and again
                await asyncio.sleep(0)
        task.cancel()

    asyncio.run(run())
    assert calls == 1


def test_a_change_made_before_the_watch_runs_is_not_lost(folder: Path) -> None:
    async def run() -> None:
        called = asyncio.Event()
        watch = Watch(folder, called.set)
        write(folder, "annotations/site.yaml", "meanwhile")
        task = asyncio.create_task(watch.run())
        await asyncio.wait_for(called.wait(), 20)
        task.cancel()

    asyncio.run(run())


def test_where_the_system_tells_nothing_the_look_alone_has_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_watch(*_: object, **__: object) -> None:
        raise OSError("no watches left")

    monkeypatch.setattr("site_builder.serving.watching.awatch", no_watch)
    assert asyncio.run(changes_of(folder, [CHANGES["a file is written"], CHANGES["an old file is brought in"]])) == 2


NAMED: dict[str, tuple[list[str] | None, Callable[[Path], object]]] = {
    "a file is written": (["annotations/site.yaml"], CHANGES["a file is written"]),
    "a file is saved by a rename": (["annotations/site.yaml"], save_by_rename),
    "a file is saved with its old date": (["annotations/site.yaml"], save_in_place_with_its_old_date),
    "a file is new": (None, CHANGES["an old file is brought in"]),
    "a file is gone": (None, CHANGES["a file is deleted"]),
    "a file is replaced by a link": (None, replace_by_a_link),
    "a template is written": (None, lambda f: write(f, "templates/base.html", "longer")),
}


def told_of(folder: Path, watched: Path, step: Callable[[Path], object]) -> list[list[str] | None]:
    """What a watch of a folder, by one of its names, tells of a step: the files, or None for a look at all."""
    found: list[list[str] | None] = []

    async def run() -> None:
        is_told = asyncio.Event()

        def tell(edited: Sequence[str] | None = None) -> None:
            found.append(None if edited is None else [*edited])
            is_told.set()

        task = asyncio.create_task(Watch(watched, tell, tell).run())
        for _ in range(20):
            await asyncio.sleep(0)  # until it waits
        step(folder)
        await asyncio.wait_for(is_told.wait(), 20)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
    return found


@pytest.mark.parametrize("what", NAMED)
def test_a_file_that_was_known_is_told_of_by_name_and_anything_else_by_a_look(
    what: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("site_builder.serving.watching.LOOK_AGAIN", 60.0)  # it is the system that tells
    write(folder, "templates/base.html")
    assert told_of(folder, folder, NAMED[what][1]) == [NAMED[what][0]]


def test_a_file_is_told_of_by_name_in_the_folder_where_the_command_is_given(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("site_builder.serving.watching.LOOK_AGAIN", 60.0)
    monkeypatch.chdir(folder)
    assert told_of(folder, Path(), NAMED["a file is written"][1]) == [["annotations/site.yaml"]]


@pytest.mark.parametrize(
    ("ages", "rest"),
    [((0.0,), SOON), ((9.0,), 0), ((9.0, 0.0), SOON), ((-9.0,), SOON), ((), 0)],
    ids=["just now", "long ago", "one of two", "by another clock", "none"],
)
def test_a_file_is_whole_a_moment_after_it_was_changed(ages: Sequence[float], rest: float) -> None:
    now = 1_700_000_000
    states = [(0, 0, 0, 0, int((now - age) * 1e9)) for age in ages]
    assert until_whole(states, now) == pytest.approx(rest, abs=1e-6)
