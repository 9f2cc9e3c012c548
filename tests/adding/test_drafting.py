"""The source file to start from: it is read without an error, and so is every proposal in it."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.adding.drafting import Taken, draft
from site_builder.adding.extracting import Extracted
from site_builder.contracts.resolving import Resolved, resolve_source
from site_builder.markup.names import Names
from site_builder.problems import Place, Problem
from site_builder.reading.nodes import compose
from site_builder.reading.schema import Reader
from site_builder.records import EntityRecord, Id, Location, SourceFile, SourceRecord, Words
from site_builder.storing import Stored

BOARD = EntityRecord(at=Location(Place("e"), {}), id=Id("board"), kind="organisation", name=Words("Harbour Board"))
NAMES = Names([BOARD])
TEXT = """Noise at the harbour

The Harbour Board told Port Radio on 4 March 2021 that it had received 1,200 complaints in January 2021. It was sorry.

Nobody else spoke. The Harbour Board meets again in May.

Read more
"""


def taken(text: str, **fields: object) -> Taken:
    return Taken("notice", "notice.txt", "0" * 64, text, **fields)  # type: ignore[arg-type]


def drafted(text: str, **fields: object) -> str:
    return draft(taken(text, **fields), NAMES).text


def read(written: str, text: str) -> Resolved:
    """A source file as the build reads it; fails with the first problem of its shape."""
    node = compose(written, "notice.yaml")
    assert node is not None
    assert not isinstance(node, Problem), (str(node), written)
    reader = Reader("notice.yaml", tuple(written.split("\n")))
    record = reader.record(node, SourceRecord)
    assert reader.problems == [], written
    assert record is not None
    utf8 = text.encode()
    return resolve_source(SourceFile("notice", record, Stored(utf8), hashlib.sha256(utf8).hexdigest()), NAMES)


def uncommented(written: str) -> str:
    """The file with the '# ' taken away from every passage, the boilerplate, and the first date proposed."""
    head, passages = written.split("\npassages:\n")
    lines = passages.splitlines()
    first = next((i for i, line in enumerate(lines) if re.match("  # - id: [^…]", line)), len(lines))
    kept = [line for line in lines[first:] if not re.match("  # (?:and [0-9]|Nothing is)", line)]
    body = "\n".join(re.sub("^  # ", "  ", line) for line in kept)
    head = re.sub("^# boilerplate:$", "boilerplate:", head, flags=re.MULTILINE)
    head = re.sub("^#   - {quote", "  - {quote", head, flags=re.MULTILINE)
    head = re.sub('^# (issued: {edtf: "[^…])', r"\1", head, count=1, flags=re.MULTILINE)
    return f"{head}\npassages:\n{body}\n"


def test_a_draft_says_what_is_known_and_marks_what_is_guessed() -> None:
    written = drafted(TEXT, accessed="2021-03-06")
    lines = written.splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../../.schema/source.json"
    assert 'text: "notice.txt"' in lines
    assert f"sha256: {'0' * 64}" in lines
    assert 'accessed: "2021-03-06"' in lines
    assert "language: en    # a guess from its words" in lines
    assert lines[lines.index('title: "Noise at the harbour"') - 1].startswith("# The title is a guess")
    assert '# issued: {edtf: "2021-03-04", basis: stated, quote: "4 March 2021"}    # line 3' in lines
    assert '#   - {quote: "Read more", why: page furniture}    # line 7' in lines


def test_sentences_with_numbers_dates_and_known_names_are_proposed_and_no_others() -> None:
    made = draft(taken(TEXT), NAMES)
    assert made.proposed == 2
    assert "  #   # line 3: names Harbour Board; dates 4 March 2021, January 2021; numbers 1,200" in made.text
    assert "value: 1200}  # printed: 1,200" in made.text
    assert "It was sorry" not in made.text
    assert "Nobody else" not in made.text


def test_a_draft_is_a_source_without_problems_as_it_is_and_with_every_proposal_taken() -> None:
    written = drafted(TEXT)
    bare = read(written, TEXT)
    assert (bare.problems, bare.source and bare.source.passages) == ((), ())
    whole = read(uncommented(written), TEXT)
    assert whole.problems == ()
    assert whole.source is not None
    assert [TEXT[p.start : p.end].split(maxsplit=1)[0] for p in whole.source.passages] == ["The", "The"]
    assert [TEXT[r.start : r.end] for r in whole.source.boilerplate] == ["Noise at the harbour", "Read more"]
    assert whole.source.issued is not None


def test_what_a_document_says_of_itself_is_proposed() -> None:
    said = Extracted(TEXT, 'The "report"', "Ada Example", "Harbour Post", "https://harbour.example/", (1, 30))
    written = drafted(
        TEXT, document=said, came_from="The words of a PDF; the original was 'a\u2028b\x1b.pdf'", kind="report"
    )
    for line in (
        "# The words of a PDF; the original was 'a b .pdf'", "# Its pages begin on the lines 1, 30.",
        'title: "The \\"report\\""',
        '# author: [{literal: "Ada Example"}]    # says the document of itself; of a person: {family: …, given: …}',
        '# container-title: "Harbour Post"    # says the document of itself',
        '# URL: "https://harbour.example/"    # says the document of itself',
    ):  # fmt: skip
        assert line in written.splitlines()
    assert read(written, TEXT).problems == ()


def test_the_day_that_a_page_says_it_was_published_is_proposed_where_its_text_does_not_print_it() -> None:
    later, printed = Extracted(TEXT, published="2021-03-09"), Extracted(TEXT, published="2021-03-04")
    assert '# issued: {edtf: "2021-03-09", basis: inferred, why: "says the page' in drafted(TEXT, document=later)
    assert "basis: inferred" not in drafted(TEXT, document=printed)
    silent = drafted("Nothing much\n", document=later)
    assert "the text prints no date" not in silent
    assert read(uncommented(silent), "Nothing much\n").problems == ()


def test_what_a_page_of_a_journal_says_of_its_citation_is_proposed_as_the_record() -> None:
    cited = {
        "author": ["O'Brien, Ann", "Sleep Group"],
        "journal_title": ["Sleep"],
        "volume": ["4"],
        "doi": ["10.1000/182"],
    }
    cited |= {"firstpage": ["12"], "lastpage": ["19"]}
    written = drafted(TEXT, document=Extracted(TEXT, author="O'Brien; Ann", site="Publisher", cited=cited))
    assert "type: article-journal " in written
    said = re.findall(r"^# (\S+: .*?)    # says the document of itself", written, re.MULTILINE)
    assert said == [
        'author: [{family: "O\'Brien", given: "Ann"}, {literal: "Sleep Group"}]', 'container-title: "Sleep"',
        'volume: "4"', 'page: "12-19"', 'DOI: "10.1000/182"',
    ]  # fmt: skip
    assert read(re.sub(r"^# (?=author|volume|page|DOI)", "", written, flags=re.MULTILINE), TEXT).problems == ()


def test_each_author_that_a_document_names_is_one() -> None:
    written = drafted(TEXT, document=Extracted(TEXT, author="Ada Example; Ben Sample"))
    assert '# author: [{literal: "Ada Example"}, {literal: "Ben Sample"}]' in written


def test_a_text_without_anything_of_weight_has_a_draft_too() -> None:
    written = drafted("Nothing much\n")
    assert "# language: en" in written
    assert "the text prints no date" in written
    assert read(written, "Nothing much\n").problems == ()


def test_a_sentence_that_is_printed_again_and_again_is_proposed_once() -> None:
    written = drafted("Row 12 of 2020.\nRow 13 of 2020.\nRow 12 of 2020.\nRow 12 of 2020.\n")
    assert written.count("  # - id: ") == 2
    assert "and 2 more sentences" in written


def test_of_a_long_text_only_the_beginning_is_proposed_and_the_rest_counted() -> None:
    text = "".join(f"Line {n} has {n} words.\n" for n in range(1, 13_000))
    made = draft(taken(text), NAMES)
    assert made.proposed == 40
    assert re.search(r"  # and [\d,]+ more sentences with numbers, dates or known names", made.text)
    assert re.search(r"  # Nothing is proposed from line \d+ on", made.text)
    assert len(made.text) < 20_000


@pytest.mark.parametrize("kind", ["plain", "hard"])
@settings(derandomize=True, max_examples=120)
@given(data=st.data())
def test_every_proposal_of_any_text_resolves_to_the_words_that_it_shows(kind: str, data: st.DataObject) -> None:
    hard = [
        "\u00a0", "\u200d", "\u0301", "\ufeff", "\u2028", "\x1b", '"', "'", "\\", "#", ": ", " #", "- ", "\t",
        "🚢", "👩\u200d🚀", "½", "1,200", "§ 5", "{", "]", "\u202e", "  ",
    ]  # fmt: skip
    easy = [
        "Harbour Board",
        "4 March 2021",
        "2021",
        "120",
        ". The ",
        " ",
        " and ",
        "! Nobody ",
        "\n",
        "Read more",
        "\n\n",
        ".",
    ]
    text = "".join(data.draw(st.lists(st.sampled_from(easy + (hard if kind == "hard" else [])), max_size=30)))
    written = drafted(text)
    assert read(written, text).problems == ()
    whole = read(uncommented(written), text)
    assert [p for p in whole.problems if p.rule != "coverage-overlap"] == [], written
