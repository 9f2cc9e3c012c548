"""The pages that an edit changes, put in place before all else: a preview shows them while the data is still the old.

This is a build of pages alone, of files that are told to have been edited. Whatever else may differ (a file that nobody
told of, a hand in the output, data that the pages lead to) is not looked at here: the whole build that follows does,
and makes what is still owed. What stands in between is whole: the manifest names every file with the bytes it has, and
says of no inputs that the site was made of them, so that any build that comes next goes on from there.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from .. import urls
from ..build import Publication, Read, Report, as_published, read_briefing
from ..disk.inputs import program_seen
from ..disk.manifest import Entry, Manifest
from ..disk.writing import Output, State, opened
from ..frozen import dataclass, replace
from ..glance import Stamp, key_of, look, stamp
from ..kept.memory import Memory, SiteMade
from ..listing.where import where_files
from ..pages import Desk, Page
from ..site.linking import site_problems
from ..site.making import CONTENT, File, Making
from ..site.remaking import are_named_as_before, pages_at
from ..theme.caching import cache_folder
from ..theme.rendering import Theme
from ..tracing import marked

_FIXED = ("program/", "theme/", "templates/")  # files that pages are made with, not of


@dataclass(frozen=True, slots=True)
class Put:
    """What was put in place: how many pages were written and deleted, and the briefing as it was read."""

    read: Read
    written: int
    deleted: int


@dataclass(frozen=True, slots=True)
class _Stood:
    """A site in place: its manifest, how the file of that looked, and what its pages are made with."""

    manifest: Manifest
    stamp: Stamp | None
    theme: Theme
    made_with: frozenset[tuple[str, str]]


class Ahead:
    """What puts pages ahead, for a folder and its output; it knows of the site what the last build left there."""

    def __init__(self, folder: Path, output: Path, publication: Publication, memory: Memory) -> None:
        self.folder = folder
        self.memory = memory
        self._output, self._publication = output, publication
        self._stood: _Stood | None = None
        self._since: dict[str, None] = {}  # what was told of since: of all other files it is known what they hold

    def lose(self) -> None:
        """A whole build failed: what files hold is not known, until one does not."""
        self._stood = None

    def settle(self) -> None:
        """Take note of the site that a whole build left in place; if that had nothing to do, of what is kept of it."""
        self._since.clear()
        if self.memory.site is None:
            self.memory.wake(program_seen(look(self.folder)))
        files, of_site = self.memory.merged_from, self.memory.of_site
        is_of_site = of_site and of_site.read is files  # and not of files that were mended without a merge
        if not (files and is_of_site and self.memory.site and key_of(self._publication.profile, None)):
            self._stood = None
            return
        made_with = frozenset((p, h) for p, h in files.hashes.items() if p.startswith(_FIXED))
        theme = self._stood.theme if self._stood and self._stood.made_with == made_with else None
        site = Output(self._output)
        own = stamp(site.manifest_path)
        if site.manifest is None or site.manifest.inputs != self.memory.site.inputs:
            self._stood = None
            return
        theme = theme or Theme(self.folder / "templates", cache_folder())
        theme.leaves_out = bool(self.memory.site.briefing.leaves_out)
        self._stood = _Stood(site.manifest, own, theme, made_with)

    def put(self, edited: Sequence[str], report: Report) -> Put | None:
        """Put the pages in place that these files change, seeds or annotations, by their paths from the folder.

        None where that is not all, or not known: then nothing is done. Raises BuildFailed with every problem of the
        briefing, Refused or OSError where the output cannot be written.
        """
        stood, before = self._stood, self.memory.site
        self._since.update(dict.fromkeys(edited))
        if stood is None or before is None or (hashes := self._hashes(self._since)) is None:
            return None
        with opened(self._output) as site:
            if stamp(site.manifest_path) != stood.stamp:
                return None
            site.manifest, site.states = stood.manifest, _States(site)
            files = self.memory.merged_from
            readings = self.memory.readings(hashes, files.others if files else {})
            read = as_published(read_briefing(self.folder, report, readings), self._publication)
            if not readings.are_steady or read.briefing.leaves_out != before.briefing.leaves_out:
                return None
            made = _Pages(read, stood, report, site, before)
            made.run()
            if any(site_problems(made, read.annotations)):
                return None
            if any(site.states[path] == "changed" for path in (*made.put, *made.gone) if path in site.previous):
                return None
            parts = (before.inputs, *(hashes[path] for path in self._since))
            inputs = f"ahead {hashlib.sha256(' '.join(parts).encode()).hexdigest()}"
            manifest = made.manifest(inputs)
            site.commit(manifest)
            self.memory.site = made.put_in_place(inputs)
            self.memory.note_site()
            self._stood = replace(stood, manifest=manifest, stamp=stamp(site.manifest_path))
            return Put(read, sum(bool(f.reason) for f in made.put.values()), len(made.gone))

    def leave(self) -> None:
        """No more comes: of what is owed, the next build makes all anew."""
        if self.memory.site and self.memory.site.owed:
            self.memory.site = self.memory.site._replace(exports={}, owed=frozenset(), exported=None)

    def _hashes(self, edited: Iterable[str]) -> Mapping[str, str] | None:
        """The hashes of all inputs, those of the edited ones as they are now; None if one is not such a file."""
        files = self.memory.merged_from
        found = dict(files.hashes) if files else {}
        for path in edited:
            look = stamp(f"{self.folder}/{path}")
            if path not in found or look is None or not stat.S_ISREG(look[0]):
                return None
            found[path] = hashlib.sha256((self.folder / path).read_bytes()).hexdigest()
        return found


class _States(dict[str, State]):
    """How files of ours stand, each looked at when it is asked for."""

    def __init__(self, site: Output) -> None:
        super().__init__()
        self._site = site

    def __missing__(self, path: str) -> State:
        self[path] = found = self._site.state(path)
        return found


class _Pages(Making):
    """A making of those pages alone of which something differs; all other files are taken to stand as they were."""

    def __init__(self, read: Read, stood: _Stood, report: Report, site: Output, before: SiteMade) -> None:
        super().__init__(read.briefing, stood.theme, report, site, stood.manifest.maker, before)
        self.site, self.known = site, before
        self.gone: set[str] = set()
        self.put: dict[str, File] = {}

    def run(self) -> None:
        """Make them, with the texts that are shown beside them, and what leads old addresses to them."""
        self.stale = frozenset(map(marked, self.changed))
        self.asking = self.known.pages.asking(self.stale)
        desk = Desk(self.briefing, self.calls, self.listed, self.layout, self.known.sizes)
        self.is_short = are_named_as_before(self, self.known)
        if self.is_short:
            wanted, self.paths = pages_at(self.asking, desk, self.known, self.site), self.known.pages.columns.paths
        else:
            pages = self.all_pages(desk)
            self.gone = self.known.pages.keys() - {*self.paths}
            wanted = [page for page in pages if self.is_stale(page)]
        for path, content, sha256 in self.texts():
            self.put[path] = self.plain(path, content, sha256)
        for page in wanted:
            number = self.site.reserve(1)
            (made,) = self.made((page,), number, desk)
            self.put[page.path] = self.new(page, CONTENT, number, made)
        stand = {} if self.is_short else {path: _STANDS for path in self.site.previous if path not in self.gone}
        self.files = stand | self.put

    def is_stale(self, page: Page) -> bool:
        """Whether something differs of what a page was made from, or it is new."""
        known = self.site.previous.get(page.path)
        return known is None or known.template != page.template or page.path in self.asking

    def texts(self) -> Iterator[tuple[str, bytes, str]]:
        """What is not a page and has to fit the pages, by path, with its hash where that is known."""
        ids = {id_ for kind, id_ in self.changed if kind == "texts"}
        for source in map(self.briefing.index.sources.get, () if "texts" in self.briefing.leaves_out else ids):
            if source and source.excerpts is None:
                yield urls.seed(source.id), source.raw, source.sha256
        for now, before in ((getattr(self.layout, name), getattr(self.known.layout, name)) for name in _LED):
            if now is not before:
                yield from ((path, content, "") for path, content in where_files(self.layout))
                return

    def manifest(self, inputs: str) -> Manifest:
        """The manifest of the site with these pages, which is said to be made of `inputs`."""
        before = self.site.manifest or Manifest()
        files = {**before.files, **{path: file.entry for path, file in self.put.items()}}
        for path in self.gone:
            del files[path]
        new = {f.template for f in self.put.values()} - before.templates.keys() - {""}
        templates = {**before.templates, **{name: self.theme.closure(name) for name in new}}
        return Manifest(inputs, files, before.warnings, before.maker, templates)

    def put_in_place(self, inputs: str) -> SiteMade:
        """What is to be known of the site with these pages."""
        return self.done(inputs)._replace(
            sizes=self.known.sizes,
            exports=self.known.exports,
            owed=self.known.owed | self.changed,
            exported=self.known.exported or self.known.briefing,
        )


_STANDS = File(Entry(""))
_LED = ("events", "figures", "years", "measures")  # of the layout: what files of old addresses are made from
