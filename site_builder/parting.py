"""Which part of a file in parts a thing stands in.

What is published of all sources together would be written anew at every edit, however large it is. So it is kept in
parts, and a thing's part follows from its id and from how many parts there are: an edit concerns one of them, and data,
annotations and texts that are searched of one source are in parts of one number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar
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
    """The things in so many parts."""
    if isinstance(things, Row):
        named: list[list[str]] = [[] for _ in range(count)]
        for id_ in things.ids:
            named[part_of(id_, count)].append(id_)
        return [Row(things.things, ids) for ids in named]
    parts: list[list[Thing]] = [[] for _ in range(count)]
    for thing in things:
        parts[part_of(thing.id, count)].append(thing)
    return parts
