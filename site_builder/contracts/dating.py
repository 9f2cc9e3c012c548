"""Contract 3 on a single date: it is one, it has its reason, and what is stated is printed."""

from __future__ import annotations

from collections.abc import Callable

from ..printed.dates import BadDate, DateMention, Edtf, parse_edtf, unprinted
from ..problems import Problem
from ..records import DateRecord, Record


def parsed_date(edtf: str, record: Record, field: str, report: Callable[[Problem], None]) -> Edtf | None:
    """The date, or None with a `bad-date` reported at the field that holds it."""
    try:
        return parse_edtf(edtf)
    except BadDate as error:
        hint = "EDTF: 2022-09-21, 2022-09, 2022-09~, 2022-09/2022-11, [2022-09..2022-11], 2022-09-21/.."
        from ..printed.meant import meant_date  # only bad input needs it

        if meant := meant_date(edtf):
            hint = f"write {meant}"
        reason = str(error) if str(error).startswith(f"'{edtf}' is not") else f"'{edtf}' is no date: {error}"
        report(Problem(record.at.of(field), "bad-date", reason, hint))
        return None


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
            hint += "; months are read by their English names, and after a day in some other languages (15 января)"
        report(Problem(record.at.of("edtf"), "date-not-stated", message, hint))
