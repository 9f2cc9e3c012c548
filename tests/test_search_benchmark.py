"""The benchmark of the search: what is asked, how long the first hit takes, and what is printed of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks.making import make
from benchmarks.search import Found, ask, questions, table
from site_builder.build import build

from .browsing import SUB_PATH, served


def test_what_is_asked_stands_in_the_corpus(tmp_path: Path) -> None:
    make(tmp_path, 5)
    common, last, two = questions(tmp_path)
    texts = [path.read_text("utf-8") for path in (tmp_path / "ours" / "seeds").iterdir()]
    assert sum(common in text for text in texts) > 1
    first = min((tmp_path / "ours" / "annotations" / "sources").iterdir()).read_text("utf-8")
    assert f'title: "{two} ' in first
    assert f' {last}"\n' in first


def test_a_table_gives_medians_the_greatest_and_kilobytes() -> None:
    times = {"port": [Found(0.1, 0.02, 3_000), Found(0.05, 0.05, 5_000), Found(0.3, 0.03, 4_000)]}
    assert [*table(times)][2:] == ["| “port” | 0.100 | 0.300 | 0.030 | 0.050 | 5 |"]


@pytest.mark.browser
def test_the_first_hit_is_timed_by_address_and_by_key(browser: Browser, tmp_path: Path) -> None:
    make(tmp_path, 5)
    output = tmp_path / "output"
    build(tmp_path / "ours", output)
    with served(output, SUB_PATH) as address:
        found = ask(browser, address, output, "government")
    assert 0 < found.after_asking < 5
    assert 0 < found.after_key < 5
    assert found.size > (output / "search.html").stat().st_size / 10
