"""Sources and events as plain values, for what writes them down: to pickle them as objects took most of saving them."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, cast

from ..frozen import fields, making
from ..model import Dated, Event, Passage, Source
from ..printed.dates import parse_edtf
from ..reading.origins import LaterLocation, Origin
from ..records import DateRecord, EventRecord, PassageRecord, Record, SourceFile, SourceRecord
from .stowing import dumped, loaded

States = dict[str, Any]
"""A source as it was `written` and as it was `resolved`."""


class _Form:
    """The fields of a kind of thing, but for those that are kept elsewhere."""

    def __init__(self, kind: type, *elsewhere: str) -> None:
        self.kind = kind
        self.names = [field.name for field in fields(kind) if field.name not in elsewhere]
        self.values = attrgetter(*self.names)

    def made(self, values: Iterable[Any], **others: Any) -> Any:
        """A thing of these values, and of those that were kept elsewhere."""
        return self.kind(**dict(zip(self.names, values, strict=True)), **others)


_FILE, _RECORD = _Form(SourceFile, "record"), _Form(SourceRecord, "passages")
_SOURCE = _Form(Source, "record", "passages")
_PLACE = attrgetter("origin", "number", "empty")
_WRITTEN, _PASSAGE = _Form(PassageRecord, "at"), _Form(Passage)


def packed(written: SourceFile, resolved: Source) -> bytes:
    """A source, for `unpacked`; one that was not read in the usual way as the objects that it is."""
    record = resolved.record
    places: list[Any] = [passage.at for passage in record.passages]
    if written.record is not record or not {*map(type, places)} <= {LaterLocation}:
        return pickle.dumps({"written": written, "resolved": resolved}, 5)
    return pickle.dumps(
        (
            _FILE.values(written), _RECORD.values(record), [*map(_WRITTEN.values, record.passages)],
            [*map(_PLACE, places)],
            _SOURCE.values(resolved), [*map(_PASSAGE.values, resolved.passages)],
        ),
        5,
    )  # fmt: skip


def unpacked(raw: bytes) -> States:
    """A source from its bytes."""
    found: States | tuple[Any, ...] = pickle.loads(raw)  # noqa: S301 nobody else can write there
    if isinstance(found, dict):
        return found
    file, record, written, places, source, passages = found
    records = [_WRITTEN.made(own, at=LaterLocation(*place)) for own, place in zip(written, places, strict=True)]
    made = _RECORD.made(record, passages=tuple(records))
    resolved = _SOURCE.made(source, record=made, passages=tuple([_PASSAGE.made(own) for own in passages]))
    return {"written": _FILE.made(file, record=made), "resolved": resolved}


Pair = tuple[EventRecord, Event]
"""An event as it was written and as it is."""
_AT = attrgetter("at.number", "at.empty", "date.at.number", "date.at.empty")
_OF_RECORD = attrgetter("id", "reported", "title", "topics", "planned", "evidence", "note")
_OF_DATE = attrgetter("edtf", "basis", "why", "quote", "prefix", "suffix")
_OF_DATED = attrgetter("value.edtf", "basis", "why", "anchor")


def packed_events(pairs: Sequence[Pair], origins: Mapping[str, Origin]) -> bytes:
    """Events, for `UnpackedEvents`; their files, as far as they are these, are kept elsewhere. Where one was not read
    in the usual way, or from another file, all of them as the objects that they are."""
    if not all(_is_usual(record, event, origins) for record, event in pairs):

        def reduced(own: Origin) -> Any:
            return (held, (own.path,)) if origins.get(own.path) is own else own.__reduce__()

        return dumped([*pairs], {Origin: reduced})
    rows = [
        (
            cast("LaterLocation", record.at).origin.path, _AT(record), _OF_RECORD(record), _OF_DATE(record.date),
            _OF_DATED(event.date), event.reported and event.reported.edtf,
        )
        for record, event in pairs
    ]  # fmt: skip
    return pickle.dumps(tuple(rows), 5)


def _is_usual(record: EventRecord, event: Event, origins: Mapping[str, Origin]) -> bool:
    at, of_date = record.at, record.date.at
    return (
        isinstance(at, LaterLocation)
        and isinstance(of_date, LaterLocation)
        and at.origin is of_date.origin is origins.get(at.origin.path)
        and event.record is record
        and not isinstance(record.date.quote, Record)
    )


def held(path: str) -> Origin:
    """The file of an event, as it stands for itself where the event is written: it is kept elsewhere."""
    raise LookupError(path)


class UnpackedEvents:
    """Events in a row, of which each is made when it is asked for."""

    def __init__(self, raw: bytes, origin: Callable[[str], Origin]) -> None:
        """`origin` gives a file by its path."""
        found = loaded(raw, held, origin)
        self._made: dict[int, Pair] = dict(enumerate(found)) if isinstance(found, list) else {}
        self._rows: tuple[Any, ...] = () if self._made else found
        self._origin = origin

    def __getitem__(self, place: int) -> Pair:
        if place not in self._made:
            path, (number, empty, *of_date), (id_, reported, *others), dated, (value, *rest), told = self._rows[place]
            origin = self._origin(path)
            date = _making(DateRecord)((LaterLocation(origin, *of_date), *dated))
            record = _making(EventRecord)((LaterLocation(origin, number, empty), id_, date, reported, *others))
            when = _making(Dated)((parse_edtf(value), *rest))
            event = _making(Event)((record, when, parse_edtf(told) if told else None))
            self._made[place] = record, event
        return self._made[place]


_making = cache(making)
