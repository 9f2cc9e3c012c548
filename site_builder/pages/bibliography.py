"""The sources that a page rests on, listed at its end on paper, where no link can be followed."""

from __future__ import annotations

from collections.abc import Iterable

from .. import urls
from ..model import Source
from .citing import described
from .frame import Site
from .views import Printed, counted

_LISTED = 100  # of more, the list would be longer than most pages: the page that has them is named


def bibliography(site: Site, passages: Iterable[str]) -> tuple[Printed, ...]:
    """The sources of some passages (`source#passage`, or sources alone), each once, in the order of the briefing."""
    wanted = {ref.partition("#")[0] for ref in passages}
    if len(wanted) > _LISTED:
        where = "under one address" if urls.SOURCES in site.desk.layout.lists else "on one page"
        return (Printed(f"{counted(len(wanted), 'source')}, all listed {where}.", (_address(site, urls.SOURCES),)),)
    return tuple([_printed(site, source) for source in site.desk.in_order(wanted)])


def _printed(site: Site, source: Source) -> Printed:
    """A source, the same on every page."""

    def made() -> Printed:
        addresses = (source.original, _address(site, urls.source(source.id)))
        return Printed(described(source), tuple(address for address in addresses if address))

    return site.desk.remembered(("printed", source.id), made)


def all_sources(site: Site) -> tuple[Printed, ...]:
    """Every source of the briefing."""
    return bibliography(site, (source.id for source in site.briefing.sources))


def _address(site: Site, target: str) -> str:
    return site.address(target) or target
