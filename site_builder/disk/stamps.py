"""Stamps written down: by them a build with nothing to do is known, and soon done."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from ..glance import Stamps
from .manifest import Noted


def write_stamps(path: Path, stamps: Stamps) -> None:
    """Write stamps down, or, where that fails, none: they only save time."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
        try:
            path.write_bytes(stamps.to_bytes())
        except OSError:
            path.unlink(missing_ok=True)


def to_warnings(raw: bytes) -> tuple[Noted, ...]:
    """The warnings that stamps hold; ValueError or TypeError when they are none of ours."""
    return tuple((*warning,) for warning in json.loads(raw)) if raw else ()


def from_warnings(warnings: tuple[Noted, ...]) -> bytes:
    """The warnings, for stamps to hold."""
    return json.dumps(warnings, ensure_ascii=False).encode() if warnings else b""
