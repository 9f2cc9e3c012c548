"""Who calls on what: every caller of a passage, claim, event or figure, once, with its words and the way to it."""

from __future__ import annotations

import pytest

from site_builder import urls
from site_builder.backlinks import Caller, backlinks, citation_anchor
from site_builder.markup.markdown import plain
from site_builder.model import Briefing, Sentence
from tests.built_sites import ALL, REAL, built

each_site = pytest.mark.parametrize("name", ALL)


def _kinds(callers: tuple[Caller, ...]) -> list[str]:
    return [caller.kind for caller in callers]


def test_a_passage_knows_judgements_briefs_claims_events_and_questions_in_the_order_of_the_site() -> None:
    callers = backlinks(built("harbour").briefing)["passage", "harbour-notice#complaints-rise"]
    assert _kinds(callers) == ["key judgement", "topic", "claim", "event", "open question"]
    assert [c.url for c in callers] == [
        "index.html#j-noise-grew", "topics/noise.html#cite-1", "claims/complaints-rose.html",
        "timeline.html#e-board-statement", "index.html#q-how-loud",
    ]  # fmt: skip


def test_a_caller_says_how_it_calls() -> None:
    callers = backlinks(built("tangle").briefing)["passage", "fence#denial"]
    relations = {c.url: c.relation for c in callers if c.kind == "claim"}
    assert relations == {
        "claims/nothing-holds.html": "contradicts", "claims/ropes-held.html": "qualifies",
        "claims/one-origin.html": "supports",
    }  # fmt: skip
    others = {c.kind: c.relation for calls in backlinks(built(REAL).briefing).values() for c in calls}
    assert (others["topic"], others["key judgement"], others["event"]) == ("cited in", "cited in", "reports")
    assert others["open question"] == "comes nearest to"


def test_claims_events_and_figures_know_who_cites_them() -> None:
    found = backlinks(built("tangle").briefing)
    assert [c.url for c in found["claim", "ropes-held"]] == ["topics/ropes.html#cite-4"]
    assert [c.url for c in found["event", "new-ropes-come"]] == ["topics/ropes.html#cite-5"]
    assert _kinds(found["figure", "knots#left"]) == ["topic"]
    assert _kinds(found["figure", "knots#knotted"]) == ["key judgement"]


def _citing(briefing: Briefing) -> list[Sentence]:
    prose = [j.prose for j in briefing.judgements] + [t.brief for t in briefing.topics]
    return [s for p in prose for s in p.sentences if s.citations]


@each_site
def test_no_citation_is_lost_and_each_comes_with_the_words_of_its_sentence(name: str) -> None:
    briefing = built(name).briefing
    found = backlinks(briefing)
    for sentence in _citing(briefing):
        for citation in sentence.citations:
            said = {c.words or c.title for c in found[citation.kind, citation.target]}
            assert said & {sentence.markdown, plain(sentence.markdown)}


@each_site
def test_no_caller_is_listed_twice(name: str) -> None:
    for callers in backlinks(built(name).briefing).values():
        assert len(set(callers)) == len(callers)


@each_site
def test_nothing_is_called_on_that_is_not_there(name: str) -> None:
    index = built(name).briefing.index
    known = {"passage": index.passages, "claim": index.claims, "event": index.events, "figure": index.figures}
    assert [key for key in backlinks(built(name).briefing) if key[1] not in known[key[0]]] == []


@each_site
def test_the_way_to_a_citation_in_a_brief_leads_to_that_very_citation(name: str) -> None:
    site = built(name)
    for topic in site.briefing.topics:
        page = site.pages[f"topics/{topic.id}.html"]
        citations = [c for s in topic.brief.sentences for c in s.citations]
        for number, citation in enumerate(citations, 1):
            link = page.by_id(citation_anchor(number)).attributes["href"]
            assert citation.target.rpartition("#")[2] in link


@each_site
def test_a_callers_title_says_the_thing_and_its_words_do_not_repeat_it(name: str) -> None:
    site = built(name)
    claims = {urls.claim(c.id): c.record.claim for c in site.briefing.claims}
    for caller in (c for callers in backlinks(site.briefing).values() for c in callers):
        assert caller.title != plain(caller.words)
        if caller.kind == "claim":
            assert (caller.title, caller.words) == (claims[caller.url], "")
