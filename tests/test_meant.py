"""Dates that are written otherwise than EDTF has them, and what they are in EDTF."""

from __future__ import annotations

import pytest

from site_builder.printed.meant import meant_date


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("4 March 2021", "2021-03-04"), ("March 4, 2021", "2021-03-04"), ("4.3.2021", "2021-03-04"),
        ("2021-3-4", "2021-03-04"), ("2021/03/04", "2021-03-04"), ("20210304", "2021-03-04"), ("2021 ", "2021"),
        ("March 2021", "2021-03"), ("spring 2021", "2021-21"), ("15 января 2024 года", "2024-01-15"),
        ("ca. 2021", "2021~"), ("about March 2021", "2021-03~"),
        ("2021-03-04 to 2021-03-05", "2021-03-04/2021-03-05"), ("March 2021 \u2013 May 2021", "2021-03/2021-05"),
    ],
)  # fmt: skip
def test_a_date_in_other_words_is_known_by_its_edtf(written: str, meant: str) -> None:
    assert meant_date(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "03/04/2021", "20211301", "2021-02-30", "c. c. 2021", "May 2021 to March 2021", "4 March", "the 1990s",
        "\u2013" * 9_000, "about " * 9_000, "1 to " * 9_000, "early 2021", "in 2021",
        "on 14 March 1911 or later", "yesterday", " ",
    ],
)  # fmt: skip
def test_what_is_not_sure_to_be_one_date_is_not_guessed(written: str) -> None:
    assert meant_date(written) == ""
