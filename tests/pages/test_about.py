"""About: the coverage of every source, what was normalised, how the briefs are cited, and the build receipt."""

from __future__ import annotations

import pytest

from site_builder import GENERATOR, urls
from site_builder.listing.listings import by_issue
from site_builder.pages.about import AboutContext
from tests.built_sites import ALL, built

from .contexts import context

each_site = pytest.mark.parametrize("name", ALL)


def _about(name: str) -> AboutContext:
    return context(AboutContext, name, urls.ABOUT)


@each_site
def test_the_coverage_of_every_source_is_shown(name: str) -> None:
    sources = {urls.source(source["id"]): source for source in built(name).data["sources"]}
    rows = _about(name).rows
    assert [row.href for row in rows] == [urls.source(s.id) for s in sorted(built(name).briefing.sources, key=by_issue)]
    for row in rows:
        source = sources[row.href]
        assert [s.percent for s in row.shares] == [f"{100 * share:.1f}" for share in source["coverage"].values()]


@each_site
def test_every_normalised_quote_is_listed_and_no_exact_one(name: str) -> None:
    normalised = [urls.passage(p.ref) for p in built(name).briefing.passages() if p.match == "normalised"]
    assert [q.href for q in _about(name).normalised] == normalised


def test_the_tangle_has_normalised_quotes() -> None:
    assert len(_about("tangle").normalised) == 7


def test_the_sentences_of_each_brief_are_counted_by_how_they_stand() -> None:
    assert [(f.label, f.value) for f in _about("harbour").prose] == [("Noise", "2 cited, 1 analysis, 1 uncited")]


@each_site
def test_the_receipt_counts_what_is_there_and_names_the_generator(name: str) -> None:
    receipt = {fact.label: fact.value for fact in _about(name).receipt}
    briefing = built(name).briefing
    assert receipt["Built by"] == GENERATOR
    assert receipt["Sources"] == str(len(briefing.sources))
    assert receipt["Passages"] == str(len(list(briefing.passages())))


@each_site
def test_the_page_of_data_is_linked(name: str) -> None:
    assert urls.DATA in built(name).pages[urls.ABOUT].links()
