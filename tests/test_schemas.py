"""The JSON Schemas: what the reader takes they take, and what it refuses for its shape they refuse."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from site_builder.build import read_briefing
from site_builder.problems import BuildFailed, Problem
from site_builder.reading.folder import load
from site_builder.reading.nodes import compose
from site_builder.reading.scalars import is_plain
from site_builder.reading.schema import Reader
from site_builder.records import ClaimRecord, EventRecord, Record, SourceRecord
from site_builder.schema.schemas import FOLDER, first_line, kinds, known, schema, schemas

from .built_sites import ALL, REAL, built

INVALID = sorted(path for path in (Path(__file__).parent / "sites_invalid").iterdir() if path.is_dir())
SHAPE = {
    "missing-key",
    "unknown-key",
    "wrong-type",
    "bad-value",
    "bad-id",
    "bad-url",
    "unknown-id",
    "severity-fixed",
    "yaml-alias",
}

# Where an editor cannot see what the reader does: the shape of a file's name, words inside Markdown and expressions,
# a value before YAML has read it, an empty file.
BEYOND_A_SCHEMA = {
    "bad-id--file-name": "the name of the file is the id",
    "bad-url--bracket": "whether an address has a host is no matter of a pattern",
    "unknown-id--citation": "a citation stands inside Markdown",
    "unknown-id--note": "a citation stands inside Markdown",
    "wrong-type--comment": "an empty value may be left out on purpose; that a comment ate it is gone",
}


# As an editor reads YAML 1.2 (its core schema), and not as we do.


def as_an_editor(node: yaml.Node | None) -> Any:
    if node is None:
        return None
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): as_an_editor(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [as_an_editor(item) for item in node.value]
    return _scalar(str(node.value)) if is_plain(node) else node.value


def _scalar(text: str) -> Any:
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if re.fullmatch("true|True|TRUE|false|False|FALSE", text):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    return text


def _files(folder: Path) -> Iterator[tuple[str, str, Any]]:
    """Every annotation file of a briefing that is YAML: its path, its kind, its value."""
    for path in sorted((folder / "annotations").rglob("*")):
        relative = path.relative_to(folder).as_posix()
        part = relative.split("/")[1].removesuffix(path.suffix)
        kind = {"sources": "source", "topics": "topic"}.get(part, part)
        suffixes = (".md",) if kind == "topic" else (".yaml", ".yml")
        if not path.is_file() or path.is_symlink() or kind not in kinds() or path.suffix not in suffixes:
            continue
        try:
            text = path.read_text("utf-8-sig")
        except UnicodeDecodeError:
            continue
        if kind == "topic":
            if not text.startswith("---\n"):
                continue
            text = ("\n" + text.removeprefix("---\n")).split("\n---", 1)[0].removeprefix("\n")
        node = compose(text, relative)
        if not isinstance(node, Problem) and (node or kind != "topic"):
            yield relative, kind, as_an_editor(node)


@cache
def _validators(folder: Path) -> dict[str, Draft202012Validator]:
    annotations = load(folder).annotations
    made = schemas(known(annotations) if annotations else None)
    return {name.removesuffix(".json"): Draft202012Validator(json.loads(content)) for name, content in made.items()}


def _refused(folder: Path) -> dict[str, list[str]]:
    """The files of a briefing that its own schemas refuse, with what is said of each."""
    validators = _validators(folder)
    found = {path: [e.message[:200] for e in validators[kind].iter_errors(v)] for path, kind, v in _files(folder)}
    return {path: said for path, said in found.items() if said}


@pytest.mark.parametrize("name", ALL)
def test_every_file_of_a_valid_briefing_passes_its_own_schemas(name: str) -> None:
    folder = built(name).folder
    assert len(list(_files(folder))) >= 2
    assert _refused(folder) == {}


def _problems(folder: Path) -> tuple[Problem, ...]:
    """What is wrong with the files, without a page being made of them."""
    try:
        return read_briefing(folder).warnings
    except BuildFailed as failed:
        return failed.problems


@pytest.mark.parametrize("folder", INVALID, ids=[path.name for path in INVALID])
def test_a_file_is_refused_by_its_schema_exactly_when_the_reader_finds_its_shape_wrong(folder: Path) -> None:
    misshapen = {p.place.path for p in _problems(folder) if p.rule in SHAPE}
    if folder.name in BEYOND_A_SCHEMA:
        assert misshapen, "this needs no exception"
        misshapen = set()
    assert set(_refused(folder)) == misshapen & {path for path, _, _ in _files(folder)}


def test_every_exception_is_a_folder() -> None:
    assert set(BEYOND_A_SCHEMA) <= {path.name for path in INVALID}


@pytest.mark.parametrize("name", sorted(kinds()))
def test_a_schema_is_one_by_its_dialect_and_says_what_each_key_means(name: str) -> None:
    annotations = load(built("harbour").folder).annotations
    assert annotations is not None
    for declared in (None, known(annotations)):
        made = schema(kinds()[name], declared)
        Draft202012Validator.check_schema(made)
        for properties in _properties(made):
            assert all(value["description"] for value in properties.values())


def _properties(part: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(part, dict):
        if isinstance(part.get("properties"), dict):
            yield part["properties"]
        for value in part.values():
            yield from _properties(value)


def test_the_ids_of_a_briefing_are_listed_with_a_word_about_each() -> None:
    annotations = load(built("harbour").folder).annotations
    assert annotations is not None
    listed = schema(kinds()["claims"], known(annotations))["$defs"]["passages"]
    assert "harbour-notice#complaints-rise" in listed["enum"]
    assert len(listed["enumDescriptions"]) == len(listed["enum"])


def test_while_an_entry_is_broken_no_id_is_called_unknown() -> None:
    annotations = load(Path(__file__).parent / "sites_invalid" / "missing-key").annotations
    assert annotations is not None
    assert annotations.broken
    assert known(annotations).ids == {}
    assert "$defs" not in schema(kinds()["claims"], known(annotations))


def test_no_pattern_is_spelt_in_a_way_that_an_editor_does_not_read() -> None:
    for content in schemas().values():
        for pattern in re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', content.decode()):
            assert not re.search(r"\\[ZAz]|\(\?P|\(\?>|[*+?}]\+", json.loads(pattern)), pattern


def test_every_annotation_file_of_the_first_briefing_names_its_schema() -> None:
    folder = built(REAL).folder
    for path, kind, _ in _files(folder):
        lines = (folder / path).read_text("utf-8").splitlines(keepends=True)
        assert lines[1 if kind == "topic" else 0] == first_line(path, kind), path


def test_the_path_in_a_first_line_leads_to_the_schemas() -> None:
    for path, kind in (("annotations/site.yaml", "site"), ("annotations/sources/a.yaml", "source")):
        written = first_line(path, kind).strip().partition("=")[2]
        assert (Path("/b") / path).parent.joinpath(written).resolve() == Path("/b") / FOLDER / f"{kind}.json"


# Reader and schema, held against each other on whatever is written

SOURCE = {
    "text": "a.txt", "sha256": "0" * 64, "type": "report", "title": "T", "language": "en", "URL": "https://a.example",
    "author": [{"literal": "A"}], "issued": {"edtf": "2021", "basis": "stated", "quote": {"from": "a", "to": "b"}},
    "reliability": {"grade": "C", "why": "w"}, "boilerplate": [{"quote": "q", "why": "w"}],
    "passages": [{
        "id": "p", "quote": "q", "topics": ["t"], "said_by": "e", "via": ["e"], "stance": "asserts",
        "figures": [{"id": "f", "measure": "m", "value": 1.5, "note": "n"}], "flags": [{"kind": "time", "why": "w"}],
    }],
}  # fmt: skip
CLAIM = {
    "id": "c", "claim": "C", "topics": ["t"], "status": "accepted", "confidence": "low", "credibility": 2,
    "one_origin": [{"voices": ["a", "b"], "why": "w"}],
    "evidence": [{"passage": "s#p", "relation": "supports", "note": "n"}],
}  # fmt: skip
EVENT = {"id": "e", "date": {"edtf": "2021", "basis": "stated"}, "title": "T", "planned": False, "evidence": ["s#p"]}
VALUES: list[Any] = [
    None, 0, 1, -1, 2.5, "", " ", "x", "a-b", "A b", "a#b", "report", "low", "https://b.example", [], ["x"], [1],
    [None], [[]], {}, {"id": "x"}, {"from": "a"}, {"from": "a", "to": "b"}, [{}],
]  # fmt: skip


@cache
def _of_an_entry(kind: str) -> Draft202012Validator:
    made = schema(kinds()[kind])
    return Draft202012Validator(made.get("items", made))


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from _places(inner, (*path, key))


@pytest.mark.parametrize(
    ("record", "kind", "whole"),
    [(SourceRecord, "source", SOURCE), (ClaimRecord, "claims", CLAIM), (EventRecord, "events", EVENT)],
)
@settings(derandomize=True, max_examples=80)
@given(data=st.data())
def test_the_reader_and_the_schema_agree_on_any_entry(
    record: type[Record], kind: str, whole: dict[str, Any], data: st.DataObject
) -> None:
    value = copy.deepcopy(whole)
    for _ in range(data.draw(st.integers(1, 2))):
        *path, last = data.draw(st.sampled_from([p for p in _places(value) if p[-1] != "sha256"]))
        holder: Any = value
        for step in path:
            holder = holder[step]
        change = data.draw(st.sampled_from(["drop", "replace", "add"]))
        if change == "drop" and isinstance(holder, dict):
            del holder[last]
        elif change == "add" and isinstance(holder, dict):
            holder["unheard-of"] = 1
        else:
            holder[last] = copy.deepcopy(data.draw(st.sampled_from(VALUES)))
    text = json.dumps(value)
    node = compose(text, "a.yaml")
    assert node is not None
    assert not isinstance(node, Problem)
    reader = Reader("a.yaml", (text,))
    reader.record(node, record)
    errors = list(_of_an_entry(kind).iter_errors(as_an_editor(node)))
    assert bool(reader.problems) == bool(errors), (text, reader.problems, errors)
