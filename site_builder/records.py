"""The annotations as written: one class per kind of entry, fields as in the YAML, ids as strings, selectors unresolved.

Every record knows where it and each of its fields stand (`at`). `site_builder.model` has the same things resolved.
Field types are the schema: `reading.schema` reads them, refuses what does not fit and says where. CSL field names
(container-title) are written with hyphens in YAML, with underscores here.
"""

from __future__ import annotations

import copyreg
from collections.abc import Mapping, Sequence, Set
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, NewType

from .frozen import dataclass, field
from .problems import Place
from .storing import Stored

Id = NewType("Id", str)  # [a-z0-9]+(-[a-z0-9]+)*
PassageRef = NewType("PassageRef", str)  # source-id#passage-id
ThingRef = NewType("ThingRef", str)  # as a brief cites it: source-id#passage-id, claim:id, event:id, …
Words = NewType("Words", str)  # text that must not be blank
Markdown = NewType("Markdown", str)  # CommonMark without raw HTML, with citations
Url = NewType("Url", str)  # http or https
SiteUrl = NewType("SiteUrl", str)  # http or https, without query and fragment
Language = NewType("Language", str)  # BCP 47
Hash = NewType("Hash", str)  # SHA-256 in hexadecimal digits
RuleName = NewType("RuleName", str)  # a rule whose severity may be set
Day = NewType("Day", str)  # a whole day of the calendar, 2026-11-22
Count = NewType("Count", int)  # a whole number, 0 or more

Number = Decimal
Basis = Literal["stated", "relative", "bounded", "inferred"]
Stance = Literal["asserts", "denies", "doubts", "predicts", "promises", "relays"]
Speech = Literal["direct", "mixed", "indirect"]
Relation = Literal["supports", "contradicts", "qualifies"]
Status = Literal["accepted", "conflict", "unresolved", "retracted"]
Confidence = Literal["low", "moderate", "high"]
Grade = Literal["A", "B", "C", "D", "E", "F"]  # Admiralty source reliability
Credibility = Literal["1", "2", "3", "4", "5", "6"]  # Admiralty information credibility
EntityKind = Literal["person", "organisation", "group", "place", "unit", "law", "outlet"]
Precision = Literal["point", "settlement", "line", "region", "country"]  # what a place's coordinates stand for
FlagKind = Literal[
    "garbled", "overstated", "unclear", "arithmetic", "time", "attribution", "naming", "translation", "heading"
]
Republish = Literal["whole", "excerpts"]  # of a text, on a published site
Theme = Literal["blue", "vermilion", "green", "purple", "ochre", "slate"]
RuleSeverity = Literal["error", "warning", "advice", "off"]
Likelihood = Literal[  # ICD 203
    "almost no chance", "very unlikely", "unlikely", "roughly even chance", "likely", "very likely", "almost certain"
]  # fmt: skip
SourceType = Literal[  # CSL 1.0.2 item types that a text can be
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "document", "entry", "entry-encyclopedia", "hearing", "interview", "legal_case", "legislation", "manuscript",
    "motion_picture", "pamphlet", "paper-conference", "personal_communication", "post", "post-weblog", "regulation",
    "report", "review", "song", "speech", "standard", "thesis", "treaty", "webpage",
]  # fmt: skip

Omission = Literal[  # what a theme may leave out: pages by what is in them, and files; `omitting` says which
    "source-list", "topics", "timeline", "claims", "figures", "entities", "map", "flags", "about", "changes", "data",
    "feed", "search", "full-text", "texts", "not-found",
]  # fmt: skip
Subject = Literal[  # what can change, the weightiest first
    "claim", "judgement", "figure", "question", "event", "passage", "source", "topic", "measure", "entity", "site"
]  # fmt: skip
Aspect = Literal[  # in which way, the weightiest first
    "gone", "new", "status", "wording", "words", "value", "date", "likelihood", "confidence", "credibility", "evidence",
    "origins", "title", "name", "voice", "measure", "unit", "scope", "time", "counts", "not comparable", "derivation",
    "approx", "passage", "planned", "reported", "nearest", "stance", "speech", "attribution", "flag", "brief",
    "summary", "text", "reliability", "record", "kind", "alias", "description", "unnamed", "place", "boilerplate",
    "set aside", "topics", "entities", "reason", "note", "authors", "language", "address",
]  # fmt: skip


