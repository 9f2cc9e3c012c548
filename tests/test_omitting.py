"""What a theme leaves out: it is not made, nothing leads there, and all else is as it was."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import get_args

import pytest

from site_builder import omitting, urls
from site_builder.build import build, checked
from site_builder.kept.memory import Memory
from site_builder.omitting import GROUPS, Omitted
from site_builder.patterns import codes
from site_builder.records import Omission
from tests.built_sites import built, copied, files_below
from tests.html_reading import read_html

Built = Callable[..., Mapping[str, bytes]]
NAMES: tuple[Omission, ...] = get_args(Omission)
BASE = "harbour"


def site(place: Path, *names: str, **files: str) -> Path:
    """The briefing with a theme that leaves these out; `files` are templates by the stem of a page."""
    folder = place / "briefing"
    if not folder.exists():
        copied(BASE, folder)
    (folder / "templates" / "pages").mkdir(parents=True, exist_ok=True)
    (folder / "templates" / "theme.yaml").write_text(f"leaves_out: [{', '.join(names)}]\n", "utf-8")
    for name, text in files.items():
        (folder / "templates" / "pages" / f"{name}.html").write_text(text, "utf-8")
    return folder


def test_names_in_any_order_are_one_pattern_so_that_its_code_is_known_to_the_next_build() -> None:
    Omitted(NAMES)
    known = len(codes)
    Omitted(NAMES[::-1])
    assert len(codes) == known


def made(place: Path, *names: str, memory: Memory | None = None, **files: str) -> dict[str, bytes]:
    """Its files, built."""
    build(site(place, *names, **files), place / "output", memory=memory)
    return files_below(place / "output")


def test_each_name_is_explained_in_the_readme_of_the_templates() -> None:
    assert tuple(GROUPS) == NAMES
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| ([^:;|]+)", (omitting_readme()).read_text("utf-8"), re.MULTILINE))
    assert {name: rows[name].strip() for name in NAMES} == {name: group.holds for name, group in GROUPS.items()}


def omitting_readme() -> Path:
    return Path(omitting.__file__).parent.parent / "templates" / "README.md"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_left_out_is_not_made_and_nothing_leads_there(tmp_path: Path, name: Omission) -> None:
    whole, left = built(BASE).files, made(tmp_path, name)
    omitted = Omitted([name])
    assert sorted(left) == sorted(path for path in whole if not omitted.has(path))
    for path, content in left.items():
        if path.endswith(".html"):
            page = read_html(content)
            assert "" not in page.links(), path
            assert [href for href in page.links() if omitted.has(href.removeprefix("../"))] == [], path
    for path in (p for p in left if p.startswith(("data/", "search/"))):
        words = re.findall(rb'"((?:[a-z-]+/)*[a-z0-9-]+\.(?:html|txt|xml))(?:#[^"]*)?"', left[path])
        assert [word for word in words if omitted.has(word.decode())] == [], path


def test_with_everything_left_out_the_overview_and_the_sources_are_there_and_lead_to_the_words(tmp_path: Path) -> None:
    left = made(tmp_path, *NAMES)
    pages = {path for path in left if path.endswith(".html")}
    assert pages == {urls.HOME, *(urls.source(s.id) for s in built(BASE).briefing.sources)}
    page = read_html(left[urls.HOME])
    assert [a.text for nav in page.all("nav")[:1] for a in nav.all("a")] == ["Overview"]
    assert any(href.startswith("sources/") for href in page.links())
    assert page.all("footer")[0].text.strip().startswith(built(BASE).briefing.site.title)


def test_words_stay_where_their_link_goes(tmp_path: Path) -> None:
    before = read_html(built(BASE).files[urls.HOME])
    after = read_html(made(tmp_path, "claims", "entities", "topics")[urls.HOME])
    assert [re.sub(r"\s+", " ", main.text) for main in after.all("main")] == [
        re.sub(r"\s+", " ", main.text) for main in before.all("main")
    ]


def test_search_finds_passages_alone_where_the_full_text_is_left_out(tmp_path: Path) -> None:
    left = made(tmp_path, "full-text")
    (text,) = (content for path, content in left.items() if path.startswith("search/text-"))
    found = json.loads(text.decode().partition(" = ")[2].rstrip().removesuffix(";"))
    for own, source in zip(found["sources"], built(BASE).briefing.sources, strict=True):
        runs = [run for paragraph in own["paragraphs"] for run in paragraph["runs"]]
        assert all(isinstance(run, list) for run in runs)
        covered = {number for run in runs for number in run[1:]}
        assert covered == set(range(len(source.passages)))


def test_an_edit_of_what_is_left_out_gives_the_site_that_a_clean_build_gives(tmp_path: Path) -> None:
    memory = Memory()
    for names in (("map",), ("map", "claims"), ("search", "data"), ("feed",)):
        after = made(tmp_path, *names, memory=memory)
        assert made(tmp_path / "clean", *names) == after
        shutil.rmtree(tmp_path / "clean")
    steps = build(site(tmp_path, "feed"), tmp_path / "output", memory=memory).steps
    assert {step.action for step in steps} == {"keep"}


def test_contracts_are_checked_of_what_is_left_out(tmp_path: Path) -> None:
    folder = site(tmp_path, *NAMES)
    claims = folder / "annotations" / "claims.yaml"
    claims.write_text(claims.read_text("utf-8").replace("harbour-notice#", "no-such#", 1), "utf-8")
    assert {p.rule for p in checked(folder).problems if p.severity == "error"} == {"unknown-id"}


def test_a_link_of_ones_own_to_what_is_left_out_is_dead(tmp_path: Path) -> None:
    own = '{% extends "base.html" %}{% block main %}<h1>Flags</h1><a href="map.html">map</a>{% endblock %}'
    found = checked(site(tmp_path, "map", flags=own)).problems
    assert [str(p).splitlines()[0] for p in found if p.rule == "dead-link"] == [
        "templates/pages/flags.html:1:1: error[dead-link] a link on flags.html leads nowhere: there is no map.html"
    ]


def test_a_template_of_ones_own_needs_no_condition_around_a_link(tmp_path: Path) -> None:
    own = '{% extends "base.html" %}{% block main %}<a class="c" href="{{ frame.glossary }}">words</a>{% endblock %}'
    left = made(tmp_path, "about", flags=own)
    assert b'<a class="c">words</a>' in left["flags.html"]
