"""Whose words these are: chains of origin as trees, from a claim's origins down to the sources, or from a source up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from ..frozen import NamedTuple
from ..model import Claim, Passage, counted_origin
from .frame import Site
from .views import ChainLink, counted


class Carrier(NamedTuple):
    """A link of a way that words took, how many passages' ways end in it, and the links that come after it."""

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
    reasons: dict[str, str] = {one.voices[0]: one.why for one in claim.record.one_origin}
    for ref in claim.passages("supports"):
        passage = site.index.passages[ref]
        by_origin[counted_origin(passage, site.index.entities, claim.record.one_origin)].append(passage)
    for origin, passages in by_origin.items():
        voices = dict.fromkeys(p.origin for p in passages)
        own = sum(len(p.chain) == 1 for p in passages)
        yield Origin(
            tuple(site.chain_link(v) for v in voices),
            _passages(own),
            tuple(carriers(site, [p.chain[-2::-1] for p in passages if p.chain[1:]])),
            site.line(reasons.get(origin)) if len(voices) > 1 else Markup(),
        )


def carriers(site: Site, ways: Iterable[Sequence[str]]) -> Iterator[Carrier]:
    """Ways of links as a tree, the most used first; `passages` counts the ways that end in a link."""
    below: dict[str, list[Sequence[str]]] = {}
    for way in ways:
        if way:
            below.setdefault(way[0], []).append(way[1:])
    for link, rest in sorted(below.items(), key=lambda item: -len(item[1])):
        further = list(filter(None, rest))
        yield Carrier(site.chain_link(link), _passages(len(rest) - len(further)), tuple(carriers(site, further)))


def _passages(count: int) -> str:
    return counted(count, "passage") if count else ""
