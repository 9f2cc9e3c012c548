"""The YAML that people write, as dictionaries, lists and text: many times faster than a library makes nodes of it.

Blocks, and values of the usual kinds, are read. Whatever is less plain is given up, and nothing is ever refused:
`nodes`, which knows all of YAML, then reads the file and says what is wrong and where. So what is read here has to be
what is read there; `tests/test_reading_subset.py` holds the two together.

A plain `null`, or nothing, is None. Whether a value stands in quotes is kept only where somebody asks: `Quoted` is what
would be a number, true or false if it stood there plain.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

from ..patterns import compiled
from ..texts.text import is_ordinary
from .scalars import NULLS

MAX_DEPTH = 20
_MANY = 1000  # keys at a column


class GaveUp(Exception):
    """This is not plain enough to be read fast."""


class Quoted(str):
    """Text in quotes, or a block, that might be a number, true or false without them."""

    __slots__ = ()


# A line with a key: what stands before the colon, and the value by its kind. Plain, though it may go on below, and not
# null; in quotes, where it could be nothing but text; a block with its style, its indentation, its lines, and a line of
# a few spaces with which it goes on; words in brackets; or the rest. Or any other line. (YAML takes no key of over
# 1,024 characters; no record has one.)
_lines = compiled(
    r"([ A-Za-z0-9_-]*):(?:\n| +(?:"
    r"([^ \n\-?:,\[\]{}#&*!|>'\"%@`nN~][^\n:#]*+)(?<! )\n"
    r'|"([^"\\\n]*[^"\\\n0-9e])"\n'
    r"|([|>]-?)\n( +)([^ \n].*(?:\n+\5.*)*)\n+( +\n)?"
    r"|\[([a-z0-9][a-z0-9#-]*(?:, [a-z0-9][a-z0-9#-]*)*)\]\n"
    r"|(.*)\n))"
    r"|(.*)\n"
).finditer
_begins = compiled(r"( *)(- +)?([A-Za-z0-9_-]+)").fullmatch
_other = compiled(r"( *)(- +)?(.*)").fullmatch
_opening = compiled(r"(?: *(?:#.*)?\n)*(?:---\n)?").match
_HARDER = frozenset(("", *"-?:,[]{}#&*!|>'\"%@`"))  # how values begin that are not plain, or may not be
_HARDER_BELOW = _HARDER - {"["}  # of a line with which one goes on: many a citation begins one
_NO_VALUE = frozenset(("", "#"))
_NONE: dict[str, str] = {}


def values(text: str, raw: bytes | None = None) -> Any:  # noqa: C901, PLR0912, PLR0915 one loop: a call for every line would cost half as much again
    """The dictionary or the list that a file holds; words in brackets are a tuple. `raw` are its bytes, if at hand."""
    if odd_character(text, raw) is not None or "\t" in text:
        raise GaveUp
    is_whole = text.endswith("\n")
    if not is_whole:
        text += "\n"  # which a block at the end must not take for its own
    end = len(text)
    document: dict[str, Any] = {}
    here: Any = document  # what is being filled, the column of its keys or dashes, and keys as they begin its lines
    column, keys = -1, _NONE
    around: list[tuple[Any, int]] = []  # what is open around it
    awaited: str | None = ""  # a key whose value stands on the lines below,
    is_explained = False  # with a comment behind it
    last: re.Match[str] | None = None  # the line before, if it has a plain value that may go on below
    at = _end(_opening(text))
    value: Any
    while at < end:
        goes_on = True
        for line in _lines(text, at):
            head, plain, quoted, style, inner, block, short, words, rest, other = line.groups()
            key = keys.get(head)
            if key is None or key in here:
                dash: str | None
                if head is not None:
                    found, dash, key = _beginning(head)
                else:
                    indent, dash, rest = _other(other).groups()  # type: ignore[union-attr]  # it takes any
                    if dash is None and rest[:1] in _NO_VALUE:
                        continue
                    found = len(indent)
                if awaited is not None:
                    below: Any = None
                    if found > column or (dash and found == column):
                        if len(around) == MAX_DEPTH or column < 0 < found:
                            raise GaveUp
                        below = [] if dash else {}
                        around.append((here, column))
                        column = found
                    elif is_explained:  # a comment where a value was meant, perhaps
                        raise GaveUp
                    here[awaited] = below
                    here = here if below is None else below
                    awaited = None
                elif found > column:
                    if last is None:
                        raise GaveUp
                    spot = -1 if type(here) is list else _beginning(last[1])[2]
                    here[spot], at = _continued(here[spot], text, last.end(), column)
                    last = None
                    break
                while found < column or (found == column and dash is None and type(here) is list):
                    here, column = around.pop()
                if found != column or (dash is None) is (type(here) is list):
                    raise GaveUp
                if dash is None:
                    if key is None or key in here:
                        raise GaveUp
                    keys = _keys(column)
                    if len(keys) < _MANY:
                        keys[head] = key
                elif key is not None:
                    below = {}
                    here.append(below)
                    around.append((here, column))
                    here, column = below, column + len(dash)
                    keys = _keys(column)
                else:
                    keys = _NONE
            last = None
            if plain:
                value, last = plain, line
            elif block:
                if short or len(inner) <= column or not (is_whole or line.end() < end):
                    raise GaveUp
                value = _block(style, inner, block)
            elif quoted:
                value = quoted
            elif not words or (value := _listed(words)) is None:
                at = line.end()
                rest = f"[{words}]" if words else rest or ""
                first = rest[:1]
                if first not in _HARDER or (first == "-" and rest[1:2] not in ("", " ", "-")):
                    value, last = rest, line
                    if ": " in rest or " #" in rest or rest[-1] in " :":
                        value, last = _without_comment(rest), None
                    if len(value) < 5 and value in NULLS:
                        value = last = None
                elif key and first in _NO_VALUE:
                    awaited, is_explained = key, bool(rest)
                    keys = _NONE
                    continue
                elif first in _OTHERS:
                    value, at = _OTHERS[first](text, at, rest, column)
                    goes_on = at == line.end()
                else:
                    raise GaveUp
            if key is None:
                here.append(value)
            else:
                here[key] = value
            if not goes_on:
                break
        else:
            break
    if not document or (awaited and is_explained):
        raise GaveUp
    if awaited:
        here[awaited] = None
    return document[""]


@lru_cache(100)
def _keys(column: int) -> dict[str, str]:  # noqa: ARG001 it has its own for each
    """Keys of dictionaries at a column, by what stands before the colon: lines of those need no further look."""
    return {}


@lru_cache(1000)
def _beginning(head: str) -> tuple[int, str | None, str]:
    """How far in a line begins, its dash with the spaces behind it, and its key."""
    found = _begins(head)
    if found is None:
        raise GaveUp
    return len(found[1]), found[2], found[3]


@lru_cache(1000)
def _listed(words: str) -> tuple[str, ...] | None:
    """Words in brackets, none of them null: the same stand in many places, and are then one tuple."""
    found = tuple(words.split(", "))
    return None if "null" in found else found


_CONTROL = compiled("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ODD = "\u2028\u2029\ufeff\ufffe\uffff"  # as one pattern with the others it takes ten milliseconds to compile


def odd_character(text: str, raw: bytes | None = None) -> int | None:
    """The offset of the first character that YAML forbids, or takes for a line's end though no editor shows one.

    `raw` are its bytes, if they are at hand."""
    if is_ordinary(raw or text.encode("utf-8", "surrogatepass")) and not ("\u2028" in text or "\u2029" in text):
        return None
    control = _CONTROL.search(text)
    return min([text.find(c) for c in _ODD if c in text] + ([control.start()] if control else []), default=None)


def _end(found: re.Match[str] | None) -> int:
    if found is None:
        raise GaveUp
    return found.end()


def _without_comment(rest: str) -> str:
    value = rest.partition(" #")[0].rstrip(" ")
    if ": " in value or value[-1] == ":":
        raise GaveUp
    return value


_more = compiled(r"((?: *\n)*)( +)(?![ \n#])(.*)\n").match


def _continued(value: str, text: str, at: int, column: int) -> tuple[str, int]:
    """A plain value with what follows of it on lines below, and where those end."""
    start, pieces = at, [value]
    while line := _more(text, at):
        blank, indent, words = line.groups()
        if len(indent) <= column:
            break
        if ": " in words or " #" in words or words[-1] == ":" or words[0] in _HARDER_BELOW:
            raise GaveUp
        pieces += ("\n" * blank.count("\n") or " ", words.rstrip(" "))
        at = line.end()
    if at == start:
        raise GaveUp
    return "".join(pieces), at


def noted(value: str) -> str:
    """A value in quotes or a block, `Quoted` where that matters: a number has its only hyphen at its beginning."""
    is_number = value[-1:].isdigit() and value.rfind("-") < 1
    return Quoted(value) if is_number or value in ("true", "false") else value


_white_line = compiled(r"\n +(?:\n|\Z)").search


def _block(style: str, indent: str, value: str) -> str:
    """The value of a block of these lines."""
    if "\n" in value:
        if (" \n" in value or value[-1] == " ") and _white_line(value):
            raise GaveUp
        start = f"\n{indent}"
        if style[0] == "|":
            value = value.replace(start, "\n")
        elif f"{start} " in value:
            raise GaveUp
        else:
            value = value.replace(start, " ")
            if "\n" in value:
                value = value.replace("\n ", "\n")
    return noted(value) if style[-1] == "-" else f"{value}\n"


_behind = compiled(r" *(?: #.*)?\n").match
_simply = {'"': compiled(r'"([^"\\]*)"$').match, "'": compiled("'([^']*)'$").match}
_fully = {
    '"': compiled(r'"([^"\\]*(?:\\["\\/nt][^"\\]*)*)"').match,
    "'": compiled("'([^']*(?:''[^']*)*)'").match,
}
_escape = {'"': compiled(r'\\(["\\/nt])').sub, "'": compiled("'(')").sub}
_ESCAPED = {"n": "\n", "t": "\t"}


def _quoted(text: str, at: int, rest: str, column: int) -> tuple[str, int]:
    """The value in quotes that is the rest of the line which ends here, and goes on below; and where that ends."""
    mark = rest[0]
    if found := _simply[mark](rest):
        return noted(found[1]), at
    found = _fully[mark](text, at - len(rest) - 1)
    end = _end(_behind(text, _end(found)))
    value: str = found[1]  # type: ignore[index]  # or it had no end
    if "\n" in value:
        value = _folded(value, column)
    return noted(_plainly(mark, value)), end


def _plainly(mark: str, value: str) -> str:
    """What stands between quote marks, without its escapes."""
    return _escape[mark](lambda found: _ESCAPED.get(found[1], found[1]), value)


def _folded(value: str, column: int) -> str:
    """A value in quotes on several lines, each farther in than the column, as one."""
    first, *lines = value.split("\n")
    found, blank = first.rstrip(" "), 0
    for number, line in enumerate(lines, 1):
        words = line.lstrip(" ")
        if words or number == len(lines):
            if len(line) - len(words) <= column:
                raise GaveUp
            found += ("\n" * blank or " ") + (words if number == len(lines) else words.rstrip(" "))
            blank = 0
        else:
            blank += 1
    return found


# Within brackets: a plain value; and whole, where nothing in it needs a second look: words, and keys with values.
_INNER = r"[^\n,\[\]{}:#?]*"
_BEGINS = r"""[^ \n,\[\]{}:#&*!|>'"%@`?.-]"""
_PLAIN = rf"""(?:-(?=[0-9])|{_BEGINS}){_INNER}(?:(?:(?<=[^ ])#|:(?=[A-Za-z0-9/])){_INNER})*"""
_words = compiled(rf"\[({_PLAIN}(?:, *{_PLAIN})*)\]$").match
_pair = compiled(rf"""([A-Za-z0-9_-]+): +(?:"([^"\\]*)"|({_BEGINS}{_INNER}))""").fullmatch
_sign = compiled(
    rf"""[ \n]*(?:([\[\]{{}},])|"([^"\\\n]*(?:\\["\\/nt][^"\\\n]*)*)"|'([^'\n]*(?:''[^'\n]*)*)'|({_PLAIN}))"""
).match
_key = compiled(r"[ \n]*([A-Za-z0-9_-]+): +").match


def _flow(text: str, at: int, rest: str, column: int) -> tuple[Any, int]:  # noqa: ARG001 as values of other kinds
    """The value in brackets that is the rest of the line which ends here, and may go on below; and where that ends."""
    if rest[0] == "{":
        pairs = [*map(_key_and_value, rest[1:-1].split(", "))] if rest[-1] == "}" else [None]
        if None not in pairs and len(keys := dict(cast("list[tuple[str, str]]", pairs))) == len(pairs):
            return keys, at
    elif words := _words(rest):
        found = [word.strip(" ") for word in words[1].split(",")]
        if NULLS.isdisjoint(found):
            return found, at
    value, end = _bracketed(text, at - len(rest) - 1, 0)
    return value, _end(_behind(text, end))


@lru_cache(10_000)
def _key_and_value(pair: str) -> tuple[str, str] | None:
    """A key and its value within brackets: the same stand in many places."""
    found = _pair(pair)
    if not found:
        return None
    key, quoted, plain = found.groups()
    value = noted(quoted) if plain is None else plain.rstrip(" ")
    return None if value in NULLS else (key, value)


def _bracketed(text: str, at: int, depth: int) -> tuple[Any, int]:
    """A value within brackets, which begins here, and where it ends."""
    sign = _sign(text, at)
    if not sign or depth == MAX_DEPTH:
        raise GaveUp
    bracket, double, single, plain = sign.groups()
    at = sign.end()
    if bracket == "[":
        found: list[Any] = []
        while (sign := _sign(text, at)) and sign[1] != "]":
            value, at = _bracketed(text, at, depth + 1)
            found.append(value)
            at = _comma(text, at, "]")
        return found, _end(sign)
    if bracket == "{":
        keys: dict[str, Any] = {}
        while not ((sign := _sign(text, at)) and sign[1] == "}"):
            key = _key(text, at)
            if not key or key[1] in keys:
                raise GaveUp
            keys[key[1]], at = _bracketed(text, key.end(), depth + 1)
            at = _comma(text, at, "}")
        return keys, _end(sign)
    if bracket:
        raise GaveUp
    if plain:
        plain = plain.rstrip(" ")
        return (None if plain in NULLS else plain), at
    mark, value = ('"', double) if single is None else ("'", single)
    return noted(_plainly(mark, value)), at


def _comma(text: str, at: int, closing: str) -> int:
    """The place behind a comma, or before the closing bracket."""
    sign = _sign(text, at)
    if not sign or sign[1] not in (",", closing):
        raise GaveUp
    return sign.end() if sign[1] == "," else at


_OTHERS: dict[str, Callable[[str, int, str, int], tuple[Any, int]]] = {
    '"': _quoted, "'": _quoted, "[": _flow, "{": _flow,
}  # fmt: skip
