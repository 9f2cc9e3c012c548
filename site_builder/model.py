"""The briefing as resolved: every quote has its place, every id its object, every contract held.

All values are frozen and hold tuples; things refer to each other by id, and `Briefing` finds them. Offsets are code
points, half-open, into `Source.text`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, TypeVar, cast

from .frozen import dataclass, replace
from .printed.dates import Edtf
from .records import (
    Basis,
    ClaimRecord,
    CorrectionRecord,
    EntityRecord,
    EventRecord,
    FigureRecord,
    FlagRecord,
    JudgementRecord,
    MeasureRecord,
    Note,
    Omission,
    OneOriginRecord,
    QuestionRecord,
    Relation,
    RevisionRecord,
    SiteRecord,
    SourceRecord,
    Speech,
    Stance,
    Theme,
    TopicRecord,
)
from .storing import Stored
from .texts.anchoring import Match
from .texts.text import Span, word_count

T = TypeVar("T")

CitationKind = Literal["passage", "claim", "event", "figure"]
Profile = Literal["local", "public"]  # for the reader's own eyes, with every text whole; or for everybody's


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date and what it rests on; `anchor` is the place of the words that print it, where they are named."""

    value: Edtf
    basis: Basis
    why: str | None = None
    anchor: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number a passage states or the build derived. `value`, `low`, `high` are exact decimals."""

    id: str
    source: str
    passage: str
    record: FigureRecord
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    period: Edtf | None
    as_of: Edtf | None
    inputs: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """`source-id#figure-id`."""
        return f"{self.source}#{self.id}"

    @property
    def passage_ref(self) -> str:
        """`source-id#passage-id` of the passage that states it."""
        return f"{self.source}#{self.passage}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a source that says something. `words` are the source's own characters."""

    id: str
    source: str
    start: int
    end: int
    match: Match
    words: str
    topics: tuple[str, ...]
    said_by: str | None
    via: tuple[str, ...]
    attribution: str | None
    speech: Speech | None
    stance: Stance | None
    entities: tuple[str, ...]
    figures: tuple[Figure, ...]
    flags: tuple[FlagRecord, ...]
    note: Note | None
    chain: tuple[str, ...]

    @property
    def ref(self) -> str:
        """`source-id#passage-id`."""
        return f"{self.source}#{self.id}"

    @property
    def origin(self) -> str:
        """The last link of the chain: whose word this is in the end. An entity id, or the source's own id."""
        return self.chain[-1]


