"""Chart geometry, pure: what a template draws as SVG, in user units with the origin at the top left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from .dates import Edtf

WIDTH, LANE, ROW, TOP, LABELS, RIGHT = 1000.0, 30.0, 12.0, 26.0, 130.0, 20.0
_DOT = 5.0

Side = Literal["start", "end", "both", ""]


class Tick(NamedTuple):
    """A labelled position on an axis."""

    x: float
    label: str


class Mark(NamedTuple):
    """One thing in a lane: a dot (`width` 0, centred at x) or a bar; `faded` names its open or uncertain sides."""

    key: str
    x: float
    y: float
    width: float
    faded: Side


class Lane(NamedTuple):
    """A row of marks under one key."""

    key: str
    y: float
    marks: tuple[Mark, ...]


class LaneChart(NamedTuple):
    """Lanes over one time axis."""

    width: float
    height: float
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]


def lane_chart(lanes: Sequence[tuple[str, Sequence[tuple[str, Edtf]]]]) -> LaneChart | None:
    """Lanes of dated things, a day as a dot and a longer or uncertain date as a bar; None when nothing is dated.

    `lanes` gives, by key, the things of each lane as (key, date). Marks that would hide one another are stacked.
    """
    days = [day for _, things in lanes for _, value in things for day in (value.first, value.last) if day]
    if not days:
        return None
    scale = _TimeScale(min(days), max(days))
    y, drawn = TOP, []
    for key, things in lanes:
        marks = _stacked([_mark(name, value, scale, y) for name, value in things])
        depth = max((m.y for m in marks), default=y + LANE / 2) - y - LANE / 2
        drawn.append(Lane(key, round(y + LANE / 2, 1), marks))
        y += LANE + depth
    return LaneChart(WIDTH, round(y + 6, 1), scale.ticks(), tuple(drawn))


def _mark(key: str, value: Edtf, scale: _TimeScale, y: float) -> Mark:
    first, last = value.first, value.last
    left = scale.x(first) if first else LABELS
    right = scale.x(last) if last else WIDTH - RIGHT
    open_start = first is None or (value.start is not None and (value.start.approximate or value.start.uncertain))
    open_end = last is None or (value.end is not None and (value.end.approximate or value.end.uncertain))
    if value.shape == "set":
        open_start = open_end = True
    faded: Side = "both" if open_start and open_end else "start" if open_start else "end" if open_end else ""
    width = right - left
    if first and last and first == last:
        width = 0.0
    elif width < 2 * _DOT:
        left, width = (left + right) / 2 - _DOT, 2 * _DOT
    return Mark(key, round(left, 1), round(y + LANE / 2, 1), round(width, 1), faded)


def _stacked(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Marks moved down, row by row, until none covers another."""
    rows: list[float] = []
    placed = []
    for mark in marks:
        left = mark.x - (_DOT if not mark.width else 0)
        right = mark.x + (mark.width or _DOT)
        row = next((i for i, end in enumerate(rows) if end + 2 <= left), len(rows))
        if row == len(rows):
            rows.append(right)
        rows[row] = right
        placed.append(Mark(mark.key, mark.x, round(mark.y + ROW * row, 1), mark.width, mark.faded))
    return tuple(placed)


class _TimeScale:
    """Days to positions, whole years (or months, within one year and a half) as ticks."""

    def __init__(self, first: date, last: date) -> None:
        pad = max(15, (last - first).days // 40)
        self.first = date.fromordinal(max(1, first.toordinal() - pad))
        self.last = date.fromordinal(min(date.max.toordinal(), last.toordinal() + pad))

    def x(self, day: date) -> float:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return LABELS + share * (WIDTH - RIGHT - LABELS)

    def ticks(self) -> tuple[Tick, ...]:
        years = [date(year, 1, 1) for year in range(self.first.year, self.last.year + 1)]
        span = (self.last - self.first).days
        months = [date(y.year, month, 1) for y in years for month in range(1, 13)] if span <= 1500 else []
        if span <= 240:
            days = [(d, f"{d:%b} {d.year}" if d.month == 1 else f"{d:%b}") for d in months]
        elif span <= 1500:
            days = [(d, str(d.year) if d.month == 1 else f"{d:%b}") for d in months if d.month in (1, 4, 7, 10)]
        else:
            step = max(1, len(years) // 12)
            days = [(d, str(d.year)) for d in years if d.year % step == 0]
        return tuple(Tick(round(self.x(d), 1), label) for d, label in days if self.first <= d <= self.last)


class Dot(NamedTuple):
    """A figure on a number line: its value (a dot), its bounds (a bar), open where only one bound is known."""

    key: str
    y: float
    value: float | None
    low: float | None
    high: float | None


class DotPlot(NamedTuple):
    """Figures of one measure on one number line that begins at zero."""

    width: float
    height: float
    left: float
    right: float
    ticks: tuple[Tick, ...]
    dots: tuple[Dot, ...]


PLOT_WIDTH, PLOT_LEFT, PLOT_RIGHT, PLOT_ROW, PLOT_TOP = 700.0, 14.0, 14.0, 26.0, 26.0


def dot_plot(figures: Sequence[tuple[str, float | None, float | None, float | None]]) -> DotPlot | None:
    """Figures as (key, value, low, high) on one number line; None when fewer than two have a number."""
    numbered = [f for f in figures if any(n is not None for n in f[1:])]
    if len(numbered) < 2:
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
        return round(PLOT_LEFT + share * (PLOT_WIDTH - PLOT_LEFT - PLOT_RIGHT), 1)

    count = round((end - start) / step)
    ticks = tuple(Tick(x(start + i * step) or 0.0, _label(start + i * step)) for i in range(count + 1))
    dots = tuple(
        Dot(key, PLOT_TOP + PLOT_ROW * (row + 0.5), x(value), x(low), x(high))
        for row, (key, value, low, high) in enumerate(numbered)
    )
    return DotPlot(PLOT_WIDTH, PLOT_TOP + PLOT_ROW * len(dots) + 4, PLOT_LEFT, PLOT_WIDTH - PLOT_RIGHT, ticks, dots)


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
