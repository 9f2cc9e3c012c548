"""People, organisations, groups, units, places, laws and outlets: the list, and every mention of each in context."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .. import urls
from ..maps.atlas import Spot
from ..model import Passage, Source
from ..records import EntityRecord
from ..text import carried
from .frame import Context, Desk, Page, Site
from .places import Where, spots_of, where
from .topics import EntityGroup, entity_groups
from .views import Chip, Link, QuoteView, counted

_CONTEXT = 90  # characters of the text shown on either side of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitiesContext(Context):
    """What the list of entities shows."""

    groups: tuple[EntityGroup, ...]
    unnamed: tuple[Link, ...]
    map: Link | None


class MentionView(NamedTuple):
    """A name in its context, with the way to it."""

    before: str
    name: str
    after: str
    href: str


class MentionsOf(NamedTuple):
    """The mentions in one source."""

    source: Link
    issued: str
    mentions: tuple[MentionView, ...]
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityContext(Context):
    """What an entity's page shows."""

    kind: str
    name: str
    aliases: tuple[str, ...]
    description: str
    is_unnamed: bool
    said: tuple[QuoteView, ...]
    passed_on: tuple[QuoteView, ...]
    mentions: tuple[MentionsOf, ...]
    tagged: tuple[QuoteView, ...]
    chips: tuple[Chip, ...]
    where: Where | None


def pages(desk: Desk) -> Iterator[Page]:
    """The list, then each entity."""
    site = desk.at(urls.ENTITIES)
    briefing = desk.briefing
    named: set[str] = {e.id for e in briefing.entities if not e.unnamed}
    unnamed = tuple(Link(e.name, site.href(urls.entity(e.id))) for e in briefing.entities if e.unnamed)
    frame = site.frame("Entities", "People, organisations, places, units, laws and outlets named in the sources.")
    groups = tuple(entity_groups(site, named))
    chart = (
        Link("The places on a map", site.href(urls.MAP)) if any(e.kind == "place" for e in briefing.entities) else None
    )
    context = EntitiesContext(frame=frame, groups=groups, unnamed=unnamed, map=chart)
    yield Page(urls.ENTITIES, "pages/entities.html", context)
    spots = spots_of(briefing)
    for entity in briefing.entities:
        path = urls.entity(entity.id)
        yield Page(path, "pages/entity.html", _entity(desk.at(path), entity, spots))


def _entity(site: Site, entity: EntityRecord, spots: Sequence[Spot]) -> EntityContext:
    passages = tuple(site.briefing.passages())
    said = [p for p in passages if p.said_by == entity.id]
    passed_on = [p for p in passages if entity.id in p.via]
    mentions = tuple(m for s in site.briefing.sources if (m := _mentions(site, s, entity)))
    tagged = [p for p in passages if entity.id in p.entities and not _is_printed(site, p, entity)]
    topics = {t for p in passages if entity.id in (*p.entities, p.said_by, *p.via) for t in p.topics}
    frame = site.frame(
        entity.name,
        entity.description or f"{entity.name}: every mention in the sources.",
        urls.ENTITIES,
        (site.crumb("Entities", urls.ENTITIES),),
    )
    return EntityContext(
        frame=frame,
        kind=entity.kind,
        name=entity.name,
        aliases=tuple(a for a in entity.aliases if a != entity.name),
        description=entity.description or "",
        is_unnamed=entity.unnamed,
        said=tuple(site.quote(p.ref) for p in said),
        passed_on=tuple(site.quote(p.ref) for p in passed_on),
        mentions=mentions,
        tagged=tuple(site.quote(p.ref) for p in tagged),
        chips=site.chips(topics),
        where=where(site, entity, spots),
    )


def _is_printed(site: Site, passage: Passage, entity: EntityRecord) -> bool:
    mentions = site.index.sources[passage.source].mentions
    return any(passage.start <= m.start and m.end <= passage.end and entity.id in m.entities for m in mentions)


def _mentions(site: Site, source: Source, entity: EntityRecord) -> MentionsOf | None:
    own = [m for m in source.mentions if entity.id in m.entities]
    if not own:
        return None
    views = tuple(_mention(site, source, m.start, m.end) for m in own)
    link = Link(source.title, site.href(urls.source(source.id)))
    issued = source.issued.value.words() if source.issued else "no date known"
    return MentionsOf(link, issued, views, counted(len(own), "mention"))


def _mention(site: Site, source: Source, start: int, end: int) -> MentionView:
    number = max(1, bisect_right(source.paragraphs, start, key=lambda p: p.start))
    low, high = source.paragraphs[number - 1].start, source.paragraphs[number - 1].end
    before = source.text[max(low, start - _CONTEXT) : start]
    after = source.text[end : min(high, end + _CONTEXT)]
    if start - _CONTEXT > low:
        before = "…" + before.partition(" ")[2]
    if end + _CONTEXT < high:
        after = after.rpartition(" ")[0] + "…"
    inside = next((p for p in source.passages if p.start <= start and end <= p.end), None)
    fragment = urls.passage_anchor(inside.id) if inside else urls.paragraph_anchor(number)
    return MentionView(
        carried(before),
        carried(source.text[start:end]),
        carried(after),
        site.href(f"{urls.source(source.id)}#{fragment}"),
    )
