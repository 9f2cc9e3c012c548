"""Where what is compiled is kept from one build to the next: templates of the shipped theme and regular expressions
where Python keeps what it compiles of this package, all others among the user's own caches, and nowhere else.

They are code, and are run. A folder that was cloned or unpacked may bring an `output/` or `templates/` with anything in
it; compiled code that lies there is never run. Who can write beside the modules of this package can write those too.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import stat
import sys
from pathlib import Path
from types import CodeType
from typing import Any

from .. import GENERATOR
from ..frozen import NamedTuple
from ..patterns import Code, codes

NAME = "evidence-briefing"


class Kept(NamedTuple):
    """Code in a file of this name, which counts only while it was made from the same: `key` says from what."""

    name: str
    key: str

    def read(self, folder: Path) -> Any:
        """What is kept; None where there is nothing, or something else."""
        try:
            raw = (folder / self._file).read_bytes()
            whole = raw[:32] == self._mark(raw[32:])
            return marshal.loads(raw[32:]) if whole else None  # noqa: S302 the module says whose it is
        except (OSError, ValueError, EOFError, TypeError):
            return None

    def write(self, folder: Path, code: CodeType | dict[tuple[str | bytes, int], Code]) -> bool:
        """Keep it, whole or not at all; whether that could be done."""
        path = folder / self._file
        with contextlib.suppress(OSError):
            folder.mkdir(exist_ok=True)
            new = path.with_suffix(f".{os.getpid()}.new")
            body = marshal.dumps(code)
            new.write_bytes(self._mark(body) + body)
            new.replace(path)
            return True
        return False

    @property
    def _file(self) -> str:
        return f"{self.name}.{sys.implementation.cache_tag}.pyc"

    def _mark(self, body: bytes) -> bytes:
        """What such a file begins with: Python itself does not see that its code is damaged."""
        return hashlib.sha256(self.key.encode() + body).digest()


_PATTERNS = Kept("patterns", f"{GENERATOR} {sys.version}")  # which tell theirs by the whole of what was written
_kept: list[int] = [0]  # how many of the patterns' codes are


def wake_patterns(cache: Path | None) -> None:
    """Know the codes of the patterns that earlier builds have used; before rooms are loaded that compile some."""
    if not _kept[0]:
        for folder in (package_folder(), cache):
            codes.update((folder and _PATTERNS.read(folder)) or {})
        _kept[0] = len(codes)


def keep_patterns(cache: Path | None) -> None:
    """Keep them with those that were compiled since."""
    if len(codes) > _kept[0]:
        _kept[0] = len(codes)
        any(_PATTERNS.write(folder, codes) for folder in (package_folder(), cache) if folder)


def package_folder() -> Path | None:
    """Where Python keeps what it compiles of this package; None where it is to keep nothing."""
    place = None if sys.dont_write_bytecode else __spec__ and __spec__.cached
    return Path(place).parent if place else None


def cache_folder() -> Path | None:
    """A folder that the user alone can write to; None where there is none, and then nothing is kept."""
    try:
        folder = _caches() / NAME
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except (OSError, RuntimeError):  # no home, or none that can be written to
        return None
    if os.name == "posix":
        is_ours = found.st_uid == os.geteuid() and not stat.S_IMODE(found.st_mode) & 0o022
        return folder if is_ours and stat.S_ISDIR(found.st_mode) else None
    return folder


def _caches() -> Path:
    """Where the system has caches: as the XDG Base Directory Specification says, or as its maker does."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    if named and Path(named).is_absolute():
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path.home() / ".cache"
