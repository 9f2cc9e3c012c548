"""A briefing's folder: which files there are, and everything read from them, with every problem met.

Each file is read once. What cannot be read has a stand-in where that is possible, so that one run names every problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from ..frozen import dataclass
from ..patterns import later
from ..problems import Place, Problem, did_you_mean
from ..records import (
    Annotations,
    ClaimRecord,
    CorrectionRecord,
    EntityRecord,
    EventRecord,
    FigureRecord,
    Location,
    MeasureRecord,
    PassageRecord,
    Record,
    RevisionRecord,
    SiteRecord,
    SourceFile,
    SourceRecord,
    ThemeRecord,
    TopicFile,
    TopicRecord,
    Words,
    whole_kind,
)
from . import assembling
from .files import Files, Readings
from .scalars import ID, NO_ID, slug
from .seeds import SEEDS, Seeds, conflict_problem, may_conflict

if TYPE_CHECKING:
    import yaml

    from .schema import Reader

R = TypeVar("R", bound=Record)
T = TypeVar("T")
Taker = Callable[[tuple[EntityRecord, ...]], Callable[[SourceFile], None]]

ANNOTATIONS, THEME = "annotations", "templates/theme.yaml"
_YAML = (".yaml", ".yml")
LISTS = ("events", "claims", "measures", "entities")
_HISTORY = ("changes", "corrections")  # one file each: what is appended to has one place
_CONFLICT = later(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_WRITTEN_ID = later(r"""\bid:\s*["']?([a-z0-9-]+)""")
_TEXT_FILE = later(r".*\.(?:ya?ml|md|markdown|txt)\b[^/]*", re.IGNORECASE)
_NO_SITE = ("this file is missing", "write it, with a line 'title: …'")
_NO_BRIEFING = (
    "this folder is no briefing: it has no annotations/",
    "go to the folder of one, or start one: briefing new FOLDER",
)


def _files_of(source: SourceFile | None) -> Sequence[str]:
    return (f"{SEEDS}/{source.record.text}",) if source else ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read, with stand-ins for what could not be, and every problem met; None without `annotations/`.

    `parsed` is how many files of YAML were.
    """

    annotations: Annotations | None
    problems: tuple[Problem, ...]
    parsed: int = 0


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What was read again: sources, and the events of files; `parsed` is how many files of YAML were."""

    sources: tuple[SourceFile, ...]
    events: Mapping[str, Sequence[EventRecord]]
    parsed: int


def load(
    folder: Path,
    readings: Readings | None = None,
    told: Callable[[int, int], None] = lambda *_: None,
    taker: Taker = lambda _: lambda _: None,
) -> Loaded:
    """Read `annotations/` and the seeds it names, but for what `readings` know of them.

    `told` is given how many sources are read, and how many there are; what `taker` makes of the entities each source
    as it is read, while its text is at hand.
    """
    return _Loading(folder, readings=readings, told=told).load(taker)


def load_source(folder: Path, source_id: str, raw: bytes | None = None) -> Loaded:
    """Read one source and the names it may use (topics, measures, entities), and no other source.

    `raw` is read in place of the source's own file. There is no such source: no `sources`, and no problem of its file.
    """
    path = source_path(folder, source_id)
    instead = {path: raw} if path and raw is not None else {}
    return _Loading(folder, instead).load_one(source_id, path)


def reload(folder: Path, readings: Readings, paths: Iterable[str]) -> Reloaded | None:
    """What stands now in some files of a folder, each of which was read before, with no problem then.

    None where one is neither of a source nor of events, names another text, or has a problem now.
    """
    loading = _Loading(folder, readings=readings)
    sources: list[SourceFile] = []
    events: dict[str, Sequence[EventRecord]] = {}
    for path in paths:
        match path.removeprefix(f"{ANNOTATIONS}/").split("/"):
            case ["sources", _] if (name := loading.stem(path)) and (text := readings.files(path)[1:]):
                source = loading.known(path, partial(loading.source, name, path), _files_of)
                if source is None or (*_files_of(source),) != (*text,):
                    return None
                sources.append(source)
            case ["events", _] | ["events.yaml" | "events.yml"]:
                events[path] = loading.known(path, partial(loading.list_in, path, EventRecord))
            case _:
                return None
    return None if loading.problems or loading.broken else Reloaded(tuple(sources), events, loading.parsed)


def missing_source(name: str, known: Collection[str], problems: Iterable[Problem]) -> list[Problem]:
    """What is wrong where a source is asked for that was not read: what its file has, or that there is none."""
    path = f"{ANNOTATIONS}/sources/{name}.yaml"
    hint = did_you_mean(name, known, f"known here: {', '.join(known)}" if known else "")
    unknown = Problem(Place(path), "unknown-id", f"there is no source '{name}'", hint)
    return [p for p in problems if p.place.path == path] or [unknown]


