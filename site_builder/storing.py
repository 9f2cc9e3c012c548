"""Bytes that are wanted again much later: once there are many of them they lie in a file without a name, not in memory.

A text is read at the beginning and shown at the end, and the bytes of annotations are asked for only where there is a
problem; in between they would be half of what a large briefing takes.
"""

from __future__ import annotations

import os
from _thread import allocate_lock  # `threading` takes longer to load than a small build has texts to put by
from collections.abc import Callable
from typing import Any

IN_MEMORY = 1 << 25  # bytes that stay in memory, of all together: those of a thousand texts
AT_ONCE = 1 << 20  # bytes that are gathered before they are written, once some were: each by itself takes far longer


class Stored:
    """Bytes put by; equal to others that are the same.

    `is_plain` where they are known to be printable characters and line ends alone: whoever puts a text by has it in
    hand, and looks through it once for all that would ask again.
    """

    __slots__ = ("_content", "_size", "_start", "is_plain")

    def __init__(self, content: bytes, is_plain: bool = False, text: str | None = None) -> None:
        """`text` is the text that they are, where it is asked for next."""
        global _last  # noqa: PLW0603 as below
        self.is_plain = is_plain
        self._size = len(content)
        self._start = _file.put(content)
        self._content = content if self._start < 0 else b""
        if text is not None:
            _last = self, content, text

    def __reduce__(self) -> tuple[Callable[..., Stored], tuple[Any, ...]]:
        return Stored, (self.content, self.is_plain)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Stored):
            return NotImplemented
        return self is other or (self._size == other._size and self.content == other.content)

    def __hash__(self) -> int:
        return hash(self._size)

    @property
    def content(self) -> bytes:
        """The bytes; those of the text that was asked for last are at hand."""
        last, content, _ = _last
        if last is self:
            return content
        return self._content if self._start < 0 else _file.read(self._start, self._size)

    @property
    def text(self) -> str:
        """The text that they are, in UTF-8; the one that was asked for last is at hand."""
        global _last  # noqa: PLW0603 one text at a time is asked for again and again
        last, content, text = _last
        if last is not self:
            content = self.content
            text = content.decode()
            _last = self, content, text
        return text


class _File:
    """A file for all that is put by, in this process and in those that it forks, which only read."""

    def __init__(self) -> None:
        self.handle: int | None = None
        self.owner = os.getpid()
        self.end = 0
        self.tail = 0, bytearray()  # what is not yet written, and where it is going to stand
        self.has_room = hasattr(os, "pread")
        self.lock = allocate_lock()  # of threads that read sources beside a build

    def put(self, content: bytes) -> int:
        """Where it was put; -1 where it has to stay in memory."""
        if not self.has_room or os.getpid() != self.owner:
            return -1
        with self.lock:
            start, (written, tail) = self.end, self.tail
            tail += content
            self.end += len(content)
            if self.end - written > (AT_ONCE if written else IN_MEMORY):
                self._write(written, tail)
        return start

    def _write(self, start: int, tail: bytearray) -> None:
        try:
            if self.handle is None:
                self.handle = _nameless()
            self.has_room = os.pwrite(self.handle, tail, start) == len(tail)
        except OSError:  # no room, or no place
            self.has_room = False
        if self.has_room:
            self.tail = self.end, bytearray()

    def read(self, start: int, size: int) -> bytes:
        """What was put there."""
        written, tail = self.tail
        if start >= written:
            return bytes(tail[start - written : start - written + size])
        return os.pread(self.handle, size, start) if self.handle is not None else b""


def _nameless() -> int:
    """A file that goes with the process."""
    from tempfile import mkstemp

    handle, path = mkstemp()
    os.unlink(path)  # noqa: PTH108
    return handle


_file = _File()
_last: tuple[Stored | None, bytes, str] = None, b"", ""
