"""Each rule has a row in docs/rules.md and a small folder that breaks it; each message helps who reads it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from site_builder.build import checked
from site_builder.explaining import explanation
from site_builder.problems import RULES, Problem
from tests.update_sites import MARK, rules_with_examples

HERE = Path(__file__).parent
FOLDERS = sorted(path for path in (HERE / "sites_invalid").iterdir() if path.is_dir())
DOCS = (HERE.parent / "docs" / "rules.md").read_text(encoding="utf-8")

# What is said of a folder is asked for once, by the one process that has it in hand.
each_folder = pytest.mark.parametrize(
    "folder", [pytest.param(path, id=path.name, marks=pytest.mark.xdist_group(path.name)) for path in FOLDERS]
)


class Checked(NamedTuple):
    """What is said of a folder, and what lies in it before and after."""

    problems: tuple[Problem, ...]
    before: dict[str, bytes]
    after: dict[str, bytes]


@cache
def _checked(folder: Path) -> Checked:
    before = _files(folder)
    return Checked(tuple(sorted(checked(folder).problems)), before, _files(folder))


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() if path.is_file() else b"" for path in folder.rglob("*")}


def _problems(folder: Path) -> tuple[Problem, ...]:
    return _checked(folder).problems


def test_each_rule_has_one_row_in_the_documents_with_its_severity() -> None:
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (error|warning|advice) \|", DOCS, re.MULTILINE)
    assert rows == list(RULES.items())


def test_each_rule_has_its_example_in_the_documents_as_it_is_really_reported() -> None:
    assert rules_with_examples() == DOCS, "python -m tests.update_sites --rules writes them"
    examples = DOCS.partition(MARK)[2]
    assert re.findall(r"^### (\S+)$", examples, re.MULTILINE) == list(RULES)
    for rule, example in re.findall(r"^### (\S+)\n(.*?)(?=^###|\Z)", examples, re.MULTILINE | re.DOTALL):
        assert f": {RULES[rule]}[{rule}] " in example
        assert re.search(r"^How to mend it: \S", example, re.MULTILINE)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_explained_as_the_documents_have_it(rule: str) -> None:
    words = explanation(rule)
    assert words.startswith(f"{rule} ({RULES[rule]}, ")
    assert "\nHow to mend it: " in words
    assert f": {RULES[rule]}[{rule}] " in words
    assert "```" not in words


def test_each_row_of_the_documents_says_what_a_rule_means_and_how_to_mend_it() -> None:
    rows = [line.strip("|").split(" | ") for line in DOCS.splitlines() if line.startswith("| `")]
    assert [row for row in rows if len(row) != 5 or not all(cell.strip() for cell in row)] == []


def test_each_rule_has_a_folder_that_breaks_it_and_each_folder_a_rule() -> None:
    assert {path.name.partition("--")[0] for path in FOLDERS} == set(RULES)


@each_folder
def test_a_broken_folder_has_exactly_the_expected_problems(folder: Path) -> None:
    reported = "".join(f"{problem}\n" for problem in _problems(folder))
    assert reported == (folder / "expected.txt").read_text(encoding="utf-8")


@each_folder
def test_a_broken_folder_breaks_the_rule_it_is_named_after(folder: Path) -> None:
    rule = folder.name.partition("--")[0]
    assert rule in {problem.rule for problem in _problems(folder)}


@each_folder
def test_each_problem_has_a_place_in_a_file_of_the_folder(folder: Path) -> None:
    for problem in _problems(folder):
        path = folder / problem.place.path
        if problem.rule in ("missing-file", "no-sources") or path.is_symlink() or path.is_dir():
            assert (problem.place.line, problem.place.column) == (1, 1)
            continue
        lines = re.split(r"\r\n|\r|\n", path.read_bytes().decode("utf-8", "replace"))
        assert 1 <= problem.place.line <= len(lines)
        if not problem.rule.endswith("-encoding"):
            assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1


@each_folder
def test_each_message_is_one_plain_sentence_for_people(folder: Path) -> None:
    for problem in _problems(folder):
        for text in (problem.message, problem.hint):
            assert not re.search(r"\b[A-Z]\w+\(|<class|<function|Traceback|None\b|object at 0x|\\n", text)
        assert problem.message
        assert problem.message[-1] not in ".!"
        assert not problem.message[0].isupper() or problem.message.startswith(problem.place.path)


@each_folder
def test_checking_a_folder_writes_nothing(folder: Path) -> None:
    checked = _checked(folder)
    assert checked.before
    assert checked.after == checked.before
