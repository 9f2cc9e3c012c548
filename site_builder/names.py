"""Known names in running text: the names and aliases of the entities, found as whole words, case as written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from .folding import fold
from .model import Mention
from .records import EntityRecord


class Names:
    """Finds the entities that a text names; the longest name wins where names overlap."""

    def __init__(self, entities: Iterable[EntityRecord]) -> None:
        found: dict[str, list[str]] = {}
        for entity in entities:
            if not entity.unnamed:
                for name in dict.fromkeys((entity.name, *entity.aliases)):
                    found.setdefault(_key(name), []).append(entity.id)
        self.entities = {name: tuple(ids) for name, ids in found.items()}
        longest_first = sorted(self.entities, key=lambda name: (-len(name), name))
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, longest_first))})(?!\w)") if found else None

    def mentions(self, text: str) -> Iterator[Mention]:
        """The names in a text, in order, none inside another."""
        if self.pattern:
            for match in self.pattern.finditer(text):
                yield Mention(start=match.start(), end=match.end(), entities=self.entities[_key(match[0])])


def _key(name: str) -> str:
    return fold(name).text.strip()


_VARIANTS = {" ": r"\s+", "'": "['\u2018\u2019\u02bc]", '"': '["\u201c\u201d\u00ab\u00bb]', "-": "[-\u2010-\u2015]"}


def _pattern(key: str) -> str:
    """A pattern for every way of printing a folded name that differs in white space, quote marks, dashes only."""
    composed = unicodedata.normalize("NFC", key)
    spellings = {"".join(_VARIANTS.get(c) or re.escape(c) for c in form) for form in (key, composed)}
    return "|".join(sorted(spellings, reverse=True))
