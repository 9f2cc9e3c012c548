"""The line of a file that a problem is about, for people who look at the problem before they look at the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..frozen import dataclass, replace
from ..problems import Place, printable
from ..reading.files import Files

INPUTS = ("seeds", "annotations", "templates")
"""The folders of a briefing that a build reads."""

_BYTES = 4_000_000  # farther into a file nobody looks for its lines
_BEFORE, _AFTER = 60, 90  # code points shown to the left and right of the column


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line, cut to what can be seen at once: what stands before the column, at it and after it.

    Of a text that begins on the next line (`quote: >-`) also lines `above` and `below`, and the column is that of the
    first word that is wrong, where that is known.
    """

    before: str
    at: str
    after: str
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


Read = dict[str, list[str]]
"""The lines of files that have been read, by path."""


def excerpt(folder: Path, place: Place, diff: str = "", read: Read | None = None) -> Excerpt | None:
    """The line at a place, as the file is now; None when the file or the line is not there to be read.

    `diff` may mark what is wrong in a text, as `anchoring.word_diff` does. `read` keeps files for the next excerpt.
    """
    read = {} if read is None else read
    if place.path not in read:
        read[place.path] = _lines(folder, place.path)
    lines = read[place.path]
    if place.line > len(lines):
        return None
    line = lines[place.line - 1]
    block = tuple(_block(lines, place.line)) if _BLOCK.match(line, place.column - 1) else ()
    return _of_block(line, block, place.column, diff) if block else cut(line, place.column)


def _lines(folder: Path, path: str) -> list[str]:
    parts = Path(path).parts
    if not parts or parts[0] not in INPUTS or ".." in parts:
        return []
    if any((folder / Path(*parts[: n + 1])).is_symlink() for n in range(len(parts))):
        return []
    raw = Files(folder).read(path)  # which never waits for what is no regular file
    return re.split(r"\r\n|\r|\n", raw[:_BYTES].decode("utf-8-sig", "replace")) if raw is not None else []


_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?\Z")
_BLOCK_MAX = 1000  # lines of a block that are looked through
_KEY = re.compile(r" *(?:- +)*")
_WRONG = re.compile(r"\[-(.*?)-\]")
_LACKING = re.compile(r"(\S+) \{\+|\+\} (\S+)")


def _block(lines: list[str], at: int) -> Iterator[str]:
    """The lines of the block scalar whose key stands in the line before `at`."""
    indent = _KEY.match(lines[at - 1])
    least = " " * (indent.end() + 1 if indent else 1)
    for line in lines[at : at + _BLOCK_MAX]:
        if line.strip() and not line.startswith(least):
            return
        yield line


def _of_block(head: str, block: tuple[str, ...], column: int, diff: str) -> Excerpt:
    """The line with the wrong word, the one before it and the one behind it; without any known, the first lines."""
    while block and not block[-1].strip():
        block = block[:-1]
    at, start = next(_wrong(block, diff), (-1, -1))
    if at < 0:
        return replace(cut(head, column), below=_few(block, 3))
    above = (cut_end(head), *(["…"] if at > 1 else []), *map(cut_end, block[max(0, at - 1) : at]))
    return replace(cut(block[at], start + 1), above=above, below=_few(block[at + 1 :], 1))


def _few(lines: tuple[str, ...], most: int) -> tuple[str, ...]:
    return (*map(cut_end, lines[:most]), *(["…"] if len(lines) > most else []))


def _wrong(block: tuple[str, ...], diff: str) -> Iterator[tuple[int, int]]:
    """Where words stand that are wrong, or that others are missing beside: the line, and the place in it, from 0."""
    for words in (*_WRONG.findall(diff), *(word for pair in _LACKING.findall(diff) for word in pair)):
        for piece in (words, words.split()[0]) if words.strip() else ():
            whole = re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)")
            for at, line in enumerate(block):
                if found := whole.search(line):
                    yield at, found.start()


def cut_end(line: str) -> str:
    """The beginning of a line."""
    longest = _BEFORE + _AFTER
    return _shown(line[:longest]) + ("…" if len(line) > longest else "")


def cut(line: str, column: int) -> Excerpt:
    """A line around a column, from 1 in code points; a column behind the line's end is its end."""
    at = min(column - 1, len(line))
    before, after = line[max(0, at - _BEFORE) : at], line[at + 1 : at + 1 + _AFTER]
    return Excerpt(
        ("…" if at > _BEFORE else "") + _shown(before),
        _shown(line[at : at + 1]),
        _shown(after) + ("…" if at + 1 + _AFTER < len(line) else ""),
    )


def _shown(text: str) -> str:
    """Text with a space for each tab; what cannot be seen, or would turn the line around, is shown escaped."""
    return printable(text.replace("\t", " "))
