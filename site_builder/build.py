"""The pipeline: from a briefing's folder to a whole site, or to every problem in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from . import __version__
from .caching import cache_folder
from .inputs import digest, generator_digest, look
from .manifest import Entry, Manifest, Noted
from .problems import BuildFailed, Place, Problem, has_errors
from .rendering import Theme
from .writing import Output, Refused, looked_at, opened

if TYPE_CHECKING:
    from .exports import Export
    from .linkcheck import DeadLink
    from .model import Briefing, Profile
    from .pages import Page
    from .records import Annotations, RuleName, RuleRecord, SiteUrl

NAME = "evidence-briefing"
GENERATOR = f"{NAME} {__version__}"

Report = Callable[[str, int, int], None]
"""Told of progress: the stage, how many are done, how many there are."""


def silent(stage: str, done: int, total: int) -> None:
    """A report that tells nobody."""


@dataclass(frozen=True, slots=True)
class Publication:
    """For whom a site is built, and where it will stand where the briefing does not say, or says otherwise."""

    profile: Profile = "local"
    base_url: SiteUrl | None = None


LOCAL = Publication()


@dataclass(frozen=True, slots=True)
class Step:
    """A file of the site, what is done with it, and why."""

    action: Literal["write", "keep", "delete"]
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Work:
    """How much a build did: annotation files parsed, sources resolved, pages rendered, bytes written to the output.

    Each is counted where it is done, so that work whose result was then not needed counts too.
    """

    parsed: int = 0
    resolved: int = 0
    rendered: int = 0
    written: int = 0


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did (or, dry, would do), the warnings met, and the annotations, unless there was nothing to do."""

    steps: tuple[Step, ...]
    warnings: tuple[Problem, ...]
    annotations: Annotations | None = None
    work: Work = Work()

    def count(self, action: str) -> int:
        """How many files had this done to them."""
        return sum(s.action == action for s in self.steps)


