"""The manifest: read as it was written, and nothing else taken for one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.disk.manifest import Entry, Manifest, Noted, are_site_paths, is_site_path, strings


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b'{"format":5}', b'{"format":3,"inputs":"","files":[]}'])
def test_what_is_no_manifest_is_read_as_none(raw: bytes) -> None:
    assert Manifest.from_json(raw) is None


def test_a_manifest_is_read_as_it_was_written() -> None:
    warning: Noted = ("a.yaml", 1, 2, "rule", "message", "hint", "error")
    written = Manifest("digest", {"ä.html": Entry("sha", "a.html")}, (warning,), "maker", {"a.html": "closure"})
    assert Manifest.from_json(written.to_json()) == written


def test_of_a_manifest_of_the_format_before_the_files_are_known() -> None:
    raw = b'{"format":3,"inputs":"x","files":{"a.html":["sha","t"]}}'
    assert Manifest.from_json(raw) == Manifest("", {"a.html": Entry("sha")})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"a.html"', b'"../a.html"'),
        (b'"a.html"', b"1"),
        (b'"sha"', b"1"),
        (b'["sha"]', b"[]"),
        (b'["a.html"]', b'"a"'),
    ],
)
def test_a_manifest_in_which_something_is_odd_is_none_of_ours(old: bytes, new: bytes) -> None:
    raw = Manifest("digest", {"a.html": Entry("sha", "t")}).to_json()
    assert Manifest.from_json(raw)
    assert Manifest.from_json(raw.replace(old, new)) is None


@given(st.lists(st.text("a./\\\0:", max_size=6), max_size=4))
def test_many_paths_are_looked_at_as_one_is(paths: list[str]) -> None:
    assert are_site_paths(paths) == all(map(is_site_path, paths))


@given(st.lists(st.text('aü\\u0"\0\n', max_size=8), max_size=4))
def test_strings_written_as_one_are_a_list_of_them(values: list[str]) -> None:
    assert strings(values) == json.dumps(values, ensure_ascii=False, separators=(",", ":"))
