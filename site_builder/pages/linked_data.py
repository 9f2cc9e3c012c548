"""What search engines and link previews are told of a page: Open Graph properties, and schema.org as JSON-LD.

Only what the page itself shows. A source page is our page *based on* an article, whose authorship is never claimed; a
claim is a `Claim` with its appearances, never a `ClaimReview`, since no verdict of a fact-checker is given.

Addresses are absolute where the site knows its own, and relative to the page where it does not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from .. import urls
from ..downloads import downloads
from ..frozen import NamedTuple
from ..markup.markdown import plain
from ..model import Briefing, Claim, Event, Source, Topic
from ..printed.dates import DAYS, Edtf, Point, parse_edtf
from ..records import NameRecord
from .views import Link

Node = dict[str, Any]

_ARTICLES = {
    "article-newspaper": "NewsArticle", "article-magazine": "Article", "article-journal": "ScholarlyArticle",
    "article": "Article", "webpage": "WebPage", "post": "SocialMediaPosting", "post-weblog": "BlogPosting",
    "report": "Report", "book": "Book", "chapter": "Chapter", "thesis": "Thesis", "legislation": "Legislation",
    "bill": "Legislation", "regulation": "Legislation", "review": "Review",
}  # fmt: skip


class Property(NamedTuple):
    """An Open Graph property."""

    name: str
    content: str


class Described(NamedTuple):
    """A page as it describes itself: `url` is its own address, empty where the site does not know it; `events` are
    those that it lists."""

    path: str
    url: str
    title: str
    description: str
    crumbs: tuple[Link, ...]
    events: tuple[Event, ...] = ()


def open_graph(briefing: Briefing, page: Described) -> tuple[Property, ...]:
    """The properties of a page."""
    site = briefing.site
    found = [
        Property("og:title", page.title),
        Property("og:description", page.description),
        Property("og:type", "website" if page.path == urls.HOME else "article"),
        Property("og:site_name", site.title),
        Property("og:locale", site.language.replace("-", "_")),
    ]
    if page.url:
        found.append(Property("og:url", page.url))
    return tuple(found)


def json_ld(briefing: Briefing, page: Described, iri: Callable[[str], str]) -> Markup:
    """The content of the page's data block; `iri` gives the address of a target from the root, as the page has it."""
    site = briefing.site
    node: Node = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "url": page.url,
        "name": page.title,
        "description": page.description,
        "inLanguage": site.language,
    }
    if page.path == urls.HOME:
        node["mainEntity"] = {"@type": "WebSite", "name": site.title, "url": page.url, "author": _authors(briefing)}
    else:
        node["isPartOf"] = _part_of(site.title, iri(urls.HOME))
        node["breadcrumb"] = {"@type": "BreadcrumbList", "itemListElement": list(_steps(page, iri))}
    if page.events:
        node["mainEntity"] = timeline(page.events, iri)
    node |= _subject(briefing, page.path, iri)
    return script_data(node)


def _steps(page: Described, iri: Callable[[str], str]) -> Iterator[Node | Written]:
    """The way from the home page to this one; the last step is the page itself, and has no address."""
    above = page.crumbs or (Link("Overview", iri(urls.HOME)),)
    for number, crumb in enumerate(above, 1):
        yield _step(number, crumb.text, urljoin(page.url, crumb.href))
    yield {"@type": "ListItem", "position": len(above) + 1, "name": page.title}


class Written(str):
    """JSON as it is written."""

    __slots__ = ()


@lru_cache(maxsize=256)  # what many pages have in common
def _step(number: int, name: str, item: str) -> Written:
    return Written(_json({"@type": "ListItem", "position": number, "name": name, "item": item}))


@lru_cache(maxsize=8)
def _part_of(title: str, home: str) -> Written:
    return Written(_json({"@type": "WebSite", "name": title, "url": home}))


def script_data(node: Node) -> Markup:
    """JSON that can stand in a `script` element: nothing in it ends it or begins a comment. Empty values go."""
    text = _json(node)
    for character in "<>&\u2028\u2029":
        if character in text:
            text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 no character is left that HTML reads as its own


def _json(value: Any) -> str:
    """A value as JSON, without what is empty in it."""
    if type(value) is dict:
        filled = [
            f"{quoted(key)}:{quoted(inner) if type(inner) is str else _json(inner)}"
            for key, inner in value.items() if inner or inner == 0
        ]  # fmt: skip
        return f"{{{','.join(filled)}}}"
    if type(value) is list:
        return f"[{','.join([quoted(inner) if type(inner) is str else _json(inner) for inner in value])}]"
    if type(value) is int:
        return str(value)
    return value if type(value) is Written else _ANY.encode(value)


