"""The feed: valid Atom from the recorded entries alone, with ids that stay and links that lead somewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from feedgenerator import Atom1Feed
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from site_builder import urls
from site_builder.exports.feed import Entry, Feed, atom, feed
from site_builder.model import Briefing
from site_builder.records import Day, Words
from site_builder.texts.text import carried
from tests.built_sites import built

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://example.org/tangle/"


def tree(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)  # noqa: S314 we wrote it


def text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def ids(briefing: Briefing) -> list[str]:
    found = feed(briefing)
    assert found is not None
    return [text(e, "id") for e in tree(atom(found)).findall(f"{ATOM}entry")]


def test_it_has_what_atom_asks_of_a_feed_and_of_its_entries() -> None:
    root = tree(built("tangle").files[urls.FEED])
    assert root.tag == f"{ATOM}feed"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"alternate": BASE, "self": f"{BASE}feed.xml"}
    assert (text(root, "id"), text(root, "title")) == (BASE, 'Tangle <script>xss("site")</script> & "ropes"')
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "A <i>team</i>, O'Brien & Co"
    entries = root.findall(f"{ATOM}entry")
    for entry in entries:
        assert text(entry, "title")
        assert text(entry, "id").startswith(f"{BASE}changes.html#")
        assert datetime.fromisoformat(text(entry, "updated")).tzinfo is not None
    assert len({text(e, "id") for e in entries}) == len(entries) == 5
    assert text(root, "updated") == max(text(e, "updated") for e in entries) == "2022-01-02T00:00:00+00:00"


words = st.text().map(carried)
addresses = st.text("aé/#?&'~%._-").map(BASE.__add__)
html = st.text().map(Markup)
entries = st.builds(Entry, addresses, st.dates().map(str), words, html, st.sampled_from(["changes", "correction"]))


@given(st.builds(Feed, words, st.just("pt-BR"), words, addresses, st.lists(entries, min_size=1).map(tuple)))
def test_it_is_what_a_library_for_feeds_writes(found: Feed) -> None:
    made = Atom1Feed(
        title=found.title, link=found.base, description="Corrections, and what changed", language=found.language,
        author_name=found.author, feed_url=found.base + urls.FEED,
    )  # fmt: skip
    for entry in found.entries:
        day = datetime.fromisoformat(entry.day).replace(tzinfo=UTC)
        made.add_item(
            title=entry.title, link=entry.address, description=None, content=carried(entry.content), pubdate=day,
            updateddate=day, unique_id=entry.address, categories=(entry.category,),
        )  # fmt: skip
    assert atom(found).decode() == f"{made.writeString('utf-8')}\n"


def test_a_correction_says_in_words_what_it_concerns_and_leads_there() -> None:
    entries = tree(built("tangle").files[urls.FEED]).findall(f"{ATOM}entry")
    corrections = {text(e, "id").partition("#")[2]: text(e, "content") for e in entries}
    assert f'<a href="{BASE}claims/nothing-holds.html">claim “Nothing holds, &lt;script&gt;' in corrections["c-ninety"]
    assert ", claim:gone-since, <a " in corrections["c-ninety"]
    assert f'<a href="{BASE}index.html#q-bare">question “Is there more?”</a>.' in corrections["c-earlier"]


def test_corrections_come_first_and_the_newest_of_each_before_the_older() -> None:
    assert [i.partition("#")[2] for i in ids(built("tangle").briefing)] == [
        "c-ninety", "c-earlier", "r-2022-01-02", "r-second", "r-first",
    ]  # fmt: skip


def test_an_entry_keeps_its_id_whatever_is_edited_in_it() -> None:
    briefing = built("tangle").briefing
    edited = replace(
        briefing,
        changes=tuple(replace(r, summary=Words("New"), date=Day("2023-01-01"), changes=()) for r in briefing.changes),
        corrections=tuple(replace(c, right=Words("New words")) for c in briefing.corrections),
    )
    assert sorted(ids(edited)) == sorted(ids(briefing))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.hrefs += [value or "" for name, value in attrs if name == "href"]


def test_every_link_of_an_entry_leads_to_something_that_is_still_there_and_no_words_become_marks() -> None:
    site = built("tangle")
    ids_of = {path: set(page.ids()) for path, page in site.pages.items()}
    seen = _Links()
    for entry in tree(site.files[urls.FEED]).findall(f"{ATOM}entry"):
        seen.feed(text(entry, "content"))
        seen.hrefs.append((entry.find(f"{ATOM}link") or entry[1]).get("href") or "")
    for href in seen.hrefs:
        path, _, fragment = href.removeprefix(BASE).partition("#")
        assert path in site.files, href
        assert not fragment or fragment in ids_of[path], href
    assert f"{BASE}{urls.claim('nothing-holds')}" in seen.hrefs
    assert not any("gone" in href for href in seen.hrefs)
    assert seen.tags == {"p", "a", "ul", "li", "q"}


@pytest.mark.parametrize("name", ["harbour", "smallest"])
def test_without_an_address_or_without_a_history_there_is_none(name: str) -> None:
    assert urls.FEED not in built(name).files
    tangle = built("tangle").briefing
    assert feed(replace(tangle, changes=(), corrections=())) is None
    assert feed(replace(tangle, site=replace(tangle.site, base_url=None))) is None
