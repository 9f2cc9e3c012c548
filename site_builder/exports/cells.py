"""Values as cells of a table (RFC 4180): what the csv module writes, in a fraction of the time.

A cell of text that begins with `=`, `+`, `-`, `@`, a tab or a line end has an apostrophe before it, and so has one that
begins with apostrophes and then one of these: a spreadsheet would run it as a formula. Without that apostrophe it is
the text again. Numbers are numbers, and stay as they are.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from ..downloads import SEPARATOR
from ..patterns import later

_FORMULA = later(r"'*[=+\-@\t\r\n]")
_SUSPECT = frozenset("'=+-@\t\r\n")  # what else a text may begin with needs no guard
_QUOTE = '"'


def text(value: str | None) -> str:
    """Text, or none, as a cell."""
    if not value:
        return ""
    if value[0] in _SUSPECT:
        value = guarded(value)
    if "," in value or '"' in value or "\n" in value or "\r" in value:
        return f'"{value.replace(_QUOTE, _QUOTE * 2)}"'
    return value


@lru_cache(1 << 12)
def listed(values: tuple[str, ...]) -> str:
    """Several texts as one cell; the same ones come again and again."""
    return text(SEPARATOR.join(values))


def number(value: float | Decimal | None) -> str:
    """A number as a cell, a decimal without an exponent."""
    return f"{value:f}" if isinstance(value, Decimal) else "" if value is None else str(value)


def yes_or_no(value: object) -> str:
    """A boolean as a cell."""
    return "true" if value else "false"


def guarded(value: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{value}" if _FORMULA.match(value) else value
