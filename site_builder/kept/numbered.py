"""What many things have, in rows of numbers beside their names in one string: it is read back in one step, and names
that nobody asks for are never told apart."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Spread = tuple[list[Any], bytes, bytes]
"""Values, each once; which of them each thing has, by its place, or one more than there are; the places in order."""


class Valued(Mapping[str, Any]):
    """What things have that stand in an order of their own, of which `places` says where each stands."""

    def __init__(self, order: Sequence[str], places: Mapping[str, int], spread: Spread) -> None:
        values, numbers, own = spread
        self.order, self.places = order, places
        self.values_, self.numbers, self.own = values, array("I", numbers), array("I", own)

    def __getitem__(self, id_: str) -> Any:
        number = self.numbers[self.places[id_]]
        if number == len(self.values_):
            raise KeyError(id_)
        return self.values_[number]

    def __iter__(self) -> Iterator[str]:
        return map(self.order.__getitem__, self.own)

    def __len__(self) -> int:
        return len(self.own)


def spread(things: Mapping[str, Any], order: Sequence[str]) -> Spread:
    """What some of the things that stand in an order have."""
    places = {id_: place for place, id_ in enumerate(order)}
    kinds = {value: number for number, value in enumerate(dict.fromkeys(things.values()))}
    numbers = array("I", [len(kinds)]) * len(order)
    own = array("I", map(places.__getitem__, things))
    for place, value in zip(own, things.values(), strict=True):
        numbers[place] = kinds[value]
    return [*kinds], numbers.tobytes(), own.tobytes()
