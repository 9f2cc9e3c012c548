"""Dates with their precision: EDTF (ISO 8601-2, level 1 and one-of-a-set) and the dates that a text prints.

EDTF read here: `2022`, `2022-09`, `2022-09-21`, `2022-09-21T18:00:00Z`; the qualifiers `~ ? %` at the end;
`2022-09-XX`, `2022-XX`, `202X`, `20XX`; seasons `2022-21` to `2022-24`; `A/B` (throughout), `A/..` and `../B` (open),
`A/` and `/B` (unknown); `[A..B]` (once, somewhere inside), also `[..B]`, `[A..]`. Years run from 0001 to 9999.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import Literal

from ..frozen import dataclass, replace
from ..once import made
from ..patterns import later
from .beginnings import Beginnings, beginnings, matches

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
# Northern seasons; a winter may lie at either end of its year.
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (1, 12)}

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

Shape = Literal["point", "interval", "set"]


def _days_in(year: int, month: int) -> int:
    """How many days a month has, in the calendar of ISO 8601; `calendar` loads more than an edit may take."""
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _DAYS[month - 1] + (month == 2 and is_leap)


@dataclass(frozen=True, slots=True)
class Point:
    """One date of an EDTF string: what is given, and its qualifiers. A month of 21 to 24 is a season."""

    year: int
    month: int | None = None
    day: int | None = None
    decade: int | None = None
    approximate: bool = False
    uncertain: bool = False
    hour: int | None = None
    minute: int | None = None

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
        return date(year, month, self.day or _days_in(year, month))

    def words(self) -> str:
        """The date in English, as a reader says it."""
        if self.decade == 10:
            name = f"the {self.year}s"
        elif self.decade:
            name = f"the years {self.year} to {self.year + self.decade - 1}"
        elif self.month is None:
            name = str(self.year)
        elif self.month in SEASONS:
            name = f"{SEASONS[self.month]} {self.year}"
        else:
            name = f"{self.day or ''} {MONTHS[self.month - 1]} {self.year}".strip()
        return ("about " if self.approximate else "") + name + (" (uncertain)" if self.uncertain else "")


@dataclass(frozen=True)
class Edtf:
    """A parsed EDTF string. `start` or `end` is None where the string leaves that side open or unknown.

    Equal as the strings are equal; sort by `key()`: earliest first day, then narrower first. Lists ask the same dates
    for their days and words again and again, so these are worked out once.
    """

    edtf: str
    shape: Shape
    start: Point | None
    end: Point | None

    def __reduce__(self) -> tuple[Callable[[str], Edtf], tuple[str]]:
        return parse_edtf, (self.edtf,)

    @made
    def first(self) -> date | None:
        """The first possible day, None when open."""
        return self.start.first if self.start else None

    @made
    def last(self) -> date | None:
        """The last possible day, None when open."""
        return self.end.last if self.end else None

    @made
    def is_certain(self) -> bool:
        """Whether it is closed, unqualified and not somewhere inside a span."""
        start, end = self.start, self.end
        if start is None or end is None or self.shape == "set":
            return False
        return not (start.approximate or start.uncertain or end.approximate or end.uncertain)

    def key(self) -> tuple[date, date, str]:
        """Sort key with a total order; an open side counts as the end of time on that side."""
        return self._key

    @made
    def _key(self) -> tuple[date, date, str]:
        return (self.first or date.min, self.last or date.max, self.edtf)

    def points(self) -> tuple[Point, ...]:
        """The one or two dates that the string names."""
        if self.shape == "point":
            return (self.start,) if self.start else ()
        return tuple(p for p in (self.start, self.end) if p)

    def words(self) -> str:
        """The date in English, as a reader says it."""
        return self._words

    @made
    def _words(self) -> str:
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


_POINT = later(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?"
    r"(?P<time>T(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?:Z|[+-][01]\d:[0-5]\d)?)?(?P<mark>[~?%])?",
    re.ASCII,
)


DAYS = 16_384  # the dates that are known at a time: the days of a long life


@lru_cache(maxsize=DAYS)
def parse_edtf(edtf: str) -> Edtf:
    """The value of an EDTF string; raises BadDate with the reason."""
    if len(edtf) == 10 and edtf[4] == edtf[7] == "-":
        try:
            day = date.fromisoformat(edtf)
        except ValueError:  # a season, "XX", or nothing: told below
            pass
        else:
            return _whole_day(edtf, day)
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


def _whole_day(edtf: str, day: date) -> Edtf:
    """A day of the calendar, as most dates are: its first and last are known."""
    point = Point(day.year, day.month, day.day)
    found = Edtf(edtf, "point", point, point)
    vars(found).update(first=day, last=day)
    return found


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
    if match["time"] and not (day or "XX").isdigit():
        raise BadDate("a time needs its day")
    if "X" in year and (month or "XX") != "XX":
        raise BadDate("a month needs its year")
    decade = 10 ** year.count("X") if "X" in year else None
    point = Point(
        int(year.replace("X", "0")),
        int(month) if month not in (None, "XX") else None,
        int(day) if day not in (None, "XX") else None,
        decade,
        approximate=mark in ("~", "%"),
        uncertain=mark in ("?", "%"),
        hour=int(match["hour"]) if match["time"] else None,
        minute=int(match["minute"]) if match["time"] else None,
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
    if not 1 <= point.day <= _days_in(point.year, point.month):
        raise BadDate(f"{MONTHS[point.month - 1]} {point.year} has no day {point.day:02}")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date printed in a text, at `[start:end]`; what is not printed is None. A month of 21 to 24 is a season.

    Of a decade ("the 1990s") `year` is the first and `decade` is 10. A clock time has its hour of 24 and its minute, as
    written: its time zone is not read.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    decade: int | None = None
    hour: int | None = None
    minute: int | None = None

    @property
    def edtf(self) -> str:
        """The date without its time of day; empty for one without a year, a decade, and a time of day alone."""
        if self.year is None or self.decade or (self.day and not self.month):
            return ""
        parts = (f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part))
        return "-".join(parts)


_MONTH_NUMBERS = {name.lower(): i for i, name in enumerate(MONTHS, 1)}
_MONTH_NUMBERS |= {name[:3].lower(): i for i, name in enumerate(MONTHS, 1)} | {"sept": 9}
_SEASON_NUMBERS = {name: number for number, name in SEASONS.items()} | {"fall": 23}
# "May" and "March" are also words: without a number beside them they count as months only after one of these.
_CUE = later(
    r"\b(?:in|for|since|by|until|till|of|on|from|to|and|between|before|after|during|early|late|mid|last|next|this|through)"
    r"\s+\Z",
    re.IGNORECASE,
)
_WORDS_ALSO = ("may", "march", "mar")
_MONTH = "|".join((*MONTHS, *(m.upper() for m in MONTHS), r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"))
GERMAN_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
# Names of months in the other languages that texts are often in, as they stand after a day.
_ABROAD = {
    name: number
    for names in (
        GERMAN_MONTHS,
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    )
    for number, name in enumerate(names.split(), 1)
} | {"Jänner": 1}
_RUSSIAN_YEAR = r"(?:года(?!\w)|г\.)"  # noqa: RUF001 the letter is Russian
_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
_NUMBER = r"\w|[.,][0-9](?![0-9]{3}\b)"  # what would make a day or a year the head of a longer number
# What one of the ways below begins with, so that most numbers are told from dates at a glance.
_MAY_BEGIN = (
    r"[A-Zafsw]|[0-9]{4}-|(?:1[0-9]|20)[0-9]{2}"
    r"|[0-9]{1,2}(?:[.:/snrt]|\s*(?:[-\u2013\u2014JFMASOND\u0430-\u044f]|to|and|or|of|[AaPp]\.?[Mm]|"
    rf"de\s|er\s|º|{'|'.join(sorted({name[:2] for name in _ABROAD}))}))"
)
_DATE = later(
    rf"""
    (?={_MAY_BEGIN})(?<![\w#])(?:
      (?P<iso_year>[0-9]{{4}})-(?P<iso_month>0[1-9]|1[0-2])(?:-(?P<iso_day>0[1-9]|[12][0-9]|3[01]))?
      (?:T(?P<iso_hour>[0-9]{{2}}):(?P<iso_minute>[0-9]{{2}})(?::[0-9]{{2}})?(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?)?(?![\w-])
    | (?P<dot_day>{_DAY})\.(?P<dot_month>0?[1-9]|1[0-2])\.(?P<dot_year>[0-9]{{4}})(?!\w)
    | (?P<slash_left>{_DAY})/(?P<slash_right>{_DAY})/(?P<slash_year>[0-9]{{4}})(?!\w)
    | (?:(?:(?P<from_day>{_DAY})(?:st|nd|rd|th)?(?:\s?[-\u2013\u2014]\s?|\s+(?:to|and|or)\s+))?
        (?P<day>{_DAY})(?:st|nd|rd|th)?\s+(?:of\s+)?)?
      (?P<month>{_MONTH})(?![^\W\d_])
      (?:\s+(?P<day_after>{_DAY})(?:st|nd|rd|th)?(?!{_NUMBER}|:)
        (?:(?:\s?[-\u2013\u2014]\s?|\s+to\s+)(?P<to_day>{_DAY})(?:st|nd|rd|th)?
          (?!{_NUMBER}|:|[\s\u00a0-]+(?:{_MONTH}|thousand|million|billion|percent)|%))?)?
      (?:(?:,\s*|\s+)(?:of\s+)?(?P<year>(?:1[0-9]|20|21)[0-9]{{2}})(?!{_NUMBER}|%))?
    | (?P<abroad_day>{_DAY})(?:\.|er|º)?\s+(?:de\s+)?(?P<abroad_month>{"|".join(_ABROAD)})(?!\w)
      (?:\s+(?:del?\s+)?(?P<abroad_year>(?:1[0-9]|20|21)[0-9]{{2}})(?!{_NUMBER}|%)(?:\s?{_RUSSIAN_YEAR})?)?
    | (?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\s+(?:of\s+)?(?P<season_year>[0-9]{{4}})(?!{_NUMBER})
    | (?P<decade>(?:1[0-9]|20)[0-9]0)s\b
    | (?P<year_alone>(?:19|20)[0-9]{{2}})(?![\w%]|[.,][0-9])
    | (?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})(?::[0-9]{{2}})?(?:\s?(?P<half>[AaPp])\.?[Mm]\b\.?)?
      (?:\s[A-Z]{{2,4}}\b)?
    | (?<![.,])(?P<short_hour>0?[1-9]|1[0-2])(?:\.(?P<short_minute>[0-5][0-9]))?
      \s?(?P<short_half>[AaPp])(?:m|M|\.[Mm])\b\.?
    )
    """,
    re.VERBOSE,
)


def date_mentions(text: str, looked: Beginnings | None = None) -> Iterator[DateMention]:
    """The dates that an English text prints, in order; clock times (`18:30`, `6 p.m.`) come with hour and minute.
    Of a text in another language of `_ABROAD` those with a day and a name of a month (`15 января 2024 года`).

    A number from 1900 to 2099 without grouping reads as a year. Months count when capitalised; `May` and `March`
    alone only after a word like "in". Of `9/21/2022` the larger half is the day when it can be no month; of `4/3/2022`
    only the year is sure. `looked` is what `beginnings` tells of the text, where it was asked already.
    """
    looked = looked or beginnings(text)
    for match in matches(_DATE, text, sorted(looked.digits + looked.names)):
        yield from _READ[match.lastgroup or ""](text, match)


def date_spans(text: str, looked: Beginnings) -> list[tuple[int, int]]:
    """Where the dates of `date_mentions` stand, without what they say."""
    spans: list[tuple[int, int]] = []
    for match in matches(_DATE, text, sorted(looked.digits + looked.names)):
        way = match.lastgroup or ""
        if way in _ALWAYS_ONE or (way in _MOSTLY_ONE and match.group("from_day", "to_day") == (None, None)):
            spans.append(match.span())
        else:
            spans += [(m.start, m.end) for m in _READ[way](text, match)]
    return spans


def whole_dates(text: str, start: int, end: int) -> Iterator[DateMention]:
    """The dates that `text[start:end]` prints, without one whose day or year the stretch cuts ("September 2|1").

    Offsets are those of the stretch.
    """
    for mention in date_mentions(text[start:end]):
        first, last = start + mention.start, start + mention.end
        if not (_is_inside_word(text, first) or _is_inside_word(text, last)):
            yield mention


def _is_inside_word(text: str, offset: int) -> bool:
    return 0 < offset < len(text) and text[offset - 1].isalnum() and text[offset].isalnum()


def _mention(span: tuple[int, int], year: str | None, month: str | None = None, day: str | None = None) -> DateMention:
    return DateMention(*span, int(year) if year else None, int(month) if month else None, int(day) if day else None)


def _iso(_: str, match: re.Match[str]) -> Iterator[DateMention]:
    year, month, day, hour, minute = match.group("iso_year", "iso_month", "iso_day", "iso_hour", "iso_minute")
    yield replace(_mention(match.span(), year, month, day), **_time(hour, minute))


def _dotted(_: str, match: re.Match[str]) -> Iterator[DateMention]:
    yield _mention(match.span(), *match.group("dot_year", "dot_month", "dot_day"))


def _abroad(_: str, match: re.Match[str]) -> Iterator[DateMention]:
    yield _mention(match.span(), match["abroad_year"], str(_ABROAD[match["abroad_month"]]), match["abroad_day"])


def _season(_: str, match: re.Match[str]) -> Iterator[DateMention]:
    yield DateMention(*match.span(), int(match["season_year"]), _SEASON_NUMBERS[match["season"].lower()])


def _decade(_: str, match: re.Match[str]) -> Iterator[DateMention]:
    yield DateMention(*match.span(), int(match["decade"]), decade=10)


def _year_alone(text: str, match: re.Match[str]) -> Iterator[DateMention]:
    if text[max(0, match.start() - 1) : match.start()] not in ("$", "€", "£"):
        yield _mention(match.span(), match["year_alone"])


def _clock(_: str, match: re.Match[str]) -> Iterator[DateMention]:
    yield DateMention(*match.span(), **_time(*match.group("hour", "minute", "half")))


def _short_clock(_: str, match: re.Match[str]) -> Iterator[DateMention]:
    """A clock time with "a.m." or "p.m."; without minutes, at the full hour."""
    minute = match["short_minute"] or "0"
    yield DateMention(*match.span(), **_time(match["short_hour"], minute, match["short_half"]))


def _time(hour: str | None, minute: str | None, half: str | None = None) -> dict[str, int]:
    """The hour of 24 and the minute; empty when there is no such time of day."""
    if hour is None or minute is None or int(hour) > 23 or int(minute) > 59:
        return {}
    of_24 = int(hour)
    if half and of_24 <= 12:
        of_24 = of_24 % 12 + (12 if half in "Pp" else 0)
    return {"hour": of_24, "minute": int(minute)}


def _slashed(_: str, match: re.Match[str]) -> Iterator[DateMention]:
    left, right = int(match["slash_left"]), int(match["slash_right"])
    year = int(match["slash_year"])
    if left == right or max(left, right) > 12 >= min(left, right):
        yield DateMention(*match.span(), year, min(left, right), max(left, right))
    else:
        yield DateMention(*match.span(), year)


def _named(text: str, match: re.Match[str]) -> Iterator[DateMention]:
    """A date with its month's name; of two days ("4 and 5 March", "March 4-5") each is a mention."""
    first, day, month, day_after, last, year = match.group("from_day", "day", "month", "day_after", "to_day", "year")
    name, day = month.rstrip(".").lower(), day or day_after
    start, end = match.span()
    if name in _WORDS_ALSO and not day and not year and not _CUE.search(text[max(0, start - 16) : start]):
        return
    month = str(_MONTH_NUMBERS[name])
    if first:
        yield _mention((start, match.end("from_day")), year, month, first)
        start = match.start("day")
    if last:
        yield _mention((start, match.end("day_after")), year, month, day)
        yield _mention((match.start("to_day"), end), year, month, last)
    else:
        yield _mention((start, end), year, month, day)


# How each way to write a date is read, by the groups of `_DATE` that it can end with.
_READ = {
    group: read
    for read, groups in {
        _iso: ("iso_month", "iso_day", "iso_minute"),
        _dotted: ("dot_year",),
        _slashed: ("slash_year",),
        _named: ("month", "day_after", "to_day", "year"),
        _abroad: ("abroad_month", "abroad_year"),
        _season: ("season_year",),
        _decade: ("decade",),
        _year_alone: ("year_alone",),
        _clock: ("minute", "half"),
        _short_clock: ("short_half",),
    }.items()
    for group in groups
}


# Those of which each is one date, all of it; and those that are one unless two days are named.
_ALWAYS_ONE = frozenset(_READ) - {"month", "day_after", "to_day", "year", "year_alone"}
_MOSTLY_ONE = frozenset(("day_after", "year"))


def _prints_year(mention: DateMention, point: Point) -> bool:
    """Whether the mention's year is the point's, or lies in its decade or century; a decade prints no single year."""
    years = point.decade or 1
    return mention.year is not None and mention.year // years == point.year // years and (mention.decade or 1) <= years


def unprinted(value: Edtf, mentions: tuple[DateMention, ...]) -> tuple[str, ...]:
    """The parts of a date that none of the mentions print, in words.

    A day must stand beside its month, neither beside another year, and a time of day beside no other day.
    """
    missing: list[str] = []
    for point in value.points():
        own = [m for m in mentions if m.year in (None, point.year)]
        if not any(_prints_year(m, point) for m in mentions):
            missing.append(f"the year {point.year}" if not point.decade else point.words())
        if point.month is None:
            continue
        name = SEASONS.get(point.month) or MONTHS[point.month - 1]
        if not any(m.month == point.month for m in own):
            missing.append(f"the month {name}" if point.month not in SEASONS else f"the season {name}")
        if point.day and not any((m.month, m.day) == (point.month, point.day) for m in own):
            missing.append(f"the day {point.day} {name}")
        times = [
            (m.hour, m.minute) for m in own if (m.month or point.month, m.day or point.day) == (point.month, point.day)
        ]
        if point.hour is not None and (point.hour, point.minute) not in times:
            missing.append(f"the time {point.hour:02}:{point.minute:02}")
    return tuple(dict.fromkeys(missing))
