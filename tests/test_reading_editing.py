"""Which entries of a list were edited: what stays and what is read again make up the list as it is now."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.reading.editing import edited_entries

ENTRIES = st.lists(st.text("ab \n", max_size=4).map(lambda words: f"- {words.replace(chr(10), chr(10) + '  ')}.\n"))


@given(ENTRIES, ENTRIES, ENTRIES, ENTRIES)
def test_what_is_before_and_behind_the_edited_entries_stands_as_it_stood(
    before: list[str], old: list[str], new: list[str], behind: list[str]
) -> None:
    was, now = [*before, *old, *behind], [*before, *new, *behind]
    found = edited_entries("".join(was), "".join(now), len(was))
    if found is not None:
        here, there, words = found
        assert "".join((*was[:here], words, *was[there:])) == "".join(now)
        assert here < there


def test_of_many_entries_the_one_that_differs_is_found() -> None:
    entries = [f"- id: e{number}\n  title: One\n" for number in range(50)]
    edited = entries[7].replace("One", "Another")
    found = edited_entries("".join(entries), "".join((*entries[:7], edited, *entries[8:])), 50)
    assert found == (7, 8, edited)


@pytest.mark.parametrize(("old", "count"), [("[a, b]\n", 2), ("", 0), ("- a\n- b\n", 3)])
def test_a_list_whose_entries_do_not_begin_lines_is_read_whole(old: str, count: int) -> None:
    assert edited_entries(old, f"{old}- c\n", count) is None


@pytest.mark.parametrize("line", ["---", "...", "--- # the next", "-", "key: value"])
def test_a_line_that_begins_no_entry_is_read_with_the_whole_file(line: str) -> None:
    old = "".join(f"- id: e{number}\n" for number in range(9))
    assert edited_entries(old, old.replace("- id: e5\n", f"{line}\n- id: e5\n"), 9) in (
        None, (4, 5, f"- id: e4\n{line}\n"),
    )  # fmt: skip
