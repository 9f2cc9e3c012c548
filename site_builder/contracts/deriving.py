"""Figures computed from other figures, across sources: the part of contract 2 that needs all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from ..frozen import replace
from ..model import Figure, Passage
from ..printed.quantities import BadExpression, evaluate, names_in
from ..problems import Place, Problem, did_you_mean
from ..records import FigureRecord, is_broken


def derived_figures(
    passages: Iterable[Passage], broken: frozenset[str]
) -> tuple[dict[str, Figure], tuple[Problem, ...]]:
    """Every figure by ref, with the refs that a derived one is computed from; and what does not compute.

    `broken` holds what was refused: a derivation that names any of it is no further problem.
    """
    deriving = _Deriving({f.ref: f for p in passages for f in p.figures}, broken)
    return deriving.run(), tuple(deriving.problems)


_FORM = "use + - * / ( ) round() over figure ids, with spaces around a minus sign"
_LARGEST = 1000  # bits of a result: no figure of a text has three hundred digits


class _Deriving:
    """One pass over all figures, with the problems it meets."""

    def __init__(self, figures: Mapping[str, Figure], broken: frozenset[str]) -> None:
        self.figures = figures
        self.broken = broken
        self.underived: set[str] = set()  # refs of figures whose derivation was refused
        self.problems: list[Problem] = []

    def problem(self, place: Place, rule: str, message: str, hint: str) -> None:
        self.problems.append(Problem(place, rule, message, hint))

    def run(self) -> dict[str, Figure]:
        """Every figure by ref, each derived one computed after those that it is computed from."""
        figures = self.figures
        done: dict[str, Figure] = {}
        for first in figures:
            waiting = {first: None}  # innermost last; no recursion, since a chain of figures may be long
            while waiting:
                ref = next(reversed(waiting))
                missing = (r for r in self.inputs(figures[ref]) if r in figures and r not in done and r not in waiting)
                before = next(missing, None) if ref not in done else None
                if before is not None:
                    waiting[before] = None
                    continue
                if ref not in done:
                    done[ref] = self.derive(figures[ref], done)
                del waiting[ref]
        return {ref: done[ref] for ref in figures}

    def inputs(self, figure: Figure) -> tuple[str, ...]:
        """Refs of the figures that a figure's derivation names, each once."""
        names = names_in(figure.record.derived) if figure.record.derived else ()
        return tuple(dict.fromkeys(_figure_ref(name, figure.source) for name in names))

    def derive(self, figure: Figure, done: Mapping[str, Figure]) -> Figure:
        expression = figure.record.derived
        if expression is None:
            return figure
        try:
            self.check_derivation(figure.record, self.computed(figure, expression, done))
        except BadExpression as error:
            message = f"'{expression}' cannot be computed: {error}"
            hint = self.meant(error, figure.source) or _FORM
            self.problem(figure.record.at.of("derived"), "derivation", message, hint)
            self.underived.add(figure.ref)
        except _RefusedInput:
            self.underived.add(figure.ref)
        return replace(figure, inputs=tuple(ref for ref in self.inputs(figure) if ref in self.figures))

    def computed(self, figure: Figure, expression: str, done: Mapping[str, Figure]) -> Fraction:
        if not names_in(expression):
            raise BadExpression("it names no figure")
        result = evaluate(expression, lambda name: self.value_of(_figure_ref(name, figure.source), name, done))
        if max(abs(result.numerator), result.denominator).bit_length() > _LARGEST:
            raise BadExpression("its result has too many digits")
        return result

    def meant(self, error: BadExpression, source: str) -> str:
        """The hint that names the figure which was meant, where one is near a name that is none."""
        known = [ref.removeprefix(f"{source}#") for ref in self.figures]
        return did_you_mean(error.name, known) if isinstance(error, _NoFigure) else ""

    def value_of(self, ref: str, name: str, done: Mapping[str, Figure]) -> Fraction:
        if ref not in self.figures:
            if is_broken("figure", ref, self.broken):
                raise _RefusedInput
            raise _NoFigure(name)
        if ref not in done:  # it waits for this one
            raise BadExpression(f"'{name}' is derived from this figure")
        if ref in self.underived:
            raise _RefusedInput
        value = done[ref].value
        if value is None:
            raise BadExpression(f"'{name}' has no value")
        return Fraction(value)

    def check_derivation(self, record: FigureRecord, computed: Fraction) -> None:
        exact = _plain(computed)
        if record.value is None:
            message = f"'{record.derived}' gives {exact}, and no value is written"
            hint = "round() the expression, for example round(…, 2)" if exact.endswith("…") else f"write value: {exact}"
            self.problem(record.at.of("derived"), "derivation", message, hint)
        elif Fraction(record.value) != computed:
            message = f"'{record.derived}' gives {exact}, not {record.value}"
            hint = f"write value: {exact}, or round() the expression"
            self.problem(record.at.of("value"), "derivation", message, hint)


def _figure_ref(name: str, source: str) -> str:
    """The ref of a figure as a derivation names it: those of its own source by their id alone."""
    return name if "#" in name else f"{source}#{name}"


def lent_passages(figure: Figure, figures: Mapping[str, Figure]) -> tuple[str, ...]:
    """What a figure lends: its own passage, and if it is derived those of all that it is computed from."""
    if not figure.inputs:
        return (figure.passage_ref,)
    found, below = {figure.ref: figure}, list(reversed(figure.inputs))
    while below:
        ref = below.pop()
        if ref not in found:
            found[ref] = figures[ref]
            below += reversed(figures[ref].inputs)
    return tuple(dict.fromkeys(f.passage_ref for f in found.values()))


class _NoFigure(BadExpression):
    """A derivation names a figure that there is not."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no figure '{name}'")
        self.name = name


class _RefusedInput(Exception):
    """A derivation uses a figure that was refused: its own problem says so."""


def _plain(value: Fraction) -> str:
    """A fraction as a decimal, as far as it ends; otherwise with four digits and an ellipsis."""
    for digits in range(10):
        scaled = value * 10**digits
        if scaled.denominator == 1:
            written = f"{abs(scaled.numerator):0{digits + 1}}"
            sign = "-" * (value < 0)
            return f"{sign}{written[:-digits]}.{written[-digits:]}" if digits else f"{sign}{written}"
    return f"{float(value):.4f}…"
