"""Contract 2: the numbers that a text prints, and figures computed from others."""

# ruff: noqa: RUF001  characters that look alike are what is tested here

import operator
import time
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.printed import quantities
from site_builder.printed.beginnings import beginnings
from site_builder.printed.dates import date_mentions
from site_builder.printed.quantities import (
    BadExpression,
    evaluate,
    is_rough,
    names_in,
    number_mentions,
    tells_amount,
    whole_numbers,
)

quick = settings(derandomize=True, deadline=None, max_examples=2 * settings().max_examples)


def numbers(text: str) -> list[tuple[str, list[str]]]:
    """Each number as printed, with its readings."""
    return [(text[m.start : m.end], sorted(map(str, m.values))) for m in number_mentions(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("received 120 complaints", "120"),
        ("1,300 men", "1300"),
        ("1 300 men", "1300"),
        ("1\u00a0300 men", "1300"),
        ("1\u202f300 men", "1300"),
        ("1'300 men", "1300"),
        ("1’300 men", "1300"),
        ("12,34,567 men", "1234567"),
        ("\u0664\u0662\u0660\u066b\u0665 \u0641\u0631\u0646\u0643", "841/2"),
        ("\u0661\u066c\u0662\u0663\u0664\u066b\u0665 \u062f\u0631\u0647\u0645", "2469/2"),
        ("\u06f1\u06f2\u066c\u0660\u0660\u0660 \u0646\u0641\u0631", "12000"),
        ("1,300,000 men", "1300000"),
        ("1 300 000 men", "1300000"),
        ("1.3 thousand", "1300"),
        ("1.3-thousand", "1300"),
        ("2.5 Million", "2500000"),
        ("5 dozen", "60"),
        ("3 hundred", "300"),
        ("1,300.5 tons", "2601/2"),
        ("1.300,5 tons", "2601/2"),
        ("0.300 tons", "3/10"),
        ("1,5 tons", "3/2"),
        ("89% of", "89"),
        ("$17 each", "17"),
        ("a 17-year-old", "17"),
        ("5,000-strong", "5000"),
        ("fell to -17 (", "-17"),
        ("(\u22125)", "-5"),
        ("thirteen hundred men", "1300"),
        ("Seventeen men", "17"),
        ("twenty-five", "25"),
        ("twenty five", "25"),
        ("a dozen", "12"),
        ("two dozen", "24"),
        ("120kg of", "120"),
        ("300km", "300"),
        ("20mm", "20"),
        ("120m²", "120"),
        ("5kn", "5"),
        ("4x", "4"),
        ("1,300kg", "1300"),
        ("3million", "3000000"),
        ("120½ men", "241/2"),
        ("120½kg", "241/2"),
        ("1,300¼", "5201/4"),
        ("-2⅓ points", "-7/3"),
        ("2½ million", "2500000"),
        ("½ of", "1/2"),
        ("⅛-inch", "1/8"),
        ("⅔ million", "2000000/3"),
        ("half a dozen", "6"),
        ("half a million", "500000"),
        ("a hundred thousand", "100000"),
        ("two hundred and five thousand", "205000"),
        ("one million two hundred thousand and forty-two", "1200042"),
        ("two and a half million", "2500000"),
        ("one and a half", "3/2"),
        ("zero losses", "0"),
        ("seven\nhundred", "700"),
    ],
)
def test_a_number_is_read_in_digits_of_any_grouping_and_in_words(text: str, value: str) -> None:
    assert [readings for _, readings in numbers(text)] == [[value]]


def test_a_single_point_before_three_digits_has_both_its_readings() -> None:
    assert numbers("1.300 men") == [("1.300", ["13/10", "1300"])]


