"""Markdown to sentences and to HTML: CommonMark without raw HTML, with the briefing's citations.

`[@source#passage]`, `[@claim:id]`, `[@event:id]` and `[@figure:source#id]` cite; a sentence that ends in `[analysis]`
is ours. A citation belongs to the sentence it stands in, or to the one that has just ended. The only module that
makes HTML in Python.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, Protocol, cast

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup, escape

from .model import CitationKind
from .sentences import MARKER, Marker, markers_in, split, without_markers
from .text import Lines


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


class Linker(Protocol):
    """What rendering asks of a page: where links and citations lead from it."""

    def link(self, url: str) -> str:
        """The link to a URL written in Markdown; a relative one is written from the site's root."""

    def cite(self, kind: CitationKind, target: str) -> Reference:
        """The reference to what a citation names."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation as a link: what it shows, where it leads, the words it leads to, whose they are, and its own id."""

    kind: CitationKind
    label: str
    href: str
    words: str
    origin: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block of rendered prose, and the citations in it in order."""

    html: Markup
    citations: tuple[tuple[CitationKind, str], ...]


def sentences(markdown: str) -> Iterator[RawSentence]:
    """The sentences of a text in order; headings are left out, but for those that cite."""
    lines = markdown.split("\n")
    for token, first, is_heading in _inlines(_parser().parse(markdown, {})):
        content, within = token.content, Lines(token.content)
        # What a list item or a quotation has before its text; beyond the end of the file there is no line.
        written = zip(content.split("\n"), lines[first:], strict=False)
        indents = dict(enumerate((max(0, line.find(own)) for own, line in written), 1))
        for start, end, markers in split(content):
            if is_heading and not markers:
                continue
            line, column = within.position(min([start, *(m.offset for m in markers)]))
            text = without_markers(content, start, end, markers)
            yield RawSentence(text, markers, first + line - 1, indents.get(line, 0) + column - 1)


def _inlines(tokens: Iterable[Token]) -> Iterator[tuple[Token, int, bool]]:
    """The running text of a document, with the line on which each begins, and whether it is a heading's."""
    heading, line = False, 0
    for token in tokens:
        if token.map:
            line = token.map[0]
        if token.type in ("heading_open", "th_open"):
            heading = True
        elif token.type in ("heading_close", "th_close"):
            heading = False
        elif token.type == "inline":
            yield token, line, heading


def plain(markdown: str) -> str:
    """The words of one line of Markdown, without its marks, its citations and where its links lead."""
    words = {"text", "text_special", "code_inline", "image"}
    breaks = {"softbreak", "hardbreak"}
    tokens = (child for token in _parser().parseInline(markdown, {}) for child in token.children or ())
    return "".join(t.content if t.type in words else " " if t.type in breaks else "" for t in tokens)


def render(markdown: str, linker: Linker) -> Markup:
    """The HTML of a note."""
    if own := _own(markdown.rstrip("\n"), linker):
        return Markup(f"<p>{own}</p>\n")  # noqa: S704 what needs escaping is escaped
    if _LINKLESS(markdown):
        return _linkless(markdown)
    return Markup(_parser().render(markdown, {"linker": linker}))  # noqa: S704 markdown-it escapes, raw HTML is off


def render_inline(markdown: str, linker: Linker) -> Markup:
    """The HTML of one line, without a paragraph around it."""
    if own := _own(markdown, linker):
        return Markup(own)  # noqa: S704
    if _LINKLESS(markdown):
        return _linkless_inline(markdown)
    return Markup(_parser().renderInline(markdown, {"linker": linker}))  # noqa: S704


# The parser takes 0.4 ms for a note, and most notes do not need it: one line that begins like a sentence, with no
# more than words in stars (**so**, *so*, none in another) and links to plain addresses elsewhere. A test holds what is
# made of such a line against the parser.
_QUOTE = "\ue000"  # stands for a quotation mark until the tags are made; private use, so no line holds it
_MARKS = rf"\x00-\x1f\\`*_\[\]<>&!|~\xa0\u2028\u2029{_QUOTE}"
_RUN = rf"[^{_MARKS}]"
_WORDS = rf"(?=\w){_RUN}*?(?<=\w)"
_STARRED = rf"(?<![^ (])(?:\*\*{_WORDS}\*\*|\*{_WORDS}\*)(?=[ .,;:!?)]|\Z)"
_LINKED = rf"\[(?!@|analysis\]){_RUN}++\]\(https?://[A-Za-z0-9./-]+\)"
_LINE = re.compile(rf"(?=[\w*(\"'\u2018-\u201e\u20ac$])(?![0-9_])(?:{_RUN}++|{_STARRED}|{_LINKED})*(?<!\s)").fullmatch
_PART = re.compile(rf"({_STARRED})|{_LINKED}".replace(_QUOTE, ""))
_PLAIN = re.compile(rf"{_RUN}*").fullmatch

# Text without a bracket has no link and no citation: its HTML is the same on every page, so it is made once.
_LINKLESS = re.compile(r"[^\[<]*").fullmatch


def _own(line: str, linker: Linker) -> str:
    """The HTML of a line that needs no parser; empty for all other text."""
    if not _LINE(line):
        return ""
    if _PLAIN(line):
        return line.replace('"', "&quot;")

    def part(match: re.Match[str]) -> str:
        if not match[1]:
            text, _, address = match[0][1:-1].partition("](")
            return f'<a href="{escape(linker.link(address))}">{text}</a>'
        name = "strong" if match[1].startswith("**") else "em"
        return f"<{name}>{match[1].strip('*')}</{name}>"

    return _PART.sub(part, line.replace('"', _QUOTE)).replace(_QUOTE, "&quot;")


