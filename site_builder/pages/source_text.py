"""The text of a source as its page shows it: paragraphs of flat runs, each with the notes on its passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Literal

from .. import urls
from ..frozen import NamedTuple, dataclass, replace
from ..markup import markdown
from ..model import Passage, Region, Source
from ..texts.segments import Segment, segments
from ..texts.text import Span, carried, edges_of, weight
from .frame import Site
from .source_notes import NoteView, drawn, note_views
from .views import counted

RunKind = Literal["plain", "mark", "furniture", "aside", "hidden"]


@dataclass(frozen=True, slots=True)
class Ref:
    """The way from the end of a passage to its note; with the letters of its topics."""

    number: str
    href: str
    id: str
    letters: str


@dataclass(frozen=True, slots=True)
class Run:
    """A flat stretch of source text. `id` and `extra_ids` name the passages that begin with it.

    `look` are the classes by which it is drawn, `topics` the ids of its topics, `notes` those of the notes on it, each
    with spaces between. One that is hidden holds no text of the source, but how many words are not published.
    `place` is where the text stands, start and end, where only excerpts are published.
    """

    text: str
    kind: RunKind
    look: str = ""
    topics: str = ""
    notes: str = ""
    id: str = ""
    extra_ids: tuple[str, ...] = ()
    refs: tuple[Ref, ...] = ()
    place: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph of the source: the white space before it, its runs, and the notes on passages that begin in it."""

    id: str
    number: str
    gap: str
    runs: tuple[Run, ...]
    notes: tuple[NoteView, ...] = ()
    is_furniture: bool = False


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
    if not (source.boilerplate or source.excerpts):
        if whole := tuple(paragraphs):
            yield Block(whole, "")
        return
    for (is_hidden, is_furniture), group in groupby(paragraphs, key=_kept_together):
        run = tuple(group)
        if is_hidden:
            yield Block(run, "", _hidden_words(source, run))
            continue
        is_long = len(run) > 2 or sum(len(r.text) for p in run for r in p.runs) > _SHORT
        if is_furniture and is_long:
            yield Block(run, f"{counted(len(run), 'paragraph')} of boilerplate: {_reasons(source, run)}")
        else:
            yield Block(run, "")


def _kept_together(paragraph: ParagraphView) -> tuple[bool, bool]:
    runs = paragraph.runs
    is_hidden = runs[0].kind == "hidden" and all(run.kind == "hidden" for run in runs)
    return is_hidden, paragraph.is_furniture and not is_hidden


def _hidden_words(source: Source, run: Sequence[ParagraphView]) -> str:
    """Which paragraphs are not published, and how many words they hold."""
    first, last = int(run[0].number), int(run[-1].number)
    low, high = source.paragraphs[first - 1].start, source.paragraphs[last - 1].end
    which = f"paragraph {first}" if first == last else f"paragraphs {first} to {last}"
    return f"{which}, {not_shown(source, low, high)}"


def not_shown(source: Source, start: int, end: int) -> str:
    """How many words between two edges of paragraphs or excerpts are not published."""
    hidden = source.excerpts.hidden if source.excerpts else ()
    return f"{counted(sum(h.words for h in hidden if start <= h.start and h.end <= end), 'word')} not shown"


def _reasons(source: Source, run: Sequence[ParagraphView]) -> str:
    first, last = source.paragraphs[int(run[0].number) - 1], source.paragraphs[int(run[-1].number) - 1]
    inside = (r for r in source.boilerplate if r.start < last.end and first.start < r.end)
    return "; ".join(dict.fromkeys(markdown.plain(r.why) for r in inside))


def paragraph_views(site: Site, source: Source, text: str) -> Iterator[ParagraphView]:
    """A source's text by paragraphs; gaps and runs, joined, give it back up to the end of the last."""
    text = text if source.stored.is_plain else carried(text)  # one for one, so that places hold
    passages = sorted(source.passages, key=_PLACE)
    notes = note_views(site, source, passages)
    marks = [_mark(text, passage, note) for passage, note in zip(passages, notes, strict=True)]
    regions = sorted((*source.boilerplate, *source.set_aside), key=_PLACE)
    excerpts, never = source.excerpts, source.length + 1
    cuts = [edge for h in excerpts.hidden for edge in (h.start, h.end)] if excerpts else []
    begins, regions_begin = [*map(_START, passages), never], [*map(_START, regions), never]
    at = met = end = 0  # how many passages and regions have begun, and where the paragraph before ends
    tangled: list[Passage | Region] = []  # what does not simply stand in a paragraph, and may reach into the next
    by_id, order = dict[str, NoteView](), dict[str, int]()  # of all passages, once some are tangled
    edges = edges_of(source.paragraphs)
    for number, (start, stop) in enumerate(zip(edges[::2], edges[1::2], strict=True), 1):
        gap = "" if excerpts else text[end:start]
        (id_, written), end, first, first_met = _numbered(number), stop, at, met
        while begins[at] < stop:
            at += 1
        while regions_begin[met] < stop:
            met += 1
        if tangled:
            tangled = [r for r in tangled if start < r.end]
        if cuts or tangled or first_met < met:
            runs = None
        elif first == at:
            yield ParagraphView(id_, written, gap, (Run(text[start:stop], "plain"),))
            continue
        else:
            runs = one_by_one(text, start, stop, passages[first:at], marks[first:at])
        is_furniture = False
        if runs is None:
            if not by_id:
                by_id = {p.id: note for p, note in zip(passages, notes, strict=True)}
                order = {p.id: place for place, p in enumerate(source.passages)}
            tangled += (*passages[first:at], *regions[first_met:met])
            own = sorted(tangled, key=lambda r: order[r.id] if isinstance(r, Passage) else len(order))
            paragraph = Span(start, stop)
            flat = segments(paragraph, [Span(r.start, r.end) for r in own], cuts)
            runs = tuple(_runs(site, source, flat, own, by_id))
            is_furniture = _is_read_as_furniture(source, paragraph, flat, own)
        yield ParagraphView(id_, written, gap, runs, notes[first:at], is_furniture)


