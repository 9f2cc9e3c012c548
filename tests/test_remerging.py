"""A merge by way of the one before says what a merge of everything says, and is not tried where more differs."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from site_builder.contracts.merging import Merged, merge
from site_builder.contracts.remerging import remerge
from site_builder.contracts.resolving import Resolved, resolve_source
from site_builder.kept.memory import Memory
from site_builder.markup.names import Names
from site_builder.reading.folder import load
from site_builder.records import Annotations

from .built_sites import SITES

SOURCE, EVENTS = "sources/harbour-notice.yaml", "events.yaml"
FIRST = "- id: board-statement"
DATED = 'edtf: "2021-03-04", basis: stated'
RISE = "- {id: %s, date: {edtf: '2020', basis: inferred, why: x}, title: Rise, evidence: [harbour-notice#statement]}\n"
SHORT = {
    "a note is edited": (SOURCE, "**not** measurements", "no measurements"),
    "a note is taken away": (SOURCE, "    note: Complaints, **not** measurements.\n", ""),
    "a note cites": (SOURCE, "**not** measurements.", "see [@harbour-notice#statement]."),
    "a reason is edited": (SOURCE, "why: teaser", "why: a teaser"),
    "only a comment is written": (SOURCE, "passages:", "# read twice\npassages:"),
    "the title of an event is edited": (EVENTS, "a rise in complaints", "rising complaints"),
    "the date of an event is edited": (EVENTS, DATED, 'edtf: "2021-03", basis: stated'),
    "an event is added": (EVENTS, FIRST, RISE % "rise" + FIRST),
    "an event cites in its note": (EVENTS, "  topics:", "  note: see [@harbour-notice#statement]\n  topics:"),
}
LONG = {
    "a passage gets another topic": (SOURCE, "topics: [noise]\n    said_by", "topics: []\n    said_by"),
    "a title is edited": (SOURCE, "title: Noise at", "title: Sound at"),
    "an event rests on other passages": (EVENTS, ", harbour-notice#statement]", "]"),
    "an event is taken away": (EVENTS, FIRST, "- id: another"),
    "a measure is edited": ("measures.yaml", "label: ", "label: all "),
    "an id is written twice": (EVENTS, FIRST, RISE % "board-statement" + FIRST),
    "a note cites what is not there": (SOURCE, "**not** measurements.", "see [@harbour-notice#none]."),
    "a date is not stated": (EVENTS, DATED, 'edtf: "2019-03-04", basis: stated'),
}


Parts = tuple[Annotations, list[Resolved], Names]


def _read(folder: Path, memory: Memory) -> Parts:
    """What a briefing is merged from; what is known of its files is not read again."""
    files = [p for name in ("seeds", "annotations") for p in sorted((folder / name).rglob("*")) if p.is_file()]
    readings = memory.readings(
        {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    )
    annotations = load(folder, readings).annotations
    assert annotations is not None
    names, known = Names(annotations.entities), readings.resolved(annotations.entities)
    for source in annotations.sources:
        if source.id not in known or known[source.id][0] is not source:
            known[source.id] = source, resolve_source(source, names)
    return annotations, [known[s.id][1] for s in annotations.sources], names


def _edited(folder: Path, edit: tuple[str, str, str]) -> tuple[Merged, Parts]:
    """A merge, and what the briefing is merged from after an edit."""
    shutil.copytree(SITES / "harbour", folder)
    memory = Memory()
    before = merge(*_read(folder, memory))
    path = folder / "annotations" / edit[0]
    text = path.read_text("utf-8")
    assert edit[1] in text
    path.write_text(text.replace(edit[1], edit[2], 1), "utf-8")
    return before, _read(folder, memory)


@pytest.mark.parametrize("edit", SHORT.values(), ids=SHORT)
def test_after_an_edit_of_few_things_it_finds_what_a_merge_of_all_finds(
    tmp_path: Path, edit: tuple[str, str, str]
) -> None:
    before, now = _edited(tmp_path / "harbour", edit)
    short, whole = remerge(before, *now), merge(*now)
    assert short is not None
    assert short.briefing == whole.briefing
    assert set(short.problems) == set(whole.problems)
    assert short.of_events == whole.of_events


@pytest.mark.parametrize("edit", LONG.values(), ids=LONG)
def test_where_more_differs_or_something_is_in_error_all_is_merged(tmp_path: Path, edit: tuple[str, str, str]) -> None:
    before, now = _edited(tmp_path / "harbour", edit)
    assert remerge(before, *now) is None


def test_a_warning_of_an_event_stays_while_the_event_does_and_goes_with_what_it_warns_of(tmp_path: Path) -> None:
    undated = (SOURCE, 'issued: {edtf: "2021-03~", basis: inferred, why: "reports a statement of 4 March 2021"}\n', "")
    folder = tmp_path / "harbour"
    _, now = _edited(folder, undated)
    before = merge(*now)
    assert [p.rule for p in before.problems] == ["event-undatable"]
    memory = Memory()
    _read(folder, memory)
    before = merge(*_read(folder, memory))
    for edit, rules in (
        (SHORT["a note is edited"], ["event-undatable"]),
        ((EVENTS, "topics:", "planned: true\n  topics:"), []),
    ):
        path = folder / "annotations" / edit[0]
        path.write_text(path.read_text("utf-8").replace(edit[1], edit[2], 1), "utf-8")
        short = remerge(before, *_read(folder, memory))
        assert short is not None
        assert [p.rule for p in short.problems] == rules
        before = short


def test_a_warning_of_an_event_moves_with_it_when_lines_are_put_before_it(tmp_path: Path) -> None:
    undated = (SOURCE, 'issued: {edtf: "2021-03~", basis: inferred, why: "reports a statement of 4 March 2021"}\n', "")
    folder, memory = tmp_path / "harbour", Memory()
    _edited(folder, undated)
    path = folder / "annotations" / EVENTS
    text = path.read_text("utf-8").replace(FIRST, RISE % "rise" + FIRST)
    lines = []
    for more in ("", "# looked at again\n", "# and\n# again\n", ""):
        path.write_text(text.replace(FIRST, more + FIRST), "utf-8")
        now = _read(folder, memory)
        whole = merge(*now)
        short = remerge(memory.merged, *now) if memory.merged else whole
        assert short is not None
        assert set(short.problems) == set(whole.problems)
        lines.append(sorted(p.place.line for p in short.problems))
        memory.merged = short
    assert lines[0] == lines[3]
    assert [[line + n for line in lines[0][1:]] for n in (1, 2)] == [own[1:] for own in lines[1:3]]
    assert len(lines[0]) > 1
