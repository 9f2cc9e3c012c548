"""A source that was packed is the one that it was, and its records stand where they stood."""

from __future__ import annotations

import pytest

from site_builder.build import read_briefing
from site_builder.kept.packing import packed, unpacked
from site_builder.records import SourceFile

from .built_sites import SITES


def _places(file: SourceFile) -> list[object]:
    return [(p.at.place, p.at.fields, p.at.empty) for p in (file.record, *file.record.passages)]


@pytest.mark.parametrize("name", ["harbour", "tangle"])
def test_a_source_is_unpacked_as_it_was_packed(name: str) -> None:
    read = read_briefing(SITES / name)
    for written, resolved in zip(read.annotations.sources, read.briefing.sources, strict=True):
        states = unpacked(packed(written, resolved))
        assert states == {"written": written, "resolved": resolved}
        assert states["written"].record is states["resolved"].record
        assert _places(states["written"]) == _places(written)


def test_a_source_whose_record_is_another_is_packed_with_both() -> None:
    read = read_briefing(SITES / "tangle")
    other, resolved = read.annotations.sources[1], read.briefing.sources[0]
    assert unpacked(packed(other, resolved)) == {"written": other, "resolved": resolved}
