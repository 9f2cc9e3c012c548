"""Words of a source that are no passage, as its page lists them: set aside, or unread and of weight."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter

from markupsafe import Markup

from .. import urls
from ..coverage import strays
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
    text, shown = source.text, Span(0, len(source.text))
    starts = edges_of(source.paragraphs)[::2]
    for stray in strays(source):
        part = stray.part.replace("_", " ")
        if source.excerpts:
            shown = source.around(stray.start, stray.end) or Span(stray.start, stray.end)
        words = text[max(shown.start, stray.start - 40) : min(shown.end, stray.end + 40)]
        what = f"{stray.kind}, {part}"
        why = site.line(f"{what}: {stray.why}") if stray.why else what
        yield Leftover(on_one_line(words), why, _href(max(1, bisect_right(starts, stray.start))))


def _href(number: int) -> str:
    return f"#{urls.paragraph_anchor(number)}"


def paragraph_number(source: Source, offset: int) -> int:
    """The number of the paragraph in which a place lies, without a look at each of them."""
    return max(1, bisect_right(source.paragraphs, offset, key=_START))