_ANY = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _subject(briefing: Briefing, path: str, iri: Callable[[str], str]) -> Node:
    """What a page is about, by where it stands; a page of another kind is a page and no more."""
    folder, _, name = path.removesuffix(".html").rpartition("/")
    index = briefing.index
    if folder == "sources":
        return {"isBasedOn": original(index.sources[name])}
    if folder == "topics":
        return {"mainEntity": report(briefing, index.topics[name], iri)}
    if folder == "claims":
        return {"mainEntity": claim(briefing, index.claims[name], iri)}
    if path == urls.DATA:
        return {"mainEntity": dataset(briefing, iri)}
    return {}


def original(source: Source) -> Node:
    """The text that a source page shows: somebody else's work."""
    record = source.record
    return {
        "@type": _ARTICLES.get(record.type, "CreativeWork"),
        "name": record.title,
        "url": source.original,
        "author": [_name(n) for n in record.author],
        "publisher": _organisation(record.publisher or record.container_title),
        "datePublished": _day(source.issued.value) if source.issued else "",
        "archivedAt": record.archive_location,
        "inLanguage": record.language,
    }


def report(briefing: Briefing, topic: Topic, iri: Callable[[str], str]) -> Node:
    """A topic's brief, with the sources that it cites."""
    refs = dict.fromkeys(ref for s in topic.brief.sentences for c in s.citations for ref in c.passages)
    return {
        "@type": "Report",
        "name": topic.title,
        "abstract": plain(topic.record.summary or ""),
        "author": _authors(briefing),
        "citation": [iri(urls.source(s.id)) for s in briefing.index.of(refs)],
    }


def claim(briefing: Briefing, claim: Claim, iri: Callable[[str], str]) -> Node:
    """A claim, with the texts in which it appears and those who read it out of them."""
    return {
        "@type": "Claim",
        "text": claim.record.claim,
        "appearance": [
            {"@type": "CreativeWork", "name": briefing.index.sources[s].title, "url": iri(urls.source(s))}
            for s in claim.sources
        ],
        "claimInterpreter": _authors(briefing),
    }


def timeline(events: Sequence[Event], iri: Callable[[str], str]) -> Node:
    """The events in their order; one whose day is not certain has no date here."""
    return {
        "@type": "ItemList",
        "numberOfItems": len(events),
        "itemListElement": [
            {"@type": "Event", "name": e.record.title, "url": iri(urls.event(e.id)), **_time(e.date.value)}
            for e in events
        ],
    }


def dataset(briefing: Briefing, iri: Callable[[str], str]) -> Node:
    """The briefing as data."""
    site = briefing.site
    return {
        "@type": "Dataset",
        "name": site.title,
        "description": site.description or site.title,
        "creator": _authors(briefing),
        "distribution": [
            {"@type": "DataDownload", "contentUrl": iri(d.path), "encodingFormat": d.media_type} for d in downloads()
        ],
    }


def _authors(briefing: Briefing) -> list[Node]:
    """Their names; whether each is a person or a team is not recorded."""
    return [{"name": name} for name in briefing.site.authors]


def _name(record: NameRecord) -> Node:
    if record.literal:
        return {"name": record.literal}
    return {"@type": "Person", "givenName": record.given, "familyName": record.family}


def _organisation(name: str | None) -> Node | None:
    return {"@type": "Organization", "name": name} if name else None


def _time(value: Edtf) -> Node:
    """The beginning and the end of an event; without them where they are uncertain or open."""
    if not value.is_certain:
        return {}
    start, end = _ends(value.edtf)
    return {"startDate": start, "endDate": end}


def _day(value: Edtf) -> str:
    """A single certain date."""
    return _ends(value.edtf)[0] if value.shape == "point" else ""


@lru_cache(maxsize=DAYS)
def _ends(edtf: str) -> tuple[str, str]:
    """Both ends of a certain date, of a single one the first."""
    value = parse_edtf(edtf)
    if not value.is_certain:
        return "", ""
    return _iso(value.start), "" if value.shape == "point" else _iso(value.end)


def _iso(point: Point | None) -> str:
    """A date in ISO 8601, as precise as it is given; empty where that is no year, month or day."""
    if point is None or point.decade or (point.month or 0) > 12:
        return ""
    parts = (f"{point.year:04}", *(f"{part:02}" for part in (point.month, point.day) if part))
    return "-".join(parts)
