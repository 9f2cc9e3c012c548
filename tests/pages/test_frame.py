"""What all pages share: the navigation, links written in Markdown, citations in notes, chains of origin."""

from __future__ import annotations

import pytest

from site_builder import urls
from site_builder.backlinks import backlinks
from site_builder.listing.layout import Limits
from site_builder.pages.brief import Brief
from site_builder.problems import Place
from site_builder.records import Location, Markdown, NoteRecord
from tests.built_sites import ALL, built, desk_of
from tests.long_site import long_briefing

PRIVATE = NoteRecord(at=Location(Place("elsewhere"), {}), text=Markdown("*Ours*."), private=True)
LIMITS = Limits(9_000, 6_000, 3_000)  # of a list that is long

each_site = pytest.mark.parametrize("name", ALL)


@pytest.mark.parametrize(
    ("path", "url", "link"),
    [
        ("topics/ropes.html", "claims.html", "../claims.html"), ("index.html", "claims.html", "claims.html"),
        ("sources/knots.html", "sources/knots.html#p-inner", "#p-inner"), ("topics/ropes.html", "#cite-1", "#cite-1"),
        ("topics/ropes.html", "https://example.org/a:b", "https://example.org/a:b"),
        ("topics/ropes.html", "mailto:a@example.org", "mailto:a@example.org"),
        ("topics/ropes.html", "data/a:b.json", "../data/a:b.json"),
    ],
)  # fmt: skip
def test_a_link_in_markdown_is_written_from_the_root_and_leads_there_from_any_page(
    path: str, url: str, link: str
) -> None:
    assert built("tangle").desk().at(path).link(url) == link


@pytest.mark.parametrize("cited", [(), ("See [@event:board-statement].",), (PRIVATE, None, "")])
def test_notes_together_are_as_each_is_by_itself(cited: tuple[NoteRecord | str | None, ...]) -> None:
    notes = ["**So** [it](claims.html#a-b) is.\n", *cited, '- [Here](https://e.org/a)\n- & "there"']
    for site in (
        built("harbour").desk().at("sources/harbour-notice.html"),
        Brief(built("harbour").desk(), "claims/a.html"),
    ):
        together, alone = site.notes(notes), [site.note(note) for note in notes]
        assert together == alone
        assert [noted(note) for note in together] == [noted(note) for note in alone]
        assert site.cite("event", "board-statement").id in ("", "cite-1")


def noted(note: object) -> tuple[object, ...]:
    """The ids and links that are noted of a note."""
    return tuple(list(getattr(note, name, ())) for name in ("ids", "links"))


@pytest.mark.parametrize("desk", [*(pytest.param(n, id=n) for n in ALL), "a long one"])
def test_sources_passages_and_events_are_linked_as_any_address_is(desk: str) -> None:
    own = desk_of(long_briefing(), backlinks(long_briefing()), LIMITS) if desk == "a long one" else built(desk).desk()
    briefing = own.briefing.untraced
    sheets = [path for path in own.layout.lists.get(urls.TIMELINE, ()) if path != urls.TIMELINE]
    of_source = [urls.source(source.id) for source in briefing.sources[:1]]
    for path in (urls.TIMELINE, "topics/a/events/2014.html", *sheets[:3], *of_source):
        site = own.at(path)
        assert [site.event(e.id) for e in briefing.events] == [site.href(urls.event(e.id)) for e in briefing.events]
        for source in briefing.sources[:20]:
            assert site.source(source) == (site.source_label(source), site.href(urls.source(source.id)))
            for passage in source.passages:
                assert site.passage(passage, source) == site.href(urls.passage(passage.ref))


@each_site
def test_each_page_marks_its_own_section_and_no_other_in_the_navigation(name: str) -> None:
    for path, page in built(name).pages.items():
        assert len(page.all("a", "aria-current")) == (path != urls.NOT_FOUND), path


@each_site
def test_every_page_leads_to_every_section(name: str) -> None:
    site = built(name)
    sections = (
        urls.HOME,
        urls.TOPICS,
        urls.TIMELINE,
        urls.CLAIMS,
        urls.FIGURES,
        urls.SOURCES,
        urls.ENTITIES,
        urls.ABOUT,
        urls.SEARCH,
    )
    for path, page in site.pages.items():
        if path != urls.NOT_FOUND:
            assert {urls.relative(path, section) for section in sections} <= set(page.links()), path


def test_a_citation_in_a_note_says_what_it_cites() -> None:
    site = built("tangle").desk().at("index.html")
    assert site.cite("passage", "knots#outer").label == "Ropes & knots"
    assert site.cite("claim", "ropes-held").words == "Some ropes held"
    assert site.cite("event", "new-ropes-come").words == "12 May 2021: New ropes & <b>knots</b> come"
    assert site.cite("figure", "knots#left").words == "50 Ropes & <b>cables</b>"


def test_a_chain_of_origin_begins_with_the_source_and_ends_with_the_voice() -> None:
    desk = built("tangle").desk()
    chain = desk.at("index.html").chain(desk.briefing.index.passages["knots#for-ever"])
    assert [link.text for link in chain] == ["Ropes & knots", "The <i>Log</i> & Co", "The master of ropes"]
    assert [link.is_unnamed for link in desk.at("index.html").chain(desk.briefing.index.passages["knots#inner"])] == [
        False,
        True,
    ]


@each_site
def test_descriptions_stand_on_one_line(name: str) -> None:
    for path, page in built(name).pages.items():
        for meta in page.all("meta", "name"):
            assert "\n" not in meta.attributes["content"], path


def test_a_quote_says_its_language_only_where_it_is_not_the_sites() -> None:
    found = built("tangle")
    site = found.desk().at("index.html")
    languages = {s.id: s.record.language for s in found.briefing.sources}
    for source in found.briefing.sources:
        assert site.language(source) == ("" if languages[source.id] in (None, "en-GB") else languages[source.id])
    foreign = [s for s in found.briefing.sources if site.language(s)]
    assert foreign, "the tangle has a text in another language"
    for passage in foreign[0].passages:
        assert site.quote(passage.ref).language == foreign[0].record.language


@each_site
def test_a_page_below_another_has_crumbs_that_begin_at_the_overview(name: str) -> None:
    for path, page in built(name).pages.items():
        crumbs = [n for n in page.all("nav", "class") if n.attributes["class"] == "crumbs"]
        assert len(crumbs) == ("/" in path or path in (urls.MAP, urls.CHANGES, urls.DATA)), path
        if crumbs:
            assert crumbs[0].links()[0] == urls.relative(path, urls.HOME), path
            assert len(crumbs[0].links()) >= 2, path


@each_site
def test_the_foot_of_every_page_leads_to_all_words(name: str) -> None:
    for path, page in built(name).pages.items():
        (foot,) = page.all("footer")
        assert [link for link in foot.links() if link.endswith("#glossary")], path
