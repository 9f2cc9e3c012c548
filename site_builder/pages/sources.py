"""A page for each source: its record, its text with every passage marked in place, its notes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import compress
from operator import attrgetter

from markupsafe import Markup, escape

from .. import urls
from ..frozen import NamedTuple
from ..model import Source
from ..printed.dates import parse_edtf
from ..records import SourceRecord
from ..series import ids_of
from ..texts.text import carried
from ..wording import issued_words, shortened
from .citing import Citing, citing
from .frame import Context, Desk, Page, Site
from .leftovers import Leftover, Unread, leftover, unread
from .on_demand import made
from .origins import Carrier, carriers
from .source_list import Share, shares
from .source_notes import drawn
from .source_text import Block, blocks, paragraph_views
from .views import Chip, Fact, Link, Pager, counted


class Notice(NamedTuple):
    """That only excerpts of a text are published: how much, why, and where the original stands, where that is known."""

    shown: str
    context: str
    why: Markup
    original: str


class Layer(NamedTuple):
    """A topic of this source, and how many of its passages have it."""

    chip: Chip
    passages: str


class StripMark(NamedTuple):
    """A passage in the density strip: its place and length in per cent of the text, its first colour, its topics."""

    left: str
    width: str
    theme: str
    topics: str
    href: str
    title: str


class SourceContext(Context):
    """What a source page shows."""

    def __init__(self, site: Site, source: Source) -> None:
        passages = counted(len(source.passages), "annotated passage")
        what = "excerpts" if source.excerpts else "the whole text"
        above, scripts = (site.crumb("Sources", urls.SOURCES),), ("gone", "layers", "margin", "citing", "copy")
        super().__init__(
            frame=site.frame(source.title, f"{source.title}: {what} with {passages}.", urls.SOURCES, above, scripts)
        )
        vars(self).update(_site=site, _source=source)

    _site: Site
    _source: Source
    __getattribute__ = object.__getattribute__  # nothing in it is postponed

    @made
    def _text(self) -> str:
        """Its words, which lie in a file, for the parts that are made of them."""
        return self._source.text

    @made
    def facts(self) -> tuple[Fact, ...]:
        """The record, line by line."""
        return tuple(_facts(self._site, self._source))

    @made
    def grade(self) -> str:
        """The letter of its reliability, empty where it has none."""
        reliability = self._source.record.reliability
        return reliability.grade if reliability else ""

    @made
    def grade_why(self) -> Markup:
        """The reason for it."""
        reliability = self._source.record.reliability
        return self._site.line(reliability.why) if reliability else Markup()

    @made
    def about(self) -> Markup:
        """The note on the source."""
        return self._site.note(self._source.record.note)

    @made
    def shares(self) -> tuple[Share, ...]:
        """How much of it was read."""
        return shares(self._source)

    @made
    def strip(self) -> tuple[StripMark, ...]:
        """Where in the text its passages stand."""
        return tuple(_strip(self._site, self._source))

    @made
    def origins(self) -> tuple[Carrier, ...]:
        """Whose words they are, as a tree."""
        return tuple(carriers(self._site, [p.chain for p in self._source.passages]))

    @made
    def layers(self) -> tuple[Layer, ...]:
        """The topics that are marked in it."""
        return tuple(_layers(self._site, self._source))

    @made
    def excerpts(self) -> Notice | None:
        """That it is not published whole."""
        return _notice(self._site, self._source)

    @made
    def blocks(self) -> tuple[Block, ...]:
        """The text itself, up to the end of its last paragraph, with its notes."""
        return tuple(blocks(self._source, paragraph_views(self._site, self._source, self._text)))

    @made
    def citing(self) -> Citing:
        """How to cite it."""
        return citing(self._site, self._source)

    @made
    def tail(self) -> str:
        """What stands after the last paragraph."""
        source = self._source
        return "" if source.excerpts else carried(self._text[source.paragraphs[-1].end if source.paragraphs else 0 :])

    @made
    def is_empty(self) -> bool:
        """Whether it has no words at all."""
        return not self._source.paragraphs

    @made
    def language(self) -> str:
        """The language of its words."""
        return self._source.record.language or self._site.briefing.site.language

    @made
    def boilerplate(self) -> tuple[Leftover, ...]:
        """What is furniture of the page."""
        return tuple(leftover(self._site, self._source, r) for r in self._source.boilerplate)

    @made
    def set_aside(self) -> tuple[Leftover, ...]:
        """What was read and left out."""
        return tuple(leftover(self._site, self._source, r) for r in self._source.set_aside)

    @made
    def strays(self) -> tuple[Unread, ...]:
        """Numbers, dates and names outside passages."""
        return tuple(unread(self._site, self._source, self._text))

    @made
    def raw(self) -> Link | None:
        """The text as it was found, where it is published whole."""
        source = self._source
        href = "" if source.excerpts else self._site.href(urls.seed(source.id))
        return Link(source.record.text, href) if href else None

    @made
    def sha256(self) -> str:
        """The hash of that."""
        return self._source.sha256

    @made
    def pager(self) -> Pager:
        """The sources before and after it, as they are listed."""
        site = self._site
        return site.pager(
            "source", self._source.id, lambda id_: Link(site.index.sources[id_].title, site.href(urls.source(id_)))
        )


def pages(desk: Desk) -> Iterator[Page]:
    """Each source; of thousands no more than are wanted."""
    for id_ in ids_of(desk.briefing.sources):
        path = urls.source(id_)
        if desk.wanted is None or path in desk.wanted:
            yield Page(path, "pages/source.html", partial(_source, desk, id_))


def _source(desk: Desk, source_id: str) -> SourceContext:
    return SourceContext(desk.at(urls.source(source_id)), desk.briefing.text(source_id))


def _notice(site: Site, source: Source) -> Notice | None:
    excerpts = source.excerpts
    if excerpts is None:
        return None
    context = f"up to {counted(excerpts.context, 'word')} before and after" if excerpts.context else "no word around it"
    words = counted(excerpts.words, "word")
    if excerpts.hidden:
        shown = f"{excerpts.words_shown:,} of {words} of the text"
    else:
        around = " and the words around them" if excerpts.words_around else ""
        shown = f"all {words} of the text, since its passages{around} leave nothing out"
    return Notice(
        shown=shown,
        context=context,
        why=site.line(excerpts.why),
        original=source.original,
    )


_LABELS = (
    "Publisher", "Place", "Section", "Volume", "Issue", "Pages", "Number", "Genre", "Language", "ISBN",
    "ISSN", "Archive", "Archived at", "Licence",
)  # fmt: skip
_LABELLED = attrgetter(
    "publisher", "publisher_place", "section", "volume", "issue", "page", "number", "genre", "language",
    "ISBN", "ISSN", "archive", "archive_location", "license",
)  # fmt: skip


def _facts(site: Site, source: Source) -> Iterator[Fact]:
    record = source.record
    yield Fact("Author", "; ".join(source.authors) or _absent(record, "author"))
    yield Fact("Published in", record.container_title or _absent(record, "container_title"))
    issued: str | Markup = issued_words(source)
    if source.issued and source.issued.why:
        issued = Markup(f"{escape(issued)} — {site.line(source.issued.why)}")  # noqa: S704 both are HTML
    yield Fact("Issued", issued)
    yield Fact("Type", " ".join(reversed(record.type.replace("_", " ").split("-"))))  # an article-newspaper, in words
    values = _LABELLED(record)
    yield from map(Fact, compress(_LABELS, values), filter(None, values))
    if record.DOI:
        yield Fact("DOI", source.doi, source.doi_address)
    if record.accessed:
        yield Fact("Accessed", parse_edtf(record.accessed).words())
    if record.rights and record.rights.republish == "whole":
        yield Fact("Published whole", site.line(record.rights.why))
    if record.URL:
        yield Fact("Original", record.URL, record.URL)


def _absent(record: SourceRecord, key: str) -> str:
    """What a field without a value says: null, that the text does not print it; no such key, nothing."""
    return "not printed" if key in record.at.empty else "not recorded"


def _strip(site: Site, source: Source) -> Iterator[StripMark]:
    length, marks = max(1, source.length), drawn(site)
    for passage in source.passages:
        width = 100 * (passage.end - passage.start) / length
        look = marks[passage.topics]
        yield StripMark(
            f"{100 * passage.start / length:.2f}",
            f"{width:.2f}" if width > 0.3 else "0.30",  # enough to be hit
            look.theme,
            look.topics,
            f"#{urls.passage_anchor(passage.id)}",
            shortened(passage.words),
        )


def _layers(site: Site, source: Source) -> Iterator[Layer]:
    topics = [topic for passage in source.passages for topic in passage.topics]
    for chip in drawn(site).chips:
        if number := topics.count(chip.id):
            yield Layer(chip, counted(number, "passage"))
