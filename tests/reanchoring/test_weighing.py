"""What of two wordings has to be looked at, and what has not."""

from __future__ import annotations

import pytest

from site_builder.markup.names import Names
from site_builder.reanchoring.weighing import weighty

NOBODY = Names(())


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("It cost 3 million euros", "It cost 3 billion euros", "a number"),
        ("It cost three million euros", "It cost three billion euros", "a number"),
        ("seventeen were drowned", "eighteen were drowned", "a number"),
        ("They lay 5 km away", "They lay 5 m away", "a number"),
        ("more than 100 men", "less than 100 men", "a number"),
        ("half of them left", "most of them left", "a number"),
        ("it took two weeks", "it took two months", "a number"),
        ("he came last week", "he came this week", "a date"),
        ("Ivanov said so", "Petrov said so", "a name"),
        ("They left. Ivanov said so", "They left. Petrov said so", "a name"),
        ("they met the smith", "they met the Smith", "a name"),
        ("they did sink", "they didn\u2019t sink", "a denial"),
        ("it rarely sank", "it often sank", "a denial"),
        ("a lawful order", "an unlawful order", "a denial"),
        ("он видел", "он не видел", "a denial"),
        ("он видел", "он знал", "a word of another language"),
    ],
)
def test_what_may_change_a_meaning_is_named_by_its_kind(before: str, after: str, kind: str) -> None:
    for one, other in ((before, after), (after, before)):
        assert any(found.startswith(f"{kind}: now with") for found in weighty(one, other, NOBODY))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The boats left", "Those boats left"),
        ("Ships left", "The ships left"),
        ("the minister said", "The minister said"),
        ("had 120 complaints", "had 120 loud complaints"),
        ("5 km\u00a0away", "5 km away"),
        ("they didn't sink", "they didn\u2019t sink"),
    ],
)
def test_other_words_for_the_same_weigh_nothing(before: str, after: str) -> None:
    assert weighty(before, after, NOBODY) == ()


def test_a_word_and_its_contrary_are_both_named() -> None:
    assert weighty("a lawful order", "an unlawful order", NOBODY) == (
        "a denial: now without 'lawful' and with 'unlawful'",
    )


def test_in_a_language_that_is_not_weighed_every_word_counts() -> None:
    assert weighty("es war nie gut", "es war nun gut", NOBODY, "en-GB") == ()
    found = weighty("es war nie gut", "es war nun gut", NOBODY, "de")
    assert found == ("a word of another language: now without 'nie' and with 'nun'",)
