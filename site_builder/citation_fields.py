"""A source as a bibliographic record: CSL-JSON, and out of that the fields of BibTeX and RIS.

One mapping for what a page offers to copy and for the files of citations. A date that a text does not print is
circa, and the note says what it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any

from .model import Source
from .patterns import later
from .printed.dates import Edtf, Point, parse_edtf
from .texts.text import on_one_line

Item = dict[str, Any]

_PRINTED = (  # CSL variables that are the record's own words
    "title-short", "container-title", "publisher-place", "publisher", "section", "volume", "issue", "page", "number",
    "genre", "language", "DOI", "ISBN", "ISSN", "archive", "archive_location",
)  # fmt: skip
_printed = attrgetter(*[key.replace("-", "_") for key in _PRINTED])
_NAME = ("family", "given", "literal")
_names = attrgetter(*_NAME)


def csl_item(source: Source, address: str) -> Item:
    """A source as an item of CSL-JSON; `address` is that of our page, which stands in for the publisher's."""
    record = source.record
    item: Item = {"id": source.id, "type": record.type, "title": on_one_line(record.title)}
    if record.author:
        item["author"] = [_said(_NAME, _names(name)) for name in record.author]
    item |= _said(_PRINTED, _printed(record))
    note = ""
    if source.issued:
        item["issued"] = csl_date(source.issued.value, is_stated=source.issued.basis == "stated")
        if source.issued.basis != "stated" or "date-parts" not in item["issued"]:
            note = f"issued {source.issued.value.words()} ({source.issued.basis})"
    if record.accessed:
        item["accessed"] = csl_date(parse_edtf(record.accessed), is_stated=True)
    if record.DOI:
        item["DOI"] = on_one_line(source.doi)
    if record.URL or (address and not source.original):  # a DOI is an address already
        item["URL"] = record.URL or address
    if note:
        item["note"] = note
    return item


def _said(keys: Iterable[str], values: Iterable[str | None]) -> dict[str, str]:
    """The values that there are, each on one line."""
    return {key: on_one_line(value) for key, value in zip(keys, values, strict=True) if value}


def csl_date(value: Edtf, *, is_stated: bool) -> Item:
    """A date as CSL has it: numbers where it has an end on both sides, words otherwise."""
    points = value.points()
    found: Item = {}
    if len(points) == (1 if value.shape == "point" else 2) and not any(p.decade for p in points):
        found["date-parts"] = [_parts(p) for p in points]
        if value.shape == "point" and (points[0].month or 0) > 12:
            found["season"] = (points[0].month or 0) - 20
    else:
        found["literal"] = value.words()
    if not (is_stated and value.is_certain):
        found["circa"] = True
    return found


def _parts(point: Point) -> list[int]:
    month = point.month if point.month and point.month <= 12 else None
    return [part for part in (point.year, month, point.day if month else None) if part is not None]


# BibTeX

_LATEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{char: f"\\{char}" for char in "&%$#_"},
})  # fmt: skip
_LIGATURE = later(r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)")  # two of these are one sign to LaTeX
_SET = later(r"[-'`\\{}~^&%$#_]")  # what may not be set as it stands
_RANGE = later("(?<=\\w)\\s*[-\N{EN DASH}]+\\s*(?=\\w)")
_JOINED = later(r",|\sand\s", re.IGNORECASE)  # what BibTeX takes a list of names, or a name, apart at
_ENTRIES = {  # the entry of a type, and the field that says where it appeared; an article without a journal is none
    "article-journal": ("article", "journal"), "article-magazine": ("article", "journal"),
    "article-newspaper": ("article", "journal"), "review": ("article", "journal"), "book": ("book", ""),
    "chapter": ("incollection", "booktitle"), "paper-conference": ("inproceedings", "booktitle"),
    "report": ("techreport", ""), "thesis": ("phdthesis", ""), "pamphlet": ("booklet", ""),
}  # fmt: skip
_NOTHING: Mapping[str, Any] = {}
_PUBLISHERS = {"techreport": "institution", "phdthesis": "school", "booklet": "howpublished"}


def latex(text: str) -> str:
    """Words as LaTeX sets them; no brace is left alone, since BibTeX counts even those after a backslash."""
    if not (text and _SET.search(text)):
        return text
    return _LIGATURE.sub("{}", text.translate(_LATEX))


