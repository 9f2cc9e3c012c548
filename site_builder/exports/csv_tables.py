"""`data/*.csv`: the briefing as flat tables (RFC 4180, UTF-8).

Each table is one file, however long: that is what a spreadsheet opens and a program reads in one line, and no table
could be put together by hand again. The rows of a source depend on nothing else, and are joined as they are.

A cell of text that begins with `=`, `+`, `-`, `@`, a tab or a line end has an apostrophe before it, and so has one that
begins with apostrophes and then one of these: a spreadsheet would run it as a formula. `unguarded` takes it away again.
Numbers are numbers, and stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial
from typing import Any

from ..downloads import SEPARATOR, TABLES, Table, Type
from ..model import Briefing, Source
from .export import Export, Piece
from .table_rows import MADE_FROM, OTHER_ROWS, SOURCE_ROWS, OfSource, Row, Site, site_of

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_SUSPECT = frozenset("'=+-@\t\r\n")  # what else a text may begin with needs no guard
_QUOTE = '"'


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
            pieces = tuple(Piece(("texts", s.id), partial(_rows_of, table, of_one, s, site)) for s in briefing.sources)
            yield Export(table.path, partial(header, table), [(kind, "") for kind in kinds], pieces)


def header(table: Table) -> bytes:
    """The names of the columns, as a line of the table's file."""
    return f"{','.join(c.name for c in table.columns)}\r\n".encode()


def _whole(table: Table, briefing: Briefing) -> bytes:
    return header(table) + lines(table, OTHER_ROWS[table.name](briefing))


def _rows_of(table: Table, of_one: OfSource, source: Source, site: Site) -> bytes:
    return lines(table, of_one(source, site))


def lines(table: Table, some: Iterable[Row]) -> bytes:
    """Some rows as lines of their table's file; a cell of nothing is empty."""
    columns = [(column.name, _CELLS[column.type]) for column in table.columns]
    written = [
        ",".join([cell(value) if (value := row[name]) is not None else "" for name, cell in columns]) for row in some
    ]
    return "\r\n".join((*written, "")).encode()


def text_cell(value: str | Iterable[str]) -> str:
    """Text, or several joined, as a cell: what the csv module writes, in half the time."""
    text = value if isinstance(value, str) else SEPARATOR.join(value)
    if text[:1] in _SUSPECT:
        text = guarded(text)
    if '"' in text or "," in text or "\n" in text or "\r" in text:
        return f'"{text.replace(_QUOTE, _QUOTE * 2)}"'
    return text


def number_cell(value: float | Decimal) -> str:
    """A number as a cell, a decimal without an exponent."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def boolean_cell(value: object) -> str:
    """Yes or no."""
    return "true" if value else "false"


_CELLS: dict[Type, Callable[[Any], str]] = {
    "string": text_cell, "integer": number_cell, "number": number_cell, "boolean": boolean_cell,
}  # fmt: skip


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
