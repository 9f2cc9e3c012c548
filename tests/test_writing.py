"""The output folder: whole or nothing, one writer, and no file that is not ours."""

import errno
import hashlib
import os
import sys
import types
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder.disk import writing
from site_builder.disk.manifest import Entry, Manifest
from site_builder.disk.writing import OWN, Output, looked_at, opened
from site_builder.problems import Refused

OLD = {"index.html": b"old home", "a/one.html": b"old one", "a/two.html": b"old two", "gone/away.html": b"old"}
NEW = {"index.html": b"new home", "a/one.html": b"old one", "b/three.html": b"new three"}


def manifest(files: Mapping[str, bytes], inputs: str = "digest") -> Manifest:
    return Manifest(inputs, {path: Entry(hashlib.sha256(content).hexdigest()) for path, content in files.items()})


def write(output: Path, files: Mapping[str, bytes], inputs: str = "digest", *, adopt: bool = False) -> None:
    with opened(output) as site:
        site.check(adopt=adopt)
        stage(site, files)
        site.commit(manifest(files, inputs))


def stage(site: Output, files: Mapping[str, bytes]) -> None:
    for path, content in sorted(files.items()):
        site.stage(path, content)


def tree(output: Path) -> dict[str, bytes]:
    """Every file of a site but the program's own."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and OWN not in path.parts
    }


def leftovers(output: Path) -> set[str]:
    return {path.name for path in (output / OWN).iterdir()} - {"lock", "manifest.json", "stamps"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder with the old site in it."""
    write(tmp_path / "output", OLD)
    return tmp_path / "output"


def test_a_commit_writes_changes_and_deletes_and_leaves_nothing_behind(output: Path) -> None:
    write(output, NEW)
    assert tree(output) == NEW
    assert not (output / "gone").exists()
    assert leftovers(output) == set()


