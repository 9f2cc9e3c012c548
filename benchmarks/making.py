"""A corpus on disk, made once and outside any timing: `python -m benchmarks.making FOLDER COUNT`.

`FOLDER/ours` and `FOLDER/hugo` hold the corpus for each side; `FOLDER/edits/<edit>/ours` and `…/hugo` the files that an
edit changes or adds, whole, with ROUND where each round writes its own number, so that no edit is ever the one before.
`FOLDER/corpus.json` says what is in it, and is written last: a folder with one is complete.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from . import hugo, our_layout
from .corpus import Article, Event, Passage, Topic, articles, topics
from .prose import Writer

ROUND = "@ROUND@"
SIDES = ("ours", "hugo")


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus in memory."""

    articles: tuple[Article, ...]
    topics: tuple[Topic, ...]

    def files(self, side: str) -> Iterator[tuple[str, str]]:
        """Its files for one side."""
        layout = our_layout.files if side == "ours" else hugo.files
        return layout(self.articles, self.topics)


def corpus(count: int, seed: str = "1") -> Corpus:
    """The corpus of so many articles."""
    return Corpus(tuple(articles(count, seed)), topics(count, seed))


def with_note(before: Corpus) -> Corpus:
    """One note edited: a sentence more, on the first passage of the first source."""
    return _with_passage(before, 0, 0, lambda p: replace(p, note=f"{p.note.rstrip()}\n\nRead again in round {ROUND}."))


def with_event(before: Corpus) -> Corpus:
    """One event edited: its title, in the first source after the first that reports one."""
    place = ((n, i) for n, a in enumerate(before.articles) for i, p in enumerate(a.passages) if n and p.event)
    return _with_passage(before, *next(place), _retitled)


def _retitled(passage: Passage) -> Passage:
    event = passage.event
    return replace(passage, event=event and Event(event.date, f"{event.title}, as told in round {ROUND}"))


def with_topic(before: Corpus) -> Corpus:
    """One topic added: its brief, and a passage of the last source that has it, and that reports no event."""
    added = Topic("added", f"Added in round {ROUND}", "A topic that came later.", Writer("added").brief())
    last = len(before.articles) - 1
    place = next(i for i, p in enumerate(before.articles[last].passages) if p.event is None)
    tagged = _with_passage(before, last, place, lambda p: replace(p, topics=(*p.topics, added.id)))
    return replace(tagged, topics=(*tagged.topics, added))


EDITS: dict[str, Callable[[Corpus], Corpus]] = {"note": with_note, "event": with_event, "topic": with_topic}
"""Every edit by its name. No two change one file, so that they can follow one another."""


def _with_passage(before: Corpus, source: int, passage: int, change: Callable[[Passage], Passage]) -> Corpus:
    article = before.articles[source]
    passages = list(article.passages)
    passages[passage] = change(passages[passage])
    changed = replace(article, passages=tuple(passages))
    return replace(before, articles=(*before.articles[:source], changed, *before.articles[source + 1 :]))


def make(folder: Path, count: int) -> None:
    """Write a corpus, and what each edit changes."""
    whole = corpus(count)
    for side in SIDES:
        for path, text in whole.files(side):
            put(folder / side / path, text)
        for name, edit in EDITS.items():
            for path, text in edit(whole).files(side):
                before = folder / side / path
                if not before.exists() or before.read_text("utf-8") != text:
                    put(folder / "edits" / name / side / path, text)
    passages = sum(len(a.passages) for a in whole.articles)
    events = sum(p.event is not None for a in whole.articles for p in a.passages)
    counts = {"sources": count, "passages": passages, "events": events, "topics": len(whole.topics)}
    put(folder / "corpus.json", json.dumps(counts))


def put(path: Path, text: str) -> None:
    """Write a file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
