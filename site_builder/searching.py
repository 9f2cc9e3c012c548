"""What the search page loads: everything that can be found, as script files, in parts.

Scripts, because a page that is opened from disk may load nothing else. The first file holds what all others speak of by
id: topics, entities and measures. Titles of sources, claims and events follow in parts of their own, then the texts
with their passages and figures. The part of a thing follows from its id, and a text says only by id what the first file
and the titles know, so that an edit of a source, an event or a claim rewrites one file.

Where titles are many, `search_words` tells which of their parts to load first for a word. Nothing else is folded or cut
into words here: that is done in one place, `search-words.js`, for texts and queries alike.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain, pairwise
from typing import Any

from . import search_words, urls
from .exports.export import Export, number_of
from .exports.rows import compact, joined, json_rows
from .markdown import plain
from .model import Briefing, Claim, Event, Figure, Passage, Source, Topic
from .pages.views import figure_text, figure_when, issued_words
from .parting import SOURCES, part_count, parted, spread
from .records import EntityRecord, MeasureRecord, Omission, note_text
from .segments import segments
from .text import Span, carried, on_one_line
from .tracing import Key

FIRST = "first"
TITLES = 512  # titles in a part, at most on average

Titled = tuple[Sequence[Source], Sequence[Claim], Sequence[Event]]

# As JSON these may stand in a script file; escaped, they may stand in a page too.
_ESCAPED = tuple((char.encode(), b"\\u%04x" % ord(char)) for char in "<\u2028\u2029")


def exports(briefing: Briefing, name: str = "", version: str = "") -> Iterator[Export]:  # noqa: ARG001 as of all exports
    """The files: the first, titles, words, texts."""
    count = part_count(len(briefing.sources) + len(briefing.claims) + len(briefing.events), TITLES)
    texts = parted(briefing.sources, SOURCES)
    has_words = count > search_words.FROM
    of_first = (("topics", ""), ("entities", ""), ("measures", ""), ("titles", str(count)), number_of(len(texts)))
    first = partial(_first, briefing, titles=count, texts=len(texts), words=has_words)
    yield _export(FIRST, lambda: json_rows(first()), of_first)
    out = briefing.leaves_out
    sources, claims = spread(briefing.sources, count), spread(() if "claims" in out else briefing.claims, count)
    events = spread(() if "timeline" in out else briefing.events, count)
    parts = tuple(zip(sources, claims, events, strict=True))
    for number, of in enumerate(parts):
        keys = [
            *(("sources", s.id) for s in of[0]), *(("claims", c.id) for c in of[1]), *(("events", e.id) for e in of[2]),
        ]  # fmt: skip
        yield _export(f"titles-{number}", partial(_titles, *of), keys)
    if has_words:
        yield from _shelves(parts)
    for number, some in enumerate(texts):
        yield _export(f"text-{number}", partial(_texts, some, out), [("sources", s.id) for s in some])


def search_files(briefing: Briefing) -> Iterator[tuple[str, bytes]]:
    """The same files, each its path and its bytes."""
    return ((export.path, export.whole()) for export in exports(briefing))


def _export(
    name: str, json: Callable[[], bytes], keys: Iterable[Key], made_from: Callable[[], object] | None = None
) -> Export:
    return Export(urls.search_segment(name), lambda: made(name, json), keys, made_from=made_from)


def made(name: str, json: Callable[[], bytes]) -> bytes:
    """The bytes of a file: a script that sets its JSON down where the search page looks for it."""
    content = json()
    for char, escape in _ESCAPED:
        content = content.replace(char, escape)
    return b"%s = %s;\n" % (f'(self.briefingSegments ||= {{}})["{name}"]'.encode(), content.rstrip())


def _shelves(parts: Sequence[Titled]) -> Iterator[Export]:
    """The shelves of words, made all at once, and only when a title is worded otherwise."""

    @cache
    def worded() -> str:
        found = hashlib.sha256()
        for part in parts:
            found.update("\0".join(chain(*titles(*part))).encode() + b"\0\0")
        return found.hexdigest()

    @cache
    def shelves() -> Sequence[Mapping[str, Sequence[int]]]:
        words = search_words.Words()
        for number, part in enumerate(parts):
            words.note(number, titles(*part))
        return tuple(words.shelves())

    keys = (("sources", ""), ("claims", ""), ("events", ""))
    for number in range(search_words.SHELVES):
        yield _export(f"words-{number}", partial(lambda number: _shelf(shelves()[number]), number), keys, worded)


def _shelf(rows: Mapping[str, Sequence[int]]) -> bytes:
    """A word a line, its numbers in a string, which a browser reads faster than a list."""
    return (
        "{\n" + ",\n".join(f'{compact(word)}: "{" ".join(map(str, places))}"' for word, places in rows.items()) + "\n}"
    ).encode()


def _first(briefing: Briefing, *, titles: int, texts: int, words: bool) -> dict[str, Any]:
    return {
        "titles": titles,
        "texts": texts,
        "words": search_words.SHELVES if words else 0,
        "topics": [_led(_topic(t), to_page="topics" not in briefing.leaves_out) for t in briefing.topics],
        "entities": [_led(_entity(e), to_page="entities" not in briefing.leaves_out) for e in briefing.entities],
        "measures": [_measure(m) for m in briefing.measures],
    }


def _led(said: dict[str, Any], *, to_page: bool) -> dict[str, Any]:
    """What is said of a thing; of one without a page, not where it leads: it is no hit, but others speak of it."""
    return said if to_page else {key: value for key, value in said.items() if key != "href"}


def _texts(sources: Iterable[Source], leaves_out: Container[Omission] = ()) -> bytes:
    return joined({}, "sources", (text_piece(source, leaves_out).encode() for source in sources))


def _titles(sources: Sequence[Source], claims: Sequence[Claim], events: Sequence[Event]) -> bytes:
    return json_rows({
        "sources": [_title(s) for s in sources],
        "claims": [_claim(c) for c in claims],
        "events": [_event(e) for e in events],
    })  # fmt: skip


def titles(sources: Iterable[Source], claims: Iterable[Claim], events: Iterable[Event]) -> Iterator[tuple[str, str]]:
    """What a title is found by in the first place, with an id that is its own."""
    for source in sources:
        yield f"source:{source.id}", " ".join((source.title, *source.authors))
    for claim in claims:
        yield f"claim:{claim.id}", claim.record.claim
    for event in events:
        yield f"event:{event.id}", event.record.title


def _said(**values: Any) -> dict[str, Any]:
    """What is said of a thing; what is empty is left out."""
    return {key: value for key, value in values.items() if value}


def _plain(markdown: str | None) -> str:
    return on_one_line(plain(markdown)) if markdown else ""


def _topic(topic: Topic) -> dict[str, Any]:
    return _said(
        id=topic.id, href=urls.topic(topic.id), title=on_one_line(topic.title), letter=topic.letter, theme=topic.theme,
        summary=_plain(topic.record.summary),
    )  # fmt: skip


def _title(source: Source) -> dict[str, Any]:
    record = source.record
    return _said(
        id=source.id, href=urls.source(source.id), title=on_one_line(source.title), issued=issued_words(source),
        language=record.language,
        by=[on_one_line(x) for x in (*source.authors, record.container_title, record.publisher) if x],
    )  # fmt: skip


def _claim(claim: Claim) -> dict[str, Any]:
    record = claim.record
    return _said(
        href=urls.claim(claim.id), claim=on_one_line(record.claim), why=_plain(record.why), status=record.status,
        confidence=record.confidence, topics=list(record.topics),
    )  # fmt: skip


def _event(event: Event) -> dict[str, Any]:
    record = event.record
    return _said(
        href=urls.event(event.id), title=on_one_line(record.title), date=event.date.value.words(),
        note=_plain(note_text(record.note)), planned=record.planned, topics=list(record.topics),
    )  # fmt: skip


def _entity(entity: EntityRecord) -> dict[str, Any]:
    aliases = dict.fromkeys(on_one_line(a) for a in entity.aliases if a != entity.name)
    return _said(
        id=entity.id, href=urls.entity(entity.id), kind=entity.kind, name=on_one_line(entity.name),
        aliases=list(aliases), description=on_one_line(entity.description or ""), unnamed=entity.unnamed,
    )  # fmt: skip


def _measure(measure: MeasureRecord) -> dict[str, Any]:
    return _said(
        id=measure.id,
        label=on_one_line(measure.label),
        unit=on_one_line(measure.unit),
        counts=on_one_line(measure.counts),
    )


def text_piece(source: Source, leaves_out: Container[Omission] = ()) -> str:
    """A source's text and passages as JSON on one line; it depends on nothing else but what the theme leaves out."""
    names, pieces = _Names(source), list(_pieces(source, is_whole="full-text" not in leaves_out))
    has_figures = "figures" not in leaves_out
    spans = [Span(p.start, p.end) for p in source.passages]
    runs = runs_of(source.text, [piece for _, piece in pieces], spans)
    return compact({
        "id": source.id,
        "passages": [_passage(p, names, p.figures if has_figures else ()) for p in source.passages],
        "paragraphs": [
            _said(anchor=urls.paragraph_anchor(number), runs=some, names=names.within(piece))
            for (number, piece), some in zip(pieces, runs, strict=True)
        ],
    })  # fmt: skip


