"""Expressions of templates as Python, as they stand there.

Jinja asks for an attribute in a way that finds keys too and forgives what is missing. Here it is read as Python reads
it; where that raises, the page is rendered by plain Jinja.
"""

from __future__ import annotations

from collections.abc import Callable
from keyword import iskeyword

from jinja2 import nodes
from jinja2.filters import FILTERS
from jinja2.tests import TESTS
from jinja2.utils import _PassArg

from ..frozen import NamedTuple

_COMPARED = {
    "eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "in": "in", "notin": "not in",
}  # fmt: skip
_GUARDED = {"format", "format_map", "mro", "gi_frame", "gi_code", "cr_frame", "cr_code", "ag_frame", "ag_code"}
"""Attributes that the sandbox looks into, as at all that begin with an underscore."""
_OF_TEMPLATES = {"loop", "self", "super", "caller", "varargs", "kwargs"}  # names that are none of the context's


class Unusual(ValueError):
    """Something of which only plain Jinja knows what it means."""


class Loop:
    """A loop by its number, and what is asked of it."""

    def __init__(self, number: int) -> None:
        self.count, self.length, self.all = f"i{number}", f"n{number}", f"a{number}"
        self.is_counted = self.is_measured = False

    def attribute(self, name: str) -> str:
        """What `loop` says of itself under a name."""
        known = {
            "first": f"({self.count} == 1)", "last": f"({self.count} == {self.length})", "index": self.count,
            "index0": f"({self.count} - 1)", "length": self.length,
        }  # fmt: skip
        if name not in known:
            raise Unusual(name)
        self.is_counted |= name != "length"
        self.is_measured |= name in ("last", "length")
        return known[name]


class Macros(NamedTuple):
    """The macros of a template that is imported, known by a name in Python."""

    name: str


class Macro(NamedTuple):
    """A macro, known by a name in Python."""

    name: str


Bound = str | Loop | Macros | Macro
"""What a name stands for in a template; of a value, its name in Python."""


class Linked:
    """What a compiled template has at its top: the macros that it imports, filters and tests, each by a name."""

    def __init__(self) -> None:
        self.lines: dict[str, str] = {}  # what stands behind a name, to the name

    def named(self, source: str) -> str:
        """The name of what this makes."""
        return self.lines.setdefault(source, f"m{len(self.lines)}")

    def source(self) -> list[str]:
        """The lines that make all of it."""
        return [f"{name} = {source}" for source, name in self.lines.items()]

    def function(self, kind: str, name: str) -> str:
        """A call, as far as its bracket, of a filter or test of Jinja that asks for nothing but whether to escape."""
        found = (FILTERS if kind == "filters" else TESTS).get(name)
        asks = _PassArg.from_obj(found) if found else _PassArg.context  # type: ignore[type-var] # of any function
        if asks not in (None, _PassArg.eval_context):
            raise Unusual(name)
        function = self.named(f"{_imported(f'jinja2.{kind}')}.{kind.upper()}[{name!r}]")
        if asks is None:
            return f"{function}("
        escapes = self.named(f"{_imported('types')}.SimpleNamespace(autoescape=True, volatile=False)")
        return f"{function}({escapes}, "


