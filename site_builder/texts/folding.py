"""The only differences between a quote and its source that do not matter, folded away with a map back.

Folded are: runs of white space and no-break spaces, zero-width characters, marks of direction and soft hyphens (but not
the joiner inside an emoji), the shapes of quote marks and dashes, and composed against decomposed letters (NFC, NFD).
Case, ellipses and compatibility forms (ligatures, full-width digits) are not.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise, repeat
from typing import overload

from ..frozen import dataclass
from ..patterns import later

_JOINER = "\u200d"
_DROPPED = frozenset("\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff")
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2039\u203a\u02bc"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u301d\u301e\u301f"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_FOLDED = dict.fromkeys(_SINGLE_QUOTES, "'") | dict.fromkeys(_DOUBLE_QUOTES, '"') | dict.fromkeys(_DASHES, "-")
_EMOJI_TRAIL = frozenset("\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and where each of its characters came from.

    Folded character `i` stands for `source[starts[i]:ends[i]]`. The ranges are in order; those of one letter and its
    marks may be the same or overlap.
    """

    source: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]


# Characters that fold to themselves: printed ASCII, and the letters and signs most used in texts of other alphabets.
# Not those of Chinese: a set of so many takes longer to compile than most texts to fold.
_PLAIN = (
    r"!-~\u00a3\u00a7\u00b0\u00df\u00e6\u00f8\u20ac\u2026\u0391-\u03a9\u03b1-\u03c9\u0410-\u0418\u041a-\u0438\u043a-\u044f"
    r"\u05d0-\u05ea\u0621\u0627-\u063a\u0641-\u064a"
)
# What may fold to something else, with the white space behind it; white space before it is one space.
_ODD = later(rf"[^ {_PLAIN}][^{_PLAIN}]*")


def fold(source: str) -> Folded:
    """The folded form of a text, with the map back to the source's own characters."""
    pieces: list[str] = []
    runs = _Runs()
    at = 0
    is_plain = True
    for odd in (_odd_or_wide() if "  " in source else _ODD).finditer(source):
        start = odd.start()
        start -= start > at and source[start - 1] == " "
        if at < start:
            pieces.append(source[at:start])
            runs.add(start - at, at)
        at = odd.end()
        is_plain = _fold_each(source, range(start, at), pieces, runs) and is_plain
    if at < len(source):
        pieces.append(source[at:])
        runs.add(len(source) - at, at)
    text = "".join(pieces)
    starts, ends = _Map(runs, is_end=False), _Map(runs, is_end=True)
    if not is_plain and not unicodedata.is_normalized("NFD", text):
        own_starts, own_ends = list(starts), list(ends)
        return Folded(source, _with_marks_in_order(text, own_starts, own_ends), tuple(own_starts), tuple(own_ends))
    return Folded(source, text, starts, ends)


@cache  # few texts have two blanks in a row
def _odd_or_wide() -> re.Pattern[str]:
    return re.compile(rf"{_ODD.pattern}|  [^{_PLAIN}]*")


class _Runs:
    """Where runs of folded characters came from: one for one from `origin` on, or all from `[origin:end]`."""

    __slots__ = ("ends", "firsts", "length", "origins")

    def __init__(self) -> None:
        self.length = 0
        self.firsts: list[int] = []
        self.origins: list[int] = []
        self.ends: list[int] = []  # 0 where it is one for one

    def add(self, length: int, origin: int, end: int = 0) -> None:
        self.firsts.append(self.length)
        self.origins.append(origin)
        self.ends.append(end)
        self.length += length


