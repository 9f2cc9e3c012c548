"""What a theme leaves out: pages and files by name, and whether a path of the site is one of them.

What is left out is not made, and nothing leads there. The texts and what is marked in them can never be left out: every
statement leads to the words of a source.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fnmatch import translate

from .frozen import NamedTuple
from .patterns import compiled
from .records import Omission


class Group(NamedTuple):
    """Files of the site that are left out together: what they hold, and patterns of their paths."""

    holds: str
    paths: tuple[str, ...] = ()


GROUPS: Mapping[Omission, Group] = {
    "source-list": Group("the list of all sources", ("sources.html", "sources-by-date/*")),
    "topics": Group("topics with their briefs", ("topics.html", "topics/*")),
    "timeline": Group("the timeline", ("timeline.html", "timeline/*")),
    "claims": Group("the matrix, and a page for each claim", ("claims.html", "claims/*", "claims-by-topic/*")),
    "figures": Group("the ledger of figures", ("figures.html", "figures/*")),
    "entities": Group("who and what is named", ("entities.html", "entities/*", "entities-by-name/*")),
    "map": Group("the map", ("map.html",)),
    "flags": Group("what is odd", ("flags.html",)),
    "about": Group("how the briefing was made, with the glossary", ("about.html",)),
    "changes": Group("changes and corrections, with their feed", ("changes.html", "feed.xml")),
    "data": Group("the briefing as data, with the page that offers it", ("data.html", "data/*")),
    "feed": Group("the feed of changes and corrections", ("feed.xml",)),
    "search": Group("the search, with all that it loads", ("search.html", "search/*", "assets/js/search*")),
    "full-text": Group("of the search, the words outside passages"),
    "texts": Group("copies of the texts as they were found", ("sources/*.txt",)),
    "not-found": Group("the page for an address that leads nowhere", ("404.html",)),
}


class Omitted:
    """What is left out of a site; empty, and false, where nothing is."""

    def __init__(self, names: Collection[Omission] = ()) -> None:
        # In one order, whatever order the names come in: codes of patterns are kept from one build to the next.
        paths = [path for name, group in GROUPS.items() if name in names for path in group.paths]
        self._heads = tuple({path.partition("/")[0] for path in paths})  # most paths begin with none of these
        self._matches = compiled("|".join(map(translate, paths))).match

    def __bool__(self) -> bool:
        return bool(self._heads)

    def has(self, target: str) -> bool:
        """Whether a path from the site's root, or the page that a link with a fragment leads to, is left out."""
        return target.startswith(self._heads) and self._matches(target.partition("#")[0]) is not None