class Expressions:
    """Expressions in a function that is compiled."""

    def __init__(self, linked: Linked, scope: dict[str, Bound]) -> None:
        self.linked = linked
        self.scope = scope
        self.number = 0
        self.asked: dict[str, str] = {}  # names of the context, to where they are kept

    def new(self, kind: str) -> str:
        """A name in Python that is not yet taken."""
        self.number += 1
        return f"{kind}{self.number}"

    def free(self, name: str) -> str:
        """A name that nothing in the templates binds."""
        if name in _OF_TEMPLATES or name.startswith("_") or iskeyword(name) or not name.isascii():
            raise Unusual(name)
        return self.asked.setdefault(name, f"c_{name}")

    def of(self, node: nodes.Node) -> str:
        """An expression."""
        write: Callable[[nodes.Node], str] | None = getattr(self, f"_{type(node).__name__.lower()}", None)
        if write is None:
            raise Unusual(type(node).__name__)
        return write(node)

    def macro(self, node: nodes.Node) -> str | None:
        """The macro that an expression names."""
        if isinstance(node, nodes.Name):
            bound = self.scope.get(node.name)
            return bound.name if isinstance(bound, Macro) else None
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            whole = self.scope.get(node.node.name)
            if isinstance(whole, Macros):
                return self.linked.named(f"{whole.name}[{node.attr!r}]")
        return None

    def _name(self, node: nodes.Name) -> str:
        bound = self.scope.get(node.name)
        if bound is None:
            return self.free(node.name)
        if not isinstance(bound, str):
            raise Unusual(node.name)
        return bound

    def _getattr(self, node: nodes.Getattr) -> str:
        if iskeyword(node.attr) or not node.attr.isascii() or node.attr[0] == "_" or node.attr in _GUARDED:
            raise Unusual(node.attr)
        whole = self.scope.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        if isinstance(whole, Loop):
            return whole.attribute(node.attr)
        return f"{self.of(node.node)}.{node.attr}"

    def _getitem(self, node: nodes.Getitem) -> str:
        return f"{self.of(node.node)}[{self.of(node.arg)}]"

    def _slice(self, node: nodes.Slice) -> str:
        return ":".join("" if part is None else self.of(part) for part in (node.start, node.stop, node.step))

    def _const(self, node: nodes.Const) -> str:
        if not isinstance(node.value, str | int | float | None):
            raise Unusual(node.value)
        return f"({node.value!r})"

    def _call(self, node: nodes.Call) -> str:
        return f"{self.of(node.node)}({self.arguments(node)})"

    def arguments(self, node: nodes.Call | nodes.Filter | nodes.Test, prefix: str = "") -> str:
        """What stands between the brackets of a call; `prefix` is that of names."""
        if node.dyn_args or node.dyn_kwargs:
            raise Unusual
        named = [f"{prefix}{pair.key}={self.of(pair.value)}" for pair in node.kwargs]
        return ", ".join([*(self.of(value) for value in node.args), *named])

    def _filter(self, node: nodes.Filter) -> str:
        return self._applied("filters", node)

    def _test(self, node: nodes.Test) -> str:
        if node.name == "none" and not node.args:
            return f"({self.of(node.node)} is None)"
        return self._applied("tests", node)

    def _applied(self, kind: str, node: nodes.Filter | nodes.Test) -> str:
        if node.node is None or node.name in ("once", "defined", "undefined", "default", "d"):
            raise Unusual(node.name)
        function = "len(" if node.name in ("length", "count") else self.linked.function(kind, node.name)
        value, arguments = self.of(node.node), self.arguments(node)
        return f"{function}{value}{', ' if arguments else ''}{arguments})"

    def _condexpr(self, node: nodes.CondExpr) -> str:
        if node.expr2 is None:
            raise Unusual
        test = self.of(node.test)
        return f"({self.of(node.expr1)} if {test} else {self.of(node.expr2)})"

    def _compare(self, node: nodes.Compare) -> str:
        first, *rest = node.ops
        parts = [self.of(node.expr), _COMPARED[first.op], self.of(first.expr)]
        for operand in rest:
            parts += (_COMPARED[operand.op], self.of(operand.expr))
        return f"({' '.join(parts)})"

    def _concat(self, node: nodes.Concat) -> str:
        if node.find(nodes.Name) is None:
            raise Unusual("what Jinja joins beforehand, and escapes otherwise")
        join = self.linked.named(f"{_imported('jinja2.runtime')}.markup_join")
        return f"{join}(({''.join(f'{self.of(part)}, ' for part in node.nodes)}))"

    def _tuple(self, node: nodes.Tuple) -> str:
        return f"({''.join(f'{self.of(item)}, ' for item in node.items)})"

    def _list(self, node: nodes.List) -> str:
        return f"[{', '.join(self.of(item) for item in node.items)}]"

    def _dict(self, node: nodes.Dict) -> str:
        return f"{{{', '.join(f'{self.of(p.key)}: {self.of(p.value)}' for p in node.items)}}}"

    def _and(self, node: nodes.And) -> str:
        return f"({self.of(node.left)} and {self.of(node.right)})"

    def _or(self, node: nodes.Or) -> str:
        return f"({self.of(node.left)} or {self.of(node.right)})"

    def _not(self, node: nodes.Not) -> str:
        return f"(not {self.of(node.node)})"

    def _unary(self, node: nodes.UnaryExpr) -> str:
        return f"({node.operator}{self.of(node.node)})"

    def _binary(self, node: nodes.BinExpr) -> str:
        return f"({self.of(node.left)} {node.operator} {self.of(node.right)})"

    _neg = _pos = _unary
    _add = _sub = _mul = _div = _floordiv = _mod = _pow = _binary


def _imported(module: str) -> str:
    """A module, where a template asks for something of it: most need no Jinja when they are run."""
    return f"__import__({module!r}, fromlist=['*'])"
