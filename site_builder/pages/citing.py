"""How to cite a source: as plain text, Markdown and BibTeX.

Of its passages the same is made in the browser (`templates/assets/js/citing.js`), out of this and of the words that are
marked: on the page it would stand three times more. The addresses are those of this site, absolute where `base_url` is
known, else from its root.
"""

from __future__ import annotations

from .. import urls
from ..citation_fields import bibtex_entry, csl_item, verbatim
from ..frozen import NamedTuple
from ..model import Source
from ..patterns import later
from .frame import Site

_MARKS = later(r"([\\`*_\[\]<>&])")


class Citing(NamedTuple):
    """One thing's citation in each form; `original` is empty where the publisher's address is not known."""

    plain: str
    markdown: str
    bibtex: str
    original: str


def citing(site: Site, source: Source) -> Citing:
    """How to cite a source as it is kept here. The plain form ends in the address, as citing.js expects."""
    target = urls.source(source.id)
    address = site.address(target) or target  # whole where the site knows its own, else from the root
    text = described(source)
    return Citing(
        plain=f"{text} {site.briefing.site.title}, {address}",
        markdown=f"[{plain_markdown(text)}]({address})",
        bibtex=bibtex(source, address),
        original=source.original,
    )


def bibtex(source: Source, address: str) -> str:
    """A BibTeX entry for a source at an address of this site; a date that only an inference gives has a note."""
    kind, fields = bibtex_entry({**csl_item(source, ""), "URL": "-"})  # the address keeps its place
    lines = (f"  {name} = {{{value}}}" for name, value in (fields | {"url": verbatim(address)}).items())
    return f"@{kind}{{{source.id},\n" + ",\n".join(lines) + "\n}"


def described(source: Source) -> str:
    """A source in one line: authors, title, where it was published, when; what is not known stays out."""
    record = source.record
    where = record.container_title or record.publisher
    when = source.issued.value.words() if source.issued else "no date"
    author = ", ".join(source.authors)
    published = f"{where}, {when}" if where else f"{when[0].upper()}{when[1:]}"
    return f"{f'{author}: ' if author else ''}“{record.title}”. {published}."


def plain_markdown(text: str) -> str:
    """Text in which Markdown finds no marks."""
    return _MARKS.sub(r"\\\1", text) if _MARKS.search(text) else text
