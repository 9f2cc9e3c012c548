"""One writer at a time: a lock file that says which process holds it."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO


class Held(Exception):
    """Somebody else holds the lock; the message says who, as far as that can be told."""


@contextlib.contextmanager
def lock(path: Path) -> Iterator[None]:
    """Held by one process at a time; the system lets go of it when the process ends, however it ends."""
    with path.open("a+b") as file:
        if not _try_lock(file):
            raise Held(_holder(file))
        file.seek(0)
        file.truncate()
        file.write(f"process {os.getpid()}".encode())
        file.flush()
        try:
            yield
        finally:
            file.seek(0)
            file.truncate()


def _holder(file: IO[bytes]) -> str:
    with contextlib.suppress(OSError):  # a mandatory lock keeps even its holder's name from being read
        file.seek(0)
        name = file.read(80).decode("ascii", "replace").strip()
        return f" ({name})" if name else ""
    return ""


def _try_lock(file: IO[bytes]) -> bool:
    try:
        import fcntl
    except ImportError:
        return _try_lock_windows(file)
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
            raise
        return False
    return True


def _try_lock_windows(file: IO[bytes]) -> bool:
    import msvcrt

    locking, mode = getattr(msvcrt, "locking"), getattr(msvcrt, "LK_NBLCK")  # noqa: B009 mypy knows them on Windows only
    file.seek(1000)  # a byte far behind the holder's name, so that the name can be read
    try:
        locking(file.fileno(), mode, 1)
    except OSError:
        return False
    return True
