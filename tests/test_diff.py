"""`briefing diff`: folders and revisions, what it prints and records, and what it says when a side cannot be read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from site_builder import cli
from site_builder.build import read_briefing

from .built_sites import copied

ROSE = "Complaints about noise rose by half within two months"
CLAIM = "claim complaints-rose: status: accepted → unresolved"


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """The harbour briefing, in a folder whose name needs care."""
    folder = tmp_path / "the harbour [1] ü"
    copied("harbour", folder)
    return folder


@pytest.fixture
def repository(harbour: Path) -> Path:
    """The same, committed in a repository around it, then with a claim that is no longer settled."""
    git(harbour.parent, "init", "--quiet")
    commit(harbour, "first")
    git(harbour, "tag", "v1")
    unsettle(harbour)
    return harbour


def git(folder: Path, *arguments: str) -> None:
    who = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, env={**os.environ, **who, **settings})


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def replace(folder: Path, path: str, old: str, new: str) -> None:
    file = folder / "annotations" / path
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def unsettle(folder: Path) -> None:
    replace(folder, "claims.yaml", "status: accepted", "status: unresolved")


def run(*arguments: object) -> int:
    try:
        return cli.main([str(a) for a in arguments])
    except SystemExit as stop:
        return int(stop.code or 0)


def refused(*arguments: object) -> str:
    """What the command is refused with."""
    from site_builder.problems import Refused

    with pytest.raises(Refused) as error:
        run(*arguments)
    assert error.value.hint
    return str(error.value)


def test_two_folders_are_compared(harbour: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(harbour, tmp_path / "new")
    assert run("diff", harbour, tmp_path / "new", "--exit-code") == 0
    assert capsys.readouterr().out == f"nothing changed from {harbour} to {tmp_path / 'new'}\n"
    unsettle(tmp_path / "new")
    assert run("diff", harbour, tmp_path / "new") == 0
    assert capsys.readouterr().out == f"Claims\n  {CLAIM}\n"
    assert run("diff", harbour, "--folder", tmp_path / "new", "--exit-code") == 1


def test_revisions_are_compared_with_each_other_and_with_the_folder_as_it_is(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = (repository.parent / ".git" / "index").read_bytes()
    for words in ([], ["v1"], ["v1", repository]):
        assert run("diff", *words, "--folder", repository) == 0
        assert capsys.readouterr().out == f"Claims\n  {CLAIM}\n", words
    assert (repository.parent / ".git" / "index").read_bytes() == head
    commit(repository, "second")
    for words in (["v1..HEAD"], ["v1.."], ["HEAD~1", "HEAD"], ["v1"]):
        assert run("diff", *words, "--folder", repository) == 0
        assert capsys.readouterr().out == f"Claims\n  {CLAIM}\n", words
    assert run("diff", "--folder", repository) == 0
    assert capsys.readouterr().out.startswith("nothing changed from HEAD")


def test_the_changes_are_printed_for_programs_and_as_markdown(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(repository, "claims.yaml", "within two months", "*within* two months")
    assert run("diff", "--folder", repository, "--format", "json") == 0
    status, wording = json.loads(capsys.readouterr().out)["changes"]
    assert status == {
        "subject": "claim", "id": "complaints-rose", "title": "Complaints about noise rose by half *within* two months",
        "what": "status", "part": None, "before": "accepted", "after": "unresolved",
    }  # fmt: skip
    assert wording["what"] == "wording"
    assert run("diff", "--folder", repository, "--format", "markdown") == 0
    assert capsys.readouterr().out.splitlines() == [
        "## Claims",
        "",
        f"- {CLAIM}",
        f"- claim complaints-rose: wording: “{ROSE}” → “{ROSE.replace('within', chr(92) + '*within' + chr(92) + '*')}”",
    ]


def test_changes_are_recorded_in_the_briefing_and_it_still_builds(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("diff", "--folder", repository, "--record", "--date", "2026-11-22", "--summary", "Doubts") == 0
    captured = capsys.readouterr()
    assert CLAIM in captured.out
    assert captured.err.endswith("changes.yaml under 2026-11-22\n")
    assert [p.name for p in (repository / "annotations").iterdir() if p.name.startswith(".")] == []
    (entry,) = read_briefing(repository).briefing.changes
    assert (entry.date, entry.summary, len(entry.changes)) == ("2026-11-22", "Doubts", 1)
    commit(repository, "second")
    assert run("diff", "--folder", repository, "--record") == 0
    assert "nothing was recorded" in capsys.readouterr().err
    assert len(read_briefing(repository).briefing.changes) == 1


def test_what_the_last_entry_holds_is_not_recorded_once_more(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = repository / "annotations" / "changes.yaml"
    record = ("diff", "--folder", repository, "--record", "--date", "2026-11-22")
    assert run(*record) == 0
    once = file.read_bytes()
    assert run(*record, "--summary", "Again") == 0
    assert file.read_bytes() == once
    assert capsys.readouterr().err.endswith("changes.yaml holds all of this, and nothing was recorded\n")
    replace(repository, "claims.yaml", "within two months", "in two months")
    assert run(*record) == 0
    assert capsys.readouterr().err.endswith("under 2026-11-22, but for what the entry before it holds\n")
    entries = read_briefing(repository).briefing.changes
    assert [[c.what for c in e.changes] for e in entries] == [["status"], ["wording"]]


def test_a_side_that_does_not_build_is_named_with_its_problems(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(repository, "claims.yaml", "status: unresolved", "status: settled")
    commit(repository, "broken")
    replace(repository, "claims.yaml", "status: settled", "status: accepted")
    assert run("diff", "--folder", repository) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "annotations/claims.yaml:4:11: error[bad-value]" in captured.err
    assert captured.err.endswith("1 error; the briefing at HEAD cannot be compared before they are mended\n")


def test_a_file_of_changes_with_problems_is_left_alone(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = repository / "annotations" / "changes.yml"
    path.write_text("- {id: a, date: 2026-02-30}\n", "utf-8")
    assert run("diff", "v1", repository, "--folder", repository, "--record") == 1
    assert "error[bad-value] '2026-02-30' is not a day" in capsys.readouterr().err
    assert path.read_text("utf-8") == "- {id: a, date: 2026-02-30}\n"


def test_what_is_no_revision_no_repository_or_no_briefing_is_told(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused("diff", "v2", "--folder", repository) == "'v2' is neither a folder nor a git revision"
    assert refused("diff", "v1...HEAD", "--folder", repository).startswith("'...' compares with a common ancestor")
    assert refused("diff", "a", "b", "c", "--folder", repository) == "3 sides cannot be compared"
    assert "neither" in refused("diff", "--folder", repository, "--", "-v1")
    assert refused("diff", "../old", "--folder", repository) == "'../old' is neither a folder nor a git revision"
    assert refused("diff", "--folder", repository / "nowhere").endswith("is not a folder")
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "file").touch()
    commit(other, "no briefing")
    assert refused("diff", "HEAD", "--folder", other) == "there is no elsewhere/annotations/ at HEAD"
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    shutil.rmtree(tmp_path / ".git")
    assert refused("diff", "--folder", repository).endswith("is in no git repository")
    monkeypatch.setenv("PATH", str(other))
    assert refused("diff", "--folder", repository) == "git is not installed"


def test_a_repository_without_a_commit_is_told(repository: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / ".git")
    git(tmp_path, "init", "--quiet")
    assert refused("diff", "--folder", repository).startswith("nothing is committed yet around")


def test_a_clone_without_the_files_of_a_revision_is_told(repository: Path, tmp_path: Path) -> None:
    commit(repository, "second")
    git(tmp_path, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--no-checkout", "--filter=blob:none", tmp_path.as_uri(), str(tmp_path / "part"))
    part = tmp_path / "part" / repository.name
    shutil.copytree(repository, part)
    assert "not in this repository, which was cloned in part" in refused("diff", "v1", "--folder", part)


def test_a_revision_whose_file_is_lost_is_told(repository: Path) -> None:
    found = subprocess.run(["git", "-C", str(repository), "rev-parse", "v1:./annotations/claims.yaml"],
                           capture_output=True, text=True, check=True)  # fmt: skip
    blob = found.stdout.strip()
    (repository.parent / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert refused("diff", "v1", "--folder", repository).startswith("annotations/claims.yaml of that revision is not")


def test_a_link_in_a_revision_is_told_and_not_followed(repository: Path) -> None:
    (repository / "seeds" / "linked.txt").symlink_to("/etc/passwd")
    commit(repository, "a link")
    assert refused("diff", "HEAD~1..HEAD", "--folder", repository) == "at HEAD, seeds/linked.txt is a symbolic link"


@pytest.mark.parametrize(
    ("day", "hint"),
    [
        ("2026-02-30", "write year, month and day: 2026-11-22"), ("today", "write year, month and day: 2026-11-22"),
        ("2026-2-3", "write 2026-02-03"),
    ],
)  # fmt: skip
def test_a_date_that_is_none_is_wrong_usage(day: str, hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("diff", "--record", "--date", day) == 2
    assert f"'{day}' is not a day; {hint}" in capsys.readouterr().err
