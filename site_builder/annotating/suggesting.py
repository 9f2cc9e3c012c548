"""What may be proposed for a passage from its words alone: an id, and its numbers as figures to start from."""

# ruff: noqa: RUF001  Cyrillic letters are meant

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import count

from ..printed.quantities import whole_numbers
from ..reading.scalars import ID, slug
from ..texts.romanizing import romanized
from ..texts.text import Span

_WORDS, _LENGTH = 3, 36  # of an id
_FIGURES = 8
_WORD = re.compile(r"\w+")
# What says nothing of a passage; shorter words are left out in any language.
_SMALL = frozenset(
    _WORD.findall("""
    about after all also and are been but can could did does for from had has have her his into its more most not our
    out over she should some such than that the their them then there these they this those under until was were what
    when which who will with would you был была были быть для его или как она они что это
    """)
)


def passage_id(words: str, taken: Collection[str]) -> str:
    """An id made of the first words that mean something, and not taken yet; Cyrillic is written in Latin letters."""
    plain = unicodedata.normalize("NFKC", words[:2000]).lower()
    plain = re.sub(r"(?<=\d)[.,' ](?=\d{3})", "", plain)
    every = _WORD.findall(re.sub(r"['\u2019\u02bc]", "", plain))
    telling = [word for word in every if word not in _SMALL and (len(word) > 2 or word.isdigit())]
    chosen = ""
    for token in list(filter(None, map(_latin, telling or every)))[:_WORDS]:
        longer = f"{chosen}-{token}".strip("-")
        chosen = longer if len(longer) <= _LENGTH else chosen or slug(token[:_LENGTH])
    chosen = slug(chosen) or "passage"
    return chosen if chosen not in taken else next(i for n in count(2) if (i := f"{chosen}-{n}") not in taken)


def _latin(word: str) -> str:
    return "".join(c for c in romanized(word) if ID.fullmatch(c))


def figure_starts(source: str, span: Span) -> tuple[str, ...]:
    """The numbers that a passage prints as comments, to be made figures by hand; empty without any."""
    entries = tuple(_entries(source, span))
    return ("# figures:", *entries) if entries else ()


def _entries(source: str, span: Span) -> Iterator[str]:
    numbers = list(whole_numbers(source, span.start, span.end))
    for mention in numbers[:_FIGURES]:
        values = [d for v in sorted(mention.values, reverse=True) if (d := _decimal(v)) is not None]
        if values:
            others = f", or {' or '.join(values[1:])}" if values[1:] else ""
            printed = " ".join(source[span.start + mention.start : span.start + mention.end].split())
            yield f"#   - {{id: …, measure: …, value: {values[0]}}}  # printed: {printed}{others}"


def _decimal(value: Fraction) -> str | None:
    """A number as the YAML writes it; None for one that no decimal is equal to."""
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{decimal:f}" if Fraction(decimal) == value else None
