"""A briefing of one's own to start from: the files of `starter/`, copied as they are, with the schemas that they name.

All of it or nothing: the files are made in a folder beside the new one, which then takes its name. A folder that is
there already must be empty, but for a repository's `.git`.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .problems import Refused, some_of
from .schema.schema_folder import write_schemas

STARTER = Path(__file__).parent / "starter"
_ALLOWED = ".git"  # a repository that has just been made or cloned is as good as an empty folder


def start(folder: Path) -> None:
    """Make the briefing in `folder`; raises Refused when something is there, OSError when it cannot be written."""
    _check(folder)
    with _parents(folder):
        stage = Path(tempfile.mkdtemp(prefix=".briefing-new-", dir=folder if folder.is_dir() else folder.parent))
        try:
            _fill(stage)
            if folder.is_dir():
                _move_in(stage, folder)
            else:
                stage.chmod(0o755)
                stage.rename(folder)
        finally:
            if stage.exists():
                shutil.rmtree(stage, ignore_errors=True)


def _check(folder: Path) -> None:
    if folder.is_symlink():
        raise Refused(f"{folder} is a symbolic link", "give the folder itself")
    try:
        names = sorted(p.name for p in folder.iterdir() if p.name != _ALLOWED)
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise Refused(f"{folder} is a file", "give the name of a folder that is not there yet") from None
    if names:
        hint = "give the name of a folder that is not there yet, or of an empty one"
        raise Refused(f"{folder} is not empty: it holds {some_of(names)}", hint)


@contextlib.contextmanager
def _parents(folder: Path) -> Iterator[None]:
    """The folders above the new one, made if need be; those that were made go again when anything fails."""
    made = [each for each in folder.absolute().parents if not each.exists()]
    try:
        for each in reversed(made):
            each.mkdir()
        yield
    except BaseException:
        for each in made:
            with contextlib.suppress(OSError):
                each.rmdir()
        raise


def _fill(stage: Path) -> None:
    """Copy the starter, with the modes that new files have, whatever those of the installed ones are."""
    for source in sorted(STARTER.rglob("*")):
        target = stage / source.relative_to(STARTER)
        if source.is_dir():
            target.mkdir()
        else:
            target.write_bytes(source.read_bytes())
    write_schemas(stage)


def _move_in(stage: Path, folder: Path) -> None:
    """Move what was staged inside an empty folder up into it; what was moved goes again when anything fails."""
    moved: list[Path] = []
    try:
        for path in sorted(stage.iterdir()):
            path.rename(folder / path.name)
            moved.append(folder / path.name)
    except BaseException:
        for path in moved:
            with contextlib.suppress(OSError):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise
