"""Strict YAML: one document as PyYAML nodes, or problems that each name their line and column.

No scalar is guessed at: `no`, `1:30`, `010` and `2024-01-01` all stay the text they are; the schema decides by the
field. Refused are tabs and other syntax errors, several documents, tags, anchors and merge keys (a value stands
where it is read), and nesting deeper than any annotation needs (libyaml crashes on 50,000 brackets).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from ..problems import Place, Problem

_Base: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where PyYAML was built with it

MAX_DEPTH = 50


class _Loader(_Base):  # type: ignore[misc]  # the base is chosen at run time
    """A loader that resolves no plain scalar: each is a string until the schema reads it."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 PyYAML's own shape


class _TooDeep(Exception):
    def __init__(self, mark: yaml.Mark) -> None:
        super().__init__()
        self.mark = mark


def compose(text: str, path: str, line_offset: int = 0) -> yaml.Node | Problem | None:
    """The one document in a YAML text; None when it is empty or only comments.

    `line_offset` is the number of lines before `text` in its file (front matter).
    """
    try:
        if _may_be_deep(text):
            _check_depth(text)
        node: yaml.Node | None = _Loader(text).get_single_node()
    except _TooDeep as error:
        return Problem(
            _place(path, error.mark, line_offset), "yaml-too-deep", f"this is nested deeper than {MAX_DEPTH} levels",
            "no annotation needs this; a bracket may be left open",
        )  # fmt: skip
    except yaml.MarkedYAMLError as error:
        return _syntax_problem(text, path, line_offset, error)
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        line, column = before.count("\n") + 1, error.position - before.rfind("\n")
        return Problem(
            Place(path, line + line_offset, column), "yaml-syntax", "YAML does not allow this control character",
            "delete the character",
        )  # fmt: skip
    if node is None:
        return None
    return _first_refused(node, text, path, line_offset) or node


# Deep nesting needs many brackets, long runs of "- - -", or deep indentation; only then are events walked first.
_DEEP_BLOCK = re.compile(rf"(?:[-?:]\s){{{MAX_DEPTH}}}|^[ ]{{{2 * MAX_DEPTH}}}", re.MULTILINE)


def _may_be_deep(text: str) -> bool:
    brackets = text.count("[") + text.count("{")
    return brackets > MAX_DEPTH or bool(_DEEP_BLOCK.search(text))


def _check_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            depth += 1
            if depth > MAX_DEPTH:
                raise _TooDeep(event.start_mark)
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            depth -= 1


def _place(path: str, mark: yaml.Mark, line_offset: int) -> Place:
    return Place(path, mark.line + 1 + line_offset, mark.column + 1)


def _syntax_problem(text: str, path: str, line_offset: int, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = _place(path, mark, line_offset) if mark else Place(path)
    lines = text.splitlines()
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    problem = error.problem or "this is not YAML"
    message, hint = f"this is not YAML: {problem}", ""
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        message, hint = "a merge conflict stands here unresolved", "keep one side and delete the three marker lines"
    elif "mapping values are not allowed" in problem:
        hint = "put the text in quotes, or after '>-' on the next line: a colon and a space end a plain value"
    elif "\\t" in problem or "\t" in line:
        hint = "indent with spaces: YAML does not allow tabs"
    elif "document" in problem:
        message, hint = "a second document begins here", "delete the '---' line: a file holds one document"
    elif "expected <block end>" in problem or "expected the node content" in problem:
        hint = "put the whole value in quotes, or check the indentation"
    elif "alias" in problem:
        message, hint = "this refers to a value elsewhere", "write the value here: anchors and aliases are not read"
    return Problem(place, "yaml-syntax", message, hint)


def _first_refused(root: yaml.Node, text: str, path: str, line_offset: int) -> Problem | None:
    """The first tag, or alias, of a document. Nodes reached twice are aliases, so the walk always ends."""
    seen: set[int] = set()
    for node in _walk(root, seen):
        if node is None:
            return Problem(
                _alias_place(text, path, line_offset), "yaml-alias", "this refers to a value elsewhere in the file",
                "write the value here: anchors, aliases and merge keys are not read",
            )  # fmt: skip
        if not node.tag.startswith("tag:yaml.org,2002:") or node.tag.rpartition(":")[2] not in ("str", "map", "seq"):
            return Problem(
                _place(path, node.start_mark, line_offset), "yaml-tag",
                f"the tag '{node.tag.removeprefix('tag:yaml.org,2002:')}' is not read", "delete the tag",
            )  # fmt: skip
    return None


def _walk(root: yaml.Node, seen: set[int]) -> Iterator[yaml.Node | None]:
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            yield None
            return
        seen.add(id(node))
        yield node
        if isinstance(node, yaml.MappingNode):
            for key, value in reversed(node.value):
                stack += [value, key]
        elif isinstance(node, yaml.SequenceNode):
            stack += reversed(node.value)


def _alias_place(text: str, path: str, line_offset: int) -> Place:
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            return _place(path, event.start_mark, line_offset)
    return Place(path)
