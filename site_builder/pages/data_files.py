"""Data: every file that the site offers for programs, what it holds, who reads it, and what the columns mean."""

from __future__ import annotations

from collections.abc import Iterator

from .. import urls
from ..downloads import CITATIONS, PACKAGE, PARTS, TABLES, WHOLE, Column, Download, Parts, Size, Table
from ..frozen import NamedTuple, dataclass
from ..model import Source
from .frame import Context, Desk, Page, Site
from .views import Link, counted


class FileView(NamedTuple):
    """A file on offer; `size` is empty where it is not known."""

    link: Link
    size: str
    holds: str
    readers: str


class ColumnView(NamedTuple):
    """A column: its type in words, and the table whose ids its cells hold."""

    name: str
    type: str
    meaning: str
    values: tuple[str, ...]
    refers: Link


class TableView(NamedTuple):
    """A table on offer."""

    id: str
    file: FileView
    width: str
    columns: tuple[ColumnView, ...]


class PartsView(NamedTuple):
    """Files of one kind on offer: the first of them, how many there are, and their size together."""

    first: Link
    files: str
    size: str
    holds: str


class RightsView(NamedTuple):
    """A licence, empty where none is recorded, and the sources under it: the first ones, and how many more."""

    license: str
    sources: tuple[Link, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataContext(Context):
    """What the page shows."""

    tables: tuple[TableView, ...]
    are_cut: bool  # some tables are in several files
    package: FileView
    citations: tuple[FileView, ...]
    whole: tuple[FileView, ...]
    parts: tuple[PartsView, ...]
    sources: Link
    authors: str
    rights: tuple[RightsView, ...]


_NAMED = 24  # sources of one licence that are named
_UNKNOWN = Size(0, "")
_TYPES = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}


def pages(desk: Desk) -> Iterator[Page]:
    """The one page."""
    yield Page(urls.DATA, "pages/data_files.html", lambda: _context(desk))


def _context(desk: Desk) -> DataContext:
    site = desk.at(urls.DATA)
    return DataContext(
        frame=site.frame(
            "The briefing as data",
            "Tables for a spreadsheet or a program, citations for a reference manager, and the whole for a program.",
            section=urls.ABOUT,
            crumbs=(site.crumb("About", urls.ABOUT),),
        ),
        tables=tuple(_table(site, t) for t in TABLES),
        are_cut=any(site.desk.sizes.get(t.path, _UNKNOWN).files > 1 for t in TABLES),
        package=_file(site, PACKAGE),
        citations=tuple(_file(site, d) for d in CITATIONS),
        whole=tuple(_file(site, d) for d in WHOLE),
        parts=tuple(view for parts in PARTS if (view := _parts(site, parts))),
        sources=site.crumb("Sources", urls.SOURCES),
        authors=", ".join(desk.briefing.site.authors),
        rights=_rights(site),
    )


def _file(site: Site, download: Download) -> FileView:
    _, size = site.desk.sizes.get(download.path, _UNKNOWN)
    name = download.path.rpartition("/")[2]
    return FileView(Link(name, site.href(download.path)), size, download.holds, download.readers)


def _parts(site: Site, parts: Parts) -> PartsView | None:
    """The view of files in parts; None where what is on the site is not known."""
    files, size = site.desk.sizes.get(parts.folder, _UNKNOWN)
    first = parts.path(0)
    if not files:
        return None
    return PartsView(Link(first.removeprefix("data/"), site.href(first)), counted(files, "file"), size, parts.holds)


def _rights(site: Site) -> tuple[RightsView, ...]:
    licences: dict[str, list[Source]] = {}
    for source in site.briefing.sources:
        licences.setdefault(source.record.license or "", []).append(source)
    return tuple(
        RightsView(
            licence, tuple(site.crumb(site.source_label(s), urls.source(s.id)) for s in sources[:_NAMED]),
            f"{len(sources) - _NAMED:,}" if len(sources) > _NAMED else "",
        )
        for licence, sources in licences.items()
    )  # fmt: skip


def _table(site: Site, table: Table) -> TableView:
    files, size = site.desk.sizes.get(table.path, _UNKNOWN)
    path = table.file(0, max(files, 1))
    told = f"{counted(files, 'file')}, {size}" if files > 1 else size
    file = FileView(Link(path.rpartition("/")[2], site.href(path)), told, table.holds, "")
    columns = tuple(_column(c) for c in table.columns)
    return TableView(_anchor(table.name), file, counted(len(columns), "column"), columns)


def _column(column: Column) -> ColumnView:
    kind = _TYPES[column.type] + ("" if column.required else ", may be empty")
    refers = Link(column.refers, f"#{_anchor(column.refers)}") if column.refers else Link("", "")
    return ColumnView(column.name, kind, column.meaning, column.values, refers)


def _anchor(table: str) -> str:
    return f"table-{table}"
