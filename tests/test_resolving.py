"""One source: contracts 1 (quote), 2 (number), 3 (issue date) and 6 (coverage)."""

import pickle
import random
import time
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.contracts.resolving import Resolved, resolve_passages, resolve_source
from site_builder.coverage import strays
from site_builder.markup.names import Names
from site_builder.printed.dates import date_mentions
from site_builder.problems import Place
from site_builder.records import (
    DateRecord,
    EntityRecord,
    FigureRecord,
    Hash,
    Id,
    Location,
    Markdown,
    PassageRecord,
    RangeQuote,
    RegionRecord,
    SourceFile,
    SourceRecord,
    Words,
)
from site_builder.storing import Stored
from site_builder.texts.text import is_plain, weight

quick = settings(derandomize=True, deadline=None, max_examples=3 * settings().max_examples // 2)
PATH = "annotations/sources/harbour.yaml"
NAMES = Names(
    [
        EntityRecord(
            at=Location(Place("entities.yaml"), {}), id=Id("board"), kind="organisation", name=Words("Harbour Board")
        )
    ]
)

TEXT = (
    "The Harbour Board told Port Radio on 4 March 2021 that it had “received” 1,300 complaints — not 130 —\nabout "
    "noise in January and February 2021, against almost a hundred in the two months before…\n\nRead more\n"
)


def at(line: int, **fields: tuple[int, int]) -> Location:
    return Location(Place(PATH, line, 3), fields)


def passage(quote: str | tuple[str, str], id_: str = "p", **fields: Any) -> PassageRecord:
    place = at(10, id=(10, 9), quote=(11, 12))
    if isinstance(quote, tuple):
        ends = at(11, from_=(11, 20), to=(12, 20))
        written: Any = RangeQuote(at=ends, from_=Words(quote[0]), to=Words(quote[1]))
    else:
        written = Words(quote)
    return PassageRecord(at=place, id=Id(id_), quote=written, **fields)


def region(quote: str, why: str = "teaser") -> RegionRecord:
    return RegionRecord(at=at(30, quote=(30, 12)), quote=Words(quote), why=Markdown(why))


def source_file(*passages: PassageRecord, text: str | None = TEXT, **fields: Any) -> SourceFile:
    record = SourceRecord(
        at=at(1), text=Words("harbour.txt"), sha256=Hash("0" * 64), title=Words("T"), passages=passages,
        **({"type": "report"} | fields)
    )  # fmt: skip
    if text is None:
        return SourceFile("harbour", record, None, None)
    raw = text.encode()
    return SourceFile("harbour", record, Stored(raw, is_plain(raw)), "0" * 64)


def resolved(*passages: PassageRecord, text: str | None = TEXT, **fields: Any) -> Resolved:
    return resolve_source(source_file(*passages, text=text, **fields), NAMES)


def problems(result: Resolved) -> list[tuple[str, str]]:
    return [(p.rule, str(p.place).removeprefix(f"{PATH}:")) for p in result.problems]


# Contract 1


def test_a_resolved_passage_has_the_source_s_own_characters_and_its_names() -> None:
    result = resolved(
        passage('Harbour Board told Port Radio on 4 March 2021 that it had "received"', via=(Id("radio"),))
    )
    assert result.source is not None
    (found,) = result.source.passages
    assert (
        found.words
        == TEXT[found.start : found.end]
        == "Harbour Board told Port Radio on 4 March 2021 that it had “received”"
    )
    assert (found.match, found.entities, found.chain, found.ref) == (
        "normalised",
        ("board",),
        ("harbour", "radio"),
        "harbour#p",
    )
    assert not result.problems


@pytest.mark.parametrize(
    ("quote", "rule", "message"),
    [
        ("received” 1,300 Complaints — not 130", "quote-drifted", "[-Complaints-] {+complaints+}"),
        ("1,800 complaints — not 130", "quote-drifted", "[-1,800-] {+1,300+}"),
        ("1,300 complaints — 130 — about noise", "quote-drifted", "{+not+}"),
        ("in the two months before...", "quote-drifted", "[-before...-] {+before…"),
        ("no word of this stands anywhere", "quote-missing", "do not stand in seeds/harbour.txt"),
        ("2021", "quote-ambiguous", "stand in 2 places in seeds/harbour.txt: 1:46, 2:37"),
        ("\u200b\u00ad", "quote-blank", "visible words"),
        ("\u202e", "quote-blank", "visible words"),
    ],
)
def test_a_quote_that_means_no_one_place_is_an_error_with_line_and_column(quote: str, rule: str, message: str) -> None:
    result = resolved(passage(quote))
    assert problems(result) == [(rule, "11:12")]
    assert message in result.problems[0].message
    assert result.problems[0].hint or rule == "quote-blank"
    assert result.broken == {"harbour#p"}


def test_the_hint_for_an_ambiguous_quote_settles_it() -> None:
    (problem,) = resolved(passage("2021")).problems
    assert problem.hint == 'for 1:46 add prefix: "March"; for 2:37 add prefix: "February"'
    assert problems(resolved(passage("2021", prefix=Words("March")))) == []
    assert problems(resolved(passage("2021", prefix=Words("April")))) == [("quote-missing", "11:12")]


def test_the_hint_for_an_ambiguous_quote_can_be_pasted_into_yaml() -> None:
    (problem,) = resolved(passage("2021"), text='He said "no"\nto 2021. She said "yes"\nto 2021.').problems
    assert problem.hint == 'for 2:4 add prefix: "\\"no\\" to"; for 3:4 add prefix: "\\"yes\\" to"'


def test_an_ambiguous_quote_with_thousands_of_places_is_one_short_line() -> None:
    (problem,) = resolved(passage("x"), text="x " * 5_000).problems
    assert problem.message.startswith("these words stand in 5000 places in seeds/harbour.txt: 1:1, 1:3,")
    assert problem.message.endswith("and 4980 more")
    assert problem.hint.startswith("for 1:1 quote more of what stands around it; for 1:3 quote more")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("told Port Radio", "two months before", []),
        ("told Port Raddio", "two months before", [("quote-drifted", "11:20")]),
        ("two months before", "told Port Radio", [("quote-missing", "12:20")]),
        ("told Port Radio", "zebra xylophone", [("quote-missing", "12:20")]),
        ("2021", "before", [("quote-ambiguous", "11:20")]),
    ],
)
def test_a_long_passage_is_found_by_its_ends_and_the_end_that_fails_is_named(
    start: str, end: str, expected: list[tuple[str, str]]
) -> None:
    assert problems(resolved(passage((start, end)))) == expected


