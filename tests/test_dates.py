"""Contract 3: EDTF with its precision, and the dates that a text prints."""

# ruff: noqa: RUF001  characters that look alike are what is tested here

import re
import time
import warnings
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.printed.dates import BadDate, Edtf, date_mentions, parse_edtf, unprinted, whole_dates

with warnings.catch_warnings():  # the oracle's own grammar warns
    warnings.simplefilter("ignore")
    import edtf as oracle

RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"

quick = settings(derandomize=True, deadline=None, max_examples=3 * settings().max_examples // 2)


def bounds(edtf: str) -> tuple[date | None, date | None]:
    value = parse_edtf(edtf)
    return value.first, value.last


def oracle_bounds(edtf: str) -> tuple[date, date]:
    value = oracle.parse_edtf(edtf)
    return date(*value.lower_strict()[:3]), date(*value.upper_strict()[:3])


@pytest.mark.parametrize(
    "edtf",
    ["2022", "2022-09", "2022-09-21", "2020-02-29", "2022-09~", "2022?", "2022-09-21%", "202X", "20XX", "2022-XX",
     "2022-09-XX", "2022-XX-XX", "2022-21", "2022-22", "2022-23", "2022-01/2022-03", "2021-03~/2022?",
     "2022-01/2022-01",
     "[2022-01..2022-03]", "2022-09-21T18:00:00Z", "0001", "9999-12-31"],
)  # fmt: skip
def test_first_and_last_possible_day_agree_with_the_edtf_package(edtf: str) -> None:
    assert bounds(edtf) == oracle_bounds(edtf)


days = st.dates(date(1, 1, 1), date(9999, 12, 31))
forms = ["{0}", "{0}~", "{0}?", "{0}%", "{1}", "{1}~", "{2}", "{2}?", "{1}-XX", "{2}-XX", "{2}-21", "{2}-22", "{2}-23"]
points = st.builds(
    lambda day, form: form.format(day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]),
    days,
    st.sampled_from(forms),
)


@settings(quick, max_examples=80)
@given(points)
def test_generated_dates_agree_with_the_edtf_package(edtf: str) -> None:
    assert bounds(edtf) == oracle_bounds(edtf)


@settings(quick, max_examples=60)
@given(days, st.integers(0, 4000))
def test_generated_intervals_agree_with_the_edtf_package_and_sets_have_the_bounds_of_intervals(
    first: date, length: int
) -> None:
    last = date.fromordinal(min(first.toordinal() + length, date.max.toordinal()))
    assert bounds(f"{first}/{last}") == oracle_bounds(f"{first}/{last}") == bounds(f"[{first}..{last}]")


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2022-09-21/..", date(2022, 9, 21), None),
        ("2022-09-21/", date(2022, 9, 21), None),
        ("../2022-09", None, date(2022, 9, 30)),
        ("/2022-09", None, date(2022, 9, 30)),
        ("[2022..]", date(2022, 1, 1), None),
        ("[..2022]", None, date(2022, 12, 31)),
        ("2022-24", date(2022, 1, 1), date(2022, 12, 31)),  # a winter may lie at either end of its year
    ],
)
def test_open_sides_and_winters_have_these_bounds(edtf: str, first: date | None, last: date | None) -> None:
    assert bounds(edtf) == (first, last)


