"""Frozen dataclasses that cost little: held to the library's own."""

from __future__ import annotations

import copy
import dataclasses
import operator
import pickle
import typing
from collections.abc import Callable
from itertools import product
from typing import Any, NamedTuple

import pytest

from site_builder import frozen
from site_builder.printing import RuleCount
from site_builder.problems import Place, Problem
from site_builder.records import FigureRecord, Id, Location


def declared(dataclass: Any, field: Any) -> dict[str, Any]:
    """The same classes by one library or the other."""

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Base:
        where: Any = field(repr=False, compare=False, default=None)

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Thing(Base):
        """A thing."""

        name: Any = ""
        size: Any = 1
        parts: Any = field(default_factory=list, metadata={"key": "of"})

        @property
        def twice(self) -> Any:
            return 2 * self.size

    @dataclass(frozen=True, slots=True, order=True)
    class Pair:
        left: Any
        right: Any = 0

        def __str__(self) -> str:
            return f"{self.left} and {self.right}"

    @dataclass(frozen=True, slots=True)
    class One:
        value: Any

    @dataclass(frozen=True)
    class Open:
        name: Any = "open"

    class Wider(Open):
        def __init__(self, name: Any, more: Any) -> None:
            super().__init__(name=name)
            vars(self).update(more=more)

    @dataclass
    class Changing:
        names: Any = field(default_factory=list)

    @dataclass(frozen=True, slots=True)
    class Nothing:
        pass

    return {kind.__name__: kind for kind in (Thing, Pair, One, Open, Wider, Changing, Nothing)}


OURS, THEIRS = declared(frozen.dataclass, frozen.field), declared(dataclasses.dataclass, dataclasses.field)
CALLS: tuple[tuple[str, tuple[Any, ...], dict[str, Any]], ...] = (
    ("Thing", (), {"where": 1, "name": "a"}),
    ("Thing", (), {"where": 2, "name": "a"}),
    ("Thing", (), {"where": 1, "name": "a", "size": 1.0}),
    ("Thing", (), {"where": 1, "name": "a", "parts": ["b"]}),
    ("Thing", (), {"name": "a"}),
    ("Thing", ("a",), {"where": 1}),
    ("Thing", (), {"where": 1, "name": "a", "other": 1}),
    ("Pair", (1,), {}),
    ("Pair", (1, 2), {}),
    ("Pair", (), {"right": 1, "left": 1}),
    ("Pair", (1, 2, 3), {}),
    ("Pair", (), {}),
    ("One", (1,), {}),
    ("One", ((1,),), {}),
    ("Open", (), {}),
    ("Open", ("wider",), {}),
    ("Wider", ("wider", 1), {}),
    ("Changing", (), {}),
    ("Changing", (["a"],), {}),
    ("Nothing", (), {}),
)


