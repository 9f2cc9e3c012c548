"""Regular expressions that are compiled when they are first used: each takes a while, and an edit uses few.

What Python makes of one before the engine takes it, its code, is plain numbers. Those are kept with the program
(`theme.caching`), for the same release of Python alone, so that the next command need not make them again.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from functools import cached_property
from typing import Any, AnyStr, Generic, cast

try:
    import _sre  # type: ignore[import-not-found] # which is not told of it
except ImportError:  # another Python than that of python.org
    _sre = None

Code = tuple[int, bytes, int, Mapping[str, int]]
"""A pattern's flags, its code as numbers of four bytes, how many groups it has, and the numbers of those with names."""
codes: dict[tuple[str | bytes, int], Code] = {}
"""Of each pattern, with the flags it was written with, that was compiled, or is known from builds before."""


class _Later(Generic[AnyStr]):
    """A pattern that has each attribute of the compiled one as soon as it is asked for it."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self.written = flags

    @cached_property
    def compiled(self) -> re.Pattern[AnyStr]:
        return compiled(self.pattern, self.written)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.compiled, name)
        setattr(self, name, found)  # which is then at hand as if it were the compiled one's
        return found


def later(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, but for when it is compiled; one that is no pattern raises re.error at its first use."""
    return cast("re.Pattern[AnyStr]", _Later(pattern, flags))


def compiled(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, from its code where that is known."""
    try:
        known = codes.get((pattern, int(flags))) or _code(pattern, int(flags))
        whole, code, groups, names = known
        numbered: list[str | None] = [None] * (groups + 1)
        for name, number in names.items():
            numbered[number] = name
        found = _sre.compile(pattern, whole, array("I", code).tolist(), groups, dict(names), tuple(numbered))
    except (AttributeError, LookupError, TypeError, ValueError, OverflowError, RuntimeError):  # made otherwise there
        return re.compile(pattern, flags)
    codes[pattern, int(flags)] = known
    return cast("re.Pattern[AnyStr]", found)


def _code(pattern: AnyStr, flags: int) -> Code:
    """The code of a pattern, as `re.compile` makes it."""
    inner: Any = re
    parsed = inner._parser.parse(pattern, flags)
    code = array("I", inner._compiler._code(parsed, flags)).tobytes()
    return flags | parsed.state.flags, code, parsed.state.groups - 1, parsed.state.groupdict
