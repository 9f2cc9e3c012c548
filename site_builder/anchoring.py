"""Finding the one place in a text that a quote means, and writing the quote that means one place.

The selectors are those of the W3C Web Annotation Data Model (TextQuoteSelector, RangeSelector). `resolve` and
`describe` are inverse: for every anchor whose edges do not cut a letter, an emoji or white space,
`resolve(text, describe(text, anchor))` is that anchor. Nothing here is approximate: `nearest` serves hints only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal

from .folding import Folded, fold, is_edge

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


def resolve(text: Text, selector: Selector) -> Resolution:
    """The one place a selector means: character for character if such a place exists, else after folding."""
    if isinstance(selector, TextQuoteSelector):
        return _one(text, selector)
    start = _one(text, selector.start)
    if not isinstance(start, Anchor):
        return start
    end = next(_occurrences(text, selector.end, start.end), None)
    if end is None:
        return NotFound(selector.end)
    match: Match = "exact" if start.match == end.match == "exact" else "normalised"
    return Anchor(start.start, end.end, match)


def _one(text: Text, selector: TextQuoteSelector) -> Resolution:
    for hits in (_exact, _normalised):
        anchors = tuple(a for a in hits(text, selector.exact.strip(), 0) if _in_context(text, a, selector))
        if anchors:
            return anchors[0] if len(anchors) == 1 else Ambiguous(anchors)
    return NotFound(selector.exact)


def _occurrences(text: Text, words: str, after: int) -> Iterator[Anchor]:
    exact = next(_exact(text, words.strip(), after), None)
    normalised = next(_normalised(text, words.strip(), after), None)
    if exact and normalised and exact.start <= normalised.start:
        yield exact
    elif normalised or exact:
        yield normalised or exact  # type: ignore[misc]  # one of the two is an anchor here


def _exact(text: Text, words: str, after: int) -> Iterator[Anchor]:
    at = text.source.find(words, after) if words else -1
    while at >= 0:
        if is_edge(text.source, at) and is_edge(text.source, at + len(words)):
            yield Anchor(at, at + len(words))
        at = text.source.find(words, at + 1)


def _normalised(text: Text, words: str, after: int) -> Iterator[Anchor]:
    folded, needle = text.folded, fold(words).text.strip()
    at = folded.text.find(needle) if needle else -1
    while at >= 0:
        start, end = folded.starts[at], folded.ends[at + len(needle) - 1]
        if start >= after and _is_whole(folded, at, at + len(needle)):
            yield Anchor(start, end, "exact" if text.source[start:end] == words else "normalised")
        at = folded.text.find(needle, at + 1)


def _is_whole(folded: Folded, first: int, last: int) -> bool:
    """Whether folded[first:last] takes each source character whole and cuts no letter or emoji."""
    if first and folded.ends[first - 1] > folded.starts[first]:
        return False
    if last < len(folded.text) and folded.starts[last] < folded.ends[last - 1]:
        return False
    return is_edge(folded.source, folded.starts[first]) and is_edge(folded.source, folded.ends[last - 1])


def _in_context(text: Text, anchor: Anchor, selector: TextQuoteSelector) -> bool:
    if selector.prefix:
        wanted = fold(selector.prefix).text.strip()
        before = text.source[max(0, anchor.start - _reach(selector.prefix)) : anchor.start]
        if not fold(before).text.rstrip().endswith(wanted):
            return False
    if selector.suffix:
        wanted = fold(selector.suffix).text.strip()
        after = text.source[anchor.end : anchor.end + _reach(selector.suffix)]
        if not fold(after).text.lstrip().startswith(wanted):
            return False
    return True


def _reach(context: str) -> int:
    """How far to look for a context: folding shrinks white space and drops invisible characters."""
    return 4 * len(context) + 64


def describe(text: Text, anchor: Anchor) -> TextQuoteSelector:
    """The quote for an anchor, with just enough prefix and suffix, in whole words, to mean that place alone."""
    exact = text.source[anchor.start : anchor.end]
    selector = TextQuoteSelector(exact)
    before = _word_edges(text.source, anchor.start, -1)
    after = _word_edges(text.source, anchor.end, 1)
    while not isinstance(resolve(text, selector), Anchor):
        left, right = next(before, None), next(after, None)
        if left is None and right is None:
            raise ValueError("the anchor cuts a letter, an emoji or white space")
        if left is not None:
            selector = replace(selector, prefix=text.source[left : anchor.start].strip())
        if right is not None:
            selector = replace(selector, suffix=text.source[anchor.end : right].strip())
    return _minimal(text, selector)


def _minimal(text: Text, selector: TextQuoteSelector) -> TextQuoteSelector:
    for lean in (replace(selector, suffix=""), replace(selector, prefix="")):
        if isinstance(resolve(text, lean), Anchor):
            return lean
    return selector


def _word_edges(source: str, offset: int, step: int) -> Iterator[int]:
    """Offsets ever further from `offset`, one word at a time, up to the end of the text."""
    limit = 0 if step < 0 else len(source)
    inside = False
    while offset != limit:
        char = source[offset - 1] if step < 0 else source[offset]
        if char.isspace() and inside:
            yield offset
        inside = not char.isspace()
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
    """The stretch of the text most like these words, in whole words; None when the text is blank."""
    quote = " ".join(words.split())
    folded = text.folded
    best: Nearest | None = None
    halves = (quote, quote[: len(quote) // 2], quote[len(quote) // 2 :])
    for part, offset in zip(halves, (0, 0, len(quote) // 2), strict=True):
        seed = SequenceMatcher(None, folded.text, part, autojunk=False).find_longest_match()
        if not seed.size:
            continue
        pad = len(quote) // 3 + 20
        low = max(0, seed.a - seed.b - offset - pad)
        high = min(len(folded.text), seed.a - seed.b - offset + len(quote) + pad)
        found = _trimmed(folded, low, high, fold(quote).text)
        if found and (best is None or found.similarity > best.similarity):
            best = found
    return best


def _trimmed(folded: Folded, low: int, high: int, quote: str) -> Nearest | None:
    window = folded.text[low:high]
    blocks = [b for b in SequenceMatcher(None, window, quote, autojunk=False).get_matching_blocks() if b.size > 2]
    if not blocks:
        return None
    first = window.rfind(" ", 0, max(0, blocks[0].a - blocks[0].b) + 1) + 1
    tail = len(quote) - blocks[-1].b - blocks[-1].size
    last = window.find(" ", min(len(window), blocks[-1].a + blocks[-1].size + tail))
    last = len(window) if last < 0 else last
    stretch = window[first:last].strip()
    if not stretch:
        return None
    first += len(window[first:last]) - len(window[first:last].lstrip())
    similarity = SequenceMatcher(None, stretch, quote, autojunk=False).ratio()
    return Nearest(folded.starts[low + first], folded.ends[low + first + len(stretch) - 1], similarity)


def word_diff(written: str, printed: str) -> str:
    """Both texts in one line: `[-only as written-]` and `{+only in the source+}`, the rest as it stands in both."""
    left, right = written.split(), printed.split()
    render: dict[str, Callable[[list[str], list[str]], str]] = {
        "equal": lambda a, b: " ".join(b),  # noqa: ARG005 one signature for all four
        "delete": lambda a, b: f"[-{' '.join(a)}-]",  # noqa: ARG005
        "insert": lambda a, b: f"{{+{' '.join(b)}+}}",  # noqa: ARG005
        "replace": lambda a, b: f"[-{' '.join(a)}-] {{+{' '.join(b)}+}}",
    }
    matcher = SequenceMatcher(None, [fold(w).text for w in left], [fold(w).text for w in right], autojunk=False)
    return " ".join(render[tag](left[a:b], right[c:d]) for tag, a, b, c, d in matcher.get_opcodes())
