"""The nodes that a template is made of, named as Jinja names its own: those of which code is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..frozen import dataclass, fields


class Unusual(ValueError):
    """Something of which only plain Jinja knows what it means."""


class Node:
    """A node; its fields hold nodes, lists of such, and plain values."""

    def iter_child_nodes(self) -> Iterator[Node]:
        """The nodes right below this one, in order."""
        for field in fields(type(self)):  # type: ignore[arg-type] # every node but this one is a dataclass
            value = getattr(self, field.name)
            for own in value if isinstance(value, list) else (value,):
                if isinstance(own, Node):
                    yield own

    def find_all(self, kinds: type[Node] | tuple[type[Node], ...]) -> Iterator[Any]:
        """All nodes of some kinds below this one, in order."""
        for child in self.iter_child_nodes():
            if isinstance(child, kinds):
                yield child
            yield from child.find_all(kinds)

    def find(self, kind: type[Node]) -> Any:
        """The first of them, None where there is none."""
        return next(self.find_all(kind), None)


class Expr(Node):
    """What has a value."""


@dataclass(frozen=True)
class Template(Node):
    """A whole template."""

    body: list[Node]


@dataclass(frozen=True)
class Output(Node):
    """Text and values, one after the other."""

    nodes: list[Expr]


@dataclass(frozen=True)
class Extends(Node):
    """That the template fills the blocks of another."""

    template: Expr


@dataclass(frozen=True)
class For(Node):
    """A loop."""

    target: Expr
    iter: Expr
    body: list[Node]
    else_: list[Node]
    test: Expr | None
    recursive: bool


@dataclass(frozen=True)
class If(Node):
    """A branch."""

    test: Expr
    body: list[Node]
    elif_: list[If]
    else_: list[Node]


@dataclass(frozen=True)
class Macro(Node):
    """A macro."""

    name: str
    args: list[Name]
    defaults: list[Expr]
    body: list[Node]


@dataclass(frozen=True)
class With(Node):
    """Names for a while."""

    targets: list[Expr]
    values: list[Expr]
    body: list[Node]


@dataclass(frozen=True)
class Block(Node):
    """What others may fill."""

    name: str
    body: list[Node]
    scoped: bool
    required: bool


@dataclass(frozen=True)
class Include(Node):
    """Another template in place."""

    template: Expr
    with_context: bool
    ignore_missing: bool


@dataclass(frozen=True)
class Import(Node):
    """The macros of another template by a name."""

    template: Expr
    target: str
    with_context: bool


@dataclass(frozen=True)
class FromImport(Node):
    """Some of them by names of their own."""

    template: Expr
    names: list[str | tuple[str, str]]
    with_context: bool


@dataclass(frozen=True)
class Assign(Node):
    """A name for a value."""

    target: Expr
    node: Expr


@dataclass(frozen=True)
class TemplateData(Expr):
    """Text of the template itself."""

    data: str


@dataclass(frozen=True)
class Const(Expr):
    """A value that is written out."""

    value: Any


@dataclass(frozen=True)
class Name(Expr):
    """A name."""

    name: str


@dataclass(frozen=True)
class Getattr(Expr):
    """An attribute."""

    node: Expr
    attr: str


@dataclass(frozen=True)
class Getitem(Expr):
    """An item."""

    node: Expr
    arg: Expr


@dataclass(frozen=True)
class Slice(Expr):
    """A stretch of items."""

    start: Expr | None
    stop: Expr | None
    step: Expr | None


@dataclass(frozen=True)
class Tuple(Expr):
    """Values in a row."""

    items: list[Expr]


@dataclass(frozen=True)
class List(Expr):
    """The same, as a list."""

    items: list[Expr]


@dataclass(frozen=True)
class Pair(Node):
    """A key and its value in a dictionary."""

    key: Expr
    value: Expr


@dataclass(frozen=True)
class Dict(Expr):
    """A dictionary."""

    items: list[Pair]


@dataclass(frozen=True)
class Keyword(Node):
    """A value that is given by name."""

    key: str
    value: Expr


@dataclass(frozen=True)
class Call(Expr):
    """A call."""

    node: Expr
    args: list[Expr]
    kwargs: list[Keyword]
    dyn_args: Expr | None
    dyn_kwargs: Expr | None


@dataclass(frozen=True)
class Filter(Expr):
    """A filter; of a block of text there is no node."""

    node: Expr | None
    name: str
    args: list[Expr]
    kwargs: list[Keyword]
    dyn_args: Expr | None
    dyn_kwargs: Expr | None


@dataclass(frozen=True)
class Test(Expr):
    """A test."""

    node: Expr
    name: str
    args: list[Expr]
    kwargs: list[Keyword]
    dyn_args: Expr | None
    dyn_kwargs: Expr | None


@dataclass(frozen=True)
class CondExpr(Expr):
    """One of two values."""

    test: Expr
    expr1: Expr
    expr2: Expr | None


@dataclass(frozen=True)
class Operand(Node):
    """What a value is compared with, and how."""

    op: str
    expr: Expr


@dataclass(frozen=True)
class Compare(Expr):
    """A comparison, or several in a row."""

    expr: Expr
    ops: list[Operand]


@dataclass(frozen=True)
class Concat(Expr):
    """Values joined to text."""

    nodes: list[Expr]


@dataclass(frozen=True)
class And(Expr):
    """Both."""

    left: Expr
    right: Expr


@dataclass(frozen=True)
class Or(Expr):
    """Either."""

    left: Expr
    right: Expr


@dataclass(frozen=True)
class Not(Expr):
    """The contrary."""

    node: Expr


@dataclass(frozen=True)
class UnaryExpr(Expr):
    """A number with a sign."""

    operator: str
    node: Expr


@dataclass(frozen=True)
class BinExpr(Expr):
    """Two numbers, and what is done with them."""

    operator: str
    left: Expr
    right: Expr


_KINDS: dict[str, Any] = {
    **{kind.__name__: kind for kind in (*Node.__subclasses__(), *Expr.__subclasses__())},
    **dict.fromkeys(("Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow"), BinExpr),
    **dict.fromkeys(("Neg", "Pos"), UnaryExpr),
}


def converted(node: Any) -> Any:
    """What Jinja's own parser made of a template, in these nodes; what there is none for is `Unusual`."""
    if isinstance(node, list):
        return [converted(own) for own in node]
    if not hasattr(node, "fields"):
        return node
    kind = _KINDS.get(type(node).__name__)
    if kind is None:
        raise Unusual(type(node).__name__)
    return kind(*[converted(getattr(node, field.name)) for field in fields(kind)])
