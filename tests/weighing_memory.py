"""What each part of a briefing and of its site takes in memory, as a process of its own prints it.

Beside other tests the figures hang on what those made before: whether the instances of a class share their keys, and
what the library's caches hold. Run as ``python -m tests.weighing_memory FOLDER COUNT``; writes the corpus to FOLDER and
prints one JSON object of bytes for each source.
"""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from benchmarks.making import corpus
from site_builder import storing
from site_builder.build import check_site, read_briefing
from site_builder.site.making import Making
from site_builder.theme.rendering import Theme
from tests.working_edits import written

_POINTER = 8  # bytes
_OF_THE_PROGRAM = (type, ModuleType, FunctionType)


def _held(one: object, seen: set[int]) -> int:
    """The bytes that a thing and all that it knows take, but for what was seen before."""
    found, waiting = 0, [one]
    while waiting:
        thing: Any = waiting.pop()
        if id(thing) not in seen and not isinstance(thing, _OF_THE_PROGRAM):
            seen.add(id(thing))
            found += sys.getsizeof(thing)
            own = getattr(thing, "__dict__", None)
            if type(own) is dict:  # of an instance: asking for it made it, so that its table is no cost of the program
                seen.add(id(own))
                found += _POINTER * len(own)
                waiting += own.values()
            waiting += gc.get_referents(thing)
    return found


def weighed(folder: Path, count: int) -> dict[str, int]:
    """Bytes for each source of a corpus as read and of its site as made, with all texts put by in a file as those of
    many sources are; each part without what those before it have."""
    storing.IN_MEMORY = 0
    for path, text in corpus(count).files("ours"):
        written(folder / path, text)
    read = read_briefing(folder)
    making = Making(read.briefing, Theme(folder / "no-such-folder"), lambda *_: None, jobs=1)
    making.run()
    check_site(making, read)
    parts = {
        "annotations": read.annotations, "briefing": read.briefing,
        "lists": (making.calls, making.listed, making.layout), "pages": making.pages,
        "files": (making.files, making.exports, making.sizes),
    }  # fmt: skip
    seen: set[int] = set()
    return {name: _held(part, seen) // count for name, part in parts.items()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(weighed(Path(sys.argv[1]), int(sys.argv[2]))))