class _Names:
    """Who is named where in a source."""

    def __init__(self, source: Source) -> None:
        self.mentions = sorted(source.mentions, key=lambda m: (m.start, m.end))
        self.starts = [m.start for m in self.mentions]

    def within(self, place: Span) -> list[str]:
        """The entities whose name is printed there, each once."""
        if not self.starts:
            return []
        some = self.mentions[bisect_left(self.starts, place.start) : bisect_left(self.starts, place.end)]
        return list(dict.fromkeys(entity for m in some if m.end <= place.end for entity in m.entities))


def _passage(passage: Passage, names: _Names, figures: Iterable[Figure]) -> dict[str, Any]:
    """A passage without its words, which stand in the paragraphs; its names are of all whom it names or who speak."""
    named = (*names.within(Span(passage.start, passage.end)), *passage.entities, passage.said_by or "", *passage.via)
    return _said(
        anchor=urls.passage_anchor(passage.id), topics=list(passage.topics),
        names=[name for name in dict.fromkeys(named) if name], figures=[_figure(f) for f in figures],
    )  # fmt: skip


def _figure(figure: Figure) -> dict[str, Any]:
    record = figure.record
    return _said(
        href=urls.figure(figure.ref), text=on_one_line(figure_text(figure)), measure=record.measure,
        unit=on_one_line(record.unit or ""), scope=on_one_line(record.scope or ""), when=figure_when(figure),
        approx=on_one_line(record.approx or "") if figure_text(figure) != f"“{record.approx}”" else "",
    )  # fmt: skip


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


