"""A briefing's folder: which files there are, and everything read from them, with every problem met.

The only module that opens seeds and annotations. Files are read once, in sorted order, symlinks are refused, and
nothing in the folder is ever written.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml

from ..problems import Place, Problem, did_you_mean
from ..records import (
    Annotations,
    ClaimRecord,
    EntityRecord,
    EventRecord,
    MeasureRecord,
    Record,
    SiteRecord,
    SourceFile,
    SourceRecord,
    TopicFile,
    TopicRecord,
)
from ..text import Undecodable, decode, uncarried
from .nodes import compose
from .schema import ID, Reader

R = TypeVar("R", bound=Record)

SEEDS, ANNOTATIONS = "seeds", "annotations"
_LISTS = ("events", "claims", "measures", "entities")
_MARKERS = (b"<<<<<<< ", b"version https://git-lfs.github.com")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read, or None when a part that all else needs is missing; and every problem met."""

    annotations: Annotations | None
    problems: tuple[Problem, ...]


def load(folder: Path) -> Loaded:
    """Read `annotations/` and the seeds it names."""
    return _Loading(folder).load()


class _Loading:
    """One pass over a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.broken: set[str] = set()

    def load(self) -> Loaded:
        site = self.site()
        if not (self.folder / ANNOTATIONS).is_dir():
            return Loaded(None, tuple(self.problems))
        self.check_names()
        sources = tuple(self.sources())
        events = self.entries("events", EventRecord)
        claims = self.entries("claims", ClaimRecord)
        measures = self.entries("measures", MeasureRecord)
        entities = self.entries("entities", EntityRecord)
        topics = tuple(self.topics())
        self.check_seeds(sources)
        if site is None:
            return Loaded(None, tuple(self.problems))
        annotations = Annotations(site, sources, events, claims, measures, entities, topics, frozenset(self.broken))
        return Loaded(annotations, tuple(self.problems))

    def problem(self, path: str, rule: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(Place(path), rule, message, hint))

    def site(self) -> SiteRecord | None:
        path = f"{ANNOTATIONS}/site.yaml"
        if not (self.folder / path).exists():
            self.problem(path, "missing-file", "this file is missing", "a briefing needs annotations/site.yaml with a title")
            return None
        read = self.node(path)
        if read is None:
            return None
        reader, node = read
        record = reader.record(node, SiteRecord) if node is not None else None
        if node is None:
            self.problem(path, "missing-key", "'title' is missing", "add 'title:'")
        self.finish(reader)
        return record

    def sources(self) -> Iterator[SourceFile]:
        directory = f"{ANNOTATIONS}/sources"
        paths = [p for p in self.files(directory) if p.endswith((".yaml", ".yml"))]
        if not paths:
            self.problem(directory, "no-sources", "no source is annotated", "write annotations/sources/<id>.yaml")
        first: dict[str, str] = {}
        for path in paths:
            name = self.stem(path)
            if name is None:
                continue
            if name in first:
                self.problem(path, "duplicate-id", f"the source '{name}' is also {first[name]}", "rename one of the two")
                continue
            first[name] = path
            read = self.node(path)
            record = None
            if read is not None:
                reader, node = read
                if node is None:
                    self.problem(path, "missing-key", "'text' is missing", "add 'text:' with a file name in seeds/")
                else:
                    record = reader.record(node, SourceRecord)
                self.finish(reader)
            if record is None:
                self.broken.add(name)
                continue
            yield self.with_seed(name, record)

    def with_seed(self, name: str, record: SourceRecord) -> SourceFile:
        raw = self.seed(record)
        if raw is None:
            return SourceFile(name, record, None, None)
        path = f"{SEEDS}/{record.text}"
        text = self.decoded(path, raw, "seed-encoding")
        if text is not None:
            self.check_text(path, text)
        is_plain = text is not None and text.encode() == raw
        return SourceFile(name, record, text, hashlib.sha256(raw).hexdigest(), None if is_plain else raw)

    def seed(self, record: SourceRecord) -> bytes | None:
        """The bytes of the text that a source names, checked against its hash."""
        name, place = record.text, record.at.of("text")
        if "\\" in name or "/" in name or name in (".", ".."):
            self.problems.append(Problem(place, "missing-seed", f"'{name}' is not the name of a file in seeds/"))
            return None
        path = f"{SEEDS}/{name}"
        if not os.path.lexists(self.folder / path):
            hint = did_you_mean(name, self.seed_names(), "seeds/ is empty" if not self.seed_names() else "")
            self.problems.append(Problem(place, "missing-seed", f"there is no {path}", hint))
            return None
        raw = self.read(path)
        if raw is not None and (sha256 := hashlib.sha256(raw).hexdigest()) != record.sha256.lower():
            self.problems.append(
                Problem(
                    record.at.of("sha256"), "source-changed", f"{path} is not the text that was annotated",
                    f"read it again, then write sha256: {sha256}",
                )
            )  # fmt: skip
        return raw

    def check_text(self, path: str, text: str) -> None:
        if not text.strip():
            self.problem(path, "seed-empty", "this text is empty")
        odd = next(uncarried(text), None)
        if odd is not None:
            line, column = text.count("\n", 0, odd) + 1, odd - text.rfind("\n", 0, odd)
            self.problems.append(
                Problem(
                    Place(path, line, column), "seed-control-characters",
                    f"a page cannot carry U+{ord(text[odd]):04X}; it is shown as U+FFFD",
                )
            )  # fmt: skip

    def seed_names(self) -> list[str]:
        return [p.partition("/")[2] for p in self.files(SEEDS)]

    def check_seeds(self, sources: tuple[SourceFile, ...]) -> None:
        first: dict[str, str] = {}
        for source in sources:
            place = source.record.at.of("text")
            if source.record.text in first:
                self.problems.append(
                    Problem(
                        place, "seed-used-twice", f"'{source.record.text}' is already {first[source.record.text]}",
                        "one source per text",
                    )
                )  # fmt: skip
            first.setdefault(source.record.text, source.id)
        if not self.broken:  # a refused source file may be the one that names the seed
            for name in self.seed_names():
                if name not in first:
                    hint = "annotate it in annotations/sources/, or take it out of seeds/"
                    self.problem(f"{SEEDS}/{name}", "seed-unused", "no source names this text", hint)

    def entries(self, name: str, kind: type[R]) -> tuple[R, ...]:
        single = next((f"{ANNOTATIONS}/{name}{s}" for s in (".yaml", ".yml") if self.exists(f"{ANNOTATIONS}/{name}{s}")), None)
        many = [p for p in self.files(f"{ANNOTATIONS}/{name}") if p.endswith((".yaml", ".yml"))]
        if single and many:
            self.problem(single, "two-layouts", f"there is also a folder {name}/", "keep the file or the folder, not both")
        found: list[R] = []
        for path in [single] if single and not many else many:
            read = self.node(path)
            if read is not None:
                reader, node = read
                found += reader.list_of(node, kind)
                self.finish(reader)
        return tuple(found)

    def topics(self) -> Iterator[TopicFile]:
        for path in self.files(f"{ANNOTATIONS}/topics"):
            name = self.stem(path) if path.endswith(".md") else None
            if name is None:
                continue
            text = self.text(path)
            topic = self.topic(name, path, text) if text is not None else None
            if topic is None:
                self.broken.add(name)
            else:
                yield topic

    def topic(self, name: str, path: str, text: str) -> TopicFile | None:
        from frontmatter.default_handlers import YAMLHandler  # only briefings with topics pay for it

        handler = YAMLHandler()
        hint = "begin the file with '---', the line 'title: …', and '---'"
        if not handler.detect(text):
            self.problem(path, "front-matter", "the file does not begin with front matter", hint)
            return None
        try:
            header, body = handler.split(text)
        except ValueError:
            self.problem(path, "front-matter", "the front matter does not end", "close it with a line '---'")
            return None
        node = compose(header, path)
        if isinstance(node, Problem):
            self.problems.append(node)
            return None
        if node is None:
            self.problem(path, "front-matter", "the front matter is empty", hint)
            return None
        reader = Reader(path, tuple(header.split("\n")))
        record = reader.record(node, TopicRecord)
        self.finish(reader)
        if record is None:
            return None
        return TopicFile(name, record, body, text[: len(text) - len(body)].count("\n") + 1, path)

    # Files

    def exists(self, path: str) -> bool:
        return os.path.lexists(self.folder / path)

    def files(self, directory: str) -> list[str]:
        """Paths of the files in a folder of the briefing, sorted, editor leftovers and dot files left out."""
        where = self.folder / directory
        if not where.is_dir():
            return []
        names = sorted(entry.name for entry in where.iterdir())
        return [f"{directory}/{name}" for name in names if not name.startswith(".") and not name.endswith(("~", ".swp"))]

    def stem(self, path: str) -> str | None:
        """The id that a file's name gives."""
        name = path.rpartition("/")[2].rpartition(".")[0]
        if not ID.fullmatch(name):
            self.problem(path, "bad-id", f"'{name}' is not an id", "rename the file: lower-case letters, digits, hyphens")
            return None
        return name

    def check_names(self) -> None:
        """Refuse files that would silently be ignored, such as a misspelt `event.yaml`."""
        known = {"site.yaml", "sources", "topics", *_LISTS, *(f"{n}.yaml" for n in _LISTS), *(f"{n}.yml" for n in _LISTS)}
        for path in self.files(ANNOTATIONS):
            name = path.partition("/")[2]
            if name not in known:
                self.problem(path, "unexpected-file", "nothing reads this file", did_you_mean(name, known))
        suffixes = {"topics": (".md",)} | dict.fromkeys(("sources", *_LISTS), (".yaml", ".yml"))
        for directory, wanted in suffixes.items():
            for path in self.files(f"{ANNOTATIONS}/{directory}"):
                if not path.endswith(wanted):
                    self.problem(path, "unexpected-file", "nothing reads this file", f"files here end in {wanted[0]}")

    def node(self, path: str) -> tuple[Reader, yaml.Node | None] | None:
        """A reader and the document of a YAML file, or None when there is a problem with it."""
        text = self.text(path)
        if text is None:
            return None
        node = compose(text, path)
        if isinstance(node, Problem):
            self.problems.append(node)
            return None
        return Reader(path, tuple(text.split("\n"))), node

    def finish(self, reader: Reader) -> None:
        self.problems += reader.problems
        self.broken |= reader.broken

    def text(self, path: str) -> str | None:
        raw = self.read(path)
        return self.decoded(path, raw, "file-encoding") if raw is not None else None

    def decoded(self, path: str, raw: bytes, rule: str) -> str | None:
        text = decode(raw)
        if isinstance(text, Undecodable):
            self.problems.append(
                Problem(
                    Place(path, text.line), rule, f"byte {text.offset} is not UTF-8; this looks like {text.guess}",
                    "convert the file to UTF-8",
                )
            )  # fmt: skip
            return None
        return text

    def read(self, path: str) -> bytes | None:
        """The bytes of a regular file that stands in the folder itself."""
        where = self.folder / path
        for part in (*reversed(Path(path).parents), Path(path)):
            if (self.folder / part).is_symlink():
                self.problem(path, "symlink", f"'{part.as_posix()}' is a symbolic link", "put the file itself here")
                return None
        try:
            status = where.stat()
            if not stat.S_ISREG(status.st_mode):
                self.problem(path, "unreadable-file", "this is not a regular file")
                return None
            raw = where.read_bytes()
        except OSError as error:
            self.problem(path, "unreadable-file", f"this file cannot be read: {error.strerror}")
            return None
        if raw.startswith(_MARKERS):
            self.problem(path, "unreadable-file", "this is no text but what a version control left in its place")
            return None
        return raw
