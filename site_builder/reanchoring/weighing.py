"""What may change the meaning of words that are nearly the same: a number, a date, a name, a denial."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from ..dates import date_mentions
from ..folding import fold
from ..names import Names
from ..quantities import number_mentions

_DENIAL = re.compile(
    r"(?<!\w)(?:not|no|none|nobody|nothing|nowhere|never|neither|nor|cannot|without|hardly|barely|scarcely|unless|except"
    r"|den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing|al)|fail(?:s|ed|ing)?|reject(?:s|ed|ing)?|\w+n't"
    r"|не|ни|нет|без|никто|ничего|никогда|нельзя)(?!\w)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\w*\d[\w.,:/%-]*")
_CAPITAL = re.compile(r"(?<![\w'-])[^\W\d_a-z][\w'-]*")
_BEGINS = re.compile(r"(?:\A|[.!?\u2026:]['\")]*\s+)['\"(]*\Z")


def weighty(before: str, after: str, names: Names) -> tuple[str, ...]:
    """What of weight stands in one of two wordings and not in the other, a phrase for each kind; empty for nothing."""
    one, other = fold(before).text, fold(after).text
    kinds: Mapping[str, Callable[[str], Iterable[str]]] = {
        "a number": _numbers,
        "a date": lambda text: (text[m.start : m.end].casefold() for m in date_mentions(text)),
        "a name": lambda text: _names(text, names),
        "a denial": lambda text: (m[0].casefold() for m in _DENIAL.finditer(text)),
    }
    found = []
    for kind, of in kinds.items():
        had, has = Counter(of(one)), Counter(of(other))
        gone, new = sorted((had - has).elements()), sorted((has - had).elements())
        if gone or new:
            changes = [f"without '{', '.join(gone)}'"] * bool(gone) + [f"with '{', '.join(new)}'"] * bool(new)
            found.append(f"{kind}: now {' and '.join(changes)}")
    return tuple(found)


def _numbers(text: str) -> Iterable[str]:
    """Every number as it is printed: in digits, wherever they stand, and in words."""
    yield from (m[0].rstrip(".,:") for m in _DIGITS.finditer(text))
    for mention in number_mentions(text, dates=True):
        words = text[mention.start : mention.end]
        if not any(c.isdigit() for c in words):
            yield words.casefold()


def _names(text: str, names: Names) -> Iterable[str]:
    """Known names, and words with a capital letter that do not merely begin a sentence."""
    known = tuple(names.mentions(text))
    yield from (text[m.start : m.end] for m in known)
    for word in _CAPITAL.finditer(text):
        inside = any(m.start <= word.start() < m.end for m in known)
        if not inside and not _BEGINS.search(text[: word.start()]):
            yield word[0]
