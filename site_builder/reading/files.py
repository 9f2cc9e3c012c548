"""The files of a briefing's folder: their names, bytes and text, or the problem with each.

The only module that opens seeds and annotations. Files are read in sorted order, links are refused and never followed,
what is not a regular file is never waited for, and nothing in the folder is ever written.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from ..patterns import later
from ..problems import Place, Problem
from ..texts.text import Undecodable, decode, legible

LEFTOVER = later(r"\..*|.*~|.*\.sw[op]|#.*#|4913|Thumbs\.db|desktop\.ini", re.DOTALL)  # of editors and systems
_LFS_POINTER = b"version https://git-lfs.github.com"
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)  # not on Windows
_MORE = 1 << 20
_FLAGS = os.O_RDONLY | _NOFOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Readings(Protocol):
    """What is known of files from before."""

    def recall(self, path: str) -> Any | None:
        """What was read from a file, and from others with it, when all had the hashes that they have now."""

    def taken(self, path: str) -> Any | None:
        """What was read from a file, whatever it held; it is known no longer, since it may be written over."""

    def files(self, path: str) -> Sequence[str]:
        """The files that were read with one, itself first, as far as that is known."""

    def files_now(self, path: str) -> Sequence[str]:
        """The same of one that is known as it is now; none of another."""

    def keep(self, paths: Sequence[str], value: Any) -> None:
        """Know what was read from files; it goes by the first of them."""

    def met(self, path: str, sha256: str) -> None:
        """Take note of the hash that a file had when it was read."""


class Files:
    """The files below one folder, by POSIX path relative to it; `problems` grows with what cannot be read.

    `instead` holds bytes that are read in place of a file's own: what it would be after a change.
    """

    def __init__(
        self, folder: Path, instead: Mapping[str, bytes] = MappingProxyType({}), readings: Readings | None = None
    ) -> None:
        self.folder = folder
        self._folder = os.path.join(folder, "")  # noqa: PTH118 paths as objects take longer than reading
        self.readings = readings
        self.instead = instead
        self.problems: list[Problem] = []
        self._refused: set[str] = set()
        self._listed: dict[str, tuple[str, ...] | None] = {}
        self._known: dict[str, frozenset[str]] = {}

    def names(self, directory: str) -> tuple[str, ...] | None:
        """All names in a folder, sorted; None when there is no such folder, or it cannot be listed."""
        if directory not in self._listed:
            self._listed[directory] = self._listing(directory)
        return self._listed[directory]

    def paths(self, directory: str) -> list[str]:
        """Paths of what is in a folder, sorted; leftovers of editors and dot files are not."""
        return [f"{directory}/{name}" for name in self.names(directory) or () if not LEFTOVER.fullmatch(name)]

    def has(self, path: str) -> bool:
        """Whether there is anything of this name, spelt so, in its folder."""
        directory, _, name = path.rpartition("/")
        if directory not in self._known:
            self._known[directory] = frozenset(self.names(directory) or ())
        return name in self._known[directory]

    def is_refused(self, path: str) -> bool:
        """Whether this very file or folder was asked for, and could not be read."""
        return path in self._refused

    def is_folder(self, path: str) -> bool:
        """Whether this is a folder itself, not a link to one."""
        where = self.folder / path
        return where.is_dir() and not where.is_symlink()

    def is_file(self, path: str) -> bool:
        """Whether this is a regular file itself, not a link to one."""
        where = self.folder / path
        return where.is_file() and not where.is_symlink()

    def read(self, path: str) -> bytes | None:
        """The bytes of a regular file, None when there is a problem with it."""
        found = self.hashed(path)
        return found and found[0]

    def hashed(self, path: str) -> tuple[bytes, str] | None:
        """The bytes of a file as `read` gives them, and their SHA-256 in hexadecimal digits."""
        try:
            raw = self._bytes(path)
        except OSError as error:
            if error.errno == errno.ELOOP:
                self._note(path, "symlink", "this is a symbolic link", "put the file itself here")
            else:
                message = f"this file cannot be read: {error.strerror}"
                self._note(path, "unreadable-file", message, "check its permissions")
            return None
        if raw is None:
            self._note(path, "unreadable-file", "this is not a regular file", "put a text file here")
            return None
        sha256 = hashlib.sha256(raw).hexdigest()
        if self.readings:
            self.readings.met(path, sha256)
        if raw.startswith(_LFS_POINTER):
            self._note(
                path, "unreadable-file", "this is a pointer of Git LFS, not the file itself", "run: git lfs pull"
            )
            return None
        return raw, sha256

    def decoded(self, path: str, raw: bytes, rule: str) -> str | None:
        """The text of these bytes of a file, None when they are not UTF-8."""
        text = decode(raw)
        if isinstance(text, Undecodable):
            self.problems.append(_in_another(path, raw, text, rule))
            return None
        return text

    def _note(self, path: str, rule: str, message: str, hint: str) -> None:
        self._refused.add(path)
        self.problems.append(Problem(Place(path), rule, message, hint))

    def _listing(self, directory: str) -> tuple[str, ...] | None:
        where = self.folder / directory
        try:
            if where.is_symlink():
                self._note(directory, "symlink", "this is a symbolic link", "put the folder itself here")
                return None
            return self._in_utf8(directory, sorted(os.listdir(where)))  # noqa: PTH208 only the names are wanted
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            message = f"this folder cannot be read: {error.strerror}"
            self._note(directory, "unreadable-file", message, "check its permissions")
            return None

    def _in_utf8(self, directory: str, names: list[str]) -> tuple[str, ...]:
        """The names that are UTF-8; each other is a problem, since neither pages nor tables can hold it."""
        whole = "\0".join(names)
        if legible(whole) == whole:
            return tuple(names)
        for name in names:
            if (shown := legible(name)) != name:
                path = f"{directory}/{shown}"
                self._note(path, "unreadable-file", "this name is not UTF-8", "give the file another name")
        return tuple(name for name in names if legible(name) == name)

    def _bytes(self, path: str) -> bytes | None:
        """The bytes of a file, None when it is not a regular one; a link raises the error of a loop of links."""
        if path in self.instead:
            return self.instead[path]
        where = self._folder + path
        if not _NOFOLLOW and os.path.islink(where):  # noqa: PTH114
            raise OSError(errno.ELOOP, "")
        handle = os.open(where, _FLAGS)
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                return None
            raw = os.read(handle, found.st_size + 1)
            while len(raw) != found.st_size and (more := os.read(handle, _MORE)):  # it changes as it is read
                raw += more
            return raw
        finally:
            os.close(handle)


def _in_another(path: str, raw: bytes, found: Undecodable, rule: str) -> Problem:
    """That a file is not UTF-8, with the command that makes it so."""
    import shlex

    from ..texts.encodings import likely  # few files are anything else

    message, hint = f"byte {found.offset} is not UTF-8", "save the file as UTF-8"
    if guess := likely(raw):
        message += f"; this looks like {guess.spoken}"
        name = shlex.quote(path)
        hint = f"convert it, and look at it: iconv -f {guess.iconv} -t UTF-8 {name} > utf-8 && mv utf-8 {name}"
    return Problem(Place(path, found.line), rule, message, hint)
