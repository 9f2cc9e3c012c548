"""The ledger: every figure by measure, who states it, what it is derived from, and what must not be compared."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from site_builder import urls
from site_builder.backlinks import backlinks
from site_builder.build import read_briefing
from site_builder.pages.figures import FiguresContext, pages
from site_builder.pages.measures import MeasureView, comparison
from tests.built_sites import ALL, REAL, BuiltSite, built, copied, desk_of

from .contexts import context

each_site = pytest.mark.parametrize("name", ALL)


def _measures(name: str) -> dict[str, MeasureView]:
    return {m.id: m for group in context(FiguresContext, name, urls.FIGURES).groups for m in group.measures}


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


def test_the_list_of_a_topics_measures_holds_their_numbers() -> None:
    numbers = {m.id: m.numbers for m in _measures("tangle").values()}
    assert numbers == {
        "m-scripts": "3 to 5, at least 3, at most 5 scripts",
        "m-ropes": "5\xa0figures",
        "m-shares": "44.4 percent",
        "m-unused": "",
    }


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
def test_of_many_cautions_the_first_stand_open_and_a_lone_figure_is_its_own_place(name: str) -> None:
    for measure in _measures(name).values():
        assert measure.shown == (3 if len(measure.cautions) > 4 else len(measure.cautions))
        assert measure.lone == (measure.rows[0].figure.id if len(measure.rows) == 1 else "")


@each_site
def test_each_figure_is_on_the_line_or_beside_it_and_only_one_unit_is_on_it(name: str) -> None:
    for measure in _measures(name).values():
        on_line = [p.row.figure for p in measure.plot.rows] if measure.plot else []
        beside = [row.figure for row in measure.beside]
        assert sorted(f.id for f in (*on_line, *beside)) == sorted(row.figure.id for row in measure.rows)
        assert {f.unit for f in on_line} <= {measure.unit}


def test_a_plot_has_a_row_for_each_number_and_words_stand_beside_it() -> None:
    measures = _measures("tangle")
    ropes, shares = measures["m-ropes"], measures["m-shares"]
    assert ropes.plot is not None
    assert [p.row.figure.text for p in ropes.plot.rows] == ["90", "40", "50", "120"]
    assert [row.figure.text for row in ropes.beside] == ["“Many ropes”"]
    assert shares.plot is None
    assert [row.value for row in shares.beside] == ["44.4"]


def test_years_are_not_drawn_on_a_line_of_months() -> None:
    duration = _measures(REAL)["m-war-duration"]
    assert duration.plot is None
    assert {row.figure.unit for row in duration.rows if not row.figure.is_words} == {"months", "years"}


@each_site
def test_every_measure_stands_once_and_under_a_topic_of_its_figures(name: str) -> None:
    site = built(name)
    groups = context(FiguresContext, name, urls.FIGURES).groups
    shown = [m.id for group in groups for m in group.measures]
    assert sorted(shown) == sorted(f"m-{m.id}" for m in site.briefing.measures)
    for group in groups:
        for measure in group.measures:
            topics = {
                f"t-{topic}"
                for f in site.briefing.figures() if f"m-{f.record.measure}" == measure.id
                for topic in site.briefing.index.passages[f"{f.source}#{f.passage}"].topics
            }  # fmt: skip
            assert group.id in topics or (group.id == "t-none" and not topics)


@each_site
def test_measures_of_several_voices_come_first_in_their_topic(name: str) -> None:
    for group in context(FiguresContext, name, urls.FIGURES).groups:
        many = [len({row.said_by for row in m.rows if row.said_by}) > 1 for m in group.measures]
        assert many == sorted(many, reverse=True)


@each_site
def test_the_source_line_names_every_source_and_voice_of_the_figures(name: str) -> None:
    site = built(name)
    for measure in _measures(name).values():
        named = {line.source.href for line in measure.sources} | {
            link.href for line in measure.sources for chain in line.chains for link in chain
        }
        for row in measure.rows:
            assert row.quote.source.href in named
            assert {link.href for link in row.quote.chain} <= named
        figure = next(
            f
            for f in site.pages[urls.FIGURES].all("figure")
            if any(e.attributes.get("id") == measure.id for e in f.walk())
        )
        assert all(href in figure.links() for href in named)


def test_what_is_said_about_agreement_holds_of_the_real_figures() -> None:
    said = {m.id: m.comparison for m in _measures(REAL).values() if m.comparison}
    assert said["m-deserters"] == "3 voices: the numbers agree, 1 in words only"
    assert said["m-help-requests"] == "one voice: 2\xa0figures"
    assert said["m-war-duration"] == "3 voices: no two numbers in one unit, 1 in words only"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"value": 3}, {"value": 3}, "2 voices: the numbers agree"),
        ({"value": 3}, {"value": 4}, "2 voices: the numbers differ"),
        ({"value": 3}, {"low": 2}, "2 voices: the numbers agree"),
        ({"value": 3}, {"high": 2}, "2 voices: the numbers differ"),
        ({"low": 1, "high": 3}, {"low": 3, "high": 5}, "2 voices: the numbers agree"),
        (
            {"value": 3, "period": "2021"}, {"value": 4, "period": "2022"},
            "2 voices: the numbers are of different times",
        ),
        ({"value": 3, "period": "2021"}, {"value": 4, "as_of": "2021-05"}, "2 voices: the numbers differ"),
        ({"value": 3}, {"approx": "Some"}, "2 voices: one number, 1 in words only"),
        ({"approx": "Some"}, {"approx": "Some"}, "2 voices: no number, 2 in words only"),
        ({"value": 3}, {"value": 3, "unit": "dozens"}, "2 voices: no two numbers in one unit"),
    ],
)  # fmt: skip
def test_two_numbers_agree_when_one_number_can_fulfil_both(
    tmp_path: Path, one: dict[str, object], other: dict[str, object], expected: str
) -> None:
    (tmp_path / "seeds").mkdir()
    sources = tmp_path / "annotations" / "sources"
    sources.mkdir(parents=True)
    (tmp_path / "annotations" / "site.yaml").write_text("title: Numbers\nlanguage: en\n")
    (tmp_path / "annotations" / "measures.yaml").write_text("- {id: m, label: Things, unit: things, counts: things}\n")
    for name, numbers in (("first", one), ("second", other)):
        text = "Some 1 or 2 or 3 or 4 or 5 things stood here in May 2021 or 2022."
        (tmp_path / "seeds" / f"{name}.txt").write_text(text)
        figure = json.dumps({"id": "f", "measure": "m", "why": "as told", **numbers})
        (sources / f"{name}.yaml").write_text(
            f"text: {name}.txt\nsha256: {sha256(text.encode()).hexdigest()}\ntype: report\ntitle: {name}\n"
            "reliability: {grade: F, why: none}\n"
            f"passages:\n  - {{id: p, quote: {json.dumps(text)}, figures: [{figure}]}}\n"
        )
    briefing = read_briefing(tmp_path).briefing
    site = desk_of(briefing, backlinks(briefing)).at(urls.FIGURES)
    assert comparison(site, briefing.measures[0], tuple(briefing.figures())) == expected


def test_pairs_that_must_not_be_compared_are_listed_with_their_reasons() -> None:
    pairs = context(FiguresContext, "tangle", urls.FIGURES).pairs
    assert [(p.one.href, p.other.href, p.why) for p in pairs] == [
        ("#m-ropes", "#m-scripts", 'a rope is no <script>xss("measure")</script>')
    ]


def test_a_measure_of_which_each_source_counts_its_own_is_no_pair_with_itself(tmp_path: Path) -> None:
    measures = copied("tangle", tmp_path) / "annotations" / "measures.yaml"
    measures.write_text(measures.read_text().replace("{scripts: ", "{ropes: its own, scripts: "))
    desk = BuiltSite("own", tmp_path).desk()
    [found] = [p.context for p in pages(desk) if isinstance(p.context, FiguresContext)]
    assert [p.other.href for p in found.pairs] == ["#m-scripts"]
    [ropes] = [m for group in found.groups for m in group.measures if m.id == "m-ropes"]
    assert [(c.measure.text, c.why) for c in ropes.cautions[:1]] == [("each other", "its own")]
    assert ropes.comparison.endswith("voices: the numbers are not to be compared")


def test_a_measure_without_a_figure_is_listed_too() -> None:
    assert _measures("tangle")["m-unused"].rows == ()


def test_a_figure_knows_who_cites_it() -> None:
    rows = {row.figure.id: row for m in _measures("tangle").values() for row in m.rows}
    assert [c.link.href for c in rows["f-knots--left"].callers] == ["topics/ropes.html#cite-6"]


def test_a_number_of_a_text_itself_says_so_and_not_one_of_a_voice_or_of_the_build() -> None:
    for row in (row for measure in _measures(REAL).values() for row in measure.rows):
        assert row.is_own == bool(row.said_by and row.said_by.text == "the text itself")
