"""`data/sources.csl.json`, `.bib` and `.ris`: the sources as bibliographic records.

What stands in them is decided in `citation_fields`. Their syntax is a line a field: the libraries that write it take
longer to load than all of it takes here, and tests hold the files to what those write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from .. import urls
from ..citation_fields import Item, bibtex_entry, csl_item, ris_fields
from ..model import Briefing
from .export import Export
from .rows import compact


def exports(briefing: Briefing) -> Iterator[Export]:
    """The three files."""
    base = briefing.site.base_url

    @cache
    def items() -> tuple[Item, ...]:
        return tuple(csl_item(s, f"{base.rstrip('/')}/{urls.source(s.id)}" if base else "") for s in briefing.sources)

    keys = (("site", ""), ("sources", ""))
    yield Export("data/sources.csl.json", lambda: csl_json(items()), keys)
    yield Export("data/sources.bib", lambda: bibtex(items()), keys)
    yield Export("data/sources.ris", lambda: ris(items()), keys)


def csl_json(items: Sequence[Item]) -> bytes:
    """The items as CSL-JSON, each on a line of its own."""
    rows = ",\n".join(map(compact, items))
    return f"[\n{rows}\n]\n".encode()


def bibtex(items: Sequence[Item]) -> bytes:
    """The items as BibTeX in UTF-8; fields are LaTeX already, and their braces pair."""
    return "\n".join(map(_bibtex, items)).encode()


def _bibtex(item: Item) -> str:
    kind, fields = bibtex_entry(item)
    written = [
        f",\n    {name} = {{{value}}}" if '"' in value else f',\n    {name} = "{value}"'
        for name, value in fields.items()
    ]
    return f"@{kind}{{{item['id']}{''.join(written)}\n}}\n"


def ris(items: Sequence[Item]) -> bytes:
    """The items as RIS, lines ended as the format asks."""
    return "\r\n".join(map(_ris, items)).encode()


def _ris(item: Item) -> str:
    lines = [
        f"{tag}  - {value}\r\n"
        for tag, values in ris_fields(item).items()
        for value in (values if isinstance(values, list) else (values,))
    ]
    return f"{''.join(lines)}ER  - \r\n"
