"""Key judgements: the first sentence stands alone, the rest is all there, claims that share evidence are named."""

from __future__ import annotations

import pytest

from site_builder import urls
from site_builder.pages.home import HomeContext
from site_builder.pages.judgements import JudgementView, lead_and_rest
from tests.built_sites import ALL, built

from .contexts import context

each_site = pytest.mark.parametrize("name", ALL)


@pytest.mark.parametrize(
    ("markdown", "lead", "rest"),
    [
        ("It rose [analysis]. It fell [@a#b].", "It rose [analysis].", "It fell [@a#b]."),
        ("It rose. [@a#b] It fell.", "It rose. [@a#b]", "It fell."),
        ("It rose.", "It rose.", ""),
        ("It rose.\n\nIt fell.", "It rose.", "It fell."),
        ("Lt. A rose. B fell.\n\n- one\n- two", "Lt. A rose.", "B fell.\n\n- one\n- two"),
        ("**It rose. It fell.** So.", "**It rose. It fell.** So.", ""),
        ("It [rose. It](claims.html) fell. So.", "It [rose. It](claims.html) fell.", "So."),
        ("", "", ""),
    ],
)
def test_the_first_sentence_is_parted_from_the_rest(markdown: str, lead: str, rest: str) -> None:
    assert lead_and_rest(markdown) == (lead, rest)


def _judgements(name: str) -> tuple[JudgementView, ...]:
    return context(HomeContext, name, urls.HOME).judgements


@each_site
def test_no_citation_is_lost_by_parting_a_judgement(name: str) -> None:
    for view, judgement in zip(_judgements(name), built(name).briefing.judgements, strict=True):
        html = "".join(str(block.html) for block in (*view.lead, *view.rest))
        assert html.count('class="cite') == sum(len(s.citations) for s in judgement.prose.sentences)


def test_a_judgement_names_the_claims_that_it_cites() -> None:
    cited = {j.id: [c.href for c in j.cited] for j in _judgements("tangle")}
    assert cited["j-ropes-fail"] == ["claims/nothing-holds.html"]


@each_site
def test_other_claims_are_those_for_or_against_which_the_same_passages_speak(name: str) -> None:
    site = built(name)
    for view, judgement in zip(_judgements(name), site.briefing.judgements, strict=True):
        refs = {ref for s in judgement.prose.sentences for c in s.citations for ref in c.passages}
        cited = {c.href for c in view.cited}
        wanted = {
            urls.claim(c.id)
            for c in site.briefing.claims
            if refs & {*c.passages("supports"), *c.passages("contradicts")} and urls.claim(c.id) not in cited
        }
        assert {c.href for c in view.claims} == wanted
