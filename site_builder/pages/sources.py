"""The list of sources, and a page for each: its record, its text with every passage marked in place, its notes."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from markupsafe import Markup

from .. import urls
from ..model import Region, Source
from ..records import SourceRecord
from ..text import Span, carried, on_one_line
from .citing import Citer, Citing
from .frame import Context, Desk, Frame, Page, Site
from .origins import Carrier, carriers
from .source_text import Block, blocks, paragraph_views
from .views import Chip, Fact, Link, Pager, counted, issued_words, pager, shortened


class Share(NamedTuple):
    """A part of the coverage."""

    label: str
    kind: str
    start: str
    percent: str


class Leftover(NamedTuple):
    """Words that are no passage, and why."""

    words: str
    why: Markup
    href: str


class Notice(NamedTuple):
    """That only excerpts of a text are published: how much, why, and where the original stands, where that is known."""

    shown: str
    context: str
    why: Markup
    original: str


class Layer(NamedTuple):
    """A topic of this source, and how many of its passages have it."""

    chip: Chip
    passages: str


class StripMark(NamedTuple):
    """A passage in the density strip: its place and length in per cent of the text."""

    left: str
    width: str
    theme: str
    href: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceContext(Context):
    """What a source page shows."""

    facts: tuple[Fact, ...]
    grade: str
    grade_why: Markup
    about: Markup
    shares: tuple[Share, ...]
    strip: tuple[StripMark, ...]
    origins: tuple[Carrier, ...]
    layers: tuple[Layer, ...]
    excerpts: Notice | None
    blocks: tuple[Block, ...]
    citing: Citing
    tail: str
    is_empty: bool
    language: str
    boilerplate: tuple[Leftover, ...]
    set_aside: tuple[Leftover, ...]
    strays: tuple[Leftover, ...]
    raw: Link | None
    sha256: str
    pager: Pager


class SourceRow(NamedTuple):
    """A source in the list."""

    title: str
    href: str
    issued: str
    grade: str
    passages: str
    shares: tuple[Share, ...]
    chips: tuple[Chip, ...]
    published: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesContext(Context):
    """What the list of sources shows."""

    rows: tuple[SourceRow, ...]


def pages(desk: Desk) -> Iterator[Page]:
    """The list, then each source."""
    yield Page(urls.SOURCES, "pages/sources.html", lambda: _sources(desk.at(urls.SOURCES)))
    for position, source in enumerate(desk.briefing.sources):
        yield Page(urls.source(source.id), "pages/source.html", partial(_source, desk, source.id, position))


def _sources(site: Site) -> SourcesContext:
    rows = tuple(row(site, s) for s in site.briefing.sources)
    frame = site.frame("Sources", "The texts that this briefing rests on, and how much of each was read.")
    return SourcesContext(frame=frame, rows=rows)


def row(site: Site, source: Source) -> SourceRow:
    """A source in a list."""
    topics = {t for p in source.passages for t in p.topics}
    return SourceRow(
        title=source.title,
        href=site.href(urls.source(source.id)),
        issued=issued_words(source),
        grade=source.record.reliability.grade if source.record.reliability else "not graded",
        passages=counted(len(source.passages), "passage"),
        shares=shares(source),
        chips=site.chips(topics),
        published="excerpts" if source.excerpts else "",
    )


def shares(source: Source) -> tuple[Share, ...]:
    """The four parts of the coverage, in per cent."""
    found, start = [], 0.0
    for name, share in source.coverage.shares().items():
        percent = 100 * share
        found.append(Share(name.replace("_", " "), name.replace("_", "-"), f"{start:.1f}", f"{percent:.1f}"))
        start += percent
    return tuple(found)


def _source(desk: Desk, source_id: str, position: int) -> SourceContext:
    site, source = desk.at(urls.source(source_id)), desk.briefing.text(source_id)
    passages = counted(len(source.passages), "annotated passage")
    frame: Frame = site.frame(
        source.title,
        f"{source.title}: {'excerpts' if source.excerpts else 'the whole text'} with {passages}.",
        urls.SOURCES,
        (site.crumb("Sources", urls.SOURCES),),
        scripts=("layers", "margin", "copy"),
    )
    record = source.record
    tail_start = source.paragraphs[-1].end if source.paragraphs else 0
    return SourceContext(
        frame=frame,
        facts=tuple(_facts(site, source)),
        grade=record.reliability.grade if record.reliability else "",
        grade_why=site.line(record.reliability.why) if record.reliability else Markup(),
        about=site.note(record.note),
        shares=shares(source),
        strip=tuple(_strip(site, source)),
        origins=tuple(carriers(site, [p.chain for p in source.passages])),
        layers=tuple(_layers(site, source)),
        excerpts=_notice(site, source),
        blocks=tuple(blocks(source, paragraph_views(site, source))),
        citing=Citer(site, source).whole(),
        tail="" if source.excerpts else carried(source.text[tail_start:]),
        is_empty=not source.paragraphs,
        language=record.language or site.briefing.site.language,
        boilerplate=tuple(_leftover(site, source, r) for r in source.boilerplate),
        set_aside=tuple(_leftover(site, source, r) for r in source.set_aside),
        strays=tuple(_strays(site, source)),
        raw=None if source.excerpts else Link(record.text, site.href(urls.seed(source.id))),
        sha256=source.sha256,
        pager=pager(*desk.briefing.beside(position), lambda s: Link(s.title, site.href(urls.source(s.id)))),
    )


def _notice(site: Site, source: Source) -> Notice | None:
    excerpts = source.excerpts
    if excerpts is None:
        return None
    context = f"up to {counted(excerpts.context, 'word')} before and after" if excerpts.context else "no word around it"
    words = counted(excerpts.words, "word")
    if excerpts.hidden:
        shown = f"{excerpts.words_shown:,} of {words} of the text"
    else:
        around = " and the words around them" if excerpts.words_around else ""
        shown = f"all {words} of the text, since its passages{around} leave nothing out"
    return Notice(
        shown=shown,
        context=context,
        why=site.line(excerpts.why),
        original=source.record.URL or "",
    )


def _facts(site: Site, source: Source) -> Iterator[Fact]:
    record = source.record
    yield Fact("Author", "; ".join(source.authors) or _absent(record, "author"))
    yield Fact("Published in", record.container_title or _absent(record, "container_title"))
    issued = Markup.escape(issued_words(source))
    if source.issued and source.issued.why:
        issued += Markup(" — ") + site.line(source.issued.why)
    yield Fact("Issued", issued)
    optional = (
        ("Type", record.type), ("Publisher", record.publisher), ("Place", record.publisher_place),
        ("Section", record.section), ("Volume", record.volume), ("Issue", record.issue), ("Pages", record.page),
        ("Number", record.number), ("Genre", record.genre), ("Language", record.language), ("DOI", record.DOI),
        ("ISBN", record.ISBN), ("ISSN", record.ISSN), ("Archive", record.archive),
        ("Archived at", record.archive_location), ("Accessed", record.accessed), ("Licence", record.license),
    )  # fmt: skip
    for label, value in optional:
        if value:
            yield Fact(label, value)
    if record.rights and record.rights.republish == "whole":
        yield Fact("Published whole", site.line(record.rights.why))
    if record.URL:
        yield Fact("Original", record.URL, record.URL)


def _absent(record: SourceRecord, key: str) -> str:
    """What a field without a value says: null, that the text does not print it; no such key, nothing."""
    return "not printed" if key in record.at.empty else "not recorded"


def _strip(site: Site, source: Source) -> Iterator[StripMark]:
    length = max(1, len(source.text))
    for passage in source.passages:
        chips = site.chips(passage.topics)
        yield StripMark(
            left=f"{100 * passage.start / length:.2f}",
            width=f"{max(0.3, 100 * (passage.end - passage.start) / length):.2f}",
            theme=chips[0].theme if chips else "none",
            href=f"#{urls.passage_anchor(passage.id)}",
            title=shortened(passage.words),
        )


def _layers(site: Site, source: Source) -> Iterator[Layer]:
    counts = Counter(t for p in source.passages for t in p.topics)
    for chip in site.chips(counts):
        yield Layer(chip, counted(counts[chip.id], "passage"))


def _leftover(site: Site, source: Source, region: Region) -> Leftover:
    is_shown = source.around(region.start, region.end)
    return Leftover(
        shortened(source.text[region.start : region.end], 160) if is_shown else _where(source, region.start),
        site.line(region.why),
        _paragraph_at(source, region.start),
    )


def _strays(site: Site, source: Source) -> Iterator[Leftover]:
    for stray in source.coverage.strays:
        why = f"{stray.part.replace('_', ' ')}: {stray.why}" if stray.why else stray.part
        shown = source.around(stray.start, stray.end) or Span(stray.start, stray.end)
        words = source.text[max(shown.start, stray.start - 40) : min(shown.end, stray.end + 40)]
        yield Leftover(on_one_line(words), site.line(f"{stray.kind}, {why}"), _paragraph_at(source, stray.start))


def _where(source: Source, offset: int) -> str:
    """What stands for words that are not published."""
    return f"words of paragraph {_number_at(source, offset)}, not shown"


def _paragraph_at(source: Source, offset: int) -> str:
    return f"#{urls.paragraph_anchor(_number_at(source, offset))}"


def _number_at(source: Source, offset: int) -> int:
    return max(1, bisect_right(source.paragraphs, offset, key=lambda p: p.start))
