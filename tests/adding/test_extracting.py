"""Words out of pages in HTML and out of PDFs."""

from __future__ import annotations

import sys

import pytest

from site_builder.adding.extracting import Extracted, from_html, from_pdf, kind_of
from site_builder.adding.untaken import NoText

from .documents import PAGE, pdf


@pytest.mark.parametrize(
    ("name", "raw", "kind"),
    [
        ("a.txt", b"words", "text"), ("a", b"words", "text"), ("a.HTM", b"words", "html"),
        ("a", b"\n<!DOCTYPE html>", "html"), ("a.txt", b"\xef\xbb\xbf<HTML lang=en>", "html"),
        ("a.txt", b"%PDF-1.7", "pdf"), ("a.pdf", b"", "pdf"),
        ("a.txt", b"The <html> tag", "text"),
    ],
)  # fmt: skip
def test_a_document_is_told_by_its_first_bytes_or_its_name(name: str, raw: bytes, kind: str) -> None:
    assert kind_of(name, raw) == kind


def test_a_page_gives_its_article_and_what_it_says_of_itself() -> None:
    found = from_html(PAGE)
    assert "received 120 complaints about noise in January" in found.text
    assert "Home" not in found.text
    assert found.text.endswith("what it will do.\n")
    assert (found.title, found.author, found.site) == ("Noise at the harbour", "Ada Example", "Harbour Post")
    assert found.address == "https://harbour.example/noise"
    assert from_html(PAGE) == found, "twice the same"


def test_a_page_of_a_journal_gives_how_it_is_to_be_cited() -> None:
    tags = (
        '<meta name="citation_author" content="O&#39;Brien, Sin\u00e9ad">'
        '<meta content="Smith, J. A." name="citation_author" />'
        "<META NAME='citation_doi' CONTENT='10.1000/182'><meta name=\"citation_volume\" content=\"\">"
    )
    found = from_html(PAGE.replace("</head>", f"{tags}</head>")).cited
    assert found == {"author": ["O'Brien, Sin\u00e9ad", "Smith, J. A."], "doi": ["10.1000/182"]}
    assert from_html(PAGE).cited == {}


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ('<meta property="article:published_time" content="2021-03-05T18:30:00Z">', "2021-03-05"),
        ("<meta name='DC.date.issued' scheme='W3CDTF' content = '2021-03-05'>", "2021-03-05"),
        ('<script type="application/ld+json">{"datePublished": "2021-03-05T18:30"}</script>', "2021-03-05"),
        ('<meta itemprop="datePublished" content="2021-02-30"><time itemprop="datePublished" datetime="2021-03-05">',
         "2021-03-05"),
        ('<script type="application/ld+json">{"datePublished":"5 March","dateModified":"2022-01-01"}</script>', ""),
        ('<meta property="article:published_time" content="2021-03">', ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_page_gives_the_day_on_which_it_says_it_was_published(said: str, published: str) -> None:
    assert from_html(PAGE.replace("</head>", f"{said}</head>")).published == published


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<html>"])
def test_a_page_without_an_article_is_no_text(page: str) -> None:
    with pytest.raises(NoText, match="there is no article"):
        from_html(page)


def test_a_pdf_gives_its_words_with_the_lines_on_which_its_pages_begin() -> None:
    found = from_pdf(pdf("First page.", "", "Third page.", title="A report"))
    assert found == Extracted("First page.\n\n\n\nThird page.\n", "A report", "Ada Example", pages=(1, 3, 5))
    assert found.text.split("\n")[4] == "Third page."


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (pdf(""), "holds no words"), (pdf("x", password="example"), "locked with a password"),  # noqa: S106
        (b"%PDF-1.4\nxxx", "broken"),
        (pdf("words")[:300], "broken"), (b"", "broken"), (pdf("words").replace(b"/Pages", b"/Pagan"), "broken"),
    ],
    ids=["blank", "locked", "nonsense", "cut", "empty", "without pages"],
)  # fmt: skip
def test_a_pdf_that_cannot_be_read_says_why(raw: bytes, said: str) -> None:
    with pytest.raises(NoText, match=said):
        from_pdf(raw)


@pytest.mark.parametrize("library", ["trafilatura", "pypdf"])
def test_without_its_library_a_document_is_refused_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(NoText, match=f"needs {library}") as no:
        from_html(PAGE) if library == "trafilatura" else from_pdf(b"")
    assert no.value.is_ours
    assert no.value.hint == "pip install trafilatura pypdf, into the environment that briefing is in"
