"""Long lists cut into stretches: by the calendar, by names, by whatever a thing is found under.

Each thing of a list brings its **ladder**, the steps under which it stands, from the widest to the narrowest: its
century, decade, year, quarter, month. A list that is small enough is one stretch. One that is not is cut by the next
step, and each part is looked at likewise: so where a thing stands depends on those alone that share its steps, and one
event more in 2014 moves none of 2020. A stretch that is cut keeps its place, as the way to its parts. A step that all
things of a stretch share cuts nothing, and is passed over.

Steps have keys, that are parts of addresses, and a place in the order. Weights are in bytes of HTML, roughly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from .dates import MONTHS, Edtf, Point
from .frozen import NamedTuple, dataclass
from .romanizing import romanized

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
    if sum(e.weight for e in entries) <= most or len(entries) == 1:
        return Stretch(step, len(entries), tuple(e.id for e in entries))
    steps: dict[Step, list[Entry]] = {}
    last = Step("", f"{narrowest.key}-itself", f"{narrowest.label} itself", "itself")
    for entry in entries:
        steps.setdefault(entry.ladder[depth] if depth < len(entry.ladder) else last, []).append(entry)
    if len(steps) == 1 and not next(iter(steps)).is_folder:
        if last in steps:
            return Stretch(step, len(entries), (), tuple(_portions(entries, most, narrowest)))
        return cut(entries, most, step, depth + 1, next(iter(steps)))
    if narrowest is not step:  # what was passed over stands in the names of the parts
        steps = {one._replace(short=one.label): own for one, own in steps.items()}
    parts = (cut(own, most, one, depth + 1, one) for one, own in sorted(steps.items()))
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
    return tuple(_calendar(Point(year, month, day, span)))


def _calendar(point: Point) -> Iterator[Step]:
    year = point.year
    century, decade = year // 100 * 100, year // 10 * 10
    name = f"{max(1, century)} to {century + 99}"
    yield Step(f"{century:04}", f"{century:04}-{century + 99:04}", name, name)
    if (point.decade or 1) > 10:
        yield _without(f"{century:04}-{century + 99:04}", name, "year")
        return
    name = f"{max(1, decade)} to {decade + 9}"
    yield Step(f"{decade:04}", f"{decade:04}s", name, name)
    if point.decade:
        yield _without(f"{decade:04}s", name, "year")
        return
    yield Step(f"{year:04}", f"{year:04}", str(year), str(year))
    if not point.month or point.month > 12:
        yield _without(f"{year:04}", str(year), "month")
        return
    quarter = (point.month - 1) // 3
    name = f"{MONTHS[3 * quarter]} to {MONTHS[3 * quarter + 2]}"
    yield Step(f"{quarter + 1}", f"{year:04}-q{quarter + 1}", f"{name} {year}", name)
    month, name = f"{year:04}-{point.month:02}", MONTHS[point.month - 1]
    yield Step(month, month, f"{name} {year}", name)
    if not point.day:
        yield _without(month, f"{name} {year}", "day")
        return
    for days in (10, 5):
        first = min((point.day - 1) // days, 30 // days - 1) * days + 1
        words = f"{first} to {first + days - 1}" if first + days < 30 else f"{first} onwards"
        key = f"{month}-{first:02}-to-{first + days - 1:02}" if first + days < 30 else f"{month}-{first:02}-on"
        yield Step(f"{first:02}", key, f"{name} {year}, {words}", words)
    day = f"{month}-{point.day:02}"
    yield Step(day, day, f"{point.day} {name} {year}", f"{point.day} {name}")


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
    _of_day.cache_clear()
    of_name.cache_clear()


def found(whole: Stretch) -> Iterator[tuple[Stretch, tuple[Stretch, ...]]]:
    """Every stretch with those it is a part of, the widest first; the whole comes first."""
    waiting: list[tuple[Stretch, tuple[Stretch, ...]]] = [(whole, ())]
    while waiting:
        stretch, above = waiting.pop()
        yield stretch, above
        waiting.extend((part, (*above, stretch)) for part in reversed(stretch.parts))


def weight_of(texts: Iterable[str]) -> int:
    """What words weigh on a page, escaped and in UTF-8, roughly."""
    return sum(len(text) if text.isascii() else len(text.encode()) for text in texts)
