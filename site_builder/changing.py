"""A change in words, and where what changed stands now: for the changelog, its feed, and what `briefing diff` prints.

A change is read without the two states it lies between: they may both be long gone. What it is about may be gone as
well, so a link is only given where there is something to lead to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Protocol, TypeVar, get_args

from . import urls
from .frozen import NamedTuple
from .markup.markdown import plain
from .model import Briefing
from .omitting import Omitted
from .patterns import later
from .problems import printable
from .records import Aspect, CorrectionRecord, RevisionRecord, Subject
from .texts.text import on_one_line
from .wording import event_words, figure_words, short_title, shortened

SUBJECTS: tuple[Subject, ...] = get_args(Subject)
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)

GROUPS: dict[Subject, str] = {
    "claim": "Claims", "judgement": "Key judgements", "figure": "Figures", "question": "Open questions",
    "event": "Events", "passage": "Passages", "source": "Sources", "topic": "Topics and briefs",
    "measure": "Measures", "entity": "People, organisations, places", "site": "The briefing as a whole",
}  # fmt: skip

_PLURALS = {"entity": "entities"}
_NAMES: dict[Aspect, str] = {
    "time": "time it speaks of", "counts": "what it counts", "approx": "rough words", "unnamed": "without a name",
    "nearest": "nearest passage", "alias": "also known as", "passage": "in passage",
    "not comparable": "not comparable with", "voice": "chain of origin",
}  # fmt: skip
_OF_RECORD = {  # keys of a source's record that are no plain words
    "title-short": "short title", "container-title": "publication", "publisher-place": "place of publication",
    "archive_location": "place in the archive", "URL": "address of the original",
}  # fmt: skip
_MARKS = later(r"[\\`*_\[\]<>&#|~]")  # of Markdown
PRESENT = "is there"  # the words of a part of which nothing else is to be said
_WORDS: frozenset[Aspect] = frozenset({
    "new", "gone", "wording", "words", "title", "name", "summary", "counts", "description", "reason", "note", "brief",
    "approx", "attribution", "not comparable", "flag", "boilerplate", "set aside",
})  # fmt: skip


class Changed(Protocol):
    """What a change says, whether it was just found or recorded long ago."""

    @property
    def subject(self) -> Subject:
        """The kind of thing."""

    @property
    def id(self) -> str:
        """Its id; of a passage or figure its ref."""

    @property
    def title(self) -> str | None:
        """What it is or was called."""

    @property
    def what(self) -> Aspect:
        """In which respect it changed."""

    @property
    def part(self) -> str | None:
        """Which part of it that concerns."""

    @property
    def before(self) -> str | None:
        """The words before, None where there was nothing."""

    @property
    def after(self) -> str | None:
        """The words after, None where there is nothing."""


class Told(NamedTuple):
    """A change as it is shown: in which respect, of which part, and the words before and after, empty for nothing.

    `is_quoted` says that the words are somebody's sentences, and not a value.
    """

    label: str
    part: str
    before: str
    after: str
    is_quoted: bool


def told(change: Changed) -> Told:
    """The parts of which a change is told."""
    before, after, part = change.before or "", change.after or "", change.part or ""
    label = _NAMES.get(change.what, change.what)
    if change.what == "record":
        label, part = _OF_RECORD.get(part, part), ""
    if change.what == "status" and after == "retracted" and before:
        label, before, after = "retracted", "", f"was {before}"
    elif before and after:
        label = "renamed" if change.what == "name" else label
    elif change.what not in ("new", "gone"):
        label = f"{label} {'added' if after else 'removed'}"
    if (before or after) == PRESENT:
        before = after = ""
    return Told(label, part, before, after, change.what in _WORDS)


def line(change: Changed) -> str:
    """A change in one line, with the kind and the id of what changed."""
    shown = told(change)
    said = " → ".join(f"“{w}”" if shown.is_quoted else w for w in (shown.before, shown.after) if w)
    return f"{change.subject} {change.id}: {': '.join(w for w in (shown.label, shown.part, said) if w)}"


def as_text(changes: Iterable[Changed]) -> str:
    """Changes for a terminal, one a line, under a heading for each kind of thing."""
    return "\n".join(
        "".join((f"{GROUPS[subject]}\n", *(f"  {printable(line(c))}\n" for c in own)))
        for subject, own in groupby(changes, lambda c: c.subject)
    )


def as_markdown(changes: Iterable[Changed]) -> str:
    """The same for a changelog or a pull request."""
    return "\n".join(
        "".join((f"## {GROUPS[subject]}\n\n", *(f"- {_MARKS.sub(_escaped, printable(line(c)))}\n" for c in own)))
        for subject, own in groupby(changes, lambda c: c.subject)
    )


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


D = TypeVar("D", RevisionRecord, CorrectionRecord)


def newest_first(records: Iterable[D]) -> list[D]:
    """Entries by day, the last one first; of one day the later in the file first."""
    return sorted(records, key=lambda r: r.date)[::-1]


def headline(record: RevisionRecord) -> str:
    """What an entry is headed by: the author's summary, or how much of each kind changed."""
    if record.summary:
        return on_one_line(record.summary)
    counts = Counter(subject for subject, _ in {(c.subject, c.id) for c in record.changes})
    parts = [f"{counts[s]} {s if counts[s] == 1 else _PLURALS.get(s, f'{s}s')}" for s in SUBJECTS if counts[s]]
    return f"Changed: {', '.join(parts)}" if parts else "Nothing changed"