@lru_cache(maxsize=4096)
def _linkless(markdown: str) -> Markup:
    return Markup(_parser().render(markdown))  # noqa: S704


@lru_cache(maxsize=4096)
def _linkless_inline(markdown: str) -> Markup:
    return Markup(_parser().renderInline(markdown))  # noqa: S704


def render_blocks(markdown: str, linker: Linker) -> tuple[Block, ...]:
    """The HTML of prose, block by block, uncited sentences marked as such."""
    parser = _parser()
    env: dict[str, Any] = {"linker": linker, "mark_uncited": True}
    blocks: list[Block] = []
    group: list[Token] = []
    for token in parser.parse(markdown, env):
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            html = parser.renderer.render(group, parser.options, env)
            blocks.append(Block(Markup(html), tuple(_cited(group))))  # noqa: S704
            group = []
    return tuple(blocks)


def _cited(tokens: Sequence[Token]) -> Iterator[tuple[CitationKind, str]]:
    for token in tokens:
        for child in token.children or ():
            if child.type == "citation" and child.meta["kind"] != "malformed":
                yield child.meta["kind"], child.meta["target"]


def links(markdown: str) -> Iterator[str]:
    """The addresses that a text's own links lead to."""
    for token in _parser().parse(markdown, {}):
        for child in token.children or ():
            if child.type in ("link_open", "image"):
                yield str(child.attrs["href" if child.type == "link_open" else "src"])


@cache
def _parser() -> MarkdownIt:
    # Raw HTML is off, tables are on; the typographer stays off: it is quadratic, and authors type what they mean.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable(["fence", "code"])  # text in a code block would be shown without being held to the contract
    parser.validateLink = is_allowed_link  # type: ignore[method-assign]
    parser.inline.ruler.before("link", "citation", _citation_rule)
    parser.core.ruler.before("inline", "uncited", _uncited_rule)
    for name, rule in _RENDER.items():
        parser.add_render_rule(name, rule)
    return parser


_ALLOWED_SCHEMES = ("http:", "https:", "mailto:")


def is_allowed_link(url: str) -> bool:
    """Whether a link may stand on a page: http, https, mailto, or an address within the site."""
    address = re.sub(r"[\x00-\x20\x7f-\xa0]", "", url).lower()
    if address.startswith(("//", "\\", "/")):
        return False
    scheme = re.match(r"[^/?#]*:", address)
    return not scheme or address.startswith(_ALLOWED_SCHEMES)


def _citation_rule(state: StateInline, silent: bool) -> bool:
    match = MARKER.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        marker = next(markers_in(match[0]))
        name = "analysis" if marker.kind == "analysis" else "citation"
        if name == "citation":
            _hang_on(state)
        token = state.push(name, "", 0)
        token.meta = {"kind": marker.kind, "target": marker.target}
        token.content = match[0]
    state.pos = match.end()
    return True


def _hang_on(state: StateInline) -> None:
    """Take away the blank before a citation, which hangs on its word; between two citations it stays."""
    before = state.pending.rstrip(" ")
    tokens = state.tokens
    if before or not (tokens and tokens[-1].type == "citation"):
        state.pending = before
    if not before and len(tokens) > 1 and tokens[-1].type == "softbreak" and tokens[-2].type != "citation":
        tokens.pop()
        state.tokens_meta.pop()


_UNCITED = "\ue000uncited\ue000"  # private use: no author types it, and it never reaches a page


def _uncited_rule(state: StateCore) -> None:
    if not state.env.get("mark_uncited"):
        return
    for token, _, is_heading in _inlines(state.tokens):
        pieces, at = [], 0
        for _, end, markers in () if is_heading else split(token.content):
            if not markers:
                said = token.content[at:end]
                is_broken = token.content.startswith("\n", end) and (len(said) - len(said.rstrip("\\"))) % 2
                stop = end - 1 if is_broken else end  # before the backslash that makes a line break
                pieces += [token.content[at:stop], f" [@{_UNCITED}]"]
                at = stop
        token.content = "".join((*pieces, token.content[at:]))


def _render_citation(_: RendererHTML, tokens: Sequence[Token], index: int, __: Any, env: dict[str, Any]) -> str:
    token = tokens[index]
    if token.content == f"[@{_UNCITED}]":
        return '<span class="uncited" title="This sentence cites no passage.">uncited</span>'
    reference = cast("Linker", env["linker"]).cite(token.meta["kind"], token.meta["target"])
    name = f' id="{escape(reference.id)}"' if reference.id else ""
    origin = f' data-from="{escape(reference.origin)}"' if reference.origin else ""
    quoted = " quoted" if reference.kind == "passage" else ""
    return (
        f'<a class="cite{quoted}"{name} href="{escape(reference.href)}" title="{escape(reference.words)}"{origin}>'
        f"{escape(reference.label)}</a>"
    )


def _render_analysis(*_: Any) -> str:
    return '<span class="analysis" title="This sentence is the analyst\'s own.">analysis</span>'


def _render_link(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    token = tokens[index]
    token.attrs["href"] = cast("Linker", env["linker"]).link(str(token.attrs["href"]))
    token.attrs.pop("title", None)  # words that no sentence holds
    return renderer.renderToken(tokens, index, options, env)


def _render_image(_: RendererHTML, tokens: Sequence[Token], index: int, __: Any, env: dict[str, Any]) -> str:
    """A picture elsewhere would be a request to a third party: it is shown as a link."""
    token = tokens[index]
    href = cast("Linker", env["linker"]).link(str(token.attrs["src"]))
    return f'<a href="{escape(href)}">{escape(token.content or href)}</a>'


_RENDER: dict[str, Callable[..., str]] = {
    "citation": _render_citation, "analysis": _render_analysis, "link_open": _render_link, "image": _render_image,
}  # fmt: skip
