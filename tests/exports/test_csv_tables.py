"""The tables: what is read back is the model, no cell runs as a formula, and the package describes them as they are."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import urls
from site_builder.downloads import TABLES, Table, downloads
from site_builder.exports.cells import guarded, listed, number, text, yes_or_no
from site_builder.exports.csv_tables import exports, lines
from site_builder.exports.datapackage import Made, package
from site_builder.exports.table_rows import OTHER_ROWS, ROWS_OF_ONE, site_of
from site_builder.records import note_text
from tests.built_sites import ALL, SMALL, built, many

each_site = pytest.mark.parametrize("name", ALL)
each_table = pytest.mark.parametrize("table", TABLES, ids=[t.name for t in TABLES])


def rows(name: str, table: str) -> list[dict[str, str]]:
    text = built(name).files[f"data/{table}.csv"].decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def unguarded(cell: str) -> str:
    """The text of a cell, guarded or not."""
    return cell[1:] if re.match(r"'+[=+\-@\t\r\n]", cell) else cell


def words(row: dict[str, str], column: str) -> str | None:
    return unguarded(row[column]) or None


@each_site
def test_the_passages_read_back_are_those_of_the_model(name: str) -> None:
    site = built(name)
    found = [
        (r["id"], r["source"], int(r["start"]), int(r["end"]), words(r, "quote"), words(r, "said_by"), words(r, "note"))
        for r in rows(name, "passages")
    ]
    assert found == [
        (p.ref, p.source, p.start, p.end, p.words, p.said_by, note_text(p.note)) for p in site.briefing.passages()
    ]
    for row in rows(name, "passages"):
        assert site.source(row["source"]).text[int(row["start"]) : int(row["end"])] == unguarded(row["quote"])


@each_site
def test_the_numbers_read_back_are_those_of_the_model(name: str) -> None:
    def number(text: str) -> Decimal | None:
        return Decimal(text) if text else None

    found = [(r["id"], number(r["value"]), number(r["low"]), number(r["high"])) for r in rows(name, "figures")]
    assert found == [(f.ref, f.value, f.low, f.high) for f in built(name).briefing.figures()]


@each_site
def test_the_claims_and_their_evidence_read_back_are_those_of_the_model(name: str) -> None:
    briefing = built(name).briefing
    claims = [(r["id"], words(r, "claim"), r["status"], int(r["origins"])) for r in rows(name, "claims")]
    assert claims == [(c.id, c.record.claim, c.record.status, len(c.origins)) for c in briefing.claims]
    found = [(r["claim"], r["passage"], r["relation"]) for r in rows(name, "evidence") if r["claim"]]
    assert found == [(c.id, e.passage, e.relation) for c in briefing.claims for e in c.record.evidence]
    told = [(r["event"], r["passage"], r["relation"]) for r in rows(name, "evidence") if r["event"]]
    assert told == [(e.id, ref, "tells of") for e in briefing.events for ref in e.record.evidence]


@each_site
def test_dates_are_the_strings_of_the_annotations(name: str) -> None:
    briefing = built(name).briefing
    issued = [(r["id"], r["issued"]) for r in rows(name, "sources")]
    assert issued == [(s.id, s.issued.value.edtf if s.issued else "") for s in briefing.sources]
    assert [r["date"] for r in rows(name, "events")] == [e.date.value.edtf for e in briefing.events]


@each_table
@pytest.mark.parametrize("name", SMALL)
def test_a_table_has_the_columns_that_are_described_and_no_more(name: str, table: Table) -> None:
    content = built(name).files[table.path]
    assert content.split(b"\r\n", 1)[0].decode() == ",".join(c.name for c in table.columns)
    assert table.columns[0].name == "id"
    briefing = built(name).briefing
    kind, of_one = ROWS_OF_ONE.get(table.name, ("", None))
    things = briefing.events if kind == "events" else briefing.sources
    of_things = (row for thing in things for row in of_one(thing, site_of(briefing))) if of_one else ()
    for row in (*of_things, *OTHER_ROWS.get(table.name, lambda _: ())(briefing)):
        assert list(row) == [c.name for c in table.columns]
        (cells,) = csv.reader([lines([row]).decode()], strict=True)
        texts = [cell for cell, column in zip(cells, table.columns, strict=True) if column.type == "string"]
        assert not any(cell.startswith(tuple("=+-@\t\r\n")) for cell in texts)


def _cast(text: str, field: dict[str, Any]) -> object:
    """A cell as Table Schema reads it; raises ValueError or KeyError when it does not fit."""
    if not text:
        assert not field.get("constraints", {}).get("required"), field["name"]
        return None
    if "enum" in field.get("constraints", {}):
        assert text in field["constraints"]["enum"], (field["name"], text)
    casts = {"string": str, "integer": int, "number": float, "boolean": {"true": True, "false": False}.__getitem__}
    return casts[field["type"]](text)  # type: ignore[operator]


@each_site
def test_the_package_describes_each_table_as_it_is_and_its_keys_hold(name: str) -> None:
    site = built(name)
    package = json.loads(site.files["data/datapackage.json"])
    tables = {r["name"]: r for r in package["resources"] if r.get("type") == "table"}
    keys = {table: [r["id"] for r in rows(name, table)] for table in tables}
    for table, resource in tables.items():
        content = site.files[f"data/{resource['path']}"]
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        schema = resource["schema"]
        assert schema["primaryKey"] == ["id"]
        assert len(set(keys[table])) == len(keys[table])
        for row in rows(name, table):
            assert list(row) == [f["name"] for f in schema["fields"]]
            for field in schema["fields"]:
                _cast(row[field["name"]], field)
        for key in schema.get("foreignKeys", ()):
            (column,), reference = key["fields"], key["reference"]
            assert reference["fields"] == ["id"]
            assert {r[column] for r in rows(name, table)} - {""} <= set(keys[reference["resource"]])
    assert {f"data/{r['path']}" for r in package["resources"]} | {"data/datapackage.json"} == {
        d.path for d in downloads()
    }
    assert set(package["name"]) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_the_tables_refer_to_one_another() -> None:
    package = json.loads(built("harbour").files["data/datapackage.json"])
    keys = {
        (r["name"], k["fields"][0], k["reference"]["resource"])
        for r in package["resources"]
        for k in r.get("schema", {}).get("foreignKeys", ())
    }
    assert keys >= {
        ("passages", "source", "sources"), ("figures", "passage", "passages"), ("figures", "measure", "measures"),
        ("evidence", "claim", "claims"), ("evidence", "event", "events"), ("evidence", "passage", "passages"),
        ("passages", "said_by", "entities"),
    }  # fmt: skip


@given(st.text(max_size=8) | st.text("'=+-@\t\r\n1a", max_size=6))
def test_no_cell_of_text_runs_as_a_formula_and_each_reads_back(value: str) -> None:
    safe = guarded(value)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert unguarded(safe) == value


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (number(Decimal("-17.5")), "-17.5"),
        (number(Decimal("1E+3")), "1000"),
        (number(None), ""),
        (number(0), "0"),
        (yes_or_no(True), "true"),
        (yes_or_no(None), "false"),
        (text(None), ""),
        (text("-5 degrees"), "'-5 degrees"),
        (listed(("a", "b")), "a; b"),
    ],
)
def test_a_cell_is_written_by_its_type(cell: str, written: str) -> None:
    assert cell == written


@given(st.text() | st.text("\",;' \r\n\t=aä", max_size=12))
def test_a_cell_is_quoted_as_the_library_quotes_it(value: str) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerow((guarded(value), "b"))
    assert lines([{"a": text(value), "b": "b"}]).decode() == written.getvalue()


def test_a_negative_latitude_stays_a_number_and_a_page_has_its_whole_address() -> None:
    (harbour,) = [r for r in rows("tangle", "entities") if r["id"] == "harbour"]
    assert (harbour["lat"], harbour["lon"]) == ("-17.5", "179.9")
    assert harbour["page"] == f"https://example.org/tangle/{urls.entity('harbour')}"
    assert rows("harbour", "entities")[0]["page"] == urls.entity("harbour-board")


def test_a_long_table_is_in_files_of_which_the_package_names_each() -> None:
    briefing = many(600)
    files = {e.path: e.content() for e in exports(briefing)}
    paths = [f"data/passages-{number}.csv" for number in range(4)]
    assert [path for path in files if path.startswith("data/passages")] == paths
    read = [row for path in paths for row in csv.DictReader(io.StringIO(files[path].decode(), newline=""))]
    assert sorted(r["id"] for r in read) == sorted(p.ref for s in briefing.sources for p in s.passages)
    made = {path: Made(len(content), "") for path, content in files.items()}
    resources = {r["name"]: r for r in json.loads(package(briefing, made))["resources"]}
    assert resources["passages"]["path"] == [path.removeprefix("data/") for path in paths]
    assert not {"bytes", "hash"} & resources["passages"].keys()
    whole = files["data/sources.csv"]
    assert (resources["sources"]["path"], resources["sources"]["bytes"]) == ("sources.csv", len(whole))
