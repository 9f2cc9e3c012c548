"""Names beside marks where there is room for them, and numbers where there is not. User units, y downwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import hypot
from typing import Literal
from unicodedata import east_asian_width

from ..frozen import NamedTuple

Anchor = Literal["start", "middle", "end"]

_ASCENT, _DESCENT, _GAP = 11.0, 4.0, 4.0
_WIDTHS = {"region": 7.2, "country": 10.2}  # of a letter on average, as the style sheet sets them; all else is plain
_PLAIN = 7.6
_DIGIT = 8.5


class Box(NamedTuple):
    """A rectangle that something covers."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two rectangles overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether another rectangle lies wholly inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


class Named(NamedTuple):
    """A mark that wants a label: its centre, how far it reaches, its kind; `number` is its own in a list, or 0."""

    key: str
    x: float
    y: float
    reach: float
    text: str
    kind: str
    number: int


class Label(NamedTuple):
    """A text that stands at a point; a number when there was no room for the name."""

    key: str
    x: float
    y: float
    anchor: Anchor
    text: str
    kind: str
    is_number: bool
    is_on_mark: bool = False


def labels(marks: Sequence[Named], taken: Iterable[Box], within: Box) -> tuple[Label, ...]:
    """A label for each mark, the first marks first; none hides a mark, another label or what is taken.

    Where there is no room for the name, its number stands beside the mark, or in the last resort on it; a mark that has
    no number stays without a label.
    """
    obstacles = [*taken, *(Box(m.x - m.reach, m.y - m.reach, m.x + m.reach, m.y + m.reach) for m in marks)]
    found = []
    for mark in marks:
        label = _beside(mark, mark.text, obstacles, within) or _beside(
            _with_around(mark, marks), mark.text, obstacles, within
        )
        if label is None and mark.number:
            number = str(mark.number)
            label = _beside(mark, number, obstacles, within) or Label(
                mark.key, mark.x, round(mark.y + 4.5, 1), "middle", number, mark.kind, is_number=True, is_on_mark=True
            )
        if label:
            obstacles.append(_box(label.x, label.y, label.anchor, _width(label.text, label.kind, label.is_number)))
            found.append(label)
    return tuple(found)


def _with_around(mark: Named, marks: Sequence[Named]) -> Named:
    """The mark as if it reached as far as those in which it stands, such as a town in the ring of its region."""
    far = ((other, hypot(other.x - mark.x, other.y - mark.y)) for other in marks)
    return mark._replace(reach=max(other.reach + away for other, away in far if away < other.reach))


def _beside(mark: Named, text: str, obstacles: Sequence[Box], within: Box) -> Label | None:
    is_number = text is not mark.text
    for x, y, anchor in _spots(mark):
        box = _box(x, y, anchor, _width(text, mark.kind, is_number))
        if within.holds(box) and not any(box.meets(o) for o in obstacles):
            return Label(mark.key, round(x, 1), round(y, 1), anchor, text, mark.kind, is_number)
    return None


def _width(text: str, kind: str, is_number: bool) -> float:
    """About how wide a text is drawn."""
    letter = _DIGIT if is_number else _WIDTHS.get(kind, _PLAIN)
    return sum(letter * (1.8 if east_asian_width(c) in "WF" else 1.0) for c in text)


def _spots(mark: Named) -> Iterator[tuple[float, float, Anchor]]:
    """Where a label may stand, the best first: beside a mark; of one that stands for an area, below it."""
    x, y, r = mark.x, mark.y, mark.reach
    out, middle, slant = r + _GAP, y + 4.5, 0.7 * r
    left, right = x - slant - _GAP, x + slant + _GAP
    over, under = y - slant - 2, y + slant + _ASCENT
    beside: list[tuple[float, float, Anchor]] = [(x + out, middle, "start"), (x - out, middle, "end")]
    across: list[tuple[float, float, Anchor]] = [
        (x, y + r + _ASCENT + 2, "middle"),
        (x, y - r - _DESCENT - 1, "middle"),
    ]
    yield from (*across, *beside) if mark.kind in _WIDTHS else (*beside, *across)
    yield from ((right, over, "start"), (right, under, "start"), (left, over, "end"), (left, under, "end"))


def _box(x: float, y: float, anchor: Anchor, width: float) -> Box:
    left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * width
    return Box(left - 1, y - _ASCENT, left + width + 1, y + _DESCENT)
