"""Numbers that a text prints, and figures derived from other figures by an expression.

Numbers are read in digits (any grouping, with `½`, with a following "thousand", "million", "billion", `k`, `m`,
`bn`), and as English number words. Letters may follow them (`120kg`), but not precede them (`T-72`); ordinals and
numbers that belong to a date are no quantities.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from operator import attrgetter

from ..frozen import dataclass
from ..patterns import compiled, later
from .beginnings import Beginnings, beginnings, matches
from .dates import date_mentions


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number printed at `[start:end]`. `1.300` may be 1300 or 1.3, `5m` metres or millions: `values` holds each."""

    start: int
    end: int
    values: frozenset[Fraction]


_START = attrgetter("start")
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000}
_LOTS = {"hundred": 100, "dozen": 12}
_SCALE_WORDS = _LOTS | _SCALES
_SUFFIXES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: value for value, word in enumerate(_UNITS)} | {word: 10 * i for i, word in enumerate(_TENS, 2)}
_DIGITS = later(
    r"""(?=[-\u2212\d\u00bc-\u00be\u2150-\u215e])(?<![\w#.,\u066b\u066c])(?<![^\W\d_][-\u2010\u2011])(?P<sign>(?<![^\s(])[-\u2212])?
    (?:(?P<number>[1-9\u0661-\u0669\u06f1-\u06f9]\d{0,2}(?P<group>[,.'\u2019\ \u00a0\u202f\u2009\u066c])\d{3}
        (?:(?P=group)\d{3}){0,12}(?:(?!(?P=group))[.,\u066b]\d{1,20})?
      |[1-9]\d?(?:,\d\d){1,12},\d{3}(?:\.\d{1,20})?
      |\d{1,40}(?:[.,\u066b]\d{1,40})?)
    (?!\d|[.,\u066b\u066c]\d|:\d)(?!(?:st|nd|rd|th)(?![^\W\d_]))(?P<part>[\u00bc-\u00be\u2150-\u215e])?
    |(?P<part_alone>[\u00bc-\u00be\u2150-\u215e]))
    (?:(?P<suffix>k|m|[\ \u00a0\u202f]?[mbt]n)(?!\w)
      |[\s\u00a0-]{0,9}(?P<scale>hundred|dozen|thousand|million|billion|trillion)\b)?""",
    re.VERBOSE | re.IGNORECASE,
)


# Number words are read by their kinds, one letter each, so that the grammar stays small: u a unit, t a teen, T a ten,
# h hundred, d dozen, 1 to 4 the scales, a "a" or "an", & "and", H "half", O and o what makes an ordinal or a fraction
# of the number before. Between words stands " " for white space, "-" for a hyphen, "~" for what ends in one, else "|".
_KINDS = dict.fromkeys(_UNITS[1:10], "u") | dict.fromkeys(_UNITS[10:], "t") | dict.fromkeys(_TENS, "T")
_KINDS |= {"zero": "0", "hundred": "h", "dozen": "d", "a": "a", "an": "a", "and": "&", "half": "H"}
_KINDS |= {word: str(power) for power, word in enumerate(_SCALES, 1)}
_KINDS |= {f"{word}th{s}": "O" for word in ("hundred", *_SCALES) for s in ("", "s")}
_KINDS |= {
    f"{word}{s}": "o"
    for word in "first second third fourth fifth sixth seventh eighth ninth tenth halve quarter".split()  # noqa: SIM905
    for s in ("", "s")
}  # fmt: skip
_COUNTING = later(rf"\b(?:{'|'.join(word for word, kind in _KINDS.items() if kind not in 'a&HOo')})\b", re.IGNORECASE)
_MARKS = '.,;:!?"()'
_WORD = later(r"\w+")
_GAP = later(r"\s{1,9}")
_BETWEEN = later(r"[\s-]+")


