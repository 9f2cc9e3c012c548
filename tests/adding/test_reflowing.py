"""Lines of a page as paragraphs again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.adding.reflowing import reflowed

FIRST = "The Harbour Board had received 120 letters about the noise. That is a very"
PAGE = """Noise at the harbour
The Harbour Board had received 120 letters
about the noise. That is a very great num-
ber for a quiet board, of the well-
known kind. No number of letters is an answer.
The harbour stays open at night all the same
until then

after a blank line."""


def test_a_filled_line_goes_on_and_the_end_of_a_sentence_does_not() -> None:
    (page,) = reflowed([PAGE])
    assert page.split("\n") == [
        "Noise at the harbour",
        f"{FIRST} great number for a quiet board, of the well-known kind. No number of letters is an answer.",
        "The harbour stays open at night all the same until then",
        "",
        "after a blank line.",
    ]


@pytest.mark.parametrize("page", ["", "\n", "one line", "a\nb"])
def test_short_lines_and_none_stay(page: str) -> None:
    assert reflowed([page])[0].split() == page.split()


@settings(derandomize=True, max_examples=100)
@given(st.text(alphabet="ab .-\n", max_size=80))
def test_only_white_space_and_hyphens_change(page: str) -> None:
    (found,) = reflowed([page])
    assert found.replace("-", "").split() == page.replace("-", "").split() or "-\n" in page
    assert "".join(found.replace("-", "").split()) == "".join(page.replace("-", "").split())
