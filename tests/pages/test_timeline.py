"""The timeline: every event once in the list, every event in the lanes of its topics, happened apart from reported."""

from __future__ import annotations

import re

import pytest

from site_builder import urls
from site_builder.pages.lanes import Pictures
from site_builder.pages.timeline import Row, TimelineContext, precision
from site_builder.printed.dates import parse_edtf
from site_builder.wording import told_words
from tests.built_sites import ALL, REAL, built

from .contexts import context

each_site = pytest.mark.parametrize("name", ALL)


def _timeline(name: str) -> TimelineContext:
    return context(TimelineContext, name, urls.TIMELINE)


def _rows(name: str) -> dict[str, Row]:
    return {row.event.id: row for period in _timeline(name).periods for row in period.rows}


def _happened(name: str) -> Pictures:
    happened = _timeline(name).happened
    assert happened is not None
    return happened


@each_site
def test_every_event_is_listed_once_in_the_order_of_time(name: str) -> None:
    assert list(_rows(name)) == [f"e-{e.id}" for e in built(name).briefing.events]
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
def test_when_an_event_was_reported_stands_apart_from_when_it_happened(name: str) -> None:
    views = {row.event.id: row.event for row in _rows(name).values()}
    for event in built(name).briefing.events:
        view = views[f"e-{event.id}"]
        assert view.date == event.date.value.words()
        assert view.reported == told_words(event)


@each_site
def test_every_event_has_a_mark_in_each_lane_of_its_topics_that_leads_to_it(name: str) -> None:
    site = built(name)
    timeline = _timeline(name)
    for pictures, events in (
        (timeline.happened, site.briefing.events), (timeline.reported, [e for e in site.briefing.events if e.reported]),
    ):  # fmt: skip
        marks = [mark.href for lane in (pictures.whole.lanes if pictures else ()) for mark in lane.marks]
        wanted = [f"#e-{e.id}" for e in events for _ in range(max(1, len(e.record.topics)))]
        assert sorted(marks) == sorted(wanted)


@each_site
def test_each_year_in_which_something_begins_or_ends_can_be_seen_from_near(name: str) -> None:
    pictures = _timeline(name).happened
    dates = [e.date.value for e in built(name).briefing.events]
    years = {str(day.year) for value in dates for day in (value.first, value.last) if day}
    assert [p.label for p in (pictures.zooms if pictures else ())] == (sorted(years) if len(years) > 1 else [])


def test_an_event_without_a_topic_has_a_lane_of_its_own_at_the_end() -> None:
    lanes = _happened("tangle").whole.lanes
    assert [mark.href for mark in lanes[-1].marks] == ["#e-no-topic", "#e-same-day"]


def test_marks_say_what_is_planned_open_uncertain_or_inferred() -> None:
    classes = {mark.href: set(mark.classes.split()) for lane in _happened("tangle").whole.lanes for mark in lane.marks}
    assert classes["#e-new-ropes-come"] == {"planned"}
    assert classes["#e-open-end"] == {"faded-end", "inferred"}
    assert classes["#e-open-begin"] == {"faded-start", "inferred"}
    assert classes["#e-uncertain"] == classes["#e-once"] == {"faded-both", "inferred"}
    assert classes["#e-no-topic"] == {"inferred"}


def test_an_event_whose_beginning_is_open_comes_first_under_a_heading_without_a_year() -> None:
    first = _timeline("tangle").periods[0]
    assert first.id == "y-open"
    assert [row.event.id for row in first.rows] == ["e-open-begin"]


def test_a_program_can_read_the_date_of_a_certain_day_and_of_no_uncertain_one() -> None:
    dates = {row.event.id: row.event.machine_date for row in _rows("tangle").values()}
    assert dates["e-new-ropes-come"] == "2021-05-12"
    assert {dates[f"e-{i}"] for i in ("open-end", "open-begin", "uncertain", "about", "once")} == {""}


