"""`briefing build`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path

from . import arguments as shared

HELP = "build the site"
EXAMPLE = "briefing build ~/harbour -o /tmp/site"
EXITS = {0: "the site is built, or nothing had changed", 1: "the content has errors; the last good site stands"}


def arguments(parser: ArgumentParser) -> None:
    """What `briefing build` takes."""
    shared.folder(parser)
    shared.output(parser)
    shared.publication(parser)
    shared.jobs(parser)
    parser.add_argument("-n", "--dry-run", action="store_true", help="print what would be built and why; write nothing")
    parser.add_argument("--stats", action="store_true", help="also print how much work it was")


def run(options: Namespace) -> int:
    """Build the site; 1 when the content has errors."""
    from ..glance import files_kept, key_of

    output = options.output or options.folder / "output"
    kept = files_kept(f"{options.folder}", f"{output}", key_of(options.profile, options.base_url))
    if kept is not None and not (options.dry_run or options.stats):
        print(f"{output}: nothing changed, {kept} files kept")
        return 0
    return _build(options, output)


def _build(options: Namespace, output: Path) -> int:
    from ..build import Publication, build, kept_memory
    from ..printing import Progress, print_built, print_plan, print_problems, print_work
    from ..problems import BuildFailed

    progress = Progress()
    try:
        built = build(
            options.folder, output, adopt=options.adopt, force=options.force, dry_run=options.dry_run,
            publication=Publication(options.profile, options.base_url), report=progress,
            jobs=options.jobs, memory=partial(kept_memory, options.folder, output),
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
