"""How much work each kind of edit is, on a synthetic corpus: counted exactly, and its CPU held against a yardstick.

Each edit is followed by two builds: one in a process that runs on, as the preview does, and one that knows what is kept
on disk, as a command does.

The yardstick is work of the same kinds that does not change when we do: texts of the same corpus are copied, cut into
words, counted, and sent through JSON and zlib. What is recorded in `work.json` is the ratio, which carries from
one machine to another as seconds would not.
"""

from __future__ import annotations

import gc
import json
import os
import re
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.making import Corpus, corpus
from site_builder.build import Built, build, kept_memory
from site_builder.kept.memory import Memory
from site_builder.problems import BuildFailed

from .working_edits import COMMANDS_UNTIL, SIZE, edits, files, written

RECORDED = Path(__file__).parent / "work.json"
SMALLEST = Path(__file__).parent / "sites" / "smallest"
WAYS = ("running", "command")
BROKEN = "broken"  # in the names of edits after which nothing can be built
NOISE = 0.5  # yardsticks
_FILES = 60  # of the yardstick


@dataclass(frozen=True)
class Edited:
    """What a kind of edit made a build do, or the rules by which there was none; `cpu` in yardsticks, and the bytes on
    disk of what was written. The manifest has the hash of every file."""

    built: Built | tuple[str, ...]
    cpu: float
    manifest: bytes
    size: int = 0

    def files(self, *actions: str) -> list[str]:
        """The files with which this was done."""
        return [s.path for s in self.built.steps if s.action in actions] if isinstance(self.built, Built) else []

    def pages(self, *actions: str) -> list[str]:
        """The pages with which this was done."""
        return [p for p in self.files(*actions) if p.endswith(".html")]

    def counts(self) -> dict[str, Any]:
        """What is held exactly: files by their folder, unless it was all pages, whose number anybody may change."""
        if not isinstance(self.built, Built):
            return {"refused": [*self.built]}
        work, pages = self.built.work, self.pages("write")
        is_all = work.rendered == len(pages) == len(self.pages("write", "keep"))
        return {
            "parsed": work.parsed,
            "resolved": work.resolved,
            "rendered": "all" if is_all else work.rendered,
            "pages": "all" if is_all else _by_folder(pages),
            "files": _by_folder(set(self.files("write")) - set(pages)),
        }


def _by_folder(paths: Iterable[str]) -> Mapping[str, int]:
    return dict(sorted(Counter(f"{p.rpartition('/')[0]}/" if "/" in p else p for p in paths).items()))


Found = dict[str, dict[str, Edited]]
"""What each kind of edit made a build do, in each way."""


def edited(folder: Path) -> Found:
    """Every kind of edit, one after the other, each followed by a build in each way."""
    whole, found = corpus(SIZE), Found()
    stick, turns, memory, ways = Yardstick(folder / "copy", whole), 0.0, Memory(), [*WAYS]
    with patch.dict(os.environ, XDG_CACHE_HOME=str(folder / "caches")):
        for path, text in files(whole):
            written(folder / path, text)
        build(SMALLEST, folder / "smallest")  # imports are no part of what an edit costs
        for name, edit in edits(whole).items():
            edit(folder)
            turns += stick.turn()
            known = {"running": memory, "command": kept_memory(folder, folder / "command")}
            found[name] = {way: _built(folder, folder / way, known[way], is_broken=BROKEN in name) for way in ways}
            if name == COMMANDS_UNTIL:
                ways.remove("command")
        found["clean again"] = {"running": _built(folder, folder / "again", Memory(), is_broken=False)}
    turn = turns / len(found)
    return {name: {way: replace(e, cpu=e.cpu / turn) for way, e in each.items()} for name, each in found.items()}


def _built(folder: Path, output: Path, memory: Memory, *, is_broken: bool) -> Edited:
    """A build that knows this; its CPU in seconds."""
    gc.collect()
    start = time.process_time()
    try:
        built = build(folder, output, memory=memory, jobs=1)  # CPU is counted of this process
    except BuildFailed as failed:
        if not is_broken:
            raise
        rules = tuple(sorted({p.rule for p in failed.problems}))
        return Edited(rules, time.process_time() - start, _manifest(output))
    cpu, manifest = time.process_time() - start, _manifest(output)
    new = [s.path for s in built.steps if s.action == "write"]
    size = sum((output / path).stat().st_size for path in new) + (len(manifest) if new else 0)
    return Edited(built, cpu, manifest, size)


def _manifest(output: Path) -> bytes:
    return (output / ".briefing" / "manifest.json").read_bytes()


class Yardstick:
    """Some work that stays the same."""

    def __init__(self, copy: Path, whole: Corpus) -> None:
        self.copy = copy
        self.texts = [text for _, (_, text) in zip(range(_FILES), files(whole), strict=False)]

    def turn(self) -> float:
        """CPU seconds of doing it once."""
        start = time.process_time()
        for text in self.texts:
            counts = Counter(word.casefold() for word in re.split(r"\W+", text))
            packed = zlib.compress(json.dumps(dict(sorted(counts.items()))).encode(), 1)
            assert json.loads(zlib.decompress(packed)) == counts
            self.copy.write_text(text, "utf-8")
            assert self.copy.read_text("utf-8") == text
        return time.process_time() - start


def table(found: Found, was: Mapping[str, Any]) -> str:
    """What was found, in lines: of each edit the counts, and the CPU in each way with what is recorded."""
    rows = [("edit", "parsed", "resolved", "rendered", "files", "KB", *(f"CPU {way} (recorded)" for way in WAYS))]
    for name, each in found.items():
        first, recorded = each["running"], was.get(name, {}).get("CPU", {})
        told: Sequence[str] = ("refused", *[""] * 4)
        if isinstance(first.built, Built):
            work = first.built.work
            numbers = work.parsed, work.resolved, work.rendered, first.built.count("write"), round(work.written / 1000)
            told = [f"{number:,}" for number in numbers]
        cpu = (f"{each[way].cpu:.1f} ({recorded.get(way, '-')})" if way in each else "" for way in WAYS)
        rows.append((name, *told, *cpu))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if n else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


# What is recorded


def is_cpu_held(now: float, was: float) -> bool:
    """Whether a build takes no more than twice the CPU that is recorded; a twentieth of a second is noise."""
    return now <= max(2 * was, was + NOISE)


def are_bytes_held(now: int, was: int) -> bool:
    """Whether about as much is written: which files is held exactly, and any change of a template shifts some bytes."""
    return abs(now - 1000 * was) <= max(50 * was, 5000)


def as_recorded(found: Found, was: Mapping[str, Any]) -> str:
    """The file of what was found, a line for each edit. What is held only roughly stays as it was while it is near."""
    lines = []
    for name, each in found.items():
        before = was["edits"].get(name, {})
        record = each["running"].counts()
        if isinstance(each["running"].built, Built):
            size = each["running"].size
            is_near = "KB" in before and are_bytes_held(size, before["KB"])
            record["KB"] = before["KB"] if is_near else round(size / 1000)
        record["CPU"] = {way: _near(each[way].cpu, before.get("CPU", {}).get(way)) for way in each}
        lines.append(f" {json.dumps(name)}: {json.dumps(record, ensure_ascii=False)}")
    return f'{{"sources": {SIZE}, "edits": {{\n' + ",\n".join(lines) + "\n}}\n"


def _near(now: float, was: float | None) -> float:
    """What is recorded of CPU: what was, while that is not far."""
    return was if was is not None and abs(now - was) <= max(0.25 * was, NOISE) else round(now, 1)
