"""What became of the quotes of a source whose text was changed: which stand as they were, which moved, which are lost.

A quote stands when its words are found and nothing about them is new. It moved when they are found, but elsewhere among
the other quotes, in a sentence that has other words, or, for a quote given by its ends, with other words between; that
takes the old text. It is lost when its words mean no one place any more.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from .contracts.resolving import selector_of
from .frozen import dataclass, replace
from .markup import sentences
from .problems import Place, Problem, clipped
from .records import DateRecord, PassageRecord, RegionRecord, SourceFile, SourceRecord
from .texts.anchoring import Anchor, RangeSelector, Text, resolve, word_diff
from .texts.folding import fold
from .texts.text import Lines, Span

_BLOCK = re.compile(r"\S(?:.|\n(?![^\S\n]*\n))*")  # up to a blank line: lines that are wrapped anew are no other text


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote of a source: its path in the YAML, and how it is named: a passage by its id, others by where they stand.

    `boilerplate.1` is the first entry of that list.
    """

    name: str
    path: tuple[str | int, ...]
    record: PassageRecord | RegionRecord | DateRecord


@dataclass(frozen=True, slots=True)
class Moved:
    """A quote that is found, but not as it was, and why.

    `old` and `new` are what changed about it: the words of one given by its ends, the sentence of another.
    """

    quote: Quote
    why: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Drift:
    """The quotes of a changed source. Without the old text, those that moved are among those that stand."""

    standing: tuple[Quote, ...]
    moved: tuple[Moved, ...]
    lost: tuple[Quote, ...]
    is_compared: bool

    def __str__(self) -> str:
        whole = len(self.standing) + len(self.moved) + len(self.lost)
        if not whole:
            return "no quote is taken from it"
        counts = [_count(len(self.standing), "stands", "stand")]
        counts += [f"{len(self.moved)} moved"] * bool(self.moved)
        counts += [_count(len(self.lost), "is lost", "are lost")] * bool(self.lost)
        told = "" if self.is_compared else "; which moved cannot be told without the old text"
        return f"of its {_count(whole, 'quote', 'quotes')} {', '.join(counts)}{told}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def quotes(record: SourceRecord) -> Iterator[Quote]:
    """Every quote of a source, as written."""
    for number, passage in enumerate(record.passages):
        yield Quote(passage.id, ("passages", number), passage)
    for name, regions in (("boilerplate", record.boilerplate), ("set_aside", record.set_aside)):
        for number, region in enumerate(regions):
            yield Quote(f"{name}.{number + 1}", (name, number), region)
    if record.issued and record.issued.quote:
        yield Quote("issued.quote", ("issued",), record.issued)


def drift(file: SourceFile, before: str | None) -> Drift:
    """What became of the quotes of a source whose text was `before`, or is not known any more."""
    now, old = Sides(file.text or ""), Sides(before) if before is not None else None
    found: list[tuple[Quote, Anchor]] = []
    lost: list[Quote] = []
    for quote in quotes(file.record):
        anchor = now.place(quote)
        if anchor:
            found.append((quote, anchor))
        else:
            lost.append(quote)
    if old is None:
        return Drift(tuple(q for q, _ in found), (), tuple(lost), False)
    moved = _moved(found, old, now)
    standing = tuple(q for q, _ in found if q.name not in moved)
    return Drift(standing, tuple(moved.values()), tuple(lost), True)


class Sides:
    """A text with its sentences."""

    def __init__(self, source: str) -> None:
        self.text = Text(source)
        self.lines = Lines(source)
        self.spans = tuple(
            Span(block.start() + begin, block.start() + end)
            for block in _BLOCK.finditer(source)
            for begin, end in sentences.spans(block[0])
        )

    def place(self, quote: Quote) -> Anchor | None:
        """Where the words of a quote stand, if in one place."""
        selector = selector_of(quote.record)
        anchor = resolve(self.text, selector) if selector else None
        return anchor if isinstance(anchor, Anchor) else None

    def sentence(self, anchor: Anchor) -> str:
        """The sentences that a quote stands in."""
        around = sentences.touched(self.spans, anchor)
        return self.text.source[around[0].start : around[-1].end] if around else ""

    def words(self, anchor: Anchor) -> str:
        """The words at a place."""
        return self.text.source[anchor.start : anchor.end]

    def position(self, anchor: Anchor) -> str:
        """Line and column of a place."""
        return ":".join(map(str, self.lines.position(anchor.start)))


def _moved(found: Sequence[tuple[Quote, Anchor]], old: Sides, now: Sides) -> dict[str, Moved]:
    """Those of the quotes found that are not as they were, by name."""
    both = [(quote, was, anchor) for quote, anchor in found if (was := old.place(quote))]
    both.sort(key=lambda each: (each[1].start, each[1].end))
    in_order = _in_order([anchor.start for *_, anchor in both])
    moved: dict[str, Moved] = {}
    for number, (quote, was, anchor) in enumerate(both):
        before, after = old.words(was), now.words(anchor)
        if _differ(before, after) and isinstance(selector_of(quote.record), RangeSelector):
            why = f"its ends stand, but other words are between them: {_diff(before, after)}"
            moved[quote.name] = Moved(quote, why, before, after)
            continue
        before, after = old.sentence(was), now.sentence(anchor)
        if _differ(before, after):
            why = f"its words stand, but in a sentence that was changed: {_diff(before, after)}"
            moved[quote.name] = Moved(quote, why, before, after)
        elif number not in in_order:
            why = f"its words stood at {old.position(was)} and are at {now.position(anchor)} now, past other quotes"
            moved[quote.name] = Moved(quote, why)
    return moved


def _differ(one: str, other: str) -> bool:
    return fold(one).text.strip() != fold(other).text.strip()


def _diff(one: str, other: str) -> str:
    return f"'{clipped(word_diff(one, other), 400)}'"


def _in_order(starts: Sequence[int]) -> frozenset[int]:
    """The longest run of positions that still follow one another: the fewest quotes are then said to have moved."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, start in enumerate(starts):
        at = bisect_left(tails, start + 1)
        before.append(last[at - 1] if at else -1)
        tails[at : at + 1], last[at : at + 1] = [start], [number]
    kept, number = set(), last[-1] if last else -1
    while number >= 0:
        kept.add(number)
        number = before[number]
    return frozenset(kept)


def with_drift(
    problems: Sequence[Problem], files: Sequence[SourceFile], texts: Mapping[str, str]
) -> tuple[Problem, ...]:
    """The problems, each changed source with what became of its quotes; `texts` are old texts by source, if known."""
    changed = {p.place: p for p in problems if p.rule == "source-changed"}
    told: list[Problem] = [p for p in problems if p.rule != "source-changed"]
    for file in files:
        problem = changed.pop(file.record.at.of("sha256"), None)
        if problem is None:
            continue
        if file.text is None:
            told.append(problem)
            continue
        found = drift(file, texts.get(file.id))
        hint = f"briefing reanchor {file.id} shows what would change; or {problem.hint}"
        told.append(replace(problem, message=f"{problem.message}: {found}", hint=hint))
        told += (_problem(moved, file) for moved in found.moved)
    return tuple(sorted({*told, *changed.values()}))


def _problem(moved: Moved, file: SourceFile) -> Problem:
    hint = f"read it again in seeds/{file.record.text}; this is said until the hash is that of the text"
    return Problem(place_of(moved.quote), "quote-moved", moved.why, hint)


def place_of(quote: Quote) -> Place:
    """Where a quote stands in the YAML."""
    return quote.record.at.of("quote")
