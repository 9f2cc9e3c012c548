"""The only differences between a quote and its source that do not matter, folded away with a map back.

Folded are: runs of white space and no-break spaces, zero-width characters and soft hyphens (but not the joiner
inside an emoji), the shapes of quote marks and dashes, and composed against decomposed letters (NFC and NFD).
Case, ellipses and compatibility forms (ligatures, full-width digits) are not.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_JOINER = "\u200d"
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u180e")
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2039\u203a\u02bc"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u301d\u301e\u301f"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_FOLDED = {c: "'" for c in _SINGLE_QUOTES} | {c: '"' for c in _DOUBLE_QUOTES} | {c: "-" for c in _DASHES}
_EMOJI_TRAIL = frozenset("\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and where each of its characters came from.

    Folded character `i` stands for `source[starts[i]:ends[i]]`; the ranges are in order and do not overlap, but
    several folded characters may come from one source character (a decomposed letter).
    """

    source: str
    text: str
    starts: tuple[int, ...] | range
    ends: tuple[int, ...] | range


def fold(source: str) -> Folded:
    """The folded form of a text, with the map back to the source's own characters."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, char in enumerate(source):
        if char.isspace():
            if chars and chars[-1] == " ":
                ends[-1] = index + 1
                continue
            form = " "
        elif char.isascii():
            form = char
        elif char in _DROPPED and not (char == _JOINER and _joins_emoji(source, index)):
            continue
        else:
            form = _FOLDED.get(char) or unicodedata.normalize("NFD", char)
        for part in form:
            chars.append(part)
            starts.append(index)
            ends.append(index + 1)
    _reorder_marks(chars, starts, ends)
    return Folded(source, "".join(chars), tuple(starts), tuple(ends))


def _joins_emoji(source: str, index: int) -> bool:
    before = index - 1
    while before >= 0 and source[before] in _EMOJI_TRAIL:
        before -= 1
    after = source[index + 1 : index + 2]
    return before >= 0 and _is_symbol(source[before]) and bool(after) and _is_symbol(after)


def _is_symbol(char: str) -> bool:
    return unicodedata.category(char) == "So"


def _reorder_marks(chars: list[str], starts: list[int], ends: list[int]) -> None:
    """Put runs of combining marks into canonical order, so that equivalent spellings fold to the same characters.

    The ranges of a reordered run are widened to the whole run: a match never ends inside one.
    """
    index = 0
    while index < len(chars):
        first = index
        while index < len(chars) and unicodedata.combining(chars[index]):
            index += 1
        if index - first > 1:
            run = sorted(range(first, index), key=lambda i: unicodedata.combining(chars[i]))
            chars[first:index] = [chars[i] for i in run]
            low, high = min(starts[first:index]), max(ends[first:index])
            starts[first:index] = [low] * (index - first)
            ends[first:index] = [high] * (index - first)
        index = max(index, first + 1)


def is_edge(source: str, index: int) -> bool:
    """Whether a quote may begin or end at this offset: not inside a letter with its marks or inside an emoji."""
    if index <= 0 or index >= len(source):
        return True
    before, after = source[index - 1], source[index]
    if unicodedata.category(after)[0] == "M" or after in _EMOJI_TRAIL:
        return False
    if _JOINER in (before, after) and _joins_emoji(source, index if after == _JOINER else index - 1):
        return False
    return not (_is_flag_half(before) and _is_flag_half(after) and _flag_halves_before(source, index) % 2)


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_halves_before(source: str, index: int) -> int:
    count = 0
    while index > count and _is_flag_half(source[index - count - 1]):
        count += 1
    return count
