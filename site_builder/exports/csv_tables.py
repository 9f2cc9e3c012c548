"""`data/*.csv`: the briefing as flat tables (RFC 4180, UTF-8).

A table is one file, which is what a spreadsheet opens and a program reads in one line, until it is long: then it is in
files of some thousand rows, each with the header, so that an edit writes one of them. `datapackage.json` names them.
The rows of a source or an event depend on nothing else, and are joined as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from ..downloads import TABLES, Table
from ..model import Briefing
from ..parting import parted
from .export import Export, Pieces
from .table_rows import MADE_FROM, OTHER_ROWS, ROWS_OF_ONE, OfOne, Row, Site, site_of


def exports(briefing: Briefing, name: str, version: str) -> Iterator[Export]:  # noqa: ARG001 one signature for all
    """The tables."""
    site = site_of(briefing)
    for table in TABLES:
        keys = [(kind, "") for kind in ("site", *MADE_FROM[table.name])]
        if table.name not in ROWS_OF_ONE:
            yield Export(table.path, partial(_whole, table, briefing), keys)
            continue
        kind, of_one = ROWS_OF_ONE[table.name]
        found = briefing.index.events if kind == "events" else briefing.index.sources
        parts = parted(briefing.events if kind == "events" else briefing.sources, table.most)
        for number, things in enumerate(parts):
            pieces = Pieces(kind, things, partial(_rows_of, of_one, found, site))
            head = partial(header, table) if number else partial(_whole, table, briefing)
            yield Export(table.file(number, len(parts)), head, keys, pieces)


def header(table: Table) -> bytes:
    """The names of the columns, as a line of the table's file."""
    return f"{','.join(c.name for c in table.columns)}\r\n".encode()


def _whole(table: Table, briefing: Briefing) -> bytes:
    """The header, and rows that are not of one thing each."""
    return header(table) + lines(OTHER_ROWS[table.name](briefing) if table.name in OTHER_ROWS else ())


def _rows_of(of_one: OfOne, things: Mapping[str, Any], site: Site, id_: str) -> bytes:
    return lines(of_one(things[id_], site))


def lines(some: Iterable[Row]) -> bytes:
    """Some rows as lines of their table's file."""
    return b"".join([f"{','.join(row.values())}\r\n".encode() for row in some])
