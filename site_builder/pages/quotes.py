"""What is shown away from where it stands: the words of a passage, and what calls on a thing. The parts of either are
made when a template asks for them."""

from __future__ import annotations

from typing import Protocol

from markupsafe import Markup

from ..backlinks import Caller
from ..model import Passage, Source
from ..records import Note
from ..texts.text import on_one_line
from ..wording import issued_words
from .on_demand import made
from .views import SPEECH, ChainLink, Link

_NOTHING = Markup()


class _Page(Protocol):
    """The page on which they are shown: where things stand from there, and what they are called."""

    def href(self, target: str) -> str: ...
    def line(self, text: Note | str | None) -> Markup: ...
    def source(self, source: Source) -> Link: ...
    def passage(self, passage: Passage, source: Source) -> str: ...
    def language(self, source: Source) -> str: ...
    def chain_link(self, link: str) -> ChainLink: ...


class CallerView:
    """Something that calls on what is shown: what it is, and the words in which it does."""

    def __init__(self, site: _Page, caller: Caller) -> None:
        self.kind = caller.kind
        self.relation = caller.relation
        self.link = CallerLink(site, caller)
        self.words = site.line(caller.words) if caller.words else _NOTHING

    def _shown(self) -> tuple[str, ...]:
        return self.kind, self.relation, self.link.text, self.link.href, self.words

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CallerView) and self._shown() == other._shown()

    def __hash__(self) -> int:
        return hash((self.kind, self.link.text, self.words))


class CallerLink:
    """The way to something that calls; it is looked up when it is shown."""

    def __init__(self, site: _Page, caller: Caller) -> None:
        self._site = site
        self._url = caller.url
        self.text = caller.title

    @made
    def href(self) -> str:
        """Where that stands."""
        return self._site.href(self._url)


class QuoteView:
    """A passage quoted elsewhere: its words, where they stand (`href`), the text that has them, whose they are."""

    def __init__(self, site: _Page, passage: Passage, source: Source) -> None:
        self._site = site
        self._passage = passage
        self._source = source
        self.source = site.source(source)
        self.href = site.passage(passage, source)

    @property
    def words(self) -> str:
        """The words, on one line."""
        return on_one_line(self._passage.words)

    @made
    def language(self) -> str:
        """Their language, where it is not the site's."""
        return self._site.language(self._source)

    @property
    def issued(self) -> str:
        """When that was issued."""
        return issued_words(self._source)

    @made
    def chain(self) -> tuple[ChainLink, ...]:
        """Through whom that has them."""
        return tuple([self._site.chain_link(link) for link in self._passage.chain[1:]])

    @property
    def is_voiced(self) -> bool:
        """Whether the last of these is the voice, and not one that passed it on."""
        return self._passage.said_by is not None

    @property
    def speech(self) -> str:
        """In whose words it is said."""
        return SPEECH[self._passage.speech] if self._passage.speech else ""

    @property
    def stance(self) -> str:
        """What the voice does with it."""
        return self._passage.stance or ""

    @property
    def flags(self) -> tuple[str, ...]:
        """What is odd about it."""
        return tuple([f.kind for f in self._passage.flags])
