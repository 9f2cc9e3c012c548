"""The site that is checked here: built and served once in each test process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .published import Published, published


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """Yield the real briefing, built, and served below a path under the strict policy."""
    with published(tmp_path_factory.mktemp("briefing") / "output") as ours:
        yield ours
