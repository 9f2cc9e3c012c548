"""`data/annotations.jsonld`: every passage as a W3C Web Annotation, in one collection, whose pages stand beside it.

The pages of the collection are the parts of the sources, so that an edit of a source writes one of them. The target is
our own source page, whose text is the decoded seed, and both selectors count in that text; the publisher's address,
where it is known, is `via`. Without a `base_url` the IRIs are relative to the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import chain
from typing import Any

from .. import GENERATOR, urls
from ..downloads import ANNOTATIONS_PARTS
from ..frozen import NamedTuple
from ..model import Briefing, Passage, Source
from ..parting import SOURCES, parted
from ..records import SiteRecord, note_text
from .export import Again, Export, keys_of, number_of
from .rows import ROWS_END, compact, escaped, joined, json_rows, quoted

CONTEXT = 32  # characters of prefix and suffix
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_COLLECTION = "data/annotations.jsonld"

Concluded = Mapping[str, Sequence[str]]
"""The ids of the claims that a passage bears on, by the passage's ref."""


class Common(NamedTuple):
    """What all annotations of a briefing have: the root of its addresses, and as JSON what stands behind the id of a
    passage without and with a note, what behind the words of a note, and what ends each annotation."""

    base: str
    highlighting: bytes
    commenting: bytes
    noted: bytes
    end: str


def exports(briefing: Briefing) -> Iterator[Export]:
    """The collection and its pages."""
    parts = parted(briefing.sources, SOURCES)
    of_all = (("site", ""), number_of(len(parts)))
    yield Export(_COLLECTION, lambda: collection(briefing, len(parts)), (*of_all, ("sources", "")))
    of_pages = (*of_all, ("claims", ""))
    common, claims = common_to_all(briefing.site), cache(lambda: concluded(briefing))

    def made(number: int) -> bytes:
        return page(common, claims(), briefing.site.title, parts[number], number, len(parts))

    def rows(source: Source) -> bytes:
        return source_rows(source, common, claims())

    def made_again(number: int, again: Again) -> bytes | None:
        if not again.changed.isdisjoint(of_pages):
            return None
        return again.with_rows(ANNOTATIONS_PARTS.path(number), briefing, (number, len(parts)), {"texts": rows})

    for number, sources in enumerate(parts):
        keys = chain(of_pages, keys_of("texts", sources))
        again = partial(made_again, number)
        yield Export(ANNOTATIONS_PARTS.path(number), partial(made, number), keys, again=again)


