"""`data/*.csv` and `data/datapackage.json`: the briefing as flat tables (RFC 4180, UTF-8), and their schema.

A cell of text that begins with `=`, `+`, `-`, `@`, a tab or a line end has an apostrophe before it, and so has one that
begins with apostrophes and then one of these: a spreadsheet would run it as a formula. `unguarded` takes it away again.
Numbers are numbers, and stay as they are.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from .. import urls
from ..downloads import CITATIONS, SEPARATOR, TABLES, WHOLE, Column, Table
from ..model import Briefing, Figure, Passage
from ..records import note_text
from .export import Export

Row = Mapping[str, Any]
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_SCHEMA = "https://datapackage.org/profiles/2.0/"


def exports(briefing: Briefing, name: str, version: str) -> Iterator[Export]:
    """The tables, and the package that describes them."""
    made = {table.path: table_bytes(table, ROWS[table.name](briefing)) for table in TABLES}
    for path, content in made.items():
        yield Export(path, lambda content=content: content)  # type: ignore[misc]  # bound at once
    yield Export("data/datapackage.json", lambda: package(briefing, made, f"{name} {version}"))


def table_bytes(table: Table, rows: Iterable[Row]) -> bytes:
    """A table's file: the header, and a row to a thing."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(c.name for c in table.columns)
    for row in rows:
        writer.writerow(cell(row[c.name], c) for c in table.columns)
    return "".join(lines).encode()


class _Lines(list[str]):
    """What the writer of the library writes to."""

    write = list.append


def cell(value: Any, column: Column) -> str:
    """A value as it is written; nothing is empty."""
    if value is None:
        return ""
    if column.type == "boolean":
        return "true" if value else "false"
    if column.type != "string":
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    return guarded(value if isinstance(value, str) else SEPARATOR.join(value))


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


# Rows


def _page(briefing: Briefing, target: str) -> str:
    base = briefing.site.base_url
    return f"{base.rstrip('/')}/{target}" if base else target


def _sources(briefing: Briefing) -> Iterator[Row]:
    for source in briefing.sources:
        record = source.record
        yield {
            "id": source.id, "type": record.type, "title": record.title, "authors": source.authors,
            "container_title": record.container_title, "publisher": record.publisher,
            "issued": source.issued.value.edtf if source.issued else None,
            "issued_basis": source.issued.basis if source.issued else None,
            "accessed": record.accessed, "url": record.URL, "language": record.language, "license": record.license,
            "published": "excerpts" if source.excerpts else "whole",
            "reliability": record.reliability.grade if record.reliability else None,
            "file": record.text, "sha256": source.sha256, "characters": len(source.text),
            **{part: round(share, 6) for part, share in source.coverage.shares().items()},
            "page": _page(briefing, urls.source(source.id)), "note": note_text(record.note),
        }  # fmt: skip


def _passages(briefing: Briefing) -> Iterator[Row]:
    for passage in briefing.passages():
        yield {
            "id": passage.ref, "source": passage.source, "start": passage.start, "end": passage.end,
            "quote": passage.words, "match": passage.match, "topics": passage.topics, "said_by": passage.said_by,
            "via": passage.via, "origin": passage.origin, "attribution": passage.attribution,
            "speech": passage.speech, "stance": passage.stance, "entities": passage.entities,
            "flags": [f"{f.kind}: {f.why}" for f in passage.flags],
            "page": _page(briefing, urls.passage(passage.ref)), "note": note_text(passage.note),
        }  # fmt: skip


def _figures(briefing: Briefing) -> Iterator[Row]:
    for figure in briefing.figures():
        record = figure.record
        yield {
            "id": figure.ref, "source": figure.source, "passage": _passage_of(figure), "measure": record.measure,
            "value": figure.value, "low": figure.low, "high": figure.high, "approx": record.approx,
            "derived": record.derived, "inputs": figure.inputs,
            "unit": record.unit or briefing.index.measures[record.measure].unit, "scope": record.scope,
            "period": record.period, "as_of": record.as_of, "why": record.why,
            "page": _page(briefing, urls.figure(figure.ref)), "note": note_text(record.note),
        }  # fmt: skip


