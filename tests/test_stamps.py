"""Stamps: a build with nothing to do opens no file, and no change of any kind goes unseen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.build import Publication, build
from site_builder.glance import look, stamp, stamps_below
from site_builder.records import SiteUrl
from site_builder.stamps import Stamps, read_stamps, stamps_of, write_stamps
from site_builder.writing import OWN, Refused

HARBOUR = Path(__file__).parent / "sites" / "harbour"
NOTICE = "annotations/sources/harbour-notice.yaml"


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """A built briefing whose stamps are trusted."""
    folder = tmp_path / "harbour"
    shutil.copytree(HARBOUR, folder, ignore=shutil.ignore_patterns("expected"))
    build(folder, folder / "output")
    while not (known := stamps(folder)).are_inputs(known.key, look(folder)):  # within one tick of the clock
        build(folder, folder / "output")
    return folder


def stamps(folder: Path) -> Stamps:
    found = read_stamps(folder / "output" / OWN / "stamps.json")
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
    assert set(opened) <= {"stamps.json"}
    assert {step.action for step in built.steps} == {"keep"}
    assert len(built.steps) == sum(p.is_file() for p in (harbour / "output").rglob("*") if OWN not in p.parts)


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
    assert not (harbour / "output" / OWN / "stamps.json").exists()


def test_what_changed_in_the_tick_of_the_clock_in_which_it_was_looked_at_is_not_trusted() -> None:
    early, late = (0o100644, 3, 5, 5), (0o100644, 3, 5, 9)
    known = Stamps("local", {"seeds/a": early}, {"a": early, "b": late}, made=9)
    assert known.are_inputs("local", {"seeds/a": early})
    assert known.is_trusted("a", early)
    assert not known.is_trusted("b", late)
    assert not replace(known, inputs={"seeds/a": late}).are_inputs("local", {"seeds/a": late})
    assert not known.is_trusted("a", None)


def test_stamps_are_read_as_they_were_written(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("a")
    found = Stamps(
        "k",
        stamps_below(tmp_path, "seeds"),
        stamps_of(tmp_path, ("a.html", "b.html")),
        (("p", 1, 2, "r", "m", "h", None),),
    )
    write_stamps(tmp_path / "stamps.json", found)
    read = read_stamps(tmp_path / "stamps.json")
    assert read is not None
    assert replace(read, made=0) == found
    assert list(found.outputs) == ["a.html"]
    own = stamp(tmp_path / "stamps.json")
    assert own is not None
    assert read.made == own[3]


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "null", '"x"', "{", '{"format": 0}', '{"format": 1}',
        '{"format": 1, "key": "", "inputs": {}, "outputs": []}',
        '{"format": 1, "key": "", "inputs": {"a": [1]}, "outputs": {}, "warnings": []}',
        '{"format": 1, "key": "", "inputs": {}, "outputs": {"../a": [1, 2, 3, 4]}, "warnings": []}',
    ],
)  # fmt: skip
def test_stamps_that_are_none_of_ours_are_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "stamps.json").write_text(content)
    assert read_stamps(tmp_path / "stamps.json") is None


def test_stamps_that_cannot_be_written_are_left_out(tmp_path: Path) -> None:
    write_stamps(tmp_path / "none" / "stamps.json", Stamps("", {}, {}))
    assert read_stamps(tmp_path / "none" / "stamps.json") is None
