"""The files of a site of which little differs: those that asked for it are made, and no other is looked at.

That is so while the same files are made of the briefing. Which pages there are hangs on what was asked of the briefing
while they were named; which files of data there are, on the things that are counted, which stay the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import TYPE_CHECKING

from ..downloads import TABLES, told_sizes
from ..series import differing
from ..theme.rendering import ASSETS
from ..tracing import holds, marked

if TYPE_CHECKING:
    from ..disk.writing import Output
    from ..kept.memory import SiteMade
    from ..pages import Desk, Page
    from .making import Making

_FEW = frozenset((
    "texts", "events", "beginnings", "calls", "events by", "counts by", "events at", "sheets at", "weights at",
    "shares at",
))  # fmt: skip
"""The kinds of things that may differ; of another, more hangs on it than is known here."""


def remake(made: Making) -> bool:
    """Make what has to be, where few things differ; False where all files have to be gone through."""
    before, output = made.before, made.output
    if before is None or output is None or not _is_short(made, before, output):
        return False
    assets = [(path, content) for path, content in made.theme.assets() if not made.omitted.has(path)]
    if sorted(path for path, _ in assets) != sorted(path for path in output.previous if path.startswith(ASSETS)):
        return False
    made.is_short = True
    for path, content in assets:
        made.take(path, made.plain(path, content))
    if _stands_elsewhere(made, before):
        made.make_places()
    _data(made, before, output)
    _pages(made, before, output)
    return True


def _is_short(made: Making, before: SiteMade, output: Output) -> bool:
    """Whether no more than few things differ, and all files in place are as this program and theme made them."""
    manifest, index = output.manifest, made.briefing.index
    return (
        {kind for kind, _ in made.owed} <= _FEW
        and _are_as_many(made, before)
        and differing(before.briefing.index.sources, index.sources) is not None
        and differing(before.briefing.index.events, index.events) is not None
        and manifest is not None
        and manifest.maker == made.maker
        and {*output.states.values()} == {"same"}
        and all(made.theme.closure(name) == sha256 for name, sha256 in manifest.templates.items())
        and are_named_as_before(made, before)
    )


def are_named_as_before(made: Making, before: SiteMade) -> bool:
    """Whether the same pages are made of the briefing, since nothing differs that was asked for to name them."""
    return not any(holds(asked, made.stale) for asked, _ in before.named.values())


def _are_as_many(made: Making, before: SiteMade) -> bool:
    """Whether the files of data are of the same things; pages that were put in place first may be of others."""
    if made.owed == made.changed or not before.exports:
        return bool(before.exports)
    named = {mark for known in before.exports.values() for mark in memoryview(known.keys).cast("I")}
    index = {"events": made.briefing.index.events, "texts": made.briefing.index.sources}
    return all(id_ in index[kind] and marked((kind, id_)) in named for kind, id_ in made.owed if id_ and kind in index)


def _stands_elsewhere(made: Making, before: SiteMade) -> bool:
    """Whether something of a list that is cut stands on another page."""
    now, was = made.layout, before.layout
    if now is was:
        return False
    return any(getattr(now, name) is not getattr(was, name) for name in ("events", "figures", "years", "measures"))


def _data(made: Making, before: SiteMade, output: Output) -> None:
    """The data that was made from what differs."""
    wanted = {path for path, known in before.exports.items() if holds(known.keys, made.owed_marks)}
    for number in sorted({before.exports[path].room for path in wanted}):
        for export in made.exporting(number):
            if export.path in wanted and not made.omitted.has(export.path):
                made.take(export.path, made.export(export, number))
    made.exports = {**before.exports, **made.exports}
    sizes = _Sizes(made, output)
    if any(table.path in made.files and made.files[table.path].reason for table in TABLES):
        made.make_package()
    made.sizes = told_sizes(sizes)
    made.changed |= {("sizes", path) for path, _ in made.sizes.items() ^ before.sizes.items()}


def _pages(made: Making, before: SiteMade, output: Output) -> None:
    """The pages that asked for it."""
    from ..pages import Desk

    desk = Desk(made.briefing, made.calls, made.listed, made.layout, made.sizes)
    made.make(pages_at(before.pages.asking(frozenset(map(marked, made.changed))), desk, before, output), desk)
    made.paths = before.pages.columns.paths


def pages_at(paths: Set[str], desk: Desk, before: SiteMade, output: Output) -> list[Page]:
    """The pages at these paths, where pages are named as before; only kinds that have one are asked for theirs."""
    from ..pages import PAGES

    templates = {output.previous[path].template for path in paths}
    desk.wanted = paths
    numbers = [number for number, (_, own) in before.named.items() if not templates.isdisjoint(own)]
    return [page for number in numbers for page in PAGES[number](desk) if page.path in paths]


class _Sizes(Mapping[str, int]):
    """How many bytes each file has, those in place and those that take their place."""

    def __init__(self, made: Making, output: Output) -> None:
        self.made, self.output = made, output

    def __getitem__(self, path: str) -> int:
        if path in self.made.files:
            return self.made.files[path].size
        if path not in self.output.previous:
            raise KeyError(path)
        return self.output.size(path)

    def __contains__(self, path: object) -> bool:
        return path in self.output.previous

    def __iter__(self) -> Iterator[str]:
        return iter(self.output.previous)

    def __len__(self) -> int:
        return len(self.output.previous)
