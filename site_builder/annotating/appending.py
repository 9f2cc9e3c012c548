"""A passage put into a source's file, and taken out again: one splice, every other byte stays as it was.

Where the passages end is read from the places of the YAML's nodes. Whatever was spliced, the result is read again and
held against what was there: the old values and the new passage, or nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

from ..frozen import dataclass
from ..problems import Problem
from ..reading.nodes import compose
from ..reading.scalars import NULLS, is_plain
from ..texts.text import BOM, Undecodable, decode

KEY = "passages"
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")


class CannotAppend(Exception):
    """The file is written in a way that a passage cannot be put into; `hint` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Splice:
    """A change of a file: at a byte, `removed` gives way to `head` (what leads to the passage) and the passage."""

    at: int
    removed: bytes
    head: bytes
    passage: bytes

    @property
    def inserted(self) -> bytes:
        """All that was put in."""
        return self.head + self.passage

    def applied(self, raw: bytes) -> bytes:
        """The file after the change."""
        return raw[: self.at] + self.inserted + raw[self.at + len(self.removed) :]

    def reverted(self, raw: bytes) -> bytes:
        """The file before the change; `raw` is what `applied` gave."""
        return raw[: self.at] + self.removed + raw[self.at + len(self.inserted) :]


def append(raw: bytes, path: str, lines: Sequence[str]) -> Splice:
    """The splice that puts a passage behind the last one of a source's file.

    `lines` are those of the passage without indentation. Raises CannotAppend. The file has to be valid YAML.
    """
    file = _File(raw, path)
    splice = _spliced(file, lines)
    try:
        after = _values(_root(splice.applied(raw), path))
    except CannotAppend:
        after = None
    before = _values(file.root)
    if not isinstance(after, dict) or not _differ_by_last(before, after):
        raise CannotAppend(
            f"a passage cannot be put into {path} without a change of something else in it",
            "copy the YAML and put it in by hand",
        )
    return splice


def taken_out(raw: bytes, path: str, splice: Splice) -> bytes | None:
    """The file without a passage that was put in, whatever else changed since; None when it is not there unaltered.

    Raises CannotAppend when the file is no YAML at the moment.
    """
    before = _values(_root(raw, path))
    for block, back in ((splice.inserted, splice.removed), (splice.passage, b"")):
        if raw.count(block) != 1:
            continue
        without = raw.replace(block, back)
        try:
            after = _values(_root(without, path))
        except CannotAppend:
            continue
        if isinstance(before, dict) and isinstance(after, dict) and _differ_by_one(after, before):
            return without
    return None


class _File:
    """A source's file: its lines as bytes and as text, and its nodes."""

    def __init__(self, raw: bytes, path: str) -> None:
        self.raw, self.path = raw, path
        self.root = _root(raw, path)
        start = len(BOM) if raw.startswith(BOM) else 0
        self.lines = [m.span() for m in _LINE.finditer(raw, start) if m[0]]
        self.texts = [raw[a:b].decode().rstrip("\r\n") for a, b in self.lines]

    def starts_at(self, line: int) -> int:
        """The byte at which a line begins; the end of the file for the one behind the last."""
        return self.lines[line][0] if line < len(self.lines) else len(self.raw)

    def line_end(self, line: int) -> bytes:
        """How a line ends; as the first one does, where it is the last and does not."""
        ends = (self.raw[a:b][len(self.raw[a:b].rstrip(b"\r\n")) :] for a, b in (self.lines[line], self.lines[0]))
        return next(filter(None, ends), b"\n")

    def is_blank(self, line: int) -> bool:
        """Whether a line holds nothing; there is none before the first."""
        return line >= 0 and not self.texts[line].strip()

    def is_flow(self, node: yaml.Node) -> bool:
        """Whether a list or mapping is written in brackets."""
        return bool(getattr(node, "flow_style", None))


