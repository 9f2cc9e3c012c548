"""A text for the search page: its words in runs, with the passages and figures that stand in them, as JSON.

It is put together as it is written: nearly all that the search page loads are texts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from itertools import repeat
from operator import attrgetter, le

from .. import urls
from ..exports.rows import compact, ids, quoted
from ..model import Figure, Passage, Source
from ..records import Omission
from ..texts.segments import segments
from ..texts.text import Span, carried, edges_of, on_one_line
from ..wording import figure_text, figure_when

_EDGES = attrgetter("start", "end")
_NO_MORE = (-1, (1 << 62, 1 << 62))  # behind the last passage


def text_piece(source: Source, leaves_out: Container[Omission] = ()) -> bytes:
    """A source's text and passages as JSON on one line; it depends on nothing else but what the theme leaves out."""
    names, has_figures = _Names(source), "figures" not in leaves_out
    passages = ", ".join([_passage(p, names, p.figures if has_figures else ()) for p in source.passages])
    is_whole = "full-text" not in leaves_out
    numbers, pieces, runs = (None if is_whole else passages_alone(source)) or pieces_of(source, is_whole=is_whole)
    named = [_named(names.within(piece)) for piece in pieces] if source.mentions else repeat("")
    paragraphs = [  # text as wide as its widest character takes far longer to encode than each of these
        f'{{"anchor": "{urls.paragraph_anchor(number)}", "runs": [{", ".join(some)}]{who}}}'.encode()
        for number, some, who in zip(numbers, runs, named)  # noqa: B905 nobody may be named in any of them
    ]
    head = f'{{"id": {quoted(source.id)}, "passages": [{passages}], "paragraphs": ['
    return b"%b%b]}" % (head.encode(), b", ".join(paragraphs))


def _named(names: Collection[str]) -> str:
    """Another member of an object: who is named there; none where nobody is."""
    return f', "names": {compact([*names])}' if names else ""


class _Names:
    """Who is named where in a source."""

    def __init__(self, source: Source) -> None:
        self.mentions = sorted(source.mentions, key=lambda m: (m.start, m.end))
        self.starts = [m.start for m in self.mentions]

    def within(self, place: Span | Passage) -> dict[str, None]:
        """The entities whose name is printed there, each once."""
        some = self.mentions[bisect_left(self.starts, place.start) : bisect_left(self.starts, place.end)]
        return dict.fromkeys(entity for m in some if m.end <= place.end for entity in m.entities)


def _passage(passage: Passage, names: _Names, figures: Iterable[Figure]) -> str:
    """A passage without its words, which stand in the paragraphs; its names are of all whom it names or who speak."""
    topics = f', "topics": {ids(passage.topics)}' if passage.topics else ""
    is_named = passage.entities or passage.via or passage.said_by
    if not (is_named or figures or names.starts):
        return f'{{"anchor": "{urls.passage_anchor(passage.id)}"{topics}}}'
    named = names.within(passage)
    if is_named:
        voices = (passage.said_by, *passage.via) if passage.said_by else passage.via
        named |= dict.fromkeys((*passage.entities, *voices))
    shown = f', "figures": {compact([*map(_figure, figures)])}' if figures else ""
    return f'{{"anchor": "{urls.passage_anchor(passage.id)}"{topics}{_named(named)}{shown}}}'


def _figure(figure: Figure) -> dict[str, str]:
    record = figure.record
    said = {
        "href": urls.figure(figure.ref), "text": on_one_line(figure_text(figure)), "measure": record.measure,
        "unit": on_one_line(record.unit or ""), "scope": on_one_line(record.scope or ""), "when": figure_when(figure),
        "approx": on_one_line(record.approx or "") if figure_text(figure) != f"“{record.approx}”" else "",
    }  # fmt: skip
    return {key: value for key, value in said.items() if value}


Pieces = tuple[Sequence[int], Sequence[Span | Passage], Iterable[Sequence[str]]]
"""Pieces of a text that are searched: the numbers of their paragraphs, where they stand, and their runs."""