def test_a_source_without_readable_text_gives_no_further_problem() -> None:
    assert resolved(passage("anything"), text=None) == Resolved(None, (), frozenset({"harbour"}))


def test_passages_can_be_had_without_names_and_coverage_with_the_same_places_and_problems() -> None:
    written = (passage("Port Radio", "a"), passage("nowhere", "b"), passage("Read more", "c"))
    whole = resolved(*written, boilerplate=(region("Read more"),))
    passages, met = resolve_passages(source_file(*written, boilerplate=(region("Read more"),)))
    assert whole.source
    assert [(p.id, p.start, p.end) for p in passages] == [(p.id, p.start, p.end) for p in whole.source.passages]
    assert len(met) == 2
    assert met == whole.problems
    assert resolve_passages(source_file(*written, text=None)) == ((), ())


def test_two_passages_or_figures_of_one_id_are_an_error() -> None:
    figure = FigureRecord(at=at(12, id=(12, 9)), id=Id("f"), measure=Id("m"), value=Decimal(130))
    result = resolved(passage("not 130", "p"), passage("Port Radio", "p"))
    assert problems(result) == [("duplicate-id", "10:9")]
    result = resolved(passage("not 130", "p", figures=(figure, figure)))
    assert problems(result) == [("duplicate-id", "12:9")]


