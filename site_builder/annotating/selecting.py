"""From a stretch of a source to the selector that means it: whole words, and as few of them as suffice."""

from __future__ import annotations

import re
import unicodedata

from ..patterns import later
from ..texts.anchoring import Anchor, RangeSelector, Selector, Text, describe, resolve
from ..texts.folding import is_edge
from ..texts.text import UNSPACED, Span, is_visible

LONG = 300
"""Code points from which on a passage is named by its first and its last words."""

_FEWEST = 6  # words of `from` and `to`: fewer say little to a person
_WORD_LIMIT = 200  # a word longer than this is none: base64, a broken text
_APOSTROPHES = "'\u2019\u02bc"
_UNSPACED = later(f"[{UNSPACED}]")


def snapped(source: str, start: int, end: int) -> Span | None:
    """The stretch without white space at its ends, widened to whole words and numbers; None when nothing is visible."""
    if not is_visible(source[start:end]):
        return None
    while source[start].isspace():
        start += 1
    while source[end - 1].isspace():
        end -= 1
    low, high = max(0, start - _WORD_LIMIT), min(len(source), end + _WORD_LIMIT)
    while start > low and _holds_together(source, start):
        start -= 1
    while end < high and _holds_together(source, end):
        end += 1
    is_cut = source[start].isspace() or source[end - 1].isspace()  # an accent on a space: no quote begins with it
    return None if is_cut else Span(start, end)


def _holds_together(source: str, at: int) -> bool:
    """Whether the characters on both sides of an offset belong to one word, number, letter or emoji."""
    if not is_edge(source, at):
        return True
    before, after = source[at - 1], source[at]
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return False
    if _is_of_word(before) and _is_of_word(after):
        return True
    return _is_joint(source, at - 1) or _is_joint(source, at)


def _is_of_word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M"


def _is_joint(source: str, at: int) -> bool:
    """Whether an apostrophe stands within a word, or a mark that groups digits within a number."""
    char, around = source[at], (source[at - 1 : at], source[at + 1 : at + 2])
    return (char in _APOSTROPHES and all(map(str.isalpha, around))) or (char in ".," and all(map(str.isdigit, around)))


def selector_of(text: Text, span: Span) -> Selector:
    """The selector that means this place and no other: its words, or of a long passage the first and the last ones.

    Raises ValueError when the stretch cuts a letter or an emoji, or begins or ends in white space.
    """
    if span.end - span.start > LONG:
        by_ends = _range_of(text, span)
        if by_ends:
            return by_ends
    return describe(text, Anchor(span.start, span.end))


def _range_of(text: Text, span: Span) -> RangeSelector | None:
    """The first and the last words of a passage, as many as it takes; None when they would be most of it."""
    words = list(re.finditer(r"\S+", text.source[span.start : span.end]))
    if len(words) < 4 * _FEWEST:
        return None
    from_end = span.start + words[_FEWEST - 1].end()
    start = describe(text, Anchor(span.start, from_end))
    for count in range(_FEWEST, len(words) // 2, 2):
        found = RangeSelector(start, text.source[span.start + words[-count].start() : span.end])
        if resolve(text, found) == Anchor(span.start, span.end):
            return found
    return None
