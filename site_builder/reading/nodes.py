"""Strict YAML: one document as PyYAML nodes, or problems that each name their line and column.

No scalar is guessed at: `no`, `1:30`, `010` and `2024-01-01` all stay the text they are; the schema decides by the
field. Refused are tabs and other syntax errors, several documents, tags, anchors and aliases (a value stands where it
is read), and nesting deeper than any annotation needs (libyaml crashes on 50,000 brackets).
"""

from __future__ import annotations

import re
from typing import Any, Literal

import yaml

from ..problems import Place, Problem
from ..texts.text import Lines
from .subset import odd_character

_Base: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where PyYAML was built with it

MAX_DEPTH = 50


class _Loader(_Base):  # type: ignore[misc]  # the base is chosen at run time
    """A loader that resolves no plain scalar: each is a string until the schema reads it."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 PyYAML's own shape


def compose(text: str, path: str, line_offset: int = 0) -> yaml.Node | Problem | None:
    """The one document in a YAML text; None when it is empty or only comments.

    `line_offset` is the number of lines before `text` in its file (front matter).
    """
    found: yaml.Node | Problem | None
    try:
        found = _odd_character(text, path) or _document(text, path)
    except yaml.MarkedYAMLError as error:
        found = _syntax_problem(text, path, error)
    if isinstance(found, Problem):
        place = Place(path, found.place.line + line_offset, found.place.column)
        return Problem(place, found.rule, found.message, found.hint)
    return found


def _place(path: str, mark: Any) -> Place:
    return Place(path, mark.line + 1, mark.column + 1)


def _odd_character(text: str, path: str) -> Problem | None:
    odd = odd_character(text)
    if odd is None:
        return None
    place = Place(path, *Lines(text).position(odd))
    message = f"the invisible character U+{ord(text[odd]):04X} cannot stand in a YAML file"
    return Problem(place, "yaml-syntax", message, "delete it; in a quote, a space matches it")


def _document(text: str, path: str) -> yaml.Node | Problem | None:
    """The nodes of a text, made from its parser's events; or the first thing that is not read."""
    root: yaml.Node | None = None
    open_nodes: list[yaml.CollectionNode] = []
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.NodeEvent):
            refused = _refused(event, path, len(open_nodes))
            if refused:
                return refused
            node = _node(event)
            if open_nodes:
                open_nodes[-1].value.append(node)
            else:
                root = node
            if isinstance(node, yaml.CollectionNode):
                open_nodes.append(node)
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = open_nodes.pop()
            closed.end_mark = event.end_mark  # of a block: where the next thing begins
            if isinstance(closed, yaml.MappingNode):
                closed.value = list(zip(closed.value[::2], closed.value[1::2], strict=True))
        elif isinstance(event, yaml.DocumentStartEvent) and root is not None:
            return Problem(_place(path, event.start_mark), "yaml-syntax", *_SECOND_DOCUMENT)
    return root


def _node(event: Any) -> yaml.Node:  # the parser's own types know less than its events hold
    is_scalar = isinstance(event, yaml.ScalarEvent)
    if is_scalar:
        return yaml.ScalarNode(_TEXT, event.value, event.start_mark, event.end_mark, event.style)
    kind = yaml.SequenceNode if isinstance(event, yaml.SequenceStartEvent) else yaml.MappingNode
    return kind(_TEXT, [], event.start_mark, event.end_mark, event.flow_style)


_TEXT = "tag:yaml.org,2002:str"  # no tag is read: all scalars are text until the schema says what they are


def _refused(event: Any, path: str, depth: int) -> Problem | None:
    """What is wrong with an alias, an anchor, a tag, or a level too many."""
    is_alias = isinstance(event, yaml.AliasEvent)
    if not (is_alias or event.anchor or event.tag or depth == MAX_DEPTH):
        return None
    place = _place(path, event.start_mark)
    if is_alias or event.anchor:
        sign, name = ("*", "alias") if is_alias else ("&", "anchor")
        message = f"'{sign}{event.anchor}' is an {name} in YAML, which is not read here"
        hint = f"write the value itself; if '{sign}' belongs to the text, put the text in quotes"
        return Problem(place, "yaml-alias", message, hint)
    if event.tag:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!", 1)
        hint = "delete it; if '!' belongs to the text, put the text in quotes"
        return Problem(place, "yaml-tag", f"'{tag}' is a tag in YAML, which is not read here", hint)
    if isinstance(event, yaml.CollectionStartEvent):
        message = f"this is nested deeper than {MAX_DEPTH} levels"
        return Problem(place, "yaml-too-deep", message, "no annotation needs this; a bracket may be left open")
    return None


_SECOND_DOCUMENT = ("a second document begins here", "a file holds one document: delete the line '---' or '...'")

