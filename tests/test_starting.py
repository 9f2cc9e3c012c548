"""`briefing new`: a briefing that builds at once, all of it or nothing, and never over what is there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from site_builder import cli, starting
from site_builder.build import build, checked, read_briefing
from site_builder.problems import Refused
from site_builder.starting import STARTER, start


def everything(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


SHIPPED = everything(STARTER)


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_example_has_no_error_no_warning_and_no_advice_and_builds(tmp_path: Path) -> None:
    start(tmp_path / "harbour")
    assert checked(tmp_path / "harbour").problems == ()
    built = build(tmp_path / "harbour", tmp_path / "harbour" / "output")
    assert built.count("write") > 20


def test_it_shows_one_of_everything() -> None:
    assert {
        ".gitignore", ".gitattributes", "README.md", "annotations/site.yaml", "annotations/events.yaml",
        "annotations/claims.yaml", "annotations/measures.yaml", "annotations/entities.yaml",
        "annotations/sources/example-footbridge.yaml", "annotations/topics/crossings.md",
        "seeds/example-footbridge.txt",
    } <= set(SHIPPED)  # fmt: skip
    for path in (p for p in SHIPPED if p.endswith(".yaml") and p.startswith("annotations/")):
        lines = (STARTER / path).read_text("utf-8").splitlines()
        assert lines[0].startswith("# yaml-language-server: $schema=../"), path
        assert lines[1].startswith("# "), f"{path} begins with what it is for"


def test_every_file_is_copied_as_it_is_and_the_schemas_are_there(tmp_path: Path) -> None:
    start(tmp_path / "new")
    made = everything(tmp_path / "new")
    assert [p for p in made if not p.startswith(".schema/")] == SHIPPED
    assert all((tmp_path / "new" / p).read_bytes() == (STARTER / p).read_bytes() for p in SHIPPED)
    assert ".schema/source.json" in made


@pytest.mark.parametrize("name", ["two words", "гавань", "harbour 🚢", "it's", "a/b/c"])
def test_any_name_will_do(outside: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert cli.main(["new", name]) == 0
    out = capsys.readouterr().out
    assert len(out.splitlines()) == 4
    command = out.splitlines()[1].strip()
    went = subprocess.run(["sh", "-c", f"{command} && pwd"], capture_output=True, text=True, check=True)
    assert went.stdout == f"{outside / name}\n"
    assert read_briefing(outside / name).warnings == ()


def test_an_empty_folder_and_one_that_is_only_a_repository_are_filled(
    outside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (outside / ".git").mkdir()
    assert cli.main(["new", "."]) == 0
    assert "cd " not in capsys.readouterr().out
    assert read_briefing(outside).warnings == ()
    assert not list(outside.glob(".briefing-new-*"))


def test_a_folder_with_something_in_it_is_refused_and_said_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(Refused, match=r"is not empty: it holds mine\.txt$"):
        start(tmp_path)
    assert everything(tmp_path) == ["mine.txt"]


@pytest.mark.parametrize("what", ["file", "link", "dangling", "below a file"])
def test_what_is_no_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str) -> None:
    target = tmp_path / "target"
    if what == "link":
        (tmp_path / "real").mkdir()
        target.symlink_to(tmp_path / "real")
    elif what == "dangling":
        target.symlink_to(tmp_path / "nowhere")
    else:
        target.write_text("mine", "utf-8")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(Refused):
        cli.main(["new", str(target / "deeper" if what == "below a file" else target)])
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("existing", [True, False], ids=["an empty folder", "no folder yet"])
@pytest.mark.parametrize("step", ["fill", "move"])
def test_a_failure_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, existing: bool, step: str
) -> None:
    folder = tmp_path / "above" / "new"
    if existing:
        folder.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    if step == "fill":
        monkeypatch.setattr(starting, "write_schemas", _disk_full)
    else:
        rename, calls = Path.rename, []

        def third_fails(self: Path, target: Path) -> Path:
            calls.append(target)
            if len(calls) == (3 if existing else 1):
                _disk_full()
            return rename(self, target)

        monkeypatch.setattr(Path, "rename", third_fails)
    with pytest.raises(Refused, match="No space left on device; nothing was written"):
        cli.main(["new", str(folder)])
    assert sorted(tmp_path.rglob("*")) == before


def _disk_full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_the_starter_can_be_copied_from_where_nobody_may_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(STARTER, tmp_path / "starter")
    for path in (tmp_path / "starter").rglob("*.yaml"):
        path.chmod(0o444)
    monkeypatch.setattr(starting, "STARTER", tmp_path / "starter")
    start(tmp_path / "new")
    site = tmp_path / "new" / "annotations" / "site.yaml"
    assert site.stat().st_mode & 0o200
