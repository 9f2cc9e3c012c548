"""Words that are no passage: in which paragraph they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from site_builder.pages.leftovers import paragraph_number
from site_builder.texts.text import Span
from tests.built_sites import built


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
