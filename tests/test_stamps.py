"""Stamps: a build with nothing to do opens no file, and no change of any kind goes unseen."""

from __future__ import annotations

import os
import shutil
import tempfile
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.build import Publication, build
from site_builder.disk.manifest import Noted
from site_builder.disk.stamps import from_warnings, to_warnings, write_stamps
from site_builder.disk.writing import OWN
from site_builder.glance import ABSENT, Looks, Stamp, Stamps, files_kept, look, looks_of, read_stamps, stamp, written_at
from site_builder.problems import Refused
from site_builder.records import SiteUrl
from tests.built_sites import copied

NOTICE = "annotations/sources/harbour-notice.yaml"


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """A built briefing whose stamps are trusted."""
    folder = tmp_path / "harbour"
    copied("harbour", folder)
    build(folder, folder / "output")
    while not (known := stamps(folder)).are_inputs(known.key, look(folder)):  # within one tick of the clock
        build(folder, folder / "output")
    return folder


def stamps(folder: Path) -> Stamps:
    found = read_stamps(f"{folder}/output/{OWN}/stamps")
    assert found is not None
    return found


def keeping_times(change: Callable[[Path], None]) -> Callable[[Path], None]:
    """A change of a file after which its time of modification is set back."""

    def changed(path: Path) -> None:
        status = path.stat()
        change(path)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    return changed


def of_one_size(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"complaints or complainants", b"complainants or complaints"))


def with_a_slip(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"harbour", b"horbour"))


