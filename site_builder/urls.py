"""Where things live on the site: paths from its root, ids on a page, and relative links between pages.

Every page is a flat file and every link is relative, so the site reads from disk, from `/` and from any sub-path.
Ids carry a prefix by kind, so that no author's id can clash with another or with the page's own.
"""

from __future__ import annotations

from functools import lru_cache

from .model import CitationKind

HOME, TIMELINE, CLAIMS, FIGURES = "index.html", "timeline.html", "claims.html", "figures.html"
SOURCES, TOPICS, ENTITIES, FLAGS = "sources.html", "topics.html", "entities.html", "flags.html"
ABOUT, NOT_FOUND, SEARCH = "about.html", "404.html", "search.html"
MAP = "map.html"
SOURCES_BY_DATE, ENTITIES_BY_NAME, CLAIMS_BY_TOPIC = "sources-by-date/", "entities-by-name/", "claims-by-topic/"
CHANGES, DATA, FEED = "changes.html", "data.html", "feed.xml"
STYLE = "assets/site.css"
GLOSSARY, FIRMNESS = f"{ABOUT}#glossary", f"{ABOUT}#firmness"


def script(name: str) -> str:
    """A script of the theme."""
    return f"assets/js/{name}.js"


def search_segment(name: str) -> str:
    """A part of what the search page searches."""
    return f"search/{name}.js"


def source(source_id: str) -> str:
    """The page of a source."""
    return f"sources/{source_id}.html"


def seed(source_id: str) -> str:
    """The raw bytes of a source."""
    return f"sources/{source_id}.txt"


def passage(ref: str) -> str:
    """A passage in its text."""
    source_id, _, passage_id = ref.partition("#")
    return f"{source(source_id)}#{passage_anchor(passage_id)}"


def passage_anchor(passage_id: str) -> str:
    """The id of a passage's first segment."""
    return f"p-{passage_id}"


def note_anchor(passage_id: str) -> str:
    """The id of the note on a passage."""
    return f"n-{passage_id}"


def note(ref: str) -> str:
    """The note on a passage, beside its text."""
    source_id, _, passage_id = ref.partition("#")
    return f"{source(source_id)}#{note_anchor(passage_id)}"


def paragraph_anchor(number: int) -> str:
    """The id of a paragraph, counted from 1."""
    return f"para-{number}"


def topic(topic_id: str) -> str:
    """The page of a topic."""
    return f"topics/{topic_id}.html"


def claim(claim_id: str) -> str:
    """The page of a claim."""
    return f"claims/{claim_id}.html"


def entity(entity_id: str) -> str:
    """The page of an entity."""
    return f"entities/{entity_id}.html"


def event(event_id: str) -> str:
    """An event in the timeline."""
    return f"{TIMELINE}#{event_anchor(event_id)}"


def event_anchor(event_id: str) -> str:
    """The id of an event on the page that lists it."""
    return f"e-{event_id}"


def figure(ref: str) -> str:
    """A figure in the ledger."""
    return f"{FIGURES}#f-{ref.replace('#', '--')}"


def measure(measure_id: str) -> str:
    """A measure in the ledger."""
    return f"{FIGURES}#m-{measure_id}"


def ledger_topic(topic_id: str) -> str:
    """The measures of a topic in the ledger; of none under an empty id."""
    return f"{FIGURES}#t-{topic_id or 'none'}"


def folder(path: str) -> str:
    """Where the parts of a list stand that is too long for one page: `timeline.html` has `timeline/2014.html`."""
    return f"{path.removesuffix('.html')}/"


def listed(path: str, name: str) -> str:
    """A list of a page that is too long to stand on it: `topics/ropes.html` has `topics/ropes/events.html`."""
    return f"{folder(path)}{name}.html"


def ledger(measure_id: str) -> str:
    """The page of a measure, where the ledger is too long for one page."""
    return f"{folder(FIGURES)}{measure_id}.html"


def where(part: str) -> str:
    """A part of what tells where a thing stands now that once stood at the address of its list."""
    return f"where/{part}.js"


def judgement(judgement_id: str) -> str:
    """A key judgement on the home page."""
    return f"{HOME}#j-{judgement_id}"


def question(question_id: str) -> str:
    """An open question on the home page."""
    return f"{HOME}#q-{question_id}"


def revision(entry_id: str) -> str:
    """An entry of what changed."""
    return f"{CHANGES}#r-{entry_id}"


def correction(correction_id: str) -> str:
    """A correction."""
    return f"{CHANGES}#c-{correction_id}"


def term(word: str) -> str:
    """A word of the site in the glossary."""
    return f"{ABOUT}#term-{word.replace(' ', '-').lower()}"


def cited(kind: CitationKind, target: str) -> str:
    """Where a citation leads."""
    return {"passage": passage, "claim": claim, "event": event, "figure": figure}[kind](target)


def anchor(url: str) -> str:
    """The id that a link's fragment names."""
    return url.partition("#")[2]


@lru_cache(maxsize=64)
def to_root(path: str) -> str:
    """From a page to the site's root: `""` or some `../`."""
    return "../" * path.count("/")


def relative(path: str, target: str) -> str:
    """The link from a page to a target, both given from the site's root; within one page only the fragment."""
    return target[len(path) :] if target.startswith(f"{path}#") else to_root(path) + target
