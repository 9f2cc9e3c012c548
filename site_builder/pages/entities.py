"""People, organisations, groups, units, places, laws and outlets: the list, and every mention of each in context."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from .. import urls
from ..model import Passage, Source
from ..records import EntityRecord
from ..text import Span, carried
from .bibliography import bibliography
from .frame import Context, Desk, Page, Site
from .places import Where, spots_of, where
from .topics import EntityGroup, entity_groups
from .views import CallerView, Chip, Link, Pager, Part, QuoteView, counted, pager

_CONTEXT = 90  # characters of the text shown on either side of a name


class ListedEntity(NamedTuple):
    """An entity in the list, and how often it speaks and is named."""

    link: Link
    counts: str


class ListedGroup(NamedTuple):
    """The entities of one kind."""

    id: str
    kind: str
    entities: tuple[ListedEntity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitiesContext(Context):
    """What the list of entities shows; those without a name are the last group."""

    count: str
    groups: tuple[ListedGroup, ...]
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
    language: str
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
    callers: tuple[CallerView, ...]
    chips: tuple[Chip, ...]
    where: Where | None
    contents: tuple[Part, ...]
    pager: Pager


def pages(desk: Desk) -> Iterator[Page]:
    """The list, then each entity."""
    yield Page(urls.ENTITIES, "pages/entities.html", lambda: _entities(desk.at(urls.ENTITIES)))
    by_path = {urls.entity(e.id): e.id for e in desk.briefing.entities}
    for position, (_, link) in enumerate(_ordered(desk)):
        yield Page(link.href, "pages/entity.html", partial(_entity, desk, by_path[link.href], position))


def _ordered(desk: Desk) -> Sequence[tuple[EntityGroup, Link]]:
    """In the order of the list, so that a reader can leaf through one kind."""
    groups = desk.remembered("entities in order", lambda: _groups(desk.at(urls.ENTITIES)))
    return [(group, link) for group in groups for link in group.entities]


def _entities(site: Site) -> EntitiesContext:
    briefing = site.briefing
    frame = site.frame("Entities", "People, organisations, places, units, laws and outlets named in the sources.")
    groups = _groups(site)
    count = counted(len(briefing.entities), "entry", "entries")
    has_places = any(e.kind == "place" for e in briefing.entities)
    chart = Link("The places on a map", site.href(urls.MAP)) if has_places else None
    return EntitiesContext(frame=frame, count=count, groups=_listed(site, groups), map=chart)


def _seen_from(site: Site, entry: tuple[EntityGroup, Link]) -> Link:
    return Link(entry[1].text, site.href(entry[1].href))


def _groups(site: Site) -> tuple[EntityGroup, ...]:
    """All entities by kind, those without a name last; the list stands at the root, so links are paths."""
    named: set[str] = {e.id for e in site.briefing.entities if not e.unnamed}
    unnamed = tuple(Link(e.name, urls.entity(e.id)) for e in site.briefing.entities if e.unnamed)
    last = (EntityGroup("kind-unnamed", "Without a name", unnamed),) if unnamed else ()
    return (*entity_groups(site, named), *last)


def _listed(site: Site, groups: Iterable[EntityGroup]) -> tuple[ListedGroup, ...]:
    said, named, meant = Counter[str](), Counter[str](), Counter[str]()
    for passage in site.briefing.passages():
        meant.update(set(passage.entities))
        said.update({e for e in (*passage.via, passage.said_by) if e})
    for source in site.briefing.sources:
        named.update(e for m in source.mentions for e in m.entities)
    return tuple(
        ListedGroup(g.id, g.kind, tuple(ListedEntity(e, _counts(said, named, meant, e.href)) for e in g.entities))
        for g in groups
    )


def _counts(said: Mapping[str, int], named: Mapping[str, int], meant: Mapping[str, int], path: str) -> str:
    entity = path.removeprefix("entities/").removesuffix(".html")
    parts = []
    if said[entity]:
        parts.append(f"voice of {counted(said[entity], 'passage')}")
    if named[entity]:
        parts.append(counted(named[entity], "mention"))
    return ", ".join(parts) or f"meant in {counted(meant[entity], 'passage')}"


def _entity(desk: Desk, entity_id: str, position: int) -> EntityContext:
    site, entity, ordered = desk.at(urls.entity(entity_id)), desk.briefing.index.entities[entity_id], _ordered(desk)
    group, _ = ordered[position]
    passages = tuple(site.briefing.passages())
    said = [p for p in passages if p.said_by == entity.id]
    passed_on = [p for p in passages if entity.id in p.via]
    mentions = tuple(m for s in site.briefing.sources if (m := _mentions(site, s, entity)))
    mentioned = [s.id for s in site.briefing.sources if any(entity.id in m.entities for m in s.mentions)]
    tagged = [p for p in passages if entity.id in p.entities and not _is_printed(site, p, entity)]
    topics = {t for p in passages if entity.id in (*p.entities, p.said_by, *p.via) for t in p.topics}
    frame = site.frame(
        entity.name,
        entity.description or f"{entity.name}: every mention in the sources.",
        urls.ENTITIES,
        (site.crumb("Entities", urls.ENTITIES), site.crumb(group.kind, f"{urls.ENTITIES}#{group.id}")),
    )
    spoken = dict.fromkeys(p.ref for p in (*said, *passed_on))
    callers = tuple(dict.fromkeys(c for ref in spoken for c in site.callers("passage", ref)))
    count = sum(len(m.mentions) for m in mentions)
    parts = (
        ("Said by", "said", len(said)), ("Passed on", "via", len(passed_on)), ("Meant", "tagged", len(tagged)),
        ("Mentions", "mentions", count), ("What draws on its words", "callers", len(callers)),
    )  # fmt: skip
    return EntityContext(
        frame=frame,
        bibliography=bibliography(site, (*spoken, *(p.ref for p in tagged), *mentioned)),
        kind=entity.kind,
        name=entity.name,
        aliases=tuple(a for a in entity.aliases if a != entity.name),
        description=entity.description or "",
        is_unnamed=entity.unnamed,
        said=tuple(site.quote(p.ref) for p in said),
        passed_on=tuple(site.quote(p.ref) for p in passed_on),
        mentions=mentions,
        tagged=tuple(site.quote(p.ref) for p in tagged),
        callers=callers,
        chips=site.chips(topics),
        where=where(site, entity, spots_of(site.briefing)) if entity.lat is not None else None,
        contents=tuple(Part(Link(text, f"#{anchor}"), count) for text, anchor, count in parts if count),
        pager=pager(ordered, position, partial(_seen_from, site)),
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
    return MentionsOf(link, issued, site.language(source), views, counted(len(own), "mention"))


def _mention(site: Site, source: Source, start: int, end: int) -> MentionView:
    number = max(1, bisect_right(source.paragraphs, start, key=lambda p: p.start))
    low, high = source.paragraphs[number - 1].start, source.paragraphs[number - 1].end
    shown = source.around(start, end) or Span(start, end)
    low, high = max(low, shown.start), min(high, shown.end)
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
