"""What the command prints: problems, plans, coverage, progress. Results on stdout, all else on stderr."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from .frozen import NamedTuple
from .problems import RULES, SEVERITIES, Problem, Severity, printable

if TYPE_CHECKING:
    from .adding.taking import Added
    from .adding.untaken import Trouble
    from .build import Built
    from .model import Briefing, Excerpts, Source
    from .records import RuleName, RuleRecord


def print_problems(problems: Sequence[Problem], consequence: str, *, summary: Sequence[RuleCount] = ()) -> None:
    """The problems, a table of them when one is given, how many there are of each severity, and what follows.

    With a table they are what was asked for, a result: one can page through it, or keep it in a file.
    """
    stream = sys.stdout if summary else sys.stderr
    for problem in problems:
        print(_coloured(str(problem), problem.severity, stream), file=stream)
    if summary:
        width = max(len("rule"), *(len(row.rule) for row in summary))
        print(f"\n{'rule':{width}}  severity  how many  files", file=stream)
        for row in summary:
            print(f"{row.rule:{width}}  {row.severity:8}  {row.problems:>8}  {row.files:>5}", file=stream)
        print(file=stream)
    counts = counted(problems)
    if counts:
        print(", ".join(counts) + (f"; {consequence}" if consequence else ""), file=stream)


class RuleCount(NamedTuple):
    """How many problems there are of one rule, and in how many files."""

    rule: str
    severity: Severity
    problems: int
    files: int


def summary_of(problems: Sequence[Problem]) -> tuple[RuleCount, ...]:
    """A line for each rule that is broken, the gravest first, then the most frequent."""
    found: dict[tuple[Severity, str], list[str]] = {}
    for problem in problems:
        found.setdefault((problem.severity, problem.rule), []).append(problem.place.path)
    rows = (RuleCount(rule, severity, len(paths), len(set(paths))) for (severity, rule), paths in found.items())
    return tuple(sorted(rows, key=lambda row: (SEVERITIES.index(row.severity), -row.problems, row.rule)))


def print_settings(rules: Mapping[RuleName, RuleRecord]) -> None:
    """Which rules this briefing counts otherwise, and why."""
    for name, rule in rules.items():
        own = RULES[name]
        why = printable(" ".join(rule.why.split()))
        print(f"site.yaml sets {printable(name)} ({own}) to {rule.severity}: {why}", file=sys.stderr)


def counted(problems: Sequence[Problem]) -> list[str]:
    """How many problems there are of each severity that occurs."""
    numbers = {severity: sum(p.severity == severity for p in problems) for severity in SEVERITIES}
    return [f"{n} {s}{'' if n == 1 or s == 'advice' else 's'}" for s, n in numbers.items() if n]


def _coloured(text: str, severity: str, stream: TextIO) -> str:
    if not stream.isatty() or os.environ.get("NO_COLOR"):
        return text
    colour = {"error": 31, "warning": 33}.get(severity, 36)
    return text.replace(f" {severity}[", f" \x1b[{colour}m{severity}\x1b[0m[", 1)


def print_json(
    problems: Sequence[Problem], sources: Sequence[Source], rules: Mapping[RuleName, RuleRecord], hidden: int
) -> None:
    """The problems for a program, counted by rule, what is set in `rules:`, and the coverage of the sources given.

    `hidden` is how many problems of other rules there are, where some were asked for.
    """
    rows = [
        {
            "path": p.place.path, "line": p.place.line, "column": p.place.column, "severity": p.severity,
            "rule": p.rule, "message": p.message, "hint": p.hint,
        }
        for p in problems
    ]  # fmt: skip
    counts = {f"{s}s" if s != "advice" else s: sum(p.severity == s for p in problems) for s in SEVERITIES}
    coverage = {s.id: s.coverage.shares() for s in sources}
    settings = {name: {"severity": rule.severity, "own": RULES[name], "why": rule.why} for name, rule in rules.items()}
    content = {
        "problems": rows,
        **counts,
        "summary": [row._asdict() for row in summary_of(problems)],
        "rules": settings,
        "not_shown": hidden,
        **({"coverage": coverage} if sources else {}),
    }
    print(json.dumps(content, indent=1))


def print_published(briefing: Briefing, done: str, address: str | None) -> None:
    """What was published, where it appears, and what the author should know: what a reader sees of each text."""
    print(done)
    if address:
        print(f"it appears at {address}")
        print("    hint: when it does not, choose the branch under Settings, Pages of the repository")
    else:
        print("    hint: set base_url in annotations/site.yaml, so that the site knows where it stands")
    for source in briefing.sources:
        if source.excerpts is None:
            print(f"{source.id}: the whole text")
            continue
        print(f"{source.id}: excerpts, {_excerpts(source.excerpts)}")


def _excerpts(excerpts: Excerpts) -> str:
    """How much of a text is shown; when it is most of it, by what, and what would show less."""
    shown, words, around = excerpts.words_shown, excerpts.words, excerpts.words_around
    said = f"{shown:,} of {words:,} words" + (f", {around:,} of them around its passages" if around else "")
    if 2 * shown <= words:
        return said
    parts = ["its passages alone cover most of it"] if 2 * excerpts.quoted > words else []
    return "; ".join((said, *parts, *(["fewer context_words show less"] if around else [])))


class Progress:
    """One line on stderr that follows a build which takes over a second; nothing in a pipe.

    A stage that takes long says about how long it will take still, from how long it has taken so far.
    """

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.shown = 0.0
        self.is_wanted = sys.stderr.isatty()
        self.stage = ("", 0.0, 0)  # its name, when it was first told of, and how many were done then

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell of a stage, at most ten times a second."""
        if not self.is_wanted:
            return
        now = time.monotonic()
        if stage != self.stage[0]:
            self.stage = stage, now, done
        if now - self.started > 1 and now - self.shown > 0.1:
            self.shown = now
            counts = f" {done:,} of {total:,}{self._left(now, done, total)}" if total else ""
            sys.stderr.write(f"\r\x1b[K{stage}{counts}")
            sys.stderr.flush()

    def _left(self, now: float, done: int, total: int) -> str:
        """How long the stage will take still, once that can be told and is worth telling."""
        _, since, first = self.stage
        if now - since < 2 or done <= first:
            return ""
        left = (now - since) / (done - first) * (total - done)
        return f", about {_rounded(left)} left" if left >= 2 else ""

    def clear(self) -> None:
        """Take the line away."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


_EXACT, _MINUTE = 10, 60  # seconds


def _rounded(seconds: float) -> str:
    """A time as exactly as it can be foreseen: 7 s, 40 s, 3 min."""
    if seconds < _EXACT:
        return f"{seconds:.0f} s"
    return f"{5 * round(seconds / 5)} s" if seconds < _MINUTE else f"{seconds / _MINUTE:.0f} min"


def print_plan(built: Built) -> None:
    """What a dry run would do."""
    for step in built.steps:
        if step.action != "keep":
            print(f"{step.action:6} {step.path}: {step.reason}")
    print(f"would write {built.count('write')}, keep {built.count('keep')}, delete {built.count('delete')}")


def print_built(built: Built, output: Path) -> None:
    """What a build did."""
    written, kept, deleted = built.count("write"), built.count("keep"), built.count("delete")
    if not written and not deleted:
        print(f"{output}: nothing changed, {kept} files kept")
        return
    print(f"{output}: {written} files written, {kept} kept" + (f", {deleted} deleted" if deleted else ""))
    print(f"open {output / 'index.html'}")


def print_work(built: Built) -> None:
    """How much a build did."""
    work = built.work
    read = f"{work.parsed:,} annotation files parsed, {work.resolved:,} sources resolved"
    print(f"{read}, {work.rendered:,} pages rendered, {work.written:,} bytes written")


def print_coverage(sources: Sequence[Source]) -> None:
    """How much of each source was read, and what of weight stands outside its passages, each with its reason."""
    from .coverage import strays
    from .texts.text import Lines

    if not sources:
        return
    print(f"{'source':32} annotated  boilerplate  set aside  unread  outside passages")
    outside = [strays(source) for source in sources]
    for source, found in zip(sources, outside, strict=True):
        shares = [f"{100 * share:.1f} %" for share in source.coverage.shares().values()]
        print(f"{source.id:32} {shares[0]:>9}  {shares[1]:>11}  {shares[2]:>9}  {shares[3]:>6}  {len(found):>16}")
    if any(outside):
        print("\nnumbers, dates and known names outside passages:")
    for source, found in zip(sources, outside, strict=True):
        lines = Lines(source.text)
        for stray in found:
            place = ":".join(map(str, lines.position(stray.start)))
            words = printable(" ".join(source.text[stray.start : stray.end].split()))
            why = f"{stray.part.replace('_', ' ')}: {stray.why}" if stray.why else stray.part
            print(f"seeds/{source.record.text}:{place}: {stray.kind} '{words}', {printable(' '.join(why.split()))}")


def print_added(added: Sequence[Added], folder: Path, *, dry_run: bool) -> None:
    """The sources that were made of texts, or, dry, what would be written."""
    from . import wording

    for each in added:
        if dry_run:
            print(f"# {each.source_file}\n{each.draft.text}")
            continue
        proposed = f"{wording.counted(each.draft.proposed, 'passage')} proposed"
        print(f"{each.id}: {printable(f'seeds/{each.seed}')}, {each.source_file}, {proposed}")
    if not dry_run:
        first = folder / added[0].source_file
        how = "take away '# ' (the hash and the space behind it) before what you want"
        print(f"next: open {printable(str(first))}, and {how}")


def print_troubles(troubles: Sequence[Trouble], given: int) -> None:
    """Why texts cannot be taken."""
    for trouble in troubles:
        print(f"briefing add: {printable(trouble.given)}: {printable(trouble.message)}", file=sys.stderr)
        if trouble.hint:
            print(f"    hint: {printable(trouble.hint)}", file=sys.stderr)
    print(f"{len(troubles)} of {given} cannot be taken; nothing was added", file=sys.stderr)


def print_refusal(error: Exception, consequence: str = "") -> None:
    """What the environment does not allow, in one line, and what follows; the names in it may be anybody's."""
    hint = ""
    if isinstance(error, OSError):
        words = f"{error.filename}: " if error.filename else ""
        words += error.strerror or str(error)
        words += f"; {consequence}" if consequence else ""
    else:
        words, hint = str(error), getattr(error, "hint", "")
    print(f"briefing: {printable(words)}" + (f"\n    hint: {printable(hint)}" if hint else ""), file=sys.stderr)


def print_bug(error: Exception) -> None:
    """What nobody foresaw, with all that a report needs."""
    import traceback

    print(f"briefing: internal error: {type(error).__name__}: {error}", file=sys.stderr)
    print("    hint: this is a bug; please report it with the lines below", file=sys.stderr)
    traceback.print_exception(error, file=sys.stderr)
