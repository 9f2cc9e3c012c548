"""`data/datapackage.json`: the schema of the tables (Data Package 2.0), with their sizes and hashes.

It is made when the tables are, from what is known of them then.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from .. import GENERATOR
from ..downloads import CITATIONS, TABLES, WHOLE, Column, Table
from ..frozen import NamedTuple
from ..model import Briefing

_SCHEMA = "https://datapackage.org/profiles/2.0/"


class Made(NamedTuple):
    """A file that was made: its size in bytes, and its SHA-256 in hexadecimal digits."""

    size: int
    sha256: str


def package(briefing: Briefing, files: Mapping[str, Made]) -> bytes:
    """The descriptor of the tables, whose bytes it pins; other files are named without."""
    site = briefing.site
    named = re.sub(r"[^a-z0-9]+", "-", site.title.lower()).strip("-")
    described: dict[str, Any] = {
        "$schema": f"{_SCHEMA}datapackage.json",
        "name": named or "briefing",
        "title": site.title,
        "description": site.description or "",
        "homepage": site.base_url or "",
        "contributors": [{"title": author, "roles": ["author"]} for author in site.authors],
        "resources": [
            *(_table_resource(table, table.files(files)) for table in TABLES),
            *(
                {"name": _name(d.path), "path": _below(d.path), "description": d.holds, "mediatype": d.media_type}
                for d in (*CITATIONS, *WHOLE)
            ),
        ],
        "generator": GENERATOR,
    }  # fmt: skip
    return f"{json.dumps({k: v for k, v in described.items() if v}, ensure_ascii=False, indent=1)}\n".encode()


def _below(path: str) -> str:
    return path.removeprefix("data/")


def _name(path: str) -> str:
    return _below(path).replace(".", "-").lower()


def _table_resource(table: Table, files: Mapping[str, Made]) -> dict[str, Any]:
    """A table's own description; of one in parts no sizes and hashes, for which there is no place."""
    paths = [_below(path) for path in files]
    whole = files.get(table.path)
    keys = [
        {"fields": [c.name], "reference": {"resource": c.refers, "fields": ["id"]}}
        for c in table.columns if c.refers
    ]  # fmt: skip
    schema = {
        "$schema": f"{_SCHEMA}tableschema.json",
        "fields": [_field(c) for c in table.columns],
        "primaryKey": ["id"],
        "missingValues": [""],
    }
    return {
        "name": table.name,
        "path": paths[0] if whole else paths,
        "type": "table",
        "description": table.holds,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **({"bytes": whole.size, "hash": f"sha256:{whole.sha256}"} if whole else {}),
        "dialect": {"header": True, "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.name == "id":
        constraints["unique"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    field = {"name": column.name, "type": column.type, "description": column.meaning}
    return field | ({"constraints": constraints} if constraints else {})
