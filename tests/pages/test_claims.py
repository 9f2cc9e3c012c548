"""Claims: the list, and a page for each with the evidence for and against it."""

from __future__ import annotations

import pytest

from site_builder import urls
from site_builder.pages.claims import ClaimContext, ClaimsContext
from site_builder.texts.text import carried
from tests.built_sites import ALL, built

from .contexts import context

each_site = pytest.mark.parametrize("name", ALL)


def _claim(name: str, claim: str) -> ClaimContext:
    return context(ClaimContext, name, urls.claim(claim))


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


def test_the_page_of_a_claim_shows_who_calls_on_it() -> None:
    assert [c.kind for c in _claim("harbour", "complaints-rose").callers] == ["topic"]


def test_credibility_is_shown_where_it_is_given() -> None:
    assert [[t.text for t in _claim("tangle", c).standing] for c in ("nothing-holds", "ropes-held")] == [
        ["conflict", "low confidence", "credibility 3", "1\xa0source, 1\xa0origin"],
        ["unresolved", "moderate confidence", "2\xa0sources, 2\xa0origins"],
    ]


def test_a_claim_without_evidence_on_both_sides_is_one_sided() -> None:
    assert [_claim("tangle", c).is_one_sided for c in ("nothing-holds", "ropes-held", "withdrawn")] == [
        False,
        True,
        True,
    ]


@each_site
def test_a_reader_can_leaf_through_all_claims_in_the_order_of_the_matrix(name: str) -> None:
    ordered = [row.claim.href for g in context(ClaimsContext, name, urls.CLAIMS).groups for row in g.rows]
    pagers = [context(ClaimContext, name, path).pager for path in ordered]
    assert [p.following.href if p.following else "" for p in pagers] == [*(f"../{path}" for path in ordered[1:]), ""][
        : len(ordered)
    ]
    assert [p.previous.href if p.previous else "" for p in pagers] == ["", *(f"../{path}" for path in ordered[:-1])][
        : len(ordered)
    ]


@each_site
def test_evidence_stands_in_its_sentence_character_for_character_but_for_blanks(name: str) -> None:
    site = built(name)
    for claim in site.briefing.claims:
        for side in _claim(name, claim.id).sides:
            for shown in side.evidence:
                ref = shown.quote.href.removeprefix("../sources/").replace(".html#p-", "#")
                text = " ".join(carried(site.source(ref.partition("#")[0]).text).split())
                assert "".join(shown.context) in text, ref


def test_the_crumbs_of_a_claim_lead_to_its_group_in_the_matrix() -> None:
    assert [(c.text, c.href) for c in _claim("tangle", "ropes-held").frame.crumbs] == [
        ("Overview", "../index.html"), ("Claims", "../claims.html"),
        ('Ropes & "knots"', "../claims.html#topic-ropes"),
    ]  # fmt: skip


def test_the_statuses_are_counted() -> None:
    counts = {s.status.text: s.claims for s in context(ClaimsContext, "tangle", urls.CLAIMS).statuses}
    assert counts == {"conflict": 1, "unresolved": 1, "accepted": 2, "retracted": 1}
