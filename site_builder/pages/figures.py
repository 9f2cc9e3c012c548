"""The ledger: every figure by measure, who states it, and what it must not be compared with.

Measures stand under the topic that most of their figures' passages have; of several such, the one that fewest passages
of the briefing have, for it says most. Within a topic those come first of which several voices speak.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from .. import urls
from ..frozen import NamedTuple, dataclass
from ..listing.layout import Sheet
from ..model import Figure
from ..records import MeasureRecord
from .bibliography import bibliography
from .frame import Context, Desk, Page, Site
from .measures import MeasureView, comparison, measure_link, measure_view, passage_of, voices_of
from .sheets import Forward, Listed, Way, forward, sheet_pages, way
from .views import Link, counted


class Group(NamedTuple):
    """The measures of one topic."""

    id: str
    href: str
    label: str
    letter: str
    theme: str
    number: str
    measures: tuple[MeasureView, ...]


class Pair(NamedTuple):
    """Two measures that must not be compared."""

    one: Link
    other: Link
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresContext(Context):
    """What the ledger shows."""

    groups: tuple[Group, ...]
    compared: tuple[MeasureView, ...]
    pairs: tuple[Pair, ...]
    pairs_count: str
    count: str


class LineOf(NamedTuple):
    """A measure in a list: how many figures it has, and whether they agree."""

    link: Link
    number: str
    comparison: str


class LinesOf(NamedTuple):
    """The measures of one topic, as lines."""

    id: str
    label: str
    letter: str
    theme: str
    measures: tuple[LineOf, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerContext(Context):
    """What is left on the page of the ledger when each measure has one of its own."""

    groups: tuple[LinesOf, ...]
    pairs: tuple[Pair, ...]
    pairs_count: str
    count: str
    forward: Forward


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureContext(Context):
    """What the page of a measure shows, or of a stretch of it: the figures of the sources issued in it."""

    measure: MeasureView
    anchor: str
    way: Way | None


def pages(desk: Desk) -> Iterator[Page]:
    """The one page; of a ledger that is too long, the list of measures and the pages of each."""
    if urls.FIGURES not in desk.layout.lists:
        yield Page(urls.FIGURES, "pages/figures.html", lambda: _context(desk))
        return
    yield Page(urls.FIGURES, "pages/ledger.html", lambda: _ledger(desk))
    for id_ in desk.layout.measures:
        yield from sheet_pages(
            desk, urls.ledger(id_), partial(_listed, id_), "pages/measure.html", partial(_sheet, id_)
        )


def _figures(site: Site) -> dict[str, list[Figure]]:
    listed = site.desk.listed.figures
    return {m.id: [site.index.figures[ref] for ref in listed.get(m.id, ())] for m in site.briefing.measures}


def _context(desk: Desk) -> FiguresContext:
    site = desk.at(urls.FIGURES)
    figures = _figures(site)
    frame = site.frame("Figures", _DESCRIPTION)
    groups = tuple(_groups(site, figures))
    pairs = tuple(_pairs(site))
    return FiguresContext(
        frame=frame,
        bibliography=bibliography(site, (f.source for own in figures.values() for f in own)),
        groups=groups,
        compared=tuple(m for group in groups for m in group.measures if m.comparison),
        pairs=pairs,
        pairs_count=counted(len(pairs), "pair"),
        count=_count(figures),
    )


_DESCRIPTION = (
    "Every number that the sources state, what it counts, and who says so. Each measure stands "
    "under the topic of most of its figures."
)


def _count(figures: Mapping[str, Sequence[Figure]]) -> str:
    return f"{counted(sum(map(len, figures.values())), 'figure')} of {counted(len(figures), 'measure')}"


# A ledger that is too long for one page


def _ledger(desk: Desk) -> LedgerContext:
    site = desk.at(urls.FIGURES)
    figures = _figures(site)
    pairs = tuple(_pairs(site))
    return LedgerContext(
        frame=site.frame("Figures", _DESCRIPTION, scripts=("stretches",)),
        groups=tuple(_lines(site, figures)),
        pairs=pairs,
        pairs_count=counted(len(pairs), "pair"),
        count=_count(figures),
        forward=forward(site),
    )


def _lines(site: Site, figures: Mapping[str, Sequence[Figure]]) -> Iterator[LinesOf]:
    for topic, own in _by_topic(site, figures):
        chip = site.chip(topic)
        lines = (
            LineOf(measure_link(site, m.id), counted(len(figures[m.id]), "figure"), comparison(site, m, figures[m.id]))
            for m in own
        )
        anchor = urls.anchor(urls.ledger_topic(topic))
        yield LinesOf(anchor, chip.title, chip.letter, chip.theme, tuple(lines))


def _listed(measure_id: str, site: Site) -> Listed:
    measure = site.index.measures[measure_id]
    return Listed(
        measure.label,
        "figure",
        urls.FIGURES,
        (("Figures", urls.FIGURES),),
        words=f"{measure.counts} Unit: {measure.unit}.",
        anchor=urls.anchor(urls.measure(measure_id)),
    )


def _sheet(measure_id: str, site: Site, sheet: Sheet) -> MeasureContext:
    listed, measure = _listed(measure_id, site), site.index.measures[measure_id]
    figures = [site.index.figures[ref] for ref in sheet.ids]
    description = f"{measure.label}: every figure that the sources state, and who says so."
    return MeasureContext(
        frame=listed.frame(site, sheet, description, scripts=("stretches",)),
        bibliography=bibliography(site, (f.source for f in figures)),
        measure=measure_view(site, measure, figures, is_whole=not sheet.above),
        anchor="" if sheet.above else listed.anchor,
        way=way(site, listed, sheet),
    )


# Which measure stands where


def _by_topic(site: Site, figures: Mapping[str, Sequence[Figure]]) -> Iterator[tuple[str, list[MeasureRecord]]]:
    """The measures of each topic, and of none under an empty key, in the order of the ledger."""
    spread = {topic: len(refs) for topic, refs in site.desk.listed.passages.items()}
    order = [t.id for t in site.briefing.topics]
    members: dict[str, list[MeasureRecord]] = {topic: [] for topic in (*order, "")}
    for measure in site.briefing.measures:
        found = Counter(topic for f in figures[measure.id] for topic in passage_of(site, f).topics)
        best = min(found, key=lambda t: (-found[t], spread[t], order.index(t)), default="")
        members[best].append(measure)
    for topic, own in members.items():
        if not own:
            continue
        own.sort(key=lambda m: -min(2, len(voices_of(site, figures[m.id]))))
        yield topic, own


def _groups(site: Site, figures: Mapping[str, Sequence[Figure]]) -> Iterator[Group]:
    for topic, own in _by_topic(site, figures):
        chip, target = site.chip(topic), urls.ledger_topic(topic)
        views = tuple(measure_view(site, m, figures[m.id]) for m in own)
        anchor, href = urls.anchor(target), site.href(target)
        yield Group(anchor, href, chip.title, chip.letter, chip.theme, str(len(own)), views)


def _pairs(site: Site) -> Iterator[Pair]:
    for measure in site.briefing.measures:
        for other, why in measure.not_comparable.items():
            if other != measure.id:
                yield Pair(measure_link(site, measure.id), measure_link(site, other), why)
