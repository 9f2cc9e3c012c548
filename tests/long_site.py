"""A briefing whose lists are long: made by rule, with a title for every source and one sentence for every passage."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from site_builder.build import read_briefing
from site_builder.listing.layout import Limits
from site_builder.model import Briefing

SOURCES = 120
LIMITS = Limits(whole=24_000, sheet=12_000, share=4_000)
"""Under these, lists of such a briefing are as much too long as those of 10,000 sources are under the real ones."""

_PEOPLE = ("Ada Pell", "Bo Quist", "Cy Rand", "Dee Sorn")
_PORTS = ("Northport", "Southport", "Eastmouth", "Westmouth", "Ålvik", "Zell")
_TOPICS = ("boats", "ropes", "tolls")
_FLAGS = ("garbled", "overstated", "naming")


def files(sources: int = SOURCES, more_events: tuple[dict[str, Any], ...] = ()) -> Iterator[tuple[str, str]]:
    """The briefing as files by path; `more_events` come after its own."""
    number, events, claims = count(), [], []
    for n in range(sources):
        id_, day = f"log-{n:03}", _day(n)
        sentences, passages = [], []
        for m in range(3):
            k = next(number)
            person, port = _PEOPLE[k % len(_PEOPLE)], _PORTS[k * 7 % len(_PORTS)]
            sentences.append(f"{person} said that {20_000 + k} boats of kind {k} lay off {port}.")
            ref = f"p{m}"
            passages.append(
                {
                    "id": ref, "quote": sentences[-1], "topics": _topics(k), "said_by": _slug(person),
                    "entities": [_slug(port)],
                    "figures": [{"id": ref, "measure": f"boats-{k % 3}", "value": 20_000 + k}],
                    "flags": [{"kind": _FLAGS[k % 3], "why": f"odd word {k}"}] if k % 4 == 0 else [],
                }
            )  # fmt: skip
            events.append(_event(f"event-{k:03}", _day(k) if k % 9 else day[:4], k, f"{id_}#{ref}"))
            if k % 2 == 0:
                claims.append(_claim(k, f"{id_}#{ref}"))
        text = "\n\n".join(sentences) + "\n"
        yield f"seeds/{id_}.txt", text
        yield f"annotations/sources/{id_}.yaml", json.dumps(
            {
                "text": f"{id_}.txt", "sha256": hashlib.sha256(text.encode()).hexdigest(), "type": "report",
                "title": f"{'ABCDEFGH'[n % 8]} log number {n}",
                **({"issued": {"edtf": f"201{day[3:]}", "basis": "inferred", "why": "by rule"}} if n % 5 else {}),
                "passages": passages,
            }
        )  # fmt: skip
    yield "annotations/events.yaml", json.dumps([*events, *more_events])
    yield "annotations/claims.yaml", json.dumps(claims)
    yield "annotations/site.yaml", json.dumps({"title": "Long lists", "language": "en"})
    yield (
        "annotations/measures.yaml",
        json.dumps(
            [
                {"id": f"boats-{i}", "label": f"Boats {i}", "unit": "boats", "counts": f"boats, way {i}."}
                for i in range(3)
            ]
        ),
    )
    places = [{"id": _slug(port), "kind": "place", "name": port} for port in _PORTS]
    yield (
        "annotations/entities.yaml",
        json.dumps(
            [*({"id": _slug(person), "kind": "person", "name": person} for person in _PEOPLE), *places, *_crew()]
        ),
    )
    for topic in _TOPICS:
        brief = f"There were boats, see [the year](timeline.html#y2003), [@log-001#p0] and [@event:event-{1:03}]."
        yield f"annotations/topics/{topic}.md", f"---\ntitle: On {topic}\n---\n{brief}\n"


def _crew() -> Iterator[Mapping[str, Any]]:
    for n in range(120):
        name = f"{'ABCDEFGHIJKL'[n % 12]}{'aeiou'[n % 5]}lmar Crew{n}"
        yield {"id": _slug(name), "kind": "person", "name": name}


def _event(id_: str, day: str, k: int, ref: str) -> dict[str, Any]:
    date = {"edtf": day, "basis": "inferred", "why": "by rule"}
    return {"id": id_, "date": date, "title": f"Boats lay at rest {k}", "topics": _topics(k), "evidence": [ref]}


def event(id_: str, day: str, ref: str = "log-001#p0") -> dict[str, Any]:
    """An event to be added, of no topic."""
    return {**_event(id_, day, 0, ref), "topics": []}


def _claim(k: int, ref: str) -> Mapping[str, Any]:
    return {
        "id": f"claim-{k:03}", "claim": f"Boats were counted, {k}", "topics": _topics(k)[:1],
        "status": ("accepted", "conflict", "unresolved")[k % 3], "confidence": "low", "why": "by rule",
        "evidence": [{"passage": ref, "relation": "supports"}],
    }  # fmt: skip


def _topics(k: int) -> list[str]:
    return [_TOPICS[k % 3]] if k % 5 else [_TOPICS[k % 3], _TOPICS[(k + 1) % 3]]


def _day(k: int) -> str:
    """Most of them in 2003, and most of those in its March."""
    year = 2001 + k % 4 if k % 3 else 2003
    month = 3 if k % 2 else k // 2 % 12 + 1
    return f"{year}-{month:02}-{(k * k + k // 7) % 28 + 1:02}"


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-").replace("å", "a")


def written(folder: Path, **options: Any) -> Path:
    """The briefing in a folder."""
    for path, text in files(**options):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


@cache
def long_briefing(more_events: int = 0, day: str = "") -> Briefing:
    """The briefing as resolved, with some more events on a day."""
    more = tuple(event(f"more-{n}", day) for n in range(more_events))
    with TemporaryDirectory() as folder:
        return read_briefing(written(Path(folder), more_events=more)).briefing
