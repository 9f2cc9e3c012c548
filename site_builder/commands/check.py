"""`briefing check`."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from . import arguments as shared

HELP = "print every problem; write nothing"
EXAMPLE = "briefing check --strict --coverage"
EXITS = {0: "no errors; with --strict, no problems at all", 1: "errors; with --strict, any problem"}


def arguments(parser: ArgumentParser) -> None:
    """What `briefing check` takes."""
    shared.folder(parser)
    shared.jobs(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print them (default: text)")
    parser.add_argument("--coverage", action="store_true", help="also print how much of each source was read")
    parser.add_argument("--strict", action="store_true", help="exit 1 for warnings and advice too")
    parser.add_argument("--rule", action="append", type=_rule, metavar="ID", default=[],
                        help="print the problems of this rule alone; may be given again")  # fmt: skip
    parser.add_argument("--explain", type=_rule, metavar="ID", help="say what a rule means and how to mend it, and end")


def _rule(text: str) -> str:
    from ..problems import RULES, did_you_mean

    if text not in RULES:
        hint = did_you_mean(text, RULES, "docs/rules.md lists every rule")
        raise ArgumentTypeError(f"there is no rule '{text}'; {hint}")
    return text


def run(options: Namespace) -> int:
    """Print every problem; 1 when one of them is an error, or, strict, when there is any.

    Where some rules were asked for, the others are counted only, but an error of theirs is still one.
    """
    from ..build import checked
    from ..disk.inputs import check_folder
    from ..printing import Progress, print_coverage, print_json, print_problems, print_settings, summary_of
    from ..problems import has_errors

    if options.explain:
        from ..explaining import explanation

        print(explanation(options.explain), end="")
        return 0
    check_folder(options.folder)
    progress = Progress()
    found = checked(options.folder, progress, options.jobs)
    progress.clear()
    problems = [p for p in found.problems if not options.rule or p.rule in options.rule]
    hidden = len(found.problems) - len(problems)
    sources = found.briefing.sources if options.coverage and found.briefing else ()
    if options.format == "json":
        print_json(problems, sources, found.rules, hidden)
    else:
        consequence = "strict: each of them counts as an error" if options.strict else ""
        print_problems(problems, consequence, summary=summary_of(problems))
        print_settings(found.rules)
        print_coverage(sources)
        if hidden:
            print(f"{'no problems of these rules; ' if not problems else ''}{hidden} of other rules are not shown")
        elif not problems:
            print("no problems")
    return 1 if has_errors(found.problems) or (options.strict and problems) else 0
