"""The maps of some places: one of all, one of each part where they crowd, and a small one around a single place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import hypot, sqrt

from ..frozen import NamedTuple
from ..records import Precision
from .labelling import Box, Label, Named, labels
from .outlines import Point, Window
from .paths import Ground
from .projection import RADIUS_KM, Azimuthal, Position, Projection, azimuthal, position, projection_for

WIDTH, LOCATOR_WIDTH, LOCATOR_HEIGHT = 900.0, 360.0, 240.0
AREAS = ("region", "country")
_SMALL = ("point", "settlement")  # what a dot may stand for

# Kilometres around a place that a map of it should show at least, and those to each side of it on a locator.
_AROUND: dict[Precision, float] = {"point": 250, "settlement": 250, "line": 300, "region": 350, "country": 500}
_LOCATED: dict[Precision, float] = {"point": 600, "settlement": 600, "line": 700, "region": 1000, "country": 2200}
# Places closer than this crowd; where a crowd has no end, those that are closer still. So many make a crowd, a map of
# its own shows it so much larger, and there are at most so many such maps.
_CROWDED, _CROWD, _GAIN, _PARTS = (84.0, 56.0, 36.0, 24.0), 3, 2.0, 4
_EDGE, _STRIPS = 4.0, 8
PHONE = 2.0  # times as large are marks and names on a screen of some 300 px, to be read and hit there
_BUDGET, _BUDGET_OF_PARTS = 43_000, 22_000  # characters of paths: together some 25 KB when compressed


class Spot(NamedTuple):
    """A place to be marked: its name, degrees north and east, what they stand for, and its weight (passages)."""

    key: str
    name: str
    lat: float
    lon: float
    precision: Precision
    weight: int


class Mark(NamedTuple):
    """A place on a map: its centre and the radius of its mark."""

    key: str
    precision: Precision
    x: float
    y: float
    radius: float

    @property
    def reach(self) -> float:
        """How far the mark reaches from its centre: a line is drawn twice as wide as high."""
        return self.radius * 2 if self.precision == "line" else self.radius


class Inset(NamedTuple):
    """The part of a map that another shows larger: its outline, the corner for its number, the places in it."""

    points: tuple[Point, ...]
    x: float
    y: float
    keys: tuple[str, ...]

    def covers(self) -> Iterator[Box]:
        """What it covers, in small boxes, and its number."""
        side = len(self.points) // 4  # of a border that begins at the top left
        columns = [(self.points[i], self.points[3 * side - i]) for i in range(side + 1)]
        for (a, b), (c, d) in pairwise(columns):
            for step in range(_STRIPS):
                yield _covered([_between(*ends, (step + i) / _STRIPS) for ends in ((a, b), (c, d)) for i in (0, 1)])
        yield Box(self.x, self.y - 20, self.x + 50, self.y)

    def shrunk(self, times: float) -> Inset:
        """The same on a map so many times smaller."""
        points = tuple((x / times, y / times) for x, y in self.points)
        return self._replace(points=points, x=self.x / times, y=self.y / times)


class Bar(NamedTuple):
    """A scale bar: its left end, its length, and what that stands for in words."""

    x: float
    y: float
    length: float
    words: str


class Chart(NamedTuple):
    """A map: its ground, marks (areas first, so that they hide none), dots for places marked elsewhere, labels.

    `on_phone` are the labels where marks and names are drawn PHONE times as large; none where they have no room.
    """

    width: float
    height: float
    ground: Ground
    marks: tuple[Mark, ...]
    dots: tuple[Point, ...]
    labels: tuple[Label, ...]
    on_phone: tuple[Label, ...]
    insets: tuple[Inset, ...]
    bar: Bar | None


class _View(NamedTuple):
    """A projection and a window of it."""

    projection: Projection
    window: Window

    def xy(self, spot: Spot) -> Point:
        return self.window.xy(self.projection.xy(_at(spot)))

    def shows(self, spot: Spot) -> bool:
        x, y = self.xy(spot)
        return 0 <= x <= self.window.width and 0 <= y <= self.window.height


def radius(weight: int) -> float:
    """The radius of the mark of a place of this weight: its area grows with the weight, up to a limit."""
    return round(min(13.0, 3.5 + 1.4 * sqrt(weight)), 1)


def charts(spots: Sequence[Spot]) -> tuple[Chart, ...]:
    """The map of all places and those of crowded parts; none without places. List numbers count the spots from 1."""
    if not spots:
        return ()
    whole = _view(spots)
    numbers = {s.key: i for i, s in enumerate(spots, 1)}
    parts = _parts(spots, whole)
    insets, hidden = [], set[str]()
    for part in parts:
        keys = tuple(s.key for s in spots if part.shows(s) and s.key not in hidden)
        insets.append(_inset(whole, part, keys))
        hidden.update(keys)
    dots = [s for s in spots if s.key in hidden and s.precision in _SMALL]
    shown = [s for s in spots if s.key not in hidden]
    found = [_chart(whole, shown, numbers, budget=_BUDGET, dots=dots, insets=insets)]
    for part, inset in zip(parts, insets, strict=True):
        shown = [s for s in spots if s.key in inset.keys]
        found.append(_chart(part, shown, numbers, budget=_BUDGET_OF_PARTS // len(parts)))
    return tuple(found)


def locator(spot: Spot, spots: Sequence[Spot]) -> Chart:
    """A small map with the mark of one place in its middle, and dots, named where there is room, for those around."""
    half = _LOCATED[spot.precision] / RADIUS_KM
    scale = LOCATOR_WIDTH / 2 / half
    window = Window(-half, LOCATOR_HEIGHT / 2 / scale, scale, LOCATOR_WIDTH, LOCATOR_HEIGHT)
    view = _View(azimuthal(_at(spot)), window)
    around = [s for s in spots if s.key != spot.key and s.precision in _SMALL and view.shows(s)]
    return _chart(view, [spot], {}, budget=_BUDGET_OF_PARTS, dots=around)


def _at(spot: Spot) -> Position:
    return position(spot.lat, spot.lon)


def _view(spots: Iterable[Spot]) -> _View:
    """The window around some places, with room around each, at most twice as wide as high and no higher than wide."""
    known = tuple(spots)
    projection = projection_for(map(_at, known))
    places = [(projection.xy(_at(s)), _AROUND[s.precision] / RADIUS_KM) for s in known]
    left, right = min(p[0] - room for p, room in places), max(p[0] + room for p, room in places)
    bottom, top = min(p[1] - room for p, room in places), max(p[1] + room for p, room in places)
    room = 0.05 * max(right - left, top - bottom)
    left, right, bottom, top = left - room, right + room, bottom - room, top + room
    ratio = min(0.72, max(0.5, (top - bottom) / (right - left)))
    width = max(right - left, (top - bottom) / ratio)
    middle_x, middle_y = (left + right) / 2, (bottom + top) / 2
    height = width * ratio
    window = Window(middle_x - width / 2, middle_y + height / 2, WIDTH / width, WIDTH, round(WIDTH * ratio, 1))
    return _View(projection, window)


def _parts(spots: Sequence[Spot], whole: _View) -> list[_View]:
    """The views of the parts of a map in which places crowd."""
    for near in _CROWDED:
        views = (_view(crowd) for crowd in _crowds(spots, whole, near))
        parts = [v for v in views if v.window.scale >= _GAIN * whole.window.scale]
        if parts:
            return parts[:_PARTS]
    return []


def _crowds(spots: Sequence[Spot], view: _View, distance: float) -> list[list[Spot]]:
    """Groups of places each of which stands close to another of its group, the larger groups first."""
    at = {s.key: view.xy(s) for s in spots}
    groups: list[list[Spot]] = []
    for spot in spots:
        x, y = at[spot.key]
        near = [g for g in groups if any(hypot(x - at[s.key][0], y - at[s.key][1]) < distance for s in g)]
        groups = [g for g in groups if g not in near] + [[s for g in near for s in g] + [spot]]
    return _apart(sorted((g for g in groups if len(g) >= _CROWD), key=len, reverse=True), view)


def _apart(groups: list[list[Spot]], view: _View) -> list[list[Spot]]:
    """The same groups, those put together whose maps would overlap."""
    for i, group in enumerate(groups):
        for other in groups[i + 1 :]:
            if _covered(_border(view, _view(group))).meets(_covered(_border(view, _view(other)))):
                rest = [g for g in groups if g not in (group, other)]
                return _apart([group + other, *rest], view)
    return groups


def _border(whole: _View, part: _View) -> list[Point]:
    """The border of one map on another, in its user units."""
    if not isinstance(part.projection, Azimuthal):
        return [(0.0, 0.0), (whole.window.width, whole.window.height)]  # the world is no part
    degrees = (part.projection.back(*point) for point in part.window.border())
    return [whole.window.xy(whole.projection.xy(position(*d))) for d in degrees]


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])


def _covered(points: Sequence[Point]) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _inset(whole: _View, part: _View, keys: tuple[str, ...]) -> Inset:
    border = [(round(x, 1), round(y, 1)) for x, y in _border(whole, part)]
    return Inset(tuple(border), *min(border, key=lambda p: (p[0] + p[1], p)), keys)


def _chart(
    view: _View,
    marked: Sequence[Spot],
    numbers: Mapping[str, int],
    *,
    budget: int,
    dots: Sequence[Spot] = (),
    insets: Sequence[Inset] = (),
) -> Chart:
    window = view.window
    marks = tuple(_mark(s, view) for s in sorted(marked, key=lambda s: (s.precision not in AREAS, -s.weight, s.key)))
    names = {s.key: s.name for s in marked}
    wanted = [
        Named(m.key, m.x, m.y, m.reach, names[m.key], m.precision, numbers.get(m.key, 0))
        for m in sorted(marks, key=lambda m: m.precision in AREAS)
    ]
    small = [_dot(s, view) for s in dots]
    if not insets:
        wanted += (Named(d.key, d.x, d.y, d.radius, s.name, "near", 0) for s, d in zip(dots, small, strict=True))
    bar = _bar(view)

    def labelled(times: float) -> tuple[Label, ...]:
        """The labels as on a map so many times smaller, with marks and names as large as on this one."""
        taken = [box for i in insets for box in i.shrunk(times).covers()]
        if bar:
            x, y = bar.x / times, bar.y / times
            taken.append(Box(x, y - 20, x + max(bar.length / times, 70), y + 6))
        within = Box(_EDGE, _EDGE, window.width / times - _EDGE, window.height / times - _EDGE)
        return labels([w._replace(x=w.x / times, y=w.y / times) for w in wanted], taken, within)

    on_phone = labelled(PHONE) if numbers else ()
    if any(label.is_on_mark for label in on_phone):
        on_phone = ()
    return Chart(
        width=window.width,
        height=window.height,
        ground=Ground(view.projection, window, budget),
        marks=marks,
        dots=tuple((d.x, d.y) for d in small),
        labels=labelled(1),
        on_phone=tuple(one._replace(x=round(one.x * PHONE, 1), y=round(one.y * PHONE, 1)) for one in on_phone),
        insets=tuple(insets),
        bar=bar,
    )


def _dot(spot: Spot, view: _View) -> Mark:
    return _mark(spot, view)._replace(radius=2.5)


def _mark(spot: Spot, view: _View) -> Mark:
    x, y = view.xy(spot)
    size = radius(spot.weight) + (5 if spot.precision in AREAS else 0)
    return Mark(spot.key, spot.precision, round(x, 1), round(y, 1), size)


def _bar(view: _View) -> Bar | None:
    """A scale bar of some round number of kilometres; none where the scale is not the same all over."""
    if not isinstance(view.projection, Azimuthal):
        return None
    per_unit = RADIUS_KM / view.window.scale
    limit = view.window.width / 6 * per_unit
    power = 1
    while power * 10 <= limit:
        power *= 10
    kilometres = next(power * n for n in (5, 2, 1) if power * n <= limit or n == 1)
    return Bar(12.0, view.window.height - 12.0, round(kilometres / per_unit, 1), f"{kilometres:,} km")


__all__ = ["AREAS", "Bar", "Chart", "Inset", "Label", "Mark", "Spot", "charts", "locator", "radius"]
