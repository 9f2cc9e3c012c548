"""An entry more in `annotations/changes.yaml`, every other byte of which stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from ..changing import Changed
from ..frozen import fields
from ..problems import BuildFailed, Problem, Refused
from ..reading.nodes import compose
from ..reading.schema import Reader
from ..records import ChangeRecord, RevisionRecord
from ..schema.schemas import first_line
from ..texts.text import Undecodable, decode

_HEAD = (
    first_line("annotations/changes.yaml", "changes")
    + """\
# What changed from one edition of this briefing to the next: 'briefing diff --record' appends here, and the page of
# changes and the feed are made from this file alone. Summaries are yours to edit; ids are permanent addresses.
"""
)
_KEYS = tuple(f.name for f in fields(ChangeRecord) if f.name != "at")


def with_entry(raw: bytes, path: str, day: str, changes: Sequence[Changed], summary: str) -> bytes:
    """The bytes of the file at `path`, which are `raw`, with the changes of a day appended.

    Raises BuildFailed when the file as it is cannot be read, Refused when it is no list to append to.
    """
    before, column = _entries(raw, path)
    entry: dict[str, Any] = {"id": _unused(day, {e.id for e in before}), "date": day}
    if summary.strip():
        entry["summary"] = " ".join(summary.split())
    entry["changes"] = [{key: v for key in _KEYS if (v := getattr(change, key)) is not None} for change in changes]
    end = b"\r\n" if b"\r\n" in raw else b"\n"
    lines = yaml.dump(
        [entry], Dumper=_Indented, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False
    ).splitlines()
    added = "".join(f"{' ' * column}{line}\n" for line in lines).encode().replace(b"\n", end)
    head = raw if raw.strip() else _HEAD.encode()
    found = head + (b"" if head.endswith(b"\n") else end) + added
    try:
        after, _ = _entries(found, path)
    except BuildFailed:
        after = ()
    if after[:-1] != before or len(after) != len(before) + 1:
        raise Refused(
            f"nothing can be appended to {path} without changing what it says",
            "let it be a list with an entry on lines of its own ('- id: …'), and end it with a line end",
        )
    return found


def unrecorded(raw: bytes, path: str, changes: Sequence[Changed]) -> tuple[Changed, ...]:
    """The changes that the last entry of the file at `path` does not hold: what is recorded once more is no news.

    Raises as `with_entry` does.
    """
    before, _ = _entries(raw, path)
    known = {_said(change) for change in before[-1].changes} if before else set()
    return tuple(change for change in changes if _said(change) not in known)


def _said(change: Changed) -> tuple[Any, ...]:
    """All of a change but the title, which another change may have made another."""
    return tuple(getattr(change, key) for key in _KEYS if key != "title")


def _entries(raw: bytes, path: str) -> tuple[tuple[RevisionRecord, ...], int]:
    """What a file holds, and the column at which its entries begin."""
    text = decode(raw)
    if isinstance(text, Undecodable):
        raise Refused(f"{path} is not UTF-8", "convert the file to UTF-8")
    node = compose(text, path)
    if isinstance(node, Problem):
        raise BuildFailed([node])
    reader = Reader(path, tuple(text.split("\n")))
    found = reader.list_of(node, RevisionRecord)
    if reader.problems:
        raise BuildFailed(reader.problems)
    return found, node.start_mark.column if node else 0


def _unused(day: str, taken: set[str]) -> str:
    """An id for an entry of this day: the day, and a number from the second on."""
    number = 2
    found = day
    while found in taken:
        found, number = f"{day}-{number}", number + 1
    return found


class _Indented(yaml.SafeDumper):
    """Lists within keys are indented, as everywhere in the annotations."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 PyYAML's signature
        """Indent a list as much as a mapping."""
        super().increase_indent(flow, False)
