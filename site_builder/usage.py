"""The words of the command line: which there are, what they mean, and a hint where one is nearly right."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
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


def parser(names: Iterable[str] = COMMANDS) -> argparse.ArgumentParser:
    """The arguments of these commands."""
    main = _Parser(
        prog="briefing", formatter_class=argparse.RawDescriptionHelpFormatter, epilog=_EXAMPLES,
        description="Build a static research briefing in which every statement leads to the exact words of a source.",
    )  # fmt: skip
    main.add_argument("--version", action="version", version=f"briefing {__version__}")
    commands = main.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    for name in names:
        command = COMMANDS[name]
        text = command.HELP
        about = text[0].upper() + text[1:] + "."
        command.arguments(commands.add_parser(name, help=text, description=about, epilog=f"example: {command.EXAMPLE}"))
    return main


def read(words: Sequence[str]) -> argparse.Namespace:
    """The options that the words give; wrong ones end the program with code 2 and a hint."""
    return parser(needed(words)).parse_args(words)


def needed(words: Sequence[str]) -> Iterable[str]:
    """The commands whose arguments it takes to read these words: making those of all takes as long as a small build."""
    first = next((word for word in words if not word.startswith("-")), "")
    return (first,) if first in COMMANDS else COMMANDS
