"""What `briefing reanchor` prints: the patch on stdout, so that it can be piped on, and all else on stderr."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence

from ..problems import clipped, printable
from .desk import Plan
from .proposing import Proposal

_CHANGED = re.compile(r"\[-.*?-\]|\{\+.*?\+\}")


def print_plan(plan: Plan) -> None:
    """One source: how its quotes stand, each that changes with its difference, each question, and the patch."""
    found = plan.proposals
    _say(f"{plan.source}: {found.drift}")
    for moved in found.drift.moved:
        _say(f"  {moved.quote.record.at.of('quote')}: {plan.source}#{moved.quote.name}: {moved.why}")
    for proposal in found.proposals:
        _tell(proposal, is_open=proposal in plan.open_)
    for question in found.questions:
        _say(f"  {question.place}: left to you: {question.message}")
        _say(f"      hint: {question.hint}")
    if not plan.is_pinned:
        _say("  the hash stays as it is until every quote has its place")
    if not found.drift.is_compared and _has_ranges(plan):
        _say("  some quotes are given by their ends: what is new between cannot be told without the old text")
    sys.stderr.flush()
    sys.stdout.write(plan.patch)
    sys.stdout.flush()


def _has_ranges(plan: Plan) -> bool:
    return any(not isinstance(q.record.quote, str) for q in plan.proposals.drift.standing)


def _tell(proposal: Proposal, *, is_open: bool) -> None:
    _say(f"  {proposal.place}: {proposal.name}")
    _say(f"      {proposal.difference}")
    for weight in proposal.weighty:
        _say(f"      its meaning may have changed: {weight}")
    if is_open:
        _say(f"      not applied; if it still says what you made of it: --accept {proposal.name}")


def _say(line: str) -> None:
    """A line on stderr; what only one side has is coloured too, where there is colour."""
    shown = printable(clipped(line, 4000))
    if sys.stderr.isatty() and not os.environ.get("NO_COLOR"):
        shown = _CHANGED.sub(lambda m: f"\x1b[{31 if m[0][0] == '[' else 32}m{m[0]}\x1b[0m", shown)
    sys.stderr.write(f"{shown}\n")


def print_result(found: Sequence[Plan], written: Sequence[Plan], *, is_written: bool) -> None:
    """What was done, or what to do."""
    for plan in written:
        _say(f"{plan.path}: written")
    if not found:
        _say("no text was changed since it was annotated")
    elif not is_written and any(plan.patch for plan in found):
        _say("nothing is written yet: --write applies this patch")
