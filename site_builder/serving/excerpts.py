"""The line of a file that a problem is about, for people who look at the problem before they look at the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..problems import Place, printable

INPUTS = ("seeds", "annotations", "templates")
"""The folders of a briefing that a build reads."""

_BYTES = 4_000_000  # farther into a file nobody looks for its lines
_BEFORE, _AFTER = 60, 90  # code points shown to the left and right of the column


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line, cut to what can be seen at once: what stands before the column, at it and after it."""

    before: str
    at: str
    after: str


def excerpt(folder: Path, place: Place) -> Excerpt | None:
    """The line at a place, as the file is now; None when the file or the line is not there to be read."""
    path = folder / place.path
    parts = Path(place.path).parts
    if not parts or parts[0] not in INPUTS or ".." in parts:
        return None
    if any((folder / Path(*parts[: n + 1])).is_symlink() for n in range(len(parts))):
        return None
    try:
        with path.open("rb") as file:
            text = file.read(_BYTES).decode("utf-8-sig", "replace")
    except OSError:
        return None
    lines = re.split(r"\r\n|\r|\n", text)
    return cut(lines[place.line - 1], place.column) if place.line <= len(lines) else None


def cut(line: str, column: int) -> Excerpt:
    """A line around a column, from 1 in code points; a column behind the line's end is its end."""
    at = min(column - 1, len(line))
    before, after = line[max(0, at - _BEFORE) : at], line[at + 1 : at + 1 + _AFTER]
    return Excerpt(
        ("…" if at > _BEFORE else "") + _shown(before),
        _shown(line[at : at + 1]),
        _shown(after) + ("…" if at + 1 + _AFTER < len(line) else ""),
    )


def _shown(text: str) -> str:
    """Text with a space for each tab; what cannot be seen, or would turn the line around, is shown escaped."""
    return printable(text.replace("\t", " "))
