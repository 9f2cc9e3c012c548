"""The small sites of `tests/sites/` and the real briefing, each built once in a test process and kept in memory."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from site_builder.backlinks import Backlinks, backlinks
from site_builder.build import build, read_briefing
from site_builder.downloads import Size
from site_builder.listing.layout import Limits, lay_out
from site_builder.listing.listings import listings
from site_builder.model import Briefing, Source
from site_builder.pages import Desk, Page

from .html_reading import Element, read_html

SITES = Path(__file__).parent / "sites"
SMALL = tuple(sorted(path.name for path in SITES.iterdir() if path.is_dir()))
REAL = "the real briefing"
ALL = (*SMALL, REAL)
LIMITS = Limits()


def copied(name: str, to: Path) -> Path:
    """A small site to edit, without what is expected of it."""
    return Path(shutil.copytree(SITES / name, to, ignore=shutil.ignore_patterns("expected"), dirs_exist_ok=True))


def files_below(output: Path) -> dict[str, bytes]:
    """The files of a site by path from its root, in order."""
    files = {p.relative_to(output).as_posix(): p.read_bytes() for p in sorted(output.rglob("*")) if p.is_file()}
    return {path: content for path, content in files.items() if not path.startswith(".briefing/")}


@dataclass(frozen=True)
class BuiltSite:
    """A site as built from a folder; each part is made when it is first asked for."""

    name: str
    folder: Path

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """Its files by path from its root."""
        with TemporaryDirectory() as place:
            output = Path(place) / "output"
            build(self.folder, output)
            return files_below(output)

    @cached_property
    def pages(self) -> Mapping[str, Element]:
        """Its pages as trees, by path."""
        return {path: read_html(content) for path, content in self.files.items() if path.endswith(".html")}

    @cached_property
    def data(self) -> Any:
        """Its data as a program puts it together from its parts."""
        return whole_data(self.files)

    @cached_property
    def briefing(self) -> Briefing:
        """What it was built from, as resolved."""
        return read_briefing(self.folder).briefing

    def source(self, source_id: str) -> Source:
        """One of its sources."""
        return self.briefing.index.sources[source_id]

    def desk(self) -> Desk:
        """What its pages are written from."""
        return desk_of(self.briefing, backlinks(self.briefing))


def desk_of(
    briefing: Briefing, calls: Backlinks, limits: Limits = LIMITS, sizes: Mapping[str, Size] = MappingProxyType({})
) -> Desk:
    """What the pages of a briefing are written from."""
    listed = listings(briefing)
    return Desk(briefing, calls, listed, lay_out(briefing, listed, limits), sizes)


def whole_data(files: Mapping[str, bytes]) -> Any:
    """`data/briefing.json` with its sources and events, the sources in their order."""
    data = json.loads(files["data/briefing.json"])
    found = {
        kind: [x for p in parts for x in json.loads(files[f"data/{p}"])[kind]] for kind, parts in data["parts"].items()
    }
    by_id = {source["id"]: source for source in found["sources"]}
    assert sorted(by_id) == sorted(s["id"] for s in data["sources"])
    return data | {"sources": [by_id[s["id"]] for s in data["sources"]], "events": found["events"]}


@cache
def built(name: str) -> BuiltSite:
    """A site by its name in `tests/sites/`, or `REAL`."""
    return BuiltSite(name, SITES.parent.parent if name == REAL else SITES / name)


def pages_by_path(pages: Any) -> dict[str, Page]:
    """Pages by where they stand."""
    return {page.path: page for page in pages}


def many(count: int) -> Briefing:
    """A briefing with so many sources that are one but for their ids."""
    briefing = built("harbour").briefing
    (one,) = briefing.sources
    sources = tuple(replace(one, id=f"source-{number}") for number in range(count))
    return replace(briefing, sources=sources, index=replace(briefing.index, sources={s.id: s for s in (one, *sources)}))
