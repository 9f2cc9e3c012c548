"""The home page: the judgements first, then how firm they are, what is contested, what is not known, and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from .. import urls
from ..frozen import NamedTuple, dataclass
from ..listing.listings import by_issue
from ..model import Claim, Source
from ..records import QuestionRecord
from ..wording import grade_words, issued_words
from .bibliography import all_sources
from .brief import Brief
from .firmness import KeyRow, key
from .frame import Context, Desk, Page, Site
from .judgements import JudgementView, judgement_view
from .lanes import Densities, Picture, densities, picture
from .matrix import weighed
from .on_demand import later
from .quotes import QuoteView
from .sheets import StretchLink, stretch_links
from .source_list import Share, Totals, shares, totals
from .timeline import LISTED
from .topics import TopicCard, cards
from .views import ClaimView, Link, TermView, counted, open_of

_SHOWN, _ASKED, _SOURCES = 6, 8, 12  # contested claims, open questions and sources; the others are folded


class QuestionView(NamedTuple):
    """An open question, and the nearest thing that the sources say."""

    id: str
    question: str
    why: Markup
    nearest: tuple[QuoteView, ...]


class ContestedView(NamedTuple):
    """A claim that is not settled, and who speaks how."""

    claim: ClaimView
    weighed: str


class Contested(NamedTuple):
    """The claims of one status: the first few, and the others under a line that counts them."""

    status: TermView
    total: str
    shown: tuple[ContestedView, ...]
    folded: tuple[ContestedView, ...]
    folded_count: str
    more: str


class Standing(NamedTuple):
    """A source: when it was issued, how reliable it is, how much of it was read, whose words it holds."""

    link: Link
    issued: str
    reliability: TermView
    passages: str
    origins: TermView
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeContext(Context):
    """What the home page shows."""

    description: str
    authors: str
    counts: str
    judgements: tuple[JudgementView, ...]
    key: tuple[KeyRow, ...]
    topics: tuple[TopicCard, ...]
    picture: Picture | None
    densities: Densities | None
    stretches: tuple[StretchLink, ...]
    contested: tuple[Contested, ...]
    questions: tuple[QuestionView, ...]
    folded_questions: tuple[QuestionView, ...]
    folded_count: str
    sources: tuple[Standing, ...]
    folded_sources: tuple[Standing, ...]
    totals: Totals | None


def pages(desk: Desk) -> Iterator[Page]:
    """The one page."""
    yield Page(urls.HOME, "pages/home.html", lambda: _context(desk))


def _context(desk: Desk) -> HomeContext:
    site = Brief(desk, urls.HOME)
    briefing = desk.briefing
    record = briefing.site
    counts = (
        counted(desk.listed.counts[f"{noun}s"], noun) for noun in ("source", "passage", "event", "figure", "claim")
    )
    asked, folded = briefing.questions[:_ASKED], briefing.questions[_ASKED:]
    timeline = desk.layout.sheets.get(urls.TIMELINE)
    listed = open_of(desk.listed.counts["sources"], _SOURCES)
    return HomeContext(
        frame=site.frame(record.title, record.description or record.title),
        bibliography=later(lambda: all_sources(site)),
        description=record.description or "",
        authors=", ".join(record.authors),
        counts=", ".join(counts),
        judgements=later(lambda: tuple(judgement_view(site, j) for j in briefing.judgements)),
        key=later(lambda: key(site)),
        topics=later(lambda: cards(site)),
        picture=later(lambda: None if timeline else picture(site, briefing.events)),
        densities=later(lambda: densities(site, briefing.beginnings(), "Timeline") if timeline else None),
        stretches=later(lambda: stretch_links(site, LISTED, timeline.parts) if timeline else ()),
        contested=later(lambda: tuple(_contested(site))),
        questions=later(lambda: _questions(site, asked)),
        folded_questions=later(lambda: _questions(site, folded)),
        folded_count=f"{len(folded):,} more",
        sources=later(lambda: _standings(site, slice(listed))),
        folded_sources=later(lambda: _standings(site, slice(listed, None))),
        totals=later(lambda: totals(site)),
    )


def _questions(site: Site, records: Iterable[QuestionRecord]) -> tuple[QuestionView, ...]:
    return tuple(
        QuestionView(
            urls.anchor(urls.question(q.id)), q.question, site.note(q.why), tuple(site.quote(r) for r in q.nearest)
        )
        for q in records
    )


def _contested(site: Site) -> Iterator[Contested]:
    """The claims in conflict, then the unresolved ones; of the first kind that there is, some stand open."""
    shown = _SHOWN
    for status, title in (("conflict", "In conflict"), ("unresolved", "Unresolved")):
        claims = [c for c in site.briefing.claims if c.record.status == status]
        if claims:
            is_long = urls.CLAIMS in site.desk.layout.lists  # then they are too many to be folded here
            first, rest = _views(site, claims[:shown]), () if is_long else _views(site, claims[shown:])
            count = counted(len(claims), "claim")
            folded = f"{len(claims) - len(first):,} more" if first else count
            more = site.href(urls.CLAIMS) if is_long and claims[shown:] else ""
            yield Contested(site.term(status, title), count, first, rest, folded, more)
            shown = 0


def _views(site: Site, claims: Sequence[Claim]) -> tuple[ContestedView, ...]:
    return tuple(ContestedView(site.claim(c), weighed(c)) for c in claims)


def _standings(site: Site, some: slice) -> tuple[Standing, ...]:
    """Some of the sources, where they fit on one page."""
    if urls.SOURCES in site.desk.layout.lists:
        return ()
    return tuple(_standing(site, s) for s in sorted(site.briefing.sources, key=by_issue)[some])


def _standing(site: Site, source: Source) -> Standing:
    return Standing(
        link=Link(source.title, site.source(source).href),
        issued=issued_words(source),
        reliability=site.term("reliability", f"reliability {grade_words(source)}"),
        passages=counted(len(source.passages), "passage"),
        origins=site.term("origin", counted(len(site.index.origins(p.ref for p in source.passages)), "origin")),
        shares=shares(source),
    )
