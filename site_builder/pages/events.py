"""Events as pages show them: the date in words with what it rests on, and the passages that report it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from markupsafe import Markup

from .. import urls
from ..model import Event
from ..printed.dates import DAYS, parse_edtf
from ..wording import told_words
from .frame import Site
from .on_demand import made
from .quotes import CallerView, QuoteView
from .views import Chip, Link, counted


def event_views(site: Site, events: Sequence[Event], under: str = "") -> Iterator[EventView]:
    """Some events, of which the passages are looked up in one go; `under` is the topic whose page shows them."""
    records = [event.record for event in events]
    quotes = site.quotes(chain.from_iterable([record.evidence for record in records]))
    end = 0
    for event, record in zip(events, records, strict=True):
        start, end = end, end + len(record.evidence)
        yield EventView(site, event, tuple(quotes[start:end]), under)


class EventView:
    """An event in a list, with the passages that report it and with who cites it."""

    def __init__(self, site: Site, event: Event, quotes: tuple[QuoteView, ...], under: str = "") -> None:
        record, date = event.record, event.date
        self._site = site
        self._event = event
        self._under = under
        self.title = record.title
        self.planned = record.planned
        self.basis = date.basis
        self.quotes = quotes

    @property
    def id(self) -> str:
        """Its id on a page."""
        return urls.event_anchor(self._event.id)

    @property
    def href(self) -> str:
        """Where it stands in the timeline."""
        return self._site.event(self._event.id)

    @property
    def date(self) -> str:
        """When it happened, in words."""
        return self._event.date.value.words()

    @property
    def machine_date(self) -> str:
        """The same for programs, empty where HTML knows no such date."""
        return _readable(self._event.date.value.edtf)

    @made
    def why(self) -> Markup:
        """Why it is dated so."""
        return self._site.line(self._event.date.why)

    @made
    def reported(self) -> str:
        """When it was reported, or the date of its earliest source, in words."""
        return told_words(self._event)

    @made
    def note(self) -> Markup:
        """What its author remarks on it."""
        return self._site.note(self._event.record.note)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """Its topics, without the one whose page it is."""
        return self._site.chips([t for t in self._event.record.topics if t != self._under])

    @made
    def sources(self) -> tuple[Link, ...]:
        """The texts that report it."""
        return tuple(dict.fromkeys([quote.source for quote in self.quotes]))

    @property
    def standing(self) -> str:
        """On how much it rests: "2 sources, 1 origin"."""
        evidence = self._event.record.evidence
        if len(evidence) == 1:
            return "1\xa0source, 1\xa0origin"
        origins = len(self._site.index.origins(evidence))
        return f"{counted(len(self.sources), 'source')}, {counted(origins, 'origin')}"

    @made
    def callers(self) -> tuple[CallerView, ...]:
        """What calls on it."""
        return self._site.callers("event", self._event.id)


@lru_cache(maxsize=DAYS)
def _readable(edtf: str) -> str:
    """A date if HTML's `time` knows such."""
    value = parse_edtf(edtf)
    return edtf if value.shape == "point" and value.is_certain and len(edtf) <= 10 and "X" not in edtf else ""
