"""Overlapping ranges drawn flat: a sweep over their edges gives segments that each know every range they are in."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..frozen import dataclass
from .text import Span


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text between two edges, with the positions (in the input) of all ranges that cover it.

    `begins` and `ends` name the ranges whose first or last segment this is.
    """

    start: int
    end: int
    covers: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def segments(whole: Span, ranges: Sequence[Span], cuts: Sequence[int] = ()) -> tuple[Segment, ...]:
    """Flat segments that join back to `whole`; ranges may overlap, nest, cross or touch, and may reach beyond it.

    `cuts` are further offsets to cut at. A range counts as begun (ended) only by the segment that holds its own
    first (last) character. Ranges are covered in input order; empty ranges are ignored.
    """
    inside = [(i, r) for i, r in enumerate(ranges) if r.start < r.end and r.start < whole.end and whole.start < r.end]
    edges = {whole.start, whole.end, *(c for c in cuts if whole.start < c < whole.end)}
    for _, span in inside:
        edges |= {e for e in (span.start, span.end) if whole.start < e < whole.end}
    return tuple(_sweep(sorted(edges), whole, inside))


def _sweep(edges: list[int], whole: Span, inside: list[tuple[int, Span]]) -> Iterator[Segment]:
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for position, span in inside:
        opening.setdefault(max(span.start, whole.start), []).append(position)
        closing.setdefault(min(span.end, whole.end), []).append(position)
    spans = dict(inside)
    covering: list[int] = []  # sorted, so in input order
    for start, end in pairwise(edges):
        for position in closing.get(start, ()):
            del covering[bisect_left(covering, position)]
        for position in opening.get(start, ()):
            insort(covering, position)
        begins = tuple(i for i in opening.get(start, ()) if spans[i].start == start)
        ends = tuple(i for i in closing.get(end, ()) if spans[i].end == end)
        yield Segment(start, end, tuple(covering), begins, ends)
