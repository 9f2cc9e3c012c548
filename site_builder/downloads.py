"""The files that a site offers as data: what each holds and who reads it, and of each table the columns.

One description for three readers: the exports fill the tables, `datapackage.json` is their schema for programs, and the
page of data explains them to people.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count, takewhile
from typing import Literal, TypeVar, get_args

from .frozen import NamedTuple
from .records import (
    Basis,
    Confidence,
    Credibility,
    EntityKind,
    Grade,
    Precision,
    Relation,
    SourceType,
    Speech,
    Stance,
    Status,
)

V = TypeVar("V")
Type = Literal["string", "integer", "number", "boolean"]
SEPARATOR = "; "  # between the items of a cell that lists


class Column(NamedTuple):
    """A column: what its cells mean, their type, the values they are out of, the table whose ids they hold."""

    name: str
    meaning: str
    type: Type = "string"
    required: bool = False
    values: tuple[str, ...] = ()
    refers: str = ""


class Table(NamedTuple):
    """A table, one row to a thing; its first column, `id`, is its key.

    It is one file while it has no more than `most` of the things that its rows are of, then several, each with at most
    so many on average; with none, always one.
    """

    name: str
    holds: str
    columns: tuple[Column, ...]
    most: int = 0

    @property
    def path(self) -> str:
        """The file from the site's root, where it is one."""
        return self.file(0, 1)

    def file(self, number: int, count: int) -> str:
        """The file of a part, from 0, of so many."""
        return f"data/{self.name}.csv" if count == 1 else f"data/{self.name}-{number}.csv"

    def files(self, sizes: Mapping[str, V]) -> dict[str, V]:
        """Those of some files that hold the table, in order."""
        if self.path in sizes:
            return {self.path: sizes[self.path]}
        return {path: sizes[path] for path in takewhile(sizes.__contains__, (self.file(n, 0) for n in count()))}


class Download(NamedTuple):
    """A file for programs: its media type, what it holds and who reads it."""

    path: str
    media_type: str
    holds: str
    readers: str


_ADDRESS = "Where it stands on this site: a whole address, or a path from the site's root"
_PAGE = Column("page", _ADDRESS)
_NOTE = Column("note", "Our note, in Markdown")
_TOPICS = Column("topics", "Ids of its topics")


def _id(meaning: str) -> Column:
    return Column("id", meaning, required=True)


def _source(meaning: str = "The source that it stands in") -> Column:
    return Column("source", meaning, required=True, refers="sources")


