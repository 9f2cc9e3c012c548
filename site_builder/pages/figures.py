"""The ledger: every figure by measure, who states it, and what it must not be compared with.

Measures stand under the topic that most of their figures' passages have; of several such, the one that fewest passages
of the briefing have, for it says most. Within a topic those come first of which several voices speak.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from .. import urls
from ..agreeing import has_number, relation, unit
from ..charts import Dot, Tick, dot_plot
from ..model import Figure, Passage
from ..records import MeasureRecord
from .bibliography import bibliography
from .frame import Context, Desk, Page, Site
from .views import CallerView, ChainLink, FigureView, Link, QuoteView, counted, figure_text, open_of

_OPEN = 3  # cautions that stand open beside a measure


class LedgerRow(NamedTuple):
    """A figure with the passage that states it. `said_by` is None for what the build computed; `is_words` is for what
    the text says without a number."""

    figure: FigureView
    is_words: bool
    value: str
    low: str
    high: str
    said_by: ChainLink | None
    through: tuple[ChainLink, ...]
    quote: QuoteView
    inputs: tuple[Link, ...]
    callers: tuple[CallerView, ...]


class PlotRow(NamedTuple):
    """A row of the plot."""

    row: LedgerRow
    dot: Dot


class Plot(NamedTuple):
    """Figures of one measure on one line, in one unit."""

    ticks: tuple[Tick, ...]
    rows: tuple[PlotRow, ...]


class SourceLine(NamedTuple):
    """Where figures stand: the source, and through whom it has them, for each way the nearest first.

    Where `is_partly`, it says some of them itself.
    """

    source: Link
    issued: str
    chains: tuple[tuple[ChainLink, ...], ...]
    is_partly: bool


class Caution(NamedTuple):
    """A measure that looks alike, and why it must not be compared."""

    measure: Link
    why: str


class Columns(NamedTuple):
    """Which columns of a table hold anything."""

    bounds: bool
    words: bool
    scope: bool
    through: bool


class MeasureView(NamedTuple):
    """A measure with its figures: those on a line, and those that stand beside it, in words or in another unit."""

    id: str
    href: str
    label: str
    unit: str
    counts: str
    comparison: str
    cautions: tuple[Caution, ...]
    plot: Plot | None
    beside: tuple[LedgerRow, ...]
    rows: tuple[LedgerRow, ...]
    columns: Columns
    sources: tuple[SourceLine, ...]

    @property
    def shown(self) -> int:
        """How many of the cautions stand open."""
        return open_of(len(self.cautions), _OPEN)

    @property
    def beside_it(self) -> tuple[Caution, ...]:
        """The cautions that stand open beside the figure."""
        return self.cautions[: self.shown]

    @property
    def folded(self) -> tuple[Caution, ...]:
        """The cautions that are folded."""
        return self.cautions[self.shown :]

    @property
    def lone(self) -> str:
        """The id of the only figure: then the figure drawn is the place of it, and the table is folded."""
        return self.rows[0].figure.id if len(self.rows) == 1 else ""


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


def pages(desk: Desk) -> Iterator[Page]:
    """The one page."""
    yield Page(urls.FIGURES, "pages/figures.html", lambda: _context(desk))


def _context(desk: Desk) -> FiguresContext:
    site = desk.at(urls.FIGURES)
    figures: dict[str, list[Figure]] = {m.id: [] for m in desk.briefing.measures}
    for figure in desk.briefing.figures():
        figures[figure.record.measure].append(figure)
    frame = site.frame("Figures", "Every number that the sources state, what it counts, and who says so.")
    groups = tuple(_groups(site, figures))
    pairs = tuple(_pairs(site))
    total = sum(map(len, figures.values()))
    return FiguresContext(
        frame=frame,
        bibliography=bibliography(site, (f.source for own in figures.values() for f in own)),
        groups=groups,
        compared=tuple(m for group in groups for m in group.measures if m.comparison),
        pairs=pairs,
        pairs_count=counted(len(pairs), "pair"),
        count=f"{counted(total, 'figure')} of {counted(len(figures), 'measure')}",
    )


# Which measure stands where


def _groups(site: Site, figures: dict[str, list[Figure]]) -> Iterator[Group]:
    spread = Counter(topic for passage in site.briefing.passages() for topic in passage.topics)
    order = [t.id for t in site.briefing.topics]
    members: dict[str, list[MeasureRecord]] = {topic: [] for topic in (*order, "")}
    for measure in site.briefing.measures:
        found = Counter(topic for f in figures[measure.id] for topic in _passage(site, f).topics)
        best = min(found, key=lambda t: (-found[t], spread[t], order.index(t)), default="")
        members[best].append(measure)
    for topic, own in members.items():
        if not own:
            continue
        own.sort(key=lambda m: -min(2, len(_voices(site, figures[m.id]))))
        chip = next(iter(site.chips((topic,))), None)
        target = urls.ledger_topic(topic)
        yield Group(
            urls.anchor(target), site.href(target), chip.title if chip else "No topic", chip.letter if chip else "",
            chip.theme if chip else "none", str(len(own)), tuple(_measure(site, m, figures[m.id]) for m in own),
        )  # fmt: skip


def _voices(site: Site, figures: Sequence[Figure]) -> tuple[str, ...]:
    """Whose figures these are in the end; what the build computed is nobody's."""
    return site.index.origins(_passage(site, f).ref for f in figures if not f.inputs)