class Places:
    """Where things of a briefing stand on its site, as far as they are still there."""

    def __init__(self, briefing: Briefing) -> None:
        self._briefing = briefing
        index = briefing.index
        self._omitted = Omitted(briefing.leaves_out)
        self._found: dict[Subject, dict[str, str]] = {
            "claim": {id_: urls.claim(id_) for id_ in index.claims},
            "judgement": {j.record.id: urls.judgement(j.record.id) for j in briefing.judgements},
            "figure": {ref: urls.figure(ref) for ref in index.figures},
            "question": {q.id: urls.question(q.id) for q in briefing.questions},
            "event": {id_: urls.event(id_) for id_ in index.events},
            "passage": {ref: urls.passage(ref) for ref in index.passages},
            "source": {id_: urls.source(id_) for id_ in index.sources},
            "topic": {id_: urls.topic(id_) for id_ in index.topics},
            "measure": {id_: urls.measure(id_) for id_ in index.measures},
            "entity": {id_: urls.entity(id_) for id_ in index.entities},
            "site": {"site": urls.HOME},
        }

    def of(self, subject: Subject, id_: str) -> str:
        """The target from the site's root, empty when there is no such thing any more, or no page for it."""
        target = self._found[subject].get(id_, "")
        return "" if self._omitted.has(target) else target

    def named(self, where: str) -> str:
        """The target of a thing as a brief cites it (`source#passage`, `claim:id`); empty when there is none."""
        subject, id_ = _cited(where)
        return self.of(subject, id_) if subject else ""

    def words(self, where: str) -> str:
        """The same thing by its words; by what the author wrote where it is there no more."""
        subject, id_ = _cited(where)
        if subject is None or subject == "site" or id_ not in self._found[subject]:
            return where
        words = shortened(_SAID[subject](self._briefing, id_))
        quoted = words if words.startswith(("“", '"')) else f"“{words}”"
        if subject == "passage":
            return f"{quoted} ({short_title(self._briefing.index.sources[id_.partition('#')[0]])})"
        return f"{subject} {quoted}"


def _cited(where: str) -> tuple[Subject | None, str]:
    """The kind and the id of a thing as a brief cites it."""
    kind, _, id_ = where.rpartition(":")
    return next((s for s in SUBJECTS if s == (kind or "passage")), None), id_


def _of_figure(briefing: Briefing, ref: str) -> str:
    figure = briefing.index.figures[ref]
    return figure_words(figure, briefing.index.measures[figure.record.measure])


_SAID: Mapping[Subject, Callable[[Briefing, str], str]] = {
    "claim": lambda briefing, id_: briefing.index.claims[id_].record.claim,
    "judgement": lambda briefing, id_: next(
        plain(j.record.judgement).replace(" .", ".")  # where a citation stood before the stop
        for j in briefing.judgements if j.record.id == id_
    ),
    "figure": _of_figure,
    "question": lambda briefing, id_: next(q.question for q in briefing.questions if q.id == id_),
    "event": lambda briefing, id_: event_words(briefing.index.events[id_]),
    "passage": lambda briefing, ref: briefing.index.passages[ref].words,
    "source": lambda briefing, id_: short_title(briefing.index.sources[id_]),
    "topic": lambda briefing, id_: briefing.index.topics[id_].title,
    "measure": lambda briefing, id_: briefing.index.measures[id_].label,
    "entity": lambda briefing, id_: briefing.index.entities[id_].name,
}  # fmt: skip
