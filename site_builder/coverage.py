"""How much of a text was read (contract 6): its four parts, and what of weight lies outside passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter
from typing import Literal

from .model import Coverage, Mention, Passage, Region, Source, Stray
from .printed.beginnings import beginnings
from .printed.dates import date_spans
from .printed.quantities import number_spans
from .storing import Stored
from .texts.text import ENUMERATOR, blanks, weight

_Kind = Literal["number", "date", "name"]
_Part = Literal["unread", "boilerplate", "set_aside"]
_ENDS = attrgetter("start", "end")

Told = tuple[int, int, _Kind, _Part, str]
"""Something of weight outside passages: where it stands, what it is, in which part of the text, and why it is there."""


def measured(
    stored: Stored, passages: Sequence[Passage], boilerplate: Sequence[Region], set_aside: Sequence[Region]
) -> Coverage:
    """The weights of the four parts of a text. What is of two of them is a passage first, then boilerplate."""
    text, is_plain = stored.text, stored.is_plain
    weigh = _plain_weight if is_plain else _weight
    annotated = weigh(text, passages)
    beside = weigh(text, chain(passages, boilerplate)) if boilerplate else annotated
    read = weigh(text, chain(passages, boilerplate, set_aside)) if set_aside else beside
    whole = len(text) - blanks(stored.content) if is_plain else weight(text)
    return Coverage(annotated=annotated, boilerplate=beside - annotated, set_aside=read - beside, unread=whole - read)


def _weight(text: str, ranges: Iterable[Passage | Region]) -> int:
    """What the ranges weigh together."""
    return sum([weight(text[start:end]) for start, end in _apart(ranges)])


def _plain_weight(text: str, ranges: Iterable[Passage | Region]) -> int:
    """The same in a text that has no white space but spaces and line ends."""
    return sum([e - s - text.count(" ", s, e) - text.count("\n", s, e) for s, e in _apart(ranges)])


def _apart(ranges: Iterable[Passage | Region]) -> Iterator[tuple[int, int]]:
    """What the ranges hold together, no character twice."""
    at = 0
    for start, end in sorted(map(_ENDS, ranges)):
        if at < end:
            yield (start if at < start else at), end
            at = end


def strays(source: Source) -> tuple[Stray, ...]:
    """The numbers, dates and known names outside passages, each with the reason of its region."""
    told = outside(source, source.text)
    return tuple([Stray(start=a, end=b, kind=kind, part=part, why=why) for a, b, kind, part, why in told])


def outside(source: Source, text: str) -> list[Told]:
    """The same in plain values, for those who only list them and have the text at hand."""
    if source.excerpts:
        return [(s.start, s.end, s.kind, s.part, s.why) for s in source.excerpts.strays]
    held = bytearray(len(text))
    for passage in source.passages:
        held[passage.start : passage.end] = b"\1" * (passage.end - passage.start)
    if 0 not in held:
        return []
    found = [(at, end, kind) for at, end, kind in telling(text, source.mentions) if not held[at]]
    if source.boilerplate or source.set_aside:
        return [(at, end, kind, *_part(source, at)) for at, end, kind in found]
    return [(at, end, kind, "unread", "") for at, end, kind in found]


def telling(text: str, mentions: Iterable[Mention]) -> list[tuple[int, int, _Kind]]:
    """The numbers, dates and known names of a text, in order."""
    looked = beginnings(text)
    dates = date_spans(text, looked)
    found: list[tuple[int, int, _Kind]] = [(start, end, "date") for start, end in dates]
    numbers = number_spans(text, dates, looked)
    found += [(start, end, "number") for start, end in numbers if not _counts_its_line(text, start)]
    found += [(m.start, m.end, "name") for m in mentions]
    found.sort()
    return found


def _counts_its_line(text: str, start: int) -> bool:
    """Whether a number that begins here only says which paragraph or item this is: "4. The damage …", "(4) …"."""
    begin = start - (text[start - 1 : start] == "(")
    return text[begin - 1 : begin] in ("", "\n") and ENUMERATOR.match(text, begin) is not None


def _part(source: Source, at: int) -> tuple[_Part, str]:
    """The part of the text in which a place lies that is in no passage, and why."""
    regions: tuple[tuple[_Part, tuple[Region, ...]], ...] = (
        ("boilerplate", source.boilerplate), ("set_aside", source.set_aside),
    )  # fmt: skip
    for part, of_it in regions:
        for region in of_it:
            if region.start <= at < region.end:
                return part, region.why
    return "unread", ""