def is_english(tag: str | None) -> bool:
    """Whether a language is English, as far as its tag tells; without one it is."""
    return not tag or tag.replace("_", "-").partition("-")[0].lower() == "en"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a record stands, and each of its fields (`quote`, `topics`, `topics.0`, …).

    `empty` names those that are written and hold nothing (`null`, `[]`).
    """

    place: Place
    fields: Mapping[str, tuple[int, int]]
    empty: tuple[str, ...] = ()

    def of(self, name: str) -> Place:
        """The place of a field's value, or of the record when the field is not written."""
        if name not in self.fields:
            return self.place
        return Place(self.place.path, *self.fields[name])


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What all records have: their location."""

    at: Location = field(repr=False, compare=False)


def _frozen(entries: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(entries)


copyreg.pickle(MappingProxyType, lambda entries: (_frozen, (dict(entries),)))  # Python itself has no way


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeQuote(Record):
    """`quote: {from: …, to: …}`: a long passage by its first and its last words."""

    from_: Words = field(metadata={"key": "from"})
    to: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRecord(Record):
    """A note written with keys: one that is `private` stands in local builds alone."""

    text: Markdown
    private: bool = False


Note = Markdown | NoteRecord


def note_text(note: Note | None) -> Markdown | None:
    """The Markdown of a note, however it is written."""
    return note.text if isinstance(note, NoteRecord) else note


def public_text(note: Note | None) -> Markdown | None:
    """The Markdown of a note that is not private."""
    return None if isinstance(note, NoteRecord) and note.private else note_text(note)


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsRecord(Record):
    """What may be published of a text, and what that rests on; of `excerpts`, how many words around each passage."""

    republish: Republish
    why: Markdown | None = None
    context_words: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRecord(Record):
    """A date and what it rests on. `quote` (for `issued`) holds the words that print it."""

    edtf: Words
    basis: Basis
    why: Markdown | None = None
    quote: Words | RangeQuote | None = None
    prefix: Words | None = None
    suffix: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRecord(Record):
    """A CSL name: `family` and `given` of a person, or `literal`."""

    family: Words | None = None
    given: Words | None = None
    literal: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityRecord(Record):
    """Admiralty source reliability: the letter, and why."""

    grade: Grade
    why: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRecord(Record):
    """A stretch of text that is no passage: page furniture (boilerplate), or a sentence read and set aside."""

    quote: Words | RangeQuote
    prefix: Words | None = None
    suffix: Words | None = None
    why: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRecord(Record):
    """What is odd about a passage, and why."""

    kind: FlagKind
    why: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRecord(Record):
    """A number that a passage states, or one computed from such (`derived`)."""

    id: Id
    measure: Id
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    approx: Words | None = None
    derived: Words | None = None
    unit: Words | None = None
    scope: Words | None = None
    period: Words | None = None
    as_of: Words | None = None
    why: Markdown | None = None
    note: Note | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRecord(Record):
    """A stretch of a source that says something: the words, who says it, and what it is about.

    `attribution` says from which words the voice is read where its own sentence does not name it; `speech` how the
    voice is rendered: its own words (direct), a paraphrase (indirect), or both (mixed).
    """

    id: Id
    quote: Words | RangeQuote
    prefix: Words | None = None
    suffix: Words | None = None
    topics: tuple[Id, ...] = ()
    said_by: Id | None = None
    via: tuple[Id, ...] = ()
    attribution: Markdown | None = None
    speech: Speech | None = None
    stance: Stance | None = None
    entities: tuple[Id, ...] = ()
    figures: tuple[FigureRecord, ...] = ()
    flags: tuple[FlagRecord, ...] = ()
    note: Note | None = None


def csl(name: str) -> dict[str, str]:
    """Field metadata: the CSL name, where Python cannot spell it."""
    return {"key": name}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord(Record):
    """One source: its bibliographic record in CSL terms, and what it says."""

    text: Words
    sha256: Hash
    type: SourceType
    title: Words
    title_short: Words | None = field(default=None, metadata=csl("title-short"))
    author: tuple[NameRecord, ...] = ()
    container_title: Words | None = field(default=None, metadata=csl("container-title"))
    publisher: Words | None = None
    publisher_place: Words | None = field(default=None, metadata=csl("publisher-place"))
    section: Words | None = None
    volume: Words | None = None
    issue: Words | None = None
    page: Words | None = None
    number: Words | None = None
    genre: Words | None = None
    language: Language | None = None
    issued: DateRecord | None = None
    accessed: Words | None = None
    URL: Url | None = None
    DOI: Words | None = None
    ISBN: Words | None = None
    ISSN: Words | None = None
    archive: Words | None = None
    archive_location: Words | None = None
    license: Words | None = None
    rights: RightsRecord | None = None
    reliability: ReliabilityRecord | None = None
    boilerplate: tuple[RegionRecord, ...] = ()
    set_aside: tuple[RegionRecord, ...] = ()
    passages: tuple[PassageRecord, ...] = ()
    note: Note | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRecord(Record):
    """Something that happened or is planned, and the passages that say so."""

    id: Id
    date: DateRecord
    reported: Words | None = None
    title: Words
    topics: tuple[Id, ...] = ()
    planned: bool = False
    evidence: tuple[PassageRef, ...]
    note: Note | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRecord(Record):
    """A passage and how it bears on a claim."""

    passage: PassageRef
    relation: Relation
    note: Note | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOriginRecord(Record):
    """Voices that a claim counts as one origin, since the texts leave open whether they are."""

    voices: tuple[Id, ...]
    why: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRecord(Record):
    """What we conclude, how it stands and how firm it is."""

    id: Id
    claim: Words
    topics: tuple[Id, ...] = ()
    status: Status
    confidence: Confidence
    credibility: Credibility | None = None
    why: Markdown | None = None
    one_origin: tuple[OneOriginRecord, ...] = ()
    evidence: tuple[EvidenceRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRecord(Record):
    """What figures count, and what they must not be compared with."""

    id: Id
    label: Words
    unit: Words
    counts: Words
    not_comparable: Mapping[Id, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRecord(Record):
    """A person, organisation, group, place, unit, law or outlet.

    What is `unnamed` has a description for a name, and for aliases the words that the texts use of it. The coordinates
    of a place (decimal degrees, WGS 84) come from outside the texts: `coordinates_from` says whence.
    """

    id: Id
    kind: EntityKind
    name: Words
    aliases: tuple[Words, ...] = ()
    unnamed: bool = False
    description: Words | None = None
    lat: Number | None = None
    lon: Number | None = None
    precision: Precision | None = None
    coordinates_from: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRecord(Record):
    """The front matter of a topic; `TopicFile` holds it together with the brief below it."""

    title: Words
    summary: Markdown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementRecord(Record):
    """A key judgement: an estimate in ICD 203 words, its firmness and its state kept apart."""

    id: Id
    judgement: Markdown
    likelihood: Likelihood | None = None
    confidence: Confidence
    status: Status = "accepted"
    topics: tuple[Id, ...] = ()
    why: Markdown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRecord(Record):
    """What the sources cannot answer, with the nearest thing that they do say."""

    id: Id
    question: Words
    nearest: tuple[PassageRef, ...] = ()
    why: Markdown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRecord(Record):
    """How much a rule of `briefing check` counts in this briefing, and why: only warnings and advice can be set."""

    severity: RuleSeverity
    why: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRecord(Record):
    """`site.yaml`: the briefing as a whole."""

    title: Words
    description: Words | None = None
    authors: tuple[Words, ...] = ()
    language: Language = Language("en")
    base_url: SiteUrl | None = None
    rights: RightsRecord | None = None
    themes: Mapping[Id, Theme] = field(default_factory=dict)
    key_judgements: tuple[JudgementRecord, ...] = ()
    open_questions: tuple[QuestionRecord, ...] = ()
    rules: Mapping[RuleName, RuleRecord] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRecord(Record):
    """`templates/theme.yaml`: what a theme of one's own does without."""

    leaves_out: tuple[Omission, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRecord(Record):
    """One difference between two states of the briefing, as `briefing diff --record` writes it.

    It has to be read without either of them: `title` is what the thing was called, `before` and `after` are its words.
    `part` is what of the thing it is about: a passage of a claim's evidence, a section of a brief, a field of a record.
    """

    subject: Subject
    id: Words
    title: Words | None = None
    what: Aspect
    part: Words | None = None
    before: Words | None = None
    after: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRecord(Record):
    """What changed up to a day: an entry of `changes.yaml`. Its id is part of a permanent address."""

    id: Id
    date: Day
    summary: Words | None = None
    changes: tuple[ChangeRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRecord(Record):
    """A mistake that the briefing made: an entry of `corrections.yaml`, kept by hand.

    `where` names what it concerned; that may be gone since.
    """

    id: Id
    date: Day
    wrong: Words
    right: Words
    where: tuple[ThingRef, ...] = ()
    noticed_by: Words | None = None


@dataclass(frozen=True, slots=True)
class TopicFile:
    """One `topics/<id>.md`: the front matter, and the brief with the line on which it begins."""

    id: str
    record: TopicRecord
    body: str
    body_line: int
    path: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One `sources/<id>.yaml`, and the text and hash of its seed (None when that cannot be read).

    `raw` is the seed's bytes, kept only where they are not just the text in UTF-8 (a BOM, CR line ends).
    """

    id: str
    record: SourceRecord
    stored: Stored | None
    sha256: str | None
    raw: bytes | None = None

    @property
    def text(self) -> str | None:
        """The text of the seed."""
        return self.stored.text if self.stored else None


@dataclass(frozen=True, slots=True)
class Annotations:
    """All that was read from a briefing's folder.

    `broken` holds what was written but refused, as `is_broken` looks it up.
    """

    site: SiteRecord
    sources: Sequence[SourceFile]
    events: Sequence[EventRecord]
    claims: tuple[ClaimRecord, ...]
    measures: tuple[MeasureRecord, ...]
    entities: tuple[EntityRecord, ...]
    topics: tuple[TopicFile, ...]
    changes: tuple[RevisionRecord, ...] = ()
    corrections: tuple[CorrectionRecord, ...] = ()
    theme: ThemeRecord | None = None
    broken: frozenset[str] = frozenset()


def whole_kind(kind: str) -> str:
    """What stands in `broken` for everything of a kind: a file that cannot be read may declare any of it."""
    return f"{kind}:*"


def is_broken(kind: str, wanted: str, broken: Set[str]) -> bool:
    """Whether what is named was written but refused, or may have been: a reference to it is no further problem."""
    return not broken.isdisjoint((wanted, *wanted.split("#"), whole_kind(kind)))
