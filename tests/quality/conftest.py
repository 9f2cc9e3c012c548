"""The site that is checked here: built and served once in each test process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browsing import Watched, opened

from .published import Published, published


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """Yield the real briefing, built, and served below a path under the strict policy."""
    with published(tmp_path_factory.mktemp("briefing") / "output") as ours:
        yield ours


@pytest.fixture(scope="session")
def window(browser: Browser, site: Published) -> Iterator[Watched]:
    """Yield a window that is kept, for pages that are opened in it one after the other."""
    with opened(browser, site.base) as ours:
        yield ours


@pytest.fixture
def watched(window: Watched) -> Iterator[Watched]:
    """Yield the window that is kept, and fail if anything goes wrong in it during the test."""
    yield window
    wrong = [*window.wrong]
    window.wrong.clear()
    assert not wrong, "\n".join(wrong)
