"""JSON in rows: lists of entries hold one entry a line, so that a difference between two builds can be read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

compact = json.JSONEncoder(ensure_ascii=False).encode
"""A value as JSON on one line, which is what the fast encoder does."""


def json_rows(content: Mapping[str, Any]) -> bytes:
    """The bytes of a JSON object."""
    return f"{_rows(content)}\n".encode()


def joined(head: Mapping[str, Any], name: str, entries: Iterable[str]) -> bytes:
    """The bytes of the same object with a list at its end, whose entries are JSON already."""
    rows = ",\n".join(entries)
    last = f'"{name}": ' + (f"[\n{rows}\n]" if rows else "[]")
    return (
        "{\n" + ",\n".join((*(f"{compact(key)}: {_rows(value)}" for key, value in head.items()), last)) + "\n}\n"
    ).encode()


def _rows(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(map(compact, value)) + "\n]"
    if isinstance(value, Mapping) and any(isinstance(inner, (list, dict)) for inner in value.values()):
        return "{\n" + ",\n".join(f"{compact(key)}: {_rows(inner)}" for key, inner in value.items()) + "\n}"
    return compact(value)
