"""The list of sources: in which order they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from site_builder import urls
from site_builder.listing.listings import by_issue
from site_builder.pages.source_list import SourceRow, SourcesContext
from site_builder.pages.sources import SourceContext
from site_builder.records import NameRecord, Words
from tests.built_sites import REAL, built

from .contexts import context


def test_sources_stand_by_the_day_of_issue_those_without_one_last_and_then_by_title() -> None:
    dated = next(s for s in built("tangle").briefing.sources if s.issued)
    undated = replace(dated, issued=None)
    other = replace(dated, record=replace(dated.record, title=Words("A")))
    assert dated.title > "A"
    assert sorted([undated, dated, other], key=by_issue) == [other, dated, undated]


@pytest.mark.parametrize(
    ("names", "journal", "whence"),
    [
        ([], None, ""),
        (["Nguy\u1ec5n"], None, "Nguy\u1ec5n"),
        (["Nguy\u1ec5n", "Smith"], "Sleep", "Nguy\u1ec5n and Smith, Sleep"),
        (["Nguy\u1ec5n", "Smith", "O'Brien"], "Sleep", "Nguy\u1ec5n and 2\u00a0others, Sleep"),
        ([], "Sleep", "Sleep"),
    ],
)
def test_a_source_is_listed_with_who_wrote_it_and_what_it_appeared_in(
    names: list[str], journal: str | None, whence: str
) -> None:
    found = built("harbour")
    source = found.briefing.sources[0]
    authors = tuple(NameRecord(at=source.record.at, literal=Words(name)) for name in names)
    where = Words(journal) if journal else None
    record = replace(source.record, author=authors, container_title=where)
    assert SourceRow(found.desk().at(urls.SOURCES), replace(source, record=record)).whence == whence


def test_a_source_leads_to_those_before_and_after_it_in_the_list() -> None:
    rows = [row.href.removeprefix("sources/") for row in context(SourcesContext, REAL, urls.SOURCES).rows]
    for before, href, after in zip(["", *rows], rows, [*rows[1:], ""], strict=False):
        pager = context(SourceContext, REAL, f"sources/{href}").pager
        links = [link.href.removeprefix("../sources/") if link else "" for link in (pager.previous, pager.following)]
        assert links == [before, after]


def test_the_real_sources_are_listed_in_that_order() -> None:
    rows = context(SourcesContext, REAL, urls.SOURCES).rows
    sources = sorted(built(REAL).briefing.sources, key=by_issue)
    assert [row.href for row in rows] == [urls.source(s.id) for s in sources]
    days = [s.issued.value.first or date.min for s in sources if s.issued]
    assert days == sorted(days)
