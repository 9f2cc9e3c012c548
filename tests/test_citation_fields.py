"""A source as CSL-JSON, and what of it BibTeX and RIS take."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from site_builder.citation_fields import bibtex_entry, csl_date, csl_item, latex, ris_fields
from site_builder.model import Source
from site_builder.printed.dates import parse_edtf
from site_builder.records import NameRecord, Words

from .built_sites import built


def source(**fields: Any) -> Source:
    """The harbour notice with another record."""
    found = built("harbour").briefing.sources[0]
    return replace(found, issued=None, record=replace(found.record, **fields))


@pytest.mark.parametrize(
    ("edtf", "is_stated", "expected"),
    [
        ("2022-10-03", True, {"date-parts": [[2022, 10, 3]]}),
        ("2022-10", True, {"date-parts": [[2022, 10]]}),
        ("2022-10-03", False, {"date-parts": [[2022, 10, 3]], "circa": True}),
        ("2022-10~", True, {"date-parts": [[2022, 10]], "circa": True}),
        ("2022-22", True, {"date-parts": [[2022]], "season": 2}),
        ("2022-01/2022-03", True, {"date-parts": [[2022, 1], [2022, 3]]}),
        ("[2022-01..2023-03]", False, {"date-parts": [[2022, 1], [2023, 3]], "circa": True}),
        ("2022-05/..", True, {"literal": "from May 2022", "circa": True}),
        ("202X", True, {"literal": "the 2020s"}),
    ],
)
def test_a_date_is_numbers_where_it_has_both_ends(edtf: str, is_stated: bool, expected: dict[str, Any]) -> None:
    assert csl_date(parse_edtf(edtf), is_stated=is_stated) == expected


def test_an_item_holds_what_the_record_prints_and_no_more() -> None:
    assert csl_item(source(type="article-newspaper", title=Words("A\n title")), "") == {
        "id": "harbour-notice", "type": "article-newspaper", "title": "A title",
    }  # fmt: skip
    item = csl_item(built("harbour").briefing.sources[0], "https://a.example/x.html")
    assert item["URL"] == "https://a.example/x.html"
    assert item["note"] == "issued about March 2021 (inferred)"
    assert item["issued"]["circa"] is True


@pytest.mark.parametrize(
    ("fields", "kind", "expected"),
    [
        ({"type": "article-newspaper", "container_title": "The Quay & Post", "publisher": "P"}, "article",
         {"journal": r"The Quay \& Post"}),
        ({"type": "article-newspaper", "publisher": "P"}, "misc", {"howpublished": "P"}),
        ({"type": "book", "publisher": "P", "publisher_place": "Town", "ISBN": "1"}, "book",
         {"publisher": "P", "address": "Town", "isbn": "1"}),
        ({"type": "chapter", "container_title": "Book", "page": "4-5"}, "incollection",
         {"booktitle": "Book", "pages": "4--5"}),
        ({"type": "report", "publisher": "Board", "number": "HB 1"}, "techreport",
         {"institution": "Board", "number": "HB 1"}),
        ({"type": "thesis", "publisher": "U"}, "phdthesis", {"school": "U"}),
        ({"type": "webpage", "URL": "https://a.example/{x}_y", "accessed": "2021-03-05"}, "misc",
         {"url": "https://a.example/%7Bx%7D_y", "urldate": "2021-03-05"}),
    ],
)  # fmt: skip
def test_a_type_of_source_has_its_entry_of_bibtex(fields: dict[str, Any], kind: str, expected: dict[str, str]) -> None:
    plain = {"author": (), "container_title": None}
    found_kind, found = bibtex_entry(csl_item(source(**(plain | fields)), ""))
    assert found_kind == kind
    assert found == {"title": "{Noise at the harbour}"} | expected


AT = built("harbour").briefing.sources[0].record.at


def test_names_of_people_and_of_organisations_stay_apart() -> None:
    names = (
        NameRecord(at=AT, family=Words("O'Neil"), given=Words("Ann")),
        NameRecord(at=AT, literal=Words("Rope and Sons")),
        NameRecord(at=AT, family=Words("Sturm AND Drang")),
        NameRecord(at=AT, family=Words("Port Radio")),
        NameRecord(at=AT, family=Words("van der Berg"), given=Words("J.")),
    )
    item = csl_item(source(author=names), "")
    assert bibtex_entry(item)[1]["author"] == (
        "O'Neil, Ann and {Rope and Sons} and {Sturm AND Drang} and {Port Radio} and van der Berg, J."
    )
    assert ris_fields(item)["AU"] == [
        "O'Neil, Ann", "Rope and Sons", "Sturm AND Drang", "Port Radio", "van der Berg, J.",
    ]  # fmt: skip


def test_what_latex_reads_as_its_own_is_escaped_and_no_brace_is_alone() -> None:
    assert latex(r"50 % & $5 #1 a_b ~ ^ \x") == (
        r"50 \% \& \$5 \#1 a\_b \textasciitilde{} \textasciicircum{} \textbackslash{}x"
    )
    assert latex("}{").count("{") == latex("}{").count("}")


def test_a_date_that_is_not_one_day_has_no_day_in_ris() -> None:
    item = csl_item(source(accessed="2021-03-05"), "")
    assert ris_fields(item | {"issued": {"date-parts": [[2021, 3]]}})["DA"] == "2021/03"
    between = ris_fields(item | {"issued": {"date-parts": [[2021, 3], [2022, 1]]}})
    assert {"DA", "PY"} & between.keys() == set()
    assert between["Y2"] == "2021/03/05"


@pytest.mark.parametrize(
    "written",
    ["10.1000/182<4>", "doi:10.1000/182<4>", "https://doi.org/10.1000/182<4>", "https://doi.org/10.1000%2F182%3C4%3E"],
)
def test_a_doi_is_where_the_publisher_has_a_text_so_that_our_page_does_not_stand_in(written: str) -> None:
    found = source(type="article-journal", DOI=Words(written))
    assert found.original == "https://doi.org/10.1000/182%3C4%3E"
    item = csl_item(found, "https://a.example/x.html")
    assert (item["DOI"], item.get("URL")) == ("10.1000/182<4>", None)


def test_a_doi_that_is_none_leads_nowhere() -> None:
    assert source(DOI=Words("unknown")).original == ""


@pytest.mark.parametrize(
    ("pages", "first", "last"), [("4\u20139", "4", "9"), ("12", "12", None), ("1-3, 7-9", "1-3, 7-9", None)]
)
def test_ris_has_the_first_page_and_the_last_apart(pages: str, first: str, last: str | None) -> None:
    fields = ris_fields(csl_item(source(type="article-journal", page=Words(pages)), ""))
    assert (fields["SP"], fields.get("EP")) == (first, last)
