"""Topic pages: the brief with the cited words beside it, and everything that stands under the topic."""

from __future__ import annotations

import re
from collections import Counter
from typing import get_args

import pytest

from site_builder import urls
from site_builder.backlinks import citation_anchor
from site_builder.pages.topics import TopicContext, TopicsContext
from site_builder.records import Theme
from site_builder.theme.rendering import shipped_templates
from tests.built_sites import ALL, BuiltSite, built
from tests.html_reading import Element

from .contexts import context

each_site = pytest.mark.parametrize("name", ALL)


def _topic(name: str, topic: str) -> TopicContext:
    return context(TopicContext, name, urls.topic(topic))


def _citations(site: BuiltSite, topic: str) -> list[tuple[str, Element]]:
    """Where each citation of a brief should lead, and the link that it became."""
    path, brief = urls.topic(topic), site.briefing.index.topics[topic].brief
    cited = [c for s in brief.sentences for c in s.citations]
    page = site.pages[path]
    return [
        (urls.relative(path, urls.cited(c.kind, c.target)), page.by_id(citation_anchor(number)))
        for number, c in enumerate(cited, 1)
    ]


@each_site
def test_every_citation_of_a_brief_leads_to_what_it_names(name: str) -> None:
    site = built(name)
    for topic in site.briefing.topics:
        assert all(link.attributes["href"] == where for where, link in _citations(site, topic.id)), topic.id


@each_site
def test_a_target_has_one_number_on_a_page_and_a_number_one_target(name: str) -> None:
    site = built(name)
    for topic in site.briefing.topics:
        pairs = {(link.text, where) for where, link in _citations(site, topic.id)}
        assert len(pairs) == len({number for number, _ in pairs}) == len({where for _, where in pairs}), topic.id


@each_site
def test_of_many_notes_beside_one_block_the_first_stand_open(name: str) -> None:
    for topic in built(name).briefing.topics:
        for block in _topic(name, topic.id).blocks:
            assert block.shown == (4 if len(block.notes) > 5 else len(block.notes))


@each_site
def test_the_words_of_each_cited_passage_stand_beside_the_brief_once(name: str) -> None:
    site = built(name)
    for topic in site.briefing.topics:
        notes = [note for block in _topic(name, topic.id).blocks for note in block.notes]
        assert Counter(note.href for note in notes) == Counter({where for where, _ in _citations(site, topic.id)})
        for note in notes:
            if note.kind == "passage":
                ref = note.href.removeprefix("../sources/").replace(".html#p-", "#")
                assert note.words == " ".join(site.briefing.index.passages[ref].words.split())


@each_site
def test_sentences_without_a_source_are_marked_and_counted(name: str) -> None:
    site = built(name)
    for topic in site.briefing.topics:
        page = site.pages[urls.topic(topic.id)]
        marks = Counter(
            e.attributes["class"] for e in page.all("span", "class") if e.attributes["class"] in ("uncited", "analysis")
        )
        assert marks["uncited"] == topic.brief.count("uncited"), topic.id
        assert marks["analysis"] >= topic.brief.count("analysis"), topic.id


def test_the_counts_of_a_brief_stand_on_its_page() -> None:
    assert [s.standing for s in built("harbour").briefing.topics[0].brief.sentences] == [
        "cited", "cited", "analysis", "uncited",
    ]  # fmt: skip
    assert _topic("harbour", "noise").sentences == "2\xa0sentences cited, 1 marked as analysis, 1 uncited"


@each_site
def test_a_topic_shows_its_own_claims_events_figures_and_sources(name: str) -> None:
    site = built(name)
    for topic in site.briefing.topics:
        shown, passages = _topic(name, topic.id), [p for p in site.briefing.passages() if topic.id in p.topics]
        claims = [c.id for c in site.briefing.claims if topic.id in c.record.topics]
        events = [e.id for e in site.briefing.events if topic.id in e.record.topics]
        assert [c.href for c in shown.claims] == [f"../{urls.claim(c)}" for c in claims]
        assert [e.href for e in shown.events] == [f"../{urls.event(e)}" for e in events]
        assert [f.figure.href for f in shown.figures] == [
            f"../{urls.figure(f.ref)}" for p in passages for f in p.figures
        ]
        assert [s.link.href for s in shown.sources] == [
            f"../{urls.source(s)}" for s in dict.fromkeys(p.source for p in passages)
        ]


