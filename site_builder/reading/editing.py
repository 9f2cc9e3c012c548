"""Which entries of a list were edited, by the words of its file before and now."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from ..patterns import later

_ENTRY = later(r"^- ", re.MULTILINE)


def edited_entries(old: str, new: str, count: int) -> tuple[int, int, str] | None:
    """Of a list of so many entries that was edited: from which entry to before which it differs, and what stands there
    now. None where that is not so plain: where entries do not begin lines, or what differs is not within some.

    An entry ends where the next begins; so what comes before the first that differs, and after the last, means the same
    beside whatever is between, if that is a list by itself.
    """
    starts = [found.start() for found in _ENTRY.finditer(old)]
    if len(starts) != count or not count:
        return None
    same = _common(lambda n: old[:n] == new[:n], min(len(old), len(new)))
    here = bisect_left(starts, same) - 1  # an entry may go on where the next one began
    if here < 0 or not new.startswith("- ", starts[here]):  # of a file '---' may be the first line, and of no entry
        return None
    least = min(len(old), len(new)) - max(same, starts[here] + 1)
    tail = _common(lambda n: old[len(old) - n :] == new[len(new) - n :], max(0, least))
    there = bisect_left(starts, len(old) - tail)
    end = (starts[there] if there < count else len(old)) + len(new) - len(old)
    if there <= here or (there < count and new[end - 1 : end] != "\n"):
        return None
    return here, there, new[starts[here] : end]


def _common(is_same: Callable[[int], bool], most: int) -> int:
    """The greatest number up to `most` of which something holds that holds of all smaller ones."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if is_same(middle) else (low, middle - 1)
    return low
