"""The axes of drawings: days to places across, with the labels that have room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from ..frozen import NamedTuple
from ..printed.dates import MONTHS, Edtf

NARROW = 280.0  # the width of a drawing on the smallest phone, in pixels
MARGIN = 8.0  # what the page keeps free on either side of a drawing, in pixels
_YEAR_LABEL, _MONTH_LABEL, _DAY_LABEL = 40.0, 29.0, 50.0  # room for a label, in pixels


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
