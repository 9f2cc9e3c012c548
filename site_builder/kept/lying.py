"""Bytes of a briefing's own files, read again where they lie when they are asked for: kept beside what was found in
them they would be more than half of what is written down."""

from __future__ import annotations

import hashlib

from ..reading.files import Files
from ..storing import Stored
from .memory import DamagedError


class Lying(Stored):
    """The bytes of a file, if it is still the one with this hash."""

    __slots__ = ("_files", "_path", "_read", "_sha256")

    def __init__(self, files: Files, path: str, sha256: str, is_plain: bool = False) -> None:
        self._files, self._path, self._sha256, self.is_plain = files, path, sha256, is_plain
        self._read: Stored | None = None

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Lying):
            return self._sha256 == other._sha256
        if isinstance(other, Stored):
            return hashlib.sha256(other.content).hexdigest() == self._sha256
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._own)

    @property
    def content(self) -> bytes:
        """The bytes; raises DamagedError where they lie there no more."""
        return self._own.content

    @property
    def text(self) -> str:
        """The text that they are, in UTF-8; raises DamagedError as well."""
        return self._own.text

    @property
    def _own(self) -> Stored:
        if self._read is None:
            found = self._files.hashed(self._path)
            if found is None or found[1] != self._sha256:
                raise DamagedError(self._path)
            self._read = Stored(found[0], self.is_plain)
        return self._read