# Contract 2


def figure_problems(quote: str, text: str = TEXT, **numbers: Any) -> list[tuple[str, str]]:
    numbers = {k: Decimal(v) if k in ("value", "low", "high") else v for k, v in numbers.items()}
    places = at(20, value=(20, 30), low=(20, 31), high=(20, 32), approx=(20, 33), period=(20, 34))
    figure = FigureRecord(at=places, id=Id("f"), measure=Id("m"), **numbers)
    return problems(resolved(passage(quote, figures=(figure,)), text=text))


@pytest.mark.parametrize(
    ("quote", "numbers"),
    [
        ("1,300 complaints — not 130", {"value": "1300"}),
        ("1,300 complaints — not 130", {"value": "130.0"}),
        ("1,300 complaints — not 130", {"low": "130", "high": "1300"}),
        ("almost a hundred in the two months", {"value": "100", "approx": "almost a hundred"}),
        ("almost a hundred in the two months", {"value": "2"}),
        ("in the two months before", {"approx": "two months"}),
        ("two months before…", {"low": "60", "high": "62", "approx": "months"}),  # words that no number is in
        ("in January and February 2021", {"value": "2021", "approx": "2021"}),
        ("1,300 complaints — not 130", {"value": "10", "derived": "130 / 13"}),
    ],
)
def test_these_figures_are_printed_in_their_quote(quote: str, numbers: dict[str, str]) -> None:
    assert figure_problems(quote, **numbers) == []


@pytest.mark.parametrize(
    ("quote", "numbers", "expected"),
    [
        ("1,300 complaints — not 130", {"value": "300"}, ("number-not-in-quote", "20:30")),
        ("1,300 complaints — not 130", {"value": "1"}, ("number-not-in-quote", "20:30")),
        ("1,300 complaints — not 130", {"value": "13"}, ("number-not-in-quote", "20:30")),
        ("1,300 complaints — not 130", {"low": "130", "high": "1301"}, ("number-not-in-quote", "20:32")),
        ("told Port Radio on 4 March 2021", {"value": "4"}, ("number-not-in-quote", "20:30")),  # part of a date
        ("told Port Radio on 4 March 2021", {"value": "2021"}, ("number-not-in-quote", "20:30")),
        ("“received” 1", {"value": "1"}, ("number-not-in-quote", "20:30")),  # the quote cuts a number
        ("300 complaints", {"value": "300"}, ("number-not-in-quote", "20:30")),
        ("complaints — not 13", {"value": "13"}, ("number-not-in-quote", "20:30")),
        ("1,300 complaints — not 130", {"value": "1300", "approx": "many"}, ("approx-not-in-quote", "20:33")),
        ("1,300 complaints — not 130", {"value": "300", "approx": "300"}, ("approx-not-in-quote", "20:33")),
        ("1,300 complaints — not 130", {"value": "1", "approx": "1"}, ("approx-not-in-quote", "20:33")),
        ("complaints — not 130", {"value": "130", "approx": "plaints"}, ("approx-not-in-quote", "20:33")),
        ("almost a hundred in", {"value": "95", "approx": "almost a hundred"}, ("number-not-in-quote", "20:30")),
        ("almost a hundred in", {"value": "99", "approx": "almost"}, ("number-not-in-quote", "20:30")),  # no amount
        ("1,300 complaints — not 130", {}, ("figure-empty", "20:3")),
        ("1,300 complaints — not 130", {"low": "1300", "high": "130"}, ("figure-range", "20:3")),
        ("1,300 complaints — not 130", {"value": "130", "period": "last week"}, ("bad-date", "20:34")),
    ],
)
def test_these_figures_are_not(quote: str, numbers: dict[str, str], expected: tuple[str, str]) -> None:
    assert figure_problems(quote, **numbers) == [expected]


