"""The pages of the site: each module turns the briefing into pages, each a path, a template and a way to its context.

A context holds all that its template shows, in the order in which it shows it: templates choose and compute nothing.
To add a kind of page: a module here, a template, a name in `PAGES`, a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from . import (
    about,
    changes,
    claims,
    data_files,
    entities,
    figures,
    flags,
    home,
    not_found,
    places,
    search,
    source_list,
    sources,
    timeline,
    topics,
)
from .frame import Context, Desk, Page

PAGES: tuple[Callable[[Desk], Iterator[Page]], ...] = (
    home.pages,
    source_list.pages,
    sources.pages,
    topics.pages,
    timeline.pages,
    claims.pages,
    figures.pages,
    entities.pages,
    places.pages,
    flags.pages,
    about.pages,
    changes.pages,
    data_files.pages,
    search.pages,
    not_found.pages,
)

__all__ = ["PAGES", "Context", "Desk", "Page"]
