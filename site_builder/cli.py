"""The command line: reads arguments, runs a command, and exits.

Exit codes: 0 done, 1 problems in the content, 2 wrong usage, 3 the environment or a bug of ours, 130 Ctrl-C,
143 SIGTERM.
"""

from __future__ import annotations

import argparse
import errno
import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from . import __version__

_EXAMPLES = """\
examples:
  briefing build                         build the briefing in this folder into output/
  briefing build ~/harbour -o /tmp/site  build another folder to another place
  briefing build --dry-run               say what would be built, and why
  briefing check --format json           every problem, for a program
  briefing describe harbour-notice "received 120 complaints"
                                         the quote that means these words and no others
  briefing serve                         preview on http://127.0.0.1:8000, rebuilt as you save
"""


class _Parser(argparse.ArgumentParser):
    """argparse with a hint when a word is nearly right."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        hint = self._hint(message)
        self.exit(2, f"{self.prog}: {message}{hint}\n")

    def _hint(self, message: str) -> str:
        from .problems import did_you_mean

        words = [w.strip("'\",()") for w in message.rpartition(":")[2].split() if w.strip("'\",()")]
        known = _known_words(self)
        for word in message.replace("invalid choice: ", "").split("'")[1:2] + words[:1]:
            if word in known:
                continue
            hint = did_you_mean(word.partition("=")[0], known)
            if hint:
                return f"; {hint}"
        return ""


def _known_words(of: argparse.ArgumentParser) -> set[str]:
    """Every option and choice of a parser, and of the commands below it."""
    known: set[str] = set()
    for action in of._actions:  # argparse offers no other way to them
        known |= set(action.option_strings) | {str(choice) for choice in action.choices or ()}
        if isinstance(action.choices, dict):
            known = known.union(*(_known_words(p) for p in action.choices.values()))
    return known


def parser() -> argparse.ArgumentParser:
    """The arguments of every command."""
    main = _Parser(
        prog="briefing", formatter_class=argparse.RawDescriptionHelpFormatter, epilog=_EXAMPLES,
        description="Build a static research briefing in which every statement leads to the exact words of a source.",
    )  # fmt: skip
    main.add_argument("--version", action="version", version=f"briefing {__version__}")
    commands = main.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")

    def folder(to: argparse.ArgumentParser) -> None:
        to.add_argument("folder", nargs="?", default=".", type=Path, metavar="FOLDER",
                        help="the folder with seeds/ and annotations/ (default: here)")  # fmt: skip

    def output(to: argparse.ArgumentParser) -> None:
        to.add_argument("-o", "--output", type=Path, metavar="DIR", help="where the site goes (default: FOLDER/output)")
        to.add_argument(
            "--adopt", action="store_true", help="build into a folder that holds other files, and keep them"
        )
        to.add_argument("--force", action="store_true", help="write over pages that were changed after they were built")

    build = command("build", "build the site")
    folder(build)
    output(build)
    build.add_argument("-n", "--dry-run", action="store_true", help="print what would be built and why; write nothing")
    check = command("check", "print every problem; write nothing")
    folder(check)
    check.add_argument("--format", choices=("text", "json"), default="text", help="how to print them (default: text)")
    check.add_argument("--coverage", action="store_true", help="also print how much of each source was read")
    check.add_argument("--strict", action="store_true", help="exit 1 for warnings and advice too")
    describe = command("describe", "print the quote that means these words and no others")
    describe.add_argument("source", metavar="SOURCE", help="the id of a source")
    describe.add_argument("words", metavar="WORDS", help="words of its text")
    describe.add_argument("--folder", default=".", type=Path, metavar="FOLDER", help="the briefing (default: here)")
    serve = command("serve", "preview the site, rebuilt whenever a file is saved")
    folder(serve)
    output(serve)
    serve.add_argument("-p", "--port", type=_port, default=8000, help="the port on 127.0.0.1 (default: 8000)")
    return main


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port from 1 to 65535")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    options = parser().parse_args(arguments)
    run = {"build": _build, "check": _check, "describe": _describe, "serve": _serve}[options.command]
    return run(options)


def _build(options: argparse.Namespace) -> int:
    from .build import build
    from .printing import Progress, print_built, print_plan, print_problems
    from .problems import BuildFailed

    output = options.output or options.folder / "output"
    progress = Progress()
    try:
        built = build(
            options.folder, output, adopt=options.adopt, force=options.force, dry_run=options.dry_run, report=progress
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
    return 0


def _check(options: argparse.Namespace) -> int:
    from .build import checked
    from .printing import Progress, print_coverage, print_json, print_problems
    from .problems import has_errors

    if not options.folder.is_dir():
        print(f"briefing check: {options.folder} is not a folder", file=sys.stderr)
        return 3
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


def _describe(options: argparse.Namespace) -> int:
    from .describing import describe_words
    from .printing import print_problems
    from .problems import BuildFailed
    from .writing import Refused

    if not options.folder.is_dir():
        raise Refused(f"{options.folder} is not a folder", "give the folder that holds seeds/ and annotations/")

    try:
        print(describe_words(options.folder, options.source, options.words), end="")
    except BuildFailed as failed:
        print_problems(failed.problems, "")
        return 1
    return 0


def _serve(options: argparse.Namespace) -> int:
    from .build import build
    from .printing import print_problems, print_refusal
    from .problems import BuildFailed
    from .serve import serve
    from .writing import Refused

    output = options.output or options.folder / "output"
    is_first = True

    def rebuild() -> bool:
        """Build and say how it went; only the first build may end the preview."""
        nonlocal is_first
        may_end, is_first = is_first, False
        try:
            built = build(options.folder, output, adopt=options.adopt, force=options.force)
        except BuildFailed as failed:
            print_problems(failed.problems, "the last good site stands")
            return False
        except (Refused, OSError) as error:
            if may_end:
                raise
            print_refusal(error)
            return False
        print_problems(built.warnings, "")
        print(f"{output}: {built.count('write')} files written", flush=True)
        return bool(built.count("write") or built.count("delete"))

    try:
        serve(options.folder, output, options.port, rebuild)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        print(f"briefing serve: port {options.port} is taken", file=sys.stderr)
        print("    hint: choose another with --port", file=sys.stderr)
        return 3
    return 0


class _Terminated(SystemExit):
    """SIGTERM came. A SystemExit, since an event loop lets no other exception out of a rebuild."""


def _terminate(*_: object) -> NoReturn:
    raise _Terminated


def entry() -> NoReturn:
    """The `briefing` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, _terminate)
    gc.set_threshold(100_000, 20, 20)  # nearly all that a build makes lasts until its end: looking for garbage is waste
    try:
        code = main()
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("interrupted; the last good site stands", file=sys.stderr)
        code = 130
    except _Terminated:
        code = 143
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:  # the outermost line: what nobody foresaw ends here
        code = _unforeseen(error)
    sys.exit(code)


def _unforeseen(error: Exception) -> int:
    from .printing import print_refusal
    from .writing import Refused

    if isinstance(error, (Refused, OSError)):
        print_refusal(error)
    else:
        import traceback

        print(f"briefing: internal error: {type(error).__name__}: {error}", file=sys.stderr)
        print("    hint: this is a bug; please report it with the lines below", file=sys.stderr)
        traceback.print_exception(error, file=sys.stderr)
    return 3


if __name__ == "__main__":
    entry()
