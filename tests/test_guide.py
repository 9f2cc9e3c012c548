"""The guide: a newcomer who types what it says gets the published page that it promises."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import NamedTuple

import pytest

GUIDE = Path(__file__).parent.parent / "docs" / "guide.md"
_BLOCK = re.compile(r"(?<=\n\n)([^\n]+(?:\n[^\n]+)*)\n\n```(\S+)[ ]?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"(at the end\s+of )?`(annotations/[^`]+)`:$", re.IGNORECASE)


class Step(NamedTuple):
    """A block of code of the guide: the words before it, its language, how it is meant, its lines."""

    before: str
    language: str
    manner: str
    lines: str


STEPS = tuple(Step(*found) for found in _BLOCK.findall(GUIDE.read_text("utf-8")))


@pytest.fixture
def newcomer(tmp_path: Path) -> dict[str, str]:
    """Return the environment of someone with a home of their own, git, and the command on the path."""
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    command = bin_ / "briefing"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m site_builder "$@"\n')
    command.chmod(0o755)
    who = {f"GIT_{role}_{what}": "a@b.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        **who,
        "HOME": str(tmp_path),
        "GIT_CONFIG_NOSYSTEM": "1",
        "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(GUIDE.parent.parent),
        "BROWSER": "true",
    }


def typed(lines: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What a shell says to some lines; where it ends is kept for the next."""
    return subprocess.run(
        ["bash", "-ec", f'{lines}\npwd > "$HOME/where"'],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def written(step: Step, folder: Path) -> bool:
    """Write a block to the file that is named before it; whether one is."""
    named = _FILE.search(step.before)
    if named is None:
        return False
    path = folder / named[2]
    path.write_text((path.read_text("utf-8") if named[1] else "") + step.lines, "utf-8")
    return True


def served(line: str, folder: Path, environment: dict[str, str]) -> str:
    """The first page that a preview shows, which then ends by Ctrl-C."""
    preview = subprocess.Popen(
        ["bash", "-c", f"exec {line}"],
        cwd=folder,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert preview.stdout
        address = next(found[0] for said in preview.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+/", said)))
        page: str = urllib.request.urlopen(address).read().decode()  # noqa: S310 our own preview
    finally:
        preview.send_signal(signal.SIGINT)
        preview.communicate(timeout=30)
    return page


@pytest.mark.faults  # it starts many processes
def test_every_step_of_the_guide_does_what_it_says(tmp_path: Path, newcomer: dict[str, str]) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    for step in STEPS:
        if step.language in ("yaml", "markdown"):
            assert written(step, folder), step.before
        elif step.manner == "serve":
            assert "<title>" in served(step.lines.strip(), folder, newcomer)
        elif step.language == "sh" and step.manner != "by hand":
            done = typed(step.lines, folder, newcomer)
            assert (done.returncode != 0) == (step.manner == "fails"), f"{step.lines}\n{done.stdout}{done.stderr}"
            folder = folder if step.manner else Path((tmp_path / "where").read_text().strip())
    assert "harbour-notice" in (tmp_path / "home" / "published" / "index.html").read_text("utf-8")
    log = subprocess.run(
        ["git", "--git-dir", str(tmp_path / "home" / "harbour.git"), "log", "--oneline", "gh-pages"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert len(log.stdout.splitlines()) == 2
