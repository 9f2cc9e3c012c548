"""The small views that pages are made of, and the words in which counts are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

from markupsafe import Markup

from .. import wording
from ..frozen import NamedTuple
from ..model import Claim
from ..records import FigureRecord, MeasureRecord, Speech

T = TypeVar("T")

SPEECH: dict[Speech, str] = {
    "direct": "in its own words",
    "mixed": "partly in its own words",
    "indirect": "in paraphrase",
}


class Link(NamedTuple):
    """A link and its words."""

    text: str
    href: str


class TermView(NamedTuple):
    """A word of the site as a link to its entry in the glossary, with what it means; `look` are its classes."""

    text: str
    href: str
    words: str
    look: str = ""


class Part(NamedTuple):
    """A part of a page, and how much stands in it."""

    link: Link
    size: int


class Pager(NamedTuple):
    """What comes before and after a thing in its list."""

    previous: Link | None
    following: Link | None


class Fact(NamedTuple):
    """A labelled line: a record's field, a count."""

    label: str
    value: str | Markup
    href: str = ""


class Chip(NamedTuple):
    """A topic as a label: its letter and colour slot stand for it beside its name."""

    id: str
    title: str
    letter: str
    theme: str
    href: str


NO_TOPIC = Chip("", "No topic", "", "none", "")  # under which stands what has none


class ChainLink(NamedTuple):
    """One link of a chain of origin; a voice without a name says so."""

    text: str
    href: str
    is_unnamed: bool


class FigureView(NamedTuple):
    """A figure: its number in words, what it counts, of what time and scope. Rough words have no unit but one that is
    theirs alone."""

    id: str
    text: str
    measure: Link
    unit: str
    is_words: bool
    scope: str
    when: str
    approx: str
    derived: str
    why: Markup
    note: Markup
    href: str


class ClaimView(NamedTuple):
    """A claim in a list."""

    claim: str
    href: str
    status: str
    confidence: str
    standing: str
    chips: tuple[Chip, ...]


_BEGINNING = 72  # characters of the words cited that stand beside a brief
_LITTLE = 10  # more than these that are not worth a cut


class SideNote(NamedTuple):
    """What a citation in a brief leads to: its number on the page, what it is, its words, where they are from.

    `language` is that of the words where it is not the site's.
    """

    number: str
    kind: str
    href: str
    words: str
    language: str
    source: str

    @property
    def beginning(self) -> str:
        """The whole words that stand beside a brief before the note is opened."""
        words = self.words
        if len(words) <= _BEGINNING + _LITTLE:
            return words
        cut = words[: max(0, words.rfind(" ", 0, _BEGINNING + 1)) or _BEGINNING]
        return cut.rstrip(wording.PAUSES) or cut

    @property
    def rest(self) -> str:
        """All that comes after those, from the space on."""
        return self.words[len(self.beginning) :]


_BESIDE = 4  # notes that stand open beside one block of prose


def open_of(number: int, few: int) -> int:
    """How many of a number of things stand open where few do: of one more than few, all, since a fold saves no line."""
    return few if number > few + 1 else number


class Printed(NamedTuple):
    """A source as paper names it: what it is, and where it stands, at its publisher's (if known) and here."""

    text: str
    addresses: tuple[str, ...]


class ProseBlock(NamedTuple):
    """A block of a brief, with the notes on the citations that first stand in it; of many, some are folded."""

    html: Markup
    notes: tuple[SideNote, ...]

    @property
    def shown(self) -> int:
        """How many of the notes stand open."""
        return open_of(len(self.notes), _BESIDE)

    @property
    def beside(self) -> tuple[SideNote, ...]:
        """The notes that stand open."""
        return self.notes[: self.shown]

    @property
    def folded(self) -> tuple[SideNote, ...]:
        """The notes that are folded."""
        return self.notes[self.shown :]


def standing(claim: Claim) -> str:
    """On how much a claim rests: "4 sources, 1 origin"."""
    if not claim.sources:
        return "no support"
    return f"{counted(len(claim.sources), 'source')}, {counted(len(claim.origins), 'origin')}"


def pager(entries: Sequence[T], position: int, link: Callable[[T], Link]) -> Pager:
    """Links to the neighbours of an entry of a list."""
    before = link(entries[position - 1]) if position else None
    after = link(entries[position + 1]) if position + 1 < len(entries) else None
    return Pager(before, after)


@lru_cache(maxsize=4096)
def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun, which no end of a line parts."""
    return wording.counted(number, noun, plural).replace(" ", "\xa0", 1)


def unit_of_words(record: FigureRecord, measure: MeasureRecord) -> str:
    """The unit of rough words: only one of their own, which they do not name themselves."""
    unit, words = record.unit or "", (record.approx or "").casefold()
    return "" if unit == measure.unit or unit.casefold().rstrip("s") in words else unit
