"""Finding the one place in a text that a quote means, and writing the quote that means one place.

The selectors are those of the W3C Web Annotation Data Model (TextQuoteSelector, RangeSelector). `resolve` and
`describe` are inverse: for every anchor whose edges do not cut a letter, an emoji or white space,
`resolve(text, describe(text, anchor))` is that anchor. Nothing here is approximate: `nearest` serves hints only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import accumulate, islice
from typing import Literal

from ..frozen import dataclass, replace
from .folding import Folded, fold, is_edge
from .text import is_visible

Match = Literal["exact", "normalised"]


@dataclass(frozen=True, slots=True)
class TextQuoteSelector:
    """W3C TextQuoteSelector: the words, and the words that stand directly before and after them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class RangeSelector:
    """A long passage: it begins where `start` resolves and ends with the first occurrence of `end` after that."""

    start: TextQuoteSelector
    end: str


Selector = TextQuoteSelector | RangeSelector


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """A resolved passage: `text[start:end]` in code points, and how it was matched."""

    start: int
    end: int
    match: Match = "exact"


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The words stand in more than one place."""

    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class NotFound:
    """The words stand nowhere; `words` are those looked for (of a range, the end that failed)."""

    words: str


Resolution = Anchor | Ambiguous | NotFound


class Text:
    """A decoded source text, with its folded form made when first needed."""

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def folded(self) -> Folded:
        """The text after folding, with the map back."""
        return fold(self.source)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each folded character begins, written out: quick to look up, and large."""
        return tuple(self.folded.starts)


def resolve(text: Text, selector: Selector) -> Resolution:
    """The one place a selector means: character for character if such a place exists, else after folding."""
    if isinstance(selector, TextQuoteSelector):
        return _one(text, selector)
    start = _one(text, selector.start)
    if not isinstance(start, Anchor):
        return start
    end = _first(text, selector.end.strip(), start.end)
    if end is None:
        return NotFound(selector.end)
    match: Match = "exact" if start.match == end.match == "exact" else "normalised"
    return Anchor(start.start, end.end, match)


def _one(text: Text, selector: TextQuoteSelector) -> Resolution:
    if not selector.prefix and not selector.suffix and (anchor := only(text.source, selector.exact)):
        return anchor
    for hits in (_exact, _normalised):
        anchors = tuple(_in_context(text, hits(text, selector.exact.strip(), 0), selector))
        if anchors:
            return anchors[0] if len(anchors) == 1 else Ambiguous(anchors)
    return NotFound(selector.exact)


def only(source: str, quote: str) -> Anchor | None:
    """The place of words that stand once as they are written, with nothing before or after to say which: of most."""
    words = quote.strip()
    # From the end takes half as long as from the beginning; but for long words of a long text, it may take for ever.
    if len(source) * len(words) < _LONG:
        at = source.rfind(words) if words else -1
        is_only = at >= 0 and source.rfind(words, 0, at + len(words) - 1) < 0
    else:
        at = source.find(words)
        is_only = at >= 0 and source.find(words, at + 1) < 0
    if not is_only:
        return None
    end = at + len(words)
    return Anchor(at, end) if is_edge(source, at) and is_edge(source, end) else None


_LONG = 10_000_000


def _first(text: Text, words: str, after: int) -> Anchor | None:
    """The first occurrence from an offset on, if any; where both kinds begin alike, the exact one."""
    found = (next(hits(text, words, after), None) for hits in (_exact, _normalised))
    return min(filter(None, found), key=lambda anchor: anchor.start, default=None)


def _exact(text: Text, words: str, after: int) -> Iterator[Anchor]:
    at = text.source.find(words, after) if words else -1
    while at >= 0:
        if is_edge(text.source, at) and is_edge(text.source, at + len(words)):
            yield Anchor(at, at + len(words))
        at = text.source.find(words, at + 1)


def _normalised(text: Text, words: str, after: int) -> Iterator[Anchor]:
    folded, needle = text.folded, fold(words).text.strip()
    at = folded.text.find(needle, bisect_left(folded.starts, after) if after else 0) if needle else -1
    while at >= 0:
        start, end = folded.starts[at], folded.ends[at + len(needle) - 1]
        if _is_whole(folded, at, at + len(needle)):
            yield Anchor(start, end, "exact" if text.source[start:end] == words else "normalised")
        at = folded.text.find(needle, at + 1)


def _is_whole(folded: Folded, first: int, last: int) -> bool:
    """Whether folded[first:last] takes each source character whole and cuts no letter or emoji."""
    if first and folded.ends[first - 1] > folded.starts[first]:
        return False
    if last < len(folded.text) and folded.starts[last] < folded.ends[last - 1]:
        return False
    return is_edge(folded.source, folded.starts[first]) and is_edge(folded.source, folded.ends[last - 1])


