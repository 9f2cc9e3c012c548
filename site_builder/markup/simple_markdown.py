"""Markdown that needs no parser: what most notes and briefs are made of, read some fifty times faster.

Paragraphs, headings, lists of one line an item, quotations and tables, of words, emphasis, links, code and citations,
none in another. All else is left to `commonmark`, block by block; a test holds both to each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, cast

from ..frozen import NamedTuple
from ..model import CitationKind
from ..patterns import later
from .linked_html import ANALYSIS, HOLE, UNCITED, Hole, Linked, escaped
from .sentences import UNCITED_MARK, markers_in, with_uncited_marked
from .usual_markdown import BEFORE, BEHIND, TARGET, TEXT

# What is read of running text. Of a mark that could mean something else nothing is: the text is left to the parser.
_CHAR = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\\`*_\[\]<>&!]"
_LONE = r"&(?![#A-Za-z])|<(?![A-Za-z/!?])|>|!(?!\[)|(?<=[^\W_])_(?=[^\W_])"
_WORDS = rf"(?:{_CHAR}|{_LONE})"
_INNER = rf"(?!\s){_WORDS}+(?<!\s)"
_OPENS, _CLOSES = rf"(?:(?<=[{BEFORE}\"])|(?<![\s\S]))", rf"(?=[{BEHIND}\"]|\Z)"
_STARRED = rf"{_OPENS}(?:\*\*{_INNER}\*\*|\*{_INNER}\*){_CLOSES}"
_LINKED = rf"\[(?!@|analysis\]){_WORDS}+\]\({TARGET}\)"
_CITED = r"\[(?:@[^\[\]\n]*|analysis)\]"
_BRACKETED = rf"\[(?!@|analysis\]){_WORDS}+\](?![\[(:])"
_CODE = r"(?<!`)`(?![ `])[^`\n\x00-\x1f\x7f-\x9f]+(?<! )`(?!`)"
_MARKED = rf"{_STARRED}|{_CODE}|{_CITED}|{_LINKED}|{_BRACKETED}"
# The same marks, in a text that is known to be simple.
_PART = later(r"(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`|\[(?:@[^\]]*|analysis)\]|\[[^\]]+\](?:\([^)]*\))?)")
_PLAIN = later(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\\`*_\[\]<>&!\"]*")
_SIMPLE = later(rf"(?!\s)(?:{_CHAR}++|{_LONE}|{_MARKED}|(?<![ \n])\n(?![ \n]))*(?<!\s)")

_TEXT_BEGINS = later(TEXT)
_ITEM = later(rf"(?:([-*+])|([0-9]{{1,9}})\.) (?={TEXT})")
_HEADING = later(rf"(#{{1,6}}) (?=[0-9]|{TEXT})(?!.*#\Z)")
_ITEM_BEGINS = later(r"(?:[-+*]|[0-9]{1,9}[.)])(?:\s|\Z)")

_RULE = later(r"\|(?: ?-+ ?\|)+")

Shape = Literal["p", "ul", "ol", "blockquote", "table", "h1", "h2", "h3", "h4", "h5", "h6"]


class Block(NamedTuple):
    """A block at the top of a text: its tag, the running text of each of its parts, and the line of each, from 0.

    The items of a `loose` list stand apart. The parts of a table are its cells, the first `columns` those of its head.
    """

    shape: Shape
    contents: tuple[str, ...]
    lines: tuple[int, ...]
    columns: int = 0
    is_loose: bool = False

    def texts(self) -> Iterator[tuple[str, int, bool]]:
        """Its running texts as `commonmark.running_texts` gives them."""
        for number, (content, line) in enumerate(zip(self.contents, self.lines, strict=True)):
            yield content, line, self.shape[0] == "h" or number < self.columns


class Piece(NamedTuple):
    """Some lines of a text that are parsed by themselves, from line `line` on; `block` when they are simple."""

    text: str
    line: int
    block: Block | None


@lru_cache(maxsize=128)  # a brief is checked first, and shown later
def pieces(markdown: str) -> tuple[Piece, ...]:
    """A text in pieces, none of which means anything else because of another."""
    lines = markdown.split("\n")
    whole = (Piece(markdown, 0, None),)
    if "]:" in markdown or "\r" in markdown:  # a definition counts everywhere
        return whole
    found: list[Piece] = []
    start = 0
    for end in (*(number for number, line in enumerate(lines) if not line), len(lines)):
        if start < end:
            piece = Piece("\n".join(lines[start:end]), start, _block(lines[start:end], start))
            if found and _may_go_on(found[-1], piece):
                before = found.pop()
                piece = Piece("\n".join(lines[before.line : end]), before.line, _one_list(before.block, piece.block))
            found.append(piece)
        start = end + 1
    if any(piece.block is None for piece in found) and any(line[:1].isspace() for line in lines):
        return whole  # what is set in belongs to what is above
    return tuple(found)


def _may_go_on(before: Piece, piece: Piece) -> bool:
    """Whether a list may go on behind a blank line."""
    if not _ITEM_BEGINS.match(piece.text):
        return False
    if before.block and piece.block:
        is_alike = before.block.shape == piece.block.shape
        return is_alike and (piece.block.shape == "ol" or before.text[0] == piece.text[0])
    return any(map(_ITEM_BEGINS.match, before.text.split("\n")))


def _one_list(first: Block | None, second: Block | None) -> Block | None:
    if first is None or second is None:
        return None
    return Block(first.shape, first.contents + second.contents, first.lines + second.lines, is_loose=True)


def _block(lines: Sequence[str], line: int) -> Block | None:
    """Lines without a blank one as a block, None when they need the parser."""
    first = lines[0]
    numbers = tuple(range(line, line + len(lines)))
    block = None
    if all(map(_TEXT_BEGINS.match, lines)):
        block = Block("p", ("\n".join(lines),), (line,))
    elif items := _items(lines):
        block = Block("ul" if items[0][1] else "ol", tuple(i.string[i.end() :] for i in items), numbers)
    elif len(lines) == 1 and (heading := _HEADING.match(first)):
        block = Block(f"h{len(heading[1])}", (first[heading.end() :],), (line,))  # type: ignore[arg-type]
    elif len(lines) > 2 and _RULE.fullmatch(lines[1]):
        block = _table(lines, line)
    elif all(own.startswith("> ") and _TEXT_BEGINS.match(own, 2) for own in lines):
        block = Block("blockquote", ("\n".join(own[2:] for own in lines),), (line,))
    return block if block and all(map(_SIMPLE.fullmatch, block.contents)) else None


def _table(lines: Sequence[str], line: int) -> Block | None:
    """A table with a mark at both ends of each line, and as many cells in each."""
    rows = [own.split("|")[1:-1] for own in (lines[0], *lines[2:]) if own[0] == own[-1] == "|" and len(own) > 1]
    columns = lines[1].count("|") - 1
    if len(rows) < len(lines) - 1 or any(len(row) != columns for row in rows):
        return None
    places = (line, *range(line + 2, line + len(lines)))
    numbers = tuple(place for place in places for _ in range(columns))
    return Block("table", tuple(cell.strip() for row in rows for cell in row), numbers, columns)


def _items(lines: Sequence[str]) -> list[re.Match[str]]:
    """The marks of the items when each line is one, all of one list."""
    marks = [mark for line in lines if (mark := _ITEM.match(line))]
    is_one = len(marks) == len(lines) and len({mark[1] for mark in marks}) == 1
    return marks if is_one and (marks[0][1] or marks[0][2] == "1") else []


def block_html(block: Block, *, marked: bool = False) -> Linked:
    """The HTML of a block; `marked` with a mark at the end of each uncited sentence."""
    inner = [
        _of_parts(with_uncited_marked(content) if marked and not is_heading else content)
        for content, _, is_heading in block.texts()
    ]
    shape, holes = block.shape, tuple([hole for part in inner for hole in part.holes])
    if shape == "table":
        return Linked(_rows([part.html for part in inner], block.columns), holes)
    if shape in ("ul", "ol"):
        item = "<li>\n<p>{}</p>\n</li>\n" if block.is_loose else "<li>{}</li>\n"
        return Linked(f"<{shape}>\n{''.join([item.format(part.html) for part in inner])}</{shape}>\n", holes)
    if shape == "blockquote":
        return Linked(f"<blockquote>\n<p>{inner[0].html}</p>\n</blockquote>\n", holes)
    return Linked(f"<{shape}>{inner[0].html}</{shape}>\n", holes)


def _rows(cells: Sequence[str], columns: int) -> str:
    """A table of cells; the first row is its head."""
    rows = []
    for start in range(0, len(cells), columns):
        tag = "td" if start else "th"
        row = "".join(f"<{tag}>{cell}</{tag}>\n" for cell in cells[start : start + columns])
        rows.append(f"<tr>\n{row}</tr>\n")
    return f"<table>\n<thead>\n{rows[0]}</thead>\n<tbody>\n{''.join(rows[1:])}</tbody>\n</table>\n"


def inline_html(line: str) -> Linked | None:
    """The HTML of one line, None when it needs the parser."""
    return _of_parts(line) if _SIMPLE.fullmatch(line) and "\n" not in line else None


def words(line: str) -> str | None:
    """The words of one line, None when it needs the parser."""
    if _PLAIN.fullmatch(line):
        return line
    if not _SIMPLE.fullmatch(line):
        return None
    return "".join(map(_shown, _parts(line))).replace("\n", " ")


def _shown(part: str) -> str:
    """The words of a part of running text."""
    if part.startswith(("[@", "[analysis]")):
        return ""
    if part.startswith("["):
        return part[1 : part.index("](")] if part.endswith(")") else part
    return part[1:-1] if part.startswith("`") else part.strip("*")


def _of_parts(content: str) -> Linked:
    """The HTML of running text that is simple, whatever it holds."""
    holes: list[Hole] = []
    parts = _parts(content)
    parts[::2] = map(escaped, parts[::2])
    for at in range(1, len(parts), 2):
        part = parts[at]
        if part[0] == "*":
            tag, words = ("strong", part[2:-2]) if part[1] == "*" else ("em", part[1:-1])
        elif part[0] == "`":
            tag, words = "code", part[1:-1]
        else:
            parts[at] = _bracketed(part, holes)
            continue
        parts[at] = f"<{tag}>{escaped(words)}</{tag}>"
    return Linked("".join(parts), tuple(holes))


def _bracketed(part: str, holes: list[Hole]) -> str:
    """The HTML of something in brackets."""
    if part[1] == "@":
        return _cited(part, holes)
    if part[-1] == ")":
        text, _, address = part[1:-1].partition("](")
        holes.append(Hole("link", address))
        return f'<a href="{HOLE}">{escaped(text)}</a>'
    return ANALYSIS if part == "[analysis]" else escaped(part)


def _cited(written: str, holes: list[Hole]) -> str:
    if written == UNCITED_MARK:
        return UNCITED
    marker = next(markers_in(written))
    if marker.kind == "malformed":
        return escaped(written)
    holes.append(Hole(cast("CitationKind", marker.kind), marker.target))
    return HOLE


def _parts(content: str) -> list[str]:
    """Simple running text in parts: text, what is marked, text, and so on.

    A citation hangs on its word: the blank before it goes, but for one between two citations.
    """
    parts = _PART.split(content)
    for at in range(1, len(parts), 2) if "[@" in content else ():
        if parts[at].startswith("[@"):
            bare = parts[at - 1].rstrip(" \n")
            if bare or at < 3 or not parts[at - 2].startswith("[@"):
                parts[at - 1] = bare
    return parts
