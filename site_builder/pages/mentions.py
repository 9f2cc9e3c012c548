"""Every mention of an entity, source by source, in the words around it."""

from __future__ import annotations

from collections.abc import Iterable

from .. import urls
from ..model import Source
from ..texts.text import carried
from ..wording import issued_words
from .frame import Site
from .in_context import words_around
from .leftovers import paragraph_number
from .listed import MentionsOf, MentionView
from .views import Link, counted

_CONTEXT = 90  # characters of the text shown on either side of a name


def mentions(site: Site, entity: str, sources: Iterable[str]) -> tuple[MentionsOf, ...]:
    """The mentions of an entity in some sources that name it."""
    return tuple(_mentions(site, site.index.sources[id_], entity) for id_ in sources)


def _mentions(site: Site, source: Source, entity: str) -> MentionsOf:
    views = tuple(_mention(site, source, m.start, m.end) for m in source.mentions if entity in m.entities)
    link = Link(source.title, site.source(source).href)
    return MentionsOf(link, issued_words(source), site.language(source), views, counted(len(views), "mention"))


def _mention(site: Site, source: Source, start: int, end: int) -> MentionView:
    number, text = paragraph_number(source, start), source.text
    paragraph = source.paragraphs[number - 1]
    before, after = words_around(source, text, start, end, paragraph.start, paragraph.end, _CONTEXT)
    inside = next((p for p in source.passages if p.start <= start and end <= p.end), None)
    fragment = urls.passage_anchor(inside.id) if inside else urls.paragraph_anchor(number)
    return MentionView(before, carried(text[start:end]), after, f"{site.source(source).href}#{fragment}")
