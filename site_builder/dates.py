"""Dates with their precision: EDTF (ISO 8601-2, level 1 and one-of-a-set) and the dates that a text prints.

EDTF read here: `2022`, `2022-09`, `2022-09-21`, `2022-09-21T18:00:00Z`; the qualifiers `~ ? %` at the end; `2022-09-XX`,
`2022-XX`, `202X`, `20XX`; seasons `2022-21` to `2022-24`; `A/B` (throughout), `A/..` and `../B` (open), `A/` and `/B`
(unknown); `[A..B]` (once, somewhere inside), also `[..B]`, `[A..]`. Years run from 0001 to 9999.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
# Northern seasons; a winter may lie at either end of its year.
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (1, 12)}

Shape = Literal["point", "interval", "set"]


@dataclass(frozen=True, slots=True)
class Point:
    """One date of an EDTF string: what is given, and its qualifiers. A month of 21 to 24 is a season."""

    year: int
    month: int | None = None
    day: int | None = None
    decade: int | None = None
    approximate: bool = False
    uncertain: bool = False

    @property
    def first(self) -> date:
        """The first possible day."""
        if self.month in SEASONS:
            return date(self.year, _SEASON_MONTHS[self.month][0], 1)
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last possible day."""
        year = min(9999, self.year + (self.decade or 1) - 1)
        month = _SEASON_MONTHS[self.month][1] if self.month in SEASONS else self.month or 12
        return date(year, month, self.day or monthrange(year, month)[1])

    def words(self) -> str:
        """The date in English, as a reader says it."""
        if self.decade:
            name = f"the {self.year}s"
        elif self.month is None:
            name = str(self.year)
        elif self.month in SEASONS:
            name = f"{SEASONS[self.month]} {self.year}"
        else:
            name = f"{self.day or ''} {MONTHS[self.month - 1]} {self.year}".strip()
        return ("about " if self.approximate else "") + name + (" (uncertain)" if self.uncertain else "")


@dataclass(frozen=True, slots=True)
class Edtf:
    """A parsed EDTF string. `start` or `end` is None where the string leaves that side open or unknown.

    Equal as the strings are equal; sort by `key()`: earliest first day, then narrower first.
    """

    edtf: str
    shape: Shape
    start: Point | None
    end: Point | None

    @property
    def first(self) -> date | None:
        """The first possible day, None when open."""
        return self.start.first if self.start else None

    @property
    def last(self) -> date | None:
        """The last possible day, None when open."""
        return self.end.last if self.end else None

    @property
    def is_certain(self) -> bool:
        """Whether it is closed, unqualified and not somewhere inside a span."""
        ends = (self.start, self.end)
        return self.shape != "set" and all(p and not p.approximate and not p.uncertain for p in ends)

    def key(self) -> tuple[date, date, str]:
        """Sort key with a total order; an open side counts as the end of time on that side."""
        return (self.first or date.min, self.last or date.max, self.edtf)

    def points(self) -> tuple[Point, ...]:
        """The one or two dates that the string names."""
        if self.shape == "point":
            return (self.start,) if self.start else ()
        return tuple(p for p in (self.start, self.end) if p)

    def words(self) -> str:
        """The date in English, as a reader says it."""
        start, end = (self.start.words() if self.start else ""), (self.end.words() if self.end else "")
        if self.shape == "point":
            return start
        if self.shape == "set":
            if start and end:
                return f"between {start} and {end}"
            return f"on or before {end}" if end else f"on or after {start}"
        if start and end:
            return f"{start} to {end}"
        return f"from {start}" if start else f"until {end}"


class BadDate(ValueError):
    """The string is not a date that this project reads; the message says why."""


_POINT = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?"
    r"(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?(?P<mark>[~?%])?"
)


@lru_cache(maxsize=4096)
def parse_edtf(edtf: str) -> Edtf:
    """The value of an EDTF string; raises BadDate with the reason."""
    if edtf.startswith("[") and edtf.endswith("]"):
        low, dots, high = edtf[1:-1].partition("..")
        if not dots or "," in edtf:
            raise BadDate("a set is written [first..last]")
        return _ordered(edtf, "set", _point(low) if low else None, _point(high) if high else None)
    if "/" in edtf:
        left, _, right = edtf.partition("/")
        start, end = (None if side in ("", "..") else _point(side) for side in (left, right))
        return _ordered(edtf, "interval", start, end)
    point = _point(edtf)
    return Edtf(edtf, "point", point, point)


def _ordered(edtf: str, shape: Shape, start: Point | None, end: Point | None) -> Edtf:
    if not start and not end:
        raise BadDate("neither side is a date")
    if start and end and start.first > end.last:
        raise BadDate("it ends before it begins")
    return Edtf(edtf, shape, start, end)


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if not match:
        raise BadDate(f"'{text}' is not EDTF")
    year, month, day, mark = match.group("year", "month", "day", "mark")
    if month == "XX" and day not in (None, "XX"):
        raise BadDate("a day needs its month")
    decade = 10 ** year.count("X") if "X" in year else None
    point = Point(
        int(year.replace("X", "0")),
        int(month) if month not in (None, "XX") else None,
        int(day) if day not in (None, "XX") else None,
        decade,
        approximate=mark in ("~", "%"),
        uncertain=mark in ("?", "%"),
    )
    _check(point)
    return point