def test_the_hint_for_a_wrong_number_names_the_numbers_of_the_quote() -> None:
    figure = FigureRecord(at=at(20), id=Id("f"), measure=Id("m"), value=Decimal(131))
    (problem,) = resolved(passage("1,300 complaints — not 130", figures=(figure,))).problems
    assert problem.hint == "the quote has 1,300, 130"


# Contract 3


def issue_problems(edtf: str, basis: Any, quote: str | None = None, why: str | None = None) -> list[tuple[str, str]]:
    places = at(5, edtf=(5, 10), basis=(5, 20), quote=(5, 30))
    record = DateRecord(
        at=places,
        edtf=Words(edtf),
        basis=basis,
        quote=Words(quote) if quote else None,
        why=Markdown(why) if why else None,
    )
    return problems(resolved(issued=record))


@pytest.mark.parametrize(
    ("edtf", "basis", "quote", "why"),
    [
        ("2021-03-04", "stated", "on 4 March 2021", None),
        ("2021-01/2021-02", "stated", "January and February 2021", None),
        ("2021-03~", "inferred", None, "a statement of March"),
        ("2021-03/..", "bounded", "4 March 2021", "tells of March"),
        ("2022-22?", "relative", None, "the summer after"),
    ],
)
def test_these_issue_dates_rest_on_what_they_say(edtf: str, basis: str, quote: str | None, why: str | None) -> None:
    assert issue_problems(edtf, basis, quote, why) == []


@pytest.mark.parametrize(
    ("edtf", "basis", "quote", "why", "expected"),
    [
        ("2021-03-05", "stated", "on 4 March 2021", None, [("date-not-stated", "5:10")]),
        ("2021-03-04", "stated", "March 2021", None, [("date-not-stated", "5:10")]),
        ("2021-03-04", "stated", "on 4 March", None, [("date-not-stated", "5:10")]),
        ("2021-03-04", "stated", None, None, [("date-not-stated", "5:20")]),
        ("2021-03-04", "stated", "on 5 March 2021", None, [("quote-drifted", "5:30")]),
        ("2021-03~", "inferred", None, None, [("date-without-why", "5:20")]),
        ("2021-02-30", "inferred", None, "x", [("bad-date", "5:10")]),
        ("March 2021", "stated", "4 March 2021", None, [("bad-date", "5:10")]),
    ],
)
def test_these_do_not(
    edtf: str, basis: str, quote: str | None, why: str | None, expected: list[tuple[str, str]]
) -> None:
    assert issue_problems(edtf, basis, quote, why) == expected


def test_a_date_in_words_is_told_in_edtf() -> None:
    [problem] = resolved(accessed=Words("5 March 2021")).problems
    assert problem.hint == "write 2021-03-05"


def test_a_quote_that_cuts_a_day_does_not_state_it() -> None:
    record = DateRecord(
        at=at(5, edtf=(5, 10)), edtf=Words("2021-03-02"), basis="stated", quote=Words("in 2021, on March 2")
    )
    assert problems(resolved(issued=record, text="It came in 2021, on March 21.")) == [("date-not-stated", "5:10")]


def test_an_access_date_is_edtf_too() -> None:
    assert problems(resolved(accessed=Words("yesterday"))) == [("bad-date", "1:3")]
    assert problems(resolved(accessed=Words("2024-05-02"))) == []


# Contract 6


words = st.sampled_from(["the ", "Harbour Board ", "17 ", "2021 ", "\n\n", "\U0001f600", "e\u0301 ", "\u00a0", "zz"])


