"""The timeline: every event in order, over a picture of one lane per topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .. import urls
from ..charts import Tick, lane_chart
from ..model import Event
from .events import EventView, event_view
from .frame import Context, Desk, Page, Site
from .views import counted


class DrawnMark(NamedTuple):
    """A mark in the picture: where, of what event, and how it is drawn."""

    href: str
    title: str
    x: float
    y: float
    width: float
    classes: str


class DrawnLane(NamedTuple):
    """A lane of the picture."""

    label: str
    letter: str
    theme: str
    y: float
    marks: tuple[DrawnMark, ...]


class Picture(NamedTuple):
    """The timeline at a glance."""

    width: float
    height: float
    ticks: tuple[Tick, ...]
    lanes: tuple[DrawnLane, ...]
    description: str


class Period(NamedTuple):
    """The events that begin in one year (or at no known time)."""

    id: str
    label: str
    events: tuple[EventView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineContext(Context):
    """What the timeline shows."""

    picture: Picture | None
    periods: tuple[Period, ...]
    count: str


def pages(desk: Desk) -> Iterator[Page]:
    """The one page."""
    site = desk.at(urls.TIMELINE)
    events = desk.briefing.events
    frame = site.frame("Timeline", "What happened when, as far as the sources say, with the words they say it in.")
    context = TimelineContext(
        frame=frame,
        picture=picture(site, events),
        periods=tuple(_periods(site, events)),
        count=counted(len(events), "event"),
    )
    yield Page(urls.TIMELINE, "pages/timeline.html", context)


def picture(site: Site, events: Sequence[Event]) -> Picture | None:
    """One lane per topic that has events, and one for events without a topic."""
    lanes = [(t.id, [e for e in events if t.id in e.record.topics]) for t in site.briefing.topics]
    lanes.append(("", [e for e in events if not e.record.topics]))
    lanes = [(key, own) for key, own in lanes if own]
    chart = lane_chart([(key, [(e.id, e.date.value) for e in own]) for key, own in lanes])
    if chart is None:
        return None
    drawn = []
    for lane in chart.lanes:
        chip = next(iter(site.chips((lane.key,))), None)
        marks = tuple(
            DrawnMark(
                href=site.href(urls.event(m.key)),
                title=site.words("event", m.key),
                x=m.x,
                y=m.y,
                width=m.width,
                classes=_classes(site, m.key, m.faded),
            )
            for m in lane.marks
        )
        drawn.append(DrawnLane(
            chip.title if chip else "No topic", chip.letter if chip else "", chip.theme if chip else "none",
            lane.y, marks,
        ))  # fmt: skip
    description = f"{counted(len(events), 'event')} in {counted(len(drawn), 'lane')}; the same events are listed below."
    return Picture(chart.width, chart.height, chart.ticks, tuple(drawn), description)


def _classes(site: Site, event_id: str, faded: str) -> str:
    event = site.index.events[event_id]
    parts = (
        "planned" if event.record.planned else "",
        f"faded-{faded}" if faded else "",
        "" if event.date.basis == "stated" else "inferred",
    )
    return " ".join(p for p in parts if p)


def _periods(site: Site, events: Sequence[Event]) -> Iterator[Period]:
    by_year: dict[str, list[EventView]] = {}
    for event in events:
        first = event.date.value.first
        by_year.setdefault(str(first.year) if first else "", []).append(event_view(site, event))
    for year, views in by_year.items():
        yield Period(f"y-{year or 'open'}", year or "Beginning not known", tuple(views))
