"""`data/briefing.json`: the shape that programs may count on, and values that agree with the texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from site_builder import NAME
from site_builder.exports.briefing_json import exports
from site_builder.model import Briefing
from tests.built_sites import ALL, SMALL, built, many

each_site = pytest.mark.parametrize("name", ALL)

# The promised keys of each kind of thing; more may stand beside them.
DATED = {"edtf", "basis", "why"}
KEYS = {
    "": {"generator", "site", "parts", "sources", "events", "claims", "measures", "entities", "topics"},
    "generator": {"name", "version"},
    "site": {"title", "language", "key_judgements", "open_questions"},
    "sources": {
        "id", "text", "sha256", "length", "title", "issued", "passages", "boilerplate", "set_aside", "coverage",
    },
    "sources.issued": DATED,
    "sources.passages": {
        "id", "start", "end", "quote", "match", "topics", "said_by", "via", "attribution", "speech", "stance", "origin",
        "figures", "entities", "flags", "note",
    },
    "sources.passages.figures": {"id", "measure", "value", "low", "high", "approx", "derived", "period"},
    "sources.passages.flags": {"kind", "why"},
    "sources.boilerplate": {"start", "end", "why"},
    "sources.set_aside": {"start", "end", "why"},
    "sources.coverage": {"annotated", "boilerplate", "set_aside", "unread"},
    "events": {"id", "date", "reported", "title", "topics", "planned", "evidence"},
    "events.date": {"edtf", "basis"},
    "events.reported": {"edtf"},
    "claims": {"id", "claim", "topics", "status", "confidence", "why", "one_origin", "origins", "evidence"},
    "claims.one_origin": {"voices", "why"},
    "claims.evidence": {"passage", "relation"},
    "measures": {"id", "label", "unit", "counts", "not_comparable"},
    "entities": {"id", "kind", "name", "aliases"},
    "topics": {"id", "title", "summary", "related"},
}  # fmt: skip


def _at(value: Any, path: str) -> Iterator[dict[str, Any]]:
    """Every object at a dotted path, through all lists; nothing for a null."""
    if isinstance(value, list):
        for item in value:
            yield from _at(item, path)
    elif value is not None and path:
        head, _, rest = path.partition(".")
        yield from _at(value[head], rest)
    elif value is not None:
        yield value


@pytest.mark.parametrize("path", KEYS)
@each_site
def test_every_promised_key_is_there(name: str, path: str) -> None:
    for value in _at(built(name).data, path):
        assert KEYS[path] - value.keys() == set()


def test_the_small_sites_show_every_kind_of_thing() -> None:
    for path in KEYS:
        assert any(True for name in SMALL for _ in _at(built(name).data, path)), path


def test_the_example_of_the_product_comes_out_as_it_is_promised() -> None:
    (source,) = built("harbour").data["sources"]
    passage = source["passages"][0]
    assert (source["id"], source["text"], source["length"]) == ("harbour-notice", "harbour-notice.txt", 176)
    assert source["issued"] == {"edtf": "2021-03~", "basis": "inferred", "why": "reports a statement of 4 March 2021"}
    assert [(r["start"], r["end"], r["why"]) for r in source["boilerplate"]] == [(166, 175, "teaser")]
    assert (passage["start"], passage["end"], passage["match"]) == (62, 163, "exact")
    assert (passage["said_by"], passage["via"], passage["origin"]) == ("harbour-board", ["port-radio"], "harbour-board")
    assert [f["value"] for f in passage["figures"]] == [120, 80]
    (event,) = built("harbour").data["events"]
    assert (event["date"]["edtf"], event["reported"]["edtf"]) == ("2021-03-04", "2021-03~")
    assert built("harbour").data["claims"][0]["origins"] == 1


@each_site
def test_the_generator_names_itself_and_its_version(name: str) -> None:
    generator = built(name).data["generator"]
    assert generator["name"] == NAME
    assert generator["version"][0].isdigit()


@each_site
def test_offsets_of_a_passage_cut_its_quote_out_of_the_decoded_seed(name: str) -> None:
    site = built(name)
    for source in site.data["sources"]:
        text = (site.folder / "seeds" / source["text"]).read_bytes().decode("utf-8-sig")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        assert source["length"] == len(text)
        for passage in source["passages"]:
            assert text[passage["start"] : passage["end"]] == passage["quote"] != "", passage["id"]
        for region in (*source["boilerplate"], *source["set_aside"]):
            assert 0 <= region["start"] < region["end"] <= len(text)


@each_site
def test_the_parts_of_the_coverage_sum_to_one(name: str) -> None:
    for source in built(name).data["sources"]:
        shares = source["coverage"].values()
        assert all(0 <= share <= 1 for share in shares)
        assert sum(shares) == pytest.approx(1), source["id"]


@each_site
def test_the_coverage_is_that_of_code_points_that_are_no_white_space(name: str) -> None:
    site = built(name)
    for source in site.data["sources"]:
        text = site.source(source["id"]).text
        inked = [i for i, char in enumerate(text) if not char.isspace()]
        covered = {i for p in source["passages"] for i in range(p["start"], p["end"])}
        share = sum(i in covered for i in inked) / len(inked) if inked else 0
        assert source["coverage"]["annotated"] == pytest.approx(share)


@each_site
def test_everything_that_is_named_is_there(name: str) -> None:
    data = built(name).data
    passages = {f"{s['id']}#{p['id']}" for s in data["sources"] for p in s["passages"]}
    ids = {kind: {entry["id"] for entry in data[kind]} for kind in ("topics", "entities", "measures", "sources")}
    for source in data["sources"]:
        for passage in source["passages"]:
            voices = {passage["said_by"], *passage["via"], *passage["entities"]} - {None}
            assert voices <= ids["entities"]
            assert passage["origin"] in ids["entities"] | ids["sources"]
            assert set(passage["topics"]) <= ids["topics"]
            assert {f["measure"] for f in passage["figures"]} <= ids["measures"]
    assert {ref for event in data["events"] for ref in event["evidence"]} <= passages
    assert {e["passage"] for claim in data["claims"] for e in claim["evidence"]} <= passages
    assert {topic for entry in data["topics"] for topic in entry["related"]} <= ids["topics"]


# Selectors are resolved: the quote to the source's own characters, or to offsets, so these are not repeated.
SELECTORS = {"quote", "prefix", "suffix"}


def _differences(written: Any, exported: Any, where: str) -> Iterator[str]:
    """Where what is written in YAML is not found, under its own name, in what is exported."""
    if isinstance(written, dict):
        for key, value in written.items():
            if key in SELECTORS:
                continue
            if not isinstance(exported, dict) or key not in exported:
                yield f"{where}.{key}: not there"
            else:
                yield from _differences(value, exported[key], f"{where}.{key}")
    elif exported == [] and written in ("null", ""):
        return
    elif isinstance(written, list):
        if not isinstance(exported, list) or len(written) != len(exported):
            yield f"{where}: {len(written)} entries"
        else:
            for number, (left, right) in enumerate(zip(written, exported, strict=True)):
                yield from _differences(left, right, f"{where}.{number}")
    elif not _is_same(written, exported):
        yield f"{where}: {written!r} became {exported!r}"


def _is_same(written: str, exported: Any) -> bool:
    if exported is None or isinstance(exported, bool):
        return written in (("null", "", "~") if exported is None else (str(exported).lower(),))
    if isinstance(exported, (int, float)):
        return Decimal(written) == Decimal(str(exported))
    return bool(written == exported)


def _written(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 it makes strings alone


@each_site
def test_every_field_of_a_source_stands_under_its_own_name(name: str) -> None:
    site = built(name)
    for source in site.data["sources"]:
        written = _written(site.folder / "annotations" / "sources" / f"{source['id']}.yaml")
        for passage, exported in zip(written.get("passages", []), source["passages"], strict=True):
            # Names that the build found in the words stand behind those that were written.
            passage["entities"] = [
                *passage.get("entities", ()),
                *exported["entities"][len(passage.get("entities", ())) :],
            ]
        assert list(_differences(written, source, source["id"])) == []


@pytest.mark.parametrize("kind", ["claims", "measures", "entities", "events"])
@each_site
def test_every_field_of_the_cross_source_files_stands_under_its_own_name(name: str, kind: str) -> None:
    site = built(name)
    path = site.folder / "annotations" / f"{kind}.yaml"
    written = {entry["id"]: entry for entry in _written(path)} if path.exists() else {}
    exported = {entry["id"]: entry for entry in site.data[kind]}
    assert written.keys() == exported.keys()
    for entry in written.values():
        if "reported" in entry:
            entry["reported"] = {"edtf": entry["reported"]}
    assert list(_differences(written, exported, kind)) == []


@each_site
def test_every_field_of_the_site_stands_under_its_own_name(name: str) -> None:
    site = built(name)
    assert list(_differences(_written(site.folder / "annotations" / "site.yaml"), site.data["site"], "site")) == []


def test_a_derived_figure_names_what_it_is_computed_from() -> None:
    knots = next(s for s in built("tangle").data["sources"] if s["id"] == "knots")
    figures = {f["id"]: f for p in knots["passages"] for f in p["figures"]}
    assert figures["left"]["value"] == 50
    assert figures["left"]["inputs"] == ["knots#knotted", "knots#broken"]
    assert figures["share"]["value"] == 44.4


def test_an_unnamed_voice_counts_once_for_each_source_unless_it_is_counted_as_one() -> None:
    origins = {claim["id"]: claim["origins"] for claim in built("tangle").data["claims"]}
    assert origins == {"nothing-holds": 1, "ropes-held": 2, "one-origin": 1, "counted-as-one": 1, "withdrawn": 0}


@each_site
def test_the_file_is_utf_8_that_ends_with_a_line_end_and_holds_no_infinite_number(name: str) -> None:
    for path in ("data/briefing.json", "data/sources/0.json", "data/events/0.json"):
        content = built(name).files[path].decode("utf-8")
        assert content.endswith("}\n")
        json.loads(content, parse_constant=pytest.fail)


@each_site
def test_the_whole_says_which_part_holds_which_source(name: str) -> None:
    files = built(name).files
    for source in json.loads(files["data/briefing.json"])["sources"]:
        held = {s["id"]: s for s in json.loads(files[f"data/{source['part']}"])["sources"]}
        assert held[source["id"]]["title"] == source["title"]


def test_an_edit_of_a_source_or_of_an_event_changes_one_part() -> None:
    briefing = many(40)
    before = made(briefing)
    sources = (replace(briefing.sources[0], sha256="0" * 64), *briefing.sources[1:])
    events = (*briefing.events[1:], replace(briefing.events[0], reported=None))
    assert sorted(path for path in before if path.startswith("data/sources/")) == [
        "data/sources/0.json",
        "data/sources/1.json",
    ]
    for edited, folder in (
        (replace(briefing, sources=sources), "data/sources/"),
        (replace(briefing, events=events), "data/events/"),
    ):
        changed = {path for path, content in made(edited).items() if content != before[path]}
        assert len(changed) == 1
        assert changed.pop().startswith(folder)


def made(briefing: Briefing) -> dict[str, bytes]:
    return {export.path: bytes(export.content()) for export in exports(briefing)}
