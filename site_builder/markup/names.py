"""Known names in running text: the names and aliases of the entities, found as whole words, case as written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from ..model import Mention
from ..patterns import later
from ..records import EntityRecord
from ..texts.folding import Folded, fold, is_edge

# A word, or one mark: a name is looked for where its first one stands.
_INNER = r"[\w\u0300-\u036f]"
_BEGINNING = later(rf"{_INNER}+|[^\w\s]")


class Names:
    """Finds the entities that a text names; the longest name wins where names overlap."""

    def __init__(self, entities: Iterable[EntityRecord]) -> None:
        found: dict[str, dict[str, None]] = {}
        for entity in entities:
            if not entity.unnamed:
                for written in (entity.name, *entity.aliases):
                    found.setdefault(_key(written), {})[entity.id] = None
        self.entities = {name: tuple(ids) for name, ids in found.items()}
        self.by_beginning: dict[str, list[str]] = {}
        for name in sorted(self.entities, key=lambda name: (-len(name), name)):
            if beginning := _BEGINNING.match(name):
                self.by_beginning.setdefault(beginning[0], []).append(name)
        letters = re.escape("".join(sorted({beginning[0] for beginning in self.by_beginning})))
        self.first = re.compile(rf"[{letters}](?:(?<!{_INNER}.)|(?<!{_INNER}))") if letters else None

    def mentions(self, text: str) -> Iterator[Mention]:
        """The names in a text, in order, none inside another; what folding folds does not matter."""
        return self.mentions_in(fold(text)) if self.first else iter(())

    def mentions_in(self, folded: Folded) -> Iterator[Mention]:
        """The same in a text that is folded already."""
        end = 0
        for first in self.first.finditer(folded.text) if self.first else ():
            word = _BEGINNING.match(folded.text, first.start())
            if word is None or word.start() < end:
                continue
            for name in self.by_beginning.get(word[0], ()):
                if folded.text.startswith(name, word.start()) and _stands(folded, name, word.start()):
                    end = word.start() + len(name)
                    start, last = folded.starts[word.start()], folded.ends[end - 1]
                    yield Mention(start=start, end=last, entities=self.entities[name])
                    break


def stands_in(name: str, text: str) -> bool:
    """Whether a name stands in a text, as it is found by `Names`."""
    folded, wanted = fold(text), _key(name)
    at = folded.text.find(wanted) if wanted else -1
    while at >= 0 and not _stands(folded, wanted, at):
        at = folded.text.find(wanted, at + 1)
    return at >= 0


def _key(name: str) -> str:
    return fold(name).text.strip()


def _stands(folded: Folded, name: str, at: int) -> bool:
    """Whether a name that is printed at an offset of a folded text stands there, as whole words and whole letters."""
    end = at + len(name)
    if not is_edge(folded.source, folded.ends[end - 1]):
        return False
    around = folded.text[max(0, at - 1) : at] + folded.text[end : end + 1]
    return not any(map(_goes_on, around))


def _goes_on(char: str) -> bool:
    """Whether a word goes on with a character."""
    return char == "_" or (char.isalnum() if char.isascii() else unicodedata.category(char)[0] in "LMN")
