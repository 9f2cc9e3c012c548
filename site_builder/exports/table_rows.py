"""What stands in the rows of each table: of the long ones source by source, event by event, of the others all at once.

Cells as they are written: ids, dates and the words that a column's values are out of hold nothing that a table or a
spreadsheet would take for more than letters; all else goes through `cells`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .. import urls
from ..frozen import NamedTuple
from ..model import Briefing, Event, Passage, Source
from ..omitting import Omitted
from ..records import MeasureRecord, note_text
from .cells import listed, number, text, yes_or_no

Row = Mapping[str, str]
"""The cells of a row by column, in the order of the columns."""


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
        "id": source.id, "type": record.type, "title": text(record.title), "authors": listed(source.authors),
        "container_title": text(record.container_title), "publisher": text(record.publisher),
        "issued": source.issued.value.edtf if source.issued else "",
        "issued_basis": source.issued.basis if source.issued else "",
        "accessed": text(record.accessed), "url": text(record.URL), "language": text(record.language),
        "license": text(record.license), "published": "excerpts" if source.excerpts else "whole",
        "reliability": record.reliability.grade if record.reliability else "",
        "file": text(record.text), "sha256": source.sha256, "characters": str(source.length),
        **{part: str(round(share, 6)) for part, share in source.coverage.shares().items()},
        "page": text(site.page(urls.source(source.id))), "note": text(note_text(record.note)),
    }  # fmt: skip


def _passages(source: Source, site: Site) -> Iterator[Row]:
    page = f"{text(site.page(urls.source(source.id)))}#{urls.passage_anchor('')}"
    for passage in source.passages:
        yield {
            "id": passage.ref, "source": source.id, "start": str(passage.start), "end": str(passage.end),
            "quote": text(passage.words), "match": passage.match, "topics": listed(passage.topics),
            "said_by": passage.said_by or "", "via": listed(passage.via), "origin": passage.origin,
            "attribution": text(passage.attribution), "speech": passage.speech or "", "stance": passage.stance or "",
            "entities": listed(passage.entities), "flags": _flags(passage) if passage.flags else "",
            "page": page + passage.id, "note": text(note_text(passage.note)),
        }  # fmt: skip


def _flags(passage: Passage) -> str:
    return listed(tuple(f"{flag.kind}: {flag.why}" for flag in passage.flags))


def _figures(source: Source, site: Site) -> Iterator[Row]:
    for figure in (f for p in source.passages for f in p.figures):
        record = figure.record
        yield {
            "id": figure.ref, "source": source.id, "passage": figure.passage_ref,
            "measure": record.measure, "value": number(figure.value), "low": number(figure.low),
            "high": number(figure.high), "approx": text(record.approx), "derived": text(record.derived),
            "inputs": listed(figure.inputs), "unit": text(record.unit or site.measures[record.measure].unit),
            "scope": text(record.scope), "period": text(record.period), "as_of": text(record.as_of),
            "why": text(record.why), "page": text(site.page(urls.figure(figure.ref))),
            "note": text(note_text(record.note)),
        }  # fmt: skip


# Of one event


def _event(event: Event, site: Site) -> Iterator[Row]:
    record = event.record
    yield {
        "id": event.id, "title": text(record.title), "date": event.date.value.edtf, "basis": event.date.basis,
        "why": text(event.date.why), "reported": event.reported.edtf if event.reported else "",
        "planned": yes_or_no(record.planned), "topics": listed(record.topics),
        "page": text(site.page(urls.event(event.id))), "note": text(note_text(record.note)),
    }  # fmt: skip


def _told(event: Event, site: Site) -> Iterator[Row]:  # noqa: ARG001 one signature for all
    for ref in event.record.evidence:
        yield _bearing("event", event.id, ref, "tells of")


OfOne = Callable[[Any, Site], Iterator[Row]]

ROWS_OF_ONE: Mapping[str, tuple[str, OfOne]] = {
    "sources": ("texts", _source), "passages": ("texts", _passages), "figures": ("texts", _figures),
    "events": ("events", _event), "evidence": ("events", _told),
}  # fmt: skip
"""What gives the rows of one thing, and its kind; they depend on nothing else but the site."""


# Of all


def _measures(briefing: Briefing) -> Iterator[Row]:
    page = site_of(briefing).page
    for record in briefing.measures:
        yield {
            "id": record.id, "label": text(record.label), "unit": text(record.unit), "counts": text(record.counts),
            "not_comparable": listed(tuple(f"{other}: {why}" for other, why in record.not_comparable.items())),
            "page": text(page(urls.measure(record.id))),
        }  # fmt: skip


def _claims(briefing: Briefing) -> Iterator[Row]:
    page = site_of(briefing).page
    for claim in briefing.claims:
        record = claim.record
        yield {
            "id": claim.id, "claim": text(record.claim), "status": record.status, "confidence": record.confidence,
            "credibility": text(record.credibility), "sources": str(len(claim.sources)),
            "origins": str(len(claim.origins)), "topics": listed(record.topics), "why": text(record.why),
            "page": text(page(urls.claim(claim.id))),
        }  # fmt: skip


def _evidence(briefing: Briefing) -> Iterator[Row]:
    for claim in briefing.claims:
        for e in claim.record.evidence:
            yield _bearing("claim", claim.id, e.passage, e.relation) | {"note": text(note_text(e.note))}


def _bearing(kind: str, id_: str, ref: str, relation: str) -> dict[str, str]:
    return {
        "id": f"{kind}:{id_} {relation} {ref}", "claim": "", "event": "", kind: id_, "passage": ref,
        "relation": relation, "source": ref.partition("#")[0], "note": "",
    }  # fmt: skip


def _entities(briefing: Briefing) -> Iterator[Row]:
    page = site_of(briefing).page
    named: Counter[str] = Counter(entity for p in briefing.passages() for entity in _concerned(p))
    for record in briefing.entities:
        yield {
            "id": record.id, "kind": record.kind, "name": text(record.name), "aliases": listed(record.aliases),
            "unnamed": yes_or_no(record.unnamed), "description": text(record.description),
            "lat": number(record.lat), "lon": number(record.lon), "precision": record.precision or "",
            "coordinates_from": text(record.coordinates_from), "passages": str(named[record.id]),
            "page": text(page(urls.entity(record.id))),
        }  # fmt: skip


def _concerned(passage: Passage) -> set[str]:
    voices = {passage.said_by} if passage.said_by else set()
    return {*passage.entities, *passage.via, *voices}


OTHER_ROWS: Mapping[str, Callable[[Briefing], Iterator[Row]]] = {
    "measures": _measures, "claims": _claims, "evidence": _evidence, "entities": _entities,
}  # fmt: skip


MADE_FROM: Mapping[str, tuple[str, ...]] = {
    "sources": (), "passages": (), "figures": ("measures",), "measures": ("measures",), "events": (),
    "claims": ("claims",), "evidence": ("claims",), "entities": ("entities", "sources"),
}  # fmt: skip
"""The kinds of things that a table's rows are made from, beside the site and the one thing that rows are of."""
