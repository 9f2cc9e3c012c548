"""Data: every file on offer is linked and explained, with its size."""

from __future__ import annotations

import pytest

from site_builder import urls
from site_builder.backlinks import backlinks
from site_builder.downloads import PARTS, TABLES, downloads, in_words, told_sizes
from site_builder.pages.data_files import DataContext, pages
from tests.built_sites import ALL, built, desk_of, many


@pytest.mark.parametrize("name", ALL)
def test_every_file_of_data_is_linked_with_its_size_and_there_is_no_other(name: str) -> None:
    site = built(name)
    page = site.pages[urls.DATA]
    data = {path for path in site.files if path.startswith("data/")}
    offered = {*(d.path for d in downloads()), *(parts.path(0) for parts in PARTS)}
    assert data == {link for link in page.links() if link.startswith("data/")} == offered
    for path in data:
        assert in_words(len(site.files[path])) in page.text, path


def test_of_files_in_parts_the_first_is_linked_with_how_many_there_are_and_how_large_they_are_together() -> None:
    briefing = many(70)
    sizes = told_sizes({parts.path(number): 1500 for parts in PARTS for number in range(4)})
    (page,) = pages(desk_of(briefing, backlinks(briefing), sizes=sizes))
    context = page.context
    assert isinstance(context, DataContext)
    assert [(p.first.href, p.files, p.size) for p in context.parts] == [
        (parts.path(0), "4\xa0files", "6.0 KB") for parts in PARTS
    ]


def test_of_a_table_in_several_files_the_first_is_linked_and_it_is_said_how_they_are_one() -> None:
    briefing = built("harbour").briefing
    sizes = told_sizes({f"data/passages-{number}.csv": 1500 for number in range(4)} | {"data/sources.csv": 1500})
    assert (sizes["data/passages.csv"], sizes["data/sources.csv"]) == ((4, "6.0 KB"), (1, "1.5 KB"))
    (page,) = pages(desk_of(briefing, backlinks(briefing), sizes=sizes))
    context = page.context
    assert isinstance(context, DataContext)
    passages = next(t.file for t in context.tables if t.id == "table-passages")
    assert (passages.link.href, passages.size) == ("data/passages-0.csv", "4\xa0files, 6.0 KB")
    assert context.are_cut
    assert not next(iter(pages(desk_of(briefing, backlinks(briefing), sizes={})))).context.are_cut


def test_of_many_sources_with_one_licence_the_first_are_named_and_the_rest_counted() -> None:
    briefing = many(1070)
    (page,) = pages(desk_of(briefing, backlinks(briefing)))
    context = page.context
    assert isinstance(context, DataContext)
    (rights,) = context.rights
    assert (rights.license, len(rights.sources), rights.more) == ("", 24, "1,046")


def test_every_column_is_explained_and_leads_to_the_table_that_it_refers_to() -> None:
    page = built("smallest").pages[urls.DATA]
    ids = set(page.ids())
    codes = {code.text for code in page.all("code")}
    for table in TABLES:
        assert f"table-{table.name}" in ids
        for column in table.columns:
            assert column.name in codes
            assert f"{column.meaning}." in page.text
            assert not column.refers or f"#table-{column.refers}" in page.links()


@pytest.mark.parametrize("name", ALL)
def test_whose_words_the_sources_are_is_said_of_each(name: str) -> None:
    site = built(name)
    text = site.pages[urls.DATA].text
    assert "belong to those who wrote or published them" in text
    for source in site.briefing.sources:
        assert urls.source(source.id) in site.pages[urls.DATA].links()
        assert (source.record.license or "no licence is recorded") in text


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "under 1 KB"), (999, "under 1 KB"), (1000, "1.0 KB"), (9_949, "9.9 KB"), (9_950, "10 KB"), (320_454, "320 KB"),
     (999_499, "999 KB"), (999_500, "1.0 MB"), (12_300_000, "12 MB"), (5_000_000_000, "5.0 GB")],
)  # fmt: skip
def test_a_size_is_said_to_two_figures(size: int, words: str) -> None:
    assert in_words(size) == words