@cache  # compiled when there is a number in words: most edits meet none
def _word_grammar() -> re.Pattern[str]:
    """English number words by kind: `two hundred and five thousand`, `thirteen hundred`, `half a million`.

    "five and six", "one two", "one thousand and five thousand" are two numbers each; an ordinal is none.
    """
    gap, link, scale = "[ -]", "[ -](?:&[ -])?", "[1-4]"
    small = f"(?:T(?:{gap}u(?!{gap}h))?|[ut])"
    below_1000 = f"(?:(?:{small}|a){gap}h(?:{link}{small}(?!{gap}h))?|{small})"
    half = f"(?:{gap}&{gap}a{gap}H)"
    numbers: list[str] = []
    tail = f"(?:{link}{below_1000}(?!{gap}{scale}))?"
    for power in range(1, len(_SCALES) + 1):
        numbers.insert(0, f"(?:{below_1000}{half}?|a){gap}{power}{tail}")
        tail = f"(?:{link}{below_1000}{gap}{power})?{tail}"
    numbers += [f"H{gap}a{gap}(?:{scale}|[dh])", f"(?:{small}|a){gap}d", f"{below_1000}{half}?", "0"]
    return compiled(f"(?<![-~])(?>{'|'.join(numbers)})(?!{gap}O|-[oH])")


def number_mentions(text: str, *, dates: bool = False) -> Iterator[NumberMention]:
    """The numbers a text prints, in order; those inside a date are left out unless `dates` is true."""
    looked = beginnings(text)
    blots = [] if dates else [(m.start, m.end) for m in date_mentions(text, looked)]
    rest, digits, words = _found(text, blots, looked)
    found = [*map(_digits, digits), *(_words(rest, *span) for span in words)]
    yield from sorted(found, key=_START) if digits and words else found


def number_spans(text: str, dates: Sequence[tuple[int, int]], looked: Beginnings) -> list[tuple[int, int]]:
    """Where the numbers of `number_mentions` stand, without their values; `dates` is where its dates stand."""
    _, digits, words = _found(text, dates, looked)
    return sorted([*[match.span() for match in digits], *words])


def _found(
    text: str, blots: Sequence[tuple[int, int]], looked: Beginnings
) -> tuple[str, list[re.Match[str]], list[tuple[int, int]]]:
    """The text with its dates blotted out, the numbers in digits, and where those in words stand.

    Behind a blot something may begin that was the rest of a word.
    """
    rest, behind = _without(text, blots), [end for _, end in blots]
    left = [at for at in looked.digits if rest[at] != _BLOT]
    digits = matches(_DIGITS, rest, sorted([*left, *looked.others, *behind]))
    spans = [match.span() for match in digits]
    behind += [end for _, end in spans]
    if _are_inside(looked.words, spans) and not any(map(str.isalpha, [rest[at : at + 1] for at in behind])):
        return rest, digits, []  # such as the "million" of "17 million"
    words = _word_spans(_without(rest, spans), sorted([*looked.words, *behind]))
    return rest, digits, list(words)


