"""JSON in rows: the same content, one entry a line."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.exports.rows import compact, escaped, ids, joined, json_rows, members, or_null, quoted
from tests.built_sites import ALL, built

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@settings(derandomize=True, deadline=None)
@given(st.dictionaries(st.text(max_size=3), values, max_size=4))
def test_the_content_is_read_back_as_it_was(content: dict[str, Any]) -> None:
    assert json.loads(json_rows(content)) == content


def test_each_entry_of_a_list_has_a_line_of_its_own() -> None:
    content = {"total": 2, "first": {"items": [{"id": "ä"}, {"id": "b"}]}}
    assert json_rows(content).decode().splitlines() == [
        "{", '"total": 2,', '"first": {', '"items": [', '{"id": "ä"},', '{"id": "b"}', "]", "}", "}",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_what_is_put_together_by_hand_is_what_the_library_writes(name: str) -> None:
    folders = ("data/sources/", "data/events/", "data/annotations/")
    lines = [
        line.removesuffix(",")
        for path, content in built(name).files.items()
        if path.startswith(folders)
        for line in content.decode().split("\n")
        if line.startswith('{"')
    ]
    assert lines
    for line in lines:
        assert compact(json.loads(line)) == line


@given(st.text(), st.lists(st.text(max_size=4), max_size=3))
def test_text_ids_and_objects_are_written_as_the_library_writes_them(text: str, some: list[str]) -> None:
    assert quoted(text) == or_null(text) == compact(text)
    assert ids(tuple(some)) == compact(some)
    assert members({text: quoted(text), "b": or_null(None)}) == compact({text: text, "b": None} | {text: text})


@given(st.lists(st.text() | st.sampled_from(["", 'a "b" c', "\\n\n\0", "é\u2028", "\t"]), max_size=5))
def test_many_texts_at_once_are_written_as_each_is(texts: list[str]) -> None:
    assert [b'"%b"' % text for text in escaped(texts)] == [compact(text).encode() for text in texts]


@given(st.dictionaries(st.text(max_size=3), values, max_size=2), st.lists(st.text(max_size=3), max_size=3))
def test_lists_put_behind_other_members_are_members_too(head: dict[str, Any], entries: list[str]) -> None:
    rows = [quoted(entry).encode() for entry in entries]
    found = joined(head, one=rows, none=(), other=rows)
    assert json.loads(found) == head | {"one": entries, "none": [], "other": entries}
    assert all(b"\n%s" % row in found for row in rows)
