"""Records as plain values for JSON: fields under their YAML names, places left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any

from ..frozen import fields
from ..records import NoteRecord, Record

Fields = tuple[tuple[str, ...], Callable[[Record], tuple[Any, ...]]]
_FIELDS: dict[type[Record], Fields] = {}  # by kind of record, as they are met
_ATOMS = frozenset((str, int, float, bool, type(None)))


def plain(value: Any) -> Any:
    """A record, or a part of one, as JSON."""
    if isinstance(value, Record):
        return value.text if isinstance(value, NoteRecord) else plain_record(value)
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def plain_record(record: Record, without: Collection[str] = ()) -> dict[str, Any]:
    """A record as a JSON object; the keys `without` keep their place, and are null."""
    kind = type(record)
    keys, values = _FIELDS.get(kind) or _FIELDS.setdefault(kind, _fields(kind))
    return {
        key: value if value.__class__ in _ATOMS else None if key in without else plain(value)
        for key, value in zip(keys, values(record), strict=True)
    }


def _fields(kind: type[Record]) -> Fields:
    """The keys of a kind of record, and what reads their values."""
    found = [f for f in fields(kind) if f.name != "at"]
    names = [f.name for f in found]
    read = attrgetter(*names)
    return tuple(f.metadata.get("key", f.name) for f in found), read if len(names) > 1 else lambda r: (read(r),)
