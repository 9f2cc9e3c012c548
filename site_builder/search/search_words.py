"""Which titles have a word: what the search page of a large briefing asks before it asks for the titles.

It says in which part a title stands, so that the first hits are there before most parts are. It is a hint, not an
index: every part is loaded in the end, and what is a hit is decided in the browser. So words are cut and folded
plainly here, and one that the browser folds otherwise is found a little later, not never. A word stands on the shelf
that its first three letters name, so that an edit of a title changes one small file for each word that it changes.

A word that stands nearly everywhere tells nothing, and has a number for its places: how many titles have it. Two
common words, one behind the other, stand on a shelf as if they were one, so that a phrase of such leads to the few
titles that have it, not to the many that have both.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from zlib import crc32

from ..frozen import NamedTuple
from ..patterns import later

FROM = 16  # parts of titles that are small together; with more of them, the words are of use
SHELVES = 256
PLACES = 1 << 12  # in a part: a title's place is a hash of its id, so that no other moves when one comes or goes
COMMON, EVERYWHERE = 4, 48  # titles for each part, of those that have a word; about one in ninety, and one in eight

_WORD = later(r"[^\W_]+")
_MARKS = later("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]")

Shelf = dict[str, list[int] | int]
"""Each word with its places, in order; of one that stands everywhere, how many titles have it."""


class Edited(NamedTuple):
    """A title that is worded otherwise, came or went; then one of its wordings is empty."""

    place: int
    before: str
    now: str


def place_of(id_: str, part: int) -> int:
    """Where a title stands: the number of its part times PLACES, and its place in it."""
    return part * PLACES + (crc32(id_.encode()) >> 20)  # other bits than those that name its part


def shelved(parts: Sequence[Iterable[tuple[str, str]]]) -> list[Shelf]:
    """All shelves of the titles in so many parts, each with its id."""
    titles = [(place_of(id_, part), words(title)) for part, own in enumerate(parts) for id_, title in own]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, found in titles:
        for word in set(found):
            places[word].append(place)
    common = {word for word, own in places.items() if len(own) > COMMON * len(parts)}
    for place, found in titles:
        for pair in _pairs(found, common.__contains__):
            places[pair].append(place)
    shelves: list[Shelf] = [{} for _ in range(SHELVES)]
    for word, own in places.items():
        shelves[shelf(word)][word] = len(own) if len(own) > EVERYWHERE * len(parts) else sorted(own)
    return shelves


def reshelved(edited: Iterable[Edited], parts: int, shelf_of: Callable[[int], Shelf]) -> dict[int, Shelf] | None:
    """The shelves that titles change which are worded otherwise, by their numbers; `shelf_of` gives the old ones.

    None where a word comes to be common or to stand everywhere, or is no longer so: other titles have it too.
    """
    found: dict[int, Shelf] = {}

    def own(word: str) -> Shelf:
        number = shelf(word)
        if number not in found:
            found[number] = dict(shelf_of(number))
        return found[number]

    def is_common(word: str) -> bool:
        return _count(own(word).get(word, [])) > COMMON * parts

    touched: set[int] = set()
    for place, before, now in edited:
        old, new = words(before), words(now)
        gone, come = (set(some) | set(_pairs(some, is_common)) for some in (old, new))
        for word in gone ^ come:
            touched.add(shelf(word))
            places = own(word).get(word, [])
            if isinstance(places, int):
                places += 1 if word in come else -1
            elif word in come:
                places = sorted([*places, place])
            else:
                places = list(places)
                places.remove(place)
            before_and_now = _count(own(word).get(word, [])), _count(places)
            limits = (EVERYWHERE,) if " " in word else (COMMON, EVERYWHERE)
            if any(len({count > limit * parts for count in before_and_now}) > 1 for limit in limits):
                return None
            own(word)[word] = places
            if places == []:
                del own(word)[word]
    return {number: found[number] for number in touched}


def _count(places: Sequence[int] | int) -> int:
    return places if isinstance(places, int) else len(places)


def _pairs(found: Sequence[str], is_common: Callable[[str], bool]) -> Iterator[str]:
    """Each two common words that stand one behind the other, once."""
    return iter({f"{one} {other}" for one, other in pairwise(found) if is_common(one) and is_common(other)})


def rows(of: Shelf) -> Iterator[tuple[str, str | int]]:
    """A shelf as it is written: the words in order, their places as the distance of each from the one before, in a
    string, which a browser reads faster than a list."""
    for word in sorted(of):
        places = of[word]
        yield word, places if isinstance(places, int) else " ".join(map(str, distances(places)))


def read(written: Mapping[str, str | int]) -> Shelf:
    """A shelf as it was written, back."""
    return {w: own if isinstance(own, int) else [*accumulate(map(int, own.split()))] for w, own in written.items()}


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
