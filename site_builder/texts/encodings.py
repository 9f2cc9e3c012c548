"""What encoding bytes seem to be in that are not UTF-8; nothing is ever converted by such a guess."""

# ruff: noqa: RUF001  letters of many scripts are meant

from __future__ import annotations

import re
from collections.abc import Callable

from ..frozen import dataclass


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding: as Python, as iconv and as people call it."""

    codec: str
    iconv: str
    spoken: str


_RUSSIAN = frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшю")
_WESTERN = frozenset("éèàùâêîôûçäöüßñáíóúãõœæøåÉÀÖÜÄÑÅØ«»’‘“”–—…°§€£©")
_CENTRAL = frozenset("ąęłśżźćńóřěščžýáíéúůďťňľôäöüőűŁŚŻŘŠČŽ«»’‘“”„–—…")
_GREEK = frozenset("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώ")
_CHINESE = frozenset("的一是不了在人有我他这中大来上国个到说们为子和你地出会时年這國來個說們為會時過後對開發")
_CANDIDATES: tuple[tuple[Guess, Callable[[str], bool]], ...] = (
    (Guess("cp1251", "WINDOWS-1251", "Windows-1251 (Cyrillic)"), _RUSSIAN.__contains__),
    (Guess("koi8-r", "KOI8-R", "KOI8-R (Cyrillic)"), _RUSSIAN.__contains__),
    (Guess("cp866", "CP866", "CP866 (Cyrillic, DOS)"), _RUSSIAN.__contains__),
    (Guess("iso8859-5", "ISO-8859-5", "ISO 8859-5 (Cyrillic)"), _RUSSIAN.__contains__),
    (Guess("cp1252", "WINDOWS-1252", "Windows-1252 (Western Europe)"), _WESTERN.__contains__),
    (Guess("cp1250", "WINDOWS-1250", "Windows-1250 (Central Europe)"), _CENTRAL.__contains__),
    (Guess("iso8859-2", "ISO-8859-2", "ISO 8859-2 (Central Europe)"), _CENTRAL.__contains__),
    (Guess("cp1253", "WINDOWS-1253", "Windows-1253 (Greek)"), _GREEK.__contains__),
    (Guess("shift_jis", "SHIFT_JIS", "Shift JIS (Japanese)"), lambda c: "\u3041" <= c <= "\u30ff"),
    (Guess("euc_kr", "EUC-KR", "EUC-KR (Korean)"), lambda c: "\uac00" <= c <= "\ud7a3"),
    (Guess("gb18030", "GB18030", "GB 18030 (Chinese)"), lambda c: c in _CHINESE),
    (Guess("big5", "BIG5", "Big5 (Chinese)"), lambda c: c in _CHINESE),
)
_CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5")
# The accents of a Latin script are usual letters of the Cyrillic encodings; but they stand in words of ASCII letters.
_BEYOND = re.compile(rb"[\x80-\xff]")
_AMID_LATIN = re.compile(rb"[A-Za-z](?=[\x80-\xff])|(?<=[\x80-\xff])[A-Za-z]")
_SAMPLE = 20_000
_BY_MARK = ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def likely(raw: bytes) -> Guess | None:
    """The encoding in which most of the letters beyond ASCII are such as its languages use; None when none fits."""
    for mark, codec in _BY_MARK:
        if raw.startswith(mark):
            return Guess(codec, codec.upper(), codec.upper())
    sample = raw[:_SAMPLE]
    if b"\0" in sample:
        return _by_zeros(sample)
    best, most = None, 0.15
    is_latin = len(_AMID_LATIN.findall(sample)) > len(_BEYOND.findall(sample)) / 2
    for guess, is_usual in _CANDIDATES:
        if is_latin and guess.codec in _CYRILLIC:
            continue
        beyond = [c for c in sample.decode(guess.codec, "replace") if ord(c) > 127]
        wrong = beyond.count("\N{REPLACEMENT CHARACTER}") - 1  # the sample may cut a character
        share = sum(map(is_usual, beyond)) / len(beyond) if beyond and wrong < len(beyond) / 50 else 0
        if share > most:
            best, most = guess, share
    return best


def _by_zeros(sample: bytes) -> Guess | None:
    """UTF-16 without a mark: in a text of a Latin script every second byte is zero."""
    zeros = [sample[at::2].count(0) / max(1, len(sample) // 2) for at in (0, 1)]
    if max(zeros) < 0.5 or min(zeros) > 0.05:
        return None
    little = zeros[1] > zeros[0]
    codec = "utf-16-le" if little else "utf-16-be"
    return Guess(codec, "UTF-16LE" if little else "UTF-16BE", "UTF-16 without a byte order mark")
