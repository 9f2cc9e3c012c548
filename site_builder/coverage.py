"""How much of a text was read (contract 6): its four parts, and what of weight lies outside passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Literal

from .beginnings import beginnings
from .dates import date_mentions
from .model import Coverage, Mention, Passage, Region, Stray
from .quantities import number_spans
from .text import weight

_UNREAD, _ANNOTATED, _BOILERPLATE, _SET_ASIDE = 0, 1, 2, 3
_PARTS: dict[int, Literal["unread", "boilerplate", "set_aside"]] = {
    _UNREAD: "unread", _BOILERPLATE: "boilerplate", _SET_ASIDE: "set_aside",
}  # fmt: skip


def measured(
    text: str,
    passages: Iterable[Passage],
    boilerplate: Iterable[Region],
    set_aside: Iterable[Region],
    mentions: Iterable[Mention],
) -> Coverage:
    """The four shares of a text, and the numbers, dates and names outside passages, each with its region's reason."""
    regions = {_BOILERPLATE: tuple(boilerplate), _SET_ASIDE: tuple(set_aside)}
    paint = bytearray(len(text))
    layers: tuple[tuple[int, Iterable[Passage | Region]], ...] = (
        (_SET_ASIDE, regions[_SET_ASIDE]), (_BOILERPLATE, regions[_BOILERPLATE]), (_ANNOTATED, passages),
    )  # fmt: skip
    edges = {0, len(text)}  # between two of them all is of one part
    for colour, spans in layers:
        for span in spans:
            edges |= {span.start, span.end}
            paint[span.start : span.end] = bytes((colour,)) * (span.end - span.start)
    counts = [0, 0, 0, 0]
    stretches = tuple(pairwise(sorted(edges)))
    for start, end in stretches:
        counts[paint[start]] += weight(text[start:end])
    is_read = all(paint[start] == _ANNOTATED for start, _ in stretches)
    return Coverage(
        annotated=counts[_ANNOTATED],
        boilerplate=counts[_BOILERPLATE],
        set_aside=counts[_SET_ASIDE],
        unread=counts[_UNREAD],
        strays=() if is_read else tuple(_strays(text, paint, mentions, regions)),
    )


def _strays(
    text: str, paint: bytearray, mentions: Iterable[Mention], regions: Mapping[int, tuple[Region, ...]]
) -> Iterator[Stray]:
    looked = beginnings(text)
    dates = [(m.start, m.end) for m in date_mentions(text, looked)]
    found: list[tuple[int, int, Literal["number", "date", "name"]]] = [
        *((*span, "date") for span in dates),
        *((*span, "number") for span in number_spans(text, dates, looked)),
        *((m.start, m.end, "name") for m in mentions),
    ]
    for start, end, kind in sorted(found):
        if (colour := paint[start]) != _ANNOTATED:
            why = next((r.why for r in regions.get(colour, ()) if r.start <= start < r.end), "")
            yield Stray(start=start, end=end, kind=kind, part=_PARTS[colour], why=why)
