"""Markdown that needs no parser: what most notes and briefs are made of, read some fifty times faster.

Paragraphs, headings, lists of one line an item and quotations, of words, emphasis, links, code and citations, none in
another. All else is left to `commonmark`, block by block; a test holds both to each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, cast

from .linked_html import ANALYSIS, HOLE, UNCITED, Hole, Linked, escaped, joined
from .model import CitationKind
from .sentences import UNCITED_MARK, markers_in, with_uncited_marked

# What is read of running text. Of a mark that could mean something else nothing is: the text is left to the parser.
_CHAR = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\\`*_\[\]<>&!]"
_LONE = r"&(?![#A-Za-z])|<(?![A-Za-z/!?])|>|!(?!\[)|(?<=[^\W_])_(?=[^\W_])"
_WORDS = rf"(?:{_CHAR}|{_LONE})"
_BEFORE, _BEHIND = r"[ \n(\"'\u201c\u2018\u2014]", r"[ \n.,;:!?)\"'\u201d\u2019\u2014]"
_INNER = rf"(?!\s){_WORDS}+(?<!\s)"
_STARRED = rf"(?:(?<={_BEFORE})|(?<![\s\S]))(?:\*\*{_INNER}\*\*|\*{_INNER}\*)(?={_BEHIND}|\Z)"
_ADDRESS = r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:/[A-Za-z0-9./_=-]*)?(?:\?[A-Za-z0-9._=-]*)?(?:#[A-Za-z0-9._-]*)?"
_LINKED = rf"\[(?!@|analysis\]){_WORDS}+\]\((?:{_ADDRESS}|[A-Za-z][A-Za-z0-9/_-]*\.html(?:#[A-Za-z0-9_-]+)?)\)"
_CITED = r"\[(?:@[^\[\]\n]*|analysis)\]"
_BRACKETED = rf"\[(?!@|analysis\]){_WORDS}+\](?![\[(:])"
_CODE = r"(?<!`)`(?![ `])[^`\n\x00-\x1f\x7f-\x9f]+(?<! )`(?!`)"
_MARKED = rf"{_STARRED}|{_CODE}|{_CITED}|{_LINKED}|{_BRACKETED}"
# The same marks, in a text that is known to be simple.
_PART = re.compile(r"(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`|\[(?:@[^\]]*|analysis)\]|\[[^\]]+\](?:\([^)]*\))?)")
_is_plain = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\\`*_\[\]<>&!\"]*").fullmatch
_is_simple = re.compile(rf"(?!\s)(?:{_CHAR}++|{_LONE}|{_MARKED}|(?<![ \n])\n(?![ \n]))*(?<!\s)").fullmatch

# What a line of running text begins with; all else may begin a block of another kind.
_SIGN = r"[(\"'\u2018-\u201e\u00ab\u00bb\u20ac$\u00a3%@\u2013\u2014\u2026\[`]"
_TEXT = rf"(?![0-9]{{1,9}}[.)](?:\s|\Z))(?:[^\W_]|{_SIGN}|\*(?=\S))"
_begins_text = re.compile(_TEXT).match
_item = re.compile(rf"(?:([-*+])|([0-9]{{1,9}})\.) (?={_TEXT})").match
_heading = re.compile(rf"(#{{1,6}}) (?=[0-9]|{_TEXT})(?!.*#\Z)").match
_begins_item = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])(?:\s|\Z)").match

Shape = Literal["p", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"]


class Block(NamedTuple):
    """A block at the top of a text: its tag, the running text of each of its parts, and the line of each, from 0."""

    shape: Shape
    contents: tuple[str, ...]
    lines: tuple[int, ...]

    def texts(self) -> Iterator[tuple[str, int, bool]]:
        """Its running texts as `commonmark.running_texts` gives them."""
        for content, line in zip(self.contents, self.lines, strict=True):
            yield content, line, self.shape.startswith("h")


class Piece(NamedTuple):
    """Some lines of a text that are parsed by themselves, from line `line` on; `block` when they are simple."""

    text: str
    line: int
    block: Block | None


def pieces(markdown: str) -> tuple[Piece, ...]:
    """A text in pieces, none of which means anything else because of another."""
    if "\n" not in (line := markdown.removesuffix("\n")) and _is_line(line):
        return (Piece(line, 0, Block("p", (line,), (0,))),)  # most notes
    lines = markdown.split("\n")
    if "]:" in markdown or "\r" in markdown or any(line[:1].isspace() for line in lines):
        return (
            Piece(markdown, 0, None),
        )  # a definition counts everywhere, and what is set in belongs to what is above
    found: list[Piece] = []
    start = 0
    for end in (*(number for number, line in enumerate(lines) if not line), len(lines)):
        if start < end:
            own = lines[start:end]
            before = found[-1] if found else None
            if before and _begins_item(own[0]) and any(map(_begins_item, before.text.split("\n"))):
                own, start = lines[before.line : end], found.pop().line  # perhaps one list, and its items apart
                found.append(Piece("\n".join(own), start, None))
            else:
                found.append(Piece("\n".join(own), start, _block(own, start)))
        start = end + 1
    return tuple(found)


def _is_line(line: str) -> bool:
    return _begins_text(line) is not None and "]:" not in line and _is_simple(line) is not None


def _block(lines: Sequence[str], line: int) -> Block | None:
    """Lines without a blank one as a block, None when they need the parser."""
    first = lines[0]
    numbers = tuple(range(line, line + len(lines)))
    block = None
    if all(map(_begins_text, lines)):
        block = Block("p", ("\n".join(lines),), (line,))
    elif items := _items(lines):
        block = Block("ul" if items[0][1] else "ol", tuple(i.string[i.end() :] for i in items), numbers)
    elif len(lines) == 1 and (heading := _heading(first)):
        block = Block(f"h{len(heading[1])}", (first[heading.end() :],), (line,))  # type: ignore[arg-type]
    elif all(own.startswith("> ") and _begins_text(own, 2) for own in lines):
        block = Block("blockquote", ("\n".join(own[2:] for own in lines),), (line,))
    return block if block and all(map(_is_simple, block.contents)) else None


def _items(lines: Sequence[str]) -> list[re.Match[str]]:
    """The marks of the items when each line is one, all of one list."""
    marks = [mark for line in lines if (mark := _item(line))]
    is_one = len(marks) == len(lines) and len({mark[1] for mark in marks}) == 1
    return marks if is_one and (marks[0][1] or marks[0][2] == "1") else []


def block_html(block: Block, *, marked: bool = False) -> Linked:
    """The HTML of a block; `marked` with a mark at the end of each uncited sentence."""
    shape, is_heading = block.shape, block.shape.startswith("h")
    inner = [_html(with_uncited_marked(c) if marked and not is_heading else c) for c in block.contents]
    if shape in ("ul", "ol"):
        inner = [Linked(f"<li>{html}</li>\n", holes) for html, holes in inner]
        inside = joined(inner)
        return Linked(f"<{shape}>\n{inside.html}</{shape}>\n", inside.holes)
    html, holes = inner[0]
    if shape == "blockquote":
        return Linked(f"<blockquote>\n<p>{html}</p>\n</blockquote>\n", holes)
    return Linked(f"<{shape}>{html}</{shape}>\n", holes)


def inline_html(line: str) -> Linked | None:
    """The HTML of one line, None when it needs the parser."""
    return _html(line) if _is_simple(line) and "\n" not in line else None


def words(line: str) -> str | None:
    """The words of one line, None when it needs the parser."""
    if _is_plain(line):
        return line
    if not _is_simple(line):
        return None
    return "".join(map(_shown, _parts(line))).replace("\n", " ")


def _shown(part: str) -> str:
    """The words of a part of running text."""
    if part.startswith(("[@", "[analysis]")):
        return ""
    if part.startswith("["):
        return part[1 : part.index("](")] if part.endswith(")") else part
    return part[1:-1] if part.startswith("`") else part.strip("*")


def _html(content: str) -> Linked:
    """The HTML of running text that is simple."""
    if _is_plain(content):
        return Linked(content)
    holes: list[Hole] = []
    found: list[str] = []
    for part in _parts(content):
        first = part[:1]
        if first == "*":
            tag = "strong" if part[1] == "*" else "em"
            found.append(f"<{tag}>{escaped(part.strip('*'))}</{tag}>")
        elif first == "[" and part[1] == "@":
            found.append(_cited(part, holes))
        elif first == "[" and part[-1] == ")":
            text, _, address = part[1:-1].partition("](")
            holes.append(Hole("link", address))
            found.append(f'<a href="{HOLE}">{escaped(text)}</a>')
        elif first == "`":
            found.append(f"<code>{escaped(part[1:-1])}</code>")
        else:
            found.append(ANALYSIS if part == "[analysis]" else escaped(part))
    return Linked("".join(found), tuple(holes))


def _cited(written: str, holes: list[Hole]) -> str:
    if written == UNCITED_MARK:
        return UNCITED
    marker = next(markers_in(written))
    holes.append(Hole(cast("CitationKind", marker.kind), marker.target))
    return HOLE


def _parts(content: str) -> list[str]:
    """Simple running text in parts: text, what is marked, text, and so on.

    A citation hangs on its word: the blank before it goes, but for one between two citations.
    """
    parts = _PART.split(content)
    for at in range(1, len(parts), 2):
        if parts[at].startswith("[@"):
            bare = parts[at - 1].rstrip(" \n")
            if bare or at < 3 or not parts[at - 2].startswith("[@"):
                parts[at - 1] = bare
    return parts