@dataclass(frozen=True, slots=True)
class Read:
    """A briefing without errors, the annotations it was made from, the warnings met, and how much was done for it."""

    briefing: Briefing
    annotations: Annotations
    warnings: tuple[Problem, ...]
    work: Work = Work()


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site: its entry in the manifest, its bytes unless those in place are kept.

    A page has its template, any other file its size in bytes.
    """

    entry: Entry
    content: bytes | None
    reason: str
    template: str = ""
    size: int = 0


def build(
    folder: Path,
    output: Path,
    *,
    adopt: bool = False,
    force: bool = False,
    dry_run: bool = False,
    publication: Publication = LOCAL,
    report: Report = silent,
) -> Built:
    """Build the briefing in `folder` into `output`, as `publication` may show it.

    Raises BuildFailed with every problem of the input, Refused or OSError when the output cannot be written; either
    way the site that was there stays as it was.
    """
    check_folders(folder, output)
    with (looked_at if dry_run else opened)(output) as site:
        looked, key = look(folder), "" if publication.profile == "public" else f"{publication}"
        if known := site.untouched(key, looked):
            return Built(tuple(kept(known.outputs)), warnings_in(known.warnings))
        theme = Theme(folder / "templates", cache_folder())
        site.check(adopt=adopt, force=force)
        inputs = digest(folder, theme, f"{publication}")
        if site.manifest and site.is_whole(inputs):
            site.remember(key, looked, site.manifest)
            return Built(tuple(kept(site.previous)), warnings_in(site.manifest.warnings))
        read = as_published(read_briefing(folder, report), publication)
        files = make(read.briefing, theme, site, report)
        check_site(files, theme, read)
        entries = {path: f.entry for path, f in files.items()}
        if publication.profile == "public" and read.warnings:  # their words may be the text's: they are met again
            manifest = Manifest("", entries)
        else:
            manifest = Manifest(inputs, entries, noted(read.warnings))
        if not dry_run:
            report("writing", 0, 0)
            site.commit({path: f.content for path, f in files.items() if f.content is not None}, manifest)
            site.remember(key, looked, manifest)
        work = replace(read.work, rendered=theme.rendered, written=site.written)
        return Built(tuple(steps(files, site.previous)), read.warnings, read.annotations, work)


@dataclass(frozen=True, slots=True)
class Checked:
    """Every problem of a briefing, sorted, and the briefing unless something is in error."""

    problems: tuple[Problem, ...]
    briefing: Briefing | None

    @property
    def rules(self) -> Mapping[RuleName, RuleRecord]:
        """What the briefing sets about its rules; nothing while something is in error."""
        return self.briefing.site.rules if self.briefing else {}


def check(folder: Path, report: Report = silent) -> tuple[Problem, ...]:
    """Every problem of a briefing, sorted: all that a build checks, and advice if nothing is in error."""
    return checked(folder, report).problems


def checked(folder: Path, report: Report = silent) -> Checked:
    """The same with the briefing that was read on the way."""
    from .advising import advice
    from .severities import weighed

    try:
        theme = Theme(folder / "templates")
        read = read_briefing(folder, report)
        check_site(make(read.briefing, theme, None, report), theme, read)
    except BuildFailed as failed:
        return Checked(failed.problems, None)
    advised = weighed(advice(read.briefing, read.annotations), read.annotations.site.rules)
    return Checked(tuple(sorted({*read.warnings, *advised})), read.briefing)


def read_briefing(folder: Path, report: Report = silent) -> Read:
    """Load, resolve and merge a folder; raises BuildFailed with every problem when there is an error."""
    from .merging import merge
    from .names import Names
    from .reading.folder import load
    from .resolving import resolve_source
    from .severities import is_build_concerned, weighed

    loaded = load(folder)
    if loaded.annotations is None:
        raise BuildFailed(loaded.problems)
    names = Names(loaded.annotations.entities)
    resolved = []
    for number, source in enumerate(loaded.annotations.sources):
        report("reading sources", number, len(loaded.annotations.sources))
        resolved.append(resolve_source(source, names))
    briefing, problems = merge(loaded.annotations, resolved, names)
    rules = loaded.annotations.site.rules
    problems = tuple(sorted({*loaded.problems, *problems}))
    if any(p.rule == "source-changed" for p in problems):
        problems = drifted(folder, loaded.annotations, problems)
    problems = weighed(problems, rules)
    if briefing and not has_errors(problems) and is_build_concerned(rules):
        from .advising import advice

        more = weighed(advice(briefing, loaded.annotations), rules)
        problems = tuple(sorted({*problems, *(p for p in more if p.severity != "advice")}))
    if briefing is None or has_errors(problems):
        raise BuildFailed(problems)
    return Read(briefing, loaded.annotations, problems, Work(loaded.parsed, len(resolved)))


def drifted(folder: Path, annotations: Annotations, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems, with what became of the quotes of each text that was changed."""
    from .drifting import with_drift
    from .recovering import old_texts

    return with_drift(problems, annotations.sources, old_texts(folder, annotations))


def as_published(read: Read, publication: Publication) -> Read:
    """What was read, as this publication may show it: nothing that is made from here on knows more."""
    from .excerpting import for_profile

    site = read.briefing.site
    if publication.base_url:
        site = replace(site, base_url=publication.base_url)
    return replace(read, briefing=for_profile(replace(read.briefing, site=site), publication.profile))


