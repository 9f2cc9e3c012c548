"""The places: on a map, as a list, and each on a small map of its own. Coordinates come from outside the texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from decimal import Decimal

from .. import urls
from ..frozen import NamedTuple, dataclass
from ..maps import atlas
from ..maps.atlas import Bar, Chart, Spot
from ..maps.labelling import Label
from ..maps.paths import Ground
from ..records import EntityRecord, Precision
from .frame import Context, Desk, Page, Site
from .views import Link, counted

CREDIT = Link("Natural Earth", "https://www.naturalearthdata.com/")
# What a mark of each precision looks like and stands for, for the key of the map; and in few words, for the list.
_KEY: dict[Precision, tuple[str, str]] = {
    "settlement": ("a settlement", "settlement"),
    "point": ("a point: a bridge, a building", "point"),
    "line": ("somewhere along a river, a road, a border", "line, somewhere along it"),
    "region": ("about the middle of a region, not its extent", "region, about its middle"),
    "country": ("about the middle of a country, not its extent", "country, about its middle"),
}
_SIZES = (1, 10, 30)  # passages, for the key
_MOST = 250  # places on the map and in its list


class MarkView(NamedTuple):
    """A place on a map: a link around its mark and its label. `d` is the mark as a path around its centre."""

    href: str
    title: str
    precision: str
    x: float
    y: float
    d: str
    label: Label | None
    on_phone: Label | None


class InsetView(NamedTuple):
    """The part of a map that a further map shows larger, and the way to it."""

    href: str
    title: str
    text: str
    points: str
    x: float
    y: float


class MapView(NamedTuple):
    """A map as it is drawn; `dots` are places whose marks stand on another.

    `phone` is how many times as large marks and names stand on a phone, 0 where they have no room there.
    """

    id: str
    title: str
    description: str
    width: float
    height: float
    phone: float
    ground: Ground
    insets: tuple[InsetView, ...]
    dots: tuple[tuple[float, float], ...]
    names: tuple[Label, ...]
    marks: tuple[MarkView, ...]
    bar: Bar | None


class KeyView(NamedTuple):
    """A line of the key: a mark, and what it means."""

    precision: str
    d: str
    words: str


class PlaceRow(NamedTuple):
    """A place in the list; `number` stands on the map where its name had no room, `on_phone` on a phone's."""

    place: Link
    number: str
    on_phone: str
    precision: str
    position: str
    origin: str
    passages: str


class Where(NamedTuple):
    """Where a place lies, for its own page."""

    map: MapView
    precision: str
    position: str
    origin: str
    credit: Link
    all: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class MapContext(Context):
    """What the page of the map shows."""

    maps: tuple[MapView, ...]
    key: tuple[KeyView, ...]
    sizes: tuple[KeyView, ...]
    places: tuple[PlaceRow, ...]
    unplaced: tuple[PlaceRow, ...]
    left: str
    all: Link
    credit: Link


def pages(desk: Desk) -> Iterator[Page]:
    """The map with its list, where the briefing has places."""
    if any(e.kind == "place" for e in desk.briefing.entities):
        yield Page(urls.MAP, "pages/map.html", lambda: _context(desk))


def _context(desk: Desk) -> MapContext:
    site = desk.at(urls.MAP)
    places = _shown(site)
    spots = spots_of(site)
    left = sum(e.kind == "place" for e in desk.briefing.entities) - len(places)
    charts = atlas.charts(spots)
    labels = {label.key: label for chart in charts for label in chart.labels}
    on_phone = {label.key: label for chart in charts for label in chart.on_phone or chart.labels}
    counts = {e.id: _passages(site, e.id) for e in places}
    frame = site.frame(
        "Map",
        "The places that the sources name, on a map and as a list.",
        urls.ENTITIES,
        (site.crumb("Entities", urls.ENTITIES),),
    )
    return MapContext(
        frame=frame,
        maps=tuple(_map(site, chart, number, spots) for number, chart in enumerate(charts, 1)),
        key=_key({s.precision for s in spots}),
        sizes=_sizes(),
        places=tuple(
            _row(site, e, counts[e.id], labels.get(e.id), on_phone.get(e.id)) for e in places if e.lat is not None
        ),
        unplaced=tuple(_row(site, e, counts[e.id]) for e in places if e.lat is None),
        left=counted(left, "more place") if left else "",
        all=site.crumb("the list of entities", urls.ENTITIES),
        credit=CREDIT,
    )


def where(site: Site, entity: EntityRecord, spots: Sequence[Spot]) -> Where | None:
    """Where a place lies; None of what is no place or has no coordinates. `spots` are those of `spots_of`."""
    own = next((s for s in spots if s.key == entity.id), None)
    if own is None and entity.lat is not None and entity.lon is not None and entity.precision is not None:
        weight = _passages(site, entity.id)
        own = Spot(entity.id, entity.name, float(entity.lat), float(entity.lon), entity.precision, weight)
    if own is None or entity.kind != "place":
        return None
    view = _map(site, atlas.locator(own, spots), 1, spots)
    row = _row(site, entity, own.weight)
    return Where(
        view._replace(description=f"Map of {entity.name} and what lies around it"),
        row.precision, row.position, row.origin, CREDIT, Link("All places on a map", site.href(urls.MAP)),
    )  # fmt: skip


