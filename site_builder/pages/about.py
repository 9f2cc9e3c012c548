"""About: the method, the contracts, how much of each source was read, what was normalised, and the build receipt."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from .. import GENERATOR, urls
from ..frozen import NamedTuple, dataclass
from ..listing.layout import Sheet
from ..model import Briefing
from .bibliography import bibliography
from .firmness import KeyRow, key
from .frame import Context, Desk, Page, Site
from .listed import ListedContext, More, more
from .quotes import QuoteView
from .sheets import Listed, sheet_pages, way
from .source_list import SourceRow, Totals, rows_of, totals
from .terms import GLOSSARY
from .views import Fact, Link, counted


class GlossaryEntry(NamedTuple):
    """A word of the site, and what it means."""

    id: str
    word: str
    meaning: str


class GlossaryChapter(NamedTuple):
    """Words that belong together."""

    title: str
    entries: tuple[GlossaryEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutContext(Context):
    """What the page shows."""

    authors: str
    key: tuple[KeyRow, ...]
    glossary: tuple[GlossaryChapter, ...]
    rows: tuple[SourceRow, ...]
    totals: Totals | None
    published: str
    normalised: tuple[QuoteView, ...]
    more: More | None
    prose: tuple[Fact, ...]
    rules: tuple[Fact, ...]
    receipt: tuple[Fact, ...]
    data: Link


LISTED = Listed("Quotes that were normalised", "quote", urls.ABOUT, (("About", urls.ABOUT),))
_KEPT = 6  # quotes on the page itself


def pages(desk: Desk) -> Iterator[Page]:
    """The page, and what has left it: the quotes that were normalised, where they are very many."""
    yield Page(urls.ABOUT, "pages/about.html", lambda: _context(desk))
    path = urls.listed(urls.ABOUT, "normalised-quotes")
    if path in desk.layout.lists:
        yield from sheet_pages(desk, path, lambda _: LISTED, "pages/listed.html", _stretch)


def _stretch(site: Site, sheet: Sheet) -> ListedContext:
    return ListedContext(
        frame=LISTED.frame(site, sheet, "Quotes that differ from their texts in white space or marks alone."),
        bibliography=bibliography(site, sheet.ids),
        heading=LISTED.heading(sheet),
        count=LISTED.counted(sheet.size),
        way=way(site, LISTED, sheet),
        quotes=tuple(site.quote(ref) for ref in sheet.ids),
    )


def _context(desk: Desk) -> AboutContext:
    site = desk.at(urls.ABOUT)
    briefing = desk.briefing
    path = urls.listed(urls.ABOUT, "normalised-quotes")
    left = more(site, {"normalised": (path, LISTED)})["normalised"]
    refs = desk.layout.first(path, _KEPT) if left else desk.listed.matched.get("normalised", ())
    return AboutContext(
        frame=site.frame("About", "How this briefing was made, what its build guarantees, and how much was read."),
        authors=", ".join(briefing.site.authors),
        key=key(site),
        glossary=tuple(_glossary()),
        rows=() if urls.SOURCES in desk.layout.lists else rows_of(site, briefing.sources),
        totals=totals(site),
        published=_published(briefing),
        normalised=tuple(site.quote(ref) for ref in refs),
        more=left,
        prose=tuple(_prose(site)),
        rules=tuple(_rules(site)),
        receipt=tuple(_receipt(desk)),
        data=site.crumb("The briefing as data", urls.DATA),
    )


def _published(briefing: Briefing) -> str:
    """For whom this site was built, and what that means for the texts."""
    if briefing.profile == "local":
        return "This is a local build, not meant to be published: every text stands whole, and private notes are shown."
    excerpted = sum(s.excerpts is not None for s in briefing.sources)
    if not excerpted:
        return "This is a public build: every text stands whole, as its rights allow; private notes are left out."
    texts = f"{excerpted:,} of {counted(len(briefing.sources), 'text')}"
    return (
        f"This is a public build: {texts} may not be published whole, or nothing says that it may. Of these the "
        "passages are shown, each with some words around it; each such page says how much. Private notes are left out."
    )


def _glossary() -> Iterator[GlossaryChapter]:
    for chapter in GLOSSARY:
        entries = (GlossaryEntry(urls.anchor(t.target), t.word, t.meaning) for t in chapter.terms)
        yield GlossaryChapter(chapter.title, tuple(entries))


def _prose(site: Site) -> Iterator[Fact]:
    for topic in site.briefing.topics:
        brief = topic.brief
        counts = f"{brief.count('cited')} cited, {brief.count('analysis')} analysis, {brief.count('uncited')} uncited"
        yield Fact(topic.title, counts)


def _rules(site: Site) -> Iterator[Fact]:
    """What `briefing check` is told to count otherwise, and why: a reader may know what was not asked for."""
    for name, rule in site.briefing.site.rules.items():
        yield Fact(name, Markup("{}: {}").format(rule.severity, site.line(rule.why)))


def _receipt(desk: Desk) -> Iterator[Fact]:
    yield Fact("Built by", GENERATOR)
    for kind in ("sources", "passages", "figures", "events", "claims", "entities"):
        yield Fact(kind.capitalize(), f"{desk.listed.counts[kind]:,}")
    words = sum(s.word_count for s in desk.briefing.sources)
    yield Fact("Words read", counted(words, "word"))
