"""The keys of each kind of record, read from its field types: what both ways of reading a file go by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, cast, get_args, get_origin

from .. import records
from ..frozen import MISSING, dataclass, fields
from ..records import Record


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a record: the field it fills, its spelling, its type, and whether an entry must have it."""

    name: str
    key: str
    type: Any
    required: bool


def shape_of(kind: type[Record]) -> Mapping[str, Field]:
    """The keys of a kind of record, in order, as they are spelt in YAML."""
    return _fields(cast("Any", kind))  # mypy does not take a record's type for hashable


@cache
def _fields(kind: Any) -> dict[str, Field]:
    found = {}
    for f in fields(kind):
        if f.name != "at":
            key = f.metadata.get("key", f.name)
            required = f.default is MISSING and f.default_factory is MISSING
            found[key] = Field(f.name, key, _named(str(f.type)), required)
    return found


@cache
def _named(written: str) -> Any:
    """The type that an annotation of a record names: `get_type_hints` takes a fortieth of an edit to tell all."""
    return eval(written, vars(records))  # noqa: S307 nobody's words but ours


@cache
def parts_of(wanted: Any) -> tuple[Any, tuple[Any, ...]]:
    """What a type is made of; asked for every value of a file, so it is worked out once."""
    return get_origin(wanted), get_args(wanted)
