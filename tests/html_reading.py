"""Pages as a reader's program sees them: a tree made by the HTML parser of the standard library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))


@dataclass(eq=False)
class Element:
    """An element with its attributes, and its children in order: elements and text."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)
    parent: Element | None = None

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in document order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [child for child in reversed(element.children) if isinstance(child, Element)]

    def all(self, tag: str = "", having: str = "") -> list[Element]:
        """All elements below with this tag and this attribute, in document order."""
        return [e for e in self.walk() if (not tag or e.tag == tag) and (not having or having in e.attributes)]

    def one(self, tag: str = "", having: str = "") -> Element:
        """The only such element."""
        (found,) = self.all(tag, having)
        return found

    def by_id(self, wanted: str) -> Element:
        """The only element with this id."""
        (found,) = [e for e in self.all(having="id") if e.attributes["id"] == wanted]
        return found

    @property
    def text(self) -> str:
        """What DOM calls textContent."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def ids(self) -> list[str]:
        """Every id below, in document order."""
        return [e.attributes["id"] for e in self.all(having="id")]

    def links(self) -> list[str]:
        """Every address that something below leads to or loads."""
        return [e.attributes[name] for e in self.walk() for name in ("href", "src") if name in e.attributes]

    def is_inside(self, is_it: Callable[[Element], bool]) -> bool:
        """Whether an element above is so."""
        above = self.parent
        while above is not None and not is_it(above):
            above = above.parent
        return above is not None


class _Reader(HTMLParser):
    """Builds the tree; a page whose elements are not closed in order is refused, though browsers would guess."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.at = self.root
        self.doctype = ""

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs}, parent=self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.at.tag, f"</{tag}> closes <{self.at.tag}>"
        assert self.at.parent is not None
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def read_html(page: bytes) -> Element:
    """The tree of a page; its root stands for the document."""
    reader = _Reader()
    reader.feed(page.decode("utf-8"))
    reader.close()
    assert reader.at is reader.root, f"<{reader.at.tag}> is not closed"
    assert reader.doctype == "doctype html"
    return reader.root
