"""`briefing diff`."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from . import arguments as shared

if TYPE_CHECKING:
    from ..build import Read
    from ..history.comparing import Change

HELP = "say what changed between two states of a briefing, in its own terms"
EXAMPLE = 'briefing diff v1 --record --summary "The second reading"'
EXITS = {0: "done, whether or not something changed", 1: "a side has errors; with --exit-code, something changed"}
_NOTES = """\
A side is a folder if there is one of that name, and a git revision otherwise; write ./NAME or refs/heads/NAME
where a name is both. One side is compared with the folder as it is now; with none, the last
commit is. Revisions are read from git's store: the work tree is not touched.

examples:
  briefing diff                    what changed since the last commit
  briefing diff HEAD~1             since the commit before
  briefing diff v1..v2             between two revisions
  briefing diff ../old .           between two folders
  briefing diff v1 --record --summary "The second reading"
                                   append it to annotations/changes.yaml, for the page of changes and the feed
"""


def arguments(parser: ArgumentParser) -> None:
    """What `briefing diff` takes."""
    from argparse import RawDescriptionHelpFormatter

    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = _NOTES
    parser.add_argument("sides", nargs="*", metavar="SIDE",
                        help="a folder, else a git revision, or REVISION..REVISION (default: the last commit, and the "
                        "folder as it is now)")  # fmt: skip
    shared.folder_option(parser)
    parser.add_argument("--format", choices=("text", "json", "markdown"), default="text",
                        help="how to print it (default: text)")  # fmt: skip
    parser.add_argument("--exit-code", action="store_true", help="exit 1 when something changed")
    parser.add_argument("--record", action="store_true", help="append it to annotations/changes.yaml of the briefing")
    parser.add_argument("--summary", default="", metavar="TEXT", help="a sentence to go before the recorded changes")
    parser.add_argument("--date", type=_day, metavar="DATE", help="the day to record it under (default: today)")


def _day(text: str) -> str:
    from ..reading.scalars import Misfit, day

    try:
        return day(text, "--date", plain=True)
    except Misfit as misfit:
        raise ArgumentTypeError(f"{misfit.message}; {misfit.hint}") from None


def run(options: Namespace) -> int:
    """Print what changed; 1 when a side does not build, or, with --exit-code, when something changed."""
    from ..changing import as_markdown, as_text
    from ..history.comparing import compare

    before, after = sides(options.sides, options.folder)
    states = [read(side, options.folder) for side in (before, after)]
    old, new = states
    if old is None or new is None:
        return 1
    changes = compare(old.briefing, new.briefing)
    if options.format == "json":
        print(_json(changes))
    elif options.format == "markdown":
        print(as_markdown(changes), end="")
    else:
        print(as_text(changes) or f"nothing changed from {before} to {after}\n", end="")
    if options.record and not record(options, changes):
        return 1
    return 1 if options.exit_code and changes else 0


def sides(words: list[str], folder: Path) -> tuple[str, str]:
    """The two sides that the words name: folders or revisions."""
    from ..disk.inputs import check_folder
    from ..problems import Refused

    check_folder(folder)
    hint = "give one or two: briefing diff OLD NEW"
    if len(words) > 2:
        raise Refused(f"{len(words)} sides cannot be compared", hint)
    is_path = words and (Path(words[0]).is_dir() or words[0].startswith(("../", "./", "/")))
    if len(words) == 1 and ".." in words[0] and not is_path:
        left, _, right = words[0].partition("..")
        if right.startswith("."):
            raise Refused("'...' compares with a common ancestor, which is not done here", f"write {left}..{right[1:]}")
        return left or "HEAD", right or "HEAD"
    before, after, *_ = (*words, str(folder)) if words else ("HEAD", str(folder))
    return before, after


def read(side: str, folder: Path) -> Read | None:
    """The briefing at a side, None when it has errors: they are printed."""
    from ..build import read_briefing
    from ..printing import print_problems
    from ..problems import BuildFailed

    with _place(side, folder) as place:
        try:
            return read_briefing(place)
        except BuildFailed as failed:
            print_problems(failed.problems, f"the briefing at {side} cannot be compared before they are mended")
            return None


@contextmanager
def _place(side: str, folder: Path) -> Iterator[Path]:
    from ..history.revisions import at_revision

    if Path(side).is_dir():
        yield Path(side)
        return
    with at_revision(folder, side) as place:
        yield place


def record(options: Namespace, changes: tuple[Change, ...]) -> bool:
    """Append the changes to the briefing's own file; says where, and False when that file has problems."""
    import sys
    from datetime import datetime

    from ..amending import Changed, amend
    from ..history.recording import unrecorded, with_entry
    from ..printing import print_problems
    from ..problems import BuildFailed, Refused

    names = ("annotations/changes.yaml", "annotations/changes.yml")
    name = next((n for n in names if (options.folder / n).exists()), names[0])
    path = options.folder / name
    if not changes:
        print(f"nothing changed, and nothing was recorded in {path}", file=sys.stderr)
        return True
    if path.is_symlink():
        raise Refused(f"{path} is a symbolic link", "put the file itself here")
    day = options.date or datetime.now().astimezone().date().isoformat()
    try:
        raw = path.read_bytes() if path.exists() else b""
        new = unrecorded(raw, name, changes)
        found = with_entry(raw, name, day, new, options.summary) if new else raw
    except BuildFailed as failed:
        print_problems(failed.problems, "nothing was recorded")
        return False
    if not new:
        print(f"the last entry of {path} holds all of this, and nothing was recorded", file=sys.stderr)
        return True
    try:
        if path.exists():
            amend(options.folder, name, raw, found)
        else:
            with path.open("xb") as file:
                file.write(found)
    except (Changed, FileExistsError):
        raise Refused(f"{path} was changed by somebody else meanwhile", "run the command once more") from None
    but = "" if len(new) == len(changes) else ", but for what the entry before it holds"
    print(f"recorded in {path} under {day}{but}", file=sys.stderr)
    return True


def _json(changes: tuple[Change, ...]) -> str:
    """The changes for a program."""
    import json
    from dataclasses import asdict

    return json.dumps({"changes": [asdict(c) for c in changes]}, ensure_ascii=False, indent=1)
