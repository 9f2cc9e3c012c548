"""Data: every file that the site offers for programs, what it holds, who reads it, and what the columns mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .. import urls
from ..downloads import CITATIONS, PACKAGE, TABLES, WHOLE, Column, Download, Table
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


class RightsView(NamedTuple):
    """A source, and under which licence it was published, as far as the record says."""

    source: Link
    license: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataContext(Context):
    """What the page shows."""

    tables: tuple[TableView, ...]
    package: FileView
    citations: tuple[FileView, ...]
    whole: tuple[FileView, ...]
    sources: Link
    authors: str
    rights: tuple[RightsView, ...]


_TYPES = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}


def pages(desk: Desk) -> Iterator[Page]:
    """The one page."""
    yield Page(urls.DATA, "pages/data_files.html", lambda: _context(desk))


def _context(desk: Desk) -> DataContext:
    site = desk.at(urls.DATA)
    return DataContext(
        frame=site.frame(
            "The briefing as data",
            "Tables for a spreadsheet or a program, citations for a reference manager, and the whole in one file.",
            section=urls.ABOUT,
            crumbs=(site.crumb("About", urls.ABOUT),),
        ),
        tables=tuple(_table(site, t) for t in TABLES),
        package=_file(site, PACKAGE),
        citations=tuple(_file(site, d) for d in CITATIONS),
        whole=tuple(_file(site, d) for d in WHOLE),
        sources=site.crumb("Sources", urls.SOURCES),
        authors=", ".join(desk.briefing.site.authors),
        rights=tuple(
            RightsView(site.crumb(site.source_label(s), urls.source(s.id)), s.record.license or "")
            for s in desk.briefing.sources
        ),
    )


def _file(site: Site, download: Download) -> FileView:
    size = site.desk.sizes.get(download.path)
    name = download.path.rpartition("/")[2]
    return FileView(
        Link(name, site.href(download.path)), in_words(size) if size is not None else "", download.holds,
        download.readers,
    )  # fmt: skip


def in_words(size: int) -> str:
    """A size to two figures, so that few edits change it: `9.3 KB`, `1.2 MB`."""
    if size < 1000:
        return "under 1 KB"
    for unit in ("KB", "MB", "GB"):
        size_in_unit = size / 1000
        if size_in_unit < 9.95:
            return f"{size_in_unit:.1f} {unit}"
        if size_in_unit < 999.5 or unit == "GB":
            return f"{size_in_unit:,.0f} {unit}"
        size //= 1000
    return ""


def _table(site: Site, table: Table) -> TableView:
    file = _file(site, Download(table.path, "text/csv", table.holds, ""))
    columns = tuple(_column(c) for c in table.columns)
    return TableView(_anchor(table.name), file, counted(len(columns), "column"), columns)


def _column(column: Column) -> ColumnView:
    kind = _TYPES[column.type] + ("" if column.required else ", may be empty")
    refers = Link(column.refers, f"#{_anchor(column.refers)}") if column.refers else Link("", "")
    return ColumnView(column.name, kind, column.meaning, column.values, refers)


def _anchor(table: str) -> str:
    return f"table-{table}"
