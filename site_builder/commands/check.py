"""`briefing check`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from . import arguments as shared

HELP = "print every problem; write nothing"
EXAMPLE = "briefing check --strict --coverage"
EXITS = {0: "no errors; with --strict, no problems at all", 1: "errors; with --strict, any problem"}


def arguments(parser: ArgumentParser) -> None:
    """What `briefing check` takes."""
    shared.folder(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print them (default: text)")
    parser.add_argument("--coverage", action="store_true", help="also print how much of each source was read")
    parser.add_argument("--strict", action="store_true", help="exit 1 for warnings and advice too")


def run(options: Namespace) -> int:
    """Print every problem; 1 when one of them is an error, or, strict, when there is any."""
    from ..build import checked
    from ..printing import Progress, print_coverage, print_json, print_problems
    from ..problems import has_errors
    from ..writing import Refused

    if not options.folder.is_dir():
        raise Refused(f"{options.folder} is not a folder", "give the folder that holds seeds/ and annotations/")
    progress = Progress()
    found = checked(options.folder, progress)
    progress.clear()
    problems = found.problems
    sources = found.briefing.sources if options.coverage and found.briefing else ()
    if options.format == "json":
        print_json(problems, sources)
    else:
        print_problems(problems, "strict: each of them counts as an error" if options.strict else "")
        print_coverage(sources)
        if not problems:
            print("no problems")
    return 1 if has_errors(problems) or (options.strict and problems) else 0
