"""The list of topics, and a page for each: its brief with the cited words beside it, and all that stands under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from .. import urls
from ..markdown import plain
from ..model import Topic
from .events import EventView, event_view
from .frame import Brief, Context, Desk, Page, Site
from .views import Chip, ClaimView, FigureView, Link, ProseBlock, counted


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

    kind: str
    entities: tuple[Link, ...]


class RelatedTopic(NamedTuple):
    """Another topic, and how many passages it shares with this one."""

    chip: Chip
    shared: str


class TopicFigure(NamedTuple):
    """A figure among a topic's, with the passage that states it."""

    figure: FigureView
    source: Link


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
    sources: tuple[Link, ...]


def pages(desk: Desk) -> Iterator[Page]:
    """The list, then each topic."""
    site = desk.at(urls.TOPICS)
    frame = site.frame("Topics", "The themes of this briefing, each with a brief whose sentences cite.")
    yield Page(urls.TOPICS, "pages/topics.html", TopicsContext(frame=frame, cards=cards(site)))
    for topic in desk.briefing.topics:
        path = urls.topic(topic.id)
        yield Page(path, "pages/topic.html", _topic(Brief(desk, path), topic))


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


def _topic(site: Brief, topic: Topic) -> TopicContext:
    briefing = site.briefing
    passages = [p for p in briefing.passages() if topic.id in p.topics]
    sources = tuple(dict.fromkeys(p.source for p in passages))
    frame = site.frame(
        topic.title,
        plain(topic.record.summary or "") or f"{topic.title}: what the sources say.",
        urls.TOPICS,
        (site.crumb("Topics", urls.TOPICS),),
    )
    return TopicContext(
        frame=frame,
        chip=site.chips((topic.id,))[0],
        summary=site.line(topic.record.summary),
        blocks=site.blocks(topic.brief.markdown),
        sentences=_sentences(topic),
        claims=tuple(site.claim(c) for c in briefing.claims if topic.id in c.record.topics),
        events=tuple(event_view(site, e) for e in briefing.events if topic.id in e.record.topics),
        figures=tuple(TopicFigure(site.figure(f), site.quote(p.ref).source) for p in passages for f in p.figures),
        entities=tuple(entity_groups(site, {e for p in passages for e in (*p.entities, *p.via, p.said_by) if e})),
        related=tuple(
            RelatedTopic(site.chips((other,))[0], counted(shared, "passage")) for other, shared in topic.related
        ),
        passages=counted(len(passages), "passage"),
        sources=tuple(Link(site.index.sources[s].title, site.href(urls.source(s))) for s in sources),
    )


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
            yield EntityGroup(title, tuple(Link(e.name, site.href(urls.entity(e.id))) for e in own))
