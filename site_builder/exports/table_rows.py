"""What stands in the rows of each table: of a source's own tables source by source, of the others all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from .. import urls
from ..model import Briefing, Passage, Source
from ..omitting import Omitted
from ..records import MeasureRecord, note_text

Row = Mapping[str, Any]


class Site(NamedTuple):
    """What the rows of a source need of all else: the site's address, empty where it is not known, the measures, and
    what is left out of the site."""

    base: str
    measures: Mapping[str, MeasureRecord]
    omitted: Omitted

    def page(self, target: str) -> str:
        """Where a thing stands on the site; empty where it is left out."""
        return "" if self.omitted.has(target) else self.base + target


def site_of(briefing: Briefing) -> Site:
    """The same of a briefing."""
    base = briefing.site.base_url
    return Site(f"{base.rstrip('/')}/" if base else "", briefing.index.measures, Omitted(briefing.leaves_out))


# Of one source


def _source(source: Source, site: Site) -> Iterator[Row]:
    record = source.record
    yield {
        "id": source.id, "type": record.type, "title": record.title, "authors": source.authors,
        "container_title": record.container_title, "publisher": record.publisher,
        "issued": source.issued.value.edtf if source.issued else None,
        "issued_basis": source.issued.basis if source.issued else None,
        "accessed": record.accessed, "url": record.URL, "language": record.language, "license": record.license,
        "published": "excerpts" if source.excerpts else "whole",
        "reliability": record.reliability.grade if record.reliability else None,
        "file": record.text, "sha256": source.sha256, "characters": len(source.text),
        **{part: round(share, 6) for part, share in source.coverage.shares().items()},
        "page": site.page(urls.source(source.id)), "note": note_text(record.note),
    }  # fmt: skip


def _passages(source: Source, site: Site) -> Iterator[Row]:
    for passage in source.passages:
        yield {
            "id": passage.ref, "source": source.id, "start": passage.start, "end": passage.end,
            "quote": passage.words, "match": passage.match, "topics": passage.topics, "said_by": passage.said_by,
            "via": passage.via, "origin": passage.origin, "attribution": passage.attribution,
            "speech": passage.speech, "stance": passage.stance, "entities": passage.entities,
            "flags": [f"{f.kind}: {f.why}" for f in passage.flags],
            "page": site.page(urls.passage(passage.ref)), "note": note_text(passage.note),
        }  # fmt: skip


def _figures(source: Source, site: Site) -> Iterator[Row]:
    for figure in (f for p in source.passages for f in p.figures):
        record = figure.record
        yield {
            "id": figure.ref, "source": source.id, "passage": f"{source.id}#{figure.passage}",
            "measure": record.measure, "value": figure.value, "low": figure.low, "high": figure.high,
            "approx": record.approx, "derived": record.derived, "inputs": figure.inputs,
            "unit": record.unit or site.measures[record.measure].unit, "scope": record.scope,
            "period": record.period, "as_of": record.as_of, "why": record.why,
            "page": site.page(urls.figure(figure.ref)), "note": note_text(record.note),
        }  # fmt: skip


OfSource = Callable[[Source, Site], Iterator[Row]]

SOURCE_ROWS: Mapping[str, OfSource] = {
    "sources": _source, "passages": _passages, "figures": _figures,
}  # fmt: skip


# Of all


def _measures(briefing: Briefing) -> Iterator[Row]:
    page = site_of(briefing).page
    for record in briefing.measures:
        yield {
            "id": record.id, "label": record.label, "unit": record.unit, "counts": record.counts,
            "not_comparable": [f"{other}: {why}" for other, why in record.not_comparable.items()],
            "page": page(urls.measure(record.id)),
        }  # fmt: skip


def _events(briefing: Briefing) -> Iterator[Row]:
    page = site_of(briefing).page
    for event in briefing.events:
        record = event.record
        yield {
            "id": event.id, "title": record.title, "date": event.date.value.edtf, "basis": event.date.basis,
            "why": event.date.why, "reported": event.reported.edtf if event.reported else None,
            "planned": record.planned, "topics": record.topics, "page": page(urls.event(event.id)),
            "note": note_text(record.note),
        }  # fmt: skip


def _claims(briefing: Briefing) -> Iterator[Row]:
    page = site_of(briefing).page
    for claim in briefing.claims:
        record = claim.record
        yield {
            "id": claim.id, "claim": record.claim, "status": record.status, "confidence": record.confidence,
            "credibility": record.credibility, "sources": len(claim.sources), "origins": len(claim.origins),
            "topics": record.topics, "why": record.why, "page": page(urls.claim(claim.id)),
        }  # fmt: skip


def _evidence(briefing: Briefing) -> Iterator[Row]:
    for claim in briefing.claims:
        for e in claim.record.evidence:
            yield _bearing("claim", claim.id, e.passage, e.relation) | {"note": note_text(e.note)}
    for event in briefing.events:
        for ref in event.record.evidence:
            yield _bearing("event", event.id, ref, "tells of")


def _bearing(kind: str, id_: str, ref: str, relation: str) -> dict[str, Any]:
    return {
        "id": f"{kind}:{id_} {relation} {ref}", "claim": None, "event": None, kind: id_, "passage": ref,
        "relation": relation, "source": ref.partition("#")[0], "note": None,
    }  # fmt: skip


def _entities(briefing: Briefing) -> Iterator[Row]:
    page = site_of(briefing).page
    named: Counter[str] = Counter(entity for p in briefing.passages() for entity in _concerned(p))
    for record in briefing.entities:
        yield {
            "id": record.id, "kind": record.kind, "name": record.name, "aliases": record.aliases,
            "unnamed": record.unnamed, "description": record.description, "lat": record.lat, "lon": record.lon,
            "precision": record.precision, "coordinates_from": record.coordinates_from, "passages": named[record.id],
            "page": page(urls.entity(record.id)),
        }  # fmt: skip


def _concerned(passage: Passage) -> set[str]:
    voices = {passage.said_by} if passage.said_by else set()
    return {*passage.entities, *passage.via, *voices}


OTHER_ROWS: Mapping[str, Callable[[Briefing], Iterator[Row]]] = {
    "measures": _measures, "events": _events, "claims": _claims, "evidence": _evidence, "entities": _entities,
}  # fmt: skip


MADE_FROM: Mapping[str, tuple[str, ...]] = {
    "sources": (), "passages": (), "figures": ("measures",), "measures": ("measures",), "events": ("events",),
    "claims": ("claims",), "evidence": ("claims", "events"), "entities": ("entities", "sources"),
}  # fmt: skip
"""The kinds of things that a table's rows are made from, beside the site and the source that rows are of."""
