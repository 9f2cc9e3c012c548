"""Contract 4 for prose: each sentence cites or is ours, and what a cited sentence says stands in what it cites.

What is checked are its numbers (in digits and in words, "one" aside), its dates (every part that it prints) and its
known names (any name or alias of the entity will do). Words are left to the reader, who is one click from the passage.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial

from ..frozen import dataclass
from ..model import Citation, CitationKind, Figure, Prose, Sentence
from ..printed.dates import DateMention, date_mentions, whole_dates
from ..printed.quantities import NumberMention, number_mentions, whole_numbers
from ..problems import Place, Problem, did_you_mean
from ..records import is_broken
from . import markdown
from .names import Names
from .sentences import Marker

CITES = "[@"  # without it a text cites nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Citable:
    """All that prose can cite: where each passage stands, and the passages that each other thing lends."""

    quoted: Mapping[str, Quoted]
    lends: Mapping[CitationKind, Mapping[str, tuple[str, ...]]]
    figures: Mapping[str, Figure]
    broken: frozenset[str]

    def passages(self, kind: CitationKind, target: str) -> tuple[str, ...] | None:
        """The passages a citation lends its sentence, None when there is no such thing."""
        if kind == "passage":
            return (target,) if target in self.quoted else None
        return self.lends[kind].get(target)

    def known(self, kind: CitationKind) -> tuple[str, ...]:
        """All targets of a kind."""
        return tuple(self.quoted if kind == "passage" else self.lends[kind])


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words of a passage, in the text that they stand in: a number that the passage cuts is not in it."""

    text: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """The words alone."""
        return self.text[self.start : self.end]

    def numbers(self) -> Iterator[NumberMention]:
        """The numbers in it."""
        return whole_numbers(self.text, self.start, self.end)

    def dates(self) -> Iterator[DateMention]:
        """The dates in it."""
        return whole_dates(self.text, self.start, self.end)


def read_prose(
    text: str, place: Callable[[int, int], Place], citable: Citable, names: Names
) -> tuple[Prose, tuple[Problem, ...]]:
    """The prose with its citations resolved, and what is wrong with it.

    `place` gives the place in its file of a line and column (from 0) of the text.
    """
    problems: list[Problem] = []
    found: list[Sentence] = []
    for raw in markdown.sentences(text):
        where = partial(place, raw.line, raw.column)
        citations, complete = [], True
        for marker in raw.markers:
            if marker.kind == "analysis":
                continue
            citation = _citation(marker, where, citable, problems)
            complete = complete and citation is not None
            citations += [citation] if citation else []
        sentence = Sentence(markdown=raw.markdown, standing=raw.standing, citations=tuple(citations))
        if sentence.standing == "cited" and complete:
            problems += _unsupported(sentence, where, citable, names)
        found.append(sentence)
    return Prose(markdown=text, sentences=tuple(found)), tuple(problems)


def check_citations(text: str, where: Callable[[], Place], citable: Citable | None) -> Iterator[Problem]:
    """What is wrong with the citations in a note; a note's sentences need none. Without `citable`, their form alone."""
    if CITES in text:
        problems: list[Problem] = []
        for sentence in markdown.sentences(text):
            for marker in sentence.markers:
                if marker.kind == "malformed":
                    problems.append(_malformed(marker, where))
                elif citable and marker.kind != "analysis":
                    _citation(marker, where, citable, problems)
        yield from problems


def _malformed(marker: Marker, where: Callable[[], Place]) -> Problem:
    hint = "write [@source#passage], [@claim:id], [@event:id] or [@figure:source#id], one citation in each bracket"
    if marker.written == "[analysis]":
        hint = "a sentence that is ours ends in [analysis]"
    return Problem(where(), "bad-citation", f"'{marker.written}' is no citation", hint)


def _citation(marker: Marker, where: Callable[[], Place], citable: Citable, problems: list[Problem]) -> Citation | None:
    kind, target = marker.kind, marker.target
    if kind == "malformed" or kind == "analysis":  # noqa: PLR1714 the type checker reads this form only
        problems.append(_malformed(marker, where))
        return None
    passages = citable.passages(kind, target)
    if passages is None:
        if not is_broken(kind, target, citable.broken):
            file = {"claim": "claims", "event": "events"}.get(kind, f"sources/{target.partition('#')[0]}")
            hint = did_you_mean(target, citable.known(kind), f"declare it in annotations/{file}.yaml")
            problems.append(Problem(where(), "unknown-id", f"there is no {kind} '{target}' to cite", hint))
        return None
    return Citation(kind=kind, target=target, passages=passages)


def _unsupported(sentence: Sentence, where: Callable[[], Place], citable: Citable, names: Names) -> Iterator[Problem]:
    refs = dict.fromkeys(ref for c in sentence.citations for ref in c.passages)
    if any(ref not in citable.quoted for ref in refs):
        return  # a cited passage was refused: its own problem says so
    quotes = [citable.quoted[ref] for ref in refs]
    text = markdown.plain(sentence.markdown)
    derived = {
        Fraction(f.value)
        for c in sentence.citations
        if c.kind == "figure" and (f := citable.figures.get(c.target)) and f.record.derived and f.value is not None
    }
    for what in (*_numbers(text, quotes, derived), *_dates(text, quotes), *_names(text, quotes, names)):
        message = f"{what} does not stand in what this sentence cites"
        hint = "cite the passage that prints it, or, if it is our inference, end the sentence with [analysis]"
        if what.startswith("the name"):
            hint = f"say it without the name, as the quote does; or {hint}"
        yield Problem(where(), "brief-unsupported", message, hint)


def _numbers(text: str, quotes: Iterable[Quoted], derived: set[Fraction]) -> Iterator[str]:
    said = tuple(number_mentions(text))
    printed = {v for q in quotes for m in q.numbers() for v in m.values} | derived if said else derived
    for mention in said:
        words = text[mention.start : mention.end]
        if not mention.values & printed and words.lower() != "one":
            yield f"the number {words}"


def _dates(text: str, quotes: Sequence[Quoted]) -> Iterator[str]:
    said = tuple(date_mentions(text))
    printed = [m for q in quotes for m in q.dates()] if said else []
    times = {(m.hour, m.minute) for m in printed}
    for mention in said:
        if not (_is_printed(mention, printed) and _is_told(text, mention, times)):
            yield f"the date {text[mention.start : mention.end]}"


def _is_printed(mention: DateMention, printed: Iterable[DateMention]) -> bool:
    """Whether the year stands there, and the month with the day, if not beside another year."""
    own = [p for p in printed if mention.year is None or p.year in (None, mention.year)]
    years = mention.year is None or any(p.year == mention.year and p.decade in (None, mention.decade) for p in own)
    days = mention.month is None or any(
        p.month == mention.month and (mention.day is None or p.day == mention.day) for p in own
    )
    return years and days


def _is_told(text: str, mention: DateMention, times: Container[tuple[int | None, int | None]]) -> bool:
    """Whether a time of day stands there; without "a.m." or "p.m." a clock of twelve hours may mean either half."""
    if mention.hour is None:
        return True
    halves = {mention.hour}
    if mention.hour <= 12 and "m" not in text[mention.start : mention.end].lower():
        halves.add((mention.hour + 12) % 24)
    return any((hour, mention.minute) in times for hour in halves)


def _names(text: str, quotes: Iterable[Quoted], names: Names) -> Iterator[str]:
    said = tuple(names.mentions(text))
    printed = {e for q in quotes for m in names.mentions(q.words) for e in m.entities} if said else set()
    for mention in said:
        if not printed & set(mention.entities):
            yield f"the name {text[mention.start : mention.end]}"
