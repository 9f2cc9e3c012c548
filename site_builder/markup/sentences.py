"""Where sentences end, by rule: in a block of Markdown, with the citations of each, and in the text of a source.

Contract 4 rests on this: a citation belongs to the sentence it stands in, or to the one that has just ended. Pure
text, no parser.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, Protocol, cast

from ..frozen import dataclass, replace
from ..model import CitationKind, Mention, Source
from ..patterns import later
from ..printed.dates import GERMAN_MONTHS
from ..texts.text import ENUMERATOR, Span

MARKER = later(r"(?<!\\)\[(?:@(?P<citation>[^\[\]\n]*)|(?P<analysis>analysis))\]")
_CITATION = later(r"(?:(?P<kind>claim|event|figure):)?(?P<target>[a-z0-9-]+(?:#[a-z0-9-]+)?)")
# Where a sentence ends, by rule and not by likelihood, since contract 4 rests on it: after . ! ? or an ellipsis and
# closing marks, before white space and anything but a small letter; but never after a title, an initial or another
# abbreviation that stands before names and numbers. Chinese and Japanese marks end a sentence without white space.
_END = later(  # a mark that begins a run of them, and all that goes with it; one of a few characters, soon found
    r"[.!?\u2026\u3002\uff01\uff1f](?:(?<=[.!?\u2026])(?<![.!?\u2026]{2})"
    r"[.!?\u2026]*+[\"'\u2019\u201d\u00bb)\]*_]*+(?=\s++[\"'\u2018\u201c\u00ab(\[*_$\u20ac\u00a3]*+(\w))"
    r"|(?<=[\u3002\uff01\uff1f])[\u3002\uff01\uff1f]*+[\u300d\u300f\u201d\u2019\uff09]*+)"
)
_ABBREVIATION = later(
    r"(?:^|[\s(\[\"'\u201c\u2018*_])(?:(?:Mr|Mrs|Ms|Dr|Prof|St|Lt|Gen|Col|Maj|Capt|Sgt|Adm|Cmdr|Rev|Hon|Gov|Sen|Rep|Jr|Sr"
    r"|Sra|Srta|Dra|MM|MR|MRS|MS|DR|HON|Fig|Art|Sec|v|vs|cf|ca|approx|e\.g|i\.e)|(?:[A-Z]\.)*[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A citation (with its kind and target) or an analysis mark, at an offset of its block's content."""

    offset: int
    written: str
    kind: CitationKind | Literal["analysis", "malformed"]
    target: str = ""


@lru_cache(maxsize=1024)  # a brief is checked first, and shown later
def split(content: str) -> Sequence[tuple[int, int, tuple[Marker, ...]]]:
    """Sentence ranges of a block with the markers of each; a range excludes the white space around it."""
    return tuple(_split(content))


def _split(content: str) -> Iterator[tuple[int, int, tuple[Marker, ...]]]:
    flat = opaque(content)
    markers = deque(markers_in(flat))
    plain, origin = _mask(flat, markers)
    for start, end in spans(plain):
        low, high = origin[start], origin[end]
        own: list[Marker] = []
        while markers and markers[0].offset < high:
            own.append(markers.popleft())
        word = _last_word(plain, start, end)
        if own or word >= 0:
            said = origin[word] if word >= 0 else low
            stop = low + len(content[low:high].rstrip())
            begin = stop - len(content[low:stop].lstrip())
            yield begin, stop, tuple(_if_last(marker, said) for marker in own)


def _last_word(text: str, start: int, end: int) -> int:
    """Where the last letter or digit of a stretch stands, -1 when it has none."""
    for at in range(end - 1, start - 1, -1):
        if text[at].isalnum() or text[at] == "_":
            return at
    return -1


def _if_last(marker: Marker, said: int) -> Marker:
    """An analysis mark counts after the last word of its sentence only."""
    if marker.kind == "analysis" and marker.offset < said:
        return replace(marker, kind="malformed")
    return marker


def opaque(content: str) -> str:
    """The content with what no sentence ends in blotted out, offsets kept: code, pictures, links."""
    if "`" not in content and "](" not in content and "<" not in content:
        return content
    blots = [*_code_spans(content)]
    flat = _blotted(content, blots)
    return _blotted(flat, [m.span() for m in _NOT_TEXT.finditer(flat)])


_NOT_TEXT = later(
    r"(?:!\[|\[(?!@|analysis\]))[^\[\]\n]*\]\([^()\n]*\)"  # a picture or a link; a marker is none
    r"|(?<=\])\((?![^()\n]*\[(?:@|analysis\]))[^()\n]*\)"  # where a link leads whose words hold brackets
    r"|<[a-z]+:[^<>\s]*>"
)


def _blotted(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], "x" * (end - start)]
        at = end
    return "".join((*pieces, text[at:]))


def _code_spans(content: str) -> Iterator[tuple[int, int]]:
    """Code spans: a run of backticks up to the next run of the same length."""
    runs = [m.span() for m in re.finditer("`+", content)]
    starts: dict[int, list[int]] = {}
    for start, end in runs:
        starts.setdefault(end - start, []).append(start)
    done = 0
    for start, end in runs:
        opening = start + content.endswith("\\", 0, start)  # an escaped backtick opens nothing
        alike = starts.get(end - opening, [])
        after = bisect_left(alike, end)
        if start >= done and opening < end and after < len(alike):
            done = alike[after] + end - opening
            yield opening, done


