"""Flags: every passage that is garbled, overstated or otherwise odd, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from .. import urls
from ..frozen import NamedTuple, dataclass
from ..listing.layout import Sheet
from .bibliography import bibliography
from .frame import Context, Desk, Frame, Page, Site
from .quotes import QuoteView
from .sheets import Listed, Way, sheet_pages, way
from .views import counted


class FlaggedView(NamedTuple):
    """A flagged passage and why it is flagged."""

    quote: QuoteView
    why: Markup


class FlagGroup(NamedTuple):
    """The flags of one kind."""

    id: str
    kind: str
    meaning: str
    flagged: tuple[FlaggedView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagsContext(Context):
    """What the page of flags shows, or a stretch of it."""

    groups: tuple[FlagGroup, ...]
    count: str
    way: Way | None


MEANINGS = {
    "garbled": "The sentence does not hold together as language.",
    "overstated": "The words say more than what they rest on.",
    "unclear": "It cannot be told what is meant.",
    "arithmetic": "The numbers do not agree with one another.",
    "time": "The times do not agree with one another.",
    "attribution": "It is not clear, or not likely, whose words these are.",
    "naming": "A name is wrong, or means something else than it says.",
    "translation": "The wording shows a faulty translation.",
    "heading": "A heading says more than the text below it.",
}


LISTED = Listed("Flags", "flag", urls.FLAGS)
_DESCRIPTION = "Passages that are garbled, overstated or otherwise odd, each with the reason."


def pages(desk: Desk) -> Iterator[Page]:
    """The one page; of very many flags, each kind by the date of the source."""
    if urls.FLAGS in desk.layout.lists:
        yield from sheet_pages(desk, urls.FLAGS, lambda _: LISTED, "pages/flags.html", _stretch)
    else:
        yield Page(urls.FLAGS, "pages/flags.html", lambda: _context(desk))


def _context(desk: Desk) -> FlagsContext:
    site = desk.at(urls.FLAGS)
    flagged = [(kind, ref) for kind in MEANINGS for ref in desk.listed.flagged.get(kind, ())]
    return _shown(site, site.frame("Flags", _DESCRIPTION), flagged, None)


def _stretch(site: Site, sheet: Sheet) -> FlagsContext:
    flagged = [(kind, ref) for kind, _, ref in (id_.partition(" ") for id_ in sheet.ids)]
    frame = LISTED.frame(site, sheet, _DESCRIPTION, scripts=("stretches",))
    return _shown(site, frame, flagged, way(site, LISTED, sheet))


def _shown(site: Site, frame: Frame, flagged: Iterable[tuple[str, str]], between: Way | None) -> FlagsContext:
    by_kind: dict[str, list[FlaggedView]] = {}
    for kind, ref in flagged:
        own = (f for f in site.index.passages[ref].flags if f.kind == kind)
        by_kind.setdefault(kind, []).extend(FlaggedView(site.quote(ref), site.line(f.why)) for f in own)
    groups = tuple(FlagGroup(f"flag-{kind}", kind, MEANINGS[kind], tuple(own)) for kind, own in by_kind.items())
    return FlagsContext(
        frame=frame,
        bibliography=bibliography(site, (ref for _, ref in flagged)),
        groups=groups,
        count=counted(sum(len(g.flagged) for g in groups), "flag"),
        way=between,
    )