@pytest.mark.parametrize(
    "edtf",
    ["", " ", "2022 ", "22", "20222", "2022-9", "2022-13", "2022-00", "2022-02-30", "1900-02-29", "2022-09-00",
     "2022-09-31",
     "2022-25", "2022-21-05", "2022-XX-05", "X022", "2XXX", "202X-05", "~2022", "2022-~09", "2022~~", "2022/2021",
     "2022-09-21/2022-09-20", "../..", "/", "2022/2023/2024", "[2022]", "[2022,2023]", "{2022..2023}", "[2022..2021]",
     "[..]", "2022..2023", "September 2022", "21.09.2022", "2022/09/21", "-2022", "Y12022", "0000", "２０２２",
     "2022-09-21T25:00",
     "2022-09-21T10:61", "2022T10:00", "2022-09T10:00", "2022-09-21 10:00", "2022\n"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_reason(edtf: str) -> None:
    with pytest.raises(BadDate, match=r"."):
        parse_edtf(edtf)


@quick
@given(st.text(st.sampled_from("0129-/.X~?[]T:"), max_size=14))
def test_any_string_is_a_date_or_is_refused(edtf: str) -> None:
    try:
        value = parse_edtf(edtf)
    except BadDate:
        return
    assert value.first or value.last
    assert value.words()


@quick
@given(days.map(str) | st.from_regex(r"[012][09][0-9]{2}-(?:[0-9X]{2}-[0-9X]{2}|W[0-9]{2}-[1-7])", fullmatch=True))
def test_a_whole_day_is_what_it_is_in_an_interval(edtf: str) -> None:
    try:
        plain = parse_edtf(f"{edtf}/{edtf}")
    except BadDate as refused:
        with pytest.raises(BadDate, match=re.escape(str(refused))):
            parse_edtf(edtf)
    else:
        found = parse_edtf(edtf)
        assert (found.start, found.end, found.first, found.last) == (plain.start, plain.end, plain.first, plain.last)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2022-09-21", "21 September 2022"),
        ("2022-09~", "about September 2022"),
        ("2022?", "2022 (uncertain)"),
        ("202X", "the 2020s"),
        ("20XX", "the years 2000 to 2099"),
        ("2022-23", "autumn 2022"),
        ("2022-09/2022-11", "September 2022 to November 2022"),
        ("[2022-09..2022-11]", "between September 2022 and November 2022"),
        ("[..2022]", "on or before 2022"),
        ("2022/..", "from 2022"),
        ("../2022", "until 2022"),
    ],
)
def test_a_date_reads_as_english(edtf: str, words: str) -> None:
    assert parse_edtf(edtf).words() == words


@pytest.mark.parametrize(
    ("edtf", "is_certain"),
    [
        ("2022", True),
        ("2022-09/2022-11", True),
        ("2022~", False),
        ("2022?", False),
        ("[2022..2023]", False),
        ("2022/..", False),
    ],
)
def test_only_a_closed_unqualified_date_is_certain(edtf: str, is_certain: bool) -> None:
    assert parse_edtf(edtf).is_certain is is_certain


def test_dates_sort_by_first_day_and_then_the_narrower_first() -> None:
    ordered = ["../2020", "2022", "2022-01-01/..", "2022-09", "2022-09-30", "2022-10"]
    assert sorted(map(parse_edtf, reversed(ordered)), key=Edtf.key) == list(map(parse_edtf, ordered))


