"""Every link within the site leads to a page, and every fragment to an id on it."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from urllib.parse import quote, unquote, urlsplit

from .frozen import dataclass
from .patterns import later
from .storing import Stored

# A relative link as nearly all are written: steps up, names that are what they look like, and a fragment.
_PLAIN = later(r"(?a)((?:\.\./)*)((?:[\w-][\w.-]*/)*[\w-][\w.-]*)(?:#([\w.-]*))?")
_WRITTEN_OTHERWISE = later(r"[%\x01-\x20]")  # in a link: a name may be written in another way


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A link that leads nowhere: the page it is on, as written, and the target from the site's root."""

    page: str
    link: str
    target: str
    fragment: str
    lacks_only_id: bool


class Written:
    """The ids of a page and the links on it as written, each between two NULs: whether one holds a name is soon seen.

    Links are put by: there are many, and they are followed one page after the other.
    """

    __slots__ = ("_links", "ids")

    def __init__(self, ids: str, links: str) -> None:
        self.ids = ids
        self._links = Stored(links.encode())

    def __reduce__(self) -> tuple[type[Written], tuple[str, str]]:
        return Written, (self.ids, self.links)

    @property
    def links(self) -> str:
        """The links on it."""
        return self._links.content.decode()

    @staticmethod
    def of(ids: Iterable[str], links: Iterable[str]) -> Written:
        """These ids and links."""
        return Written(joined(ids), joined(links))

    def has(self, id_: str) -> bool:
        """Whether there is such an id."""
        return f"\0{id_}\0" in self.ids


def joined(names: Iterable[str]) -> str:
    """Ids, or links, as one string."""
    return "\0".join(("", *names, ""))


def split(names: str) -> list[str]:
    """The names in such a string."""
    return names[1:-1].split("\0") if len(names) > 2 else []


_ELSEWHERE = ("https://", "http://")
_FOLLOWED = 16_384  # links, and paths of links, that are remembered


class _Followed:
    """What is known of links that begin with one way up to the root, and so lead to one place from any such page: those
    that hold, and where paths lead. Of very many pages no more than some are remembered."""

    def __init__(self, up: str) -> None:
        self.up = up
        self.holding: set[str] = set()
        self.paths: dict[str, tuple[str, str]] = {}

    def left(self, page: Written) -> list[str]:
        """The links of a page that may lead nowhere, in their order."""
        links = split(page.links)
        left = {*links}.difference(self.holding, map("#".__add__, split(page.ids)))
        if max(len(self.holding), len(self.paths)) >= _FOLLOWED:
            self.holding.clear()
            self.paths.clear()
        return [*filter(left.__contains__, links)] if left else []

    def destination(self, page: str, link: str, root: str) -> tuple[str, str] | None:
        """Where a link leads that is written without escapes and spaces."""
        path, _, fragment = link.partition("#")
        if not path or not path.startswith(self.up):
            return destination(page, link, root)
        found = self.paths.get(path) or destination(page, path, root)
        if found is None:
            return None
        if found[0] != page:  # a link may also lead to where it stands
            self.paths[path] = found
        return found[0], fragment


def dead_links(
    pages: Mapping[str, Written], files: Container[str], root: str = "", only: Iterable[str] | None = None
) -> Iterator[DeadLink]:
    """The dead links of a site, or of `only` some of its pages.

    `pages` has the ids and links of each page, `files` all other paths. Links with a scheme are not followed. `root`
    is the path under which absolute links are ours (`/repo/`), empty when there is none.
    """
    known: dict[int, _Followed] = {}  # by the depth of the page
    for page in pages if only is None else only:
        depth = page.count("/")
        followed = known.get(depth) or known.setdefault(depth, _Followed("../" * depth))
        for link in followed.left(pages[page]):
            if link.startswith(_ELSEWHERE) and link.isascii() and "[" not in link and "]" not in link:
                continue
            is_usual = not _WRITTEN_OTHERWISE.search(link)
            found = followed.destination(page, link, root) if is_usual else destination(page, link, root)
            if found is None:
                continue
            target, fragment = found
            on = pages.get(target)
            if on is None and target not in files:
                yield DeadLink(page, link, target, fragment, lacks_only_id=False)
            elif on and fragment and not on.has(fragment):
                yield DeadLink(page, link, target, fragment, lacks_only_id=True)
            elif link.startswith(followed.up) and target != page:
                followed.holding.add(link)


def leading_to(pages: Mapping[str, Written], lost: Collection[str]) -> Iterable[str]:
    """The pages that may have a link to one of these: paths, or ids."""
    names = {name.rpartition("/")[2] for name in lost}
    if any(quote(name) != name for name in names):
        return pages  # such a name may be written in several ways
    linked = ((page, written.links) for page, written in pages.items())
    return [p for p, links in linked if _WRITTEN_OTHERWISE.search(links) or any(name in links for name in names)]


def destination(page: str, link: str, root: str = "") -> tuple[str, str] | None:
    """The path and the fragment that a link on a page leads to; None when it leaves the site."""
    if plain := _PLAIN.fullmatch(link):
        folders, up = page.split("/")[:-1], len(plain[1]) // 3
        if up <= len(folders):
            return "/".join((*folders[: len(folders) - up], plain[2])), plain[3] or ""
    return _destination(page, link, root)


def _destination(page: str, link: str, root: str) -> tuple[str, str] | None:
    """The same of a link written in any way."""
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
        key = path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
        if key in first:
            yield first[key], path
        else:
            first[key] = path
