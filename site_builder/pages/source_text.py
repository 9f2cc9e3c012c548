"""The text of a source as its page shows it: paragraphs of flat runs, each with the notes on its passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from markupsafe import Markup

from .. import markdown, urls
from ..model import Passage, Region, Source
from ..segments import Segment, segments
from ..text import Span, carried, weight
from .citing import Citer, Citing
from .frame import Site
from .views import SPEECH, CallerView, ChainLink, Chip, FigureView, Link, counted, shortened

RunKind = Literal["plain", "mark", "furniture", "aside", "hidden"]


class Ref(NamedTuple):
    """The way from the end of a passage to its note."""

    number: str
    href: str
    id: str


class Run(NamedTuple):
    """A flat stretch of source text. `id` and `extra_ids` name the passages that begin with it.

    One that is hidden holds no text of the source, but how many words are not published. `place` is where the text
    stands, start and end, where only excerpts are published.
    """

    text: str
    kind: RunKind
    topics: tuple[str, ...]
    themes: tuple[str, ...]
    letters: tuple[str, ...]
    notes: tuple[str, ...]
    id: str
    extra_ids: tuple[str, ...]
    refs: tuple[Ref, ...]
    place: tuple[int, int] | None = None


class Flag(NamedTuple):
    """What is odd, and why."""

    kind: str
    why: Markup


class NoteView(NamedTuple):
    """The note on a passage."""

    id: str
    number: str
    back: str
    words: str
    chips: tuple[Chip, ...]
    chain: tuple[ChainLink, ...]
    attribution: Markup
    speech: str
    stance: str
    match: str
    figures: tuple[FigureView, ...]
    entities: tuple[Link, ...]
    flags: tuple[Flag, ...]
    note: Markup
    callers: tuple[CallerView, ...]
    citing: Citing


class ParagraphView(NamedTuple):
    """A paragraph of the source: the white space before it, its runs, and the notes on passages that begin in it."""

    id: str
    number: int
    gap: str
    runs: tuple[Run, ...]
    notes: tuple[NoteView, ...]
    is_furniture: bool


class Block(NamedTuple):
    """Paragraphs that stand together. Where they are page furniture, `fold` says what is folded away; where none of
    their words is published, `hidden` says how many."""

    paragraphs: tuple[ParagraphView, ...]
    fold: str
    hidden: str = ""


_SHORT = 200  # characters of furniture that need not be folded away


def blocks(source: Source, paragraphs: Iterable[ParagraphView]) -> Iterator[Block]:
    """The paragraphs in blocks: more than a line or two of furniture is folded, what is not published stands as one,
    all else as it is."""
    for (is_hidden, is_furniture), group in groupby(paragraphs, key=_kept_together):
        run = tuple(group)
        if is_hidden:
            yield Block(run, "", _hidden_words(source, run))
            continue
        length = sum(len(r.text) for p in run for r in p.runs)
        if is_furniture and (len(run) > 2 or length > _SHORT):
            yield Block(run, f"{counted(len(run), 'paragraph')} of boilerplate: {_reasons(source, run)}")
        else:
            yield from (Block((p,), "") for p in run)


def _kept_together(paragraph: ParagraphView) -> tuple[bool, bool]:
    is_hidden = all(run.kind == "hidden" for run in paragraph.runs)
    return is_hidden, paragraph.is_furniture and not is_hidden


def _hidden_words(source: Source, run: Sequence[ParagraphView]) -> str:
    """Which paragraphs are not published, and how many words they hold."""
    first, last = run[0].number, run[-1].number
    low, high = source.paragraphs[first - 1].start, source.paragraphs[last - 1].end
    which = f"paragraph {first}" if first == last else f"paragraphs {first} to {last}"
    return f"{which}, {not_shown(source, low, high)}"


def not_shown(source: Source, start: int, end: int) -> str:
    """How many words between two edges of paragraphs or excerpts are not published."""
    hidden = source.excerpts.hidden if source.excerpts else ()
    return f"{counted(sum(h.words for h in hidden if start <= h.start and h.end <= end), 'word')} not shown"


def _reasons(source: Source, run: Sequence[ParagraphView]) -> str:
    first, last = source.paragraphs[run[0].number - 1], source.paragraphs[run[-1].number - 1]
    inside = (r for r in source.boilerplate if r.start < last.end and first.start < r.end)
    return "; ".join(dict.fromkeys(markdown.plain(r.why) for r in inside))


def paragraph_views(site: Site, source: Source) -> Iterator[ParagraphView]:
    """A source's text by paragraphs; gaps and runs, joined, give it back up to the end of the last."""
    numbers = {p.id: str(i) for i, p in enumerate(sorted(source.passages, key=lambda p: (p.start, p.end)), 1)}
    ranges: tuple[Passage | Region, ...] = (*source.passages, *source.boilerplate, *source.set_aside)
    spans = tuple(Span(r.start, r.end) for r in ranges)
    citer = Citer(site, source)
    hidden = source.excerpts.hidden if source.excerpts else ()
    edges = [edge for h in hidden for edge in (h.start, h.end)]
    end = 0
    for number, paragraph in enumerate(source.paragraphs, 1):
        inside = [i for i, s in enumerate(spans) if s.start < paragraph.end and paragraph.start < s.end]
        own = [ranges[i] for i in inside]
        flat = segments(paragraph, [spans[i] for i in inside], edges)
        notes = [p for p in own if isinstance(p, Passage) and paragraph.start <= p.start < paragraph.end]
        notes.sort(key=lambda p: (p.start, p.end))
        read = sum(
            weight(source.text[s.start : s.end])
            for s in flat
            if _kind([own[i] for i in s.covers], source) == "furniture"
        )
        yield ParagraphView(
            id=urls.paragraph_anchor(number),
            number=number,
            gap="" if source.excerpts else carried(source.text[end : paragraph.start]),
            runs=tuple(_runs(site, source, flat, own, numbers)),
            notes=tuple(_note(site, citer, p, numbers[p.id]) for p in notes),
            is_furniture=read == weight(source.text[paragraph.start : paragraph.end]),
        )
        end = paragraph.end