def runs_of(text: str, pieces: Sequence[Span], passages: Sequence[Span]) -> Iterator[list[Any]]:
    """Pieces of a text, in order, as runs: words or, where passages cover them, words and which passages these are."""
    if any(first.end > second.start for first, second in pairwise(passages)):
        for piece in pieces:
            flat = segments(piece, passages)
            yield [
                [_spaced(text[s.start : s.end]), *s.covers] if s.covers else _spaced(text[s.start : s.end])
                for s in flat
            ]
        return
    next_ = 0  # passages one behind the other, as most are, are met once
    for piece in pieces:
        runs: list[Any] = []
        at, end = piece.start, piece.end
        while next_ < len(passages) and passages[next_].end <= at:
            next_ += 1
        number = next_
        while number < len(passages) and passages[number].start < end:
            passage = passages[number]
            if at < passage.start:
                runs.append(_spaced(text[at : passage.start]))
            start, at = max(at, passage.start), min(end, passage.end)
            runs.append([_spaced(text[start:at]), number])
            number += 1
        if at < end:
            runs.append(_spaced(text[at:end]))
        yield runs


def _spaced(text: str) -> str:
    """Words as they can be carried, each run of white space as one space, also at the ends."""
    if text.isprintable() and "  " not in text:
        return text
    words = " ".join(carried(text).split())
    return f"{' ' if text[:1].isspace() else ''}{words}{' ' if words and text[-1:].isspace() else ''}"
