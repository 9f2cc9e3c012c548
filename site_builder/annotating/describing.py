"""`briefing describe`: the YAML of the quote that means given words of a source, and no others."""

from __future__ import annotations

from pathlib import Path

from ..problems import BuildFailed, Place, Problem
from ..reading.folder import ANNOTATIONS, load, missing_source
from ..reading.scalars import quoted
from ..texts.anchoring import (
    Ambiguous,
    Anchor,
    NotFound,
    Text,
    TextQuoteSelector,
    describe,
    nearest,
    resolve,
    word_diff,
)
from ..texts.text import Lines, is_visible
from ..wording import counted

_MOST = 10  # places that are shown: nobody chooses from more, and where words repeat each takes long to tell apart


def describe_words(folder: Path, source_id: str, words: str) -> str:
    """The lines to put under a passage, one set for each place where the words stand, up to ten; raises BuildFailed if
    nowhere."""
    loaded = load(folder)
    sources = {s.id: s for s in loaded.annotations.sources} if loaded.annotations else {}
    if source_id not in sources:
        raise BuildFailed(missing_source(source_id, sources, loaded.problems))
    path = f"{ANNOTATIONS}/sources/{source_id}.yaml"
    source = sources[source_id]
    if source.text is None:
        raise BuildFailed(loaded.problems)
    if not is_visible(words):
        hint = "copy words from the text"
        raise BuildFailed([Problem(Place(path), "quote-blank", "a quote needs visible words", hint)])
    text = Text(source.text)
    found = resolve(text, TextQuoteSelector(words))
    if isinstance(found, NotFound):
        raise BuildFailed([_not_found(text, words, Place(path), source.record.text)])
    anchors = found.anchors if isinstance(found, Ambiguous) else (found,)
    lines = Lines(source.text)
    entries = "".join(_entry(text, a, lines, source.record.text) for a in anchors[:_MOST])
    more = len(anchors) - _MOST
    return entries + (f"# and {counted(more, 'more place')}: give more of the words\n" if more > 0 else "")


def _entry(text: Text, anchor: Anchor, lines: Lines, seed: str) -> str:
    selector = describe(text, anchor)
    line, column = lines.position(anchor.start)
    fields = (("quote", selector.exact), ("prefix", selector.prefix), ("suffix", selector.suffix))
    head = f"# seeds/{seed}:{line}:{column}\n"
    return head + "".join(f"{name}: {quoted(value)}\n" for name, value in fields if value)


def _not_found(text: Text, words: str, place: Place, seed: str) -> Problem:
    near = nearest(text, words)
    hint = ""
    if near and near.similarity >= 0.5:
        line, column = Lines(text.source).position(near.start)
        hint = f"the nearest is at seeds/{seed}:{line}:{column}: {word_diff(words, text.source[near.start : near.end])}"
    return Problem(place, "quote-missing", f"these words do not stand in seeds/{seed}", hint)
