"""Scalars of a YAML file replaced one by one: every other byte stays, comments, quoting and line ends included.

Words that stay keep their place on their line, as they are written. Whatever was replaced, the file is read again and
held against what was there: the new value at its path and the old one at every other, or nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any

import yaml

from ..frozen import dataclass
from ..problems import Problem
from ..reading.nodes import compose
from ..reading.scalars import quoted
from ..texts.text import Lines, Undecodable, decode

Path = tuple[str | int, ...]
"""Where a value stands: keys and, in lists, numbers from 0."""

_WIDEST = 120  # columns of a line of a block, where it has no longer one


class CannotRewrite(Exception):
    """The file cannot be changed so and in no other way; the message says what is in the way."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A scalar that gets other words; white space between them is as it falls."""

    path: Path
    words: str


def rewritten(raw: bytes, path: str, edits: Iterable[Edit]) -> bytes:
    """The bytes of a YAML file with these edits made. Raises CannotRewrite."""
    for edit in edits:
        raw = _with(raw, path, edit)
    return raw


def _with(raw: bytes, path: str, edit: Edit) -> bytes:
    file = _File(raw, path)
    node = file.at(edit.path)
    start, end = file.range_of(node)
    for spelt in (_patched(file.text[start:end], node, edit.words), quoted(" ".join(edit.words.split()))):
        after = file.replaced(start, end, spelt) if spelt else b""
        if after and _is_only_change(raw, after, path, edit):
            return after
    raise CannotRewrite(f"{'.'.join(map(str, edit.path))} of {path} cannot be rewritten in place")


class _File:
    """A YAML file: its text as the parser sees it, its nodes, and the way back to its bytes."""

    def __init__(self, raw: bytes, path: str) -> None:
        text = decode(raw)
        root = None if isinstance(text, Undecodable) else compose(text, path)
        if isinstance(text, Undecodable) or not isinstance(root, yaml.Node):
            raise CannotRewrite(f"{path} cannot be read" + (f": {root.message}" if isinstance(root, Problem) else ""))
        self.text, self.root = text, root
        self.lines = Lines(text)
        self.written = raw.decode("utf-8")  # with the marks and line ends that the parser does not see

    def at(self, path: Path) -> yaml.ScalarNode:
        """The scalar at a path."""
        node: yaml.Node | None = self.root
        for step in path:
            if isinstance(node, yaml.MappingNode):
                node = next((v for k, v in node.value if k.value == step), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            else:
                node = None
        if not isinstance(node, yaml.ScalarNode):
            raise CannotRewrite(f"there is no {'.'.join(map(str, path))} any more")
        return node

    def range_of(self, node: yaml.ScalarNode) -> tuple[int, int]:
        """Where a scalar is written, without the blank lines and the indentation behind a block."""
        start, end = (self.lines.starts[m.line] + m.column for m in (node.start_mark, node.end_mark))
        return start, start + len(self.text[start:end].rstrip())

    def replaced(self, start: int, end: int, spelt: str) -> bytes:
        """The bytes with a range of the text spelt otherwise; line ends as the file has them."""
        if "\n" in spelt and "\r\n" in self.written:
            spelt = spelt.replace("\n", "\r\n")
        return (self.written[: self._origin(start)] + spelt + self.written[self._origin(end) :]).encode()

    def _origin(self, offset: int) -> int:
        """Where a character of the text stands in the file as written: a byte order mark and CRLF come before it."""
        at = self.written.startswith("\ufeff") + offset
        breaks = self.text.count("\n", 0, offset)
        for match in re.finditer("\r\n", self.written):
            if breaks == 0 or match.start() >= at:
                break
            at += 1
        return at


def _patched(source: str, node: yaml.ScalarNode, words: str) -> str:
    """The scalar as it is written, with other words in it; empty where its words cannot be told from its spelling."""
    head, inner, foot = _parts(source, node)
    old, new = node.value.split(), words.split()
    spelt = inner.split()
    if len(spelt) != len(old) or not new:
        return ""
    gaps = re.findall(r"\s+", inner.strip())
    lead = inner[: len(inner) - len(inner.lstrip())]
    pieces: list[str] = [lead]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        for number in range(end - begin):
            at = first + number
            is_old = tag == "equal" or (tag == "replace" and at < last)
            gap = gaps[at - 1] if is_old and at else " "
            word = spelt[at] if tag == "equal" else _spelling(new[begin + number], node)
            pieces += [gap if len(pieces) > 1 else "", word]
    made = "".join(pieces) + inner[len(inner.rstrip()) :]
    return head + (_narrowed(made, inner) if node.style == ">" else made) + foot


def _parts(source: str, node: yaml.ScalarNode) -> tuple[str, str, str]:
    if node.style in (">", "|"):
        head, end, body = source.partition("\n")
        return head + end, body, ""
    return (source[:1], source[1:-1], source[-1:]) if node.style else ("", source, "")


def _spelling(word: str, node: yaml.ScalarNode) -> str:
    if node.style == "'":
        return word.replace("'", "''")
    return quoted(word)[1:-1] if node.style == '"' else word


def _narrowed(body: str, before: str) -> str:
    """A folded block without lines that are longer than its longest was, or than fits."""
    widest = max(_WIDEST, *(len(line) for line in before.split("\n")))
    lines = body.split("\n")
    for number, line in enumerate(lines):
        indent = line[: len(line) - len(line.lstrip(" "))]
        cut = line.rfind(" ", len(indent) + 1, widest + 1) if len(line) > widest else -1
        if cut > 0:
            rest, lines[number] = line[cut + 1 :], line[:cut]
            following = lines[number + 1] if number + 1 < len(lines) else ""
            if following.strip() and following.startswith(indent) and following[len(indent)] != " ":
                lines[number + 1] = f"{indent}{rest} {following[len(indent) :]}"
            else:
                lines.insert(number + 1, indent + rest)
    return "\n".join(lines)


def _is_only_change(before: bytes, after: bytes, path: str, edit: Edit) -> bool:
    try:
        was, now = dict(_values(_File(before, path).root)), dict(_values(_File(after, path).root))
    except CannotRewrite:
        return False
    value = now.pop(edit.path, None)
    was.pop(edit.path, None)
    return was == now and value is not None and value[1].split() == edit.words.split()


def _values(node: yaml.Node, path: Path = ()) -> Iterable[tuple[Path, Any]]:
    """Every scalar with its path and whether it is plain; and how long each list is."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _values(value, (*path, getattr(key, "value", "")))
    elif isinstance(node, yaml.SequenceNode):
        yield (*path, len(node.value)), "end of list"
        for number, item in enumerate(node.value):
            yield from _values(item, (*path, number))
    else:
        yield path, (getattr(node, "style", None) or "", getattr(node, "value", ""))


def unified(before: bytes, after: bytes, path: str) -> str:
    """The change of a file as a patch that `git apply` and `patch -p1` take; empty for none."""
    from difflib import unified_diff

    one, other = (_lines(raw.decode("utf-8")) for raw in (before, after))
    made = unified_diff(one, other, f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in made)


def _lines(text: str) -> Sequence[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)
