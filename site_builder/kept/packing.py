"""A source as plain values, for what writes it down: to pickle its passages as objects took most of saving it."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from ..frozen import fields
from ..model import Passage, Source
from ..reading.origins import LaterLocation
from ..records import PassageRecord, SourceFile, SourceRecord

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
