"""Parts of a value that are made once, when they are first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from functools import cached_property

    made = cached_property
else:

    class made:  # noqa: N801 used as a decorator
        """A part that is made once. functools.cached_property does the same, but takes a lock until Python 3.12, and
        costs a page three times as much."""

        def __init__(self, make: Callable[[Any], Any]) -> None:
            self.make = make
            self.__doc__ = make.__doc__

        def __set_name__(self, owner: type, name: str) -> None:
            self.name = name

        def __get__(self, one: Any, owner: type | None = None) -> Any:
            if one is None:
                return self
            value = self.make(one)
            setattr(one, self.name, value)
            return value


__all__ = ["made"]
