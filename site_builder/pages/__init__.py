"""The pages of the site: each module turns the briefing into pages, each a path, a template and a way to its context.

A context holds all that its template shows, in the order in which it shows it: templates choose and compute nothing.
To add a kind of page: a module here, a template, a name in `LEFT_OUT_WITH`, a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..records import Omission
from ..rooms import each_in
from .frame import Context, Desk, Page

LEFT_OUT_WITH: dict[str, Omission | None] = {
    "home": None, "source_list": "source-list", "sources": None, "topics": "topics", "timeline": "timeline",
    "claims": "claims", "figures": "figures", "entities": "entities", "places": "map", "flags": "flags",
    "about": "about", "changes": "changes", "data_files": "data", "search": "search", "not_found": "not-found",
}  # fmt: skip
"""Each module, and what a theme leaves out with which none of its pages is made."""
PAGES: tuple[Callable[[Desk], Iterator[Page]], ...] = each_in(__name__, "pages", *LEFT_OUT_WITH)

__all__ = ["LEFT_OUT_WITH", "PAGES", "Context", "Desk", "Page"]
