"""The command line: reads arguments, runs a command, and exits.

Exit codes: 0 done, 1 problems in the content, 2 wrong usage, 3 the environment or a bug of ours, 130 Ctrl-C,
143 SIGTERM.
"""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from . import __version__
from .commands import COMMANDS

_EXAMPLES = """\
examples:
  briefing build                         build the briefing in this folder into output/
  briefing build ~/harbour -o /tmp/site  build another folder to another place
  briefing build --dry-run               say what would be built, and why
  briefing check --format json           every problem, for a program
  briefing describe harbour-notice "received 120 complaints"
                                         the quote that means these words and no others
  briefing diff v1                       what changed since the revision v1: claims, figures, passages
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
    for name, command in COMMANDS.items():
        text = command.HELP
        about = text[0].upper() + text[1:] + "."
        command.arguments(commands.add_parser(name, help=text, description=about, epilog=f"example: {command.EXAMPLE}"))
    return main


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    options = parser().parse_args(arguments)
    return COMMANDS[options.command].run(options)


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
    from .printing import print_bug, print_refusal
    from .writing import Refused

    if isinstance(error, (Refused, OSError)):
        print_refusal(error)
    else:
        print_bug(error)
    return 3


if __name__ == "__main__":
    entry()