def _in_context(text: Text, anchors: Iterable[Anchor], selector: TextQuoteSelector) -> Iterator[Anchor]:
    """Those anchors that stand between the selector's prefix and suffix; white space between does not matter."""
    prefix, suffix = fold(selector.prefix).text.strip(), fold(selector.suffix).text.strip()
    if not prefix and not suffix:
        yield from anchors
        return
    folded, starts = text.folded.text, text.folded.starts
    for number, anchor in enumerate(anchors):
        if number == _MANY:
            starts = text.starts
        end, begin = bisect_left(starts, anchor.start), bisect_left(starts, anchor.end)
        first = end - (end > 0 and folded[end - 1] == " ") - len(prefix)
        begin += folded.startswith(" ", begin)
        if (  # there is room for both, which takes no comparison
            first >= 0
            and begin + len(suffix) <= len(folded)
            and folded.startswith(prefix, first)
            and folded.startswith(suffix, begin)
        ):
            yield anchor


_MANY = 20  # from so many hits on it pays to write out where each folded character stands


def describe(text: Text, anchor: Anchor) -> TextQuoteSelector:
    """The quote for an anchor, with just enough prefix and suffix, in whole words, to mean that place alone."""
    selector = TextQuoteSelector(text.source[anchor.start : anchor.end])
    if _is_unique(text, selector):
        return selector
    contexts = _Contexts(text.source, anchor)
    enough = 1
    while not _is_unique(text, contexts.widened(selector, enough)):
        if not contexts.has(enough):
            raise ValueError("the anchor cuts a letter, an emoji or white space")
        enough *= 2
    words = range(enough // 2 + 1, enough + 1)
    fewest = words[bisect_left(words, True, key=lambda n: _is_unique(text, contexts.widened(selector, n)))]
    wide = contexts.widened(selector, fewest)
    lean = (replace(wide, suffix=""), replace(wide, prefix=""), wide)
    return next(candidate for candidate in lean if _is_unique(text, candidate))


def _is_unique(text: Text, selector: TextQuoteSelector) -> bool:
    """Whether the words as written stand in exactly one place; a second one ends the search."""
    hits = _in_context(text, _exact(text, selector.exact.strip(), 0), selector)
    return len(tuple(islice(hits, 2))) == 1


class _Contexts:
    """The words before and after an anchor, found as far out as they are asked for."""

    def __init__(self, source: str, anchor: Anchor) -> None:
        self.source = source
        self.anchor = anchor
        self.edges = {step: _word_edges(source, at, step) for step, at in ((-1, anchor.start), (1, anchor.end))}
        self.found: dict[int, list[int]] = {-1: [], 1: []}

    def edge(self, step: int, words: int) -> int:
        """The offset so many words out on one side, or as far as the text goes."""
        found = self.found[step]
        found += islice(self.edges[step], max(0, words - len(found)))
        near = self.anchor.start if step < 0 else self.anchor.end
        return found[min(words, len(found)) - 1] if found else near

    def has(self, words: int) -> bool:
        """Whether the text has so many words on either side."""
        self.edge(-1, words), self.edge(1, words)
        return any(len(found) >= words for found in self.found.values())

    def widened(self, selector: TextQuoteSelector, words: int) -> TextQuoteSelector:
        """The selector with so many words of context on each side."""
        before, after = self.edge(-1, words), self.edge(1, words)
        prefix, suffix = self.source[before : self.anchor.start], self.source[self.anchor.end : after]
        return replace(selector, prefix=prefix.strip(), suffix=suffix.strip())


def _word_edges(source: str, offset: int, step: int) -> Iterator[int]:
    """Offsets ever further from `offset`, one word at a time, up to the end of the text.

    What cannot be seen is no word: as a prefix or a suffix it would be blank to a reader, and is refused.
    """
    limit = 0 if step < 0 else len(source)
    inside = False
    while offset != limit:
        char = source[offset - 1] if step < 0 else source[offset]
        if char.isspace() and inside:
            yield offset
            inside = False
        inside = inside or is_visible(char)
        offset += step
    if inside:
        yield limit


@dataclass(frozen=True, slots=True)
class Nearest:
    """The text that most resembles a quote that stands nowhere: a hint for people, never an anchor."""

    start: int
    end: int
    similarity: float


def nearest(text: Text, words: str) -> Nearest | None:
    """The stretch of the text most like these words, in whole words; None when nothing in it is like them."""
    folded, quote = text.folded, fold(words).text.strip()
    for size in (24, 12, 6, 3):
        shifts = _shifts(folded.text, quote, size)
        found = [n for n in (_trimmed(folded, quote, shift) for shift in shifts) if n]
        best = max(found, key=lambda n: n.similarity, default=None)
        if best and (best.similarity >= _ALIKE or size == 3):
            return best
    return None


def candidates(text: Text, words: str) -> tuple[Nearest, ...]:
    """Every stretch of the text that these words may have become, the most alike first; no two overlap."""
    folded, quote = text.folded, fold(words).text.strip()
    sizes = (24, 12, 6) if len(quote) > 40 else (12, 6, 3)  # of a short quote, short pieces say something
    shifts = {shift for size in sizes for shift in _shifts(folded.text, quote, size, 8)}
    found = {near for shift in shifts if (near := _trimmed(folded, quote, shift))}
    chosen: list[Nearest] = []
    for near in sorted(found, key=lambda n: (-n.similarity, n.start, n.end)):
        if all(near.end <= other.start or other.end <= near.start for other in chosen):
            chosen.append(near)
    return tuple(chosen)


_ALIKE = 0.5  # smaller pieces are tried until a stretch is at least so similar
_FREQUENT = 20  # a piece that stands in more places than this says little about where the quote is


def _shifts(text: str, quote: str, size: int, most: int = 3) -> list[int]:
    """Where the quote may begin in the text: offsets on which most pieces of it agree, best first."""
    votes: Counter[int] = Counter()
    grid = max(8, len(quote) // 4)
    for begin in range(0, max(1, len(quote) - size + 1), max(1, size // 2)):
        piece = quote[begin : begin + size]
        at, seen = text.find(piece), 0
        while at >= 0 and seen < _FREQUENT:
            votes[(at - begin) // grid] += 1
            at, seen = text.find(piece, at + 1), seen + 1
    best = sorted(votes, key=lambda cell: (-votes[cell], cell))[:most]
    return [cell * grid for cell in best]


def _trimmed(folded: Folded, quote: str, shift: int) -> Nearest | None:
    """The stretch around a shift that begins and ends where the quote does, widened to whole words."""
    pad = len(quote) // 3 + 20
    low = max(0, shift - pad)
    window = folded.text[low : max(0, shift + len(quote) + 2 * pad)]
    blocks = [block for block in _matches(window, quote) if block[2] > 2]
    if not blocks:
        return None
    (at, begun, _), (until, ended, _) = blocks[0], blocks[-1]
    first = window.rfind(" ", 0, max(0, at - begun) + 1) + 1
    last = window.find(" ", min(len(window), until + len(quote) - ended))
    stretch = window[first : len(window) if last < 0 else last].rstrip()
    if not stretch:
        return None
    similarity = 2 * sum(size for *_, size in _matches(stretch, quote)) / (len(stretch) + len(quote))
    return Nearest(folded.starts[low + first], folded.ends[low + first + len(stretch) - 1], similarity)


def _matches(text: str, quote: str) -> list[tuple[int, int, int]]:
    """What both have in common, in order: offset in the text, offset in the quote, length; word by word when long."""
    units = re.compile(r"\S+ ?" if len(quote) > 400 else ".")
    left, right = units.findall(text), units.findall(quote)
    lefts, rights = [0, *accumulate(map(len, left))], [0, *accumulate(map(len, right))]
    from difflib import SequenceMatcher  # slow to load, and only bad input needs it

    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return [(lefts[b.a], rights[b.b], lefts[b.a + b.size] - lefts[b.a]) for b in blocks if b.size]


_MUCH, _AROUND = 60, 10  # words in a row that are the same: so many need not be shown, and so many are


def word_diff(written: str, printed: str) -> str:
    """Both texts in one line: `[-only as written-]` and `{+only in the source+}`, the rest as it stands in both.

    Of much that is the same, only the words beside what is not are shown."""
    left, right = written.split(), printed.split()
    render: dict[str, Callable[[list[str], list[str]], str]] = {
        "equal": lambda a, b: " ".join(b if len(b) < _MUCH else (*b[:_AROUND], "…", *b[-_AROUND:])),  # noqa: ARG005 one signature for all four
        "delete": lambda a, b: f"[-{' '.join(a)}-]",  # noqa: ARG005
        "insert": lambda a, b: f"{{+{' '.join(b)}+}}",  # noqa: ARG005
        "replace": lambda a, b: f"[-{' '.join(a)}-] {{+{' '.join(b)}+}}",
    }
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, [fold(w).text for w in left], [fold(w).text for w in right], autojunk=False)
    return " ".join(render[tag](left[a:b], right[c:d]) for tag, a, b, c, d in matcher.get_opcodes())