def printed(text: str) -> list[tuple[str, int | None, int | None, int | None]]:
    return [(text[m.start : m.end], m.year, m.month, m.day) for m in date_mentions(text)]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("on 4 March 2021 that", [("4 March 2021", 2021, 3, 4)]),
        ("On the 4th of March, 2021.", [("4th of March, 2021", 2021, 3, 4)]),
        ("Friday, October 21, 2022.", [("October 21, 2022", 2022, 10, 21)]),
        ("Sept. 21st, 2022", [("Sept. 21st, 2022", 2022, 9, 21)]),
        ("May 5,2022", [("May 5,2022", 2022, 5, 5)]),
        ("IN MARCH 2022", [("MARCH 2022", 2022, 3, None)]),
        ("In May he left", [("May", None, 5, None)]),
        ("since March", [("March", None, 3, None)]),
        ("soldiers may march; March on! May he?", []),
        ("May 9 and March 2022", [("May 9", None, 5, 9), ("March 2022", 2022, 3, None)]),
        ("4–5 March 2021", [("4", 2021, 3, 4), ("5 March 2021", 2021, 3, 5)]),
        ("between 4 and 5 March", [("4", None, 3, 4), ("5 March", None, 3, 5)]),
        ("September 21-23, 2022", [("September 21", 2022, 9, 21), ("23, 2022", 2022, 9, 23)]),
        ("2022-09-21 and 2022-09", [("2022-09-21", 2022, 9, 21), ("2022-09", 2022, 9, None)]),
        (
            "21.09.2022, 9/21/2022, 4/3/2022",
            [("21.09.2022", 2022, 9, 21), ("9/21/2022", 2022, 9, 21), ("4/3/2022", 2022, None, None)],
        ),
        ("the 2022-23 season", [("2022", 2022, None, None)]),
        ("spring of 2022 and winter 2023", [("spring of 2022", 2022, 21, None), ("winter 2023", 2023, 24, None)]),
        ("in the 1990s", [("1990s", 1990, None, None)]),
        ("at 5:30 p.m. on Monday", [("5:30 p.m.", None, None, None)]),
        ("In March 17,000 soldiers", [("March", None, 3, None)]),
        ("In September 300,000 men", [("September", None, 9, None)]),
        ("In September 5000 men", [("September", None, 9, None)]),
        ("45 March on", []),
        (
            "от 15 января 2024 года, 1 мая 2024 г. и 9 марта",
            [("15 января 2024 года", 2024, 1, 15), ("1 мая 2024 г.", 2024, 5, 1), ("9 марта", None, 3, 9)],
        ),
        ("45 мая 15 мартами", []),
        (
            "am 2. November 1910 und 3. Mai, le 1er mars 1911, il 14 marzo 1911",
            [
                ("2. November 1910", 1910, 11, 2),
                ("3. Mai", None, 5, 3),
                ("1er mars 1911", 1911, 3, 1),
                ("14 marzo 1911", 1911, 3, 14),
            ],
        ),
        (
            "el 2 de mayo de 1910, 3 de março de 1911, 4 mei 1911, 5 listopada 1911",
            [
                ("2 de mayo de 1910", 1910, 5, 2),
                ("3 de março de 1911", 1911, 3, 3),
                ("4 mei 1911", 1911, 5, 4),
                ("5 listopada 1911", 1911, 11, 5),
            ],
        ),
        ("32 mars 3 marsh 2 de facto, mai, 12 Maier", []),
        ("Mayor Septembers Junes Marching", []),
        ("$2022, 2022%, 2022.5, 2,022, #2022, x2022", []),
    ],
)
def test_the_dates_of_a_text_are_read_with_what_is_printed_of_them(
    text: str, mentions: list[tuple[str, int | None, int | None, int | None]]
) -> None:
    assert printed(text) == mentions


@pytest.mark.parametrize(
    ("text", "clocks"),
    [
        ("at 18:30 UTC", [("18:30 UTC", 18, 30)]),
        ("at 5:30 p.m. on Monday", [("5:30 p.m.", 17, 30)]),
        ("12:05 AM, 12:05pm", [("12:05 AM", 0, 5), ("12:05pm", 12, 5)]),
        ("6pm or 6 a.m.", [("6pm", 18, 0), ("6 a.m.", 6, 0)]),
        ("at 6.30 pm", [("6.30 pm", 18, 30)]),
        ("18:30:15", [("18:30:15", 18, 30)]),
        ("score 99:10", [("99:10", None, None)]),
        ("score 12:75", [("12:75", None, None)]),
        ("2021-03-04T18:30:00Z", [("2021-03-04T18:30:00Z", 18, 30)]),
        ("6 Amish, 13 pm, 1.5 pm, 0 am, 6 amps", []),
        ("on March 4, 6 p.m.", [("March 4", None, None), ("6 p.m.", 18, 0)]),
    ],
)
def test_a_clock_time_is_read_with_hour_and_minute(text: str, clocks: list[tuple[str, int | None, int | None]]) -> None:
    assert [(text[m.start : m.end], m.hour, m.minute) for m in date_mentions(text)] == clocks


@quick
@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["{d} {B} {Y}", "{B} {d}, {Y}", "{Y}-{m}-{dd}", "{d} {R} {Y} года", "{d} {R} {Y}"]),
)
def test_a_date_that_is_written_out_is_read_back(day: date, form: str) -> None:
    russian = RUSSIAN.split()[day.month - 1]
    written = form.format(
        R=russian, d=day.day, B=day.strftime("%B"), Y=day.year, m=f"{day.month:02}", dd=f"{day.day:02}"
    )
    text = f"He came on {written}, then left."
    mention = next(date_mentions(text))
    assert (mention.year, mention.month, mention.day) == (day.year, day.month, day.day)
    assert not unprinted(parse_edtf(day.isoformat()), (mention,))
    assert unprinted(parse_edtf((day + timedelta(days=1)).isoformat()), (mention,))


