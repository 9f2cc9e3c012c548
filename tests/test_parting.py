"""Parts: as many as are needed, a thing's own by its id alone, and each split in two when they double."""

from collections import Counter

import pytest

from site_builder.parting import SOURCES, part_count, part_of, parted
from tests.built_sites import many


@pytest.mark.parametrize(
    ("sources", "count"), [(0, 1), (1, 1), (32, 1), (33, 2), (64, 2), (65, 4), (1000, 32), (10_000, 512)]
)
def test_there_are_parts_enough_for_so_many_sources(sources: int, count: int) -> None:
    assert part_count(sources, SOURCES) == count


def test_things_are_spread_over_the_parts() -> None:
    count = part_count(10_000, SOURCES)
    held = Counter(part_of(f"source-{number}", count) for number in range(10_000))
    assert len(held) == count
    assert max(held.values()) < 2 * SOURCES


def test_when_parts_double_each_splits_in_two() -> None:
    for number in range(500):
        before, after = part_of(f"s{number}", 8), part_of(f"s{number}", 16)
        assert after in (before, before + 8)


def test_every_thing_is_in_its_part_in_the_order_in_which_it_came() -> None:
    sources = many(100).sources
    parts = parted(sources, SOURCES)
    assert len(parts) == part_count(100, SOURCES) == 4
    for number, part in enumerate(parts):
        assert part == [source for source in sources if part_of(source.id, 4) == number]
