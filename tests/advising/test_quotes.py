"""A quote that leaves out what turns it is named, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from .briefings import advised, written


@pytest.mark.parametrize(
    ("text", "quotes", "said"),
    [
        ("Noise rose, but not at night.", ["Noise rose"], ["'p0' stops before 'but'"]),
        ("Noise rose, but not at night.", ["Noise rose, but not at night."], []),
        ("Noise rose, but not at night.", ["Noise rose,", "but not at night."], ["'p0' stops before 'but'"]),
        ("Noise rose not.", ["Noise rose"], ["'p0' stops before 'not'"]),
        ("Noise rose\nBUT fell.", ["Noise rose"], []),  # a line of its own is a paragraph, and the sentence ends
        ("It rose (although slowly).", ["It rose"], ["'p0' stops before 'although'"]),
        ("It rose; however, it fell.", ["It rose"], ["'p0' stops before 'however'"]),
        ("It rose on buttered quays.", ["It rose on"], []),  # "but" is no word there
        ("It rose in notable places.", ["It rose in"], []),
        ("It rose. But it fell.", ["It rose."], ["'p0' stops before 'But'"]),
        ("It rose. But it fell.", ["It rose."[:-1]], ["'p0' stops before 'But'"]),
        ("It rose. But it fell.", ["It rose.", "But it fell."], []),  # the next passage says it
        ("It rose. No one fell.", ["It rose."], []),  # a new thought
        ("It rose.\n\nHowever, it fell.", ["It rose."], ["'p0' stops before 'However'"]),
        ("The board denied that noise rose.", ["noise rose."], ["'p0' begins behind 'denied that'"]),
        ("It is not true that noise rose.", ["true that noise rose."], ["'p0' begins behind 'not'"]),
        ("It isn\u2019t loud.", ["loud."], ["'p0' begins behind 'isn\u2019t'"]),
        ("It isn't loud.", ["loud."], ["'p0' begins behind 'isn't'"]),
        ("It can not \u201crise again\u201d.", ["rise again"], ["'p0' begins behind 'not'"]),
        ("Answer: no. Noise rose.", ["Noise rose."], []),  # the denial is of the sentence before
        ("A knot tied it.", ["tied it."], []),
        ("Шум вырос, но не ночью.", ["Шум вырос"], ["'p0' stops before 'но'"]),
        ("Шум не вырос.", ["вырос."], ["'p0' begins behind 'не'"]),
    ],
)
def test_a_quote_takes_in_the_word_that_turns_it(tmp_path: Path, text: str, quotes: list[str], said: list[str]) -> None:
    passages = [{"id": f"p{n}", "quote": quote} for n, quote in enumerate(quotes)]
    found = advised(written(tmp_path, {"notice": text}, {"notice": passages}), "quote-cut")
    assert [p.message.removeprefix("the quote of ") for p in found] == said


@pytest.mark.parametrize(
    ("ends", "key"),
    [
        ({"from": "Noise", "to": "rose"}, "to"),
        ({"from": "rose last", "to": "night"}, "from"),
    ],
)
def test_of_a_quote_by_its_ends_the_end_that_cuts_is_named(tmp_path: Path, ends: dict[str, str], key: str) -> None:
    text = "Noise rose, but not at night. It never rose last night."
    folder = written(tmp_path, {"notice": text}, {"notice": [{"id": "p", "quote": ends}]})
    (found,) = advised(folder, "quote-cut")
    line = (folder / found.place.path).read_text(encoding="utf-8")
    assert line[found.place.column - 1 :].startswith(f'"{ends[key]}"')
