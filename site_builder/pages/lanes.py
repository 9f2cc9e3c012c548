"""Pictures of events: a lane of time for each topic with a mark for each event or, of very many, how many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Literal

from ..charts.axes import TimeAxis
from ..charts.lanes import Lane, LaneChart, Window, lane_chart, zooms
from ..frozen import NamedTuple
from ..listing.densities import Density, DensityLane, density
from ..model import Event
from ..printed.dates import Edtf
from ..tracing import Beginning
from ..wording import event_words, told_words
from .frame import Site
from .views import counted

Clock = Literal["happened", "reported"]


class DrawnMark(NamedTuple):
    """A mark in the picture: where, of what event, and how it is drawn."""

    href: str
    title: str
    x: float
    y: float
    width: float
    classes: str


class DrawnLane(NamedTuple):
    """A lane of the picture; `key` is its topic."""

    key: str
    label: str
    letter: str
    theme: str
    height: float
    marks: tuple[DrawnMark, ...]


class Picture(NamedTuple):
    """The timeline at a glance, or a stretch of it."""

    label: str
    axis: TimeAxis
    lanes: tuple[DrawnLane, ...]
    description: str


class Pictures(NamedTuple):
    """The whole by one clock, and its stretches from near."""

    clock: Clock
    whole: Picture
    zooms: tuple[Picture, ...]


class DenseLane(NamedTuple):
    """A lane that says how many; `bars` are a path, across in percent, down in parts of the lane's height."""

    label: str
    letter: str
    theme: str
    href: str
    number: str
    peak: str
    bars: str


class Densities(NamedTuple):
    """How many events begin when, lane by lane; all bars are of one scale."""

    label: str
    axis: TimeAxis
    lanes: tuple[DenseLane, ...]
    description: str
    unit: str


def picture(site: Site, events: Sequence[Event]) -> Picture | None:
    """One lane per topic that has events, and one for events without a topic."""
    chart = lane_chart(_lanes(site, events, "happened"))
    return _drawn(site, chart, "Timeline", "happened", _looks(site, events, "happened")) if chart else None


def pictures(site: Site, events: Sequence[Event], clock: Clock) -> Pictures | None:
    """The picture of all events by a clock, and the years from near."""
    lanes = _lanes(site, events, clock)
    whole = lane_chart(lanes)
    if whole is None:
        return None
    near = (
        (window, lane_chart(lanes, window)) for window in zooms(value for _, things in lanes for _, value in things)
    )
    looks = _looks(site, events, clock)
    return Pictures(
        clock, _drawn(site, whole, _LABELS[clock], clock, looks),
        tuple(_drawn(site, chart, window.label, clock, looks, window) for window, chart in near if chart),
    )  # fmt: skip


_LABELS: dict[Clock, str] = {
    "happened": "When it happened",
    "reported": "When it was reported, as far as these sources tell",
}


def stretch_picture(site: Site, events: Sequence[Event], clock: Clock) -> Pictures | None:
    """The picture of the events of one stretch, from the first of their beginnings to the last; none from near."""
    days = [e.date.value.first for e in events if e.date.value.first]
    window = _around(min(days), max(days)) if days and clock == "happened" else None
    chart = lane_chart(_lanes(site, events, clock), window)
    looks = _looks(site, events, clock) if chart else {}
    return Pictures(clock, _drawn(site, chart, _LABELS[clock], clock, looks), ()) if chart else None


