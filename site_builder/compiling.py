"""Jinja's own compiler, but for what a page does a thousand times.

Jinja asks for an attribute in a way that finds keys too and forgives what is missing; it makes an object of every value
that it escapes; each piece of a block passes through the generators of all templates above. Here attributes are read as
Python reads them, what is joined to a page is text, and a block is one piece. On what a page shows that comes to the
same; where an attribute is missing this raises, and the page is rendered by plain Jinja.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from keyword import iskeyword
from typing import Any, cast

import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

# The step of `escape` that replaces characters, without the object around them; not every release has it.
escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


def shown(value: Any) -> str:
    """A value that is no plain text, as text that can stand in HTML."""
    kind = type(value)
    if kind is Markup:
        return cast("Markup", value)
    return str(value) if kind is int else escape(value)


class Compiler(CodeGenerator):
    """Templates to Python."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 Jinja's name
        """The module of a template."""
        self.writeline(f"from {__name__} import escaped, shown")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 Jinja's name
        """An attribute; one that is no name in Python is left to Jinja."""
        if iskeyword(node.attr) or not node.attr.isascii():
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """The body of a block, joined before it is handed on."""
        if not frame.block_frame or frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """What stands before a value on the page; where it is not known whether to escape, that is left to Jinja."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("(escaped(_shown) if type(_shown := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """What stands after it."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write(") is str else shown(_shown))")
        else:
            super()._output_child_post(node, frame, finalize)
