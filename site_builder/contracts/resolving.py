"""One source at a time, from record to model: contracts 1 (quote), 2 (number), 3 (issue date) and 6 (coverage).

The work on a source depends on its own file and on the known names alone, and everything that goes in and comes out
can be pickled: sources can be resolved in any order, in any process.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Literal

from ..coverage import measured
from ..frozen import dataclass, making
from ..markup.names import Names
from ..markup.sentences import speaker, touched
from ..model import Dated, Figure, Passage, Region, Source
from ..patterns import later
from ..printed.dates import Edtf, whole_dates
from ..printed.quantities import NumberMention, number_mentions, tells_amount, whole_numbers
from ..problems import Place, Problem
from ..reading.scalars import quoted
from ..records import DateRecord, FigureRecord, PassageRecord, RangeQuote, RegionRecord, SourceFile, is_english
from ..storing import Stored
from ..texts.anchoring import (
    Ambiguous,
    Anchor,
    Match,
    NotFound,
    RangeSelector,
    Selector,
    Text,
    TextQuoteSelector,
    describe,
    nearest,
    only,
    resolve,
    word_diff,
)
from ..texts.folding import fold
from ..texts.text import Lines, Span, begins_visibly, is_visible, paragraphs
from .dating import check_basis, check_stated, parsed_date

_HITS_SHOWN, _WAYS_SHOWN = 20, 5  # of the places of an ambiguous quote, and of the contexts that would settle it
_WAY = 300  # characters of context, at most, that somebody may be asked to copy
_NONE: frozenset[str] = frozenset()
_SPOKEN = ("interview", "hearing", "speech")  # types of text that are speech as a whole
_DIALOGUE = ("\N{EN DASH}", "\N{EM DASH}", "\N{HORIZONTAL BAR}")  # before a turn of speech
_QUOTE_MARK = later(r"[\"\u201c-\u201f\u00ab\u00bb\u2039\u203a\u300c-\u300f]|(?<!\w)['\u2018]")
_LETTER = later(r"\w")
_passage = making(Passage)
DRIFTED = 0.5  # from this similarity on, the nearest text is shown as what the quote was meant to be


@dataclass(frozen=True, slots=True)
class Resolved:
    """A source as resolved (None without a readable seed), its problems, and the ids of what was left out."""

    source: Source | None
    problems: tuple[Problem, ...]
    broken: frozenset[str]


def resolve_source(file: SourceFile, names: Names) -> Resolved:
    """Anchor a source's passages and regions, check its figures and issue date, and measure its coverage."""
    if file.stored is None or file.sha256 is None:
        return Resolved(None, (), frozenset((file.id,)))
    return _Resolving(file, file.stored, file.sha256, names).run()


def selector_of(record: PassageRecord | RegionRecord | DateRecord) -> Selector | None:
    """What an entry's quote means; None where it has none."""
    quote = record.quote
    if quote is None:
        return None
    if isinstance(quote, RangeQuote):
        return RangeSelector(TextQuoteSelector(quote.from_, record.prefix or "", record.suffix or ""), quote.to)
    return TextQuoteSelector(quote, record.prefix or "", record.suffix or "")


def chain_of(source: str, record: PassageRecord) -> tuple[str, ...]:
    """Through whom a passage comes to the reader: the source, those who relay it, and who speaks."""
    return (source, *record.via, record.said_by) if record.said_by else (source, *record.via)


def passage_of(  # noqa: PLR0913, PLR0917 what is known of a passage beside its record
    record: PassageRecord,
    chain: tuple[str, ...],
    start: int,
    end: int,
    match: Match,
    words: str,
    entities: tuple[str, ...],
    figures: tuple[Figure, ...],
) -> Passage:
    """A passage as it is resolved."""
    return _passage((  # all fields in their order: to name each takes three times as long
        record.id, chain[0], start, end, match, words, record.topics, record.said_by, record.via, record.attribution,
        record.speech, record.stance, entities, figures, record.flags, record.note, chain,
    ))  # fmt: skip


def resolve_passages(file: SourceFile) -> tuple[tuple[Passage, ...], tuple[Problem, ...]]:
    """A source's passages and every problem that resolving it meets, without the names in it and its coverage.

    Those two take most of the time of a long text.
    """
    if file.stored is None or file.sha256 is None:
        return (), ()
    resolving = _Resolving(file, file.stored, file.sha256, Names(()))
    return resolving.anchored().passages, tuple(resolving.problems)


@dataclass(frozen=True, slots=True)
class _Anchored:
    """What a source's record says, at its places."""

    passages: tuple[Passage, ...]
    boilerplate: tuple[Region, ...]
    set_aside: tuple[Region, ...]
    issued: Dated | None


