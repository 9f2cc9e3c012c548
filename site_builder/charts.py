"""Chart geometry, pure: where things stand in lanes of time and on a line of numbers.

Across, positions are percent of the drawing's width, so that a drawing fits any screen without shrinking its words;
down, they are CSS pixels from the top. What must not touch is kept apart at `NARROW`, the narrowest a drawing gets;
wherever there is more room, things only move further apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Literal

from .frozen import NamedTuple
from .printed.dates import MONTHS, Edtf

NARROW = 280.0  # the width of a drawing on the smallest phone, in pixels
DOT, ROW, LANE_TOP = 5.0, 13.0, 8.0  # a dot's radius, from row to row, from a lane's top to its first row's middle
OVERHANG = 3.0  # how far a mark that goes on beyond the drawing is drawn beyond it, in percent; the page cuts it off
MARGIN = 8.0  # what the page keeps free on either side of a drawing, in pixels
_LEAST = 4.0  # a bar is never narrower
_GAP = 2.0
_YEAR_LABEL, _MONTH_LABEL, _DAY_LABEL, _NUMBER_DIGIT = 40.0, 29.0, 50.0, 6.6  # room for a label, in pixels
_MOST_ZOOMS = 30

Side = Literal["start", "end", "both", ""]
Dated = tuple[str, Edtf]


class Tick(NamedTuple):
    """A labelled position on an axis; a label begins where its line stands, so that it names what follows."""

    x: float
    label: str


class TimeAxis(NamedTuple):
    """A row of years, a row of months or days below it, and the lines of both (without the labels' omissions)."""

    years: tuple[Tick, ...]
    parts: tuple[Tick, ...]
    major: tuple[float, ...]
    minor: tuple[float, ...]


class Mark(NamedTuple):
    """One thing in a lane: a dot (`width` 0, centred at x) or a bar; `faded` names its open or uncertain sides."""

    key: str
    x: float
    y: float
    width: float
    faded: Side


class Lane(NamedTuple):
    """A row of marks under one key; a mark's y counts from the top of its lane."""

    key: str
    height: float
    marks: tuple[Mark, ...]


class LaneChart(NamedTuple):
    """Lanes over one time axis."""

    axis: TimeAxis
    lanes: tuple[Lane, ...]


class Window(NamedTuple):
    """A stretch of time, and its name in digits."""

    label: str
    first: date
    last: date


def lane_chart(lanes: Sequence[tuple[str, Sequence[Dated]]], window: Window | None = None) -> LaneChart | None:
    """Lanes of dated things, a day as a dot and a longer or uncertain date as a bar; None when nothing is dated.

    `lanes` gives, by key, the things of each lane as (key, date). Marks that would hide one another are stacked. With
    a `window`, only what may lie in it is drawn, lanes without any are left out, and what goes on beyond it is drawn
    over the edge.
    """
    days = [day for _, things in lanes for _, value in things for day in (value.first, value.last) if day]
    if not days:
        return None
    scale = TimeScale(window.first, window.last) if window else TimeScale.around(min(days), max(days))
    drawn = []
    for key, things in lanes:
        marks = _stacked(_mark(name, value, scale) for name, value in things if scale.meets(value))
        if marks or not window:
            depth = max((m.y for m in marks), default=LANE_TOP)
            drawn.append(Lane(key, round(depth + LANE_TOP, 1), marks))
    return LaneChart(scale.axis(), tuple(drawn))


def zooms(values: Iterable[Edtf]) -> tuple[Window, ...]:
    """The years (or where they would be too many the decades or centuries) in which something begins or ends.

    None where there is only one of them: it would show what the whole shows.
    """
    years = {day.year for value in values for day in (value.first, value.last) if day}
    step = next(s for s in (1, 10, 100, 1000, 10000) if len({year // s for year in years}) <= _MOST_ZOOMS)
    starts = sorted({year // step * step for year in years})
    if len(starts) < 2:
        return ()
    return tuple(
        Window(
            str(start) if step == 1 else f"{max(1, start)} to {min(9999, start + step - 1)}",
            date(max(1, start), 1, 1),
            date(min(9999, start + step - 1), 12, 31),
        )
        for start in starts
    )


_Drawn = tuple[str, float, float, Side]
"""A mark that has no row yet: its key, x and width, and its faded sides."""


def _mark(key: str, value: Edtf, scale: TimeScale) -> _Drawn:
    first, last = value.first, value.last
    if first and first == last and value.is_certain and scale.first <= first <= scale.last:
        return key, round(scale.x(first), 2), 0.0, ""
    cut_start, cut_end = bool(first and first < scale.first), bool(last and last > scale.last)
    is_set = value.shape == "set"
    open_start = not cut_start and (is_set or not value.start or value.start.approximate or value.start.uncertain)
    open_end = not cut_end and (is_set or not value.end or value.end.approximate or value.end.uncertain)
    faded: Side = "both" if open_start and open_end else "start" if open_start else "end" if open_end else ""
    if first and first == last:
        return key, round(scale.x(first), 2), 0.0, faded
    left = -OVERHANG if cut_start else scale.x(first) if first else 0.0
    right = 100.0 + OVERHANG if cut_end else scale.x(last, end=True) if last else 100.0
    least = _LEAST / NARROW * 100
    if right - left < least:
        left = min(max(0.0, (left + right - least) / 2), 100.0 - least)
        right = left + least
    return key, round(left, 2), round(right - left, 2), faded


def _stacked(marks: Iterable[_Drawn]) -> tuple[Mark, ...]:
    """Marks moved down, row by row, until none covers another."""
    rows: list[float] = []
    placed = []
    for key, x, width, faded in marks:
        left, right = x / 100 * NARROW - (0 if width else DOT), (x + width) / 100 * NARROW + (0 if width else DOT)
        for row, end in enumerate(rows):
            if end + _GAP <= left:
                rows[row] = right
                break
        else:
            row = len(rows)
            rows.append(right)
        placed.append(Mark(key, x, round(LANE_TOP + ROW * row, 1), width, faded))
    return tuple(placed)


class TimeScale:
    """Days to percent of the width; years on one row, months or days on another."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.begins = first.toordinal()
        self.days = (last - first).days + 1

    @classmethod
    def around(cls, first: date, last: date) -> TimeScale:
        """All days of a span, with some room at either end."""
        pad = max(5, (last - first).days // 40)
        return cls(
            date.fromordinal(max(1, first.toordinal() - pad)),
            date.fromordinal(min(date.max.toordinal(), last.toordinal() + pad)),
        )

    def meets(self, value: Edtf) -> bool:
        """Whether some of a date may lie on the scale."""
        return (value.first or date.min) <= self.last and (value.last or date.max) >= self.first

    def x(self, day: date, *, end: bool = False) -> float:
        """Where a day begins, or ends; a day that is a dot stands where it begins."""
        return (day.toordinal() - self.begins + end) / self.days * 100

    def axis(self) -> TimeAxis:
        """The ticks; a label that has no room is left out, the first year's before the one that follows it."""
        years = [date(y, 1, 1) for y in range(self.first.year, self.last.year + 1)]
        step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000) if self._room(365.2 * s, _YEAR_LABEL))
        shown = [d for d in years if d.year % step == 0 and d >= self.first] if step > 1 else years
        major = tuple(round(self.x(d), 2) for d in shown if d >= self.first)
        names = [Tick(round(max(0.0, self.x(d)), 2), str(d.year)) for d in shown]
        parts, minor = self._parts()
        return TimeAxis(_roomy(names, _YEAR_LABEL), parts, major, minor)

    def _room(self, days: float, label: float) -> bool:
        return days / self.days * NARROW >= label

    def _parts(self) -> tuple[tuple[Tick, ...], tuple[float, ...]]:
        if self.days <= 75:
            step = next(s for s in (1, 2, 5, 7, 10, 14, 21) if self._room(s, _DAY_LABEL))
            days = [date.fromordinal(n) for n in range(self.first.toordinal(), self.last.toordinal() + 1, step)]
            ticks = [Tick(round(self.x(d), 2), f"{d.day} {MONTHS[d.month - 1][:3]}") for d in days]
            return _roomy(ticks, _DAY_LABEL), tuple(t.x for t in ticks)
        fine = next((s for s in (1, 3, 6) if self._room(30.4 * s, 12)), 12)
        minor = tuple(round(self.x(d), 2) for d in self._months(fine))
        step = next((s for s in (1, 3) if self._room(30.4 * s, _MONTH_LABEL)), 0)
        if not step:
            return (), minor if fine < 12 else ()
        return _roomy(
            [Tick(round(self.x(d), 2), MONTHS[d.month - 1][:3]) for d in self._months(step)], _MONTH_LABEL
        ), minor

    def _months(self, step: int) -> Iterator[date]:
        for year in range(self.first.year, self.last.year + 1) if self.days < 40_000 else ():
            for month in range(1, 13, step):
                if self.first <= date(year, month, 1) <= self.last:
                    yield date(year, month, 1)


def _roomy(ticks: Sequence[Tick], room: float) -> tuple[Tick, ...]:
    """The ticks whose labels fit: none runs into the next or over the edge, but the only one stays."""
    share = room / NARROW * 100
    kept = [t for t, after in pairwise(ticks) if after.x - t.x >= share * 0.95]
    kept += [t for t in ticks[-1:] if t.x + share <= 100 + MARGIN / NARROW * 100 or not kept]
    return tuple(kept)


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


PLOT_EDGE = 4.0  # kept free at both ends of a number line, in percent


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
    longest = max(len(label) for label in labels) * _NUMBER_DIGIT + 6
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
