"""Which titles have a word: what the search page of a large briefing asks before it asks for the titles.

It says in which part a title stands, so that the first hits are there before most parts are. It is a hint, not an
index: every part is loaded in the end, and what is a hit is decided in the browser. So words are cut and folded
plainly here, and one that the browser folds otherwise is found a little later, not never. A word stands on the shelf
that its first three letters name, so that an edit of a title changes one small file for each word that it changes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from zlib import crc32

FROM = 16  # parts of titles that are small together; with more of them, the words are of use
SHELVES = 256
PLACES = 1 << 12  # in a part: a title's place is a hash of its id, so that no other moves when one comes or goes
EVERYWHERE = 8  # a word that one title in so many has tells nothing

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]")


class Words:
    """The words of the titles, and where each stands: the number of its part times PLACES, and its place in it."""

    def __init__(self) -> None:
        self.titles = 0
        self.places: defaultdict[str, list[int]] = defaultdict(list)

    def note(self, part: int, titles: Iterable[tuple[str, str]]) -> None:
        """Take the titles of a part, each with its id."""
        for id_, title in titles:
            self.titles += 1
            place = part * PLACES + (crc32(id_.encode()) >> 20)  # other bits than those that name its part
            for word in set(words(title)):
                self.places[word].append(place)

    def shelves(self) -> Iterator[dict[str, list[int]]]:
        """What stands on each shelf: each word with its places, in order, each as the distance from the one before; a
        word that is everywhere has none."""
        shelves: list[dict[str, list[int]]] = [{} for _ in range(SHELVES)]
        for word in sorted(self.places):
            places = self.places[word]
            shelves[shelf(word)][word] = [] if EVERYWHERE * len(places) > self.titles else list(distances(places))
        yield from shelves


def distances(places: Iterable[int]) -> Iterator[int]:
    """Numbers in order, each as what has to be added to the one before."""
    before = 0
    for place in sorted(places):
        yield place - before
        before = place


def words(text: str) -> list[str]:
    """The words of a text, plainly folded."""
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return _WORD.findall(text.lower())


def shelf(word: str) -> int:
    """The shelf of a word, from 0; `search-load.js` knows it by the same rule."""
    first, second, third = (ord(letter) for letter in f"{word}\0\0"[:3])
    return ((first * 31 + second) * 31 + third) % SHELVES
