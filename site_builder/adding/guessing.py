"""What may be guessed of a text from its words alone: its language, its title, its page furniture, an id.

Each guess is marked as one where it is written, for a person to look at.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import count

from ..reading.scalars import ID, slug
from ..texts.romanizing import romanized
from ..texts.text import Span, on_one_line

_SAMPLE = 20_000
_ENOUGH = 0.1  # the share of small words that tells a language; a list of names has fewer
_AHEAD = 1.3  # how much more often than those of the next language

# The commonest small words, without those that several of these languages share.
_SMALL_WORDS = {
    "en": "the of and to that for is was with it as on by his are be this from at or had not but they which she were",
    "de": "der die und das ist nicht ein eine von mit den dem des sich auf für im zu auch als werden wurde nach bei",
    "fr": "le les et des est une dans que qui pas pour sur au avec ce il elle du sont par plus aux cette été leur",
    "es": "el los las que una del por con para se su como más pero sus ha fue este esta al lo está entre desde",
    "it": "il che di della è gli per non con una del sono alla nel dei anche delle più come dal hanno ma nella",
    "pt": "o os as que do da em um uma não para com por dos das no na mais foi ao são pelo pela também seu",
    "nl": "de het een van en dat op te zijn met voor niet aan er om ook als bij werd door naar maar uit nog",
    "pl": "w i na z się nie że do jest to o jak po przez od za dla są został oraz być który przy jego",
}
_STOP = {tag: frozenset(words.split()) for tag, words in _SMALL_WORDS.items()}
# Scripts that one language writes nearly alone; Cyrillic, Arabic and Han are told apart by letters.
_SCRIPTS = (
    ("el", "\u0370-\u03ff"), ("he", "\u0590-\u05ff"), ("ko", "\uac00-\ud7a3"), ("ja", "\u3041-\u30ff"),
    ("th", "\u0e00-\u0e7f"), ("ka", "\u10a0-\u10ff"), ("hy", "\u0530-\u058f"), ("hi", "\u0900-\u097f"),
    ("ru", "\u0400-\u04ff"), ("ar", "\u0600-\u06ff"), ("zh", "\u4e00-\u9fff"),
)  # fmt: skip
_OWN_LETTERS = {"ru": (("uk", "іїєґ"), ("be", "ў"), ("sr", "ђћљњј")), "ar": (("ur", "ٹڈڑے"), ("fa", "پچژگ"))}


def language(text: str) -> str | None:
    """The tag of the language that a text is likely written in; None when nothing tells it."""
    sample = text[:_SAMPLE].lower()
    letters = sum(map(str.isalpha, sample))
    for tag, letters_of in _SCRIPTS:
        own = len(re.findall(f"[{letters_of}]", sample))
        if letters and own > letters * (0.1 if tag == "ja" else 0.5):
            return _by_letters(tag, sample, own)
    words = re.findall(r"[^\W\d_]+", sample)
    shares = sorted(((sum(w in stop for w in words) / max(1, len(words)), tag) for tag, stop in _STOP.items()))
    (second, _), (first, tag) = shares[-2:]
    return tag if first >= _ENOUGH and first > second * _AHEAD else None


def _by_letters(tag: str, sample: str, total: int) -> str:
    for other, letters in _OWN_LETTERS.get(tag, ()):
        if sum(map(sample.count, letters)) > total / 100:
            return other
    if tag == "ru" and not re.search("[ыэ]", sample) and sample.count("ъ") > total / 200:
        return "bg"
    return tag


_TITLE = 150


def title(text: str, name: str) -> str:
    """The first line of a text that is no furniture, cut after a word when it is long; without one, `name`."""
    for line in text[:_SAMPLE].split("\n"):
        words = unmarked(on_one_line(line))
        if any(map(str.isalnum, words)) and not _FURNITURE.fullmatch(words):
            return words if len(words) <= _TITLE else f"{words[:_TITLE].rpartition(' ')[0] or words[:_TITLE]} …"
    return name


def unmarked(line: str) -> str:
    """A line without the marks of a heading in Markdown."""
    return _HEADING.sub("", line)


_HEADING = re.compile(r"^#{1,6} +| +#+$")

# Lines that no article is made of, whole; in the languages of the web that we read.
_FURNITURE = re.compile(
    r"""(?: (?:read|show|load|learn)\ more | share(?:\ (?:this|on|via)\b.{0,40})? | subscribe\b.{0,60}
    | sign\ (?:up|in)\b.{0,60} | log\ ?in | advertisement
    | (?:we|this\ site)\ use[s]?\ cookies.{0,60} | (?:accept|manage)\b.{0,20}\bcookies
    | cookie\ (?:policy|settings) | privacy\ policy | terms\ (?:of|and)\b.{0,30} | (?:.{0,40}\W)?all\ rights\ reserved
    | (?:©|\(c\)|copyright\b).{0,70} | related\ (?:articles?|stories|topics|content)\b.{0,20} | comments?(?:\ \(\d+\))?
    | print\ this\ page | follow\ us\b.{0,40} | skip\ to\ (?:main\ )?content | back\ to\ top | menu | newsletter
    | tweet | facebook | twitter | whatsapp | telegram | linkedin | e-?mail
    | читать\ (?:далее|также)\b.{0,60} | поделиться\b.{0,30} | подпис(?:аться|ывайтесь)\b.{0,60} | реклама
    | weiterlesen | anzeige | teilen | lire\ (?:la\ suite|aussi)\b.{0,60} | publicité | partager
    | leer\ más | publicidad | compartir | czytaj\ (?:więcej|także)\b.{0,60} | reklama ) [.:…!]*""",
    re.VERBOSE | re.IGNORECASE,
)


def furniture(text: str, lines: Iterable[Span]) -> tuple[Span, ...]:
    """Those of the lines of a text that are page furniture beyond doubt."""
    short = (line for line in lines if line.end - line.start <= 100)
    return tuple(line for line in short if _FURNITURE.fullmatch(on_one_line(text[line.start : line.end])))


_ID_LENGTH, _ID_WORDS = 48, 6


def source_id(name: str, heading: str, sha256: str, taken: Collection[str]) -> str:
    """An id for a source: from the file's name; from its title where the name says nothing; always one not taken."""
    stem = name.rpartition(".")[0] or name
    telling = re.search(r"[^\W\d_]{3}", re.sub(r"[0-9a-f]{8,}", "", stem))  # more than digits and a hash
    named = _short(stem) if telling else ""
    chosen = named or _short(heading) or _short(stem) or f"text-{sha256[:8]}"
    return chosen if chosen not in taken else next(i for n in count(2) if (i := f"{chosen}-{n}") not in taken)


def _short(words: str) -> str:
    parts = slug(romanized(re.sub(r"['\u2019\u02bc]", "", words))).split("-")[:_ID_WORDS]
    while len(parts) > 1 and len("-".join(parts)) > _ID_LENGTH:
        parts.pop()
    short = "-".join(parts)[:_ID_LENGTH]
    return short if ID.fullmatch(short) else ""
