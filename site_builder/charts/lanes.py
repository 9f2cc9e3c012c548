"""Lanes of dated things over one axis of time: a day is a dot, a longer or uncertain date a bar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from ..frozen import NamedTuple
from ..printed.dates import Edtf
from .axes import NARROW, TimeAxis, TimeScale

DOT, ROW, LANE_TOP = 5.0, 13.0, 8.0  # a dot's radius, from row to row, from a lane's top to its first row's middle
OVERHANG = 3.0  # how far a mark that goes on beyond the drawing is drawn beyond it, in percent; the page cuts it off
_LEAST = 4.0  # a bar is never narrower
_GAP = 2.0
_MOST_ZOOMS = 30

Side = Literal["start", "end", "both", ""]
Dated = tuple[str, Edtf]


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
