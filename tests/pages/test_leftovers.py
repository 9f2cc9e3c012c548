"""Words that are no passage: in which paragraph they stand, and the words around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from site_builder import urls
from site_builder.coverage import strays
from site_builder.pages.leftovers import paragraph_number, unread
from site_builder.storing import Stored
from site_builder.texts.text import Span, carried
from tests.built_sites import ALL, built


class _Counting(tuple[Span, ...]):
    """Paragraphs that count how often one of them is looked at."""

    looks = 0

    def __getitem__(self, at: Any) -> Any:
        _Counting.looks += 1
        return super().__getitem__(at)

    def __iter__(self) -> Iterator[Span]:
        for span in super().__iter__():
            _Counting.looks += 1
            yield span


def test_the_paragraph_of_an_offset_is_found_without_a_look_at_each_of_them() -> None:
    long = replace(built("tangle").source("knots"), paragraphs=_Counting(Span(3 * n, 3 * n + 2) for n in range(10_000)))
    assert [paragraph_number(long, at) for at in (0, 1, 3, 15_000, 29_999)] == [1, 1, 2, 5_001, 10_000]
    assert _Counting.looks < 200


@pytest.mark.parametrize("name", ALL)
def test_what_is_unread_stands_in_whole_words_of_its_own_paragraph(name: str) -> None:
    site = built(name)
    for source in site.briefing.sources:
        listed = unread(site.desk().at(urls.source(source.id)), source, source.text)
        for shown, stray in zip(listed, strays(source), strict=True):
            paragraph = source.paragraphs[paragraph_number(source, stray.start) - 1]
            before, after = shown.before.removeprefix("…"), shown.after.removesuffix("…")
            low, high = stray.start - len(before), stray.end + len(after)
            assert before + shown.words + after == carried(source.text[low:high])
            assert shown.words == carried(source.text[stray.start : stray.end])
            assert paragraph.start <= low <= high <= paragraph.end
            assert shown.before.startswith("…") == (low > paragraph.start)
            assert shown.after.endswith("…") == (high < paragraph.end)
            assert low in (paragraph.start, stray.start) or source.text[low - 1] == " "
            assert high in (paragraph.end, stray.end) or source.text[high] == " "


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("tempor\u00a0lorem\u00a0ipsum\u00a0dolor\u00a0sit\u00a0amet\u00a0sed\u00a0eiusmod 77 men",
         "…lorem\u00a0ipsum\u00a0dolor\u00a0sit\u00a0amet\u00a0sed\u00a0eiusmod ", " men"),
        (f"{'x' * 60}/77/{'y' * 60}", f"…{'x' * 39}/", f"/{'y' * 39}…"), ("77", "", ""),
    ],
)  # fmt: skip
def test_the_words_around_a_number_are_parted_by_any_white_space_or_kept_where_there_is_none(
    text: str, before: str, after: str
) -> None:
    site = built("smallest")
    source = replace(
        site.briefing.sources[0], stored=Stored(text.encode()), paragraphs=(Span(0, len(text)),), passages=(),
        boilerplate=(), set_aside=(), mentions=(),
    )  # fmt: skip
    found = unread(site.desk().at(urls.source(source.id)), source, text)
    assert [(u.before, u.words, u.after) for u in found] == [(before, "77", after)]