def _kind(covering: list[Passage | Region], source: Source) -> RunKind:
    if any(isinstance(r, Passage) for r in covering):
        return "mark"
    if any(r in source.boilerplate for r in covering):
        return "furniture"
    return "aside" if covering else "plain"


def _runs(
    site: Site, source: Source, flat: Iterable[Segment], own: list[Passage | Region], numbers: dict[str, str]
) -> Iterator[Run]:
    """The segments as runs; those that follow one another and are not published are one."""
    for is_shown, group in groupby(flat, key=lambda s: source.around(s.start, s.end) is not None):
        run = tuple(group)
        if is_shown:
            yield from (_run(site, source, s, own, numbers) for s in run)
        else:
            words = not_shown(source, run[0].start, run[-1].end)
            yield Run(words, "hidden", (), (), (), (), "", (), ())


def _run(site: Site, source: Source, segment: Segment, own: list[Passage | Region], numbers: dict[str, str]) -> Run:
    covering = [own[i] for i in segment.covers]
    passages = [p for p in covering if isinstance(p, Passage)]
    begins = [urls.passage_anchor(p.id) for i in segment.begins if isinstance(p := own[i], Passage)]
    ends = sorted((p for i in segment.ends if isinstance(p := own[i], Passage)), key=lambda p: int(numbers[p.id]))
    chips = site.chips({t for p in passages for t in p.topics})
    return Run(
        text=carried(source.text[segment.start : segment.end]),
        kind=_kind(covering, source),
        topics=tuple(c.id for c in chips),
        themes=tuple(c.theme for c in chips),
        letters=tuple(c.letter for c in chips),
        notes=tuple(urls.note_anchor(p.id) for p in passages),
        id=begins[0] if begins else "",
        extra_ids=tuple(begins[1:]),
        refs=tuple(Ref(numbers[p.id], f"#{urls.note_anchor(p.id)}", f"ref-{p.id}") for p in ends),
        place=(segment.start, segment.end) if source.excerpts else None,
    )


def _note(site: Site, citer: Citer, passage: Passage, number: str) -> NoteView:
    index = site.index
    return NoteView(
        id=urls.note_anchor(passage.id),
        number=number,
        back=f"#{urls.passage_anchor(passage.id)}",
        words=shortened(passage.words, 60),
        chips=site.chips(passage.topics),
        chain=site.chain(passage),
        attribution=site.line(passage.attribution),
        speech=SPEECH[passage.speech] if passage.speech else "",
        stance=passage.stance or "",
        match=passage.match,
        figures=tuple(site.figure(f) for f in passage.figures),
        entities=tuple(Link(index.entities[e].name, site.href(urls.entity(e))) for e in passage.entities),
        flags=tuple(Flag(f.kind, site.line(f.why)) for f in passage.flags),
        note=site.note(passage.note),
        callers=site.callers("passage", passage.ref),
        citing=citer.passage(passage),
    )