def _root(raw: bytes, path: str) -> yaml.MappingNode:
    text = decode(raw)
    node = None if isinstance(text, Undecodable) else compose(text, path)
    if isinstance(node, Problem):
        raise CannotAppend(f"{node.message} ({node.place})", node.hint)
    if not isinstance(node, yaml.MappingNode):
        raise CannotAppend(f"{path} holds no record of a source", "it begins with a line 'text: …'")
    return node


def _spliced(file: _File, lines: Sequence[str]) -> Splice:
    key, value = next(((k, v) for k, v in file.root.value if k.value == KEY), (None, None))
    if file.is_flow(file.root):
        raise CannotAppend(f"{file.path} is written in braces", "put each key on a line of its own, or copy the YAML")
    if key is None or value is None:
        return _with_key(file, lines)
    if isinstance(value, yaml.SequenceNode) and value.value and not file.is_flow(value):
        return _behind_last(file, value, lines)
    inside = isinstance(value, yaml.ScalarNode) and is_plain(value) and value.value in NULLS
    if inside or (isinstance(value, yaml.SequenceNode) and not value.value):
        return _in_place_of(file, value, lines, _list_column(file))
    if not isinstance(value, yaml.SequenceNode):
        raise CannotAppend(f"the passages of {file.path} are no list", "begin each entry with '- '")
    raise CannotAppend(
        f"the passages of {file.path} are written in brackets, on line {value.start_mark.line + 1}",
        "begin each on a line of its own with '- ', or copy the YAML and put it in by hand",
    )


def _behind_last(file: _File, passages: yaml.SequenceNode, lines: Sequence[str]) -> Splice:
    dash, last = passages.start_mark.column, passages.value[-1]
    line = _last_line(file, last)
    while line + 1 < len(file.texts) and _is_of_entry(file.texts[line + 1], dash):
        line += 1
    inner = max(2, last.start_mark.column - dash) if last.start_mark.line == _dash_line(file, last, dash) else 2
    apart = len(passages.value) > 1 and file.is_blank(_first_line(file, last, dash) - 1)
    return _at_line(file, line + 1, _indented(lines, dash, inner), b"", apart=apart)


def _with_key(file: _File, lines: Sequence[str]) -> Splice:
    last = _last_line(file, file.root)
    column = file.root.start_mark.column
    line = next((i for i in range(last + 1, len(file.texts)) if file.texts[i].startswith("...")), len(file.texts))
    return _at_line(file, line, _indented(lines, _list_column(file), 2), f"{' ' * column}{KEY}:".encode())


def _in_place_of(file: _File, value: yaml.Node, lines: Sequence[str], dash: int) -> Splice:
    """Where the list is empty: `[]` and `~` go, a comment behind them stays."""
    line, column = value.start_mark.line, value.start_mark.column
    item = _indented(lines, dash, 2)
    if not getattr(value, "value", None) and value.end_mark.index == value.start_mark.index:
        return _at_line(file, line + 1, item, b"")
    if value.end_mark.line != line:
        raise CannotAppend(
            f"the empty list of passages in {file.path} goes over several lines", "write passages: [] on one line"
        )
    text = file.texts[line]
    rest = text[value.end_mark.column :]
    begin = len(text[:column].rstrip()) if not rest.strip() else column
    at = file.starts_at(line) + len(text[:begin].encode())
    end = file.line_end(line)
    return Splice(at, text[begin:].encode(), rest.strip().encode() + end, end.join(item))


def _at_line(file: _File, line: int, item: Sequence[bytes], key: bytes, *, apart: bool = False) -> Splice:
    """A splice before a line; behind the last one where that has no end, the file goes on without one."""
    end = file.line_end(line - 1)
    head = (key + end if key else b"") + (end if apart else b"")
    if line == len(file.lines) and not file.raw.endswith((b"\r", b"\n")):
        return Splice(len(file.raw), b"", end + head, end.join(item))
    return Splice(file.starts_at(line), b"", head, end.join(item) + end)


def entry(lines: Sequence[str], dash: int, inner: int) -> list[str]:
    """The lines of an entry of a list whose dashes stand at column `dash`, and its keys `inner` columns farther in."""
    first = f"{' ' * dash}-{' ' * (inner - 1)}{lines[0]}"
    rest = (f"{' ' * (dash + inner)}{line}" if line else "" for line in lines[1:])
    return [first, *rest]


