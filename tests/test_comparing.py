"""Two states of a briefing: every kind of edit is named in the field's words, and the other way round as its mirror."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.build import read_briefing
from site_builder.changing import SUBJECTS, line
from site_builder.history.comparing import Change, compare, where_they_differ
from site_builder.model import Briefing
from site_builder.records import Aspect, Subject

from .built_sites import ALL, SITES, built

EDITS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "edits.yaml").read_text("utf-8"))
TOGETHER = {"question", "claim-status", "figure-gone", "flag", "entity-alias"}


@cache
def edited(names: frozenset[str]) -> Briefing:
    """The harbour briefing after some edits."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "harbour"
        copytree(SITES / "harbour", folder)
        for name in sorted(names):
            path, old, new, _ = EDITS[name].values()
            file = folder / "annotations" / path
            text = file.read_text("utf-8")
            assert text.count(old) == 1, name
            file.write_text(text.replace(old, new), "utf-8")
        return read_briefing(folder).briefing


def lines(changes: Iterable[Change]) -> tuple[str, ...]:
    return tuple(line(c) for c in changes)


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_told_as_what_it_is_and_as_nothing_else(name: str) -> None:
    assert lines(compare(built("harbour").briefing, edited(frozenset({name})))) == tuple(EDITS[name]["said"])


def test_a_note_that_became_private_is_told_without_its_words(tmp_path: Path) -> None:
    whole, found = built("harbour").briefing, []
    copytree(SITES / "harbour", tmp_path / "harbour")
    file = tmp_path / "harbour" / "annotations" / "sources" / "harbour-notice.yaml"
    old = "    note: Complaints, **not** measurements.\n"
    for words in ("Complaints, **not** measurements.", "Other words, for us alone."):
        text = file.read_text("utf-8")
        assert old in text
        new = f"    note: {{text: '{words}', private: true}}\n"
        file.write_text(text.replace(old, new), "utf-8")
        old = new
        private = read_briefing(tmp_path / "harbour").briefing
        found.append((lines(compare(whole, private)), lines(compare(private, whole)), compare(private, private)))
    one = "passage harbour-notice#complaints-rise: note"
    assert found == [((f"{one} removed",), (f"{one} added",), ())] * 2


@pytest.mark.parametrize("name", ALL)
def test_nothing_differs_from_itself(name: str) -> None:
    assert compare(built(name).briefing, built(name).briefing) == ()


def mirrored(change: Change) -> tuple[Subject, str, Aspect, str | None, str | None, str | None]:
    other: dict[Aspect, Aspect] = {"new": "gone", "gone": "new"}
    what = other.get(change.what, change.what)
    return change.subject, change.id, what, change.part, change.after, change.before


some_edits = st.frozensets(st.sampled_from(sorted(EDITS)), max_size=3)


@settings(max_examples=15)
@given(some_edits, some_edits)
def test_the_way_back_is_the_mirror_of_the_way_there(left: frozenset[str], right: frozenset[str]) -> None:
    there, back = compare(edited(left), edited(right)), compare(edited(right), edited(left))
    found = {(c.subject, c.id, c.what, c.part, c.before, c.after) for c in back}
    assert {mirrored(c) for c in there} == found
    assert len(there) == len(back) == len(found)
    assert bool(there) == (left != right)


def test_claims_judgements_and_figures_come_first_and_all_of_one_thing_together() -> None:
    changes = compare(built("harbour").briefing, edited(frozenset({*TOGETHER, "claim-confidence", "judgement"})))
    assert [c.subject for c in changes] == ["claim", "claim", "judgement", "figure", "question", "passage", "entity"]
    assert list(SUBJECTS[:3]) == ["claim", "judgement", "figure"]


def test_a_source_that_comes_or_goes_is_one_line_and_its_figures_theirs(tmp_path: Path) -> None:
    copytree(SITES / "tangle", tmp_path / "tangle")
    annotations = tmp_path / "tangle" / "annotations"
    (tmp_path / "tangle" / "seeds" / "extra.txt").write_text("Seven ropes held.\n", "utf-8")
    (annotations / "sources" / "extra.yaml").write_text(
        "text: extra.txt\nsha256: unknown\ntype: webpage\n"
        "title: Extra\npassages:\n  - id: seven\n    quote: Seven ropes held\n"
        "    figures: [{id: n, measure: ropes, value: 7}]\n",
        "utf-8",
    )
    fix_hash(annotations / "sources" / "extra.yaml", tmp_path / "tangle" / "seeds" / "extra.txt")
    found = lines(compare(built("tangle").briefing, read_briefing(tmp_path / "tangle").briefing))
    assert [f.partition(":")[0] for f in found] == ["figure extra#n", "source extra"]
    assert found[1] == "source extra: new: “Extra, 1 passage”"


def fix_hash(annotation: Path, seed: Path) -> None:
    from hashlib import sha256

    text = re.sub(r"sha256: \w+", f"sha256: {sha256(seed.read_bytes()).hexdigest()}", annotation.read_text("utf-8"))
    annotation.write_text(text, "utf-8")


@given(st.lists(st.sampled_from(["among", "fewer", "words", "still"]), min_size=50, max_size=60), st.data())
def test_long_texts_are_cut_to_where_they_differ(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    other = [*words[:at], "OTHER", *words[at + 1 :]]
    before, after = where_they_differ(" ".join(words), " ".join(other))
    assert before.strip("… ") in " ".join(words)
    assert "OTHER" in after
    assert len(after.split()) <= 15
    assert where_they_differ(" ".join(other), " ".join(words)) == (after, before)