class _Resolving:
    """The work on one source, with the problems it meets."""

    def __init__(self, file: SourceFile, stored: Stored, sha256: str, names: Names) -> None:
        self.file = file
        self.stored = stored
        self.text = Text(stored.text)
        self.paragraphs = paragraphs(self.text.source)
        self.sha256 = sha256
        self.mentions = tuple(names.mentions_in(self.text.folded)) if names.first else ()
        self.seed = f"seeds/{file.record.text}"
        self.problems: list[Problem] = []
        self.broken: set[str] = set()
        self.chain: tuple[str, ...] = (file.id,)  # of passages in which nobody else speaks, that is of most
        self.chains: dict[tuple[str, ...], tuple[str, ...]] = {}  # of the others: many have the same
        self.printed: dict[tuple[int, int, bool], tuple[NumberMention, ...]] = {}

    @cached_property
    def lines(self) -> Lines:
        """The lines of the text: only a quote that is not found, or found twice, asks for them."""
        return Lines(self.text.source)

    def problem(self, place: Place, rule: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(place, rule, message, hint))

    def run(self) -> Resolved:
        text, found = self.text.source, self.anchored()
        source = Source(
            id=self.file.id,
            record=self.file.record,
            stored=self.stored,
            length=len(text),
            unusual=self.file.raw,
            sha256=self.sha256,
            issued=found.issued,
            paragraphs=self.paragraphs,
            passages=self.first_of_each_id(found.passages),
            boilerplate=found.boilerplate,
            set_aside=found.set_aside,
            mentions=self.mentions,
            coverage=measured(self.stored, found.passages, found.boilerplate, found.set_aside),
        )
        return Resolved(source, tuple(self.problems), frozenset(self.broken) if self.broken else _NONE)

    def anchored(self) -> _Anchored:
        record = self.file.record
        self.check_ids(record.passages, "passage")
        self.check_ids([f for p in record.passages for f in p.figures], "figure")
        passages = [p for r in record.passages if (p := self.passage(r))]
        boilerplate = self.regions("boilerplate", record.boilerplate, passages)
        set_aside = self.regions("set aside", record.set_aside, passages)
        issued = self.issued(record.issued) if record.issued else None
        if record.accessed:
            parsed_date(record.accessed, record, "accessed", self.problems.append)
        return _Anchored(tuple(passages), tuple(boilerplate), tuple(set_aside), issued)

    def check_ids(self, entries: Sequence[PassageRecord | FigureRecord], kind: str) -> None:
        first: dict[str, PassageRecord | FigureRecord] = {}
        if len({entry.id for entry in entries}) == len(entries):
            return
        for entry in entries:
            if entry.id in first:
                message = f"the {kind} '{entry.id}' is already on line {first[entry.id].at.place.line}"
                self.problem(entry.at.of("id"), "duplicate-id", message, "rename one of the two")
            first.setdefault(entry.id, entry)

    def first_of_each_id(self, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
        """The passages but for those with the id of an earlier one, which is taken to be the one that others mean."""
        first = {p.id: p for p in reversed(passages)}
        if len(first) == len(passages):
            return passages
        others = [p for p in passages if first[p.id] is not p]
        self.broken |= {f.ref for p in others for f in p.figures}
        return tuple(p for p in passages if first[p.id] is p)

    # Contract 1: quotes

    def passage(self, record: PassageRecord) -> Passage | None:
        anchor = self.anchor(record)
        if anchor is None:
            self.broken |= {f"{self.file.id}#{name}" for name in (record.id, *(f.id for f in record.figures))}
            return None
        words = self.text.source[anchor.start : anchor.end]
        if words == record.quote:
            words = record.quote  # one string, not two
        if record.speech is not None:
            self.check_speech(record, anchor)
        entities: tuple[str, ...] = ()  # most passages of most texts have neither these nor figures
        if record.entities or self.mentions:
            entities = tuple(dict.fromkeys((*record.entities, *self.named(anchor))))
        figures: tuple[Figure, ...] = ()
        if record.figures:
            figures = tuple([f for r in record.figures if (f := self.figure(r, record.id, anchor))])
        chain = self.chain
        if record.via or record.said_by:
            chain = chain_of(self.file.id, record)
            chain = self.chains.setdefault(chain, chain)
        return passage_of(record, chain, anchor.start, anchor.end, anchor.match, words, entities, figures)

    def named(self, anchor: Anchor) -> Iterator[str]:
        """The entities whose names stand whole in a stretch of the text."""
        first = bisect_left(self.mentions, anchor.start, key=lambda m: m.start)
        for position in range(first, len(self.mentions)):
            mention = self.mentions[position]
            if mention.end > anchor.end:
                return
            yield from mention.entities

    def check_speech(self, record: PassageRecord, anchor: Anchor) -> None:
        if record.said_by is None:
            self.problem(
                record.at.of("speech"), "speech-not-quoted", "there is speech, but nobody speaks", "add said_by:"
            )
        elif record.speech != "indirect":
            around = [self.text.source[p.start : p.end] for p in touched(self.paragraphs, anchor)]
            if self.file.record.type not in _SPOKEN and not any(map(_is_spoken, around)):
                message = f"speech is {record.speech}, but the paragraph has no quotation marks"
                hint = "a paraphrase is speech: indirect; a text of speech alone has type: interview, hearing or speech"
                self.problem(record.at.of("speech"), "speech-not-quoted", message, hint)

    def regions(self, kind: str, records: Iterable[RegionRecord], passages: Sequence[Passage]) -> list[Region]:
        """The places of boilerplate or of what is set aside; none may hold words of a passage."""
        found = []
        for record in records:
            anchor = self.anchor(record)
            if anchor is None:
                continue
            found.append(Region(start=anchor.start, end=anchor.end, why=record.why))
            held = next((p.id for p in passages if p.start < anchor.end and anchor.start < p.end), None)
            if held:
                message = f"words of the passage '{held}' are {kind} too"
                hint = "words are a passage or they are not: shorten one of the two"
                self.problem(record.at.of("quote"), "coverage-overlap", message, hint)
        return found

    def anchor(self, record: PassageRecord | RegionRecord | DateRecord) -> Anchor | None:
        """The one place of a record's quote, or None with the problem noted."""
        quote = record.quote
        if isinstance(quote, str) and begins_visibly(quote) and not record.prefix and not record.suffix:
            anchor = only(self.text.source, quote)
            if anchor:
                return anchor
        selector = selector_of(record)
        if quote is None or selector is None:
            return None
        if isinstance(quote, RangeQuote):
            looked_for = [(quote.from_, quote.at, "from_"), (quote.to, quote.at, "to")]
        else:
            looked_for = [(quote, record.at, "quote")]
        for words, at, field in looked_for:
            if not is_visible(words):
                self.problem(at.of(field), "quote-blank", "a quote needs visible words", "copy words from the text")
                return None
        found = resolve(self.text, selector)
        if isinstance(found, Anchor):
            return found
        if isinstance(found, Ambiguous):
            _, at, field = looked_for[0]
            self.ambiguous(at.of(field), found)
        else:
            at, field = {str(words): (at, field) for words, at, field in looked_for}[found.words]
            self.not_found(at.of(field), found, selector)
        return None

    def ambiguous(self, place: Place, found: Ambiguous) -> None:
        shown = found.anchors[:_HITS_SHOWN]
        hits = [":".join(map(str, self.lines.position(a.start))) for a in shown]
        more = f" and {len(found.anchors) - len(shown)} more" if len(found.anchors) > len(shown) else ""
        message = f"these words stand in {len(found.anchors)} places in {self.seed}: {', '.join(hits)}{more}"
        ways = [
            f"for {hit} {_told_apart(describe(self.text, anchor))}"
            for hit, anchor in list(zip(hits, shown, strict=True))[:_WAYS_SHOWN]
        ]
        self.problem(place, "quote-ambiguous", message, "; ".join(ways))

    def not_found(self, place: Place, found: NotFound, selector: Selector) -> None:
        is_end = isinstance(selector, RangeSelector) and found.words == selector.end
        exact = selector.exact if isinstance(selector, TextQuoteSelector) else selector.start.exact
        if not is_end and not isinstance(resolve(self.text, TextQuoteSelector(exact)), NotFound):
            message = f"these words stand in {self.seed}, but not with this prefix and suffix"
            self.problem(place, "quote-missing", message, "prefix and suffix are the words directly before and after")
            return
        if is_end and not isinstance(resolve(self.text, TextQuoteSelector(found.words)), NotFound):
            message = f"these words stand in {self.seed}, but not after the words of 'from'"
            self.problem(place, "quote-missing", message, "'to' is the end of the passage that 'from' begins")
            return
        near = nearest(self.text, found.words)
        if near is None or near.similarity < DRIFTED:
            after = " after the words of 'from'" if is_end else ""
            message = f"these words do not stand in {self.seed}{after}"
            self.problem(place, "quote-missing", message, "copy the words from the text")
            return
        line, column = self.lines.position(near.start)
        printed = self.text.source[near.start : near.end]
        if found.words.rstrip()[-1:].isalnum():
            printed = printed.rstrip(".,;:!?")  # the text goes on; that is no difference
        message = f"the text has other words: {word_diff(found.words, printed)}"
        self.problem(place, "quote-drifted", message, f"copy the words from {self.seed}:{line}:{column}")

    # Contract 2: numbers

    def figure(self, record: FigureRecord, passage: str, anchor: Anchor) -> Figure | None:
        before = len(self.problems)
        if record.value is record.low is record.high is None and not record.approx and not record.derived:
            self.problem(
                record.at.place, "figure-empty", f"the figure '{record.id}' states nothing",
                "give value, low, high, or the words of the quote as approx",
            )  # fmt: skip
        self.check_numbers(record, anchor)
        numbers = [n for n in (record.low, record.value, record.high) if n is not None]
        if numbers != sorted(numbers):
            self.problem(
                record.at.place,
                "figure-range",
                f"low, value and high of '{record.id}' are not in order",
                "low is the smallest, high the largest",
            )
        period, as_of = self.edtf(record, "period"), self.edtf(record, "as_of")
        if any(p.severity == "error" for p in self.problems[before:]):
            self.broken.add(f"{self.file.id}#{record.id}")
            return None
        return Figure(
            id=record.id,
            source=self.file.id,
            passage=passage,
            record=record,
            value=record.value,
            low=record.low,
            high=record.high,
            period=period,
            as_of=as_of,
        )

    def check_numbers(self, record: FigureRecord, anchor: Anchor) -> None:
        words = self.text.source[anchor.start : anchor.end]
        numbers = self.numbers(anchor)
        printed = {v for m in numbers for v in m.values}
        if record.approx is not None:
            rough = tuple(number_mentions(record.approx, dates=True))
            whole = {v for m in self.numbers(anchor, dates=True) for v in m.values} if rough else set()
            if not _holds(words, record.approx) or not all(m.values & whole for m in rough):
                message = f"'{record.approx}' does not stand in the quote"
                self.problem(record.at.of("approx"), "approx-not-in-quote", message, "approx is words of the quote")
                return
            if not rough and tells_amount(record.approx):
                return
            printed |= {v for m in rough for v in m.values}
        for name, number in (("value", record.value), ("low", record.low), ("high", record.high)):
            if number is None or (name == "value" and record.derived) or Fraction(number) in printed:
                continue
            seen = ", ".join(dict.fromkeys(words[m.start : m.end] for m in numbers))
            hint = f"the quote has {seen}" if seen else "the quote has no number that is not part of a date"
            if not is_english(self.file.record.language):
                hint += "; number words are read in English alone: copy others into approx:"
            if record.approx and not rough:
                hint += f"; '{record.approx}' says no amount: approx takes the words that do"
            message = f"{name} {number} is not a number of the quote"
            self.problem(record.at.of(name), "number-not-in-quote", message, hint)

    def numbers(self, anchor: Anchor, *, dates: bool = False) -> tuple[NumberMention, ...]:
        """The numbers that stand whole in a stretch of the text, looked for once for all figures of a passage."""
        key = anchor.start, anchor.end, dates
        if key not in self.printed:
            self.printed[key] = tuple(whole_numbers(self.text.source, anchor.start, anchor.end, dates=dates))
        return self.printed[key]

    def edtf(self, record: FigureRecord, name: Literal["period", "as_of"]) -> Edtf | None:
        written: str | None = getattr(record, name)
        return parsed_date(written, record, name, self.problems.append) if written else None

    # Contract 3: the issue date

    def issued(self, record: DateRecord) -> Dated | None:
        value = parsed_date(record.edtf, record, "edtf", self.problems.append)
        anchor = self.anchor(record)
        check_basis(record, self.problems.append)
        if value is None or (record.quote and anchor is None):
            return None
        if record.basis == "stated":
            if anchor is None:
                message = "a stated date needs the words that print it"
                self.problem(record.at.of("basis"), "date-not-stated", message, "add quote: with those words")
                return None
            printed = tuple(whole_dates(self.text.source, anchor.start, anchor.end))
            check_stated(value, printed, record, self.problems.append)
        span = Span(anchor.start, anchor.end) if anchor else None
        return Dated(value=value, basis=record.basis, why=record.why, anchor=span)


def _is_spoken(paragraph: str) -> bool:
    """Whether a paragraph marks somebody's own words: in quotation marks, behind a dash or the speaker's name."""
    return bool(_QUOTE_MARK.search(paragraph) or paragraph.startswith(_DIALOGUE) or speaker(paragraph))


def _holds(words: str, part: str) -> bool:
    """Whether a part stands in the words, as whole words, after folding."""
    wanted, folded = fold(part).text.strip(), fold(words).text
    at = folded.find(wanted)
    while at >= 0:
        around = folded[max(0, at - 1) : at] + folded[at + len(wanted) : at + len(wanted) + 1]
        if not _LETTER.search(around):
            return True
        at = folded.find(wanted, at + 1)
    return False


def _told_apart(means: TextQuoteSelector) -> str:
    """What tells a place from the others where the same words stand, as it is written in YAML."""
    fields = (("prefix", means.prefix), ("suffix", means.suffix))
    context = " and ".join(f"{key}: {quoted(' '.join(v.split()))}" for key, v in fields if v)
    return f"add {context}" if len(context) <= _WAY else "quote more of what stands around it"
