"""Who is measured: Hugo, and our program with a minimal theme and with the one that it ships."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import hugo
from .making import ROUND

ROOT = Path(__file__).parent.parent
THEME = Path(__file__).parent / "theme"
HUGO, MINIMAL, SHIPPED = "Hugo", "ours, minimal theme", "ours, shipped theme"
_EMPTY = '{% extends "base.html" %}\n'
_LEFT = ("public", "resources", ".hugo_build.lock")  # by Hugo


@dataclass(frozen=True, slots=True)
class Contender:
    """One of them at one corpus: its name, its own copy of the corpus, what it runs, and what it writes."""

    name: str
    folder: Path
    command: Sequence[str]
    environment: Mapping[str, str]

    @property
    def side(self) -> str:
        """Whose layout of the corpus it builds."""
        return "hugo" if self.name == HUGO else "ours"

    @property
    def output(self) -> Path:
        """The folder of its site."""
        return self.folder / ("public" if self.name == HUGO else "output")

    def clean(self) -> None:
        """Take away all that it has built, and what it keeps to build faster."""
        for path in (*(self.folder / name for name in (*_LEFT, "output")), caches(self.folder)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def edit(self, corpus: Path, name: str, number: int) -> None:
        """Make an edit of a round in its copy of the corpus."""
        edits = corpus / "edits" / name / self.side
        for path in _files(edits):
            target = self.folder / path.relative_to(edits)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes().replace(ROUND.encode(), str(number).encode()))

    def take_back(self, corpus: Path, name: str) -> None:
        """Take an edit back."""
        edits = corpus / "edits" / name / self.side
        for path in _files(edits):
            before = corpus / self.side / path.relative_to(edits)
            target = self.folder / path.relative_to(edits)
            if before.exists():
                shutil.copyfile(before, target)
            else:
                target.unlink(missing_ok=True)


def contenders(corpus: Path, place: Path, names: Collection[str] = (HUGO, MINIMAL, SHIPPED)) -> tuple[Contender, ...]:
    """Those of these that can be measured, each with its copy of the corpus below `place`; Hugo, if it is here."""
    found = []
    program = hugo.program()
    for name, folder in ((HUGO, "hugo"), (MINIMAL, "minimal"), (SHIPPED, "shipped")):
        if name not in names or (name == HUGO and program is None):
            continue
        command = (str(program), "--quiet") if name == HUGO else (sys.executable, "-m", "site_builder", "build", ".")
        one = Contender(name, place / folder, command, environment(place / folder))
        shutil.copytree(corpus / one.side, one.folder)
        if name == MINIMAL:
            minimal_theme(one.folder / "templates")
        found.append(one)
    return tuple(found)


def minimal_theme(templates: Path) -> None:
    """Write a briefing's own templates: pages that carry what Hugo's carry, and of every other kind an empty one."""
    shutil.copytree(THEME, templates)
    for shipped in (ROOT / "templates" / "pages").glob("*.html"):
        own = templates / "pages" / shipped.name
        if not own.exists():
            own.write_text(_EMPTY, "utf-8")


def caches(folder: Path) -> Path:
    """Where a program keeps what it wants to have again, beside the folder that it builds."""
    return folder.with_name(f"{folder.name}-caches")


def environment(folder: Path) -> dict[str, str]:
    """What programs are run with: our package from this checkout, its compiled code kept, and caches of their own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "HUGO"))}
    own = str(caches(folder))
    return kept | {"PYTHONPATH": str(ROOT), "HUGO_CACHEDIR": own, "XDG_CACHE_HOME": own}


def hugo_version() -> str:
    """Hugo's release."""
    program = hugo.program()
    if program is None:
        return "none"
    words = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout
    return words.split()[1].split("-")[0]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