def spots_of(site: Site) -> tuple[Spot, ...]:
    """The places of the map that have coordinates, in the order of the list, weighed by the passages that name or mean
    them."""
    return site.desk.remembered("spots", lambda: tuple(_spots(site)))


def _spots(site: Site) -> Iterator[Spot]:
    for e in _shown(site):
        if e.lat is not None and e.lon is not None and e.precision is not None:
            yield Spot(e.id, e.name, float(e.lat), float(e.lon), e.precision, _passages(site, e.id))


def _shown(site: Site) -> list[EntityRecord]:
    """The places that map and list show, in order: of very many, those that most passages name or mean."""
    return site.desk.remembered("places", lambda: _most_named(site))


def _most_named(site: Site) -> list[EntityRecord]:
    places = sorted((e for e in site.briefing.entities if e.kind == "place"), key=lambda e: (e.name.casefold(), e.id))
    if len(places) <= _MOST:
        return places
    kept = sorted(places, key=lambda e: -_passages(site, e.id))[:_MOST]
    return sorted(kept, key=lambda e: (e.name.casefold(), e.id))


def _passages(site: Site, entity: str) -> int:
    return len(site.desk.listed.meant.get(entity, ()))


def _key(shown: Set[str]) -> tuple[KeyView, ...]:
    return tuple(KeyView(p, mark_path(p, 6), words) for p, (words, _) in _KEY.items() if p in shown)


def _sizes() -> tuple[KeyView, ...]:
    paths = (mark_path("settlement", atlas.radius(n)) for n in _SIZES)
    return tuple(KeyView("settlement", d, counted(n, "passage")) for n, d in zip(_SIZES, paths, strict=True))


def _row(
    site: Site, entity: EntityRecord, passages: int, label: Label | None = None, on_phone: Label | None = None
) -> PlaceRow:
    return PlaceRow(
        place=Link(entity.name, site.href(urls.entity(entity.id))),
        number=label.text if label and label.is_number else "",
        on_phone=on_phone.text if on_phone and on_phone.is_number else "",
        precision=_KEY[entity.precision][1] if entity.precision else "",
        position=position_words(entity.lat, entity.lon) if entity.lat is not None and entity.lon is not None else "",
        origin=entity.coordinates_from or "",
        passages=counted(passages, "passage"),
    )


def position_words(lat: Decimal, lon: Decimal) -> str:
    """Coordinates as they were written, with the side of the globe: `46.67° N, 32.72° E`."""
    north = f"{abs(lat):f}° {'S' if lat < 0 else 'N'}"
    return f"{north}, {abs(lon):f}° {'W' if lon < 0 else 'E'}"


def _map(site: Site, chart: Chart, number: int, spots: Sequence[Spot]) -> MapView:
    by_key = {s.key: s for s in spots}
    labels = {label.key: label for label in chart.labels}
    on_phone = {label.key: label for label in chart.on_phone}
    marked = {m.key for m in chart.marks}
    names = [by_key[m.key].name for m in chart.marks]
    return MapView(
        id=f"map-{number}",
        title=f"Map {number}, of the part framed above" if number > 1 else "",
        description=f"Map {number}: {', '.join(sorted(names, key=str.casefold))}",
        width=chart.width,
        height=chart.height,
        phone=atlas.PHONE if on_phone else 0,
        ground=chart.ground,
        insets=tuple(
            InsetView(
                href=f"#map-{i}",
                title=f"Map {i}, larger: {', '.join(by_key[key].name for key in inset.keys)}",
                text=f"map {i}",
                points=" ".join(f"{x},{y}" for x, y in inset.points),
                x=inset.x,
                y=round(inset.y - 6, 1),
            )
            for i, inset in enumerate(chart.insets, number + 1)
        ),
        dots=chart.dots,
        names=tuple(label for label in chart.labels if label.key not in marked),
        marks=tuple(
            MarkView(
                href=site.href(urls.entity(m.key)),
                title=_title(by_key[m.key], labels.get(m.key), on_phone.get(m.key)),
                precision=m.precision,
                x=m.x,
                y=m.y,
                d=mark_path(m.precision, m.radius),
                label=labels.get(m.key),
                on_phone=on_phone.get(m.key),
            )
            for m in chart.marks
        ),
        bar=chart.bar,
    )


def _title(spot: Spot, *shown: Label | None) -> str:
    """What a mark stands for, with the number that stands beside it on one of the maps."""
    number = next((f", number {label.text}" for label in shown if label and label.is_number), "")
    return f"{spot.name}: {spot.precision}, {counted(spot.weight, 'passage')}{number}"


def mark_path(precision: Precision, r: float) -> str:
    """The mark of a precision around the origin, as a path; each has a shape of its own."""
    if precision == "point":
        return f"M0-{r + 1}l{r + 1} {r + 1}-{r + 1} {r + 1}-{r + 1}-{r + 1}z"
    if precision == "line":
        return f"M-{2 * r} 0q{r}-{2 * r} {2 * r} 0t{2 * r} 0"
    ring = _circle(r)
    return ring + _circle(r - 3.5) if precision == "country" else ring


def _circle(r: float) -> str:
    r = round(r, 1)
    return f"M-{r} 0a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0-{2 * r} 0z"
