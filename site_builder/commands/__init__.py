"""The commands, a module each: its name and help, its arguments, and what runs.

A module here is read at every start, whichever command is asked for: it imports what it needs when it runs.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Protocol

from . import add, build, check, describe, diff, new, publish, schema, serve


class Command(Protocol):
    """What a module in this package holds."""

    HELP: str
    EXAMPLE: str
    """One way to call it that is worth showing; the help and docs/commands.md do."""
    EXITS: dict[int, str]
    """What its exit codes mean, where the command has something of its own to say."""

    def arguments(self, parser: ArgumentParser) -> None:
        """Add the command's arguments to its parser."""

    def run(self, options: Namespace) -> int:
        """Do it, and return the exit code."""


COMMANDS: dict[str, Command] = {
    "new": new,
    "add": add,
    "build": build,
    "check": check,
    "describe": describe,
    "diff": diff,
    "schema": schema,
    "serve": serve,
    "publish": publish,
}
"""Every command by its name, in the order in which the help lists them."""
