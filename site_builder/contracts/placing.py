"""Where a place lies: its coordinates come from outside the texts, and are whole, on the globe, and say whence."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Problem
from ..records import EntityRecord

_RANGES = (("lat", 90), ("lon", 180))
_WANTED = {
    "lat": "46.67 (degrees north)",
    "lon": "32.72 (degrees east)",
    "precision": "point, settlement, line, region or country",
    "coordinates_from": "the name of the gazetteer, or of who measured it",
}


def check_coordinates(entity: EntityRecord) -> Iterator[Problem]:
    """Each thing that is wrong with an entity's coordinates; an entity may have none at all."""
    written = [name for name in _WANTED if getattr(entity, name) is not None]
    if not written:
        return
    if entity.kind != "place":
        message = f"'{entity.id}' is no place but {_a(entity.kind)}, and has no coordinates"
        yield Problem(entity.at.of(written[0]), "bad-coordinates", message, "give them to an entity with kind: place")
        return
    for name, limit in _RANGES:
        degrees = getattr(entity, name)
        if degrees is not None and abs(degrees) > limit:
            message = f"'{name}' lies between -{limit} and {limit}, not at {degrees}"
            hint = "decimal degrees, south and west negative"
            yield Problem(entity.at.of(name), "bad-coordinates", message, hint)
    missing = [name for name in _WANTED if name not in written]
    if missing:
        message = f"'{entity.id}' has {_listed(written)} without {_listed(missing)}"
        hint = "; ".join(f"add {name}: {_WANTED[name]}" for name in missing)
        yield Problem(entity.at.of(written[0]), "bad-coordinates", message, hint)


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
