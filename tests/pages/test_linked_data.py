"""What a page tells programs: Open Graph, and JSON-LD that no words of an author can break out of."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from site_builder import urls
from site_builder.pages.linked_data import _day, _json, _time, script_data
from site_builder.printed.dates import parse_edtf
from tests.built_sites import ALL, BuiltSite, built

each_site = pytest.mark.parametrize("name", ALL)
BASE = "https://example.org/tangle/"


def _about(site: BuiltSite, path: str) -> Any:
    (block,) = [s for s in site.pages[path].all("script") if s.attributes.get("type") == "application/ld+json"]
    return json.loads(block.text)


def _properties(site: BuiltSite, path: str) -> dict[str, str]:
    return {m.attributes["property"]: m.attributes["content"] for m in site.pages[path].all("meta", "property")}


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8))
def test_no_words_end_the_script_or_begin_a_comment_and_all_come_back(value: Any) -> None:
    written = str(script_data({"x": [value, "</script><!-- & \u2028\u2029 ]]>"]}))
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written)["x"][-1] == "</script><!-- & \u2028\u2029 ]]>"


scalars = st.text() | st.integers() | st.floats(allow_nan=False) | st.booleans() | st.text().map(Markup)
filled = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner | st.none()) | st.dictionaries(st.text(), inner.filter(lambda v: v or v == 0), min_size=1)
    ),
    max_leaves=8,
)


@given(filled.filter(lambda v: v or v == 0))
def test_what_is_not_empty_is_written_as_the_library_writes_it(value: Any) -> None:
    assert _json({"x": value}) == json.dumps({"x": value}, ensure_ascii=False, separators=(",", ":"))


def test_empty_values_are_left_out() -> None:
    assert json.loads(script_data({"a": "", "b": None, "c": [], "d": {}, "e": 0, "f": {"g": "", "h": 1}})) == {
        "e": 0, "f": {"h": 1},
    }  # fmt: skip


@each_site
def test_every_page_but_the_missing_one_describes_itself(name: str) -> None:
    site = built(name)
    for path, page in site.pages.items():
        if path == urls.NOT_FOUND:
            assert [m.attributes["content"] for m in page.all("meta", "name") if m.attributes["name"] == "robots"] == [
                "noindex"
            ]
            assert _properties(site, path) == {}
            continue
        about, properties = _about(site, path), _properties(site, path)
        assert (about["@context"], about["@type"]) == ("https://schema.org", "WebPage")
        assert properties["og:title"] == about["name"]
        assert properties["og:description"] == about["description"]
        assert properties["og:site_name"] == site.briefing.site.title
        assert properties["og:locale"] == site.briefing.site.language.replace("-", "_")
        assert properties["og:type"] == ("website" if path == urls.HOME else "article")


def test_a_site_that_knows_its_address_gives_whole_ones() -> None:
    site = built("tangle")
    path = urls.claim("one-origin")
    assert _properties(site, path)["og:url"] == _about(site, path)["url"] == BASE + path
    (canonical,) = [e for e in site.pages[path].all("link") if e.attributes["rel"] == "canonical"]
    assert canonical.attributes["href"] == BASE + path
    assert _properties(site, urls.HOME)["og:url"] == BASE
    assert [s.get("item", "") for s in _about(site, path)["breadcrumb"]["itemListElement"]] == [
        f"{BASE}index.html", f"{BASE}claims.html", f"{BASE}claims.html#no-topic", "",
    ]  # fmt: skip


def test_a_site_that_does_not_says_none_and_links_as_its_pages_do() -> None:
    site = built("harbour")
    path = urls.claim("complaints-rose")
    assert "og:url" not in _properties(site, path)
    assert "url" not in _about(site, path)
    assert [e for e in site.pages[path].all("link") if e.attributes["rel"] == "canonical"] == []
    assert _about(site, path)["isPartOf"]["url"] == "../index.html"


@each_site
def test_the_last_crumb_is_the_page_itself_and_they_are_numbered(name: str) -> None:
    site = built(name)
    for path in site.pages.keys() - {urls.HOME, urls.NOT_FOUND}:
        about = _about(site, path)
        steps = about["breadcrumb"]["itemListElement"]
        assert [s["position"] for s in steps] == list(range(1, len(steps) + 1))
        assert steps[-1]["name"] == about["name"]
        assert len(steps) >= 2


@each_site
def test_a_source_page_is_based_on_a_text_that_it_does_not_claim_to_have_written(name: str) -> None:
    site = built(name)
    for source in site.briefing.sources:
        about = _about(site, urls.source(source.id))
        assert about["isBasedOn"]["name"] == source.title
        assert "author" not in about
        assert "mainEntity" not in about
        assert about["isBasedOn"].get("url") == source.record.URL


@each_site
def test_a_claim_names_where_it_appears_and_no_verdict(name: str) -> None:
    site = built(name)
    for claim in site.briefing.claims:
        node = _about(site, urls.claim(claim.id))["mainEntity"]
        assert (node["@type"], node["text"]) == ("Claim", claim.record.claim)
        assert [a["name"] for a in node.get("appearance", ())] == [site.source(s).title for s in claim.sources]
        assert [a["name"] for a in node.get("claimInterpreter", ())] == list(site.briefing.site.authors)
    assert b"ClaimReview" not in b"".join(site.files[path] for path in site.pages)


@each_site
def test_a_topic_is_a_report_that_cites_its_sources(name: str) -> None:
    site = built(name)
    for topic in site.briefing.topics:
        node = _about(site, urls.topic(topic.id))["mainEntity"]
        assert (node["@type"], node["name"]) == ("Report", topic.title)
        cited = {r.partition("#")[0] for s in topic.brief.sentences for c in s.citations for r in c.passages}
        assert {c.rpartition("/")[2].removesuffix(".html") for c in node.get("citation", ())} == cited


@each_site
def test_the_timeline_is_a_list_of_events_and_the_data_a_dataset(name: str) -> None:
    site = built(name)
    items = _about(site, urls.TIMELINE).get("mainEntity", {}).get("itemListElement", [])
    assert [i["name"] for i in items] == [e.record.title for e in site.briefing.events]
    files = [d["contentUrl"] for d in _about(site, urls.DATA)["mainEntity"]["distribution"]]
    base = site.briefing.site.base_url or ""
    whole = {path for path in site.files if path.startswith("data/") and path.count("/") == 1}
    assert {f.removeprefix(base) for f in files} == whole, "what is in parts is named by a file of the whole"


@pytest.mark.parametrize(
    ("edtf", "day", "time"),
    [
        ("2022", "2022", {"startDate": "2022", "endDate": ""}),
        ("2022-09", "2022-09", {"startDate": "2022-09", "endDate": ""}),
        ("2022-09-21", "2022-09-21", {"startDate": "2022-09-21", "endDate": ""}),
        ("2022-09~", "", {}), ("2022-09?", "", {}), ("202X", "", {"startDate": "", "endDate": ""}),
        ("2022-21", "", {"startDate": "", "endDate": ""}),
        ("2022-09/2022-11", "", {"startDate": "2022-09", "endDate": "2022-11"}),
        ("2022-09/..", "", {}), ("[2022-09..2022-11]", "", {}),
    ],
)  # fmt: skip
def test_only_a_certain_date_is_told_and_only_as_precisely_as_it_is_given(
    edtf: str, day: str, time: dict[str, str]
) -> None:
    value = parse_edtf(edtf)
    assert _day(value) == day
    assert _time(value) == time