def make(briefing: Briefing, theme: Theme, site: Output | None, report: Report) -> dict[str, File]:
    """Every file of the site by path; a page whose fingerprint is the old one is not rendered."""
    from . import urls
    from .downloads import PACKAGE
    from .exports.datapackage import Made, package
    from .exports.published import published

    found: dict[str, File] = {}
    for path, content in static_files(briefing, theme):
        take(found, path, static_file(path, content, site))
    for export in exports(briefing):
        take(found, export.path, export_file(export, site))
    made = {path: Made(f.size, f.entry.sha256) for path, f in found.items()}
    take(found, PACKAGE.path, static_file(PACKAGE.path, package(briefing, made, GENERATOR), site))
    pages = tuple(all_pages(briefing, {path: f.size for path, f in found.items()}))
    for path, content in published(briefing, (p.path for p in pages if p.path != urls.NOT_FOUND)):
        take(found, path, static_file(path, content, site))
    for number, page in enumerate(pages):
        report("writing pages", number, len(pages))
        take(found, page.path, page_file(page, theme, site))
    return found


def take(found: dict[str, File], path: str, file: File) -> None:
    """Take a path for a file; a path is taken once."""
    if path in found:
        raise BuildFailed([collision(path, path)])
    found[path] = file


def collision(first: str, second: str) -> Problem:
    """Two files want one path."""
    both = (
        f"two files want the path {first}" if first == second else f"{first} and {second} are one path on some systems"
    )
    place = Place(f"templates/{second}" if second.startswith("assets/") else second)
    return Problem(place, "path-collision", both, "rename the one that is yours")


def all_pages(briefing: Briefing, sizes: Mapping[str, int]) -> Iterator[Page]:
    """The pages of the site, in the order of the registry; `sizes` are those of the files beside them, in bytes."""
    from .backlinks import backlinks
    from .pages import PAGES, Desk

    desk = Desk(briefing, backlinks(briefing), GENERATOR, sizes)
    for pages in PAGES:
        yield from pages(desk)


def static_files(briefing: Briefing, theme: Theme) -> Iterator[tuple[str, bytes]]:
    """What is no page: assets, the raw texts, what is searched, and what lets GitHub Pages take the site as it is."""
    from . import urls
    from .searching import search_files

    yield from theme.assets()
    for source in briefing.sources:
        if source.excerpts is None:
            yield urls.seed(source.id), source.raw
    yield from search_files(briefing)
    yield ".nojekyll", b""


def exports(briefing: Briefing) -> Iterator[Export]:
    """The briefing as data."""
    from .exports import EXPORTS

    for export in EXPORTS:
        yield from export(briefing, NAME, __version__)


def static_file(path: str, content: bytes, site: Output | None) -> File:
    """A file that is written as it is, kept when the one in place has the same bytes."""
    entry = Entry(hashlib.sha256(content).hexdigest())
    reason = site.reason(path, entry.sha256) if site else "new"
    return File(entry, content if reason else None, reason, size=len(content))


def export_file(export: Export, site: Output | None) -> File:
    """A file of the export; one that says what it is made from is not made while that is the old one."""
    if export.made_from is None:
        return static_file(export.path, export.content(), site)
    fingerprint = f"{_short(repr(export.made_from).encode())}..{generator_digest()[:16]}"
    old = site.previous.get(export.path) if site else None
    if site and old and not site.page_reason(export.path, fingerprint):
        return File(old, None, "", size=site.size(export.path))
    made = static_file(export.path, export.content(), site)
    return replace(made, entry=Entry(made.entry.sha256, fingerprint))


