"""`data/briefing.json`: the whole resolved briefing, for programs.

Every field of the YAML stands under its own name, with what the build resolved beside it. The shape is a promise: keys
may be added, never changed. Offsets are code points, half-open, into the decoded text (BOM removed, CRLF and CR read
as LF, nothing else changed). Where a source has `excerpts`, its text is published in the ranges named there alone: the
quotes of regions that are not shown are null.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

from ..model import Briefing, Claim, Dated, Event, Figure, Passage, Region, Source, Topic
from ..records import NoteRecord, PassageRecord, Record, RegionRecord
from .export import Export
from .rows import json_rows


def exports(briefing: Briefing, name: str, version: str) -> Iterator[Export]:
    """The one file."""
    yield Export("data/briefing.json", lambda: export(briefing, name, version))


def export(briefing: Briefing, name: str, version: str) -> bytes:
    """The file's bytes; `name` and `version` are the generator's."""
    content = {
        "generator": {"name": name, "version": version},
        "profile": briefing.profile,
        "site": _plain(briefing.site),
        "sources": [_source(s) for s in briefing.sources],
        "events": [_event(e) for e in briefing.events],
        "claims": [_claim(c) for c in briefing.claims],
        "measures": [_plain(m) for m in briefing.measures],
        "entities": [_plain(e) for e in briefing.entities],
        "topics": [_topic(t) for t in briefing.topics],
        "changes": [_plain(c) for c in briefing.changes],
        "corrections": [_plain(c) for c in briefing.corrections],
    }
    return json_rows(content)


def _plain(value: Any) -> Any:
    """A record, or a part of one, as JSON: fields under their YAML names, locations left out."""
    if isinstance(value, NoteRecord):
        return value.text
    if isinstance(value, Record):
        return {f.metadata.get("key", f.name): _plain(getattr(value, f.name)) for f in fields(value) if f.name != "at"}
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        **_plain(source.record),
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
        found.append({**_plain(record), "quote": quote, "start": region.start, "end": region.end})
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
        "flags": [_plain(f) for f in passage.flags],
        "note": _plain(passage.note),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {**_plain(figure.record), "inputs": list(figure.inputs)}


def _event(event: Event) -> dict[str, Any]:
    reported = {"edtf": event.reported.edtf} if event.reported else None
    return {**_plain(event.record), "date": _dated(event.date), "reported": reported}


def _claim(claim: Claim) -> dict[str, Any]:
    return {**_plain(claim.record), "origins": len(claim.origins)}


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "id": topic.id,
        **_plain(topic.record),
        "related": [other for other, _ in topic.related],
        "theme": topic.theme,
        "brief": topic.brief.markdown,
    }
