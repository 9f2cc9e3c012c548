"""What a source takes in memory, held by number: at 10,000 sources a kilobyte each is ten megabytes of every build."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Mapping
from types import FunctionType, ModuleType
from typing import Any

import pytest

from benchmarks.making import corpus
from site_builder import storing
from site_builder.build import Read, check_site, read_briefing
from site_builder.site.making import Making
from site_builder.theme.rendering import Theme
from tests.working_edits import written

COUNT = 60  # sources; what is there once however many there are is little beside them
_POINTER = 8  # bytes
_OF_THE_PROGRAM = (type, ModuleType, FunctionType)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Read, Making]]:
    """A corpus as read, and as its site was made, with all texts put by in a file as those of many sources are."""
    folder = tmp_path_factory.mktemp("held")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storing, "IN_MEMORY", 0)
        for path, text in corpus(COUNT).files("ours"):
            written(folder / path, text)
        read = read_briefing(folder)
        making = Making(read.briefing, Theme(folder / "no-such-folder"), lambda *_: None, jobs=1)
        making.run()
        check_site(making, read)
        yield read, making


def _held(one: object, seen: set[int]) -> int:
    """The bytes that a thing and all that it knows take, but for what was seen before."""
    found, waiting = 0, [one]
    while waiting:
        thing: Any = waiting.pop()
        if id(thing) not in seen and not isinstance(thing, _OF_THE_PROGRAM):
            seen.add(id(thing))
            found += sys.getsizeof(thing)
            own = getattr(thing, "__dict__", None)
            if type(own) is dict:  # of an instance: whether its keys are shared hangs on what other tests made before
                seen.add(id(own))
                found += _POINTER * len(own)
                waiting += own.values()
            waiting += gc.get_referents(thing)
    return found


_MOST: Mapping[str, int] = {"annotations": 12_800, "briefing": 6_400, "lists": 3_400, "pages": 1_400, "files": 1_800}
"""How many bytes each of these may take for each source, beyond what those before it have, in Python 3.11; later ones
take less. It is measured, and rounded up to the next 200."""


def test_a_source_takes_no_more_memory_than_it_did(made: tuple[Read, Making]) -> None:
    read, making = made
    parts = {
        "annotations": read.annotations, "briefing": read.briefing,
        "lists": (making.calls, making.listed, making.layout), "pages": making.pages,
        "files": (making.files, making.exports, making.sizes),
    }  # fmt: skip
    seen: set[int] = set()
    held = {name: _held(part, seen) // COUNT for name, part in parts.items()}
    assert {name: size for name, size in held.items() if size > _MOST[name]} == {}, held
