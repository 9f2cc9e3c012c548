"""`data/*.csv`: the briefing as flat tables (RFC 4180, UTF-8).

Each table is one file, however long: that is what a spreadsheet opens and a program reads in one line, and no table
could be put together by hand again. The rows of a source depend on nothing else, and are joined as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from ..downloads import TABLES, Table
from ..model import Briefing, Source
from ..series import ids_of
from .export import Export, Pieces
from .table_rows import MADE_FROM, OTHER_ROWS, SOURCE_ROWS, OfSource, Row, Site, site_of


def exports(briefing: Briefing, name: str, version: str) -> Iterator[Export]:  # noqa: ARG001 one signature for all
    """The tables."""
    site = site_of(briefing)
    for table in TABLES:
        kinds = ("site", *MADE_FROM[table.name])
        if table.name in OTHER_ROWS:
            content = partial(_whole, table, briefing)
            yield Export(table.path, content, [(kind, "") for kind in kinds])
        else:
            of_one = SOURCE_ROWS[table.name]
            pieces = Pieces("texts", ids_of(briefing.sources), partial(_rows_of, of_one, briefing.index.sources, site))
            yield Export(table.path, partial(header, table), [(kind, "") for kind in kinds], pieces)


def header(table: Table) -> bytes:
    """The names of the columns, as a line of the table's file."""
    return f"{','.join(c.name for c in table.columns)}\r\n".encode()


def _whole(table: Table, briefing: Briefing) -> bytes:
    return header(table) + lines(OTHER_ROWS[table.name](briefing))


def _rows_of(of_one: OfSource, sources: Mapping[str, Source], site: Site, id_: str) -> bytes:
    return lines(of_one(sources[id_], site))


def lines(some: Iterable[Row]) -> bytes:
    """Some rows as lines of their table's file."""
    return b"".join([f"{','.join(row.values())}\r\n".encode() for row in some])
