"""The commands, a module each: its name and help, its arguments, and what runs.

A module here is read when its command is asked for, or when the help lists them all: it imports what it needs when it
runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

TYPE_CHECKING = False  # typing takes longer to import than a build with nothing to do takes
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from typing import Protocol

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

else:
    Command = object


class _Commands(Mapping[str, Command]):
    """Commands by their names; a module is read when it is first asked for."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def __getitem__(self, name: str) -> Command:
        if name not in self.names:
            raise KeyError(name)
        command: Command = import_module(f"{__name__}.{name}")
        return command

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


COMMANDS = _Commands("new", "add", "build", "check", "describe", "reanchor", "diff", "schema", "serve", "publish")
"""Every command by its name, in the order in which the help lists them."""
