"""How to cite: a source and each of its passages, as plain text, Markdown and BibTeX, and the way into the original.

The addresses are those of this site, absolute where `base_url` is known, else from its root.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from .. import urls
from ..citation_fields import bibtex_entry, csl_item
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


def passage_citing(site: Site, source: Source, passage: Passage) -> Citing:
    """How to cite a passage."""
    words = on_one_line(passage.words)
    target = urls.passage(passage.ref)
    address = site.address(target) or target
    url = source.record.URL
    return Citing(
        plain=f"“{words}” {described(source)} {site.briefing.site.title}, {address}",
        markdown=f"> {_plain_markdown(words)}\n>\n> — [{_plain_markdown(described(source))}]({address})",
        bibtex=bibtex(source, address, words),
        original=f"{url.partition('#')[0]}#{text_fragment(carried(passage.words))}" if url else "",
    )


def source_citing(site: Site, source: Source) -> Citing:
    """How to cite a source as it is kept here."""
    target = urls.source(source.id)
    address = site.address(target) or target
    return Citing(
        plain=f"{described(source)} {site.briefing.site.title}, {address}",
        markdown=f"[{_plain_markdown(described(source))}]({address})",
        bibtex=bibtex(source, address),
        original=source.record.URL or "",
    )


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


def bibtex(source: Source, address: str, words: str = "") -> str:
    """A BibTeX entry for what stands at an address of this site; a date that only an inference gives has a note."""
    item = csl_item(source, address, f"“{words}”" if words else "")
    kind, fields = bibtex_entry({**item, "URL": address})
    lines = (f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@{kind}{{{source.id},\n" + ",\n".join(lines) + "\n}"


def _plain_markdown(text: str) -> str:
    """Text in which Markdown finds no marks."""
    return re.sub(r"([\\`*_\[\]<>&])", r"\\\1", text)
