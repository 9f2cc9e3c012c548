"""`data/*.csv`: the briefing as flat tables (RFC 4180, UTF-8).

A table is one file, which is what a spreadsheet opens and a program reads in one line, until it is long: then it is in
files of some thousand rows, each with the header, so that an edit writes one of them. `datapackage.json` names them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any

from ..downloads import TABLES, Table
from ..model import Briefing
from ..parting import parted
from ..tracing import Key
from .export import Again, Export, Rows, keys_of
from .table_rows import MADE_FROM, OTHER_ROWS, ROWS_OF_ONE, OfOne, Row, Site, site_of


def exports(briefing: Briefing) -> Iterator[Export]:
    """The tables."""
    site = site_of(briefing)
    for table in TABLES:
        keys = [(kind, "") for kind in ("site", *MADE_FROM[table.name])]
        if table.name not in ROWS_OF_ONE:
            yield Export(table.path, partial(_whole, table, briefing), keys)
            continue
        kind, of_one = ROWS_OF_ONE[table.name]
        parts = parted(briefing.events if kind == "events" else briefing.sources, table.most)
        for number, things in enumerate(parts):
            head = partial(header, table) if number else partial(_whole, table, briefing)
            rows, path = partial(_rows_of, of_one, site), table.file(number, len(parts))
            again = partial(_again, path, briefing, (number, len(parts)), keys, {kind: rows})
            yield Export(path, partial(_file, head, rows, things), chain(keys, keys_of(kind, things)), again=again)


def header(table: Table) -> bytes:
    """The names of the columns, as a line of the table's file."""
    return f"{','.join(c.name for c in table.columns)}\r\n".encode()


def _whole(table: Table, briefing: Briefing) -> bytes:
    """The header, and rows that are not of one thing each."""
    return header(table) + lines(OTHER_ROWS[table.name](briefing) if table.name in OTHER_ROWS else ())


def _file(head: Callable[[], bytes], rows: Callable[[Any], bytes], things: Sequence[Any]) -> bytearray:
    whole = bytearray(head())  # the largest files of all: no rows are held besides
    for thing in things:
        whole += rows(thing)
    return whole


def _rows_of(of_one: OfOne, site: Site, thing: Any) -> bytes:
    """The rows of a source or an event; they depend on nothing else."""
    return lines(of_one(thing, site))


def _again(
    path: str, briefing: Briefing, part: tuple[int, int], keys: Collection[Key], rows: Rows, again: Again
) -> bytes | None:
    """A file with those rows in the place of the old that differ; not where any of the `keys` of all rows does."""
    if not again.changed.isdisjoint(keys):
        return None
    return again.with_rows(path, briefing, part, rows, _stand_by_themselves)


def _stand_by_themselves(head: bytes, _: bytes) -> bool:
    """Whether rows behind a part of a file stand in no cell."""
    return head.count(b'"') % 2 == 0


def lines(some: Iterable[Row]) -> bytes:
    """Some rows as lines of their table's file."""
    return b"".join([f"{','.join(row.values())}\r\n".encode() for row in some])