def bibtex_entry(item: Item) -> tuple[str, dict[str, str]]:
    """The type of an item's BibTeX entry, and its fields in LaTeX; addresses are verbatim, as packages read them."""
    kind, within = _ENTRIES.get(item["type"], ("misc", ""))
    where, publisher = item.get("container-title", ""), item.get("publisher", "")
    if within and not where:
        kind, within = "misc", ""
    said, issued = item.get, item.get("issued", _NOTHING).get("date-parts", ())
    years = {parts[0] for parts in issued}
    fields = {
        "author": " and ".join(map(_bibtex_name, said("author", ()))),
        "title": f"{{{latex(item['title'])}}}",
        within or "howpublished": where or ("" if kind in _PUBLISHERS or kind == "book" else publisher),
        "volume": said("volume"),
        "number": said("issue") or said("number"),
        "pages": "--".join(map(latex, _RANGE.split(item["page"]))) if "page" in item else "",
        "year": str(*years) if len(years) == 1 else "",
        "date": "/".join(map(_iso, issued)),
        "doi": said("DOI"),
        "isbn": said("ISBN"),
        "issn": said("ISSN"),
        "language": said("language"),
        "url": said("URL"),
        "urldate": "/".join(map(_iso, said("accessed", _NOTHING).get("date-parts", ()))),
        "note": said("note"),
    }
    if kind in _PUBLISHERS or kind in ("book", "incollection", "inproceedings"):
        fields[_PUBLISHERS.get(kind, "publisher")] = publisher
        fields["address"] = said("publisher-place")
    return kind, {name: _SET_AS.get(name, latex)(value) for name, value in fields.items() if value}


def verbatim(text: str) -> str:
    """An address as BibTeX can hold it: not escaped, since packages read it as it stands."""
    return text.replace("{", "%7B").replace("}", "%7D")


_SET_AS: Mapping[str, Callable[[str], str]] = {  # what is no LaTeX yet, or never will be
    "doi": verbatim, "url": verbatim, **dict.fromkeys(("author", "title", "pages", "year", "date", "urldate"), str),
}  # fmt: skip


def _bibtex_name(name: dict[str, str]) -> str:
    if "literal" in name:
        return f"{{{latex(name['literal'])}}}"
    parts = _family_and_given(name)  # of one part alone BibTeX would take the last word for the family
    return ", ".join(f"{{{latex(x)}}}" if len(parts) == 1 or _JOINED.search(x) else latex(x) for x in parts)


def _family_and_given(name: dict[str, str]) -> list[str]:
    return [name[key] for key in ("family", "given") if key in name]


def _iso(parts: list[int]) -> str:
    return "-".join([f"{parts[0]:04}", *[f"{part:02}" for part in parts[1:]]])


# RIS

_TYPES = {
    "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "article": "JOUR",
    "review": "JOUR", "bill": "BILL", "book": "BOOK", "broadcast": "VIDEO", "chapter": "CHAP", "entry": "DICT",
    "entry-encyclopedia": "ENCYC", "hearing": "HEAR", "legal_case": "CASE", "legislation": "STAT",
    "manuscript": "MANSCPT", "motion_picture": "MPCT", "pamphlet": "PAMP", "paper-conference": "CPAPER",
    "personal_communication": "PCOMM", "post": "ICOMM", "post-weblog": "BLOG", "regulation": "LEGAL", "report": "RPRT",
    "song": "MUSIC", "standard": "STAND", "thesis": "THES", "webpage": "ELEC",
}  # fmt: skip


def ris_fields(item: Item) -> dict[str, str | list[str]]:
    """The fields of an item's RIS record by tag; tags that may stand more than once hold lists."""
    issued = item.get("issued", {}).get("date-parts", [[]])
    single = issued[0] if len(issued) == 1 else []
    accessed = item.get("accessed", {}).get("date-parts", [[]])[0]
    authors = [n.get("literal") or ", ".join(_family_and_given(n)) for n in item.get("author", ())]
    years = {parts[0] for parts in issued if parts}
    pages = _RANGE.split(item.get("page", ""))
    if len(pages) > 2:  # several ranges: their fields hold one
        pages = [item["page"]]
    fields: dict[str, str | list[str]] = {
        "TY": _TYPES.get(item["type"], "GEN"),
        "ID": item["id"],
        "TI": item["title"],
        "ST": item.get("title-short", ""),
        "AU": authors,
        "T2": item.get("container-title", ""),
        "PB": item.get("publisher", ""),
        "CY": item.get("publisher-place", ""),
        "PY": f"{next(iter(years)):04}" if len(years) == 1 else "",
        "DA": "/".join(_iso(single).split("-")) if single else "",
        "VL": item.get("volume", ""),
        "IS": item.get("issue", "") or item.get("number", ""),
        "SP": pages[0],
        "EP": pages[1] if len(pages) == 2 else "",
        "SE": item.get("section", ""),
        "M3": item.get("genre", ""),
        "DO": item.get("DOI", ""),
        "SN": item.get("ISBN", "") or item.get("ISSN", ""),
        "LA": item.get("language", ""),
        "UR": [item["URL"]] if "URL" in item else [],
        "Y2": "/".join(_iso(accessed).split("-")) if accessed else "",
        "N1": [item["note"]] if "note" in item else [],
    }
    return {tag: value for tag, value in fields.items() if value}