@quick
@given(st.lists(words, min_size=1, max_size=25), st.lists(st.tuples(st.integers(0, 24), st.integers(1, 9)), max_size=6))
def test_the_parts_of_the_coverage_add_up_to_all_that_is_not_white_space(
    parts: list[str], cuts: list[tuple[int, int]]
) -> None:
    text = "".join(parts)
    quotes = ["".join(parts[a : a + n]).strip() for a, n in cuts]
    quotes = [q for q in quotes if q and text.count(q) == 1]
    passages = [passage(q, f"p{i}") for i, q in enumerate(quotes) if i % 3 == 0]
    boilerplate = tuple(region(q) for i, q in enumerate(quotes) if i % 3 == 1)
    set_aside = tuple(region(q) for i, q in enumerate(quotes) if i % 3 == 2)
    source = resolved(*passages, text=text, boilerplate=boilerplate, set_aside=set_aside).source
    assert source is not None
    coverage = source.coverage
    assert coverage.total == weight(text)
    assert abs(sum(coverage.shares().values()) - 1) < 1e-9
    painted = ["unread"] * len(text)  # character by character, the weightiest last
    layers = (("set_aside", source.set_aside), ("boilerplate", source.boilerplate), ("annotated", source.passages))
    for part, ranges in layers:
        for each in ranges:
            painted[each.start : each.end] = [part] * (each.end - each.start)
    for part in coverage.shares():
        held = sum(own == part and not char.isspace() for own, char in zip(painted, text, strict=True))
        assert getattr(coverage, part) == held
    assert [s.part for s in strays(source)] == [painted[s.start] for s in strays(source)]


def test_an_empty_text_is_wholly_unread() -> None:
    source = resolved(text="").source
    assert source is not None
    assert source.coverage.shares() == {"annotated": 0, "boilerplate": 0, "set_aside": 0, "unread": 1}


def test_numbers_dates_and_names_outside_passages_are_listed() -> None:
    source = resolved(passage("about noise in January and February 2021"), boilerplate=(region("Read more"),)).source
    assert source is not None
    outside = [(TEXT[s.start : s.end], s.kind) for s in strays(source)]
    assert outside == [
        ("Harbour Board", "name"), ("4 March 2021", "date"), ("1,300", "number"), ("130", "number"), ("a hundred",
            "number"),
        ("two", "number"),
    ]  # fmt: skip


def test_the_number_of_a_paragraph_is_none_of_them() -> None:
    text = "4. It rose by 5. Not by 6.\n12.\n1911. A year.\n7 boats.\n(8) It fell.\n9) It fell.\n1.2. By (3) in all.\n"
    source = resolved(text=text).source
    assert source is not None
    found = [source.text[s.start : s.end] for s in strays(source)]
    assert found == ["5", "6", "1911", "7", "3"]


def test_each_of_them_has_its_part_and_the_reason_of_its_region() -> None:
    aside = region("1,300 complaints", "said above")
    source = resolved(passage("in the two months"), set_aside=(aside,), boilerplate=(region("not 130"),)).source
    assert source is not None
    numbers = [(TEXT[s.start : s.end], s.part, s.why) for s in strays(source) if s.kind == "number"]
    assert numbers == [
        ("1,300", "set_aside", "said above"), ("130", "boilerplate", "teaser"), ("a hundred", "unread", ""),
    ]  # fmt: skip


def test_of_two_regions_of_one_part_each_gives_its_own_reason() -> None:
    aside = (region("1,300 complaints", "first"), region("almost a hundred", "second"))
    source = resolved(set_aside=aside).source
    assert source is not None
    assert [s.why for s in strays(source) if s.part == "set_aside"] == ["first", "second"]


def test_a_number_in_words_of_another_language_is_asked_for_as_approx() -> None:
    figure = FigureRecord(at=at(20, value=(20, 30)), id=Id("f"), measure=Id("m"), value=Decimal(2000))
    in_words = replace(figure, approx=Words("dos mil"))
    found = [
        resolved(passage("dos mil", figures=(f,)), text="Eran dos mil.\n", language="es") for f in (figure, in_words)
    ]
    assert [[p.hint.partition("; ")[2] for p in result.problems] for result in found] == [
        ["number words are read in English alone: copy others into approx:"], [],
    ]  # fmt: skip


