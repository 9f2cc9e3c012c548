"""`data/annotations.jsonld`: one W3C collection whose annotations lead to our source pages."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest

from site_builder.exports.annotations_jsonld import exports
from tests.built_sites import ALL, BuiltSite, built, many

each_site = pytest.mark.parametrize("name", ALL)


def _collection(name: str) -> Any:
    return json.loads(built(name).files["data/annotations.jsonld"])


def _pages(name: str) -> list[Any]:
    """The pages of the collection, as a client follows them."""
    site, found, iri = built(name), [], _collection(name)["first"]
    at = "data/annotations.jsonld"
    while iri:
        at = _path(site, iri, at)[0]
        found.append(json.loads(site.files[at]))
        assert _path(site, found[-1]["id"], at) == (at, "")
        assert _path(site, found[-1]["partOf"]["id"], at) == ("data/annotations.jsonld", "")
        iri = found[-1].get("next")
    return found


def _annotations(name: str) -> list[Any]:
    return [item for page in _pages(name) for item in page["items"]]


def _path(site: BuiltSite, iri: str, at: str = "data/annotations/0.jsonld") -> tuple[str, str]:
    """The file of the site and the id that an IRI leads to, which stands in the file `at`."""
    root = site.briefing.site.base_url or "https://a-site.example/"
    whole, fragment = urldefrag(urljoin(f"{root}{at}", iri))
    assert whole.startswith(root)
    return whole.removeprefix(root), fragment


@each_site
def test_the_collection_holds_every_passage_once_and_says_how_many(name: str) -> None:
    collection, passages = _collection(name), list(built(name).briefing.passages())
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    assert {page["type"] for page in _pages(name)} == {"AnnotationPage"}
    assert collection["total"] == len(_annotations(name)) == len(passages)
    at = "data/annotations.jsonld"
    assert _path(built(name), collection["id"], at) == (at, "")
    assert _path(built(name), collection["last"], at) == _path(built(name), _pages(name)[-1]["id"])


@each_site
def test_the_id_of_each_annotation_is_the_anchor_of_its_passage(name: str) -> None:
    site = built(name)
    ids = [annotation["id"] for annotation in _annotations(name)]
    assert len(set(ids)) == len(ids)
    for iri in ids:
        path, fragment = _path(site, iri)
        assert fragment.startswith("p-")
        assert site.pages[path].by_id(fragment)


@each_site
def test_both_selectors_count_in_the_text_of_the_target(name: str) -> None:
    site = built(name)
    for annotation, passage in zip(_annotations(name), site.briefing.passages(), strict=True):
        target = annotation["target"]
        assert _path(site, target["source"]) == (f"sources/{passage.source}.html", "")
        quote, position = target["selector"]
        assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        text, start, end = site.source(passage.source).text, position["start"], position["end"]
        assert text[start:end] == quote["exact"]
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
        assert bool(quote["prefix"]) == (start > 0)
        assert bool(quote["suffix"]) == (end < len(text))


def test_the_address_of_the_publisher_is_via_where_it_is_known_and_absent_elsewhere() -> None:
    via = {a["target"]["source"].rpartition("/")[2]: a["target"].get("via") for a in _annotations("tangle")}
    assert via == {
        "knots.html": "https://example.org/ropes?a=1&b=%3Cscript%3E", "fence.html": None, "letters.html": None,
    }  # fmt: skip


def test_addresses_are_absolute_where_the_site_knows_its_own_and_relative_elsewhere() -> None:
    assert _annotations("tangle")[0]["id"].startswith("https://example.org/tangle/sources/fence.html#p-")
    assert _annotations("harbour")[0]["id"].startswith("../../sources/harbour-notice.html#p-")


@each_site
def test_bodies_hold_the_note_the_topics_the_flags_and_the_claims(name: str) -> None:
    site = built(name)
    for annotation, passage in zip(_annotations(name), site.briefing.passages(), strict=True):
        by_purpose: dict[str, list[str]] = {}
        for body in annotation["body"]:
            by_purpose.setdefault(body["purpose"], []).append(body.get("value") or body["source"])
        assert by_purpose.get("commenting", []) == ([passage.note] if passage.note else [])
        assert by_purpose.get("tagging", []) == list(passage.topics)
        assert len(by_purpose.get("questioning", [])) == len(passage.flags)
        claims = [c for c in site.briefing.claims if any(e.passage == passage.ref for e in c.record.evidence)]
        assert [_path(site, s)[0] for s in by_purpose.get("linking", [])] == [f"claims/{c.id}.html" for c in claims]
        assert annotation["motivation"] == ("commenting" if passage.note else "highlighting")


def test_the_pages_of_a_large_collection_follow_one_another_and_hold_all() -> None:
    briefing = many(70)
    files = {export.path: json.loads(export.content()) for export in exports(briefing)}
    collection = files.pop("data/annotations.jsonld")
    paths = [f"data/annotations/{number}.jsonld" for number in range(4)]
    assert list(files) == paths
    assert (collection["first"], collection["last"]) == ("../data/annotations/0.jsonld", "../data/annotations/3.jsonld")
    assert [page.get("next", "")[6:] for page in files.values()] == [*paths[1:], ""]
    assert [page.get("prev", "")[6:] for page in files.values()] == ["", *paths[:-1]]
    targets = [item["target"]["source"] for page in files.values() for item in page["items"]]
    assert set(targets) == {f"../../sources/source-{number}.html" for number in range(70)}
    assert collection["total"] == len(targets) == 140
