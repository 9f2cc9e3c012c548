"""The home page: judgements with what they rest on, what is contested, what is not known, and every source."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder import urls
from site_builder.listing.listings import by_issue
from site_builder.pages.home import HomeContext, pages
from tests.built_sites import ALL, REAL, BuiltSite, built, copied

from .contexts import context

each_site = pytest.mark.parametrize("name", ALL)


def _home(name: str) -> HomeContext:
    return context(HomeContext, name, urls.HOME)


def test_a_judgement_says_on_how_many_passages_sources_and_origins_it_rests() -> None:
    assert [j.evidence for j in _home("harbour").judgements] == ["2\xa0passages, 1\xa0source, 2\xa0origins"]


def test_a_judgement_counts_an_unnamed_voice_once_for_each_source_as_a_claim_does() -> None:
    evidence = {j.id: j.evidence for j in _home("tangle").judgements}
    assert evidence["j-two-voices"] == "2\xa0passages, 2\xa0sources, 2\xa0origins"


def test_an_accepted_judgement_rests_on_what_supports_its_claims_and_not_on_all_that_they_weigh() -> None:
    home = _home(REAL)
    evidence = {j.id: j.evidence.replace("\xa0", " ") for j in home.judgements}
    assert evidence["j-requests-not-desertions"] == "supported by 3 of 10 passages, 1 source, 1 origin"
    assert evidence["j-scale-unknown"] == "9 passages, 1 source, 5 origins, for and against", "two voices count as one"


def test_an_accepted_judgement_whose_claim_nothing_supports_is_not_called_supported(tmp_path: Path) -> None:
    annotations = copied("harbour", tmp_path) / "annotations"
    for name, old, new in (
        ("claims", "relation: supports", "relation: qualifies"),
        ("site", "grew [analysis]", "grew [@claim:complaints-rose]"),
    ):
        path = annotations / f"{name}.yaml"
        path.write_text(path.read_text().replace(old, new))
    desk = BuiltSite("weak", tmp_path).desk()
    [home] = [page.context for page in pages(desk) if isinstance(page.context, HomeContext)]
    assert [j.evidence.replace("\xa0", " ") for j in home.judgements] == [
        "2 passages, 1 source, 2 origins, for and against"
    ]


def test_a_judgement_that_cites_nothing_says_so() -> None:
    evidence = {j.id: j.evidence for j in _home("tangle").judgements}
    assert evidence["j-no-evidence"] == "no passage cited"


@each_site
def test_likelihood_confidence_and_status_of_a_judgement_are_kept_apart(name: str) -> None:
    for view, judgement in zip(_home(name).judgements, built(name).briefing.judgements, strict=True):
        record = judgement.record
        axes = [record.likelihood, f"{record.confidence} confidence", record.status]
        assert [t.text for t in view.standing] == [axis for axis in axes if axis]


@each_site
def test_contested_are_the_claims_in_conflict_then_the_unresolved_some_of_them_folded(name: str) -> None:
    shown = [v.claim.href for group in _home(name).contested for v in (*group.shown, *group.folded)]
    claims = built(name).briefing.claims
    ordered = [c for status in ("conflict", "unresolved") for c in claims if c.record.status == status]
    assert shown == [urls.claim(c.id) for c in ordered]


def test_only_the_first_few_of_the_first_kind_that_is_contested_stand_open() -> None:
    conflict, unresolved = _home(REAL).contested
    assert len(conflict.shown) == min(6, len(conflict.shown) + len(conflict.folded))
    assert (unresolved.shown, unresolved.folded_count) == ((), unresolved.total)


@each_site
def test_the_numbers_of_citations_run_through_all_judgements_and_one_target_has_one_number(name: str) -> None:
    blocks = [block for j in _home(name).judgements for block in (*j.lead, *j.rest)]
    notes = [note for block in blocks for note in block.notes]
    by_number = {note.number: (note.kind, note.href) for note in notes}
    assert len(set(by_number.values())) == len(by_number)
    assert sorted(by_number, key=int) == [str(n) for n in range(1, len(by_number) + 1)]


@each_site
def test_every_question_shows_the_nearest_that_the_sources_say(name: str) -> None:
    views = (*_home(name).questions, *_home(name).folded_questions)
    for view, question in zip(views, built(name).briefing.questions, strict=True):
        assert view.question == question.question
        assert [q.href for q in view.nearest] == [urls.passage(ref) for ref in question.nearest]


def test_of_many_questions_the_first_stand_open_and_the_others_are_counted() -> None:
    home = _home(REAL)
    assert len(home.questions) == 8
    assert home.folded_count == f"{len(home.folded_questions)} more"
    assert _home("smallest").folded_questions == ()


@each_site
def test_every_topic_and_every_source_is_listed(name: str) -> None:
    site = built(name)
    home = _home(name)
    assert [card.chip.href for card in home.topics] == [urls.topic(t.id) for t in site.briefing.topics]
    sources = sorted(site.briefing.sources, key=by_issue)
    assert [s.link.href for s in (*home.sources, *home.folded_sources)] == [urls.source(s.id) for s in sources]


def test_of_many_sources_the_first_stand_open_and_the_others_are_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("site_builder.pages.home._SOURCES", 2)
    (page,) = pages(built(REAL).desk())
    home = page.context
    assert isinstance(home, HomeContext)
    assert (len(home.sources), len(home.folded_sources)) == (2, 3)


def test_a_briefing_without_events_has_no_picture() -> None:
    assert _home("smallest").picture is None
    assert _home("harbour").picture is not None
