"""What the search page loads: everything that can be found, as script files, in segments.

Scripts, because a page that is opened from disk may load nothing else. The first segment holds what is short and asked
for first: topics, titles of sources, claims, events, entities and measures. The texts, with their passages and figures,
follow in segments of their own. A source's segment follows from its id, and a text says only by id what the first
segment knows, so that an edit of a source, or of a claim, rewrites one file.

Nothing is folded or cut into words here: that is done in one place, `search-words.js`, for texts and queries alike.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from . import urls
from .exports.rows import json_rows
from .markdown import plain
from .model import Briefing, Claim, Event, Figure, Passage, Source, Topic
from .pages.views import figure_text, figure_when, issued_words
from .records import EntityRecord, MeasureRecord, note_text
from .segments import segments
from .text import Span, carried, on_one_line

FIRST = "first"
SOURCES_PER_SEGMENT = 64  # at most on average; half as many after the number of segments has doubled

_SPACE = re.compile(r"\s+")
# As JSON these may stand in a script file; escaped, they may stand in a page too.
_ESCAPED = {"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def search_files(briefing: Briefing) -> Iterator[tuple[str, bytes]]:
    """The segments, each its path and its bytes: the first, then those of the texts."""
    count = segment_count(len(briefing.sources))
    names = [f"text-{number}" for number in range(count)]
    yield _file(FIRST, _first(briefing, [urls.search_segment(name) for name in names]))
    texts: list[list[dict[str, Any]]] = [[] for _ in names]
    for source in briefing.sources:
        texts[segment_of(source.id, count)].append(_text(source))
    for name, sources in zip(names, texts, strict=True):
        yield _file(name, {"sources": sources})


def segment_count(sources: int) -> int:
    """How many segments the texts of so many sources take: a power of two, so that a segment, when it splits, splits
    in two."""
    return 1 << max(0, (sources - 1) // SOURCES_PER_SEGMENT).bit_length()


def segment_of(source_id: str, count: int) -> int:
    """The segment of a source, from 0; it depends on nothing but the id and the number of segments."""
    return int.from_bytes(hashlib.sha256(source_id.encode()).digest()[:4]) % count


def _file(name: str, content: Mapping[str, Any]) -> tuple[str, bytes]:
    rows = json_rows(content).decode()
    for char, escape in _ESCAPED.items():
        rows = rows.replace(char, escape)
    return urls.search_segment(name), f'(self.briefingSegments ||= {{}})["{name}"] = {rows.rstrip()};\n'.encode()


def _first(briefing: Briefing, texts: Sequence[str]) -> dict[str, Any]:
    return {
        "texts": list(texts),
        "topics": [_topic(t) for t in briefing.topics],
        "sources": [_title(s) for s in briefing.sources],
        "claims": [_claim(c) for c in briefing.claims],
        "events": [_event(e) for e in briefing.events],
        "entities": [_entity(e) for e in briefing.entities],
        "measures": [_measure(m) for m in briefing.measures],
    }


def _said(**values: Any) -> dict[str, Any]:
    """What is said of a thing; what is empty is left out."""
    return {key: value for key, value in values.items() if value}


def _plain(markdown: str | None) -> str:
    return on_one_line(plain(markdown)) if markdown else ""


def _topic(topic: Topic) -> dict[str, Any]:
    return _said(
        id=topic.id, href=urls.topic(topic.id), title=on_one_line(topic.title), letter=topic.letter, theme=topic.theme,
        summary=_plain(topic.record.summary),
    )  # fmt: skip


def _title(source: Source) -> dict[str, Any]:
    record = source.record
    return _said(
        id=source.id, href=urls.source(source.id), title=on_one_line(source.title), issued=issued_words(source),
        short=on_one_line(record.title_short or ""), language=record.language,
        by=[on_one_line(x) for x in (*source.authors, record.container_title, record.publisher) if x],
    )  # fmt: skip


def _claim(claim: Claim) -> dict[str, Any]:
    record = claim.record
    return _said(
        href=urls.claim(claim.id), claim=on_one_line(record.claim), why=_plain(record.why), status=record.status,
        confidence=record.confidence, topics=list(record.topics),
    )  # fmt: skip


def _event(event: Event) -> dict[str, Any]:
    record = event.record
    return _said(
        href=urls.event(event.id), title=on_one_line(record.title), date=event.date.value.words(),
        note=_plain(note_text(record.note)), planned=record.planned, topics=list(record.topics),
    )  # fmt: skip


def _entity(entity: EntityRecord) -> dict[str, Any]:
    aliases = dict.fromkeys(on_one_line(a) for a in entity.aliases if a != entity.name)
    return _said(
        id=entity.id, href=urls.entity(entity.id), kind=entity.kind, name=on_one_line(entity.name),
        aliases=list(aliases), description=on_one_line(entity.description or ""), unnamed=entity.unnamed,
    )  # fmt: skip


def _measure(measure: MeasureRecord) -> dict[str, Any]:
    return _said(
        id=measure.id,
        label=on_one_line(measure.label),
        unit=on_one_line(measure.unit),
        counts=on_one_line(measure.counts),
    )


def _text(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "passages": [_passage(source, p) for p in source.passages],
        "paragraphs": list(_paragraphs(source)),
    }


def _passage(source: Source, passage: Passage) -> dict[str, Any]:
    """A passage without its words, which stand in the paragraphs; its names are of all whom it names or who speak."""
    spoken = (passage.said_by or "", *passage.via)
    names = (*_named(source, passage.start, passage.end), *passage.entities, *spoken)
    return _said(
        anchor=urls.passage_anchor(passage.id), topics=list(passage.topics),
        names=[name for name in dict.fromkeys(names) if name], figures=[_figure(f) for f in passage.figures],
    )  # fmt: skip


def _figure(figure: Figure) -> dict[str, Any]:
    record = figure.record
    return _said(
        href=urls.figure(figure.ref), text=on_one_line(figure_text(figure)), measure=record.measure,
        unit=on_one_line(record.unit or ""), scope=on_one_line(record.scope or ""), when=figure_when(figure),
        approx=on_one_line(record.approx or "") if figure_text(figure) != f"“{record.approx}”" else "",
    )  # fmt: skip


def _paragraphs(source: Source) -> Iterator[dict[str, Any]]:
    """The paragraphs; one of which only pieces are published is so many, so that no phrase is found across a gap."""
    spans = [Span(p.start, p.end) for p in source.passages]
    for number, paragraph in enumerate(source.paragraphs, 1):
        for shown in source.excerpts.shown if source.excerpts else (paragraph,):
            piece = Span(max(paragraph.start, shown.start), min(paragraph.end, shown.end))
            if piece.start < piece.end:
                yield _paragraph(source, number, piece, spans)


def _paragraph(source: Source, number: int, piece: Span, passages: Sequence[Span]) -> dict[str, Any]:
    """A paragraph as runs: its words or, where passages cover them, the words and which passages these are."""
    runs: list[Any] = []
    for segment in segments(piece, passages):
        words = _SPACE.sub(" ", carried(source.text[segment.start : segment.end]))
        runs.append([words, *segment.covers] if segment.covers else words)
    names = list(dict.fromkeys(_named(source, piece.start, piece.end)))
    return _said(anchor=urls.paragraph_anchor(number), runs=runs, names=names)


def _named(source: Source, start: int, end: int) -> Iterator[str]:
    return (entity for m in source.mentions if start <= m.start and m.end <= end for entity in m.entities)
