"""Many things of which few are others: as good as a dictionary and a tuple, and what differs is known."""

from __future__ import annotations

import pickle
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.series import Row, both, differing, replaced, row_replaced

IDS = st.sampled_from("abcde")
THINGS = st.dictionaries(IDS, st.integers())


@given(THINGS, st.lists(THINGS))
def test_it_is_what_a_dictionary_is_in_which_the_same_was_put(
    things: dict[str, int], edits: list[dict[str, int]]
) -> None:
    plain, found = dict(things), replaced(things, {})
    row: Sequence[int] = Row(things)
    for edit in edits:
        fitting = {id_: thing for id_, thing in edit.items() if id_ in things}
        plain |= fitting
        found, row = replaced(found, fitting), row_replaced(row, fitting, str)
    assert dict(found) == plain
    assert list(found) == list(plain)
    assert tuple(row) == tuple(plain.values())
    assert row == tuple(plain.values())
    assert row == Row(dict(plain))
    assert [row[place] for place in range(len(row))] == list(row)
    assert row[1:3] == tuple(row)[1:3]
    assert all(found.get(id_) == plain.get(id_) and (id_ in found) == (id_ in plain) for id_ in "abcdefg")
    assert pickle.loads(pickle.dumps(row)) == row  # noqa: S301 our own


@given(st.dictionaries(IDS, st.integers().map("thing {}".format)), st.lists(IDS), st.lists(IDS))
def test_what_differs_of_two_with_one_origin_is_known(
    things: dict[str, str], first: list[str], second: list[str]
) -> None:
    one = replaced(things, {id_: f"{id_}1" for id_ in first if id_ in things})
    other = replaced(one, {id_: f"{id_}2" for id_ in second if id_ in things})
    for old, new in ((things, one), (one, other), (things, other), (other, one)):
        few = differing(old, new)
        assert few is not None
        assert set(few) == {id_ for id_ in things if old[id_] is not new[id_]}
    assert (Row(one) == Row(other)) == (dict(one) == dict(other))


def test_rows_of_the_same_things_are_alike_in_the_same_order_alone() -> None:
    things = {"a": "one", "b": "two", "c": "three"}
    row, other, shorter = Row(things, ("a", "b")), Row(things, ("b", "a")), Row(things, ("a",))
    assert row == Row(things, ("a", "b"))
    assert row != other
    assert row != shorter
    assert [len(each) for each in (Row(things), row, shorter)] == [3, 2, 1]
    assert [*both(row, other)] == [("one", "two"), ("two", "one")]


def test_what_differs_of_others_takes_a_search() -> None:
    assert differing({"a": 1}, {"a": 1}) is None


def test_a_row_of_one_thing_replaced_is_another() -> None:
    row = row_replaced(("xa", "yb"), {"y": "yc"}, lambda thing: thing[0])
    assert list(row) == ["xa", "yc"]
    assert row != ("xa", "yb")
    with pytest.raises(IndexError):
        row[2]


@given(THINGS, THINGS, st.lists(IDS))
def test_side_by_side_stand_all_that_differ_and_those_that_are_asked_for(
    things: dict[str, int], edit: dict[str, int], also: list[str]
) -> None:
    old: Row[tuple[str, int]] = Row({id_: (id_, thing) for id_, thing in things.items()})
    new = old.with_own({id_: (id_, thing) for id_, thing in edit.items() if id_ in things})
    wanted = [id_ for id_ in things if id_ in edit or id_ in also]
    assert [was[0] for was, _ in both(old, new, also)] == wanted
    assert [*both(tuple(old), new)] == [*zip(old, new, strict=True)]
