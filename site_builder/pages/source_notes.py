"""The note on a passage as the page of its source shows it, and how its words are drawn."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from .. import urls
from ..backlinks import Backlinks
from ..frozen import NamedTuple
from ..model import Passage, Source
from ..wording import shortened
from .frame import Site
from .on_demand import made
from .quotes import CallerView
from .views import SPEECH, ChainLink, Chip, FigureView, Link


class Flag(NamedTuple):
    """What is odd, and why."""

    kind: str
    why: Markup


class Drawn(NamedTuple):
    """How a mark with some topics is drawn: the theme of the first, all its classes, the ids of the topics, letters,
    and the topics as labels."""

    theme: str
    look: str
    topics: str
    letters: str
    chips: tuple[Chip, ...]


_RANKS = ("first", "second", "third")  # as many topics as a mark can show


def drawn(site: Site) -> Marks:
    """How marks are drawn on a page, by their topics."""
    if site.drawn is None:
        site.drawn = site.desk.remembered(("drawn", site.root), lambda: Marks(site))
    marks: Marks = site.drawn
    return marks


class Marks(dict[tuple[str, ...], Drawn]):
    """How marks with some topics are drawn on the pages of a folder, as they are met; `chips` are all topics."""

    def __init__(self, site: Site) -> None:
        self.chips = site.chips([topic.id for topic in site.briefing.looks])

    def __missing__(self, topics: tuple[str, ...]) -> Drawn:
        chips = tuple([chip for chip in self.chips if chip.id in topics])
        look = " ".join(f"{rank}-{chip.theme}" for rank, chip in zip(_RANKS, chips, strict=False))
        theme = chips[0].theme if chips else "none"
        ids, letters = " ".join(c.id for c in chips), "".join(c.letter for c in chips)
        found = self[topics] = Drawn(theme, look or "first-none", ids, letters, chips)
        return found


class Calls:
    """Who calls on the passages of a source: asked for once, when the first of its notes is asked."""

    def __init__(self, site: Site, source: Source) -> None:
        self._site = site
        self._source = source

    @made
    def found(self) -> Backlinks:
        """The callers on each of them, among others."""
        return self._site.desk.backlinks.together(("passage", self._source.id))


def note_views(site: Site, source: Source, passages: Sequence[Passage]) -> tuple[NoteView, ...]:
    """The notes on some passages of a source, numbered in their order; their Markdown is read in one go."""
    calls, looks = Calls(site, source), drawn(site)
    views: list[NoteView] = []
    for number, (passage, note) in enumerate(zip(passages, site.notes([p.note for p in passages]), strict=True), 1):
        more = passage.attribution or passage.figures or passage.entities or passage.flags or passage.chain[1:]
        look = looks[passage.topics]
        views.append((NoteView if more else BareNoteView)(site, passage, str(number), look, note, calls))
    return tuple(views)


class NoteView:
    """The note on a passage: its id and number, the way back to the words, and what is said of them.

    `look` is how its words are drawn, `chips` are its topics, `speech` says in whose words it is said, `stance` what
    the voice does with it, `match` how the quote agrees with the text, `note` is what its reader remarks on it. The
    rest is made when it is asked for.
    """

    def __init__(self, site: Site, passage: Passage, number: str, look: Drawn, note: Markup, calls: Calls) -> None:
        self._site = site
        self._calls = calls
        self._passage = passage
        self.id = urls.note_anchor(passage.id)
        self.number = number
        self.back = f"#{urls.passage_anchor(passage.id)}"
        self.look = look
        self.chips = look.chips
        self.speech = SPEECH[passage.speech] if passage.speech else ""
        self.stance = passage.stance or ""
        self.match = passage.match
        self.note = note

    @made
    def words(self) -> str:
        """The beginning of the passage."""
        return shortened(self._passage.words, 60)

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
    def callers(self) -> tuple[CallerView, ...]:
        """What calls on it."""
        callers = self._calls.found.get(("passage", self._passage.ref))
        return tuple([CallerView(self._site, c) for c in callers]) if callers else ()


class BareNoteView(NoteView):
    """The note on a passage of which no more is said, as most are."""

    chain = ()
    voice = ""
    attribution = Markup()
    figures = ()
    entities = ()
    flags = ()
