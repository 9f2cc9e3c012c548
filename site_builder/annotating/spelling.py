"""The YAML of a passage: as an author would write it, and read back to the very same words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..frozen import dataclass
from ..reading.scalars import ID, quoted
from ..texts.anchoring import RangeSelector, Selector

WIDTH = 108
"""Columns of a line of words, without the indentation of its entry."""

_SHORT = 72  # so many characters stand on the line of their key
_GUESSED = re.compile(r"null|true|false|yes|no|on|off|y|n|[0-9].*")  # an editor may take such a word for no text


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be written of a passage beside its words; all as typed, nothing of it checked."""

    id: str
    topics: tuple[str, ...] = ()
    said_by: str = ""
    stance: str = ""
    note: str = ""
    is_private: bool = False
    with_figures: bool = False


def passage_lines(selector: Selector, wish: Wish, figures: Iterable[str] = ()) -> tuple[str, ...]:
    """The lines of a passage from its `id:` on, without the dash and the indentation of its list."""
    lines = [*_field("id", wish.id)]
    if isinstance(selector, RangeSelector):
        ends = (*_field("from", selector.start.exact), *_field("to", selector.end))
        lines += ["quote:", *(f"  {line}" for line in ends)]
        start = selector.start
    else:
        lines += _field("quote", selector.exact)
        start = selector
    lines += (*_field("prefix", start.prefix), *_field("suffix", start.suffix))
    if wish.topics:
        lines.append(f"topics: [{', '.join(map(_word, wish.topics))}]")
    lines += (*_field("said_by", wish.said_by), *_field("stance", wish.stance))
    note = wish.note.strip()
    if note and wish.is_private:
        lines += ("note:", *(f"  {line}" for line in _field("text", note)), "  private: true")
    else:
        lines += _field("note", note)
    return (*lines, *(figures if wish.with_figures else ()))


def _field(key: str, value: str) -> Iterator[str]:
    """The lines of a key and its value; none for an empty one, but an id is never left out."""
    if value or key == "id":
        yield from _block(key, value) or (f"{key}: {_word(value)}",)


def _block(key: str, value: str) -> tuple[str, ...]:
    """Words that are long or of several lines as a block; empty for those that no block can hold as they are."""
    if quoted(value) != f'"{_escaped(value)}"' or value != value.strip() or "\t" in value:
        return ()
    lines = value.split("\n")
    if len(lines) > 1:
        return (f"{key}: |-", *(f"  {line}" if line else "" for line in lines))
    words = value.split(" ")
    if len(value) <= _SHORT or "" in words or any(w != w.strip() for w in words):
        return ()
    return (f"{key}: >-", *(f"  {line}" for line in _wrapped(words)))


def _wrapped(words: Iterable[str]) -> Iterator[str]:
    line = ""
    for word in words:
        if line and len(line) + 1 + len(word) > WIDTH:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _word(value: str) -> str:
    return value if ID.fullmatch(value) and not _GUESSED.fullmatch(value) else quoted(value)


def _escaped(value: str) -> str:
    """What `quoted` gives for words without a character that YAML cannot hold as it is."""
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
