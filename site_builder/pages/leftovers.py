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
from ..texts.text import carried, edges_of
from ..wording import shortened
from .frame import Site
from .in_context import words_around

_START = attrgetter("start")
_CONTEXT = 40  # characters of the text shown on either side, at most


class Leftover(NamedTuple):
    """Words that are no passage, and why."""

    words: str
    why: Markup | str
    href: str


class Unread(NamedTuple):
    """A number, date or name that nobody read, with the words around it in its paragraph, and what it is."""

    before: str
    words: str
    after: str
    why: Markup | str
    href: str


def leftover(site: Site, source: Source, region: Region) -> Leftover:
    """A region that somebody set aside."""
    number = paragraph_number(source, region.start)
    is_shown = source.around(region.start, region.end)
    words = shortened(source.text[region.start : region.end], 160)
    unshown = f"words of paragraph {number}, not shown"
    return Leftover(words if is_shown else unshown, site.line(region.why), _href(number))


def unread(site: Site, source: Source, text: str) -> Iterator[Unread]:
    """Numbers, dates and names of a source's text that nobody read, each with some words around it."""
    edges = edges_of(source.paragraphs)
    starts, ends = edges[::2], edges[1::2]
    for start, end, kind, part, reason in outside(source, text):
        number = bisect_right(starts, start) or 1
        first, last = (starts[number - 1], ends[number - 1]) if starts else (start, end)
        before, after = words_around(source, text, start, end, first, last, _CONTEXT)
        what = _what(kind, part)
        why = site.line(f"{what}: {reason}") if reason else what
        yield Unread(before, carried(text[start:end]), after, why, _href(number))


@cache
def _what(kind: str, part: str) -> str:
    return f"{kind}, {part.replace('_', ' ')}"


def _href(number: int) -> str:
    return f"#{urls.paragraph_anchor(number)}"


def paragraph_number(source: Source, offset: int) -> int:
    """The number of the paragraph in which a place lies, without a look at each of them."""
    return max(1, bisect_right(source.paragraphs, offset, key=_START))
