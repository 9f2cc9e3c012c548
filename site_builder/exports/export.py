"""A file of the export: where it goes, what it is made from, and how its bytes are made when they are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from ..frozen import NamedTuple
from ..model import Briefing
from ..parting import part_of
from ..series import ids_of
from ..tracing import Key

Rows = Mapping[str, Callable[[Any], bytes]]
"""By the kind of their keys, what makes the lines of a thing."""


def _end_in_json(_: bytes, tail: bytes) -> bool:
    """Whether lines before a part of a file end as entries of a list do."""
    return tail.startswith((b",\n", b"\n]"))


class Again:
    """What files are made again from: the briefing `before`, the keys of all that `changed` since, and what `read`s the
    files that were made of that, by their paths."""

    def __init__(self, before: Briefing, changed: Set[Key], read: Callable[[str], bytes]) -> None:
        self.before = before
        self.changed = changed
        self.read = read

    def with_rows(
        self, path: str, now: Briefing, part: tuple[int, int], rows: Rows,
        stand: Callable[[bytes, bytes], bool] = _end_in_json,
    ) -> bytes | None:  # fmt: skip
        """The bytes of a file in which each thing has lines of its own, those that differ in the place of the old.

        It holds the things of one part, of so many. `stand` says whether lines stand between what is before them and
        what is behind. None where lines come, go, or do not stand as they were made.
        """
        content, (number, count) = self.read(path), part
        for kind, row in rows.items():
            name = "sources" if kind == "texts" else kind
            old, new = getattr(self.before.index, name), getattr(now.index, name)
            for id_ in sorted(id_ for own, id_ in self.changed if own == kind and id_):
                if part_of(id_, count) != number:
                    continue
                if id_ not in old or id_ not in new:
                    return None
                was, own = row(old[id_]), row(new[id_])
                if was == own:
                    continue
                head, found, tail = content.partition(b"\n%s" % was)
                if not (was and own and found and stand(head, tail)):
                    return None
                content = b"%s\n%s%s" % (head, own, tail)
        return content


class Export(NamedTuple):
    """A file of the site that is no page.

    `keys` name all that its bytes are made from: while nothing differs of that, the file in place stays. One that can
    be made `again` out of what stands gives its bytes then: none where it stays, None where it has to be made anew.
    """

    path: str
    content: Callable[[], bytes | bytearray]
    keys: Iterable[Key]
    again: Callable[[Again], bytes | None] | None = None


def number_of(parts: int) -> Key:
    """The key of how many parts there are: what names the others differs with it."""
    return "parts", str(parts)


def keys_of(kind: str, things: Sequence[Any]) -> Iterator[Key]:
    """The keys of some things of a kind, whose ids are asked for no earlier than these."""
    yield from ((kind, id_) for id_ in ids_of(things))
