"""Views whose parts are made when a template asks for them: what a theme does not show costs nothing.

What they are made from does not change, so it does not matter when.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from ..frozen import NamedTuple
from ..once import made

V = TypeVar("V")


class Postponed(NamedTuple):
    """What a context makes in place of this when it is first asked for it."""

    make: Callable[[], Any]


def later(make: Callable[[], V]) -> V:
    """A part of a context that is made when a template asks for it."""
    return cast("V", Postponed(make))


__all__ = ["Postponed", "later", "made"]