def outcome(work: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """What it gives, or that it cannot be."""
    try:
        return work(*given, **named)
    except TypeError:
        return TypeError


def made(kinds: dict[str, Any]) -> list[Any]:
    return [outcome(kinds[name], *given, **named) for name, given, named in CALLS]


def test_instances_are_made_printed_and_refused_as_the_library_does_it() -> None:
    assert [str(one) for one in made(OURS)] == [str(one) for one in made(THEIRS)]
    assert [repr(one) for one in made(OURS)] == [repr(one) for one in made(THEIRS)]


@pytest.mark.parametrize("compare", [operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge])
def test_instances_are_compared_as_the_library_does_it(compare: Callable[[Any, Any], bool]) -> None:
    ours, theirs = (
        [outcome(compare, one, other) for one, other in product(made(kinds), made(kinds))] for kinds in (OURS, THEIRS)
    )
    assert ours == theirs


def test_those_that_are_equal_have_one_hash_and_those_that_change_have_none() -> None:
    ours, theirs = ([(one, outcome(hash, one)) for one in made(kinds)] for kinds in (OURS, THEIRS))
    assert [hashed is TypeError for _, hashed in ours] == [hashed is TypeError for _, hashed in theirs]
    assert all(hashed == own for (one, hashed), (other, own) in product(ours, ours) if one == other)


def test_a_default_that_is_made_is_made_for_each() -> None:
    assert OURS["Changing"]().names is not OURS["Changing"]().names


def test_fields_are_told_as_the_library_tells_them() -> None:
    for name, kind in OURS.items():
        ours, theirs = frozen.fields(kind), dataclasses.fields(THEIRS[name])
        for told in ("name", "type", "repr", "compare", "metadata"):
            assert [getattr(f, told) for f in ours] == [getattr(f, told) for f in theirs]
        assert [f.default is frozen.MISSING for f in ours] == [f.default is dataclasses.MISSING for f in theirs]
        assert [f.default_factory is frozen.MISSING for f in ours] == [
            f.default_factory is dataclasses.MISSING for f in theirs
        ]


def test_slots_hold_what_is_declared_and_nothing_else() -> None:
    assert OURS["Thing"].__slots__ == THEIRS["Thing"].__slots__
    assert not hasattr(OURS["Pair"](1), "__dict__")
    assert OURS["Thing"](where=1, name="a", size=4).twice == 8
    assert (OURS["Thing"].__doc__, OURS["Thing"].__name__) == (THEIRS["Thing"].__doc__, THEIRS["Thing"].__name__)
    assert OURS["Thing"].__qualname__ == THEIRS["Thing"].__qualname__


def test_the_library_takes_them_for_its_own() -> None:
    thing: Any = OURS["Thing"](where=1, name="a", parts=[OURS["Pair"](1)])
    kind: Any = OURS["Thing"]
    assert [dataclasses.is_dataclass(each) for each in (thing, kind, Place)] == [True, True, True]
    assert dataclasses.asdict(thing) == {"where": 1, "name": "a", "size": 1, "parts": [{"left": 1, "right": 0}]}
    assert dataclasses.replace(thing, size=2) == frozen.replace(thing, size=2)
    assert kind.__dataclass_params__.frozen
    assert [f.name for f in dataclasses.fields(thing)] == ["where", "name", "size", "parts"]


def test_one_with_other_values_is_another_and_a_field_that_is_not_there_is_refused() -> None:
    pair = OURS["Pair"](1, 2)
    assert frozen.replace(pair, left=3) == OURS["Pair"](3, 2)
    assert pair == OURS["Pair"](1, 2)
    with pytest.raises(TypeError):
        frozen.replace(pair, middle=3)


def test_they_are_pickled_and_copied_with_every_value() -> None:
    place = Place("a.yaml", 2, 3)
    record = FigureRecord(at=Location(place, {}), id=Id("a"), measure=Id("b"), note=None)
    for one in (place, Problem(place, "bad-id", "no id", level="advice"), record):
        for same in (pickled(one), copy.copy(one), copy.deepcopy(one)):
            assert same == one
            assert repr(same) == repr(one)
    assert pickled(record).at.place == place


def test_one_is_made_of_a_row_of_its_values() -> None:
    place = Place("a.yaml", 2, 3)
    record = FigureRecord(at=Location(place, {}), id=Id("a"), measure=Id("b"))
    for one in (place, record, record.at):
        values = [getattr(one, each.name) for each in frozen.fields(one)]
        made: Any = frozen.making(type(one))(values)
        assert (made, type(made)) == (one, type(one))
        assert [getattr(made, each.name) for each in frozen.fields(one)] == values
    with pytest.raises(ValueError, match="not enough values"):
        frozen.making(Place)(["a.yaml"])


def pickled(one: Any) -> Any:
    return pickle.loads(pickle.dumps(one))  # noqa: S301 our own


def named(base: Any) -> dict[str, Any]:
    """The same named tuples by one maker or the other."""

    class Spot(base):  # type: ignore[misc]
        """Where."""

        left: int
        top: int = 0
        name: str = "nowhere"

        @property
        def area(self) -> int:
            return self.left * self.top

    class Named(base):  # type: ignore[misc]
        name: str

        def __str__(self) -> str:
            return self.name

    class Nothing(base):  # type: ignore[misc]
        pass

    class Wider(Spot):
        __slots__ = ()

    return {"Spot": Spot, "Named": Named, "Nothing": Nothing, "Wider": Wider}


OURS_NAMED, PYTHONS_NAMED = named(frozen.NamedTuple), named(NamedTuple)
TUPLES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "all": lambda of: of["Spot"](1, 2, "here"),
    "defaults": lambda of: of["Spot"](1),
    "by name": lambda of: of["Spot"](name="x", left=2),
    "derived": lambda of: of["Wider"](3, name="y"),
    "one": lambda of: of["Named"]("n"),
    "none": lambda of: of["Nothing"](),
    "made": lambda of: of["Spot"]._make([1, 2, "z"]),
    "too few": lambda of: of["Spot"](),
    "too many": lambda of: of["Spot"](1, 2, 3, 4),
    "unknown": lambda of: of["Spot"](1, width=2),
    "replaced": lambda of: of["Spot"](1)._replace(top=5),
    "replaced by nothing known": lambda of: of["Spot"](1)._replace(width=5),
    "set": lambda of: setattr(of["Spot"](1), "left", 2),
    "set anew": lambda of: setattr(of["Spot"](1), "width", 2),
}


def done(case: Callable[[dict[str, Any]], Any], of: dict[str, Any]) -> Any:
    """What comes of it: all that a tuple tells of itself, or the kind of what is raised."""
    try:
        one = case(of)
    except (TypeError, ValueError, AttributeError) as error:
        return type(error)
    own = (type(one).__qualname__, repr(one), str(one), hash(one), tuple(one), one._asdict())
    return own, one._fields, one._field_defaults, [getattr(one, each) for each in one._fields]


@pytest.mark.parametrize("case", TUPLES.values(), ids=TUPLES)
def test_named_tuples_are_what_pythons_are(case: Callable[[dict[str, Any]], Any]) -> None:
    assert done(case, OURS_NAMED) == done(case, PYTHONS_NAMED)


def test_a_named_tuple_is_the_tuple_and_copied_as_itself() -> None:
    one = OURS_NAMED["Spot"](3, 4)
    assert one == (3, 4, "nowhere")
    assert one.area == 12
    assert OURS_NAMED["Spot"].__match_args__ == ("left", "top", "name")
    assert typing.get_type_hints(OURS_NAMED["Spot"]) == {"left": int, "top": int, "name": str}
    again = copy.deepcopy(one)
    assert (again, type(again)) == (one, type(one))
    rows = [RuleCount("quote-missing", "error", 1, 2)]
    assert pickle.loads(pickle.dumps(rows)) == rows  # noqa: S301 our own bytes


def test_a_field_without_a_default_stands_behind_none_with_one() -> None:
    with pytest.raises(TypeError, match="a field of Wrong without a default"):

        class Wrong(frozen.NamedTuple):
            name: str = ""
            size: int  # type: ignore[misc]
