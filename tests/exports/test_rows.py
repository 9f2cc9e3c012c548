"""JSON in rows: the same content, one entry a line."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.exports.rows import json_rows

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
