"""Markdown by the book: CommonMark without raw HTML, with tables and the briefing's citations, parsed by markdown-it.

Slow to load and to run: `simple_markdown` reads what needs no parser, and comes here for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import escape

from .linked_html import ANALYSIS, HOLE, UNCITED, Hole, Linked, escaped
from .sentences import MARKER, UNCITED_MARK, markers_in, with_uncited_marked


def block_html(markdown: str) -> Linked:
    """The HTML of a text."""
    holes: list[Hole] = []
    html = _parser().render(markdown, {"holes": holes})
    return Linked(html, tuple(holes))


def inline_html(markdown: str) -> Linked:
    """The HTML of one line, without a paragraph around it."""
    holes: list[Hole] = []
    html = _parser().renderInline(markdown, {"holes": holes})
    return Linked(html, tuple(holes))


def marked_blocks(markdown: str) -> Iterator[Linked]:
    """The HTML of a text, block by block, uncited sentences marked as such."""
    parser = _parser()
    env: dict[str, Any] = {"mark_uncited": True}
    group: list[Token] = []
    for token in parser.parse(markdown, env):
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            holes = env["holes"] = []
            html = parser.renderer.render(group, parser.options, env)
            yield Linked(html, tuple(holes))
            group = []


def running_texts(markdown: str) -> Iterator[tuple[str, int, bool]]:
    """The running text of each block, with the line (from 0) on which it begins, and whether it is a heading's."""
    return ((token.content, line, is_heading) for token, line, is_heading in _inlines(_parser().parse(markdown, {})))


def words(markdown: str) -> str:
    """The words of one line, without its marks, its citations and where its links lead."""
    shown = {"text", "text_special", "code_inline", "image"}
    breaks = {"softbreak", "hardbreak"}
    tokens = (child for token in _parser().parseInline(markdown, {}) for child in token.children or ())
    return "".join(t.content if t.type in shown else " " if t.type in breaks else "" for t in tokens)


def _inlines(tokens: Iterable[Token]) -> Iterator[tuple[Token, int, bool]]:
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


def _uncited_rule(state: StateCore) -> None:
    if state.env.get("mark_uncited"):
        for token, _, is_heading in _inlines(state.tokens):
            if not is_heading:
                token.content = with_uncited_marked(token.content)


def _render_citation(_: RendererHTML, tokens: Sequence[Token], index: int, __: Any, env: dict[str, Any]) -> str:
    token = tokens[index]
    if token.content == UNCITED_MARK:
        return UNCITED
    if token.meta["kind"] == "malformed":
        return escaped(token.content)
    env["holes"].append(Hole(token.meta["kind"], token.meta["target"]))
    return HOLE


def _render_analysis(*_: Any) -> str:
    return ANALYSIS


def _render_link(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    token = tokens[index]
    env["holes"].append(Hole("link", str(token.attrs["href"])))
    token.attrs["href"] = HOLE
    token.attrs.pop("title", None)  # words that no sentence holds
    return renderer.renderToken(tokens, index, options, env)


def _render_image(_: RendererHTML, tokens: Sequence[Token], index: int, __: Any, env: dict[str, Any]) -> str:
    """A picture elsewhere would be a request to a third party: it is shown as a link."""
    token = tokens[index]
    shown = [Hole("picture", str(token.attrs["src"]))] * (1 if token.content else 2)
    env["holes"] += shown
    return f'<a href="{HOLE}">{escape(token.content) or HOLE}</a>'


_RENDER: dict[str, Callable[..., str]] = {
    "citation": _render_citation, "analysis": _render_analysis, "link_open": _render_link, "image": _render_image,
}  # fmt: skip
