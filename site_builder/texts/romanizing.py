"""Letters of other scripts as Latin ones, for ids: accents are dropped, Cyrillic and Greek are written as they sound.

Good enough for a name that a person may change, and no more: scripts that no short table writes (Arabic, Chinese) are
left as they are, for the caller to drop.
"""

from __future__ import annotations

import unicodedata

# "_" is a letter that is not heard. Russian as by the BGN, with what Ukrainian, Belarusian and Serbian add.
_CYRILLIC = (
    "абвгґдеёєжзиійїклмнопрстуўфхцчшщъыьэюяђјљњћџѓќѕ",
    "a b v g g d e e ye zh z i i y yi k l m n o p r s t u u f kh ts ch sh shch _ y _ e yu ya dj j lj nj c dz gj kj dz",
)
_GREEK = ("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o")
_LATIN = ("ßæœøđðþłıħŋə", "ss ae oe o d d th l i h n e")
_TABLE = str.maketrans(
    {
        letter: sound.strip("_")
        for letters, sounds in (_CYRILLIC, _GREEK, _LATIN)
        for letter, sound in zip(letters, sounds.split(), strict=True)
    }
)


def romanized(text: str) -> str:
    """The text in lower case, with Latin letters where there is a way to write them."""
    lower = unicodedata.normalize("NFKC", text).lower().translate(_TABLE)
    bare = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    return bare.translate(_TABLE)