class _Map(Sequence[int]):
    """Where each folded character begins in the source, or where it ends."""

    __slots__ = ("is_end", "runs")

    def __init__(self, runs: _Runs, *, is_end: bool) -> None:
        self.runs = runs
        self.is_end = is_end

    def __len__(self) -> int:
        return self.runs.length

    def __iter__(self) -> Iterator[int]:
        runs = self.runs
        lengths = [last - first for first, last in pairwise((*runs.firsts, runs.length))]
        for length, origin, end in zip(lengths, runs.origins, runs.ends, strict=True):
            if end:
                yield from repeat(end if self.is_end else origin, length)
            else:
                yield from range(origin + self.is_end, origin + self.is_end + length)

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[int, ...]: ...
    def __getitem__(self, index: int | slice) -> int | tuple[int, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        runs = self.runs
        wanted = index + runs.length if index < 0 else index
        if not 0 <= wanted < runs.length:
            raise IndexError(index)
        run = bisect_right(runs.firsts, wanted) - 1
        if end := runs.ends[run]:
            return end if self.is_end else runs.origins[run]
        return runs.origins[run] + wanted - runs.firsts[run] + self.is_end


def _fold_each(source: str, indices: range, pieces: list[str], runs: _Runs) -> bool:
    """Fold the characters at these indices, one by one, onto the pieces and the map; whether none may be a mark."""
    is_plain = True
    for index in indices:
        char = source[index]
        if char.isspace():
            if pieces and pieces[-1] == " ":
                runs.ends[-1] = index + 1
                continue
            form = " "
        elif char in _DROPPED and not (char == _JOINER and _joins_emoji(source, index)):
            continue
        elif not (form := _FOLDED.get(char, "")):
            form = unicodedata.normalize("NFD", char)
            is_plain = False
        pieces.append(form)
        runs.add(len(form), index, index + 1)
    return is_plain


def _joins_emoji(source: str, index: int) -> bool:
    before = index - 1
    while before >= 0 and source[before] in _EMOJI_TRAIL:
        before -= 1
    after = source[index + 1 : index + 2]
    return before >= 0 and _is_symbol(source[before]) and bool(after) and _is_symbol(after)


def _is_symbol(char: str) -> bool:
    # The range holds emoji that are newer than this Python's Unicode; Sm are the arrows.
    return "\U0001f000" <= char <= "\U0001faff" or unicodedata.category(char) in ("So", "Sm")


def _with_marks_in_order(text: str, starts: list[int], ends: list[int]) -> str:
    """The text with runs of combining marks in canonical order, so that equivalent spellings fold alike.

    The ranges of a run that is put into order are widened to the whole run: a match never ends inside one.
    """
    chars = list(text)
    index = 0
    while index < len(chars):
        first = index
        while index < len(chars) and unicodedata.combining(chars[index]):
            index += 1
        if index - first > 1:
            run = sorted(chars[first:index], key=unicodedata.combining)
            if run != chars[first:index]:
                chars[first:index] = run
                starts[first:index] = [starts[first]] * len(run)
                ends[first:index] = [ends[index - 1]] * len(run)
        index = max(index, first + 1)
    return "".join(chars)


def is_edge(source: str, index: int) -> bool:
    """Whether a quote may begin or end at this offset: not inside a letter with its marks or inside an emoji."""
    if index <= 0 or index >= len(source):
        return True
    before, after = source[index - 1], source[index]
    if before < "\x80" and after < "\x80":
        return True
    if unicodedata.category(after)[0] == "M" or after in _EMOJI_TRAIL or _is_inner_jamo(after):
        return False
    if _JOINER in (before, after) and _joins_emoji(source, index if after == _JOINER else index - 1):
        return False
    return not (_is_flag_half(before) and _is_flag_half(after) and _flag_halves_before(source, index) % 2)


def _is_inner_jamo(char: str) -> bool:
    """A vowel or final consonant of a Hangul syllable written in parts: it stands in the syllable that was begun."""
    return "\u1160" <= char <= "\u11ff"


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_halves_before(source: str, index: int) -> int:
    runs = _flag_runs(source)
    return index - runs[bisect_right(runs, index - 1) - 1]


@lru_cache(maxsize=1)  # a text is asked about place after place
def _flag_runs(source: str) -> tuple[int, ...]:
    """Where runs of halves of flags begin."""
    return tuple(run.start() for run in re.finditer("[\U0001f1e6-\U0001f1ff]+", source))
