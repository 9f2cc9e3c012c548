"""The pipeline: from a briefing's folder to a whole site, or to every problem in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from .disk.inputs import READ, Hashed, check_folder, inputs_of, program_seen
from .disk.manifest import Manifest, Noted
from .disk.writing import Output, looked_at, opened
from .frozen import dataclass, replace
from .glance import key_of, look
from .problems import BuildFailed, Place, Problem, Refused, has_errors
from .theme.caching import cache_folder, keep_patterns, wake_patterns
from .theme.rendering import Theme

if TYPE_CHECKING:
    from .contracts.merging import Merged
    from .contracts.resolving import Resolved
    from .glance import Looks
    from .kept.memory import Memory, Readings
    from .model import Briefing, Profile
    from .records import Annotations, EntityRecord, RuleName, RuleRecord, SiteUrl, SourceFile
    from .site.making import Making

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
    """What a build did (or, dry, would do), the warnings met, and the annotations, unless there was nothing to do.

    `reasons` are why files are written, or for those that stay empty; `deleted` those that nothing makes any more.
    """

    reasons: Mapping[str, str]
    deleted: Collection[str]
    warnings: tuple[Problem, ...]
    annotations: Annotations | None = None
    work: Work = Work()

    @property
    def steps(self) -> Iterator[Step]:
        """What is done with each file, by its path."""
        for path in sorted({*self.reasons, *self.deleted}):
            if path not in self.reasons:
                yield Step("delete", path, "nothing makes it any more")
            elif not self.reasons[path]:
                yield Step("keep", path, "unchanged")
            else:
                yield Step("write", path, self.reasons[path])

    def count(self, action: Literal["write", "keep", "delete"]) -> int:
        """How many files had this done to them."""
        written = sum(map(bool, self.reasons.values()))
        return {"write": written, "keep": len(self.reasons) - written, "delete": len(self.deleted)}[action]


@dataclass(frozen=True, slots=True)
class Read:
    """A briefing without errors, the annotations it was made from, the warnings met, and how much was done for it."""

    briefing: Briefing
    annotations: Annotations
    warnings: tuple[Problem, ...]
    work: Work = Work()


def build(  # noqa: PLR0913 each is an option of the command
    folder: Path,
    output: Path,
    *,
    adopt: bool = False,
    force: bool = False,
    dry_run: bool = False,
    publication: Publication = LOCAL,
    report: Report = silent,
    memory: Memory | Callable[[], Memory] | None = None,
    jobs: int = 0,
    looked: Looks | None = None,
) -> Built:
    """Build the briefing in `folder` into `output`, as `publication` may show it.

    `looked` is how its inputs look, where somebody just asked.
    `memory` is of the builds before, of this folder into this output, and learns from this one; one that has to be
    fetched is fetched when there is something to do. `jobs` processes make pages, or, with 0, as many as pay. Raises
    BuildFailed with every problem of the input, Refused or OSError when the output cannot be written; either way the
    site that was there stays as it was.
    """
    check_folders(folder, output)
    with (looked_at if dry_run else opened)(output) as site:
        looked, key = looked or look(folder), key_of(publication.profile, publication.base_url)
        if known := site.untouched(key, looked):
            files, warnings = known
            return Built(dict.fromkeys(files, ""), (), warnings_in(warnings))
        site.check(adopt=adopt, force=force)
        fetched = (memory() if callable(memory) else memory) if key else None  # a public build knows nothing of others
        if fetched is None:
            return _build(folder, site, publication, looked, key, report, memory=None, jobs=jobs)
        from .kept.memory import DamagedError

        try:
            return _build(folder, site, publication, looked, key, report, memory=fetched, jobs=jobs)
        except DamagedError:  # then as without a memory
            fetched.forget()
            site.clear()
            return _build(folder, site, publication, looked, key, report, memory=fetched, jobs=jobs)


def kept_memory(folder: Path, output: Path, *, saves: bool = True) -> Memory:
    """The memory of the builds of a folder into an output, kept among the user's caches where there are such.

    It is written after each build or, where it does not save by itself, by its `save`.
    """
    from .kept.keeping import KeptMemory, place_of
    from .kept.memory import Memory

    caches = cache_folder()
    return KeptMemory(place_of(caches, folder, output), folder, saves=saves) if caches else Memory()


def _build(  # noqa: PLR0913 as above
    folder: Path,
    site: Output,
    publication: Publication,
    looked: Looks,
    key: str,
    report: Report,
    *,
    memory: Memory | None,
    jobs: int,
) -> Built:
    cache = cache_folder()
    wake_patterns(cache)
    theme = Theme(folder / "templates", cache)
    if memory:
        memory.wake(program_seen(looked))
    is_first = memory is not None and site.manifest is None and not memory.known
    inputs = inputs_of(folder, looked, memory.hashes if memory else Hashed(), later=READ if is_first else ())
    digest = inputs.digest(f"{publication}")
    if site.manifest and site.is_whole(digest):
        site.remember(key, looked, site.manifest)
        return Built(dict.fromkeys(site.previous, ""), (), warnings_in(site.manifest.warnings))
    from .site.making import Making
    from .site.remaking import remake

    others = inputs.others()
    readings = memory.readings(inputs.hashes, others, inputs.hashes if is_first else None) if memory else None
    read = as_published(read_briefing(folder, report, readings), publication)
    if readings and is_first:
        inputs = inputs_of(folder, looked, Hashed(looked, tuple([readings.hashes.get(p, "") for p in looked.paths])))
        digest = inputs.digest(f"{publication}")
        others |= inputs.others()
    if (readings and not readings.are_steady) or not theme.has(inputs.hashes):
        digest = ""  # files were saved since they were hashed: of those this is not the site
    theme.leaves_out, maker = bool(read.briefing.leaves_out), inputs.maker(read.briefing.leaves_out)
    before = memory.site_in(site.manifest, maker) if memory else None
    made = Making(read.briefing, theme, report, site, maker, before, jobs)
    if not remake(made):
        made.run()
    check_site(made, read)
    if site.is_held:
        report("writing", 0, 0)
        manifest = _manifest(made, read, digest)
        site.commit(manifest)
        site.remember(key, looked, manifest)
        if memory and readings:
            memory.learn(readings, inputs.trusted(site.started), made.done(digest) if key else None)
        keep_patterns(cache)
    work = replace(read.work, rendered=made.rendered, written=site.written)
    reasons = made.reasons()
    return Built(reasons, site.previous.keys() - reasons.keys(), read.warnings, read.annotations, work)


def _manifest(made: Making, read: Read, digest: str) -> Manifest:
    """The manifest of a site, with the hash of its inputs and the warnings; of a public one without, where there are
    some, whose words may be those of a text: they are met again."""
    if read.briefing.profile == "public" and read.warnings:
        return Manifest("", made.entries, (), made.maker, made.templates())
    return Manifest(digest, made.entries, noted(read.warnings), made.maker, made.templates())


def check_site(made: Making, read: Read) -> None:
    """Raise BuildFailed when a link leads nowhere, or when two files are one where letter case does not count."""
    from .site.linking import site_problems

    if problems := tuple(site_problems(made, read.annotations)):
        raise BuildFailed((*problems, *read.warnings))


@dataclass(frozen=True, slots=True)
class Checked:
    """Every problem of a briefing, sorted, and the briefing unless something is in error."""

    problems: tuple[Problem, ...]
    briefing: Briefing | None

    @property
    def rules(self) -> Mapping[RuleName, RuleRecord]:
        """What the briefing sets about its rules; nothing while something is in error."""
        return self.briefing.site.rules if self.briefing else {}


def checked(folder: Path, report: Report = silent, jobs: int = 0) -> Checked:
    """All that a build checks, and advice if nothing is in error; raises nothing for what is wrong with the input."""
    from .advising import advice
    from .severities import weighed
    from .site.making import Making

    try:
        theme = Theme(folder / "templates")
        read = as_published(read_briefing(folder, report), LOCAL)
        theme.leaves_out = bool(read.briefing.leaves_out)
        made = Making(read.briefing, theme, report, jobs=jobs)
        made.run()
        check_site(made, read)
    except BuildFailed as failed:
        return Checked(failed.problems, None)
    advised = weighed(advice(read.briefing, read.annotations), read.annotations.site.rules)
    return Checked(tuple(sorted({*read.warnings, *advised})), read.briefing)


def read_briefing(folder: Path, report: Report = silent, readings: Readings | None = None) -> Read:
    """Load, resolve and merge a folder; raises BuildFailed with every problem when there is an error."""
    from .severities import is_build_concerned, weighed

    merged, told, work = _reread(folder, readings) or _read(folder, report, readings)
    if readings:
        readings.keep_merged(merged, told)
    annotations, rules = merged.annotations, merged.annotations.site.rules
    briefing, problems = merged.briefing, merged.problems
    problems = tuple(sorted({*told, *problems}))
    if any(p.rule == "source-changed" for p in problems):
        problems = drifted(folder, annotations, problems)
    problems = weighed(problems, rules)
    if briefing and not has_errors(problems) and is_build_concerned(rules):
        from .advising import advice

        more = weighed(advice(briefing, annotations), rules)
        problems = tuple(sorted({*problems, *(p for p in more if p.severity != "advice")}))
    if briefing is None or has_errors(problems):
        raise BuildFailed(problems)
    return Read(briefing, annotations, problems, work)


_Met = tuple["Merged", tuple[Problem, ...], Work]
"""A merge, the problems met before it, and how much was done for it."""


def _reread(folder: Path, readings: Readings | None) -> _Met | None:
    """The merge of a briefing of which little differs."""
    if readings is None or readings.memory.merged_from is None:
        return None
    from .kept.rereading import reread
    from .reading.folder import reload

    found = reread(readings, partial(reload, folder, readings))
    if found is None:
        return None
    readings.is_reread = True
    return found.merged, readings.memory.told, Work(found.parsed, found.resolved)


def _read(folder: Path, report: Report, readings: Readings | None) -> _Met:
    """The merge of all that stands in a folder."""
    from .contracts.merging import merge
    from .contracts.resolving import resolve_source
    from .markup.names import Names
    from .reading.folder import load

    resolved: list[Resolved] = []
    anew, names = 0, Names(())

    def resolving(entities: tuple[EntityRecord, ...]) -> Callable[[SourceFile], None]:
        nonlocal names
        names = Names(entities)
        known = readings.resolved(entities) if readings else {}

        def resolve(source: SourceFile) -> None:
            nonlocal anew
            before = known.get(source.id)
            if before is None or before[0] is not source:
                before = known[source.id] = source, resolve_source(source, names)
                anew += 1
            resolved.append(before[1])

        return resolve

    loaded = load(folder, readings, partial(report, "reading sources"), resolving)
    if loaded.annotations is None:
        raise BuildFailed(loaded.problems)
    merged = readings.merged(loaded.annotations, resolved, names) if readings else None
    merged = merged or merge(loaded.annotations, resolved, names)
    parsed, resolved_before = readings.in_vain if readings else (0, 0)
    return merged, loaded.problems, Work(loaded.parsed + parsed, anew + resolved_before)


def drifted(folder: Path, annotations: Annotations, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems, with what became of the quotes of each text that was changed."""
    from .drifting import with_drift
    from .recovering import old_texts

    return with_drift(problems, annotations.sources, old_texts(folder, annotations))


def as_published(read: Read, publication: Publication) -> Read:
    """What was read, as this publication may show it: nothing that is made from here on knows more."""
    site, theme = read.briefing.site, read.annotations.theme
    if publication.base_url:
        site = replace(site, base_url=publication.base_url)
    briefing = replace(read.briefing, site=site, leaves_out=frozenset(theme.leaves_out if theme else ()))
    if publication.profile == "public":
        from .excerpting import for_public

        briefing = for_public(briefing)
    return replace(read, briefing=briefing)


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
    """Refuse an output folder that would take the place of something else, and a folder that is no briefing."""
    check_folder(folder)
    home, out = folder.resolve(), output.resolve()
    inputs = tuple(home / name for name in ("seeds", "annotations", "templates"))
    if out == home or out in home.parents or any(out == i or i in out.parents for i in inputs):
        raise Refused(
            f"{output} cannot be the output folder", "the site needs a folder of its own, for example output/"
        )
    if not (home / "annotations").exists():  # then nothing is made, not even the folder for a site
        read_briefing(folder)
