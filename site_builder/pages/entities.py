"""People, organisations, groups, units, places, laws and outlets: the list, and every mention of each in context."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from .. import urls
from ..frozen import NamedTuple, dataclass
from ..listing.layout import Sheet
from ..listing.listings import KINDS, UNNAMED, in_order, kind_of
from .bibliography import bibliography
from .frame import Context, Desk, Page, Site
from .listed import ListedContext, MentionsOf, More, more
from .mentions import mentions
from .on_demand import later
from .places import Where, spots_of, where
from .quotes import CallerView, QuoteView
from .sheets import Listed, Way, sheet_pages, way
from .views import Chip, Link, Pager, Part, counted

_KEPT = 6  # of a list that has left the page, so many stay on it


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
    """What the list of entities shows, or a stretch of it; those without a name are the last group."""

    count: str
    groups: tuple[ListedGroup, ...]
    map: Link | None
    way: Way | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityContext(Context):
    """What an entity's page shows; of each list of which there is `more`, the first things."""

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
    more: Mapping[str, More | None]
    chips: tuple[Chip, ...]
    where: Where | None
    contents: tuple[Part, ...]
    pager: Pager


LISTED = Listed("Entities", "entry", urls.ENTITIES, plural="entries")
_DESCRIPTION = "People, organisations, places, units, laws and outlets named in the sources."


def pages(desk: Desk) -> Iterator[Page]:
    """The list, then each entity in its order, so that a reader can leaf through one kind; then what left its page."""
    if urls.ENTITIES in desk.layout.lists:
        yield from sheet_pages(desk, urls.ENTITIES, lambda _: LISTED, "pages/entities.html", _stretch)
    else:
        yield Page(urls.ENTITIES, "pages/entities.html", lambda: _entities(desk.at(urls.ENTITIES)))
    for entity in in_order(desk.briefing.entities):
        path = urls.entity(entity.id)
        yield Page(path, "pages/entity.html", partial(_entity, desk, entity.id))
        for name in _LISTS:
            if urls.listed(path, name) in desk.layout.lists:
                listed, make = partial(_listed, entity.id, name), partial(_sheet, entity.id, name)
                yield from sheet_pages(desk, urls.listed(path, name), listed, "pages/listed.html", make)


def _entities(site: Site) -> EntitiesContext:
    entities = site.briefing.entities
    return EntitiesContext(
        frame=site.frame("Entities", _DESCRIPTION),
        count=LISTED.counted(len(entities)),
        groups=_groups(site, (e.id for e in in_order(entities))),
        map=_map(site),
        way=None,
    )


def _map(site: Site) -> Link | None:
    has_places = any(e.kind == "place" for e in site.briefing.entities)
    return Link("The places on a map", site.href(urls.MAP)) if has_places else None


def _stretch(site: Site, sheet: Sheet) -> EntitiesContext:
    return EntitiesContext(
        frame=LISTED.frame(site, sheet, _DESCRIPTION, scripts=("stretches",)),
        count=LISTED.counted(sheet.size),
        groups=_groups(site, sheet.ids),
        map=None,
        way=later(lambda: way(site, LISTED, sheet)),
    )


def _groups(site: Site, ids: Iterable[str]) -> tuple[ListedGroup, ...]:
    """Some entities by kind, in their order, those without a name last."""
    by_kind: dict[str, list[ListedEntity]] = {}
    for id_ in ids:
        entity = site.index.entities[id_]
        link = Link(entity.name, site.href(urls.entity(id_)))
        by_kind.setdefault(kind_of(entity), []).append(ListedEntity(link, _counts(site, id_)))
    return tuple(ListedGroup(f"kind-{kind}", KINDS.get(kind, UNNAMED), tuple(own)) for kind, own in by_kind.items())


def _counts(site: Site, entity: str) -> str:
    listed = site.desk.listed
    spoken = {*listed.said.get(entity, ()), *listed.passed_on.get(entity, ())}
    named = sum(len(m) for m in (_named(site, entity, id_) for id_ in listed.named.get(entity, ())))
    parts = []
    if spoken:
        parts.append(f"voice of {counted(len(spoken), 'passage')}")
    if named:
        parts.append(counted(named, "mention"))
    return ", ".join(parts) or f"meant in {counted(len(listed.meant.get(entity, ())), 'passage')}"


def _named(site: Site, entity: str, source: str) -> list[int]:
    return [m.start for m in site.index.sources[source].mentions if entity in m.entities]


# The page of one, and its lists: what each is called, and of what it is


_LISTS = {
    "said": ("said by it", "passage"),
    "passed-on": ("passed on by it", "passage"),
    "meant": ("meant, though not named", "passage"),
    "mentions": ("mentions", "source"),
}


def _listed(entity_id: str, name: str, site: Site) -> Listed:
    entity = site.index.entities[entity_id]
    words, noun = _LISTS[name]
    above = (("Entities", urls.ENTITIES), (entity.name, urls.entity(entity_id)))
    return Listed(f"{entity.name}: {words}", noun, urls.ENTITIES, above)


