"""The list of topics, and a page for each: its brief with the cited words beside it, and all that stands under it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from markupsafe import Markup

from .. import urls
from ..frozen import NamedTuple, dataclass
from ..listing.layout import Sheet
from ..listing.listings import KINDS
from ..markup.markdown import plain
from ..model import Source, Topic
from ..wording import issued_words, shortened
from .bibliography import bibliography
from .brief import Brief
from .events import EventView, event_views
from .frame import Context, Desk, Page, Site
from .lanes import Densities, densities
from .listed import EntityGroup, ListedContext, More, SharedPassage, SharedWith, TopicFigure, TopicSource, more
from .on_demand import later
from .sheets import Listed, sheet_pages, way
from .views import Chip, ClaimView, Link, Pager, Part, ProseBlock, counted, pager


class TopicCard(NamedTuple):
    """A topic in a list."""

    chip: Chip
    summary: Markup
    counts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsContext(Context):
    """What the list of topics shows."""

    cards: tuple[TopicCard, ...]


class RelatedTopic(NamedTuple):
    """Another topic, and the passages that it shares with this one, or where they are when they are many."""

    chip: Chip
    shared: str
    passages: tuple[SharedPassage, ...]
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicContext(Context):
    """What a topic page shows; of each list of which there is `more`, the first things."""

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
    more: Mapping[str, More | None]
    contents: tuple[Part, ...]
    pager: Pager


# The lists of a topic: what each is called, of what it is, and how much of a long one its page keeps.
_LISTS = {
    "claims": ("claims", "claim", "", 6),
    "events": ("events", "event", "", 6),
    "figures": ("figures", "figure", "", 12),
    "named": ("who and where", "name", "", 60),
    "related": ("passages with other topics", "passage", "", 0),
    "sources": ("sources on it", "source", "", 20),
}


def pages(desk: Desk) -> Iterator[Page]:
    """The list, then each topic, and the lists that have left its page."""
    yield Page(urls.TOPICS, "pages/topics.html", lambda: _topics(desk.at(urls.TOPICS)))
    for position, topic in enumerate(desk.briefing.topics):
        path = urls.topic(topic.id)
        yield Page(path, "pages/topic.html", partial(_topic, desk, topic.id, position))
        for name in _LISTS:
            if urls.listed(path, name) in desk.layout.lists:
                listed, make = partial(_listed, topic.id, name), partial(_sheet, topic.id, name)
                yield from sheet_pages(desk, urls.listed(path, name), listed, "pages/listed.html", make)


def _listed(topic_id: str, name: str, site: Site) -> Listed:
    """A list of a topic as its sheets show it."""
    title = site.chip(topic_id).title
    words, noun, plural, _ = _LISTS[name]
    above = (("Topics", urls.TOPICS), (title, urls.topic(topic_id)))
    drawn = partial(_drawn, topic_id) if name == "events" else None
    return Listed(f"{title}: {words}", noun, urls.TOPICS, above, plural, drawn=drawn)


def _drawn(topic_id: str, site: Site, ids: Iterable[str]) -> Densities | None:
    return densities(site, site.briefing.beginnings(ids, topic_id), "Events")


def _topics(site: Site) -> TopicsContext:
    frame = site.frame("Topics", "The themes of this briefing, each with a brief whose sentences cite.")
    return TopicsContext(frame=frame, cards=cards(site))


def cards(site: Site) -> tuple[TopicCard, ...]:
    """Each topic with what stands under it."""
    listed = site.desk.listed
    found = []
    for topic in site.briefing.topics:
        passages, claims, events = (
            len(own.get(topic.id, ())) for own in (listed.passages, listed.claims, listed.events)
        )
        counts = ", ".join((counted(passages, "passage"), counted(claims, "claim"), counted(events, "event")))
        found.append(TopicCard(site.chip(topic.id), site.line(topic.record.summary), counts))
    return tuple(found)


def _topic(desk: Desk, topic_id: str, position: int) -> TopicContext:
    path = urls.topic(topic_id)
    site, topic = Brief(desk, path), desk.briefing.index.topics[topic_id]
    listed = desk.listed
    left = {name for name in _LISTS if urls.listed(path, name) in desk.layout.sheets}
    ids = {
        "claims": listed.claims, "events": listed.events, "figures": listed.numbers, "named": listed.entities,
        "sources": listed.sources,
    }  # fmt: skip
    every = {name: own.get(topic_id, ()) for name, own in ids.items()}
    shown = {
        name: desk.layout.first(urls.listed(path, name), _LISTS[name][3]) if name in left else own
        for name, own in every.items()
    }
    parts = (
        ("Claims", "claims", len(every["claims"])), ("Events", "events", len(every["events"])),
        ("Figures", "figures", len(every["figures"])), ("Who and where", "named", len(every["named"])),
        ("Related topics", "related", len(topic.related)),
    )  # fmt: skip
    frame = site.frame(
        topic.title,
        plain(topic.record.summary or "") or f"{topic.title}: what the sources say.",
        urls.TOPICS,
        (site.crumb("Topics", urls.TOPICS),),
    )
    return TopicContext(
        frame=frame,
        bibliography=later(lambda: bibliography(site, every["sources"])),
        chip=site.chip(topic.id),
        summary=site.line(topic.record.summary),
        blocks=site.blocks(topic.brief.markdown),
        sentences=later(lambda: _sentences(topic)),
        claims=later(lambda: _claims(site, topic_id, shown["claims"])),
        events=later(lambda: _events(site, topic_id, shown["events"])),
        figures=later(lambda: _figures(site, shown["figures"])),
        entities=later(lambda: entity_groups(site, shown["named"])),
        related=later(
            lambda: tuple(_related(site, topic_id, other, count, "related" in left) for other, count in topic.related)
        ),
        passages=later(lambda: counted(len(listed.passages.get(topic_id, ())), "passage")),
        sources=later(lambda: _sources(site, topic_id, shown["sources"])),
        more=later(lambda: more(site, {n: (urls.listed(path, n), _listed(topic_id, n, site)) for n in _LISTS})),
        contents=later(lambda: tuple(Part(Link(text, f"#{anchor}"), count) for text, anchor, count in parts if count)),
        pager=pager(desk.briefing.looks, position, lambda t: Link(t.title, site.href(urls.topic(t.id)))),
    )


def _sheet(topic_id: str, name: str, site: Site, sheet: Sheet) -> ListedContext:
    """A stretch of one of its lists."""
    listed = _listed(topic_id, name, site)
    field, make = _MAKERS[name]
    own: dict[str, Any] = {field: later(partial(make, site, topic_id, sheet.ids))}
    return ListedContext(
        frame=listed.frame(site, sheet, f"{listed.heading(sheet)}.", scripts=("stretches",)),
        bibliography=later(lambda: bibliography(site, _sources_of(site, name, sheet.ids))),
        heading=listed.heading(sheet),
        count=listed.counted(sheet.size),
        way=later(lambda: way(site, listed, sheet)),
        **own,
    )


def _sources_of(site: Site, name: str, ids: Iterable[str]) -> Iterable[str]:
    """The passages, figures or sources on which the things of a list rest."""
    if name == "events":
        return (ref for id_ in ids for ref in site.index.events[id_].record.evidence)
    return (id_.rpartition(" ")[2] for id_ in ids) if name in ("figures", "related", "sources") else ()


def _claims(site: Site, topic_id: str, ids: Iterable[str]) -> tuple[ClaimView, ...]:
    return tuple(site.claim(site.index.claims[id_], topic_id) for id_ in ids)


def _events(site: Site, topic_id: str, ids: Sequence[str]) -> tuple[EventView, ...]:
    return tuple(event_views(site, site.briefing.some_events(ids), topic_id))


def _figures(site: Site, refs: Iterable[str]) -> tuple[TopicFigure, ...]:
    return tuple(_figure(site, ref) for ref in refs)


def _figure(site: Site, ref: str) -> TopicFigure:
    figure = site.index.figures[ref]
    quote = site.quote(figure.passage_ref)
    return TopicFigure(
        site.figure(figure), quote.source, quote.issued, Link(shortened(quote.words), quote.href), quote.language
    )


def _related(site: Site, topic_id: str, other: str, count: int, is_left: bool) -> RelatedTopic:
    chip, words = site.chip(other), counted(count, "passage")
    if is_left:
        whole = urls.listed(urls.topic(topic_id), "related")
        own = f"{urls.folder(whole)}{other}.html"  # a list that is cut is cut by the other topics first
        target = own if own in site.desk.layout.sheets else f"{whole}#{_with(other)}"
        return RelatedTopic(chip, words, (), site.href(target))
    refs = site.desk.listed.passages[topic_id]
    return RelatedTopic(chip, words, _shared(site, (r for r in refs if other in site.index.passages[r].topics)), "")


def _by_other(site: Site, ids: Iterable[str]) -> Iterator[SharedWith]:
    for other, own in groupby(ids, lambda id_: id_.partition(" ")[0]):
        refs = (id_.partition(" ")[2] for id_ in own)
        yield SharedWith(_with(other), site.chip(other), _shared(site, refs))


def _with(other: str) -> str:
    return f"with-{other}"


def _shared(site: Site, refs: Iterable[str]) -> tuple[SharedPassage, ...]:
    known = site.desk.by_root("shared", site.root)
    found = []
    for passage, source in site.briefing.quoted(refs):
        if source.id not in known:
            known[source.id] = site.language(source), f"{site.source(source).text}, {issued_words(source)}"
        language, where = known[source.id]
        found.append(SharedPassage(shortened(passage.words, 160), language, site.passage(passage, source), where))
    return tuple(found)


def _sources(site: Site, topic_id: str, ids: Sequence[str]) -> tuple[TopicSource, ...]:
    known = site.desk.by_root("on topics", site.root)
    found = []
    for source in site.briefing.faces(ids):
        own = known.get(source.id)
        if own is None:
            own = known[source.id] = _on_topics(site, source)
        link, issued, counts = own
        found.append(TopicSource(link, issued, counted(counts.get(topic_id, 0), "passage")))
    return tuple(found)


def _on_topics(site: Site, source: Source) -> tuple[Link, str, Mapping[str, int]]:
    """A source as topics list it, when it was issued, and how many passages it has on each of them."""
    counts: dict[str, int] = {}
    for passage in source.passages:
        for topic in {*passage.topics}:
            counts[topic] = counts.get(topic, 0) + 1
    return Link(source.title, site.source(source).href), issued_words(source), counts


# What makes the things of each list, and what the template calls them.
_MAKERS: Mapping[str, tuple[str, Callable[[Site, str, Sequence[str]], Any]]] = {
    "claims": ("claims", _claims),
    "events": ("events", _events),
    "figures": ("figures", lambda site, _, ids: _figures(site, ids)),
    "named": ("entities", lambda site, _, ids: entity_groups(site, ids)),
    "related": ("shared", lambda site, _, ids: tuple(_by_other(site, ids))),
    "sources": ("sources", _sources),
}


def _sentences(topic: Topic) -> str:
    brief = topic.brief
    parts = (
        f"{counted(brief.count('cited'), 'sentence')} cited", f"{brief.count('analysis')} marked as analysis",
        f"{brief.count('uncited')} uncited",
    )  # fmt: skip
    return ", ".join(parts)


def entity_groups(site: Site, ids: Iterable[str]) -> tuple[EntityGroup, ...]:
    """Some entities by kind, in the order of the kinds, names in order."""
    by_kind: dict[str, list[Link]] = {kind: [] for kind in KINDS}
    for entity in sorted((site.index.entities[id_] for id_ in ids), key=lambda e: (e.name.casefold(), e.id)):
        by_kind[entity.kind].append(Link(entity.name, site.href(urls.entity(entity.id))))
    return tuple(EntityGroup(f"kind-{kind}", KINDS[kind], tuple(own)) for kind, own in by_kind.items() if own)
