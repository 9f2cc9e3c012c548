"""Words of a source that are no passage, as its page lists them: set aside, or unread and of weight."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from operator import attrgetter

from markupsafe import Markup

from .. import urls
from ..coverage import outside
from ..frozen import NamedTuple
from ..model import Region, Source
from ..texts.text import Span, edges_of, on_one_line
from .frame import Site
from .views import shortened

_START = attrgetter("start")


class Leftover(NamedTuple):
    """Words that are no passage, and why."""

    words: str
    why: Markup | str
    href: str


def leftover(site: Site, source: Source, region: Region) -> Leftover:
    """A region that somebody set aside."""
    number = paragraph_number(source, region.start)
    is_shown = source.around(region.start, region.end)
    words = shortened(source.text[region.start : region.end], 160)
    unshown = f"words of paragraph {number}, not shown"
    return Leftover(words if is_shown else unshown, site.line(region.why), _href(number))


def unread(site: Site, source: Source) -> Iterator[Leftover]:
    """Numbers, dates and names that nobody read, each with some words around it."""
    text, starts = source.text.replace("\n", " "), edges_of(source.paragraphs)[::2]
    is_plain, excerpts = source.stored.is_plain, source.excerpts
    for start, end, kind, part, reason in outside(source):
        low, high = start - 40 if start > 40 else 0, end + 40
        if excerpts:
            shown = source.around(start, end) or Span(start, end)
            low, high = max(low, shown.start), min(high, shown.end)
        what, words = _what(kind, part), text[low:high]
        why = site.line(f"{what}: {reason}") if reason else what
        words = words.strip(" ") if is_plain and "  " not in words else on_one_line(words)
        yield Leftover(words, why, _href(bisect_right(starts, start) or 1))


@cache
def _what(kind: str, part: str) -> str:
    return f"{kind}, {part.replace('_', ' ')}"


def _href(number: int) -> str:
    return f"#{urls.paragraph_anchor(number)}"


def paragraph_number(source: Source, offset: int) -> int:
    """The number of the paragraph in which a place lies, without a look at each of them."""
    return max(1, bisect_right(source.paragraphs, offset, key=_START))
