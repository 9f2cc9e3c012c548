"""What may change the meaning of words that are nearly the same: a number, a date, a name, a denial.

These are known of English and, in part, of Russian. In any other language, and in letters beyond ASCII, every word that
is new or gone counts: what cannot be weighed is not taken for light.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from ..markup.names import Names
from ..printed.dates import date_mentions
from ..printed.quantities import number_mentions
from ..records import is_english
from ..texts.folding import fold

_DENIAL = re.compile(
    r"(?<!\w)(?:not|no|none|nobody|nothing|nowhere|never|neither|nor|cannot|without|hardly|barely|scarcely|rarely|seldom"
    r"|unless|except|den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing|al)|fail(?:s|ed|ing)?|reject(?:s|ed|ing)?"
    r"|lack(?:s|ed|ing)?|\w+n't|не|ни|нет|без|никто|ничего|никогда|нельзя)(?!\w)",
    re.IGNORECASE,
)
_TURNS = ("un", "in", "im", "il", "ir", "dis", "non", "non-")  # before a word, for its contrary
_DIGITS = re.compile(r"\w*\d[\w.,:/%-]*")
_AMOUNT = re.compile(  # what makes another amount of the same digits, or says one without any
    r"(?<!\w)(?:hundreds?|dozens?|thousands?|[mbtr]+illions?|hal(?:f|ves)|thirds?|quarters?|once|twice|doubled?|tripled?"
    r"|first|second|fourth|fifth|all|every|each|both|some|few|many|most|more|less|fewer|least|only|almost|nearly"
    r"|over|under|above|below|per ?cent|euros?|dollars?|pounds?|r(?:o?u)bles?|tons?|tonnes?|miles?|feet|hours?|days?"
    r"|weeks?|months?|years?)(?!\w)|(?<=\d\s)(?:[kcm]?m|[km]?g|t|ft|nm|kn|bn|mln|tn)(?!\w)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<!\w)(?:yesterday|today|tonight|tomorrow|last|next|ago|before|after|since|until)(?!\w)", re.IGNORECASE
)
_WORD = re.compile(r"(?<![\w'-])[^\W\d_](?:[\w'-]|[\u0300-\u036f])*")
_BEGINS = re.compile(r"(?:\A|[.!?\u2026:]['\")]*\s+)['\"(]*\Z")
_BEGINNERS = re.compile(  # words that begin a sentence, and are nobody's name
    r"(?:the|an?|this|that|these|those|its?|he|his|she|hers?|they|their|we|our|you|your|i|my|t?here|in|on|at|by|for"
    r"|from|to|of|with|as|and|but|or|so|if|when|while|after|before|since|although|though|because|until|during|under|over"
    r"|not?|none|nobody|nothing|never|all|many|most|some|few|each|every|both|one|what|who|how|why|where|which)"
)


def weighty(before: str, after: str, names: Names, language: str | None = None) -> tuple[str, ...]:
    """What of weight stands in one of two wordings and not in the other, a phrase for each kind; empty for nothing.

    `language` is that of the words, as a BCP 47 tag where it is known.
    """
    one, other = fold(before).text, fold(after).text
    kinds: Mapping[str, Callable[[str, str], Iterable[str]]] = {
        "a number": lambda text, _: _numbers(text),
        "a date": lambda text, _: _dates(text),
        "a name": lambda text, than: _names(text, than, names),
        "a denial": _denials,
        "a word of another language": lambda text, _: _unweighed(text, is_known=is_english(language)),
    }
    found = []
    for kind, of in kinds.items():
        had, has = Counter(of(one, other)), Counter(of(other, one))
        gone, new = sorted((had - has).elements()), sorted((has - had).elements())
        if gone or new:
            changes = [f"without '{', '.join(gone)}'"] * bool(gone) + [f"with '{', '.join(new)}'"] * bool(new)
            found.append(f"{kind}: now {' and '.join(changes)}")
    return tuple(found)


def _numbers(text: str) -> Iterable[str]:
    """Every number as it is printed, in digits, wherever they stand, and in words; and what makes it more or less."""
    yield from (m[0].rstrip(".,:") for m in _DIGITS.finditer(text))
    spelt = [m for m in number_mentions(text, dates=True) if not any(c.isdigit() for c in text[m.start : m.end])]
    yield from (text[m.start : m.end].casefold() for m in spelt)
    for amount in _AMOUNT.finditer(text):
        if not any(m.start <= amount.start() < m.end for m in spelt):
            yield amount[0].casefold()


def _dates(text: str) -> Iterable[str]:
    yield from (text[m.start : m.end].casefold() for m in date_mentions(text))
    yield from (m[0].casefold() for m in _TIME.finditer(text))


def _names(text: str, than: str, names: Names) -> Iterable[str]:
    """Known names, and words with a capital letter that do not merely begin a sentence.

    The first word of one may be a name where `than`, the other wording, does not have it in any case.
    """
    known = tuple(names.mentions(text))
    yield from (text[m.start : m.end] for m in known)
    others = {word.casefold() for word in _WORD.findall(than)}
    for word in _WORD.finditer(text):
        lower = word[0].casefold()
        if not word[0][0].isupper() or any(m.start <= word.start() < m.end for m in known):
            continue
        is_plain = lower in others or _BEGINNERS.fullmatch(lower)
        if not (is_plain and _BEGINS.search(text[: word.start()])):
            yield word[0]


def _denials(text: str, than: str) -> Iterable[str]:
    """Words that deny, and those of which the other wording has the contrary: `lawful`, `unlawful`."""
    yield from (m[0].casefold() for m in _DENIAL.finditer(text))
    words, others = ({w.casefold() for w in _WORD.findall(t)} for t in (text, than))
    for word in sorted(words - others):
        if any(turn + word in others or word.removeprefix(turn) in others - {word} for turn in _TURNS):
            yield word


def _unweighed(text: str, *, is_known: bool) -> Iterable[str]:
    """The words of which nothing is known here, in lower case: with a capital they are names."""
    for word in _WORD.findall(text):
        if not word[0].isupper() and not (is_known and word.isascii()):
            yield word
