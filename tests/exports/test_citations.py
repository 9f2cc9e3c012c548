"""The files of citations, read back by the libraries that read them elsewhere."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import BibliographyData, Entry, parse_string
from pybtex.database.output.bibtex import Writer
from pybtex.richtext import Text

from site_builder.citation_fields import Item, bibtex_entry, csl_item, ris_fields
from site_builder.exports.citations import bibtex, csl_json, ris
from tests.built_sites import ALL, built

each_site = pytest.mark.parametrize("name", ALL)
HARD = "Сдача & побег: 100 % «как_так» {x} \\ $5 #1 ~ ^"


def read_bibtex(content: bytes) -> dict[str, tuple[str, dict[str, str]]]:
    """Each entry: its type, its fields as people read them."""
    return {
        key: (entry.type, {name: plain(value) for name, value in entry.fields.items()})
        for key, entry in parse_string(content.decode(), "bibtex").entries.items()
    }


def plain(value: str) -> str:
    """LaTeX as it is set; the library does not know the two braces."""
    value = value.replace(r"\textbraceleft{}", "\ue000").replace(r"\textbraceright{}", "\ue001")
    value = value.replace(r"\textasciicircum{}", "\ue002").replace(r"\$", "\ue003")
    return str(Text.from_latex(value)).translate({0xE000: "{", 0xE001: "}", 0xE002: "^", 0xE003: "$"})


@each_site
def test_the_three_files_hold_every_source_under_its_id_and_title(name: str) -> None:
    files = built(name).files
    wanted = [(s.id, " ".join(s.title.split())) for s in built(name).briefing.sources]
    csl = [(item["id"], item["title"]) for item in json.loads(files["data/sources.csl.json"])]
    bib = [(key, fields["title"]) for key, (_, fields) in read_bibtex(files["data/sources.bib"]).items()]
    found = [(entry["id"], entry["title"]) for entry in rispy.loads(files["data/sources.ris"].decode())]
    assert csl == bib == found == wanted


def item(**fields: Any) -> dict[str, Any]:
    return {"id": "a", "type": "article-newspaper", "title": HARD, "container-title": HARD, **fields}


def test_what_is_hard_to_write_is_read_back_as_it_was() -> None:
    items = [item(author=[{"family": "Иванов", "given": "Д. & Б."}, {"literal": "Rope and Sons"}], note=HARD)]
    kind, fields = read_bibtex(bibtex(items))["a"]
    assert kind == "article"
    assert (fields["title"], fields["journal"], fields["note"]) == (HARD, HARD, HARD)
    authors = parse_string(bibtex(items).decode(), "bibtex").entries["a"].persons["author"]
    assert [plain(" ".join((*p.last_names, *p.first_names, *p.middle_names))) for p in authors] == [
        "Иванов Д. & Б.", "Rope and Sons",
    ]  # fmt: skip
    (entry,) = rispy.loads(ris(items).decode())
    assert (entry["title"], entry["secondary_title"], entry["notes"]) == (HARD, HARD, [HARD])
    assert entry["authors"] == ["Иванов, Д. & Б.", "Rope and Sons"]
    assert json.loads(csl_json(items)) == items


@settings(max_examples=40)
@given(st.text("ab {}\\$%&#_^~\"'-Сд", min_size=1, max_size=20).map(lambda t: " ".join(t.split())).filter(bool))
def test_any_title_comes_back_from_bibtex(title: str) -> None:
    kind, fields = read_bibtex(bibtex([item(title=title)]))["a"]
    assert kind == "article"
    assert re.sub(r"\s+", " ", fields["title"]).strip() == title


def test_lines_of_ris_end_as_the_format_asks_and_records_have_no_numbers() -> None:
    text = ris([item(), item(id="b")]).decode()
    assert text.count("\n") == text.count("\r\n")
    assert all(re.fullmatch(r"(?:[A-Z][A-Z0-9]  - .*)?", line) for line in text.split("\r\n"))
    assert len(rispy.loads(text)) == 2


class VerbatimWriter(Writer):  # type: ignore[misc]  # the library has no types
    """The library's writer without its encoder, which lets `$` and backslashes pass, and bends links."""

    def _encode(self, text: str) -> str:
        return text


class PlainWriter(rispy.RisWriter):  # type: ignore[misc]  # the library has no types
    """Records without a number before each, which the format does not know."""

    NEWLINE = "\r\n"

    def set_header(self, count: int) -> str:  # noqa: ARG002 the library's signature
        """No header."""
        return ""


def by_the_libraries(items: list[Item]) -> tuple[bytes, bytes]:
    """The items as BibTeX and as RIS, as the libraries of the field write them."""
    entries = {
        item["id"]: Entry(kind, fields=list(fields.items()))
        for item in items
        for kind, fields in [bibtex_entry(item)]
    }  # fmt: skip
    records = [{rispy.TAG_KEY_MAPPING[t]: v for t, v in ris_fields(item).items()} for item in items]
    written = VerbatimWriter(encoding="utf-8").to_string(BibliographyData(entries=entries))
    return str(written).encode(), str(rispy.dumps(records, implementation=PlainWriter)).encode()


@each_site
def test_the_libraries_write_the_same_of_every_site(name: str) -> None:
    items = [csl_item(s, "https://a.example/" + s.id) for s in built(name).briefing.sources]
    assert (bibtex(items), ris(items)) == by_the_libraries(items)


words = st.text("ab,{}\\$%&#_^~\"'-Сд ", max_size=12)


@settings(max_examples=40)
@given(words.filter(bool), words, words, words)
def test_the_libraries_write_the_same_of_anything(title: str, name: str, url: str, note: str) -> None:
    items = [item(title=title, author=[{"family": name, "given": note}, {"literal": title}], URL=url, note=note)]
    items.append(item(id="b", title=name))
    assert (bibtex(items), ris(items)) == by_the_libraries(items)
