"""Long lists cut into stretches: by the calendar, by names, by whatever a thing is found under.

Each thing of a list brings its **ladder**, the steps under which it stands, from the widest to the narrowest: its
century, decade, year, quarter, month. A list that is small enough is one stretch. One that is not is cut by the next
step, and each part is looked at likewise: so where a thing stands depends on those alone that share its steps, and one
event more in 2014 moves none of 2020. A stretch that is cut keeps its place, as the way to its parts. A step that all
things of a stretch share cuts nothing, and is passed over.

Steps have keys, that are parts of addresses, and a place in the order. Weights are in bytes of HTML, roughly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from ..frozen import NamedTuple, dataclass
from ..printed.dates import MONTHS, Edtf
from ..texts.romanizing import romanized

_LETTERS = 12  # of a name, by which a list of names is cut


class Step(NamedTuple):
    """A step of a ladder: its place among the others under one step, its key, its name, and the name that is enough
    beside the others.

    Keys are each other's own within a list, or within a step that `is_folder`; such a step is never passed over.
    """

    order: str
    key: str
    label: str
    short: str
    is_folder: bool = False


Ladder = tuple[Step, ...]


Weights = Mapping[str, int]
"""A list: what its things weigh, by id, in their order."""
Find = Callable[[Sequence[str], bool], Iterable[Ladder]]
"""Gives the ladders of things, by id: to the last step or, as nearly always is enough, to some of the narrower ones.
Things that share the very same ladder are cut together."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a list: the ids of its things or, where it is cut, its parts; `count` is how many it holds."""

    step: Step
    count: int
    ids: tuple[str, ...] = ()
    parts: tuple[Stretch, ...] = ()

    def leaves(self) -> Iterator[Stretch]:
        """The stretches that hold things, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


WHOLE = Step("", "", "", "")


class _Group(NamedTuple):
    """Things that stand under the same steps, as far as these were asked for: their places in the list, and weight."""

    ladder: Ladder
    places: list[int]
    weight: int


def cut(weights: Weights, find: Find, most: int) -> Stretch:
    """The list as one stretch, cut until no part weighs more than `most`; within a part, things keep their order.

    Things whose steps are all shared are cut where they weigh enough: only there does one more thing move others.
    """
    return _Cutting(weights, find, most).whole()


class _Cutting:
    """One list as it is cut; of the one that fits, nobody asks for a ladder."""

    def __init__(self, weights: Weights, find: Find, most: int) -> None:
        self.ids, self.weights = [*weights], [*weights.values()]
        self.find, self.most = find, most

    def whole(self) -> Stretch:
        if len(self.ids) == 1 or sum(self.weights) <= self.most:
            return Stretch(WHOLE, len(self.ids), tuple(self.ids))
        return self.stretch(self.grouped(range(len(self.ids)), to_end=False), WHOLE, 0, WHOLE)

    def grouped(self, places: Sequence[int], *, to_end: bool) -> list[_Group]:
        """Things by their ladders, of which most are shared by many."""
        ladders = [*self.find([self.ids[place] for place in places], to_end)]
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for place, key in zip(places, map(id, ladders), strict=True):
            groups[key].append(place)
        own = dict(zip(map(id, ladders), ladders, strict=True))
        weigh = self.weights.__getitem__
        return [_Group(own[key], found, sum(map(weigh, found))) for key, found in groups.items()]

    def stretch(self, groups: Sequence[_Group], step: Step, depth: int, narrowest: Step) -> Stretch:
        """A part of it, of which all share the steps to the `narrowest`."""
        places = groups[0].places if len(groups) == 1 else sorted(chain.from_iterable([g.places for g in groups]))
        count = len(places)
        if count == 1 or sum([g.weight for g in groups]) <= self.most:
            return Stretch(step, count, tuple([self.ids[place] for place in places]))
        last = Step("", f"{narrowest.key}-itself", f"{narrowest.label} itself", "itself")
        steps = self.by_step(groups, depth, last)
        if len(steps) == 1 and not next(iter(steps)).is_folder:
            if last in steps:
                return Stretch(step, count, (), tuple(self.portions(places, narrowest)))
            ((alone, groups),) = steps.items()
            return self.stretch(groups, step, depth + 1, alone)
        named = sorted(steps.items())
        if narrowest is not step:  # what was passed over stands in the names of the parts
            named = sorted((one._replace(short=one.label), own) for one, own in named)
        return Stretch(step, count, (), tuple([self.stretch(own, one, depth + 1, one) for one, own in named]))

    def by_step(self, groups: Iterable[_Group], depth: int, last: Step) -> Mapping[Step, list[_Group]]:
        """Things by their steps at a depth, those that have no more under the `last`."""
        steps: defaultdict[Step, list[_Group]] = defaultdict(list)
        for group in groups:
            for own in [group] if depth < len(group.ladder) else self.grouped(group.places, to_end=True):
                steps[own.ladder[depth] if depth < len(own.ladder) else last].append(own)
        return steps

    def portions(self, places: Iterable[int], step: Step) -> Iterator[Stretch]:
        """Things of which nothing but what they weigh tells where to cut."""
        portions: list[list[str]] = []
        weight = self.most
        for place in places:
            weight += self.weights[place]
            if weight > self.most:
                portions.append([])
                weight = self.weights[place]
            portions[-1].append(self.ids[place])
        for number, own in enumerate(portions, 1):
            name = f"part {number}"
            key = f"{step.key}{'-' if step.key else ''}part-{number}"
            yield Stretch(Step(f"{number:06}", key, f"{step.label}, {name}", name), len(own), tuple(own))


def of_date(value: Edtf | None, unknown: str, to_end: bool = True) -> Ladder:
    """The steps of the calendar under which a date begins; an unknown beginning stands first, under the words given.

    A date that names no month stands beside the months of its year, and so on. Where it is not asked for `to_end`,
    days are left out.
    """
    if value is None or value.start is None:
        return (Step("", "unknown", unknown, unknown),)
    point = value.start
    month = point.month
    if point.decade or not month or month > 12:
        return _to_year(point.year, point.decade)
    return _of_day(point.year, month, point.day) if to_end else _to_month(point.year, month)


@lru_cache(maxsize=8192)
def _of_day(year: int, month: int, day: int | None) -> Ladder:
    above, name = _to_month(year, month), MONTHS[month - 1]
    key, label = f"{year:04}-{month:02}", f"{name} {year}"
    if not day:
        return (*above, _without(key, label, "day"))
    parts = [_days(key, label, min((day - 1) // days, 30 // days - 1) * days + 1, days) for days in (10, 5)]
    key = f"{key}-{day:02}"
    return (*above, *parts, Step(key, key, f"{day} {label}", f"{day} {name}"))


@lru_cache(maxsize=1024)
def _to_year(year: int, span: int | None) -> Ladder:
    """The steps of a date that names no month, or no more than so many years."""
    century, decade = year // 100 * 100, year // 10 * 10
    key, name = f"{century:04}-{century + 99:04}", f"{max(1, century)} to {century + 99}"
    of_century = Step(f"{century:04}", key, name, name)
    if (span or 1) > 10:
        return (of_century, _without(key, name, "year"))
    key, name = f"{decade:04}s", f"{max(1, decade)} to {decade + 9}"
    of_decade = Step(f"{decade:04}", key, name, name)
    if span:
        return (of_century, of_decade, _without(key, name, "year"))
    key, name = f"{year:04}", str(year)
    return (of_century, of_decade, Step(key, key, name, name), _without(key, name, "month"))


@lru_cache(maxsize=4096)
def _to_month(year: int, month: int) -> Ladder:
    """The steps down to a month."""
    quarter = (month - 1) // 3
    name = f"{MONTHS[3 * quarter]} to {MONTHS[3 * quarter + 2]}"
    key, own = f"{year:04}-{month:02}", MONTHS[month - 1]
    return (
        *_to_year(year, None)[:-1],
        Step(f"{quarter + 1}", f"{year:04}-q{quarter + 1}", f"{name} {year}", name),
        Step(key, key, f"{own} {year}", own),
    )


@lru_cache(maxsize=4096)
def _days(month: str, label: str, first: int, days: int) -> Step:
    """So many days of a month, from the first of them; the last ones take the rest of it."""
    is_last = first + days >= 30
    words = f"{first} onwards" if is_last else f"{first} to {first + days - 1}"
    key = f"{month}-{first:02}-on" if is_last else f"{month}-{first:02}-to-{first + days - 1:02}"
    return Step(f"{first:02}", key, f"{label}, {words}", words)


def _without(key: str, name: str, unit: str) -> Step:
    """What stands beside the years, months or days of a time, since its date names none."""
    return Step("", f"{key}-no-{unit}", f"{name}, no {unit} given", f"no {unit} given")


@lru_cache(maxsize=20_000)
def of_name(name: str) -> Ladder:
    """The steps of a name: its first letter, its first two, and so on; what has no Latin letters stands last."""
    letters = "".join(c for c in romanized(name) if c.isascii() and c.isalnum())[:_LETTERS]
    if not letters:
        return (Step("~", "other", "other letters", "other letters"),)
    steps = (letters[:length] for length in range(1, len(letters) + 1))
    return tuple(Step(s, s, s.capitalize(), s.capitalize()) for s in steps)


def forget() -> None:
    """Know no steps any more, which are of no use once all is laid out."""
    for known in (_of_day, _to_year, _to_month, _days, of_name):
        known.cache_clear()


def found(whole: Stretch) -> Iterator[tuple[Stretch, tuple[Stretch, ...]]]:
    """Every stretch with those it is a part of, the widest first; the whole comes first."""
    waiting: list[tuple[Stretch, tuple[Stretch, ...]]] = [(whole, ())]
    while waiting:
        stretch, above = waiting.pop()
        yield stretch, above
        waiting.extend((part, (*above, stretch)) for part in reversed(stretch.parts))


def weight_of(text: str) -> int:
    """What words weigh on a page, escaped and in UTF-8, roughly."""
    return len(text) if text.isascii() else len(text.encode())
