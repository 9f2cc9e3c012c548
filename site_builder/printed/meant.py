"""What somebody meant who wrote a date otherwise than EDTF has it."""

from __future__ import annotations

import re

from ..patterns import later
from .dates import BadDate, date_mentions, parse_edtf

_ABOUT = later(r"(?:about|around|circa|c\.|ca\.?)\s+(.+)", re.IGNORECASE)
_SPAN = later(r"(.+?)(?:\s+(?:to|until|-|\u2013|\u2014)\s+|[\u2013\u2014])(.+)")
_NUMBERS = later(r"([0-9]{4})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})")  # year, month and day
_LONGEST = 60  # characters of a date in anybody's words


def meant_date(text: str) -> str:
    """In EDTF what somebody wrote as a date, or as two with "to" between them; empty where that is not sure."""
    text = text.strip()
    if len(text) > _LONGEST:
        return ""
    if about := _ABOUT.fullmatch(text):
        found = f"{meant_date(about[1])}~"
    elif span := _SPAN.fullmatch(text):
        sides = meant_date(span[1]), meant_date(span[2])
        found = "/".join(sides) if all(sides) else ""
    elif numbers := _NUMBERS.fullmatch(text):
        found = f"{numbers[1]}-{numbers[3]:0>2}-{numbers[4]:0>2}"
    else:
        whole = [m for m in date_mentions(text) if (m.start, m.end) == (0, len(text))]
        is_sure = len(whole) == 1 and (whole[0].month or text.isdigit())
        found = whole[0].edtf if is_sure else ""
    try:
        return parse_edtf(found).edtf if found else ""
    except BadDate:
        return ""
