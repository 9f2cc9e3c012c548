"""Lists too long for one page: every thing on one page, every page small, every link live, every edit local."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from site_builder import urls
from site_builder.backlinks import backlinks
from site_builder.linkcheck import Written, dead_links, split
from site_builder.listing.layout import Layout, lay_out
from site_builder.listing.listings import listings
from site_builder.listing.where import PARTS, part_of, where_files
from site_builder.pages import PAGES
from site_builder.theme.rendering import Rendered, Theme
from tests.built_sites import ALL, built, desk_of

from .long_site import LIMITS, long_briefing

FRAME = 14_000  # what stands around a list, and what weighs more than was reckoned


@dataclass(frozen=True)
class Long:
    """The long briefing, rendered."""

    layout: Layout
    pages: Mapping[str, Rendered]
    kinds: Mapping[str, str]

    def on(self, folder: str) -> dict[str, Rendered]:
        """The pages in a folder."""
        return {path: page for path, page in self.pages.items() if path.startswith(folder)}


@cache
def long(more_events: int = 0, day: str = "") -> Long:
    """The briefing with its lists cut, with some more events in it."""
    briefing = long_briefing(more_events, day)
    desk = desk_of(briefing, backlinks(briefing), LIMITS)
    theme = Theme(Path("no such folder"))
    made = {page.path: page for kind in PAGES for page in kind(desk)}
    pages = {path: theme.render(page.template, page.make()) for path, page in made.items()}
    layout = lay_out(briefing, listings(briefing), LIMITS)
    return Long(layout, pages, {path: page.template for path, page in made.items()})


class _Files:
    """All that is no page."""

    def __contains__(self, path: object) -> bool:
        return not str(path).endswith(".html")


@pytest.mark.parametrize("name", ALL)
def test_a_small_briefing_has_every_list_on_one_page_at_its_lasting_address(name: str) -> None:
    briefing = built(name).briefing
    layout = lay_out(briefing, listings(briefing))
    assert not layout.lists
    assert not dict(where_files(layout))
    for event in briefing.events:
        assert layout.stands(urls.event(event.id)) == urls.event(event.id)


def test_every_kind_of_list_is_cut_in_the_long_briefing() -> None:
    lists = {path.rpartition("/")[2] if path.count("/") == 2 else path for path in long().layout.lists}
    assert {
        urls.TIMELINE, urls.FIGURES, urls.SOURCES, urls.CLAIMS, urls.FLAGS, urls.ENTITIES, "claims.html",
        "events.html", "figures.html", "related.html", "sources.html", "said.html", "mentions.html",
    } <= lists  # fmt: skip


def test_no_page_is_longer_than_it_may_be() -> None:
    sizes = {path: len(page.content) for path, page in long().pages.items()}
    assert max(sizes.values()) < LIMITS.whole + FRAME, max(sizes, key=lambda path: sizes[path])


def test_every_link_leads_somewhere() -> None:
    pages = {path: Written(page.ids, page.links) for path, page in long().pages.items()}
    assert not list(dead_links(pages, _Files()))


def test_a_related_topic_leads_to_the_passages_that_are_shared_with_it() -> None:
    pages, found = long().pages, Counter[str]()
    for topic in ("boats", "ropes", "tolls"):
        links = split(pages[urls.topic(topic)].links)
        for other in {"boats", "ropes", "tolls"} - {topic}:
            found[topic] += any(
                link.endswith((f"related.html#with-{other}", f"related/{other}.html")) for link in links
            )
    assert found == {"boats": 2, "ropes": 2, "tolls": 2}


def test_no_id_stands_twice_on_a_page() -> None:
    for path, page in long().pages.items():
        assert not [id_ for id_, times in Counter(split(page.ids)).items() if times > 1], path


def test_every_event_and_every_figure_is_on_one_page_and_its_lasting_address_leads_there() -> None:
    site, briefing = long(), long_briefing()
    listed = [*site.on("timeline").items(), *site.on("figures").items()]
    found = Counter(id_ for _, page in listed for id_ in split(page.ids) if id_.startswith(("e-", "f-")))
    targets = [*(urls.event(e.id) for e in briefing.events), *(urls.figure(f.ref) for f in briefing.figures())]
    assert found == Counter(map(urls.anchor, targets))
    for target in (*targets, *(urls.measure(m.id) for m in briefing.measures)):
        path, _, anchor = site.layout.stands(target).partition("#")
        assert anchor in split(site.pages[path].ids)


def test_every_thing_of_a_list_is_on_one_of_its_stretches() -> None:
    site, briefing = long(), long_briefing()
    every: dict[str, list[str]] = {
        urls.SOURCES: [s.id for s in briefing.sources],
        urls.CLAIMS: [c.id for c in briefing.claims],
        urls.ENTITIES: [e.id for e in briefing.entities],
        "topics/boats/events.html": [e.id for e in briefing.events if "boats" in e.record.topics],
        "topics/boats/figures.html": [f.ref for p in briefing.passages() if "boats" in p.topics for f in p.figures],
        "entities/ada-pell/said.html": [p.ref for p in briefing.passages() if p.said_by == "ada-pell"],
        "entities/zell/mentions.html": [
            s.id for s in briefing.sources if any("zell" in m.entities for m in s.mentions)
        ],
    }
    for path, ids in every.items():
        assert sorted(id_ for each in site.layout.lists[path] for id_ in site.layout.sheets[each].ids) == sorted(ids)
    for source in briefing.sources:
        holders = [
            p
            for p, page in site.on(urls.SOURCES_BY_DATE).items()
            if f"../{_up(p)}{urls.source(source.id)}" in split(page.links)
        ]
        assert len(holders) == 1


def _up(path: str) -> str:
    return "../" * (path.count("/") - 1)


def test_events_stand_in_the_order_of_time_from_stretch_to_stretch() -> None:
    site, index = long(), long_briefing().index
    ids: list[str] = [id_ for path in site.layout.lists[urls.TIMELINE] for id_ in site.layout.sheets[path].ids]
    days = [index.events[id_].date.value.first or date.min for id_ in ids]
    assert days == sorted(days)


def test_a_reader_can_go_through_all_stretches_of_a_list_and_back() -> None:
    sheets = long().layout.sheets
    for path, own in long().layout.lists.items():
        if path == urls.FIGURES:
            continue
        leaves = [each for each in own if not sheets[each].parts]
        for before, after in pairwise(leaves):
            assert [(end or ("",))[0] for end in (sheets[before].after, sheets[after].before)] == [after, before]
        assert sheets[leaves[0]].before is sheets[leaves[-1]].after is None


def test_each_page_of_a_stretch_names_those_beside_it_and_says_which_it_is() -> None:
    site = long()
    path = next(p for p, sheet in site.layout.sheets.items() if p.startswith("timeline/2003-03") and sheet.ids)
    text = site.pages[path].content.decode()
    assert text.count('aria-current="page"') == 2  # in the navigation of the site, and among the stretches
    assert 'rel="next"' in text
    assert text.count('rel="prev"') == 2


def test_what_has_left_an_address_is_found_in_one_small_file() -> None:
    site = long()
    files = dict(where_files(site.layout))
    assert len(files) == PARTS
    for id_, page in site.layout.events.items():
        content = files[urls.where(f"{part_of(f'e-{id_}')}")].decode()
        assert f'"{page.removesuffix(".html")}":' in content
        assert f'"e-{id_}"' in content
    assert site.layout.stands(f"{urls.TIMELINE}#y2003") in {f"{p}#y2003" for p in site.pages}


@pytest.mark.rounds
def test_one_event_more_changes_the_pages_of_its_stretch_and_the_overviews_alone() -> None:
    before, after = long(), long(1, "2001-05-17")
    place = after.layout.events["more-0"]
    sheet = after.layout.sheets[place]
    around = {place, *(path for path, _ in sheet.above)}
    changed = {
        path
        for path in {*before.pages, *after.pages}
        if path not in before.pages
        or path not in after.pages
        or before.pages[path].content != after.pages[path].content
    }
    shown = {urls.HOME, urls.ABOUT, urls.SEARCH}  # they count all events
    told = {
        urls.source("log-001"),
        *(p for p in after.pages if p.startswith("entities/")),
    }  # its words, and who said them
    assert {place, urls.HOME, urls.TIMELINE} <= changed
    assert changed <= around | shown | told
    assert len(changed & set(before.on("timeline"))) <= 6
    assert len(changed & set(before.on("entities"))) <= 4


@pytest.mark.rounds
def test_events_elsewhere_stay_where_they_are_when_a_stretch_grows_until_it_is_cut() -> None:
    before, after = long().layout.events, long(40, "2001-05-17").layout.events
    moved = {id_ for id_, path in before.items() if after[id_] != path}
    assert moved
    assert all(before[id_].startswith("timeline/2001-05") for id_ in moved)
    assert {before[id_] for id_ in moved} <= set(long(40, "2001-05-17").pages)  # as the way to its parts
