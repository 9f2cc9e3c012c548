"""Frozen things are pickled by their values, and are the same afterwards."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace
from decimal import Decimal

import pytest

from site_builder.dates import parse_edtf
from site_builder.pickling import ByValues

from .built_sites import ALL, built


@dataclass(frozen=True, slots=True)
class One(ByValues):
    only: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Many(ByValues):
    first: One
    hidden: int = field(default=0, repr=False, compare=False)
    last: tuple[Decimal, ...] = ()


@pytest.mark.parametrize(
    "thing", [One(""), One("é"), Many(first=One("x"), hidden=3, last=(Decimal("1.10"),)), parse_edtf("2021-03~/..")]
)
@pytest.mark.parametrize("protocol", [2, 5])
def test_a_thing_is_the_same_after_it_was_pickled(thing: object, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(thing, protocol))  # noqa: S301 made in this line
    assert (again, type(again), repr(again)) == (thing, type(thing), repr(thing))
    assert copy.deepcopy(thing) == thing


def test_what_is_not_compared_is_kept_too_and_what_was_frozen_stays_so() -> None:
    again = pickle.loads(pickle.dumps(Many(first=One("x"), hidden=3)))  # noqa: S301
    assert again.hidden == 3
    assert replace(again, hidden=4).hidden == 4
    with pytest.raises(FrozenInstanceError):
        again.hidden = 5


@pytest.mark.parametrize("name", ALL)
def test_what_is_known_of_sources_and_events_is_the_same_after_it_was_pickled(name: str) -> None:
    briefing = built(name).briefing
    for things in (briefing.sources, briefing.events, briefing.claims, briefing.topics, briefing.judgements):
        assert pickle.loads(pickle.dumps(things, 5)) == things  # noqa: S301


def test_values_take_fewer_bytes_than_names() -> None:
    assert len(pickle.dumps(One("x"), 5)) < 90
