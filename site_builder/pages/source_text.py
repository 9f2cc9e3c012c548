"""The text of a source as its page shows it: paragraphs of flat runs, each with the notes on its passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Literal

from markupsafe import Markup

from .. import markdown, urls
from ..frozen import NamedTuple
from ..model import Passage, Region, Source
from ..segments import Segment, segments
from ..text import Span, carried, weight
from .frame import Site
from .on_demand import made
from .views import SPEECH, CallerView, ChainLink, Chip, FigureView, Link, counted, shortened

RunKind = Literal["plain", "mark", "furniture", "aside", "hidden"]


class Ref(NamedTuple):
    """The way from the end of a passage to its note; the first one at a place has the letters of all topics there."""

    number: str
    href: str
    id: str
    letters: str


class Run(NamedTuple):
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


class Flag(NamedTuple):
    """What is odd, and why."""

    kind: str
    why: Markup


class NoteView:
    """The note on a passage: its id and number, the way back to the words, and what is said of them."""

    def __init__(self, site: Site, passage: Passage, number: str) -> None:
        self._site = site
        self._passage = passage
        self.id = urls.note_anchor(passage.id)
        self.number = number
        self.back = f"#{urls.passage_anchor(passage.id)}"

    @made
    def words(self) -> str:
        """The beginning of the passage."""
        return shortened(self._passage.words, 60)

    @made
    def chips(self) -> tuple[Chip, ...]:
        """Its topics."""
        return self._site.chips(self._passage.topics)

    @made
    def chain(self) -> tuple[ChainLink, ...]:
        """Through whom the text had the words, and last the one who spoke them."""
        return tuple(map(self._site.chain_link, self._passage.chain[1:]))

    @made
    def voice(self) -> str:
        """Whose words they are in the end, empty where they are the text's own."""
        return self.chain[-1].text if self.chain else ""

    @made
    def attribution(self) -> Markup:
        """From which words the chain is read."""
        return self._site.line(self._passage.attribution)

    @made
    def speech(self) -> str:
        """In whose words it is said."""
        return SPEECH[self._passage.speech] if self._passage.speech else ""

    @made
    def stance(self) -> str:
        """What the voice does with it."""
        return self._passage.stance or ""

    @made
    def match(self) -> str:
        """How the quote agrees with the text."""
        return self._passage.match

    @made
    def figures(self) -> tuple[FigureView, ...]:
        """The numbers that it prints."""
        return tuple(map(self._site.figure, self._passage.figures))

    @made
    def entities(self) -> tuple[Link, ...]:
        """Who and what is named or meant."""
        return tuple(map(self._site.entity, self._passage.entities))

    @made
    def flags(self) -> tuple[Flag, ...]:
        """What is odd about it."""
        return tuple(Flag(f.kind, self._site.line(f.why)) for f in self._passage.flags)

    @made
    def note(self) -> Markup:
        """What its reader remarks on it."""
        return self._site.note(self._passage.note)

    @made
    def callers(self) -> tuple[CallerView, ...]:
        """What calls on it."""
        return self._site.callers("passage", self._passage.ref)


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
    text, passages = carried(source.text), sorted(source.passages, key=_PLACE)  # one for one, so that places hold
    numbers = {p.id: str(i) for i, p in enumerate(passages, 1)}
    ranges: tuple[Passage | Region, ...] = (*source.passages, *source.boilerplate, *source.set_aside)
    waiting = sorted(range(len(ranges)), key=lambda i: ranges[i].start, reverse=True)
    hidden = source.excerpts.hidden if source.excerpts else ()
    edges = [edge for h in hidden for edge in (h.start, h.end)]
    reached: list[int] = []  # the ranges that begin before the end of the paragraph, and may reach into it
    end = noted = 0
    for number, paragraph in enumerate(source.paragraphs, 1):
        while waiting and ranges[waiting[-1]].start < paragraph.end:
            reached.append(waiting.pop())
        own: list[Passage | Region] = []
        if reached:
            reached = [i for i in reached if paragraph.start < ranges[i].end]
            own = [ranges[i] for i in sorted(reached)]
        is_furniture = False
        runs = None if edges else one_by_one(site, text, paragraph, own, numbers)
        if runs is None:
            flat = segments(paragraph, [Span(r.start, r.end) for r in own], edges)
            runs = tuple(_runs(site, source, flat, own, numbers))
            is_furniture = _is_read_as_furniture(source, paragraph, flat, own)
        first = noted
        while noted < len(passages) and passages[noted].start < paragraph.end:
            noted += 1
        gap = "" if source.excerpts else text[end : paragraph.start]
        notes = tuple([NoteView(site, p, numbers[p.id]) for p in passages[first:noted]]) if first < noted else ()
        yield ParagraphView(urls.paragraph_anchor(number), number, gap, runs, notes, is_furniture)
        end = paragraph.end


