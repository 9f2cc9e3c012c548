"""The pages of a list that is too long for one: the overview of its stretches, and the way from one to the next.

A list keeps its address and becomes the overview. Each stretch has a page, with the same views as the whole would have
shown, between the stretches beside it; so the list reads on as if it were one. A stretch that is cut further has an
overview of its own at the address it had.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from .. import urls
from ..frozen import NamedTuple, dataclass
from ..listing.layout import Part, Sheet
from ..listing.where import PARTS
from ..model import Event
from .frame import Context, Desk, Frame, Page, Site
from .lanes import Densities
from .on_demand import later
from .views import Link, Pager, counted


class StretchLink(NamedTuple):
    """A stretch as a link: its id on the page, how much it holds (empty where that is not told), and its parts."""

    id: str
    link: Link
    number: str
    is_current: bool
    parts: tuple[StretchLink, ...]


class Way(NamedTuple):
    """From one stretch to the others: the wider ones, those beside it, and its neighbours in the order of reading."""

    label: str
    around: tuple[StretchLink, ...]
    beside: tuple[StretchLink, ...]
    pager: Pager


class Forward(NamedTuple):
    """Where a script finds on which page a thing stands that had its place here: the folder, and in how many parts."""

    folder: str
    parts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchesContext(Context):
    """What an overview of stretches shows."""

    heading: str
    anchor: str
    words: str
    count: str
    densities: Densities | None
    stretches: tuple[StretchLink, ...]
    way: Way | None
    forward: Forward | None


class Listed(NamedTuple):
    """A list as its sheets show it: its title, what it is a list of, the page of the navigation it falls under, and the
    steps above it as (words, address).

    The overview of the whole says `words` and has an `anchor`, where there are such; `drawn` gives what is drawn on it.
    """

    title: str
    noun: str
    section: str
    above: tuple[tuple[str, str], ...] = ()
    plural: str = ""
    words: str = ""
    anchor: str = ""
    drawn: Callable[[Site, Iterator[str]], Densities | None] | None = None

    def counted(self, number: int) -> str:
        """So many of its things."""
        return counted(number, self.noun, self.plural)

    def heading(self, sheet: Sheet) -> str:
        """What a sheet is headed by."""
        return f"{self.title}: {sheet.label}" if sheet.label else self.title

    def frame(
        self, site: Site, sheet: Sheet, description: str, scripts: Sequence[str] = (), events: Sequence[Event] = ()
    ) -> Frame:
        """The frame of a sheet, with the wider stretches among its crumbs."""
        crumbs = [site.crumb(text, target) for text, target in self.above]
        crumbs += [site.crumb(label or self.title, path) for path, label in sheet.above]
        return site.frame(self.heading(sheet), description, self.section, crumbs, scripts, events)


Make = Callable[[Site, Sheet], Context]


def sheet_pages(desk: Desk, path: str, listed: Callable[[Site], Listed], template: str, make: Make) -> Iterator[Page]:
    """The pages of the list at a path that is cut: each stretch from `template`, by `make`, the overviews between.

    How the list shows itself is asked for when a page is made, so that what it is made from is noted.
    """
    paths = desk.layout.lists[path]
    for each in paths if desk.wanted is None else filter(desk.wanted.__contains__, paths):
        if desk.layout.sheets[each].parts:
            yield Page(each, "pages/stretches.html", partial(_overview, desk, listed, each))
        else:
            yield Page(each, template, partial(_made, desk, make, each))


def _made(desk: Desk, make: Make, path: str) -> Context:
    return make(desk.at(path), desk.layout.sheets[path])


def _overview(desk: Desk, of_list: Callable[[Site], Listed], path: str) -> StretchesContext:
    site, sheet = desk.at(path), desk.layout.sheets[path]
    listed = of_list(site)
    has_addresses = listed.section in (urls.TIMELINE, urls.FIGURES)
    count = listed.counted(sheet.size)
    return StretchesContext(
        frame=listed.frame(
            site, sheet, f"{count}, in {counted(len(sheet.parts), 'stretch', 'stretches')}: choose one.",
            scripts=("stretches",),
        ),
        heading=listed.heading(sheet),
        anchor="" if sheet.above else listed.anchor,
        words="" if sheet.above else listed.words,
        count=count,
        densities=later(lambda: listed.drawn(site, _ids(desk, sheet)) if listed.drawn else None),
        stretches=later(lambda: stretch_links(site, listed, sheet.parts)),
        way=later(lambda: way(site, listed, sheet) if sheet.above else None),
        forward=later(lambda: forward(site) if has_addresses else None),
    )  # fmt: skip


def forward(site: Site) -> Forward:
    """What leads on to things that have left this page."""
    return Forward(site.href(urls.where("")).removesuffix(".js"), str(PARTS))


def _ids(desk: Desk, sheet: Sheet) -> Iterator[str]:
    """The ids of all things of a stretch that is cut."""
    for part in sheet.parts:
        within = desk.layout.sheets[part.path]
        yield from within.ids or _ids(desk, within)


def stretch_links(site: Site, listed: Listed, parts: Sequence[Part], current: str = "") -> tuple[StretchLink, ...]:
    """Stretches as links, with their parts; a year of the timeline keeps its id."""
    return tuple(
        StretchLink(
            f"y{p.label}" if urls.TIMELINE in (listed.section, site.path) and p.label.isdigit() else "",
            Link(p.label, site.href(p.path)),
            listed.counted(p.size) if p.size else "",
            p.path == current,
            stretch_links(site, listed, p.parts),
        )
        for p in parts
    )


def way(site: Site, listed: Listed, sheet: Sheet) -> Way | None:
    """From a stretch to the others; None of a list that is one."""
    if not sheet.above:
        return None
    before, after = (Link(end[1], site.href(end[0])) if end else None for end in (sheet.before, sheet.after))
    above = sheet.above[-1][0]
    return Way(
        f"Stretches of: {listed.title}",
        stretch_links(site, listed, sheet.around, above),
        stretch_links(site, listed, sheet.beside, sheet.path),
        Pager(before, after),
    )
