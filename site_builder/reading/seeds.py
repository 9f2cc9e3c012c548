"""The texts that sources name: their bytes held against their hash, and what no page could show."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from ..frozen import replace
from ..patterns import later
from ..problems import Place, Problem, did_you_mean
from ..records import SourceFile, SourceRecord
from ..storing import Stored
from ..texts.text import BOM, Lines, is_ordinary, is_plain, uncarried
from .files import Files
from .scalars import HASH

SEEDS = "seeds"
_CONFLICT = later(r"^<{7} (?=(?:.*\n)+?={7}\r?\n(?:.*\n)*?>{7} )", re.MULTILINE)  # all three marks


def may_conflict(raw: bytes) -> bool:
    """Whether a mark of a merge conflict may stand in a file; one character is looked for much faster than seven, and
    seven that are alike much faster than with a space behind them, which stands everywhere."""
    return (b"<" in raw and b"<<<<<<<" in raw) or (b">" in raw and b">>>>>>>" in raw)


def conflict_in(text: str) -> int | None:
    """Where a merge conflict begins in a source's text, None where there is none."""
    found = _CONFLICT.search(text) if "<<<<<<<" in text else None
    return found and found.start()


def conflict_problem(path: str, text: str, offset: int) -> Problem:
    """That a merge conflict begins here."""
    place = Place(path, *Lines(text).position(offset))
    hint = "keep one side and delete the marker lines"
    return Problem(place, "unreadable-file", "a merge conflict stands here unresolved", hint)


class Seeds:
    """The texts of one folder; problems are added to those of its files."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.problems = files.problems

    def _problem(self, place: Place | str, rule: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(Place(place) if isinstance(place, str) else place, rule, message, hint))

    def source(self, name: str, record: SourceRecord) -> SourceFile:
        """A source with its text, as far as that can be read."""
        found = self._hashed(record)
        if found is None:
            return SourceFile(name, record, None, None)
        raw, sha256 = found
        if sha256 == record.sha256:
            sha256 = record.sha256  # one string, not two
        else:
            self._check_hash(record, raw, sha256)
        path = f"{SEEDS}/{record.text}"
        text = self.files.decoded(path, raw, "seed-encoding")
        if text is None:
            return SourceFile(name, record, None, sha256, raw)
        unusual = raw if b"\r" in raw or raw.startswith(BOM) else None  # else it is the text, encoded
        utf8 = text.encode() if unusual else raw
        stored = Stored(utf8, is_plain(utf8), text)
        self._check_text(path, text, is_carried=stored.is_plain or is_ordinary(utf8))
        if may_conflict(raw) and (conflict := conflict_in(text)) is not None:
            self.problems.append(conflict_problem(path, text, conflict))
            return SourceFile(name, record, None, sha256, raw)
        return SourceFile(name, record, stored, sha256, unusual)

    def _hashed(self, record: SourceRecord) -> tuple[bytes, str] | None:
        """The bytes of the text that a source names, and their hash."""
        name = record.text
        if "/" in name or "\\" in name or name in (".", ".."):
            message = f"'{name}' is not the name of a file in seeds/"
            self._problem(record.at.of("text"), "missing-seed", message, "write the file's name alone, without folders")
            return None
        if not self.files.has(f"{SEEDS}/{name}"):
            if not self.files.is_refused(SEEDS):
                self._problem(record.at.of("text"), "missing-seed", f"there is no {SEEDS}/{name}", self._hint(name))
            return None
        return self.files.hashed(f"{SEEDS}/{name}")

    def _hint(self, name: str) -> str:
        if not self.files.paths(SEEDS):
            return f"put the text in {SEEDS}/"
        for other in self.files.names(SEEDS) or ():
            if unicodedata.normalize("NFC", other) == unicodedata.normalize("NFC", name):
                return "its name is there in another Unicode spelling: rename the file, or copy its name"
        return did_you_mean(name, self._names(), "copy the file's name")

    def _check_hash(self, record: SourceRecord, raw: bytes, sha256: str) -> None:
        place = record.at.of("sha256")
        if not record.sha256:  # the schema has said so, but only here is the hash known
            for at, problem in enumerate(self.problems):
                if problem.place == place and problem.message == "'sha256' is missing":
                    self.problems[at] = replace(problem, hint=f"add sha256: {sha256}")
        elif not HASH.fullmatch(record.sha256):
            message = f"'{record.sha256}' is not a SHA-256 in 64 hexadecimal digits"
            self._problem(place, "bad-value", message, f"write sha256: {sha256}")
        elif sha256 != record.sha256.lower():
            message = f"{SEEDS}/{record.text} is not the text that was annotated"
            hint = f"read it again, then write sha256: {sha256}"
            unix = raw.replace(b"\r\n", b"\n")
            ways = {hashlib.sha256(unix).hexdigest(), hashlib.sha256(unix.replace(b"\n", b"\r\n")).hexdigest()}
            if record.sha256.lower() in ways:
                message = f"{SEEDS}/{record.text} has other line ends than the text that was annotated"
                hint = f"keep Git from changing them ('{SEEDS}/** -text' in .gitattributes), or write sha256: {sha256}"
            self._problem(place, "source-changed", message, hint)

    def _check_text(self, path: str, text: str, *, is_carried: bool) -> None:
        if not text or text.isspace():
            self._problem(path, "seed-empty", "this text is empty", "put its words in, or take it out")
        odd = None if is_carried else next(uncarried(text), None)
        if odd is not None:
            line, column = text.count("\n", 0, odd) + 1, odd - text.rfind("\n", 0, odd)
            message = f"a page cannot carry the character U+{ord(text[odd]):04X}; U+FFFD is shown in its place"
            hint = "nothing needs to be done; a better copy of the text may do without it"
            self._problem(Place(path, line, column), "seed-control-characters", message, hint)

    def _names(self) -> list[str]:
        return [p.partition("/")[2] for p in self.files.paths(SEEDS)]

    def check_used(self, sources: Iterable[tuple[SourceFile, str]], lost: bool) -> None:
        """Each text belongs to one source; whether one belongs to none is not asked when sources were lost.

        Each of `sources` comes with the name of its text.
        """
        first: dict[str, str] = {}
        for source, text in sources:
            if text in first:
                message = f"'{text}' is already the text of the source '{first[text]}'"
                self._problem(source.record.at.of("text"), "seed-used-twice", message, "keep one source for a text")
            first.setdefault(text, source.id)
        meant = {p.hint for p in self.problems if p.rule == "missing-seed"}
        for name in self._names():
            path = f"{SEEDS}/{name}"
            if name in first:
                continue
            if self.files.is_folder(path):
                self._problem(
                    path, "unexpected-file", "nothing reads this folder", "put the texts themselves in seeds/"
                )
            elif not (lost or did_you_mean(name, [name]) in meant):
                hint = "annotate it in annotations/sources/, or take it out of seeds/"
                self._problem(path, "seed-unused", "no source names this text", hint)
