"""`data/briefing.json`: the resolved briefing, for programs; its sources and events in parts beside it.

Every field of the YAML stands under its own name, with what the build resolved beside it. The shape is a promise: keys
may be added, never changed. Offsets are code points, half-open, into the decoded text (BOM removed, CRLF and CR read
as LF, nothing else changed). Where a source has `excerpts`, its text is published in the ranges named there alone: the
quotes of regions that are not shown are null.

`parts` names the files that hold the sources and the events, `sources` the order and the part of each source. However
small a briefing is, its sources are in a part: a program that reads one briefing reads all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any

from .. import NAME, __version__
from ..downloads import EVENTS_PARTS, SOURCES_PARTS, Parts
from ..model import Briefing, Claim, Dated, Event, Excerpts, Figure, Passage, Region, Source, Topic
from ..parting import EVENTS, SOURCES, part_count, part_of, parted
from ..records import PassageRecord, RegionRecord, note_text
from .export import Again, Export, Rows, keys_of, number_of
from .plain import plain, written
from .rows import compact, escaped, ids, joined, json_rows, or_null, quoted


def exports(briefing: Briefing) -> Iterator[Export]:
    """The file of the whole, and those of its parts."""
    parts, of_events = parted(briefing.sources, SOURCES), parted(briefing.events, EVENTS)
    keys = (("site", "whole"), *((kind, "") for kind in _KINDS), number_of(len(of_events)))
    yield Export("data/briefing.json", lambda: export(briefing), keys)
    for number, sources in enumerate(parts):
        content, path = partial(_part, "sources", source_piece, sources), SOURCES_PARTS.path(number)
        rows = partial(_again, path, briefing, (number, len(parts)), {"texts": source_piece})
        yield Export(path, content, keys_of("texts", sources), again=rows)
    for number, events in enumerate(of_events):
        content, path = partial(_part, "events", event_piece, events), EVENTS_PARTS.path(number)
        rows = partial(_again, path, briefing, (number, len(of_events)), {"events": event_piece})
        yield Export(path, content, keys_of("events", events), again=rows)


_KINDS = (
    "profile", "sources", "claims", "measures", "entities", "topics", "judgements", "questions", "changes",
    "corrections",
)  # fmt: skip


def _part(kind: str, piece: Callable[[Any], bytes], things: Sequence[Any]) -> bytes:
    return joined({}, **{kind: map(piece, things)})


def _again(path: str, briefing: Briefing, part: tuple[int, int], rows: Rows, again: Again) -> bytes | None:
    return again.with_rows(path, briefing, part, rows)


_NO_PASSAGES = '"passages": []'


def source_piece(source: Source) -> bytes:
    """A source as JSON on one line; it depends on nothing else."""
    resolved = {
        "issued": _issued(source),
        "boilerplate": _regions(source, source.boilerplate, source.record.boilerplate),
        "set_aside": _regions(source, source.set_aside, source.record.set_aside),
        "sha256": quoted(source.sha256),
        "passages": "[]",
    }
    coverage = ", ".join([f'"{part}": {share!r}' for part, share in source.coverage.shares().items()])
    whole = (
        f'{{"id": "{source.id}", {written(source.record, resolved)}, "length": {source.length}, '
        f'"coverage": {{{coverage}}}, "excerpts": {_excerpts(source.excerpts) if source.excerpts else "null"}}}'
    )
    head, _, tail = whole.partition(_NO_PASSAGES)  # text cannot look so: its quotation marks are escaped
    return b"".join((head.encode(), b'"passages": [', *_passages(source), b"]", tail.encode()))


def event_piece(event: Event) -> bytes:
    """An event as JSON on one line; it depends on nothing else."""
    reported = f'{{"edtf": "{event.reported.edtf}"}}' if event.reported else "null"
    return f"{{{written(event.record, {'date': _dated(event.date), 'reported': reported})}}}".encode()


def export(briefing: Briefing) -> bytes:
    """The bytes of the whole without its parts."""
    files = _files(SOURCES_PARTS, part_count(len(briefing.sources), SOURCES))
    events = _files(EVENTS_PARTS, part_count(len(briefing.events), EVENTS))
    content = {
        "generator": {"name": NAME, "version": __version__},
        "profile": briefing.profile,
        "site": plain(briefing.site),
        "parts": {"sources": files, "events": events},
        "sources": [
            {"id": s.id, "title": s.record.title, "part": files[part_of(s.id, len(files))]} for s in briefing.sources
        ],
        "claims": [_claim(c) for c in briefing.claims],
        "measures": [plain(m) for m in briefing.measures],
        "entities": [plain(e) for e in briefing.entities],
        "topics": [_topic(t) for t in briefing.topics],
        "changes": [plain(c) for c in briefing.changes],
        "corrections": [plain(c) for c in briefing.corrections],
    }
    return json_rows(content)


def _files(parts: Parts, count: int) -> list[str]:
    """The files of parts, from the file that names them."""
    return [parts.path(number).removeprefix("data/") for number in range(count)]


def _excerpts(excerpts: Excerpts) -> str:
    shown = [{"start": span.start, "end": span.end} for span in excerpts.shown]
    return compact({"context_words": excerpts.context, "words": excerpts.words, "shown": shown})


def _issued(source: Source) -> str:
    dated, record = source.issued, source.record.issued
    if dated is None or record is None:
        return "null"
    if dated.anchor is None:
        return _dated(dated)
    quote = source.text[dated.anchor.start : dated.anchor.end]
    selector = f'"quote": {quoted(quote)}, "prefix": {or_null(record.prefix)}, "suffix": {or_null(record.suffix)}'
    return f"{_dated(dated)[:-1]}, {selector}}}"


def _dated(dated: Dated) -> str:
    anchor = f', "start": {dated.anchor.start}, "end": {dated.anchor.end}' if dated.anchor else ""
    return f'{{"edtf": "{dated.value.edtf}", "basis": "{dated.basis}", "why": {or_null(dated.why)}{anchor}}}'


def _regions(source: Source, regions: Sequence[Region], records: Sequence[RegionRecord]) -> str:
    """Regions with the selectors that were written for them, the quote as the text has it where it is shown."""
    found = []
    for region, record in zip(regions, records, strict=True):
        is_shown = source.around(region.start, region.end)
        quote = source.text[region.start : region.end] if is_shown else None
        found.append({**plain(record), "quote": quote, "start": region.start, "end": region.end})
    return compact(found) if found else "[]"


def _passages(source: Source) -> list[bytes]:
    """The pieces of a source's passages, as JSON on one line."""
    selectors: dict[str, PassageRecord] = {r.id: r for r in source.record.passages}
    strings = iter(escaped([text for p in source.passages for text in (p.words, note_text(p.note) or "")]))
    pieces: list[bytes] = []
    for p, words, note in zip(source.passages, strings, strings, strict=True):
        selector, said = selectors[p.id], _said(p.said_by, p.via, p.attribution, p.speech, p.stance, p.origin)
        concerned = _concerned(p) if p.figures or p.entities or p.flags else _NONE_CONCERNED
        about = f'", "match": "{p.match}", "topics": {ids(p.topics)}, {said}, {concerned}, "note": '
        around = f', "prefix": {or_null(selector.prefix)}, "suffix": {or_null(selector.suffix)}}}'
        pieces += (
            b', {"id": "' if pieces else b'{"id": "',
            f'{p.id}", "start": {p.start}, "end": {p.end}, "quote": "'.encode(), words,
            about.encode(), *((b"null",) if p.note is None else (b'"', note, b'"')), around.encode(),
        )  # fmt: skip
    return pieces


_NONE_CONCERNED = '"figures": [], "entities": [], "flags": []'


def _concerned(passage: Passage) -> str:
    figures, flags = compact([_figure(f) for f in passage.figures]), compact([plain(f) for f in passage.flags])
    return f'"figures": {figures}, "entities": {ids(passage.entities)}, "flags": {flags}'


@lru_cache(1 << 10)
def _said(
    said_by: str | None,
    via: tuple[str, ...],
    attribution: str | None,
    speech: str | None,
    stance: str | None,
    origin: str,
) -> str:
    return (
        f'"said_by": {or_null(said_by)}, "via": {ids(via)}, "attribution": {or_null(attribution)}, '
        f'"speech": {or_null(speech)}, "stance": {or_null(stance)}, "origin": {quoted(origin)}'
    )


def _figure(figure: Figure) -> dict[str, Any]:
    return {**plain(figure.record), "inputs": list(figure.inputs)}


def _claim(claim: Claim) -> dict[str, Any]:
    return {**plain(claim.record), "origins": len(claim.origins)}


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "id": topic.id,
        **plain(topic.record),
        "related": [other for other, _ in topic.related],
        "theme": topic.theme,
        "brief": topic.brief.markdown,
    }
