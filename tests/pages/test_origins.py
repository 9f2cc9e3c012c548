"""Whose word a claim is: as many origins as are counted, and every way from an origin down to a source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from site_builder import urls
from site_builder.model import Claim
from site_builder.pages.claims import ClaimContext
from site_builder.pages.origins import Carrier, Origin, origins
from site_builder.problems import Place
from site_builder.records import EvidenceRecord, Id, Location, Markdown, OneOriginRecord, PassageRef
from tests.built_sites import ALL, built

from .contexts import context

each_site = pytest.mark.parametrize("name", ALL)


def _claim(name: str, claim: str) -> ClaimContext:
    return context(ClaimContext, name, urls.claim(claim))


def _ways(carriers: Iterable[Carrier]) -> Iterator[list[str]]:
    for carrier in carriers:
        if carrier.passages:
            yield [carrier.link.href]
        yield from ([carrier.link.href, *way] for way in _ways(carrier.carriers))


def _sources(origin: Origin) -> set[str]:
    own = {v.href for v in origin.voices} if origin.passages else set[str]()
    return own | {way[-1] for way in _ways(origin.carriers)}


@each_site
def test_as_many_origins_are_drawn_as_are_counted_and_every_branch_ends_in_a_supporting_source(name: str) -> None:
    site = built(name)
    for claim, exported in zip(site.briefing.claims, site.data["claims"], strict=True):
        shown = _claim(name, claim.id).origins
        assert len(shown) == exported["origins"]
        assert {s for o in shown for s in _sources(o)} == {f"../{urls.source(s)}" for s in claim.sources}


@each_site
def test_every_way_is_the_chain_of_a_supporting_passage_read_backwards(name: str) -> None:
    site = built(name)
    for claim in site.briefing.claims:
        drawn = {
            (origin.voices[0].href, *way)
            for origin in _claim(name, claim.id).origins
            for way in _ways(origin.carriers)
            if len(origin.voices) == 1
        }
        chains = {site.briefing.index.passages[ref].chain[::-1] for ref in claim.passages("supports")}
        desk = site.desk().at(urls.claim(claim.id))
        assert drawn <= {tuple(desk.chain_link(link).href for link in chain) for chain in chains}


def test_two_sources_that_repeat_one_voice_are_two_sources_and_one_origin() -> None:
    claim = _claim("tangle", "one-origin")
    assert (claim.source_count, claim.origin_count) == ("2\xa0sources", "1\xa0origin")
    (origin,) = claim.origins
    assert [v.text for v in origin.voices] == ["The master of ropes"]
    assert list(_ways(origin.carriers)) == [
        ["../sources/knots.html"], ["../entities/log.html", "../sources/knots.html"], ["../sources/fence.html"],
    ]  # fmt: skip


def test_an_unnamed_voice_is_drawn_as_unnamed_and_once_for_each_source() -> None:
    claim = _claim("tangle", "ropes-held")
    assert [[v.is_unnamed for v in o.voices] for o in claim.origins] == [[True], [True]]
    assert [list(_ways(o.carriers)) for o in claim.origins] == [
        [["../sources/fence.html"]], [["../sources/letters.html"]],
    ]  # fmt: skip


def test_a_claim_that_nothing_supports_has_no_origin() -> None:
    assert _claim("tangle", "withdrawn").origins == ()


def test_voices_counted_as_one_stand_together_with_the_reason() -> None:
    site = built("tangle")
    here = Location(Place("claims.yaml"), {})
    evidence = tuple(
        EvidenceRecord(at=here, passage=PassageRef(ref), relation="supports")
        for ref in ("knots#for-ever", "fence#many")
    )
    one = OneOriginRecord(at=here, voices=(Id("master"), Id("a-sailor")), why=Markdown("perhaps *one* man"))
    written = site.briefing.index.claims["one-origin"].record
    record = replace(written, evidence=evidence, one_origin=(one,))
    claim = Claim(record=record, origins=("master",), sources=("knots", "fence"))
    (origin,) = origins(site.desk().at(urls.claim("one-origin")), claim)
    assert [v.is_unnamed for v in origin.voices] == [False, True]
    assert str(origin.why) == "perhaps <em>one</em> man"
    assert sorted(way[-1] for way in _ways(origin.carriers)) == ["../sources/fence.html", "../sources/knots.html"]
