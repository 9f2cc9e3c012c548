"""What the quotes of a changed source should be: new words where one place is meant, a question where two may be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..contracts.resolving import selector_of
from ..drifting import Drift, Quote, Sides, drift, place_of
from ..frozen import dataclass, replace
from ..markup.names import Names
from ..problems import Place, Problem, clipped
from ..records import RangeQuote, SourceFile
from ..texts.anchoring import (
    Ambiguous,
    Anchor,
    Nearest,
    NotFound,
    RangeSelector,
    Selector,
    Text,
    TextQuoteSelector,
    candidates,
    describe,
    resolve,
    word_diff,
)
from .rewriting import Edit
from .weighing import weighty

LIKE = 0.6  # from this similarity on, a stretch of the new text may be what a quote has become
RIVAL = 0.15  # a second one that is less alike by no more than this makes it a question
_SHOWN = 5  # places of a question
_ENDED = re.compile(r"[.!?\u2026][\"')\u2019\u201d\u00bb]*\s*\Z")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A quote that should have other words, and what in the difference may change its meaning.

    Without edits, it is the words between the ends of a quote that have changed, or the sentence around it, to be
    accepted or not.
    """

    name: str
    place: Place
    edits: tuple[Edit, ...]
    difference: str
    weighty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that is said of one changed source: what stands, what is proposed, and what is left to the author."""

    drift: Drift
    proposals: tuple[Proposal, ...]
    questions: tuple[Problem, ...]


def proposed(file: SourceFile, before: str | None, names: Names) -> Proposals:
    """What to make of the quotes of a source whose text was `before`, or is not known any more."""
    source = file.text or ""
    found = drift(file, before)
    work = _Proposing(file, source, before, names)
    proposals: list[Proposal] = []
    questions: list[Problem] = []
    for quote in found.lost:
        made = work.propose(quote)
        if isinstance(made, Proposal):
            proposals.append(made)
        else:
            questions.append(made)
    for moved in found.moved:
        weight = weighty(moved.old, moved.new, names, file.record.language)
        if weight:
            difference = word_diff(moved.old, moved.new)
            name = f"{file.id}#{moved.quote.name}"
            proposals.append(Proposal(name, place_of(moved.quote), (), difference, weight))
    return Proposals(found, tuple(proposals), tuple(questions))


class _Question(Exception):
    """No single place is meant: what to tell the author."""

    def __init__(self, rule: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.rule, self.message, self.hint = rule, message, hint


class _Proposing:
    """The work on one source."""

    def __init__(self, file: SourceFile, source: str, before: str | None, names: Names) -> None:
        self.file = file
        self.now, self.old = Sides(source), Sides(before) if before is not None else None
        self.text = self.now.text
        self.lines = self.now.lines
        self.names = names
        self.seed = f"seeds/{file.record.text}"

    def propose(self, quote: Quote) -> Proposal | Problem:
        """The new words of a lost quote, or the question that it leaves."""
        selector = selector_of(quote.record)
        try:
            edits = tuple(self.edits(quote, selector)) if selector else ()
        except _Question as question:
            return Problem(place_of(quote), question.rule, question.message, question.hint)
        olds, news = self.wordings(quote, edits)
        language = self.file.record.language
        pairs = [*zip(olds, news, strict=True), *self.around(quote, selector, edits)]
        weight = tuple(dict.fromkeys(w for old, new in pairs for w in weighty(old, new, self.names, language)))
        difference = " … ".join(word_diff(old, new) for old, new in zip(olds, news, strict=True))
        return Proposal(f"{self.file.id}#{quote.name}", place_of(quote), edits, difference, weight)

    def around(self, quote: Quote, selector: Selector | None, edits: tuple[Edit, ...]) -> Iterator[tuple[str, str]]:
        """The sentences that an entry stood in, and those in which it would stand.

        Where the old text is not known, a quote that ended its sentence is taken for what that was.
        """
        place = resolve(self.text, _with_edits(selector, edits, quote)) if selector else None
        if not isinstance(place, Anchor):
            return
        was = self.old.place(quote) if self.old else None
        if self.old and was:
            yield self.old.sentence(was), self.now.sentence(place)
        elif isinstance(selector, TextQuoteSelector) and _ENDED.search(selector.exact):
            words, sentence = self.now.words(place), self.now.sentence(place)
            yield selector.exact, sentence[sentence.index(words) :]

    def wordings(self, quote: Quote, edits: tuple[Edit, ...]) -> tuple[list[str], list[str]]:
        """The words of an entry that change, as they were and as they would be."""
        record = quote.record
        old = {(*quote.path, "prefix"): record.prefix, (*quote.path, "suffix"): record.suffix}
        if isinstance(record.quote, RangeQuote):
            old |= {(*quote.path, "quote", "from"): record.quote.from_, (*quote.path, "quote", "to"): record.quote.to}
        else:
            old[(*quote.path, "quote")] = record.quote
        return [old[e.path] or "" for e in edits], [e.words for e in edits]

    def edits(self, quote: Quote, selector: Selector) -> Iterator[Edit]:
        """The scalars of an entry that have to change. Raises _Question."""
        if isinstance(selector, TextQuoteSelector):
            yield from self.of_words(quote, selector, (*quote.path, "quote"))
            return
        first: tuple[Edit, ...] = ()
        if not isinstance(resolve(self.text, selector.start), Anchor):
            first = tuple(self.of_words(quote, selector.start, (*quote.path, "quote", "from")))
        yield from first
        start = _start_with(selector.start, first, quote)
        if isinstance(resolve(self.text, RangeSelector(start, selector.end)), Anchor):
            return
        begin = resolve(self.text, start)
        if not isinstance(begin, Anchor):
            raise self.nothing(selector.start.exact)
        rest = Text(self.text.source[begin.end :])
        words = self.become(rest, TextQuoteSelector(selector.end), begin.end)
        if not isinstance(resolve(self.text, RangeSelector(start, words)), Anchor):
            raise self.nothing(selector.end)
        yield Edit((*quote.path, "quote", "to"), words)

    def of_words(self, quote: Quote, selector: TextQuoteSelector, path: tuple[str | int, ...]) -> Iterator[Edit]:
        """The edits that make words, with their prefix and suffix, mean one place again."""
        bare = resolve(self.text, TextQuoteSelector(selector.exact))
        words = selector.exact
        if isinstance(bare, Ambiguous):
            raise self.question([(a.start, a.end) for a in bare.anchors], "these words stand in")
        if isinstance(bare, NotFound):
            words = self.become(self.text, selector, 0)
            yield Edit(path, words)
        if isinstance(resolve(self.text, replace(selector, exact=words)), Anchor):
            return
        bare = resolve(self.text, TextQuoteSelector(words))
        if isinstance(bare, Ambiguous):
            raise self.question([(a.start, a.end) for a in bare.anchors], "what these words have become stands in")
        if not isinstance(bare, Anchor):
            raise self.nothing(selector.exact)
        yield from self.context(quote, selector, bare)

    def context(self, quote: Quote, selector: TextQuoteSelector, anchor: Anchor) -> Iterator[Edit]:
        """A prefix and suffix that stand no more, each with as many words of what is there now."""
        before, after = self.text.source[: anchor.start].split(), self.text.source[anchor.end :].split()
        for key, old, new in (
            ("prefix", selector.prefix, before[-len(selector.prefix.split()) :] if selector.prefix else []),
            ("suffix", selector.suffix, after[: len(selector.suffix.split())]),
        ):
            if old and new and old.split() != new:
                yield Edit((*quote.path, key), " ".join(new))

    def become(self, text: Text, selector: TextQuoteSelector, offset: int) -> str:
        """The one stretch of a text that words have become; `offset` is where it begins in the whole.

        Of several, it is the one that stands between the prefix and suffix that the author gave, if one alone does.
        """
        near = [n for n in candidates(text, selector.exact) if n.similarity >= LIKE]
        if not near:
            raise self.nothing(selector.exact)
        rivals = [n for n in near if n.similarity >= near[0].similarity - RIVAL]
        if len(rivals) > 1 and (selector.prefix or selector.suffix):
            fitting = [n for n in rivals if _fits(text, n, selector)]
            rivals = fitting if len(fitting) == 1 else rivals
        if len(rivals) > 1:
            spans = [(offset + n.start, offset + n.end) for n in rivals]
            raise self.question(spans, "these words stand nowhere any more, but what they may have become in")
        return _trimmed(text.source, rivals[0], selector.exact)

    def question(self, spans: list[tuple[int, int]], what: str) -> _Question:
        hits = [":".join(map(str, self.lines.position(start))) for start, _ in spans[:_SHOWN]]
        more = f" and {len(spans) - _SHOWN} more" if len(spans) > _SHOWN else ""
        ways = []
        for hit, (start, end) in zip(hits, spans, strict=False):
            means = describe(self.text, Anchor(start, end))
            fields = (("quote", means.exact), ("prefix", means.prefix), ("suffix", means.suffix))
            ways.append(f"for {hit} write " + " ".join(f'{k}: "{clipped(_flat(v), 300)}"' for k, v in fields if v))
        message = f"{what} {len(spans)} places of {self.seed}: {', '.join(hits)}{more}"
        return _Question("quote-ambiguous", message, "; ".join(ways))

    def nothing(self, words: str) -> _Question:
        message = f"nothing in {self.seed} is near enough to '{clipped(_flat(words), 120)}'"
        return _Question("quote-missing", message, "read the text again; if it says so no more, take the entry out")


def _with_edits(selector: Selector, edits: tuple[Edit, ...], quote: Quote) -> Selector:
    """A selector as it is after the edits of its entry."""
    if isinstance(selector, TextQuoteSelector):
        return _start_with(selector, edits, quote)
    until = (*quote.path, "quote", "to")
    start = _start_with(selector.start, tuple(e for e in edits if e.path != until), quote)
    return RangeSelector(start, next((e.words for e in edits if e.path == until), selector.end))


def _start_with(selector: TextQuoteSelector, edits: tuple[Edit, ...], quote: Quote) -> TextQuoteSelector:
    names = {(*quote.path, "quote"): "exact", (*quote.path, "quote", "from"): "exact"}
    names |= {(*quote.path, key): key for key in ("prefix", "suffix")}
    return replace(selector, **{names[e.path]: e.words for e in edits})


def _fits(text: Text, near: Nearest, selector: TextQuoteSelector) -> bool:
    """Whether a stretch stands between a selector's prefix and suffix, and its words nowhere else do."""
    found = resolve(text, replace(selector, exact=_trimmed(text.source, near, selector.exact)))
    return isinstance(found, Anchor) and near.start <= found.start and found.end <= near.end


def _trimmed(source: str, near: Nearest, words: str) -> str:
    """The words of a stretch, without marks at its edges that the old words did not have."""
    found = source[near.start : near.end]
    if words.rstrip()[-1:].isalnum():
        found = found.rstrip(".,;:!?\u2026)\"'\u201d\u2019\u00bb")
    if words.lstrip()[:1].isalnum():
        found = found.lstrip("(\"'\u201c\u2018\u00ab")
    return _flat(found)


def _flat(words: str) -> str:
    return " ".join(words.split())
