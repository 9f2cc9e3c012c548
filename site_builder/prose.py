"""Contract 4 for prose: each sentence cites or is ours, and what a cited sentence says stands in what it cites.

What is checked are its numbers (in digits and in words, "one" aside), its dates (every part that it prints) and its
known names (any name or alias of the entity will do). Words are left to the reader, who is one click from the passage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from . import markdown
from .dates import DateMention, date_mentions
from .model import Citation, CitationKind, Figure, Prose, Sentence
from .names import Names
from .problems import Place, Problem, did_you_mean
from .quantities import number_mentions


@dataclass(frozen=True, slots=True, kw_only=True)
class Citable:
    """All that prose can cite: the words of each passage, and the passages that each other thing lends."""

    words: dict[str, str]
    lends: dict[CitationKind, dict[str, tuple[str, ...]]]
    figures: dict[str, Figure]
    broken: frozenset[str]

    def passages(self, kind: CitationKind, target: str) -> tuple[str, ...] | None:
        """The passages a citation lends its sentence, None when there is no such thing."""
        if kind == "passage":
            return (target,) if target in self.words else None
        return self.lends[kind].get(target)

    def is_broken(self, target: str) -> bool:
        """Whether the target was written, but refused."""
        return bool({target, *target.split("#")} & self.broken)

    def known(self, kind: CitationKind) -> tuple[str, ...]:
        """All targets of a kind."""
        return tuple(self.words if kind == "passage" else self.lends[kind])


def read_prose(
    text: str, place: Callable[[int, int], Place], citable: Citable, names: Names
) -> tuple[Prose, tuple[Problem, ...]]:
    """The prose with its citations resolved, and what is wrong with it.

    `place` gives the place in its file of a line and column (from 0) of the text.
    """
    problems: list[Problem] = []
    found: list[Sentence] = []
    for raw in markdown.sentences(text):
        where = place(raw.line, raw.column)
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


def check_citations(text: str, where: Place, citable: Citable) -> Iterator[Problem]:
    """What is wrong with the citations in a note; a note's sentences need none."""
    if "[@" in text:
        problems: list[Problem] = []
        for sentence in markdown.sentences(text):
            for marker in sentence.markers:
                if marker.kind != "analysis":
                    _citation(marker, where, citable, problems)
        yield from problems


def _citation(marker: markdown.Marker, where: Place, citable: Citable, problems: list[Problem]) -> Citation | None:
    if marker.kind == "malformed" or marker.kind == "analysis":
        hint = "write [@source#passage], [@claim:id], [@event:id] or [@figure:source#id], one citation in each bracket"
        problems.append(Problem(where, "bad-citation", f"'{marker.written}' is no citation", hint))
        return None
    passages = citable.passages(marker.kind, marker.target)
    if passages is None:
        if not citable.is_broken(marker.target):
            hint = did_you_mean(marker.target, citable.known(marker.kind))
            message = f"there is no {marker.kind} '{marker.target}' to cite"
            problems.append(Problem(where, "unknown-id", message, hint))
        return None
    return Citation(kind=marker.kind, target=marker.target, passages=passages)


def _unsupported(sentence: Sentence, where: Place, citable: Citable, names: Names) -> Iterator[Problem]:
    refs = dict.fromkeys(ref for c in sentence.citations for ref in c.passages)
    if any(ref not in citable.words for ref in refs):
        return  # a cited passage was refused: its own problem says so
    quotes = [citable.words[ref] for ref in refs]
    derived = {
        Fraction(f.value)
        for c in sentence.citations
        if c.kind == "figure" and (f := citable.figures.get(c.target)) and f.record.derived and f.value is not None
    }
    for what in (
        *_numbers(sentence.markdown, quotes, derived),
        *_dates(sentence.markdown, quotes),
        *_names(sentence.markdown, quotes, names),
    ):
        message = f"{what} does not stand in what this sentence cites"
        hint = "cite the passage that prints it, or, if it is our inference, end the sentence with [analysis]"
        yield Problem(where, "brief-unsupported", message, hint)


def _numbers(text: str, quotes: list[str], derived: set[Fraction]) -> Iterator[str]:
    printed = {v for q in quotes for m in number_mentions(q) for v in m.values} | derived
    for mention in number_mentions(text):
        words = text[mention.start : mention.end]
        if not mention.values & printed and words.lower() != "one":
            yield f"the number {words}"


def _dates(text: str, quotes: list[str]) -> Iterator[str]:
    printed = [m for q in quotes for m in date_mentions(q)]
    for mention in date_mentions(text):
        if not _is_printed(mention, printed):
            yield f"the date {text[mention.start : mention.end]}"


def _is_printed(mention: DateMention, printed: list[DateMention]) -> bool:
    years = mention.year is None or any(p.year == mention.year for p in printed)
    days = mention.month is None or any(
        p.month == mention.month and (mention.day is None or p.day == mention.day) for p in printed
    )
    return years and days


def _names(text: str, quotes: list[str], names: Names) -> Iterator[str]:
    printed = {e for q in quotes for m in names.mentions(q) for e in m.entities}
    for mention in names.mentions(text):
        if not printed & set(mention.entities):
            yield f"the name {text[mention.start : mention.end]}"


