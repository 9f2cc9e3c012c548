"""`data/annotations.jsonld`: every passage as a W3C Web Annotation, in one collection.

The target is our own source page, whose text is the decoded seed, and both selectors count in that text; the
publisher's address, where it is known, is `via`. Without a `base_url` the IRIs are relative to the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import urls
from ..model import Briefing, Passage, Source
from ..records import note_text
from ..text import Span
from .export import Export
from .rows import json_rows

CONTEXT = 32  # characters of prefix and suffix


def exports(briefing: Briefing, name: str, version: str) -> Iterator[Export]:
    """The one file."""
    yield Export("data/annotations.jsonld", lambda: export(briefing, name, version))


def export(briefing: Briefing, name: str, version: str) -> bytes:
    """The file's bytes; `name` and `version` are the generator's."""
    base = f"{briefing.site.base_url.rstrip('/')}/" if briefing.site.base_url else "../"
    generator = {"type": "Software", "name": f"{name} {version}"}
    items = [_annotation(briefing, s, p, base, generator) for s in briefing.sources for p in s.passages]
    return json_rows({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{base}data/annotations.jsonld",
        "type": "AnnotationCollection",
        "label": briefing.site.title,
        "total": len(items),
        "first": {
            "id": f"{base}data/annotations.jsonld#page-1", "type": "AnnotationPage", "startIndex": 0, "items": items,
        },
    })  # fmt: skip


def _annotation(
    briefing: Briefing, source: Source, passage: Passage, base: str, generator: dict[str, str]
) -> dict[str, Any]:
    page = base + urls.source(source.id)
    text, shown = source.text, source.around(passage.start, passage.end) or Span(passage.start, passage.end)
    target: dict[str, Any] = {
        "source": page,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": passage.words,
                "prefix": text[max(shown.start, passage.start - CONTEXT) : passage.start],
                "suffix": text[passage.end : min(shown.end, passage.end + CONTEXT)],
            },
            {"type": "TextPositionSelector", "start": passage.start, "end": passage.end},
        ],
    }
    if source.record.URL:
        target["via"] = source.record.URL
    annotation: dict[str, Any] = {
        "id": f"{base}{urls.passage(passage.ref)}",
        "type": "Annotation",
        "motivation": "commenting" if passage.note else "highlighting",
        "generator": generator,
        "body": _bodies(briefing, passage, base),
        "target": target,
    }
    if briefing.site.authors:
        annotation["creator"] = [{"type": "Person", "name": author} for author in briefing.site.authors]
    return annotation


def _bodies(briefing: Briefing, passage: Passage, base: str) -> list[dict[str, str | None]]:
    bodies: list[dict[str, str | None]] = []
    if passage.note:
        bodies.append({
            "type": "TextualBody", "purpose": "commenting", "value": note_text(passage.note), "format": "text/markdown",
            "language": briefing.site.language,
        })  # fmt: skip
    bodies += [{"type": "TextualBody", "purpose": "tagging", "value": topic} for topic in passage.topics]
    bodies += [{"type": "TextualBody", "purpose": "questioning", "value": f"{f.kind}: {f.why}"} for f in passage.flags]
    bodies += [
        {"type": "SpecificResource", "purpose": "linking", "source": base + urls.claim(claim.id)}
        for claim in briefing.claims
        if any(e.passage == passage.ref for e in claim.record.evidence)
    ]
    return bodies
