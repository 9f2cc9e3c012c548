"""Templates as nodes, read without Jinja: to load it takes longer than to read and compile a theme of one's own.

What templates commonly say is read: text, values, loops, branches, blocks, macros. Whatever else stands in one is
`Unusual`, and Jinja reads the template; a test holds what is read here to what Jinja reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import template_nodes as nodes
from .template_nodes import Unusual
from .template_tokens import Token, tokens

_COMPARED = {"==": "eq", "!=": "ne", ">": "gt", ">=": "gteq", "<": "lt", "<=": "lteq"}
_CONSTANTS = {"true": True, "True": True, "false": False, "False": False, "none": None, "None": None}
_WORDS = {"and", "or", "not", "in", "is", "if", "elif", "else", "recursive", "with", "without", "ignore", "as"}
"""Names that mean something by where they stand."""


def read(text: str) -> nodes.Template:
    """A template of a theme as nodes."""
    return nodes.Template(_Reader([*tokens(text)]).body())


class _Reader:
    """What goes through the tokens of a template."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = [*tokens, ("over", "")]
        self.at = 0

    def is_next(self, kind: str, *written: str) -> bool:
        """Whether the next token is of a kind, and written so."""
        own, text = self.tokens[self.at]
        return own == kind and (not written or text in written)

    def has(self, kind: str, *written: str) -> bool:
        """The same; if so it is taken."""
        found = self.is_next(kind, *written)
        self.at += found
        return found

    def take(self, kind: str, *written: str) -> str:
        """Take the next token, which has to be of this kind; how it is written."""
        text = self.tokens[self.at][1]
        if not self.has(kind, *written):
            raise Unusual(text)
        return text

    def name(self) -> str:
        """A name that means nothing else."""
        name = self.take("name")
        if name in _WORDS or name in _CONSTANTS:
            raise Unusual(name)
        return name

    # Statements

    def body(self, *ends: str) -> list[nodes.Node]:
        """What stands before a tag that begins with one of these words, or without such, all that is left."""
        found: list[nodes.Node] = []
        shown: list[nodes.Expr] = []
        while not self.has("over"):
            if self.is_next("data"):
                shown.append(nodes.TemplateData(self.take("data")))
            elif self.has("begin", "{"):
                shown.append(self.value())
                self.take("end", "{")
            else:
                self.take("begin", "%")
                if shown:
                    found.append(nodes.Output(shown))
                    shown = []
                if ends and self.is_next("name", *ends):
                    return found
                found.append(self.statement())
                self.take("end", "%")
        if ends:
            raise Unusual("a tag without an end")
        return [*found, nodes.Output(shown)] if shown else found

    def within(self, *ends: str) -> list[nodes.Node]:
        """What stands between the tag that is open and one that begins with such a word."""
        self.take("end", "%")
        return self.body(*ends)

    def statement(self) -> nodes.Node:
        """What a tag says, with all as far as the one that ends it."""
        write = _STATEMENTS.get(self.take("name"))
        if write is None:
            raise Unusual("a statement that few templates make")
        return write(self)

    def loop(self) -> nodes.For:
        """A loop."""
        targets = [nodes.Name(self.name())]
        while self.has("sign", ","):
            targets.append(nodes.Name(self.name()))
        self.take("name", "in")
        over = self.either()
        test = self.value() if self.has("name", "if") else None
        body = self.within("endfor", "else")
        other = self.within("endfor") if self.take("name") == "else" else None
        if other is not None:
            self.take("name")
        target = targets[0] if len(targets) == 1 else nodes.Tuple([*targets])
        return nodes.For(target, over, body, other or [], test, recursive=False)

    def branch(self) -> nodes.If:
        """Branches."""
        test = self.either()
        body = self.within("elif", "else", "endif")
        others: list[nodes.If] = []
        while (word := self.take("name")) == "elif":
            own = self.either()
            others.append(nodes.If(own, self.within("elif", "else", "endif"), [], []))
        otherwise: list[nodes.Node] = []
        if word == "else":
            otherwise = self.within("endif")
            self.take("name")
        return nodes.If(test, body, others, otherwise)

    def block(self) -> nodes.Block:
        """What others may fill."""
        name = self.name()
        body = self.within("endblock")
        self.take("name")
        self.has("name", name)
        return nodes.Block(name, body, scoped=False, required=False)

    def macro(self) -> nodes.Macro:
        """A macro."""
        name, taken, defaults = self.name(), list[nodes.Name](), list[nodes.Expr]()
        self.take("sign", "(")
        while not self.has("sign", ")"):
            if taken:
                self.take("sign", ",")
            taken.append(nodes.Name(self.name()))
            if self.has("sign", "="):
                defaults.append(self.value())
            elif defaults:
                raise Unusual("a value that has to be given behind one that has not")
        body = self.within("endmacro")
        self.take("name")
        return nodes.Macro(name, taken, defaults, body)

    def extends(self) -> nodes.Extends:
        """What it fills the blocks of."""
        return nodes.Extends(self.value())

    def include(self) -> nodes.Include:
        """Another template in place."""
        return nodes.Include(self.value(), with_context=True, ignore_missing=False)

    def imports(self) -> nodes.Import:
        """The macros of another."""
        template = self.value()
        self.take("name", "as")
        return nodes.Import(template, self.name(), with_context=False)

    def assign(self) -> nodes.Assign:
        """A name for a value."""
        target = nodes.Name(self.name())
        self.take("sign", "=")
        return nodes.Assign(target, self.value())

    # Expressions, from what binds least

    def value(self) -> nodes.Expr:
        """A value, by condition or not."""
        found = self.either()
        while self.has("name", "if"):
            test = self.either()
            found = nodes.CondExpr(test, found, self.value() if self.has("name", "else") else None)
        return found

    def either(self) -> nodes.Expr:
        """`or`."""
        found = self.both()
        while self.has("name", "or"):
            found = nodes.Or(found, self.both())
        return found

    def both(self) -> nodes.Expr:
        """`and`."""
        found = self.contrary()
        while self.has("name", "and"):
            found = nodes.And(found, self.contrary())
        return found

    def contrary(self) -> nodes.Expr:
        """`not`."""
        return nodes.Not(self.contrary()) if self.has("name", "not") else self.compared()

    def compared(self) -> nodes.Expr:
        """Comparisons."""
        found, operands = self.summed(), list[nodes.Operand]()
        while True:
            if self.is_next("sign", *_COMPARED):
                operands.append(nodes.Operand(_COMPARED[self.take("sign")], self.summed()))
            elif self.has("name", "in"):
                operands.append(nodes.Operand("in", self.summed()))
            elif self.is_next("name", "not") and self.tokens[self.at + 1] == ("name", "in"):
                self.at += 2
                operands.append(nodes.Operand("notin", self.summed()))
            else:
                return nodes.Compare(found, operands) if operands else found

    def summed(self) -> nodes.Expr:
        """`+` and `-`."""
        found = self.filtered()
        while self.is_next("sign", "+", "-"):
            found = nodes.BinExpr(self.take("sign"), found, self.filtered())
        return found

    def filtered(self) -> nodes.Expr:
        """A value with its filters and tests."""
        found = self.read(self.plain())
        while True:
            if self.has("sign", "|"):
                found = nodes.Filter(found, self.name(), *self.given(), None, None)
            elif self.has("name", "is"):
                is_not, name = self.has("name", "not"), self.take("name")
                test = nodes.Test(found, name, *self.given(), None, None)
                is_over = self.is_next("end") or self.is_next("sign", ")", "]", ",", "|")
                if not (is_over or self.is_next("name", "else", "or", "and")):
                    raise Unusual("a test that takes a value without brackets")
                found = nodes.Not(test) if is_not else test
            else:
                return found

    def read(self, found: nodes.Expr) -> nodes.Expr:
        """What is read of a value: attributes, items, what it gives when it is called."""
        while True:
            if self.has("sign", "."):
                found = nodes.Getattr(found, self.take("name"))
            elif self.has("sign", "["):
                found = nodes.Getitem(found, self.value())
                self.take("sign", "]")
            elif self.is_next("sign", "("):
                found = nodes.Call(found, *self.given(), None, None)
            else:
                return found

    def given(self) -> tuple[list[nodes.Expr], list[nodes.Keyword]]:
        """What stands between brackets behind a name, if there are any."""
        plain, named = list[nodes.Expr](), list[nodes.Keyword]()
        if not self.has("sign", "("):
            return plain, named
        while not self.has("sign", ")"):
            if plain or named:
                self.take("sign", ",")
            if self.is_next("name") and self.tokens[self.at + 1] == ("sign", "="):
                name = self.take("name")
                self.at += 1
                named.append(nodes.Keyword(name, self.value()))
            elif named:
                raise Unusual("a value behind one with a name")
            else:
                plain.append(self.value())
        return plain, named

    def plain(self) -> nodes.Expr:
        """A name, a number, a text, or several values in brackets."""
        if self.is_next("name", *_CONSTANTS):
            return nodes.Const(_CONSTANTS[self.take("name")])
        if self.is_next("name"):
            return nodes.Name(self.name())
        if self.is_next("number"):
            number = self.take("number")
            return nodes.Const(float(number) if "." in number else int(number))
        if self.is_next("text"):
            text = self.take("text")[1:-1]
            while self.is_next("text"):
                text += self.take("text")[1:-1]
            return nodes.Const(text)
        if self.has("sign", "["):
            return nodes.List(self.row("]"))
        self.take("sign", "(")
        items = self.row(")")
        is_one = len(items) == 1 and self.tokens[self.at - 2] != ("sign", ",")
        return items[0] if is_one else nodes.Tuple(items)

    def row(self, end: str) -> list[nodes.Expr]:
        """Values with commas between, as far as a bracket."""
        found: list[nodes.Expr] = []
        while not self.has("sign", end):
            if found:
                self.take("sign", ",")
                if self.has("sign", end):
                    break
            found.append(self.value())
        return found


_STATEMENTS: Mapping[str, Callable[[_Reader], nodes.Node]] = {
    "for": _Reader.loop, "if": _Reader.branch, "block": _Reader.block, "macro": _Reader.macro,
    "extends": _Reader.extends, "include": _Reader.include, "import": _Reader.imports, "set": _Reader.assign,
}  # fmt: skip
