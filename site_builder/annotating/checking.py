"""What would be wrong with a source once it has a passage more: the readers and the resolver of the build say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import Path

from yaml import SequenceNode

from ..contracts.merging import declaring
from ..contracts.resolving import resolve_passages
from ..frozen import dataclass, replace
from ..markup.prose import check_citations
from ..model import Passage
from ..problems import Place, Problem, did_you_mean
from ..reading.folder import ANNOTATIONS, load_source
from ..reading.nodes import compose
from ..reading.schema import Reader
from ..records import Annotations, Location, PassageRecord, SiteRecord, SourceFile, Words, is_broken, note_text


@dataclass(frozen=True)
class SourceRead:
    """A source's file and all that it may name, as read; `file` is None where it cannot be read."""

    path: str
    file: SourceFile | None
    annotations: Annotations
    problems: tuple[Problem, ...]

    @cached_property
    def resolved(self) -> tuple[tuple[Passage, ...], tuple[Problem, ...]]:
        """The passages at their places, and every problem that this met."""
        return resolve_passages(self.file) if self.file else ((), ())


def read_from(folder: Path, source: str, path: str, raw: bytes) -> SourceRead:
    """A source read from these bytes; its problems are those of its own file, and of its seed."""
    loaded = load_source(folder, source, raw)
    if loaded.annotations is None:
        return SourceRead(path, None, Annotations(_NO_SITE, (), (), (), (), (), ()), loaded.problems)
    file = next(iter(loaded.annotations.sources), None)
    own = (path, f"seeds/{file.record.text}" if file else "")
    return SourceRead(path, file, loaded.annotations, tuple(p for p in loaded.problems if p.place.path in own))


def with_passage(before: SourceRead, yaml: str) -> SourceRead:
    """The source with one passage more, read from the YAML of a list that holds it; places are those in that YAML."""
    node = compose(yaml, before.path)
    if before.file is None or not isinstance(node, SequenceNode):
        return replace(before, file=None, problems=(node,) if isinstance(node, Problem) else ())
    reader = Reader(before.path, tuple(yaml.split("\n")))
    passages = reader.list_of(node, PassageRecord)
    record = before.file.record
    file = replace(before.file, record=replace(record, passages=(*record.passages, *passages))) if passages else None
    return replace(before, file=file, problems=(*before.problems, *reader.problems))


def added(before: SourceRead, after: SourceRead) -> tuple[Problem, ...]:
    """The problems that a source has after a change and had not before, wherever they stand."""
    had = Counter(map(_said, _problems(before)))
    found = []
    for problem in _problems(after):
        had[_said(problem)] -= 1
        if had[_said(problem)] < 0:
            found.append(problem)
    return tuple(found)


def _said(problem: Problem) -> tuple[str, str, str]:
    return problem.rule, problem.message, problem.hint


def passage_of(read: SourceRead, passage_id: str) -> Passage | None:
    """The last passage of this id, as resolved."""
    return next((p for p in reversed(read.resolved[0]) if p.id == passage_id), None)


def _problems(read: SourceRead) -> Iterator[Problem]:
    yield from (*read.problems, *read.resolved[1])
    if read.file is not None:
        yield from _unknown(read.file, read.annotations)
        for passage in read.file.record.passages:
            yield from check_citations(note_text(passage.note) or "", partial(passage.at.of, "note"), None)


def _unknown(file: SourceFile, annotations: Annotations) -> Iterator[Problem]:
    """Topics and voices that no file declares."""
    topics: set[str] = {t.id for t in annotations.topics}
    voices: set[str] = {e.id for e in annotations.entities}
    for passage in file.record.passages:
        named: list[tuple[str, set[str], str, str]] = [
            ("topic", topics, name, f"topics.{i}") for i, name in enumerate(passage.topics)
        ]
        if passage.said_by:
            named.append(("entity", voices, passage.said_by, "said_by"))
        for kind, known, name, field in named:
            if name not in known and not is_broken(kind, name, annotations.broken):
                hint = did_you_mean(name, known, declaring(kind, name))
                yield Problem(passage.at.of(field), "unknown-id", f"there is no {kind} '{name}'", hint)


_NO_SITE = SiteRecord(at=Location(Place(f"{ANNOTATIONS}/site.yaml"), {}), title=Words(""))
