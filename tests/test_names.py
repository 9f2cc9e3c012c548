"""Known names in running text."""

# ruff: noqa: RUF001  characters that look alike are what is tested here

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.markup import names
from site_builder.markup.names import Names, stands_in
from site_builder.problems import Place
from site_builder.records import EntityRecord, Id, Location, Words
from site_builder.texts.folding import fold

AT = Location(Place("annotations/entities.yaml"), {})


def entity(name: str, id_: str, *aliases: str, unnamed: bool = False) -> EntityRecord:
    return EntityRecord(
        at=AT, id=Id(id_), kind="person", name=Words(name), aliases=tuple(map(Words, aliases)), unnamed=unnamed
    )


NAMES = Names(
    [
        entity("Vladimir Putin", "putin", "Putin"),
        entity("US Army", "army", "U.S. Army"),
        entity("US Army Special Operations Command", "usasoc"),
        entity("prosecutor's office", "office", "prosecutor’s office"),
        entity("Storm-Z", "storm"),
        entity("Zelensk\u00fd", "zelensky"),
        entity("Ivanov", "ivanov-a"),
        entity("Ivanov", "ivanov-b"),
        entity("Grazhdanin. Armiya.", "rights"),
        entity("a soldier", "soldier", unnamed=True),
        entity("lan", "lan"),
    ]
)


def mentions(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[m.start : m.end], m.entities) for m in NAMES.mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Putin, Vladimir Putin", [("Putin", ("putin",)), ("Vladimir Putin", ("putin",))]),
        ("Vladimir\u00a0\nPutin’s war", [("Vladimir\u00a0\nPutin", ("putin",))]),
        ("the US Army Special Operations Command", [("US Army Special Operations Command", ("usasoc",))]),
        ("the US Army Specials, U.S. Army.", [("US Army", ("army",)), ("U.S. Army", ("army",))]),
        (
            "prosecutor’s office, prosecutor's office",
            [("prosecutor’s office", ("office",)), ("prosecutor's office", ("office",))],
        ),
        ("Storm–Z and Storm\u2011Z", [("Storm–Z", ("storm",)), ("Storm\u2011Z", ("storm",))]),
        ("Zelensky\u0301 or Zelensk\u00fd", [("Zelensky\u0301", ("zelensky",)), ("Zelensk\u00fd", ("zelensky",))]),
        ("Ivanov", [("Ivanov", ("ivanov-a", "ivanov-b"))]),
        ("Pu\u00adtin-era", [("Pu\u00adtin", ("putin",))]),
        ("Grazhdanin. Armiya. left", [("Grazhdanin. Armiya.", ("rights",))]),
        ("(Putin)", [("Putin", ("putin",))]),
        ("\U0001f600Putin", [("Putin", ("putin",))]),
    ],
)
def test_a_name_is_found_in_every_way_of_printing_it_and_the_longest_wins(
    text: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert mentions(text) == expected


@pytest.mark.parametrize(
    "text",
    ["Vladimir Putins", "xUS Army", "US Army\u00e9", "US Army2", "US Army_", "_US Army", "Storm-Zoo", "Storm-Z\u0301"],
)
def test_what_goes_on_as_a_word_is_no_name(text: str) -> None:
    assert mentions(text) == []
    assert not any(stands_in(name, text) for name in ("Vladimir Putin", "US Army", "Storm-Z"))


def test_a_name_stands_in_a_text_wherever_it_stands_whole() -> None:
    assert stands_in("lan", "lan")
    assert stands_in("lan", "The plan of the lan, and lands")
    assert not stands_in("lan", "plan, lands, lan\u0301, 1lan, \u0651lan")
    assert not stands_in("", "lan")


@given(
    st.lists(
        st.sampled_from(
            ["Putin", "Vladimir", "US", "U.S.", "Army", "Special", "Storm", "Z", "Zelensk\u00fd", "Zelensky", "Ivanov",
             "lan", "prosecutor", "s office", "x", "1", "é", " ", " ", "\n", ".", "_", "-", "–", "’", "\u00ad",
             "\u0301", "\u0651"]
        ),
        max_size=12,
    ).map("".join)
)  # fmt: skip
def test_a_name_is_looked_for_wherever_a_word_or_a_mark_begins(text: str) -> None:
    folded, end, found = fold(text), 0, []
    for word in names._BEGINNING.finditer(folded.text):
        printed = (n for n in NAMES.by_beginning.get(word[0], ()) if folded.text.startswith(n, word.start()))
        standing = (n for n in printed if names._stands(folded, n, word.start()))
        if word.start() >= end and (name := next(standing, "")):
            end = word.start() + len(name)
            found.append((text[folded.starts[word.start()] : folded.ends[end - 1]], NAMES.entities[name]))
    assert mentions(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "putin",
        "PUTIN",
        "Putinism",
        "Rasputin",
        "xPutin",
        "Putin_2",
        "a soldier",
        "US  army",
        "Zelensky",
        "\u00c9lan",
        "E\u0301lan",
        "Ｐutin",
        "",
    ],
)
def test_other_case_parts_of_words_and_unnamed_voices_are_not_found(text: str) -> None:
    assert mentions(text) == []


def test_without_entities_nothing_is_found() -> None:
    assert list(Names([]).mentions("Putin")) == []
    assert list(Names([entity("\u200b", "blank")]).mentions("Putin \u200b")) == []


@pytest.mark.parametrize(
    ("name", "text", "stands"),
    [
        ("Putin", "(Putin’s)", True),
        ("Putin", "Rasputin, Putin", True),
        ("Putin", "Rasputin", False),
        ("Putin", "putin", False),
        ("US Army", "the US\n Army", True),
        ("Grazhdanin. Armiya.", "a Grazhdanin. Armiya.", True),
        ("a soldier", "said a soldier", True),
        ("", "text", False),
        ("\u200b", "text", False),
        ("text", "", False),
    ],
)
def test_a_name_stands_in_a_text_as_whole_words_in_its_own_case(name: str, text: str, *, stands: bool) -> None:
    assert stands_in(name, text) is stands


pieces = st.text(st.sampled_from("aA_ .-–'’\u0301éne\u00ad1👩\u200d"), max_size=8)


@given(pieces, pieces)
def test_a_name_stands_where_it_would_be_found_if_it_were_the_only_one(name: str, text: str) -> None:
    assert stands_in(name, text) is bool(list(Names([entity(name, "only")]).mentions(text)))


def test_thousands_of_names_in_a_long_text_take_no_long_time() -> None:
    names = Names([entity(f"Given{i} Family{i % 50}", f"e{i}") for i in range(5_000)])
    text = " ".join(f"Given{i % 6_000} Family{i % 50} said" for i in range(10_000))
    started = time.process_time()
    assert len(list(names.mentions(text))) > 5_000
    list(names.mentions(" " * 100_000 + "1" * 100_000 + "." * 100_000))
    assert time.process_time() - started < 3
