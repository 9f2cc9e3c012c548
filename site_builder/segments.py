"""Overlapping ranges drawn flat: a sweep over their edges gives segments that each know every range they are in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    edges = {whole.start, whole.end}
    for span in ranges:
        edges |= {e for e in (span.start, span.end) if whole.start < e < whole.end}
    edges |= {c for c in cuts if whole.start < c < whole.end}
    ordered = sorted(edges)
    return tuple(
        _segment(start, end, ranges) for start, end in zip(ordered, ordered[1:], strict=False) if start < end
    )


def _segment(start: int, end: int, ranges: Sequence[Span]) -> Segment:
    covers = tuple(i for i, r in enumerate(ranges) if r.start <= start and end <= r.end and r.start < r.end)
    return Segment(
        start,
        end,
        covers,
        begins=tuple(i for i in covers if ranges[i].start == start),
        ends=tuple(i for i in covers if ranges[i].end == end),
    )
