"""Long lists are cut by steps: nothing is lost, no part weighs too much, and what is elsewhere stays where it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.listing.stretches import WHOLE, Ladder, Stretch, cut, found, of_date, of_name
from site_builder.printed.dates import parse_edtf

MOST = 100
MARCH = ("2000-2099", "2010s", "2014", "2014-q1", "2014-03")

days = st.dates().map(lambda day: day.isoformat())
coarse = st.integers(1900, 1912).map(str) | st.integers(1, 12).map(lambda month: f"1905-{month:02}")
near = st.dates(date(1900, 1, 1), date(1912, 12, 31)).map(lambda day: day.isoformat())
dates = days | coarse | near | near | st.sampled_from(["", "190X", "19XX", "../1905", "1905-21", "1905-03-02/1907"])


def ladder(when: str, to_end: bool = True) -> Ladder:
    value = parse_edtf(when) if when else None
    return of_date(value, "Beginning not known", to_end)


class Dates(NamedTuple):
    """A list of things that are dated: what each weighs, and its date, by id."""

    weights: Mapping[str, int]
    dates: Mapping[str, str]

    def find(self, ids: Iterable[str], to_end: bool) -> list[Ladder]:
        return [ladder(self.dates[id_], to_end) for id_ in ids]

    def cut(self) -> Stretch:
        return cut(self.weights, self.find, MOST)


def dated(written: list[tuple[str, int]]) -> Dates:
    return Dates(
        {f"{number}": weight for number, (_, weight) in enumerate(written)},
        {f"{number}": when for number, (when, _) in enumerate(written)},
    )


lists = st.lists(st.tuples(dates, st.integers(1, 90)), max_size=60).map(dated)


@given(lists)
def test_every_thing_stands_in_one_stretch_and_no_stretch_of_several_weighs_too_much(known: Dates) -> None:
    leaves = list(known.cut().leaves())
    assert sorted(id_ for leaf in leaves for id_ in leaf.ids) == sorted(known.weights)
    assert all(len(leaf.ids) == 1 or sum(known.weights[id_] for id_ in leaf.ids) <= MOST for leaf in leaves)


@given(lists)
def test_a_list_is_cut_as_if_every_ladder_had_been_asked_for_to_its_end(known: Dates) -> None:
    assert known.cut() == cut(known.weights, lambda ids, _: [ladder(known.dates[id_]) for id_ in ids], MOST)


@given(lists)
def test_no_two_stretches_have_one_key_and_each_counts_what_is_in_it(known: Dates) -> None:
    every = [stretch for stretch, _ in found(known.cut())]
    assert len({s.step.key for s in every}) == len(every)
    for stretch in every:
        assert stretch.count == sum(len(leaf.ids) for leaf in stretch.leaves())
        assert not (stretch.ids and stretch.parts)
        assert len(stretch.parts) != 1


@given(lists, dates)
def test_one_thing_more_changes_no_stretch_that_it_does_not_lie_in(known: Dates, when: str) -> None:
    more = Dates({**known.weights, "new": 50}, {**known.dates, "new": when})
    before, after = known.cut(), {s.step.key: s for s, _ in found(more.cut())}
    own = {step.key for step in ladder(when)}
    for stretch, above in found(before):
        keys = {s.step.key.partition("-part-")[0] for s in (*above, stretch)}  # only weights cut what has one date
        if stretch.step is WHOLE or own & keys or any(own & {p.step.key for p in s.parts} for s in above[-1:]):
            continue
        now = after[stretch.step.key]
        assert (now.ids, now.parts) == (stretch.ids, stretch.parts)


def test_a_list_that_is_light_enough_is_one_stretch() -> None:
    whole = dated([("1905-01-01", 30), ("2005", 30)]).cut()
    assert whole == Stretch(WHOLE, 2, ("0", "1"))


def test_a_step_that_all_share_is_passed_over() -> None:
    whole = dated([("1905-03-01", 80), ("1905-11-01", 80)]).cut()
    assert [part.step.short for part in whole.parts] == ["January to March 1905", "October to December 1905"]


def test_things_of_one_day_are_cut_where_they_weigh_enough() -> None:
    whole = dated([("1905-03-01", 60)] * 3).cut()
    assert [part.step.key for part in whole.parts] == [f"1905-03-01-part-{n}" for n in (1, 2, 3)]
    assert whole.parts[1].step.label == "1 March 1905, part 2"


@pytest.mark.parametrize(
    ("when", "keys"),
    [
        ("2014-03-31", [*MARCH, "2014-03-21-on", "2014-03-26-on", "2014-03-31"]),
        ("2014-03-05", [*MARCH, "2014-03-01-to-10", "2014-03-01-to-05", "2014-03-05"]),
        ("2014-03", [*MARCH, "2014-03-no-day"]),
        ("2014-21", ["2000-2099", "2010s", "2014", "2014-no-month"]),
        ("2014~", ["2000-2099", "2010s", "2014", "2014-no-month"]),
        ("201X", ["2000-2099", "2010s", "2010s-no-year"]),
        ("20XX", ["2000-2099", "2000-2099-no-year"]),
        ("../2014", ["unknown"]),
        ("", ["unknown"]),
    ],
)  # fmt: skip
def test_the_steps_of_a_date_go_no_further_than_it_says(when: str, keys: list[str]) -> None:
    assert [step.key for step in ladder(when)] == keys


@pytest.mark.parametrize(
    ("when", "names"),
    [
        ("2014-03-31", ["2000 to 2099", "2010 to 2019", "2014", "January to March", "March", "21 onwards",
                        "26 onwards", "31 March"]),
        ("2014-03-20", ["2000 to 2099", "2010 to 2019", "2014", "January to March", "March", "11 to 20", "16 to 20",
                        "20 March"]),
        ("0005", ["1 to 99", "1 to 9", "5", "no month given"]),
    ],
)  # fmt: skip
def test_the_steps_of_a_date_are_named_from_the_first_to_the_last_of_what_they_hold(
    when: str, names: list[str]
) -> None:
    assert [step.short for step in ladder(when)] == names


def test_the_steps_of_a_name_are_its_letters_in_latin() -> None:
    assert [step.label for step in of_name("Éa ß")] == ["E", "Ea", "Eas", "Eass"]
    assert [step.key for step in of_name("港")] == ["other"]


def test_a_name_that_ends_where_others_go_on_stands_before_them() -> None:
    names = ["Al", "Alb", "Alb", "Alc"]
    whole = cut({f"{n}": 60 for n in range(len(names))}, lambda ids, _: [of_name(names[int(id_)]) for id_ in ids], MOST)
    assert [(part.step.key, part.count) for part in whole.parts] == [("al-itself", 1), ("alb", 2), ("alc", 1)]
