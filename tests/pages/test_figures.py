"""The ledger: every figure by measure, who states it, what it is derived from, and what must not be compared."""

from __future__ import annotations

import pytest

from site_builder import urls
from site_builder.pages.figures import FiguresContext, MeasureView
from tests.built_sites import ALL, built

from .contexts import context

each_site = pytest.mark.parametrize("name", ALL)


def _measures(name: str) -> dict[str, MeasureView]:
    return {m.id: m for m in context(FiguresContext, name, urls.FIGURES).measures}


@each_site
def test_every_figure_stands_once_under_its_measure_with_the_passage_that_states_it(name: str) -> None:
    site = built(name)
    rows = [
        (f"m-{f.record.measure}", urls.anchor(urls.figure(f.ref)), urls.passage(f"{f.source}#{f.passage}"))
        for f in site.briefing.figures()
    ]
    shown = [(m.id, row.figure.id, row.quote.href) for m in _measures(name).values() for row in m.rows]
    assert sorted(shown) == sorted(rows)


def test_figures_are_shown_as_the_text_gives_them() -> None:
    texts = {row.figure.id: row.figure.text for m in _measures("tangle").values() for row in m.rows}
    assert texts["f-knots--knotted"] == "90"
    assert texts["f-knots--share"] == "44.4"
    assert texts["f-fence--ran"] == "3 to 5"
    assert texts["f-fence--at-least"] == "at least 3"
    assert texts["f-fence--at-most"] == "at most 5"
    assert texts["f-fence--many"] == "“Many ropes”"


def test_a_figure_says_of_what_time_and_scope_it_speaks_and_in_which_unit() -> None:
    figures = {row.figure.id: row.figure for m in _measures("tangle").values() for row in m.rows}
    assert figures["f-knots--knotted"].when == "as of about 9 May 2021"
    assert figures["f-fence--ran"].when == "April 2021 to May 2021"
    assert figures["f-knots--broken"].scope == "of the ninety"
    assert figures["f-knots--share"].unit == "percent"
    assert figures["f-knots--knotted"].unit == "ropes"


def test_a_derived_figure_leads_to_those_that_it_is_computed_from() -> None:
    rows = {row.figure.id: row for m in _measures("tangle").values() for row in m.rows}
    assert rows["f-knots--left"].figure.derived == "knotted - broken"
    assert [i.href for i in rows["f-knots--left"].inputs] == ["#f-knots--knotted", "#f-knots--broken"]


def test_what_must_not_be_compared_is_said_at_both_measures() -> None:
    measures = _measures("tangle")
    assert [(c.measure.href, c.why) for c in measures["m-ropes"].cautions] == [
        ("#m-scripts", 'a rope is no <script>xss("measure")</script>')
    ]
    assert [c.measure.href for c in measures["m-scripts"].cautions] == ["#m-ropes"]
    assert measures["m-unused"].cautions == ()


@each_site
def test_a_plot_has_a_labelled_row_for_each_figure_that_has_a_number(name: str) -> None:
    site = built(name)
    for measure in _measures(name).values():
        numbered = [
            f for f in site.briefing.figures()
            if f"m-{f.record.measure}" == measure.id and (f.value, f.low, f.high) != (None, None, None)
        ]  # fmt: skip
        assert (measure.plot is None) == (len(numbered) < 2)
        if measure.plot:
            assert [dot.key for dot in measure.plot.dots] == [f.ref for f in numbered]
            assert [label.href for label in measure.plot_labels] == [
                urls.relative(urls.FIGURES, urls.figure(f.ref)) for f in numbered
            ]


def test_a_measure_without_a_figure_is_listed_too() -> None:
    assert _measures("tangle")["m-unused"].rows == ()


def test_a_figure_knows_who_cites_it() -> None:
    rows = {row.figure.id: row for m in _measures("tangle").values() for row in m.rows}
    assert [c.link.href for c in rows["f-knots--left"].callers] == ["topics/ropes.html#cite-6"]
