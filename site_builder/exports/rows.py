"""JSON in rows: lists of entries hold one entry a line, so that a difference between two builds can be read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any

__all__ = ["ROWS_END", "compact", "escaped", "ids", "joined", "json_rows", "members", "or_null", "quoted"]

ROWS_END = b",\n"  # between two entries, and between two members

compact = json.JSONEncoder(ensure_ascii=False).encode
"""A value as JSON on one line, which is what the fast encoder does; `quoted` is the same of text, faster still."""


@lru_cache(1 << 12)
def ids(some: tuple[str, ...]) -> str:
    """Some ids as JSON; the same ones come again and again."""
    return compact(some)


_USUAL = bytes(b for b in range(256) if b >= 0x20 or b == 0x0A)  # no controls but line ends


def escaped(texts: Sequence[str]) -> list[bytes]:
    """Each of some texts as it stands in JSON between quotation marks; all at once, since they are many and short."""
    whole = b"\0".join(map(str.encode, texts))  # text as wide as its widest character takes far longer to encode
    if len(whole.translate(None, _USUAL)) != len(texts) - 1:  # other controls than those between them, or no text
        return [quoted(text)[1:-1].encode() for text in texts]
    return whole.replace(b"\\", rb"\\").replace(b'"', rb"\"").replace(b"\n", rb"\n").split(b"\0")


def or_null(text: str | None) -> str:
    """Text, or none, as JSON."""
    return "null" if text is None else quoted(text)


def members(of: Mapping[str, str]) -> str:
    """A JSON object on one line, its values JSON already."""
    return f"{{{', '.join([f'{quoted(key)}: {value}' for key, value in of.items()])}}}"


def json_rows(content: Mapping[str, Any]) -> bytes:
    """The bytes of a JSON object."""
    return f"{_rows(content)}\n".encode()


def joined(head: Mapping[str, Any], **lists: Iterable[bytes]) -> bytes:
    """The bytes of the same object with lists at its end, whose entries are JSON already.

    They are put together once, and as bytes: files are large, most is in ASCII, and text is as wide as its widest
    character.
    """
    lines = [f"{compact(key)}: {_rows(value)}".encode() for key, value in head.items()]
    for name, entries in lists.items():
        at = len(lines)
        lines += entries
        if at == len(lines):
            lines.append(b'"%s": []' % name.encode())
        else:
            lines[at] = b'"%s": [\n%s' % (name.encode(), lines[at])
            lines[-1] += b"\n]"
    lines[0] = b"{\n%s" % lines[0]
    lines[-1] += b"\n}\n"
    return ROWS_END.join(lines)


def _rows(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(map(compact, value)) + "\n]"
    if isinstance(value, Mapping) and any(isinstance(inner, (list, dict)) for inner in value.values()):
        return "{\n" + ",\n".join(f"{compact(key)}: {_rows(inner)}" for key, inner in value.items()) + "\n}"
    return compact(value)
