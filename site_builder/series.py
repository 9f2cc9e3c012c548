"""Many things of which few are others than before: what stays is shared, and what differs is known without a search.

A briefing after an edit has thousands of things that it had before. Here it has the very mapping of those, and beside
it the few that are new; where the many come from (a dictionary, a file) is all one, and nothing is asked of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, overload

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Replaced(Mapping[K, T]):
    """A mapping in which some things stand in the place of others; `own` has no id that `base` has not."""

    __slots__ = ("base", "own")

    def __init__(self, base: Mapping[K, T], own: Mapping[K, T]) -> None:
        self.base = base
        self.own = own

    def __reduce__(self) -> tuple[Any, ...]:
        return Replaced, (self.base, self.own)

    def __getitem__(self, id_: K) -> T:
        return self.own[id_] if id_ in self.own else self.base[id_]

    def get(self, id_: K, default: Any = None) -> Any:
        """The thing of an id; Mapping's own way costs an exception where there is none."""
        return self.own[id_] if id_ in self.own else self.base.get(id_, default)

    def __contains__(self, id_: object) -> bool:
        return id_ in self.base

    def __iter__(self) -> Iterator[K]:
        return iter(self.base)

    def __len__(self) -> int:
        return len(self.base)


class Row(Sequence[T]):
    """The things of a mapping in their order."""

    __slots__ = ("_ids", "things")

    def __init__(self, things: Mapping[str, T], ids: Sequence[str] | None = None) -> None:
        """All things, or those that go by some `ids`."""
        self.things = things
        self._ids = ids

    def __reduce__(self) -> tuple[Any, ...]:
        return Row, (self.things, self._ids)

    @property
    def ids(self) -> Sequence[str]:
        """Their ids."""
        if self._ids is None:
            self._ids = tuple(self.things)
        return self._ids

    def with_own(self, own: Mapping[str, T]) -> Row[T]:
        """The row with these in the place of what went by their ids."""
        return Row(replaced(self.things, own), self._ids)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        found = self.ids[place]
        return self.things[found] if isinstance(found, str) else tuple(self.things[id_] for id_ in found)

    def __iter__(self) -> Iterator[T]:
        return map(self.things.__getitem__, self.ids)

    def __len__(self) -> int:
        return len(self.things if self._ids is None else self._ids)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (Row, tuple)):
            return NotImplemented
        if isinstance(other, Row) and (few := differing(self.things, other.things)) is not None:
            if self.ids != other.ids:
                return False
            return all(self.things[id_] == other.things[id_] for id_ in few)
        return tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def both(old: Sequence[T], new: Sequence[T], also: Collection[str] = ()) -> Iterator[tuple[T, T]]:
    """The things of two rows of one length side by side; without those that are surely the very same, but for some."""
    if isinstance(old, Row) and isinstance(new, Row) and old.ids == new.ids:
        few = differing(old.things, new.things)
        if few is not None:
            some = {*few, *also}
            return ((old.things[id_], new.things[id_]) for id_ in old.ids if id_ in some)
    return zip(old, new, strict=True)


def ids_of(things: Sequence[Any]) -> Sequence[str]:
    """The ids of things, which are not looked at where they are known."""
    return things.ids if isinstance(things, Row) else tuple([thing.id for thing in things])


def replaced(things: Mapping[K, T], own: Mapping[K, T]) -> Mapping[K, T]:
    """The mapping with these in the place of what went by their ids."""
    if not own:
        return things
    return Replaced(things.base, {**things.own, **own}) if isinstance(things, Replaced) else Replaced(things, own)


def row_replaced(row: Sequence[T], own: Mapping[str, T], id_of: Callable[[T], str]) -> Sequence[T]:
    """The same of things in their order."""
    if not own:
        return row
    return (row if isinstance(row, Row) else Row({id_of(thing): thing for thing in row})).with_own(own)


def differing(old: Mapping[K, T], new: Mapping[K, T]) -> list[K] | None:
    """The ids of which two mappings have different things, told by identity; None where that takes a search."""
    if old is new:
        return []
    (base, before), (other, after) = _parts(old), _parts(new)
    if base is not other:
        return None
    return [id_ for id_ in {**before, **after} if old[id_] is not new[id_]]


def _parts(things: Mapping[K, T]) -> tuple[Mapping[K, T], Mapping[K, T]]:
    return (things.base, things.own) if isinstance(things, Replaced) else (things, {})
