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
    fragment: str
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
            found = destination(page, link, root)
            if found is None:
                continue
            target, fragment = found
            if target not in known:
                yield DeadLink(page, link, target, fragment, lacks_only_id=False)
            elif fragment and target in ids and fragment not in ids[target]:
                yield DeadLink(page, link, target, fragment, lacks_only_id=True)


def destination(page: str, link: str, root: str = "") -> tuple[str, str] | None:
    """The path and the fragment that a link on a page leads to; None when it leaves the site."""
    try:
        parts = urlsplit(link)
    except ValueError:  # a bracket that no address closes
        return "", ""
    if parts.scheme or parts.netloc:
        return None
    path, fragment = unquote(parts.path), unquote(parts.fragment)
    if not path:
        return page, fragment
    if path.startswith("/"):
        return (path.removeprefix(root) if root and path.startswith(root) else ""), fragment
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)), fragment


def collisions(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of paths that are one file where letter case or Unicode form does not count."""
    first: dict[str, str] = {}
    for path in paths:
        key = unicodedata.normalize("NFC", path).casefold()
        if key in first:
            yield first[key], path
        else:
            first[key] = path
