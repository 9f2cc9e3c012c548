"""Where compiled templates are kept from one build to the next: among the user's own caches, and nowhere else.

They are code, and are run. A folder that was cloned or unpacked may bring an `output/` with anything in it; what lies
there is never run.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

NAME = "evidence-briefing"


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
