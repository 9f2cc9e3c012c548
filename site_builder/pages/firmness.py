"""The key "how firm is this": the axes on which a conclusion is weighed, kept apart, and the values of each."""

from __future__ import annotations

from ..frozen import NamedTuple
from . import terms
from .frame import Site
from .views import TermView


class KeyValue(NamedTuple):
    """A value of an axis, and what it means."""

    word: str
    meaning: str


class KeyRow(NamedTuple):
    """An axis: its name, the question that it answers, its values from firm to loose."""

    term: TermView
    question: str
    values: tuple[KeyValue, ...]


def key(site: Site) -> tuple[KeyRow, ...]:
    """The axes in the order in which a reader meets them."""
    return tuple(
        KeyRow(site.term(s.word), s.question, tuple(KeyValue(v.word, v.meaning) for v in s.values))
        for s in terms.SCALES
    )