def counted_origin(
    passage: Passage, entities: Mapping[str, EntityRecord], together: Iterable[OneOriginRecord] = ()
) -> str:
    """What a passage's origin is counted by (contract 5): voices counted `together` by the first of them, an unnamed
    voice once for each source (`source-id#unnamed`), any other by itself."""
    for one in together:
        if passage.origin in one.voices:
            return one.voices[0]
    entity = entities.get(passage.origin)
    return f"{passage.source}#unnamed" if entity and entity.unnamed else passage.origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A stretch that is no passage, and why."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A known name where a text prints it; several entities may share a name."""

    start: int
    end: int
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """A number, date or known name that stands outside every passage, and why; one that is unread has no reason."""

    start: int
    end: int
    kind: Literal["number", "date", "name"]
    part: Literal["unread", "boilerplate", "set_aside"]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of a text was read, in code points that are not white space; the four parts add up to `total`."""

    annotated: int
    boilerplate: int
    set_aside: int
    unread: int

    @property
    def total(self) -> int:
        """All code points that are not white space."""
        return self.annotated + self.boilerplate + self.set_aside + self.unread

    def share(self, part: int) -> float:
        """A part as a share of the whole, 0 of an empty text."""
        return part / self.total if self.total else 0.0

    def shares(self) -> dict[str, float]:
        """The four shares by name, that sum to 1: an empty text counts as wholly unread."""
        if not (total := self.total):
            return {"annotated": 0.0, "boilerplate": 0.0, "set_aside": 0.0, "unread": 1.0}
        return {
            "annotated": self.annotated / total,
            "boilerplate": self.boilerplate / total,
            "set_aside": self.set_aside / total,
            "unread": self.unread / total,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A stretch of a text that is not published, within one paragraph, and how many words it holds."""

    start: int
    end: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpts:
    """What is published of a text that is not published whole: the ranges `shown`, in order, and what is between.

    `context` is how many words around each passage were asked for, `words` how many the whole text holds, `quoted` how
    many of them stand in passages or print the issue date; what else is shown are words around those. `strays` are the
    shown ones of the whole text.
    """

    shown: tuple[Span, ...]
    hidden: tuple[Hidden, ...]
    strays: tuple[Stray, ...]
    context: int
    words: int
    quoted: int
    why: str | None

    @property
    def words_shown(self) -> int:
        """How many words are published."""
        return self.words - sum(h.words for h in self.hidden)

    @property
    def words_around(self) -> int:
        """How many of those are no passage's own."""
        return max(0, self.words_shown - self.quoted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source: its record, its text, and what it says. `length` is the text's, `unusual` its bytes where they are
    not the text's.

    Where it has `excerpts`, its text is blotted out but for the ranges shown, with every offset kept.
    """

    id: str
    record: SourceRecord
    stored: Stored
    length: int
    unusual: bytes | None
    sha256: str
    issued: Dated | None
    paragraphs: Sequence[Span]
    passages: tuple[Passage, ...]
    boilerplate: tuple[Region, ...]
    set_aside: tuple[Region, ...]
    mentions: tuple[Mention, ...]
    coverage: Coverage
    excerpts: Excerpts | None = None

    @property
    def text(self) -> str:
        """The text: what offsets are counted in."""
        return self.stored.text

    def around(self, start: int, end: int) -> Span | None:
        """The stretch that is published whole around a range, or None where part of the range is not."""
        if self.excerpts is None:
            return Span(0, self.length)
        return next((s for s in self.excerpts.shown if s.start <= start and end <= s.end), None)

    @property
    def word_count(self) -> int:
        """How many words the whole text holds."""
        if self.excerpts:
            return self.excerpts.words
        return word_count(self.stored.content, self.length - self.coverage.total)

    @property
    def title(self) -> str:
        """The title as recorded."""
        return self.record.title

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of its authors as they are shown."""
        return tuple([n.literal or " ".join(filter(None, (n.given, n.family))) for n in self.record.author])

    @property
    def doi(self) -> str:
        """The DOI alone, however it was written ("https://doi.org/10.…", "doi:10.…"); empty without one."""
        written = (self.record.DOI or "").strip()
        if "://" in written:  # an address escapes what may not stand in one
            from urllib.parse import unquote  # few sources have one

            written = unquote(written)
        return written[max(0, written.find("10.")) :]

    @property
    def doi_address(self) -> str:
        """Where its DOI leads; empty without one."""
        if not self.doi.startswith("10."):
            return ""
        from urllib.parse import quote  # few sources have one

        return f"https://doi.org/{quote(self.doi)}"

    @property
    def original(self) -> str:
        """Where its publisher has it: the address that is recorded, else that of its DOI; empty without either."""
        return self.record.URL or self.doi_address

    @property
    def raw(self) -> bytes:
        """The seed's own bytes."""
        return self.stored.content if self.unusual is None else self.unusual


def face(source: Source) -> Source:
    """What all else may know of a source: neither notes, nor why words were set aside."""
    return replace(
        source,
        record=replace(source.record, note=None, passages=(), boilerplate=(), set_aside=()),
        passages=tuple(replace(p, note=None) if p.note else p for p in source.passages),
        boilerplate=(),
        set_aside=(),
        excerpts=replace(source.excerpts, strays=()) if source.excerpts else None,
    )


def is_same_face(one: Source, other: Source) -> bool:
    """Whether two sources show the same elsewhere, numbers as they are written: 120 equals 120.0."""
    return face(one) == face(other) and all(
        numbers_of(a) == numbers_of(b)
        for p, q in zip(one.passages, other.passages, strict=True)
        for a, b in zip(p.figures, q.figures, strict=True)
    )


def numbers_of(figure: Figure) -> tuple[str, str, str]:
    """The numbers of a figure as they are written."""
    return str(figure.value), str(figure.low), str(figure.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened or is planned. `reported` is when it was reported, or its earliest source issued."""

    record: EventRecord
    date: Dated
    reported: Edtf | None

    @property
    def id(self) -> str:
        """The event's id."""
        return self.record.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What we conclude. `origins` are the different origins of its supporting passages, unnamed ones per source.

    Voices that the claim counts as one stand under the first of them.
    """

    record: ClaimRecord
    origins: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.record.id

    def passages(self, relation: Relation) -> tuple[str, ...]:
        """Refs of the passages that bear on the claim in this way."""
        return tuple(e.passage for e in self.record.evidence if e.relation == relation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """`[@…]` in prose: what it names, and the passages that this lends to its sentence."""

    kind: CitationKind
    target: str
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of prose, as Markdown without its citations."""

    markdown: str
    standing: Literal["cited", "analysis", "uncited"]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Markdown whose sentences cite."""

    markdown: str
    sentences: tuple[Sentence, ...]

    def count(self, standing: str) -> int:
        """How many sentences stand so."""
        return sum(s.standing == standing for s in self.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A theme of the briefing: its brief, its colour slot, how it is drawn and its letter.

    `look` is the slot, and "blue-again" for every other topic of one colour: the same colour in other lines.
    """

    id: str
    record: TopicRecord
    brief: Prose
    theme: Theme
    look: str
    letter: str
    related: tuple[tuple[str, int], ...]

    @property
    def title(self) -> str:
        """The topic's title."""
        return self.record.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A key judgement with its cited sentences."""

    record: JudgementRecord
    prose: Prose


@dataclass(frozen=True, slots=True)
class Briefing:
    """The whole, in the order in which it is shown."""

    site: SiteRecord
    sources: Sequence[Source]
    events: Sequence[Event]
    claims: tuple[Claim, ...]
    measures: tuple[MeasureRecord, ...]
    entities: tuple[EntityRecord, ...]
    topics: tuple[Topic, ...]
    judgements: tuple[Judgement, ...]
    questions: tuple[QuestionRecord, ...]
    index: Index
    changes: tuple[RevisionRecord, ...] = ()
    corrections: tuple[CorrectionRecord, ...] = ()
    profile: Profile = "local"
    leaves_out: frozenset[Omission] = frozenset()

    def passages(self) -> Iterator[Passage]:
        """Every passage, source by source."""
        return (p for s in self.sources for p in s.passages)

    def figures(self) -> Iterator[Figure]:
        """Every figure, source by source."""
        return (f for p in self.passages() for f in p.figures)


class OfSources(Mapping[str, T]):
    """Things by `source-id#own-id`, found in their sources: those of a source are looked at when one is asked for."""

    __slots__ = ("_found", "_sources", "_things")

    def __init__(self, sources: Mapping[str, Source], things: Callable[[Source], Iterable[T]]) -> None:
        """`things` gives those of one source, in order, each with an `id`; it is a function of a module's own."""
        self._sources = sources
        self._things = things
        self._found: dict[str, dict[str, T]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return OfSources, (self._sources, self._things)

    def _of(self, source_id: str) -> dict[str, T]:
        found = self._found.get(source_id)
        if found is None:
            found = {cast("Any", thing).id: thing for thing in self._things(self._sources[source_id])}
            self._found[source_id] = found
        return found

    def __getitem__(self, ref: str) -> T:
        source_id, _, own_id = ref.partition("#")
        return (self._found.get(source_id) or self._of(source_id))[own_id]

    def __iter__(self) -> Iterator[str]:
        return (f"{source_id}#{own_id}" for source_id in self._sources for own_id in self._of(source_id))

    def __len__(self) -> int:
        return sum(len(self._of(source_id)) for source_id in self._sources)


def passages_of(source: Source) -> tuple[Passage, ...]:
    """The passages of a source."""
    return source.passages


def figures_of(source: Source) -> tuple[Figure, ...]:
    """The figures of a source."""
    return tuple(f for p in source.passages for f in p.figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Look-ups by id (passages and figures: by ref) over a briefing's parts; the merge saw that none is missing."""

    sources: Mapping[str, Source]
    passages: Mapping[str, Passage]
    figures: Mapping[str, Figure]
    events: Mapping[str, Event]
    claims: Mapping[str, Claim]
    measures: Mapping[str, MeasureRecord]
    entities: Mapping[str, EntityRecord]
    topics: Mapping[str, Topic]

    def voice(self, link: str) -> str:
        """The name of a link of a chain: an entity's name, or a source's title."""
        entity = self.entities.get(link)
        return entity.name if entity else self.sources[link].title

    def origins(self, refs: Iterable[str], together: Sequence[OneOriginRecord] = ()) -> tuple[str, ...]:
        """The different origins of these passages as they are counted, in order."""
        return tuple(dict.fromkeys(counted_origin(self.passages[ref], self.entities, together) for ref in refs))

    def of(self, refs: Iterable[str]) -> tuple[Source, ...]:
        """The sources of these passages, each once, in order."""
        return tuple([self.sources[s] for s in dict.fromkeys([ref.partition("#")[0] for ref in refs])])
