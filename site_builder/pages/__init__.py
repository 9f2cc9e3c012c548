"""The pages of the site: each module turns the briefing into pages, each a path, a template and a way to its context.

A context holds all that its template shows, in the order in which it shows it: templates choose and compute nothing.
To add a kind of page: a module here, a template, a name in `PAGES`, a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..rooms import each_in
from .frame import Context, Desk, Page

PAGES: tuple[Callable[[Desk], Iterator[Page]], ...] = each_in(
    __name__, "pages",
    "home", "source_list", "sources", "topics", "timeline", "claims", "figures", "entities", "places",
    "flags", "about", "changes", "data_files", "search", "not_found",
)  # fmt: skip

__all__ = ["PAGES", "Context", "Desk", "Page"]
