"""One file changed in place: whole or not at all, and never over somebody else's words."""

import errno
import os
from pathlib import Path

import pytest

from site_builder.amending import Changed, amend
from site_builder.problems import Refused


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a file `notes/a.yaml` that holds `old`."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.yaml").write_bytes(b"old\r\n")
    return tmp_path


def test_a_file_is_changed_and_keeps_its_mode(folder: Path) -> None:
    file = folder / "notes" / "a.yaml"
    file.chmod(0o640)
    amend(folder, "notes/a.yaml", b"old\r\n", b"new\r\n")
    assert file.read_bytes() == b"new\r\n"
    assert file.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in file.parent.iterdir()] == ["a.yaml"]


def test_what_somebody_else_saved_is_not_lost(folder: Path) -> None:
    with pytest.raises(Changed):
        amend(folder, "notes/a.yaml", b"older", b"new")
    assert (folder / "notes" / "a.yaml").read_bytes() == b"old\r\n"
    assert len(list((folder / "notes").iterdir())) == 1


def test_a_save_while_the_new_bytes_are_written_is_seen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder / "notes" / "a.yaml"
    monkeypatch.setattr(os, "fsync", lambda _: file.write_bytes(b"by hand"))
    with pytest.raises(Changed):
        amend(folder, "notes/a.yaml", b"old\r\n", b"new")
    assert file.read_bytes() == b"by hand"


def test_a_file_that_went_away_stays_away(folder: Path) -> None:
    (folder / "notes" / "a.yaml").unlink()
    with pytest.raises(Changed):
        amend(folder, "notes/a.yaml", b"old\r\n", b"new")
    assert not list((folder / "notes").iterdir())


@pytest.mark.parametrize("linked", ["notes", "notes/a.yaml"])
def test_no_symbolic_link_is_followed(folder: Path, linked: str) -> None:
    real = folder / "elsewhere"
    (folder / linked).rename(real)
    (folder / linked).symlink_to(real)
    with pytest.raises(Refused, match="symbolic link"):
        amend(folder, "notes/a.yaml", b"old\r\n", b"new")
    assert (real / "a.yaml" if real.is_dir() else real).read_bytes() == b"old\r\n"


def test_a_folder_of_that_name_is_refused(folder: Path) -> None:
    with pytest.raises(Refused, match="not a regular file"):
        amend(folder, "notes", b"", b"new")


def test_a_full_disk_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        amend(folder, "notes/a.yaml", b"old\r\n", b"new")
    assert (folder / "notes" / "a.yaml").read_bytes() == b"old\r\n"
    assert len(list((folder / "notes").iterdir())) == 1
