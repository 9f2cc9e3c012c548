"""How much each rule counts: its own severity, or the one that `rules:` in `site.yaml` sets, with a reason.

A rule that guards a contract is an error and stays one (the reader refuses another): a site that could be built around
it would promise what does not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .frozen import replace
from .problems import RULES, Problem
from .records import RuleName, RuleRecord


def weighed(problems: Iterable[Problem], rules: Mapping[RuleName, RuleRecord]) -> tuple[Problem, ...]:
    """The problems, each as grave as its rule is set to be; those of a rule that is off are left out."""
    found = []
    for problem in problems:
        rule = rules.get(RuleName(problem.rule))
        if rule is None:
            found.append(problem)
        elif rule.severity != "off":
            found.append(replace(problem, level=None if rule.severity == RULES[problem.rule] else rule.severity))
    return tuple(found)


def is_build_concerned(rules: Mapping[RuleName, RuleRecord]) -> bool:
    """Whether advice has to be asked for at every build, since some of it is set to be more than advice."""
    return any(RULES[name] == "advice" and rule.severity in ("error", "warning") for name, rule in rules.items())
