"""From YAML nodes to records in one walk: the field types of `records` are the schema.

Every misfit becomes a problem at its own line and column, and the walk goes on, so that one run names them all. An
entry with a misfit is left out; its id is kept in `broken`, so that references to it are not blamed as well. Where
the misfit is a field that nothing else is held against (a title, a note), the entry stays, so that its quotes are
checked in the same run: the build fails in any case.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, TypeVar, Union

import yaml

from .. import records
from ..problems import Place, Problem, clipped, closest, did_you_mean
from ..records import Count, Id, Location, PassageRef, Record
from .scalars import NULLS, SCALARS, Misfit, is_plain, quoted, shown
from .shapes import Field, parts_of, shape_of

R = TypeVar("R", bound=Record)

# The fields without which an entry cannot be checked any further; of kinds not named here, all.
_NEEDED: Mapping[type[Record], frozenset[str]] = types.MappingProxyType({
    records.SiteRecord: frozenset(),
    records.SourceRecord: frozenset({"text"}),
    records.PassageRecord: frozenset({"id", "quote", "prefix", "suffix"}),
    records.EventRecord: frozenset({"id", "date", "evidence"}),
    records.ClaimRecord: frozenset({"id", "status", "why", "evidence"}),
    records.TopicRecord: frozenset(),
})  # fmt: skip


_Pair = tuple[yaml.Node, yaml.Node]
_COMMENT = "what follows '#' is a comment; put the value in quotes"


class _Refused(Exception):
    """A value does not fit; its problem has been noted. Of a list of entries, `rest` holds those that do."""

    def __init__(self, rest: tuple[Any, ...] = ()) -> None:
        super().__init__()
        self.rest = rest


@dataclass(slots=True)
class Reader:
    """Reads the nodes of one file; `problems` and `broken` grow as it goes, and `locations`, of every record made."""

    path: str
    lines: tuple[str, ...] = ()
    line_offset: int = 0
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    locations: list[Location] = field(default_factory=list)

    def record(self, node: yaml.Node, kind: type[R], where: str = "this file holds") -> R | None:
        """The record at a node, or None when something in it does not fit that nothing can be checked without."""
        try:
            return self._record(node, kind, where)
        except _Refused:
            return None

    def list_of(self, node: yaml.Node | None, kind: type[R]) -> tuple[R, ...]:
        """The records of a file that holds a list; those that do not fit are left out."""
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self._note(node, "wrong-type", f"this file holds a list, not {_shape(node)}", "begin each entry with '- '")
            return ()
        found = (self.record(item, kind, "each entry of this file holds") for item in node.value)
        return tuple(r for r in found if r is not None)

    def place(self, node: yaml.Node) -> Place:
        """Where a node begins."""
        return Place(self.path, node.start_mark.line + 1 + self.line_offset, node.start_mark.column + 1)

    def _note(self, node: yaml.Node, rule: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.place(node), rule, message, hint))

    def _refuse(self, node: yaml.Node, rule: str, message: str, hint: str = "") -> _Refused:
        self._note(node, rule, message, hint)
        return _Refused()

    def _record(self, node: yaml.Node, kind: type[R], where: str) -> R:
        shape = shape_of(kind)
        if not isinstance(node, yaml.MappingNode):
            keys = ", ".join(shape)
            hint = f"write {_example(shape)}, or the same on lines of their own"
            raise self._refuse(node, "wrong-type", f"{where} keys ({keys}), not {_shape(node)}", hint)
        values: dict[str, Any] = {}
        marks: dict[str, tuple[int, int]] = {}
        empty: list[str] = []
        misfits: set[str] = set()
        misspelt: set[str] = set()
        pairs, cuts = _rejoined(node, shape)
        misspelt.update(self._unknown(key_node, shape, words) for key_node, words in cuts)
        for key_node, value_node in self._pairs(pairs):
            entry = shape.get(key_node.value)
            if entry is None:
                misspelt.add(self._unknown(key_node, shape))
                continue
            marks[entry.name] = self._mark(value_node)
            self._mark_items(marks, entry.name, value_node)
            empty += [entry.name] if _is_empty(value_node) else []
            try:
                values[entry.name] = self._value(value_node, entry.type, entry.key)
            except _Refused as refused:
                misfits.add(entry.name)
                if refused.rest:
                    values[entry.name] = refused.rest
        written = {key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)}
        for entry in shape.values():
            if entry.required and entry.key not in written:
                misfits.add(entry.name)
                if "<<" not in written and entry.name not in misspelt:  # a merge key, refused already, may hold it
                    self._note(node, "missing-key", f"'{entry.key}' is missing", f"add {entry.key}: {_wanted(entry)}")
        misfits |= misspelt
        if misfits & _NEEDED.get(kind, misfits):
            self._note_broken(node)
            raise _Refused
        stand_ins = {e.name: "" for e in shape.values() if e.required}
        location = Location(self.place(node), marks, tuple(empty))
        self.locations.append(location)
        return kind(at=location, **(stand_ins | values))

    def _unknown(self, node: yaml.ScalarNode, shape: Mapping[str, Field], cut: str = "") -> str:
        """Note an unknown key; returns the field it was meant to be, where that is clear."""
        near = None if cut else closest(node.value, shape)
        hint = f"did you mean '{near}'?" if near else f"known here: {', '.join(shape)}"
        self._note(node, "unknown-key", f"{_shape(node)} is not a key here", _in_one(cut) if cut else hint)
        return shape[near].name if near else ""

    def _note_broken(self, node: yaml.MappingNode) -> None:
        for key, value in node.value:
            if key.value == "id" and isinstance(value, yaml.ScalarNode):
                self.broken.add(value.value)
            elif isinstance(value, yaml.SequenceNode):
                for item in value.value:
                    if isinstance(item, yaml.MappingNode):
                        self._note_broken(item)

    def _mark(self, node: yaml.Node) -> tuple[int, int]:
        return node.start_mark.line + 1 + self.line_offset, node.start_mark.column + 1

    def _mark_items(self, marks: dict[str, tuple[int, int]], name: str, node: yaml.Node) -> None:
        if isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                if isinstance(item, yaml.ScalarNode):
                    marks[f"{name}.{index}"] = self._mark(item)
        elif isinstance(node, yaml.MappingNode):
            for key, _ in node.value:
                if isinstance(key, yaml.ScalarNode):
                    marks[f"{name}.{key.value}"] = self._mark(key)

    def _pairs(self, written: Iterable[_Pair]) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        first: dict[str, int] = {}
        pairs: list[tuple[yaml.ScalarNode, yaml.Node]] = []
        for key, value in written:
            if not isinstance(key, yaml.ScalarNode):
                self._note(key, "wrong-type", f"a key is a plain word, not {_shape(key)}", "write it without brackets")
            elif key.value == "<<":
                self._note(key, "yaml-alias", "merge keys are not read", "write the keys here")
            elif key.value in first:
                self._note(
                    key, "duplicate-key", f"'{key.value}' is written twice, first on line {first[key.value]}",
                    "keep one of the two",
                )  # fmt: skip
            else:
                first[key.value] = key.start_mark.line + 1 + self.line_offset
                pairs.append((key, value))
        return pairs

    def _value(self, node: yaml.Node, wanted: Any, key: str) -> Any:
        origin, args = parts_of(wanted)
        if origin in (Union, types.UnionType):
            return self._union(node, args, key)
        if origin is tuple:
            return self._tuple(node, args[0], key)
        if origin is Mapping:
            return self._mapping(node, args[0], args[1], key)
        if isinstance(wanted, type) and issubclass(wanted, Record):
            return self._record(node, wanted, f"'{key}' holds")
        return self._scalar(node, wanted, key)

    def _union(self, node: yaml.Node, options: tuple[Any, ...], key: str) -> Any:
        if types.NoneType in options and _is_null(node):
            if re.match(r"\s+#\S", self._rest_of_line(node)):
                raise self._refuse(node, "wrong-type", f"'{key}' has no value", _COMMENT)
            return None
        options = tuple(o for o in options if o is not types.NoneType)
        nested = [o for o in options if isinstance(o, type) and issubclass(o, Record)]
        plain = [o for o in options if o not in nested]
        if nested and (not plain or isinstance(node, yaml.MappingNode)):
            return self._value(node, nested[0], key)
        return self._value(node, plain[0], key)

    def _tuple(self, node: yaml.Node, item: Any, key: str) -> tuple[Any, ...]:
        kind: type[Record] | None = item if isinstance(item, type) and issubclass(item, Record) else None
        if _is_null(node):
            return ()
        if not isinstance(node, yaml.SequenceNode):
            scalar = f"write [{node.value}]" if isinstance(node, yaml.ScalarNode) else "begin each entry with '- '"
            hint = f"write [{_example(shape_of(kind))}]" if kind else scalar
            raise self._refuse(node, "wrong-type", f"'{key}' is a list, not {_shape(node)}", hint)
        values: list[Any] = []
        for child in node.value:
            try:
                if kind:
                    values.append(self._record(child, kind, f"each entry of '{key}' holds"))
                else:
                    values.append(self._value(child, item, key))
            except _Refused:
                continue
        if len(values) < len(node.value):
            raise _Refused(tuple(values) if kind else ())
        return tuple(values)

    def _mapping(self, node: yaml.Node, key_type: Any, value_type: Any, key: str) -> Mapping[str, Any]:
        if _is_null(node):
            return types.MappingProxyType({})
        if not isinstance(node, yaml.MappingNode):
            first = next((n.value for n in (node, *node.value) if isinstance(n, yaml.ScalarNode)), "…")
            hint = f"write {{{clipped(first, 80)}: …}}, or the same on lines of their own"
            raise self._refuse(node, "wrong-type", f"'{key}' holds keys and values, not {_shape(node)}", hint)
        values, fits = {}, True
        for key_node, value_node in self._pairs(node.value):
            try:
                values[self._scalar(key_node, key_type, key)] = self._value(value_node, value_type, key)
            except _Refused:
                fits = False
        if not fits:
            raise _Refused
        return types.MappingProxyType(values)

    def _scalar(self, node: yaml.Node, wanted: Any, key: str) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            message = f"'{key}' is {_NAMES.get(wanted, 'text')}, not {_shape(node)}"
            raise self._refuse(node, "wrong-type", message, _one_instead(node, wanted))
        if _is_null(node):
            raise self._refuse(
                node,
                "wrong-type",
                f"'{key}' has no value",
                _COMMENT if "#" in self._rest_of_line(node) else "write a value",
            )
        origin, options = parts_of(wanted)
        if origin is Literal:
            return self._choice(node, options, key)
        try:
            return SCALARS[wanted](node.value, key, is_plain(node))
        except Misfit as misfit:
            raise self._refuse(node, misfit.rule, misfit.message, misfit.hint) from None

    def _rest_of_line(self, node: yaml.Node) -> str:
        """What follows an empty value on its line."""
        mark = node.start_mark
        return self.lines[mark.line][mark.column :] if not node.value and mark.line < len(self.lines) else ""

    def _choice(self, node: yaml.ScalarNode, options: tuple[str, ...], key: str) -> str:
        if node.value not in options:
            hint = did_you_mean(node.value, options)
            if not hint or len(options) <= _FEW:  # the nearest word need not be the one that is meant
                hint = f"{hint} one of: {', '.join(options)}".lstrip()
            raise self._refuse(node, "bad-value", f"{_shape(node)} is not a value of '{key}'", hint)
        return str(node.value)


_FEW = 10
_NUMBER = "a number"
_NAMES: dict[Any, str] = {bool: "true or false", Decimal: _NUMBER, Count: _NUMBER, Id: "an id", PassageRef: "a passage"}


def _rejoined(
    node: yaml.MappingNode, shape: Mapping[str, Field]
) -> tuple[list[_Pair], list[tuple[yaml.ScalarNode, str]]]:
    """The keys of a mapping but for what a comma in brackets cut off a value, which reads as keys without one; and
    such values whole ("value: 1,240"), each with the first key that is none."""
    pairs: list[_Pair] = []
    cuts: list[tuple[yaml.ScalarNode, str]] = []
    words, end, is_cut = "", -1, False
    for key, value in node.value:
        entry = shape.get(key.value) if isinstance(key, yaml.ScalarNode) else None
        if words and isinstance(key, yaml.ScalarNode) and not entry and _is_null(value):
            words += f"{',' if key.start_mark.index == end + 1 else ', '}{key.value}"
            cuts[len(cuts) - is_cut :] = [(cuts[-1][0] if is_cut else key, words)]
            end, is_cut = key.end_mark.index, True
            continue
        is_short = entry and node.flow_style and isinstance(value, yaml.ScalarNode) and is_plain(value)
        words, end, is_cut = f"{entry.key}: {value.value}" if entry and is_short else "", value.end_mark.index, False
        pairs.append((key, value))
    return pairs, cuts


def _in_one(cut: str) -> str:
    """How to write a value that a comma cut."""
    name, _, words = cut.partition(": ")
    whole, *parts = re.split(", ?", words)
    if not (whole.isdecimal() and all(map(str.isdecimal, parts))):
        return f"in brackets a comma ends a value; quotes keep it whole: {name}: {quoted(words)}"
    is_grouped = len(parts) > 1 or len(parts[0]) == 3  # else the comma opens decimals
    return f"a comma ends a value; write {name}: {''.join((whole, *parts)) if is_grouped else f'{whole}.{parts[0]}'}"


def _example(shape: Mapping[str, Field]) -> str:
    """How an entry is written, with the keys it must have."""
    required = [key for key, entry in shape.items() if entry.required] or list(shape)[:1]
    return f"{{{', '.join(f'{key}: …' for key in required)}}}"


def _wanted(entry: Field) -> str:
    """What a key is given that is missing: one of its choices, if it has any."""
    origin, options = parts_of(entry.type)
    return f"…, one of: {', '.join(options)}" if origin is Literal else "…"


def _one_instead(node: yaml.Node, wanted: Any) -> str:
    """What to write where one value belongs, and a list or keys stand."""
    origin, options = parts_of(wanted)
    if origin is Literal:
        return f"write one of: {', '.join(options)}"
    if wanted in _NAMES:
        only = node.value[0] if isinstance(node, yaml.SequenceNode) and len(node.value) == 1 else None
        return f"write {clipped(only.value, 80)}" if isinstance(only, yaml.ScalarNode) else "write one alone"
    if isinstance(node, yaml.CollectionNode) and node.flow_style:
        return "if the brackets belong to the text, put all of it in quotes"
    return "write one text: in quotes, or after '>-' on the next line"


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and is_plain(node) and node.value in NULLS


def _is_empty(node: yaml.Node) -> bool:
    return _is_null(node) or (isinstance(node, yaml.CollectionNode) and not node.value)


def _shape(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "keys and values"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    return shown(node.value)
