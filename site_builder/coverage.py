"""How much of a text was read (contract 6): its four parts, and what of weight lies outside passages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from .dates import date_mentions
from .model import Coverage, Mention, Passage, Region, Stray
from .quantities import number_mentions
from .text import weight

_UNREAD, _ANNOTATED, _BOILERPLATE, _SET_ASIDE = 0, 1, 2, 3


def measured(
    text: str,
    passages: Iterable[Passage],
    boilerplate: Iterable[Region],
    set_aside: Iterable[Region],
    mentions: Iterable[Mention],
) -> Coverage:
    """The four shares of a text, and the numbers, dates and names that lie outside passages and boilerplate."""
    paint = bytearray(len(text))
    layers: tuple[tuple[int, Iterable[Passage | Region]], ...] = (
        (_SET_ASIDE, set_aside), (_BOILERPLATE, boilerplate), (_ANNOTATED, passages),
    )  # fmt: skip
    for colour, spans in layers:
        for span in spans:
            paint[span.start : span.end] = bytes((colour,)) * (span.end - span.start)
    counts = [0, 0, 0, 0]
    for run in re.finditer(rb"(.)\1*", paint, re.DOTALL):
        counts[run[1][0]] += weight(text[run.start() : run.end()])
    return Coverage(
        annotated=counts[_ANNOTATED],
        boilerplate=counts[_BOILERPLATE],
        set_aside=counts[_SET_ASIDE],
        unread=counts[_UNREAD],
        strays=_strays(text, paint, mentions),
    )


def _strays(text: str, paint: bytearray, mentions: Iterable[Mention]) -> tuple[Stray, ...]:
    found: list[tuple[int, int, Literal["number", "date", "name"]]] = []
    if paint.count(_UNREAD) + paint.count(_SET_ASIDE):
        found += [(m.start, m.end, "number") for m in number_mentions(text)]
        found += [(m.start, m.end, "date") for m in date_mentions(text)]
        found += [(m.start, m.end, "name") for m in mentions]
    return tuple(
        Stray(start=start, end=end, kind=kind, set_aside=paint[start] == _SET_ASIDE)
        for start, end, kind in sorted(found)
        if paint[start] in (_UNREAD, _SET_ASIDE)
    )
