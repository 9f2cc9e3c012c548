"""The matrix: a row for each claim under its first topic, a cell for each source, silence as an empty cell."""

from __future__ import annotations

import pytest

from site_builder import urls
from site_builder.listing.listings import claims_in_order
from site_builder.pages import matrix
from site_builder.pages.claims import ClaimsContext
from site_builder.pages.source_list import SourcesContext
from tests.built_sites import ALL, built

from .contexts import context

each_site = pytest.mark.parametrize("name", ALL)


def _matrix(name: str) -> ClaimsContext:
    return context(ClaimsContext, name, urls.CLAIMS)


@each_site
def test_every_claim_has_one_row_under_the_first_topic_that_it_names(name: str) -> None:
    site = built(name)
    for group in _matrix(name).groups:
        for row in group.rows:
            claim = next(c for c in site.briefing.claims if urls.claim(c.id) == row.claim.href)
            assert group.id == (f"topic-{claim.record.topics[0]}" if claim.record.topics else "no-topic")
            assert [c.href for c in row.others] == [
                urls.topic(t.id) for t in site.briefing.topics if t.id in claim.record.topics[1:]
            ]
    rows = [row.claim.href for g in _matrix(name).groups for row in g.rows]
    assert sorted(rows) == sorted(urls.claim(c.id) for c in site.briefing.claims)


@each_site
def test_every_row_has_a_cell_for_each_source_with_all_that_it_has_to_say(name: str) -> None:
    site = built(name)
    claims = {urls.claim(c.id): c for c in site.briefing.claims}
    sources = {urls.source(s.id): s for s in site.briefing.sources}
    for row in (row for group in _matrix(name).groups for row in group.rows):
        assert sorted(cell.source.href for cell in row.cells) == sorted(sources)
        for cell in row.cells:
            source = sources[cell.source.href]
            own = [e for e in claims[row.claim.href].record.evidence if e.passage.startswith(f"{source.id}#")]
            assert {part.relation for part in cell.parts} == {e.relation for e in own}
            assert sum(part.passages for part in cell.parts) == len(own)
            assert {part.href for part in cell.parts} <= {urls.passage(e.passage) for e in own}


@each_site
def test_columns_and_cells_stand_in_the_order_in_which_sources_are_listed(name: str) -> None:
    listed = [row.href for row in context(SourcesContext, name, urls.SOURCES).rows]
    matrix = _matrix(name)
    assert [column.label.href for column in matrix.columns] == listed
    for row in (row for group in matrix.groups for row in group.rows):
        assert [cell.source.href for cell in row.cells] == listed


def test_a_source_that_says_nothing_on_a_claim_has_an_empty_cell() -> None:
    rows = {row.claim.href: row.cells for group in _matrix("tangle").groups for row in group.rows}
    assert [[part.relation for part in cell.parts] for cell in rows["claims/withdrawn.html"]] == [
        [], ["contradicts"], [],
    ]  # fmt: skip


def test_groups_stand_in_the_order_of_the_topics_and_claims_of_no_topic_last() -> None:
    assert [(g.id, g.title, len(g.rows)) for g in _matrix("tangle").groups] == [
        ("topic-ropes", 'Ropes & "knots"', 2), ("no-topic", "No topic", 3),
    ]  # fmt: skip


def test_each_column_says_how_often_its_source_speaks() -> None:
    columns = {c.label.href: c.speaks for c in _matrix("tangle").columns}
    assert columns["sources/fence.html"] == "supports 3, contradicts 1, qualifies 1, silent 1"


def test_a_source_of_many_is_named_only_where_it_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "COLUMNS", 2)
    site = built("tangle").desk().at(urls.CLAIMS)
    rows = {
        row.claim.href: row.cells
        for group in matrix.groups(site, claims_in_order(site.briefing), is_table=matrix.is_table(site))
        for row in group.rows
    }
    assert not matrix.is_table(site)
    assert [cell.source.href for cell in rows["claims/withdrawn.html"]] == ["sources/knots.html"]


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("nothing-holds", "1\xa0source supports, 2 contradict, 1 qualifies"),
        ("ropes-held", "2\xa0sources support, 1 qualifies"),
        ("withdrawn", "1\xa0source contradicts"),
    ],
)  # fmt: skip
def test_who_speaks_how_is_said_in_words(claim: str, words: str) -> None:
    assert matrix.weighed(built("tangle").briefing.index.claims[claim]) == words
