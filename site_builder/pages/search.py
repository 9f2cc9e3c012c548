"""The search page: what can be searched, by what it can be narrowed, and examples out of this briefing.

The hits are the scripts' work; what they search is written by `site_builder/search/searching.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

from .. import urls
from ..frozen import NamedTuple, dataclass
from ..model import Briefing
from ..texts.text import on_one_line
from .frame import Context, Desk, Page, Site
from .views import Chip, Link, counted

# The kinds of what is found, in the order of the filter, each with the page without which none is; `search-take.js`
# knows them by the same words.
KINDS = (
    ("passage", "Passages", ""), ("paragraph", "Paragraphs", ""), ("judgement", "Key judgements", ""),
    ("question", "Open questions", ""), ("claim", "Claims", urls.CLAIMS), ("event", "Events", urls.TIMELINE),
    ("figure", "Figures", urls.FIGURES), ("entity", "Entities", urls.ENTITIES), ("source", "Sources", ""),
    ("topic", "Topics", urls.TOPICS),
)  # fmt: skip
SCRIPTS = ("search-words", "search-asked", "search-take", "search-load", "search-find", "search-show", "search")


class KindFilter(NamedTuple):
    """A kind by which hits can be narrowed."""

    value: str
    label: str


class TopicFilter(NamedTuple):
    """A topic by which hits can be narrowed."""

    value: str
    chip: Chip


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchContext(Context):
    """What the search page shows before anything is typed. `first` is loaded on first use."""

    first: str
    kinds: tuple[KindFilter, ...]
    topics: tuple[TopicFilter, ...]
    texts: str
    holdings: tuple[Link, ...]
    examples: tuple[Link, ...]


def pages(desk: Desk) -> Iterator[Page]:
    """The one page."""
    yield Page(urls.SEARCH, "pages/search.html", lambda: _context(desk))


def _context(desk: Desk) -> SearchContext:
    site = desk.at(urls.SEARCH)
    excerpted = (source.excerpts for source in desk.briefing.sources)
    frame = site.frame(
        "Search", "Find words in the sources, claims, events, figures and names of this briefing.", scripts=SCRIPTS
    )
    return SearchContext(
        frame=frame,
        first=site.href(urls.search_segment("first")),
        kinds=tuple(KindFilter(kind, label) for kind, label, page in KINDS if not site.desk.omitted.has(page)),
        topics=tuple(TopicFilter(t.id, site.chip(t.id)) for t in desk.briefing.topics),
        texts="the texts as far as they are published" if any(excerpted) else "the whole texts",
        holdings=_holdings(site),
        examples=tuple(Link(words, f"{site.href(urls.SEARCH)}?q={quote(words)}") for words in examples(desk.briefing)),
    )


def _holdings(site: Site) -> tuple[Link, ...]:
    """What there is to search, with the lists in which it can be read."""
    counts = site.desk.listed.counts
    found = (
        (f"{counted(counts['sources'], 'source')} with {counted(counts['passages'], 'passage')}", urls.SOURCES),
        (counted(counts["topics"], "topic"), urls.TOPICS),
        (counted(counts["claims"], "claim"), urls.CLAIMS),
        (counted(counts["events"], "event"), urls.TIMELINE),
        (counted(counts["figures"], "figure"), urls.FIGURES),
        (counted(counts["entities"], "entity", "entities"), urls.ENTITIES),
    )
    return tuple(Link(text, site.href(path)) for text, path in found)


def examples(briefing: Briefing) -> tuple[str, ...]:
    """Up to four queries that find something: a name with other spellings, a phrase, a number, a topic."""
    printed = _names(briefing)
    names = sorted(printed, key=lambda name: (-printed[name], name))
    own = {entity.name for entity in briefing.entities}
    number = max((f.value for f in briefing.figures() if f.value is not None), default=None)
    single = [name for name in names if " " not in name]
    found = (
        next((name for name in single if name not in own), single[0] if single else ""),
        next((f'"{name}"' for name in names if " " in name), ""),
        f"{number:,}" if number is not None else "",
        next((topic.title for topic in briefing.topics), ""),
    )
    return tuple(dict.fromkeys(on_one_line(words) for words in found if words))


def _names(briefing: Briefing) -> Counter[str]:
    """The names of all but outlets, as the texts print them, with how often: outlets name themselves above what they
    publish."""
    printed = Counter((s.text[m.start : m.end], m.entities) for s in briefing.sources for m in s.mentions)
    found: Counter[str] = Counter()
    for (name, entities), times in printed.items():
        if any(briefing.index.entities[e].kind != "outlet" for e in entities):
            found[on_one_line(name)] += times
    return found
