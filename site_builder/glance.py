"""How things look to the file system, and whether a build has anything to do, found out with next to nothing imported.

A build with nothing to do is mostly its imports: what tells that there is nothing stands here, apart from what builds.
"""

from __future__ import annotations

import json
import os
import sys

FORMAT = 1  # of the file of stamps
OWN, STAMPS = ".briefing", "stamps.json"
_HERE = os.path.dirname(__file__)  # noqa: PTH120 pathlib takes as long to import as all of this takes

Stamp = tuple[int, int, int, int]
"""Of a file, a folder or a link itself: type and rights, size in bytes, times of modification and change in ns."""


def stamp(path: str | os.PathLike[str]) -> Stamp | None:
    """The stamp of what stands at a path, None where nothing does."""
    try:
        status = os.lstat(path)
    except (OSError, ValueError):
        return None
    return status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def stamps_below(folder: str | os.PathLike[str], label: str) -> dict[str, Stamp]:
    """The stamps of a folder and of all below it, by path under `label`; links are not followed."""
    top = stamp(folder)
    if top is None:
        return {}
    found, waiting = {label: top}, [(os.fspath(folder), label)]
    while waiting:
        where, name = waiting.pop()
        try:
            entries = os.scandir(where)
        except OSError:
            continue
        with entries:
            for entry in entries:
                if own := stamp(entry.path):
                    found[f"{name}/{entry.name}"] = own
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, f"{name}/{entry.name}"))
    return found


def look(folder: str | os.PathLike[str]) -> dict[str, Stamp]:
    """How all that a site is made from looks: seeds, annotations, templates, this program and what it renders with."""
    found: dict[str, Stamp] = {}
    for name in ("seeds", "annotations", "templates"):
        found |= stamps_below(f"{os.fspath(folder)}/{name}", name)
    program = {path: own for path, own in stamps_below(_HERE, "program").items() if _is_code(path)}
    return found | program | stamps_below(theme_folder(), "theme") | dict.fromkeys(releases(), (0, 0, 0, 0))


def _is_code(path: str) -> bool:
    return path.endswith(".py") or path.startswith("program/templates/")


def theme_folder() -> str:
    """The theme that comes with the package: inside it when installed, beside it in a checkout."""
    inside = f"{_HERE}/templates"
    return inside if os.path.isdir(inside) else f"{os.path.dirname(_HERE)}/templates"  # noqa: PTH112, PTH120 as above


_found: list[tuple[str, ...]] = []


def releases() -> tuple[str, ...]:
    """The releases of what this program renders with, by the names of their metadata folders.

    importlib.metadata costs as much as a small build.
    """
    if not _found:
        listed = {place: _names(place) for place in sys.path}
        homes = (
            (library, next((names for names in listed.values() if library in names), ()))
            for library in ("jinja2", "markdown_it", "markupsafe", "feedgenerator", "pybtex", "rispy")
        )
        _found.append(
            tuple(
                name for library, names in homes for name in sorted(names)
                if name.startswith(library) and name.endswith(".dist-info")
            )
        )  # fmt: skip
    return _found[0]


def _names(place: str) -> frozenset[str]:
    try:
        return frozenset(os.listdir(place or "."))  # noqa: PTH208 as above
    except OSError:
        return frozenset()


def key_of(profile: str, base_url: str | None) -> str:
    """What a site depends on beside its inputs, for a build to be known by; empty where none is to be known."""
    return "" if profile == "public" else f"{profile} {base_url or ''}"


def files_kept(folder: str, output: str, key: str) -> int | None:
    """How many files a site has in which nothing can have changed since it was made, from inputs of which the same
    holds; None where something may have, where a build is under way, or where warnings are to be told."""
    own = f"{output}/{OWN}"
    if not key or any(os.path.islink(p) for p in (output, own)) or os.path.exists(f"{own}/stage"):  # noqa: PTH110, PTH114 as above
        return None
    try:
        made = stamp(f"{own}/{STAMPS}")
        with open(f"{own}/{STAMPS}", "rb") as file:  # noqa: PTH123 as above
            known = json.loads(file.read())
        if made is None or (known["format"], known["key"], known["warnings"]) != (FORMAT, key, []):
            return None
        inputs = {path: [*own] for path, own in look(folder).items()}
        if inputs != known["inputs"] or any(max(s[2:]) >= made[3] for s in inputs.values()):
            return None
        for path, was in known["outputs"].items():
            now = stamp(f"{output}/{path}")
            if now is None or [*now] != was or max(now[2:]) >= made[3]:
                return None
        return len(known["outputs"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
