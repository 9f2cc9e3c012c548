"""Where in HTML each piece of a template stands, told when it is compiled: so that links and ids are noted as they are
written, and no page is read again for them.

A template is gone through in order, as the pattern that reads pages would go through what it makes: text, tags, values
of attributes. Static tags are read here, once for all pages. Of an expression it is told whether it stands in text, in
the value of an attribute, as a link or an id, or as the name of a tag. What is not plain (an expression among
attributes, half a tag in a branch, text that is captured) is `Unsure`: pages of such a template are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from jinja2 import nodes

from ..frozen import NamedTuple
from ..patterns import later

Where = Literal["text", "value", "name"]
NOTED = {"id": "ids", "href": "links", "src": "links"}
"""The attributes that are noted, and among what."""

_TAG = later("<(?=[a-zA-Z])")
_NAME = later(r"""[^\s<>"'/]*""")
_SPACE = later(r"[\s/]*")
_ATTRIBUTE = later(r"""[^\s"'<>/=]+""")
_IS = later(r"\s*=\s*")
_BARE = later(r"""[^\s"'=<>`]+(?=[\s>])""")


class Unsure(Exception):
    """It cannot be told where this stands."""


class State(NamedTuple):
    """Where in HTML a place is; of a value, of which attribute and in which quotes."""

    where: Literal["text", "open", "name", "tag", "word", "value"] = "text"
    attribute: str = ""
    quote: str = ""


TEXT, OPEN, IN_NAME, IN_TAG, WORD = State(), State("open"), State("name"), State("tag"), State("word")
# Text; behind a `<` that an expression may make a tag; in a tag's name; in a tag; there, right behind a word.
_BEHIND_WORD = " \t\r\n\f/>"


class Note(NamedTuple):
    """A link or an id: what it is made of, static words and expressions in order."""

    among: str
    parts: tuple[str | nodes.Expr, ...]


class Tags:
    """What is known of a template: where each expression stands (by identity), and what each output notes."""

    def __init__(self) -> None:
        self.places: dict[int, Where] = {}
        self.notes: dict[int, tuple[Note, ...]] = {}


def tags_of(template: nodes.Template) -> Tags | None:
    """What is known of a template; None where something in it is not sure."""
    found = Tags()
    reading = _Reading(found)
    try:
        _hold(reading.body(template.body, TEXT) == TEXT)
    except Unsure:
        return None
    return found


def _hold(is_so: bool) -> None:
    if not is_so:
        raise Unsure


