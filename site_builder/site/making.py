"""Every file of the site: made where something that it was made from differs, kept as it is otherwise.

Each is handed to the output as soon as it is made, pages a few at a time, so that no more than these are held.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from functools import cached_property
from itertools import chain, groupby
from typing import TYPE_CHECKING

from .. import urls
from ..disk.manifest import Entry
from ..disk.writing import Output
from ..frozen import dataclass
from ..kept.asked import Columns, PageMade, PagesMade
from ..kept.memory import DamagedError, ExportMade, SiteMade
from ..linkcheck import Written
from ..omitting import Omitted
from ..problems import BuildFailed, Place, Problem
from ..theme.rendering import Theme
from ..tracing import Key, all_marked, called, changed, holds, marked, moved
from ..workers import PAYS, shared_out

if TYPE_CHECKING:
    from ..downloads import Size
    from ..exports import Export
    from ..exports.export import Again
    from ..model import Briefing, CitationKind
    from ..pages import Context, Desk, Page

_Made = tuple[str, str, int, bytes, str, str]
"""A page that was made, in plain values: its hash, why it is written, its size in bytes, marks of keys, ids, links."""

_Asked = tuple["Page", "Context", set[Key]]
"""A page, its context, and the keys of what was asked for to make it."""

_SHEAF = 8  # pages, at most, that are made together

CONTENT, TEMPLATE = "its content changed", "its template changed"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site: its entry in the manifest, and why it is written, empty where the one in place stays.

    A page has its template, any other file its size in bytes.
    """

    entry: Entry
    reason: str = ""
    template: str = ""
    size: int = 0


