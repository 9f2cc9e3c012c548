"""Claims: the matrix of claims and sources, and a page for each claim with the evidence for and against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from .. import urls
from ..model import Claim
from ..records import Relation
from .frame import Context, Desk, Page, Site
from .views import CallerView, Chip, ClaimView, Link, QuoteView

SYMBOLS: dict[Relation, str] = {"supports": "●", "contradicts": "✕", "qualifies": "◐"}


class CellPart(NamedTuple):
    """How a source bears on a claim: a symbol, the word for it, and the first passage that does."""

    symbol: str
    relation: str
    passages: int
    href: str


class MatrixRow(NamedTuple):
    """A claim and what each source has to say on it; an empty cell is silence."""

    claim: ClaimView
    cells: tuple[tuple[CellPart, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsContext(Context):
    """What the list of claims shows."""

    sources: tuple[Link, ...]
    rows: tuple[MatrixRow, ...]


class EvidenceView(NamedTuple):
    """A passage that bears on a claim."""

    quote: QuoteView
    note: Markup


class Side(NamedTuple):
    """The evidence of one relation."""

    title: str
    symbol: str
    relation: str
    evidence: tuple[EvidenceView, ...]


class Origin(NamedTuple):
    """An origin of the support, and the sources that carry it."""

    name: str
    href: str
    is_unnamed: bool
    sources: tuple[Link, ...]


class CountedAsOne(NamedTuple):
    """Voices that are counted as one origin, and why."""

    names: str
    why: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimContext(Context):
    """What a claim's page shows."""

    claim: ClaimView
    credibility: str
    why: Markup
    sides: tuple[Side, ...]
    silent: tuple[Link, ...]
    origins: tuple[Origin, ...]
    one_origin: tuple[CountedAsOne, ...]
    rests_on_one: bool
    chips: tuple[Chip, ...]
    callers: tuple[CallerView, ...]


def pages(desk: Desk) -> Iterator[Page]:
    """The matrix, then each claim."""
    site = desk.at(urls.CLAIMS)
    frame = site.frame(
        "Claims", "What is concluded from the sources, and which of them supports, contradicts or qualifies it."
    )
    sources = tuple(Link(site.source_label(s), site.href(urls.source(s.id))) for s in desk.briefing.sources)
    rows = tuple(_row(site, c) for c in desk.briefing.claims)
    yield Page(urls.CLAIMS, "pages/claims.html", ClaimsContext(frame=frame, sources=sources, rows=rows))
    for claim in desk.briefing.claims:
        path = urls.claim(claim.id)
        yield Page(path, "pages/claim.html", _claim(desk.at(path), claim))


def _row(site: Site, claim: Claim) -> MatrixRow:
    return MatrixRow(site.claim(claim), tuple(tuple(_cell(site, claim, s.id)) for s in site.briefing.sources))


def _cell(site: Site, claim: Claim, source: str) -> Iterator[CellPart]:
    for relation, symbol in SYMBOLS.items():
        refs = [ref for ref in claim.passages(relation) if ref.partition("#")[0] == source]
        if refs:
            yield CellPart(symbol, relation, len(refs), site.href(urls.passage(refs[0])))


def _claim(site: Site, claim: Claim) -> ClaimContext:
    record = claim.record
    heard = {e.passage.partition("#")[0] for e in record.evidence}
    frame = site.frame(
        record.claim, f"The evidence for and against: {record.claim}", urls.CLAIMS, (site.crumb("Claims", urls.CLAIMS),)
    )
    titles: tuple[tuple[Relation, str], ...] = (
        ("supports", "Supports it"), ("contradicts", "Contradicts it"), ("qualifies", "Qualifies it"),
    )  # fmt: skip
    return ClaimContext(
        frame=frame,
        claim=site.claim(claim),
        credibility=record.credibility or "",
        why=site.note(record.why),
        sides=tuple(Side(title, SYMBOLS[r], r, tuple(_evidence(site, claim, r))) for r, title in titles),
        silent=tuple(Link(s.title, site.href(urls.source(s.id))) for s in site.briefing.sources if s.id not in heard),
        origins=tuple(_origin(site, claim, o) for o in claim.origins),
        one_origin=tuple(_counted_as_one(site, claim)),
        rests_on_one=len(claim.origins) == 1,
        chips=site.chips(record.topics),
        callers=site.callers("claim", claim.id),
    )


def _evidence(site: Site, claim: Claim, relation: Relation) -> Iterator[EvidenceView]:
    for evidence in claim.record.evidence:
        if evidence.relation == relation:
            yield EvidenceView(site.quote(evidence.passage), site.line(evidence.note))


def _counted_as_one(site: Site, claim: Claim) -> Iterator[CountedAsOne]:
    for one in claim.record.one_origin:
        yield CountedAsOne(" and ".join(site.index.voice(v) for v in one.voices), site.line(one.why))


def _origin(site: Site, claim: Claim, origin: str) -> Origin:
    voices = {origin, *(v for one in claim.record.one_origin if one.voices[0] == origin for v in one.voices)}
    carriers = dict.fromkeys(
        p.source
        for ref in claim.passages("supports")
        if (p := site.index.passages[ref]) and voices & {p.origin, f"{p.source}#unnamed"}
    )
    sources = tuple(Link(site.source_label(site.index.sources[s]), site.href(urls.source(s))) for s in carriers)
    source, _, unnamed = origin.partition("#")
    if unnamed:
        return Origin("an unnamed voice", site.href(urls.source(source)), is_unnamed=True, sources=sources)
    link = site.chain_link(origin)
    return Origin(link.text, link.href, link.is_unnamed, sources)