# What libyaml, or PyYAML without it, says, with its context before it: a pattern; whether its context or its problem is
# the place to mend; and what to tell a person (`%` stands for the character at that place). The first seven are ours.
_SAID: tuple[tuple[str, Literal["context", "problem"], str, str], ...] = (
    ("^a tab", "problem", "a tab stands where YAML wants spaces", "indent with spaces"),
    (
        "^a second colon", "problem",
        "a colon and a space end a plain value, and here is a second one",
        "put the whole value in quotes, or after '>-' on the next line",
    ),
    (
        "^a key out of line", "problem",
        "this line cannot begin a new key",
        "line it up with the keys above, and check that the line before has a space after its colon",
    ),
    (
        "^a space too many", "problem",
        "this line begins one space farther in than the line above", "take one space away, so that the keys line up",
    ),
    (
        "^words after a quote mark", "problem",
        "words follow the closing quote mark", "put the whole value in quotes, or after '>-' on the next line",
    ),
    ("^a closing bracket", "problem", "'%' closes no bracket", "delete it, or put the whole value in quotes"),
    (
        "^an open bracket", "context",
        "a bracket is not closed", "close it, or put a value that begins with [ or { in quotes",
    ),
    (
        "alias|anchor|tag|cannot start any token|directive|mapping keys", "context",
        "a value cannot begin with '%'", "put the whole value in quotes",
    ),
    ("<document start>", "problem", *_SECOND_DOCUMENT),
    ("unexpected ':'", "problem", "no space stands behind this colon",
     "put one there, or put the whole value in quotes"),
    (
        "quoted scalar.*(?:end of stream|document indicator)", "context",
        "the quote mark that opens here is not closed", "close it, or put the whole value after '>-' on the next line",
    ),
    (
        "escape", "problem",
        "a backslash in double quotes begins an escape, and this is none", "use single quotes, or write \\\\",
    ),
    (
        "block scalar", "problem",
        "the text of a block begins on the line after '|' or '>-'", "move the text to the next line and indent it",
    ),
    (
        "simple key", "context",
        "this line is no 'key: value'", "put a colon and a space after the key, or indent what goes on",
    ),
    (
        "',' or '[\\]}]'", "problem",
        "a comma or the closing bracket is missing before this", "put values with , : [ ] { } or quote marks in quotes",
    ),
    (
        "block sequence entries are not allowed", "problem",
        "a list cannot begin here", "begin the list on the next line, or put the text in quotes",
    ),
    (
        "'-' indicator|but found '\\?'", "problem",
        "this does not line up with the list above", "indent it like the entries of the list, or begin it with '- '",
    ),
    (
        "expected key|<block end>", "problem",
        "this does not fit the lines above", "line up the keys, and the lines of a value",
    ),
    (
        "node content", "problem",
        "a value is missing before this", "put a value that begins with , [ ] { or } in quotes",
    ),
)  # fmt: skip


def _syntax_problem(text: str, path: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    said = f"{error.context or ''} {error.problem or ''}".strip()
    if mark is None:
        return Problem(Place(path), "yaml-syntax", f"this is not YAML: {said}")
    lines = [*text.split("\n"), ""]  # the parser ends each text with a line end
    if "<document start>" in said and not any(line.startswith("...") for line in lines[: mark.line + 1]):
        said = "expected key"  # what goes on after the first key, farther out than that
    said = _seen(
        said, lines[mark.line][: mark.column], "\n".join((lines[mark.line][mark.column :], *lines[mark.line + 1 :]))
    )
    if said.startswith("a key out of line") or "expected key" in said:
        said = f"a space too many; {said}" if _is_one_too_far(lines, mark) else said
    for pattern, where, message, hint in _SAID:
        if re.search(pattern, said):
            mark = error.context_mark if where == "context" and error.context_mark and "token" not in said else mark
            sign = lines[mark.line][mark.column : mark.column + 1]
            return Problem(_within(lines, path, mark), "yaml-syntax", message.replace("%", sign), hint)
    return Problem(_within(lines, path, mark), "yaml-syntax", f"this is not YAML: {said}")


_KEY_START = re.compile(r" *(?:- +)*")


def _is_one_too_far(lines: list[str], mark: Any) -> bool:
    """Whether a line's key begins one space farther in than that of the line above which holds anything."""
    above = next((line for line in reversed(lines[: mark.line]) if line.strip()), "")
    starts = [found.end() for line in (above, lines[mark.line]) if (found := _KEY_START.match(line))]
    return bool(above.strip()) and starts[1] == starts[0] + 1


def _within(lines: list[str], path: str, mark: Any) -> Place:
    """The place of a mark; the end of the last line that holds anything for one beyond it."""
    last = max((i for i, line in enumerate(lines) if line.strip()), default=0)
    return _place(path, mark) if mark.line <= last else Place(path, last + 1, len(lines[last]) + 1)


def _seen(said: str, before: str, after: str) -> str:
    """What was said, or what the line around the place shows to be the cause."""
    if not after.strip() and "flow" in said:
        return "an open bracket"
    if after.startswith("\t") or ("\t" in before and not before.strip()):
        return "a tab"
    if after.startswith(("]", "}")) and re.search("expected key|block end|'-' indicator|document start", said):
        return "a closing bracket"
    if "mapping values" in said:
        return "a second colon" if re.search(r":\s", before) else "a key out of line"
    if "expected key" in said and before.rstrip().endswith(("'", '"')):
        return "words after a quote mark"
    return said
