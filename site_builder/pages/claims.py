"""Claims: the matrix of claims and sources, and a page for each claim with the evidence for and against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from functools import partial

from markupsafe import Markup

from .. import urls
from ..frozen import NamedTuple, dataclass
from ..listing.layout import Sheet
from ..listing.listings import claims_in_order
from ..markup.markdown import plain
from ..model import Claim
from ..records import Relation
from .bibliography import all_sources, bibliography
from .firmness import KeyRow, key
from .frame import Context, Desk, Page, Site
from .in_context import ContextView, in_context
from .matrix import SYMBOLS, Column, MatrixGroup, columns, fits, group_anchor, groups, is_table
from .origins import Origin, origins
from .quotes import CallerView, QuoteView
from .sheets import Listed, Way, sheet_pages, way
from .views import SPEECH, Chip, ClaimView, Link, Pager, Part, TermView, counted


class StatusCount(NamedTuple):
    """How many claims stand so."""

    status: TermView
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsContext(Context):
    """What the list of claims shows, or a stretch of it."""

    count: str
    statuses: tuple[StatusCount, ...]
    relations: tuple[tuple[str, TermView], ...]
    key: tuple[KeyRow, ...]
    columns: tuple[Column, ...]
    is_table: bool
    fits: bool
    groups: tuple[MatrixGroup, ...]
    contents: tuple[Part, ...]
    way: Way | None


class EvidenceView(NamedTuple):
    """A passage that bears on a claim, in its sentence of context."""

    quote: QuoteView
    context: ContextView
    speech: tuple[TermView, ...]
    flags: tuple[TermView, ...]
    note: Markup


class Side(NamedTuple):
    """The evidence of one relation, and what it means that there is none."""

    title: str
    symbol: str
    relation: str
    counts: str
    empty: str
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimContext(Context):
    """What a claim's page shows."""

    claim: ClaimView
    standing: tuple[TermView, ...]
    why: Markup
    sides: tuple[Side, ...]
    is_one_sided: bool
    silent: tuple[Link, ...]
    silent_count: str
    all_sources: Link
    origins: tuple[Origin, ...]
    origin_count: str
    source_count: str
    chips: tuple[Chip, ...]
    callers: tuple[CallerView, ...]
    pager: Pager


LISTED = Listed("Claims", "claim", urls.CLAIMS)
_DESCRIPTION = (
    "What is concluded from the sources, and which of them supports, contradicts or qualifies it. Each claim stands "
    "under the first of its topics; the sources and origins that are counted are those that support it."
)
_SILENT = 60  # sources that are named as silent; of more it is said how many


def pages(desk: Desk) -> Iterator[Page]:
    """The matrix, then each claim, in the order of the matrix."""
    if urls.CLAIMS in desk.layout.lists:
        yield from sheet_pages(desk, urls.CLAIMS, lambda _: LISTED, "pages/claims.html", _stretch)
    else:
        yield Page(urls.CLAIMS, "pages/claims.html", lambda: _claims(desk.at(urls.CLAIMS)))
    for claim in claims_in_order(desk.briefing):
        yield Page(urls.claim(claim.id), "pages/claim.html", partial(_claim, desk, claim.id))


def _claims(site: Site) -> ClaimsContext:
    frame = site.frame("Claims", _DESCRIPTION)
    briefing = site.briefing
    counts = Counter(c.record.status for c in briefing.claims)
    matrix = tuple(groups(site, claims_in_order(site.briefing), is_table=is_table(site)))
    return ClaimsContext(
        frame=frame,
        bibliography=all_sources(site),
        count=counted(len(briefing.claims), "claim"),
        statuses=tuple(StatusCount(site.status(status), count) for status, count in counts.most_common()),
        relations=tuple((symbol, site.term(relation)) for relation, symbol in SYMBOLS.items()),
        key=key(site),
        columns=tuple(columns(site)) if is_table(site) else (),
        is_table=is_table(site),
        fits=fits(site),
        groups=matrix,
        contents=(
            *(Part(Link(g.title, f"#{g.id}"), len(g.rows)) for g in matrix),
            *([Part(Link("The sources", "#sources"), len(briefing.sources))] if is_table(site) else ()),
        ),
        way=None,
    )


