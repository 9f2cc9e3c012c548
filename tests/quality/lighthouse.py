"""Lighthouse, started on a page."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tests.conftest import BROWSER_FLAGS

from .published import node, run, tool

PAGES = ("home", "source", "topic", "timeline")  # the kinds of page it is asked about


def examined(url: str, categories: Iterable[str], browser_path: str) -> dict[str, Any]:
    """Its report on a page, as on a slow phone."""
    options = [
        "--quiet",
        "--output=json",
        "--no-enable-error-reporting",
        f"--only-categories={','.join(categories)}",
        f"--chrome-flags={' '.join(('--headless=new', *BROWSER_FLAGS))}",
    ]
    said = run([node(), str(tool("lighthouse/cli/index.js")), url, *options], CHROME_PATH=browser_path)
    report: dict[str, Any] = json.loads(said)
    assert "runtimeError" not in report, report["runtimeError"]
    return report
