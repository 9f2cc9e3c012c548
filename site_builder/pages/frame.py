"""What all pages share: the desk they are written at, the frame around them, and the briefing as seen from one page."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set
from types import MappingProxyType
from typing import Any, TypeVar

from markupsafe import Markup

from .. import GENERATOR, urls
from ..backlinks import Backlinks
from ..contracts.agreeing import has_number
from ..downloads import Size
from ..frozen import NamedTuple, dataclass
from ..listing.layout import Layout
from ..listing.listings import Listings
from ..markup import markdown, sentences
from ..markup.linked_html import Reference
from ..model import Briefing, CitationKind, Claim, Event, Figure, Passage, Source
from ..omitting import Omitted
from ..records import Note, NoteRecord, Status
from ..series import ids_of
from ..texts.text import Span, on_one_line
from ..tracing import Asked, Key, Trace, TracedBriefing, traced_calls, traced_layout, traced_listings
from ..wording import event_words, figure_text, figure_when, figure_words, issued_words, short_title
from . import linked_data, terms
from .linked_data import Described, Property
from .on_demand import Postponed, made
from .quotes import CallerView, QuoteView
from .views import (
    NO_TOPIC,
    ChainLink,
    Chip,
    ClaimView,
    FigureView,
    Link,
    Pager,
    Printed,
    TermView,
    counted,
    standing,
    unit_of_words,
)

V = TypeVar("V")


class NavLink(NamedTuple):
    """An entry of the site's navigation."""

    text: str
    href: str
    is_current: bool


class Frame:
    """What stands around every page.

    `url` is the page's own address, empty where the site does not know it; `feed` that of the feed, empty where
    there is none; `foot` leads to what stands in no navigation. `words` are the words of the site that a reader meets
    on it. `is_public`: it is made for readers, who are told nothing of files.
    """

    language: str
    site_title: str
    title: str
    description: str
    root: str
    home: str
    style: str
    scripts: tuple[str, ...]
    nav: tuple[NavLink, ...]
    crumbs: tuple[Link, ...]
    words: tuple[TermView, ...]
    glossary: str
    generator: str
    url: str
    feed: str
    foot: tuple[Link, ...]
    is_public: bool

    def __init__(self, site: Site, page: Described, parts: Mapping[str, Any]) -> None:
        vars(self).update(parts)
        self._site = site
        self._page = page
        _, self.url, self.title, self.description, self.crumbs, _ = page

    @made
    def properties(self) -> tuple[Property, ...]:
        """What link previews are told of the page."""
        return linked_data.open_graph(self._site.briefing, self._page)

    @made
    def about(self) -> Markup:
        """The page described for programs."""
        site = self._site
        return linked_data.json_ld(site.briefing, self._page, lambda t: site.address(t) or site.href(t))

    def replaced(self, **parts: Any) -> Frame:
        """The same with some parts that are others."""
        made = object.__new__(Frame)
        vars(made).update({**vars(self), **parts})
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a template is given: its frame, the sources that paper lists at its end, and what its own class adds."""

    frame: Frame
    bibliography: tuple[Printed, ...] = ()

    def __getattribute__(self, name: str) -> Any:
        value = object.__getattribute__(self, name)
        if value.__class__ is Postponed:
            value = value.make()
            object.__setattr__(self, name, value)
        return value


class Page(NamedTuple):
    """A file of the site: path from the root, template, and how its context is made when it is wanted."""

    path: str
    template: str
    make: Callable[[], Context]

    @property
    def context(self) -> Context:
        """Its context, made anew."""
        return self.make()


_NAV = (
    ("Overview", urls.HOME), ("Topics", urls.TOPICS), ("Timeline", urls.TIMELINE), ("Claims", urls.CLAIMS),
    ("Figures", urls.FIGURES), ("Sources", urls.SOURCES), ("Entities", urls.ENTITIES), ("Flags", urls.FLAGS),
    ("About", urls.ABOUT), ("Search", urls.SEARCH),
)  # fmt: skip


_MOVING = (f"{urls.TIMELINE}#", f"{urls.FIGURES}#")  # lists whose things have addresses, wherever they stand now
SCRIPTS = ("search-key", "previews")  # of every page
_FEW = 4  # topics that some thing has are often those of others
_NOTHING = Markup()
_REMEMBERED = 16_384  # values that several pages show; forgotten when there are more, so that memory has a bound
_PRIVATE = Markup('<span class="tag">private</span> ')


class Desk:
    """What pages are written from: the briefing, who calls on what, what stands under what and on which page.

    What is asked of these is noted in `trace`. `sizes` are those of the files beside the pages, as they are told, by
    path, as far as they are known. `wanted` are the paths of the pages that alone are asked for, None for all.
    """

    def __init__(
        self,
        briefing: Briefing,
        calls: Backlinks,
        listed: Listings,
        layout: Layout,
        sizes: Mapping[str, Size] = MappingProxyType({}),
    ) -> None:
        self.trace = Trace()
        self.briefing = TracedBriefing(briefing, self.trace)
        self.backlinks = traced_calls(calls, self.trace)
        self.listed = traced_listings(listed, self.trace)
        self.layout = traced_layout(layout, self.trace)
        self.omitted = Omitted(briefing.leaves_out)
        self.sizes = Asked("sizes", sizes, self.trace)
        self.wanted: Set[str] | None = None
        self._remembered: dict[Hashable, tuple[Any, Set[Key]]] = {}
        self._places: dict[str, int] = {}
        self._by_root: dict[tuple[str, str], dict[str, Any]] = {}

    def remembered(self, key: Hashable, make: Callable[[], V]) -> V:
        """What `make` makes, made once as long as it is remembered; whoever asks for it has asked for all that it was
        made from."""
        known = self._remembered.get(key)
        if known is None:
            outer, self.trace.keys = self.trace.keys, set()
            try:
                known = make(), self.trace.keys
            finally:
                self.trace.keys = outer
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = known
        self.trace.keys |= known[1]
        value: V = known[0]
        return value

    def in_order(self, sources: Iterable[str]) -> tuple[Source, ...]:
        """Some sources by their ids, each once, in the order of the briefing."""
        if not self._places:  # an edit never changes the order of those that stay, so nothing is noted
            self._places.update((id_, place) for place, id_ in enumerate(ids_of(self.briefing.untraced.sources)))
        return tuple(self.briefing.index.sources[id_] for id_ in sorted({*sources}, key=self._places.__getitem__))

    def words(self, ref: str) -> str:
        """A passage's words on one line."""
        return on_one_line(self.briefing.index.passages[ref].words)

    def by_root(self, kind: str, root: str) -> dict[str, Any]:
        """Things of a kind by their ids, as pages show them from which one way leads to the root, as far as they are
        remembered: whoever takes one from here, or puts it here, has asked for what it is made of."""
        found = self._by_root.setdefault((kind, root), {})
        if len(found) >= _REMEMBERED:
            found.clear()
        return found

    def sentences(self, source: Source) -> tuple[Span, ...]:
        """The sentences of a source, in order."""
        return self.remembered(("sentences", source.id), lambda: tuple(sentences.in_source(source)))

    def at(self, path: str) -> Site:
        """The views as seen from one page."""
        return Site(self, path)


