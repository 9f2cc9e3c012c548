"""The timeline: every event in order, over a picture of one lane per topic, with all that its script filters by.

The script only hides, orders and counts: each event carries the keys of its topics, sources and precision, and the
first and last possible day of its first report. An event counts as **not yet published** on a day before the first
possible day of its first report, and as **perhaps not yet published** from that day until the last possible one: an
uncertain date of issue hides nothing that a reader may have known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from .. import urls
from ..charts import Lane, LaneChart, TimeAxis, Window, lane_chart, zooms
from ..dates import Edtf
from ..model import Event, Source
from .bibliography import bibliography
from .events import EventView, event_view
from .frame import Context, Desk, Page, Site
from .views import Chip, counted, issued_words

Clock = Literal["happened", "reported"]
Precision = Literal["day", "month", "longer", "uncertain"]
PRECISIONS: dict[Precision, str] = {
    "day": "one day", "month": "one month", "longer": "a longer time", "uncertain": "uncertain or open",
}  # fmt: skip


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


class Row(NamedTuple):
    """An event, and what the script finds it by. Days are ISO dates, empty where a side is open; the order by first
    report begins with those whose report is not known."""

    event: EventView
    topics: str
    sources: str
    precision: Precision
    reported_year: str
    reported_order: int
    known_from: str
    known_by: str


class Period(NamedTuple):
    """The events that begin in one year (or at no known time)."""

    id: str
    label: str
    rows: tuple[Row, ...]


class Key(NamedTuple):
    """What events can be told apart by: its value, how many have it, and for a source from when it is known."""

    value: str
    label: str
    number: str
    chip: Chip | None = None
    href: str = ""
    known_from: str = ""


class Legend(NamedTuple):
    """The keys of one kind; `name` is what the address of a filtered page calls it."""

    name: Literal["topic", "source", "precision"]
    label: str
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineContext(Context):
    """What the timeline shows."""

    happened: Pictures | None
    reported: Pictures | None
    legends: tuple[Legend, ...]
    periods: tuple[Period, ...]
    count: str


def pages(desk: Desk) -> Iterator[Page]:
    """The one page."""
    yield Page(urls.TIMELINE, "pages/timeline.html", lambda: _context(desk))


def _context(desk: Desk) -> TimelineContext:
    site = desk.at(urls.TIMELINE)
    events = desk.briefing.events
    frame = site.frame(
        "Timeline", "What happened when, as far as the sources say, with the words they say it in.",
        scripts=("timeline-controls", "timeline") if events else (),
    )  # fmt: skip
    return TimelineContext(
        frame=frame,
        bibliography=bibliography(site, (ref for e in events for ref in e.record.evidence)),
        happened=_pictures(site, events, "happened"),
        reported=_pictures(site, events, "reported"),
        legends=tuple(_legends(site, events)),
        periods=tuple(_periods(site, events)),
        count=counted(len(events), "event"),
    )


# The pictures


def picture(site: Site, events: Sequence[Event]) -> Picture | None:
    """One lane per topic that has events, and one for events without a topic."""
    chart = lane_chart(_lanes(site, events, "happened"))
    return _drawn(site, chart, "Timeline", "happened") if chart else None


def _pictures(site: Site, events: Sequence[Event], clock: Clock) -> Pictures | None:
    lanes = _lanes(site, events, clock)
    whole = lane_chart(lanes)
    if whole is None:
        return None
    label = {"happened": "When it happened", "reported": "When it was first reported"}[clock]
    near = (
        (window, lane_chart(lanes, window)) for window in zooms(value for _, things in lanes for _, value in things)
    )
    return Pictures(
        clock, _drawn(site, whole, label, clock),
        tuple(_drawn(site, chart, window.label, clock, window) for window, chart in near if chart),
    )  # fmt: skip


def _lanes(site: Site, events: Sequence[Event], clock: Clock) -> list[tuple[str, list[tuple[str, Edtf]]]]:
    """The events of each topic, and those of none under the empty key, each with its date by a clock."""
    dated = [(e, value) for e in events if (value := e.date.value if clock == "happened" else e.reported)]
    dated.sort(key=lambda pair: pair[1].key())
    lanes = [(t.id, [(e.id, v) for e, v in dated if t.id in e.record.topics]) for t in site.briefing.topics]
    lanes.append(("", [(e.id, v) for e, v in dated if not e.record.topics]))
    return [(key, own) for key, own in lanes if own]


def _drawn(site: Site, chart: LaneChart, label: str, clock: Clock, window: Window | None = None) -> Picture:
    shown = {mark.key for lane in chart.lanes for mark in lane.marks}
    within = f" in {window.label}" if window else ""
    how = "" if clock == "happened" else ", by when they were first reported"
    return Picture(
        label, chart.axis, tuple(_drawn_lane(site, lane, clock) for lane in chart.lanes),
        f"{counted(len(shown), 'event')}{within}{how}, in {counted(len(chart.lanes), 'lane')}",
    )  # fmt: skip


def _drawn_lane(site: Site, lane: Lane, clock: Clock) -> DrawnLane:
    chip = next(iter(site.chips((lane.key,))), None)
    marks = tuple(
        DrawnMark(
            href=site.href(urls.event(m.key)),
            title=_title(site.index.events[m.key], clock),
            x=m.x,
            y=m.y,
            width=m.width,
            classes=_classes(site, site.index.events[m.key], m.faded, clock),
        )
        for m in lane.marks
    )
    return DrawnLane(
        lane.key, chip.title if chip else "No topic", chip.letter if chip else "", chip.theme if chip else "none",
        lane.height, marks,
    )  # fmt: skip


def _title(event: Event, clock: Clock) -> str:
    if clock == "reported" and event.reported:
        return f"first reported {event.reported.words()}: {event.record.title}"
    return f"{event.date.value.words()}: {event.record.title}"


def _classes(site: Site, event: Event, faded: str, clock: Clock) -> str:
    is_stated = event.date.basis == "stated"
    if clock == "reported":
        issued = (s.issued for s in site.index.of(event.record.evidence))
        is_stated = not event.record.reported and any(
            i and i.value == event.reported and i.basis == "stated" for i in issued
        )
    parts = (
        "planned" if event.record.planned else "",
        f"faded-{faded}" if faded else "",
        "" if is_stated else "inferred",
    )
    return " ".join(p for p in parts if p)


# The list


def _periods(site: Site, events: Sequence[Event]) -> Iterator[Period]:
    told = sorted((e for e in events if e.reported), key=lambda e: e.reported.key() if e.reported else ())
    order = {e.id: place for place, e in enumerate(told, start=1)}
    by_year: dict[str, list[Row]] = {}
    for event in events:
        by_year.setdefault(_year(event.date.value), []).append(_row(site, event, order.get(event.id, 0)))
    for year, rows in by_year.items():
        yield Period(f"y{year}" if year else "y-open", year or "Beginning not known", tuple(rows))


def _year(value: Edtf | None) -> str:
    """The year in which a date begins, as printed; empty where that is not known."""
    return str(value.first.year) if value and value.first else ""


def _row(site: Site, event: Event, order: int) -> Row:
    told = event.reported
    return Row(
        event=event_view(site, event),
        topics=" ".join(event.record.topics) or "-",
        sources=" ".join(s.id for s in site.index.of(event.record.evidence)),
        precision=precision(event.date.value),
        reported_year=_year(told),
        reported_order=order,
        known_from=told.first.isoformat() if told and told.first else "",
        known_by=told.last.isoformat() if told and told.last else "",
    )


def precision(value: Edtf) -> Precision:
    """How narrow a date is; one that is qualified, open or somewhere inside a span is uncertain, however narrow."""
    if not value.is_certain:
        return "uncertain"
    if value.first == value.last:
        return "day"
    is_month = value.shape == "point" and value.start is not None and 1 <= (value.start.month or 0) <= 12
    return "month" if is_month else "longer"


def _legends(site: Site, events: Sequence[Event]) -> Iterator[Legend]:
    """What there is of each kind, in the order of the site; what no event has is left out."""
    topics = Counter(t for e in events for t in e.record.topics or ("-",))
    by_topic = [Key(t.id, t.title, _count(topics, t.id), next(iter(site.chips((t.id,))))) for t in site.briefing.topics]
    by_topic.append(Key("-", "No topic", _count(topics, "-")))
    yield Legend("topic", "Topics", _present(by_topic))
    sources = Counter(s.id for e in events for s in site.index.of(e.record.evidence))
    by_source = (_source_key(site, s, _count(sources, s.id)) for s in site.briefing.sources)
    yield Legend("source", "Sources, and when each was issued", _present(by_source))
    exact = Counter[str](precision(e.date.value) for e in events)
    by_precision = (Key(value, label, _count(exact, value)) for value, label in PRECISIONS.items())
    yield Legend("precision", "Precision of the date", _present(by_precision))


def _source_key(site: Site, source: Source, count: str) -> Key:
    known_from = source.issued.value.first if source.issued else None
    return Key(
        source.id, f"{site.source_label(source)}, {issued_words(source)}", count,
        href=site.href(urls.source(source.id)), known_from=known_from.isoformat() if known_from else "",
    )  # fmt: skip


def _count(found: Counter[str], value: str) -> str:
    return str(found[value])


def _present(keys: Iterable[Key]) -> tuple[Key, ...]:
    return tuple(key for key in keys if key.number != "0")