@pytest.mark.parametrize(
    ("edtf", "text"),
    [
        ("2022-09-21", "21 September 2022"),
        ("2022-09-21", "In 2022, on September 21"),
        ("2022-09", "on 21 September 2022"),
        ("2022", "on 21 September 2022"),
        ("2022-09/2022-11", "September to November 2022"),
        ("2021-03-04/2021-03-05", "4 and 5 March 2021"),
        ("2022-22", "the summer of 2022"),
        ("2022-09~", "September 2022"),
        ("199X", "in the 1990s"),
        ("2022-09-21/..", "from 21 September 2022"),
        ("2022-09-21T18:30:00Z", "on 21 September 2022 at 6:30 PM"),
        ("2022-09-21T18:30+03:00", "2022-09-21T18:30:15Z"),
        ("2022-09-21T00:05", "at 00:05 on 21 September 2022"),
        ("2022-09-21T18:00~", "about 6 p.m. on 21 September 2022"),
        ("2022-09-21", "2022-09-21T18:30:15Z"),
    ],
)
def test_a_date_is_printed_when_each_of_its_parts_is(edtf: str, text: str) -> None:
    assert unprinted(parse_edtf(edtf), tuple(date_mentions(text))) == ()


@pytest.mark.parametrize(
    ("edtf", "text", "missing"),
    [
        ("2022-09-21", "September 2022", ("the day 21 September",)),
        ("2022-09-21", "21 September", ("the year 2022",)),
        ("2022-09-21", "21 October, September 2022", ("the day 21 September",)),
        ("2022-09", "September 2021, then 2022", ("the month September",)),
        ("2022-22", "June 2022", ("the season summer",)),
        ("2022-06", "summer 2022", ("the month June",)),
        ("2022/2023", "2022", ("the year 2023",)),
        ("199X", "1994", ()),
        ("199X", "2004", ("the 1990s",)),
        ("1990", "the 1990s", ("the year 1990",)),
        ("2022-05", "he may leave in 2022", ("the month May",)),
        ("2022", "2,022 men", ("the year 2022",)),
        ("2022-09-21T18:30:00Z", "21 September 2022", ("the time 18:30",)),
        ("2022-09-21T18:30:00Z", "21 September 2022, 6:30 am", ("the time 18:30",)),
        ("2022-09-21T18:30:00Z", "21 September 2022, 2022-09-20T18:30", ("the time 18:30",)),
        ("2022-09-21T00:00", "21 September 2022", ("the time 00:00",)),
        ("2022-09-21T18:30/2022-09-21T19:00", "21 September 2022, 18:30", ("the time 19:00",)),
    ],
)
def test_what_is_not_printed_of_a_date_is_named(edtf: str, text: str, missing: tuple[str, ...]) -> None:
    assert unprinted(parse_edtf(edtf), tuple(date_mentions(text))) == missing


def test_a_date_that_a_stretch_cuts_is_not_in_it() -> None:
    text = "on September 21, 2022."
    assert [m.day for m in whole_dates(text, 3, 14)] == []
    assert [m.day for m in whole_dates(text, 3, 15)] == [21]
    assert [(m.start, m.end) for m in whole_dates(text, 3, 15)] == [(0, 12)]


@pytest.mark.parametrize(
    "hostile",
    ["1" * 100_000, " " * 100_000, "1 " * 50_000, "1" + " " * 100_000, ("1" + " " * 1_000) * 100, "May " * 25_000,
     "1/" * 50_000,
     "1-" * 50_000, "March 4 to " * 9_000, "March" + " " * 100_000, "1 and " * 16_000, "12:" * 33_000,
     "1 p" * 33_000, "1.30 " * 20_000,
     "1 мая 20" * 12_000, "1 мая" + " " * 100_000, "1 мая 2024" + " г" * 50_000,
     "in " * 33_000 + "May"],
    ids=lambda text: repr(text[:9]),
)  # fmt: skip
def test_long_runs_of_digits_and_spaces_take_no_long_time(hostile: str) -> None:
    started = time.process_time()
    list(date_mentions(hostile))
    assert time.process_time() - started < 1