def _around(first: date, last: date) -> Window:
    """A stretch of time with some room at its ends."""
    room = max(1, (last - first).days // 20)
    low, high = max(1, first.toordinal() - room), min(date.max.toordinal(), last.toordinal() + room)
    return Window("", date.fromordinal(low), date.fromordinal(high))


def densities(site: Site, begun: Sequence[Beginning], label: str) -> Densities | None:
    """How many of very many events begin when; None where no beginning is known."""
    lanes: dict[str, list[date]] = {t.id: [] for t in site.briefing.looks}
    lanes[""] = []
    for topics, day in begun:
        for topic in {*topics} or ("",):
            if topic in lanes:
                lanes[topic].append(day)
    drawn = density([(key, own) for key, own in lanes.items() if own])
    return _dense(site, drawn, label, len(begun)) if drawn else None


def _dense(site: Site, drawn: Density, label: str, count: int) -> Densities:
    lanes = tuple(_dense_lane(site, lane) for lane in drawn.lanes)
    words = f"how many of {counted(count, 'event')} begin in each {drawn.unit}, in {counted(len(lanes), 'lane')}"
    return Densities(label, drawn.axis, lanes, words, drawn.unit)


def _dense_lane(site: Site, lane: DensityLane) -> DenseLane:
    chip, most = site.chip(lane.key), f"most {lane.peak} ({lane.most:,})"
    return DenseLane(chip.title, chip.letter, chip.theme, chip.href, counted(lane.size, "event"), most, lane.bars)


def _lanes(site: Site, events: Sequence[Event], clock: Clock) -> list[tuple[str, list[tuple[str, Edtf]]]]:
    """The events of each topic, and those of none under the empty key, each with its date by a clock."""
    dated = [(e, value) for e in events if (value := e.date.value if clock == "happened" else e.reported)]
    dated.sort(key=lambda pair: pair[1].key())
    lanes: dict[str, list[tuple[str, Edtf]]] = {t.id: [] for t in site.briefing.topics}
    lanes[""] = []
    for event, value in dated:
        for topic in {*event.record.topics} or ("",):
            if topic in lanes:
                lanes[topic].append((event.id, value))
    return [(key, own) for key, own in lanes.items() if own]


class _Look(NamedTuple):
    """What all marks of an event have in common: where they lead, what they say, and two of their classes."""

    href: str
    title: str
    planned: bool
    is_stated: bool


def _looks(site: Site, events: Sequence[Event], clock: Clock) -> Mapping[str, _Look]:
    """How events are drawn by a clock, by id."""
    is_stated = _is_told if clock == "reported" else _is_dated
    return {e.id: _Look(site.event(e.id), _title(e, clock), e.record.planned, is_stated(site, e)) for e in events}


def _drawn(
    site: Site, chart: LaneChart, label: str, clock: Clock, looks: Mapping[str, _Look], window: Window | None = None
) -> Picture:
    shown = {mark.key for lane in chart.lanes for mark in lane.marks}
    within = f" in {window.label}" if window else ""
    how = "" if clock == "happened" else ", by when they were reported, as far as these sources tell"
    return Picture(
        label, chart.axis, tuple([_drawn_lane(site, lane, looks) for lane in chart.lanes]),
        f"{counted(len(shown), 'event')}{within}{how}, in {counted(len(chart.lanes), 'lane')}",
    )  # fmt: skip


def _drawn_lane(site: Site, lane: Lane, looks: Mapping[str, _Look]) -> DrawnLane:
    chip = site.chip(lane.key)
    marks = []
    for key, x, y, width, faded in lane.marks:
        href, title, planned, is_stated = looks[key]
        marks.append(DrawnMark(href, title, x, y, width, _classes(planned, is_stated, faded)))
    return DrawnLane(lane.key, chip.title, chip.letter, chip.theme, lane.height, tuple(marks))


def _title(event: Event, clock: Clock) -> str:
    if clock == "reported" and event.reported:
        return f"{told_words(event)} · {event.record.title}"
    return event_words(event)


def _is_dated(_: Site, event: Event) -> bool:
    """Whether the date of an event is printed."""
    return event.date.basis == "stated"


def _is_told(site: Site, event: Event) -> bool:
    """Whether that of its earliest source is."""
    return not event.record.reported and any(
        i and i.value == event.reported and i.basis == "stated"
        for i in [source.issued for source in site.index.of(event.record.evidence)]
    )


@cache
def _classes(planned: bool, is_stated: bool, faded: str) -> str:
    parts = ["planned"] if planned else []
    parts += [f"faded-{faded}"] if faded else []
    parts += [] if is_stated else ["inferred"]
    return " ".join(parts)