def _are_inside(places: Iterable[int], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether each of these places lies inside one of the spans, which are in order."""
    for at in places:
        before = bisect_right(spans, (at, at)) - 1
        if before < 0 or spans[before][1] <= at:
            return False
    return True


def whole_numbers(text: str, start: int, end: int, *, dates: bool = False) -> Iterator[NumberMention]:
    """The numbers that stand whole in `text[start:end]`: of a "17,000" that is cut in two it holds none.

    Offsets are those of the stretch.
    """
    low, high = max(0, start - _CONTEXT), end + _CONTEXT
    for mention in number_mentions(text[low:high], dates=dates):
        if start <= low + mention.start and low + mention.end <= end:
            yield NumberMention(low + mention.start - start, low + mention.end - start, mention.values)


_CONTEXT = 60  # how far beyond a stretch a number that it cuts may reach


_BLOT = "\0"


# Words that only weigh a number, or stand about one.
_WEIGHING = later(
    r"a|about|above|almost|an|approximately|around|as|at|below|circa|close|estimated|exactly|fewer|just|least|less|many"
    r"|more|most|much|near|nearly|no|not|only|or|over|roughly|so|some|than|the|to|under|up|well",
    re.IGNORECASE,
)


def tells_amount(words: str) -> bool:
    """Whether words that hold no number we know may still stand for one, as "hundreds" and "dos mil" do.

    Those that only weigh a number ("about", "at least") stand for none.
    """
    return not all(_WEIGHING.fullmatch(word[0]) for word in _WORD.finditer(words))


_VAGUE = later(
    r"\b(?:tens|dozens|scores|hundreds|thousands|[mb]illions|several|few|couple|handful|half)\b", re.IGNORECASE
)


def is_rough(words: str) -> bool:
    """Whether words that stand for a number leave it open, as "almost 100" and "hundreds" do.

    Those of which we read no number may be one that is exact, in another language: "quatre-vingts".
    """
    return bool(_VAGUE.search(words) or any(number_mentions(words, dates=True)))


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these stretches blotted out, offsets kept."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], _BLOT * (end - start)]
        at = end
    return "".join((*pieces, text[at:]))


def _digits(match: re.Match[str]) -> NumberMention:
    sign, number, group, part, part_alone, suffix, scale = match.groups()
    factors = {_SCALE_WORDS[scale.lower()] if scale else 1}
    if suffix:
        factors.add(_SUFFIXES[suffix.strip().lower()])
    values = tuple(_readings(number, group)) if number else (Fraction(0),)
    if part or part_alone:
        values = tuple(value + _vulgar(part or part_alone) for value in values)
    if sign or factors != {1}:
        values = tuple(value * (-factor if sign else factor) for value in values for factor in factors)
    return NumberMention(match.start(), match.end(), frozenset(values))


_ARABIC_POINT = "\N{ARABIC DECIMAL SEPARATOR}"


def _vulgar(char: str) -> Fraction:
    """The value of a fraction that is one character, whose compatible form is its digits about a fraction slash."""
    return Fraction(unicodedata.normalize("NFKC", char).replace("\u2044", "/"))


def _readings(number: str, group: str | None) -> Iterator[Fraction]:
    if not group:
        # A comma alone opens decimals, several of them group: 1,5 but 12,34,567.
        number = number.replace(_ARABIC_POINT, ".")
        yield _exact(number.replace(",", "." if number.count(",") == 1 else ""))
        return
    # After the groups the other mark opens decimals: 1,300.5 or 1.300,5 or 1 300,5.
    yield _exact(number.replace(group, "").replace(",", ".").replace(_ARABIC_POINT, "."))
    if group == "." and number.count(".") == 1 and "," not in number and _ARABIC_POINT not in number:
        yield _exact(number)


def _exact(number: str) -> Fraction:
    whole, _, part = number.partition(".")
    return Fraction(int(whole + part), 10 ** len(part)) if part else Fraction(int(whole))


def _words(text: str, start: int, end: int) -> NumberMention:
    return NumberMention(start, end, frozenset({_word_value(_BETWEEN.split(text[start:end].lower()))}))


def _word_spans(text: str, starts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Where number words stand that make one number; `starts` are the places where one of them may begin.

    No number reaches over a mark that ends a phrase or over another word, or begins more than two words before the
    first that counts ("half a million"), so only the words around those that count are read.
    """
    end = 0
    for first in matches(_COUNTING, text, starts):
        if first.start() >= end:
            start = max(end, first.start() - _BEFORE)
            if 0 < start < first.start() and _WORD.match(text, start - 1) and (rest := _WORD.match(text, start)):
                start = rest.end()  # of a word that began before, and is none by itself
            start = max(start, 1 + max(text.rfind(mark, start, first.start()) for mark in _MARKS))
            words = []
            for word in _WORD.finditer(text, start):
                words.append(word)
                if word.start() > first.start() and word[0].lower() not in _KINDS:
                    break
            end = words[-1].end()
            yield from _phrase(text, start, words)


_BEFORE = 40  # "half an", with white space of nine characters behind each, and the end of a word before


def _phrase(text: str, start: int, words: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    kinds, at = [], start
    for word in words:
        kinds += [_gap(text[at : word.start()]), _KINDS.get(word[0].lower(), "|")]
        at = word.end()
    for match in _word_grammar().finditer("".join(kinds)):
        yield words[match.start() // 2].start(), words[(match.end() - 1) // 2].end()


def _gap(between: str) -> str:
    if between == "-":
        return "-"
    return " " if _GAP.fullmatch(between) else "~" if between.endswith("-") else "|"


def _word_value(words: list[str]) -> Fraction:
    """The value of words that the grammar has found to be one number, counted in halves."""
    total = group = 0
    for word in words[words[0] == "half" :]:
        if word in _SCALES:
            total, group = total + (group or 2) * _SCALES[word], 0
        elif word in _LOTS:
            group = (group or 2) * _LOTS[word]
        elif word == "half":
            group += 1
        else:
            group += 2 * _SMALL.get(word, 0)  # "a" and "and" add nothing
    return Fraction(total + group, 4 if words[0] == "half" else 2)


class BadExpression(ValueError):
    """A derivation that cannot be computed; the message says why."""


_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
_NUMBER = r"[0-9]{1,40}(?:\.[0-9]{1,40})?(?![a-z0-9#]|-[a-z0-9])"
_TOKEN = later(rf"\s*(?:{_NUMBER}|{_ID}(?:#{_ID})?|[-+*/(),])")


def evaluate(expression: str, value_of: Callable[[str], Fraction]) -> Fraction:
    """The value of `+ - * / ( )`, `round(x)` and `round(x, digits)` over numbers and figure ids.

    `value_of` gives a figure's value by its id (it may raise BadExpression). A minus sign between two ids needs
    spaces around it, since ids hold hyphens. Halves are rounded away from zero.
    """
    parser = _Parser(_tokens(expression), value_of)
    value = parser.sum()
    if parser.next:
        raise BadExpression(f"'{parser.next}' is not expected here")
    return value


def names_in(expression: str) -> tuple[str, ...]:
    """The figure ids that an expression names, in order; none when it cannot be read."""
    try:
        tokens = _tokens(expression)
    except BadExpression:
        return ()
    pairs = zip(tokens, [*tokens[1:], ""], strict=True)
    return tuple(t for t, then in pairs if t[-1].isalnum() and not _is_number(t) and (t, then) != ("round", "("))


def _tokens(expression: str) -> list[str]:
    tokens, at, text = [], 0, expression.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            raise BadExpression(f"'{text[at:].strip()[:20]}' is neither a figure, a number nor a sign")
        tokens.append(match[0].strip())
        at = match.end()
    return tokens


def _is_number(token: str) -> bool:
    return re.fullmatch(_NUMBER, token) is not None


_DEEPEST = 50


class _Parser:
    """Recursive descent over a list of tokens; `next` is the one at hand, empty after the last."""

    def __init__(self, tokens: list[str], value_of: Callable[[str], Fraction]) -> None:
        self.rest = iter(tokens)
        self.next = next(self.rest, "")
        self.value_of = value_of
        self.depth = 0

    def advance(self) -> str:
        token, self.next = self.next, next(self.rest, "")
        return token

    def take(self, *wanted: str) -> str:
        """The token at hand when it is one of these, else an empty string."""
        return self.advance() if self.next in wanted else ""

    def expect(self, sign: str) -> None:
        if not self.take(sign):
            raise BadExpression(f"a '{sign}' is missing")

    def sum(self) -> Fraction:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise BadExpression(f"it is nested deeper than {_DEEPEST} levels")
        value = self.product()
        while sign := self.take("+", "-"):
            right = self.product()
            value = value + right if sign == "+" else value - right
        self.depth -= 1
        return value

    def product(self) -> Fraction:
        value = self.signed()
        while sign := self.take("*", "/"):
            right = self.signed()
            if sign == "/" and right == 0:
                raise BadExpression("it divides by zero")
            value = value * right if sign == "*" else value / right
        return value

    def signed(self) -> Fraction:
        sign = 1
        while self.take("-"):
            sign = -sign
        return sign * self.term()

    def term(self) -> Fraction:
        if self.take("("):
            value = self.sum()
            self.expect(")")
            return value
        name = self.advance()
        if not name:
            raise BadExpression("it ends too early")
        if name == "round" and self.take("("):
            return self.rounded()
        if _is_number(name):
            return Fraction(name)
        if not name[-1].isalnum():
            raise BadExpression(f"'{name}' is not expected here")
        return self.value_of(name)

    def rounded(self) -> Fraction:
        value = self.sum()
        digits = self.advance() if self.take(",") else "0"
        if not re.fullmatch("[0-9]", digits):
            raise BadExpression("round takes a number of digits from 0 to 9")
        self.expect(")")
        scale = 10 ** int(digits)
        nearest, rest = divmod(abs(value) * scale, 1)
        return Fraction(nearest + (rest >= Fraction(1, 2)), scale) * (1 if value >= 0 else -1)
