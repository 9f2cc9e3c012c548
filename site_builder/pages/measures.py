"""Measures: the figures of each on a line and in a table, whether they agree, and what they are not comparable with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from .. import urls
from ..charts.axes import Tick
from ..charts.dot_plots import Dot, dot_plot
from ..contracts.agreeing import has_number, relation, unit
from ..frozen import NamedTuple
from ..model import Figure, Passage
from ..records import MeasureRecord
from ..wording import figure_text
from .frame import Site
from .quotes import CallerView, QuoteView
from .views import ChainLink, FigureView, Link, counted, open_of

_OPEN = 3  # cautions that stand open beside a measure


class LedgerRow(NamedTuple):
    """A figure with the passage that states it. `said_by` is None for what the build computed; `is_own` is for what
    the text says in its own voice."""

    figure: FigureView
    value: str
    low: str
    high: str
    said_by: ChainLink | None
    is_own: bool
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
    def numbers(self) -> str:
        """What it comes to in a list of measures: "305, 577 requests", or how many figures, where they are many."""
        by_unit: dict[str, dict[str, None]] = {}
        for row in self.rows:
            by_unit.setdefault(row.figure.unit, {})[row.figure.text] = None
        if sum(map(len, by_unit.values())) > _OPEN:
            return counted(len(self.rows), "figure")
        return "; ".join(f"{', '.join(texts)} {of}".strip() for of, texts in by_unit.items())

    @property
    def lone(self) -> str:
        """The id of the only figure: then the figure drawn is the place of it, and the table is folded."""
        return self.rows[0].figure.id if len(self.rows) == 1 else ""


def voices_of(site: Site, figures: Sequence[Figure]) -> tuple[str, ...]:
    """Whose figures these are in the end; what the build computed is nobody's."""
    return site.index.origins(passage_of(site, f).ref for f in figures if not f.inputs)


def passage_of(site: Site, figure: Figure) -> Passage:
    """The passage that states a figure."""
    return site.index.passages[figure.passage_ref]


def measure_link(site: Site, measure_id: str) -> Link:
    """A measure by its name."""
    return Link(site.index.measures[measure_id].label, site.href(urls.measure(measure_id)))


# How figures stand to each other


def comparison(site: Site, measure: MeasureRecord, figures: Sequence[Figure]) -> str:
    """Whether the figures of a measure agree, in words; empty where there are not two to compare.

    Two numbers are held against one another where two voices state them in one unit: they agree when one number can
    fulfil both, bounds included, and are of different times when the times they speak of do not meet. Those of a
    measure that names itself as not comparable are not held against one another.
    """
    told = [f for f in figures if not f.inputs]
    if len(told) < 2:
        return ""
    voices = voices_of(site, told)
    if len(voices) < 2:
        return f"one voice: {counted(len(told), 'figure')}"
    if measure.id in measure.not_comparable:
        return f"{len(voices)} voices: the numbers are not to be compared"
    found = _found(site, measure, told)
    in_words = sum(not has_number(f) for f in told)
    numbers = len(told) - in_words
    words = "no two numbers in one unit" if numbers > 1 else "one number" if numbers else "no number"
    words = next((words for each, words in _RELATIONS.items() if each in found), words)
    return f"{len(voices)} voices: {words}" + (f", {in_words} in words only" if in_words else "")


def _found(site: Site, measure: MeasureRecord, told: Sequence[Figure]) -> set[str]:
    """How figures of two voices stand to each other; figures that say the same are held against others once."""
    different: dict[tuple[object, ...], Figure] = {}
    for f in told:
        voice = voices_of(site, (f,))
        different.setdefault((voice, unit(measure, f), f.value, f.low, f.high, f.as_of, f.period), f)
    found: set[str] = set()
    for (one_key, one), (other_key, other) in combinations(different.items(), 2):
        if one_key[0] != other_key[0]:
            found.add(relation(measure, one, other))
            if "differ" in found:
                break
    return found


_RELATIONS = {  # what one differing pair says is said of all
    "differ": "the numbers differ",
    "agree": "the numbers agree",
    "of different times": "the numbers are of different times",
}


# A measure


def measure_view(
    site: Site, measure: MeasureRecord, figures: Sequence[Figure], *, is_whole: bool = True
) -> MeasureView:
    """A measure with its figures, or with those of a stretch: whether they agree is said of the whole."""
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
        comparison=comparison(site, measure, figures) if is_whole else "",
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
    """What a measure names as not comparable, its own figures with each other too, and what names it."""
    pairs = [(other, why) for other, why in measure.not_comparable.items()]
    pairs += [
        (m.id, why) for m in site.briefing.measures for other, why in m.not_comparable.items()
        if other == measure.id and m.id not in measure.not_comparable
    ]  # fmt: skip
    for other, why in pairs:
        link = measure_link(site, other)
        yield Caution(link._replace(text="each other") if other == measure.id else link, why)


def _row(site: Site, figure: Figure) -> LedgerRow:
    inputs = (Link(figure_text(site.index.figures[ref]), site.href(urls.figure(ref))) for ref in figure.inputs)
    chain = site.chain(passage_of(site, figure))
    return LedgerRow(
        figure=site.figure(figure),
        value=_digits(figure.value),
        low=_digits(figure.low),
        high=_digits(figure.high),
        said_by=None if figure.inputs else chain[-1] if chain[1:] else chain[0]._replace(text="the text itself"),
        is_own=not (figure.inputs or chain[1:]),
        through=chain[1:-1],
        quote=site.quote(figure.passage_ref),
        inputs=tuple(inputs),
        callers=site.callers("figure", figure.ref),
    )
