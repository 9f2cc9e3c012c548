"""Regular expressions that are compiled when they are first used: each takes a while, and an edit uses few."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, AnyStr, Generic, cast


class _Later(Generic[AnyStr]):
    """A pattern that has each attribute of the compiled one as soon as it is asked for it."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self.written = flags

    @cached_property
    def compiled(self) -> re.Pattern[AnyStr]:
        return re.compile(self.pattern, self.written)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.compiled, name)
        setattr(self, name, found)  # which is then at hand as if it were the compiled one's
        return found


def later(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, but for when it is compiled; one that is no pattern raises re.error at its first use."""
    return cast("re.Pattern[AnyStr]", _Later(pattern, flags))
