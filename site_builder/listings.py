"""What stands under each topic, measure and entity, looked up once for all pages: ids in the order of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from .model import Briefing

T = TypeVar("T")
Listed = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listings:
    """Ids by what they stand under; what has none is not there.

    By topic `passages` (refs), `events` and `claims`; by measure `figures` (refs); by entity the refs of passages that
    it said, that it passed on, that mean it, and the sources that name it; by kind what is flagged; by how quotes
    match their texts, those that do not do so exactly.
    """

    passages: Listed
    events: Listed
    claims: Listed
    figures: Listed
    said: Listed
    passed_on: Listed
    meant: Listed
    named: Listed
    flagged: Listed
    matched: Listed


def listings(briefing: Briefing) -> Listings:
    """The look-ups of a briefing."""
    passages = briefing.index.passages.items()
    return Listings(
        passages=_by(passages, lambda p: p.topics),
        events=_by(briefing.index.events.items(), lambda e: e.record.topics),
        claims=_by(briefing.index.claims.items(), lambda c: c.record.topics),
        figures=_by(((f.ref, f) for f in briefing.figures()), lambda f: (f.record.measure,)),
        said=_by(passages, lambda p: (p.said_by,) if p.said_by else ()),
        passed_on=_by(passages, lambda p: p.via),
        meant=_by(passages, lambda p: p.entities),
        named=_by(briefing.index.sources.items(), lambda s: (e for m in s.mentions for e in m.entities)),
        flagged=_by(passages, lambda p: (f.kind for f in p.flags)),
        matched=_by(passages, lambda p: (p.match,) if p.match != "exact" else ()),
    )


def _by(things: Iterable[tuple[str, T]], keys: Callable[[T], Iterable[str]]) -> Listed:
    """The ids of things by their keys."""
    found: dict[str, list[str]] = {}
    for id_, thing in things:
        for key in dict.fromkeys(keys(thing)):
            found.setdefault(key, []).append(id_)
    return {key: tuple(ids) for key, ids in found.items()}