def _stretch(site: Site, sheet: Sheet) -> ClaimsContext:
    """Some claims, each with the sources that speak to it: a table of all sources would say mostly that they do not."""
    claims = [site.index.claims[id_] for id_ in sheet.ids]
    matrix = tuple(groups(site, claims, is_table=False))
    counts = Counter(c.record.status for c in claims)
    return ClaimsContext(
        frame=LISTED.frame(site, sheet, _DESCRIPTION, scripts=("stretches",)),
        bibliography=bibliography(site, (e.passage for c in claims for e in c.record.evidence)),
        count=counted(len(claims), "claim"),
        statuses=tuple(StatusCount(site.status(status), count) for status, count in counts.most_common()),
        relations=tuple((symbol, site.term(relation)) for relation, symbol in SYMBOLS.items()),
        key=key(site),
        columns=(),
        is_table=False,
        fits=True,
        groups=matrix,
        contents=(),
        way=way(site, LISTED, sheet),
    )


def _group(site: Site, claim: Claim) -> str:
    """Where the list has the claims of the topic under which a claim stands."""
    if urls.CLAIMS in site.desk.layout.lists:
        return f"{urls.CLAIMS_BY_TOPIC}{next(iter(claim.record.topics), 'no-topic')}.html"
    return f"{urls.CLAIMS}#{group_anchor(claim)}"


def _link(site: Site, claim: str) -> Link:
    return Link(site.index.claims[claim].record.claim, site.href(urls.claim(claim)))


def _claim(desk: Desk, claim_id: str) -> ClaimContext:
    site, claim = desk.at(urls.claim(claim_id)), desk.briefing.index.claims[claim_id]
    record = claim.record
    heard = {e.passage.partition("#")[0] for e in record.evidence}
    silent = desk.listed.counts["sources"] - len(heard)
    group = site.chip(next(iter(record.topics), "")).title
    frame = site.frame(
        record.claim,
        f"The evidence for and against: {record.claim}",
        urls.CLAIMS,
        (site.crumb("Claims", urls.CLAIMS), site.crumb(group, _group(site, claim))),
    )
    return ClaimContext(
        frame=frame,
        bibliography=bibliography(site, heard),
        claim=site.claim(claim),
        standing=tuple(_standing(site, claim)),
        why=site.note(record.why),
        sides=tuple(_sides(site, claim)),
        is_one_sided=not (claim.passages("supports") and claim.passages("contradicts")),
        silent=_silent(site, heard) if silent <= _SILENT else (),
        silent_count=counted(silent, "source") if silent else "",
        all_sources=site.crumb("all sources", urls.SOURCES),
        origins=tuple(origins(site, claim)),
        origin_count=counted(len(claim.origins), "origin"),
        source_count=counted(len(claim.sources), "source"),
        chips=site.chips(record.topics),
        callers=site.callers("claim", claim.id),
        pager=site.pager("claim", claim.id, partial(_link, site)),
    )


def _silent(site: Site, heard: Set[str]) -> tuple[Link, ...]:
    silent = (s for s in site.briefing.sources if s.id not in heard)
    return tuple(map(site.source, silent))


def _standing(site: Site, claim: Claim) -> Iterator[TermView]:
    record = claim.record
    yield site.status(record.status)
    yield site.term(f"{record.confidence} confidence")
    if record.credibility:
        yield site.term("credibility", f"credibility {record.credibility}")
    yield site.term("origin", site.claim(claim).standing)


_TITLES: tuple[tuple[Relation, str, str], ...] = (
    ("supports", "For", "No passage supports it."),
    ("contradicts", "Against", "No passage contradicts it."),
    ("qualifies", "Qualifying it", "No passage qualifies it."),
)


def _sides(site: Site, claim: Claim) -> Iterator[Side]:
    for relation, title, empty in _TITLES:
        refs = claim.passages(relation)
        sources = len({ref.partition("#")[0] for ref in refs})
        counts = f"{counted(len(refs), 'passage')}, {counted(sources, 'source')}" if refs else ""
        yield Side(title, SYMBOLS[relation], relation, counts, empty, tuple(_evidence(site, claim, relation)))


def _evidence(site: Site, claim: Claim, relation: Relation) -> Iterator[EvidenceView]:
    for evidence in claim.record.evidence:
        if evidence.relation == relation:
            passage = site.index.passages[evidence.passage]
            note = site.href(urls.note(evidence.passage))
            speech = (passage.stance or "", SPEECH[passage.speech] if passage.speech else "")
            yield EvidenceView(
                site.quote(evidence.passage),
                in_context(site, evidence.passage),
                tuple(site.term(word) for word in speech if word),
                tuple(TermView(f"⚑ {f.kind}", note, plain(f.why), "flag") for f in passage.flags),
                site.line(evidence.note),
            )
