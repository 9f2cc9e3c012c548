"""Advice on where quotes begin and end: a quote that leaves out the "not" before it or the "but" behind it says
something else than its source does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..markup import sentences
from ..model import Passage, Source
from ..problems import Problem
from ..records import PassageRecord, RangeQuote, SourceFile
from ..texts.text import Span

# Words that turn what was said before them: within the sentence, and at the head of the next one.
_TURNS = re.compile(
    r"[^\w.!?\u2026]*(?:but|however|although|though|not|no|except|unless|но|однако|хотя|не)(?!\w|['\u2019]\w)",
    re.IGNORECASE,
)
_TURNS_BACK = re.compile(r"\W*(?:But|However|Although|Но|Однако)(?!\w|['\u2019]\w)")  # noqa: RUF001 Russian
# Words that turn what comes after them into its contrary.
_DENIES = re.compile(
    r"(?<![\w'\u2019])(?:not|no|never|neither|nor|cannot|\w+n['\u2019]t|without|den(?:y|ies|ied|ying)(?:\s+that)?"
    r"|не|ни|нет|без)[\s\"\u201c\u2018'(]+\Z",
    re.IGNORECASE,
)
_LONGEST_DENIAL = 40


def on_source(source: Source, file: SourceFile, spans: Sequence[Span]) -> Iterator[Problem]:
    """Quotes that stop before the turn of their sentence, or begin behind its denial; `spans` are the sentences."""
    written: dict[str, PassageRecord] = {record.id: record for record in file.record.passages}
    for passage in source.passages:
        record, around = written[passage.id], sentences.touched(spans, passage)
        if turn := _turn_after(source, passage, around):
            message = f"the quote of '{passage.id}' stops before '{turn}'"
            yield _problem(record, "to", message)
        if denial := _denial_before(source.text, passage, around):
            message = f"the quote of '{passage.id}' begins behind '{denial}'"
            yield _problem(record, "from_", message)


def _turn_after(source: Source, passage: Passage, around: Sequence[Span]) -> str:
    """The word behind a passage that turns what it says; none where the next sentence is a passage itself."""
    end = around[-1].end
    if re.search(r"\w", source.text[passage.end : end]):
        return _last_word(_TURNS.match(source.text, passage.end, end))
    turn = _TURNS_BACK.match(source.text, passage.end)
    if turn is None or any(p.start < turn.end() <= p.end for p in source.passages):
        return ""
    return _last_word(turn)


def _denial_before(text: str, passage: Passage, around: Sequence[Span]) -> str:
    start = max(around[0].start, passage.start - _LONGEST_DENIAL)
    denial = _DENIES.search(text, start, passage.start)
    return " ".join(denial[0].strip(" \"'(\u201c\u2018\n").split()) if denial else ""


def _last_word(match: re.Match[str] | None) -> str:
    return re.split(r"\W+", match[0])[-1] if match else ""


def _problem(record: PassageRecord, edge: str, message: str) -> Problem:
    quote = record.quote
    place = quote.at.of(edge) if isinstance(quote, RangeQuote) else record.at.of("quote")
    hint = "let the quote take that word in: whoever reads it alone takes it otherwise"
    return Problem(place, "quote-cut", message, hint)