TABLES = (
    Table("sources", "The sources: their record, and how much of each was read", (
        _id("The source's id"),
        Column("type", "What it is, as a CSL type", required=True, values=get_args(SourceType)),
        Column("title", "The title as printed", required=True),
        Column("authors", "The authors as printed"),
        Column("container_title", "What it appeared in"),
        Column("publisher", "Who published it"),
        Column("issued", "When it appeared, in EDTF"),
        Column("issued_basis", "What that date rests on", values=get_args(Basis)),
        Column("accessed", "When it was taken from there, in EDTF"),
        Column("url", "Where it was published"),
        Column("language", "Its language, as a BCP 47 tag"),
        Column("license", "Under which licence it was published; empty where that is not known"),
        Column("published", "How much of the text this site publishes", required=True, values=("whole", "excerpts")),
        Column("reliability", "How reliable the source is, as an Admiralty letter", values=get_args(Grade)),
        Column("file", "The name of the text's file", required=True),
        Column("sha256", "The SHA-256 of that file's bytes", required=True),
        Column("characters", "The text's length in Unicode code points", "integer", required=True),
        Column("annotated", "The share of its visible characters inside passages", "number", required=True),
        Column("boilerplate", "The share that is no part of the text proper", "number", required=True),
        Column("set_aside", "The share that was read and left out with a reason", "number", required=True),
        Column("unread", "The share that nobody has accounted for", "number", required=True),
        _PAGE, _NOTE,
    ), 2048),
    Table("passages", "The passages that were marked in the sources, in the sources' own words", (
        _id("source-id#passage-id"), _source(),
        Column("start", "Where it begins: code points from the start of the decoded text", "integer", required=True),
        Column("end", "Where it ends, exclusive", "integer", required=True),
        Column("quote", "The source's own characters", required=True),
        Column("match", "Whether the quote matched to the character, or but for white space and marks", required=True,
               values=("exact", "normalised")),
        _TOPICS,
        Column("said_by", "The voice that says it", refers="entities"),
        Column("via", "Through whom the source has it, nearest first"),
        Column("origin", "The last link of the chain: an entity's id, or the source's own", required=True),
        Column("attribution", "From which words the voice is read"),
        Column("speech", "How the voice is rendered", values=get_args(Speech)),
        Column("stance", "What the voice does with what it says", values=get_args(Stance)),
        Column("entities", "Ids of who and what is named or meant"),
        Column("flags", "What is odd about it, and why"),
        _PAGE, _NOTE,
    ), 256),
    Table("figures", "The numbers that passages state, or that were computed from such", (
        _id("source-id#figure-id"), _source(),
        Column("passage", "The passage that states it", required=True, refers="passages"),
        Column("measure", "What it counts", required=True, refers="measures"),
        Column("value", "The number", "number"),
        Column("low", "The lower end of a range", "number"),
        Column("high", "The upper end of a range", "number"),
        Column("approx", "The passage's own rough words for it"),
        Column("derived", "The expression by which it was computed"),
        Column("inputs", "Ids of the figures that it was computed from"),
        Column("unit", "The unit, its own or its measure's", required=True),
        Column("scope", "Who or what is counted, in the text's terms"),
        Column("period", "The time that it covers, in EDTF"),
        Column("as_of", "The day at which it stood so, in EDTF"),
        Column("why", "The reason for what is inferred"),
        _PAGE, _NOTE,
    ), 2048),
    Table("measures", "What the figures count, and what must not be compared", (
        _id("The measure's id"),
        Column("label", "Its name", required=True),
        Column("unit", "What one of them is", required=True),
        Column("counts", "What exactly is counted", required=True),
        Column("not_comparable", "Ids of measures that it must not be compared with, and why"),
        _PAGE,
    )),
    Table("events", "What happened or was planned, and when", (
        _id("The event's id"),
        Column("title", "What happened", required=True),
        Column("date", "When, in EDTF", required=True),
        Column("basis", "What the date rests on", required=True, values=get_args(Basis)),
        Column("why", "Why it is dated so"),
        Column("reported", "When it was reported, or its earliest source was issued, in EDTF"),
        Column("planned", "Whether it still lay ahead for its sources", "boolean", required=True),
        _TOPICS, _PAGE, _NOTE,
    ), 4096),
    Table("claims", "What is concluded, how it stands and how firm it is", (
        _id("The claim's id"),
        Column("claim", "The conclusion", required=True),
        Column("status", "Where it stands", required=True, values=get_args(Status)),
        Column("confidence", "How good the evidence is", required=True, values=get_args(Confidence)),
        Column("credibility", "The Admiralty digit", values=get_args(Credibility)),
        Column("sources", "How many sources support it", "integer", required=True),
        Column("origins", "How many different voices those have it from", "integer", required=True),
        _TOPICS,
        Column("why", "Why it stands so"),
        _PAGE,
    )),
    Table("evidence", "Which passage bears on which claim, or tells of which event", (
        _id("Made of the other columns"),
        Column("claim", "The claim; empty for an event", refers="claims"),
        Column("event", "The event; empty for a claim", refers="events"),
        Column("passage", "The passage", required=True, refers="passages"),
        Column("relation", "How it bears on it; for an event always 'tells of'", required=True,
               values=(*get_args(Relation), "tells of")),
        _source(), _NOTE,
    ), 4096),
    Table("entities", "People, organisations, places and the rest that are named", (
        _id("The entity's id"),
        Column("kind", "What it is", required=True, values=get_args(EntityKind)),
        Column("name", "Its name, or a description of what has none", required=True),
        Column("aliases", "Other names that the texts use"),
        Column("unnamed", "Whether the texts give it no name", "boolean", required=True),
        Column("description", "One line about it"),
        Column("lat", "Latitude in decimal degrees (WGS 84); from outside the texts", "number"),
        Column("lon", "Longitude", "number"),
        Column("precision", "What the coordinates stand for", values=get_args(Precision)),
        Column("coordinates_from", "Whence the coordinates are"),
        Column("passages", "How many passages name or mean it", "integer", required=True),
        _PAGE,
    )),
)  # fmt: skip

