"""What is wrong with an input, as a value: where, which rule, one sentence, and what to type instead.

Problems are collected through every stage and printed once, sorted. Nothing here prints. What keeps a command from
its work, whatever the input says, is raised (`Refused`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from .frozen import dataclass, field

Severity = Literal["error", "warning", "advice"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in an input file: POSIX path relative to the briefing's folder, line and column from 1 in code points."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


# Every rule with its severity, in the order of the contracts it guards. docs/rules.md has a row for each and
# tests/sites_invalid/ a folder for each; tests/test_rules.py holds the three together.
RULES: dict[str, Severity] = {
    # files and YAML
    "missing-file": "error",
    "unreadable-file": "error",
    "symlink": "error",
    "unexpected-file": "error",
    "two-layouts": "error",
    "file-encoding": "error",
    "yaml-syntax": "error",
    "yaml-too-deep": "error",
    "yaml-alias": "error",
    "yaml-tag": "error",
    "duplicate-key": "error",
    "unknown-key": "error",
    "missing-key": "error",
    "wrong-type": "error",
    "bad-value": "error",
    "bad-id": "error",
    "bad-url": "error",
    "duplicate-id": "error",
    "unknown-id": "error",
    "no-sources": "error",
    "front-matter": "error",
    "severity-fixed": "error",
    # seeds
    "missing-seed": "error",
    "seed-encoding": "error",
    "source-changed": "error",
    "seed-used-twice": "error",
    "seed-control-characters": "warning",
    "seed-empty": "warning",
    "seed-unused": "warning",
    # 1 quote contract
    "quote-blank": "error",
    "quote-missing": "error",
    "quote-drifted": "error",
    "quote-ambiguous": "error",
    "quote-moved": "warning",
    # 2 number contract
    "number-not-in-quote": "error",
    "approx-not-in-quote": "error",
    "figure-empty": "error",
    "figure-range": "error",
    "derivation": "error",
    # 3 date contract
    "bad-date": "error",
    "date-without-why": "error",
    "date-not-stated": "error",
    "event-after-evidence": "error",
    "event-undatable": "warning",
    # 4 evidence contract
    "no-evidence": "error",
    "conflict-without-grounds": "error",
    "speech-not-quoted": "error",
    "bad-citation": "error",
    "brief-unsupported": "error",
    # 6 coverage
    "coverage-overlap": "error",
    # what comes from outside the texts
    "bad-coordinates": "error",
    # advice on the reading: given by `check`, and an error under `--strict`
    "unread": "advice",
    "unread-fact": "advice",
    "passage-long": "advice",
    "set-aside-long": "advice",
    "set-aside-share": "advice",
    "voice-not-named": "advice",
    "quote-cut": "advice",
    "uncited-sentence": "advice",
    "analysis-share": "advice",
    "likelihood-unsaid": "advice",
    "one-origin": "advice",
    "figures-differ": "advice",
    "unused-entity": "advice",
    "unused-measure": "advice",
    "empty-topic": "advice",
    # the site
    "dead-link": "error",
    "path-collision": "error",
    "template": "error",
}


SETTABLE = frozenset(rule for rule, severity in RULES.items() if severity != "error")
"""Rules whose severity `site.yaml` may set; an error guards a contract, and no site is built around it."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong: `message` is a sentence without its full stop, `hint` says what to type instead."""

    place: Place
    rule: str
    message: str
    hint: str = ""
    level: Severity | None = field(default=None, compare=False)  # as `site.yaml` sets it, where it does

    @property
    def severity(self) -> Severity:
        """`error` stops the build, `warning` does not, `advice` is given by `briefing check` alone."""
        return self.level or RULES[self.rule]

    def __str__(self) -> str:
        line = f"{printable(str(self.place))}: {self.severity}[{self.rule}] {printable(clipped(self.message))}"
        return f"{line}\n    hint: {printable(clipped(self.hint))}" if self.hint else line


def printable(text: str) -> str:
    """Text safe for a terminal: control characters (escape sequences, line ends) are shown escaped."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def clipped(text: str, length: int = 2000) -> str:
    """The text, with an ellipsis in its middle when it is longer than a person reads."""
    return text if len(text) <= length else f"{text[: length // 2]} … {text[-length // 4 :]}"


class BuildFailed(Exception):
    """The input has errors; `problems` holds every one of them, warnings included, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(f"{len(self.problems)} problems")


class Refused(Exception):
    """The command cannot do its work here, whatever the input says: the message says why, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems stops a build."""
    return any(p.severity == "error" for p in problems)


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` most resembles, or None when none is near enough to be meant."""
    from difflib import get_close_matches  # slow to load, and only bad input needs it

    folded = {k.casefold(): k for k in sorted(known)}
    near = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def some_of(names: Sequence[str], most: int = 5) -> str:
    """The first few of some names, and how many more there are."""
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The hint `did you mean 'x'?`, or `otherwise` when nothing is near."""
    near = closest(word, known)
    return f"did you mean '{near}'?" if near else otherwise
