"""A text for the search page: its words in runs, with the passages and figures that stand in them, as JSON.

It is put together as it is written: nearly all that the search page loads are texts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise

from . import urls
from .exports.rows import compact, ids, quoted
from .model import Figure, Passage, Source
from .pages.views import figure_text, figure_when
from .records import Omission
from .segments import segments
from .text import Span, carried, is_bare, on_one_line


def text_piece(source: Source, leaves_out: Container[Omission] = ()) -> bytes:
    """A source's text and passages as JSON on one line; it depends on nothing else but what the theme leaves out."""
    names, has_figures = _Names(source), "figures" not in leaves_out
    passages = ", ".join([_passage(p, names, p.figures if has_figures else ()) for p in source.passages])
    pieces = list(_pieces(source, is_whole="full-text" not in leaves_out))
    runs = runs_of(source.text, [p for _, p in pieces], source.passages, is_bare=is_bare(source.stored.content))
    paragraphs = ", ".join(
        [
            f'{{"anchor": "{urls.paragraph_anchor(number)}"{_listed("runs", some)}{_named(names.within(piece))}}}'
            for (number, piece), some in zip(pieces, runs, strict=True)
        ]
    )
    return f'{{"id": {quoted(source.id)}, "passages": [{passages}], "paragraphs": [{paragraphs}]}}'.encode()


def _listed(key: str, values: Sequence[str]) -> str:
    """Another member of an object, whose values are JSON already; none of nothing."""
    return f', "{key}": [{", ".join(values)}]' if values else ""


def _named(names: Sequence[str]) -> str:
    return f', "names": {compact(names)}' if names else ""


class _Names:
    """Who is named where in a source."""

    def __init__(self, source: Source) -> None:
        self.mentions = sorted(source.mentions, key=lambda m: (m.start, m.end))
        self.starts = [m.start for m in self.mentions]

    def within(self, place: Span | Passage) -> list[str]:
        """The entities whose name is printed there, each once."""
        if not self.starts:
            return []
        some = self.mentions[bisect_left(self.starts, place.start) : bisect_left(self.starts, place.end)]
        return list(dict.fromkeys(entity for m in some if m.end <= place.end for entity in m.entities))


def _passage(passage: Passage, names: _Names, figures: Iterable[Figure]) -> str:
    """A passage without its words, which stand in the paragraphs; its names are of all whom it names or who speak."""
    voices = (passage.said_by, *passage.via) if passage.said_by else passage.via
    named = dict.fromkeys((*names.within(passage), *passage.entities, *voices))
    topics = f', "topics": {ids(passage.topics)}' if passage.topics else ""
    shown = _listed("figures", [compact(_figure(f)) for f in figures])
    return f'{{"anchor": "{urls.passage_anchor(passage.id)}"{topics}{_named(list(named))}{shown}}}'


def _figure(figure: Figure) -> dict[str, str]:
    record = figure.record
    said = {
        "href": urls.figure(figure.ref), "text": on_one_line(figure_text(figure)), "measure": record.measure,
        "unit": on_one_line(record.unit or ""), "scope": on_one_line(record.scope or ""), "when": figure_when(figure),
        "approx": on_one_line(record.approx or "") if figure_text(figure) != f"“{record.approx}”" else "",
    }  # fmt: skip
    return {key: value for key, value in said.items() if value}


def _pieces(source: Source, *, is_whole: bool) -> Iterator[tuple[int, Span]]:
    """The paragraphs with their numbers; one of which only pieces are published, or where the text `is_whole` no more
    only passages are searched, is so many, so that no phrase is found across a gap."""
    excerpts = source.excerpts.shown if source.excerpts else None
    pieces = excerpts if is_whole else tuple(_together(source.passages))
    for number, paragraph in enumerate(source.paragraphs, 1):
        if pieces is None:
            yield number, paragraph
            continue
        for shown in pieces:
            piece = Span(max(paragraph.start, shown.start), min(paragraph.end, shown.end))
            if piece.start < piece.end:
                yield number, piece


def _together(passages: Iterable[Passage]) -> Iterator[Span]:
    """Where passages stand, those that overlap as one."""
    start = end = 0
    for passage in sorted(passages, key=lambda p: (p.start, p.end)):
        if passage.start >= end:
            if end:
                yield Span(start, end)
            start = passage.start
        end = max(end, passage.end)
    if end:
        yield Span(start, end)


def runs_of(
    text: str, pieces: Iterable[Span], passages: Sequence[Span | Passage], *, is_bare: bool = False
) -> Iterator[list[str]]:
    """Pieces of a text, in order, as runs: words or, where passages cover them, words and which passages these are;
    each run as JSON."""
    run = _bare_run if is_bare else _run
    if any(first.end > second.start for first, second in pairwise(passages)):
        spans = [Span(p.start, p.end) for p in passages]
        for piece in pieces:
            yield [run(text[s.start : s.end], *s.covers) for s in segments(piece, spans)]
        return
    next_, count = 0, len(passages)  # passages one behind the other, as most are, are met once
    for piece in pieces:
        runs = []
        at, end = piece.start, piece.end
        while next_ < count and passages[next_].end <= at:
            next_ += 1
        number = next_
        while number < count and (passage := passages[number]).start < end:
            if at < passage.start:
                runs.append(run(text[at : passage.start]))
            start, at = max(at, passage.start), min(end, passage.end)
            runs.append(run(text[start:at], number))
            number += 1
        if at < end:
            runs.append(run(text[at:end]))
        yield runs


def _bare_run(text: str, *covers: int) -> str:
    """The same of words in which only white space may have to be written otherwise."""
    if "\n" in text or "  " in text:
        return _run(text, *covers)
    return f'["{text}", {", ".join(map(str, covers))}]' if covers else f'"{text}"'


def _run(text: str, *covers: int) -> str:
    words = quoted(_spaced(text))
    return f"[{words}, {', '.join(map(str, covers))}]" if covers else words


def _spaced(text: str) -> str:
    """Words as they can be carried, each run of white space as one space, also at the ends."""
    words = " ".join(carried(text).split())
    return f"{' ' if text[:1].isspace() else ''}{words}{' ' if words and text[-1:].isspace() else ''}"
