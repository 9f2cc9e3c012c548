"""`briefing reanchor`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from . import arguments as shared

HELP = "propose a patch to the quotes of texts that were changed"
EXAMPLE = "briefing reanchor harbour-notice --write"
EXITS = {0: "every quote has its place", 1: "something is left to you: a quote that is lost, or to be accepted by name"}


def arguments(parser: ArgumentParser) -> None:
    """What `briefing reanchor` takes."""
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="ids of sources (default: all that were changed)")
    parser.add_argument("--write", action="store_true", help="apply the patch, instead of printing it alone")
    parser.add_argument(
        "--accept", action="append", default=[], metavar="NAME",
        help="also apply the proposal of this name, though its meaning may have changed; may be given again",
    )  # fmt: skip
    shared.folder_option(parser)


def run(options: Namespace) -> int:
    """Print the patch and what it rests on; 1 when something is left to the author."""
    from ..disk.inputs import check_folder
    from ..printing import print_problems
    from ..problems import BuildFailed
    from ..reanchoring.desk import carry_out, plans
    from ..reanchoring.telling import print_plan, print_result

    check_folder(options.folder)
    try:
        found = plans(options.folder, options.sources, options.accept)
    except BuildFailed as failed:
        print_problems(failed.problems, "")
        return 1
    for plan in found:
        print_plan(plan)
    written = [plan for plan in found if options.write and carry_out(options.folder, plan)]
    print_result(found, written, is_written=options.write)
    return 0 if all(plan.is_settled for plan in found) else 1
