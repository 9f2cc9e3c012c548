"""What is proposed for a passage from its words alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.annotating.suggesting import figure_starts, passage_id
from site_builder.reading.scalars import ID
from site_builder.texts.text import Span

IDS = {
    "the words that mean something": ("The Harbour Board told Port Radio", "harbour-board-told"),
    "a number without its commas": ("received 1,200 complaints about noise", "received-1200-complaints"),
    "an apostrophe joins": ("Putin\u2019s war", "putins-war"),
    "accents go": ("Été à Orléans", "ete-orleans"),
    "Cyrillic in Latin letters": ("Жители вышли на улицы", "zhiteli-vyshli-ulitsy"),
    "only small words": ("it is what it was", "it-is-what"),
    "no Latin letter at all": ("日本語", "passage"),
    "a word longer than an id": ("x" * 200, "x" * 36),
    "a name that Windows keeps": ("con", "con-1"),
}


@pytest.mark.parametrize(("words", "wanted"), IDS.values(), ids=IDS)
def test_an_id_is_made_of(words: str, wanted: str) -> None:
    assert passage_id(words, ()) == wanted


def test_an_id_that_is_taken_is_counted_on() -> None:
    assert passage_id("noise", {"noise"}) == "noise-2"
    assert passage_id("noise", {"noise", "noise-2"}) == "noise-3"


@given(st.text(), st.sets(st.text("ab-2", max_size=3)))
def test_any_words_give_a_valid_id_that_is_not_taken(words: str, taken: set[str]) -> None:
    found = passage_id(words, taken)
    assert ID.fullmatch(found)
    assert found not in taken


def test_numbers_are_given_as_comments_to_start_figures_from() -> None:
    source = "had 120 complaints, 1.300 calls and half a million letters on 4 March 2021, 80 of them late"
    assert figure_starts(source, Span(0, source.index(", 80"))) == (
        "# figures:",
        "#   - {id: …, measure: …, value: 120}  # printed: 120",
        "#   - {id: …, measure: …, value: 1300}  # printed: 1.300, or 1.3",
        "#   - {id: …, measure: …, value: 500000}  # printed: half a million",
    )


def test_a_number_that_no_decimal_is_equal_to_starts_no_figure() -> None:
    source = "\u2153 of them, then \u00bd"
    assert figure_starts(source, Span(0, len(source))) == (
        "# figures:",
        "#   - {id: …, measure: …, value: 0.5}  # printed: \u00bd",
    )


def test_words_without_numbers_start_no_figures() -> None:
    assert figure_starts("nothing on 4 March 2021", Span(0, 23)) == ()