def _entity(desk: Desk, entity_id: str) -> EntityContext:
    path = urls.entity(entity_id)
    site, entity, listed = desk.at(path), desk.briefing.index.entities[entity_id], desk.listed
    left = more(site, {name: (urls.listed(path, name), _listed(entity_id, name, site)) for name in _LISTS})
    ids = {"said": listed.said, "passed-on": listed.passed_on, "meant": listed.tagged, "mentions": listed.named}
    every = {name: own.get(entity_id, ()) for name, own in ids.items()}
    shown = {
        name: desk.layout.first(urls.listed(path, name), _KEPT) if left[name] else own for name, own in every.items()
    }
    title = KINDS.get(kind_of(entity), UNNAMED)
    frame = site.frame(
        entity.name,
        entity.description or f"{entity.name}: every mention in the sources.",
        urls.ENTITIES,
        (site.crumb("Entities", urls.ENTITIES), site.crumb(title, _group(site, kind_of(entity)))),
    )
    spoken = dict.fromkeys((*shown["said"], *shown["passed-on"]))
    callers = _callers(site, spoken)
    named = sum(len(_named(site, entity_id, id_)) for id_ in every["mentions"])
    parts = (
        ("Said by", "said", len(every["said"])), ("Passed on", "via", len(every["passed-on"])),
        ("Meant", "tagged", len(every["meant"])), ("Mentions", "mentions", named),
        ("What draws on its words", "callers", len(callers)),
    )  # fmt: skip
    return EntityContext(
        frame=frame,
        bibliography=later(
            lambda: bibliography(site, (*every["said"], *every["passed-on"], *every["meant"], *every["mentions"]))
        ),
        kind=entity.kind,
        name=entity.name,
        aliases=tuple(a for a in entity.aliases if a != entity.name),
        description=entity.description or "",
        is_unnamed=entity.unnamed,
        said=later(lambda: _quotes(site, shown["said"])),
        passed_on=later(lambda: _quotes(site, shown["passed-on"])),
        mentions=later(lambda: mentions(site, entity_id, shown["mentions"])),
        tagged=later(lambda: _quotes(site, shown["meant"])),
        callers=callers,
        more=left,
        chips=later(lambda: site.chips(_topics(site, entity_id))),
        where=later(lambda: where(site, entity, spots_of(site)) if entity.lat is not None else None),
        contents=later(lambda: tuple(Part(Link(text, f"#{anchor}"), count) for text, anchor, count in parts if count)),
        pager=later(lambda: site.pager("entity", entity_id, site.entity)),
    )


def _group(site: Site, kind: str) -> str:
    """Where the list has the entities of a kind."""
    is_cut = urls.ENTITIES in site.desk.layout.lists
    return f"{urls.ENTITIES_BY_NAME}{kind}.html" if is_cut else f"{urls.ENTITIES}#kind-{kind}"


def _topics(site: Site, entity: str) -> set[str]:
    listed = site.desk.listed
    refs = (own.get(entity, ()) for own in (listed.said, listed.passed_on, listed.meant))
    return {topic for own in refs for ref in own for topic in site.index.passages[ref].topics}


def _quotes(site: Site, refs: Iterable[str]) -> tuple[QuoteView, ...]:
    return tuple(site.quote(ref) for ref in refs)


def _callers(site: Site, refs: Iterable[str]) -> tuple[CallerView, ...]:
    return tuple(dict.fromkeys(c for ref in refs for c in site.callers("passage", ref)))


def _quoted(site: Site, refs: Iterable[str]) -> dict[str, Any]:
    return {"quotes": later(lambda: _quotes(site, refs))}


def _sheet(entity_id: str, name: str, site: Site, sheet: Sheet) -> ListedContext:
    """A stretch of a list; what draws on its words stands with them."""
    listed = _listed(entity_id, name, site)
    return ListedContext(
        frame=listed.frame(site, sheet, f"{listed.heading(sheet)}.", scripts=("stretches",)),
        bibliography=later(lambda: bibliography(site, sheet.ids)),
        heading=listed.heading(sheet),
        count=listed.counted(sheet.size),
        way=later(lambda: way(site, listed, sheet)),
        **_MAKERS[name](site, entity_id, sheet.ids),
    )


_MAKERS: Mapping[str, Callable[[Site, str, Sequence[str]], dict[str, Any]]] = {
    "said": lambda site, _, refs: {**_quoted(site, refs), "callers": later(lambda: _callers(site, refs))},
    "passed-on": lambda site, _, refs: {**_quoted(site, refs), "callers": later(lambda: _callers(site, refs))},
    "meant": lambda site, _, refs: _quoted(site, refs),
    "mentions": lambda site, entity, ids: {"mentions": later(lambda: mentions(site, entity, ids))},
}