@pytest.mark.parametrize(
    ("text", "printed", "values"),
    [
        ("£5m,", "5m", [5, 5_000_000]),
        ("20k people", "20k", [20, 20_000]),
        ("20K+", "20K", [20, 20_000]),
        ("1.3bn", "1.3bn", [Fraction("1.3"), 1_300_000_000]),
        ("1.3 bn", "1.3 bn", [Fraction("1.3"), 1_300_000_000]),
        ("7mn", "7mn", [7, 7_000_000]),
        ("2tn", "2tn", [2, 2_000_000_000_000]),
        ("2½m", "2½m", [Fraction("2.5"), 2_500_000]),
        ("a 5m-strong", "5m", [5, 5_000_000]),
        ("1.300k", "1.300k", [Fraction("1.3"), 1_300, 1_300_000]),
        ("5 m", "5", [5]),
        ("-3bn.", "-3bn", [-3_000_000_000, -3]),
    ],
)
def test_a_letter_for_a_scale_is_read_both_as_the_scale_and_as_a_unit(
    text: str, printed: str, values: list[Fraction]
) -> None:
    assert [(text[m.start : m.end], sorted(m.values)) for m in number_mentions(text)] == [(printed, values)]


@pytest.mark.parametrize(
    "text",
    [
        "T-72", "T\u201172", "Т-72 in Cyrillic", "Su-34M", "F16", "COVID-19", "1440th", "21st", "#5",
        "#5k", "G7", "B2B", "21ST", "1,440th", "5pm", "6 p.m.", "x½", "1,300,00½",
        "twenty-first", "two-thirds", "one hundredth", "one hundred twenty-first", "sixth", "hundreds of thousands",
        "dozens", "several hundred", "the thousand", "2022", "21 September 2022", "2022-09-21", "21.09.2022",
        "5:30 p.m.",
        "the 1990s", "1,300,00", "1.2.3", "someone", "tension", "1" * 5_000, "none", "an", "half a loaf", "often",
    ],
)  # fmt: skip
def test_codes_ordinals_dates_and_parts_of_words_are_no_numbers(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("17,000 men", ["17,000"]),
        ("five and six", ["five", "six"]),
        ("one two three", ["one", "two", "three"]),
        ("between one thousand and five thousand", ["one thousand", "five thousand"]),
        ("between two hundred and three hundred", ["two hundred", "three hundred"]),
        ("On September 21 300 men", ["300"]),
        ("In March 17,000 men", ["17,000"]),
        ("305 between June and August, 577 later", ["305", "577"]),
        ("3-4 men, 5–6 days", ["3", "4", "5", "6"]),
        ("in 2022, 300 men", ["300"]),
        ("nineteen eighty-four", ["nineteen", "eighty-four"]),
        ("One in five", ["One", "five"]),
    ],
)
def test_each_number_is_found_whole_and_no_two_run_into_one(text: str, printed: list[str]) -> None:
    assert [words for words, _ in numbers(text)] == printed


@pytest.mark.parametrize(
    ("words", "expected"),
    [("almost 100", True), ("a dozen or so", True), ("Hundreds of men", True), ("quatre-vingts", False), ("", False)],
)
def test_words_in_which_no_number_is_read_may_be_an_exact_one_of_another_language(words: str, expected: bool) -> None:
    assert is_rough(words) is expected


@pytest.mark.parametrize("words", ["hundreds", "dos mil", "about quatre-vingts", "months"])
def test_words_that_hold_no_number_we_know_may_tell_an_amount(words: str) -> None:
    assert tells_amount(words)


@pytest.mark.parametrize("words", ["about", "At least", "more than", "—", "some"])
def test_words_that_only_weigh_a_number_tell_none(words: str) -> None:
    assert not tells_amount(words)


def test_a_year_counts_as_a_number_only_where_dates_are_asked_for() -> None:
    assert [sorted(m.values) for m in number_mentions("in 2022", dates=True)] == [[2022]]


@pytest.mark.parametrize(
    ("whole", "part", "values"),
    [
        ("lost 17,000 men", "17", []),
        ("lost 17,000 men", "000 men", []),
        ("lost 17,000 men", "17,000", [17000]),
        ("lost 1.3 thousand men", "1.3", []),
        ("a T-72 tank", "72 tank", []),
        ("120 complaints", "12", []),
        ("half a million men", "million", []),
        ("lost 120½ tons", "120", []),
        ("lost 120kg", "120", [120]),
        ("on September 21, 2022", "September 21", []),
    ],
)
def test_a_stretch_that_cuts_a_number_does_not_hold_its_pieces(whole: str, part: str, values: list[int]) -> None:
    start = whole.index(part)
    assert [v for m in whole_numbers(whole, start, start + len(part)) for v in m.values] == values


UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def in_words(n: int) -> str:
    if n < 20:
        return UNITS[n]
    if n < 100:
        return TENS[n // 10 - 2] + (f"-{UNITS[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{UNITS[n // 100]} hundred" + (f" and {in_words(n % 100)}" if n % 100 else "")
    for name, size in (("billion", 10**9), ("million", 10**6), ("thousand", 10**3)):
        if n >= size:
            rest = n % size
            joint = " and " if 0 < rest < 100 else " "
            return f"{in_words(n // size)} {name}{joint + in_words(rest) if rest else ''}"
    raise AssertionError(n)


@quick
@given(
    st.one_of(st.integers(0, 10**12 - 1), st.integers(0, 3000), st.sampled_from([10**3, 10**6, 10**9, 1_001, 100_100]))
)
def test_a_number_written_in_words_is_read_back(n: int) -> None:
    text = f"Some {in_words(n)} soldiers"
    assert numbers(text) == [(in_words(n), [str(n)])]


@quick
@given(st.integers(0, 10**15), st.sampled_from([",", " ", "\u00a0", "\u202f", "\u2009", "'", "’"]), st.integers(0, 99))
def test_a_number_written_in_groups_of_digits_is_read_back(n: int, group: str, hundredths: int) -> None:
    written = f"{n:,}".replace(",", group) + (f".{hundredths:02}" if hundredths else "")
    assert [v for m in number_mentions(f"some {written} men") for v in m.values] == [n + Fraction(hundredths, 100)]


@quick
@given(st.text(st.sampled_from("0123456789.,-' onehuTdrafkmbn½"), max_size=40))
def test_mentions_are_in_order_and_none_inside_another(text: str) -> None:
    end = 0
    for mention in number_mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.values
        end = mention.end


# Expressions, as text and as what Python makes of the same tree.

Pair = tuple[str, Fraction | None]
FIGURES = {"early-2021": Fraction(120), "a": Fraction(7, 2), "harbour#late": Fraction(80), "2020-11": Fraction(3)}
leaves = st.one_of(
    st.integers(0, 10**6).map(lambda n: (str(n), Fraction(n))),
    st.decimals(0, 99, places=2).map(lambda d: (str(d), Fraction(str(d)))),
    st.sampled_from(list(FIGURES.items())),
)


def joined(left: Pair, sign: str, right: Pair) -> Pair:
    signs: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
        "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    }  # fmt: skip
    text = f"({left[0]} {sign} {right[0]})"
    if left[1] is None or right[1] is None or (sign == "/" and right[1] == 0):
        return text, None
    return text, signs[sign](left[1], right[1])


def negated(pair: Pair) -> Pair:
    return f"(- {pair[0]})", None if pair[1] is None else -pair[1]


expressions = st.recursive(
    leaves,
    lambda inner: st.one_of(st.builds(joined, inner, st.sampled_from("+-*/"), inner), inner.map(negated)),
    max_leaves=12,
)


@quick
@given(expressions)
def test_an_expression_has_the_value_that_fractions_give(pair: Pair) -> None:
    text, value = pair
    if value is None:
        with pytest.raises(BadExpression, match="divides by zero"):
            evaluate(text, FIGURES.__getitem__)
    else:
        assert evaluate(text, FIGURES.__getitem__) == value
        assert set(names_in(text)) <= set(FIGURES)


@quick
@given(leaves, leaves, leaves, st.sampled_from("+-"), st.sampled_from("*/"))
def test_products_bind_closer_than_sums_and_both_to_the_left(a: Pair, b: Pair, c: Pair, plus: str, times: str) -> None:
    flat, grouped = f"{a[0]} {plus} {b[0]} {times} {c[0]}", f"{a[0]} {plus} ({b[0]} {times} {c[0]})"
    if c[1] or times == "*":
        assert evaluate(flat, FIGURES.__getitem__) == evaluate(grouped, FIGURES.__getitem__)
    chain, left = f"{a[0]} - {b[0]} - {c[0]}", f"({a[0]} - {b[0]}) - {c[0]}"
    assert evaluate(chain, FIGURES.__getitem__) == evaluate(left, FIGURES.__getitem__)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("round(10 / 3)", "3"),
        ("round(10 / 3, 2)", "333/100"),
        ("round(5 / 2)", "3"),  # halves go away from zero
        ("round(-5 / 2)", "-3"),
        ("round(0.125, 2)", "13/100"),
        ("100*(120 - 80)/80", "50"),
        ("--3", "3"),
        (" 2 ", "2"),
    ],
)
def test_these_expressions_have_these_values(expression: str, value: str) -> None:
    assert evaluate(expression, FIGURES.__getitem__) == Fraction(value)


