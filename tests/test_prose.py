"""Contract 4 for prose: what a cited sentence says stands in what it cites."""

from decimal import Decimal

import pytest

from site_builder.markup.names import Names
from site_builder.markup.prose import Citable, Quoted, check_citations, read_prose
from site_builder.model import Figure
from site_builder.problems import Place, Problem
from site_builder.records import EntityRecord, FigureRecord, Id, Location, Words

AT = Location(Place("annotations/entities.yaml"), {})

TEXTS = {
    "harbour#rise": "The Harbour Board received 120 complaints on 4 March 2021, half of them at 5:30 p.m.",
    "harbour#before": "against eighty in 2020",
    "harbour#big": "some 1,300 boats and a dozen ferries, said Port Radio",
    "harbour#spring": "In September 2021 and again in 2022, during the summer of 2019",
}
CUT = "lost 17,000 boats by September 21, 2022"


def derived_figure() -> Figure:
    record = FigureRecord(
        at=AT, id=Id("growth"), measure=Id("m"), value=Decimal(50), derived=Words("100 * (a - b) / b")
    )
    return Figure(
        id="growth", source="harbour", passage="rise", record=record, value=Decimal(50), low=None, high=None,
        period=None, as_of=None
    )  # fmt: skip


CITABLE = Citable(
    quoted={ref: Quoted(text, 0, len(text)) for ref, text in TEXTS.items()}
    | {"harbour#cut": Quoted(CUT, 0, len("lost 17")), "harbour#cut-day": Quoted(CUT, 21, len(CUT) - 7)},
    lends={
        "claim": {"rose": ("harbour#rise", "harbour#before")},
        "event": {"statement": ("harbour#rise",)},
        "figure": {"harbour#growth": ("harbour#rise",), "harbour#early": ("harbour#rise",)},
    },
    figures={"harbour#growth": derived_figure()},
    broken=frozenset({"refused", "harbour#refused"}),
)
NAMES = Names(
    [
        EntityRecord(at=AT, id=Id(i), kind="organisation", name=Words(n), aliases=tuple(map(Words, aliases)))
        for i, n, aliases in (("board", "Harbour Board", ["the Board"]), ("radio", "Port Radio", []), ("mayor",
        "Mayor Smith", []))
    ]
)  # fmt: skip


def check(text: str) -> tuple[list[str], tuple[Problem, ...]]:
    """How each sentence stands, and what is wrong."""
    prose, problems = read_prose(text, lambda line, column: Place("topics/t.md", 5 + line, 1 + column), CITABLE, NAMES)
    return [s.standing for s in prose.sentences], problems


def unsupported(text: str) -> list[str]:
    return [p.message.removesuffix(" does not stand in what this sentence cites") for p in check(text)[1]]


@pytest.mark.parametrize(
    "text",
    [
        "It received 120 complaints [@harbour#rise].",
        "A hundred and twenty came in [@harbour#rise].",
        "There were 80 the year before, in 2020 [@harbour#before].",
        "From 80 to 120 [@harbour#rise] [@harbour#before].",
        "From 80 to 120 [@claim:rose].",
        "On 4 March 2021 it received 120 [@event:statement].",
        "On March 4 [@event:statement].",
        "In March 2021 [@event:statement].",
        "That is 120 [@figure:harbour#early].",
        "They grew by 50% [@figure:harbour#growth].",  # the derived figure's own value
        "The Board, that is the Harbour Board [@harbour#rise].",
        "At 5:30 [@harbour#rise].",
        "At 17:30 [@harbour#rise].",
        "Twelve ferries and 1300 boats [@harbour#big].",
        "1.3 thousand boats [@harbour#big].",
        "One complaint of many [@harbour#rise].",
        "In the summer of 2019 [@harbour#spring].",
        "It wrote **120** and [120](https://e.org/99) [@harbour#rise].",
        "Unlike any 4711 of Mayor Smith in 1999 [analysis].",
        "Unlike any 4711 of Mayor Smith [@harbour#rise] [analysis].",
        "Mayor Smith told 4711 people in 1999.",  # uncited: shown and counted, not checked
        "The 21st of T-72 [@harbour#rise].",
    ],
)
def test_these_sentences_are_supported_or_need_no_support(text: str) -> None:
    assert unsupported(text) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("It received 130 complaints [@harbour#rise].", ["the number 130"]),
        ("It received _130_ complaints [@harbour#rise].", ["the number 130"]),
        ("It received 1&#51;0 complaints [@harbour#rise].", ["the number 130"]),
        ("It received 80 complaints [@harbour#rise].", ["the number 80"]),
        ("Seventeen came, and 120 [@harbour#rise].", ["the number Seventeen"]),
        ("They grew by 50% [@harbour#rise].", ["the number 50"]),
        ("They grew by 50% [@figure:harbour#early].", ["the number 50"]),
        ("On 5 March 2021 [@harbour#rise].", ["the date 5 March 2021"]),
        ("On 4 March 2022 [@harbour#rise].", ["the date 4 March 2022"]),
        ("In 2022 [@harbour#rise].", ["the date 2022"]),
        (
            "In September 2022 [@harbour#spring].",
            ["the date September 2022"],
        ),  # printed apart, of another year together
        ("In spring 2019 [@harbour#spring].", ["the date spring 2019"]),
        ("At 6:30 [@harbour#rise].", ["the date 6:30"]),
        ("Port Radio knew [@harbour#rise].", ["the name Port Radio"]),
        ("Mayor Smith had 17 [@claim:rose].", ["the number 17", "the name Mayor Smith"]),
        ("Some 17 boats [@harbour#cut].", ["the number 17"]),
        ("On September 2 [@harbour#cut-day].", ["the date September 2"]),
    ],
)
def test_a_number_date_or_name_that_no_cited_passage_prints_is_an_error(text: str, missing: list[str]) -> None:
    assert unsupported(text) == missing
    assert {p.rule for p in check(text)[1]} == {"brief-unsupported"}


