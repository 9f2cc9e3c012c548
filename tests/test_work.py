"""How much work each kind of edit is: as recorded, and no more than twice the CPU.

Fewer files parsed or pages rendered than recorded fail too: `python -m tests.update_work` records what is saved, so
that it is not lost again unseen.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from site_builder import cli
from site_builder.build import Built, Work

from .working import BROKEN, RECORDED, SMALLEST, Found, are_bytes_held, edited, is_cpu_held, table
from .working_edits import SIZE

pytestmark = [pytest.mark.rounds, pytest.mark.xdist_group("work")]  # one process builds it all, once

WORK = json.loads(RECORDED.read_text("utf-8"))
EDITS = WORK["edits"]
RECORD = "; where it is meant to be so, record it: python -m tests.update_work"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    return edited(tmp_path_factory.mktemp("work"))


def test_what_is_recorded_is_of_this_corpus_and_of_these_edits(
    found: Found, record_property: Callable[[str, object], None]
) -> None:
    record_property("Work of each kind of edit, CPU in yardsticks", f"\n{table(found, EDITS)}")
    assert WORK["sources"] == SIZE
    assert list(EDITS) == list(found)
    assert {name: list(was["CPU"]) for name, was in EDITS.items()} == {name: list(now) for name, now in found.items()}


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_is_as_much_work_as_is_recorded(found: Found, kind: str) -> None:
    recorded = {name: was for name, was in EDITS[kind].items() if name not in ("KB", "CPU")}
    for way, now in found[kind].items():
        assert now.counts() == recorded, f"{way}{RECORD}"
        assert are_bytes_held(now.size, EDITS[kind].get("KB", 0)), f"{way}{RECORD}"


def test_no_edit_takes_twice_the_cpu_that_is_recorded(found: Found) -> None:
    over = {
        (kind, way): (now.cpu, EDITS[kind]["CPU"][way])
        for kind, each in found.items()
        for way, now in each.items()
        if not is_cpu_held(now.cpu, EDITS[kind]["CPU"][way])
    }
    assert not over, f"above twice what is recorded{RECORD}"


def test_all_pages_are_rendered_in_a_clean_build_and_none_when_nothing_changed(found: Found) -> None:
    for way in ("running", "command"):
        clean, unchanged = found["clean"][way], found["nothing changed"][way]
        assert isinstance(clean.built, Built)
        assert isinstance(unchanged.built, Built)
        assert clean.built.work.rendered == len(clean.pages("write")) > SIZE
        assert clean.built.work.resolved == SIZE
        assert clean.built.work.written > 10_000_000
        assert unchanged.built.work == Work()


def test_what_was_written_is_what_the_steps_say_to_the_byte(found: Found) -> None:
    for kind, each in found.items():
        for now in each.values():
            if isinstance(now.built, Built):
                assert len(now.pages("write")) <= now.built.work.rendered, kind
                assert now.built.work.written == now.size, kind
            else:
                assert BROKEN in kind


def test_the_site_is_the_same_whatever_was_known_when_it_was_made(found: Found) -> None:
    assert {kind for kind, each in found.items() if len({now.manifest for now in each.values()}) > 1} == set()
    *_, last, again = found.values()
    assert last["running"].manifest == again["running"].manifest


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
