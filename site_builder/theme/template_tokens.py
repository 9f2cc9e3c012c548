"""Templates in tokens, as Jinja takes them with the settings of themes: the line end behind a statement goes, and so
does the white space before one that begins its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..patterns import later
from .template_nodes import Unusual

Token = tuple[str, str]
"""What it is (`data`, `begin`, `end`, or of an expression `name`, `number`, `text`, `sign`), and how it is written."""

_BEGINS = later(r"\{([{%#])([-+]?)")
_ENDS = {"{": later(r"-\}\}\s*|\}\}"), "%": later(r"-%\}\s*|\+%\}|%\}\n?"), "#": later(r"-#\}\s*|\+#\}|#\}\n?")}
_SPACE = later(r"\s*")
_TOKEN = later(
    r"""([a-zA-Z_][a-zA-Z0-9_]*)(?!\w)|((?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?![\w.]))|("[^"\\\n]*"|'[^'\\\n]*')"""
    r"""|([=!<>]=|[=<>.,|()\[\]+-])"""
)
_KINDS = ("", "name", "number", "text", "sign")


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a template."""
    if "\r" in text:
        raise Unusual("line ends of another system")
    at = 0
    while begin := _BEGINS.search(text, at):
        kind, sign = begin.groups()
        if data := _before(text, at, begin.start(), kind, sign):
            yield "data", data
        if kind == "#":
            end = _ENDS[kind].search(text, begin.end())
            if end is None:
                raise Unusual("a remark without an end")
            at = end.end()
            continue
        yield "begin", kind
        at = _behind_space(text, begin.end())
        while not (end := _ENDS[kind].match(text, at)):
            token = _TOKEN.match(text, at)
            if token is None or token.lastindex is None:
                raise Unusual(text[at : at + 20])
            yield _KINDS[token.lastindex], token[0]
            at = _behind_space(text, token.end())
        yield "end", kind
        at = end.end()
    if at < len(text):
        yield "data", text[at:]


def _before(text: str, start: int, end: int, kind: str, sign: str) -> str:
    """The text before a tag, from the end of the tag before, without the white space that the tag takes."""
    data = text[start:end]
    if sign == "-":
        return data.rstrip()
    line = data.rfind("\n") + 1
    is_first = line or not start or text[start - 1] == "\n"
    return data[:line] if kind != "{" and sign != "+" and is_first and data[line:].isspace() else data


def _behind_space(text: str, at: int) -> int:
    space: re.Match[str] | None = _SPACE.match(text, at)
    return space.end() if space else at
