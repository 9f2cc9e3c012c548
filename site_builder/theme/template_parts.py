"""The templates that one takes in: those that it extends and includes, and the names of macros that they bind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jinja2 import Environment, nodes

from .template_expressions import Bound, Linked, Macro, Macros, Unusual
from .template_tags import Tags, tags_of

LIBRARY = (nodes.Import, nodes.FromImport, nodes.Macro)
"""What shows nothing, and binds macros."""


class Part:
    """A template as it is read: its nodes, and where in HTML they stand."""

    def __init__(self, environment: Environment, text: str, name: str) -> None:
        self.node = environment.parse(text, name)
        self.tags: Tags | None = tags_of(self.node)
        every = [*self.node.find_all(nodes.Node)]
        blocks = [node for node in every if isinstance(node, nodes.Block)]
        self.kinds = {type(node) for node in every}
        self.extends = [node for node in every if isinstance(node, nodes.Extends)]
        self.blocks = {block.name: block for block in blocks}
        if len(self.blocks) < len(blocks):
            raise Unusual("a block twice")
        if any(block.scoped or block.required for block in blocks):
            raise Unusual("a block with conditions")

    def has(self, *kinds: type[nodes.Node]) -> bool:
        """Whether there is such a node."""
        return not self.kinds.isdisjoint(kinds)

    def parent(self) -> str | None:
        """The name of the template that it extends."""
        found = self.extends
        if not found:
            return None
        first = next(n for n in self.node.body if not isinstance(n, LIBRARY))
        if found != [first] or not (isinstance(first.template, nodes.Const) and isinstance(first.template.value, str)):  # type: ignore[attr-defined]
            raise Unusual("a parent by condition")
        return found[0].template.value  # type: ignore[attr-defined, no-any-return]


class Parts:
    """A template with those that it extends, from itself to the root, and what a function of it is linked with."""

    def __init__(self, part: Callable[[str], Part], name: str) -> None:
        self.part = part
        self.linked = Linked()
        self.chain = [part(name)]
        while parent := self.chain[-1].parent():
            if part(parent) in self.chain:
                raise Unusual("a template that extends itself")
            self.chain.append(part(parent))

    def binds(self, node: nodes.Node) -> Iterator[tuple[str, Bound]]:
        """The names that a node binds, of macros and of templates with such."""
        if isinstance(node, nodes.Macro):
            yield node.name, Macro(f"f_{node.name}")
        elif isinstance(node, nodes.Import):
            yield node.target, Macros(self._imported(node))
        elif isinstance(node, nodes.FromImport):
            whole = self._imported(node)
            for pair in node.names:
                name, alias = pair if isinstance(pair, tuple) else (pair, pair)
                yield alias, Macro(self.linked.named(f"{whole}[{name!r}]"))

    def _imported(self, node: nodes.Import | nodes.FromImport) -> str:
        if node.with_context or not (isinstance(node.template, nodes.Const) and isinstance(node.template.value, str)):
            raise Unusual("an import by condition")
        return self.linked.named(f"macros_of({node.template.value!r})")


def is_static(node: nodes.Node) -> bool:
    """Whether this is text and nothing else."""
    return isinstance(node, nodes.Output) and all(isinstance(n, nodes.TemplateData) for n in node.nodes)