class Making:
    """One making of a site: `files` and `pages` grow with it.

    `output` takes what is new; without one nothing is written. `before` is the site in place, if it is known how it
    was made: then what differs from it decides what is made. `jobs` processes make pages, or, with 0, as many as pay.
    """

    def __init__(
        self,
        briefing: Briefing,
        theme: Theme,
        report: Callable[[str, int, int], None],
        output: Output | None = None,
        maker: str = "",
        before: SiteMade | None = None,
        jobs: int = 0,
    ) -> None:
        self.briefing = briefing
        self.theme = theme
        self.output = output
        self.maker = maker
        self.before = before
        self.report = report
        self.jobs = jobs
        self.changed: Set[Key] = changed(before.briefing, briefing) if before else frozenset()
        self.arrange()
        self.owed: Set[Key] = self.changed | before.owed if before else frozenset()  # what files of data lack
        self.owed_marks: Set[int] = frozenset(map(marked, self.owed))
        self.omitted = Omitted(briefing.leaves_out)
        self.sizes: Mapping[str, Size] = {}
        self.files: dict[str, File] = {}
        self.named: dict[int, tuple[bytes, frozenset[str]]] = {}
        self.is_short = False  # whether `files` are those alone that were looked at
        self.anew: dict[str, PageMade] = {}  # the pages that were made
        self.paths: list[str] = []  # of all pages
        self.stale: Set[int] = frozenset(map(marked, self.changed))  # the marks of keys that changed
        self.asking: Set[str] = frozenset()  # the pages in place that asked for one of those
        self.exports: dict[str, ExportMade] = {}
        self.rendered = 0

    def arrange(self) -> None:
        """Find out who calls on what, what stands under what and on which page, anew as far as something differs; what
        differs of that has changed as well."""
        from ..backlinks import backlinks, backlinks_again
        from ..listing.layout import lay_out, lay_out_again
        from ..listing.listings import listings, listings_again
        from ..listing.stretches import forget

        briefing, before = self.briefing, self.before
        kinds = {kind for kind, _ in self.changed} - {"texts", "beginnings"}  # nothing is made from those here
        calling: Sequence[tuple[CitationKind, str]] | None = None
        if before and not kinds:
            self.calls, self.listed, self.layout = before.calls, before.listed, before.layout
        elif before and kinds == {"events"}:
            from ..listing.reweighing import reweighed

            events = {id_ for kind, id_ in self.changed if kind == "events" and id_}
            self.calls, calling = backlinks_again(before.calls, before.briefing, briefing, events)
            self.listed = listings_again(before.listed, before.briefing, briefing, events)
            self.layout = reweighed(before.layout, before.briefing, briefing, events) or lay_out_again(
                before.layout, briefing, self.listed, events
            )
        else:
            self.calls = backlinks(briefing)
            self.listed = listings(briefing)
            self.layout = lay_out(briefing, self.listed)
            forget()
        if before:
            self.changed |= {
                *called(before.calls, self.calls, calling),
                *moved(before.listed, self.listed, "by"),
                *moved(before.layout, self.layout, "at"),
            }

    def run(self) -> None:
        """Make them all."""
        self.make_files()
        self.make_data()
        self.make_pages()

    def make_files(self) -> None:
        """What goes out as it is, the texts, and what the scripts look things up in."""
        for path, content in self.theme.assets():
            if not self.omitted.has(path):
                self.take(path, self.plain(path, content))
        for source in self.briefing.sources if "texts" not in self.briefing.leaves_out else ():
            path = urls.seed(source.id)
            kept = self.in_place(path) if self.before and ("texts", source.id) not in self.changed else None
            if kept and self.output:
                self.take(path, File(kept, size=self.output.size(path)))
            elif source.excerpts is None:
                self.take(path, self.plain(path, source.raw, source.sha256))
        self.make_places()
        self.take(".nojekyll", self.plain(".nojekyll", b""))

    def make_places(self) -> None:
        """Where the things of long lists stand now."""
        from ..listing.where import where_files

        for path, content in where_files(self.layout):
            self.take(path, self.plain(path, content))

    def make_data(self) -> None:
        """The briefing as data."""
        from ..downloads import PACKAGE, told_sizes
        from ..exports import LEFT_OUT_WITH

        self.report("writing data", 0, 0)
        for number, omission in enumerate(("search", *LEFT_OUT_WITH.values())):
            for export in self.exporting(number) if omission not in self.briefing.leaves_out else ():
                if not self.omitted.has(export.path):
                    self.take(export.path, self.export(export, number))
        if not self.omitted.has(PACKAGE.path):
            self.make_package()
        self.sizes = told_sizes({path: f.size for path, f in self.files.items()})
        if self.before:
            self.changed |= {("sizes", path) for path, _ in self.sizes.items() ^ self.before.sizes.items()}

    def exporting(self, number: int) -> Iterator[Export]:
        """The files of data that one room makes: the search, or one of the exports, counted from 1."""
        if number:
            from ..exports import EXPORTS

            return EXPORTS[number - 1](self.briefing)
        from ..search import searching

        return searching.exports(self.briefing)

    def make_package(self) -> None:
        """The file that pins the tables."""
        from ..downloads import PACKAGE, TABLES
        from ..exports.datapackage import Made, package

        files: Mapping[str, object] = self.files
        if self.output and self.is_short:
            files = {**self.output.previous, **files}
        made: dict[str, Made] = {}
        for path in (path for table in TABLES for path in table.files(files)):
            if path in self.files:
                made[path] = Made(self.files[path].size, self.files[path].entry.sha256)
            elif self.output:
                made[path] = Made(self.output.size(path), self.output.previous[path].sha256)
        self.take(PACKAGE.path, self.plain(PACKAGE.path, package(self.briefing, made)))

    def make_pages(self) -> None:
        """The pages, and what tells crawlers of them."""
        from ..exports.published import published
        from ..pages import Desk

        desk = Desk(self.briefing, self.calls, self.listed, self.layout, self.sizes)
        pages = self.all_pages(desk)
        for path, content in published(self.briefing, (p.path for p in pages if p.path != urls.NOT_FOUND)):
            self.take(path, self.plain(path, content))
        self.make(pages, desk)

    def all_pages(self, desk: Desk) -> Sequence[Page]:
        """Every page of the site, but for those that the theme leaves out; what was asked for to name them is noted."""
        from ..pages import LEFT_OUT_WITH, PAGES

        pages: list[Page] = []
        for number, (kind, omission) in enumerate(zip(PAGES, LEFT_OUT_WITH.values(), strict=True)):
            if omission in self.briefing.leaves_out:
                continue
            desk.trace.keys = set()
            own = [page for page in kind(desk) if not self.omitted.has(page.path)]
            self.named[number] = _marks(desk.trace.keys), frozenset(page.template for page in own)
            pages += own
        self.paths = [page.path for page in pages]
        return pages

    def make(self, pages: Sequence[Page], desk: Desk) -> None:
        """Take every page: the one in place, or one that is made."""
        self.stale = frozenset(map(marked, self.changed))
        self.asking = self.before.pages.asking(self.stale) if self.before else frozenset()
        whys = {page.path: self.why(page) for page in pages}
        wanted = [page for page in pages if whys[page.path]]
        if len(wanted) >= PAYS:
            self.theme.prepare({page.template for page in wanted})
        first = self.output.reserve(len(wanted)) if self.output else 0

        several = max(1, min(_SHEAF, len(wanted) // PAYS))
        begins = range(0, len(wanted), several)

        def work(number: int) -> list[_Made]:
            at = begins[number]
            return self.made(wanted[at : at + several], first + at, desk)

        def told(number: int) -> None:
            self.report("writing pages", begins[number], len(wanted))

        numbered = enumerate(chain.from_iterable(shared_out(len(begins), work, self.jobs, told)), first)
        for page in pages:
            why = whys[page.path]
            self.take(page.path, self.new(page, why, *next(numbered)) if why else self.kept(page))
        self.theme.forget()

    def done(self, inputs: str) -> SiteMade:
        """What is to be known of the site when it is in place; `inputs` is the hash of all that it was made from."""
        return SiteMade(
            inputs=inputs,
            briefing=self.briefing,
            calls=self.calls,
            listed=self.listed,
            layout=self.layout,
            files=self.before.files if self.before and self.is_short else tuple(self.files),
            named=self.before.named if self.before and self.is_short else self.named,
            sizes=self.sizes,
            pages=self.pages,
            exports=self.exports,
        )

    @cached_property
    def pages(self) -> PagesMade:
        """What the pages were made from, once they are made."""
        before = self.before.pages if self.before else None
        if before is None:
            return PagesMade(Columns.of(self.anew), {})
        if self.paths == before.columns.paths:
            return PagesMade(before.columns, {**before.own, **self.anew})
        return PagesMade(Columns.of({path: self.anew.get(path) or before[path] for path in self.paths}), {})

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The entries of all files."""
        if self.output and self.is_short:
            return {**self.output.previous, **{path: file.entry for path, file in self.files.items()}}
        return {path: self.files[path].entry for path in sorted(self.files)}

    def reasons(self) -> dict[str, str]:
        """Why each file is written; empty for those that stay."""
        own = {path: file.reason for path, file in self.files.items()}
        return {**dict.fromkeys(self.output.previous, ""), **own} if self.output and self.is_short else own

    def template_of(self, path: str) -> str:
        """The template of a page; empty of what is none."""
        return self.pages[path].template if path in self.pages else ""

    def templates(self) -> Mapping[str, str]:
        """The templates of the pages, and the hash of each with all that it includes."""
        if self.is_short and self.output and self.output.manifest:
            return self.output.manifest.templates
        names = {file.template for file in self.files.values()}
        return {name: self.theme.closure(name) for name in names if name}

    def take(self, path: str, file: File) -> None:
        """Take a path for a file; a path is taken once."""
        if path in self.files:
            raise BuildFailed([collision(path, path)])
        self.files[path] = file

    def plain(self, path: str, content: bytes | bytearray, sha256: str = "") -> File:
        """A file that is written as it is, kept when the one in place has the same bytes."""
        entry = Entry(sha256 or hashlib.sha256(content).hexdigest())
        reason = self.output.reason(path, entry.sha256) if self.output else "new"
        if reason and self.output:
            self.output.stage(path, content)
        return File(entry, reason, size=len(content))

    def export(self, export: Export, room: int) -> File:
        """A file of the export, made unless nothing differs of what it is made from."""
        old = self.in_place(export.path)
        known = self.before.exports.get(export.path) if self.before and old else None
        keys = known.keys if known and self.is_short else _marks(export.keys)  # those of the same things
        self.exports[export.path] = ExportMade(keys, room)
        if old and self.output and known and known.keys == keys:
            made: bytes | None = b""
            if holds(keys, self.owed_marks):
                made = None
                with suppress(DamagedError):  # of a text that is another now, the words that it had are not known
                    made = export.again(self.again) if export.again and self.again else None
            if made is not None:
                return self.plain(export.path, made) if made else File(old, size=self.output.size(export.path))
        return self.plain(export.path, export.content())

    @cached_property
    def again(self) -> Again | None:
        """What files of data are made again from, where it is known of what those in place were made."""
        from ..exports.export import Again

        if self.before is None or self.output is None:
            return None
        return Again(self.before.exported or self.before.briefing, self.owed, self.output.read)

    def in_place(self, path: str) -> Entry | None:
        """The entry of a file that stands as we wrote it."""
        if self.output is None or self.output.states.get(path) != "same":
            return None
        return self.output.previous.get(path)

    def kept(self, page: Page) -> File:
        """A page of which the one in place stays."""
        if self.output is None or self.before is None:
            raise LookupError(page.path)
        return File(self.output.previous[page.path], template=page.template)

    def made(self, pages: Sequence[Page], first: int, desk: Desk) -> list[_Made]:
        """Make some pages, and stage those that have other bytes than the ones in place, under numbers from `first` on.

        All of them go each step before any goes the next: else what a step needs pushes out of the processor's caches
        what the other steps need of the page after it.
        """
        asked: list[_Asked] = []
        for page in pages:
            desk.trace.keys = set()
            asked.append((page, page.make(), desk.trace.keys))
        self.ask(asked, desk)
        rendered = []
        for page, context, desk.trace.keys in asked:
            rendered.append((page.path, self.theme.render(page.template, context), _marks(desk.trace.keys)))
        made: list[_Made] = []
        for number, (path, (content, ids, links), marks) in enumerate(rendered, first):
            sha256 = hashlib.sha256(content).hexdigest()
            reason = self.output.reason(path, sha256) if self.output else "new"
            if self.output and reason:
                self.output.put(number, path, content)
            made.append((sha256, reason, len(content), marks, ids, links))
        return made

    def ask(self, pages: Sequence[_Asked], desk: Desk) -> None:
        """Have the parts made that the pages are going to ask of their contexts: of all pages one, then the next."""
        for template, some in groupby(pages, key=lambda asked: asked[0].template):
            alike = [*some]
            for name in self.theme.asked(template):
                for _, context, desk.trace.keys in alike:
                    getattr(context, name, None)  # of a name that is not there is told when the page is rendered

    def new(self, page: Page, why: str, number: int, made: _Made) -> File:
        """A page that was made, wherever it was."""
        sha256, reason, size, marks, ids, links = made
        self.rendered += 1
        if self.output and reason:
            self.output.take(number, page.path, size)
        self.anew[page.path] = PageMade(page.template, marks, Written(ids, links))
        return File(Entry(sha256, page.template), why if reason == CONTENT else reason, page.template)

    def why(self, page: Page) -> str:
        """Why a page may have to be another than the one in place; empty when it surely need not."""
        known = self.before is not None and page.path in self.before.pages
        if self.output is None or self.output.manifest is None or self.output.states.get(page.path) != "same":
            return CONTENT
        if self.output.manifest.maker != self.maker:
            return "the program changed, or what the theme leaves out"
        is_other = self.output.manifest.templates.get(page.template) != self.theme.closure(page.template)
        is_of_template = self.output.previous[page.path].template == page.template
        if known and is_of_template and page.path not in self.asking:
            return TEMPLATE if is_other else ""
        return "its content and template changed" if is_other and known else TEMPLATE if is_other else CONTENT


def collision(first: str, second: str) -> Problem:
    """Two files want one path."""
    both = (
        f"two files want the path {first}" if first == second else f"{first} and {second} are one path on some systems"
    )
    place = Place(f"templates/{second}" if second.startswith("assets/") else second)
    return Problem(place, "path-collision", both, "rename the one that is yours")


def _marks(keys: Iterable[Key]) -> bytes:
    return array("I", all_marked(keys)).tobytes()
