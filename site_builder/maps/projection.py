"""The globe on a plane: Lambert's azimuthal projection for a part of it, Equal Earth for nearly all. Both keep areas.

Both take a `Position` and give x to the right and y upwards in Earth radii. The Earth is a sphere here: at the scale of
a page the difference cannot be seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import acos, asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt

from ..frozen import NamedTuple

RADIUS_KM = 6371.0
_FAR = radians(60)  # farther than this from their middle, places are shown on the whole world


class Position(NamedTuple):
    """A place on the globe: radians, and the same as a unit vector. `lon` may run on beyond pi, as outlines do."""

    lat: float
    lon: float
    x: float
    y: float
    z: float

    def dot(self, other: Position) -> float:
        """The cosine of the angle between two positions."""
        return self.x * other.x + self.y * other.y + self.z * other.z


def position(lat: float, lon: float) -> Position:
    """A position from degrees north and east."""
    phi, lam = radians(lat), radians(lon)
    return Position(phi, lam, cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi))


def angle(a: Position, b: Position) -> float:
    """The angle between two positions, in radians."""
    return acos(max(-1.0, min(1.0, a.dot(b))))


class Azimuthal:
    """Lambert's azimuthal equal-area projection around a centre. Only its antipode has no place on the plane."""

    def __init__(self, centre: Position) -> None:
        self.centre = centre
        self.sin_lat, self.cos_lat = sin(centre.lat), cos(centre.lat)
        sin_lon, cos_lon = sin(centre.lon), cos(centre.lon)
        self.east = (-sin_lon, cos_lon)
        self.north = (-self.sin_lat * cos_lon, -self.sin_lat * sin_lon, self.cos_lat)

    def __repr__(self) -> str:
        return f"Azimuthal({self.centre.lat:.9f}, {self.centre.lon:.9f})"

    def xy(self, p: Position) -> tuple[float, float]:
        """A position on the plane; the antipode is given some point of the rim."""
        c, (ex, ey), (nx, ny, nz) = self.centre, self.east, self.north
        away = 1 + p.x * c.x + p.y * c.y + p.z * c.z
        k = sqrt(2 / away) if away > 1e-12 else 1e6
        return k * (p.x * ex + p.y * ey), k * (p.x * nx + p.y * ny + p.z * nz)

    def back(self, x: float, y: float) -> tuple[float, float]:
        """Degrees north and east of a point of the plane; a point beyond the rim counts as on it."""
        rho = hypot(x, y)
        if rho < 1e-12:
            return degrees(self.centre.lat), degrees(self.centre.lon)
        c = 2 * asin(min(1.0, rho / 2))
        lat = asin(max(-1.0, min(1.0, cos(c) * self.sin_lat + y * sin(c) * self.cos_lat / rho)))
        lon = self.centre.lon + atan2(x * sin(c), rho * self.cos_lat * cos(c) - y * self.sin_lat * sin(c))
        return degrees(lat), (degrees(lon) + 180) % 360 - 180


@lru_cache(maxsize=512)
def azimuthal(centre: Position) -> Azimuthal:
    """The one azimuthal projection around a centre: what was drawn on it once need not be drawn again."""
    return Azimuthal(centre)


class EqualEarth:
    """The Equal Earth projection (Šavrič, Patterson, Jenny 2018), Greenwich in the middle."""

    _A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796

    def __repr__(self) -> str:
        return "EqualEarth()"

    def xy(self, p: Position) -> tuple[float, float]:
        """A position on the plane; what lies beyond the Bering Strait is drawn with Asia, as the outlines have it."""
        root = sqrt(3) / 2
        t = asin(root * sin(p.lat))
        t2 = t * t
        t6 = t2**3
        is_beyond = p.lat > radians(64) and p.lon < radians(-169)
        lon = p.lon + 2 * pi if is_beyond else p.lon
        slope = self._A1 + 3 * self._A2 * t2 + t6 * (7 * self._A3 + 9 * self._A4 * t2)
        return lon * cos(t) / (root * slope), t * (self._A1 + self._A2 * t2 + t6 * (self._A3 + self._A4 * t2))


Projection = Azimuthal | EqualEarth
WORLD = EqualEarth()


def projection_for(places: Iterable[Position]) -> Projection:
    """The projection that suits some places: around their middle, or of the world where they lie too far apart."""
    known = tuple(places)
    x, y, z = (sum(getattr(p, axis) for p in known) for axis in "xyz")
    length = hypot(x, y, z)
    if length < 1e-9:
        return WORLD
    middle = position(degrees(asin(max(-1.0, min(1.0, z / length)))), degrees(atan2(y, x)))
    return azimuthal(middle) if all(angle(p, middle) <= _FAR for p in known) else WORLD
