"""Words of a source in their context: a passage in the whole sentences that it stands in, a name or number in a few
words of its paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from ..frozen import NamedTuple
from ..model import Source
from ..patterns import later
from ..texts.text import Span, carried
from .frame import Site

ELLIPSIS = "\u2026"  # where a sentence goes on that is not published whole
_BLANK = later(r"\s+")
_SPACE, _TO_SPACE = later(r"\s"), later(r"(.*)\s", re.DOTALL)


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


def words_around(source: Source, text: str, start: int, end: int, first: int, last: int, most: int) -> tuple[str, str]:
    """What stands before and after some words of a source in their paragraph, which is `first` to `last`, as far as it
    is published: cut at white space, with an ellipsis, where that is over so many characters."""
    if source.excerpts:
        shown = source.around(start, end) or Span(start, end)
        first, last = max(first, shown.start), min(last, shown.end)
    low, high = start - most, end + most
    before = f"{ELLIPSIS}{_SPACE.split(text[low:start], 1)[-1]}" if low > first else text[first:start]
    after = f"{_whole_words(text[end:high])}{ELLIPSIS}" if high < last else text[end:last]
    return (before, after) if source.stored.is_plain else (carried(before), carried(after))


def _whole_words(words: str) -> str:
    """The words before the last white space: where there is none, all."""
    found = _TO_SPACE.match(words)
    return found[1] if found else words


def _on_a_line(text: str) -> str:
    return _BLANK.sub(" ", carried(text))
