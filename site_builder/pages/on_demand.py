"""Views whose parts are made when a template asks for them: what a theme does not show costs nothing.

What they are made from does not change, so it does not matter when.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ..frozen import NamedTuple

V = TypeVar("V")

if TYPE_CHECKING:
    from functools import cached_property as made
else:

    class made:  # noqa: N801 used as a decorator
        """A part that is made once, when it is first asked for. functools.cached_property does the same, but takes a
        lock until Python 3.12, and costs a page three times as much."""

        def __init__(self, make: Callable[[Any], Any]) -> None:
            self.make = make
            self.__doc__ = make.__doc__

        def __set_name__(self, owner: type, name: str) -> None:
            self.name = name

        def __get__(self, view: Any, owner: type | None = None) -> Any:
            if view is None:
                return self
            value = self.make(view)
            setattr(view, self.name, value)
            return value


class Postponed(NamedTuple):
    """What a context makes in place of this when it is first asked for it."""

    make: Callable[[], Any]


def later(make: Callable[[], V]) -> V:
    """A part of a context that is made when a template asks for it."""
    return cast("V", Postponed(make))


__all__ = ["Postponed", "later", "made"]
