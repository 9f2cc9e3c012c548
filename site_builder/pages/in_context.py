"""A passage in its sentence of context: the whole sentences of the source that it stands in, its own words marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from ..frozen import NamedTuple
from ..patterns import later
from ..texts.text import Span, carried
from .frame import Site

ELLIPSIS = "\u2026"  # where a sentence goes on that is not published whole
_BLANK = later(r"\s+")


class ContextView(NamedTuple):
    """A passage's words, and what stands before and after them in their sentences; joined, they are the source's."""

    before: str
    words: str
    after: str


def in_context(site: Site, ref: str) -> ContextView:
    """The sentences around a passage, on one line; both sides are empty where it is made of whole sentences."""
    passage = site.index.passages[ref]
    source = site.index.sources[passage.source]
    spans = site.desk.sentences(source)
    first = spans[max(0, bisect_right(spans, passage.start, key=lambda s: s.start) - 1)]
    last = spans[min(len(spans) - 1, bisect_left(spans, passage.end, key=lambda s: s.end))]
    shown = source.around(passage.start, passage.end) or Span(passage.start, passage.end)
    before = source.text[max(shown.start, min(first.start, passage.start)) : passage.start]
    after = source.text[passage.end : min(shown.end, max(last.end, passage.end))]
    return ContextView(
        f"{ELLIPSIS if first.start < shown.start else ''}{_on_a_line(before).lstrip()}",
        site.desk.words(ref),
        f"{_on_a_line(after).rstrip()}{ELLIPSIS if shown.end < last.end else ''}",
    )


def _on_a_line(text: str) -> str:
    return _BLANK.sub(" ", carried(text))
