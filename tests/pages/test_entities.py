"""Entities: what each says, what came through it, and every mention in context."""

from __future__ import annotations

import pytest

from site_builder import urls
from site_builder.pages.entities import EntitiesContext, EntityContext
from site_builder.texts.text import carried
from tests.built_sites import ALL, built

from .contexts import context, contexts

each_site = pytest.mark.parametrize("name", ALL)


def _entity(name: str, entity: str) -> EntityContext:
    return context(EntityContext, name, urls.entity(entity))


@each_site
def test_every_entity_is_listed_once_and_unnamed_voices_apart(name: str) -> None:
    site = built(name)
    listed = context(EntitiesContext, name, urls.ENTITIES)
    by_group = {group.id: [e.link.href for e in group.entities] for group in listed.groups}
    unnamed = by_group.pop("kind-unnamed", [])
    named = [href for group in by_group.values() for href in group]
    assert sorted(named) == sorted(urls.entity(e.id) for e in site.briefing.entities if not e.unnamed)
    without = sorted((e for e in site.briefing.entities if e.unnamed), key=lambda e: e.name.casefold())
    assert unnamed == [urls.entity(e.id) for e in without]


@each_site
def test_an_entity_shows_what_it_says_and_what_came_through_it(name: str) -> None:
    site = built(name)
    for entity in site.briefing.entities:
        shown = _entity(name, entity.id)
        said = [p.ref for p in site.briefing.passages() if p.said_by == entity.id]
        passed = [p.ref for p in site.briefing.passages() if entity.id in p.via]
        assert [q.href for q in shown.said] == [f"../{urls.passage(ref)}" for ref in said]
        assert [q.href for q in shown.passed_on] == [f"../{urls.passage(ref)}" for ref in passed]


@each_site
def test_every_mention_stands_in_its_source_as_it_is_shown_and_leads_to_its_place(name: str) -> None:
    site = built(name)
    for path, shown in contexts(EntityContext, name).items():
        for group in shown.mentions:
            source = site.source(group.source.href.removeprefix("../sources/").removesuffix(".html"))
            for mention in group.mentions:
                assert mention.before.strip("…") + mention.name + mention.after.strip("…") in carried(source.text)
                kind, _, where = urls.anchor(mention.href).partition("-")
                if kind == "p":
                    words = site.briefing.index.passages[f"{source.id}#{where}"].words
                else:
                    words = source.text[source.paragraphs[int(where) - 1].start : source.paragraphs[int(where) - 1].end]
                assert mention.name in words, f"{path}: {mention.href}"


@each_site
def test_no_mention_is_lost(name: str) -> None:
    site = built(name)
    for entity in site.briefing.entities:
        wanted = sum(entity.id in m.entities for s in site.briefing.sources for m in s.mentions)
        assert sum(len(group.mentions) for group in _entity(name, entity.id).mentions) == wanted


def test_a_mention_inside_a_passage_leads_to_it_and_one_outside_to_its_paragraph() -> None:
    links = [m.href for group in _entity("tangle", "master").mentions for m in group.mentions]
    assert links == ["../sources/fence.html#p-denial", "../sources/knots.html#p-crossing"]
    assert [m.href for group in _entity("harbour", "harbour-board").mentions for m in group.mentions] == [
        "../sources/harbour-notice.html#p-statement"
    ]


def test_a_passage_that_means_an_entity_without_naming_it_is_kept_apart() -> None:
    assert [q.href for q in _entity("tangle", "harbour").tagged] == ["../sources/letters.html#p-hold"]


def test_an_unnamed_voice_has_a_page_that_says_so() -> None:
    shown = _entity("tangle", "a-sailor")
    assert shown.is_unnamed
    assert shown.mentions == ()
    assert len(shown.said) == 4


def test_an_alias_that_is_the_name_itself_is_not_shown_again() -> None:
    assert _entity("tangle", "master").aliases == ("Master of Ropes",)
    assert _entity("harbour", "harbour-board").aliases == ("the Board",)


def test_the_list_says_how_often_each_speaks_and_is_named() -> None:
    listed = context(EntitiesContext, "tangle", urls.ENTITIES)
    counts = {e.link.href: e.counts for group in listed.groups for e in group.entities}
    assert counts["entities/master.html"] == "voice of 4\xa0passages, 2\xa0mentions"
    assert counts["entities/a-sailor.html"] == "voice of 4\xa0passages"
    assert counts["entities/harbour.html"] == "1\xa0mention"


@each_site
def test_a_reader_can_leaf_through_all_entities_in_the_order_of_the_list(name: str) -> None:
    listed = context(EntitiesContext, name, urls.ENTITIES)
    ordered = [e.link.href for group in listed.groups for e in group.entities]
    following = [context(EntityContext, name, path).pager.following for path in ordered]
    assert [link.href if link else "" for link in following] == [*(f"../{p}" for p in ordered[1:]), ""][: len(ordered)]


@each_site
def test_what_draws_on_an_entitys_words_is_what_calls_on_its_passages(name: str) -> None:
    site = built(name)
    calls = site.desk().backlinks
    for entity in site.briefing.entities:
        spoken = {p.ref for p in site.briefing.passages() if entity.id in (p.said_by, *p.via)}
        wanted = {f"../{c.url}" for ref in spoken for c in calls.get(("passage", ref), ())}
        assert {c.link.href for c in _entity(name, entity.id).callers} == wanted
