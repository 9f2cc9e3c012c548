"""`feed.xml`: corrections and recorded changes as an Atom feed (RFC 4287).

The address of an entry on the page of changes is its id, so an entry keeps its id whatever is edited in it. Every
address in a feed is whole: where the site does not know its own, there is none. A library that writes feeds takes
longer to load than the whole feed takes here; a test holds the file to what it writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from markupsafe import Markup, escape

from .. import urls
from ..changing import Places, headline, newest_first, told
from ..frozen import NamedTuple
from ..model import Briefing
from ..records import ChangeRecord, CorrectionRecord, RevisionRecord
from ..texts.text import carried, on_one_line
from .export import Export


class Entry(NamedTuple):
    """An entry of the feed."""

    address: str
    day: str
    title: str
    content: Markup
    category: str


class Feed(NamedTuple):
    """What the feed is made from."""

    title: str
    language: str
    author: str
    base: str
    entries: tuple[Entry, ...]


def exports(briefing: Briefing) -> Iterator[Export]:
    """The feed, where there is something to tell and an address to tell it under."""
    found = feed(briefing)
    if found:
        yield Export(urls.FEED, lambda: atom(found), [(kind, "") for kind in _KINDS])


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
    base, newest = _address(found.base), max(entry.day for entry in found.entries)
    head = (
        f'<feed xml:lang="{found.language}" xmlns="http://www.w3.org/2005/Atom">{_element("title", found.title)}'
        f'<link href="{base}" rel="alternate"/><link href="{base}{urls.FEED}" rel="self"/>'
        f"{_element('id', found.base)}<updated>{_moment(newest)}</updated>"
        f"<author>{_element('name', found.author)}</author><subtitle>Corrections, and what changed</subtitle>"
    )
    entries = "".join(map(_entry, found.entries))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{head}{entries}</feed>\n'.encode()


def _entry(entry: Entry) -> str:
    moment = _moment(entry.day)
    return (
        f'<entry>{_element("title", entry.title)}<link href="{_address(entry.address)}" rel="alternate"/>'
        f"<published>{moment}</published><updated>{moment}</updated>{_element('id', entry.address)}"
        f"{_element('content', carried(str(entry.content)), _HTML)}"
        f'<category term="{entry.category}"/></entry>'
    )


_HTML = ' type="html"'


def _element(name: str, text: str, attribute: str = "") -> str:
    return f"<{name}{attribute}>{_escaped(text)}</{name}>" if text else f"<{name}{attribute}/>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _address(iri: str) -> str:
    """An address as a URI, for an attribute."""
    return _escaped(quote(iri, safe="/#%[]=:;$&()+,!?*@'~"))


def _moment(day: str) -> str:
    """A day as Atom has it: the moment it begins, in UTC."""
    return f"{day}T00:00:00+00:00"


def _revision(record: RevisionRecord, base: str, places: Places) -> Entry:
    rows = Markup().join(_row(change, base, places) for change in record.changes)
    summary = Markup("<p>{}</p>").format(on_one_line(record.summary)) if record.summary else Markup()
    content = summary + (Markup("<ul>{}</ul>").format(rows) if rows else Markup())
    return Entry(base + urls.revision(record.id), record.date, headline(record), content, "changes")


def _row(change: ChangeRecord, base: str, places: Places) -> Markup:
    shown, target = told(change), places.of(change.subject, change.id)
    name = f"{change.subject} {change.title or change.id}"
    linked = _linked(name, target, base)
    words = Markup("<q>{}</q>") if shown.is_quoted else Markup("{}")
    said = Markup(" → ").join(words.format(w) for w in (shown.before, shown.after) if w)
    parts = (escape(w) for w in (shown.label, shown.part, said) if w)
    return Markup("<li>{}: {}</li>").format(linked, Markup(": ").join(parts))


def _correction(record: CorrectionRecord, base: str, places: Places) -> Entry:
    links = (_linked(places.words(where), places.named(where), base) for where in record.where)
    content = Markup("<p>Wrong: {}</p><p>Right: {}</p>").format(on_one_line(record.wrong), on_one_line(record.right))
    if record.where:
        content += Markup("<p>Concerns {}.</p>").format(Markup(", ").join(links))
    if record.noticed_by:
        content += Markup("<p>Noticed by {}.</p>").format(on_one_line(record.noticed_by))
    title = f"Correction: {on_one_line(record.right)}"
    return Entry(base + urls.correction(record.id), record.date, title, content, "correction")


def _linked(words: str, target: str, base: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(base + target, words) if target else escape(words)
