"""How much work each kind of edit is, on a synthetic corpus: counted exactly, and its CPU held against a yardstick.

The yardstick is work of the same kinds that does not change when we do: the files of the same corpus are copied, cut
into words, counted, and sent through JSON and zlib. What is recorded in `work.json` is the ratio, which carries from
one machine to another as seconds would not.
"""

from __future__ import annotations

import json
import os
import re
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks import our_layout
from benchmarks.corpus import article, topic_names
from benchmarks.making import Corpus, corpus, put, with_event, with_note, with_topic
from site_builder.build import Built, build
from site_builder.memory import Memory
from site_builder.rendering import shipped_templates

RECORDED = Path(__file__).parent / "work.json"
SIZE = 30  # sources. An edit still does it all again: with 300, these builds would take 70 CPU seconds
SMALLEST = Path(__file__).parent / "sites" / "smallest"
_TURNS = 16  # of the yardstick, half before the builds and half after them


@dataclass(frozen=True)
class Edited:
    """What a kind of edit made a build do; `cpu` in yardsticks."""

    built: Built
    cpu: float

    def pages(self, *actions: str) -> list[str]:
        """The pages with which this was done."""
        return [s.path for s in self.built.steps if s.action in actions and s.path.endswith(".html")]

    def recorded(self) -> dict[str, Any]:
        """What is recorded of it: pages by their folder, unless it was all of them, whose number anybody may change."""
        work, written = self.built.work, self.pages("write")
        is_all = work.rendered == len(written) == len(self.pages("write", "keep"))
        pages = Counter(f"{p.rpartition('/')[0]}/…" if "/" in p else p for p in written)
        return {
            "parsed": work.parsed,
            "resolved": work.resolved,
            "rendered": "all" if is_all else work.rendered,
            "pages written": "all" if is_all else pages,
            "bytes written": work.written,
            "CPU in yardsticks": round(self.cpu, 1),
        }


def edited(folder: Path) -> dict[str, Edited]:
    """Every kind of edit, one after the other, each followed by a build."""
    whole = corpus(SIZE)
    with patch.dict(os.environ, XDG_CACHE_HOME=str(folder / "caches")):
        write(folder, whole)
        build(SMALLEST, folder / "smallest")  # imports are no part of what an edit costs
        half = yardstick(folder, _TURNS // 2)
        found, memory = {}, Memory()
        for name, edit in kinds(whole).items():
            edit(folder)
            start = time.process_time()
            built = build(folder, folder / "output", memory=memory, jobs=1)  # CPU is counted of this process
            found[name] = Edited(built, time.process_time() - start)
    turn = (half + yardstick(folder, _TURNS // 2)) / _TURNS
    return {name: replace(each, cpu=each.cpu / turn) for name, each in found.items()}


def kinds(whole: Corpus) -> Mapping[str, Callable[[Path], None]]:
    """The kinds of edits by their names, in the order in which they follow one another."""
    noted = with_note(whole)
    told = with_event(noted)
    more = with_topic(told)
    added = article("1", SIZE, topic_names(SIZE))
    text, annotations = f"seeds/{added.id}.txt", f"annotations/sources/{added.id}.yaml"

    def add_source(folder: Path) -> None:
        put(folder / text, added.text)
        put(folder / annotations, our_layout.source(added))

    def remove_source(folder: Path) -> None:
        (folder / text).unlink()
        (folder / annotations).unlink()

    def change_template(folder: Path) -> None:
        name = "pages/topic.html"
        shipped = (shipped_templates() / name).read_text("utf-8")
        put(folder / "templates" / name, shipped.replace("<h1", "<h1 data-own", 1))

    return {
        "clean": lambda _: None,
        "nothing changed": lambda _: None,
        "note edited": lambda folder: write(folder, noted),
        "event edited": lambda folder: write(folder, told),
        "topic added": lambda folder: write(folder, more),
        "source added": add_source,
        "source removed": remove_source,
        "template changed": change_template,
        "title changed": lambda folder: put(folder / "annotations" / "site.yaml", "title: Another title\n"),
    }


def write(folder: Path, whole: Corpus) -> None:
    """Write what differs from what is there."""
    for path, content in whole.files("ours"):
        place = folder / path
        if not place.exists() or place.read_text("utf-8") != content:
            put(place, content)


def yardstick(folder: Path, turns: int) -> float:
    """CPU seconds of so many turns."""
    files = {p: p.read_text("utf-8") for p in sorted(inputs(folder))}
    start = time.process_time()
    for _ in range(turns):
        for path, content in files.items():
            counts = Counter(word.casefold() for word in re.split(r"\W+", content))
            packed = zlib.compress(json.dumps(dict(sorted(counts.items()))).encode(), 1)
            assert json.loads(zlib.decompress(packed)) == counts
            copy = folder / "copy"
            copy.write_bytes(path.read_bytes())
    (folder / "copy").unlink()
    return time.process_time() - start


def inputs(folder: Path) -> Iterator[Path]:
    """The files of a briefing."""
    for name in ("seeds", "annotations"):
        yield from (p for p in (folder / name).rglob("*") if p.is_file())
