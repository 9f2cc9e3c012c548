"""The text of a page in HTML or of a PDF, with what it says of itself. Needs the extra `import`; fetches nothing."""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from html import unescape
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from ..frozen import dataclass
from ..patterns import later
from ..printed.meant import meant_date
from ..texts.text import carried, on_one_line
from .reflowing import reflowed
from .untaken import NoText

if TYPE_CHECKING:
    from pypdf import PdfReader

Kind = Literal["text", "html", "pdf"]

_EXTRA = "pip install trafilatura pypdf, into the environment that briefing is in"
_MOST_PAGES = 3_000
# What a broken PDF may raise out of the depths of its reader.
_FAULTS = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, AssertionError, EOFError,
    NotImplementedError, struct.error, zlib.error, OSError,
)  # fmt: skip


_NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a document, and what the document says of itself; empty where it says nothing."""

    text: str
    title: str = ""
    author: str = ""
    site: str = ""
    address: str = ""
    pages: tuple[int, ...] = ()
    """The line of the text on which each page of a PDF begins."""
    published: str = ""
    """The day on which it was published, as `2021-03-05`."""
    cited: Mapping[str, Sequence[str]] = _NOTHING
    """How a journal's page says to cite it: `author`, `doi`, `journal_title`, …, each with its values in order."""


def kind_of(name: str, raw: bytes) -> Kind:
    """What a file is, by its first bytes or by its name."""
    start = raw[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    suffix = name.lower().rpartition(".")[2]
    if start.startswith(b"%pdf-") or suffix == "pdf":
        return "pdf"
    if start.startswith((b"<!doctype html", b"<html")) or suffix in ("html", "htm", "xhtml"):
        return "html"
    return "text"


def from_html(page: str) -> Extracted:
    """The article of a page, without menus and comments; raises NoText when there is none."""
    try:
        from trafilatura import bare_extraction
    except ImportError:
        raise NoText("a page in HTML needs trafilatura", _EXTRA, is_ours=True) from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it says of a page is for its own authors
    found = bare_extraction(page, include_comments=False, with_metadata=True)
    text = _tidy(found.text or "") if found is not None and not isinstance(found, dict) else ""
    if found is None or isinstance(found, dict) or not text.strip():
        raise NoText("there is no article in this page", "save the words of the page as plain text")
    name, author, site, url = (
        on_one_line(word or "") for word in (found.title, found.author, found.sitename, found.url)
    )
    days = (meant_date(said[1]) for said in _PUBLISHED.finditer(page))
    day = next(filter(None, days), "")
    return Extracted(text, name, author, site, url, published=day, cited=_citation(page))


def _citation(page: str) -> Mapping[str, Sequence[str]]:
    """The `citation_…` tags of a page, as journals write them for Google Scholar; names are "family, given"."""
    found: dict[str, list[str]] = {}
    for tag in _META.finditer(page):
        said = {name.lower(): on_one_line(unescape(value)) for name, _, value in _ATTRIBUTE.findall(tag[0])}
        kind, _, name = said.get("name", "").lower().partition("_")
        if kind == "citation" and (value := said.get("content", "").strip()):
            found.setdefault(name, []).append(value)
    return found


_META = later(r"<meta\s[^<>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = later(r"""\b(name|content)\s{0,9}=\s{0,9}(["'])(.*?)\2""", re.IGNORECASE)


# Only what is said in so many words: trafilatura guesses at dates, and fills in parts of one from today's.
_PUBLISHED = later(
    r"[\"'](?:article:published_time|datePublished|citation_publication_date|dc(?:terms)?\.(?:date\.)?(?:issued|created))[\"']"
    r"\s{0,9}(?::|[^<>]{0,99}?\b(?:content|datetime)\s{0,9}=)\s{0,9}[\"'](\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)


def from_pdf(raw: bytes) -> Extracted:
    """The words of a PDF, page by page; raises NoText when it holds none, is locked or broken."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError:
        raise NoText("a PDF needs pypdf", _EXTRA, is_ours=True) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    locked = NoText("this PDF is locked with a password", "save a copy without one")
    try:
        reader = PdfReader(BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked
        if len(reader.pages) > _MOST_PAGES:
            raise NoText(f"this PDF has {len(reader.pages)} pages; at most {_MOST_PAGES} are taken", "split it")
        pages = reflowed(_tidy(page.extract_text()) for page in reader.pages)
        title, author = _said(reader)
    except DependencyError:
        raise locked from None
    except (PyPdfError, *_FAULTS):
        raise NoText("this PDF is broken, and cannot be read", "open it elsewhere, and save its words") from None
    if not "".join(pages).strip():
        hint = "recognise its words (OCR) first, for example: ocrmypdf in.pdf out.pdf"
        raise NoText("this PDF holds no words; its pages may be pictures", hint)
    lines, starts = 1, []
    for page in pages:
        starts.append(lines)
        lines += page.count("\n") + 1
    return Extracted("\n".join(pages), title, author, pages=tuple(starts))


def _said(reader: PdfReader) -> tuple[str, str]:
    about = reader.metadata
    return (on_one_line(about.title or ""), on_one_line(about.author or "")) if about else ("", "")


def _tidy(text: str) -> str:
    """Text as it is kept: whole characters that a page can carry, lines without white space at their ends."""
    whole = carried(text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n"))
    lines = "\n".join(line.rstrip() for line in whole.split("\n")).strip("\n")
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"
