"""Figures that differ across sources are named as long as no claim cites both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .briefings import advised, written

MEASURES = [
    {"id": "complaints", "label": "C", "unit": "complaints", "counts": "complaints"},
    {"id": "calls", "label": "D", "unit": "calls", "counts": "calls"},
]
TEXT = "120 complaints, 80 calls, between 100 and 200 of them."
ONE: dict[str, Any] = {"measure": "complaints", "value": 120}
BOTH = [
    {
        "id": "both", "claim": "Counts differ", "status": "conflict", "confidence": "low", "why": "two counts",
        "evidence": [
            {"passage": "notice#all", "relation": "supports"}, {"passage": "radio#all", "relation": "contradicts"}
        ],
    }
]  # fmt: skip


def passage(*figures: dict[str, Any]) -> list[dict[str, Any]]:
    listed = [{"id": f"f{n}", **figure} for n, figure in enumerate(figures)]
    return [{"id": "all", "quote": TEXT, "figures": listed}]


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        ({"measure": "complaints", "value": 80}, True),
        ({"measure": "complaints", "value": 120}, False),
        ({"measure": "complaints", "low": 100, "high": 200}, False),
        ({"measure": "complaints", "low": 200}, True),
        ({"measure": "complaints", "high": 100}, True),
        ({"measure": "calls", "value": 80}, False),
        ({"measure": "complaints", "value": 80, "unit": "calls"}, False),
        ({"measure": "complaints", "value": 80, "scope": "at night"}, False),
        ({"measure": "complaints", "value": 80, "period": "2021"}, True),  # the other's time is not said
        ({"measure": "complaints", "approx": "of them"}, False),
    ],
)
def test_figures_of_two_sources_differ_when_no_number_fulfils_both(
    tmp_path: Path, other: dict[str, Any], differs: bool
) -> None:
    passages = {"notice": passage(ONE), "radio": passage(other)}
    folder = written(tmp_path, {"notice": TEXT, "radio": TEXT + " "}, passages, measures=MEASURES)
    assert len(advised(folder, "figures-differ")) == differs


@pytest.mark.parametrize(("period", "differs"), [("2021-03", False), ("2021", True), ("2021-01/2021-02", True)])
def test_figures_of_times_that_do_not_meet_do_not_differ(tmp_path: Path, period: str, differs: bool) -> None:
    passages = {
        "notice": passage({**ONE, "period": "2021-02"}),
        "radio": passage({"measure": "complaints", "value": 80, "period": period}),
    }
    folder = written(tmp_path, {"notice": TEXT, "radio": TEXT + " "}, passages, measures=MEASURES)
    assert len(advised(folder, "figures-differ")) == differs


def test_a_claim_that_cites_both_settles_it(tmp_path: Path) -> None:
    passages = {"notice": passage(ONE), "radio": passage({"measure": "complaints", "value": 80})}
    folder = written(tmp_path, {"notice": TEXT, "radio": TEXT + " "}, passages, measures=MEASURES, claims=BOTH)
    assert advised(folder, "figures-differ") == []


def test_figures_of_a_measure_that_is_not_comparable_with_itself_are_left_alone(tmp_path: Path) -> None:
    passages = {"notice": passage(ONE), "radio": passage({"measure": "complaints", "value": 80})}
    own = [{**MEASURES[0], "not_comparable": {"complaints": "each port has its own"}}, *MEASURES[1:]]
    folder = written(tmp_path, {"notice": TEXT, "radio": TEXT + " "}, passages, measures=own)
    assert advised(folder, "figures-differ") == []


def test_figures_of_one_source_and_derived_ones_are_left_alone(tmp_path: Path) -> None:
    derived = {"measure": "complaints", "value": 40, "derived": "f0 - f1"}
    passages = {"notice": passage(ONE, {"measure": "complaints", "value": 80}, derived)}
    folder = written(tmp_path, {"notice": TEXT}, passages, measures=MEASURES)
    assert advised(folder, "figures-differ") == []


def test_the_same_number_said_often_is_named_once(tmp_path: Path) -> None:
    passages = {"notice": passage(ONE, ONE, ONE), "radio": passage({"measure": "complaints", "value": 80})}
    folder = written(tmp_path, {"notice": TEXT, "radio": TEXT + " "}, passages, measures=MEASURES)
    (found,) = advised(folder, "figures-differ")
    assert found.message == "'complaints' is 80 here and 120 in 'notice#f0', and no claim cites both passages"


def test_twenty_pairs_of_a_measure_are_shown_and_it_is_said_that_there_are_more(tmp_path: Path) -> None:
    numbers = " and ".join(map(str, range(100, 122)))
    each = [{"measure": "complaints", "value": n} for n in range(100, 121)]
    passages = {
        "notice": [{"id": "all", "quote": numbers, "figures": [{"id": f"f{n}", **f} for n, f in enumerate(each)]}]
    }
    passages["radio"] = [{"id": "all", "quote": "121", "figures": [{"id": "f", "measure": "complaints", "value": 121}]}]
    folder = written(tmp_path, {"notice": numbers, "radio": "121"}, passages, measures=MEASURES)
    found = advised(folder, "figures-differ")
    assert len(found) == 21
    assert [p.message for p in found if p.place.path == "annotations/measures.yaml"] == [
        "more figures of 'complaints' differ than the 20 pairs that are shown"
    ]


def test_figures_of_one_day_each_are_held_against_those_of_their_day_alone(tmp_path: Path) -> None:
    days = [f"2021-03-{n:02}" for n in range(1, 29)]
    one = [{"measure": "complaints", "value": 120, "period": day} for day in days]
    other = [{"measure": "complaints", "value": 80, "period": day} for day in reversed(days)]
    passages = {"notice": passage(*one), "radio": passage(*other)}
    folder = written(tmp_path, {"notice": TEXT, "radio": TEXT + " "}, passages, measures=MEASURES, claims=[])
    found = advised(folder, "figures-differ")
    assert len(found) == 21
    first = next(p for p in found if p.place.path == "annotations/sources/radio.yaml")
    assert "120 in 'notice#f" in first.message
