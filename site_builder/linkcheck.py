"""Every link within the site leads to a page, and every fragment to an id on it."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A link that leads nowhere: the page it is on, as written, and the target from the site's root."""

    page: str
    link: str
    target: str
    lacks_only_id: bool


def dead_links(
    pages: Mapping[str, tuple[Iterable[str], Iterable[str]]], files: Iterable[str], root: str = ""
) -> Iterator[DeadLink]:
    """The dead links of a site.

    `pages` gives the ids and links of each page, `files` all other paths. Links with a scheme are not followed. `root`
    is the path under which absolute links are ours (`/repo/`), empty when there is none.
    """
    ids = {path: frozenset(own) for path, (own, _) in pages.items()}
    known = {*ids, *files}
    for page, (_, links) in pages.items():
        for link in links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            if parts.path.startswith("/"):
                target = unquote(parts.path.removeprefix(root)) if root and parts.path.startswith(root) else ""
            else:
                target = (
                    posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
                    if parts.path
                    else page
                )
            if target not in known:
                yield DeadLink(page, link, target, lacks_only_id=False)
            elif parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]:
                yield DeadLink(page, link, target, lacks_only_id=True)


def collisions(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of paths that are one file where letter case or Unicode form does not count."""
    first: dict[str, str] = {}
    for path in paths:
        key = unicodedata.normalize("NFC", path).casefold()
        if key in first:
            yield first[key], path
        else:
            first[key] = path
