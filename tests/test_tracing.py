"""What a file was made from: nothing that it did not ask for can change a byte of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from site_builder import urls
from site_builder.backlinks import backlinks
from site_builder.build import read_briefing
from site_builder.downloads import Size, told_sizes
from site_builder.excerpting import for_public
from site_builder.exports import EXPORTS
from site_builder.listing.layout import Limits, lay_out
from site_builder.listing.listings import listings
from site_builder.model import Briefing
from site_builder.pages import PAGES, Page
from site_builder.search import searching
from site_builder.theme.rendering import Theme
from site_builder.tracing import Key, called, changed, marked, moved
from tests.built_sites import LIMITS, built, desk_of
from tests.mutating import Mutant, enriched, mutants, mutated
from tests.quoted_site import write_site

THEME = Theme(Path("no-such-folder"))


@dataclass(frozen=True)
class Made:
    """A file that can be made: what it is known to be made from before, and after, it is made."""

    keys: Sequence[Key]
    make: Callable[[], tuple[bytes, Set[Key]]]


def _all(briefing: Briefing, limits: Limits) -> Mapping[str, Made]:
    """All that is made of a briefing, by its path."""
    desk = desk_of(briefing, backlinks(briefing), limits)

    def page(own: Page) -> tuple[bytes, Set[Key]]:
        desk.trace.keys = set()
        return THEME.render(own.template, own.make()).content, frozenset(desk.trace.keys)

    found = {p.path: Made((), partial(page, p)) for kind in PAGES for p in kind(desk)}
    for export in (e for exports in (searching.exports, *EXPORTS) for e in exports(briefing)):
        keys = tuple(export.keys)
        found[export.path] = Made(keys, partial(_called, export.content, keys))
    return found


def _called(content: Callable[[], bytes | bytearray], keys: Sequence[Key]) -> tuple[bytes, Set[Key]]:
    return bytes(content()), frozenset(keys)


class Untraced:
    """What changes files of a briefing that did not ask for it: `found`, the files by what was made another."""

    def __init__(self, briefing: Briefing, limits: Limits) -> None:
        self.old = briefing
        self.limits = limits
        self.calls = backlinks(briefing)
        self.listed = listings(briefing)
        self.layout = lay_out(briefing, self.listed, limits)
        self.made = {path: (file.keys, *file.make()) for path, file in _all(briefing, limits).items()}
        self.found: dict[str, set[str]] = {}
        keys = {m: self.keys(m) for m in mutants(briefing) if m.field != "sources: reversed"}  # it goes by their ids
        for chosen in rounds(list(keys)):
            for path, (_, _, asked) in self.made.items():
                for mutant in self.culprits(path, [m for m in chosen if asked.isdisjoint(keys[m])]):
                    self.found.setdefault(mutant.field, set()).add(path)

    def keys(self, mutant: Mutant) -> Set[Key]:
        """The keys of what differs with a mutant."""
        new = mutated(self.old, [mutant])
        keys, listed = changed(self.old, new), listings(new)
        more = {
            *called(self.calls, backlinks(new)),
            *moved(self.listed, listed, "by"),
            *moved(self.layout, lay_out(new, listed, self.limits), "at"),
        }
        if more and all(kind == "texts" for kind, _ in keys):
            self.found.setdefault(mutant.field, set()).update(str(key) for key in more)
        return keys | more

    def culprits(self, path: str, chosen: Sequence[Mutant]) -> Sequence[Mutant]:
        """Of the mutants, those that change a file: none, or one by one."""
        if not chosen:
            return ()
        new = _all(mutated(self.old, chosen), self.limits).get(path)
        keys, content, _ = self.made[path]
        if new is None or new.keys != keys or new.make()[0] == content:
            return ()
        half = len(chosen) // 2
        return (*self.culprits(path, chosen[:half]), *self.culprits(path, chosen[half:])) if half else chosen


def rounds(mutants_: Sequence[Mutant]) -> Iterator[Sequence[Mutant]]:
    """All of them, in rounds of which each makes a thing another in one way."""
    ways: dict[object, list[Mutant]] = {}
    for mutant in mutants_:
        ways.setdefault(mutant.path, []).append(mutant)
    for number in range(max(map(len, ways.values()))):
        yield [own[number] for own in ways.values() if number < len(own)]


@cache
def _published() -> Briefing:
    """The briefing that is made to be published in excerpts."""
    with TemporaryDirectory() as folder:
        rights = "{republish: excerpts, context_words: 3, why: by law}"
        return read_briefing(write_site(Path(folder), site_rights=rights)).briefing


def _data_page(sizes: Mapping[str, Size]) -> tuple[bytes, Set[Key]]:
    briefing = built("tangle").briefing
    desk = desk_of(briefing, backlinks(briefing), sizes=sizes)
    (page,) = (p for kind in PAGES for p in kind(desk) if p.path == urls.DATA)
    desk.trace.keys = set()
    return THEME.render(page.template, page.make()).content, desk.trace.keys


BRIEFINGS: Mapping[str, Callable[[], Briefing]] = {
    "harbour": lambda: built("harbour").briefing,
    "tangle": lambda: built("tangle").briefing,
    "quoted, published": lambda: for_public(_published()),
    "harbour, with more of everything": lambda: enriched(built("harbour").briefing),
}


MANY = ("tangle", "harbour, with more of everything")


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.rounds if n in MANY else ()) for n in BRIEFINGS])
def test_what_a_file_did_not_ask_for_changes_nothing_of_it(name: str) -> None:
    assert Untraced(BRIEFINGS[name](), LIMITS).found == {}


@pytest.mark.rounds
@pytest.mark.parametrize("name", ["tangle", "quoted"])
def test_what_a_file_did_not_ask_for_changes_nothing_of_it_where_there_is_much(name: str) -> None:
    briefing = built("tangle").briefing if name == "tangle" else _published()
    assert Untraced(for_public(enriched(briefing)), LIMITS).found == {}


@pytest.mark.rounds
def test_what_a_sheet_of_a_long_list_did_not_ask_for_changes_nothing_of_it() -> None:
    tight = Limits(whole=2_000, sheet=1_200, share=600)
    assert Untraced(enriched(built("harbour").briefing), tight).found == {}


def test_a_size_changes_a_page_only_if_it_asked_for_it() -> None:
    sizes = {path: len(content) for path, content in built("tangle").files.items() if not path.endswith(".html")}
    told = told_sizes(sizes)
    content, keys = _data_page(told)
    shown = {path for path in told if _data_page(told | {path: Size(9, "10 MB")})[0] != content}
    assert len(shown) > 10
    assert {("sizes", path) for path in shown} <= keys


def test_the_mark_of_a_key_is_the_same_in_every_process() -> None:
    assert marked(("sources", "harbour-notice")) == 0x4EF1D4B8
    assert marked(("texts", "harbour-notice")) != marked(("sources", "harbour-notice"))
