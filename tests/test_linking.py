"""Links after an edit: checking what may have changed finds what checking everything finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from site_builder.kept.asked import Columns, PageMade, PagesMade
from site_builder.linkcheck import Written, dead_links, split
from site_builder.problems import Place
from site_builder.reading.folder import load
from site_builder.site.linking import site_problems
from site_builder.theme.rendering import Theme
from tests.built_sites import SITES

PATHS = ("index.html", "a.html", "b/a.html", "b/c d.html", "b/é.html")
FILES = ("seeds/a.txt", "data/x%y.csv", "assets/site.css")
IDS = ("x", "x-1", "a.html", "é", "1 2")
LINKS = (
    "a.html", "./a.html", "%61.html", "../a.html", "b/a.html", "b/../a.html", "/repo/a.html", "/repo/b/%61.html",
    "c d.html", "b/c%20d.html", "b/%C3%A9.html", "é.html", "#x", "#%78", "a.html#x", "a.html#x-1", "a.ht\nml#x",
    "a.html#%C3%A9", "b/a.html#1%202", "b/a.html#1 2", "seeds/a.txt", "../seeds/%61.txt", "data/x%25y.csv",
    "assets/site.css#x", "index.html?x#x-1", "https://example.org/a.html#x",
)  # fmt: skip
ANNOTATIONS = load(SITES / "smallest").annotations
SITE = SimpleNamespace(base_url="https://example.org/repo/")
THEME = Theme(Path("no-such-folder"))

pages = st.builds(Written.of, st.sets(st.sampled_from(IDS)), st.lists(st.sampled_from(LINKS), max_size=6, unique=True))
sites = st.dictionaries(st.sampled_from(PATHS), pages, min_size=1)
files = st.sets(st.sampled_from(FILES))


@dataclass(frozen=True)
class Site:
    """What a check of links sees of a making."""

    made: dict[str, PageMade]
    files: dict[str, object]
    before: Site | None = None
    is_short: bool = False
    theme: Theme = THEME
    briefing: object = field(default_factory=lambda: SimpleNamespace(site=SITE))

    @property
    def pages(self) -> PagesMade:
        """Its pages."""
        return PagesMade(Columns.of(self.made), {})

    @property
    def entries(self) -> dict[str, object]:
        """All files."""
        return self.files

    def template_of(self, path: str) -> str:
        """That of a page."""
        return self.made[path].template if path in self.made else ""

    @property
    def anew(self) -> set[str]:
        """The pages that were made anew."""
        before = self.before.made if self.before else {}
        return {path for path, page in self.made.items() if before.get(path) is not page}

    def problems(self) -> list[tuple[str, Place]]:
        """What is wrong with its links."""
        assert ANNOTATIONS
        return [(p.message, p.place) for p in site_problems(cast("Any", self), ANNOTATIONS)]


def _site(own: dict[str, Written], others: set[str], before: Site | None = None) -> Site:
    made = {path: PageMade("page.html", b"", written) for path, written in own.items()}
    if before:  # those that stay are the same
        made |= {path: old for path, old in before.made.items() if path in own and old.written == own[path]}
    return Site(made, dict.fromkeys((*made, *others), SimpleNamespace(template="")), before)


def _whole(own: dict[str, Written], others: set[str]) -> dict[str, Written]:
    """The pages without their dead links."""
    dead = {(d.page, d.link) for d in dead_links(own, {*own, *others}, "/repo/")}
    return {
        path: Written.of(split(written.ids), [link for link in split(written.links) if (path, link) not in dead])
        for path, written in own.items()
    }


@settings(max_examples=4 * settings().max_examples)
@given(sites, files, st.dictionaries(st.sampled_from(PATHS), st.none() | pages, max_size=2), files)
def test_a_check_of_what_changed_finds_what_a_check_of_everything_finds(
    before: dict[str, Written], old: set[str], edits: dict[str, Written | None], new: set[str]
) -> None:
    whole = _whole(before, old)
    first = _site(whole, old)
    assume(not first.problems())
    own = {path: written for path, written in (whole | edits).items() if written is not None}
    assert _site(own, new, first).problems() == _site(own, new).problems()


def test_a_name_that_a_page_writes_in_another_way_is_missed_when_it_goes() -> None:
    links = {"index.html": Written.of([], ["%61.html"]), "a.html": Written.of([], [])}
    (problem,) = _site({"index.html": links["index.html"]}, set(), _site(links, set())).problems()
    assert problem[0] == "a link on index.html leads nowhere: there is no a.html"
