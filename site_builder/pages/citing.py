"""How to cite: a source and each of its passages, as plain text, Markdown and BibTeX, and the way into the original.

The addresses are those of this site, absolute where `base_url` is known, else from its root.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from .. import urls
from ..citation_fields import bibtex_entry, csl_item, latex, verbatim
from ..model import Passage, Source
from ..text import carried, on_one_line
from .frame import Site

_WHOLE = 120  # longest quote, in characters, that a text fragment holds whole
_ENDS = 5  # words of its beginning and of its end otherwise


class Citing(NamedTuple):
    """One thing's citation in each form; `original` is empty where the publisher's address is not known."""

    plain: str
    markdown: str
    bibtex: str
    original: str


class Citer:
    """How to cite a source and each of its passages; what they have in common is made once."""

    def __init__(self, site: Site, source: Source) -> None:
        self.site = site
        self.source = source
        self.described = described(source)
        self.described_in_markdown = _plain_markdown(self.described)
        item = csl_item(source, "")
        self.remark: str = item.get("note", "")
        # Of these fields the address and the note differ from one citation to the next; both keep their place.
        self.kind, self.fields = bibtex_entry({**item, "URL": "-", "note": "-"})

    def passage(self, passage: Passage) -> Citing:
        """How to cite a passage."""
        words = on_one_line(passage.words)
        address, url = self.address(urls.passage(passage.ref)), self.source.record.URL
        return Citing(
            plain=f"“{words}” {self.described} {self.site.briefing.site.title}, {address}",
            markdown=f"> {_plain_markdown(words)}\n>\n> — [{self.described_in_markdown}]({address})",
            bibtex=self.bibtex(address, words),
            original=f"{url.partition('#')[0]}#{text_fragment(carried(passage.words))}" if url else "",
        )

    def whole(self) -> Citing:
        """How to cite the source as it is kept here."""
        address = self.address(urls.source(self.source.id))
        return Citing(
            plain=f"{self.described} {self.site.briefing.site.title}, {address}",
            markdown=f"[{self.described_in_markdown}]({address})",
            bibtex=self.bibtex(address),
            original=self.source.record.URL or "",
        )

    def address(self, target: str) -> str:
        """The address of a target given from the root: whole where the site knows its own, else from the root."""
        return self.site.address(target) or target

    def bibtex(self, address: str, words: str = "") -> str:
        """A BibTeX entry for what stands at an address of this site; a date that only an inference gives has a note."""
        note = "; ".join(part for part in (f"“{words}”" if words else "", self.remark) if part)
        fields = self.fields | {"url": verbatim(address), "note": latex(note)}
        lines = (f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        return f"@{self.kind}{{{self.source.id},\n" + ",\n".join(lines) + "\n}"


def described(source: Source) -> str:
    """A source in one line: authors, title, where it was published, when; what is not known stays out."""
    record = source.record
    where = record.container_title or record.publisher
    when = source.issued.value.words() if source.issued else "no date"
    author = ", ".join(source.authors)
    return f"{f'{author}: ' if author else ''}“{record.title}”. {f'{where}, ' if where else ''}{when}."


def text_fragment(words: str) -> str:
    """The words as a text directive (WICG): whole where they are short and of one line, else by both ends."""
    plain = words.split()
    if "\n" not in words.strip() and len(" ".join(plain)) <= _WHOLE:
        return f":~:text={_directive(plain)}"
    return f":~:text={_directive(plain[:_ENDS])},{_directive(plain[-_ENDS:])}"


def _directive(words: list[str]) -> str:
    return quote(" ".join(words), safe="").replace("-", "%2D")


def _plain_markdown(text: str) -> str:
    """Text in which Markdown finds no marks."""
    return re.sub(r"([\\`*_\[\]<>&])", r"\\\1", text)
