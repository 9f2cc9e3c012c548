"""The timeline: every event in order, over a picture of one lane per topic, with all that its script filters by.

One that is too long for one page is an overview, and a page for each stretch: the same list, with the events of the
stretch alone in its picture and its filters.

The script only hides, orders and counts: each event carries the keys of its topics, sources and precision, and the
first and last possible day of its first report. An event counts as **not yet published** on a day before the first
possible day of its first report, and as **perhaps not yet published** from that day until the last possible one: an
uncertain date of issue hides nothing that a reader may have known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from .. import urls
from ..frozen import NamedTuple, dataclass
from ..listing.layout import Sheet, year_anchor
from ..model import Event, Source
from ..printed.dates import Edtf
from ..wording import issued_words
from .bibliography import bibliography
from .events import EventView, event_views
from .frame import Context, Desk, Page, Site
from .lanes import Densities, Pictures, densities, pictures, stretch_picture
from .on_demand import later
from .sheets import Listed, Way, sheet_pages, way
from .views import Chip, counted

Precision = Literal["day", "month", "longer", "uncertain"]
PRECISIONS: dict[Precision, str] = {
    "day": "one day", "month": "one month", "longer": "a longer time", "uncertain": "uncertain or open",
}  # fmt: skip


class Row:
    """An event, and what the script finds it by. Days are ISO dates, empty where a side is open; the order by first
    report begins with those whose report is not known."""

    def __init__(self, event: EventView, record: Event, reported_order: int) -> None:
        self._record = record
        self.event = event
        self.topics = " ".join(record.record.topics) or "-"
        self.reported_order = reported_order

    @property
    def sources(self) -> str:
        """The ids of its sources."""
        return " ".join(dict.fromkeys([ref.partition("#")[0] for ref in self._record.record.evidence]))

    @property
    def precision(self) -> Precision:
        """How narrow its date is."""
        return precision(self._record.date.value)

    @property
    def reported_year(self) -> str:
        """The year in which it was reported."""
        return _year(self._record.reported)

    @property
    def known_from(self) -> str:
        """The first possible day of its first report."""
        told = self._record.reported
        return told.first.isoformat() if told and told.first else ""

    @property
    def known_by(self) -> str:
        """The last possible day of it."""
        told = self._record.reported
        return told.last.isoformat() if told and told.last else ""


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
    way: Way | None


def _drawn(site: Site, ids: Iterable[str]) -> Densities | None:
    begun = site.briefing.beginnings(None if site.path == urls.TIMELINE else ids)
    return densities(site, begun, "Timeline")


LISTED = Listed("Timeline", "event", urls.TIMELINE, drawn=_drawn)


def pages(desk: Desk) -> Iterator[Page]:
    """The one page; of a timeline that is too long, the overview and its stretches."""
    if urls.TIMELINE in desk.layout.lists:
        yield from sheet_pages(desk, urls.TIMELINE, lambda _: LISTED, "pages/timeline.html", _stretch)
    else:
        yield Page(urls.TIMELINE, "pages/timeline.html", lambda: _context(desk))


def _context(desk: Desk) -> TimelineContext:
    site = desk.at(urls.TIMELINE)
    events = desk.briefing.events
    frame = site.frame(
        "Timeline", "What happened when, as far as the sources say, with the words they say it in.",
        scripts=("timeline-controls", "timeline") if events else (), events=events,
    )  # fmt: skip
    return TimelineContext(
        frame=frame,
        bibliography=later(lambda: bibliography(site, (ref for e in events for ref in e.record.evidence))),
        happened=later(lambda: pictures(site, events, "happened")),
        reported=later(lambda: pictures(site, events, "reported")),
        legends=later(lambda: tuple(_legends(site, events))),
        periods=later(lambda: tuple(_periods(site, events))),
        count=counted(len(events), "event"),
        way=None,
    )


def _stretch(site: Site, sheet: Sheet) -> TimelineContext:
    """A stretch: only what is dated within it is drawn in the picture; several that name no day have none."""
    events = site.briefing.some_events(sheet.ids)
    frame = LISTED.frame(
        site, sheet, f"What happened when, as far as the sources say: {sheet.label}.",
        scripts=("timeline-controls", "timeline", "stretches"), events=events,
    )  # fmt: skip
    is_drawn = len({e.date.value.edtf for e in events}) > 1
    return TimelineContext(
        frame=frame,
        bibliography=later(lambda: bibliography(site, (ref for e in events for ref in e.record.evidence))),
        happened=later(lambda: stretch_picture(site, events, "happened") if is_drawn else None),
        reported=later(lambda: stretch_picture(site, events, "reported") if is_drawn else None),
        legends=later(lambda: tuple(_legends(site, events))),
        periods=later(lambda: tuple(_periods(site, events))),
        count=counted(len(events), "event"),
        way=later(lambda: way(site, LISTED, sheet)),
    )


# The list


def _periods(site: Site, events: Sequence[Event]) -> Iterator[Period]:
    told = sorted((e for e in events if e.reported), key=lambda e: e.reported.key() if e.reported else ())
    order = {e.id: place for place, e in enumerate(told, start=1)}
    by_year: dict[str, list[Row]] = {}
    for event, view in zip(events, event_views(site, events), strict=True):
        row = Row(view, event, order.get(event.id, 0))
        by_year.setdefault(year_anchor(event.date.value), []).append(row)
    for anchor, rows in by_year.items():
        yield Period(anchor, anchor[1:] if anchor != "y-open" else "Beginning not known", tuple(rows))


def _year(value: Edtf | None) -> str:
    """The year in which a date begins, as printed; empty where that is not known."""
    return str(value.first.year) if value and value.first else ""


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
    by_topic = [Key(c.id, c.title, _count(topics, c.id), c) for c in site.chips(topics)]
    by_topic.append(Key("-", "No topic", _count(topics, "-")))
    yield Legend("topic", "Topics", _present(by_topic))
    sources = Counter(id_ for e in events for id_ in {ref.partition("#")[0]: None for ref in e.record.evidence})
    known = site.desk.by_root("keys", site.root)
    by_source = (_source_key(site, s, known, _count(sources, s.id)) for s in site.desk.in_order(sources))
    yield Legend("source", "Sources, and when each was issued", _present(by_source))
    exact = Counter[str](precision(e.date.value) for e in events)
    by_precision = (Key(value, label, _count(exact, value)) for value, label in PRECISIONS.items())
    yield Legend("precision", "Precision of the date", _present(by_precision))


def _source_key(site: Site, source: Source, known: dict[str, tuple[str, str, str]], count: str) -> Key:
    if source.id not in known:
        link, first = site.source(source), source.issued.value.first if source.issued else None
        known[source.id] = f"{link.text}, {issued_words(source)}", link.href, first.isoformat() if first else ""
    label, href, known_from = known[source.id]
    return Key(source.id, label, count, None, href, known_from)


def _count(found: Counter[str], value: str) -> str:
    return str(found[value])


def _present(keys: Iterable[Key]) -> tuple[Key, ...]:
    return tuple(key for key in keys if key.number != "0")
