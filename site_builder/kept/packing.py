"""Sources and events as plain values, for what writes them down: to pickle them as objects took most of saving them."""

from __future__ import annotations

import marshal
import pickle
from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, cast

from ..contracts.resolving import chain_of, passage_of
from ..frozen import fields, making
from ..model import Coverage, Dated, Event, Figure, Source
from ..printed.dates import parse_edtf
from ..reading.files import Files
from ..reading.origins import LaterLocation, Origin
from ..reading.seeds import SEEDS
from ..records import (
    Basis,
    DateRecord,
    EventRecord,
    FigureRecord,
    NameRecord,
    PassageRecord,
    Record,
    SourceFile,
    SourceRecord,
)
from ..storing import Stored
from ..texts.text import Span, Spans, decode, edges_of
from .lying import Lying
from .stowing import dumped, loaded

States = dict[str, Any]
"""A source as it was `written` and as it was `resolved`."""


def _others(kind: type, *elsewhere: str) -> tuple[str, ...]:
    """The fields of a kind of thing, but for those that are kept elsewhere."""
    return tuple(field.name for field in fields(kind) if field.name not in elsewhere)


_AT = attrgetter("at.number", "at.empty")
_IN_RECORD = _others(SourceRecord, "at")
_AUTHOR, _ISSUED, _PASSAGES = map(_IN_RECORD.index, ("author", "issued", "passages"))
_OF_RECORD = attrgetter(*_IN_RECORD)
_OF_NAME, _OF_DATE, _OF_WRITTEN = (
    attrgetter("at.number", "at.empty", *_others(kind, "at")) for kind in (NameRecord, DateRecord, PassageRecord)
)
_OF_SOURCE = attrgetter("length", "boilerplate", "set_aside", "mentions", "excerpts")
_OF_COVERAGE = attrgetter(*_others(Coverage))
_OF_DATED = attrgetter("value.edtf", "basis", "why")
_OF_SPAN = attrgetter("start", "end")
_OF_PASSAGE = attrgetter("start", "end", "match", "words")  # which most records have too: they are written once
_OF_FIGURE = attrgetter(*_others(Figure, "record"))


def packed(written: SourceFile, resolved: Source, hashes: Mapping[str, str]) -> bytes:
    """A source, for `unpacked`: as it was written, and what was found in its text. Most are strings and numbers alone.

    Its files are read again where they lie; `hashes` has those of all. One that was not read in the usual way is packed
    as the objects that it is."""
    record, passages, issued = resolved.record, resolved.passages, resolved.issued
    if not _is_as_written(written, resolved):
        return pickle.dumps({"written": written, "resolved": resolved}, 5)
    of_record = [*_OF_RECORD(record)]
    of_record[_AUTHOR] = [*map(_OF_NAME, record.author)]
    of_record[_ISSUED] = record.issued and _OF_DATE(record.issued)
    of_record[_PASSAGES] = [*map(_OF_WRITTEN, record.passages)]
    dated = issued and (*_OF_DATED(issued), issued.anchor and _OF_SPAN(issued.anchor))
    more = {
        number: (own.entities, [*map(_OF_FIGURE, own.figures)])
        for number, own in enumerate(passages) if own.entities or own.figures
    }  # fmt: skip
    found: Any = (
        written.id, _AT(record), of_record, resolved.stored.is_plain, written.raw, written.sha256, dated,
        _OF_COVERAGE(resolved.coverage), array("I", edges_of(resolved.paragraphs)).tobytes(), _OF_SOURCE(resolved),
        [*map(_OF_PASSAGE, passages)], more,
    )  # fmt: skip
    origin = cast("LaterLocation", record.at).origin
    try:
        return marshal.dumps((origin.path, hashes[origin.path], found))
    except ValueError:  # there are things among them, some of which know the file
        return pickle.dumps((origin, found), 5)


def _is_as_written(written: SourceFile, resolved: Source) -> bool:
    """Whether its record is what its file says, and has all that was found."""
    record = resolved.record
    return (
        written.record is record
        and isinstance(record.at, LaterLocation)
        and len(record.passages) == len(resolved.passages)
        and all(
            [f.record for f in own.figures] == [*said.figures]
            for said, own in zip(record.passages, resolved.passages, strict=True) if said.figures
        )
    )  # fmt: skip


