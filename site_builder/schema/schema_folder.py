"""The folder with a briefing's JSON Schemas on disk: made anew by the command, by a new briefing, and while serving."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from ..frozen import dataclass
from ..problems import Refused
from ..reading.folder import load
from ..records import Annotations
from .schemas import FOLDER, WRITTEN_BY, Known, known, schemas


@dataclass(frozen=True, slots=True)
class Written:
    """Where the schemas are, how many were written (the others stood there already), and the ids that they list."""

    folder: Path
    count: int
    declared: Known | None


_ELSEWHERE = "give another folder with --output, or none"


def write_schemas(folder: Path, where: Path | None = None) -> Written:
    """Write the schemas of the briefing in `folder`; without one there, those of any briefing.

    Raises Refused when a file of the same name was not written by us, OSError when the folder cannot be written.
    """
    return refresh(folder, load(folder).annotations, where)


def refresh(folder: Path, annotations: Annotations | None, where: Path | None = None) -> Written:
    """The same for annotations that have been read already. Cheap: what has not changed is not written."""
    declared = known(annotations) if annotations else None
    target = where or folder / FOLDER
    if target.is_symlink():
        raise Refused(f"{target} is a symbolic link", "take the link away")
    if target.exists() and not target.is_dir():
        raise Refused(f"{target} is not a folder", "give another with --output")
    around = (target.resolve(), *target.resolve().parents)
    if any((folder / name).resolve() in around for name in ("seeds", "annotations", "templates")):
        raise Refused(f"no schema can lie in {target}: a build takes all that is there for its own", _ELSEWHERE)
    changed = {name: content for name, content in schemas(declared).items() if _is_stale(target / name, content)}
    target.mkdir(parents=True, exist_ok=True)
    for name, content in changed.items():
        _replace(target / name, content)
    return Written(target, len(changed), declared)


def _is_stale(path: Path, content: bytes) -> bool:
    """Whether a schema has to be written; refuses to write over what is no schema of ours."""
    if path.is_symlink():
        raise Refused(f"{path} is a symbolic link", "take the link away")
    try:
        there = path.read_bytes()
    except FileNotFoundError:
        return True
    if WRITTEN_BY.encode() not in there[:1000]:
        raise Refused(f"{path} was not written by this program", "move it away, or give another folder with --output")
    return there != content


def _replace(path: Path, content: bytes) -> None:
    """A file whole or not at all: an editor may read it at any moment."""
    handle, draft = tempfile.mkstemp(prefix=".", suffix=".draft", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(draft).unlink()
        raise