_PLACE = attrgetter("start", "end")


def one_by_one(
    site: Site, text: str, paragraph: Span, own: Sequence[Passage | Region], numbers: Mapping[str, str]
) -> tuple[Run, ...] | None:
    """The runs of a paragraph whose passages follow one another, as most do; None where anything else is in it.

    `text` is as HTML can carry it.
    """
    runs, at = [], paragraph.start
    for passage in sorted(own, key=_PLACE) if len(own) > 1 else own:
        start, end = passage.start, passage.end
        if not (isinstance(passage, Passage) and at <= start < end <= paragraph.end):
            return None
        if at < start:
            runs.append(Run(text[at:start], "plain"))
        mark, note = drawn(site, passage.topics), urls.note_anchor(passage.id)
        refs = (Ref(numbers[passage.id], f"#{note}", f"ref-{passage.id}", mark.letters),)
        anchor = urls.passage_anchor(passage.id)
        runs.append(Run(text[start:end], "mark", mark.look, mark.topics, note, anchor, (), refs))
        at = end
    if at < paragraph.end:
        runs.append(Run(text[at : paragraph.end], "plain"))
    return tuple(runs)


class Drawn(NamedTuple):
    """How a mark with some topics is drawn: the theme of the first, all its classes, the ids of the topics, letters."""

    theme: str
    look: str
    topics: str
    letters: str


_RANKS = ("first", "second", "third")  # as many topics as a mark can show


def drawn(site: Site, topics: Sequence[str]) -> Drawn:
    """How a passage with these topics is drawn."""
    named = tuple(topics)
    found: Drawn | None = site.drawn.get(named)
    if found is None:
        found = site.drawn[named] = site.desk.remembered(("drawn", *named), lambda: _draw(site, named))
    return found


def _draw(site: Site, topics: Sequence[str]) -> Drawn:
    chips = site.chips(topics)
    look = " ".join(f"{rank}-{chip.theme}" for rank, chip in zip(_RANKS, chips, strict=False))
    theme = chips[0].theme if chips else "none"
    return Drawn(theme, look or "first-none", " ".join(c.id for c in chips), "".join(c.letter for c in chips))


def _is_read_as_furniture(
    source: Source, paragraph: Span, flat: Iterable[Segment], own: list[Passage | Region]
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
    site: Site, source: Source, flat: Iterable[Segment], own: list[Passage | Region], numbers: Mapping[str, str]
) -> Iterator[Run]:
    """The segments as runs; those that follow one another and are not published are one."""
    if source.excerpts is None:
        yield from (_run(site, source, s, own, numbers) for s in flat)
        return
    for is_shown, group in groupby(flat, key=lambda s: source.around(s.start, s.end) is not None):
        run = tuple(group)
        if is_shown:
            yield from (_run(site, source, s, own, numbers)._replace(place=(s.start, s.end)) for s in run)
        else:
            yield Run(not_shown(source, run[0].start, run[-1].end), "hidden")


def _run(site: Site, source: Source, segment: Segment, own: list[Passage | Region], numbers: Mapping[str, str]) -> Run:
    covering = [own[i] for i in segment.covers]
    text, kind = carried(source.text[segment.start : segment.end]), _kind(covering, source)
    if kind != "mark":
        return Run(text, kind)
    passages = [p for p in covering if isinstance(p, Passage)]
    begins = [urls.passage_anchor(p.id) for i in segment.begins if isinstance(p := own[i], Passage)]
    ends = sorted((p for i in segment.ends if isinstance(p := own[i], Passage)), key=lambda p: int(numbers[p.id]))
    mark = drawn(site, [t for p in passages for t in p.topics])
    return Run(
        text=text,
        kind=kind,
        look=mark.look,
        topics=mark.topics,
        notes=" ".join([urls.note_anchor(p.id) for p in passages]),
        id=begins[0] if begins else "",
        extra_ids=tuple(begins[1:]),
        refs=tuple(_refs(ends, numbers, mark.letters)),
    )


def _refs(ends: Iterable[Passage], numbers: Mapping[str, str], letters: str) -> Iterator[Ref]:
    for passage in ends:
        yield Ref(numbers[passage.id], f"#{urls.note_anchor(passage.id)}", f"ref-{passage.id}", letters)
        letters = ""
