"""Contract 3 on a single date: it is one, it has its reason, and what is stated is printed."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..patterns import later
from ..printed.dates import BadDate, DateMention, Edtf, date_mentions, parse_edtf, unprinted
from ..problems import Problem
from ..records import DateRecord, Record


def parsed_date(edtf: str, record: Record, field: str, report: Callable[[Problem], None]) -> Edtf | None:
    """The date, or None with a `bad-date` reported at the field that holds it."""
    try:
        return parse_edtf(edtf)
    except BadDate as error:
        hint = "EDTF: 2022-09-21, 2022-09, 2022-09~, 2022-09/2022-11, [2022-09..2022-11], 2022-09-21/.."
        meant = _meant(edtf)
        hint = f"write {meant}" if meant else hint
        reason = str(error) if str(error).startswith(f"'{edtf}' is not") else f"'{edtf}' is no date: {error}"
        report(Problem(record.at.of(field), "bad-date", reason, hint))
        return None


_ABOUT = later(r"(?:about|around|circa|c\.|ca\.?)\s+(.+)", re.IGNORECASE)
_SPAN = later(r"(.+?)(?:\s+(?:to|until|-|\u2013|\u2014)\s+|[\u2013\u2014])(.+)")
_NUMBERS = later(r"([0-9]{4})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})")  # year, month and day


def _meant(text: str) -> str:
    """In EDTF what somebody wrote as a date, or as two with "to" between them; empty where that is not sure."""
    text = text.strip()
    if about := _ABOUT.fullmatch(text):
        found = f"{_meant(about[1])}~"
    elif span := _SPAN.fullmatch(text):
        sides = _meant(span[1]), _meant(span[2])
        found = "/".join(sides) if all(sides) else ""
    elif numbers := _NUMBERS.fullmatch(text):
        found = f"{numbers[1]}-{numbers[3]:0>2}-{numbers[4]:0>2}"
    else:
        whole = [m for m in date_mentions(text) if (m.start, m.end) == (0, len(text))]
        is_sure = len(whole) == 1 and (whole[0].month or text.isdigit())
        found = whole[0].edtf() if is_sure else ""
    try:
        return parse_edtf(found).edtf if found else ""
    except BadDate:
        return ""


def check_basis(record: DateRecord, report: Callable[[Problem], None]) -> None:
    """A date that no text prints needs its reason."""
    if record.basis != "stated" and not record.why:
        message = f"a date that is {record.basis} needs a reason"
        report(Problem(record.at.of("basis"), "date-without-why", message, "add why: with what it rests on"))


def check_stated(
    value: Edtf, mentions: tuple[DateMention, ...], record: DateRecord, report: Callable[[Problem], None]
) -> None:
    """A stated date is printed, every component of it, in the words that it cites."""
    missing = unprinted(value, mentions)
    if missing:
        message = f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not printed in the quoted words"
        hint = "cite words that print it, or write basis: inferred with a why"
        if any(part.startswith(("the month", "the day")) for part in missing):
            hint += "; months are read by their English names, and after a day by their Russian ones (15 января)"
        report(Problem(record.at.of("edtf"), "date-not-stated", message, hint))
