"""The list of sources: when each was issued, how reliable it is and how much of it was read; of very many, by date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from .. import urls
from ..frozen import NamedTuple, dataclass
from ..listing.layout import Sheet
from ..listing.listings import by_issue
from ..model import Source
from ..wording import grade_words, issued_words
from .frame import Context, Desk, Page, Site
from .on_demand import made
from .sheets import Listed, StretchLink, Way, sheet_pages, stretch_links, way
from .views import Chip, Fact, Link, counted


class Share(NamedTuple):
    """A part of the coverage."""

    label: str
    kind: str
    start: str
    percent: str


class SourceRow:
    """A source in the list."""

    def __init__(self, site: Site, source: Source) -> None:
        self._site = site
        self._source = source
        self.title = source.title
        self.href = site.source(source).href

    @property
    def whence(self) -> str:
        """Who wrote it and what it appeared in, as far as that is recorded; of many authors the first."""
        first, *more = self._source.authors or ("",)
        authors = f"{first} and {counted(len(more), 'other')}" if len(more) > 1 else " and ".join((first, *more))
        return ", ".join(filter(None, (authors, self._source.record.container_title)))

    @property
    def issued(self) -> str:
        """When it was issued."""
        return issued_words(self._source)

    @property
    def grade(self) -> str:
        """How reliable it is."""
        return grade_words(self._source)

    @property
    def passages(self) -> str:
        """How many were marked in it."""
        return counted(len(self._source.passages), "passage")

    @made
    def shares(self) -> tuple[Share, ...]:
        """How much of it was read."""
        return shares(self._source)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The topics of its passages."""
        return self._site.chips([t for p in self._source.passages for t in p.topics])

    @property
    def published(self) -> str:
        """What of it is published, where that is not all."""
        return "excerpts" if self._source.excerpts else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesContext(Context):
    """What the list of sources shows, or a stretch of it."""

    rows: tuple[SourceRow, ...]
    way: Way | None


class Totals(NamedTuple):
    """Very many sources in few words: where each is listed, how many of what grade, how much of them was read."""

    words: str
    all: Link
    stretches: tuple[StretchLink, ...]
    facts: tuple[Fact, ...]
    shares: tuple[Share, ...]


LISTED = Listed("Sources", "source", urls.SOURCES)
_DESCRIPTION = "The texts that this briefing rests on, by their dates of issue, and how much of each was read."


def pages(desk: Desk) -> Iterator[Page]:
    """The list."""
    if urls.SOURCES in desk.layout.lists:
        yield from sheet_pages(desk, urls.SOURCES, lambda _: LISTED, "pages/sources.html", _stretch)
    else:
        yield Page(urls.SOURCES, "pages/sources.html", lambda: _sources(desk.at(urls.SOURCES)))


def _sources(site: Site) -> SourcesContext:
    rows = rows_of(site, site.briefing.sources)
    return SourcesContext(frame=site.frame("Sources", _DESCRIPTION), rows=rows, way=None)


def _stretch(site: Site, sheet: Sheet) -> SourcesContext:
    frame = LISTED.frame(site, sheet, _DESCRIPTION, scripts=("stretches",))
    rows = rows_of(site, (site.index.sources[id_] for id_ in sheet.ids))
    return SourcesContext(frame=frame, rows=rows, way=way(site, LISTED, sheet))


def rows_of(site: Site, sources: Iterable[Source]) -> tuple[SourceRow, ...]:
    """Sources as they are listed."""
    return tuple([SourceRow(site, source) for source in sorted(sources, key=by_issue)])


def totals(site: Site) -> Totals | None:
    """All sources in few words; None where there is room for each."""
    sheet = site.desk.layout.sheets.get(urls.SOURCES)
    if sheet is None:
        return None
    sources = site.briefing.sources
    grades = Counter(map(grade_words, sources))
    parts = {name: sum([getattr(s.coverage, name) for s in sources]) for name in _NAMES}
    whole = sum(parts.values()) or 1
    return Totals(
        counted(len(sources), "source"),
        Link("the list of sources", site.href(urls.SOURCES)),
        stretch_links(site, LISTED, sheet.parts),
        tuple(Fact(f"reliability {grade}", counted(number, "source")) for grade, number in sorted(grades.items())),
        _shares({name: characters / whole for name, characters in parts.items()}),
    )


def shares(source: Source) -> tuple[Share, ...]:
    """The four parts of the coverage, in per cent."""
    return _shares(source.coverage.shares())


def _shares(parts: Mapping[str, float]) -> tuple[Share, ...]:
    found, start = [], 0.0
    for name, share in parts.items():
        percent = 100 * share
        found.append(Share(*_NAMES[name], f"{start:.1f}", f"{percent:.1f}"))
        start += percent
    return tuple(found)


# How the parts of a text are called, and their classes.
_NAMES = {
    "annotated": ("annotated", "annotated"), "boilerplate": ("boilerplate", "boilerplate"),
    "set_aside": ("set aside", "set-aside"), "unread": ("unread", "unread"),
}  # fmt: skip
