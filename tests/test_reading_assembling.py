"""Records read fast: the same as through nodes, and at the same places when those are asked for; or none at all."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.making import corpus
from site_builder.build import build, read_briefing
from site_builder.problems import Place
from site_builder.reading import assembling
from site_builder.reading.assembling import records, records_again, topic
from site_builder.reading.folder import _Loading, load
from site_builder.reading.nodes import compose
from site_builder.reading.origins import Origin
from site_builder.reading.schema import Reader
from site_builder.records import (
    ClaimRecord,
    CorrectionRecord,
    EntityRecord,
    EventRecord,
    MeasureRecord,
    Record,
    RevisionRecord,
    SiteRecord,
    SourceRecord,
    TopicFile,
)
from site_builder.texts.text import decode

ROOT = Path(__file__).parent.parent
LISTS: dict[str, type[Record]] = {
    "events": EventRecord, "claims": ClaimRecord, "measures": MeasureRecord, "entities": EntityRecord,
    "changes": RevisionRecord, "corrections": CorrectionRecord,
}  # fmt: skip


def kind_of(path: str) -> type[Record]:
    """The kind of the records in a file."""
    parts = path.rpartition("annotations/")[2].split("/")
    if parts[0] == "sources":
        return SourceRecord
    return LISTS.get(parts[0].partition(".")[0], SiteRecord)


def below(found: Any) -> Iterator[Record]:
    """All records in what was read, each after those within it."""
    if isinstance(found, Record):
        for f in fields(found):
            yield from below(getattr(found, f.name))
        yield found
    elif isinstance(found, tuple | Mapping):
        for item in found.values() if isinstance(found, Mapping) else found:
            yield from below(item)


def read(raw: bytes, kind: type[Record]) -> tuple[Record, ...] | None:
    """The records of a file, read fast and held against what the nodes give; None where it was given up."""
    text = decode(raw)
    assert isinstance(text, str)
    is_list = kind in LISTS.values()
    if is_list:
        found = assembling.records("a.yaml", raw, text, kind)
    else:
        one = assembling.record("a.yaml", raw, text, kind)
        found = None if one is None else (one,)
    if found is None:
        return None
    node = compose(text, "a.yaml")
    assert isinstance(node, yaml.Node), node
    reader = Reader("a.yaml", tuple(text.split("\n")))
    by_nodes = reader.list_of(node, kind) if is_list else (reader.record(node, kind),)
    assert reader.problems == []
    assert found == by_nodes
    assert [type(r) for r in below(found)] == [type(r) for r in below(by_nodes)]
    for fast, plain in zip(below(found), below(by_nodes), strict=True):
        assert (fast.at.place, fast.at.fields, fast.at.empty) == (plain.at.place, plain.at.fields, plain.at.empty)
        assert [type(getattr(fast, f.name)) for f in fields(fast) if f.name != "at"] == [
            type(getattr(plain, f.name)) for f in fields(plain) if f.name != "at"
        ]
    return found


FOLDERS = ("annotations", "site_builder/starter", "tests/sites", "tests/sites_invalid", "tests/adding", "docs")
FILES = {
    path.relative_to(ROOT).as_posix(): path.read_bytes()
    for folder in FOLDERS
    for path in sorted((ROOT / folder).glob("**/*.yaml"))
    if "annotations" in path.parts and path.is_file()
}


@pytest.mark.parametrize("path", [p for p in FILES if isinstance(decode(FILES[p]), str)])
def test_every_file_of_annotations_here_is_read_alike(path: str) -> None:
    read(FILES[path], kind_of(path))


def test_no_file_of_the_real_briefing_or_of_a_new_one_is_given_up() -> None:
    ours = [p for p in FILES if p.startswith(("annotations/", "site_builder/starter/"))]
    assert len(ours) >= 12 + 5
    assert [p for p in ours if read(FILES[p], kind_of(p)) is None] == []


def test_no_file_of_the_synthetic_corpus_is_given_up() -> None:
    written = {path: text for path, text in corpus(8).files("ours") if path.endswith(".yaml")}
    assert sum(path.startswith("annotations/sources/") for path in written) == 8
    assert [path for path, text in written.items() if read(text.encode(), kind_of(path)) is None] == []


_SMALL = [p for p, raw in FILES.items() if len(raw) < 3000 and p.startswith("tests/sites/")]
_PIECES = st.sampled_from([
    *("a", " ", "  ", "\n", "\n  ", ": ", "# ", "'", '"', "[", "]", "null", "~", "true", "'true'", "12", '"12"'),
    *("1,300", "\r\n", "\r", "- ", "id: x\n", "note: null\n", "topics: []\n", "why: \n", "\ufeff", "é", "{text: a}"),
])  # fmt: skip


@given(
    st.sampled_from(_SMALL),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), _PIECES | st.just("")), min_size=1, max_size=4),
    st.sampled_from(["\n", "\r\n"]),
)
def test_a_file_with_slips_is_read_alike_or_given_up(path: str, slips: list[tuple[float, int, str]], end: str) -> None:
    text = FILES[path].decode().replace("\n", end)
    for where, gone, put in slips:
        at = int(where * len(text))
        text = text[:at] + put + text[at + gone :]
    read(text.encode(), kind_of(path))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (SiteRecord, "title: x\nlanguage: \n"),
        (SiteRecord, "title: x\nbase_url: # none\n"),
        (SiteRecord, "title: x\nthemes: {null: blue}\n"),
        (SiteRecord, "title: x\nauthors: [null]\n"),
        (SiteRecord, "title: x\nauthor: y\n"),
        (SiteRecord, "description: x\n"),
        (SiteRecord, "- title: x\n"),
        (SiteRecord, "title: ' '\n"),
        (SiteRecord, "title: [x]\n"),
        (MeasureRecord, "- {id: A, label: x, unit: x, counts: x}\n"),
        (MeasureRecord, "id: a\nlabel: x\nunit: x\ncounts: x\n"),
        (MeasureRecord, "- {id: a, label: x, unit: x, counts: x, not_comparable: [b]}\n"),
        (EntityRecord, "- {id: a, kind: person, name: x, unnamed: yes}\n"),
        (EntityRecord, "- {id: a, kind: person, name: x, unnamed: 'true'}\n"),
        (EntityRecord, "- {id: a, kind: persons, name: x}\n"),
        (EntityRecord, "- {id: a, kind: [person], name: x}\n"),
        (EntityRecord, '- {id: a, kind: place, name: x, lat: "1"}\n'),
        (EntityRecord, "- {id: a, kind: place, name: x, lat: 01}\n"),
        (EventRecord, "- {id: a, date: x, title: x, evidence: []}\n"),
        (EventRecord, "- {id: a, date: {edtf: x, basis: stated}, title: x, evidence: a#b}\n"),
        (EventRecord, "- {id: a, date: {edtf: x, basis: stated}, title: x, evidence: [a]}\n"),
    ],
)
def test_what_has_a_problem_is_given_up(kind: type[Record], text: str) -> None:
    assert read(text.encode(), kind) is None


TOPICS = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for folder in FOLDERS[:3]
    for path in sorted((ROOT / folder).glob("**/topics/*.md"))
}


def held(topic: TopicFile | None) -> Any:
    """A topic with the places of its record."""
    at = topic and topic.record.at
    return topic and (topic, at and (at.place, at.fields, at.empty))


@given(st.sampled_from(sorted(TOPICS.values())), st.lists(st.tuples(st.integers(0, 80), st.sampled_from([
    *("-", "---", "---\n", "\n", " ", "\n\n", "title: x\n", "summary: null\n", "summary: >-\n  a\n", "# x\n", "é"),
])), max_size=3))  # fmt: skip
@example("---\n\n\ntitle: x\n---\n\n\n  A brief.\n", [])
@example("---\ntitle: x\n---", [])
def test_a_topic_is_read_alike_or_given_up(text: str, slips: list[tuple[int, str]]) -> None:
    for at, put in slips:
        text = text[:at] + put + text[at:]
    fast = topic("noise", "t.md", text)
    loading = _Loading(ROOT)
    if fast is not None:
        assert held(fast) == held(loading.topic("noise", "t.md", text))
        assert loading.problems == []


def test_no_topic_of_the_real_briefing_is_given_up() -> None:
    ours = [text for path, text in TOPICS.items() if path.startswith("annotations/")]
    assert len(ours) == 6
    assert all(topic("noise", "t.md", text) for text in ours)


def test_no_place_is_looked_for_where_nothing_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(self: Origin) -> None:
        raise AssertionError(f"a place in {self.path} was asked for")

    monkeypatch.setattr(Origin, "_read", asked)
    read_briefing(ROOT)
    build(ROOT / "tests" / "sites" / "harbour", tmp_path)


def test_a_briefing_is_read_without_a_library_for_yaml() -> None:
    code = (
        f"import sys; from pathlib import Path; from site_builder.reading.folder import load; load(Path({str(ROOT)!r}))"
    )
    check = "assert not {'yaml', 'frontmatter'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", f"{code}; {check}"], check=True, cwd=ROOT)


def test_a_place_is_looked_for_when_it_is_asked_for_and_then_known(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = "# é\r\n- id: a\r\n  label: x\r\n  unit: x\r\n  counts: x\r\n  not_comparable: {b: x}\r\n".encode()
    composed = []

    def counted(text: str, path: str, line_offset: int) -> Any:
        composed.append(path)
        return compose(text, path, line_offset)

    monkeypatch.setattr("site_builder.reading.nodes.compose", counted)
    text = decode(raw)
    assert isinstance(text, str)
    (measure,) = assembling.records("m.yaml", raw, text, MeasureRecord) or ()
    assert (measure.at.empty, composed) == ((), [])
    assert measure.at.place == Place("m.yaml", 2, 3)
    assert measure.at.of("not_comparable.b") == Place("m.yaml", 6, 20)
    assert measure.at.of("id") == Place("m.yaml", 2, 7)
    assert len(composed) == 1


def test_a_field_that_is_written_and_holds_nothing_is_known_without_looking_for_it() -> None:
    raw = b"id: a\nkind: place\nname: x\naliases: []\nlat: null\nlon:\n"
    entity = assembling.record("e.yaml", raw, raw.decode(), EntityRecord)
    assert entity is not None
    assert entity.at.empty == ("aliases", "lat", "lon")


def test_records_can_be_pickled_and_find_their_places_afterwards() -> None:
    written = load(ROOT).annotations
    assert written is not None
    again = pickle.loads(pickle.dumps(written, 5))  # noqa: S301 made in this line
    assert again == written
    for source, other in zip(written.sources, again.sources, strict=True):
        assert [r.at.of("quote") for r in below(source.record)] == [r.at.of("quote") for r in below(other.record)]
    with pytest.raises(TypeError):
        again.site.themes["x"] = "blue"


def test_an_id_that_stands_in_many_places_is_held_once() -> None:
    raw = b"text: a\nsha256: b\ntype: report\ntitle: c\npassages:\n  - {id: p, quote: x, topics: [noise]}\n"
    raw += b"  - {id: q, quote: y, topics: [noise]}\n"
    source = assembling.record("s.yaml", raw, raw.decode(), SourceRecord)
    assert source is not None
    assert source.passages[0].topics[0] is source.passages[1].topics[0]


ENTRY = (
    "- id: e{0}\n  # of {0}\n  date: {{edtf: '201{0}', basis: inferred, why: x}}\n"
    "  title: Told {0}\n  evidence: [a#b]\n"
)
EVENTS_TEXT = "# all\n" + "".join(ENTRY.format(n) for n in range(6))
INSERTED = (
    "- ",
    "\n",
    "  note: |\n    - more\n\n",
    "x",
    '"',
    "'",
    "#",
    "- id: e9\n",
    "\n\n",
    ": ",
    " ",
    "\t",
    ENTRY.format(7),
)


@given(st.integers(0, len(EVENTS_TEXT)), st.integers(0, 60), st.sampled_from(("", *INSERTED)))
@example(EVENTS_TEXT.index("Told 3"), 0, "Re")
@example(EVENTS_TEXT.index("- id: e3"), 0, "  note: more\n")
def test_a_list_that_was_edited_is_read_as_it_is_read_anew(at: int, gone: int, put: str) -> None:
    text = EVENTS_TEXT[:at] + put + EVENTS_TEXT[at + gone :]
    raw = text.encode()
    before = records("e.yaml", EVENTS_TEXT.encode(), EVENTS_TEXT, EventRecord)
    assert before
    again = records_again("e.yaml", raw, text, EventRecord, before)
    if again is not None:
        anew = records("e.yaml", raw, text, EventRecord)
        assert anew
        assert again == anew
        assert [r.at.place for r in below(again)] == [r.at.place for r in below(anew)]
        assert [r.at.empty for r in below(again)] == [r.at.empty for r in below(anew)]
        twice = records_again("e.yaml", EVENTS_TEXT.encode(), EVENTS_TEXT, EventRecord, again)
        assert twice is None or (twice, [r.at.place for r in below(twice)]) == (
            before, [r.at.place for r in below(records("e.yaml", EVENTS_TEXT.encode(), EVENTS_TEXT, EventRecord))]
        )  # fmt: skip


def test_of_a_list_of_which_one_entry_was_edited_the_others_are_the_same_objects() -> None:
    before = records("e.yaml", EVENTS_TEXT.encode(), EVENTS_TEXT, EventRecord)
    assert before
    text = EVENTS_TEXT.replace("Told 3", "Retold 3, at last")
    again = records_again("e.yaml", text.encode(), text, EventRecord, before)
    assert again
    assert [n for n, (a, b) in enumerate(zip(before, again, strict=True)) if a is not b] == [3]
    longer = text.replace("  # of 2\n", "  # of 2\n  # once more\n")
    more = records_again("e.yaml", longer.encode(), longer, EventRecord, again)
    assert more
    assert [r.at.place.line for r in (again[5], more[5])] == [28, 28]
    assert more[5] is before[5]


def test_where_others_would_be_counted_otherwise_all_is_read_anew() -> None:
    before = records("e.yaml", EVENTS_TEXT.encode(), EVENTS_TEXT, EventRecord)
    assert before
    for text in (EVENTS_TEXT + ENTRY.format(8), ENTRY.format(8) + EVENTS_TEXT, EVENTS_TEXT.replace("# all", "# few")):
        again = records_again("e.yaml", text.encode(), text, EventRecord, before)
        assert again is None or again == records("e.yaml", text.encode(), text, EventRecord)
    assert [r.at.place.line for r in before] == [2, 7, 12, 17, 22, 27]
