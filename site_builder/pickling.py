"""Frozen things pickled by their values alone: in fewer bytes, and several times faster to read back.

What Python gives a frozen dataclass with slots goes through its fields by name, one after the other, in both ways. A
briefing that is kept from one command to the next has tens of thousands of such things.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any


class ByValues:
    """A frozen dataclass with slots that is pickled so."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        kind: Any = type(self)  # mypy does not take every kind for hashable
        return holding, (kind, *_values_of(kind)(self))


def holding(kind: Any, *values: Any) -> Any:
    """A thing of this kind that has these values, in the order of its fields."""
    thing = object.__new__(kind)
    for put, value in zip(_setters_of(kind), values, strict=True):
        put(thing, value)
    return thing


@cache
def _values_of(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    names = [f.name for f in fields(kind)]
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda thing: (get(thing),)


@cache
def _setters_of(kind: Any) -> tuple[Callable[[Any, Any], None], ...]:
    return tuple(getattr(kind, f.name).__set__ for f in fields(kind))
