"""The manifest: read as it was written, and nothing else taken for one."""

import pytest

from site_builder.manifest import Entry, Manifest, Noted


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b'{"format":3}', b'{"format":3,"inputs":"","files":[]}'])
def test_what_is_no_manifest_is_read_as_none(raw: bytes) -> None:
    assert Manifest.from_json(raw) is None


def test_a_manifest_is_read_as_it_was_written() -> None:
    warning: Noted = ("a.yaml", 1, 2, "rule", "message", "hint", "error")
    written = Manifest("digest", {"ä.html": Entry("sha", "a.html")}, (warning,), "maker", {"a.html": "closure"})
    assert Manifest.from_json(written.to_json()) == written
