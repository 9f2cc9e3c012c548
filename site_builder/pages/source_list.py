"""The list of sources: when each was issued, how reliable it is and how much of it was read; of very many, by date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from .. import urls
from ..frozen import NamedTuple, dataclass
from ..layout import Sheet
from ..model import Source
from .frame import Context, Desk, Page, Site
from .sheets import Listed, StretchLink, Way, sheet_pages, stretch_links, way
from .views import Chip, Fact, Link, counted, issued_words


class Share(NamedTuple):
    """A part of the coverage."""

    label: str
    kind: str
    start: str
    percent: str


class SourceRow(NamedTuple):
    """A source in the list."""

    title: str
    href: str
    issued: str
    grade: str
    passages: str
    shares: tuple[Share, ...]
    chips: tuple[Chip, ...]
    published: str


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
_DESCRIPTION = "The texts that this briefing rests on, and how much of each was read."


def pages(desk: Desk) -> Iterator[Page]:
    """The list."""
    if urls.SOURCES in desk.layout.lists:
        yield from sheet_pages(desk, urls.SOURCES, lambda _: LISTED, "pages/sources.html", _stretch)
    else:
        yield Page(urls.SOURCES, "pages/sources.html", lambda: _sources(desk.at(urls.SOURCES)))


def _sources(site: Site) -> SourcesContext:
    rows = tuple(row(site, s) for s in site.briefing.sources)
    return SourcesContext(frame=site.frame("Sources", _DESCRIPTION), rows=rows, way=None)


def _stretch(site: Site, sheet: Sheet) -> SourcesContext:
    frame = LISTED.frame(site, sheet, _DESCRIPTION, scripts=("stretches",))
    rows = tuple(row(site, site.index.sources[id_]) for id_ in sheet.ids)
    return SourcesContext(frame=frame, rows=rows, way=way(site, LISTED, sheet))


def totals(site: Site) -> Totals | None:
    """All sources in few words; None where there is room for each."""
    sheet = site.desk.layout.sheets.get(urls.SOURCES)
    if sheet is None:
        return None
    sources = site.briefing.sources
    grades = Counter(_grade(s) for s in sources)
    parts = Counter[str]()
    for source in sources:
        parts.update(source.coverage.parts())
    whole = sum(parts.values()) or 1
    return Totals(
        counted(len(sources), "source"),
        Link("the list of sources", site.href(urls.SOURCES)),
        stretch_links(site, LISTED, sheet.parts),
        tuple(Fact(f"reliability {grade}", counted(number, "source")) for grade, number in sorted(grades.items())),
        _shares({name: characters / whole for name, characters in parts.items()}),
    )


def _grade(source: Source) -> str:
    return source.record.reliability.grade if source.record.reliability else "not graded"


def row(site: Site, source: Source) -> SourceRow:
    """A source in a list."""
    topics = frozenset([t for p in source.passages for t in p.topics])
    return SourceRow(
        title=source.title,
        href=site.source(source).href,
        issued=issued_words(source),
        grade=_grade(source),
        passages=counted(len(source.passages), "passage"),
        shares=shares(source),
        chips=site.chips(topics),
        published="excerpts" if source.excerpts else "",
    )


def shares(source: Source) -> tuple[Share, ...]:
    """The four parts of the coverage, in per cent."""
    return _shares(source.coverage.shares())


def _shares(parts: Mapping[str, float]) -> tuple[Share, ...]:
    found, start = [], 0.0
    for name, share in parts.items():
        percent = 100 * share
        found.append(Share(name.replace("_", " "), name.replace("_", "-"), f"{start:.1f}", f"{percent:.1f}"))
        start += percent
    return tuple(found)
