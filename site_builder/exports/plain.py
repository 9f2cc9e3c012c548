"""Records as plain values for JSON: fields under their YAML names, places left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from ..frozen import fields
from ..records import NoteRecord, Record
from .rows import compact, quoted

Fields = tuple[tuple[str, ...], tuple[str, ...], Callable[[Record], tuple[Any, ...]]]
"""The keys of a kind of record, the same as what begins a member of an object, and what reads their values."""
_ATOMS = frozenset((str, int, float, bool, type(None)))
_NOTHING: Mapping[str, str] = {}


def plain(value: Any) -> Any:
    """A record, or a part of one, as JSON."""
    if isinstance(value, Record):
        return value.text if isinstance(value, NoteRecord) else plain_record(value)
    if isinstance(value, tuple):
        return [inner if inner.__class__ is str else plain(inner) for inner in value]
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def plain_record(record: Record) -> dict[str, Any]:
    """A record as a JSON object."""
    return {key: value if value.__class__ in _ATOMS else plain(value) for key, value in _by_key(record)}


def written(record: Any, resolved: Mapping[str, str] = _NOTHING) -> str:
    """The members of a record as a JSON object; what is `resolved` stands in the place of what was written."""
    kind: Any = type(record)  # mypy does not take it for hashable
    keys, begun, values = _fields_of(kind)
    return ", ".join(
        [
            f"{begin}{resolved[key]}" if key in resolved
            else f"{begin}null" if value is None
            else begin + _WRITERS.get(value.__class__, _other)(value)
            for key, begin, value in zip(keys, begun, values(record), strict=True)
        ]
    )  # fmt: skip


def _by_key(record: Any) -> Iterable[tuple[str, Any]]:
    kind: Any = type(record)
    keys, _, values = _fields_of(kind)
    return zip(keys, values(record), strict=True)


def _other(value: Any) -> str:
    is_object = isinstance(value, Record) and not isinstance(value, NoteRecord)
    return f"{{{written(value)}}}" if is_object else compact(plain(value))


def _several(values: tuple[Any, ...]) -> str:
    return f"[{', '.join([_WRITERS.get(value.__class__, _other)(value) for value in values])}]"


def _yes_or_no(value: object) -> str:
    return "true" if value else "false"


_WRITERS: Mapping[type, Callable[[Any], str]] = {str: quoted, bool: _yes_or_no, tuple: _several}


@cache
def _fields_of(kind: Any) -> Fields:
    found = [f for f in fields(kind) if f.name != "at"]
    names = [f.name for f in found]
    read, keys = attrgetter(*names), tuple(f.metadata.get("key", f.name) for f in found)
    return keys, tuple(f"{quoted(key)}: " for key in keys), read if len(names) > 1 else lambda r: (read(r),)
