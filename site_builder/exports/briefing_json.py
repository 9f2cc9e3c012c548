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
from functools import partial
from typing import Any

from ..downloads import EVENTS_PARTS, SOURCES_PARTS, Parts
from ..model import Briefing, Claim, Dated, Event, Figure, Passage, Region, Source, Topic
from ..parting import EVENTS, SOURCES, part_count, part_of, parted
from ..records import PassageRecord, RegionRecord
from .export import Export, number_of
from .plain import plain, plain_record
from .rows import compact, joined, json_rows


def exports(briefing: Briefing, name: str, version: str) -> Iterator[Export]:
    """The file of the whole, and those of its parts."""
    parts, of_events = parted(briefing.sources, SOURCES), parted(briefing.events, EVENTS)
    keys = (("site", "whole"), *((kind, "") for kind in _KINDS), number_of(len(of_events)))
    yield Export("data/briefing.json", lambda: export(briefing, name, version), keys)
    for number, sources in enumerate(parts):
        content = partial(_part, "sources", source_piece, sources)
        yield Export(SOURCES_PARTS.path(number), content, [("texts", s.id) for s in sources])
    for number, events in enumerate(of_events):
        content = partial(_part, "events", event_piece, events)
        yield Export(EVENTS_PARTS.path(number), content, [("events", e.id) for e in events])


_KINDS = (
    "profile", "sources", "claims", "measures", "entities", "topics", "judgements", "questions", "changes",
    "corrections",
)  # fmt: skip


def _part(kind: str, piece: Callable[[Any], str], things: Sequence[Any]) -> bytes:
    return joined({}, kind, map(piece, things))


def source_piece(source: Source) -> str:
    """A source as JSON on one line; it depends on nothing else."""
    return compact(_source(source))


def event_piece(event: Event) -> str:
    """An event as JSON on one line; it depends on nothing else."""
    return compact(_event(event))


def export(briefing: Briefing, name: str, version: str) -> bytes:
    """The bytes of the whole without its parts; `name` and `version` are the generator's."""
    files = _files(SOURCES_PARTS, part_count(len(briefing.sources), SOURCES))
    events = _files(EVENTS_PARTS, part_count(len(briefing.events), EVENTS))
    content = {
        "generator": {"name": name, "version": version},
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


_RESOLVED = frozenset(("passages", "issued", "boilerplate", "set_aside"))  # given as resolved instead


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        **plain_record(source.record, _RESOLVED),
        "sha256": source.sha256,
        "length": len(source.text),
        "issued": _issued(source),
        "passages": _passages(source),
        "boilerplate": _regions(source, source.boilerplate, source.record.boilerplate),
        "set_aside": _regions(source, source.set_aside, source.record.set_aside),
        "coverage": source.coverage.shares(),
        "excerpts": _excerpts(source),
    }


def _excerpts(source: Source) -> dict[str, Any] | None:
    if source.excerpts is None:
        return None
    shown = [{"start": span.start, "end": span.end} for span in source.excerpts.shown]
    return {"context_words": source.excerpts.context, "words": source.excerpts.words, "shown": shown}


def _issued(source: Source) -> dict[str, Any] | None:
    dated, record = source.issued, source.record.issued
    if dated is None or record is None:
        return None
    found = _dated(dated)
    if dated.anchor:
        found["quote"] = source.text[dated.anchor.start : dated.anchor.end]
        found |= {"prefix": record.prefix, "suffix": record.suffix}
    return found


def _dated(dated: Dated) -> dict[str, Any]:
    anchor = {"start": dated.anchor.start, "end": dated.anchor.end} if dated.anchor else {}
    return {"edtf": dated.value.edtf, "basis": dated.basis, "why": dated.why, **anchor}


def _regions(source: Source, regions: Sequence[Region], records: Sequence[RegionRecord]) -> list[dict[str, Any]]:
    """Regions with the selectors that were written for them, the quote as the text has it where it is shown."""
    found = []
    for region, record in zip(regions, records, strict=True):
        is_shown = source.around(region.start, region.end)
        quote = source.text[region.start : region.end] if is_shown else None
        found.append({**plain(record), "quote": quote, "start": region.start, "end": region.end})
    return found


def _passages(source: Source) -> list[dict[str, Any]]:
    written: dict[str, PassageRecord] = {r.id: r for r in source.record.passages}
    context = ((p, written[p.id]) for p in source.passages)
    return [{**_passage(p), "prefix": record.prefix, "suffix": record.suffix} for p, record in context]


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id,
        "start": passage.start,
        "end": passage.end,
        "quote": passage.words,
        "match": passage.match,
        "topics": list(passage.topics),
        "said_by": passage.said_by,
        "via": list(passage.via),
        "attribution": passage.attribution,
        "speech": passage.speech,
        "stance": passage.stance,
        "origin": passage.origin,
        "figures": [_figure(f) for f in passage.figures],
        "entities": list(passage.entities),
        "flags": [plain(f) for f in passage.flags],
        "note": plain(passage.note),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {**plain(figure.record), "inputs": list(figure.inputs)}


def _event(event: Event) -> dict[str, Any]:
    reported = {"edtf": event.reported.edtf} if event.reported else None
    return {**plain_record(event.record, ("date", "reported")), "date": _dated(event.date), "reported": reported}


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
