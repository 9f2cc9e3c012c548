"""A source as a bibliographic record: CSL-JSON, and out of that the fields of BibTeX and RIS.

One mapping for what a page offers to copy and for the files of citations. A date that a text does not print is
circa, and the note says what it rests on.
"""

from __future__ import annotations

import re
from typing import Any

from .model import Source
from .patterns import later
from .printed.dates import Edtf, Point, parse_edtf
from .texts.text import on_one_line

Item = dict[str, Any]

_PRINTED = (  # CSL variables that are the record's own words
    "publisher", "section", "volume", "issue", "page", "number", "genre", "language", "DOI", "ISBN", "ISSN", "archive",
    "archive_location",
)  # fmt: skip
_HYPHENATED = ("title-short", "container-title", "publisher-place")


def csl_item(source: Source, address: str, note: str = "") -> Item:
    """A source as an item of CSL-JSON; `address` is that of our page, for want of the publisher's."""
    record = source.record
    item: Item = {"id": source.id, "type": record.type, "title": on_one_line(record.title)}
    if record.author:
        item["author"] = [
            {key: on_one_line(v) for key in ("family", "given", "literal") if (v := getattr(name, key))}
            for name in record.author
        ]
    for key in (*_HYPHENATED, *_PRINTED):
        value = getattr(record, key.replace("-", "_"))
        if value:
            item[key] = on_one_line(value)
    notes = [note]
    if source.issued:
        item["issued"] = csl_date(source.issued.value, is_stated=source.issued.basis == "stated")
        if source.issued.basis != "stated" or "date-parts" not in item["issued"]:
            notes.append(f"issued {source.issued.value.words()} ({source.issued.basis})")
    if record.accessed:
        item["accessed"] = csl_date(parse_edtf(record.accessed), is_stated=True)
    if record.URL or address:
        item["URL"] = record.URL or address
    if any(notes):
        item["note"] = "; ".join(n for n in notes if n)
    return item


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
_SET = later(r"[\\{}~^&%$#_]|--|''|``")  # what is not set as it stands
_RANGE = later("(?<=\\w)\\s*[-\N{EN DASH}]+\\s*(?=\\w)")
_JOINED = later(r",|\sand\s", re.IGNORECASE)  # what BibTeX takes a list of names, or a name, apart at
_ENTRIES = {  # the entry of a type, and the field that says where it appeared; an article without a journal is none
    "article-journal": ("article", "journal"), "article-magazine": ("article", "journal"),
    "article-newspaper": ("article", "journal"), "review": ("article", "journal"), "book": ("book", ""),
    "chapter": ("incollection", "booktitle"), "paper-conference": ("inproceedings", "booktitle"),
    "report": ("techreport", ""), "thesis": ("phdthesis", ""), "pamphlet": ("booklet", ""),
}  # fmt: skip
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
    issued = item.get("issued", {}).get("date-parts", [])
    years = {parts[0] for parts in issued}
    fields = {
        "author": " and ".join(_bibtex_name(n) for n in item.get("author", ())),
        "title": f"{{{latex(item['title'])}}}",
        within or "howpublished": latex(where or ("" if kind in _PUBLISHERS or kind == "book" else publisher)),
        "volume": latex(item.get("volume", "")),
        "number": latex(item.get("issue", "") or item.get("number", "")),
        "pages": "--".join(latex(part) for part in _RANGE.split(item.get("page", ""))),
        "year": str(*years) if len(years) == 1 else "",
        "date": "/".join(_iso(parts) for parts in issued),
        "doi": verbatim(item.get("DOI", "")),
        "isbn": latex(item.get("ISBN", "")),
        "issn": latex(item.get("ISSN", "")),
        "language": latex(item.get("language", "")),
        "url": verbatim(item.get("URL", "")),
        "urldate": "/".join(_iso(parts) for parts in item.get("accessed", {}).get("date-parts", [])),
        "note": latex(item.get("note", "")),
    }
    if kind in _PUBLISHERS or kind in ("book", "incollection", "inproceedings"):
        fields[_PUBLISHERS.get(kind, "publisher")] = latex(publisher)
        fields["address"] = latex(item.get("publisher-place", ""))
    return kind, {name: value for name, value in fields.items() if value}


def verbatim(text: str) -> str:
    """An address as BibTeX can hold it: not escaped, since packages read it as it stands."""
    return text.replace("{", "%7B").replace("}", "%7D")


def _bibtex_name(name: dict[str, str]) -> str:
    if "literal" in name:
        return f"{{{latex(name['literal'])}}}"
    parts = _family_and_given(name)  # of one part alone BibTeX would take the last word for the family
    return ", ".join(f"{{{latex(x)}}}" if len(parts) == 1 or _JOINED.search(x) else latex(x) for x in parts)


def _family_and_given(name: dict[str, str]) -> list[str]:
    return [name[key] for key in ("family", "given") if key in name]


def _iso(parts: list[int]) -> str:
    return "-".join((f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])))


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
        "SP": item.get("page", ""),
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