def _check(point: Point) -> None:
    if not 1 <= point.year <= 9999:
        raise BadDate("years run from 0001 to 9999")
    if point.month is not None and not (1 <= point.month <= 12 or point.month in SEASONS):
        raise BadDate(f"there is no month {point.month:02}")
    if point.day is None:
        return
    if point.month is None or point.month in SEASONS:
        raise BadDate("a day needs its month")
    if not 1 <= point.day <= monthrange(point.year, point.month)[1]:
        raise BadDate(f"{MONTHS[point.month - 1]} {point.year} has no day {point.day:02}")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date printed in a text, at `[start:end]`; what is not printed is None. A month of 21 to 24 is a season."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None


_MONTH_NAMES = {name.lower(): i for i, name in enumerate(MONTHS, 1)}
_MONTH_NAMES |= {name[:3].lower(): i for i, name in enumerate(MONTHS, 1)} | {"sept": 9}
_SEASON_NAMES = {name: number for number, name in SEASONS.items()} | {"fall": 23}
# "May" and "March" are also words: without a number beside them they count as months only after one of these.
_CUE = r"(?:in|for|since|by|until|till|of|on|from|to|and|between|before|after|during|early|late|mid|last|next|this|through)"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DATE = re.compile(
    rf"""
    (?<![\w#])(?:
      (?P<iso_year>\d{{4}})-(?P<iso_month>\d\d)(?:-(?P<iso_day>\d\d))?(?![\w-])
    | (?P<dot_day>\d{{1,2}})\.(?P<dot_month>\d{{1,2}})\.(?P<dot_year>\d{{4}})(?!\w)
    | (?:(?P<day_before>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH})
      (?:\s+(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:]))?(?:,?\s+(?:of\s+)?(?P<year>\d{{4}})(?!\w))?
    | (?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\s+(?:of\s+)?(?P<season_year>\d{{4}})(?!\w)
    | (?P<year_alone>(?:19|20)\d\d)(?![\w%]|[.,]\d)
    | (?P<time>\d{{1,2}}:\d\d(?::\d\d)?(?:\s*[AaPp]\.?[Mm]\b\.?)?(?:\s*[A-Z]{{2,4}}\b)?)
    )
    """,
    re.VERBOSE,
)


def date_mentions(text: str) -> Iterator[DateMention]:
    """The dates that an English text prints, in order; clock times come as mentions without any part.

    A number from 1900 to 2099 without grouping reads as a year. Months count when capitalised; `May` and `March`
    alone only after a word like "in".
    """
    for match in _DATE.finditer(text):
        part = {name: value for name, value in match.groupdict().items() if value}
        if "iso_year" in part:
            yield _mention(match, part["iso_year"], part["iso_month"], part.get("iso_day"))
        elif "dot_year" in part:
            yield _mention(match, part["dot_year"], part["dot_month"], part["dot_day"])
        elif "month" in part:
            mention = _named(text, match, part)
            if mention:
                yield mention
        elif "season" in part:
            season = _SEASON_NAMES[part["season"].lower()]
            yield DateMention(match.start(), match.end(), int(part["season_year"]), season)
        elif "year_alone" in part:
            if text[max(0, match.start() - 1) : match.start()] not in ("$", "€", "£"):
                yield _mention(match, part["year_alone"])
        else:
            yield DateMention(match.start(), match.end())


def _mention(match: re.Match[str], year: str, month: str | None = None, day: str | None = None) -> DateMention:
    return DateMention(match.start(), match.end(), int(year), int(month) if month else None, int(day) if day else None)


def _named(text: str, match: re.Match[str], part: dict[str, str]) -> DateMention | None:
    name = part["month"].rstrip(".").lower()
    day = part.get("day_before") or part.get("day_after")
    year = part.get("year")
    alone = not day and not year
    if alone and name in ("may", "march", "mar") and not re.search(rf"\b{_CUE}\s+$", text[: match.start()]):
        return None
    end = match.end()
    return DateMention(
        match.start(), end, int(year) if year else None, _MONTH_NAMES[name], int(day) if day else None
    )


def unprinted(value: Edtf, mentions: tuple[DateMention, ...]) -> tuple[str, ...]:
    """The parts of a date that none of the mentions print, in words; a day must stand beside its month."""
    missing: list[str] = []
    for point in value.points():
        if point.decade is None and not any(m.year == point.year for m in mentions):
            missing.append(f"the year {point.year}")
        if point.month is None:
            continue
        name = SEASONS.get(point.month) or MONTHS[point.month - 1]
        if not any(m.month == point.month for m in mentions):
            missing.append(f"the month {name}" if point.month not in SEASONS else f"the season {name}")
        if point.day and not any((m.month, m.day) == (point.month, point.day) for m in mentions):
            missing.append(f"the day {point.day} {name}")
    return tuple(dict.fromkeys(missing))