def concluded(briefing: Briefing) -> Concluded:
    """The claims that have a page by passage, each once."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for claim in briefing.claims if "claims" not in briefing.leaves_out else ():
        for ref in dict.fromkeys(e.passage for e in claim.record.evidence):
            found[ref].append(claim.id)
    return found


def collection(briefing: Briefing, pages: int) -> bytes:
    """The bytes of the collection, which names its pages alone."""
    base = _root(briefing.site, 1)
    return json_rows({
        "@context": _CONTEXT,
        "id": base + _COLLECTION,
        "type": "AnnotationCollection",
        "label": briefing.site.title,
        "total": sum(len(s.passages) for s in briefing.sources),
        "first": base + ANNOTATIONS_PARTS.path(0),
        "last": base + ANNOTATIONS_PARTS.path(pages - 1),
    })  # fmt: skip


def page(common: Common, claims: Concluded, label: str, sources: Sequence[Source], number: int, pages: int) -> bytes:
    """The bytes of a page of the collection, with the annotations of some sources."""
    base = common.base
    head: dict[str, Any] = {
        "@context": _CONTEXT,
        "id": base + ANNOTATIONS_PARTS.path(number),
        "type": "AnnotationPage",
        "partOf": {"id": base + _COLLECTION, "type": "AnnotationCollection", "label": label},
    }
    for key, other in (("prev", number - 1), ("next", number + 1)):
        if 0 <= other < pages:
            head[key] = base + ANNOTATIONS_PARTS.path(other)
    return joined(head, items=filter(None, (source_rows(source, common, claims) for source in sources)))


def source_rows(source: Source, common: Common, claims: Concluded) -> bytes:
    """The annotations of a source, each as JSON on a line; nothing else in `claims` than its own counts."""
    page = quoted(common.base + urls.source(source.id))
    via = f', "via": {quoted(source.original)}' if source.original else ""
    begin = f'{{"id": {page[:-1]}#{urls.passage_anchor("")}'.encode()
    target = f'], "target": {{"source": {page}, "selector": [{{"type": "TextQuoteSelector", "exact": "'.encode()
    end = f"]{via}}}{common.end}}}".encode()
    strings, pieces = iter(escaped(_strings(source))), list[bytes]()
    for passage, note, words, before, after in zip(source.passages, *[strings] * 4, strict=True):
        others = _others(passage, common, claims) if passage.flags or claims else _tags(passage.topics)
        noted = (common.commenting, note, common.noted, b", " if others else b"") if passage.note else ()
        place = f'"}}, {{"type": "TextPositionSelector", "start": {passage.start}, "end": {passage.end}}}'
        pieces += (
            ROWS_END if pieces else b"", begin, passage.id.encode(), *(noted or (common.highlighting,)), others, target,
            words, b'", "prefix": "', before, b'", "suffix": "', after, place.encode(), end,
        )  # fmt: skip
    return b"".join(pieces)


def _strings(source: Source) -> list[str]:
    """Of each passage its note, its words, what stands before and what behind them."""
    text, first, last, found = source.text, 0, source.length, list[str]()
    for passage in source.passages:
        start, end = passage.start, passage.end
        if source.excerpts:
            shown = source.around(start, end) or passage
            first, last = shown.start, shown.end
        before, after = text[max(first, start - CONTEXT) : start], text[end : min(last, end + CONTEXT)]
        found += (note_text(passage.note) or "", passage.words, before, after)
    return found


def common_to_all(site: SiteRecord) -> Common:
    """What all annotations have."""
    generator = compact({"type": "Software", "name": GENERATOR})
    highlighting, commenting = (
        f'", "type": "Annotation", "motivation": "{motivation}", "generator": {generator}, "body": ['
        for motivation in ("highlighting", "commenting")
    )
    note = '{"type": "TextualBody", "purpose": "commenting", "value": "'
    noted = f'", "format": "text/markdown", "language": {quoted(site.language)}}}'
    creators = [{"type": "Person", "name": author} for author in site.authors]
    end = f', "creator": {compact(creators)}' if creators else ""
    return Common(_root(site, 2), highlighting.encode(), f"{commenting}{note}".encode(), noted.encode(), end)


def _root(site: SiteRecord, depth: int) -> str:
    """The site's own address, or the way to its root from a file so deep in it."""
    return f"{site.base_url.rstrip('/')}/" if site.base_url else "../" * depth


def _others(passage: Passage, common: Common, claims: Concluded) -> bytes:
    """The bodies of an annotation that are no note."""
    bodies = [_tags(passage.topics)] if passage.topics else []
    for flag in passage.flags:
        why = quoted(f"{flag.kind}: {flag.why}")
        bodies.append(f'{{"type": "TextualBody", "purpose": "questioning", "value": {why}}}'.encode())
    for claim in claims.get(passage.ref, ()) if claims else ():
        page = quoted(common.base + urls.claim(claim))
        bodies.append(f'{{"type": "SpecificResource", "purpose": "linking", "source": {page}}}'.encode())
    return b", ".join(bodies)


@lru_cache(1 << 12)
def _tags(topics: tuple[str, ...]) -> bytes:
    return ", ".join(
        f'{{"type": "TextualBody", "purpose": "tagging", "value": {quoted(id_)}}}' for id_ in topics
    ).encode()
