"""From nodes to records: the field decides what a scalar is, and one run names every misfit at its own place."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder import records
from site_builder.problems import Place, Problem
from site_builder.reading import scalars
from site_builder.reading.nodes import compose
from site_builder.reading.schema import Reader
from site_builder.records import (
    ClaimRecord,
    EventRecord,
    FigureRecord,
    MeasureRecord,
    PassageRecord,
    RangeQuote,
    Record,
    SiteRecord,
    SourceRecord,
)

R = TypeVar("R", bound=Record)

SOURCE = "text: harbour.txt\nsha256: abc\ntype: report\ntitle: Noise\n"
EVENT = "- {{id: talk, title: The board speaks, date: {{edtf: '2021', basis: stated}}, evidence: [a#b], planned: {}}}\n"


def _reader(text: str) -> tuple[Reader, yaml.Node]:
    node = compose(text, "a.yaml")
    assert isinstance(node, yaml.Node), node
    return Reader("a.yaml", tuple(text.split("\n"))), node


def _read(text: str, kind: type[R]) -> R:
    reader, node = _reader(text)
    record = reader.record(node, kind)
    assert reader.problems == []
    assert record is not None
    return record


def _problems(text: str, kind: type[Record]) -> list[Problem]:
    reader, node = _reader(text)
    reader.record(node, kind)
    return reader.problems


def _problem(text: str, kind: type[Record]) -> Problem:
    (problem,) = _problems(text, kind)
    return problem


def _figure(value: str) -> str:
    return f"id: early-2021\nmeasure: complaints\nvalue: {value}\n"


@pytest.mark.parametrize(
    "spelling",
    [
        *("y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "True", "TRUE", "False", "FALSE"),
        *("on", "On", "ON", "off", "Off", "OFF", "1", "0", '"true"', "'false'"),
    ],
)
def test_a_boolean_takes_only_true_and_false_and_the_hint_says_which_is_meant(spelling: str) -> None:
    reader, node = _reader(EVENT.format(spelling))
    (event,) = reader.list_of(node, EventRecord)
    assert event.planned is False
    (problem,) = reader.problems
    assert problem.rule == "wrong-type"
    is_yes = spelling.strip("\"'").lower() in ("y", "yes", "on", "true", "1")
    assert problem.hint == f"write {'true' if is_yes else 'false'}"


@pytest.mark.parametrize(("spelling", "value"), [("true", True), ("false", False)])
def test_true_and_false_are_booleans(spelling: str, value: bool) -> None:
    reader, node = _reader(EVENT.format(spelling))
    assert [event.planned for event in reader.list_of(node, EventRecord)] == [value]


@pytest.mark.parametrize("spelling", ["0", "7", "-3", "120", "0.5", "1300", "1.10", "17000000000000000001", "-0.25"])
def test_a_number_is_a_plain_decimal_and_keeps_its_digits(spelling: str) -> None:
    value = _read(_figure(spelling), FigureRecord).value
    assert value == Decimal(spelling)
    assert str(value) == spelling


@pytest.mark.parametrize(
    ("spelling", "hint"),
    [
        ("1,300", "write 1300"),
        ("1_300", "write 1300"),
        ("1 300", "write 1300"),
        ("1'300'000.5", "write 1300000.5"),
        ("010", "write 10"),
        ("-007", "write -7"),
        ("+5", "write 5"),
        ('"120"', "write 120"),
        ("0,5", "write 0.5"),
        ("12,75", "write 12.75"),
        ("seventeen", "write 17"),
        ("two hundred", "write 200"),
        ("seventeen people", "write digits, for example 1300 or 0.5"),
        *(
            (odd, "write digits, for example 1300 or 0.5")
            for odd in ("0x1F", "0b11", "1e3", ".5", "5.", "1:30", "many")
        ),
        *(
            (odd, "write digits, for example 1300 or 0.5")
            for odd in ("NaN", ".inf", "١٢", "1.300,5", "$5", "2024-01-01")
        ),
    ],
)
def test_a_number_in_any_other_spelling_is_refused_with_the_plain_one(spelling: str, hint: str) -> None:
    problem = _problem(_figure(spelling), FigureRecord)
    assert (problem.place, problem.rule, problem.hint) == (Place("a.yaml", 3, 8), "wrong-type", hint)


@pytest.mark.parametrize("text", ["no", "1:30", "010", "2024-01-01", "1_000", "0x1F", "true", "3"])
def test_a_text_field_takes_any_scalar_as_text(text: str) -> None:
    assert _read(f"title: {text}\n", SiteRecord).title == text


def test_a_block_scalar_is_the_text_of_a_quote() -> None:
    text = "id: rise\nquote: >-\n  120 complaints\n  about noise\n"
    passage = _read(text, PassageRecord)
    assert passage.quote == "120 complaints about noise"
    assert passage.at.of("quote") == Place("a.yaml", 2, 8)


def test_a_quote_is_words_or_a_range_with_places_of_its_own() -> None:
    passage = _read("id: rise\nquote: {from: it had, to: noise}\n", PassageRecord)
    assert isinstance(passage.quote, RangeQuote)
    assert (passage.quote.from_, passage.quote.to) == ("it had", "noise")
    assert passage.quote.at.of("to") == Place("a.yaml", 2, 27)


def test_each_field_and_each_item_of_a_list_has_its_place() -> None:
    passage = _read("id: rise\nquote: é😀\ntopics: [é-, 'x']\n".replace("é-", "noise"), PassageRecord)
    assert passage.at.place == Place("a.yaml", 1, 1)
    assert passage.at.of("topics.1") == Place("a.yaml", 3, 17)
    assert passage.at.of("stance") == passage.at.place


def test_a_place_right_after_multi_byte_characters_counts_characters() -> None:
    assert _problem("{title: é😀ß, zzz: 1}\n", SiteRecord).place == Place("a.yaml", 1, 14)


@pytest.mark.parametrize("spelling", ["null", "~", "Null", "NULL", ""])
def test_null_leaves_an_optional_field_out(spelling: str) -> None:
    assert _read(SOURCE + f"container-title: {spelling}\nURL: {spelling}\n", SourceRecord).container_title is None


def test_null_is_an_empty_list_and_an_empty_map() -> None:
    assert _read(SOURCE + "passages:\nboilerplate: ~\n", SourceRecord).passages == ()
    assert dict(_read("title: x\nthemes:\n", SiteRecord).themes) == {}


def test_the_word_null_in_quotes_is_text() -> None:
    assert _read('title: "null"\n', SiteRecord).title == "null"


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        ("title:\n", 7, "write a value"),
        ("title: null\n", 8, "write a value"),
        ("title: null # none\n", 8, "write a value"),
        ("title: #1 in noise\n", 7, "what follows '#' is a comment; put the value in quotes"),
        ("title:    # to be found\n", 7, "what follows '#' is a comment; put the value in quotes"),
    ],
)
def test_a_required_value_that_is_empty_says_why(text: str, column: int, hint: str) -> None:
    problem = _problem(text, SiteRecord)
    assert (problem.place.column, problem.rule, problem.message) == (column, "wrong-type", "'title' has no value")
    assert problem.hint == hint


def test_an_optional_value_that_became_a_comment_is_not_lost_without_a_word() -> None:
    assert _problem("title: x\ndescription: #1 in noise\n", SiteRecord).rule == "wrong-type"
    assert _problems("title: x\ndescription: # not yet written\n", SiteRecord) == []


@pytest.mark.parametrize(
    ("text", "kind", "message", "hint"),
    [
        ("id: a\nquote: x\ntopics: noise\n", PassageRecord, "'topics' is a list, not 'noise'", "write [noise]"),
        ("id: a\nquote: x\ntopics: noise, port\n", PassageRecord, "'topics' is a list", "write [noise, port]"),
        ("id: a\nquote: x\nflags: odd\n", PassageRecord, "'flags' is a list, not 'odd'", "write [{kind: …, why: …}]"),
        ("id: a\nquote: [x]\n", PassageRecord, "'quote' is text, not a list", "if the brackets belong"),
        ("id: a\nquote: x\nnote:\n  - a\n  - b\n", PassageRecord, "'note' is text, not a list", "write one text: in q"),
        ("id: a\nquote: x\nstance: [denies]\n", PassageRecord, "'stance' is text, not a list", "write one of: asserts"),
        ("id: a\nquote: x\nsaid_by: [b, c]\n", PassageRecord, "'said_by' is an id, not a list", "write one alone"),
        ("id: [a]\nquote: x\n", PassageRecord, "'id' is an id, not a list", "write a"),
        ("title: {a: b}\n", SiteRecord, "'title' is text, not keys and values", "if the brackets belong"),
        ("title: x\nthemes: [noise]\n", SiteRecord, "'themes' holds keys and values, not a list", "write {noise: …}"),
        (SOURCE + "issued: 2021-03\n", SourceRecord, "'issued' holds keys (edtf, basis", "write {edtf: …, basis: …}"),
        (SOURCE + "passages: [x]\n", SourceRecord, "each entry of 'passages' holds keys (id, quote", "write {id: …"),
        ("- a\n", SiteRecord, "this file holds keys (title, ", "write {title: …}"),
        ("just words\n", SiteRecord, "this file holds keys (title, ", "write {title: …}"),
        ("? [a]\n: b\ntitle: x\n", SiteRecord, "a key is a plain word, not a list", "write it without"),
    ],
)
def test_a_value_of_another_shape_says_what_belongs_there(
    text: str, kind: type[Record], message: str, hint: str
) -> None:
    problem = _problem(text, kind)
    assert problem.rule == "wrong-type"
    assert problem.message.startswith(message)
    assert problem.hint.startswith(hint)


@pytest.mark.parametrize(
    ("text", "kind", "rule", "hint"),
    [
        ("title: x\ntitel: y\n", SiteRecord, "unknown-key", "did you mean 'title'?"),
        ("title: x\nTitle: y\n", SiteRecord, "unknown-key", "did you mean 'title'?"),
        (SOURCE + "container_title: y\n", SourceRecord, "unknown-key", "did you mean 'container-title'?"),
        (SOURCE + "url: y\n", SourceRecord, "unknown-key", "did you mean 'URL'?"),
        ("title: x\nqqq: y\n", SiteRecord, "unknown-key", "known here: title, description, authors"),
        ("title: x\nat: y\n", SiteRecord, "unknown-key", ""),
        ("title: x\ntitle: y\n", SiteRecord, "duplicate-key", "keep one of the two"),
        ("title: x\n<<: {language: de}\n", SiteRecord, "yaml-alias", "write the keys here"),
        ("title: ' '\n", SiteRecord, "bad-value", "write some text"),
        ('title: "\\u200B\\u00AD"\n', SiteRecord, "bad-value", "write some text"),
        ("id: a\nquote: ' '\n", PassageRecord, "bad-value", "write some text"),
        (
            "id: a\nquote: x\nstance: denys\n",
            PassageRecord,
            "bad-value",
            "did you mean 'denies'? one of: asserts, denies",
        ),
        ("id: a\nquote: x\nstance: says\n", PassageRecord, "bad-value", "did you mean 'relays'? one of: asserts"),
        ("id: a\nquote: x\nstance: qqq\n", PassageRecord, "bad-value", "one of: asserts, denies"),
        ("id: a\nquote: x\nstance: Denies\n", PassageRecord, "bad-value", "did you mean 'denies'?"),
        ("id: Early 2021!\nquote: x\n", PassageRecord, "bad-id", "write early-2021"),
        ("id: a--b\nquote: x\n", PassageRecord, "bad-id", "write a-b"),
        (f"id: {'a' * 101}\nquote: x\n", PassageRecord, "bad-id", f"write {'a' * 100}"),
        ("id: 騒音\nquote: x\n", PassageRecord, "bad-id", "for example"),
        ("id: a\nquestion: x\nnearest: [rise]\n", records.QuestionRecord, "bad-id", "write source-id#passage-id"),
        ("title: x\nbase_url: javascript:alert(1)\n", SiteRecord, "bad-url", "it begins with https://"),
        ("title: x\nbase_url: //harbour.example\n", SiteRecord, "bad-url", "it begins with https://"),
        ("title: x\nbase_url: 'data:text/html,x'\n", SiteRecord, "bad-url", "it begins with https://"),
        ("title: x\nbase_url: 'https://a.example/\" onclick=x'\n", SiteRecord, "bad-url", "it begins with https://"),
        ("title: x\nbase_url: harbour.example/noise\n", SiteRecord, "bad-url", "write https://harbour.example/noise"),
    ],
)
def test_each_misfit_has_its_rule_and_a_hint_that_helps(text: str, kind: type[Record], rule: str, hint: str) -> None:
    problem = _problem(text, kind)
    assert problem.rule == rule
    assert problem.hint.startswith(hint)


def test_words_that_a_comma_cut_off_their_value_are_given_back_to_it_in_quotes() -> None:
    problems = _problems("{why: on the spot, the day after, in haste, grate: B}", records.ReliabilityRecord)
    assert [(p.rule, p.hint.partition("; ")[2] or p.hint) for p in problems] == [
        ("unknown-key", 'quotes keep it whole: why: "on the spot, the day after, in haste"'),
        ("unknown-key", "did you mean 'grade'?"),
    ]


def test_a_key_that_is_missing_comes_with_its_choices() -> None:
    hints = [p.hint for p in _problems("passage: a#b\n", records.EvidenceRecord)]
    assert hints == ["add relation: …, one of: supports, contradicts, qualifies"]


def test_a_key_that_is_misspelt_is_not_called_missing_as_well() -> None:
    assert [p.hint for p in _problems("titel: x\n", SiteRecord)] == ["did you mean 'title'?"]
    assert {p.rule for p in _problems("titles: x\nqqq: x\n", SourceRecord)} == {"unknown-key", "missing-key"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1,240", "1240"), ("1, 240", "1240"), ("1,5", "1.5"), ("1850,50", "1850.50"), ("1,000,000", "1000000"),
        ("12,34,567", "1234567"),
    ],
)  # fmt: skip
def test_digits_behind_a_comma_are_given_back_to_their_number(written: str, meant: str) -> None:
    [problem] = _problems(f"{{id: april, measure: crossings, value: {written}}}", FigureRecord)
    assert (problem.rule, problem.hint) == ("unknown-key", f"a comma ends a value; write value: {meant}")


def test_words_that_a_comma_cut_off_are_given_back_as_they_were_written() -> None:
    [problem] = _problems("{id: all, measure: francs, approx: environ 1,2 million}", FigureRecord)
    assert problem.hint.endswith('approx: "environ 1,2 million"')


def test_a_key_written_twice_names_the_line_of_the_first() -> None:
    problem = _problem("title: x\nlanguage: en\ntitle: y\n", SiteRecord)
    assert (problem.place, problem.message) == (Place("a.yaml", 3, 1), "'title' is written twice, first on line 1")


def test_a_merge_key_is_not_blamed_for_the_keys_it_may_hold() -> None:
    assert [p.rule for p in _problems("<<: {title: x}\n", SiteRecord)] == ["yaml-alias"]


def test_one_walk_names_every_misfit_in_every_entry() -> None:
    text = (
        "text: harbour.txt\nsha256: abc\ntype: newspaper\ntitel: Noise\n"
        "passages:\n"
        "  - {id: One, quote: x}\n"
        "  - {id: two, quotte: x, stance: shouts}\n"
        "  - id: three\n"
        "    quote: x\n"
        "    figures: [{id: f, measure: m, value: 1_0, low: ten}]\n"
    )
    found = {(p.place.line, p.rule) for p in _problems(text, SourceRecord)}
    assert found == {
        (3, "bad-value"), (4, "unknown-key"), (6, "bad-id"), (7, "unknown-key"), (7, "bad-value"), (10, "wrong-type"),
    }  # fmt: skip


def test_an_entry_that_is_refused_leaves_its_neighbours_and_its_source_standing() -> None:
    text = SOURCE + "passages:\n  - {id: one, quote: [x]}\n  - {id: two, quote: x, stance: shouts}\n"
    reader, node = _reader(text.replace("report", "reprot"))
    record = reader.record(node, SourceRecord)
    assert record is not None
    assert [p.id for p in record.passages] == ["two"]
    assert reader.broken == {"one"}


def test_the_ids_within_a_refused_entry_are_kept_so_that_no_reference_to_them_is_blamed() -> None:
    text = SOURCE.replace("text: harbour.txt", "text: [x]") + (
        "passages:\n  - {id: one, quote: x, figures: [{id: early, measure: m}]}\n"
    )
    reader, node = _reader(text)
    assert reader.record(node, SourceRecord) is None
    assert reader.broken == {"one", "early"}


def test_a_misspelt_key_that_an_entry_is_checked_by_refuses_the_entry() -> None:
    reader, node = _reader("{id: one, quote: x, prefx: y}\n")
    assert reader.record(node, PassageRecord) is None
    assert reader.broken == {"one"}


def test_a_claim_whose_evidence_is_in_part_refused_is_not_judged_by_the_rest() -> None:
    text = (
        "id: c\nclaim: x\nstatus: conflict\nconfidence: low\n"
        "evidence: [{passage: a#b, relation: supports}, {passage: a#c, relation: denies}]\n"
    )
    reader, node = _reader(text)
    assert reader.record(node, ClaimRecord) is None
    assert reader.broken == {"c"}


@pytest.mark.parametrize(("text", "message"), [("a: b\n", "keys and values"), ("words\n", "'words'")])
def test_a_file_of_entries_holds_a_list(text: str, message: str) -> None:
    reader, node = _reader(text)
    assert reader.list_of(node, MeasureRecord) == ()
    assert [p.message for p in reader.problems] == [f"this file holds a list, not {message}"]


def test_an_empty_file_of_entries_holds_none() -> None:
    reader = Reader("a.yaml")
    assert reader.list_of(None, MeasureRecord) == ()
    assert reader.problems == []


_KINDS = [
    kind
    for kind in vars(records).values()
    if isinstance(kind, type) and issubclass(kind, Record) and kind is not Record
]
_KEYS = sorted({f.replace("_", "-") for kind in _KINDS for f in kind.__dataclass_fields__} | {"from", "<<", "é"})
_TREES = st.recursive(
    st.one_of(st.text(max_size=8), st.sampled_from(["", "a", "true", "1.5", "a#b", "https://a.example", "null", "A"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(_KEYS), inner, max_size=6)),
    max_leaves=20,
)


@settings(max_examples=3 * settings().max_examples, deadline=None)
@given(st.sampled_from(_KINDS), _TREES, st.booleans())
def test_any_document_is_a_record_or_has_a_problem(kind: type[Record], tree: object, flow: bool) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow)
    node = compose(text, "a.yaml")
    if not isinstance(node, yaml.Node):
        return
    reader = Reader("a.yaml", tuple(text.split("\n")))
    record = reader.record(node, kind)
    assert record is not None or reader.problems
    lines = text.split("\n")
    for problem in reader.problems:
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1


@given(st.lists(st.sampled_from(["https://", "http://", "a", "B9", ".", "-", "@", ":", "/", "?", "#", "[", "]", "é"])))
def test_an_address_that_is_taken_at_a_glance_has_a_host(pieces: list[str]) -> None:
    address = "".join(pieces)
    assert scalars.has_host(address) or not scalars.WITH_HOST.fullmatch(address)
    assert scalars.WITH_HOST.fullmatch("https://harbour.example/a?b#c")
