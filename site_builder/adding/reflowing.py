"""The lines of a PDF's page put together to paragraphs again: a PDF knows where words stand, and of no sentence.

Two lines become one where the first is filled and does not end a sentence. Nothing but line ends changes, and the
hyphen of a word that was cut, where the whole word stands elsewhere in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_FILLED = 0.75  # of the usual width of the page's lines
_ENDS = re.compile(r"[.!?:\u2026][\"'\u2019\u201d\u00bb)\]]*$")
_CUT = re.compile(r"([^\W\d_]+)-$")
_GOES_ON = re.compile(r"[a-z\u00df-\u00ff\u0430-\u045f]+")


def reflowed(pages: Iterable[str]) -> tuple[str, ...]:
    """The pages, each with its wrapped lines joined by a space."""
    every = tuple(pages)
    words = frozenset(re.findall(r"[^\W\d_]+", " ".join(every).lower()))
    return tuple(_page(page, words) for page in every)


def _page(page: str, words: frozenset[str]) -> str:
    lines = page.split("\n")
    widths = sorted(len(line) for line in lines if line.strip())
    usual = widths[len(widths) * 9 // 10] if widths else 0
    joined: list[str] = []
    width = 0  # of the last line as it was printed
    for line in lines:
        if joined and width >= _FILLED * usual and line.strip() and not _ENDS.search(joined[-1]):
            joined[-1] = _one(joined[-1], line.lstrip(), words)
        else:
            joined.append(line)
        width = len(line)
    return "\n".join(joined)


def _one(first: str, second: str, words: frozenset[str]) -> str:
    """Two lines as one; a word that was cut at their end is whole again where it is known to be one."""
    cut, rest = _CUT.search(first), _GOES_ON.match(second)
    if cut and rest:
        whole = f"{cut[1]}{rest[0]}".lower() in words
        return f"{first[:-1] if whole else first}{second}"
    return f"{first} {second}"