PACKAGE = Download(
    "data/datapackage.json", "application/json", "The schema of all tables: types, meanings, keys, what refers to what",
    "Frictionless tools (Data Package 2.0), and whoever loads the tables by program",
)  # fmt: skip
CITATIONS = (
    Download("data/sources.csl.json", "application/vnd.citationstyles.csl+json", "The sources as CSL-JSON",
             "Zotero, Pandoc, Quarto, citeproc"),
    Download("data/sources.bib", "application/x-bibtex", "The sources as BibTeX", "JabRef, LaTeX, Zotero, Mendeley"),
    Download("data/sources.ris", "application/x-research-info-systems", "The sources as RIS",
             "EndNote, Zotero, Citavi, RefWorks, library catalogues"),
)  # fmt: skip
WHOLE = (
    Download("data/briefing.json", "application/json",
             "What concerns more than one source, and which file holds which source", "programs of your own"),
    Download("data/annotations.jsonld", "application/ld+json",
             "The passages as a collection of W3C Web Annotations, which names its first page", "annotation tools"),
)  # fmt: skip


class Parts(NamedTuple):
    """Files of one kind, in each some of the things: by number, from 0."""

    folder: str
    ending: str
    media_type: str
    holds: str

    def path(self, number: int) -> str:
        """The file of a part, from the site's root."""
        return f"{self.folder}/{number}{self.ending}"


SOURCES_PARTS = Parts(
    "data/sources", ".json", "application/json",
    "The sources: each field of the annotations, and what the build resolved",
)  # fmt: skip
EVENTS_PARTS = Parts("data/events", ".json", "application/json", "The events, likewise")
ANNOTATIONS_PARTS = Parts(
    "data/annotations", ".jsonld", "application/ld+json", "The pages of that collection: passages with both selectors"
)
PARTS = (SOURCES_PARTS, EVENTS_PARTS, ANNOTATIONS_PARTS)


def downloads() -> tuple[Download, ...]:
    """Every file that is not one of many, in the order in which they are offered."""
    readers = "Excel, LibreOffice, R, Python, databases"
    tables = (Download(t.path, "text/csv", t.holds, readers) for t in TABLES)
    return (*tables, PACKAGE, *CITATIONS, *WHOLE)


class Size(NamedTuple):
    """How many files, and how large they are together, in words."""

    files: int
    words: str


def told_sizes(sizes: Mapping[str, int]) -> dict[str, Size]:
    """What is told of files of these sizes (bytes, by path): by path, of tables in parts by the path of the whole, and
    of other files in parts by their folder."""
    found = {d.path: Size(1, in_words(sizes[d.path])) for d in downloads() if d.path in sizes}
    for table in TABLES:
        if files := table.files(sizes):
            found[table.path] = Size(len(files), in_words(sum(files.values())))
    for parts in PARTS:
        own = [sizes[path] for path in takewhile(sizes.__contains__, map(parts.path, count()))]
        if own:
            found[parts.folder] = Size(len(own), in_words(sum(own)))
    return found


def in_words(size: int) -> str:
    """A size to two figures, so that few edits change it: `9.3 KB`, `1.2 MB`."""
    if size < 1000:
        return "under 1 KB"
    for unit in ("KB", "MB", "GB"):
        size_in_unit = size / 1000
        if size_in_unit < 9.95:
            return f"{size_in_unit:.1f} {unit}"
        if size_in_unit < 999.5 or unit == "GB":
            return f"{size_in_unit:,.0f} {unit}"
        size //= 1000
    return ""
