"""Changes: the mistakes that were corrected, then what changed from edition to edition, with links to what is left.

There is such a page only when there is something on it; the foot of every page leads here then.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from .. import urls
from ..changing import GROUPS, SUBJECTS, Places, headline, newest_first, told
from ..frozen import NamedTuple, dataclass
from ..printed.dates import parse_edtf
from ..records import ChangeRecord, CorrectionRecord, RevisionRecord
from ..texts.text import on_one_line
from .frame import Context, Desk, Page, Site
from .views import Link, counted


class CorrectionView(NamedTuple):
    """A correction: `name` is its id as written, `day` in words, `where` with an empty address for what is gone."""

    id: str
    name: str
    day: str
    date: str
    wrong: str
    right: str
    where: tuple[Link, ...]
    noticed_by: str


class ChangeView(NamedTuple):
    """One respect in which a thing changed."""

    label: str
    part: Link
    before: str
    after: str
    is_quoted: bool


class ThingView(NamedTuple):
    """A thing and all that changed of it; its address is empty when it is gone."""

    link: Link
    id: str
    changes: tuple[ChangeView, ...]


class GroupView(NamedTuple):
    """The changed things of one kind."""

    title: str
    things: tuple[ThingView, ...]


class RevisionView(NamedTuple):
    """An entry: what changed up to a day. `summary` is the author's own words, `title` what stands at its head."""

    id: str
    day: str
    date: str
    title: str
    size: str
    groups: tuple[GroupView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesContext(Context):
    """What the page shows, the newest first; `feed` is empty where the site does not know its address."""

    corrections: tuple[CorrectionView, ...]
    revisions: tuple[RevisionView, ...]
    feed: str


def pages(desk: Desk) -> Iterator[Page]:
    """The one page, if there is anything to say on it."""
    briefing = desk.briefing
    if not (briefing.changes or briefing.corrections):
        return
    yield Page(urls.CHANGES, "pages/changes.html", lambda: _context(desk))


def _context(desk: Desk) -> ChangesContext:
    briefing = desk.briefing
    site, places = desk.at(urls.CHANGES), Places(briefing)
    frame = site.frame(
        "Changes and corrections",
        "What was wrong in this briefing and is corrected, and what changed from edition to edition.",
        section=urls.ABOUT,
        crumbs=(site.crumb("About", urls.ABOUT),),
    )
    return ChangesContext(
        frame=frame,
        corrections=tuple(_correction(c, site, places) for c in newest_first(briefing.corrections)),
        revisions=tuple(_revision(r, site, places) for r in newest_first(briefing.changes)),
        feed=frame.feed,
    )


def _correction(record: CorrectionRecord, site: Site, places: Places) -> CorrectionView:
    return CorrectionView(
        id=urls.anchor(urls.correction(record.id)),
        name=record.id,
        day=_day(record.date),
        date=record.date,
        wrong=on_one_line(record.wrong),
        right=on_one_line(record.right),
        where=tuple(Link(places.words(where), _href(site, places.named(where))) for where in record.where),
        noticed_by=on_one_line(record.noticed_by or ""),
    )


def _revision(record: RevisionRecord, site: Site, places: Places) -> RevisionView:
    changes = sorted(record.changes, key=lambda c: SUBJECTS.index(c.subject))
    groups = tuple(
        GroupView(GROUPS[subject], tuple(_things(tuple(own), site, places)))
        for subject, own in groupby(changes, lambda c: c.subject)
    )
    return RevisionView(
        id=urls.anchor(urls.revision(record.id)),
        day=_day(record.date),
        date=record.date,
        title=headline(record),
        size=counted(len(record.changes), "change"),
        groups=groups,
    )


def _things(changes: tuple[ChangeRecord, ...], site: Site, places: Places) -> Iterator[ThingView]:
    for id_, own in groupby(changes, lambda c: c.id):
        rows = tuple(own)
        target = places.of(rows[0].subject, id_)
        yield ThingView(
            Link(on_one_line(rows[0].title or id_), _href(site, target)),
            id_,
            tuple(_change(row, site, places) for row in rows),
        )


def _change(record: ChangeRecord, site: Site, places: Places) -> ChangeView:
    shown = told(record)
    is_passage = record.what in ("evidence", "nearest")
    target = places.of("passage", shown.part) if is_passage else ""
    before, after = (on_one_line(w) for w in (shown.before, shown.after))
    if record.what in ("new", "gone") and (before or after) == record.title:
        before = after = ""  # the thing's own name says it all
    return ChangeView(shown.label, Link(on_one_line(shown.part), _href(site, target)), before, after, shown.is_quoted)


def _href(site: Site, target: str) -> str:
    return site.href(target) if target else ""


def _day(day: str) -> str:
    return parse_edtf(day).words()
