"""Lighthouse gives its full score for accessibility, best practices and what search engines ask for.

Its score for performance hangs on the machine: `benchmarks/pages.py` reports it.
"""

from __future__ import annotations

import pytest

from tests.conftest import browser_path

from .lighthouse import PAGES, examined
from .published import Published

pytestmark = pytest.mark.browser

CATEGORIES = ("accessibility", "best-practices", "seo")


@pytest.mark.parametrize("kind", PAGES)
def test_lighthouse_gives_its_full_score(site: Published, kind: str) -> None:
    found = examined(site.base + site.of_kind(kind), CATEGORIES, browser_path())
    scores = {name: category["score"] for name, category in found["categories"].items()}
    lost = [
        f"{name}: {audit['title']}: {audit.get('details', {}).get('items', [])[:3]}"
        for name, category in found["categories"].items()
        for reference in category["auditRefs"]
        if (audit := found["audits"][reference["id"]])["score"] not in (None, 1) and reference["weight"]
    ]
    assert scores == dict.fromkeys(CATEGORIES, 1), "\n".join(lost)
