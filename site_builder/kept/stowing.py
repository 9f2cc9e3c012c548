"""A file of stretches by name: what is new is added behind the rest, and what is of no use any more stays where it is
until half of the file is."""

from __future__ import annotations

import contextlib
import copyreg
import os
import pickle
from collections.abc import Callable, Iterable, Mapping, Set
from io import BytesIO
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO

_MARK = 16  # bytes at the beginning, by which the file is known
_AT_ONCE = 1 << 18  # bytes that are gathered before they are written
_LENGTH = itemgetter(1)


class Stowed:
    """The file, open: `places` says where each stretch lies, start and length in bytes."""

    def __init__(self, path: Path, mark: bytes, size: int, places: Mapping[str, tuple[int, int]]) -> None:
        """Raises OSError or ValueError where the file is not the one that begins with this mark, or is cut short."""
        self.mark, self.size, self.places = mark, size, places
        self.handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        if self.part(0, _MARK) != mark or os.fstat(self.handle).st_size < size:
            raise ValueError(path)

    def __del__(self) -> None:
        with contextlib.suppress(OSError, AttributeError):
            os.close(self.handle)

    def read(self, name: str) -> bytes:
        """A stretch; KeyError where there is none."""
        return self.part(*self.places[name])

    def part(self, start: int, length: int) -> bytes:
        """Some bytes of the file."""
        if hasattr(os, "pread"):
            return os.pread(self.handle, length, start)
        os.lseek(self.handle, start, os.SEEK_SET)
        return os.read(self.handle, length)

    def is_at(self, path: Path) -> bool:
        """Whether the file at a path is this one, with nothing behind what is known of it."""
        with contextlib.suppress(OSError):
            there, own = path.stat(), os.fstat(self.handle)
            return (there.st_ino, there.st_dev, there.st_size) == (own.st_ino, own.st_dev, self.size)
        return False


def stow(
    path: Path, before: Stowed | None, kept: Set[str], new: Iterable[tuple[str, bytes | Iterable[bytes]]]
) -> Stowed:
    """The file with what is `kept` of the one before, and what is new, be it in pieces."""
    places = {**before.places} if before else {}
    for name in places.keys() - kept:
        del places[name]
    if before and before.is_at(path) and 2 * sum(map(_LENGTH, places.values())) >= before.size:
        with path.open("ab", _AT_ONCE) as file:
            size = _add(file, before.size, new, places)
        return Stowed(path, before.mark, size, places)
    draft, mark = path.with_name(f"{path.name}.draft"), os.urandom(_MARK)
    old = ((name, before.part(*place)) for name, place in [*places.items()]) if before else ()
    with draft.open("wb", _AT_ONCE) as file:
        size = _add(file, file.write(mark), chain(old, new), places)
    draft.replace(path)  # who has the old one open goes on reading it
    return Stowed(path, mark, size, places)


def _add(
    file: BinaryIO, end: int, new: Iterable[tuple[str, bytes | Iterable[bytes]]], places: dict[str, tuple[int, int]]
) -> int:
    """Write what is new from the `end` on, say in `places` where, and return where the file ends now."""
    for name, content in new:
        length = sum(map(file.write, (content,) if isinstance(content, bytes) else content))
        places[name] = end, length
        end += length
    return end


def dumped(thing: Any, reduced: Mapping[type, Callable[[Any], Any]]) -> bytes:
    """A thing pickled, with these kinds of things in it reduced otherwise than by themselves."""
    content = BytesIO()
    pickler = pickle.Pickler(content, 5)
    pickler.dispatch_table = {**copyreg.dispatch_table, **reduced}
    pickler.dump(thing)
    return content.getvalue()


def loaded(raw: bytes, named: Callable[..., Any], taken: Callable[..., Any]) -> Any:
    """What was pickled so, with one function taken for the one that it names."""

    class Reader(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> Any:
            return taken if (module, name) == (named.__module__, named.__name__) else super().find_class(module, name)

    return Reader(BytesIO(raw)).load()
