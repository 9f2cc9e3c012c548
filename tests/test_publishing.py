"""`briefing publish` against real repositories on this disk: what reaches the branch, and what is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from site_builder import cli, publishing
from site_builder.problems import Refused
from site_builder.publishing import domain, look, pages_address, publish

from .quoted_site import PRIVATE, write_site

pytestmark = pytest.mark.programs


@pytest.fixture(autouse=True)
def lonely_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep git from the configuration of whoever runs the tests."""
    alone(monkeypatch, tmp_path)


def alone(patch: pytest.MonkeyPatch, place: Path) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        patch.delenv(name)
    patch.setenv("GIT_CONFIG_GLOBAL", str(place / "gitconfig"))
    patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    ada = "[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n"
    (place / "gitconfig").write_text(ada)


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


class Places(NamedTuple):
    """A briefing in a repository, and the bare one that it is pushed to."""

    folder: Path
    remote: Path


def started(folder: Path) -> Path:
    git(folder, "init", "--quiet")
    (folder / ".gitignore").write_text("/output/\n")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "Begin")
    return folder


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site that is made to be published, committed, beside its empty remote: one to copy."""
    place = tmp_path_factory.mktemp("pattern")
    with pytest.MonkeyPatch.context() as patch:
        alone(patch, place)
        subprocess.run(["git", "init", "--quiet", "--bare", str(place / "remote.git")], check=True)
        git(started(write_site(place / "briefing")), "remote", "add", "origin", "../remote.git")
    return place


@pytest.fixture
def places(tmp_path: Path, pattern: Path) -> Places:
    """Return a copy of both."""
    shutil.copytree(pattern, tmp_path, dirs_exist_ok=True)
    return Places(tmp_path / "briefing", tmp_path / "remote.git")


def run(*arguments: str | Path) -> int:
    return cli.main(["publish", *map(str, arguments)])


def on_branch(remote: Path, branch: str = "gh-pages") -> set[str]:
    return set(git(remote, "ls-tree", "-r", "--name-only", branch).splitlines())


def state(places: Places) -> tuple[str, str]:
    """Every branch and remote branch with its commit, there and here."""
    form = "--format=%(refname) %(objectname)"
    return git(places.remote, "for-each-ref", form), git(places.folder, "for-each-ref", form, "refs/heads")


# What is published


def test_the_branch_holds_the_public_site_and_no_text_or_note_beside_it(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(places.folder, "--base-url", "https://boats.example.org/") == 0
    files = on_branch(places.remote)
    assert {"index.html", "404.html", ".nojekyll", "CNAME", "sitemap.xml", "robots.txt", "sources/free.txt"} <= files
    assert not [f for f in files if f == "sources/long.txt" or f.startswith((".briefing", "seeds/"))]
    assert git(places.remote, "show", "gh-pages:CNAME") == "boats.example.org"
    assert "https://boats.example.org/sources/long.html" in git(places.remote, "show", "gh-pages:sitemap.xml")
    told = capsys.readouterr().out
    assert f"published {len(files) - 1} files to branch gh-pages of origin" in told
    assert "it appears at https://boats.example.org/" in told
    assert "long: excerpts, 59 of 296 words" in told
    assert "free: the whole text" in told
    head = git(places.folder, "rev-parse", "--short", "HEAD")
    assert git(places.remote, "log", "-1", "--format=%an %s", "gh-pages") == f"Ada Publish Boats from {head}"
    assert not (places.folder / "output").exists()
    assert git(places.folder, "status", "--porcelain") == ""
    for word in PRIVATE:
        looked = ["git", "-C", str(places.remote), "grep", "-i", word, "gh-pages"]
        assert subprocess.run(looked, capture_output=True, check=False).returncode == 1


def test_a_second_publish_adds_a_commit_and_one_without_changes_adds_none(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(places.folder) == 0
    first = git(places.remote, "rev-parse", "gh-pages")
    assert run(places.folder) == 0
    assert git(places.remote, "rev-parse", "gh-pages") == first
    assert "nothing to publish" in capsys.readouterr().out
    assert "gh-pages" not in git(places.folder, "log", "-1", "--format=%D", "main")
    site = places.folder / "annotations" / "site.yaml"
    site.write_text("title: More boats\n")
    git(places.folder, "commit", "--quiet", "-am", "Say more")
    assert run(places.folder, "-m", "Second edition") == 0
    assert git(places.remote, "log", "--format=%s", "gh-pages").splitlines()[0] == "Second edition"
    assert git(places.remote, "rev-parse", "gh-pages^") == first
    assert "More boats" in git(places.remote, "show", "gh-pages:index.html")


def test_a_page_that_is_gone_is_gone_from_the_branch(places: Places) -> None:
    assert run(places.folder) == 0
    assert "claims/many.html" in on_branch(places.remote)
    (places.folder / "annotations" / "claims.yaml").unlink()
    notes = places.folder / "annotations" / "sources" / "long.yaml"
    notes.write_text(notes.read_text().replace("[@claim:many]", "many"))
    free = places.folder / "annotations" / "sources" / "free.yaml"
    free.write_text(free.read_text().replace("[@claim:many]", "many"))
    git(places.folder, "commit", "--quiet", "-am", "Claim less")
    assert run(places.folder) == 0
    assert "claims/many.html" not in on_branch(places.remote)


def test_a_file_that_somebody_else_put_on_the_branch_stays_there(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(places.folder) == 0
    other = places.folder.parent / "other"
    subprocess.run(["git", "clone", "--quiet", "-b", "gh-pages", str(places.remote), str(other)], check=True)
    (other / "proof").mkdir()
    (other / "proof" / "owner of.bin").write_bytes(b"\xff\x00 mine\r\n")
    (other / "about.html").write_text("by hand")  # a page of ours, which the next edition replaces
    git(other, "add", ".")
    git(other, "commit", "--quiet", "-m", "Prove whose site this is")
    git(other, "push", "--quiet")
    for edition in ("Second", "Third"):
        (places.folder / "annotations" / "site.yaml").write_text(f"title: {edition}\n")
        git(places.folder, "commit", "--quiet", "-am", edition)
        assert run(places.folder, "-m", edition) == 0
        assert "kept on the branch, as publishing did not write it: proof/owner of.bin\n" in capsys.readouterr().out
    assert git(places.remote, "log", "-3", "--format=%s", "gh-pages").split("\n")[:2] == ["Third", "Second"]
    shown = ["git", "-C", str(places.remote), "show", "gh-pages:proof/owner of.bin"]
    assert subprocess.run(shown, check=True, capture_output=True).stdout == b"\xff\x00 mine\r\n"
    assert "by hand" not in git(places.remote, "show", "gh-pages:about.html")


def test_what_of_others_a_site_cannot_keep_is_told_and_hinders_nothing(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(places.folder) == 0
    git(places.folder, "config", "grep.patternType", "fixed")
    other = places.folder.parent / "other"
    subprocess.run(["git", "clone", "--quiet", "-b", "gh-pages", str(places.remote), str(other)], check=True)
    for name in ("two\nlines", '"quoted"', "end ", "na\u00efve \u0436.txt", "topics/shore.html/x", "run.sh"):
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        (other / name).write_text(name)
    (other / "run.sh").chmod(0o755)
    (other / "link").symlink_to("index.html")
    git(other, "add", ".")
    git(other, "commit", "--quiet", "-m", "Put things there")
    git(other, "push", "--quiet")
    topic = places.folder / "annotations" / "topics" / "shore.md"
    topic.parent.mkdir(exist_ok=True)
    for edition in ("Second", "Third"):
        (places.folder / "annotations" / "site.yaml").write_text(f"title: {edition}\n")
        topic.write_text(f"---\ntitle: Shore\nsummary: {edition}\n---\n")
        git(places.folder, "add", ".")
        git(places.folder, "commit", "--quiet", "-m", edition)
        capsys.readouterr()
        assert run(places.folder, "-m", edition) == 0
        told = capsys.readouterr()
        assert "did not write it: na\u00efve \u0436.txt, run.sh\n" in told.out
        lost = 'history has it: "quoted", end , link, topics/shore.html/x, two\\nlines\n'
        assert (lost in told.err) is (edition == "Second")
    assert "100755" in git(places.remote, "ls-tree", "gh-pages", "run.sh")


def test_the_domain_that_the_branch_names_is_kept(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    other = places.folder.parent / "other"
    subprocess.run(["git", "clone", "--quiet", str(places.remote), str(other)], check=True, capture_output=True)
    git(other, "checkout", "--quiet", "--orphan", "gh-pages")
    (other / "CNAME").write_text("ours.example.org\n")
    git(other, "add", ".")
    git(other, "commit", "--quiet", "-m", "Take a domain")
    git(other, "push", "--quiet", "origin", "gh-pages")
    assert run(places.folder) == 0
    assert git(places.remote, "show", "gh-pages:CNAME") == "ours.example.org"
    home = git(places.remote, "show", "gh-pages:index.html")
    assert '<link rel="canonical" href="https://ours.example.org/">' in home
    assert git(places.remote, "rev-list", "--count", "gh-pages") == "2"
    assert "CNAME" not in capsys.readouterr().err
    assert run(places.folder, "--base-url", "https://theirs.example.org/") == 0
    assert git(places.remote, "show", "gh-pages:CNAME") == "ours.example.org"
    assert "CNAME names 'ours.example.org', and the site says that it stands at" in capsys.readouterr().err


def test_a_domain_that_we_cannot_read_is_kept_all_the_same(places: Places, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "CNAME").write_text("пример.рф\n", encoding="utf-8")
    publish(site, look(places.folder, "origin", "gh-pages"), "Take a domain")
    (site / "CNAME").unlink()
    (site / "index.html").write_text("ours")
    target = look(places.folder, "origin", "gh-pages")
    assert target.address == ""
    publish(site, target, "Publish", "other.example.org")
    assert git(places.remote, "show", "gh-pages:CNAME") == "пример.рф"


def test_a_dry_run_builds_and_says_all_and_pushes_nothing(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(places)
    assert run(places.folder, "--dry-run") == 0
    told = capsys.readouterr().out
    assert "would publish" in told
    assert "long: excerpts, 59 of 296 words" in told
    assert state(places) == before


def test_branch_and_remote_are_what_is_asked_for_and_a_briefing_may_lie_deeper(tmp_path: Path) -> None:
    remote = tmp_path / "elsewhere.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    whole = tmp_path / "whole"
    write_site(whole / "docs" / "boats")
    started(whole)
    git(whole, "remote", "add", "elsewhere", str(remote))
    assert run(whole / "docs" / "boats", "--remote", "elsewhere", "--branch", "site") == 0
    assert "index.html" in on_branch(remote, "site")


# What is refused


class Refusal(NamedTuple):
    """A state of things in which nothing is published: how it comes about, and what is said."""

    name: str
    spoil: str
    arguments: tuple[str, ...]
    code: int
    says: str
    hint: str


def spoil(places: Places, how: str) -> None:
    SPOILS[how](*places)


def diverge(folder: Path, _: Path) -> None:
    git(folder, "push", "--quiet", "origin", "main:gh-pages")
    git(folder, "branch", "gh-pages", git(folder, "commit-tree", "-m", "Mine", "HEAD^{tree}"))


def check_out(folder: Path, _: Path) -> None:
    git(folder, "push", "--quiet", "origin", "main:gh-pages")
    git(folder, "fetch", "--quiet", "origin", "gh-pages:gh-pages")
    git(folder, "worktree", "add", "--quiet", str(folder.parent / "work"), "gh-pages")


def hold_another_site(folder: Path, _: Path) -> None:
    tree = git(folder, "rev-parse", "HEAD:seeds")  # any files
    git(folder, "push", "--quiet", "origin", f"{git(folder, 'commit-tree', '-m', 'Other', tree)}:refs/heads/gh-pages")


def err(folder: Path, _: Path) -> None:
    (folder / "annotations" / "site.yaml").write_text("titel: Boats\n")
    git(folder, "commit", "--quiet", "-am", "Err")


def refuse(_: Path, remote: Path) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho no pushes on Sunday\nexit 1\n")
    hook.chmod(0o755)


SPOILS: Mapping[str, Callable[[Path, Path], object]] = {
    "": lambda *_: None,
    "no repository": lambda folder, _: (folder / ".git").rename(folder.parent / "gone"),
    "no remote": lambda folder, _: git(folder, "remote", "remove", "origin"),
    "remote gone": lambda _, remote: remote.rename(remote.with_suffix(".moved")),
    "dirty": lambda folder, _: (folder / "annotations" / "site.yaml").write_text("title: Half written\n"),
    "untracked": lambda folder, _: (folder / "seeds" / "new.txt").write_text("A new text.\n"),
    "error": err,
    "diverged": diverge,
    "ahead": lambda folder, _: git(folder, "branch", "gh-pages", "main"),
    "checked out": check_out,
    "of sources": lambda folder, _: git(folder, "push", "--quiet", "origin", "main:gh-pages"),
    "of others": hold_another_site,
    "nobody": lambda folder, _: (folder.parent / "gitconfig").write_text("[user]\n\tuseConfigOnly = true\n"),
    "refusing": refuse,
}


REFUSALS = (
    Refusal("no repository", "no repository", (), 3, "is in no git repository", "git init"),
    Refusal("no remote", "no remote", (), 3, "no remote 'origin'", "git remote add origin URL"),
    Refusal("another remote", "", ("--remote", "upstream"), 3, "no remote 'upstream'", "known here: origin"),
    Refusal("remote gone", "remote gone", (), 3, "remote 'origin' does not answer", "git remote get-url origin"),
    Refusal("dirty", "dirty", (), 3, "not committed: annotations/site.yaml", "--allow-dirty"),
    Refusal("untracked", "untracked", (), 3, "not committed: seeds/new.txt", "--allow-dirty"),
    Refusal("error", "error", (), 1, "unknown-key", "did you mean 'title'?"),
    Refusal("advice", "", ("--strict",), 1, "advice[unread]", "nothing was published"),
    Refusal("diverged", "diverged", (), 3, "has commits here that origin does not have", "git branch -D gh-pages"),
    Refusal("ahead", "ahead", (), 3, "is here, and origin has none", "git push origin gh-pages"),
    Refusal("checked out", "checked out", (), 3, "branch gh-pages is checked out", "--branch"),
    Refusal("its own branch", "", ("--branch", "main"), 3, "branch main is checked out", "--branch"),
    Refusal("a branch of sources", "of sources", (), 3, "holds no briefing's site", "--branch"),
    Refusal("another site", "of others", (), 3, "gh-pages holds no briefing's site", "push origin --delete"),
    Refusal("no branch", "", ("--branch", "a..b"), 3, "cannot be the name of a branch", "gh-pages"),
    Refusal("the branch before", "", ("--branch", "@{-1}"), 3, "cannot be the name of a branch", "gh-pages"),
    Refusal("an option", "", ("--branch=-D",), 3, "cannot be the name of a branch", "gh-pages"),
    Refusal("nobody", "nobody", (), 3, "whose commit this would be", "git config user.name"),
    Refusal("refusing", "refusing", (), 3, "no pushes on Sunday", "nothing was published"),
)


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: case.name)
def test_what_stands_against_it_is_said_and_nothing_is_published(
    places: Places, case: Refusal, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(places, case.spoil)
    is_whole = case.spoil not in ("no repository", "remote gone")
    before = state(places) if is_whole else None
    capsys.readouterr()
    try:
        code = run(places.folder, *case.arguments)
        told = capsys.readouterr().err
    except Refused as refused:
        code, told = 3, f"{refused} {refused.hint}"
    assert (code, case.says in told, case.hint in told) == (case.code, True, True), told
    if is_whole:
        assert state(places) == before


@pytest.mark.parametrize(
    "arguments", [("--base-url", "boats.example.org"), ("--base-url", "ftp://a.example/"), ("--profile", "local")]
)
def test_what_cannot_be_meant_is_wrong_usage(
    places: Places, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(places.folder, *arguments)
    assert ended.value.code == 2
    assert "briefing" in capsys.readouterr().err


def test_a_dirty_tree_is_published_when_that_is_asked_for_and_the_commit_says_so(places: Places) -> None:
    spoil(places, "dirty")
    assert run(places.folder, "--allow-dirty") == 0
    assert git(places.remote, "log", "-1", "--format=%s", "gh-pages").endswith("with uncommitted changes")
    assert "Half written" in git(places.remote, "show", "gh-pages:index.html")


def test_after_a_refused_push_the_next_one_goes_through(places: Places) -> None:
    spoil(places, "refusing")
    with pytest.raises(Refused):
        run(places.folder)
    (places.remote / "hooks" / "pre-receive").unlink()
    assert run(places.folder) == 0
    assert git(places.remote, "rev-list", "--count", "gh-pages") == "1"


def test_someone_else_publishing_meanwhile_is_met_at_the_push(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(places.folder) == 0
    before = look(places.folder, "origin", "gh-pages")
    (places.folder / "annotations" / "site.yaml").write_text("title: Theirs\n")
    assert run(places.folder, "--allow-dirty") == 0
    git(places.folder, "update-ref", "refs/remotes/origin/gh-pages", before.there)
    git(places.folder, "update-ref", "refs/heads/gh-pages", before.there)
    monkeypatch.setattr(publishing, "look", lambda *_: before)
    (places.folder / "annotations" / "site.yaml").write_text("title: Ours\n")
    with pytest.raises(Refused, match="in the meantime"):
        run(places.folder, "--allow-dirty")
    assert "Theirs" in git(places.remote, "show", "gh-pages:index.html")


def test_without_git_it_says_so(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Refused, match="git is not installed"):
        run(places.folder)


@pytest.mark.parametrize("failure", ["GhpError", "SystemExit", "TypeError", "BrokenPipeError"])
def test_a_commit_that_cannot_be_made_is_our_message(
    places: Places, monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    import ghp_import

    errors = {"GhpError": ghp_import.GhpError("no room"), "SystemExit": SystemExit(1), "TypeError": TypeError(),
              "BrokenPipeError": BrokenPipeError(32, "Broken pipe")}  # fmt: skip

    def fail(*_: object, **__: object) -> None:
        raise errors[failure]

    monkeypatch.setattr(ghp_import, "ghp_import", fail)
    before = state(places)
    with pytest.raises(Refused, match="could not make the commit"):
        run(places.folder)
    assert state(places) == before


# Addresses


def test_a_password_in_the_address_of_the_remote_is_not_shown(places: Places) -> None:
    target = look(places.folder, "origin", "gh-pages")
    for url in ("https://ada:secret@host.example/boats.git", "https://secret@host.example/boats.git"):
        assert replace(target, url=url).shown == "https://host.example/boats.git"
    assert replace(target, url="git@host.example:a/boats.git").shown == "git@host.example:a/boats.git"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://github.com/Ada/boats.git", "https://ada.github.io/boats/"),
        ("https://token@github.com/ada/boats", "https://ada.github.io/boats/"),
        ("git@github.com:ada/boats.git", "https://ada.github.io/boats/"),
        ("ssh://git@github.com/ada/boats.git", "https://ada.github.io/boats/"),
        ("https://github.com/Ada/Ada.github.io", "https://ada.github.io/"),
        ("https://github.com.evil.example/ada/boats", ""),
        ("https://example.org/ada/boats.git", ""),
        ("/srv/git/boats.git", ""),
    ],
)
def test_where_a_remote_is_served_is_told_for_github_alone(url: str, address: str) -> None:
    assert pages_address(url) == address


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("https://boats.example.org/", "boats.example.org"),
        ("https://boats.example.org", "boats.example.org"),
        ("https://example.org/boats/", ""),
        ("https://ada.github.io/", ""),
        ("http://127.0.0.1/", ""),
        ("https://boats.example.org:8080/", ""),
        ("", ""),
    ],
)
def test_a_domain_is_named_where_the_whole_of_it_is_the_site(base_url: str, expected: str) -> None:
    assert domain(base_url) == expected