def test_files_and_folders_can_be_read_by_all_whatever_the_umask(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("modes are a POSIX thing")
    before = os.umask(0o077)
    try:
        write(tmp_path / "output", OLD)
    finally:
        os.umask(before)
    assert (tmp_path / "output" / "a" / "one.html").stat().st_mode & 0o777 == 0o644
    assert (tmp_path / "output" / "a").stat().st_mode & 0o777 == 0o755


def test_files_that_are_not_ours_are_never_touched(output: Path) -> None:
    (output / "CNAME").write_bytes(b"example.org")
    (output / "gone" / "mine.txt").write_bytes(b"mine")
    write(output, NEW)
    assert tree(output) == {**NEW, "CNAME": b"example.org", "gone/mine.txt": b"mine"}


def test_a_folder_with_foreign_files_is_refused_unless_adopted(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(Refused, match=r"thesis\.docx"):
        write(output, NEW)
    write(output, NEW, adopt=True)
    assert tree(output) == {**NEW, "thesis.docx": b"years of work"}


def test_dot_files_do_not_make_a_folder_foreign(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / ".gitignore").write_bytes(b"*")
    write(output, NEW)
    assert tree(output)[".gitignore"] == b"*"


def test_a_page_is_not_written_over_a_foreign_file_unless_it_is_the_same(output: Path) -> None:
    (output / "b").mkdir()
    (output / "b" / "three.html").write_bytes(b"somebody's")
    with pytest.raises(Refused, match="is not ours"):
        write(output, NEW)
    assert tree(output) == {**OLD, "b/three.html": b"somebody's"}
    (output / "b" / "three.html").write_bytes(NEW["b/three.html"])
    write(output, NEW)
    assert tree(output) == NEW


def test_pages_changed_by_hand_are_refused_unless_forced(output: Path) -> None:
    (output / "index.html").write_bytes(b"edited by hand")
    with opened(output) as site:
        with pytest.raises(Refused, match=r"changed after they were built: index\.html"):
            site.check()
        site.check(force=True)
        assert site.reason("index.html", "") == "changed by hand"
        assert not site.is_whole("digest")


@pytest.mark.parametrize(
    ("change", "whole"),
    [
        (lambda _: None, True),
        (lambda output: (output / "index.html").unlink(), False),
        (lambda output: (output / "foreign.txt").write_bytes(b"x"), True),
    ],
)
def test_a_site_is_whole_when_its_inputs_are_the_same_and_no_file_is_lost(
    output: Path, change: Callable[[Path], object], whole: bool
) -> None:
    change(output)
    with opened(output) as site:
        assert site.is_whole("digest") is whole
        assert not site.is_whole("another digest")


def failing(call: Callable[..., object], at: int, error: BaseException) -> Callable[..., object]:
    """The call, that raises at its n-th time and works before and after."""
    count = 0

    def wrapped(*arguments: object) -> object:
        nonlocal count
        count += 1
        if count == at:
            raise error
        return call(*arguments)

    return wrapped


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("error", [FULL, KeyboardInterrupt()], ids=["full disk", "Ctrl-C"])
@pytest.mark.parametrize("at", range(1, 12))
def test_a_rename_that_fails_takes_back_those_made(
    output: Path, monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", failing(os.replace, at, error))
        try:
            write(output, NEW)
        except (OSError, KeyboardInterrupt):
            assert tree(output) == OLD
            assert not (output / "b").exists()
        else:
            assert tree(output) == NEW  # there were fewer renames than that
    with opened(output):
        assert leftovers(output) == set()
    write(output, NEW)
    assert tree(output) == NEW


@pytest.mark.parametrize("error", [FULL, KeyboardInterrupt()], ids=["full disk", "Ctrl-C"])
@pytest.mark.parametrize("at", range(1, 6))
def test_staging_that_fails_leaves_the_old_site_and_no_stage(
    output: Path, monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing(os.fsync, at, error))
        with pytest.raises((OSError, KeyboardInterrupt)):
            write(output, NEW)
    assert tree(output) == OLD
    assert leftovers(output) == set()
    assert not (output / "b").exists()


def test_a_second_writer_is_told_who_holds_the_folder(output: Path) -> None:
    with opened(output), pytest.raises(Refused, match=rf"\(process {os.getpid()}\)"), opened(output):
        pass
    with opened(output):
        pass


def test_without_fcntl_the_lock_is_taken_the_windows_way(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: set[int] = set()

    def locking(handle: int, mode: int, length: int) -> None:
        inode = os.fstat(handle).st_ino
        if inode in held:
            raise OSError(errno.EACCES, "held")
        held.add(inode)

    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", types.SimpleNamespace(locking=locking, LK_NBLCK=2))
    monkeypatch.setattr(writing, "_sync_folder", lambda _: None)  # Windows cannot sync a folder
    with opened(output) as site:
        site.check()
        stage(site, NEW)
        site.commit(manifest(NEW))
        with pytest.raises(Refused, match="another build"), opened(output):
            pass
    assert tree(output) == NEW


def test_the_folder_itself_or_a_part_of_it_is_no_symbolic_link(output: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (output / "b").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(Refused, match="symbolic link"):
        write(output, NEW)
    assert list(elsewhere.iterdir()) == []
    (tmp_path / "link").symlink_to(output, target_is_directory=True)
    with pytest.raises(Refused, match="symbolic link"), opened(tmp_path / "link"):
        pass


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"")
    with pytest.raises(Refused, match="not a folder"), opened(tmp_path / "output"):
        pass


def test_a_manifest_of_another_format_still_says_what_is_ours(output: Path) -> None:
    path = output / OWN / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"format":5', b'"format":0'))
    write(output, NEW)
    assert tree(output) == NEW


@pytest.mark.parametrize(
    "journal",
    ["{", "[]", '{"writes":["../out.txt"],"deletes":[]}', '{"writes":[],"deletes":["../victim"]}',
     '{"writes":[],"deletes":["/etc/passwd"]}', '{"writes":[1],"deletes":[]}'],
)  # fmt: skip
def test_a_journal_that_is_not_ours_is_not_followed(output: Path, journal: str) -> None:
    victim = output.parent / "victim"
    victim.write_bytes(b"mine")
    (output / OWN / "stage").mkdir()
    (output / OWN / "stage" / "0").write_bytes(b"planted")
    (output / OWN / "journal.json").write_text(journal, "utf-8")
    with pytest.raises(Refused, match="no journal"), opened(output):
        pass
    assert victim.read_bytes() == b"mine"
    assert not (output.parent / "out.txt").exists()
    assert tree(output) == OLD


def test_a_manifest_that_names_files_outside_is_none_of_ours(output: Path) -> None:
    path = output / OWN / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"index.html"', b'"../victim"'))
    with pytest.raises(Refused, match="did not write"):
        write(output, NEW)


def test_nothing_is_deleted_through_a_symbolic_link(output: Path, tmp_path: Path) -> None:
    (output / "gone").rename(tmp_path / "elsewhere")
    (output / "gone").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(Refused, match="symbolic link"):
        write(output, NEW)
    assert (tmp_path / "elsewhere" / "away.html").read_bytes() == b"old"


def test_what_a_build_left_is_thrown_away_but_nothing_through_a_link(output: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept.txt").write_bytes(b"mine")
    (output / OWN / "stage" / "odd" / "deep").mkdir(parents=True)
    (output / OWN / "stage" / "0").write_bytes(b"left")
    (output / OWN / "stage" / "odd" / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (output / OWN / "undo").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with opened(output):
        assert not (output / OWN / "stage").exists()
    assert (tmp_path / "elsewhere" / "kept.txt").read_bytes() == b"mine"


def test_a_linked_folder_of_our_own_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / OWN).symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(Refused, match="symbolic link"), opened(tmp_path / "output"):
        pass
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_looking_at_a_folder_makes_nothing(output: Path, tmp_path: Path) -> None:
    with looked_at(tmp_path / "new") as site:
        site.check()
    assert not (tmp_path / "new").exists()
    with opened(output), looked_at(output) as site:
        assert site.is_whole("digest")
