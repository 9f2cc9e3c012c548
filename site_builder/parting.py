"""Which part of a file in parts a thing stands in.

What is published of all sources together would be written anew at every edit, however large it is. So it is kept in
parts, and a thing's part follows from its id and from how many parts there are: an edit concerns one of them, and data,
annotations and texts that are searched of one source are in parts of one number.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any, Protocol, TypeVar
from zlib import crc32

from .series import Row

SOURCES = 32  # in a part, at most on average; half as many after the number of parts has doubled
EVENTS = 512  # the same of events


class Named(Protocol):
    """A thing with an id."""

    @property
    def id(self) -> str:
        """Its id."""


Thing = TypeVar("Thing", bound=Named)


def part_count(things: int, most: int) -> int:
    """How many parts so many things take: a power of two, so that a part, when it splits, splits in two."""
    return 1 << max(0, (things - 1) // most).bit_length()


def part_of(id_: str, count: int) -> int:
    """The part of a thing, from 0; it depends on nothing but the id and the number of parts."""
    return crc32(id_.encode()) % count


def parted(things: Sequence[Thing], most: int) -> Sequence[Sequence[Thing]]:
    """The things by part, in each in the order in which they come."""
    return spread(things, part_count(len(things), most))


def spread(things: Sequence[Thing], count: int) -> Sequence[Sequence[Thing]]:
    """The things in so many parts; which those of a row are, is found out when somebody asks."""
    if isinstance(things, Row):
        spread_out = _Spread(things, count)
        return [_Part(spread_out, number) for number in range(count)]
    parts: list[list[Thing]] = [[] for _ in range(count)]
    for thing in things:
        parts[part_of(thing.id, count)].append(thing)
    return parts


class _Spread:
    """The ids of a row by part."""

    def __init__(self, row: Row[Any], count: int) -> None:
        self.row = row
        self.count = count

    @cached_property
    def ids(self) -> Sequence[Sequence[str]]:
        """Those of each part."""
        return ids_by_part(tuple(self.row.ids), self.count)


@lru_cache(8)  # several rooms part the same things
def ids_by_part(ids: tuple[str, ...], count: int) -> Sequence[Sequence[str]]:
    """The ids of each of so many parts, as `part_of` says, of thousands at once."""
    named: list[list[str]] = [[] for _ in range(count)]
    for id_, mark in zip(ids, map(crc32, map(str.encode, ids)), strict=True):
        named[mark % count].append(id_)
    return named


class _Part(Row[Any]):
    """The things of one part."""

    __slots__ = ("number", "spread_out")

    def __init__(self, spread_out: _Spread, number: int) -> None:
        super().__init__(spread_out.row.things)
        self.spread_out = spread_out
        self.number = number

    @property
    def ids(self) -> Sequence[str]:
        """Their ids."""
        return self.spread_out.ids[self.number]

    def __len__(self) -> int:
        return len(self.ids)

    def __reduce__(self) -> tuple[Any, ...]:
        return Row, (self.things, self.ids)
