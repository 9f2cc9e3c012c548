"""The list of topics, and a page for each: its brief with the cited words beside it, and all that stands under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from markupsafe import Markup

from .. import urls
from ..markdown import plain
from ..model import Figure, Passage, Topic
from .bibliography import bibliography
from .brief import Brief
from .events import EventView, event_view
from .frame import Context, Desk, Page, Site
from .views import (
    Chip,
    ClaimView,
    FigureView,
    Link,
    Pager,
    Part,
    ProseBlock,
    counted,
    issued_words,
    pager,
    shortened,
)


class TopicCard(NamedTuple):
    """A topic in a list."""

    chip: Chip
    summary: Markup
    counts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsContext(Context):
    """What the list of topics shows."""

    cards: tuple[TopicCard, ...]


class EntityGroup(NamedTuple):
    """The entities of one kind."""

    id: str
    kind: str
    entities: tuple[Link, ...]


class SharedPassage(NamedTuple):
    """A passage that two topics share, cut short, and where it stands."""

    words: str
    language: str
    href: str
    source: str


class RelatedTopic(NamedTuple):
    """Another topic, and the passages that it shares with this one."""

    chip: Chip
    shared: str
    passages: tuple[SharedPassage, ...]


class TopicSource(NamedTuple):
    """A source with passages on a topic."""

    link: Link
    issued: str
    passages: str


class TopicFigure(NamedTuple):
    """A figure among a topic's, with the passage that states it."""

    figure: FigureView
    source: Link
    issued: str
    words: Link
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicContext(Context):
    """What a topic page shows."""

    chip: Chip
    summary: Markup
    blocks: tuple[ProseBlock, ...]
    sentences: str
    claims: tuple[ClaimView, ...]
    events: tuple[EventView, ...]
    figures: tuple[TopicFigure, ...]
    entities: tuple[EntityGroup, ...]
    related: tuple[RelatedTopic, ...]
    passages: str
    sources: tuple[TopicSource, ...]
    contents: tuple[Part, ...]
    pager: Pager


def pages(desk: Desk) -> Iterator[Page]:
    """The list, then each topic."""
    yield Page(urls.TOPICS, "pages/topics.html", lambda: _topics(desk.at(urls.TOPICS)))
    for position, topic in enumerate(desk.briefing.topics):
        yield Page(urls.topic(topic.id), "pages/topic.html", partial(_topic, desk, topic.id, position))


def _topics(site: Site) -> TopicsContext:
    frame = site.frame("Topics", "The themes of this briefing, each with a brief whose sentences cite.")
    return TopicsContext(frame=frame, cards=cards(site))


def cards(site: Site) -> tuple[TopicCard, ...]:
    """Each topic with what stands under it."""
    found = []
    for topic in site.briefing.topics:
        passages = sum(topic.id in p.topics for p in site.briefing.passages())
        claims = sum(topic.id in c.record.topics for c in site.briefing.claims)
        events = sum(topic.id in e.record.topics for e in site.briefing.events)
        counts = ", ".join((counted(passages, "passage"), counted(claims, "claim"), counted(events, "event")))
        found.append(TopicCard(site.chips((topic.id,))[0], site.line(topic.record.summary), counts))
    return tuple(found)


def _topic(desk: Desk, topic_id: str, position: int) -> TopicContext:
    site, topic = Brief(desk, urls.topic(topic_id)), desk.briefing.index.topics[topic_id]
    briefing = site.briefing
    passages = [p for p in briefing.passages() if topic.id in p.topics]
    claims = tuple(site.claim(c) for c in briefing.claims if topic.id in c.record.topics)
    events = tuple(event_view(site, e) for e in briefing.events if topic.id in e.record.topics)
    figures = tuple(_figure(site, p, f) for p in passages for f in p.figures)
    entities = tuple(entity_groups(site, {e for p in passages for e in (*p.entities, *p.via, p.said_by) if e}))
    related = tuple(_related(site, other, passages) for other, _ in topic.related)
    parts = (
        ("Claims", "claims", len(claims)), ("Events", "events", len(events)), ("Figures", "figures", len(figures)),
        ("Who and where", "named", sum(len(g.entities) for g in entities)), ("Related topics", "related", len(related)),
    )  # fmt: skip
    frame = site.frame(
        topic.title,
        plain(topic.record.summary or "") or f"{topic.title}: what the sources say.",
        urls.TOPICS,
        (site.crumb("Topics", urls.TOPICS),),
    )
    return TopicContext(
        frame=frame,
        bibliography=bibliography(site, (p.ref for p in passages)),
        chip=site.chips((topic.id,))[0],
        summary=site.line(topic.record.summary),
        blocks=site.blocks(topic.brief.markdown),
        sentences=_sentences(topic),
        claims=claims,
        events=events,
        figures=figures,
        entities=entities,
        related=related,
        passages=counted(len(passages), "passage"),
        sources=tuple(_sources(site, passages)),
        contents=tuple(Part(Link(text, f"#{anchor}"), count) for text, anchor, count in parts if count),
        pager=pager(briefing.topics, position, lambda t: Link(t.title, site.href(urls.topic(t.id)))),
    )


def _figure(site: Site, passage: Passage, figure: Figure) -> TopicFigure:
    quote = site.quote(passage.ref)
    return TopicFigure(
        site.figure(figure), quote.source, quote.issued, Link(shortened(quote.words), quote.href), quote.language
    )


def _related(site: Site, other: str, passages: Sequence[Passage]) -> RelatedTopic:
    shared = tuple(
        SharedPassage(shortened(q.words, 160), q.language, q.href, f"{q.source.text}, {q.issued}")
        for q in (site.quote(p.ref) for p in passages if other in p.topics)
    )
    return RelatedTopic(site.chips((other,))[0], counted(len(shared), "passage"), shared)


def _sources(site: Site, passages: Sequence[Passage]) -> Iterator[TopicSource]:
    for source_id, count in Counter(p.source for p in passages).items():
        source = site.index.sources[source_id]
        link = Link(source.title, site.href(urls.source(source_id)))
        yield TopicSource(link, issued_words(source), counted(count, "passage"))


def _sentences(topic: Topic) -> str:
    brief = topic.brief
    parts = (
        f"{counted(brief.count('cited'), 'sentence')} cited", f"{brief.count('analysis')} marked as analysis",
        f"{brief.count('uncited')} uncited",
    )  # fmt: skip
    return ", ".join(parts)


def entity_groups(site: Site, wanted: set[str]) -> Iterator[EntityGroup]:
    """The wanted entities by kind, in the order of the kinds, names in order."""
    kinds = (
        ("person", "People"), ("organisation", "Organisations"), ("group", "Groups"), ("unit", "Units"),
        ("place", "Places"), ("law", "Laws"), ("outlet", "Outlets"),
    )  # fmt: skip
    for kind, title in kinds:
        own = sorted(
            (e for e in site.briefing.entities if e.kind == kind and e.id in wanted),
            key=lambda e: (e.name.casefold(), e.id),
        )
        if own:
            yield EntityGroup(f"kind-{kind}", title, tuple(Link(e.name, site.href(urls.entity(e.id))) for e in own))
