"""Where the time of a clean build goes, stage by stage: `python -m benchmarks.stages --size 1000`.

A stage is a function of ours; its own CPU counts, without that of stages it calls. All in this one process: what a
build would do in others has to be run in this one.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from importlib import import_module
from inspect import isgeneratorfunction
from pathlib import Path
from typing import Any

from site_builder.build import build

from .build import about, made, memory, tell
from .contenders import minimal_theme

STAGES = {
    "see what changed: look at, or hash, every input": ("build.look", "disk.inputs.inputs_of"),
    "load: YAML to values, or to nodes": ("reading.assembling.values", "reading.nodes.compose"),
    "load: read and check texts": ("reading.seeds.Seeds.source",),
    "load: values to records, and the rest": ("reading.folder.load",),
    "resolve sources: quotes, numbers, dates, coverage": ("contracts.resolving.resolve_source",),
    "merge: events, figures, briefs": ("contracts.merging.merge",),
    "lay out: what stands under what, and on which page": ("site.making.Making.__init__",),
    "contexts: what pages show": ("site.making.Making.make_pages", "site.making.Making.made"),
    "contexts: what is unread": ("pages.leftovers.outside",),
    "contexts: Markdown to HTML": (
        "markup.markdown.render",
        "markup.markdown.render_all",
        "markup.markdown.render_inline",
    ),
    "compile and render templates, gather links and ids": (
        "theme.rendering.Theme.prepare",
        "theme.rendering.Theme.render",
    ),
    "search files": ("search.searching.exports", "search.searching.made"),
    "exports": ("site.making.Making.make_data",),
    "texts and assets, hashed": ("site.making.Making.make_files",),
    "check links": ("build.check_site",),
    "write: stage": ("disk.writing.Output.put",),
    "write: sync, move": ("disk.writing.Output.commit",),
}
"""The functions that are timed together, as they are called, by what they do."""
REST = "all else, with what is imported on the way"


class Clock:
    """CPU by stage, each without those that it calls."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys((*STAGES, REST), 0.0)
        self.running = [REST]
        self.since = time.process_time()

    @contextmanager
    def within(self, stage: str) -> Iterator[None]:
        """Count what follows for a stage, until it ends."""
        self._tick()
        self.running.append(stage)
        try:
            yield
        finally:
            self._tick()
            self.running.pop()

    def _tick(self) -> None:
        now = time.process_time()
        self.spent[self.running[-1]] += now - self.since
        self.since = now

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, counted for a stage; of a generator, every step."""

        @wraps(function)
        def call(*arguments: Any, **named: Any) -> Any:
            with self.within(stage):
                return function(*arguments, **named)

        @wraps(function)
        def steps(*arguments: Any, **named: Any) -> Generator[Any, None, None]:
            generator = function(*arguments, **named)
            while True:
                with self.within(stage):
                    try:
                        found = next(generator)
                    except StopIteration:
                        return
                yield found

        return steps if isgeneratorfunction(function) else call


@contextmanager
def clocked() -> Iterator[Clock]:
    """Every stage timed, until the end."""
    clock = Clock()
    with ExitStack() as undo:
        for stage, names in STAGES.items():
            for name in names:
                owner, last = owner_of(name)
                function = getattr(owner, last)
                setattr(owner, last, clock.timed(stage, function))
                undo.callback(setattr, owner, last, function)
        with clock.within(REST):
            yield clock


def owner_of(name: str) -> tuple[Any, str]:
    """The module, or the class in one, that holds a function, and the function's own name."""
    path, _, last = name.rpartition(".")
    module, _, kind = path.rpartition(".")
    if kind.strip("_")[:1].isupper():
        return getattr(import_module(f"site_builder.{module}"), kind), last
    return import_module(f"site_builder.{path}"), last


def main() -> None:
    """Build once clean, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1000, metavar="N", help="sources (default: 1000)")
    parser.add_argument("--theme", choices=("minimal", "shipped"), default="shipped", help="(default: shipped)")
    parser.add_argument("--scratch", default=memory(), metavar="DIR", help="where it is built")
    parser.add_argument("--keep", metavar="DIR", help="keep the corpus here, and take the one that is here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        corpus = made(Path(options.keep or scratch) / f"corpus-{options.size}", options.size)
        folder = Path(scratch) / "briefing"
        shutil.copytree(corpus / "ours", folder)
        if options.theme == "minimal":
            minimal_theme(folder / "templates")
        os.environ["XDG_CACHE_HOME"] = scratch  # templates of one's own are compiled in a clean build
        gc.disable()  # as the command does
        tell("building")
        print(f"{about()}\n\nCommand: `python -m benchmarks.stages {' '.join(sys.argv[1:])}`\n")
        print("\n".join(table(measured(folder), options.size)))


def measured(folder: Path) -> dict[str, float]:
    """CPU seconds of each stage of a clean build."""
    with clocked() as clock:
        build(folder, folder / "output", jobs=1)
    return clock.spent


def table(spent: dict[str, float], size: int) -> Iterator[str]:
    """The stages as lines of a Markdown table."""
    yield "| stage | CPU s | ms per source | share |"
    yield "|---|---:|---:|---:|"
    whole = sum(spent.values())
    for stage, seconds in (*spent.items(), ("together", whole)):
        yield f"| {stage} | {seconds:.2f} | {1000 * seconds / size:.2f} | {seconds / whole:.0%} |"


if __name__ == "__main__":
    main()
