"""Flat segments of overlapping ranges."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.texts.segments import segments
from site_builder.texts.text import Span

quick = settings(derandomize=True, deadline=None, max_examples=2 * settings().max_examples)
spans = st.tuples(st.integers(0, 24), st.integers(0, 24)).map(lambda ends: Span(min(ends), max(ends)))


@quick
@given(spans, st.lists(spans, max_size=8), st.lists(st.integers(0, 24), max_size=3))
def test_segments_join_back_to_the_whole_and_know_exactly_what_covers_them(
    whole: Span, ranges: list[Span], cuts: list[int]
) -> None:
    flat = segments(whole, ranges, cuts)
    assert [s.start for s in flat] == sorted({s.start for s in flat})
    joined = [i for s in flat for i in range(s.start, s.end)]
    assert joined == list(range(whole.start, whole.end))
    for segment in flat:
        for at in range(segment.start, segment.end):
            assert segment.covers == tuple(i for i, r in enumerate(ranges) if r.start <= at < r.end)
            assert at not in cuts or at == segment.start


@quick
@given(spans, st.lists(spans, max_size=8))
def test_a_range_begins_and_ends_in_the_segment_that_holds_its_first_and_last_character(
    whole: Span, ranges: list[Span]
) -> None:
    flat = segments(whole, ranges)
    for i, span in enumerate(ranges):
        begun = [s for s in flat if i in s.begins]
        ended = [s for s in flat if i in s.ends]
        solid = span.start < span.end
        assert [s.start for s in begun] == [span.start] * (solid and whole.start <= span.start < whole.end)
        assert [s.end for s in ended] == [span.end] * (solid and whole.start < span.end <= whole.end)


@pytest.mark.parametrize(
    ("ranges", "covers"),
    [
        ([(2, 6), (4, 8)], [(), (0,), (0, 1), (1,), ()]),  # crossing
        ([(1, 9), (3, 5)], [(), (0,), (0, 1), (0,), ()]),  # nested
        ([(2, 5), (5, 8)], [(), (0,), (1,), ()]),  # adjacent
        ([(3, 6), (3, 6)], [(), (0, 1), ()]),  # identical
        ([(0, 10)], [(0,)]),
        ([(5, 5)], [()]),  # an empty range does not even cut
        ([], [()]),
    ],
)
def test_ranges_of_every_relation_are_drawn_flat(ranges: list[tuple[int, int]], covers: list[tuple[int, ...]]) -> None:
    assert [s.covers for s in segments(Span(0, 10), [Span(*r) for r in ranges])] == covers


def test_ten_thousand_ranges_take_no_long_time() -> None:
    ranges = [Span(i * 10, i * 10 + 25) for i in range(10_000)]
    started = time.process_time()
    assert len(segments(Span(0, 100_030), ranges)) == 20_000
    assert time.process_time() - started < 1
