"""Changes and corrections: what the author recorded, with links to what is left."""

from __future__ import annotations

import pytest

from site_builder import urls
from site_builder.pages.changes import ChangesContext
from tests.built_sites import ALL, REAL, built

from .contexts import context


def _page(name: str) -> ChangesContext:
    return context(ChangesContext, name, urls.CHANGES)


@pytest.mark.parametrize("name", ALL)
def test_there_is_a_page_when_there_is_something_on_it_and_every_foot_leads_there(name: str) -> None:
    site = built(name)
    has_history = bool(site.briefing.changes or site.briefing.corrections)
    assert (urls.CHANGES in site.pages) == has_history == (name in ("tangle", REAL))
    for path, page in site.pages.items():
        feet = [link for foot in page.all("footer") for link in foot.links()]
        assert any(link.endswith(urls.CHANGES) for link in feet) == has_history, path
        assert any(link.endswith(urls.DATA) for link in feet), path


def test_corrections_are_shown_newest_first_with_links_to_what_is_left() -> None:
    ninety, earlier = _page("tangle").corrections
    assert (ninety.day, earlier.day) == ("2 June 2021", "1 January 2020")
    assert ninety.wrong == 'Ninety ropes broke <script>xss("wrong")</script> & fell.'
    assert {w.text: w.href for w in ninety.where} == {
        "“Ninety ropes were knotted at dawn, and forty of them broke before noon.” (Ropes & knots)": (
            "sources/knots.html#p-outer"
        ),
        'claim “Nothing holds, <script>xss("claim")</script> & so on”': "claims/nothing-holds.html",
        "claim:gone-since": "",
        "figure “40 Ropes & <b>cables</b>”": "figures.html#f-knots--broken",
        "event “from May 2021: Ropes break on and on”": "timeline.html#e-open-end",
        "entity “The master of ropes”": "entities/master.html",
    }
    assert {w.text: w.href for w in earlier.where} == {
        "judgement “Ropes hold.”": "index.html#j-two-voices",
        "question “Is there more?”": "index.html#q-bare",
    }


def test_words_that_a_source_has_in_quotes_get_no_second_pair() -> None:
    """Corrections of the real briefing concern passages that begin with a quote mark."""
    where = [w.text for c in _page(REAL).corrections for w in c.where]
    assert any(words.startswith(("“You", '"You')) for words in where)
    assert not any(words.startswith(("““", '“"')) for words in where)


def test_the_changes_of_an_entry_stand_by_kind_and_by_thing() -> None:
    empty, words, first = _page("tangle").revisions
    assert (empty.title, empty.groups, words.title) == (
        "Nothing changed",
        (),
        'Only words <script>xss("summary")</script>',
    )
    assert (first.id, first.title) == ("r-first", "Changed: 2 claims, 1 figure, 1 passage, 1 topic, 1 entity")
    assert [g.title for g in first.groups] == [
        "Claims", "Figures", "Passages", "Topics and briefs", "People, organisations, places",
    ]  # fmt: skip
    claim, gone = first.groups[0].things
    assert claim.link.href == "claims/nothing-holds.html"
    assert [(c.label, c.part, c.before, c.after) for c in claim.changes] == [
        ("status", ("", ""), "accepted", "conflict"),
        ("evidence added", ("knots#inner", "sources/knots.html#p-inner"), "", "supports"),
    ]
    assert gone.link == ("It was said once", "")
    assert [(c.label, c.before, c.after) for c in gone.changes] == [("new", "", "")]
    (alias,) = first.groups[4].things[0].changes
    assert (alias.label, alias.part.text, alias.after) == ("also known as added", "boss", "")


def test_the_page_names_the_feed_or_says_why_there_is_none() -> None:
    assert urls.FEED in built("tangle").pages[urls.CHANGES].links()
    feeds = [
        link.attributes["href"]
        for link in built("tangle").pages["claims/nothing-holds.html"].all("link", "type")
        if link.attributes["type"] == "application/atom+xml"
    ]
    assert feeds == ["../feed.xml"]
    assert "does not know the address" in built(REAL).pages[urls.CHANGES].text
    assert not any("feed.xml" in link for link in built(REAL).pages[urls.CHANGES].links())


def test_what_was_recorded_is_shown_as_words_and_never_as_marks() -> None:
    page = built("tangle").pages[urls.CHANGES]
    assert 'new <script>xss("after")</script>' in page.text
    assert [s for s in page.all("script") if "src" not in s.attributes and s.attributes.get("type") is None] == []
