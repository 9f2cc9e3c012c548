"""JSON in rows: lists of entries hold one entry a line, so that a difference between two builds can be read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def json_rows(content: Mapping[str, Any]) -> bytes:
    """The bytes of a JSON object. Each entry is encoded without indentation, which is what the fast encoder does."""
    return f"{_rows(content)}\n".encode()


def _rows(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(map(_compact, value)) + "\n]"
    if isinstance(value, Mapping) and any(isinstance(inner, (list, dict)) for inner in value.values()):
        return "{\n" + ",\n".join(f"{_compact(key)}: {_rows(inner)}" for key, inner in value.items()) + "\n}"
    return _compact(value)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
