"""The list of sources at the end of a printed page."""

from dataclasses import replace

import pytest

from site_builder import urls
from site_builder.pages import Context
from site_builder.pages.bibliography import all_sources, bibliography
from tests.built_sites import REAL, built, desk_of

from .contexts import contexts


def test_each_source_is_listed_once_in_the_order_of_the_briefing_with_its_addresses() -> None:
    site = built("tangle").desk().at(urls.HOME)
    sources = site.briefing.sources
    refs = [p.ref for p in reversed(tuple(site.briefing.passages()))]
    found = bibliography(site, refs)
    cited = [s for s in sources if any(ref.startswith(f"{s.id}#") for ref in refs)]
    assert [line.addresses[-1].rpartition("/")[2] for line in found] == [f"{s.id}.html" for s in cited]
    for line, source in zip(found, cited, strict=True):
        assert source.record.title in line.text
        assert (source.record.URL is None) or line.addresses[0] == source.record.URL


def test_of_very_many_sources_the_page_that_lists_them_is_named() -> None:
    desk = built("smallest").desk()
    (one,) = desk.briefing.sources
    many = tuple(replace(one, id=f"s{n}") for n in range(101))
    briefing = desk.briefing.untraced
    index = replace(briefing.index, sources={s.id: s for s in (one, *many)})
    site = desk_of(replace(briefing, sources=many, index=index), desk.backlinks).at(urls.HOME)
    (line,) = all_sources(site)
    assert line.text == "101\xa0sources, all listed on one page."
    assert line.addresses[0].endswith(urls.SOURCES)


@pytest.mark.parametrize("path", [urls.HOME, urls.TIMELINE, urls.CLAIMS, urls.FIGURES, urls.FLAGS])
def test_the_pages_that_quote_list_their_sources(path: str) -> None:
    assert contexts(Context, REAL)[path].bibliography
