"""The benchmark of the preview: which page is looked at, what a program takes, and what is printed of it."""

from __future__ import annotations

import shutil
import urllib.request
from pathlib import Path

import pytest

from benchmarks.contenders import HUGO, SHIPPED, Contender, contenders, environment
from benchmarks.making import make
from benchmarks.preview import EDITS, Shown, path_of, seconds_of, served, table, until_done

from .built_sites import SITES


def test_the_page_of_an_edit_is_that_of_the_source_it_is_made_in_on_both_sides(tmp_path: Path) -> None:
    make(tmp_path, 5)
    pages = {edit: path_of(tmp_path, edit) for edit in EDITS}
    assert len({*pages.values()}) == len(EDITS)
    for page in pages.values():
        name = Path(page).stem
        assert (tmp_path / "ours" / "annotations" / "sources" / f"{name}.yaml").is_file()
        assert (tmp_path / "hugo" / "content" / "sources" / f"{name}.html").is_file()


def test_of_all_that_can_be_measured_those_are_that_are_named(tmp_path: Path) -> None:
    make(tmp_path / "corpus", 5)
    (one,) = contenders(tmp_path / "corpus", tmp_path / "run", (SHIPPED,))
    assert (one.name, (one.folder / "annotations").is_dir()) == (SHIPPED, True)


def test_a_table_gives_medians_and_the_least_and_the_most() -> None:
    times = {
        ("note", HUGO): [Shown(1.0, 0.5, 2.0)],
        ("event", SHIPPED): [Shown(0.3, 0.1, 0.4), Shown(0.1, 0.2, 0.6), Shown(0.2, 0.3, 0.5)],
    }
    assert [*table(times)][2:] == [
        "| a note | Hugo | 1.000 | 1.000 to 1.000 | 0.500 | 2.000 |",
        f"| an event | {SHIPPED} | 0.200 | 0.100 to 0.300 | 0.200 | 0.500 |",
    ]


def test_a_program_is_done_when_it_takes_no_more_for_a_while() -> None:
    taken, pauses = iter((1.0, 1.5, 2.0, 2.01)), list[float]()
    assert until_done(lambda: next(taken), pauses.append) == 2.01
    assert len(pauses) == 3
    assert seconds_of(-1) == 0


@pytest.mark.programs
def test_the_preview_is_served_while_it_is_measured_and_ends_with_it(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SITES / "harbour", tmp_path / "harbour"))
    with served(Contender(SHIPPED, folder, (), environment(folder))) as server:
        with urllib.request.urlopen(f"{server.address}index.html") as page:  # noqa: S310 what was just started
            assert b"briefing-preview" in page.read()
        assert seconds_of(server.process.pid) > 0
    assert server.process.returncode == 143
