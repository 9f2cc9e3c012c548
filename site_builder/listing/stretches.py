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
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter

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


class Entry(NamedTuple):
    """A thing of a list: its id, its steps, and what it weighs."""

    id: str
    ladder: Ladder
    weight: int


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


def cut(entries: Sequence[Entry], most: int, step: Step = WHOLE, depth: int = 0, narrowest: Step = WHOLE) -> Stretch:
    """The list as one stretch, cut until no part weighs more than `most`; within a part, things keep their order.

    Things whose steps are all shared, to the `narrowest`, are cut where they weigh enough: only there does one more
    thing move others.
    """
    if weight_in(entries) <= most or len(entries) == 1:
        return Stretch(step, len(entries), tuple([e.id for e in entries]))
    steps: defaultdict[Step, list[Entry]] = defaultdict(list)
    last = Step("", f"{narrowest.key}-itself", f"{narrowest.label} itself", "itself")
    for entry in entries:
        ladder = entry.ladder
        steps[ladder[depth] if depth < len(ladder) else last].append(entry)
    if len(steps) == 1 and not next(iter(steps)).is_folder:
        if last in steps:
            return Stretch(step, len(entries), (), tuple(_portions(entries, most, narrowest)))
        return cut(entries, most, step, depth + 1, next(iter(steps)))
    named = sorted(steps.items())
    if narrowest is not step:  # what was passed over stands in the names of the parts
        named = sorted((one._replace(short=one.label), own) for one, own in named)
    parts = (cut(own, most, one, depth + 1, one) for one, own in named)
    return Stretch(step, len(entries), (), tuple(parts))


def _portions(entries: Sequence[Entry], most: int, step: Step) -> Iterator[Stretch]:
    portions: list[list[Entry]] = []
    weight = most
    for entry in entries:
        weight += entry.weight
        if weight > most:
            portions.append([])
            weight = entry.weight
        portions[-1].append(entry)
    for number, own in enumerate(portions, 1):
        name = f"part {number}"
        one = Step(f"{number:06}", f"{step.key}{'-' if step.key else ''}part-{number}", f"{step.label}, {name}", name)
        yield Stretch(one, len(own), tuple(e.id for e in own))


def of_date(value: Edtf | None, unknown: str) -> Ladder:
    """The steps of the calendar under which a date begins; an unknown beginning stands first, under the words given.

    A date that names no month stands beside the months of its year, and so on.
    """
    if value is None or value.start is None:
        return (Step("", "unknown", unknown, unknown),)
    point = value.start
    return _of_day(point.year, point.month, point.day, point.decade)


@lru_cache(maxsize=20_000)  # of very many things, many begin on one day: they share their steps
def _of_day(year: int, month: int | None, day: int | None, span: int | None) -> Ladder:
    if span or not month or month > 12:
        return _to_year(year, span)
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
    """Know no steps any more, which are of no use once all is laid out; of very many days they take 10 MB."""
    for known in (_of_day, _to_year, _to_month, _days, of_name):
        known.cache_clear()


def found(whole: Stretch) -> Iterator[tuple[Stretch, tuple[Stretch, ...]]]:
    """Every stretch with those it is a part of, the widest first; the whole comes first."""
    waiting: list[tuple[Stretch, tuple[Stretch, ...]]] = [(whole, ())]
    while waiting:
        stretch, above = waiting.pop()
        yield stretch, above
        waiting.extend((part, (*above, stretch)) for part in reversed(stretch.parts))


def weight_in(entries: Iterable[Entry]) -> int:
    """What things weigh together."""
    return sum(map(_weight, entries))


_weight = attrgetter("weight")


def weight_of(text: str) -> int:
    """What words weigh on a page, escaped and in UTF-8, roughly."""
    return len(text) if text.isascii() else len(text.encode())