class Site:
    """The briefing as seen from one page: every view comes with links that lead from there."""

    def __init__(self, desk: Desk, path: str) -> None:
        self.desk = desk
        self.path = path
        self.root = urls.to_root(path)
        self.briefing = desk.briefing
        self.index = desk.briefing.index
        self.drawn: Any = None  # how marks are drawn, once this page has one
        self._chips: _Chips | None = None  # topics as labels, once this page has one
        self._omitted = desk.omitted or None
        self._own_source = path[len("sources/") : -len(".html")] if path.startswith("sources/") else ""
        self._source_links: dict[str, Link] = desk.by_root("links", self.root)

    def href(self, target: str) -> str:
        """The link from here to a target given from the root, at its lasting address; empty where that is left out."""
        if self._omitted is not None and self._omitted.has(target):
            return ""
        if target.startswith(_MOVING):
            target = self.desk.layout.stands(target)
        return urls.relative(self.path, target)

    def event(self, event_id: str) -> str:
        """The link from here to an event."""
        if self._omitted is not None and self._omitted.has(urls.TIMELINE):
            return ""
        page, anchor = self.desk.layout.events.get(event_id, urls.TIMELINE), urls.event_anchor(event_id)
        return f"#{anchor}" if page == self.path else f"{self.root}{page}#{anchor}"

    def frame(
        self, title: str, description: str, section: str = "", crumbs: Iterable[Link] = (),
        scripts: Sequence[str] = (), events: Sequence[Event] = (),
    ) -> Frame:  # fmt: skip
        """The frame of this page; `section` is the page of the navigation under which it falls.

        `scripts` are the names of those in templates/assets/js that this page needs beside the ones of every page,
        `events` those that it lists.
        """
        above = tuple([crumb for crumb in crumbs if crumb.href])
        if above:
            above = (Link("Overview", self.href(urls.HOME)), *above)
        if section in ("", self.path):  # it leads to places on itself
            around = self._around(section, scripts)
        else:
            key = ("around", self.root, section, *scripts)
            around = self.desk.remembered(key, lambda: self._around(section, scripts))
        page = Described(self.path, self.address(self.path), title, " ".join(description.split()), above, tuple(events))
        return Frame(self, page, around)

    def _around(self, section: str, scripts: Sequence[str]) -> dict[str, Any]:
        """What the frames of all pages of a folder with some scripts that fall under one section have in common."""
        site = self.briefing.site
        has_changes = bool(self.briefing.changes or self.briefing.corrections)
        foot = (*((("Changes and corrections", urls.CHANGES),) if has_changes else ()), ("Data", urls.DATA))
        return {
            "root": self.root,
            "language": site.language,
            "site_title": site.title,
            "home": self.href(urls.HOME),
            "style": self.href(urls.STYLE),
            "scripts": tuple(href for name in (*SCRIPTS, *scripts) if (href := self.href(urls.script(name)))),
            "nav": tuple(
                NavLink(text, href, path == (section or self.path)) for text, path in _NAV if (href := self.href(path))
            ),
            "words": tuple(self.term(word) for word in terms.ON_PAGES.get(section or self.path, ())),
            "glossary": self.href(urls.GLOSSARY),
            "generator": GENERATOR,
            "feed": self.href(urls.FEED) if site.base_url and has_changes else "",
            "foot": tuple(Link(text, href) for text, path in foot if (href := self.href(path))),
            "is_public": self.briefing.profile == "public",
        }

    def address(self, target: str) -> str:
        """The whole address of a target given from the root; empty where the site has none, or leaves the page out."""
        base = self.briefing.site.base_url
        if not base or self.desk.omitted.has(target):
            return ""
        return f"{base.rstrip('/')}/{'' if target == urls.HOME else self.desk.layout.stands(target)}"

    def term(self, word: str, text: str = "") -> TermView:
        """A word of the site, shown as it is or as `text`."""
        term = terms.TERMS[word]
        return TermView(text or word, self.href(term.target), term.meaning)

    def status(self, status: Status) -> TermView:
        """A status, drawn as everywhere."""
        return self.term(status)._replace(look=f"status status-{status}")

    def crumb(self, text: str, target: str) -> Link:
        """A step of the way from the home page to here."""
        return Link(text, self.href(target))

    # Markdown

    def link(self, url: str) -> str:
        """A link written in Markdown: relative ones are written from the site's root."""
        if url.startswith("#") or ":" in url.split("/", 1)[0]:
            return url
        return self.href(url)

    def cite(self, kind: CitationKind, target: str) -> Reference:
        """A citation in a note, labelled by what it names."""
        href = self.href(urls.cited(kind, target))
        return Reference(kind, self.label(kind, target), href, self.words(kind, target), self.origin(kind, target))

    def label(self, kind: CitationKind, target: str) -> str:
        """A short name for what a citation names."""
        if kind == "passage":
            return self.source_label(self.index.sources[target.partition("#")[0]])
        return f"{kind} {target.partition('#')[2] or target}"

    def words(self, kind: CitationKind, target: str) -> str:
        """The words that a citation leads to."""
        if kind == "passage":
            return self.desk.words(target)
        if kind == "claim":
            return self.index.claims[target].record.claim
        if kind == "event":
            return event_words(self.index.events[target])
        figure = self.index.figures[target]
        return figure_words(figure, self.index.measures[figure.record.measure])

    def origin(self, kind: CitationKind, target: str) -> str:
        """Whose the words are that a citation leads to: who says them, in which source of when; how firm a claim is."""
        if kind == "claim":
            claim = self.index.claims[target]
            return f"{claim.record.status}, {claim.record.confidence} confidence, {standing(claim)}"
        if kind == "event":
            return counted(len(self.index.events[target].record.evidence), "passage")
        ref = target if kind == "passage" else self.index.figures[target].passage_ref
        passage = self.index.passages[ref]
        source = self.index.sources[passage.source]
        said_by = [self.index.voice(passage.said_by)] if passage.said_by else []
        return ", ".join((*said_by, self.source_label(source), issued_words(source)))

    def note(self, text: Note | str | None) -> Markup:
        """A note as HTML, empty when there is none; a private one says that it is."""
        if isinstance(text, NoteRecord):
            html = self.note(text.text)
            return Markup('<div class="private">{}{}</div>').format(_PRIVATE, html) if text.private else html
        return markdown.render(text, self) if text else _NOTHING

    def notes(self, texts: Sequence[Note | str | None]) -> Sequence[Markup]:
        """Notes as HTML, each as `note` gives it; of many in one go."""
        made = iter(markdown.render_all([text for text in texts if text and text.__class__ is str], self))
        return [next(made) if text and text.__class__ is str else self.note(text) for text in texts]

    def line(self, text: Note | str | None) -> Markup:
        """One line of Markdown as HTML, without a paragraph around it."""
        if isinstance(text, NoteRecord):
            html = self.line(text.text)
            return Markup('<span class="private">{}{}</span>').format(_PRIVATE, html) if text.private else html
        return markdown.render_inline(" ".join(text.split()), self) if text else _NOTHING

    # Views

    def source_label(self, source: Source) -> str:
        """A source's short title."""
        return short_title(source)

    def source(self, source: Source) -> Link:
        """A source by its short title."""
        found = self._source_links.get(source.id)
        if found is None:
            found = self._source_links[source.id] = Link(self.source_label(source), self.root + urls.source(source.id))
        return found

    def passage(self, passage: Passage, source: Source) -> str:
        """The link from here to the words of a passage of a source."""
        anchor = f"#{urls.passage_anchor(passage.id)}"
        return anchor if source.id == self._own_source else self.source(source).href + anchor

    def chips(self, topics: Iterable[str]) -> tuple[Chip, ...]:
        """Topics as labels, in the order of the site."""
        if self._chips is None:
            self._chips = self.desk.remembered(("chips", self.root), lambda: _Chips(self))
        return self._chips[tuple(topics)]

    def chip(self, topic: str) -> Chip:
        """A topic as a label; under an empty id one for what has none."""
        return next(iter(self.chips((topic,))), NO_TOPIC)

    def chain(self, passage: Passage) -> tuple[ChainLink, ...]:
        """A passage's chain of origin, the source first."""
        return tuple(self.chain_link(link) for link in passage.chain)

    def chain_link(self, link: str) -> ChainLink:
        """A link of a chain: an entity, or a source."""
        entity = self.index.entities.get(link)
        if entity:
            return ChainLink(entity.name, self.href(urls.entity(link)), entity.unnamed)
        source = self.index.sources[link]
        return ChainLink(self.source_label(source), self.href(urls.source(link)), is_unnamed=False)

    def entity(self, entity_id: str) -> Link:
        """An entity by its name."""
        return Link(self.index.entities[entity_id].name, self.href(urls.entity(entity_id)))

    def quote(self, ref: str) -> QuoteView:
        """A passage to be shown away from its page."""
        return self.quotes((ref,))[0]

    def quotes(self, refs: Iterable[str]) -> list[QuoteView]:
        """Passages to be shown away from their page."""
        return [QuoteView(self, passage, source) for passage, source in self.briefing.quoted(refs)]

    def language(self, source: Source) -> str:
        """The language of a source's words, empty where it is the site's own."""
        own, usual = source.record.language or "", self.briefing.site.language
        return "" if own == usual or own.casefold() == usual.casefold() else own

    def callers(self, kind: CitationKind, target: str) -> tuple[CallerView, ...]:
        """Everything that calls on a thing."""
        return tuple([CallerView(self, c) for c in self.desk.backlinks.get((kind, target), ())])

    def figure(self, figure: Figure) -> FigureView:
        """A figure beside its passage."""
        record, measure, is_words = figure.record, self.index.measures[figure.record.measure], not has_number(figure)
        return FigureView(
            id=urls.anchor(urls.figure(figure.ref)),
            text=figure_text(figure),
            measure=Link(measure.label, self.href(urls.measure(measure.id))),
            unit=unit_of_words(record, measure) if is_words else record.unit or measure.unit,
            is_words=is_words,
            scope=record.scope or "",
            when=figure_when(figure),
            approx=record.approx or "",
            derived=record.derived or "",
            why=self.line(record.why),
            note=self.note(record.note),
            href=self.href(urls.figure(figure.ref)),
        )

    def pager(self, kind: str, id_: str, link: Callable[[str], Link]) -> Pager:
        """Links to the neighbours of a thing in the order of its list."""
        before, after = (link(other) if other else None for other in self.desk.listed.beside[f"{kind}/{id_}"])
        return Pager(before, after)

    def claim(self, claim: Claim, under: str = "") -> ClaimView:
        """A claim in a list; `under` is the topic whose page shows it, and says that itself."""
        record = claim.record
        return ClaimView(
            record.claim, self.href(urls.claim(claim.id)), record.status, record.confidence, standing(claim),
            self.chips([t for t in record.topics if t != under]),
        )  # fmt: skip


class _Chips(dict[tuple[str, ...], tuple[Chip, ...]]):
    """Topics as labels on the pages of a folder, as they are met; `every` is all of them."""

    def __init__(self, site: Site) -> None:
        self.every = [Chip(t.id, t.title, t.letter, t.look, site.href(urls.topic(t.id))) for t in site.briefing.looks]

    def __missing__(self, topics: tuple[str, ...]) -> tuple[Chip, ...]:
        found = tuple([chip for chip in self.every if chip.id in topics])
        if len(topics) <= _FEW:
            self[topics] = found
        return found
