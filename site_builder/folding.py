"""The only differences between a quote and its source that do not matter, folded away with a map back.

Folded are: runs of white space and no-break spaces, zero-width characters, marks of direction and soft hyphens (but not
the joiner inside an emoji), the shapes of quote marks and dashes, and composed against decomposed letters (NFC, NFD).
Case, ellipses and compatibility forms (ligatures, full-width digits) are not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

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
    starts: tuple[int, ...] | range
    ends: tuple[int, ...] | range


# Nothing to fold: printed ASCII with single spaces inside.
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")


def fold(source: str) -> Folded:
    """The folded form of a text, with the map back to the source's own characters."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for run in _PLAIN.finditer(source):
        _fold_each(source, range(at, run.start()), pieces, starts, ends)
        at = run.end()
        pieces.append(run[0])
        starts += range(run.start(), at)
        ends += range(run.start() + 1, at + 1)
    _fold_each(source, range(at, len(source)), pieces, starts, ends)
    text = "".join(pieces)
    if not unicodedata.is_normalized("NFD", text):
        text = _with_marks_in_order(text, starts, ends)
    return Folded(source, text, tuple(starts), tuple(ends))


def _fold_each(source: str, indices: range, pieces: list[str], starts: list[int], ends: list[int]) -> None:
    """Fold the characters at these indices, one by one, onto the pieces and the map."""
    for index in indices:
        char = source[index]
        if char.isspace():
            if pieces and pieces[-1] == " ":
                ends[-1] = index + 1
                continue
            form = " "
        elif char in _DROPPED and not (char == _JOINER and _joins_emoji(source, index)):
            continue
        else:
            form = _FOLDED.get(char) or unicodedata.normalize("NFD", char)
        pieces.append(form)
        starts += [index] * len(form)
        ends += [index + 1] * len(form)


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
    count = 0
    while index > count and _is_flag_half(source[index - count - 1]):
        count += 1
    return count
