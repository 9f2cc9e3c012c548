"""How many things begin when, drawn as bars: what is left of lanes of time when there are too many marks.

Bars stand for years, months or whatever unit of the calendar makes at most `MOST` of them. Across, all is in percent,
as in `charts`; down, a bar's height is a part of the lane's, and all lanes have one scale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from ..charts.axes import TimeAxis, TimeScale
from ..frozen import NamedTuple
from ..printed.dates import MONTHS

MOST = 72
HEIGHT = 24  # of a lane, in the units of its path


class DensityLane(NamedTuple):
    """A lane: how many things it has, the time in which most begin, how many those are, and its bars as a path."""

    key: str
    size: int
    peak: str
    most: int
    bars: str


class Density(NamedTuple):
    """Lanes over one axis; `unit` is what a bar stands for."""

    axis: TimeAxis
    lanes: tuple[DensityLane, ...]
    unit: str


class _Unit(NamedTuple):
    """A unit of the calendar: which one a day lies in, when that begins, and its name with a preposition."""

    name: str
    of: Callable[[date], int]
    begins: Callable[[int], date]
    words: Callable[[int], str]


def _of_months(size: int, name: str) -> _Unit:
    def begins(number: int) -> date:
        month = number * size
        return date(max(1, month // 12), month % 12 + 1, 1) if month < 12 * 10_000 else date.max

    def words(number: int) -> str:
        month = number * size
        first = f"in {MONTHS[month % 12]} {month // 12}"
        return first if size == 1 else f"{first} and the two months after"

    return _Unit(name, lambda day: (day.year * 12 + day.month - 1) // size, begins, words)


def _of_years(size: int, name: str) -> _Unit:
    def begins(number: int) -> date:
        return date(max(1, number * size), 1, 1) if number * size < 10_000 else date.max

    def words(number: int) -> str:
        return f"in {number}" if size == 1 else f"from {max(1, number * size)} to {number * size + size - 1}"

    return _Unit(name, lambda day: day.year // size, begins, words)


def _day(number: int) -> date:
    return date.fromordinal(min(number, date.max.toordinal()))


def _day_words(number: int) -> str:
    day = _day(number)
    return f"on {day.day} {MONTHS[day.month - 1]} {day.year}"


_DAY = _Unit("day", date.toordinal, _day, _day_words)
_UNITS = (
    _DAY, _of_months(1, "month"), _of_months(3, "quarter of a year"), _of_years(1, "year"), _of_years(10, "ten years"),
    _of_years(100, "century"), _of_years(1000, "thousand years"),
)  # fmt: skip


def density(lanes: Sequence[tuple[str, Sequence[date]]]) -> Density | None:
    """The lanes, by key, of things that begin on some days; None where there are none."""
    days = [day for _, own in lanes for day in own]
    if not days:
        return None
    first, last = min(days), max(days)
    unit = next(u for u in _UNITS if u.of(last) - u.of(first) < MOST)
    low, high = unit.of(first), unit.of(last)
    end = max(last.toordinal(), unit.begins(high + 1).toordinal() - 1)
    scale = TimeScale(unit.begins(low), date.fromordinal(end))
    counts = [(key, Counter(map(unit.of, own))) for key, own in lanes]
    top = max(n for _, found in counts for n in found.values())
    edges = [min(100.0, scale.x(unit.begins(number))) for number in range(low, high + 2)]
    sides = {
        number: (f"M{left:.2f} {HEIGHT}v-", f"H{left + (right - left) * 0.85:.2f}V{HEIGHT}z")
        for number, (left, right) in enumerate(pairwise(edges), low)
    }
    heights = {n: f"{round(max(1.0, n / top * HEIGHT), 1):g}" for _, found in counts for n in found.values()}
    return Density(scale.axis(), tuple([_lane(key, found, unit, sides, heights) for key, found in counts]), unit.name)


def _lane(
    key: str, found: Counter[int], unit: _Unit, sides: Mapping[int, tuple[str, str]], heights: Mapping[int, str]
) -> DensityLane:
    """A lane, of `sides` of bars by what they stand for, and of their heights by how many things they have."""
    peak = min(found, key=lambda number: (-found[number], number))
    bars = [heights[count].join(sides[number]) for number, count in sorted(found.items())]
    return DensityLane(key, sum(found.values()), unit.words(peak), found[peak], "".join(bars))
