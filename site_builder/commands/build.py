"""`briefing build`."""

from __future__ import annotations

import os

TYPE_CHECKING = False  # a build with nothing to do loads neither typing nor pathlib nor argparse
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from ..kept.memory import Memory
else:
    from types import SimpleNamespace as Namespace

HELP = "build the site"
EXAMPLE = "briefing build ~/harbour -o /tmp/site"
_held: list[Memory] = []  # until the process ends: to take apart what is known of a large site takes a while
EXITS = {0: "the site is built, or nothing had changed", 1: "the content has errors; the last good site stands"}


def arguments(parser: ArgumentParser) -> None:
    """What `briefing build` takes."""
    from . import arguments as shared

    shared.folder(parser)
    shared.output(parser)
    shared.publication(parser)
    shared.jobs(parser)
    parser.add_argument("-n", "--dry-run", action="store_true", help="print what would be built and why; write nothing")
    parser.add_argument("--stats", action="store_true", help="also print how much work it was")


def plain(words: Sequence[str]) -> Namespace | None:
    """The options that `[FOLDER] [-o DIR]` give; None for all that it takes a parser to read."""
    folder, output = ".", None
    rest = [*words]
    if "-o" in rest[:-1]:
        at = rest.index("-o")
        output = rest[at + 1]
        del rest[at : at + 2]
    if rest:
        folder = rest.pop()
    if rest or not all(map(_is_plain, filter(None, (folder, output)))) or "" in (folder, output):
        return None
    return Namespace(
        command="build", folder=folder, output=output, adopt=False, force=False, profile="local", base_url=None,
        jobs=0, dry_run=False, stats=False,
    )  # fmt: skip


def _is_plain(word: str) -> bool:
    """Whether a word is a path and nothing else, written as pathlib writes it."""
    return not word.startswith("-") and os.path.normpath(word) == word


def is_done(options: Namespace) -> bool:
    """Whether there is nothing to build, which is then said; else how the inputs look is among the options."""
    from ..glance import files_kept, key_of, look

    folder, output = f"{options.folder}", _output(options)
    options.looked = look(folder)
    kept = files_kept(options.looked, output, key_of(options.profile, options.base_url))
    if kept is None or options.dry_run or options.stats:
        return False
    print(f"{output}: nothing changed, {kept} files kept")
    return True


def _output(options: Namespace) -> str:
    folder = f"{options.folder}"
    return f"{options.output or ('output' if folder == '.' else os.path.join(folder, 'output'))}"  # noqa: PTH118 as above


def run(options: Namespace) -> int:
    """Build the site; 1 when the content has errors."""
    if not hasattr(options, "looked") and is_done(options):
        return 0
    from pathlib import Path

    from ..build import Publication, build, kept_memory
    from ..printing import Progress, print_built, print_plan, print_problems, print_work
    from ..problems import BuildFailed

    progress, folder, output = Progress(), Path(options.folder), Path(_output(options))

    def memory() -> Memory:
        _held[:] = [kept_memory(folder, output)]
        return _held[0]

    try:
        built = build(
            folder, output, adopt=options.adopt, force=options.force, dry_run=options.dry_run,
            publication=Publication(options.profile, options.base_url), report=progress,
            jobs=options.jobs, memory=memory, looked=options.looked,
        )  # fmt: skip
    except BuildFailed as failed:
        progress.clear()
        print_problems(failed.problems, "nothing was built")
        return 1
    progress.clear()
    if options.dry_run:
        print_plan(built)
    print_problems(built.warnings, "")
    if not options.dry_run:
        print_built(built, output)
    if options.stats:
        print_work(built)
    return 0
