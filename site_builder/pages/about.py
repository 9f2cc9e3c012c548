"""About: the method, the contracts, how much of each source was read, what was normalised, and the build receipt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .. import urls
from .frame import Context, Desk, Page, Site
from .sources import SourceRow, row
from .views import Fact, Link, QuoteView, counted


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutContext(Context):
    """What the page shows."""

    authors: str
    rows: tuple[SourceRow, ...]
    normalised: tuple[QuoteView, ...]
    prose: tuple[Fact, ...]
    receipt: tuple[Fact, ...]
    exports: tuple[Link, ...]


def pages(desk: Desk) -> Iterator[Page]:
    """The one page."""
    site = desk.at(urls.ABOUT)
    briefing = desk.briefing
    normalised = tuple(site.quote(p.ref) for p in briefing.passages() if p.match == "normalised")
    context = AboutContext(
        frame=site.frame("About", "How this briefing was made, what its build guarantees, and how much was read."),
        authors=", ".join(briefing.site.authors),
        rows=tuple(row(site, s) for s in briefing.sources),
        normalised=normalised,
        prose=tuple(_prose(site)),
        receipt=tuple(_receipt(desk)),
        exports=tuple(Link(name, site.href(f"data/{name}")) for name in ("briefing.json", "annotations.jsonld")),
    )
    yield Page(urls.ABOUT, "pages/about.html", context)


def _prose(site: Site) -> Iterator[Fact]:
    for topic in site.briefing.topics:
        brief = topic.brief
        counts = f"{brief.count('cited')} cited, {brief.count('analysis')} analysis, {brief.count('uncited')} uncited"
        yield Fact(topic.title, counts)


def _receipt(desk: Desk) -> Iterator[Fact]:
    briefing = desk.briefing
    yield Fact("Built by", desk.generator)
    yield Fact("Sources", f"{len(briefing.sources):,}")
    yield Fact("Passages", f"{sum(1 for _ in briefing.passages()):,}")
    yield Fact("Figures", f"{sum(1 for _ in briefing.figures()):,}")
    yield Fact("Events", f"{len(briefing.events):,}")
    yield Fact("Claims", f"{len(briefing.claims):,}")
    yield Fact("Entities", f"{len(briefing.entities):,}")
    words = sum(len(s.text.split()) for s in briefing.sources)
    yield Fact("Words read", counted(words, "word"))
