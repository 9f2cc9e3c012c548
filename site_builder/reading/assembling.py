"""From the values of `subset` to records, by functions made once for each type: the same types that `schema` reads by.

What does not fit in any way is given up: `schema` then reads the file, and says what is wrong. So whatever is read here
has no problem; `tests/test_reading_assembling.py` holds the two ways together.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Literal, TypeVar, Union, cast

from ..frozen import MISSING, fields, making
from ..patterns import later
from ..records import Hash, Id, Markdown, Record, TopicFile, TopicRecord, Words
from ..series import Row
from ..storing import Stored
from ..texts.text import begins_visibly, decode
from .editing import edited_entries
from .origins import LaterLocation, Origin
from .scalars import NULLS, SCALARS, Misfit, identifier
from .shapes import parts_of, shape_of
from .subset import GaveUp, Quoted, values

R = TypeVar("R", bound=Record)
Read = Callable[[Any, Origin], Any]

_NEVER = object()  # of a field that may not be null
_SEEN = frozenset(map(chr, range(0x21, 0x7F)))  # with which most values begin; `begins_visibly` knows the others


def record(path: str, raw: bytes, written: str, kind: type[R], line_offset: int = 0) -> R | None:
    """The record that a file (or its front matter) holds, or None when it has to be read as nodes."""
    try:
        return cast("R", _record_of(kind)(values(written, raw), Origin(path, Stored(raw), kind, line_offset)))
    except (GaveUp, Misfit):
        return None


def records(path: str, raw: bytes, written: str, kind: type[R]) -> tuple[R, ...] | None:
    """The records of a file that holds a list, or None when it has to be read as nodes."""
    try:
        return cast("tuple[R, ...]", _tuple(_record_of(kind))(values(written, raw), Origin(path, Stored(raw), kind)))
    except (GaveUp, Misfit):
        return None


def records_again(path: str, raw: bytes, written: str, kind: type[R], before: Sequence[R]) -> Sequence[R] | None:
    """The records of a list that was read `before`, of which a few entries were edited: these are read, the others are
    the same objects. None where that is not known, or where others would be found at another place than before.

    The records of before stand in the file as it is now from then on, and no longer in the one they were read from.
    """
    first = before[0].at if before else None
    if not isinstance(first, LaterLocation) or (first.origin.path, first.origin.kind) != (path, kind):
        return None
    origin = first.origin
    edited = edited_entries(str(decode(origin.stored.content)), written, len(before))
    if edited is None:
        return None
    here, there, words = edited
    made = origin.made
    origin.made = _end(before, here)
    try:
        found = cast("tuple[R, ...]", _tuple(_record_of(kind))(values(words), origin))
    except (GaveUp, Misfit):
        return None
    finally:
        end, origin.made = origin.made, made
    if end != _end(before, there):
        return None
    origin.now_holds(raw)
    if isinstance(before, Row):  # of which only what is asked for is read
        own = {cast("Any", one).id: one for one in found}
        if [*own] == [*before.ids[here:there]]:
            return before.with_own(own)
    return (*before[:here], *found, *before[there:])


def _end(records_: Sequence[Record], count: int) -> int:
    """How many records were made when so many of a list were."""
    last = records_[count - 1].at if count else None
    return last.number + 1 if isinstance(last, LaterLocation) else 0


_FENCE = later(r"^-{3,}\s*$", re.MULTILINE)  # as frontmatter has it, which takes longer to load than an edit may


def topic(name: str, path: str, text: str) -> TopicFile | None:
    """A topic's front matter and brief, or None when they have to be read in the long way."""
    parts = _FENCE.split(text, 2) if _FENCE.match(text) else ()
    if len(parts) != 3:
        return None
    _, header, body = parts
    offset = text.count("\n", 0, text.index(header))
    found = record(path, header.encode(), header, TopicRecord, offset)
    if found is None:
        return None
    return TopicFile(name, found, body, text.count("\n", 0, len(text) - len(body)) + 1, path)


def _record_of(kind: type[Record]) -> Read:
    return _record(cast("Any", kind))  # mypy does not take a record's type for hashable


class _Entries(dict[str, tuple[int, bool, Any, Read]]):
    """Of each key of a record: at which place its value stands, whether that is text, what it holds when it is null,
    and what reads it."""

    def __missing__(self, key: str) -> tuple[int, bool, Any, Read]:
        raise GaveUp


@cache
def _record(kind: Any) -> Read:
    made, names = making(kind), [each.name for each in fields(kind)]
    blank = [_blank(each) for each in fields(kind)]
    entries, wanted = _Entries(), []
    for key, entry in shape_of(kind).items():
        place = names.index(entry.name)
        entries[key] = (place, _is_text(entry.type), *_reading(entry.type, key))
        if entry.required:
            wanted.append(place)

    def read(written: Any, origin: Origin) -> Any:
        if type(written) is not dict:
            raise GaveUp
        row = blank.copy()
        empty: tuple[str, ...] = ()
        for key, value in written.items():
            place, is_text, when_null, reader = entries[key]
            if value:
                is_plain = is_text and type(value) is str and value[0] in _SEEN
                row[place] = value if is_plain else reader(value, origin)
                continue
            empty = (*empty, names[place])
            row[place] = found = when_null if value is None else reader(value, origin)
            if found is _NEVER:
                raise GaveUp
        for place in wanted:
            if row[place] is _NEVER:
                raise GaveUp
        number = origin.made
        origin.made = number + 1
        row[0] = LaterLocation(origin, number, empty)
        return made(row)

    return read


