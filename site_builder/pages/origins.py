"""Whose word a claim is: its origins, and the ways by which each reached the sources that support the claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from ..model import Claim, Passage
from .frame import Site
from .views import ChainLink, counted


class Carrier(NamedTuple):
    """One who passed a word on, or the source that prints it; `passages` counts those that end here."""

    link: ChainLink
    passages: str
    carriers: tuple[Carrier, ...]


class Origin(NamedTuple):
    """An origin: the voices that count as one, those who carried its word, and why the voices count as one.

    A source that speaks in its own voice has no carrier, and `passages` of its own.
    """

    voices: tuple[ChainLink, ...]
    passages: str
    carriers: tuple[Carrier, ...]
    why: Markup


def origins(site: Site, claim: Claim) -> Iterator[Origin]:
    """The origins of a claim's support, as they are counted, each with its branches down to the sources."""
    by_origin: dict[str, list[Passage]] = {origin: [] for origin in claim.origins}
    first: dict[str, str] = {voice: one.voices[0] for one in claim.record.one_origin for voice in one.voices}
    reasons: dict[str, str] = {one.voices[0]: one.why for one in claim.record.one_origin}
    for ref in claim.passages("supports"):
        passage = site.index.passages[ref]
        by_origin[_counted_as(site, passage, first)].append(passage)
    for origin, passages in by_origin.items():
        voices = dict.fromkeys(p.origin for p in passages)
        own = sum(len(p.chain) == 1 for p in passages)
        yield Origin(
            tuple(site.chain_link(v) for v in voices),
            _passages(own),
            tuple(_carriers(site, [p.chain[-2::-1] for p in passages if p.chain[1:]])),
            site.line(reasons.get(origin)) if len(voices) > 1 else Markup(),
        )


def _counted_as(site: Site, passage: Passage, first: dict[str, str]) -> str:
    """Contract 5: voices counted as one stand under the first of them, an unnamed voice counts once per source."""
    entity = site.index.entities.get(passage.origin)
    if passage.origin in first:
        return first[passage.origin]
    return f"{passage.source}#unnamed" if entity and entity.unnamed else passage.origin


def _carriers(site: Site, ways: Iterable[Sequence[str]]) -> Iterator[Carrier]:
    """The ways from an origin to the sources as a tree; each ends in a source."""
    below: dict[str, list[Sequence[str]]] = {}
    for way in ways:
        below.setdefault(way[0], []).append(way[1:])
    for link, rest in below.items():
        ends = sum(not way for way in rest)
        yield Carrier(site.chain_link(link), _passages(ends), tuple(_carriers(site, [w for w in rest if w])))


def _passages(count: int) -> str:
    return counted(count, "passage") if count else ""
