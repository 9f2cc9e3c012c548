"""A function that a template becomes: statements as lines of Python.

What Jinja looks up while it renders (blocks, imports, names, whether to escape) is settled here, so that what is left
is to read what a page shows, escape it and put it between the words of the template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from jinja2 import nodes

from .template_expressions import Bound, Loop, Macro, Unusual
from .template_parts import Part, Parts
from .template_values import Shown


class Function(Shown):
    """A function of a page, or of a macro."""

    def __init__(self, parts: Parts, scope: dict[str, Bound], macro: str) -> None:
        super().__init__(parts.linked, scope)
        self.parts = parts
        self.top = scope
        self.name = macro  # empty in a page
        self.is_straight = True  # whether what is bound here is bound in the whole rest of the scope

    def free(self, name: str) -> str:
        """A name of the context, which macros do not see."""
        if self.name:
            raise Unusual(name)
        return super().free(name)

    def opening(self) -> list[str]:
        """The lines that ask the context for all that is shown of it."""
        return [f"{kept} = c.{name}" for name, kept in self.asked.items()]

    def whole(self, part: Part) -> None:
        """A page."""
        self.body_of(part, part.node.body)
        self.put()

    def macro_body(self, part: Part, node: nodes.Macro) -> None:
        """A macro."""
        self.body_of(part, node.body)
        self.put()

    def body_of(self, part: Part, body: Iterable[nodes.Node]) -> None:
        """Nodes of a template."""
        tags, self.tags = self.tags, part.tags
        if part.tags is None:
            self.lines.append("notes.is_sure = False")
        self.body(body)
        self.tags = tags

    def body(self, body: Iterable[nodes.Node]) -> None:
        """Nodes, in order."""
        for node in body:
            write: Callable[[nodes.Node], None] | None = getattr(self, f"write_{type(node).__name__.lower()}", None)
            if write is None:
                raise Unusual(type(node).__name__)
            write(node)

    # What is done on conditions, or many times

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is bound in here is not known behind it."""
        scope = self.scope
        self.scope = dict(scope)
        yield
        self.scope = scope

    def branch(self, body: Iterable[nodes.Node]) -> list[str]:
        """The lines of some nodes, by themselves."""
        held, self.lines = self.lines, []
        with self.apart():
            self.body(body)
            self.put()
        lines, self.lines = self.lines, held
        return lines

    def write_if(self, node: nodes.If) -> None:
        """One of some branches."""
        self.put()
        was_straight, self.is_straight = self.is_straight, False
        branches = [(f"if {self.of(node.test)}:", self.branch(node.body))]
        branches += [(f"elif {self.of(other.test)}:", self.branch(other.body)) for other in node.elif_]
        branches.append(("else:", self.branch(node.else_)))
        self.is_straight = was_straight
        for head, lines in branches:
            if lines or head != "else:":
                self.lines += [head, *indented(lines or ["pass"])]

    def write_for(self, node: nodes.For) -> None:
        """A loop, which counts only where it is asked to."""
        if node.recursive:
            raise Unusual("a loop within itself")
        self.put()
        self.number += 1
        loop, items = Loop(self.number), self.of(node.iter)
        nothing = self.new("e") if node.else_ else ""
        was_straight, self.is_straight = self.is_straight, True
        held, self.lines = self.lines, []
        with self.apart():
            target = self.bind(node.target)
            self.scope["loop"] = loop
            if node.test:
                self.lines.append(f"if not {self.of(node.test)}: continue")
            self.lines += [f"{nothing} = False"] if nothing else []
            self.body(node.body)
            self.put()
        body, self.lines = self.lines, held
        self.is_straight = was_straight
        if node.test and (loop.is_counted or loop.is_measured):
            raise Unusual("a loop that counts what it chooses")
        if loop.is_measured:
            self.lines += [f"{loop.all} = {items}", f"{loop.length} = len({loop.all})"]
            items = loop.all
        self.lines += [f"{nothing} = True"] if nothing else []
        counted = f"{loop.count}, {target} in enumerate({items}, 1)" if loop.is_counted else f"{target} in {items}"
        self.lines += [f"for {counted}:", *indented(body or ["pass"])]
        if nothing:
            self.lines += [f"if {nothing}:", *indented(self.branch(node.else_) or ["pass"])]

    def bind(self, target: nodes.Node) -> str:
        """Bind the names of a target; the target in Python."""
        if isinstance(target, nodes.Tuple):
            return f"({''.join(f'{self.bind(item)}, ' for item in target.items)})"
        if not isinstance(target, nodes.Name) or target.name == "loop":
            raise Unusual("a target")
        name = self.new("x")
        self.scope[target.name] = name
        return name

    # What binds names, and what stands in other templates

    def write_macro(self, node: nodes.Macro) -> None:
        """A macro; those at the top are functions of their own."""
        if self.scope.get(node.name) != Macro(f"f_{node.name}") or self.scope is not self.top:
            raise Unusual("a macro within")

    def write_import(self, node: nodes.Import | nodes.FromImport) -> None:
        """Macros of another template."""
        if not self.is_straight:
            raise Unusual("an import by condition")
        if self.scope is self.top:
            return
        self.scope.update(self.parts.binds(node))

    write_fromimport = write_import

    def write_assign(self, node: nodes.Assign) -> None:
        """A name for a value."""
        if not self.is_straight or (self.scope is self.top and not self.name):
            raise Unusual("a name that may be bound")
        value = self.of(node.node)
        self.lines.append(f"{self.bind(node.target)} = {value}")

    def write_with(self, node: nodes.With) -> None:
        """Names for a while."""
        values = [self.of(value) for value in node.values]
        was_straight, self.is_straight = self.is_straight, True
        with self.apart():
            targets = [self.bind(target) for target in node.targets]
            self.lines += [f"{target} = {value}" for target, value in zip(targets, values, strict=True)]
            self.body(node.body)
        self.is_straight = was_straight

    def write_block(self, node: nodes.Block) -> None:
        """What the first template that fills a block fills it with, which sees nothing of what is around it."""
        if self.name:
            raise Unusual("a block in a macro")
        part = next(part for part in self.parts.chain if node.name in part.blocks)
        was_straight, self.is_straight = self.is_straight, True
        with self.apart():
            self.scope = dict(self.top)
            self.body_of(part, part.blocks[node.name].body)
        self.is_straight = was_straight

    def write_include(self, node: nodes.Include) -> None:
        """Another template in place, which sees what is seen here."""
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if not isinstance(name, str) or not node.with_context or node.ignore_missing:
            raise Unusual("an include by condition")
        part = self.parts.part(name)
        if part.has(nodes.Extends, nodes.Block, nodes.Macro, nodes.Assign):
            raise Unusual("an include that does more than show")
        was_straight, self.is_straight = self.is_straight, True
        with self.apart():
            self.scope.pop("loop", None)
            self.body_of(part, part.node.body)
        self.is_straight = was_straight


def indented(lines: Iterable[str]) -> list[str]:
    """Lines one step further in."""
    return [f" {line}" for line in lines]