def _blank(entry: Any) -> Any:
    """What a field holds that is not written."""
    if entry.default is not MISSING:
        return entry.default
    return _NEVER if entry.default_factory is MISSING else entry.default_factory()


def _reading(wanted: Any, key: str) -> tuple[Any, Read]:
    """What a field of this type holds when it is null, and how a value of it is read."""
    origin, args = parts_of(wanted)
    if origin in (Union, types.UnionType):
        others = [option for option in args if option is not types.NoneType]
        return (None if len(others) < len(args) else _NEVER), _any(others, key)
    if origin is tuple:
        item = _tuple(_reading(args[0], key)[1])
        return (), _shared(item) if args[0] is Id else item
    if origin is Mapping:
        return types.MappingProxyType({}), _mapping(_reading(args[0], key)[1], _reading(args[1], key)[1])
    if isinstance(wanted, type) and issubclass(wanted, Record):
        return _NEVER, _record_of(wanted)
    if origin is Literal:
        return _NEVER, _choice({option: option for option in args})
    return _NEVER, _TEXTS.get(wanted, _scalar)(SCALARS[wanted], key)


def _any(options: list[Any], key: str) -> Read:
    nested = [_record_of(o) for o in options if isinstance(o, type) and issubclass(o, Record)]
    plain = [_reading(o, key)[1] for o in options if not (isinstance(o, type) and issubclass(o, Record))]
    if not nested or not plain:
        return (nested or plain)[0]
    as_record, as_text = nested[0], plain[0]
    return lambda value, origin: (as_record if type(value) is dict else as_text)(value, origin)


def _tuple(item: Read) -> Read:
    def read(value: Any, origin: Origin) -> tuple[Any, ...]:
        if type(value) is not list and type(value) is not tuple:
            raise GaveUp
        return tuple([item(each, origin) for each in value])

    return read


def _shared(read: Read) -> Read:
    return lambda value, origin: _ids(value if type(value) is tuple else read(value, origin))


def _mapping(of_key: Read, of_value: Read) -> Read:
    def read(value: Any, origin: Origin) -> Mapping[str, Any]:
        if type(value) is not dict or not NULLS.isdisjoint(value):
            raise GaveUp
        return types.MappingProxyType({of_key(k, origin): of_value(v, origin) for k, v in value.items()})

    return read


def _choice(options: Mapping[str, str]) -> Read:
    def read(value: Any, origin: Origin) -> str:  # noqa: ARG001 all readers are called alike
        if not isinstance(value, str) or value not in options:
            raise GaveUp
        return options[value]

    return read


def _scalar(scalar: Callable[[str, str, bool], Any], key: str) -> Read:
    def read(value: Any, origin: Origin) -> Any:  # noqa: ARG001
        if not isinstance(value, str):
            raise GaveUp
        return scalar(str(value), key, type(value) is str)

    return read


def _is_text(wanted: Any) -> bool:
    """Whether a field holds text where it holds no record."""
    options = parts_of(wanted)[1] if parts_of(wanted)[0] in (Union, types.UnionType) else (wanted,)
    plain = [o for o in options if o is not types.NoneType and not (isinstance(o, type) and issubclass(o, Record))]
    return bool(plain) and all(_TEXTS.get(option) is _text for option in plain)


def _text(scalar: Callable[[str, str, bool], Any], key: str) -> Read:
    def read(value: Any, origin: Origin) -> Any:  # noqa: ARG001
        if type(value) is not str:
            if type(value) is not Quoted:
                raise GaveUp
            value = str(value)
        return value if begins_visibly(value) else scalar(value, key, True)

    return read


def _identifier(scalar: Callable[[str, str, bool], Any], key: str) -> Read:  # noqa: ARG001
    def read(value: Any, origin: Origin) -> str:  # noqa: ARG001
        if not isinstance(value, str):
            raise GaveUp
        return _id(str(value))

    return read


@lru_cache(10_000)
def _id(value: str) -> str:
    """An id; most stand in many places, and are then one string."""
    return identifier(value, "", True)


@lru_cache(10_000)
def _ids(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Several ids; thousands of passages have the same topics, and then one tuple of them."""
    return tuple([_id(each) for each in ids])


_TEXTS: Mapping[Any, Callable[[Callable[[str, str, bool], Any], str], Read]] = types.MappingProxyType({
    Words: _text, Markdown: _text, Hash: _text, Id: _identifier,
})  # fmt: skip
