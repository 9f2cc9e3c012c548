"""New files into a briefing: all or none, each whole, none over another."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from ..problems import Refused

DRAFT = ".briefing-add-"
"""How the names of files begin that are not whole yet; nothing reads them."""


def write_new(files: Iterable[tuple[Path, bytes]]) -> None:
    """All files or none, none over another: each is written beside its place, and takes its name when all are whole."""
    drafts: list[tuple[Path, Path]] = []
    placed: list[Path] = []
    made: list[Path] = []
    try:
        for path, content in files:
            if not path.parent.is_dir():
                path.parent.mkdir()
                made.append(path.parent)
            drafts.append((_drafted(path.parent, content), path))
        for whole, path in drafts:
            _place(whole, path)
            placed.append(path)
    except BaseException as error:
        for path in placed:
            path.unlink(missing_ok=True)
        _clear(drafts)
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        if isinstance(error, FileExistsError):
            raise Refused(f"{error.filename2 or error.filename} came into being meanwhile", "try again") from error
        if isinstance(error, OSError):
            raise Refused(f"{error.filename}: {error.strerror}; nothing was added") from error
        raise
    _clear(drafts)


def _drafted(folder: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=DRAFT, dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
    except BaseException:
        Path(name).unlink()
        raise
    return Path(name)


def _place(whole: Path, path: Path) -> None:
    """Give a file its name, unless one of that name is there: a second name is given, since a move would write over."""
    try:
        path.hardlink_to(whole)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK):
            raise
        with path.open("xb") as file:  # a file system without second names
            file.write(whole.read_bytes())


def _clear(drafts: Iterable[tuple[Path, Path]]) -> None:
    for whole, _ in drafts:
        with contextlib.suppress(OSError):
            whole.unlink()
