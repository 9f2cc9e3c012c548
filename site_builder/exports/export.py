"""A file of the export: where it goes, what it is made from, and how its bytes are made when they are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set

from ..frozen import NamedTuple
from ..model import Briefing
from ..tracing import Key


class Pieces(NamedTuple):
    """The stretches of a file of which each is made from one thing, in the order of the things: `kind` is that of
    their keys, `ids` are theirs, and `content` makes the stretch of one."""

    kind: str
    ids: Sequence[str]
    content: Callable[[str], bytes]


class Again:
    """What files are made again from: the briefing `before`, the keys of all that `changed` since, and what `read`s the
    files that were made of that, by their paths."""

    def __init__(self, before: Briefing, changed: Set[Key], read: Callable[[str], bytes]) -> None:
        self.before = before
        self.changed = changed
        self.read = read


class Export(NamedTuple):
    """A file of the site that is no page.

    `keys` name all that its bytes are made from: while nothing differs of that, the file in place stays. One in
    `pieces` is their bytes, one after the other behind `content`, and `keys` what all pieces are made from besides:
    only the pieces that differ are made. One that is slow to make says, too, what it is `made_from`: a value whose
    `repr` changes with the bytes, held against that of the file in place where nothing else is known of it. One that
    can be made `again` out of what stands gives its bytes then: none where it stays, None where it has to be made anew.
    """

    path: str
    content: Callable[[], bytes]
    keys: Iterable[Key]
    pieces: Pieces | None = None
    made_from: Callable[[], object] | None = None
    again: Callable[[Again], bytes | None] | None = None

    def whole(self) -> bytes:
        """All bytes of the file."""
        if self.pieces is None:
            return self.content()
        return b"".join((self.content(), *map(self.pieces.content, self.pieces.ids)))


def number_of(parts: int) -> Key:
    """The key of how many parts there are: what names the others differs with it."""
    return "parts", str(parts)
