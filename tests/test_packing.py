"""A source that was packed is the one that it was, and its records stand where they stood."""

from __future__ import annotations

import pickle
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks.making import corpus
from site_builder.build import read_briefing
from site_builder.frozen import replace
from site_builder.kept.memory import DamagedError
from site_builder.kept.packing import Pair, UnpackedEvents, packed, packed_events, unpacked
from site_builder.model import is_same_face
from site_builder.reading.files import Files
from site_builder.reading.origins import LaterLocation, Origin
from site_builder.records import SourceFile
from site_builder.storing import Stored

from .built_sites import SITES


def _places(file: SourceFile) -> list[object]:
    return [(p.at.place, p.at.fields, p.at.empty) for p in (file.record, *file.record.passages)]


def _hashes(folder: Path) -> dict[str, str]:
    files = (folder / "annotations/sources").iterdir()
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("name", ["harbour", "tangle"])
def test_a_source_is_unpacked_as_it_was_packed(name: str) -> None:
    read, hashes = read_briefing(SITES / name), _hashes(SITES / name)
    for written, resolved in zip(read.annotations.sources, read.briefing.sources, strict=True):
        states = unpacked(packed(written, resolved, hashes), Files(SITES / name))
        assert states == {"written": written, "resolved": resolved}
        assert states["written"].record is states["resolved"].record
        assert _places(states["written"]) == _places(written)


def test_a_source_of_strings_and_numbers_alone_is_packed_as_those(tmp_path: Path) -> None:
    for path, text in corpus(6).files("ours"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    read, hashes = read_briefing(tmp_path), _hashes(tmp_path)
    for written, resolved in zip(read.annotations.sources, read.briefing.sources, strict=True):
        raw = packed(written, resolved, hashes)
        assert not raw.startswith(pickle.PROTO)
        states = unpacked(raw, Files(tmp_path))
        assert states == {"written": written, "resolved": resolved}
        assert _places(states["written"]) == _places(written)
        assert is_same_face(states["resolved"], resolved)
    assert any(True for _ in read.briefing.figures())


def test_a_text_is_read_again_only_where_it_is_still_the_same(tmp_path: Path) -> None:
    shutil.copytree(SITES / "harbour", tmp_path, dirs_exist_ok=True)
    read = read_briefing(tmp_path)
    (written,), (resolved,) = read.annotations.sources, read.briefing.sources
    raw = packed(written, resolved, _hashes(tmp_path))
    seed = tmp_path / "seeds/harbour-notice.txt"
    seed.write_text(f"{seed.read_text('utf-8')}More.\n", "utf-8")
    source = unpacked(raw, Files(tmp_path))["resolved"]
    assert source == resolved  # by the hash of its text
    assert source != replace(resolved, stored=Stored(seed.read_bytes()))
    for ask in (lambda: source.text, lambda: source.raw, lambda: pickle.dumps(source)):
        with pytest.raises(DamagedError):
            ask()
    seed.unlink()
    with pytest.raises(DamagedError):
        assert source.text


def test_a_text_with_a_byte_order_mark_is_kept_with_its_own_bytes(tmp_path: Path) -> None:
    shutil.copytree(SITES / "harbour", tmp_path, dirs_exist_ok=True)
    seed, path = tmp_path / "seeds/harbour-notice.txt", tmp_path / "annotations/sources/harbour-notice.yaml"
    before, now = seed.read_bytes(), b"\xef\xbb\xbf" + seed.read_bytes().replace(b"\n", b"\r\n")
    seed.write_bytes(now)
    path.write_text(path.read_text("utf-8").replace(sha256(before).hexdigest(), sha256(now).hexdigest()), "utf-8")
    read = read_briefing(tmp_path)
    (written,), (resolved,) = read.annotations.sources, read.briefing.sources
    states = unpacked(packed(written, resolved, _hashes(tmp_path)), Files(tmp_path))
    assert states == {"written": written, "resolved": resolved}
    assert (states["resolved"].text, states["resolved"].raw) == (before.decode(), now)


def test_a_source_whose_record_is_another_is_packed_with_both() -> None:
    read = read_briefing(SITES / "tangle")
    other, resolved = read.annotations.sources[1], read.briefing.sources[0]
    assert unpacked(packed(other, resolved, {}), Files(SITES)) == {"written": other, "resolved": resolved}


def _origin(pair: Pair) -> Origin:
    at = pair[0].at
    assert isinstance(at, LaterLocation)
    return at.origin


@pytest.mark.parametrize("name", ["harbour", "tangle"])
@pytest.mark.parametrize("is_usual", [True, False])
def test_an_event_is_unpacked_as_it_was_packed(name: str, is_usual: bool) -> None:
    read = read_briefing(SITES / name)
    pairs = [(event.record, event) for event in read.briefing.events]
    origins = {own.path: own for own in map(_origin, pairs)}
    if not is_usual:  # one was read by the book
        record = replace(pairs[0][0], at=pairs[0][0].at.origin.location(0))  # type: ignore[attr-defined] # asserted above
        pairs[0] = record, replace(pairs[0][1], record=record)
    unpacked_ = UnpackedEvents(packed_events(pairs, origins), origins.__getitem__)
    for place, pair in enumerate(pairs):
        found = unpacked_[place]
        assert found == pair
        assert found[1].record is found[0] is unpacked_[place][0]
        for now, was in ((found[0], pair[0]), (found[0].date, pair[0].date)):
            assert (now.at.place, now.at.fields, now.at.empty) == (was.at.place, was.at.fields, was.at.empty)
    assert all(_origin(unpacked_[place]) is _origin(pair) for place, pair in enumerate(pairs) if place or is_usual)


def test_an_event_of_a_file_that_is_not_kept_apart_is_packed_with_it() -> None:
    pairs = [(event.record, event) for event in read_briefing(SITES / "harbour").briefing.events]
    unpacked_ = UnpackedEvents(packed_events(pairs, {}), dict[str, Origin]().__getitem__)
    assert [unpacked_[place] for place, _ in enumerate(pairs)] == pairs
    assert _origin(unpacked_[0]).path == _origin(pairs[0]).path
