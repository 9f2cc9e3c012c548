"""`data/sources.csl.json`, `.bib` and `.ris`: the sources as bibliographic records.

What stands in them is decided in `citation_fields`; the libraries of the field write the formats. They take a while to
load, so the two files are made anew only when a record has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from .. import urls
from ..citation_fields import Item, bibtex_entry, csl_item, ris_fields
from ..model import Briefing
from .export import Export
from .rows import compact


def exports(briefing: Briefing, name: str, version: str) -> Iterator[Export]:  # noqa: ARG001 one signature for all
    """The three files."""
    base = briefing.site.base_url

    @cache
    def items() -> tuple[Item, ...]:
        return tuple(csl_item(s, f"{base.rstrip('/')}/{urls.source(s.id)}" if base else "") for s in briefing.sources)

    keys = (("site", ""), ("sources", ""))
    yield Export("data/sources.csl.json", lambda: csl_json(items()), keys)
    yield Export("data/sources.bib", lambda: bibtex(items()), keys, made_from=items)
    yield Export("data/sources.ris", lambda: ris(items()), keys, made_from=items)


def csl_json(items: Sequence[Item]) -> bytes:
    """The items as CSL-JSON, each on a line of its own."""
    rows = ",\n".join(map(compact, items))
    return f"[\n{rows}\n]\n".encode()


def bibtex(items: Sequence[Item]) -> bytes:
    """The items as BibTeX in UTF-8."""
    from pybtex.database import BibliographyData, Entry
    from pybtex.database.output.bibtex import Writer

    class VerbatimWriter(Writer):  # type: ignore[misc]  # the library has no types
        """The fields are LaTeX already; the library's own encoder lets `$` and backslashes pass, and bends links."""

        def _encode(self, text: str) -> str:
            return text

        def check_braces(self, text: str) -> None:
            """Refuse braces that do not pair; most fields have none."""
            if "{" in text or "}" in text:
                super().check_braces(text)

    entries = {}
    for item in items:
        kind, fields = bibtex_entry(item)
        entries[item["id"]] = Entry(kind, fields=list(fields.items()))
    return str(VerbatimWriter(encoding="utf-8").to_string(BibliographyData(entries=entries))).encode()


def ris(items: Sequence[Item]) -> bytes:
    """The items as RIS, lines ended as the format asks."""
    import rispy

    class PlainWriter(rispy.RisWriter):  # type: ignore[misc]  # the library has no types
        """Records without a number before each, which the format does not know."""

        NEWLINE = "\r\n"

        def set_header(self, count: int) -> str:  # noqa: ARG002 the library's signature
            """No header."""
            return ""

    names = rispy.TAG_KEY_MAPPING
    records = [{names[tag]: value for tag, value in ris_fields(item).items()} for item in items]
    return str(rispy.dumps(records, implementation=PlainWriter)).encode()
