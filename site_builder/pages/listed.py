"""Lists that have left the page they belong to: of a topic or an entity that has more than one page can hold.

The page keeps the first few things of such a list, and leads to the rest; there the views are the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..frozen import NamedTuple, dataclass
from .events import EventView
from .frame import Context, Site
from .quotes import CallerView, QuoteView
from .sheets import Listed, StretchLink, Way, stretch_links
from .views import Chip, ClaimView, FigureView, Link


class EntityGroup(NamedTuple):
    """The entities of one kind."""

    id: str
    kind: str
    entities: tuple[Link, ...]


class SharedPassage(NamedTuple):
    """A passage that two topics share, cut short, and where it stands."""

    words: str
    language: str
    href: str
    source: str


class SharedWith(NamedTuple):
    """The passages that a topic shares with another, and the id under which they stand."""

    id: str
    chip: Chip
    passages: tuple[SharedPassage, ...]


class TopicSource(NamedTuple):
    """A source with passages on a topic."""

    link: Link
    issued: str
    passages: str


class TopicFigure(NamedTuple):
    """A figure among a topic's, with the passage that states it."""

    figure: FigureView
    source: Link
    issued: str
    words: Link
    language: str


class MentionView(NamedTuple):
    """A name in its context, with the way to it."""

    before: str
    name: str
    after: str
    href: str


class MentionsOf(NamedTuple):
    """The mentions in one source."""

    source: Link
    issued: str
    language: str
    mentions: tuple[MentionView, ...]
    total: str


class More(NamedTuple):
    """That a page shows only the first things of a list: how many there are, where, and in which stretches."""

    words: str
    href: str
    stretches: tuple[StretchLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedContext(Context):
    """What a stretch of such a list shows; it is of one kind, and all others are empty."""

    heading: str
    count: str
    way: Way | None
    claims: tuple[ClaimView, ...] = ()
    events: tuple[EventView, ...] = ()
    figures: tuple[TopicFigure, ...] = ()
    entities: tuple[EntityGroup, ...] = ()
    shared: tuple[SharedWith, ...] = ()
    sources: tuple[TopicSource, ...] = ()
    quotes: tuple[QuoteView, ...] = ()
    mentions: tuple[MentionsOf, ...] = ()
    callers: tuple[CallerView, ...] = ()


def more(site: Site, lists: Mapping[str, tuple[str, Listed]]) -> dict[str, More | None]:
    """By name, what is left of lists, given as the path of each and how it shows itself; None of one that is whole."""
    sheets = {name: site.desk.layout.sheets.get(path) for name, (path, _) in lists.items()}
    return {
        name: sheet and More(
            lists[name][1].counted(sheet.size), site.href(sheet.path), stretch_links(site, lists[name][1], sheet.parts)
        )
        for name, sheet in sheets.items()
    }  # fmt: skip
