"""What `rules:` in `site.yaml` sets: warnings and advice as its author wants them, and no contract less."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from site_builder.build import build, checked
from site_builder.cli import main
from site_builder.problems import RULES, BuildFailed
from tests.built_sites import SITES
from tests.html_reading import read_html

TEXT = "One line, and nothing marked in it.\n"


def smallest(folder: Path, rules: object) -> Path:
    """The smallest site, nothing of which is read, with these rules set."""
    for path in sorted((SITES / "smallest").rglob("*")):
        if path.is_file() and "expected" not in path.parts:
            target = folder / path.relative_to(SITES / "smallest")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    with (folder / "annotations" / "site.yaml").open("a", encoding="utf-8") as site:
        site.write(f"rules: {json.dumps(rules)}\n")
    return folder


def one(severity: str, rule: str = "unread") -> dict[str, dict[str, str]]:
    return {rule: {"severity": severity, "why": "read *later*"}}


def counted(folder: Path) -> dict[str, str]:
    return {p.rule: p.severity for p in checked(folder).problems}


@pytest.mark.parametrize("severity", ["error", "warning", "advice"])
def test_a_rule_counts_as_it_is_set(tmp_path: Path, severity: str) -> None:
    folder = smallest(tmp_path, one(severity))
    assert counted(folder)["unread"] == severity
    assert f": {severity}[unread] " in str(next(p for p in checked(folder).problems if p.rule == "unread"))


def test_a_rule_that_is_off_says_nothing(tmp_path: Path) -> None:
    assert counted(smallest(tmp_path, one("off"))) == {"unread-fact": "advice"}


def test_advice_that_is_set_to_an_error_stops_a_build(tmp_path: Path) -> None:
    folder = smallest(tmp_path / "in", one("error"))
    with pytest.raises(BuildFailed) as failed:
        build(folder, tmp_path / "out")
    assert {p.rule for p in failed.value.problems} == {"unread"}
    assert not (tmp_path / "out" / "index.html").exists()


def test_advice_that_is_set_to_a_warning_is_given_by_builds_with_and_without_work(tmp_path: Path) -> None:
    folder = smallest(tmp_path / "in", one("warning"))
    for _ in range(2):
        assert [(p.rule, p.severity) for p in build(folder, tmp_path / "out").warnings] == [("unread", "warning")]


def test_advice_that_stays_advice_is_given_by_no_build(tmp_path: Path) -> None:
    assert build(smallest(tmp_path / "in", one("advice")), tmp_path / "out").warnings == ()


@pytest.mark.parametrize("severity", ["warning", "off"])
def test_what_guards_a_contract_cannot_be_lowered(tmp_path: Path, severity: str) -> None:
    guards = [rule for rule, own in RULES.items() if own == "error"]
    found = checked(smallest(tmp_path, {k: v for rule in guards for k, v in one(severity, rule).items()})).problems
    assert [p.rule for p in found] == ["severity-fixed"] * len(guards)
    assert all("its severity cannot be set" in p.message for p in found)


def test_check_lists_what_is_set_with_its_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(smallest(tmp_path, one("off")))
    assert main(["check", folder]) == 0
    assert "site.yaml sets unread (advice) to off: read *later*\n" in capsys.readouterr().err
    assert main(["check", folder, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["rules"]
    assert told == {"unread": {"severity": "off", "own": "advice", "why": "read *later*"}}


def test_the_site_tells_its_readers_what_is_set_and_why(tmp_path: Path) -> None:
    build(smallest(tmp_path / "in", one("off")), tmp_path / "out")
    page = read_html((tmp_path / "out" / "about.html").read_bytes())
    assert "unread" in page.text
    assert "off: read later" in " ".join(page.text.split())


def test_a_site_that_sets_nothing_has_no_such_chapter(tmp_path: Path) -> None:
    build(smallest(tmp_path / "in", {}), tmp_path / "out")
    assert b'id="rules"' not in (tmp_path / "out" / "about.html").read_bytes()
