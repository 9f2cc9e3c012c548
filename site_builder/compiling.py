"""Jinja's own compiler, but for what a page does a thousand times.

Jinja asks for an attribute in a way that finds keys too and forgives what is missing; it makes an object of every value
that it escapes; each piece of a block passes through the generators of all templates above. Here attributes are read as
Python reads them, what is joined to a page is text, and a block is one piece. On what a page shows that comes to the
same; where an attribute is missing this raises, and the page is rendered by plain Jinja.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from .linked_html import Filled

if TYPE_CHECKING:
    from .template_tags import Tags

# The step of `escape` that replaces characters, without the object around them; not every release has it.
escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


Read = Callable[[str], tuple[Iterable[str], Iterable[str]]]
"""What reads the ids and links of a piece of HTML."""


class Notes:
    """The ids and links of a page as they stand on it, noted while it is rendered; or that they have to be read."""

    def __init__(self, read: Read) -> None:
        self.read = read
        self.ids: list[str] = []
        self.links: list[str] = []
        self.is_sure = True

    def clear(self) -> None:
        """Begin a page."""
        self.ids.clear()
        self.links.clear()
        self.is_sure = True

    def in_text(self, value: Any) -> str:
        """A value that is no plain text, as text between tags; HTML from elsewhere brings ids and links with it."""
        kind = type(value)
        if kind is int:
            return str(value)
        if kind is Written:
            return value  # type: ignore[no-any-return]
        if kind is Filled:
            self.ids += value.ids
            self.links += value.links
            return value  # type: ignore[no-any-return]
        text: str = escape(value)
        if "<" in text or ">" in text:
            is_whole = text.count("<") == text.count(">") and -1 < text.find("<") < text.find(">")
            self.is_sure &= is_whole and text.rfind("<") < text.rfind(">")
            if "=" in text:
                ids, links = self.read(text)
                self.ids += ids
                self.links += links
        return text

    def in_value(self, value: Any) -> str:
        """A value that is no plain text, as the value of an attribute."""
        if type(value) is int:
            return str(value)
        text: str = escape(value)
        self.is_sure &= not ('"' in text or "'" in text or "<" in text)
        return text

    def in_name(self, value: Any) -> str:
        """Any value, as the name of a tag or the end of it."""
        text: str = escape(value)
        self.is_sure &= text.isalnum() and text.isascii() and text[0].isalpha()
        return text


class Written(Markup):
    """What a macro wrote: its ids and links are noted already."""

    __slots__ = ()


class NotingMacro(Macro):
    """A macro of a template that notes ids and links."""

    def _invoke(self, arguments: list[Any], autoescape: bool) -> str:
        html = self._func(*arguments)
        return str.__new__(Written, html) if autoescape else html


def quick(macro: NotingMacro, *arguments: Any, **_: Any) -> str:
    """What a macro makes of positional arguments where values are escaped, without asking what else it might take."""
    lacking = macro._argument_count - len(arguments)
    if lacking < 0 or macro.caller or macro.catch_kwargs or macro.catch_varargs:
        return macro(*arguments)
    return str.__new__(Written, macro._func(*arguments, *(missing,) * lacking))


class Compiler(CodeGenerator):
    """Templates to Python."""

    tags: Tags | None = None  # where in HTML each expression stands; None where that is not sure

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 Jinja's name
        """The module of a template."""
        from .template_tags import tags_of  # where compiled templates are kept, most builds compile none

        self.tags = tags_of(node)
        self.writeline(f"from {__name__} import NotingMacro, escaped, quick")
        self.writeline("_noted = environment.noted")
        self.writeline("_ids, _links, _text, _value = _noted.ids, _noted.links, _noted.in_text, _noted.in_value")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 Jinja's name
        """An attribute; one that is no name in Python is left to Jinja."""
        if iskeyword(node.attr) or not node.attr.isascii():
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 Jinja's name
        """A call; one of a macro without names is quick."""
        if node.kwargs or node.dyn_args or node.dyn_kwargs or forward_caller:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("(quick if type(_called := ")
        self.visit(node.node, frame)
        self.write(") is NotingMacro and context.eval_ctx.autoescape else context.call)(_called")
        if frame.loop_frame or frame.block_frame:
            names = ("_loop_vars",) * frame.loop_frame + ("_block_vars",) * frame.block_frame
            self.signature(node, frame, {name: name for name in names})
        else:
            self.signature(node, frame)
        self.write(")")

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """The body of a block, or of a whole template, joined before it is handed on."""
        if frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """The object of a macro."""
        self.write("Noting")
        super().macro_def(macro_ref, frame)

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 Jinja's name
        """Text and values, and which ids and links are among them."""
        found = self.tags.notes.get(id(node), ()) if self.tags else ()
        self.kept = {
            id(p): f"_v{n}" for n, p in enumerate(p for note in found for p in note.parts if p.__class__ is not str)
        }
        if self.tags is None or (frame.require_output_check and not self.has_known_extends):
            self.writeline("_noted.is_sure = False")
        super().visit_Output(node, frame)
        if frame.require_output_check:
            return
        for among in ("ids", "links"):
            values = [
                " + ".join(repr(p) if isinstance(p, str) else self.kept[id(p)] for p in note.parts) or "''"
                for note in found if note.among == among
            ]  # fmt: skip
            if values:
                self.writeline(f"_{among}.extend(({', '.join(values)},))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """What stands before a value on the page; where it is not known whether to escape, that is left to Jinja."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            place = self.tags.places.get(id(node)) if self.tags else "text"
            kept = self.kept.get(id(node))
            self.write("_noted.in_name(" if place == "name" else "(")
            self.write(f"{kept} := (" if kept else "")
            self.write("escaped(_shown) if type(_shown := " if place != "name" else "")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """What stands after it."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            place = self.tags.places.get(id(node)) if self.tags else "text"
            how = "_value" if place == "value" else "_text"
            self.write(f") is str else {how}(_shown)" if place != "name" else "")
            self.write(")" if id(node) in self.kept else "")
            self.write(")")
        else:
            super()._output_child_post(node, frame, finalize)
