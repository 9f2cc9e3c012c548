"""How two figures of one measure stand to each other: whether one number can fulfil both."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from ..model import Figure
from ..printed.dates import Edtf
from ..records import MeasureRecord

Agreement = Literal["agree", "differ", "of different times", "not comparable"]


def relation(measure: MeasureRecord, one: Figure, other: Figure) -> Agreement:
    """Whether two numbers agree, bounds included; those in two units, or in words, cannot be compared.

    They are of different times when the times they speak of do not meet.
    """
    if unit(measure, one) != unit(measure, other) or not (has_number(one) and has_number(other)):
        return "not comparable"
    if not _meet(one.as_of or one.period, other.as_of or other.period):
        return "of different times"
    low, high = max(span(one)[0], span(other)[0]), min(span(one)[1], span(other)[1])
    return "agree" if low <= high else "differ"


def span(figure: Figure) -> tuple[Decimal, Decimal]:
    """From where to where a number may lie: its bounds, and itself where it has none."""
    if figure.low is figure.high is None:
        return (figure.value or Decimal(0), figure.value or Decimal(0))
    return (
        Decimal("-Infinity") if figure.low is None else figure.low,
        Decimal("Infinity") if figure.high is None else figure.high,
    )


def _meet(one: Edtf | None, other: Edtf | None) -> bool:
    """Whether two times may share a day; a time that is not said may be any."""
    if one is None or other is None:
        return True
    starts = [d for d in (one.first, other.first) if d]
    ends = [d for d in (one.last, other.last) if d]
    return not starts or not ends or max(starts) <= min(ends)


def has_number(figure: Figure) -> bool:
    """Whether a figure says any number, and not words alone."""
    return any(n is not None for n in (figure.value, figure.low, figure.high))


def unit(measure: MeasureRecord, figure: Figure) -> str:
    """What a figure counts in: its own unit, or its measure's."""
    return figure.record.unit or measure.unit
