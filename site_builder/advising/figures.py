"""Advice on figures: numbers of one measure and one time that sources give differently, while no claim says so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..agreeing import has_number, relation, span, unit
from ..model import Briefing, Figure
from ..problems import Problem
from ..records import Annotations, MeasureRecord


def on_figures(briefing: Briefing, annotations: Annotations) -> Iterator[Problem]:  # noqa: ARG001 as the others are
    """One line for each pair that differs: figures that count another scope, or that are derived, are left alone."""
    cited = [frozenset(e.passage for e in claim.record.evidence) for claim in briefing.claims]
    by_measure: dict[str, list[Figure]] = {}
    for figure in briefing.figures():
        if has_number(figure) and not figure.inputs:
            by_measure.setdefault(figure.record.measure, []).append(figure)
    for measure in briefing.measures:
        for one, other in _differing(measure, by_measure.get(measure.id, [])):
            both = {f"{f.source}#{f.passage}" for f in (one, other)}
            if not any(both <= passages for passages in cited):
                yield _problem(measure, one, other)


def _differing(measure: MeasureRecord, figures: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of figures of two sources that no number can fulfil; of figures that say the same, the first stands."""
    alike: dict[object, Figure] = {}
    for f in figures:
        alike.setdefault((f.source, unit(measure, f), f.record.scope, span(f), f.as_of or f.period), f)
    for one, other in combinations(alike.values(), 2):
        is_same_count = one.source != other.source and one.record.scope == other.record.scope
        if is_same_count and relation(measure, one, other) == "differ":
            yield one, other


def _problem(measure: MeasureRecord, one: Figure, other: Figure) -> Problem:
    message = (
        f"'{measure.id}' is {_number(other)} here and {_number(one)} in '{one.ref}', and no claim cites both passages"
    )
    hint = "write a claim that cites both, or tell them apart: period, as_of, scope, or a measure of its own"
    return Problem(other.record.at.place, "figures-differ", message, hint)


def _number(figure: Figure) -> str:
    if figure.low is figure.high is None:
        return f"{figure.value:,}"
    if figure.low is None:
        return f"at most {figure.high:,}"
    return f"at least {figure.low:,}" if figure.high is None else f"{figure.low:,} to {figure.high:,}"
