"""Events as pages show them: the date in words with what it rests on, and the passages that report it."""

from __future__ import annotations

from markupsafe import Markup

from .. import urls
from ..dates import Edtf
from ..frozen import NamedTuple
from ..model import Event
from .frame import Site
from .views import CallerView, Chip, Link, QuoteView, counted


class EventView(NamedTuple):
    """An event in a list. `standing` is on how much it rests: "2 sources, 1 origin"."""

    id: str
    href: str
    date: str
    machine_date: str
    basis: str
    why: Markup
    reported: str
    planned: bool
    title: str
    note: Markup
    chips: tuple[Chip, ...]
    sources: tuple[Link, ...]
    standing: str
    quotes: tuple[QuoteView, ...]
    callers: tuple[CallerView, ...]


def event_view(site: Site, event: Event) -> EventView:
    """An event with its evidence and with who cites it."""
    record, value = event.record, event.date.value
    sources = site.index.of(record.evidence)
    target = urls.event(event.id)
    return EventView(
        id=urls.anchor(target),
        href=site.href(target),
        date=value.words(),
        machine_date=value.edtf if _is_readable(value) else "",
        basis=event.date.basis,
        why=site.line(event.date.why),
        reported=event.reported.words() if event.reported else "",
        planned=record.planned,
        title=record.title,
        note=site.note(record.note),
        chips=site.chips(record.topics),
        sources=tuple(Link(site.source_label(s), site.href(urls.source(s.id))) for s in sources),
        standing=f"{counted(len(sources), 'source')}, {counted(len(site.index.origins(record.evidence)), 'origin')}",
        quotes=tuple(site.quote(ref) for ref in record.evidence),
        callers=site.callers("event", event.id),
    )


def _is_readable(value: Edtf) -> bool:
    """Whether HTML's `time` knows such a date."""
    return value.shape == "point" and value.is_certain and len(value.edtf) <= 10 and "X" not in value.edtf