@each_site
def test_a_topic_names_who_speaks_who_passed_it_on_and_who_is_named_in_its_passages(name: str) -> None:
    site = built(name)
    for topic in site.briefing.topics:
        passages = [p for p in site.briefing.passages() if topic.id in p.topics]
        wanted = {e for p in passages for e in (*p.entities, *p.via, p.said_by) if e}
        shown = [e.href for group in _topic(name, topic.id).entities for e in group.entities]
        assert sorted(shown) == sorted(f"../{urls.entity(e)}" for e in wanted)


def test_topics_are_related_by_the_passages_they_share() -> None:
    (related,) = _topic("tangle", "ropes").related
    assert (related.chip.href, related.shared) == ("../topics/scripts.html", "1\xa0passage")
    assert [p.href for p in related.passages] == ["../sources/knots.html#p-inner"]
    assert _topic("harbour", "noise").related == ()


def test_a_description_for_search_engines_holds_no_markdown() -> None:
    assert _topic("tangle", "ropes").frame.description == "What holds, what does not."


def test_a_topic_without_a_brief_has_a_page() -> None:
    assert _topic("tangle", "scripts").blocks == ()


def test_topics_stand_in_the_order_of_the_site_with_letters_of_their_own() -> None:
    cards = context(TopicsContext, "tangle", urls.TOPICS).cards
    assert [(c.chip.title, c.chip.letter, c.chip.theme) for c in cards] == [
        ("Scripts", "S", "vermilion"), ('Ropes & "knots"', "R", "blue"),
    ]  # fmt: skip


@each_site
def test_related_topics_list_the_very_passages_that_they_share(name: str) -> None:
    site = built(name)
    for topic in site.briefing.topics:
        for related in _topic(name, topic.id).related:
            other = related.chip.href.removeprefix("../topics/").removesuffix(".html")
            shared = [p.ref for p in site.briefing.passages() if {topic.id, other} <= set(p.topics)]
            assert [p.href for p in related.passages] == [f"../{urls.passage(ref)}" for ref in shared]


@each_site
def test_every_note_on_a_passage_says_its_source(name: str) -> None:
    site = built(name)
    for topic in site.briefing.topics:
        for note in (n for block in _topic(name, topic.id).blocks for n in block.notes if n.kind == "passage"):
            source = site.source(note.href.removeprefix("../sources/").partition(".html")[0])
            assert (source.record.title_short or source.title) in note.source


@each_site
def test_a_reader_can_leaf_through_all_topics(name: str) -> None:
    ordered = [urls.topic(t.id) for t in built(name).briefing.topics]
    following = [context(TopicContext, name, path).pager.following for path in ordered]
    assert [link.href if link else "" for link in following] == [*(f"../{p}" for p in ordered[1:]), ""][: len(ordered)]


@each_site
def test_what_stands_on_a_topics_page_names_its_other_topics_alone(name: str) -> None:
    for topic in built(name).briefing.topics:
        page = _topic(name, topic.id)
        by_id = {claim.id: claim for claim in built(name).briefing.claims}
        for shown in page.claims:
            claim = by_id[shown.href.removeprefix("../claims/").removesuffix(".html")]
            assert {c.id for c in shown.chips} == set(claim.record.topics) - {topic.id}
        for event in page.events:
            assert topic.id not in {c.id for c in event.chips}


@pytest.mark.parametrize("rank", ["t", "first", "second"])
def test_two_topics_of_one_colour_have_lines_of_two_kinds(rank: str) -> None:
    css = (shipped_templates() / "assets/css/10-theme.css").read_text(encoding="utf-8")
    for theme in get_args(Theme):
        one, other = (
            re.findall(rf"\.{rank}-{look}(?!-)\b[^{{}}]*{{[^}}]*?-style: (\w+)", css)
            for look in (theme, f"{theme}-again")
        )
        assert len(one) == len(other) == 1
        assert one != other, theme
