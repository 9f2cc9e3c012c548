"""One text as it is given: a file or standard input, read, and made what is to stand in seeds/; or why it cannot be."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from pathlib import Path

from ..frozen import dataclass
from ..problems import did_you_mean
from ..reading.files import LEFTOVER
from ..reading.seeds import SEEDS
from .decoding import LARGEST, decoded, page_text
from .extracting import Extracted, Kind, from_html, from_pdf, kind_of
from .untaken import NoText

STDIN = "-"
MOST: dict[Kind, int] = {"text": LARGEST, "html": 10 * LARGEST, "pdf": 50 * LARGEST}
"""Bytes of the largest original that is looked at; its words may be as many as those of any text."""
LARGEST_ORIGINAL = max(MOST.values())
_SPOKEN: dict[Kind, str] = {"html": "a page in HTML", "pdf": "a PDF", "text": "a text"}
_BAD_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f/\\\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the author says about the texts; an id and a name hold for one text alone."""

    id: str | None = None
    name: str | None = None
    encoding: str | None = None
    accessed: str = ""


@dataclass(frozen=True, slots=True)
class Seed:
    """What is to stand in seeds/; `is_there` when these bytes stand there under this name already."""

    given: str
    name: str
    raw: bytes
    text: str
    is_there: bool = False
    came_from: str = ""
    document: Extracted | None = None
    kind: Kind = "text"

    @property
    def sha256(self) -> str:
        """Its hash, as the source file will hold it."""
        return hashlib.sha256(self.raw).hexdigest()


def read_seed(given: str, wishes: Wishes, stdin: bytes) -> Seed:
    """A text as it will stand in seeds/; raises NoText."""
    path = Path(given)
    raw = stdin if given == STDIN else _read(path)
    written = wishes.name or path.name
    kind = kind_of(written if given == STDIN else path.name, raw)
    if len(raw) > MOST[kind]:
        raise _too_large(len(raw), kind)
    name = _seed_name(written, kind)
    if kind == "text":
        text = decoded(raw, given, wishes.encoding)
        if wishes.encoding is None:
            return Seed(given, name, raw, text)
        was = f"The text was converted from {wishes.encoding}, as --encoding said; {_original(written, raw)}"
        return Seed(given, name, text.encode(), text, came_from=was)
    document = from_pdf(raw) if kind == "pdf" else from_html(page_text(raw, given, wishes.encoding))
    if len(document.text) > LARGEST:
        raise _too_large(len(document.text), "text")
    how = ", without menus and comments" if kind == "html" else ", its lines joined to paragraphs"
    was = f"The words of {_SPOKEN[kind]}{how}; {_original(written, raw)}"
    return Seed(given, name, document.text.encode(), document.text, came_from=was, document=document, kind=kind)


def _original(name: str, raw: bytes) -> str:
    return f"the original was '{name}', SHA-256 {hashlib.sha256(raw).hexdigest()}"


def _too_large(size: int, kind: Kind) -> NoText:
    most = MOST[kind] // 1_000_000
    hint = "cut out the part that you read, and add that"
    return NoText(f"this has {size / 1_000_000:.1f} MB; {_SPOKEN[kind]} of at most {most} MB is taken", hint)


def _read(path: Path) -> bytes:
    """The bytes of a regular file; raises NoText for everything else."""
    try:
        about = path.lstat()
        if stat.S_ISLNK(about.st_mode):
            raise NoText("this is a symbolic link", f"give the file itself: {os.path.realpath(path)}")
        if stat.S_ISDIR(about.st_mode):
            raise NoText("this is a folder", "give the texts in it, one by one or with a * for all")
        if not stat.S_ISREG(about.st_mode):
            raise NoText("this is not a regular file", "save it as one; - reads standard input")
        if about.st_size > LARGEST_ORIGINAL:
            raise _too_large(about.st_size, kind_of(path.name, b""))
        return path.read_bytes()
    except FileNotFoundError:
        if str(path).startswith(("http:/", "https:/")):  # nothing is ever fetched
            raise NoText("this is an address, and no file", "save the page from a browser, and add that file") from None
        beside = os.listdir(path.parent) if path.parent.is_dir() else []  # noqa: PTH208 only the names are wanted
        raise NoText("there is no such file", did_you_mean(path.name, beside)) from None
    except (OSError, ValueError) as error:  # a name may hold a character that no file's name does
        raise NoText(
            f"this cannot be read: {getattr(error, 'strerror', None) or error}", "check its permissions"
        ) from None


def _seed_name(written: str, kind: Kind) -> str:
    """The name in seeds/: that of the file; of a document, its words are a .txt."""
    name = written if kind == "text" else f"{written.rpartition('.')[0] or written}.txt"
    if LEFTOVER.fullmatch(name) or _BAD_NAME.search(name) or not name.strip():
        raise NoText(
            f"{name!r} cannot be the name of a text in {SEEDS}/", "give one with --name, for example notice.txt"
        )
    if len(name.encode()) > 200:
        raise NoText(f"the name is too long for a text in {SEEDS}/", "give a shorter one with --name")
    return name
