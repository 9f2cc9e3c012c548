"""Annotating a briefing's folder: what a selection offers, what is wrong with a passage, putting it in, taking it back.

Each request reads what it needs from disk, so that what is offered is always held against what is saved. Nothing here
decides what is right: the readers and the resolver of the build do.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Lock

from ..amending import Changed, amend
from ..contracts.merging import dressed
from ..frozen import dataclass
from ..problems import Problem, has_errors
from ..reading.files import Files
from ..reading.folder import source_path
from ..reading.scalars import ID
from ..records import SourceFile
from ..texts.anchoring import Text
from ..texts.text import Span, carried
from .appending import CannotAppend, Splice, append, entry, taken_out
from .checking import SourceRead, added, passage_of, read_from, with_passage
from .selecting import selector_of, snapped
from .spelling import Wish, passage_lines
from .suggesting import figure_starts, passage_id


class Declined(Exception):
    """What was asked for is not done, and why; `hint` says what to do. `is_stale`: the files are others by now."""

    def __init__(self, message: str, hint: str = "", *, is_stale: bool = False) -> None:
        super().__init__(message)
        self.message, self.hint, self.is_stale = message, hint, is_stale


class Wrong(Exception):
    """The passage would be in error; `problems` say where and why. Nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


@dataclass(frozen=True, slots=True)
class Selection:
    """What somebody selected on a source's page: offsets in code points, and the words that the page shows there."""

    source: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """A topic to tick."""

    id: str
    title: str
    theme: str
    letter: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A voice that may be named, by its id."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What a selection gives to choose from. `words` are those of the whole words that were selected."""

    span: Span
    words: str
    is_widened: bool
    id: str
    topics: tuple[TopicChoice, ...]
    voices: tuple[Choice, ...]
    has_figures: bool


@dataclass(frozen=True, slots=True)
class Drafted:
    """A passage as it would be written, and what is wrong with it. `by_hand`: why it can be put in by hand only."""

    yaml: str
    problems: tuple[Problem, ...]
    by_hand: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Appended:
    """A passage that was put into a file, and all it takes to take it out again."""

    source: str
    passage: str
    path: str
    splice: Splice
    after: bytes


@dataclass(frozen=True, slots=True)
class _Opened:
    """A source as it stands on disk, with the selection in it."""

    raw: bytes
    read: SourceRead
    file: SourceFile
    text: Text
    span: Span


class Desk:
    """Where passages are made for one briefing; what was put in during its life can be taken back, last first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.turn = Lock()
        """Held by whoever asks, where several may."""
        self._done: list[Appended] = []

    @property
    def last(self) -> Appended | None:
        """What `undo` would take back."""
        return self._done[-1] if self._done else None

    def offer(self, selection: Selection) -> Offer:
        """What there is to choose from for a selection. Raises Declined."""
        opened = self._opened(selection)
        words = opened.text.source[opened.span.start : opened.span.end]
        taken = {p.id for p in opened.file.record.passages}
        known = opened.read.annotations
        return Offer(
            span=opened.span,
            words=carried(words),
            is_widened=carried(words) != selection.words.strip(),
            id=passage_id(words, taken),
            topics=tuple(TopicChoice(f.id, f.record.title, theme, letter) for f, theme, _, letter in dressed(known)),
            voices=tuple(Choice(e.id, e.name) for e in known.entities),
            has_figures=bool(figure_starts(opened.text.source, opened.span)),
        )

    def draft(self, selection: Selection, wish: Wish) -> Drafted:
        """The YAML of a passage as wished, and every problem that it would bring. Raises Declined."""
        opened = self._opened(selection)
        lines = _lines(opened, wish)
        yaml = "".join(f"{line}\n" for line in entry(lines, 2, 2))
        problems = _added(opened, with_passage(opened.read, yaml), wish)
        try:
            append(opened.raw, opened.read.path, lines)
        except CannotAppend as error:
            return Drafted(yaml, problems, error.message, error.hint)
        return Drafted(yaml, problems)

    def append(self, selection: Selection, wish: Wish) -> Appended:
        """Put a passage behind the others of its source.

        Raises Wrong when it would be in error, Declined when it cannot be done, OSError or Refused when the file
        cannot be written; in each case nothing was.
        """
        opened = self._opened(selection)
        try:
            splice = append(opened.raw, opened.read.path, _lines(opened, wish))
        except CannotAppend as error:
            raise Declined(error.message, error.hint) from error
        done = Appended(selection.source, wish.id, opened.read.path, splice, splice.applied(opened.raw))
        then = read_from(self.folder, selection.source, opened.read.path, done.after)
        problems = _added(opened, then, wish)
        if has_errors(problems):
            raise Wrong(problems)
        self._amend(opened.read.path, opened.raw, done.after)
        self._done.append(done)
        return done

    def undo(self, source: str, passage: str) -> Appended:
        """Take back what was last put in, which is this passage.

        Raises Declined when it is another, or when somebody has changed the passage since: then it is no longer ours.
        """
        last = self.last
        if last is None or (last.source, last.passage) != (source, passage):
            raise Declined("this is not what was appended last", "load the page again", is_stale=True)
        now = self._read(last.path)
        try:
            before = last.splice.reverted(now) if now == last.after else taken_out(now, last.path, last.splice)
        except CannotAppend as error:
            raise Declined(error.message, error.hint) from error
        if before is None:
            self._done.pop()
            hint = f"take it out yourself in {last.path}"
            raise Declined(f"'{last.passage}' was changed by hand since, so it stays", hint)
        self._amend(last.path, now, before)
        self._done.pop()
        return last

    def _opened(self, selection: Selection) -> _Opened:
        path = source_path(self.folder, selection.source) if ID.fullmatch(selection.source) else None
        if path is None:
            raise Declined("there is no such source any more", "load the page again", is_stale=True)
        raw = self._read(path)
        read = read_from(self.folder, selection.source, path, raw)
        if read.file is None or read.file.text is None:
            raise Wrong(read.problems)
        text = read.file.text
        start, end = selection.start, selection.end
        if not 0 <= start < end <= len(text) or carried(text[start:end]) != selection.words:
            raise Declined("the text is not what this page shows any more", "load the page again", is_stale=True)
        span = snapped(text, start, end)
        if span is None:
            raise Declined("a passage needs visible words", "select some words of the text")
        return _Opened(raw, read, read.file, Text(text), span)

    def _read(self, path: str) -> bytes:
        files = Files(self.folder)
        raw = files.read(path)
        if raw is None:
            raise Wrong(files.problems)
        return raw

    def _amend(self, path: str, before: bytes, after: bytes) -> None:
        try:
            amend(self.folder, path, before, after)
        except Changed as error:
            raise Declined(f"{path} was saved by another at the same moment", "try again", is_stale=True) from error


def _lines(opened: _Opened, wish: Wish) -> tuple[str, ...]:
    figures = figure_starts(opened.text.source, opened.span)
    try:
        selector = selector_of(opened.text, opened.span)
    except ValueError as error:
        raise Declined(*_NO_QUOTE) from error
    return passage_lines(selector, wish, figures)


def _added(opened: _Opened, then: SourceRead, wish: Wish) -> tuple[Problem, ...]:
    """What would be wrong with a passage; without any error it means the very words that were selected."""
    problems = added(opened.read, then)
    if not has_errors(problems):
        passage = passage_of(then, wish.id)
        if passage is None or (passage.start, passage.end) != (opened.span.start, opened.span.end):
            raise Declined(*_NO_QUOTE)
    return problems


_NO_QUOTE = ("these words cannot be quoted so that they mean this place alone", "select a few words more")
