"""Where the records of a file stand, found only when somebody asks.

Places are wanted for problems, and most files have none. So a record that was read fast knows only its file, and which
of its records it is; the first question has the whole file read again as nodes, which know their lines and columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..problems import Place
from ..records import Location, Record
from ..storing import Stored
from ..texts.text import decode


class Origin:
    """A file as it was when it was read: its path, its bytes, their kind, and how many records were made of it."""

    __slots__ = ("_locations", "kind", "line_offset", "made", "path", "stored")

    def __init__(self, path: str, stored: Stored, kind: type[Record], line_offset: int = 0) -> None:
        self.path, self.stored, self.kind, self.line_offset = path, stored, kind, line_offset
        self.made = 0
        self._locations: Sequence[Location] = ()  # none is known yet

    def now_holds(self, raw: bytes) -> None:
        """Take note that the file was written anew, with as many records before each as there were."""
        self.stored, self._locations = Stored(raw), ()

    def __reduce__(self) -> tuple[type[Origin], tuple[str, Stored, type[Record], int]]:
        return Origin, (self.path, self.stored, self.kind, self.line_offset)

    def location(self, number: int) -> Location:
        """Where the record stands that was made after so many others: those within a record are made before it."""
        if not self._locations:
            self._locations = self._read()
        return self._locations[number]

    def _read(self) -> list[Location]:
        import yaml  # a build without problems does not need it

        from .nodes import compose
        from .schema import Reader

        node = compose(str(decode(self.stored.content)), self.path, self.line_offset)
        reader = Reader(self.path, line_offset=self.line_offset)
        if isinstance(node, yaml.SequenceNode):
            reader.list_of(node, self.kind)
        elif isinstance(node, yaml.Node):
            reader.record(node, self.kind)
        return reader.locations


class LaterLocation(Location):
    """The location of a record, which is looked for when it is asked for more than what it leaves empty."""

    __slots__ = ("number", "origin")
    origin: Origin
    number: int  # of the records that were made of the file before this one

    def __init__(self, origin: Origin, number: int, empty: tuple[str, ...]) -> None:
        self.origin = origin
        self.number = number
        self.empty = empty  # type: ignore[misc]  # it is being made

    def __reduce__(self) -> tuple[type[LaterLocation], tuple[Origin, int, tuple[str, ...]]]:
        return LaterLocation, (self.origin, self.number, self.empty)

    @property
    def place(self) -> Place:
        """Where the record begins."""
        return self.origin.location(self.number).place

    @property
    def fields(self) -> Mapping[str, tuple[int, int]]:
        """Where its fields stand."""
        return self.origin.location(self.number).fields
