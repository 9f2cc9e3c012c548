"""Key judgements: the sentence that judges, then what it rests on, with likelihood, confidence and status apart."""

from __future__ import annotations

from markupsafe import Markup

from .. import urls
from ..frozen import NamedTuple
from ..markup.markdown import plain
from ..markup.sentences import split
from ..model import Claim, Judgement
from .brief import Brief
from .frame import Site
from .views import Chip, ClaimView, ProseBlock, TermView, counted


class JudgementView(NamedTuple):
    """A key judgement: its first sentence, how likely, how firm, and, to be unfolded, the rest and its evidence.

    `cited` are the claims that it names, `claims` others for or against which the same passages speak.
    """

    id: str
    lead: tuple[ProseBlock, ...]
    rest: tuple[ProseBlock, ...]
    standing: tuple[TermView, ...]
    evidence: str
    why: Markup
    cited: tuple[ClaimView, ...]
    claims: tuple[ClaimView, ...]
    chips: tuple[Chip, ...]


def judgement_view(site: Brief, judgement: Judgement) -> JudgementView:
    """A judgement on the home page; its citations are numbered in the order in which they are read."""
    record = judgement.record
    lead, rest = lead_and_rest(record.judgement)
    words = (record.likelihood or "", f"{record.confidence} confidence")
    cited = dict.fromkeys(c.target for s in judgement.prose.sentences for c in s.citations if c.kind == "claim")
    refs = set(_passages(judgement))
    same = (c for c in site.briefing.claims if c.id not in cited and _shared(c, refs))
    return JudgementView(
        id=urls.anchor(urls.judgement(record.id)),
        lead=site.blocks(lead),
        rest=site.blocks(rest),
        standing=(*(site.term(word) for word in words if word), site.status(record.status)),
        evidence=_evidence(site, judgement),
        why=site.note(record.why),
        cited=tuple(site.claim(site.index.claims[c]) for c in cited),
        claims=tuple(site.claim(c) for c in sorted(same, key=lambda c: -_shared(c, refs))),
        chips=site.chips(record.topics),
    )


def lead_and_rest(markdown: str) -> tuple[str, str]:
    """The first sentence of a text with its citations, and what follows; all of it where marks span the two."""
    paragraph, gap, after = markdown.strip().partition("\n\n")
    end = next((end for _, end, _ in split(paragraph)), len(paragraph))
    lead, rest = paragraph[:end], paragraph[end:].lstrip()
    if _flat(lead) + _flat(rest) != _flat(paragraph):
        return markdown, ""
    return lead, f"{rest}{gap}{after}".strip()


def _flat(markdown: str) -> str:
    return "".join(plain(markdown).split())


def _passages(judgement: Judgement) -> tuple[str, ...]:
    return tuple(dict.fromkeys(r for s in judgement.prose.sentences for c in s.citations for r in c.passages))


def _shared(claim: Claim, refs: set[str]) -> int:
    return len(refs & {*claim.passages("supports"), *claim.passages("contradicts")})


def _evidence(site: Site, judgement: Judgement) -> str:
    """On how much a judgement rests.

    Where it is accepted that is what supports the claims that its first citing sentence cites, without claims its
    passages. All that is cited is more: claims lend what speaks against them too, and may have no support at all.
    """
    every = _passages(judgement)
    if not every:
        return "no passage cited"
    firm = next(s.citations for s in judgement.prose.sentences if s.citations)
    claims = [site.index.claims[c.target] for c in firm if c.kind == "claim"]
    supporting: list[str] = []
    if judgement.record.status == "accepted":
        cited = [claim.passages("supports") for claim in claims] if claims else [c.passages for c in firm]
        supporting = [ref for passages in cited for ref in passages]
    refs = dict.fromkeys(supporting or every)
    origins = site.index.origins(refs, [one for claim in claims for one in claim.record.one_origin])
    sources = counted(len({ref.partition("#")[0] for ref in refs}), "source")
    passages = counted(len(every), "passage")
    some = f"supported by {len(refs)} of " if len(refs) < len(every) else ""
    found = f"{some}{passages}, {sources}, {counted(len(origins), 'origin')}"
    return f"{found}, for and against" if claims and not supporting else found