def test_a_build_with_nothing_to_do_opens_no_input_and_no_page(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    read = Path.read_bytes

    def noted(path: Path) -> bytes:
        opened.append(path.name)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    built = build(harbour, harbour / "output")
    assert not opened
    assert {step.action for step in built.steps} == {"keep"}
    assert built.count("keep") == sum(p.is_file() for p in (harbour / "output").rglob("*") if OWN not in p.parts)


@pytest.mark.parametrize(
    "edit",
    [
        of_one_size,
        keeping_times(of_one_size),
        lambda path: path.unlink(),
        lambda path: (path.parent / "other.yaml").write_text("x: y\n"),
        lambda path: path.rename(path.with_name("renamed.yaml")),
        lambda path: (path.parent.parent / "topics" / "noise.md").touch(),
    ],
    ids=["edited", "edited, with its old time", "deleted", "a new file", "renamed", "touched"],
)
def test_every_change_of_an_input_is_looked_into(harbour: Path, edit: Callable[[Path], object]) -> None:
    before = look(harbour)
    edit(harbour / NOTICE)
    assert look(harbour) != before


def test_an_edit_that_keeps_size_and_time_is_built(harbour: Path) -> None:
    keeping_times(of_one_size)(harbour / NOTICE)
    assert build(harbour, harbour / "output").count("write") > 0


def test_a_page_changed_by_hand_is_seen_though_its_size_and_time_are_the_old_ones(harbour: Path) -> None:
    page = harbour / "output" / "index.html"
    keeping_times(with_a_slip)(page)
    with pytest.raises(Refused, match="changed after they were built"):
        build(harbour, harbour / "output")


def test_a_site_that_lost_a_page_gets_it_back(harbour: Path) -> None:
    (harbour / "output" / "claims.html").unlink()
    assert build(harbour, harbour / "output").count("write") == 1


def test_warnings_are_repeated_without_reading_anything(harbour: Path) -> None:
    (harbour / "seeds" / "unused.txt").write_text("Nobody names this.\n")
    first = build(harbour, harbour / "output").warnings
    assert first
    assert build(harbour, harbour / "output").warnings == first


def test_stamps_that_came_with_a_copied_folder_are_not_trusted(harbour: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(harbour, copy)  # with all times that can be copied
    assert not stamps(copy).are_inputs(stamps(copy).key, look(copy))
    built = build(copy, copy / "output")
    assert {step.action for step in built.steps} == {"keep"}


def test_a_site_at_another_address_is_another_site(harbour: Path) -> None:
    built = build(harbour, harbour / "output", publication=Publication(base_url=SiteUrl("https://e.example/")))
    assert built.count("write") > 0


def test_a_public_site_keeps_no_stamps_since_they_name_the_inputs(harbour: Path) -> None:
    build(harbour, harbour / "output", publication=Publication("public"))
    assert not (harbour / "output" / OWN / "stamps").exists()


def looks(**stamps: Stamp) -> Looks:
    return Looks([*stamps], array("q", [n for own in stamps.values() for n in own]))


EARLY, LATE = (0o100644, 3, 5, 5), (0o100644, 3, 5, 9)


def test_what_changed_in_the_tick_of_the_clock_in_which_it_was_looked_at_is_not_trusted() -> None:
    known = Stamps("local", looks(seed=EARLY), looks(a=EARLY), since=9, made=9)
    assert known.are_inputs("local", looks(seed=EARLY))
    assert known.are_outputs(looks(a=EARLY))
    assert known.is_output(EARLY, EARLY)
    late = Stamps("local", looks(seed=LATE), looks(a=EARLY, b=LATE), since=9, made=9)
    assert not late.are_inputs("local", looks(seed=LATE))
    assert not late.are_outputs(looks(a=EARLY, b=LATE))
    assert not late.is_output(LATE, LATE)


def test_what_was_not_there_is_not_taken_for_what_was_written() -> None:
    known = Stamps("local", looks(), looks(a=ABSENT), since=9, made=9)
    assert not known.is_output(ABSENT, ABSENT)
    assert known.outputs.by_path() == {}


def test_an_input_saved_after_the_build_began_is_read_again_though_it_looks_the_same(harbour: Path) -> None:
    known = stamps(harbour)
    known.since = min(stamp[3] for stamp in known.inputs.stamps() if stamp != ABSENT)
    write_stamps(harbour / "output" / OWN / "stamps", known)
    assert files_kept(look(harbour), f"{harbour}/output", known.key) is None


def test_stamps_are_read_as_they_were_written(tmp_path: Path) -> None:
    (tmp_path / "a\nb.html").write_text("a")
    warnings: tuple[Noted, ...] = (("p", 1, 2, "r", "m", "h", None),)
    outputs = looks_of(tmp_path, ("a\nb.html", "b.html"))
    found = Stamps("k\ud800", look(tmp_path), outputs, 7, from_warnings(warnings))
    write_stamps(tmp_path / "stamps", found)
    read = read_stamps(f"{tmp_path}/stamps")
    assert read is not None
    assert (read.key, read.inputs, read.outputs, read.since) == ("k\ud800", found.inputs, outputs, 7)
    assert to_warnings(read.warnings) == warnings
    assert read.outputs.by_path() == {"a\nb.html": stamp(tmp_path / "a\nb.html")}
    own = stamp(tmp_path / "stamps")
    assert own is not None
    assert read.made == written_at(own)


@given(st.binary(max_size=30), st.integers(0, 400), st.integers(0, 3))
def test_stamps_that_were_tampered_with_are_read_as_others_or_as_none(put: bytes, at: int, cut: int) -> None:
    whole = Stamps("k", looks(seed=EARLY, other=LATE), looks(a=EARLY, b=LATE), 9, b"[]").to_bytes()
    at %= len(whole)
    raw = whole[:at] + put + whole[at + cut :]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "stamps").write_bytes(raw)
        found = read_stamps(f"{folder}/stamps")
    if found:
        for each in (found.inputs, found.outputs):
            assert len([*each.stamps()]) == len(each.paths)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{", b'{"format": 1}', b"briefing stamps 2", b"briefing stamps 2\n\n",
        b"briefing stamps 1\n0 0 0 0 0 0 0\n", b"briefing stamps 2\n0 0 0 0 0 0\n",
        b"briefing stamps 2\n0 0 1 0 0 0 0\na", b"briefing stamps 2\n0 -1 1 0 0 0 0\n",
    ],
)  # fmt: skip
def test_stamps_that_are_none_of_ours_are_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "stamps").write_bytes(content)
    assert read_stamps(f"{tmp_path}/stamps") is None


def test_stamps_that_cannot_be_written_are_left_out(tmp_path: Path) -> None:
    write_stamps(tmp_path / "none" / "stamps", Stamps("", looks(), looks(), 0))
    assert read_stamps(f"{tmp_path}/none/stamps") is None


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such times")
def test_times_that_no_column_holds_are_never_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Far:
        st_mode, st_size, st_mtime_ns, st_ctime_ns = 0o100644, 3, 2**63, 5

    monkeypatch.setattr("os.lstat", lambda _: Far)
    found = looks_of(tmp_path, ["a"])
    assert [*found.stamps()] == [(0o100644, 3, 2**63 - 1, 5)]
    assert not Stamps("k", found, found, since=2**63 - 1, made=2**63 - 1).are_inputs("k", found)


def test_what_is_below_a_link_is_not_looked_at_and_what_python_writes_neither(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "a.txt").write_text("a")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "link").symlink_to(tmp_path / "far", target_is_directory=True)
    found = look(tmp_path)
    assert {p for p in found.paths if p.startswith(("seeds", "annotations"))} == {"seeds", "seeds/link", "annotations"}
    own = [p for p in found.paths if p.startswith("program")]
    assert "program/pages/frame.py" in own
    assert all(p.endswith(".py") for p in own)
