"""Figures of one measure on a line of numbers: a value is a dot, bounds are a bar."""

from __future__ import annotations

from collections.abc import Sequence

from ..frozen import NamedTuple
from .axes import NARROW, Tick

PLOT_EDGE = 4.0  # kept free at both ends of a number line, in percent
_DIGIT = 6.6  # the width of a digit of a label, in pixels


class Dot(NamedTuple):
    """A figure on a number line: its value (a dot), its bounds (a bar), open where only one bound is known.

    `left` and `right` are where its bar begins and ends; a bar that is open runs to the edge it is open to.
    """

    key: str
    value: float | None
    low: float | None
    high: float | None
    left: float | None
    right: float | None


class DotPlot(NamedTuple):
    """Figures of one measure on one number line that begins at zero."""

    ticks: tuple[Tick, ...]
    dots: tuple[Dot, ...]


def dot_plot(figures: Sequence[tuple[str, float | None, float | None, float | None]]) -> DotPlot | None:
    """Figures as (key, value, low, high) on one number line.

    None where there is nothing to see on a line: fewer than two figures with a number, and none with both bounds.
    """
    numbered = [f for f in figures if any(n is not None for n in f[1:])]
    if len(numbered) < 2 and not any(low is not None and high is not None for _, _, low, high in numbered):
        return None
    numbers = [n for f in numbered for n in f[1:] if n is not None]
    top = max(0.0, *numbers)
    bottom = min(0.0, *numbers)
    step = _step((top - bottom) or 1.0)
    end = step * (int(top / step) + 1)
    start = step * int(bottom / step - (bottom < 0))

    def x(number: float | None) -> float | None:
        if number is None:
            return None
        share = (number - start) / (end - start)
        return round(PLOT_EDGE + share * (100 - 2 * PLOT_EDGE), 2)

    def dot(key: str, value: float | None, low: float | None, high: float | None) -> Dot:
        has_bar = low is not None or high is not None
        left = (x(low) if low is not None else 0.0) if has_bar else None
        right = (x(high) if high is not None else 100.0) if has_bar else None
        return Dot(key, x(value), x(low), x(high), left, right)

    count = round((end - start) / step)
    labels = [_label(start + i * step) for i in range(count + 1)]
    longest = max(len(label) for label in labels) * _DIGIT + 6
    every = next(n for n in range(1, count + 2) if n * (100 - 2 * PLOT_EDGE) / count / 100 * NARROW >= longest)
    zero = round(-start / step)
    ticks = tuple(
        Tick(x(start + i * step) or 0.0, label if (i - zero) % every == 0 else "") for i, label in enumerate(labels)
    )
    return DotPlot(ticks, tuple(dot(*f) for f in numbered))


def _label(number: float) -> str:
    """A number in digits, however large."""
    return f"{round(number, 10) + 0.0:,.10f}".rstrip("0").rstrip(".")


def _step(span: float) -> float:
    """The distance between ticks: 1, 2 or 5 times a power of ten, four to eight of them in a span."""
    power = 1.0
    while power * 10 <= span:
        power *= 10
    while power > span:
        power /= 10
    for factor in (0.2, 0.5, 1.0, 2.0):
        if span / (power * factor) <= 6:
            return power * factor
    return power * 5
