"""Links between pages are relative and lead where they say, from wherever they stand."""

from __future__ import annotations

import posixpath
from urllib.parse import urldefrag, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import urls
from site_builder.model import CitationKind

ids = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,3}){0,2}", fullmatch=True)
paths = st.lists(ids, min_size=1, max_size=4).map(lambda parts: "/".join(parts) + ".html")
fragments = ids.map(lambda i: f"p-{i}") | st.just("")


def _target(path: str, fragment: str) -> str:
    return f"{path}#{fragment}" if fragment else path


@given(page=paths, path=paths, fragment=fragments)
def test_a_relative_link_joined_to_its_page_gives_the_target(page: str, path: str, fragment: str) -> None:
    link = urls.relative(page, _target(path, fragment))
    for base in ("https://a.example/", "https://a.example/any/sub/path/", "file:///home/a/output/"):
        assert urljoin(base + page, link) == base + _target(path, fragment)


@given(page=paths, path=paths, fragment=fragments)
def test_a_relative_link_has_no_scheme_and_never_begins_at_the_root(page: str, path: str, fragment: str) -> None:
    link = urls.relative(page, _target(path, fragment))
    assert not link.startswith("/")
    assert ":" not in link


@given(page=paths, fragment=ids)
def test_a_link_within_a_page_is_its_fragment_alone(page: str, fragment: str) -> None:
    assert urls.relative(page, f"{page}#{fragment}") == f"#{fragment}"


@given(page=paths)
def test_to_root_leads_from_a_page_to_the_root(page: str) -> None:
    assert posixpath.normpath(posixpath.join(posixpath.dirname(page), urls.to_root(page) or ".")) == "."


def test_each_kind_of_thing_has_a_place_of_its_own() -> None:
    assert urls.passage("a-source#a-passage") == "sources/a-source.html#p-a-passage"
    assert urls.note_anchor("a") == "n-a"
    assert urls.paragraph_anchor(3) == "para-3"
    assert urls.event("a") == "timeline.html#e-a"
    assert urls.topic("a") == "topics/a.html"
    assert urls.claim("a") == "claims/a.html"
    assert urls.entity("a") == "entities/a.html"
    assert urls.seed("a") == "sources/a.txt"
    assert urls.figure("a-source#a-figure").startswith("figures.html#f-")
    assert urls.measure("a").startswith("figures.html#m-")
    assert urls.judgement("a").startswith("index.html#")
    assert urls.question("a").startswith("index.html#")


@given(first=st.tuples(ids, ids), second=st.tuples(ids, ids))
def test_two_figures_never_share_a_place(first: tuple[str, str], second: tuple[str, str]) -> None:
    places = {urls.figure("#".join(first)), urls.figure("#".join(second))}
    assert len(places) == len({first, second})


@given(one=ids, other=ids)
def test_no_id_of_one_kind_is_an_id_of_another_on_the_same_page(one: str, other: str) -> None:
    on_source = (urls.passage_anchor, urls.note_anchor, lambda i: urls.paragraph_anchor(len(i)))
    anchors = {make(i) for make in on_source for i in (one, other)}
    assert len(anchors) == 2 * len({one, other}) + len({len(one), len(other)})
    assert urls.judgement(one) != urls.question(other)
    assert urls.figure(f"{one}#{other}") != urls.measure(f"{one}--{other}")


@pytest.mark.parametrize(
    ("kind", "target", "where"),
    [
        ("passage", "s#p", "sources/s.html#p-p"), ("claim", "c", "claims/c.html"), ("event", "e", "timeline.html#e-e"),
        ("figure", "s#f", urls.figure("s#f")),
    ],
)  # fmt: skip
def test_a_citation_leads_to_what_it_names(kind: CitationKind, target: str, where: str) -> None:
    assert urls.cited(kind, target) == where


@given(path=paths, fragment=fragments)
def test_the_anchor_of_a_url_is_its_fragment(path: str, fragment: str) -> None:
    assert urls.anchor(_target(path, fragment)) == urldefrag(_target(path, fragment))[1]
