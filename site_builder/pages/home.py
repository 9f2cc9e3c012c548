"""The home page: the judgements first, then how firm they are, what is contested, what is not known, and the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from .. import urls
from ..model import Judgement
from .frame import Brief, Context, Desk, Page, Site
from .sources import SourceRow, row
from .timeline import Picture, picture
from .topics import TopicCard, cards
from .views import Chip, ClaimView, ProseBlock, QuoteView, counted


class JudgementView(NamedTuple):
    """A key judgement: its words, how likely, how firm, on how much it rests."""

    id: str
    blocks: tuple[ProseBlock, ...]
    likelihood: str
    confidence: str
    status: str
    evidence: str
    why: Markup
    chips: tuple[Chip, ...]


class QuestionView(NamedTuple):
    """An open question, and the nearest thing that the sources say."""

    id: str
    question: str
    why: Markup
    nearest: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeContext(Context):
    """What the home page shows."""

    description: str
    authors: str
    counts: str
    judgements: tuple[JudgementView, ...]
    topics: tuple[TopicCard, ...]
    picture: Picture | None
    contested: tuple[ClaimView, ...]
    questions: tuple[QuestionView, ...]
    sources: tuple[SourceRow, ...]


def pages(desk: Desk) -> Iterator[Page]:
    """The one page."""
    site = Brief(desk, urls.HOME)
    briefing = desk.briefing
    record = briefing.site
    passages = sum(1 for _ in briefing.passages())
    counts = (
        counted(len(briefing.sources), "source"), counted(passages, "passage"), counted(len(briefing.events), "event"),
        counted(sum(1 for _ in briefing.figures()), "figure"), counted(len(briefing.claims), "claim"),
    )  # fmt: skip
    context = HomeContext(
        frame=site.frame(record.title, record.description or record.title),
        description=record.description or "",
        authors=", ".join(record.authors),
        counts=", ".join(counts),
        judgements=tuple(_judgement(site, j) for j in briefing.judgements),
        topics=cards(site),
        picture=picture(site, briefing.events),
        contested=tuple(site.claim(c) for c in briefing.claims if c.record.status in ("conflict", "unresolved")),
        questions=tuple(
            QuestionView(
                urls.anchor(urls.question(q.id)), q.question, site.note(q.why), tuple(site.quote(r) for r in q.nearest)
            )
            for q in briefing.questions
        ),
        sources=tuple(row(site, s) for s in briefing.sources),
    )
    yield Page(urls.HOME, "pages/home.html", context)


def _judgement(site: Brief, judgement: Judgement) -> JudgementView:
    record = judgement.record
    return JudgementView(
        id=urls.anchor(urls.judgement(record.id)),
        blocks=site.blocks(record.judgement),
        likelihood=record.likelihood or "",
        confidence=record.confidence,
        status=record.status,
        evidence=_evidence(site, judgement),
        why=site.note(record.why),
        chips=site.chips(record.topics),
    )


def _evidence(site: Site, judgement: Judgement) -> str:
    refs = dict.fromkeys(r for s in judgement.prose.sentences for c in s.citations for r in c.passages)
    if not refs:
        return "no passage cited"
    sources = {ref.partition("#")[0] for ref in refs}
    unnamed = {e.id for e in site.briefing.entities if e.unnamed}
    voices = (site.index.passages[ref] for ref in refs)
    origins = {(p.origin, p.source if p.origin in unnamed else "") for p in voices}  # contract 5, as claims count
    return ", ".join((
        counted(len(refs), "passage"), counted(len(sources), "source"), counted(len(origins), "origin"),
    ))  # fmt: skip
