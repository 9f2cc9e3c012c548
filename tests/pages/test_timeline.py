"""The timeline: every event once in the list, every event in the lanes of its topics, happened apart from reported."""

from __future__ import annotations

import re

import pytest

from site_builder import urls
from site_builder.pages.timeline import Picture, TimelineContext
from tests.built_sites import ALL, built

from .contexts import context

each_site = pytest.mark.parametrize("name", ALL)


def _timeline(name: str) -> TimelineContext:
    return context(TimelineContext, name, urls.TIMELINE)


def _picture(name: str) -> Picture:
    picture = _timeline(name).picture
    assert picture is not None
    return picture


@each_site
def test_every_event_is_listed_once_in_the_order_of_time(name: str) -> None:
    events = [event for period in _timeline(name).periods for event in period.events]
    assert [e.id for e in events] == [f"e-{e.id}" for e in built(name).briefing.events]
    keys = [e.date.value.key() for e in built(name).briefing.events]
    assert keys == sorted(keys)


@each_site
def test_every_event_shows_its_date_in_words_its_basis_and_the_words_it_rests_on(name: str) -> None:
    site = built(name)
    for event in site.briefing.events:
        item = site.pages[urls.TIMELINE].by_id(f"e-{event.id}")
        assert event.date.value.words() in item.text
        assert event.record.title in item.text
        assert event.date.basis == "stated" or event.date.basis in item.text
        for ref in event.record.evidence:
            assert urls.passage(ref) in item.links()


@each_site
def test_when_an_event_was_first_reported_stands_apart_from_when_it_happened(name: str) -> None:
    views = {e.id: e for period in _timeline(name).periods for e in period.events}
    for event in built(name).briefing.events:
        view = views[f"e-{event.id}"]
        assert view.date == event.date.value.words()
        assert view.reported == (event.reported.words() if event.reported else "")


@each_site
def test_every_event_has_a_mark_in_each_lane_of_its_topics_that_leads_to_it(name: str) -> None:
    site = built(name)
    picture = _timeline(name).picture
    marks = [mark.href for lane in (picture.lanes if picture else ()) for mark in lane.marks]
    wanted = [f"#e-{e.id}" for e in site.briefing.events for _ in range(max(1, len(e.record.topics)))]
    assert sorted(marks) == sorted(wanted)


def test_an_event_without_a_topic_has_a_lane_of_its_own_at_the_end() -> None:
    lanes = _picture("tangle").lanes
    assert [mark.href for mark in lanes[-1].marks] == ["#e-no-topic", "#e-same-day"]


def test_marks_say_what_is_planned_open_uncertain_or_inferred() -> None:
    classes = {mark.href: set(mark.classes.split()) for lane in _picture("tangle").lanes for mark in lane.marks}
    assert classes["#e-new-ropes-come"] == {"planned"}
    assert classes["#e-open-end"] == {"faded-end", "inferred"}
    assert classes["#e-open-begin"] == {"faded-start", "inferred"}
    assert classes["#e-uncertain"] == classes["#e-once"] == {"faded-both", "inferred"}
    assert classes["#e-no-topic"] == {"inferred"}


def test_an_event_whose_beginning_is_open_comes_first_under_a_heading_without_a_year() -> None:
    first = _timeline("tangle").periods[0]
    assert first.id == "y-open"
    assert [e.id for e in first.events] == ["e-open-begin"]


def test_a_program_can_read_the_date_of_a_certain_day_and_of_no_uncertain_one() -> None:
    dates = {e.id: e.machine_date for period in _timeline("tangle").periods for e in period.events}
    assert dates["e-new-ropes-come"] == "2021-05-12"
    assert {dates[f"e-{i}"] for i in ("open-end", "open-begin", "uncertain", "about", "once")} == {""}


@each_site
def test_all_times_on_the_page_are_dates_that_html_knows(name: str) -> None:
    for path, page in built(name).pages.items():
        for time in page.all("time", "datetime"):
            assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", time.attributes["datetime"]), path


def test_a_planned_event_says_so_in_the_list() -> None:
    assert [e.id for period in _timeline("tangle").periods for e in period.events if e.planned] == ["e-new-ropes-come"]
