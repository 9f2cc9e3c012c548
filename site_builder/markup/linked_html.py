"""HTML made once for all pages: with holes for its links and citations, which lead elsewhere from each page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, Protocol

from markupsafe import Markup, escape

from ..frozen import NamedTuple, dataclass
from ..model import CitationKind

_ADDRESS = ' href="'
HOLE = "\0"  # no Markdown holds it: CommonMark reads it as U+FFFD
UNCITED = '<span class="uncited" title="This sentence cites no passage.">uncited</span>'
ANALYSIS = '<span class="analysis" title="This sentence is the analyst\'s own.">analysis</span>'


class Hole(NamedTuple):
    """What goes into a hole: the address of a link or of a picture, or a whole citation with its kind."""

    kind: Literal["link", "picture"] | CitationKind
    target: str


class Linked(NamedTuple):
    """HTML with a `HOLE` for each of its holes, in order."""

    html: str
    holes: tuple[Hole, ...] = ()

    def citations(self) -> Iterable[tuple[CitationKind, str]]:
        """What it cites, in order."""
        for kind, target in self.holes:
            if kind != "link" and kind != "picture":  # noqa: PLR1714 so the type checker reads it
                yield kind, target

    def links(self) -> Iterable[str]:
        """Where its links and pictures lead, in order."""
        return (target for kind, target in self.holes if kind in ("link", "picture"))


def joined(parts: Sequence[Linked]) -> Linked:
    """Parts one after another, as one."""
    if len(parts) == 1:
        return parts[0]
    return Linked("".join(p.html for p in parts), tuple(hole for p in parts for hole in p.holes))


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


class Filled(Markup):
    """HTML as it stands on a page, with the ids and links in it as they are written there."""

    __slots__ = ("ids", "links")

    ids: Sequence[str]
    links: Sequence[str]


def with_links(texts: Iterable[str], links: Sequence[str]) -> list[Filled]:
    """HTML in which every attribute `href` is one of these links, in order, and that has no ids."""
    found = []
    at = 0
    for html in texts:
        made = str.__new__(Filled, html)
        first, at = at, at + html.count(_ADDRESS)
        made.ids, made.links = (), links[first:at]
        found.append(made)
    return found


def filled(linked: Linked, linker: Linker) -> Filled:
    """The HTML as it stands on a page."""
    if not linked.holes:
        made = str.__new__(Filled, linked.html)
        made.ids = made.links = ()
        return made
    pieces = linked.html.split(HOLE)
    found, ids, links = [pieces[0]], [], []
    for hole, piece in zip(linked.holes, pieces[1:], strict=True):
        if hole.kind == "link" or hole.kind == "picture":  # noqa: PLR1714 so the type checker reads it
            address = linker.link(hole.target)
            address = escaped(address) if hole.kind == "link" else str(escape(address))
            if found[-1].endswith(_ADDRESS):
                links.append(address)
                if not address:  # it leads to what is left out: words, and no link
                    found += (found.pop().removesuffix(_ADDRESS), piece[1:])
                    continue
            found += (address, piece)
        else:
            reference = linker.cite(hole.kind, hole.target)
            ids += [reference.id] if reference.id else []
            links += [str(escape(reference.href))] if reference.href else []
            found += (_citation(reference), piece)
    made = str.__new__(Filled, "".join(found))
    made.ids, made.links = ids, links
    return made


def _citation(reference: Reference) -> str:
    name = f' id="{escape(reference.id)}"' if reference.id else ""
    origin = f' data-from="{escape(reference.origin)}"' if reference.origin else ""
    href = f'{_ADDRESS}{escape(reference.href)}"' if reference.href else ""
    quoted = " quoted" if reference.kind == "passage" else ""
    return (
        f'<a class="cite{quoted}"{name}{href} title="{escape(reference.words)}"{origin}>{escape(reference.label)}</a>'
    )


def escaped(text: str) -> str:
    """The text as HTML, escaped as CommonMark does it: apostrophes stay."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
