"""Markdown to sentences and to HTML: CommonMark without raw HTML, with the briefing's citations.

`[@source#passage]`, `[@claim:id]`, `[@event:id]` and `[@figure:source#id]` cite; a sentence that ends in `[analysis]`
is ours. A citation belongs to the sentence it stands in, or to the one that has just ended. The only module that
makes HTML in Python.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Literal, Protocol, cast

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup, escape

from .model import CitationKind
from .text import Lines

_MARKER = re.compile(r"(?<!\\)\[(?:@(?P<citation>[^\[\]\n]*)|(?P<analysis>analysis))\]")
_CITATION = re.compile(r"(?:(?P<kind>claim|event|figure):)?(?P<target>[a-z0-9-]+(?:#[a-z0-9-]+)?)")
# Where a sentence ends, by rule and not by likelihood, since contract 4 rests on it: after . ! ? or an ellipsis and
# closing marks, before white space and anything but a small letter; but never after a title, an initial or another
# abbreviation that stands before names and numbers. Chinese and Japanese marks end a sentence without white space.
_END = re.compile(
    r"(?<![.!?\u2026])[.!?\u2026]++[\"'\u2019\u201d\u00bb)\]*_]*+(?=\s++[\"'\u2018\u201c\u00ab(\[*_$\u20ac\u00a3]*+(\w))"
    r"|[\u3002\uff01\uff1f]++[\u300d\u300f\u201d\u2019\uff09]*+"
)
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
    """The sentences of a text in order; headings are left out, but for those that cite."""
    lines = markdown.split("\n")
    for token, first, is_heading in _inlines(_parser().parse(markdown, {})):
        content, within = token.content, Lines(token.content)
        # What a list item or a quotation has before its text; beyond the end of the file there is no line.
        written = zip(content.split("\n"), lines[first:], strict=False)
        indents = dict(enumerate((max(0, line.find(own)) for own, line in written), 1))
        for start, end, markers in _split(content):
            if is_heading and not markers:
                continue
            line, column = within.position(min([start, *(m.offset for m in markers)]))
            text = _without_markers(content, start, end, markers)
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


def _split(content: str) -> Iterator[tuple[int, int, tuple[Marker, ...]]]:
    """Sentence ranges of a block with the markers of each; a range excludes the white space around it."""
    opaque = _opaque(content)
    markers = deque(_markers(opaque))
    plain, origin = _mask(opaque, markers)
    for start, end in _sentence_spans(plain):
        low, high = origin[start], origin[end]
        own: list[Marker] = []
        while markers and markers[0].offset < high:
            own.append(markers.popleft())
        words = [m.end() for m in _LAST_WORD.finditer(plain, start, end)]
        if own or words:
            said = origin[words[-1] - 1] if words else low
            stop = low + len(content[low:high].rstrip())
            begin = stop - len(content[low:stop].lstrip())
            yield begin, stop, tuple(_if_last(marker, said) for marker in own)


_LAST_WORD = re.compile(r"\w(?=\W*\Z)")


def _if_last(marker: Marker, said: int) -> Marker:
    """An analysis mark counts after the last word of its sentence only."""
    if marker.kind == "analysis" and marker.offset < said:
        return replace(marker, kind="malformed")
    return marker


def _opaque(content: str) -> str:
    """The content with what no sentence ends in blotted out, offsets kept: code, pictures, links."""
    blots = [*_code_spans(content)]
    flat = _blotted(content, blots)
    return _blotted(flat, [m.span() for m in _NOT_TEXT.finditer(flat)])


_NOT_TEXT = re.compile(
    r"(?:!\[|\[(?!@|analysis\]))[^\[\]\n]*\]\([^()\n]*\)"  # a picture or a link; a marker is none
    r"|(?<=\])\((?![^()\n]*\[(?:@|analysis\]))[^()\n]*\)"  # where a link leads whose words hold brackets
    r"|<[a-z]+:[^<>\s]*>"
)


def _blotted(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], "x" * (end - start)]
        at = end
    return "".join((*pieces, text[at:]))


def _code_spans(content: str) -> Iterator[tuple[int, int]]:
    """Code spans: a run of backticks up to the next run of the same length."""
    runs = [m.span() for m in re.finditer("`+", content)]
    starts: dict[int, list[int]] = {}
    for start, end in runs:
        starts.setdefault(end - start, []).append(start)
    done = 0
    for start, end in runs:
        opening = start + content.endswith("\\", 0, start)  # an escaped backtick opens nothing
        alike = starts.get(end - opening, [])
        after = bisect_left(alike, end)
        if start >= done and opening < end and after < len(alike):
            done = alike[after] + end - opening
            yield opening, done


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


def _mask(content: str, markers: Iterable[Marker]) -> tuple[str, list[int]]:
    """The content without markers and the blanks before them, and where each character left (and the end) stood."""
    kept: list[int] = []
    at = 0
    for marker in markers:
        end = marker.offset
        while end > at and content[end - 1].isspace():
            end -= 1
        kept += range(at, end)
        at = marker.offset + len(marker.written)
    kept += range(at, len(content))
    return "".join(content[i] for i in kept), [*kept, len(content)]


def _without_markers(content: str, start: int, end: int, markers: Iterable[Marker]) -> str:
    pieces = []
    for marker in markers:
        pieces.append(content[start : marker.offset].rstrip())
        start = marker.offset + len(marker.written)
    return "".join((*pieces, content[start:end])).strip()


def _sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        ended = text[max(start, match.start() - _LONGEST_ABBREVIATION) : match.start() + 1]
        is_number = match[1] is not None and match[1].isdecimal() and re.search(r"\bNos?\.$", ended)
        goes_on = match[1] is not None and match[1].islower()
        if not (goes_on or is_number or _ABBREVIATION.search(ended)):
            yield start, match.end()
            start = match.end()
    yield start, len(text)


_LONGEST_ABBREVIATION = 24


def plain(markdown: str) -> str:
    """The words of one line of Markdown, without its marks, its citations and where its links lead."""
    words = {"text", "text_special", "code_inline", "image"}
    breaks = {"softbreak", "hardbreak"}
    tokens = (child for token in _parser().parseInline(markdown, {}) for child in token.children or ())
    return "".join(t.content if t.type in words else " " if t.type in breaks else "" for t in tokens)


def render(markdown: str, linker: Linker) -> Markup:
    """The HTML of a note."""
    if _LINKLESS(markdown):
        return _linkless(markdown)
    return Markup(_parser().render(markdown, {"linker": linker}))  # noqa: S704 markdown-it escapes, raw HTML is off


def render_inline(markdown: str, linker: Linker) -> Markup:
    """The HTML of one line, without a paragraph around it."""
    if _LINKLESS(markdown):
        return _linkless_inline(markdown)
    return Markup(_parser().renderInline(markdown, {"linker": linker}))  # noqa: S704


# Text without a bracket has no link and no citation: its HTML is the same on every page, so it is made once.
_LINKLESS = re.compile(r"[^\[<]*").fullmatch


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
    for token, _, is_heading in _inlines(state.tokens):
        pieces, at = [], 0
        for _, end, markers in () if is_heading else _split(token.content):
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
