"""The briefing as it may be published: the one place where texts are cut and private notes are left out.

It stands between the briefing and all that is made from it. Pages, exports and search are given what this room returns,
so that none of them holds a word that is not shown: a text of which only excerpts are published is blotted out but for
these, offset for offset, and its bytes are gone. Whoever slices beyond an excerpt finds blots, never the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator
from functools import cache
from itertools import pairwise

from .coverage import strays
from .frozen import replace
from .model import Briefing, Claim, Event, Excerpts, Figure, Hidden, Passage, Source
from .patterns import later
from .records import ChangeRecord, Note, NoteRecord, PassageRecord, RegionRecord, RightsRecord, Words
from .storing import Stored
from .texts.text import UNSPACED, Span

CONTEXT = 12  # words around a passage, where neither the site nor the source says how many
BLOT = "\N{FULL BLOCK}"

# The rest of a word that a range cuts, before and after it, and how far it is looked for.
_RUN_BEFORE, _RUN_AFTER, _EDGE = later(r"\S*\Z"), later(r"\S*"), 80


@cache  # compiled when something is cut, as in public builds alone
def _word() -> re.Pattern[str]:
    """A word: a run without white space, at most so long that no run is an article of its own; one character where a
    script writes no spaces between words."""
    return re.compile(rf"(?!\s)[{UNSPACED}]|[^\s{UNSPACED}]{{1,40}}")


def for_public(briefing: Briefing) -> Briefing:
    """The briefing as everybody may see it."""
    site = briefing.site
    sources = tuple(_source(source, site.rights) for source in briefing.sources)
    events, claims = tuple(map(_event, briefing.events)), tuple(map(_claim, briefing.claims))
    index = replace(
        briefing.index,
        sources={s.id: s for s in sources},
        passages={p.ref: p for s in sources for p in s.passages},
        figures={f.ref: f for s in sources for p in s.passages for f in p.figures},
        events={e.id: e for e in events},
        claims={c.id: c for c in claims},
    )
    whole = {s.id for s in sources if s.excerpts is None}
    changes = tuple(replace(r, changes=tuple(_change(c, whole) for c in r.changes)) for r in briefing.changes)
    return replace(
        briefing, sources=sources, events=events, claims=claims, index=index, changes=changes, profile="public"
    )


# Private notes


def _public(note: Note | None) -> Note | None:
    return None if isinstance(note, NoteRecord) and note.private else note


def _figure(figure: Figure) -> Figure:
    return replace(figure, record=replace(figure.record, note=_public(figure.record.note)))


def _passage(passage: Passage) -> Passage:
    return replace(passage, note=_public(passage.note), figures=tuple(map(_figure, passage.figures)))


def _passage_record(record: PassageRecord) -> PassageRecord:
    figures = tuple(replace(f, note=_public(f.note)) for f in record.figures)
    return replace(record, note=_public(record.note), figures=figures)


def _event(event: Event) -> Event:
    return replace(event, record=replace(event.record, note=_public(event.record.note)))


def _claim(claim: Claim) -> Claim:
    evidence = tuple(replace(e, note=_public(e.note)) for e in claim.record.evidence)
    return replace(claim, record=replace(claim.record, evidence=evidence))


# Excerpts


def _change(change: ChangeRecord, whole: Container[str]) -> ChangeRecord:
    """A recorded change; the words that name a stretch outside passages go, unless their text is published whole."""
    if change.what in ("boilerplate", "set aside") and change.id not in whole:
        return replace(change, part=None)
    return change


def _source(source: Source, site: RightsRecord | None) -> Source:
    record = source.record
    passages = tuple(_passage_record(p) for p in record.passages)
    source = replace(
        source,
        record=replace(record, note=_public(record.note), passages=passages),
        passages=tuple(map(_passage, source.passages)),
    )
    rights = record.rights or site
    return (
        source if rights and rights.republish == "whole" else _excerpted(source, _context(record.rights, site), rights)
    )


def _context(*levels: RightsRecord | None) -> int:
    """How many words: as the source says, else the site, else as usual."""
    return next((r.context_words for r in levels if r and r.context_words is not None), CONTEXT)


def _excerpted(source: Source, context: int, rights: RightsRecord | None) -> Source:
    text = source.text
    words = [m.span() for m in _word().finditer(text)]
    quoted = [Span(p.start, p.end) for p in source.passages]
    dated = [source.issued.anchor] if source.issued and source.issued.anchor else []
    shown = joined(text, [*(with_context(text, words, span, context) for span in quoted), *dated])
    excerpts = Excerpts(
        shown=shown,
        hidden=tuple(_hidden(text, shown, source.paragraphs)),
        strays=tuple(s for s in strays(source) if any(p.start <= s.start and s.end <= p.end for p in shown)),
        context=context,
        words=len(text.split()),
        quoted=_whole_words(text, joined(text, [*quoted, *dated])),
        why=rights.why if rights else None,
    )
    stored = Stored(blotted(text, shown).encode(), source.stored.is_plain)  # a blot is printed as well
    cut = replace(source, stored=stored, unusual=None, excerpts=excerpts)
    record = replace(
        cut.record,
        issued=replace(cut.record.issued, prefix=None, suffix=None) if cut.record.issued else None,
        passages=tuple(replace(p, prefix=None, suffix=None) for p in cut.record.passages),
        boilerplate=tuple(map(_wordless, cut.record.boilerplate)),
        set_aside=tuple(map(_wordless, cut.record.set_aside)),
    )
    return replace(
        cut,
        record=record,
        mentions=tuple(m for m in source.mentions if cut.around(m.start, m.end)),
    )


def _wordless(record: RegionRecord) -> RegionRecord:
    """A region with its reason alone: whoever shows its words takes them from the text, which has them or blots."""
    return replace(record, quote=Words(""), prefix=None, suffix=None)


def with_context(text: str, words: list[tuple[int, int]], passage: Span, context: int) -> Span:
    """A passage with so many words before and after it; `words` are the ranges of all words of the text, in order."""
    first = bisect_left(words, passage.start, key=lambda w: w[0])
    last = bisect_right(words, passage.end, key=lambda w: w[1])
    start = words[max(0, first - context)][0] if first and context else passage.start
    end = words[min(len(words), last + context) - 1][1] if last < len(words) and context else passage.end
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return Span(min(start, passage.start), max(end, passage.end))


def joined(text: str, ranges: Iterable[Span]) -> tuple[Span, ...]:
    """The ranges in order; those that overlap, or have nothing but white space between them, as one."""
    found: list[Span] = []
    for span in sorted(ranges):
        if found and not text[found[-1].end : span.start].strip():
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def blotted(text: str, shown: Iterable[Span]) -> str:
    """The text with blots for all that is not shown, one for one."""
    pieces, at = [], 0
    for span in shown:
        pieces += [BLOT * (span.start - at), text[span.start : span.end]]
        at = span.end
    return "".join((*pieces, BLOT * (len(text) - at)))


def _whole_words(text: str, ranges: Iterable[Span]) -> int:
    """How many words the ranges hold; of one that a range cuts, none. A full stop left behind cuts no word."""
    found = 0
    for span in ranges:
        before = _RUN_BEFORE.search(text[max(0, span.start - _EDGE) : span.start])
        after = _RUN_AFTER.match(text[span.end : span.end + _EDGE])
        cut = sum(any(map(str.isalnum, run[0])) for run in (before, after) if run)
        found += max(0, len(text[span.start : span.end].split()) - cut)
    return found


def _hidden(text: str, shown: Iterable[Span], paragraphs: Iterable[Span]) -> Iterator[Hidden]:
    """What is not shown, paragraph by paragraph."""
    edges = (Span(0, 0), *shown, Span(len(text), len(text)))
    gaps = [Span(a.end, b.start) for a, b in pairwise(edges) if a.end < b.start]
    at = 0
    for paragraph in paragraphs:
        while at < len(gaps) and gaps[at].end <= paragraph.start:
            at += 1
        for gap in gaps[at:]:
            if gap.start >= paragraph.end:
                break
            start, end = max(gap.start, paragraph.start), min(gap.end, paragraph.end)
            words = len(text[start:end].split())
            if words:
                yield Hidden(start=start, end=end, words=words)
