"""Where caches are: in a folder of the user's own, or nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.build import build
from site_builder.caching import cache_folder
from site_builder.writing import OWN

SMALLEST = Path(__file__).parent / "sites" / "smallest"


def test_the_folder_is_made_for_its_user_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    folder = cache_folder()
    assert folder == tmp_path / "caches" / "evidence-briefing"
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702])
def test_a_folder_that_others_can_write_to_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "evidence-briefing").mkdir()
    (tmp_path / "evidence-briefing").chmod(mode)
    assert cache_folder() is None


def test_a_link_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "evidence-briefing").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert cache_folder() is None


def test_without_a_place_for_caches_a_site_is_built_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert cache_folder() is None
    assert build(SMALLEST, tmp_path / "out").count("write") > 0


def test_what_lies_in_the_output_folder_is_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    build(SMALLEST, tmp_path / "out")
    kept = {path.suffix for path in (tmp_path / "out" / OWN).rglob("*") if path.is_file()}
    assert kept <= {"", ".json"}
    assert list((tmp_path / "caches" / "evidence-briefing").iterdir())
