"""How much work each kind of edit is: as recorded, and no more than twice the CPU.

Fewer files parsed or pages rendered than recorded fail too: `python -m tests.update_work` records what is saved, so
that it is not lost again unseen.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from site_builder import cli
from site_builder.build import Work

from .working import RECORDED, SIZE, SMALLEST, Edited, edited

pytestmark = pytest.mark.xdist_group("work")  # one process builds it all, once

WORK = json.loads(RECORDED.read_text("utf-8"))
RECORD = "; where it is meant to be so, record it: python -m tests.update_work"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edited]:
    return edited(tmp_path_factory.mktemp("work"))


def test_what_is_recorded_is_of_this_corpus_and_of_these_edits(found: dict[str, Edited]) -> None:
    assert WORK["sources"] == SIZE
    assert list(WORK["edits"]) == list(found)


@pytest.mark.parametrize("kind", WORK["edits"])
def test_an_edit_is_as_much_work_as_is_recorded(found: dict[str, Edited], kind: str) -> None:
    was, now = WORK["edits"][kind], found[kind].recorded()
    counts = ("parsed", "resolved", "rendered", "pages written")
    assert {name: now[name] for name in counts} == {name: was[name] for name in counts}, RECORD
    assert now["bytes written"] == pytest.approx(was["bytes written"], rel=0.05), RECORD


def test_no_edit_takes_twice_the_cpu_that_is_recorded(
    found: dict[str, Edited], record_property: Callable[[str, object], None]
) -> None:
    ratios: dict[str, tuple[float, float]] = {
        kind: (each.cpu, WORK["edits"][kind]["CPU in yardsticks"]) for kind, each in found.items()
    }
    told = ", ".join(f"{kind} {now:.1f} ({was})" for kind, (now, was) in ratios.items())
    record_property("CPU of builds in yardsticks (recorded)", told)
    over = {kind: now for kind, (now, was) in ratios.items() if now > max(2 * was, was + 0.5)}
    assert not over, f"above twice what is recorded{RECORD}"


def test_all_pages_are_rendered_in_a_clean_build_and_none_when_nothing_changed(found: dict[str, Edited]) -> None:
    clean, unchanged = found["clean"], found["nothing changed"]
    assert clean.built.work.rendered == len(clean.pages("write")) > SIZE
    assert clean.built.work.resolved == SIZE
    assert clean.built.work.written > 1_000_000
    assert unchanged.built.work == Work()


def test_what_was_written_is_what_the_steps_say(found: dict[str, Edited]) -> None:
    for kind, each in found.items():
        assert len(each.pages("write")) <= each.built.work.rendered, kind


def test_build_prints_how_much_work_it_was_when_asked(
    capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    arguments = ["build", str(SMALLEST), "-o", str(tmp_path_factory.mktemp("site")), "--stats"]

    def told() -> list[int]:
        assert cli.main(arguments) == 0
        words = capsys.readouterr().out.splitlines()[-1].replace(",", "").split()
        return [int(word) for word in words if word.isdigit()]

    parsed, resolved, rendered, written = told()
    assert (parsed, resolved) == (2, 1)
    assert rendered > 5
    assert written > 100_000
    assert told() == [0, 0, 0, 0]
