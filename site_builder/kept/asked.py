"""What the pages of a site were made from, in columns: thousands of pages are a few rows of numbers, and which of them
asked for a thing is found without looking at each."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Set

from ..frozen import NamedTuple
from ..linkcheck import Written
from ..tracing import FEW, holds, places


class PageMade(NamedTuple):
    """What a page was made from, as marks of keys, and its ids and links."""

    template: str
    keys: bytes
    written: Written


class Columns:
    """Pages one after the other: paths, templates by number, and all marks, with where those of each page end."""

    __slots__ = ("_places", "ends", "keys", "kinds", "paths", "templates", "written")

    def __init__(
        self, paths: list[str], templates: list[str], kinds: bytes, ends: array[int], keys: bytes,
        written: Callable[[int], Written],
    ) -> None:  # fmt: skip
        self.paths, self.templates, self.kinds, self.ends, self.keys = paths, templates, kinds, ends, keys
        self.written = written
        self._places: dict[str, int] = {}

    @staticmethod
    def of(pages: Mapping[str, PageMade]) -> Columns:
        """The columns of some pages."""
        templates = [*dict.fromkeys(page.template for page in pages.values())]
        numbers = {name: number for number, name in enumerate(templates)}
        ends, end = array("I"), 0
        for page in pages.values():
            end += len(page.keys) // 4
            ends.append(end)
        every = [page.written for page in pages.values()]
        kinds = array("H", (numbers[page.template] for page in pages.values())).tobytes()
        keys = b"".join(page.keys for page in pages.values())
        return Columns([*pages], templates, kinds, ends, keys, every.__getitem__)

    @property
    def places(self) -> Mapping[str, int]:
        """The number of each page."""
        if not self._places:
            self._places = {path: number for number, path in enumerate(self.paths)}
        return self._places

    def page(self, number: int) -> PageMade:
        """One of them."""
        start = 4 * self.ends[number - 1] if number else 0
        template = self.templates[memoryview(self.kinds).cast("H")[number]]
        return PageMade(template, self.keys[start : 4 * self.ends[number]], self.written(number))

    def asking(self, marks: Set[int]) -> Iterator[str]:
        """The pages, some perhaps more than once, that asked for something with one of these marks."""
        if len(marks) > FEW:
            every, start = memoryview(self.keys).cast("I"), 0
            for path, end in zip(self.paths, self.ends, strict=True):
                if not marks.isdisjoint(every[start:end]):
                    yield path
                start = end
            return
        for mark in marks:
            yield from (self.paths[bisect_right(self.ends, place)] for place in places(self.keys, mark))


class PagesMade(Mapping[str, PageMade]):
    """The pages of a site by path: those of the columns, and few that were made since."""

    __slots__ = ("columns", "own")

    def __init__(self, columns: Columns, own: Mapping[str, PageMade]) -> None:
        self.columns = columns
        self.own = own

    def __getitem__(self, path: str) -> PageMade:
        return self.own[path] if path in self.own else self.columns.page(self.columns.places[path])

    def __contains__(self, path: object) -> bool:
        return path in self.columns.places

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns.paths)

    def __len__(self) -> int:
        return len(self.columns.paths)

    def written(self, path: str) -> Written:
        """The ids and links of a page."""
        return self.own[path].written if path in self.own else self.columns.written(self.columns.places[path])

    def asking(self, marks: Set[int]) -> Set[str]:
        """The pages that asked for something with one of these marks."""
        own = {path for path, page in self.own.items() if holds(page.keys, marks)}
        return own.union(path for path in self.columns.asking(marks) if path not in self.own)
