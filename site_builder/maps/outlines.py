"""The stored outlines as lines in a window: coast, lakes and rivers, projected, of what is far away only the gist.

A window has its origin at the top left, x to the right, y downwards, in user units.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, pairwise
from math import acos, atan2, cos, hypot, pi, radians, sin, sqrt

from ..frozen import NamedTuple
from .projection import Azimuthal, Position, Projection, angle, position

_DIGITS = {c: i for i, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")}
_RIM = radians(110)  # farther from the middle, a shore runs along this circle, past the antipode
_COS_RIM = cos(_RIM)
_POLE = -0.99999  # the way along which the shore of Antarctica is closed

Point = tuple[float, float]


class Stretch(NamedTuple):
    """A part of a line, in a cap of the globe: the unit vector of its middle, the cosine and sine of its radius.

    Its points stay unread in `word` until a map needs them, but for the first.
    """

    x: float
    y: float
    z: float
    cos_reach: float
    sin_reach: float
    first: Position
    word: str


class Outline(NamedTuple):
    """A line in stretches, and the cap of the globe that holds it and what it encloses, as that of a stretch."""

    x: float
    y: float
    z: float
    cos_reach: float
    sin_reach: float
    stretches: tuple[Stretch, ...]


class Outlines(NamedTuple):
    """All lines of the world: coasts and lakes are closed and run counterclockwise, rivers are open."""

    coasts: tuple[Outline, ...]
    lakes: tuple[Outline, ...]
    rivers: tuple[Outline, ...]


class Window(NamedTuple):
    """The part of the plane that is shown: `scale` user units to an Earth radius, its top left corner on the plane."""

    left: float
    top: float
    scale: float
    width: float
    height: float

    def xy(self, point: Point) -> Point:
        """A point of the plane in user units."""
        return (point[0] - self.left) * self.scale, (self.top - point[1]) * self.scale

    def plane(self, x: float, y: float) -> Point:
        """A point in user units on the plane."""
        return self.left + x / self.scale, self.top - y / self.scale

    def border(self) -> Iterator[Point]:
        """Points around the edge, on the plane, clockwise from the top left."""
        sides = [(i / 6, 0.0) for i in range(6)] + [(1.0, i / 6) for i in range(6)]
        for x, y in (*sides, *((1 - x, 1 - y) for x, y in sides)):
            yield self.plane(x * self.width, y * self.height)


@cache
def stored() -> Outlines:
    """The outlines of the world."""
    from . import natural_earth as world  # a large module that only maps need

    texts = (world.COAST, world.LAKES, world.RIVERS)
    return Outlines(*(tuple(map(_outline, text.split())) for text in texts))


def _outline(word: str) -> Outline:
    stretches = tuple(map(_stretch, word.split(",")))
    x, y, z = sum(s.x for s in stretches), sum(s.y for s in stretches), sum(s.z for s in stretches)
    length = sqrt(x * x + y * y + z * z)
    middle = (x / length, y / length, z / length)
    dots = (s.x * middle[0] + s.y * middle[1] + s.z * middle[2] for s in stretches)
    reaches = (acos(max(-1.0, min(1.0, d))) + acos(s.cos_reach) for d, s in zip(dots, stretches, strict=True))
    reach = min(pi, max(reaches))
    return Outline(*middle, cos(reach), sin(reach), stretches)


def _stretch(word: str) -> Stretch:
    from .natural_earth import STEPS

    reach, east, north, x, y = islice(_quantities(word), 5)
    angle_of_reach = radians(reach / STEPS)
    middle, first = position(north / STEPS, east / STEPS), position(y / STEPS, x / STEPS)
    return Stretch(*middle[2:], cos(angle_of_reach), sin(angle_of_reach), first, word)


@cache
def points(word: str) -> tuple[Position, ...]:
    """The points of a stored stretch."""
    from .natural_earth import STEPS

    numbers = islice(_quantities(word), 3, None)
    x = y = 0
    found = []
    for dx, dy in zip(numbers, numbers, strict=True):
        x, y = x + dx, y + dy
        found.append(position(y / STEPS, x / STEPS))
    return tuple(found)


def _quantities(word: str) -> Iterator[int]:
    value = shift = 0
    for character in word:
        digit = _DIGITS[character]
        value |= (digit & 31) << shift
        shift += 5
        if not digit & 32:
            yield -(value >> 1) if value & 1 else value >> 1
            value = shift = 0


class Plotter:
    """Puts outlines into a window; of stretches that cannot be seen in it, only so much that shapes close."""

    def __init__(self, projection: Projection, window: Window) -> None:
        self.projection = projection
        self.window = window
        if isinstance(projection, Azimuthal):
            corners = [position(*projection.back(*point)) for point in window.border()]
            self.middle = position(*projection.back(*window.plane(window.width / 2, window.height / 2)))
            reach = min(pi, max(angle(self.middle, corner) for corner in corners) + radians(1))
            self.cos_reach, self.sin_reach = cos(reach), sin(reach)

    def plotted(self, outline: Outline) -> list[Point]:
        """An outline in user units; empty when nothing of it can be seen, nor the window lie inside it."""
        if not isinstance(self.projection, Azimuthal):
            return [self.xy(p) for s in outline.stretches for p in points(s.word)]
        if not self._near((outline,))[0]:
            return []
        near = self._near(outline.stretches)
        if len(outline.stretches) < 3 and not any(near):
            return []
        centre = self.projection.centre
        found: list[Point] = []
        bearing: float | None = None
        is_far = False
        for stretch, is_near in zip(outline.stretches, near, strict=True):
            for p in points(stretch.word) if is_near else (stretch.first,):
                if p.dot(centre) >= _COS_RIM:
                    bearing = None
                    if p.z > _POLE:
                        found.append(self.xy(p))
                else:
                    is_far = True
                    x, y = self.projection.xy(p)
                    before, bearing = bearing, atan2(y, x)
                    found += map(self.window.xy, _along_the_rim(before, bearing))
        return self._around(found) if is_far else found

    def _around(self, ring: list[Point]) -> list[Point]:
        """A shore that holds the antipode, and so lies all around: clockwise on the plane, since stored the other way.

        It is drawn as a frame, cut open where it is farthest from the middle, which no window shows.
        """
        middle = self.window.xy((0.0, 0.0))
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]])) / 2 / self.window.scale**2
        if area < 1:  # y runs downwards, so that clockwise is positive
            return ring
        far = max(range(len(ring)), key=lambda i: hypot(ring[i][0] - middle[0], ring[i][1] - middle[1]))
        x, y = ring[far]
        out = 9 * self.window.scale
        begin = atan2(y - middle[1], x - middle[0])
        frame = [
            (middle[0] + out * cos(begin + quarter * pi / 2), middle[1] + out * sin(begin + quarter * pi / 2))
            for quarter in (0, 1, 2, 3, 0)
        ]
        return [*ring[far:], *ring[: far + 1], *frame]

    def _near(self, parts: Sequence[Outline | Stretch]) -> list[bool]:
        """Which parts may be seen, or hold the antipode of the middle, where no point may be left out.

        Two caps meet where the angle between their middles is at most the sum of their radii.
        """
        _, _, a, b, c = self.middle
        cos_reach, sin_reach = self.cos_reach, self.sin_reach
        found = []
        for x, y, z, cos_own, sin_own, *_ in parts:
            dot = x * a + y * b + z * c
            meets = dot >= cos_own * cos_reach - sin_own * sin_reach or cos_own < -cos_reach
            found.append(meets or -dot >= cos_own)
        return found

    def xy(self, place: Position) -> Point:
        """A position in user units."""
        return self.window.xy(self.projection.xy(place))


def _along_the_rim(before: float | None, bearing: float) -> Iterator[Point]:
    """Points of the rim from one bearing to another, the shorter way, and the last of them."""
    rim = 2 * sin(_RIM / 2)
    turn = 0.0 if before is None else (bearing - before + pi) % (2 * pi) - pi
    steps = max(1, int(abs(turn) / 0.3))
    for step in range(1, steps + 1):
        at = bearing - turn * (steps - step) / steps
        yield rim * cos(at), rim * sin(at)
