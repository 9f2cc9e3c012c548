"""Sources and events as plain values, for what writes them down: to pickle them as objects took most of saving them."""

from __future__ import annotations

import marshal
import pickle
from array import array
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
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


_IN_RECORD = _others(SourceRecord, "at")
_AUTHOR, _ISSUED, _PASSAGES = map(_IN_RECORD.index, ("author", "issued", "passages"))
_OF_RECORD = attrgetter(*_IN_RECORD)
_PLACED = "at.number", "at.empty"
_IN_PASSAGE, _IN_FIGURE = ((*_PLACED, *_others(kind, "at")) for kind in (PassageRecord, FigureRecord))
_FIGURES, _NUMBERS = _IN_PASSAGE.index("figures"), [*map(_IN_FIGURE.index, ("value", "low", "high"))]
_OF_WRITTEN, _OF_FIGURE = attrgetter(*_IN_PASSAGE), attrgetter(*_IN_FIGURE)
_OF_NAME, _OF_DATE = (attrgetter(*_PLACED, *_others(kind, "at")) for kind in (NameRecord, DateRecord))
_OF_SOURCE = attrgetter("length", "boilerplate", "set_aside", "mentions", "excerpts")
_OF_COVERAGE = attrgetter(*_others(Coverage))
_OF_DATED = attrgetter("value.edtf", "basis", "why")
_OF_SPAN = attrgetter("start", "end")
_OF_PASSAGE = attrgetter("start", "end", "match")
_OF_AT = attrgetter(*_PLACED)
_PLAINLY = 2  # the format of marshal that does not look for what it has written before, which takes as long again


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
    of_record[_PASSAGES] = [_passage_told(said) if said.figures else _OF_WRITTEN(said) for said in record.passages]
    dated = issued and (*_OF_DATED(issued), issued.anchor and _OF_SPAN(issued.anchor))
    more = {
        number: (own.words, own.entities, [figure.inputs for figure in own.figures])
        for number, (said, own) in enumerate(zip(record.passages, passages, strict=True))
        if own.words is not said.quote or own.entities or own.figures
    }  # fmt: skip
    found: Any = (
        written.id, _OF_AT(record), of_record, resolved.stored.is_plain, written.raw, written.sha256, dated,
        _OF_COVERAGE(resolved.coverage), array("I", edges_of(resolved.paragraphs)).tobytes(), _OF_SOURCE(resolved),
        [*map(_OF_PASSAGE, passages)], more,
    )  # fmt: skip
    origin = cast("LaterLocation", record.at).origin
    try:
        return marshal.dumps((origin.path, hashes[origin.path], found), _PLAINLY)
    except ValueError:  # there are things among them, some of which know the file

        def reduced(own: Origin) -> Any:
            return (held, (own.path,)) if own is origin else own.__reduce__()

        return marshal.dumps((origin.path, hashes[origin.path], dumped(found, {Origin: reduced})))


def _passage_told(record: PassageRecord) -> list[Any]:
    """The fields of a passage that has figures, and those of each of them, its numbers as they are written."""
    row, figures = [*_OF_WRITTEN(record)], [[*_OF_FIGURE(figure)] for figure in record.figures]
    for figure in figures:
        for place in _NUMBERS:
            figure[place] = None if figure[place] is None else str(figure[place])
    row[_FIGURES] = figures
    return row


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
        states: States = pickle.loads(raw)  # noqa: S301 nobody else can write there
        return states
    path, sha256, found = marshal.loads(raw)  # noqa: S302 as above
    origin = Origin(path, Lying(files, path, sha256), SourceRecord)
    if isinstance(found, bytes):
        found = loaded(found, held, lambda _: origin)
    id_, at, row, is_plain, unusual, sha256, dated, coverage, edges, of_source, places, more = found
    row[_AUTHOR] = tuple([_written(NameRecord, origin, own) for own in row[_AUTHOR]])
    row[_ISSUED] = row[_ISSUED] and _written(DateRecord, origin, row[_ISSUED])
    row[_PASSAGES] = records = tuple([_passage(origin, own) for own in row[_PASSAGES]])
    record = _written(SourceRecord, origin, (*at, *row))
    lies = Lying(files, f"{SEEDS}/{record.text}", sha256, is_plain)
    stored = lies if unusual is None else Stored(str(decode(unusual)).encode(), is_plain)
    chain = (id_,)
    passages = []
    for number, (said, (start, end, match)) in enumerate(zip(records, places, strict=True)):
        words, entities, inputs = more.get(number) or (cast("str", said.quote), (), ())
        figures = tuple([_figure(id_, said, *own) for own in zip(said.figures, inputs, strict=True)]) if inputs else ()
        own = chain_of(id_, said) if said.via or said.said_by else chain
        passages.append(passage_of(said, own, start, end, match, words, entities, figures))
    length, boilerplate, set_aside, mentions, excerpts = of_source
    issued = dated and _dated(*dated)
    resolved = _making(Source)((
        id_, record, stored, length, unusual, sha256, issued, Spans(edges), tuple(passages), boilerplate, set_aside,
        mentions, _making(Coverage)(coverage), excerpts,
    ))  # fmt: skip
    return {"written": SourceFile(id_, record, stored, sha256, unusual), "resolved": resolved}


def _written(kind: Any, origin: Origin, values: Sequence[Any]) -> Any:
    """A record of where it stands in its file, and of its fields."""
    number, empty, *others = values
    return _making(kind)((LaterLocation(origin, number, empty), *others))


def _passage(origin: Origin, row: Any) -> PassageRecord:
    if row[_FIGURES]:
        for figure in row[_FIGURES]:
            for place in _NUMBERS:
                figure[place] = None if figure[place] is None else Decimal(figure[place])
        row[_FIGURES] = tuple([_written(FigureRecord, origin, figure) for figure in row[_FIGURES]])
    found: PassageRecord = _written(PassageRecord, origin, row)
    return found


def _figure(source: str, said: PassageRecord, record: FigureRecord, inputs: tuple[str, ...]) -> Figure:
    period, as_of = (parse_edtf(when) if when else None for when in (record.period, record.as_of))
    figure: Figure = _making(Figure)((
        record.id, source, said.id, record, record.value, record.low, record.high, period, as_of, inputs,
    ))  # fmt: skip
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
    return marshal.dumps(rows, _PLAINLY)


def _is_usual(record: EventRecord, event: Event, origins: Mapping[str, Origin]) -> bool:
    at, of_date = record.at, record.date.at
    return (
        isinstance(at, LaterLocation)
        and isinstance(of_date, LaterLocation)
        and at.origin is of_date.origin is origins.get(at.origin.path)
        and event.record is record
        and not (isinstance(record.date.quote, Record) or isinstance(record.note, Record))
    )


def held(path: str) -> Origin:
    """The file of a source or an event, as it stands for itself where this is written: it is not part of that."""
    raise LookupError(path)


class UnpackedEvents:
    """Events in a row, of which each is made when it is asked for."""

    def __init__(self, raw: bytes, origin: Callable[[str], Origin]) -> None:
        """`origin` gives a file by its path."""
        is_plain = not raw.startswith(pickle.PROTO)
        self._made: dict[int, Pair] = {} if is_plain else dict(enumerate(loaded(raw, held, origin)))
        self._rows: Sequence[Any] = marshal.loads(raw) if is_plain else ()  # noqa: S302 nobody else can write there
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
