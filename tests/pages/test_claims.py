"""Claims: the matrix of claims and sources, and the evidence for and against each with whose word it is."""

from __future__ import annotations

import pytest

from site_builder import urls
from site_builder.pages.claims import ClaimContext, ClaimsContext
from tests.built_sites import ALL, built

from .contexts import context

each_site = pytest.mark.parametrize("name", ALL)


def _claim(name: str, claim: str) -> ClaimContext:
    return context(ClaimContext, name, urls.claim(claim))


@each_site
def test_the_matrix_has_a_row_for_each_claim_and_a_cell_for_each_source(name: str) -> None:
    site = built(name)
    matrix = context(ClaimsContext, name, urls.CLAIMS)
    assert [s.href for s in matrix.sources] == [urls.source(s.id) for s in site.briefing.sources]
    assert [row.claim.href for row in matrix.rows] == [urls.claim(c.id) for c in site.briefing.claims]
    for row, claim in zip(matrix.rows, site.briefing.claims, strict=True):
        for cell, source in zip(row.cells, site.briefing.sources, strict=True):
            own = [e for e in claim.record.evidence if e.passage.startswith(f"{source.id}#")]
            assert {part.relation for part in cell} == {e.relation for e in own}
            assert sum(part.passages for part in cell) == len(own)
            assert {part.href for part in cell} <= {urls.passage(e.passage) for e in own}


def test_a_source_that_says_nothing_on_a_claim_has_an_empty_cell() -> None:
    rows = {row.claim.href: row.cells for row in context(ClaimsContext, "tangle", urls.CLAIMS).rows}
    assert [[part.relation for part in cell] for cell in rows["claims/withdrawn.html"]] == [[], ["contradicts"], []]


@each_site
def test_the_page_of_a_claim_shows_all_its_evidence_each_on_its_side(name: str) -> None:
    site = built(name)
    for claim in site.briefing.claims:
        shown = {side.relation: [e.quote.href for e in side.evidence] for side in _claim(name, claim.id).sides}
        assert list(shown) == ["supports", "contradicts", "qualifies"]
        for relation, links in shown.items():
            own = [e.passage for e in claim.record.evidence if e.relation == relation]
            assert links == [urls.relative(urls.claim(claim.id), urls.passage(ref)) for ref in own]


@each_site
def test_heard_and_silent_are_all_sources(name: str) -> None:
    site = built(name)
    for claim in site.briefing.claims:
        heard = {e.passage.partition("#")[0] for e in claim.record.evidence}
        silent = {link.href for link in _claim(name, claim.id).silent}
        assert silent == {f"../{urls.source(s.id)}" for s in site.briefing.sources} - {
            f"../{urls.source(s)}" for s in heard
        }


@each_site
def test_as_many_origins_are_shown_as_are_counted(name: str) -> None:
    site = built(name)
    for claim, exported in zip(site.briefing.claims, site.data["claims"], strict=True):
        shown = _claim(name, claim.id)
        assert len(shown.origins) == exported["origins"]
        assert shown.rests_on_one == (exported["origins"] == 1)
        assert {s.href for o in shown.origins for s in o.sources} == {f"../{urls.source(s)}" for s in claim.sources}


def test_two_sources_that_repeat_one_voice_are_two_sources_and_one_origin() -> None:
    claim = _claim("tangle", "one-origin")
    assert claim.claim.standing == "2 sources, 1 origin"
    assert [(o.name, len(o.sources)) for o in claim.origins] == [("The master of ropes", 2)]
    assert claim.rests_on_one


def test_an_unnamed_voice_is_shown_as_unnamed_and_once_for_each_source() -> None:
    claim = _claim("tangle", "ropes-held")
    assert claim.claim.standing == "2 sources, 2 origins"
    assert [(o.is_unnamed, [s.text for s in o.sources]) for o in claim.origins] == [
        (True, ["A text that begins with a fence"]), (True, ["אותיות Letters"]),
    ]  # fmt: skip


def test_voices_counted_as_one_are_one_origin_with_all_its_sources_and_the_reason() -> None:
    claim = _claim("tangle", "counted-as-one")
    assert claim.claim.standing == "3 sources, 1 origin"
    assert [(o.name, o.is_unnamed, len(o.sources)) for o in claim.origins] == [("someone who sailed", True, 3)]
    assert claim.rests_on_one
    page = built("tangle").pages[urls.claim("counted-as-one")]
    assert "someone who sailed and The master of ropes count as one origin: the master sailed too" in page.text
    assert f"../{urls.passage('knots#crossing')}" in page.links()


def test_a_claim_that_nothing_supports_has_no_origin_and_says_so() -> None:
    claim = _claim("tangle", "withdrawn")
    assert claim.origins == ()
    assert claim.claim.standing == "no support"
    assert not claim.rests_on_one


def test_the_page_of_a_claim_shows_who_calls_on_it() -> None:
    assert [c.kind for c in _claim("harbour", "complaints-rose").callers] == ["topic"]


def test_credibility_is_shown_where_it_is_given() -> None:
    assert [_claim("tangle", c).credibility for c in ("nothing-holds", "ropes-held")] == ["3", ""]
