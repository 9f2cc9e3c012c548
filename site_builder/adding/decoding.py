"""Bytes that are given as a text: whether they are one, in which encoding, and what to do when it is not UTF-8.

Only UTF-8 is taken as it is. A guess names the likeliest other encoding, for a person to look at; nothing is ever
converted by a guess.
"""

from __future__ import annotations

import re
import shlex

from ..reading.seeds import conflict_in
from ..texts.encodings import likely
from ..texts.text import Undecodable, decode, is_visible
from .untaken import NoText

LARGEST = 2_000_000
"""Bytes of the largest text that is taken, about a thousand pages: a build reads it in seconds, not in minutes."""

_PLAIN = "save it as plain text, HTML or PDF"
_PICTURE = ("this is a picture", "its words have to be typed or recognised (OCR) first")
_MAGIC: tuple[tuple[bytes, tuple[str, str]], ...] = (
    (b"PK\x03\x04", ("this is an office document, an e-book or a ZIP archive", _PLAIN)),
    (b"\xd0\xcf\x11\xe0", ("this is an old office document", _PLAIN)),
    (b"{\\rtf", ("this is a document in RTF", _PLAIN)),
    (b"\x89PNG", _PICTURE), (b"\xff\xd8\xff", _PICTURE), (b"GIF8", _PICTURE), (b"II*\x00", _PICTURE),
    (b"\x1f\x8b", ("this is a compressed file", "unpack it first")),
    (b"version https://git-lfs.github.com", ("this is a pointer of Git LFS, not the file itself", "run: git lfs pull")),
)  # fmt: skip


def checked(raw: bytes) -> None:
    """Raise NoText for what is no text at all: empty, a document of another program, a picture, binary."""
    if not raw.strip():
        raise NoText("this is empty", "put the words of the text into it")
    for magic, said in _MAGIC:
        if raw.startswith(magic):
            raise NoText(*said)
    if b"\0" in raw and likely(raw) is None:
        raise NoText("this is no text: it holds bytes that no text holds", _PLAIN)


def decoded(raw: bytes, name: str, encoding: str | None) -> str:
    """The text of these bytes; raises NoText when they are in another encoding than the one that is asked for."""
    checked(raw)
    text = decode(raw)
    is_utf_8 = not isinstance(text, Undecodable) and "\0" not in text
    if encoding:
        return _converted(raw, encoding, is_utf_8 and not raw.isascii())
    if isinstance(text, Undecodable) or not is_utf_8:
        raise _in_another(raw, name, text.line if isinstance(text, Undecodable) else 1)
    return _with_words(text)


def _converted(raw: bytes, encoding: str, is_utf_8: bool) -> str:
    if is_utf_8 and encoding.lower().replace("_", "-") not in ("utf-8", "utf8", "utf-8-sig"):
        raise NoText(f"this is in UTF-8, and would be spoilt by reading it as {encoding}", "add it without --encoding")
    try:
        text = raw.decode(encoding)
    except (UnicodeError, ValueError) as error:
        at = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        guess = likely(raw)
        hint = f"it looks like {guess.spoken}: --encoding {guess.codec}" if guess else "give another encoding"
        raise NoText(f"this is not in {encoding}{at}", hint) from None
    return _with_words(text.removeprefix("\ufeff"))


def _with_words(text: str) -> str:
    if not is_visible(text):
        raise NoText("this has no visible character", "put the words of the text into it")
    if (conflict := conflict_in(text)) is not None:
        line = text.count("\n", 0, conflict) + 1
        raise NoText(f"a merge conflict stands at line {line} unresolved", "keep one side and delete the marker lines")
    return text


def _in_another(raw: bytes, name: str, line: int) -> NoText:
    guess = likely(raw)
    if guess is None:
        return NoText(f"line {line} is not UTF-8, and no encoding that we know fits", "save it as UTF-8")
    to = f"utf-8-{name.rpartition('/')[2]}"
    command = f"iconv -f {guess.iconv} -t UTF-8 {shlex.quote(name)} > {shlex.quote(to)}"
    return NoText(
        f"line {line} is not UTF-8; this looks like {guess.spoken}",
        f"add --encoding {guess.codec}, or convert it and look at it: {command}",
    )


_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)


def page_text(raw: bytes, name: str, encoding: str | None) -> str:
    """The source of a page: in UTF-8, or in the encoding that is asked for or that the page declares."""
    checked(raw)
    if encoding is None and isinstance(decode(raw), Undecodable) and (declared := _CHARSET.search(raw[:5000])):
        try:
            return raw.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeError):
            pass
    return decoded(raw, name, encoding)