def test_each_sentence_is_cited_or_ours_or_counted_as_uncited() -> None:
    text = "# Head\n\nCited [@harbour#rise]. Ours [analysis]. Neither.\n\n- Ours too. [analysis]\n- Nor this"
    prose, problems = read_prose(text, lambda *_: Place("x"), CITABLE, NAMES)
    assert not problems
    assert [s.standing for s in prose.sentences] == ["cited", "analysis", "uncited", "analysis", "uncited"]
    assert [prose.count(standing) for standing in ("cited", "analysis", "uncited")] == [1, 2, 2]
    assert prose.sentences[0].citations[0].passages == ("harbour#rise",)


@pytest.mark.parametrize(
    ("text", "rule", "place"),
    [
        ("Fine.\n\nWords [@harbour#nowhere].", "unknown-id", "topics/t.md:7:1"),
        ("Words [@claim:nowhere].", "unknown-id", "topics/t.md:5:1"),
        ("Fine. Words [@event:nowhere].", "unknown-id", "topics/t.md:5:7"),
        ("Words [@figure:harbour#nowhere].", "unknown-id", "topics/t.md:5:1"),
        ("Words [@harbour].", "bad-citation", "topics/t.md:5:1"),
        ("Words [@harbour#rise, harbour#big].", "bad-citation", "topics/t.md:5:1"),
        ("The [analysis] is wrong.", "bad-citation", "topics/t.md:5:1"),
        ("# Head [@harbour#nowhere]", "unknown-id", "topics/t.md:5:3"),
        ("- [@harbour#nowhere]", "unknown-id", "topics/t.md:5:3"),
        ("Ours [@harbour#nowhere] [analysis].", "unknown-id", "topics/t.md:5:1"),
    ],
)
def test_a_citation_that_leads_nowhere_is_an_error_with_its_place(text: str, rule: str, place: str) -> None:
    (problem,) = check(text)[1]
    assert (problem.rule, str(problem.place)) == (rule, place)
    assert problem.hint or "nowhere" in text


def test_a_citation_of_what_was_refused_is_no_further_problem() -> None:
    assert check("Words 4711 [@harbour#refused]. More [@claim:refused].")[1] == ()


def test_a_near_miss_is_answered_with_the_id_that_was_meant() -> None:
    (problem,) = check("Words [@harbour#rize].")[1]
    assert problem.hint == "did you mean 'harbour#rise'?"


@pytest.mark.parametrize(
    ("cited", "file"), [("noon#tide", "sources/noon"), ("figure:noon#9", "sources/noon"), ("claim:it-was-so", "claims")]
)
def test_what_nothing_is_near_to_is_answered_with_the_file_it_belongs_in(cited: str, file: str) -> None:
    (problem,) = check(f"Words [@{cited}].")[1]
    assert problem.hint == f"declare it in annotations/{file}.yaml"


def test_a_note_s_citations_lead_somewhere_but_its_sentences_need_none() -> None:
    where = Place("annotations/sources/harbour.yaml", 3, 5)
    assert list(check_citations("Mayor Smith had 4711. See [@harbour#rise].", lambda: where, CITABLE)) == []
    (problem,) = check_citations("See [@harbour#nowhere].", lambda: where, CITABLE)
    assert (problem.rule, problem.place) == ("unknown-id", where)
