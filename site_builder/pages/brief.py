"""A page whose prose numbers its citations, each with a note beside the block in which it first stands."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from .. import urls
from ..backlinks import citation_anchor
from ..markup import markdown
from ..markup.linked_html import Reference
from ..model import CitationKind
from ..records import Note
from .frame import Desk, Site
from .views import ProseBlock, SideNote


class Brief(Site):
    """A page whose prose numbers its citations: one number for one target, and a note where it is first cited."""

    def __init__(self, desk: Desk, path: str) -> None:
        super().__init__(desk, path)
        self.numbers: dict[tuple[CitationKind, str], str] = {}
        self.count = 0
        self.aside = desk.at(path)

    def cite(self, kind: CitationKind, target: str) -> Reference:
        """A numbered citation, with an id of its own for the way back."""
        number = self.numbers.setdefault((kind, target), str(len(self.numbers) + 1))
        self.count += 1
        href = self.href(urls.cited(kind, target))
        words, origin = self.words(kind, target), self.origin(kind, target)
        return Reference(kind, number, href, words, origin, citation_anchor(self.count))

    def note(self, text: Note | str | None) -> Markup:
        """A note beside the prose: its citations say what they cite, only those of the prose are numbered."""
        return self.aside.note(text)

    def notes(self, texts: Sequence[Note | str | None]) -> Sequence[Markup]:
        """Notes beside the prose."""
        return self.aside.notes(texts)

    def line(self, text: Note | str | None) -> Markup:
        """One line beside the prose."""
        return self.aside.line(text)

    def blocks(self, text: str) -> tuple[ProseBlock, ...]:
        """Prose block by block."""
        found: list[ProseBlock] = []
        for block in markdown.render_blocks(text, self):
            before = {n.number for b in found for n in b.notes}
            notes = (self.side_note(kind, target) for kind, target in dict.fromkeys(block.citations))
            found.append(ProseBlock(block.html, tuple(n for n in notes if n.number not in before)))
        return tuple(found)

    def side_note(self, kind: CitationKind, target: str) -> SideNote:
        """The note on a citation."""
        is_quoted = kind in ("passage", "figure")
        cited = self.index.sources[target.partition("#")[0]] if is_quoted else None
        language = self.language(cited) if cited and kind == "passage" else ""
        href, words = self.href(urls.cited(kind, target)), self.words(kind, target)
        return SideNote(self.numbers[kind, target], kind, href, words, language, self.origin(kind, target))