def unpacked(raw: bytes, files: Files) -> States:
    """A source from its bytes; `files` are those of the briefing."""
    found: Any
    if raw.startswith(pickle.PROTO):
        states: States | tuple[Origin, Any] = pickle.loads(raw)  # noqa: S301 nobody else can write there
        if isinstance(states, dict):
            return states
        origin, found = states
    else:
        path, sha256, found = marshal.loads(raw)  # noqa: S302 as above
        origin = Origin(path, Lying(files, path, sha256), SourceRecord)
    id_, at, row, is_plain, unusual, sha256, dated, coverage, edges, of_source, places, more = found
    row[_AUTHOR] = tuple([_written(NameRecord, origin, own) for own in row[_AUTHOR]])
    row[_ISSUED] = row[_ISSUED] and _written(DateRecord, origin, row[_ISSUED])
    row[_PASSAGES] = records = tuple([_written(PassageRecord, origin, own) for own in row[_PASSAGES]])
    record = _written(SourceRecord, origin, (*at, *row))
    lies = Lying(files, f"{SEEDS}/{record.text}", sha256, is_plain)
    stored = lies if unusual is None else Stored(str(decode(unusual)).encode(), is_plain)
    chain = (id_,)
    passages = []
    for number, (said, (start, end, match, words)) in enumerate(zip(records, places, strict=True)):
        entities, figures = more.get(number, _NEITHER)
        figures = tuple([_figure(*pair) for pair in zip(said.figures, figures, strict=True)]) if figures else ()
        own = chain_of(id_, said) if said.via or said.said_by else chain
        passages.append(passage_of(said, own, start, end, match, words, entities, figures))
    length, boilerplate, set_aside, mentions, excerpts = of_source
    issued = dated and _dated(*dated)
    resolved = _making(Source)((
        id_, record, stored, length, unusual, sha256, issued, Spans(edges), tuple(passages), boilerplate, set_aside,
        mentions, _making(Coverage)(coverage), excerpts,
    ))  # fmt: skip
    return {"written": SourceFile(id_, record, stored, sha256, unusual), "resolved": resolved}


_NEITHER: tuple[tuple[str, ...], tuple[Any, ...]] = (), ()


def _written(kind: Any, origin: Origin, values: Sequence[Any]) -> Any:
    """A record of where it stands in its file, and of its fields."""
    number, empty, *others = values
    return _making(kind)((LaterLocation(origin, number, empty), *others))


def _figure(record: FigureRecord, values: Sequence[Any]) -> Figure:
    id_, source, passage, *others = values
    figure: Figure = _making(Figure)((id_, source, passage, record, *others))
    return figure


def _dated(value: str, basis: Basis, why: str | None, anchor: tuple[int, int] | None = None) -> Dated:
    return Dated(value=parse_edtf(value), basis=basis, why=why, anchor=Span(*anchor) if anchor else None)


Pair = tuple[EventRecord, Event]
"""An event as it was written and as it is."""
_OF_EVENT = attrgetter("at.number", "at.empty", "id", "reported", "title", "topics", "planned", "evidence", "note")


def packed_events(pairs: Sequence[Pair], origins: Mapping[str, Origin]) -> bytes:
    """Events, for `UnpackedEvents`; their files, as far as they are these, are kept elsewhere. Where one was not read
    in the usual way, or from another file, all of them as the objects that they are."""
    if not all(_is_usual(record, event, origins) for record, event in pairs):

        def reduced(own: Origin) -> Any:
            return (held, (own.path,)) if origins.get(own.path) is own else own.__reduce__()

        return dumped([*pairs], {Origin: reduced})
    rows = [
        (
            cast("LaterLocation", record.at).origin.path, _OF_EVENT(record), _OF_DATE(record.date),
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
            path, (number, empty, id_, *others), of_date, when, told = self._rows[place]
            origin = self._origin(path)
            record = _written(EventRecord, origin, (number, empty, id_, _written(DateRecord, origin, of_date), *others))
            event = _making(Event)((record, _dated(*when), parse_edtf(told) if told else None))
            self._made[place] = record, event
        return self._made[place]


_making = cache(making)