def _passage_of(figure: Figure) -> str:
    return f"{figure.source}#{figure.passage}"


def _measures(briefing: Briefing) -> Iterator[Row]:
    for record in briefing.measures:
        yield {
            "id": record.id, "label": record.label, "unit": record.unit, "counts": record.counts,
            "not_comparable": [f"{other}: {why}" for other, why in record.not_comparable.items()],
            "page": _page(briefing, urls.measure(record.id)),
        }  # fmt: skip


def _events(briefing: Briefing) -> Iterator[Row]:
    for event in briefing.events:
        record = event.record
        yield {
            "id": event.id, "title": record.title, "date": event.date.value.edtf, "basis": event.date.basis,
            "why": event.date.why, "reported": event.reported.edtf if event.reported else None,
            "planned": record.planned, "topics": record.topics, "page": _page(briefing, urls.event(event.id)),
            "note": note_text(record.note),
        }  # fmt: skip


def _claims(briefing: Briefing) -> Iterator[Row]:
    for claim in briefing.claims:
        record = claim.record
        yield {
            "id": claim.id, "claim": record.claim, "status": record.status, "confidence": record.confidence,
            "credibility": record.credibility, "sources": len(claim.sources), "origins": len(claim.origins),
            "topics": record.topics, "why": record.why, "page": _page(briefing, urls.claim(claim.id)),
        }  # fmt: skip


def _evidence(briefing: Briefing) -> Iterator[Row]:
    for claim in briefing.claims:
        for e in claim.record.evidence:
            yield _bearing(briefing, "claim", claim.id, e.passage, e.relation) | {"note": note_text(e.note)}
    for event in briefing.events:
        for ref in event.record.evidence:
            yield _bearing(briefing, "event", event.id, ref, "tells of")


def _bearing(briefing: Briefing, kind: str, id_: str, ref: str, relation: str) -> dict[str, Any]:
    return {
        "id": f"{kind}:{id_} {relation} {ref}", "claim": None, "event": None, kind: id_, "passage": ref,
        "relation": relation, "source": briefing.index.passages[ref].source, "note": None,
    }  # fmt: skip


def _entities(briefing: Briefing) -> Iterator[Row]:
    named: Counter[str] = Counter(entity for p in briefing.passages() for entity in _concerned(p))
    for record in briefing.entities:
        yield {
            "id": record.id, "kind": record.kind, "name": record.name, "aliases": record.aliases,
            "unnamed": record.unnamed, "description": record.description, "lat": record.lat, "lon": record.lon,
            "precision": record.precision, "coordinates_from": record.coordinates_from, "passages": named[record.id],
            "page": _page(briefing, urls.entity(record.id)),
        }  # fmt: skip


def _concerned(passage: Passage) -> set[str]:
    voices = {passage.said_by} if passage.said_by else set()
    return {*passage.entities, *passage.via, *voices}


ROWS: Mapping[str, Callable[[Briefing], Iterator[Row]]] = {
    "sources": _sources,
    "passages": _passages,
    "figures": _figures,
    "measures": _measures,
    "events": _events,
    "claims": _claims,
    "evidence": _evidence,
    "entities": _entities,
}


# Data Package 2.0


def package(briefing: Briefing, files: Mapping[str, bytes], generator: str) -> bytes:
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
        "sources": [
            {"title": s.title, **({"path": s.record.URL} if s.record.URL else {})} for s in briefing.sources
        ],
        "resources": [
            *(_table_resource(table, files[table.path]) for table in TABLES),
            *(
                {"name": _name(d.path), "path": _below(d.path), "description": d.holds, "mediatype": d.media_type}
                for d in (*CITATIONS, *WHOLE)
            ),
        ],
        "generator": generator,
    }  # fmt: skip
    return f"{json.dumps({k: v for k, v in described.items() if v}, ensure_ascii=False, indent=1)}\n".encode()


def _below(path: str) -> str:
    return path.removeprefix("data/")


def _name(path: str) -> str:
    return _below(path).replace(".", "-").lower()


def _table_resource(table: Table, content: bytes) -> dict[str, Any]:
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
        "path": _below(table.path),
        "type": "table",
        "description": table.holds,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
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
