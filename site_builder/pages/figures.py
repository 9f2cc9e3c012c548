"""The ledger: every figure by measure, who states it, and what it must not be compared with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from .. import urls
from ..charts import DotPlot, dot_plot
from ..model import Figure
from ..records import MeasureRecord
from .frame import Context, Desk, Page, Site
from .views import CallerView, FigureView, Link, QuoteView, counted, figure_text


class LedgerRow(NamedTuple):
    """A figure with the passage that states it."""

    figure: FigureView
    quote: QuoteView
    inputs: tuple[Link, ...]
    callers: tuple[CallerView, ...]


class PlotLabel(NamedTuple):
    """The words beside a row of the plot."""

    y: float
    text: str
    href: str


class Caution(NamedTuple):
    """A measure that looks alike, and why it must not be compared."""

    measure: Link
    why: str


class MeasureView(NamedTuple):
    """A measure with its figures."""

    id: str
    label: str
    unit: str
    counts: str
    cautions: tuple[Caution, ...]
    plot: DotPlot | None
    plot_labels: tuple[PlotLabel, ...]
    rows: tuple[LedgerRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresContext(Context):
    """What the ledger shows."""

    measures: tuple[MeasureView, ...]
    count: str


def pages(desk: Desk) -> Iterator[Page]:
    """The one page."""
    site = desk.at(urls.FIGURES)
    figures = tuple(desk.briefing.figures())
    frame = site.frame("Figures", "Every number that the sources state, what it counts, and who says so.")
    measures = tuple(
        _measure(site, m, [f for f in figures if f.record.measure == m.id]) for m in desk.briefing.measures
    )
    context = FiguresContext(frame=frame, measures=measures, count=counted(len(figures), "figure"))
    yield Page(urls.FIGURES, "pages/figures.html", context)


def _measure(site: Site, measure: MeasureRecord, figures: Sequence[Figure]) -> MeasureView:
    plot = dot_plot([(f.ref, _float(f.value), _float(f.low), _float(f.high)) for f in figures])
    labels = (
        PlotLabel(
            d.y, f"{figure_text(site.index.figures[d.key])} ({_source(site, d.key)})", site.href(urls.figure(d.key))
        )
        for d in (plot.dots if plot else ())
    )
    return MeasureView(
        id=urls.anchor(urls.measure(measure.id)),
        label=measure.label,
        unit=measure.unit,
        counts=measure.counts,
        cautions=tuple(_cautions(site, measure)),
        plot=plot,
        plot_labels=tuple(labels),
        rows=tuple(_row(site, f) for f in figures),
    )


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def _source(site: Site, ref: str) -> str:
    return site.source_label(site.index.sources[ref.partition("#")[0]])


def _cautions(site: Site, measure: MeasureRecord) -> Iterator[Caution]:
    """What a measure names as not comparable, and what names it."""
    pairs = [(other, why) for other, why in measure.not_comparable.items()]
    pairs += [
        (m.id, why) for m in site.briefing.measures for other, why in m.not_comparable.items()
        if other == measure.id and m.id not in measure.not_comparable
    ]  # fmt: skip
    for other, why in pairs:
        yield Caution(Link(site.index.measures[other].label, site.href(urls.measure(other))), why)


def _row(site: Site, figure: Figure) -> LedgerRow:
    inputs = (Link(figure_text(site.index.figures[ref]), site.href(urls.figure(ref))) for ref in figure.inputs)
    return LedgerRow(
        figure=site.figure(figure),
        quote=site.quote(f"{figure.source}#{figure.passage}"),
        inputs=tuple(inputs),
        callers=site.callers("figure", figure.ref),
    )