def passages_alone(source: Source) -> Pieces | None:
    """The passages, where each stands within a paragraph and none in another: then a text need not be asked for."""
    if not _are_apart(source.passages):
        return None
    edges, numbers = edges_of(source.paragraphs), []
    for passage in source.passages:
        at = bisect_right(edges, passage.start)
        if at % 2 == 0 or passage.end > edges[at]:
            return None
        numbers.append(at // 2 + 1)
    runs = _runs([p.words for p in source.passages])
    return numbers, source.passages, [(f"[{run}, {n}]",) for n, run in enumerate(runs)]


def pieces_of(source: Source, *, is_whole: bool) -> Pieces:
    """The paragraphs; one of which only pieces are published, or where the text `is_whole` no more only passages are
    searched, is so many, so that no phrase is found across a gap."""
    excerpts = source.excerpts.shown if source.excerpts else None
    shown = excerpts if is_whole else [*_together(source.passages)]
    numbers: Sequence[int] = range(1, len(source.paragraphs) + 1)
    spans: Sequence[Span] = source.paragraphs
    if shown is not None:
        pieces = [
            (number, Span(max(paragraph.start, each.start), min(paragraph.end, each.end)))
            for number, paragraph in zip(numbers, spans, strict=True) for each in shown
            if each.start < paragraph.end and paragraph.start < each.end
        ]  # fmt: skip
        numbers, spans = [number for number, _ in pieces], [span for _, span in pieces]
    return numbers, spans, runs_of(source.text, spans, source.passages, is_plain=source.stored.is_plain)


def _are_apart(passages: Sequence[Span | Passage]) -> bool:
    """Whether each begins where the one before has ended, as nearly all do."""
    return all(map(le, [p.end for p in passages], [p.start for p in passages[1:]]))


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
    text: str, pieces: Sequence[Span], passages: Sequence[Span | Passage], *, is_plain: bool = False
) -> Iterator[list[str]]:
    """Pieces of a text, in order, as runs: words or, where passages cover them, words and which passages these are;
    each run as JSON. A text that `is_plain` has no white space but spaces and line ends."""
    run = _run
    if is_plain and not ('"' in text or "\\" in text):
        text, run = text.replace("\n", " "), _bare_run
    return (_met_once if _are_apart(passages) else _swept)(text, pieces, passages, run)


def _met_once(
    text: str, pieces: Sequence[Span], passages: Sequence[Span | Passage], run: Callable[[str], str]
) -> Iterator[list[str]]:
    """The runs where passages stand one behind the other, as most do."""
    edges, following = edges_of(pieces), enumerate(map(_EDGES, passages))
    number, (start, stop) = next(following, _NO_MORE)
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        if end <= start:
            yield [run(text[first:end])]
            continue
        at, runs = first, []
        while start < end:
            if at < stop:
                if at < start:
                    runs.append(run(text[at:start]))
                    at = start
                runs.append(f"[{run(text[at : min(stop, end)])}, {number}]")
                at = min(stop, end)
            if stop > end:
                break
            number, (start, stop) = next(following, _NO_MORE)
        if at < end:
            runs.append(run(text[at:end]))
        yield runs


def _swept(
    text: str, pieces: Sequence[Span], passages: Sequence[Span | Passage], run: Callable[[str], str]
) -> Iterator[list[str]]:
    """The runs wherever passages stand."""
    spans = [Span(p.start, p.end) for p in passages]
    for piece in pieces:
        swept = ((run(text[s.start : s.end]), s.covers) for s in segments(piece, spans))
        yield [f"[{words}, {', '.join(map(str, covers))}]" if covers else words for words, covers in swept]


def _run(words: str) -> str:
    return quoted(_spaced(words))


def _runs(some: Sequence[str]) -> list[str]:
    """The same of each of them: together they are looked at sooner, and most are written as they are."""
    every = "|".join(some)
    if every.isprintable() and not ("  " in every or '"' in every or "\\" in every):
        return [f'"{words}"' for words in some]
    return [*map(_run, some)]


def _bare_run(words: str) -> str:
    """The same of words in which nothing but several spaces may have to be written otherwise."""
    return _run(words) if "  " in words else f'"{words}"'


def _spaced(text: str) -> str:
    """Words as they can be carried, each run of white space as one space, also at the ends."""
    if text.isprintable() and "  " not in text:  # the only white space that is printed is a space
        return text
    words = " ".join(carried(text).split())
    return f"{' ' if text[:1].isspace() else ''}{words}{' ' if words and text[-1:].isspace() else ''}"
