"""Every link within the site leads to a page, and every fragment to an id on it."""

from __future__ import annotations

import posixpath
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Set
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
    """Names (ids, links, paths), none of which has a NUL, as one string."""
    return "\0".join(("", *names, ""))


def split(names: str) -> list[str]:
    """The names in such a string."""
    return names[1:-1].split("\0") if len(names) > 1 else []


_TOGETHER = 16_384  # links that are followed at a time


def dead_links(
    pages: Mapping[str, Written], files: Container[str], root: str = "", only: Iterable[str] | None = None
) -> Iterator[DeadLink]:
    """The dead links of a site, or of `only` some of its pages.

    `pages` has the ids and links of each page, `files` all other paths. Links with a scheme are not followed. `root`
    is the path under which absolute links are ours (`/repo/`), empty when there is none.
    """
    among = [*(pages if only is None else only)]
    doubtful = _doubtful(pages, files, root, among)
    for page in among if doubtful else ():
        for link in split(pages[page].links):
            if link in doubtful and (found := _lacking(pages, files, root, page, link)):
                yield found


def _lacking(pages: Mapping[str, Written], files: Container[str], root: str, page: str, link: str) -> DeadLink | None:
    """What a link on a page lacks, if anything."""
    target, fragment = destination(page, link, root) or (page, "")
    on = pages.get(target)
    if on is None and target not in files:
        return DeadLink(page, link, target, fragment, lacks_only_id=False)
    if on and fragment and not on.has(fragment):
        return DeadLink(page, link, target, fragment, lacks_only_id=True)
    return None


def _doubtful(pages: Mapping[str, Written], files: Container[str], root: str, among: Iterable[str]) -> Set[str]:
    """The links of some pages of which it depends on the page whether they hold, or that do not hold."""
    doubtful = set[str]()
    links: dict[str, set[str]] = {}  # by a page of each depth: from all of them the same way up leads to the root

    def settle(page: str) -> None:
        left = _unsettled(pages, files, "../" * page.count("/"), links[page])
        doubtful.update(link for link in left if not _holds(pages, files, root, page, link))
        links[page].clear()

    of_depth: dict[int, str] = {}
    for page in among:
        first = of_depth.setdefault(page.count("/"), page)
        own = links.setdefault(first, set())
        own.update(split(pages[page].links))
        if len(own) >= _TOGETHER:
            settle(first)
    for first in links:
        settle(first)
    return doubtful


def _unsettled(pages: Mapping[str, Written], files: Container[str], up: str, links: Set[str]) -> Set[str]:
    """The links but for those that lead up to the root, and then to a path and an id that is there, as they are."""
    left, leading = set[str](), defaultdict[str, list[str]](list)
    for link in links:
        leading[link.partition("#")[0]].append(link)
    for target, some in leading.items():
        path, start = target[len(up) :], len(target) + 1
        is_plain = path and target.startswith(up) and "?" not in path
        if is_plain and (on := pages.get(path)):
            ids = on.ids
            left.update([link for link in some if link != target and f"\0{link[start:]}\0" not in ids])
        elif not (is_plain and path in files):
            left.update(some)
    whole = "".join(links)
    if "%" in whole or " " in whole or not whole.isprintable():  # a name may be written in another way
        left.update(filter(_WRITTEN_OTHERWISE.search, links))
    return left


def _holds(pages: Mapping[str, Written], files: Container[str], root: str, page: str, link: str) -> bool:
    """Whether a link leads out of the site, or to what is there, from any page of the depth of this one."""
    if link.startswith(("https://", "http://")) and link.isascii() and "[" not in link and "]" not in link:
        return True
    found = destination(page, link, root)
    if found is None:
        return True
    is_same = link.startswith("../" * page.count("/")) and found[0] != page
    return is_same and _lacking(pages, files, root, page, link) is None


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