class _Reading:
    """One pass over a template."""

    def __init__(self, found: Tags) -> None:
        self.found = found

    def body(self, body: Iterable[nodes.Node], state: State) -> State:
        """The state after some nodes."""
        for node in body:
            state = self.node(node, state)
        return state

    def node(self, node: nodes.Node, state: State) -> State:
        """The state after a node, whichever way is taken in it."""
        if isinstance(node, nodes.Output):
            return self.output(node, state)
        # No branch may begin or end within a link or an id: it would be half of one.
        _hold(state.attribute not in NOTED)
        if isinstance(node, nodes.If):
            _no_calls(node.test)
            ends = {self.body(node.body, state), self.body(node.else_, state)}
            ends |= {self._elif(branch, state) for branch in node.elif_}
            _hold(len(ends) == 1 or ends <= {IN_NAME, IN_TAG, WORD})
            return ends.pop() if len(ends) == 1 else WORD  # whichever it was, what comes next begins apart
        if isinstance(node, nodes.For):
            _no_calls(node.iter, *([node.test] if node.test else []))
            _hold(not node.recursive and self.body(node.body, state) == state == self.body(node.else_, state))
            return state
        if isinstance(node, nodes.Block | nodes.Macro):
            _no_calls(*getattr(node, "defaults", ()))
            _hold((state == TEXT or isinstance(node, nodes.Macro)) and self.body(node.body, TEXT) == TEXT)
            return state
        if isinstance(node, nodes.Include):
            _hold(state == TEXT)
            return state
        _hold(isinstance(node, nodes.Import | nodes.FromImport | nodes.Extends | nodes.Assign))
        _no_calls(*node.iter_child_nodes())
        return state

    def _elif(self, node: nodes.If, state: State) -> State:
        _no_calls(node.test)
        return self.body(node.body, state)

    def output(self, node: nodes.Output, state: State) -> State:
        """The state after an output."""
        noted: list[Note] = []
        parts: list[str | nodes.Expr] = []  # of the link or id that is open
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                state = self.static(child.data, state, parts, noted)
            else:
                state = self.expression(child, state, parts)
        _hold(not parts)
        if noted:
            self.found.notes[id(node)] = tuple(noted)
        return state

    def expression(self, node: nodes.Expr, state: State, parts: list[str | nodes.Expr]) -> State:
        """Take note of where an expression stands; the state after it."""
        _hold(
            state.where not in ("tag", "word") and (isinstance(node, nodes.Name) or node.find(nodes.Name) is not None)
        )
        inner: Sequence[nodes.Node] = (node,)
        if isinstance(node, nodes.Call):  # what a macro writes, it notes: it must be shown as it is
            inner = (node.node, *node.args, *(k.value for k in node.kwargs))
            _hold(not node.dyn_args and not node.dyn_kwargs)
        elif isinstance(node, nodes.Filter) and node.name == "once" and node.node:
            inner = (node.node, *node.args)
        _no_calls(*inner)
        if state.where == "value" and state.attribute in NOTED:
            _hold(isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem))
            parts.append(node)
        state = IN_NAME if state == OPEN else state
        where: Where = "text" if state == TEXT else "name" if state == IN_NAME else "value"
        self.found.places[id(node)] = where
        return state

    def static(self, text: str, state: State, parts: list[str | nodes.Expr], noted: list[Note]) -> State:
        """The state after some static text; links and ids that end in it are noted."""
        at, end = 0, len(text)
        _hold(state != OPEN and (state != WORD or text[:1] in _BEHIND_WORD))
        state = IN_TAG if state == WORD else state
        while at < end:
            if state == TEXT:
                tag = _TAG.search(text, at)
                at, state = (tag.end(), IN_NAME) if tag else (end, OPEN if text.endswith("<") else TEXT)
            elif state == IN_NAME:
                at = _matched(_NAME, text, at)
                if at < end:
                    at, state = (at + 1, TEXT) if text[at] == ">" else (at, IN_TAG)
            elif state == IN_TAG:
                at = _matched(_SPACE, text, at)
                if at < end:
                    at, state = (at + 1, TEXT) if text[at] == ">" else self.attribute(text, at, noted)
            else:
                close = text.find(state.quote, at)
                piece = text[at : close if close >= 0 else end]
                if state.attribute in NOTED:
                    parts.append(piece)
                    if close >= 0:
                        noted.append(Note(NOTED[state.attribute], tuple(p for p in parts if p != "")))
                        parts.clear()
                at, state = (close + 1, IN_TAG) if close >= 0 else (end, state)
        if state.attribute in NOTED and not parts:
            parts.append("")  # it is open
        return state

    def attribute(self, text: str, at: int, noted: list[Note]) -> tuple[int, State]:
        """An attribute, as far as its value's quote mark, or to the end of a value without."""
        name = _ATTRIBUTE.match(text, at)
        if name is None:
            raise Unsure
        sign = _IS.match(text, name.end())
        written = name[0].lower()
        if sign is None:
            _hold(text[name.end() : name.end() + 1] in _BEHIND_WORD and written not in NOTED)
            return name.end(), IN_TAG if name.end() < len(text) else WORD
        at = sign.end()
        _hold(at < len(text))
        if text[at] in "\"'":
            return at + 1, State("value", written, text[at])
        bare = _BARE.match(text, at)
        if bare is None:
            raise Unsure
        if written in NOTED:
            noted.append(Note(NOTED[written], (bare[0],)))
        return bare.end(), IN_TAG


def _matched(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _no_calls(*expressions: nodes.Node) -> None:
    """Refuse what may call a macro and do otherwise with what it writes than show it."""
    for node in expressions:
        calls: Iterator[nodes.Node] = node.find_all((nodes.Call, nodes.Filter))
        for call in (*([node] if isinstance(node, nodes.Call | nodes.Filter) else []), *calls):
            if isinstance(call, nodes.Filter):
                _hold(call.name != "once")
            elif isinstance(call, nodes.Call):  # a macro is `term` or `ways.term`, a method `item.href.startswith`
                _hold(isinstance(call.node, nodes.Getattr) and isinstance(call.node.node, nodes.Getattr))
