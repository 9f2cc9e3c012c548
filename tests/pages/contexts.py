"""The contexts of the pages of a built site, by path."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from site_builder.pages import PAGES, Context
from tests.built_sites import built

C = TypeVar("C", bound=Context)


@cache
def _contexts(name: str) -> dict[str, Context]:
    desk = built(name).desk()
    return {page.path: page.context for pages in PAGES for page in pages(desk)}


def context(kind: type[C], name: str, path: str) -> C:
    """What the page at a path of a site is written from."""
    found = _contexts(name)[path]
    assert isinstance(found, kind)
    return found


def contexts(kind: type[C], name: str) -> dict[str, C]:
    """What the pages of one kind are written from, by path."""
    return {path: found for path, found in _contexts(name).items() if isinstance(found, kind)}