_START, _PLACE = attrgetter("start"), attrgetter("start", "end")


@lru_cache(maxsize=1024)
def _numbered(number: int) -> tuple[str, str]:
    """The id of a paragraph and its number in digits: of nearly all, other sources have one of that number."""
    return urls.paragraph_anchor(number), str(number)


def _mark(text: str, passage: Passage, note: NoteView) -> Run:
    """The words of a passage that no other touches, with the way to its note."""
    look = note.look
    refs = (Ref(note.number, f"#{note.id}", f"ref-{passage.id}", look.letters),)
    words = text[passage.start : passage.end]
    return Run(words, "mark", look.look, look.topics, note.id, note.back[1:], (), refs)


def one_by_one(
    text: str, at: int, end: int, passages: Iterable[Passage], marks: Iterable[Run]
) -> tuple[Run, ...] | None:
    """The runs of a paragraph, from `at` to `end`, whose passages follow one another, as in most; None where they do
    not.

    `text` is as HTML can carry it, `marks` are the runs of the passages.
    """
    runs = []
    for passage, mark in zip(passages, marks, strict=True):
        start, stop = passage.start, passage.end
        if not at <= start < stop <= end:
            return None
        if at < start:
            runs.append(Run(text[at:start], "plain"))
        runs.append(mark)
        at = stop
    if at < end:
        runs.append(Run(text[at:end], "plain"))
    return tuple(runs)


def _is_read_as_furniture(
    source: Source, paragraph: Span, flat: Iterable[Segment], own: Sequence[Passage | Region]
) -> bool:
    """Whether all words of a paragraph are furniture of the page."""
    pieces = [s for s in flat if _kind([own[i] for i in s.covers], source) == "furniture"]
    read = sum(weight(source.text[s.start : s.end]) for s in pieces)
    return bool(pieces) and read == weight(source.text[paragraph.start : paragraph.end])


def _kind(covering: list[Passage | Region], source: Source) -> RunKind:
    if not covering:
        return "plain"
    if any(isinstance(r, Passage) for r in covering):
        return "mark"
    return "furniture" if any(r in source.boilerplate for r in covering) else "aside"


def _runs(
    site: Site, source: Source, flat: Iterable[Segment], own: Sequence[Passage | Region], notes: Mapping[str, NoteView]
) -> Iterator[Run]:
    """The segments as runs; those that follow one another and are not published are one."""
    if source.excerpts is None:
        yield from (_run(site, source, s, own, notes) for s in flat)
        return
    for is_shown, group in groupby(flat, key=lambda s: source.around(s.start, s.end) is not None):
        run = tuple(group)
        if is_shown:
            yield from (replace(_run(site, source, s, own, notes), place=(s.start, s.end)) for s in run)
        else:
            yield Run(not_shown(source, run[0].start, run[-1].end), "hidden")


def _run(
    site: Site, source: Source, segment: Segment, own: Sequence[Passage | Region], notes: Mapping[str, NoteView]
) -> Run:
    covering = [own[i] for i in segment.covers]
    text, kind = carried(source.text[segment.start : segment.end]), _kind(covering, source)
    if kind != "mark":
        return Run(text, kind)
    passages = [p for p in covering if isinstance(p, Passage)]
    begins = [urls.passage_anchor(p.id) for i in segment.begins if isinstance(p := own[i], Passage)]
    ends = sorted((p.id for i in segment.ends if isinstance(p := own[i], Passage)), key=lambda p: int(notes[p].number))
    mark = drawn(site)[tuple([t for p in passages for t in p.topics])]
    return Run(
        text=text,
        kind=kind,
        look=mark.look,
        topics=mark.topics,
        notes=" ".join([urls.note_anchor(p.id) for p in passages]),
        id=begins[0] if begins else "",
        extra_ids=tuple(begins[1:]),
        refs=tuple(_refs(ends, notes)),
    )


def _refs(ends: Iterable[str], notes: Mapping[str, NoteView]) -> Iterator[Ref]:
    for id_ in ends:
        note = notes[id_]
        yield Ref(note.number, f"#{note.id}", f"ref-{id_}", note.look.letters)
