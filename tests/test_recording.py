"""An entry more in the file of changes: every byte that was there stays, and what is read back is what was written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.history.comparing import Change
from site_builder.history.recording import with_entry
from site_builder.problems import BuildFailed, Refused
from site_builder.reading.nodes import compose
from site_builder.reading.schema import Reader
from site_builder.records import RevisionRecord
from site_builder.texts.text import decode

PATH = "annotations/changes.yaml"
CHANGE = Change(subject="claim", id="a", what="status", before="accepted", after="retracted", title="It: is # so")


def entries(raw: bytes) -> tuple[RevisionRecord, ...]:
    text = decode(raw)
    assert isinstance(text, str)
    node = compose(text, PATH)
    reader = Reader(PATH)
    found = reader.list_of(node, RevisionRecord)  # type: ignore[arg-type]
    assert reader.problems == []
    return found


@pytest.mark.parametrize(
    "raw",
    [
        b"- {id: first, date: 2026-01-01}\n",
        b"# a comment\n- id: first\n  date: 2026-01-01\n  summary: >-\n    Two\n    lines\n# the last word\n",
        b"- id: first\r\n  date: 2026-01-01  # trailing\r\n",
        b"  - id: first\n    date: '2026-01-01'",
        b"\xef\xbb\xbf- id: first\n  date: 2026-01-01\n\n\n",
    ],
)
def test_what_was_there_stays_byte_for_byte(raw: bytes) -> None:
    found = with_entry(raw, PATH, "2026-11-22", [CHANGE], "Read  again")
    assert found.startswith(raw)
    assert (b"\r\n" in found) == (b"\r\n" in raw)
    assert (b"\r" in found) == (b"\r" in raw)
    assert b"\n" not in found.replace(b"\r\n", b"") or b"\r\n" not in raw
    first, second = entries(found)
    assert (first.id, second.id, second.date, second.summary) == ("first", "2026-11-22", "2026-11-22", "Read again")
    assert [(c.subject, c.id, c.title, c.before, c.after) for c in second.changes] == [
        ("claim", "a", "It: is # so", "accepted", "retracted")
    ]


def test_a_new_file_says_what_it_is_for_and_a_second_entry_of_a_day_has_an_id_of_its_own() -> None:
    once = with_entry(b"", PATH, "2026-11-22", [CHANGE], "")
    assert once.startswith(b"# yaml-language-server: $schema=../.schema/changes.json\n# What changed from one edition")
    twice = with_entry(once, PATH, "2026-11-22", [CHANGE], "")
    third = with_entry(twice, PATH, "2026-11-22", [CHANGE], "")
    assert twice.startswith(once)
    assert [e.id for e in entries(third)] == ["2026-11-22", "2026-11-22-2", "2026-11-22-3"]


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30).filter(
    lambda w: any(c.isprintable() and not c.isspace() for c in w)
)


@settings(max_examples=25)
@given(words, words, words)
def test_any_words_come_back_as_they_were(title: str, before: str, after: str) -> None:
    change = Change(subject="passage", id="a#b", title=title, what="words", part=after, before=before, after=after)
    (entry,) = entries(with_entry(b"", PATH, "2026-11-22", [change], title))
    assert [(c.title, c.part, c.before, c.after) for c in entry.changes] == [(title, after, before, after)]
    assert entry.summary == " ".join(title.split())


@pytest.mark.parametrize(
    "raw",
    [
        b"[{id: first, date: 2026-01-01}]\n",
        b"- id: first\n  date: 2026-01-01\n  summary: |+\n    kept",
        b"- id: first\n  date: 2026-01-01\n...\n",
        b"- id: first\n  date: 2026-01-01\n  summary: 'caf\xe9'\n",
    ],
)
def test_a_file_that_nothing_can_be_appended_to_is_refused_with_a_hint(raw: bytes) -> None:
    with pytest.raises(Refused) as refused:
        with_entry(raw, PATH, "2026-11-22", [CHANGE], "")
    assert refused.value.hint


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (b"- id: [\n", "yaml-syntax"),
        (b"- {id: a, date: 2026-01-01, why: b}\n", "unknown-key"),
        (b"a: b\n", "wrong-type"),
    ],
)
def test_a_file_with_problems_is_not_appended_to_but_its_problems_are_told(raw: bytes, rule: str) -> None:
    with pytest.raises(BuildFailed) as failed:
        with_entry(raw, PATH, "2026-11-22", [CHANGE], "")
    assert failed.value.problems[0].rule == rule