@each_site
def test_all_times_on_the_page_are_dates_that_html_knows(name: str) -> None:
    for path, page in built(name).pages.items():
        for time in page.all("time", "datetime"):
            assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", time.attributes["datetime"]), path


def test_a_planned_event_says_so_in_the_list() -> None:
    assert [row.event.id for row in _rows("tangle").values() if row.event.planned] == ["e-new-ropes-come"]


def test_years_have_anchors_that_stay() -> None:
    assert [period.id for period in _timeline("tangle").periods] == ["y-open", "y2021"]


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2021-05-12", "day"), ("2021-05-12T10:00", "day"), ("2021-05", "month"), ("2021", "longer"),
        ("2021-21", "longer"), ("2021-05~", "uncertain"),
        ("2021-05/2021-06", "longer"), ("2021-05-12?", "uncertain"), ("2021-05/..", "uncertain"),
        ("[2021-05-01..2021-05-31]", "uncertain"),
    ],
)  # fmt: skip
def test_a_date_is_as_precise_as_its_words(edtf: str, expected: str) -> None:
    assert precision(parse_edtf(edtf)) == expected


def test_what_an_event_is_found_by_stands_with_it() -> None:
    rows = _rows("tangle")
    assert (rows["e-open-end"].topics, rows["e-open-end"].precision) == ("ropes scripts", "uncertain")
    assert rows["e-no-topic"].topics == "-"
    assert rows["e-season"].sources == "knots fence"


def test_an_event_is_known_from_the_first_possible_day_of_its_first_report_and_surely_from_the_last() -> None:
    rows = _rows("tangle")
    assert (rows["e-once"].known_from, rows["e-once"].known_by) == ("2021-05-03", "")
    assert (rows["e-about"].known_from, rows["e-about"].known_by) == ("2021-06-01", "2021-06-01")
    assert (rows["e-open-begin"].known_from, rows["e-open-begin"].reported_year) == ("", "")


@each_site
def test_the_order_of_first_reports_is_one_of_time_after_those_that_are_not_known(name: str) -> None:
    events = built(name).briefing.events
    order = {e.id: _rows(name)[f"e-{e.id}"].reported_order for e in events}
    told = sorted((e for e in events if e.reported), key=lambda e: order[e.id])
    keys = [e.reported.key() for e in told if e.reported]
    assert keys == sorted(keys)
    assert all((order[e.id] == 0) == (e.reported is None) for e in events)


@each_site
def test_a_legend_counts_the_events_of_each_of_its_keys_and_names_none_that_no_event_has(name: str) -> None:
    rows = _rows(name).values()
    for legend in _timeline(name).legends:
        found = [
            value
            for r in rows
            for value in {"topic": r.topics, "source": r.sources, "precision": r.precision}[legend.name].split()
        ]
        assert {k.value: k.number for k in legend.keys} == {value: str(found.count(value)) for value in found}


@each_site
def test_an_event_says_on_how_many_sources_and_origins_it_rests(name: str) -> None:
    site = built(name)
    for event in site.briefing.events:
        view = _rows(name)[f"e-{event.id}"].event
        sources = {ref.partition("#")[0] for ref in event.record.evidence}
        assert len(view.sources) == len(sources)
        assert re.match(rf"{len(sources)}\xa0sources?, \d+\xa0origins?$", view.standing)


def test_voices_without_a_name_count_once_for_each_source() -> None:
    standing = {row.event.id: row.event.standing for row in _rows(REAL).values()}
    assert standing["e-western-loss-estimates"] == "1\xa0source, 1\xa0origin"
    assert standing["e-requests-autumn-2023"] == "1\xa0source, 1\xa0origin"
    assert standing["e-invasion-ordered"] == "2\xa0sources, 2\xa0origins"


@each_site
def test_no_control_is_in_the_page_itself(name: str) -> None:
    page = built(name).pages[urls.TIMELINE]
    assert not [tag for tag in ("input", "button", "select", "form") if page.all(tag)]
