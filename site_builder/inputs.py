"""What a site is made from, as a whole: how it looks to the file system, and a hash of all that it holds."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from .rendering import Theme, shipped_templates
from .stamps import Stamp, stamps_below


def look(folder: Path) -> dict[str, Stamp]:
    """How all that a site is made from looks: seeds, annotations, templates, this program and what it renders with."""
    found: dict[str, Stamp] = {}
    for name in ("seeds", "annotations", "templates"):
        found |= stamps_below(folder / name, name)
    program = {path: own for path, own in stamps_below(Path(__file__).parent, "program").items() if _is_code(path)}
    return found | program | stamps_below(shipped_templates(), "theme") | dict.fromkeys(releases(), (0, 0, 0, 0))


def _is_code(path: str) -> bool:
    return path.endswith(".py") or path.startswith("program/templates/")


def digest(folder: Path, theme: Theme, publication: str) -> str:
    """A hash of all that a site is made from: seeds, annotations, templates, this program, and for whom it is."""
    found = hashlib.sha256(f"{theme.digest}\0{generator_digest()}\0{publication}".encode())
    for name in ("seeds", "annotations"):
        for path in sorted((folder / name).rglob("*")):
            relative = path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape")
            try:
                content = path.read_bytes() if path.is_file() and not path.is_symlink() else b"\0"
            except OSError:
                content = b"\0"  # loading meets it again, and says so
            found.update(b"%d %s %d " % (len(relative), relative, len(content)) + content)
    return found.hexdigest()


@cache
def generator_digest() -> str:
    """A hash of this program's own code and of the releases of what it renders with.

    The releases are read off names of folders: importlib.metadata costs as much as a small build.
    """
    found = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        found.update(path.read_bytes())
    found.update("\0".join(releases()).encode())
    return found.hexdigest()


@cache
def releases() -> tuple[str, ...]:
    """The releases of what this program renders with, by the names of their metadata folders."""
    found: list[str] = []
    for library in ("jinja2", "markdown_it", "markupsafe", "feedgenerator", "pybtex", "rispy"):
        place = find_spec(library)
        beside = Path(place.origin).parent.parent if place and place.origin else None
        found += sorted(path.name for path in (beside.glob(f"{library}*.dist-info") if beside else ()))
    return tuple(found)
