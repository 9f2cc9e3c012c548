"""Source texts as characters: decoding bytes, finding lines and paragraphs, what HTML can carry.

Offsets everywhere in this project are indices into the Python string that `decode` returns, that is Unicode
code points, half-open.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload
from zlib import adler32

from ..frozen import dataclass
from ..patterns import later

BOM = b"\xef\xbb\xbf"  # a byte order mark, as UTF-8 writes it


@dataclass(frozen=True, slots=True)
class Undecodable:
    """Bytes that are not UTF-8: where (byte offset, line from 1)."""

    offset: int
    line: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int


class Spans(Sequence[Span]):
    """Spans in eight bytes each: one is made when it is wanted. Equal to the tuple of them."""

    __slots__ = ("_edges",)

    def __init__(self, edges: Iterable[int] | bytes) -> None:
        """`edges` are where the first begins and ends, the second, and so on."""
        self._edges = array("I", edges)

    def __reduce__(self) -> tuple[Any, ...]:
        return Spans, (self._edges.tobytes(),)

    def __len__(self) -> int:
        return len(self._edges) // 2

    def __iter__(self) -> Iterator[Span]:
        edges = iter(self._edges)
        return map(Span, edges, edges)

    @overload
    def __getitem__(self, at: int) -> Span: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Span, ...]: ...
    def __getitem__(self, at: int | slice) -> Span | tuple[Span, ...]:
        if isinstance(at, slice):
            return tuple(self)[at]
        first = 2 * range(len(self))[at]
        return Span(self._edges[first], self._edges[first + 1])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Spans):
            return self._edges == other._edges
        return isinstance(other, tuple) and tuple(self) == other

    def __hash__(self) -> int:
        return hash(tuple(self))


def edges_of(spans: Sequence[Span]) -> Sequence[int]:
    """Where the first of some spans begins and ends, the second, and so on."""
    return spans._edges if isinstance(spans, Spans) else [edge for span in spans for edge in (span.start, span.end)]


def decode(raw: bytes) -> str | Undecodable:
    """UTF-8 bytes as text: a leading BOM is removed, CRLF and CR are read as LF, nothing else changes."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Undecodable(0, 1)  # UTF-16
    body = raw.removeprefix(BOM)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start + len(raw) - len(body)
        before = raw[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return Undecodable(offset, before.count(b"\n") + 1)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


class Lines:
    """Line starts of a text, to turn an offset into line and column."""

    __slots__ = ("starts",)

    def __init__(self, text: str) -> None:
        self.starts = [0, *(m.end() for m in re.finditer("\n", text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, columns in code points."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


# A hard-wrapped block: full lines of a usual width. Columns of a newspaper are narrower, and some wrap wider: there the
# lines that begin with a small letter tell. Anything else has one paragraph per line.
_USUAL, _WRAPPED, _FILLED = range(55, 101), range(30, 201), 0.6


def paragraphs(text: str) -> Spans:
    """The paragraphs of a text, without the white space between them.

    A block between blank lines is one paragraph when its lines look hard-wrapped: all but the last well filled, and
    either of a usual width or half of them begun in the middle of a sentence. Otherwise each line is a paragraph.
    """
    edges: list[int] = []
    at = lines = 0  # where a line begins; how many have words since a blank one
    for line in text.split("\n"):
        if line and (words := line.strip()):
            start = at if len(words) == len(line) else at + line.index(words)
            edges += (start, start + len(words))
            lines += 1
        elif lines:
            if lines > 1:
                _join_wrapped(text, edges, lines)
            lines = 0
        at += len(line) + 1
    if lines > 1:
        _join_wrapped(text, edges, lines)
    return Spans(edges)


def _join_wrapped(text: str, edges: list[int], lines: int) -> None:
    """Make one paragraph of the last lines, if they look hard-wrapped."""
    block = edges[-2 * lines :]
    widths = [end - start for start, end in zip(block[::2], block[1::2], strict=True)]
    widest = max(widths)
    if widest not in _WRAPPED or any(width < _FILLED * widest for width in widths[:-1]):
        return
    if widest in _USUAL or 2 * sum(_goes_on(text, start) for start in block[2::2]) >= lines - 1:
        edges[-2 * lines :] = (block[0], block[-1])


def _goes_on(text: str, start: int) -> bool:
    """Whether a line begins in the middle of a sentence: with a small letter that counts no item."""
    return text[start].islower() and not ENUMERATOR.match(text, start)


# What only says which paragraph or item this is: "4.", "1.2.", "iv.", "b)", "(c)".
ENUMERATOR = later(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[^\W\d_]|[ivxIVX]{1,5})[.)](?!\S)")


# Characters that HTML drops, refuses or forbids to appear: C0 but tab and line feed, DEL and C1, noncharacters. Those
# of the upper planes are told from their neighbours afterwards: listed here, they make looking five times slower.
_UNCARRIED = later("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\U0001fffe-\U0010ffff]")


def carried(text: str) -> str:
    """The text as HTML can carry it: what it cannot is shown as U+FFFD, one for one."""
    # What is printable is carried, and line ends are: most text is no more, and asking costs a tenth of looking.
    if text.isprintable() or is_ordinary(text.encode("utf-8", "surrogatepass")):
        return text
    if text.replace("\n", "").isprintable():
        return text
    return _UNCARRIED.sub(lambda found: "\N{REPLACEMENT CHARACTER}" if _is_uncarried(found[0]) else found[0], text)


def _is_uncarried(character: str) -> bool:
    return ord(character) < 0x10000 or ord(character) & 0xFFFE == 0xFFFE


def on_one_line(text: str) -> str:
    """The text as HTML can carry it, with each run of white space as one space."""
    if text.isprintable() and "  " not in text:  # the only white space that is printed is a space
        return text.strip(" ")
    return " ".join(carried(text).split())


def uncarried(text: str) -> Iterator[int]:
    """Offsets of the characters that `carried` replaces."""
    return (m.start() for m in _UNCARRIED.finditer(text) if _is_uncarried(m[0]))


# Bytes of UTF-8 that hide nothing: no controls, no lead bytes of characters among which some are odd.
_ORDINARY = bytes(b for b in range(256) if b in b"\t\n" or (b >= 0x20 and b not in b"\x7f\xc2\xef" and b < 0xF0))


def is_ordinary(raw: bytes) -> bool:
    """Whether UTF-8 bytes surely hold no control, noncharacter or byte order mark; most do not, and this is quick."""
    return not raw.translate(None, _ORDINARY)


_PRINTED = bytes(range(0x20, 0x7F)) + b"\n"


def is_plain(raw: bytes) -> bool:
    """Whether UTF-8 bytes are printable characters and line ends alone, as those of most texts are.

    HTML carries all of them, and the only white space among them are spaces and line ends.
    """
    return raw.translate(None, _PRINTED).decode().isprintable()


def begins_visibly(text: str) -> bool:
    """Whether a reader sees the first character of a text, as that of most."""
    first = text[:1]
    return first > " " and first.isprintable()


def is_visible(text: str) -> bool:
    """Whether a reader sees anything of a text: white space and marks that print nothing are blank."""
    return begins_visibly(text) or any(c.isprintable() and not c.isspace() for c in text)


# Of white space 1, of all else 0: their sum is the lower half of a checksum, or they are the digits of one number.
_BLANK = bytes(b < 0x80 and chr(b).isspace() for b in range(256))


def blanks(raw: bytes) -> int:
    """How many characters of ASCII in UTF-8 bytes are white space."""
    kinds = raw.translate(_BLANK)
    if len(kinds) < _CHECKED:
        return (adler32(kinds) & 0xFFFF) - 1
    return int.from_bytes(kinds, "big").bit_count()


_CHECKED = 65_520  # from here on the sum may be more than a checksum tells


def word_count(raw: bytes, blank: int) -> int:
    """How many words a text holds, given as UTF-8 bytes and how many of its characters are white space."""
    kinds = raw.translate(_BLANK)
    blanks_ = int.from_bytes(kinds, "big")
    if blanks_.bit_count() != blank:  # there is other white space than that of ASCII
        return len(raw.decode().split())
    return (blanks_ >> 8 & ~blanks_).bit_count() + kinds.startswith(b"\0")  # each begins behind a blank, or the text


def weight(text: str) -> int:
    """Code points that are not white space: the unit in which coverage is counted."""
    flat = text.replace("\n", "")
    if flat.isprintable():  # then its only white space are spaces
        return len(flat) - flat.count(" ")
    return len("".join(text.split()))


# Where a script writes no spaces between words, and its marks: Thai, Lao, Myanmar, Khmer, Chinese, Japanese, Yi.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff"


def legible(name: str) -> str:
    """A file's name, or several, with escapes for what of it is no text, which some systems allow."""
    return name.encode("utf-8", "backslashreplace").decode()
