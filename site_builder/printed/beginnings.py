"""Where in a text a number or a date may begin: one quick look, so that their grammars are tried in few places.

The grammars of `dates` and `quantities` are long, and most of a text is neither. It is looked through once as bytes,
which is several times faster than to ask them at every character. Never too little is told: each place where one of
them can match is among those given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..frozen import dataclass
from ..patterns import later

_VULGAR = "\u00bc\u00bd\u00be"
_BYTES = tuple(map(chr, range(256)))
_LETTERS = bytes(ord(c.lower()) if c.isascii() and c.isalpha() else ord(" ") for c in _BYTES)
_DIGITS = bytes(ord("0" if c.isdecimal() else "-" if c == "-" else "?" if c in f"?{_VULGAR}" else " ") for c in _BYTES)
# Names of months and seasons, and words that count, whole; behind these stands an empty group.
_WORDS = later(
    rb" (?:a(?:u(?:g(?:ust)?|tumn)|pr(?:il)?)|billion()|d(?:ec(?:ember)?|ozen())|e(?:ight(?:een|y)?|leven)()"
    rb"|f(?:i(?:ve|ft(?:y|een))()|o(?:ur(?:teen)?|rty)()|all|eb(?:ruary)?)|hundred()"
    rb"|j(?:an(?:uary)?|u(?:ne?|ly?))|m(?:a(?:y|r(?:ch)?)|illion())|n(?:ine(?:teen|ty)?()|ov(?:ember)?)"
    rb"|o(?:ne()|ct(?:ober)?)|s(?:e(?:pt?(?:ember)?|ven(?:teen|ty)?())|ix(?:teen|ty)?()|pring|ummer)"
    rb"|t(?:h(?:ree|ir(?:teen|ty)|ousand)|w(?:o|elve|enty)|en|rillion)()|winter|zero())(?= )"
)
_RUN = later(rb"00*")
_OTHERS = later(r"[-\d\u00bc-\u00be\u2212\u2150-\u215e](?<![0-9])")
_MARKS = frozenset("\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u20ac")  # of most texts: none of them
_MANY = 10  # when one in so many characters stands outside Latin-1, they are looked through together


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Offsets in a text, each tuple in order.

    `digits` are those of runs of ASCII digits; `names` of the names of months and seasons; `words` of number words;
    `others` of what else a number begins with: signs, vulgar fractions, digits of other scripts.
    """

    digits: tuple[int, ...]
    names: tuple[int, ...]
    words: tuple[int, ...]
    others: tuple[int, ...]


def beginnings(text: str) -> Beginnings:
    """Where in a text something may begin that is read as a number or as a date."""
    flat = text.encode("latin-1", "replace")  # a byte for each character, so that offsets stay
    digits = flat.translate(_DIGITS)
    runs = tuple([match.start() for match in _RUN.finditer(digits)])
    found = [*_WORDS.finditer(b" %b " % flat.translate(_LETTERS))]
    names = tuple([match.start() for match in found if not match.lastindex])
    words = tuple([match.start() for match in found if match.lastindex])
    return Beginnings(runs, names, words, tuple(_others(text, digits)))


def _others(text: str, digits: bytes) -> list[int]:
    odd = [*_places(digits, b"?")]
    if len(odd) * _MANY > len(text):
        return [match.start() for match in _OTHERS.finditer(text)]
    signs = [at for at in _places(digits, b"-") if digits[at + 1 : at + 2] in (b"0", b"?")]
    others = [at for at in odd if text[at] not in _MARKS and _OTHERS.match(text[at])]
    return sorted(signs + others)


def _places(digits: bytes, sign: bytes) -> Iterator[int]:
    at = digits.find(sign)
    while at >= 0:
        yield at
        at = digits.find(sign, at + 1)


def matches(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> list[re.Match[str]]:
    """What `pattern.finditer(text)` gives, where it can match at these offsets alone; they are in order."""
    found, end, match_at = [], 0, pattern.match
    for start in starts:
        if start >= end and (match := match_at(text, start)):
            end = match.end()
            found.append(match)
    return found
