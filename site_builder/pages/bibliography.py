"""The sources that a page rests on, listed at its end on paper, where no link can be followed."""

from __future__ import annotations

from collections.abc import Iterable

from .. import urls
from .citing import described
from .frame import Site
from .views import Printed, counted

_LISTED = 100  # of more, the list would be longer than most pages: the page that has them is named


def bibliography(site: Site, passages: Iterable[str]) -> tuple[Printed, ...]:
    """The sources of some passages (`source#passage`, or sources alone), each once, in the order of the briefing."""
    wanted = {ref.partition("#")[0] for ref in passages}
    found = [source for source in site.briefing.sources if source.id in wanted]
    if len(found) > _LISTED:
        return (Printed(f"{counted(len(found), 'source')}, all listed on one page.", (_address(site, urls.SOURCES),)),)
    return tuple(
        Printed(described(s), tuple(a for a in (s.record.URL, _address(site, urls.source(s.id))) if a)) for s in found
    )


def all_sources(site: Site) -> tuple[Printed, ...]:
    """Every source of the briefing."""
    return bibliography(site, (source.id for source in site.briefing.sources))


def _address(site: Site, target: str) -> str:
    return site.address(target) or target