def markers_in(content: str) -> Iterator[Marker]:
    """The citations and analysis marks of a text from which code and links are blotted out."""
    for match in MARKER.finditer(content):
        if match["analysis"]:
            yield Marker(match.start(), match[0], "analysis")
            continue
        citation = _CITATION.fullmatch(match["citation"])
        kind = (citation["kind"] or "passage") if citation else "malformed"
        if citation and ("#" in citation["target"]) != (kind in ("passage", "figure")):
            kind = "malformed"
        target = citation["target"] if citation else ""
        yield Marker(match.start(), match[0], cast("CitationKind", kind), target)


def _mask(content: str, markers: Collection[Marker]) -> tuple[str, Sequence[int]]:
    """The content without markers and the blanks before them, and where each character left (and the end) stood."""
    if not markers:
        return content, range(len(content) + 1)
    pieces: list[str] = []
    kept: list[int] = []
    at = 0
    for marker in markers:
        pieces.append(content[at : marker.offset].rstrip())
        kept += range(at, at + len(pieces[-1]))
        at = marker.offset + len(marker.written)
    kept += range(at, len(content) + 1)
    return "".join((*pieces, content[at:])), kept


UNCITED_MARK = "[@\ue000uncited\ue000]"  # private use: no author types it, and it never reaches a page


def with_uncited_marked(content: str) -> str:
    """The content of a block with a mark at the end of each sentence that neither cites nor is ours."""
    pieces, at = [], 0
    for _, end, markers in split(content):
        if not markers:
            said = content[at:end]
            is_broken = content.startswith("\n", end) and (len(said) - len(said.rstrip("\\"))) % 2
            stop = end - 1 if is_broken else end  # before the backslash that makes a line break
            pieces += [content[at:stop], f" {UNCITED_MARK}"]
            at = stop
    return "".join((*pieces, content[at:]))


def without_markers(content: str, start: int, end: int, markers: Iterable[Marker]) -> str:
    """A stretch without its markers and the blanks before them."""
    pieces = []
    for marker in markers:
        pieces.append(content[start : marker.offset].rstrip())
        start = marker.offset + len(marker.written)
    return "".join((*pieces, content[start:end])).strip()


def spans(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text without markers: half-open ranges that follow one another and hold all of it."""
    start = 0
    for match in _END.finditer(text):
        ended = text[max(start, match.start() - _LONGEST_ABBREVIATION) : match.start() + 1]
        is_number = match[1] is not None and match[1].isdecimal() and _BEFORE_NUMBER.search(ended)
        goes_on = match[1] is not None and match[1].islower()
        is_counted = not start and ENUMERATOR.fullmatch(ended.lstrip())
        is_day = match[1] is not None and _MONTH.match(text, match.start(1)) and _DAY.search(ended)
        if not (goes_on or is_number or is_counted or is_day or _ABBREVIATION.search(ended)):
            yield start, match.end()
            start = match.end()
    yield start, len(text)


_LONGEST_ABBREVIATION = 24
# What stands before a number, and may end a sentence before a word: "et al. (2019)", "19 Cr. 612", "pp. 12-14".
_BEFORE_NUMBER = later(
    r"\b(?:Nos?|Nr|Refs?|Eqs?|Figs|Arts|Secs|Tab|[Vv]ols?|[Pp]aras?|pp?|Abs|Cap|Cir|Cr|et[ \u00a0]al)\.$"
)
_DAY = later(r"(?<!\d)[0-3]?\d\.$")  # German writes "2. November"; what is no month may begin a sentence
_MONTH = later(rf"(?:{GERMAN_MONTHS.replace(' ', '|')}|Jänner)\b")


def in_source(source: Source) -> Iterator[Span]:
    """The sentences of a source. None runs over the end of a paragraph, or ends inside a known name."""
    return in_text(source.text, source.paragraphs, source.mentions)


def in_text(text: str, paragraphs: Iterable[Span], mentions: Iterable[Mention]) -> Iterator[Span]:
    """The same for a text that is no source yet."""
    names = {offset for m in mentions for offset in range(m.start + 1, m.end)}
    for paragraph in paragraphs:
        begin = paragraph.start
        for _, length in spans(text[paragraph.start : paragraph.end]):
            end = paragraph.start + length
            if begin < end and (end == paragraph.end or end not in names):
                yield Span(begin, end)
                begin = end


def speaker(paragraph: str) -> str:
    """The words before a turn of speech that say whose it is, with their colon: "THE COURT:", "M. Delorme :".

    Empty where a paragraph begins otherwise; a dash before a turn names nobody.
    """
    label = _LABEL.match(paragraph)
    if label is None or any(word[0].islower() and len(word) > _PARTICLE for word in re.findall(r"\w+", label[1])):
        return ""
    return label[0]


_LABEL = later(r"\s*([^\W\d_][^\n:;?!\"\u201c\u00ab]{0,60}):(?=\s)")
_PARTICLE = 3  # letters of "van der", "de la"


class Stretch(Protocol):
    """Anything that has a place in a text."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character behind its last one."""


def touched(spans: Sequence[Span], part: Stretch) -> Sequence[Span]:
    """The sentences, of those given in order, that a stretch of the text shares a character with."""
    first = bisect_right(spans, part.start, key=lambda span: span.end)
    return spans[first : bisect_left(spans, part.end, key=lambda span: span.start)]
