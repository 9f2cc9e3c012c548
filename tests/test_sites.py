"""Whole small sites, and the real briefing: their exports to the byte, and what holds for each of their pages."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from urllib.parse import unquote, urlsplit

import pytest

from site_builder import urls
from site_builder.pages import PAGES

from .built_sites import ALL, REAL, SITES, SMALL, BuiltSite, built
from .html_reading import Element
from .update_sites import EXPECTED, expected

each_site = pytest.mark.parametrize("name", ALL)

EVERY_SITE_HAS = {
    "index.html", "sources.html", "topics.html", "timeline.html", "claims.html", "figures.html", "entities.html",
    "flags.html", "about.html", "404.html", "data.html", *EXPECTED, "assets/site.css", ".nojekyll",
    "search.html", "search/first.js", "search/titles-0.js", "search/text-0.js",
}  # fmt: skip


# Exports


@pytest.mark.parametrize("path", EXPECTED)
@pytest.mark.parametrize("name", SMALL)
def test_a_small_site_exports_these_very_bytes(name: str, path: str) -> None:
    assert built(name).files[path].decode() == expected(name, path).read_bytes().decode(), (
        "if this is meant: python -m tests.update_sites, then read the difference"
    )


def test_nothing_is_expected_that_is_no_export() -> None:
    for name in SMALL:
        kept = {p.relative_to(SITES / name / "expected").as_posix() for p in (SITES / name / "expected").rglob("*.*")}
        assert kept == set(EXPECTED)


@each_site
def test_the_raw_texts_are_served_byte_for_byte(name: str) -> None:
    site = built(name)
    for source in site.briefing.sources:
        seed = site.folder / "seeds" / source.record.text
        assert site.files[urls.seed(source.id)] == seed.read_bytes()


# Pages


@each_site
def test_every_kind_of_page_is_there_for_everything_declared(name: str) -> None:
    site = built(name)
    briefing = site.briefing
    wanted = (
        EVERY_SITE_HAS | {urls.source(s.id) for s in briefing.sources} | {urls.claim(c.id) for c in briefing.claims}
    )
    wanted |= {urls.topic(t.id) for t in briefing.topics} | {urls.entity(e.id) for e in briefing.entities}
    assert wanted - set(site.files) == set()


@each_site
def test_every_page_of_the_registry_is_written_and_no_other(name: str) -> None:
    site = built(name)
    desk = site.desk()
    assert sorted(page.path for pages in PAGES for page in pages(desk)) == sorted(site.pages)


@each_site
def test_each_page_has_one_heading_of_the_first_order_and_no_heading_is_empty(name: str) -> None:
    for path, page in built(name).pages.items():
        assert len(page.all("h1")) == 1, path
        assert [h for tag in ("h1", "h2", "h3", "h4") for h in page.all(tag) if not h.text.strip()] == [], path


@each_site
def test_each_page_says_its_language_its_title_and_what_it_holds(name: str) -> None:
    site = built(name)
    for path, page in site.pages.items():
        assert page.one("html").attributes["lang"] == site.briefing.site.language, path
        assert page.one("head").one("title").text.strip(), path
        described = [m.attributes["content"] for m in page.all("meta") if m.attributes.get("name") == "description"]
        assert len(described) == 1, path
        assert described[0].strip(), path
        assert [m.attributes["charset"].lower() for m in page.all("meta", "charset")] == ["utf-8"], path


@each_site
def test_no_two_pages_have_one_title(name: str) -> None:
    titles = Counter(page.one("head").one("title").text for page in built(name).pages.values())
    assert [title for title, count in titles.items() if count > 1] == []


@each_site
def test_ids_are_unique_on_each_page_and_hold_no_white_space(name: str) -> None:
    for path, page in built(name).pages.items():
        assert [i for i, count in Counter(page.ids()).items() if count > 1 or not i or re.search(r"\s", i)] == [], path


def _ids_of_authors(site: BuiltSite, path: str) -> dict[str, set[str]]:
    """For each prefix of ids, those ids that may stand on a page."""
    briefing = site.briefing
    by_prefix: dict[str, set[str]] = {prefix: set() for prefix in ("p-", "n-", "para-", "e-", "f-", "m-", "j-", "q-")}
    for source in briefing.sources:
        if path == urls.source(source.id):
            by_prefix["p-"] = {urls.passage_anchor(p.id) for p in source.passages}
            by_prefix["n-"] = {urls.note_anchor(p.id) for p in source.passages}
            by_prefix["para-"] = {urls.paragraph_anchor(n + 1) for n in range(len(source.paragraphs))}
    if path == urls.TIMELINE:
        by_prefix["e-"] = {urls.anchor(urls.event(e.id)) for e in briefing.events}
    elif path == urls.FIGURES:
        by_prefix["f-"] = {urls.anchor(urls.figure(f.ref)) for f in briefing.figures()}
        by_prefix["m-"] = {urls.anchor(urls.measure(m.id)) for m in briefing.measures}
    elif path == urls.HOME:
        by_prefix["j-"] = {urls.anchor(urls.judgement(j.record.id)) for j in briefing.judgements}
        by_prefix["q-"] = {urls.anchor(urls.question(q.id)) for q in briefing.questions}
    return by_prefix


@each_site
def test_the_ids_of_passages_notes_paragraphs_events_and_figures_carry_their_prefix_and_no_other_id_does(
    name: str,
) -> None:
    site = built(name)
    for path, page in site.pages.items():
        ids = page.ids()
        for prefix, own in _ids_of_authors(site, path).items():
            assert {i for i in ids if i.startswith(prefix)} == own, f"{path}: {prefix}"


def _target(site: BuiltSite, path: str, link: str) -> tuple[str, str]:
    """The file and the id that a link on a page leads to."""
    parts = urlsplit(link)
    base = urlsplit(site.briefing.site.base_url or "").path
    if parts.path.startswith("/"):
        assert base, f"{path}: {link} leads out of a site that knows no address of its own"
        assert parts.path.startswith(base), f"{path}: {link}"
        target = parts.path.removeprefix(base)
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), parts.path)) if parts.path else path
    return unquote(target), unquote(parts.fragment)


@each_site
def test_no_link_within_the_site_is_dead(name: str) -> None:
    site = built(name)
    ids = {path: set(page.ids()) for path, page in site.pages.items()}
    seen = 0
    for path, page in site.pages.items():
        for link in page.links():
            if urlsplit(link).scheme:
                continue
            seen += 1
            target, fragment = _target(site, path, link)
            assert target in site.files, f"{path}: {link}"
            assert not fragment or fragment in ids[target], f"{path}: {link}"
    assert seen > len(site.pages)


@each_site
def test_no_page_loads_anything_from_elsewhere(name: str) -> None:
    loading = {"link", "script", "img", "iframe", "source", "audio", "video", "embed", "object", "use", "image"}
    for path, page in built(name).pages.items():
        loaded = [e for e in page.walk() if e.tag in loading and e.attributes.get("rel") != "canonical"]
        addresses = [link for e in loaded for link in Element(e.tag, e.attributes).links()]
        assert [a for a in addresses if urlsplit(a).scheme not in ("", "data") or urlsplit(a).netloc] == [], path
        assert [s for s in page.all("style") if re.search(r"@import|url\(\s*['\"]?\w+:", s.text)] == [], path
    for path, content in built(name).files.items():
        if path.endswith(".css"):
            assert re.findall(rb"@import|url\(\s*['\"]?(?:https?:)?//", content) == [], path


@each_site
def test_every_page_can_be_reached_from_the_home_page(name: str) -> None:
    site = built(name)
    reached, waiting = {"404.html"}, ["index.html"]
    while waiting:
        path = waiting.pop()
        if path not in reached and path in site.pages:
            reached.add(path)
            waiting += [_target(site, path, link)[0] for link in site.pages[path].links() if not urlsplit(link).scheme]
    assert set(site.pages) - reached == set()


@each_site
def test_what_labels_or_describes_an_element_stands_on_the_page(name: str) -> None:
    for path, page in built(name).pages.items():
        ids = set(page.ids())
        for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            named = {i for e in page.all(having=attribute) for i in e.attributes[attribute].split()}
            assert named - ids == set(), path


@each_site
def test_no_link_or_button_is_without_a_name(name: str) -> None:
    for path, page in built(name).pages.items():
        for element in (*page.all("a"), *page.all("button")):
            assert element.text.strip() or element.attributes.get("aria-label", "").strip(), (
                f"{path}: {element.attributes}"
            )


# Hostile words


def test_what_authors_and_sources_write_is_text_and_never_an_element() -> None:
    for path, page in built("tangle").pages.items():
        scripts = [s for s in page.all("script") if "src" not in s.attributes]
        assert {s.attributes.get("type") for s in scripts} <= {"application/ld+json"}, path
        assert all("<" not in s.text for s in scripts), path
        assert [e.tag for tag in ("b", "i", "img") for e in page.all(tag) if "onerror" in e.attributes] == [], path
        handlers = [name for e in page.walk() for name in e.attributes if name.startswith("on")]
        assert handlers == [], path


def test_no_link_runs_a_script_or_opens_a_document_of_its_own() -> None:
    for path, page in built("tangle").pages.items():
        schemes = {urlsplit(a.attributes["href"]).scheme for a in page.all("a", "href")}
        assert schemes <= {"", "http", "https", "mailto"}, path


@pytest.mark.parametrize(
    ("where", "path"),
    [
        ("seed", "sources/fence.html"), ("title", "sources/knots.html"), ("note", "sources/knots.html"),
        ("issued", "sources/knots.html"), ("flag", "sources/fence.html"), ("claim", "claims/nothing-holds.html"),
        ("event", "timeline.html"), ("measure", "figures.html"), ("figure", "figures.html"),
        ("brief", "topics/ropes.html"),
        ("judgement", "index.html"), ("why", "index.html"), ("site", "index.html"),
    ],
)  # fmt: skip
def test_a_script_written_anywhere_is_shown_as_it_is_written(where: str, path: str) -> None:
    text = built("tangle").pages[path].one("body").text
    assert re.search(rf"""<script>xss\(["']{where}["']\)</script>""", text)


def test_the_real_briefing_has_all_that_its_topics_need() -> None:
    briefing = built(REAL).briefing
    assert len(briefing.sources) == 5
    assert all(topic.brief.sentences for topic in briefing.topics)
