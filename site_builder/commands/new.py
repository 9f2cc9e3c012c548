"""`briefing new`."""

from __future__ import annotations

import shlex
from argparse import ArgumentParser, Namespace
from pathlib import Path

HELP = "start a briefing of your own, with a small example that builds at once"
EXAMPLE = "briefing new ~/harbour"
EXITS = {0: "the briefing is there", 3: "the folder is not empty, or cannot be written; nothing was written"}


def arguments(parser: ArgumentParser) -> None:
    """What `briefing new` takes."""
    parser.add_argument("folder", type=Path, metavar="FOLDER",
                        help="a folder that is not there yet, or is empty but for .git")  # fmt: skip


def run(options: Namespace) -> int:
    """Make the briefing, and say what comes next."""
    from ..problems import Refused, printable
    from ..starting import start

    folder: Path = options.folder
    try:
        start(folder)
    except OSError as error:
        raise Refused(f"{error.filename or folder}: {error.strerror or error}; nothing was written") from error
    steps = [
        ("briefing serve", "see it, rebuilt whenever you save a file"),
        ("briefing add TEXT", "take a text of your own"),
        ("briefing check", "every problem, with what to type instead"),
    ]
    if folder.resolve() != Path.cwd():
        steps = [(f"cd {shlex.quote(str(folder))}", ""), *steps[:2]]
    print(f"{printable(str(folder))}: a briefing with one made-up text, as an example; next:")
    for command, does in steps:
        print(f"  {command:20} {does}".rstrip())
    return 0
