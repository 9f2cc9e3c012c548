"""Pages put ahead: what an edit changes is on them at once, and the whole build makes the rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.build import LOCAL, build, silent
from site_builder.disk.writing import OWN, opened
from site_builder.kept.keeping import KeptMemory
from site_builder.kept.memory import Memory
from site_builder.problems import BuildFailed
from site_builder.serving.ahead import Ahead
from site_builder.serving.rebuilding import put_ahead
from site_builder.serving.state import is_seen
from tests.built_sites import files_below

from .conftest import edit

SOURCE = "sources/harbour-notice.yaml"
NOTE = (SOURCE, "**not** measurements", "no measurements")
FIRST = "- id: board-statement"
MORE = "- {id: rise, date: {edtf: '2020', basis: inferred, why: x}, title: Rise, evidence: [harbour-notice#statement]}"
EDITS = {
    "a note": NOTE,
    "a quote's topics": (SOURCE, "topics: [noise]\n    said_by", "topics: []\n    said_by"),
    "a title of a source": (SOURCE, "title: Noise at", "title: Sound at"),
    "a title of an event": ("events.yaml", "a rise in complaints", "rising complaints"),
    "a date of an event": ("events.yaml", 'edtf: "2021-03-04", basis: stated', 'edtf: "2021-03", basis: stated'),
    "an event more": ("events.yaml", f"{FIRST}\n", f"{MORE}\n{FIRST}\n"),
    "a claim": ("claims.yaml", "status: accepted", "status: unresolved"),
    "the title of the site": ("site.yaml", "title: ", "title: Din, "),
    "a measure": ("measures.yaml", "label: ", "label: all "),
    "a topic": ("topics/noise.md", "title: ", "title: Loud "),
}


def _path(own: tuple[str, str, str]) -> str:
    return f"annotations/{own[0]}"


@pytest.fixture
def ahead(harbour: Path) -> Ahead:
    """What puts pages ahead of a briefing that was built before."""
    memory = Memory()
    (harbour / "output" / OWN / "manifest.json").unlink()  # else there is nothing to do, and nothing is known
    build(harbour, harbour / "output", adopt=True, memory=memory)
    found = Ahead(harbour, harbour / "output", LOCAL, memory)
    found.settle()
    return found


def _clean(folder: Path) -> dict[str, bytes]:
    build(folder, folder.parent / "clean")
    return files_below(folder.parent / "clean")


def _whole(folder: Path, ahead: Ahead) -> dict[str, bytes]:
    build(folder, folder / "output", memory=ahead.memory)
    ahead.settle()
    return files_below(folder / "output")


@pytest.mark.rounds
@pytest.mark.parametrize("what", EDITS)
def test_its_pages_are_those_of_a_clean_build_and_after_the_whole_build_all_is(
    what: str, harbour: Path, ahead: Ahead
) -> None:
    before = files_below(harbour / "output")
    edit(harbour, *EDITS[what])
    put = ahead.put([_path(EDITS[what])], silent)
    now, clean = files_below(harbour / "output"), _clean(harbour)
    assert put
    assert put.written == sum(before.get(path) != content for path, content in now.items()) > 0
    assert {p: c for p, c in now.items() if is_seen(p)} == {p: c for p, c in clean.items() if is_seen(p)}
    assert {p: c for p, c in now.items() if p.startswith("data/")} == {
        p: c for p, c in before.items() if p.startswith("data/")
    }
    assert _whole(harbour, ahead) == clean
    assert build(harbour, harbour / "output").count("write") == 0


def test_several_edits_may_be_put_ahead_before_the_whole_build(harbour: Path, ahead: Ahead) -> None:
    for what in ("a note", "a title of an event", "a claim"):
        edit(harbour, *EDITS[what])
        assert ahead.put([_path(EDITS[what])], silent)
    assert _whole(harbour, ahead) == _clean(harbour)


@pytest.mark.parametrize("knows", [True, False], ids=["with its memory", "without"])
def test_where_no_whole_build_followed_the_next_command_makes_it(knows: bool, harbour: Path, ahead: Ahead) -> None:
    edit(harbour, *NOTE)
    assert ahead.put([_path(NOTE)], silent)
    ahead.leave()
    build(harbour, harbour / "output", memory=ahead.memory if knows else None)
    assert files_below(harbour / "output") == _clean(harbour)


def test_what_it_is_not_told_of_is_left_to_the_whole_build(harbour: Path, ahead: Ahead) -> None:
    edit(harbour, *EDITS["a claim"])
    edit(harbour, *NOTE)
    claims = (harbour / "output/claims.html").read_bytes()
    assert ahead.put([_path(NOTE)], silent)
    assert (harbour / "output/claims.html").read_bytes() == claims
    assert _whole(harbour, ahead) == _clean(harbour)


def test_a_broken_edit_is_told_and_changes_nothing(harbour: Path, ahead: Ahead) -> None:
    before = files_below(harbour / "output")
    edit(harbour, "claims.yaml", "status: accepted", "status: acepted")
    with pytest.raises(BuildFailed) as failed:
        ahead.put(["annotations/claims.yaml"], silent)
    with pytest.raises(BuildFailed) as whole:
        build(harbour, harbour / "output")
    assert failed.value.problems == whole.value.problems
    outcome = put_ahead(ahead, ["annotations/claims.yaml"], silent)
    assert outcome
    assert (outcome.problems, outcome.is_good) == (whole.value.problems, False)
    assert files_below(harbour / "output") == before


def test_of_two_mistakes_each_is_told_while_it_is_there_and_no_longer(harbour: Path, ahead: Ahead) -> None:
    mistakes = {
        "annotations/site.yaml": ("language: en", "langauge: en"),
        "annotations/claims.yaml": ("harbour-notice#complaints-rise", "harbour-notice#complaints-rose"),
    }

    def told(path: str) -> set[str]:
        outcome = put_ahead(ahead, [path], silent)
        assert outcome
        return {p.place.path for p in outcome.problems}

    for path, (right, wrong) in mistakes.items():
        edit(harbour, path.removeprefix("annotations/"), right, wrong)
        there = told(path)
        assert path in there
    assert there == {*mistakes}
    for path, (right, wrong) in mistakes.items():
        edit(harbour, path.removeprefix("annotations/"), wrong, right)
        there = told(path)
        assert path not in there
    assert there == set()


def test_a_mistake_that_a_whole_build_found_mended_is_not_told_again(harbour: Path, ahead: Ahead) -> None:
    edit(harbour, "site.yaml", "language: en", "langauge: en")
    assert put_ahead(ahead, ["annotations/site.yaml"], silent)
    edit(harbour, "site.yaml", "langauge: en", "language: en")
    _whole(harbour, ahead)  # which has nothing to do
    edit(harbour, *NOTE)
    outcome = put_ahead(ahead, [_path(NOTE)], silent)
    assert outcome is None or outcome.is_good
    assert _whole(harbour, ahead) == _clean(harbour)


def test_after_a_whole_build_that_failed_all_is_looked_at_until_one_goes_through(harbour: Path, ahead: Ahead) -> None:
    edit(harbour, *NOTE)
    ahead.lose()
    assert ahead.put([_path(NOTE)], silent) is None
    assert _whole(harbour, ahead) == _clean(harbour)
    edit(harbour, *EDITS["a claim"])
    assert ahead.put([_path(EDITS["a claim"])], silent)


def _new_source(folder: Path, _: Ahead) -> Iterator[str]:
    (folder / "annotations/sources/more.yaml").write_text("text: more.txt\n", "utf-8")
    yield "annotations/sources/more.yaml"


def _gone(folder: Path, _: Ahead) -> Iterator[str]:
    (folder / "annotations/events.yaml").unlink()
    yield "annotations/events.yaml"


def _linked(folder: Path, _: Ahead) -> Iterator[str]:
    path = folder / "annotations/events.yaml"
    path.rename(folder / "elsewhere.yaml")
    path.symlink_to(folder / "elsewhere.yaml")
    yield "annotations/events.yaml"


def _built_by_another(folder: Path, _: Ahead) -> Iterator[str]:
    edit(folder, *EDITS["a claim"])
    build(folder, folder / "output")
    edit(folder, *NOTE)
    yield _path(NOTE)


def _dead_link(folder: Path, _: Ahead) -> Iterator[str]:
    edit(folder, SOURCE, "**not** measurements", "[not](nowhere.html) measurements")
    yield _path(NOTE)


def _nothing_known(folder: Path, ahead: Ahead) -> Iterator[str]:
    ahead.memory.merged_from = None
    ahead.settle()
    edit(folder, *NOTE)
    yield _path(NOTE)


def _changed_by_hand(folder: Path, _: Ahead) -> Iterator[str]:
    (folder / "output/sources/harbour-notice.html").write_text("mine", "utf-8")
    edit(folder, *NOTE)
    yield _path(NOTE)


@pytest.mark.parametrize(
    "make", [_new_source, _gone, _linked, _built_by_another, _dead_link, _nothing_known, _changed_by_hand]
)
def test_whatever_is_more_than_that_is_left_alone(make: object, harbour: Path, ahead: Ahead) -> None:
    assert callable(make)
    edited = [*make(harbour, ahead)]
    before = files_below(harbour / "output")
    assert ahead.put(edited, silent) is None
    assert files_below(harbour / "output") == before


def test_where_the_output_is_held_by_another_build_the_whole_build_has_to_tell(harbour: Path, ahead: Ahead) -> None:
    edit(harbour, *NOTE)
    with opened(harbour / "output"):
        assert put_ahead(ahead, [_path(NOTE)], silent) is None


def test_where_the_first_build_had_nothing_to_do_it_goes_on_from_what_is_kept(harbour: Path) -> None:
    place = harbour.parent / "kept"
    edit(harbour, *EDITS["a claim"])
    build(harbour, harbour / "output", memory=KeptMemory(place, harbour))
    memory = KeptMemory(place, harbour)
    assert build(harbour, harbour / "output", memory=memory).count("write") == 0
    ahead = Ahead(harbour, harbour / "output", LOCAL, memory)
    ahead.settle()
    for own in (NOTE, EDITS["a title of an event"]):
        edit(harbour, *own)
        assert ahead.put([_path(own)], silent)
    ahead.leave()
    memory.save()
    build(harbour, harbour / "output", memory=KeptMemory(place, harbour))
    assert files_below(harbour / "output") == _clean(harbour)