# Speech


@pytest.mark.parametrize("kind", ["interview", "hearing", "speech"])
def test_a_text_that_is_speech_as_a_whole_needs_no_marks(kind: Any) -> None:
    written = passage("noise", said_by=Id("board"), speech="direct")
    assert resolved(written, text="The noise, I say.\n", type=kind).problems == ()


@pytest.mark.parametrize(
    ("quote", "speech", "said_by", "problem"),
    [
        ("1,300 complaints", "direct", "board", None),
        ("1,300 complaints", "mixed", "board", None),
        ("two months before", "direct", "board", None),
        ("It rose", "direct", "board", None),
        ("It fell", "mixed", "board", None),
        ("the board's own", "mixed", "board", "the paragraph has no quotation marks"),
        ("Nobody spoke", "mixed", "board", "the paragraph has no quotation marks"),
        ("Nobody spoke", "indirect", "board", None),
        ("Nobody spoke", None, None, None),
        ("Nobody spoke", "indirect", None, "nobody speaks"),
        ("It rose", "direct", None, "nobody speaks"),
        (("It fell", "Nobody spoke"), "direct", "board", None),
        ("Noise rose", "direct", "board", None),
        ("It hurts", "direct", "board", None),
        ("noise fell", "direct", "board", "the paragraph has no quotation marks"),
    ],
)
def test_direct_speech_has_quotation_marks_in_its_paragraph_and_somebody_speaks(
    quote: str | tuple[str, str], speech: Any, said_by: str | None, problem: str | None
) -> None:
    more = "“It rose”, they say.\n\nThe board says \u2018It fell\u2019.\n\nNobody spoke of the board's own count."
    more += "\n\n\u2014 Noise rose.\n\nMS. VAN DER BERG: It hurts.\n\nThe board writes: noise fell."
    text = f"{TEXT}\n{more}\n"
    found = resolved(passage(quote, said_by=said_by, speech=speech), text=text).problems
    assert [p.rule for p in found] == ["speech-not-quoted"] * (problem is not None)
    assert problem is None or problem in found[0].message


def test_a_passage_keeps_its_speech_and_its_attribution() -> None:
    written = passage("not 130", said_by=Id("board"), speech="indirect", attribution=Markdown("“it” is the board"))
    source = resolved(written).source
    assert source is not None
    assert [(p.speech, p.attribution) for p in source.passages] == [("indirect", "“it” is the board")]


def test_boilerplate_that_holds_words_of_a_passage_is_an_error() -> None:
    result = resolved(passage("not 130"), boilerplate=(region("complaints — not"),))
    assert problems(result) == [("coverage-overlap", "30:12")]


def test_what_goes_to_and_from_a_worker_can_be_pickled_and_comes_back_the_same() -> None:
    result = resolved(passage("not 130"))
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301 our own bytes
    assert list(pickle.loads(pickle.dumps(NAMES)).mentions("Harbour Board")) == list(NAMES.mentions("Harbour Board"))  # noqa: S301


def test_a_megabyte_with_two_thousand_passages_is_resolved_within_seconds() -> None:
    draw = random.Random(3)  # noqa: S311 a fixed text, no secret
    vocabulary = [*TEXT.split(), "Harbour Board", "17,000", "September"]
    text = " ".join(f"{draw.choice(vocabulary)} {draw.choice(vocabulary)} w{i}" for i in range(70_000))
    assert len(text) > 1_000_000
    passages = [passage(text[i * 500 : i * 500 + 200].replace("”", '"').strip(), f"p{i}") for i in range(2_000)]
    started = time.process_time()
    result = resolved(*passages, text=text)
    assert time.process_time() - started < 5
    assert result.source is not None
    assert len(result.source.passages) == 2_000
    assert list(date_mentions(text))
