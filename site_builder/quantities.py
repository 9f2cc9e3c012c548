"""Numbers that a text prints, and figures derived from other figures by an expression.

Numbers are read in digits (any grouping, with a following "thousand", "million", "billion"), and as English
number words. Ordinals, numbers glued to letters (`T-72`), and numbers that belong to a date are not quantities.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from .dates import date_mentions


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number printed at `[start:end]`. `1.300` may be 1300 or 1.3: `values` holds every reading."""

    start: int
    end: int
    values: frozenset[Fraction]


_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000}
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)  # fmt: skip
_SMALL = {word: value for value, word in enumerate(_UNITS)} | _TENS
_DIGITS = re.compile(
    r"""(?<![\w#.,])(?<![A-Za-z]-)(?P<sign>(?<![^\s(])[-−])?
    (?P<number>\d{1,3}(?:(?P<group>[,.'’\ \u00a0\u202f\u2009])\d{3})(?:(?P=group)\d{3})*(?:[.,]\d+)?(?!\d)
      |\d+(?:[.,]\d+)?)
    (?!\d|[.,]\d|:\d)(?!(?:st|nd|rd|th)\b)(?![^\W\d_])
    (?:[\s\u00a0-]+(?P<scale>thousand|million|billion|trillion)\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
_WORD_NUMBER = "|".join([*sorted(_SMALL, key=len, reverse=True), "hundred", *_SCALES, "dozen"])
_WORDS = re.compile(
    rf"(?<![\w-])(?:(?:half\s+)?an?\s+(?=hundred|thousand|million|billion|trillion|dozen))?"
    rf"(?:{_WORD_NUMBER})(?![a-z])(?:(?:\s+and\s+|\s+|-)(?:{_WORD_NUMBER})(?![a-z]))*",
    re.IGNORECASE,
)


def number_mentions(text: str, *, dates: bool = False) -> Iterator[NumberMention]:
    """The numbers a text prints, in order; those inside a date are left out unless `dates` is true."""
    taken = () if dates else tuple((m.start, m.end) for m in date_mentions(text))
    digits = tuple(_digits(text))
    digits = tuple(m for m in digits if not _overlaps(m, taken))
    words = (m for m in _words(text) if not _overlaps(m, (*taken, *((d.start, d.end) for d in digits))))
    yield from sorted((*digits, *words), key=lambda m: m.start)


def _overlaps(mention: NumberMention, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(start < mention.end and mention.start < end for start, end in spans)


def _digits(text: str) -> Iterator[NumberMention]:
    for match in _DIGITS.finditer(text):
        scale = _SCALES[match["scale"].lower()] if match["scale"] else 1
        sign = -1 if match["sign"] else 1
        values = frozenset(sign * scale * value for value in _readings(match["number"], match["group"]))
        yield NumberMention(match.start(), match.end(), values)


def _readings(number: str, group: str | None) -> Iterator[Fraction]:
    if not group:
        yield Fraction(number.replace(",", "."))
        return
    # After the groups only the other mark can open decimals: 1,300.5 or 1.300,5 or 1 300,5.
    match = re.fullmatch(rf"((?:\d|{re.escape(group)})+)(?:[.,](\d+))?", number)
    whole, decimals = match.groups() if match else (number, None)
    yield Fraction(whole.replace(group, "") + (f".{decimals}" if decimals else ""))
    if group == "." and number.count(".") == 1 and not decimals:
        yield Fraction(number)


def _words(text: str) -> Iterator[NumberMention]:
    for match in _WORDS.finditer(text):
        value = _word_value(match[0].lower())
        if value is not None:
            yield NumberMention(match.start(), match.end(), frozenset({value}))


def _word_value(words: str) -> Fraction | None:
    """The value of number words: `two hundred and five thousand`, `a dozen`, `half a million`."""
    half = words.startswith("half")
    total, current = Fraction(0), Fraction(0)
    started = False
    for word in re.split(r"[\s-]+", words):
        if word in _SMALL:
            current += _SMALL[word]
        elif word in ("hundred", "dozen"):
            current = (current or 1) * (100 if word == "hundred" else 12)
        elif word in _SCALES:
            total += (current or 1) * _SCALES[word]
            current = Fraction(0)
        elif word not in ("a", "an", "and", "half"):
            return None
        started = started or word in _SMALL or word in ("a", "an", "half")
    if not started:
        return None
    return (total + current) / (2 if half else 1)


class BadExpression(ValueError):
    """A derivation that cannot be computed; the message says why."""


_TOKEN = re.compile(
    r"\s*(?:(?P<name>[a-z0-9]*[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\#[a-z0-9]+(?:-[a-z0-9]+)*)?|[a-z0-9]+(?:-[a-z0-9]+)+(?:\#[a-z0-9]+(?:-[a-z0-9]+)*)?)"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[-+*/(),]))"
)


def evaluate(expression: str, value_of: Callable[[str], Fraction]) -> Fraction:
    """The value of `+ - * / ( )`, `round(x)` and `round(x, digits)` over numbers and figure ids.

    `value_of` gives a figure's value by its id (it may raise BadExpression). A minus sign between two ids needs
    spaces around it, since ids hold hyphens.
    """
    parser = _Parser(_tokens(expression), value_of)
    value = parser.sum()
    if parser.tokens:
        raise BadExpression(f"'{parser.tokens[0]}' is not expected here")
    return value


def _tokens(expression: str) -> list[str]:
    tokens, at, text = [], 0, expression.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            raise BadExpression(f"'{text[at:].strip()[:20]}' is neither a figure, a number nor a sign")
        tokens.append(match[match.lastgroup or 0])
        at = match.end()
    return tokens


class _Parser:
    """Recursive descent over a token list, consumed from the front."""

    def __init__(self, tokens: list[str], value_of: Callable[[str], Fraction]) -> None:
        self.tokens = tokens
        self.value_of = value_of

    def take(self, *wanted: str) -> str | None:
        if self.tokens and (self.tokens[0] in wanted):
            return self.tokens.pop(0)
        return None

    def expect(self, sign: str) -> None:
        if not self.take(sign):
            raise BadExpression(f"a '{sign}' is missing")

    def sum(self) -> Fraction:
        value = self.product()
        while sign := self.take("+", "-"):
            right = self.product()
            value = value + right if sign == "+" else value - right
        return value

    def product(self) -> Fraction:
        value = self.term()
        while sign := self.take("*", "/"):
            right = self.term()
            if sign == "/" and right == 0:
                raise BadExpression("it divides by zero")
            value = value * right if sign == "*" else value / right
        return value

    def term(self) -> Fraction:
        if self.take("-"):
            return -self.term()
        if self.take("("):
            value = self.sum()
            self.expect(")")
            return value
        if not self.tokens:
            raise BadExpression("it ends too early")
        token = self.tokens.pop(0)
        if token == "round" and self.take("("):
            return self.rounded()
        if token[0].isdigit() and re.fullmatch(r"\d+(\.\d+)?", token):
            return Fraction(token)
        if token in "+-*/(),":
            raise BadExpression(f"'{token}' is not expected here")
        return self.value_of(token)

    def rounded(self) -> Fraction:
        value = self.sum()
        digits = 0
        if self.take(","):
            token = self.tokens.pop(0) if self.tokens else ""
            if not re.fullmatch(r"\d", token):
                raise BadExpression("round takes a number of digits from 0 to 9")
            digits = int(token)
        self.expect(")")
        scale = 10**digits
        floor, rest = divmod(abs(value) * scale, 1)
        nearest = floor + (1 if rest >= Fraction(1, 2) else 0)
        return Fraction(nearest, scale) * (1 if value >= 0 else -1)