def _indented(lines: Sequence[str], dash: int, inner: int) -> list[bytes]:
    return [line.encode() for line in entry(lines, dash, inner)]


def _list_column(file: _File) -> int:
    """Where the dashes of the file's other lists stand; two columns in, without any."""
    own = file.root.start_mark.column
    lists = (v for _, v in file.root.value if isinstance(v, yaml.SequenceNode) and v.value and not file.is_flow(v))
    return next((v.start_mark.column for v in lists), own + 2)


def _last_line(file: _File, node: yaml.Node) -> int:
    """The line, from 0, on which the last word of a node stands; comments and blank lines behind it are not its own."""
    if isinstance(node, yaml.CollectionNode) and not file.is_flow(node) and node.value:
        last = node.value[-1]
        return _last_line(file, last[1] if isinstance(last, tuple) else last)
    line = node.end_mark.line - (node.end_mark.column == 0)
    is_block = getattr(node, "style", None) in ("|", ">")
    if is_block and "+" not in file.texts[node.start_mark.line][node.start_mark.column :].split("#")[0]:
        while line > node.start_mark.line and (line >= len(file.texts) or file.is_blank(line)):
            line -= 1
    return min(max(line, node.start_mark.line), len(file.texts) - 1)


def _dash_line(file: _File, item: yaml.Node, dash: int) -> int:
    """The line of an entry's dash, on the line of its first word or above it."""
    line = item.start_mark.line
    while line > 0 and not file.texts[line][dash:].startswith("-"):
        line -= 1
    return line


def _first_line(file: _File, item: yaml.Node, dash: int) -> int:
    """The first line of an entry, with the comments directly above it."""
    line = _dash_line(file, item, dash)
    while line > 0 and _is_comment(file.texts[line - 1], deeper_than=-1):
        line -= 1
    return line


def _is_of_entry(text: str, dash: int) -> bool:
    """Whether a comment behind an entry belongs to it: it stands farther in than the dash, or comments out such a line
    (`#   # line 3: numbers 120`, as `briefing add` proposes it), not the next entry (`# - id: …`)."""
    return _is_comment(text, deeper_than=dash) or text.startswith(f"{' ' * dash}#   ")


def _is_comment(text: str, deeper_than: int) -> bool:
    bare = text.lstrip(" ")
    return bare.startswith("#") and len(text) - len(bare) > deeper_than


def _values(node: yaml.Node) -> Any:
    """What is written at a node, however it is written; a plain scalar is not what a quoted one is."""
    if isinstance(node, yaml.MappingNode):
        pairs = [(_values(k), _values(v)) for k, v in node.value]
        return dict(pairs) if len(dict(pairs)) == len(pairs) else pairs
    if isinstance(node, yaml.SequenceNode):
        return tuple(_values(item) for item in node.value)
    return (is_plain(node), node.value)


def _passages(values: dict[Any, Any]) -> tuple[Any, ...]:
    found = values.get((True, KEY))
    return () if found is None or found in [(True, n) for n in NULLS] else found


def _rest(values: dict[Any, Any]) -> list[tuple[Any, Any]]:
    return [(k, v) for k, v in values.items() if k != (True, KEY)]


def _differ_by_last(before: Any, after: dict[Any, Any]) -> bool:
    """Whether all is as before, and one passage more stands behind the others."""
    if not isinstance(before, dict) or _rest(before) != _rest(after):
        return False
    return _passages(after)[:-1] == _passages(before) and len(_passages(after)) == len(_passages(before)) + 1


def _differ_by_one(fewer: dict[Any, Any], more: dict[Any, Any]) -> bool:
    """Whether all is as it was but for one passage less."""
    old, new = _passages(more), _passages(fewer)
    return _rest(fewer) == _rest(more) and any(old[:i] + old[i + 1 :] == new for i in range(len(old)))
