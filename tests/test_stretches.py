"""Long lists are cut by steps: nothing is lost, no part weighs too much, and what is elsewhere stays where it is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.listing.stretches import WHOLE, Entry, Ladder, Stretch, cut, found, of_date, of_name
from site_builder.printed.dates import parse_edtf

MOST = 100
MARCH = ("2000-2099", "2010s", "2014", "2014-q1", "2014-03")

days = st.dates().map(lambda day: day.isoformat())
coarse = st.integers(1900, 1912).map(str) | st.integers(1, 12).map(lambda month: f"1905-{month:02}")
near = st.dates(date(1900, 1, 1), date(1912, 12, 31)).map(lambda day: day.isoformat())
dates = days | coarse | near | near | st.sampled_from(["", "190X", "19XX", "../1905", "1905-21", "1905-03-02/1907"])


def ladder(when: str) -> Ladder:
    value = parse_edtf(when) if when else None
    return of_date(value, "Beginning not known")


def entries(written: list[tuple[str, int]]) -> list[Entry]:
    return [Entry(f"{number}", ladder(when), weight) for number, (when, weight) in enumerate(written)]


lists = st.lists(st.tuples(dates, st.integers(1, 90)), max_size=60).map(entries)


@given(lists)
def test_every_thing_stands_in_one_stretch_and_no_stretch_of_several_weighs_too_much(known: list[Entry]) -> None:
    leaves = list(cut(known, MOST).leaves())
    weights = {e.id: e.weight for e in known}
    assert sorted(id_ for leaf in leaves for id_ in leaf.ids) == sorted(weights)
    assert all(len(leaf.ids) == 1 or sum(weights[id_] for id_ in leaf.ids) <= MOST for leaf in leaves)


@given(lists)
def test_no_two_stretches_have_one_key_and_each_counts_what_is_in_it(known: list[Entry]) -> None:
    every = [stretch for stretch, _ in found(cut(known, MOST))]
    assert len({s.step.key for s in every}) == len(every)
    for stretch in every:
        assert stretch.count == sum(len(leaf.ids) for leaf in stretch.leaves())
        assert not (stretch.ids and stretch.parts)
        assert len(stretch.parts) != 1


@given(lists, dates)
def test_one_thing_more_changes_no_stretch_that_it_does_not_lie_in(known: list[Entry], when: str) -> None:
    new = Entry("new", ladder(when), 50)
    before, after = cut(known, MOST), {s.step.key: s for s, _ in found(cut([*known, new], MOST))}
    own = {step.key for step in new.ladder}
    for stretch, above in found(before):
        keys = {s.step.key for s in (*above, stretch)}
        if stretch.step is WHOLE or own & keys or any(own & {p.step.key for p in s.parts} for s in above[-1:]):
            continue
        now = after[stretch.step.key]
        assert (now.ids, now.parts) == (stretch.ids, stretch.parts)


def test_a_list_that_is_light_enough_is_one_stretch() -> None:
    whole = cut(entries([("1905-01-01", 30), ("2005", 30)]), MOST)
    assert whole == Stretch(WHOLE, 2, ("0", "1"))


def test_a_step_that_all_share_is_passed_over() -> None:
    whole = cut(entries([("1905-03-01", 80), ("1905-11-01", 80)]), MOST)
    assert [part.step.short for part in whole.parts] == ["January to March 1905", "October to December 1905"]


def test_things_of_one_day_are_cut_where_they_weigh_enough() -> None:
    whole = cut(entries([("1905-03-01", 60)] * 3), MOST)
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


def test_the_steps_of_a_name_are_its_letters_in_latin() -> None:
    assert [step.label for step in of_name("Éa ß")] == ["E", "Ea", "Eas", "Eass"]
    assert [step.key for step in of_name("港")] == ["other"]


def test_a_name_that_ends_where_others_go_on_stands_before_them() -> None:
    names = ["Al", "Alb", "Alb", "Alc"]
    whole = cut([Entry(f"{n}", of_name(name), 60) for n, name in enumerate(names)], MOST)
    assert [(part.step.key, part.count) for part in whole.parts] == [("al-itself", 1), ("alb", 2), ("alc", 1)]
