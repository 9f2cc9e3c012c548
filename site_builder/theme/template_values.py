"""What a template puts on a page: its own words, values as HTML, and which ids and links are among them."""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import nodes
from markupsafe import escape

from .template_expressions import Bound, Expressions, Linked, Unusual
from .template_tags import Tags

_HOW = {"text": "in_text", "value": "in_value"}
Piece = tuple[bool, str]
"""Static text, or the name of what holds text: whether it is static, and it."""


class Shown(Expressions):
    """A function as it is written: its lines, and the pieces of HTML that are not yet put at the end of the page.

    Pieces are put there together, before a loop or a macro puts its own.
    """

    def __init__(self, linked: Linked, scope: dict[str, Bound]) -> None:
        super().__init__(linked, scope)
        self.tags: Tags | None = None
        self.lines: list[str] = []
        self.pieces: list[Piece] = []

    def put(self) -> None:
        """Put the pieces at the end of the page."""
        if self.pieces:
            self.lines.append(f"o.append({joined(self.pieces)})")
            self.pieces = []

    def write_output(self, node: nodes.Output) -> None:
        """Text and values, and which ids and links are among them."""
        kept: dict[int, str] = {}
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                self.pieces.append((True, child.data))
            elif isinstance(child, nodes.Const):
                self.pieces.append((True, str(escape(child.value))))
            else:
                self.value(child, kept)
        for among in ("id", "link"):
            values = [
                joined([(True, p) if isinstance(p, str) else (False, kept[id(p)]) for p in note.parts])
                for note in (self.tags.notes.get(id(node), ()) if self.tags else ()) if note.among == f"{among}s"
            ]  # fmt: skip
            if values:
                many = len(values) > 1
                self.lines.append(f"note_{among}s(({', '.join(values)}))" if many else f"note_{among}({values[0]})")

    def value(self, node: nodes.Expr, kept: dict[int, str]) -> None:
        """A value; what holds it as it is shown is noted in `kept`."""
        place = self.tags.places.get(id(node), "text") if self.tags else "text"
        if isinstance(node, nodes.Call) and (macro := self.macro(node.node)):
            arguments = self.arguments(node, prefix="p_")
            if place == "text":
                self.put()
                self.lines.append(f"{macro}({', '.join(['o', *([arguments] if arguments else [])])})")
                return
            held = self._held(f"in_{place}(drawn({', '.join([macro, *([arguments] if arguments else [])])}))")
        elif isinstance(node, nodes.Filter) and node.name == "once":
            held = self._once(node, place)
        elif place == "name":
            held = self._held(f"in_name({self.of(node)})")
        else:
            held = self._escaped(node, place)
        kept[id(node)] = held
        self.pieces.append((False, held))

    def _held(self, source: str) -> str:
        held = self.new("v")
        self.lines.append(f"{held} = {source}")
        return held

    def _once(self, node: nodes.Filter, place: str) -> str:
        macro = self.macro(node.args[0]) if len(node.args) == 1 and node.node and not node.kwargs else None
        if macro is None or place != "text" or node.node is None:
            raise Unusual("once")
        known = self.linked.named(f"once({macro})") if not macro.startswith("f_") else f"once({macro})"
        held, ids, links = self.new("v"), self.new("v"), self.new("v")
        self.lines.append(f"{held}, {ids}, {links} = {known}[{self.of(node.node)}]")
        self.lines += [f"if {ids}: note_ids({ids})", f"if {links}: note_links({links})"]
        return held

    def _escaped(self, node: nodes.Expr, place: str) -> str:
        """What holds a value as HTML."""
        raw = test = self.of(node)
        if not raw.isidentifier():
            raw = self.new("s")
            test = f"({raw} := {test})"
        return self._held(f"escaped({raw}) if type({test}) is str else {_HOW[place]}({raw})")


def joined(pieces: Iterable[Piece]) -> str:
    """Pieces as one text."""
    all_ = [*pieces]
    if len(all_) == 1 and not all_[0][0]:
        return all_[0][1]
    if all(is_static for is_static, _ in all_):
        return repr("".join(text for _, text in all_))
    braced = (text.replace("{", "{{").replace("}", "}}") if is_static else f"{{{text}}}" for is_static, text in all_)
    return f"f{''.join(braced)!r}"
