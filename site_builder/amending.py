"""Changing one file of the author's: whole or not at all, and only while it is still what was read.

The new bytes are written beside the file and renamed into its place. Just before that the file is read once more: what
somebody saved meanwhile is never overwritten. No symbolic link is followed, no file is made that was not there.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from secrets import token_hex

from .problems import Refused


class Changed(Exception):
    """The file is no longer what was read; nothing was written."""


def amend(folder: Path, path: str, before: bytes, after: bytes) -> None:
    """Replace `before` by `after` in a file, given by its path from the briefing's folder; its mode stays.

    Raises Changed when the file holds something else by now, Refused when it is no regular file in a folder of the
    briefing, OSError when it cannot be written; in each case the file is as it was.
    """
    target = folder / path
    _check(folder, path)
    draft = target.with_name(f".{target.name}.{token_hex(4)}")  # a name that no reader and no watcher takes up
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(stat.S_IMODE(target.stat().st_mode))
        _check(folder, path)
        if target.read_bytes() != before:
            raise Changed
        draft.replace(target)
    except FileNotFoundError as error:
        raise Changed from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()


def _check(folder: Path, path: str) -> None:
    """Refuse a path on which something is a link, or that is not a regular file; Changed when nothing is there."""
    where = folder
    for part in path.split("/"):
        where = where / part
        if where.is_symlink():
            raise Refused(f"{path} is reached by a symbolic link", "put the file itself into annotations/")
    if not where.exists():
        raise Changed
    if not where.is_file():
        raise Refused(f"{path} is not a regular file", "put a file of that name into annotations/")
