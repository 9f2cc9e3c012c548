"""Lines in a window as SVG paths: cropped, thinned to what can be seen, in whole tenths of user units."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import hypot

from ..frozen import NamedTuple
from .outlines import Plotter, Point, Window, stored
from .projection import Projection

_MARGIN = 6.0  # shores reach beyond the window by this, so that its edge is no shore
_STEP = 1.0  # two points of a line nearer than this are one
_SMALL, _SHORT = 2.0, 24.0  # smaller islands and lakes, and shorter rivers, are left out


class Paths(NamedTuple):
    """Coast, lakes and rivers, each as the `d` of a path in tenths of user units."""

    land: str
    lakes: str
    rivers: str


class Ground(NamedTuple):
    """What a map is drawn on. It is drawn when its paths are first asked for: a page that stays as it is asks for none.

    Its repr holds all that the paths depend on, in digits on which every machine agrees.
    """

    projection: Projection
    window: Window
    budget: int

    def __repr__(self) -> str:
        return f"Ground({self.projection!r}, {[round(number, 9) for number in self.window]}, {self.budget})"

    @property
    def land(self) -> str:
        """The land within its coasts."""
        return ground(*self).land

    @property
    def lakes(self) -> str:
        """The lakes."""
        return ground(*self).lakes

    @property
    def rivers(self) -> str:
        """The rivers."""
        return ground(*self).rivers


@lru_cache(maxsize=512)
def ground(projection: Projection, window: Window, budget: int) -> Paths:
    """Coast, lakes and rivers of a window, as fine as a number of characters allows."""
    plotter, world = Plotter(projection, window), stored()
    coasts, lakes, lines = ([line for o in kind if (line := plotter.plotted(o))] for kind in world)
    coasts, lakes = ([_cropped(ring, window) for ring in kind] for kind in (coasts, lakes))
    rivers = [_seen(line, window) for line in lines]
    coarse = 1
    while True:
        found = Paths(
            "".join(_shore(ring, coarse) for ring in coasts),
            "".join(_shore(ring, coarse) for ring in lakes),
            "".join(_river(parts, coarse) for parts in rivers),
        )
        if sum(map(len, found)) <= budget:
            return found
        coarse += 1


def _cropped(ring: list[Point], window: Window) -> list[Point]:
    """The part of a ring inside a window and its margin; it runs along the edge where the ring was cut."""
    for axis, limit, sign in (
        (0, -_MARGIN, 1), (0, window.width + _MARGIN, -1), (1, -_MARGIN, 1), (1, window.height + _MARGIN, -1),
    ):  # fmt: skip
        ring = _clipped(ring, axis, limit, sign)
    return ring


def _clipped(ring: list[Point], axis: int, limit: float, sign: int) -> list[Point]:
    """A ring without what lies beyond one line (Sutherland and Hodgman): kept is where `sign * (v - limit) >= 0`."""
    inside = [sign * (p[axis] - limit) >= 0 for p in ring]
    if all(inside):
        return ring
    found: list[Point] = []
    for i, (point, is_in) in enumerate(zip(ring, inside, strict=True)):
        if is_in != inside[i - 1]:
            before = ring[i - 1]
            share = (limit - before[axis]) / (point[axis] - before[axis])
            crossing = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            found.append((limit, crossing) if axis == 0 else (crossing, limit))
        if is_in:
            found.append(point)
    return found


def _seen(line: list[Point], window: Window) -> list[list[Point]]:
    """The parts of a line whose steps may cross the window."""
    parts: list[list[Point]] = []
    for a, b in pairwise(line):
        if (
            min(a[0], b[0]) <= window.width
            and max(a[0], b[0]) >= 0
            and min(a[1], b[1]) <= window.height
            and max(a[1], b[1]) >= 0
        ):
            if not parts or parts[-1][-1] is not a:
                parts.append([a])
            parts[-1].append(b)
    return parts


def _shore(ring: Sequence[Point], coarse: int) -> str:
    if len(ring) < 3 or max(_span(ring, 0), _span(ring, 1)) < _SMALL * coarse:
        return ""
    path = _path(ring, coarse)
    return f"{path}z" if path else ""


def _span(ring: Sequence[Point], axis: int) -> float:
    values = [p[axis] for p in ring]
    return max(values) - min(values)


def _river(parts: Sequence[Sequence[Point]], coarse: int) -> str:
    length = sum(hypot(b[0] - a[0], b[1] - a[1]) for part in parts for a, b in pairwise(part))
    return "".join(_path(part, coarse) for part in parts) if length >= _SHORT * coarse else ""


def _path(line: Sequence[Point], coarse: int) -> str:
    """A line as a path; points too near to the one before are left out, but for the last."""
    known = [(round(x * 10), round(y * 10)) for x, y in line]
    kept = known[:1]
    for i, point in enumerate(known[1:], 2):
        far = abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1])
        if far >= _STEP * coarse * 10 or (far and i == len(known)):
            kept.append(point)
    if len(kept) < 2:
        return ""
    steps = " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}l{steps}".replace(" -", "-")