def page_file(page: Page, theme: Theme, site: Output | None) -> File:
    """A page, rendered unless the one in place was made from the same things."""
    context = page.make()
    fingerprint = ".".join(
        (_short(repr(context).encode()), _short(theme.closure(page.template).encode()), generator_digest()[:16])
    )
    old = site.previous.get(page.path) if site else None
    reason = site.page_reason(page.path, fingerprint) if site else "new"
    if old and not reason:
        return File(old, None, "", page.template)
    rendered = theme.render(page.template, context)
    entry = Entry(hashlib.sha256(rendered.content).hexdigest(), fingerprint, rendered.ids, rendered.links)
    if old and site and not site.reason(page.path, entry.sha256):
        return File(entry, None, "", page.template)
    return File(entry, rendered.content, reason, page.template)


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def check_site(files: Mapping[str, File], theme: Theme, read: Read) -> None:
    """Raise BuildFailed when a link leads nowhere, or when two files are one where letter case does not count."""
    from urllib.parse import urlsplit

    from .linkcheck import collisions, dead_links

    problems = [collision(first, second) for first, second in collisions(files)]
    pages = {path: (f.entry.ids, f.entry.links) for path, f in files.items() if path.endswith(".html")}
    base_url = read.briefing.site.base_url
    root = f"{urlsplit(base_url).path.rstrip('/')}/" if base_url else ""
    dead = tuple(dead_links(pages, (p for p in files if p not in pages), root))
    written = written_links(read.annotations) if dead else {}
    problems += [dead_link(link, files, theme, written) for link in dead]
    if problems:
        raise BuildFailed((*problems, *read.warnings))


def dead_link(
    dead: DeadLink, files: Mapping[str, File], theme: Theme, written: Mapping[tuple[str, str], Place]
) -> Problem:
    """A dead link, at the place that can be mended: the annotation that wrote it, or a template of the user's own."""
    what = f"there is no {dead.target or dead.link}"
    if dead.lacks_only_id:
        what = f"there is no id '{dead.fragment}' on {dead.target}"
    place = written.get((dead.target, dead.fragment)) or written.get(("", dead.fragment))
    hint = "a link in Markdown is written from the site's root, for example claims.html"
    if place is None:
        suspects = [files[path].template for path in (dead.target, dead.page) if path in files]
        own = next((name for name in suspects if name and theme.is_own(name)), None)
        place = Place(f"templates/{own}") if own else Place(f"output/{dead.page}")
        hint = "keep the ids and links of the shipped template" if own else ""
    return Problem(place, "dead-link", f"a link on {dead.page} leads nowhere: {what}", hint)


def written_links(annotations: Annotations) -> dict[tuple[str, str], Place]:
    """Where the links to the site's own pages stand in the annotations, by path and fragment."""
    from . import markdown
    from .linkcheck import destination
    from .merging import markdown_fields

    links = ((link, place) for text, place in markdown_fields(annotations) for link in markdown.links(text))
    return {found: place for link, place in links if (found := destination("", link))}


def steps(files: Mapping[str, File], before: Mapping[str, Entry]) -> Iterator[Step]:
    """What is done with each file, and why."""
    for path in sorted({*files, *before}):
        if path not in files:
            yield Step("delete", path, "nothing makes it any more")
        elif files[path].content is None:
            yield Step("keep", path, "unchanged")
        else:
            yield Step("write", path, files[path].reason)


def kept(paths: Iterable[str]) -> Iterator[Step]:
    """Every file of a site that stays as it is."""
    return (Step("keep", path, "unchanged") for path in paths)


def noted(warnings: Iterable[Problem]) -> tuple[Noted, ...]:
    """Warnings as the manifest holds them, so that a build with nothing to do can repeat them."""
    return tuple((w.place.path, w.place.line, w.place.column, w.rule, w.message, w.hint, w.level) for w in warnings)


def warnings_in(noted_: Iterable[Noted]) -> tuple[Problem, ...]:
    """The warnings that were noted."""
    return tuple(
        Problem(Place(path, line, column), rule, message, hint, level)
        for path, line, column, rule, message, hint, level in noted_
    )


def check_folders(folder: Path, output: Path) -> None:
    """Refuse an output folder that would take the place of something else."""
    if not folder.is_dir():
        raise Refused(f"{folder} is not a folder", "give the folder that holds seeds/ and annotations/")
    home, out = folder.resolve(), output.resolve()
    inputs = tuple(home / name for name in ("seeds", "annotations", "templates"))
    if out == home or out in home.parents or any(out == i or i in out.parents for i in inputs):
        raise Refused(
            f"{output} cannot be the output folder", "the site needs a folder of its own, for example output/"
        )
