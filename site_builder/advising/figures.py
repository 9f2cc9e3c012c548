"""Advice on figures: numbers of one measure and one time that sources give differently, while no claim says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from ..contracts.agreeing import has_number, relation, span, unit
from ..model import Briefing, Figure
from ..problems import Problem
from ..records import MeasureRecord
from ..wording import figure_text

_SHOWN = 20  # pairs of one measure
_HINT = "settle those first; a measure of which each source counts its own names itself in not_comparable:"


def on_figures(briefing: Briefing) -> Iterator[Problem]:
    """One line for each pair that differs: figures that count another scope, or that are derived, are left alone,
    and so are those of a measure that is not comparable with itself."""
    cited = [frozenset(e.passage for e in claim.record.evidence) for claim in briefing.claims]
    by_measure: dict[str, list[Figure]] = {}
    for figure in briefing.figures():
        if has_number(figure) and not figure.inputs:
            by_measure.setdefault(figure.record.measure, []).append(figure)
    for measure in briefing.measures:
        if measure.id in measure.not_comparable:  # each source counts its own
            continue
        pairs = (
            (one, other) for one, other in _differing(measure, by_measure.get(measure.id, []))
            if not any({one.passage_ref, other.passage_ref} <= passages for passages in cited)
        )  # fmt: skip
        yield from (_problem(measure, one, other) for one, other in islice(pairs, _SHOWN))
        if next(pairs, None):
            message = f"more figures of '{measure.id}' differ than the {_SHOWN} pairs that are shown"
            yield Problem(measure.at.of("id"), "figures-differ", message, _HINT)


def _differing(measure: MeasureRecord, figures: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of figures of two sources that no number can fulfil; of figures that say the same, the first stands.

    Figures whose times are apart are never held against one another: a measure may have thousands.
    """
    alike: dict[object, Figure] = {}
    for f in figures:
        alike.setdefault((f.source, unit(measure, f), f.record.scope, span(f), f.as_of or f.period), f)
    in_time = sorted(enumerate(alike.values()), key=lambda each: (_first(each[1]), each[0]))
    for at, (number, figure) in enumerate(in_time):
        last = _last(figure)
        for following in range(at + 1, len(in_time)):
            later, other = in_time[following]
            if _first(other) > last:
                break
            is_same_count = figure.source != other.source and figure.record.scope == other.record.scope
            if is_same_count and relation(measure, figure, other) == "differ":
                yield (figure, other) if number < later else (other, figure)


def _first(figure: Figure) -> date:
    time = figure.as_of or figure.period
    return time.first if time and time.first else date.min


def _last(figure: Figure) -> date:
    time = figure.as_of or figure.period
    return time.last if time and time.last else date.max


def _problem(measure: MeasureRecord, one: Figure, other: Figure) -> Problem:
    here, there = figure_text(other), figure_text(one)
    message = f"'{measure.id}' is {here} here and {there} in '{one.ref}', and no claim cites both passages"
    hint = "write a claim that cites both, or tell them apart: period, as_of, scope, or a measure of its own"
    return Problem(other.record.at.place, "figures-differ", message, hint)
