"""Templates to Python: a page with the frame that it extends is one function, a macro is one.

Of `{% for s in sources %}<a href="{{ s.href }}">{{ s.title }}</a>{% endfor %}` becomes, for a context `c`,

    def page(o, c):
     c_sources = c.sources
     for x2 in c_sources:
      v4 = escaped(s3) if type((s3 := x2.href)) is str else in_value(s3)
      v6 = escaped(s5) if type((s5 := x2.title)) is str else in_text(s5)
      note_link(v4)
      o.append(f'<a href="{v4}">{v6}</a>')
     return

`Parts` knows what a template takes in, `Expressions` what is read, `Shown` what is put on the page, and `Function`, the
last of that line, statements. Where in HTML something stands `template_tags` has found before.

Whatever is not plain (`Unusual`) is left to Jinja, and so is a page on which anything goes wrong: what plain Jinja
makes of a template is what counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import CodeType

from jinja2 import Environment, nodes

from .template_expressions import Bound, Unusual
from .template_functions import Function, indented
from .template_parts import LIBRARY, Part, Parts, is_static


class Compiler:
    """What compiles the templates of a theme, and reads each of them once."""

    def __init__(self, environment: Environment, files: Callable[[str], str]) -> None:
        self.environment = environment
        self.files = files
        self.parts: dict[str, Part] = {}

    def part(self, name: str) -> Part:
        """A template by name."""
        if name not in self.parts:
            self.parts[name] = Part(self.environment, self.files(name), name)
        return self.parts[name]

    def compiled(self, name: str, kind: str) -> CodeType:
        """The code of a page (`page`) or of the macros of a template (`macros`); raises what stands in the way of it.

        It is run with the names of `noting.Notes`, and `macros_of`, what gives the macros of a template.
        """
        template = Template(self.part, name)
        source = template.page() if kind == "page" else template.macros()
        return compile(source, f"<{kind} of {name}>", "exec")


class Template(Parts):
    """A template that is compiled, with all that it takes in."""

    def macros(self) -> str:
        """What is run to have the macros of a template that others import."""
        (part,) = self.chain
        for node in part.node.body:
            if not isinstance(node, LIBRARY) and not is_static(node):
                raise Unusual("a template that does more than hold macros")
        lines, _ = self._functions()
        own = (n.name for n in part.node.body if isinstance(n, nodes.Macro) and not n.name.startswith("_"))
        names = ", ".join(f"{name!r}: f_{name}" for name in own)
        return _source([*self.linked.source(), *lines, f"macros = {{{names}}}"])

    def page(self) -> str:
        """What is run to have the function that makes a page, and the names that it asks of its context before all."""
        *children, root = self.chain
        for part in children:
            if not all(isinstance(n, (*LIBRARY, nodes.Extends, nodes.Block, nodes.Output)) for n in part.node.body):
                raise Unusual("a child that does more than fill blocks")
        if root.blocks and any(part.has(nodes.Assign) for part in self.chain):
            raise Unusual("a name that may reach into blocks")
        is_begun = False
        for node in root.node.body:
            if is_begun and isinstance(node, LIBRARY):
                raise Unusual("a macro that is not known from the beginning")
            is_begun |= not isinstance(node, LIBRARY) and not is_static(node)
        lines, bound = self._functions()
        asked: list[str] = []

        def write(function: Function) -> None:
            function.whole(root)
            asked[:] = function.asked

        page = self.function("page(o, c)", "", bound, write)
        return _source([*self.linked.source(), *lines, *page, f"asked = {asked!r}"])

    def _functions(self) -> tuple[list[str], dict[str, Bound]]:
        """The functions of all macros, and what the templates bind at their top."""
        bound: dict[str, Bound] = {}
        macros: list[tuple[Part, nodes.Macro]] = []
        for part in self.chain:
            for node in part.node.body:
                if isinstance(node, nodes.Macro):
                    macros.append((part, node))
                for name, own in self.binds(node):
                    if bound.setdefault(name, own) != own:
                        raise Unusual("two of one name")
        if len({node.name for _, node in macros}) < len(macros):
            raise Unusual("two macros of one name")
        lines: list[str] = []
        for part, node in macros:
            lines += self.macro(part, node, bound)
        return lines, bound

    def macro(self, part: Part, node: nodes.Macro, bound: dict[str, Bound]) -> list[str]:
        """A macro as a function."""
        if not all(isinstance(default, nodes.Const) for default in node.defaults) or not node.name.isascii():
            raise Unusual(node.name)
        values = [repr(default.value) for default in node.defaults if isinstance(default, nodes.Const)]
        plain = len(node.args) - len(values)
        parameters = [f"p_{argument.name}" for argument in node.args]
        written = [*parameters[:plain], *(f"{p}={v}" for p, v in zip(parameters[plain:], values, strict=True))]
        scope = bound | {argument.name: f"p_{argument.name}" for argument in node.args}
        head = f"f_{node.name}({', '.join(['o', *written])})"
        return self.function(head, node.name, scope, lambda function: function.macro_body(part, node))

    def function(self, head: str, macro: str, scope: dict[str, Bound], write: Callable[[Function], None]) -> list[str]:
        """A function."""
        made = Function(self, scope, macro)
        write(made)
        return [f"def {head}:", *indented((*made.opening(), *made.lines, "return"))]


def _source(lines: Iterable[str]) -> str:
    return "\n".join((*lines, ""))
