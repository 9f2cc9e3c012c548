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

from .. import urls
from ..downloads import ANNOTATIONS_PARTS
from ..frozen import NamedTuple
from ..model import Briefing, Passage, Source
from ..parting import SOURCES, parted
from ..records import SiteRecord, note_text
from ..texts.text import Span
from .export import Again, Export, keys_of, number_of
from .rows import ROWS_END, compact, joined, json_rows, or_null, quoted

CONTEXT = 32  # characters of prefix and suffix
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_COLLECTION = "data/annotations.jsonld"

Concluded = Mapping[str, Sequence[str]]
"""The ids of the claims that a passage bears on, by the passage's ref."""


class Common(NamedTuple):
    """What all annotations of a briefing have: the root of its addresses, and as JSON the language of its notes, and
    what begins and ends each annotation."""

    base: str
    language: str
    begin: str
    end: str


def exports(briefing: Briefing, name: str, version: str) -> Iterator[Export]:
    """The collection and its pages."""
    parts = parted(briefing.sources, SOURCES)
    of_all = (("site", ""), number_of(len(parts)))
    yield Export(_COLLECTION, lambda: collection(briefing, len(parts)), (*of_all, ("sources", "")))
    of_pages = (*of_all, ("claims", ""))
    common, claims = common_to_all(briefing.site, name, version), cache(lambda: concluded(briefing))

    def made(number: int) -> bytes:
        return page(common, claims(), briefing.site.title, parts[number], number, len(parts))

    def rows(source: Source) -> bytes:
        return ROWS_END.join(source_rows(source, common, claims()))

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
    return joined(head, items=(row for s in sources for row in source_rows(s, common, claims)))


def source_rows(source: Source, common: Common, claims: Concluded) -> Iterator[bytes]:
    """The annotations of a source, each as JSON on one line; nothing else in `claims` than its own counts."""
    page = quoted(common.base + urls.source(source.id))
    via = f', "via": {quoted(source.record.URL)}' if source.record.URL else ""
    text, whole = source.text, Span(0, source.length)
    for passage in source.passages:
        start, end = passage.start, passage.end
        shown = whole if source.excerpts is None else source.around(start, end) or Span(start, end)
        yield (
            f'{{"id": {page[:-1]}#{urls.passage_anchor(passage.id)}", "type": "Annotation", '
            f'"motivation": "{"commenting" if passage.note else "highlighting"}"{common.begin}'
            f', "body": [{_bodies(passage, common, claims)}], "target": {{"source": {page}, "selector": ['
            f'{{"type": "TextQuoteSelector", "exact": {quoted(passage.words)}, '
            f'"prefix": {quoted(text[max(shown.start, start - CONTEXT) : start])}, '
            f'"suffix": {quoted(text[end : min(shown.end, end + CONTEXT)])}}}, '
            f'{{"type": "TextPositionSelector", "start": {start}, "end": {end}}}]{via}}}{common.end}}}'
        ).encode()


def common_to_all(site: SiteRecord, name: str, version: str) -> Common:
    """What all annotations have; `name` and `version` are the generator's."""
    begin = f', "generator": {compact({"type": "Software", "name": f"{name} {version}"})}'
    creators = [{"type": "Person", "name": author} for author in site.authors]
    return Common(_root(site, 2), quoted(site.language), begin, f', "creator": {compact(creators)}' if creators else "")


def _root(site: SiteRecord, depth: int) -> str:
    """The site's own address, or the way to its root from a file so deep in it."""
    return f"{site.base_url.rstrip('/')}/" if site.base_url else "../" * depth


def _bodies(passage: Passage, common: Common, claims: Concluded) -> str:
    note, bodies = passage.note, []
    if note:
        bodies.append(
            f'{{"type": "TextualBody", "purpose": "commenting", "value": {or_null(note_text(note))}, '
            f'"format": "text/markdown", "language": {common.language}}}'
        )
    if passage.topics:
        bodies.append(_tags(passage.topics))
    for flag in passage.flags:
        why = quoted(f"{flag.kind}: {flag.why}")
        bodies.append(f'{{"type": "TextualBody", "purpose": "questioning", "value": {why}}}')
    for claim in claims.get(passage.ref, ()) if claims else ():
        page = quoted(common.base + urls.claim(claim))
        bodies.append(f'{{"type": "SpecificResource", "purpose": "linking", "source": {page}}}')
    return ", ".join(bodies)


@lru_cache(1 << 12)
def _tags(topics: tuple[str, ...]) -> str:
    return ", ".join(f'{{"type": "TextualBody", "purpose": "tagging", "value": {quoted(id_)}}}' for id_ in topics)