def _passage(site: Site, figure: Figure) -> Passage:
    return site.index.passages[f"{figure.source}#{figure.passage}"]


def _pairs(site: Site) -> Iterator[Pair]:
    for measure in site.briefing.measures:
        for other, why in measure.not_comparable.items():
            yield Pair(_link(site, measure.id), _link(site, other), why)


def _link(site: Site, measure_id: str) -> Link:
    return Link(site.index.measures[measure_id].label, site.href(urls.measure(measure_id)))


# How figures stand to each other


def comparison(site: Site, measure: MeasureRecord, figures: Sequence[Figure]) -> str:
    """Whether the figures of a measure agree, in words; empty where there are not two to compare.

    Two numbers are held against one another where two voices state them in one unit: they agree when one number can
    fulfil both, bounds included, and are of different times when the times they speak of do not meet.
    """
    told = [f for f in figures if not f.inputs]
    if len(told) < 2:
        return ""
    voices = _voices(site, told)
    if len(voices) < 2:
        return f"one voice: {counted(len(told), 'figure')}"
    found = {
        relation(measure, one, other) for one, other in combinations(told, 2) if len(_voices(site, (one, other))) > 1
    }
    for each, words in _RELATIONS.items():
        if each in found:
            in_words = sum(not has_number(f) for f in told)
            return f"{len(voices)} voices: {words}" + (f", {in_words} in words only" if in_words else "")
    return f"{len(voices)} voices: no two numbers in one unit"


_RELATIONS = {  # what one differing pair says is said of all
    "differ": "the numbers differ",
    "agree": "the numbers agree",
    "of different times": "the numbers are of different times",
}


# A measure


def _measure(site: Site, measure: MeasureRecord, figures: Sequence[Figure]) -> MeasureView:
    rows = {f.ref: _row(site, f) for f in figures}
    in_unit = [f for f in figures if unit(measure, f) == measure.unit]
    drawn = dot_plot([(f.ref, _float(f.value), _float(f.low), _float(f.high)) for f in in_unit])
    on_line = {d.key for d in drawn.dots} if drawn else set[str]()
    target = urls.measure(measure.id)
    return MeasureView(
        id=urls.anchor(target),
        href=site.href(target),
        label=measure.label,
        unit=measure.unit,
        counts=measure.counts,
        comparison=comparison(site, measure, figures),
        cautions=tuple(_cautions(site, measure)),
        plot=Plot(drawn.ticks, tuple(PlotRow(rows[d.key], d) for d in drawn.dots)) if drawn else None,
        beside=tuple(row for ref, row in rows.items() if ref not in on_line),
        rows=tuple(rows.values()),
        columns=Columns(
            bounds=any(r.low or r.high for r in rows.values()),
            words=any(r.figure.approx or r.figure.derived for r in rows.values()),
            scope=any(r.figure.scope for r in rows.values()),
            through=any(r.through for r in rows.values()),
        ),
        sources=tuple(_sources(rows.values())),
    )


def _sources(rows: Iterable[LedgerRow]) -> Iterator[SourceLine]:
    chains: dict[tuple[Link, str], list[tuple[ChainLink, ...]]] = {}
    for row in rows:
        chains.setdefault((row.quote.source, row.quote.issued), []).append(row.quote.chain)
    for (source, issued), ways in chains.items():
        others = tuple(dict.fromkeys(way for way in ways if way))
        yield SourceLine(source, issued, others, is_partly=() in ways)


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def _digits(number: Decimal | None) -> str:
    return "" if number is None else f"{number:,}"


def _cautions(site: Site, measure: MeasureRecord) -> Iterator[Caution]:
    """What a measure names as not comparable, and what names it."""
    pairs = [(other, why) for other, why in measure.not_comparable.items()]
    pairs += [
        (m.id, why) for m in site.briefing.measures for other, why in m.not_comparable.items()
        if other == measure.id and m.id not in measure.not_comparable
    ]  # fmt: skip
    for other, why in pairs:
        yield Caution(_link(site, other), why)


def _row(site: Site, figure: Figure) -> LedgerRow:
    inputs = (Link(figure_text(site.index.figures[ref]), site.href(urls.figure(ref))) for ref in figure.inputs)
    chain = site.chain(_passage(site, figure))
    return LedgerRow(
        figure=site.figure(figure),
        is_words=not has_number(figure),
        value=_digits(figure.value),
        low=_digits(figure.low),
        high=_digits(figure.high),
        said_by=None if figure.inputs else chain[-1] if chain[1:] else chain[0]._replace(text="the text itself"),
        through=chain[1:-1],
        quote=site.quote(f"{figure.source}#{figure.passage}"),
        inputs=tuple(inputs),
        callers=site.callers("figure", figure.ref),
    )
