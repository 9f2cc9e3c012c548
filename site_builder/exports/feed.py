"""`feed.xml`: corrections and recorded changes as an Atom feed (RFC 4287).

The address of an entry on the page of changes is its id, so an entry keeps its id whatever is edited in it. Every
address in a feed is whole: where the site does not know its own, there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from markupsafe import Markup, escape

from .. import urls
from ..changing import Places, headline, newest_first, told
from ..frozen import NamedTuple
from ..model import Briefing
from ..records import ChangeRecord, CorrectionRecord, RevisionRecord
from ..texts.text import carried, on_one_line
from .export import Export


class Entry(NamedTuple):
    """An entry of the feed: `content` is HTML."""

    address: str
    day: str
    title: str
    content: str
    category: str


class Feed(NamedTuple):
    """What the feed is made from."""

    title: str
    language: str
    author: str
    base: str
    entries: tuple[Entry, ...]


def exports(briefing: Briefing, name: str, version: str) -> Iterator[Export]:  # noqa: ARG001 one signature for all
    """The feed, where there is something to tell and an address to tell it under."""
    found = feed(briefing)
    if found:
        yield Export(urls.FEED, lambda: atom(found), [(kind, "") for kind in _KINDS], made_from=lambda: found)


_KINDS = (
    "site", "changes", "corrections", "sources", "figures", "events", "claims", "measures", "entities", "topics",
    "judgements", "questions",
)  # fmt: skip


def feed(briefing: Briefing) -> Feed | None:
    """The feed of a briefing, corrections first, in each part the newest first; None where there is none."""
    site = briefing.site
    if not site.base_url or not (briefing.changes or briefing.corrections):
        return None
    base, places = f"{site.base_url.rstrip('/')}/", Places(briefing)
    corrections = (_correction(c, base, places) for c in newest_first(briefing.corrections))
    revisions = (_revision(r, base, places) for r in newest_first(briefing.changes))
    author = carried(", ".join(site.authors) or site.title)
    return Feed(carried(site.title), site.language, author, base, (*corrections, *revisions))


def atom(found: Feed) -> bytes:
    """The file's bytes."""
    from feedgenerator import Atom1Feed

    made = Atom1Feed(
        title=found.title, link=found.base, description="Corrections, and what changed", language=found.language,
        author_name=found.author, feed_url=found.base + urls.FEED,
    )  # fmt: skip
    for entry in found.entries:
        day = datetime.fromisoformat(entry.day).replace(tzinfo=UTC)
        made.add_item(
            title=entry.title, link=entry.address, description=None, content=carried(entry.content), pubdate=day,
            updateddate=day, unique_id=entry.address, categories=(entry.category,),
        )  # fmt: skip
    return f"{made.writeString('utf-8')}\n".encode()


def _revision(record: RevisionRecord, base: str, places: Places) -> Entry:
    rows = Markup().join(_row(change, base, places) for change in record.changes)
    summary = Markup("<p>{}</p>").format(on_one_line(record.summary)) if record.summary else Markup()
    content = summary + (Markup("<ul>{}</ul>").format(rows) if rows else Markup())
    return Entry(base + urls.revision(record.id), record.date, headline(record), content, "changes")


def _row(change: ChangeRecord, base: str, places: Places) -> Markup:
    shown, target = told(change), places.of(change.subject, change.id)
    name = f"{change.subject} {change.title or change.id}"
    linked = Markup('<a href="{}">{}</a>').format(base + target, name) if target else escape(name)
    words = Markup("<q>{}</q>") if shown.is_quoted else Markup("{}")
    said = Markup(" → ").join(words.format(w) for w in (shown.before, shown.after) if w)
    parts = (escape(w) for w in (shown.label, shown.part, said) if w)
    return Markup("<li>{}: {}</li>").format(linked, Markup(": ").join(parts))


def _correction(record: CorrectionRecord, base: str, places: Places) -> Entry:
    links = (
        Markup('<a href="{}">{}</a>').format(base + target, where) if (target := places.named(where)) else escape(where)
        for where in record.where
    )
    content = Markup("<p>Wrong: {}</p><p>Right: {}</p>").format(on_one_line(record.wrong), on_one_line(record.right))
    if record.where:
        content += Markup("<p>Concerns {}.</p>").format(Markup(", ").join(links))
    if record.noticed_by:
        content += Markup("<p>Noticed by {}.</p>").format(on_one_line(record.noticed_by))
    title = f"Correction: {on_one_line(record.right)}"
    return Entry(base + urls.correction(record.id), record.date, title, content, "correction")
