"""Markdown to sentences and to HTML: CommonMark without raw HTML, with the briefing's citations.

`[@source#passage]`, `[@claim:id]`, `[@event:id]` and `[@figure:source#id]` cite; a sentence that ends in `[analysis]`
is ours. A citation belongs to the sentence it stands in, or to the one that has just ended. The only module that
makes HTML in Python.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Protocol, cast

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup, escape

from .model import CitationKind

_MARKER = re.compile(r"\[(?:@(?P<citation>[^\]\n]*)|(?P<analysis>analysis))\]")
_CITATION = re.compile(r"(?:(?P<kind>claim|event|figure):)?(?P<target>[a-z0-9-]+(?:#[a-z0-9-]+)?)")
# Where a sentence ends, by rule and not by likelihood, since contract 4 rests on it: after . ! ? or an ellipsis and
# closing marks, before white space and a capital, a digit or an opening mark; but never after a title, an initial or
# another abbreviation that stands before names and numbers.
_END = re.compile(r"""[.!?…]+["'\u2019\u201d»)\]*_]*(?=\s+["'\u2018\u201c«(\[*_]*[A-Z\u00c0-\u00de\u0400-\u042f0-9])""")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"'\u201c\u2018*_])(?:(?:Mr|Mrs|Ms|Dr|Prof|St|Lt|Gen|Col|Maj|Capt|Sgt|Adm|Cmdr|Rev|Hon|Gov|Sen|Rep|Jr|Sr"
    r"|Fig|Art|Sec|vs|cf|ca|approx|e\.g|i\.e)|(?:[A-Z]\.)*[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A citation (with its kind and target) or an analysis mark, at an offset of its block's content."""

    offset: int
    written: str
    kind: CitationKind | Literal["analysis", "malformed"]
    target: str = ""


@dataclass(frozen=True, slots=True)
class RawSentence:
    """A sentence of a block: its Markdown without markers, its markers, its place in the whole (line, column from 0)."""

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
    """A citation as a link: what it shows, where it leads, what it says on hover, and the id it can be found by."""

    label: str
    href: str
    title: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block of rendered prose, and the citations in it in order."""

    html: Markup
    citations: tuple[tuple[CitationKind, str], ...]


def sentences(markdown: str) -> Iterator[RawSentence]:
    """The sentences of a text, headings left out, in order."""
    lines = markdown.split("\n")
    for content, first_line in _blocks(markdown):
        for start, end, markers in _split(content):
            text = _without_markers(content[start:end])
            line = first_line + content.count("\n", 0, start)
            own = content[content.rfind("\n", 0, start) + 1 :].split("\n", 1)[0]
            column = lines[line].find(own) if line < len(lines) else 0
            column = max(0, column) + start - content.rfind("\n", 0, start) - 1
            yield RawSentence(text, markers, line, column)


def _blocks(markdown: str) -> Iterator[tuple[str, int]]:
    heading, line = False, 0
    for token in _parser().parse(markdown, {}):
        if token.map:
            line = token.map[0]
        if token.type == "heading_open":
            heading = True
        elif token.type == "heading_close":
            heading = False
        elif token.type == "inline" and not heading:
            yield token.content, line


def _split(content: str) -> Iterator[tuple[int, int, tuple[Marker, ...]]]:
    """Sentence ranges of a block with the markers of each; a range excludes the white space around it."""
    markers = tuple(_markers(content))
    plain, origin = _mask(content)
    for start, end in _sentence_spans(plain):
        if not re.search(r"\w", plain[start:end]):
            continue
        low, high = origin[start], origin[end] if end < len(origin) else len(content)
        own = tuple(m for m in markers if low <= m.offset < high)
        text = content[low:high]
        yield low + len(text) - len(text.lstrip()), low + len(text.rstrip()), own


def _markers(content: str) -> Iterator[Marker]:
    for match in _MARKER.finditer(content):
        if match["analysis"]:
            yield Marker(match.start(), match[0], "analysis")
            continue
        citation = _CITATION.fullmatch(match["citation"])
        kind = (citation["kind"] or "passage") if citation else "malformed"
        if citation and ("#" in citation["target"]) != (kind in ("passage", "figure")):
            kind = "malformed"
        target = citation["target"] if citation else ""
        yield Marker(match.start(), match[0], cast("CitationKind", kind), target)


def _mask(content: str) -> tuple[str, list[int]]:
    """The content without markers and the blanks before them, and where each remaining character stood."""
    kept: list[int] = []
    at = 0
    for match in re.finditer(rf"\s*{_MARKER.pattern}", content):
        kept += range(at, match.start())
        at = match.end()
    kept += range(at, len(content))
    return "".join(content[i] for i in kept), kept


def _without_markers(text: str) -> str:
    return _mask(text)[0].strip()


def _sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        ended = text[start : match.start() + 1]
        if not (_ABBREVIATION.search(ended) or (re.search(r"\bNos?\.$", ended) and re.match(r"\s+\d", text[match.end() :]))):
            yield start, match.end()
            start = match.end()
    yield start, len(text)


def render(markdown: str, linker: Linker) -> Markup:
    """The HTML of a note."""
    return Markup(_parser().render(markdown, {"linker": linker}))  # noqa: S704 markdown-it escapes, raw HTML is off


def render_inline(markdown: str, linker: Linker) -> Markup:
    """The HTML of one line, without a paragraph around it."""
    return Markup(_parser().renderInline(markdown, {"linker": linker}))  # noqa: S704


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


def _citation_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 markdown-it's own signature
    match = _MARKER.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        marker = next(_markers(match[0]))
        name = "analysis" if marker.kind == "analysis" else "citation"
        if name == "citation":
            state.pending = state.pending.rstrip(" ")  # the mark hangs on the word before it
        token = state.push(name, "", 0)
        token.meta = {"kind": marker.kind, "target": marker.target}
        token.content = match[0]
    state.pos = match.end()
    return True


_UNCITED = "\ue000uncited\ue000"  # private use: no author types it, and it never reaches a page


def _uncited_rule(state: StateCore) -> None:
    if not state.env.get("mark_uncited"):
        return
    heading = False
    for token in state.tokens:
        heading = token.type == "heading_open" or (heading and token.type != "heading_close")
        if token.type != "inline" or heading:
            continue
        for _, end, markers in reversed(list(_split(token.content))):
            if not markers:
                token.content = f"{token.content[:end]}[@{_UNCITED}]{token.content[end:]}"


def _render_citation(_: RendererHTML, tokens: Sequence[Token], index: int, __: Any, env: dict[str, Any]) -> str:
    token = tokens[index]
    if token.content == f"[@{_UNCITED}]":
        return '<span class="uncited" title="This sentence cites no passage.">uncited</span>'
    reference = cast("Linker", env["linker"]).cite(token.meta["kind"], token.meta["target"])
    name = f' id="{escape(reference.id)}"' if reference.id else ""
    return (
        f'<a class="cite"{name} href="{escape(reference.href)}" title="{escape(reference.title)}">'
        f"{escape(reference.label)}</a>"
    )


def _render_analysis(*_: Any) -> str:
    return '<span class="analysis" title="This sentence is the analyst\'s own.">analysis</span>'


def _render_link(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    token = tokens[index]
    token.attrs["href"] = cast("Linker", env["linker"]).link(str(token.attrs["href"]))
    return renderer.renderToken(tokens, index, options, env)


def _render_image(_: RendererHTML, tokens: Sequence[Token], index: int, __: Any, env: dict[str, Any]) -> str:
    """A picture elsewhere would be a request to a third party: it is shown as a link."""
    token = tokens[index]
    href = cast("Linker", env["linker"]).link(str(token.attrs["src"]))
    return f'<a href="{escape(href)}">{escape(token.content or href)}</a>'


_RENDER: dict[str, Callable[..., str]] = {
    "citation": _render_citation, "analysis": _render_analysis, "link_open": _render_link, "image": _render_image,
}  # fmt: skip
