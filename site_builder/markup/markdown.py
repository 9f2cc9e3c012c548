"""Markdown to sentences and to HTML: CommonMark without raw HTML, with the briefing's citations.

`[@source#passage]`, `[@claim:id]`, `[@event:id]` and `[@figure:source#id]` cite; a sentence that ends in `[analysis]`
is ours. A citation belongs to the sentence it stands in, or to the one that has just ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from types import ModuleType
from typing import Literal

from markupsafe import Markup

from ..frozen import dataclass
from ..model import CitationKind
from ..texts.text import Lines
from . import simple_markdown
from .linked_html import Linked, Linker, escaped, filled, joined, with_links
from .sentences import Marker, split, without_markers
from .usual_markdown import notes_html


@dataclass(frozen=True, slots=True)
class RawSentence:
    """A sentence of a block: its Markdown without markers, its markers, its place in the whole.

    Line and column count from 0. An `[analysis]` that does not end its sentence is malformed.
    """

    markdown: str
    markers: tuple[Marker, ...]
    line: int
    column: int

    @property
    def standing(self) -> Literal["cited", "analysis", "uncited"]:
        """Ours, cited, or neither."""
        kinds = {m.kind for m in self.markers}
        if "analysis" in kinds:
            return "analysis"
        return "cited" if kinds else "uncited"


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block of rendered prose, and the citations in it in order."""

    html: Markup
    citations: tuple[tuple[CitationKind, str], ...]


def sentences(markdown: str) -> Iterator[RawSentence]:
    """The sentences of a text in order; headings are left out, but for those that cite."""
    lines = markdown.split("\n")
    for content, first, is_heading in _running_texts(markdown):
        within = Lines(content)
        # What a list item or a quotation has before its text; beyond the end of the file there is no line.
        written = zip(content.split("\n"), lines[first:], strict=False)
        indents = dict(enumerate((max(0, line.find(own)) for own, line in written), 1))
        for start, end, markers in split(content):
            if is_heading and not markers:
                continue
            line, column = within.position(min([start, *(m.offset for m in markers)]))
            text = without_markers(content, start, end, markers)
            yield RawSentence(text, markers, first + line - 1, indents.get(line, 0) + column - 1)


def _running_texts(markdown: str) -> Iterator[tuple[str, int, bool]]:
    for piece in simple_markdown.pieces(markdown):
        if piece.block:
            yield from piece.block.texts()
        else:
            for content, line, is_heading in _commonmark().running_texts(piece.text):
                yield content, piece.line + line, is_heading


def plain(markdown: str) -> str:
    """The words of one line of Markdown, without its marks, its citations and where its links lead."""
    words = simple_markdown.words(markdown)
    return _commonmark().words(markdown) if words is None else words


def render(markdown: str, linker: Linker) -> Markup:
    """The HTML of a note."""
    return filled(_blocks(markdown), linker)


def render_all(texts: Sequence[str], linker: Linker) -> Sequence[Markup]:
    """The HTML of some notes, of each as `render` gives it."""
    links: list[str] = []

    def link(url: str) -> str:
        links.append(escaped(linker.link(url)))
        return links[-1]

    usual = notes_html(texts, link)
    if usual is None or not all(links):  # a link without an address leads to what is left out
        return [render(text, linker) for text in texts]
    return with_links(usual, links)


def render_inline(markdown: str, linker: Linker) -> Markup:
    """The HTML of one line, without a paragraph around it."""
    return filled(_line(markdown), linker)


def render_blocks(markdown: str, linker: Linker) -> tuple[Block, ...]:
    """The HTML of prose, block by block, uncited sentences marked as such."""
    return tuple(Block(filled(block, linker), tuple(block.citations())) for block in _marked_blocks(markdown))


def links(markdown: str) -> Iterator[str]:
    """The addresses that a text's own links lead to."""
    yield from _blocks(markdown).links()


# The HTML of a text is made once; what differs from page to page are its links.


@lru_cache(maxsize=1024)
def _blocks(markdown: str) -> Linked:
    return joined(
        [
            simple_markdown.block_html(piece.block) if piece.block else _commonmark().block_html(piece.text)
            for piece in simple_markdown.pieces(markdown)
        ]
    )


@lru_cache(maxsize=1024)
def _line(markdown: str) -> Linked:
    return simple_markdown.inline_html(markdown) or _commonmark().inline_html(markdown)


def _marked_blocks(markdown: str) -> Iterator[Linked]:
    for piece in simple_markdown.pieces(markdown):
        if piece.block:
            yield simple_markdown.block_html(piece.block, marked=True)
        else:
            yield from _commonmark().marked_blocks(piece.text)


def _commonmark() -> ModuleType:
    from . import commonmark  # its parser is slow to load, and most texts do not need it

    return commonmark
