"""Links within the site are followed as a browser would follow them, and names that are one file are found."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.linkcheck import DeadLink, Written, _destination, collisions, dead_links, destination, joined, split


def _dead(*links: str, page: str = "topics/noise.html", files: Iterable[str] = (), root: str = "") -> list[DeadLink]:
    """The dead ones of these links on a page, in a site with a few pages and files."""
    pages = {
        "index.html": Written.of(["main", "café"], []),
        "sources/notice.html": Written.of(["p-rise"], []),
        page: Written.of(["own"], links),
    }
    return list(dead_links(pages, ["assets/site.css", "sources/notice.txt", "a b.txt", *files], root))


@pytest.mark.parametrize(
    "link",
    [
        "../index.html", "../sources/notice.html#p-rise", "#own", "noise.html", "noise.html#own", "../assets/site.css",
        "../sources/notice.txt", "../sources/../index.html#main", "./noise.html", "../a%20b.txt",
        "../index.html#caf%C3%A9", "../index.html?q=1#main", "../index.html#", "?q=1", "#",
    ],
)  # fmt: skip
def test_a_link_that_leads_somewhere_is_not_dead(link: str) -> None:
    assert _dead(link) == []


@pytest.mark.parametrize("link", ["https://example.org/none", "mailto:a@example.org", "//example.org/x", "data:,"])
def test_a_link_out_of_the_site_is_not_followed(link: str) -> None:
    assert _dead(link) == []


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("../none.html", "none.html"), ("index.html", "topics/index.html"),
        ("../sources/notice.htm", "sources/notice.htm"),
        ("../../index.html", "../index.html"), ("../Index.html", "Index.html"), ("../sources/", "sources"),
        ("up/index.html", "topics/up/index.html"), ("abcindex.html", "topics/abcindex.html"),
    ],
)  # fmt: skip
def test_a_link_to_no_file_is_dead(link: str, target: str) -> None:
    assert _dead(link) == [DeadLink("topics/noise.html", link, target, link.partition("#")[2], lacks_only_id=False)]


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("../sources/notice.html#p-fall", "sources/notice.html"), ("#none", "topics/noise.html"),
        ("noise.html#none", "topics/noise.html"), ("../index.html#Main", "index.html"),
    ],
)  # fmt: skip
def test_a_link_to_no_id_is_dead_though_its_page_is_there(link: str, target: str) -> None:
    assert _dead(link) == [DeadLink("topics/noise.html", link, target, link.partition("#")[2], lacks_only_id=True)]


def test_a_link_is_read_as_a_browser_reads_it_though_a_file_has_the_name_as_it_is_written() -> None:
    assert [d.target for d in _dead("../x%20y.txt", files=["x%20y.txt"])] == ["x y.txt"]


def test_a_fragment_of_a_file_that_is_no_page_is_not_checked() -> None:
    assert _dead("../sources/notice.txt#line-3") == []


def test_an_absolute_link_is_followed_below_the_sites_own_root() -> None:
    assert _dead("/harbour/index.html#main", root="/harbour/") == []
    assert [d.target for d in _dead("/harbour/none.html", root="/harbour/")] == ["none.html"]
    assert _dead("/index.html", root="/") == []


@pytest.mark.parametrize(("link", "root"), [("/index.html", ""), ("/elsewhere/index.html", "/harbour/"), ("/", "")])
def test_an_absolute_link_that_leads_out_of_the_site_is_dead(link: str, root: str) -> None:
    assert [d.link for d in _dead(link, root=root)] == [link]


def test_dead_links_come_with_their_page_each_once_as_written() -> None:
    assert [(d.page, d.link) for d in _dead("../none.html", "#own", "#none")] == [
        ("topics/noise.html", "../none.html"), ("topics/noise.html", "#none"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("assets/Logo.svg", "assets/logo.svg"),
        (unicodedata.normalize("NFC", "assets/café.svg"), unicodedata.normalize("NFD", "assets/café.svg")),
        (unicodedata.normalize("NFC", "assets/CAFÉ.svg"), unicodedata.normalize("NFD", "assets/café.svg")),
        ("Assets/a.svg", "assets/a.svg"), ("assets/straße.svg", "assets/STRASSE.svg"),
    ],
)  # fmt: skip
def test_two_paths_that_some_systems_take_for_one_collide(first: str, second: str) -> None:
    assert list(collisions([first, "index.html", second])) == [(first, second)]


def test_paths_that_differ_otherwise_do_not_collide() -> None:
    assert list(collisions(["a.html", "a.htm", "b/a.html", "a-b.html", "café.html", "cafe.html"])) == []


def test_a_link_with_a_bracket_that_no_address_closes_is_dead_and_no_crash() -> None:
    assert [d.link for d in _dead("https://[foo")] == ["https://[foo"]


_PIECES = ("..", ".", "a", "b.html", "/", "#", "%20", "?q", ":", "-x", ".x", "é", " ", "\n", "//", "topics", "n-1")


@given(
    st.sampled_from(("index.html", "topics/noise.html", "a/b/c.html")),
    st.lists(st.sampled_from(_PIECES), max_size=7).map("".join),
    st.sampled_from(("", "/harbour/")),
)
def test_a_plain_link_leads_where_it_does_when_read_as_any_other(page: str, link: str, root: str) -> None:
    assert destination(page, link, root) == _destination(page, link, root)


_ON_PAGES = st.lists(st.sampled_from((*_PIECES, "#own", "../", "../../", "index.html", "#%6fwn")), max_size=4)


@given(
    st.dictionaries(
        st.sampled_from(("index.html", "topics/noise.html", "topics/b.html", "a/b/c.html", "a b.html")),
        st.lists(_ON_PAGES.map("".join), max_size=9, unique=True).map(lambda links: Written.of(["own"], links)),
    ),
    st.sampled_from(("", "/harbour/")),
)
def test_links_are_as_dead_as_each_is_when_followed_by_itself(pages: dict[str, Written], root: str) -> None:
    one_by_one = [
        dead
        for page, written in pages.items()
        for link in split(written.links)
        for dead in dead_links({**pages, page: Written.of(["own"], [link])}, ["b.html"], root, [page])
    ]
    assert list(dead_links(pages, ["b.html"], root)) == one_by_one
    for dead in one_by_one:
        assert _destination(dead.page, dead.link, root) == (dead.target, dead.fragment)


def test_links_are_followed_alike_however_many_are_followed_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    links = ["#own", "#other", "../b.html", "../b.html#b", "../b.html#none", "../none.html", "../assets/a b.css", "?q"]
    pages = {
        "b.html": Written.of(["b"], ["topics/0.html#own", "topics/0.html#none", "b.html#b"]),
        **{f"topics/{number}.html": Written.of(["own"], links[number:]) for number in range(8)},
    }
    files = {"assets/a b.css"}
    found = list(dead_links(pages, files))
    assert {dead.link for dead in found} == {"topics/0.html#none", "#other", "../b.html#none", "../none.html"}
    monkeypatch.setattr("site_builder.linkcheck._TOGETHER", 1)
    assert list(dead_links(pages, files)) == found


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=4)))
def test_names_are_split_as_they_were_joined(names: list[str]) -> None:
    assert split(joined(names)) == names