@pytest.mark.parametrize(
    "expression",
    ["", " ", "1 +", "1 2", "(1", "1)", "*1", "1 // 2", "2 ** 3", "1e3!", "1,300", "a.b", "round(1, 10)",
     "round(1, 1.5)",
     "round()", "round 1", "1.", ".5", "__import__", "A", "a # b", "(" * 500 + "1" + ")" * 500, "1" * 60 + ".", "é",
     "1 + 2;"],
)  # fmt: skip
def test_a_broken_expression_is_refused_with_a_reason(expression: str) -> None:
    def value_of(name: str) -> Fraction:
        if name not in FIGURES:
            raise BadExpression(f"there is no figure '{name}'")
        return FIGURES[name]

    with pytest.raises(BadExpression, match=r"."):
        evaluate(expression, value_of)


def test_the_figures_that_an_expression_names_are_listed_in_order() -> None:
    assert names_in("round(100 * (b-1 - src#a) / b-1, 2) + round") == ("b-1", "src#a", "b-1", "round")
    assert names_in("1 + $") == ()


@pytest.mark.parametrize(
    "hostile",
    ["1" * 100_000, "1," * 50_000, " " * 100_000, "1 " * 50_000, "111 " * 25_000, "1" + " " * 100_000, "one " * 25_000,
     "one and " * 12_500, "one-" * 25_000, "one hundred and " * 6_000, "one million and " * 6_000, "half a " * 14_000,
     "twenty-" * 14_000, "." * 100_000, "1." * 50_000, "1,111" * 20_000, "11," * 33_000, "-" * 100_000,
     "March 1 2022 " * 8_000, "½" * 100_000, "1½" * 50_000, "1k" * 50_000, "1 bn" * 25_000, "1m " * 33_000,
     "1th " * 25_000, "1kg" * 33_000, "-½ " * 33_000],
    ids=lambda text: repr(text[:9]),
)  # fmt: skip
def test_long_runs_take_no_long_time(hostile: str) -> None:
    started = time.process_time()
    list(number_mentions(hostile))
    assert time.process_time() - started < 2


def test_a_long_expression_takes_no_long_time() -> None:
    started = time.process_time()
    assert evaluate(" + ".join(["1"] * 30_000), FIGURES.__getitem__) == 30_000
    assert evaluate("-" * 30_000 + "1", FIGURES.__getitem__) == 1
    assert time.process_time() - started < 2


counting = st.lists(
    st.tuples(
        st.sampled_from(
            ["one", "Two", "hundred", "half", "a", "and", "million", "men", "x", "third", "İs", "FIVE", "ten"]
        ),
        st.sampled_from([" ", " ", "-", " - ", "--", ", ", ". ", "\n", "; ", '"', "(", "—", "_", ""]),
    ),
    max_size=12,
).map(lambda pairs: "".join(word + gap for word, gap in pairs))


@given(counting)
def test_number_words_are_the_same_phrase_by_phrase_and_in_one_go(text: str) -> None:
    assert list(quantities._word_spans(text, beginnings(text).words)) == list(
        quantities._phrase(text, 0, [*quantities._WORD.finditer(text)])
    )


@given(counting | st.text(st.sampled_from("0123456789 ,.%km-½stMarch2021"), max_size=20))
def test_the_places_of_numbers_are_those_of_their_mentions(text: str) -> None:
    dates = [(m.start, m.end) for m in date_mentions(text)]
    assert quantities.number_spans(text, dates, beginnings(text)) == [(m.start, m.end) for m in number_mentions(text)]
