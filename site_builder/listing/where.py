"""Where a thing stands that once stood on the page of its list: what a script loads to lead an old address on.

Scripts, since a page from disk may load nothing else: each holds the ids whose checksum is its number, by the page
that they are on. The addresses of a list that is whole need none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from zlib import adler32

from .. import urls
from .layout import Layout

PARTS = 64


def part_of(anchor: str) -> int:
    """The file in which an id is found; `stretches.js` reckons the same."""
    return adler32(anchor.encode()) % PARTS


def where_files(layout: Layout) -> Iterator[tuple[str, bytes]]:
    """The files, of a site with a list of addresses that is cut."""
    if not layout.events and not layout.measures:
        return
    parts: list[dict[str, list[str]]] = [{} for _ in range(PARTS)]
    for anchor, page in _places(layout):
        parts[part_of(anchor)].setdefault(page.removesuffix(".html"), []).append(anchor)
    for number, pages in enumerate(parts):
        content = json.dumps(pages, separators=(",", ":"), ensure_ascii=True)
        yield urls.where(f"{number}"), f"(self.briefingWhere ||= {{}})[{number}] = {content};\n".encode()


def _places(layout: Layout) -> Iterator[tuple[str, str]]:
    yield from layout.years.items()
    yield from ((f"e-{id_}", page) for id_, page in layout.events.items())
    for ref, page in layout.figures.items():
        yield urls.anchor(urls.figure(ref)), page
    yield from ((urls.anchor(urls.measure(id_)), page) for id_, page in layout.measures.items())