def source_path(folder: Path, source_id: str) -> str | None:
    """The file of a source, as a path from the folder, found among the files that are there; None without one."""
    paths = Files(folder).paths(f"{ANNOTATIONS}/sources")
    return next((p for p in paths if p in {f"{ANNOTATIONS}/sources/{source_id}{s}" for s in _YAML}), None)


class _Loading:
    """One pass over a folder."""

    def __init__(
        self,
        folder: Path,
        instead: Mapping[str, bytes] = MappingProxyType({}),
        readings: Readings | None = None,
        told: Callable[[int, int], None] = lambda *_: None,
    ) -> None:
        self.told = told
        self.files = Files(folder, instead, readings)
        self.readings = readings
        self.problems = self.files.problems
        self.seeds = Seeds(self.files)
        self.broken: set[str] = set()
        self.texts: list[str] = []  # of the sources, in their order
        self.lost_sources = False
        self.parsed = 0

    def load(self, taker: Taker) -> Loaded:
        if self.files.names(ANNOTATIONS) is None:
            if not self.problems:
                self.problem(f"{ANNOTATIONS}/site.yaml", "missing-file", *_NO_BRIEFING)
            return Loaded(None, tuple(self.problems))
        site = self.known(f"{ANNOTATIONS}/site.yaml", self.site)
        self.check_names()
        entities = self.entries("entities", EntityRecord)
        sources = tuple(self.sources(taker(entities)))
        events = self.entries("events", EventRecord)
        claims = self.entries("claims", ClaimRecord)
        measures = self.entries("measures", MeasureRecord)
        topics = tuple(self.topics())
        changes = self.entries("changes", RevisionRecord)
        corrections = self.entries("corrections", CorrectionRecord)
        self.seeds.check_used(zip(sources, self.texts, strict=True), self.lost_sources)
        annotations = Annotations(
            site, sources, events, claims, measures, entities, topics, changes, corrections, self.theme(),
            frozenset(self.broken),
        )  # fmt: skip
        return Loaded(annotations, tuple(self.problems), self.parsed)

    def load_one(self, source_id: str, path: str | None) -> Loaded:
        site = self.site()
        source = self.source(source_id, path) if path else None
        measures = self.entries("measures", MeasureRecord)
        entities = self.entries("entities", EntityRecord)
        topics = tuple(self.topics())
        sources = (source,) if source else ()
        annotations = Annotations(site, sources, (), (), measures, entities, topics, broken=frozenset(self.broken))
        return Loaded(annotations, tuple(self.problems))

    def problem(self, place: Place | str, rule: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(Place(place) if isinstance(place, str) else place, rule, message, hint))

    def site(self) -> SiteRecord:
        """The record of `site.yaml`; without one, a stand-in, so that all else is checked in the same run."""
        path = f"{ANNOTATIONS}/site.yaml"
        record = None
        if not self.files.has(path):
            self.problem(path, "missing-file", *_NO_SITE)
        else:
            record = self.record(path, SiteRecord, ("'title' is missing", "add title: …"))
        return record or SiteRecord(at=Location(Place(path), {}), title=Words(""))

    def theme(self) -> ThemeRecord | None:
        """The record of a theme of one's own, if there is one."""
        for path in self.files.paths("templates"):
            if path != THEME and path.lower() in (THEME, "templates/theme.yml"):
                self.problem(path, "unexpected-file", "nothing reads this file", "rename it to theme.yaml")
        missing = ("'leaves_out' is missing", "add leaves_out: [map], or delete the file")
        return self.known(THEME, lambda: self.record(THEME, ThemeRecord, missing)) if self.files.has(THEME) else None

    def sources(self, taken: Callable[[SourceFile], None]) -> Iterator[SourceFile]:
        directory = f"{ANNOTATIONS}/sources"
        paths = [p for p in self.files.paths(directory) if p.endswith(_YAML)]
        self.lost_sources |= self.files.is_refused(directory)
        self.note_refused(directory, PassageRecord, FigureRecord)
        if not paths and not self.lost_sources:
            self.problem(directory, "no-sources", "no source is annotated", "take a text: briefing add TEXT")
        first: dict[str, str] = {}
        for number, path in enumerate(paths):
            self.told(number, len(paths))
            name = self.stem(path)
            if name is None:
                self.lost_sources = True
            elif name in first:
                message = f"the source '{name}' is also {first[name]}"
                self.problem(path, "duplicate-id", message, "rename one of the two")
                self.lost_sources = True
            else:
                first[name] = path
                source = self.known(path, partial(self.source, name, path), _files_of)
                if source:
                    files = self.readings.files_now(path) if self.readings else ()
                    self.texts.append(files[1].partition("/")[2] if files[1:] else source.record.text)
                    taken(source)
                    yield source
                else:
                    self.broken.add(name)
                    self.lost_sources = True

    def source(self, name: str, path: str) -> SourceFile | None:
        missing = ("'text' is missing", "add text: with the name of a file in seeds/")
        record = self.record(path, SourceRecord, missing)
        return self.seeds.source(name, record) if record else None

    def entries(self, name: str, kind: type[R]) -> tuple[R, ...]:
        single = [path for suffix in _YAML if self.files.has(path := f"{ANNOTATIONS}/{name}{suffix}")]
        many = [p for p in self.files.paths(f"{ANNOTATIONS}/{name}") if p.endswith(_YAML)]
        used, unused = (many, single) if many else (single[:1], single[1:])
        for path in unused:
            other = f"the folder {ANNOTATIONS}/{name}/" if many else used[0]
            self.problem(path, "two-layouts", f"there is also {other}", "keep one of the two")
            self.broken.update(_WRITTEN_ID.findall(self.text(path) or ""))
        found: list[R] = []
        for path in used:
            found += self.known(path, partial(self.list_in, path, kind))
        for path in (f"{ANNOTATIONS}/{name}", *used):
            self.note_refused(path, kind)
        return tuple(found)

    def list_in(self, path: str, kind: type[R]) -> Sequence[R]:
        """The entries of one file."""
        if (written := self.written(path)) is None:
            return ()
        self.parsed += 1
        before = self.readings.taken(path) if self.readings else None
        found = assembling.records_again(path, *written, kind, before) if before else None
        found = found or assembling.records(path, *written, kind)
        if found is None and (read := self.node(path, written[1])):
            reader, node = read
            found = reader.list_of(node, kind)
            self.finish(reader)
        return found or ()

    def known(self, path: str, read: Callable[[], T], files: Callable[[T], Sequence[str]] = lambda _: ()) -> T:
        """What is read from a file: as it is known, or anew; it is known later if it has no problem.

        `files` are those that were read with it.
        """
        if self.readings is None:
            return read()
        if (before := self.readings.recall(path)) is not None:
            value: T = before
            return value
        problems, broken = len(self.problems), len(self.broken)
        value = read()
        if value is not None and (problems, broken) == (len(self.problems), len(self.broken)):
            self.readings.keep((path, *files(value)), value)
        return value

    def topics(self) -> Iterator[TopicFile]:
        directory = f"{ANNOTATIONS}/topics"
        for path in self.files.paths(directory):
            name = self.stem(path) if path.endswith(".md") else None
            if name is None:
                continue
            topic = self.known(path, partial(self.topic_in, name, path))
            if topic is None:
                self.broken.add(name)
            else:
                yield topic
        self.note_refused(directory, TopicRecord)

    def topic_in(self, name: str, path: str) -> TopicFile | None:
        text = self.text(path)
        if text is None:
            return None
        if topic := assembling.topic(name, path, text):
            self.parsed += 1
        return topic or self.topic(name, path, text)

    def topic(self, name: str, path: str, text: str) -> TopicFile | None:
        from frontmatter.default_handlers import YAMLHandler

        from .nodes import compose
        from .schema import Reader

        handler = YAMLHandler()
        hint = "begin the file with the lines '---', 'title: …' and '---'"
        if not handler.detect(text):
            if re.search(r"^---+\s*$", text, re.MULTILINE):
                hint = "take out what stands before the first line '---': nothing, not even an empty line, may"
            self.problem(path, "front-matter", "the file does not begin with front matter", hint)
            return None
        try:
            header, body = handler.split(text)
        except ValueError:
            self.problem(path, "front-matter", "the front matter does not end", "close it with a line '---'")
            return None
        offset = text.count("\n", 0, text.index(header))  # the handler drops blank lines after the fence
        self.parsed += 1
        node = compose(header, path, offset)
        if isinstance(node, Problem):
            self.problems.append(node)
            return None
        if node is None:
            self.problem(path, "front-matter", "the front matter is empty", hint)
            return None
        reader = Reader(path, tuple(header.split("\n")), offset)
        record = reader.record(node, TopicRecord, "front matter holds")
        self.finish(reader)
        if record is None:
            return None
        return TopicFile(name, record, body, text.count("\n", 0, len(text) - len(body)) + 1, path)

    def stem(self, path: str) -> str | None:
        """The id that a file's name gives."""
        name, _, suffix = path.rpartition("/")[2].rpartition(".")
        if not ID.fullmatch(name):
            self.broken.add(slug(name))
            hint = f"rename the file to {slug(name) or 'harbour-notice'}.{suffix}"
            self.problem(path, "bad-id", f"'{name}' {NO_ID}", hint)
            return None
        return name

    def check_names(self) -> None:
        """Refuse files that would silently be ignored, such as a misspelt `event.yaml`."""
        folders = {"topics": (".md",)} | dict.fromkeys(("sources", *LISTS), _YAML)
        files = ("site.yaml", *(f"{name}{suffix}" for name in (*LISTS, *_HISTORY) for suffix in _YAML))
        others = f"move it out of {ANNOTATIONS}/"
        for path in self.files.paths(ANNOTATIONS):
            name = path.partition("/")[2]
            if name not in (*folders, *files):
                self.note_written(path)
            if self.files.is_folder(path) and name not in (*folders, *files):
                near = (*folders, *(f"{file}.yaml" for file in _HISTORY))
                self.problem(path, "unexpected-file", "nothing reads this folder", did_you_mean(name, near, others))
            elif name not in (*folders, *files) or (name in folders and self.files.is_file(path)):
                self.problem(path, "unexpected-file", "nothing reads this file", did_you_mean(name, files, others))
        for directory, wanted in folders.items():
            for path in self.files.paths(f"{ANNOTATIONS}/{directory}"):
                if path.endswith(wanted):
                    continue
                self.note_written(path)
                if self.files.is_folder(path):
                    hint = f"put the files themselves in {ANNOTATIONS}/{directory}/"
                    self.problem(path, "unexpected-file", "nothing reads this folder", hint)
                else:
                    self.problem(path, "unexpected-file", "nothing reads this file", f"files here end in {wanted[0]}")

    def note_written(self, path: str) -> None:
        """Note as broken all that is declared in a file or folder which nothing reads: it is there, but elsewhere."""
        if self.files.is_folder(path):
            for each in self.files.paths(path):
                self.note_written(each)
        elif _TEXT_FILE.fullmatch(path) and self.files.is_file(path) and (raw := self.files.read(path)):
            self.broken.add(path.rpartition("/")[2].partition(".")[0])
            self.broken.update(_WRITTEN_ID.findall(raw.decode("latin-1")))
            self.lost_sources |= b"sha256:" in raw

    def note_refused(self, path: str, *kinds: type[Record]) -> None:
        """Note as broken all records of these kinds, if they may stand in a file or folder that cannot be read."""
        if self.files.is_refused(path):
            self.broken.update(whole_kind(kind.__name__.removesuffix("Record").lower()) for kind in kinds)

    def record(self, path: str, kind: type[R], missing: tuple[str, str]) -> R | None:
        """The one record of a file; of an empty one, `missing` says what to write."""
        if (written := self.written(path)) is None:
            return None
        self.parsed += 1
        record = assembling.record(path, *written, kind)
        if record is None and (read := self.node(path, written[1])):
            reader, node = read
            if node is None:
                self.problem(path, "missing-key", *missing)
            else:
                record = reader.record(node, kind)
            self.finish(reader)
        return record

    def node(self, path: str, text: str) -> tuple[Reader, yaml.Node | None] | None:
        """A reader and the document of a YAML file, or None when there is a problem with it."""
        from .nodes import compose  # what is read fast does not need a YAML library
        from .schema import Reader

        node = compose(text, path)
        if isinstance(node, Problem):
            self.problems.append(node)
            self.broken.update(_WRITTEN_ID.findall(text))
            return None
        return Reader(path, tuple(text.split("\n"))), node

    def finish(self, reader: Reader) -> None:
        self.problems += reader.problems
        self.broken |= reader.broken

    def text(self, path: str) -> str | None:
        """The text of a YAML or Markdown file; of one that is refused, the ids are noted as broken."""
        written = self.written(path)
        return written and written[1]

    def written(self, path: str) -> tuple[bytes, str] | None:
        """The bytes of such a file as well."""
        raw = self.files.read(path)
        if raw is None:
            return None
        text = self.files.decoded(path, raw, "file-encoding")
        if text is None:
            self.broken.update(_WRITTEN_ID.findall(raw.replace(b"\0", b"").decode("latin-1")))
            return None
        if may_conflict(raw) and (conflict := _CONFLICT.search(text)):
            self.problems.append(conflict_problem(path, text, conflict.start()))
            self.broken.update(_WRITTEN_ID.findall(text))
            return None
        return raw, text
