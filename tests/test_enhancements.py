"""What scripts add to pages that read without them: layers, aligned notes, copied citations, previews."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import NARROW, Watched, on_disk, opened, served
from tests.built_sites import REAL

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("enhancements")]

SOURCE = "sources/desertion-problem.html"
BRIEF = "topics/desertion.html"


@pytest.fixture
def watched(browser: Browser, folders: dict[str, Path]) -> Iterator[Watched]:
    """Yield a page on the real briefing, opened from disk, on which nothing may go wrong."""
    with opened(browser, on_disk(folders[REAL])) as found:
        yield found


def _marked(page: Page) -> int:
    return page.locator("mark:not(.off)").count()


def test_a_topic_is_switched_off_and_the_address_keeps_it(watched: Watched) -> None:
    watched.open(SOURCE)
    page = watched.page
    every = _marked(page)
    page.get_by_label("Mark passages on Desertion").uncheck()
    expect(page.locator(".layers ~ [role=status]")).to_contain_text("passages are marked")
    fewer = _marked(page)
    assert 0 < fewer < every
    assert "hide=desertion" in page.url
    off = page.locator(".strip .off")
    assert 0 < off.count() < page.locator(".strip svg a").count()
    page.reload()
    assert _marked(page) == fewer
    assert not page.get_by_label("Mark passages on Desertion").is_checked()
    page.get_by_role("button", name="Mark none").click()
    assert _marked(page) == page.locator("mark[data-topics='']").count()
    page.get_by_role("button", name="Mark all").click()
    assert _marked(page) == every
    assert "hide" not in page.url


def test_the_strip_has_the_colours_of_the_topics_that_are_left_alone(watched: Watched) -> None:
    watched.open(SOURCE)
    page = watched.page
    page.get_by_role("button", name="Mark none").click()
    assert page.locator(".strip svg a:not(.off):not(.t-none)").count() == 0
    page.get_by_label("Mark passages on Desertion").check()
    seen = page.locator(".strip svg a:not(.off):not(.t-none)").evaluate_all("all => all.map(a => a.className.baseVal)")
    assert seen
    assert set(seen) == {"t-vermilion"}


def test_a_mark_of_two_topics_keeps_the_line_of_the_one_left(watched: Watched) -> None:
    watched.open(SOURCE)
    mark = watched.page.locator("mark[data-topics^='mobilization ']").first
    first, second = (mark.get_attribute("class") or "").split()[:2]
    assert first == "first-blue"
    watched.page.get_by_label("Mark passages on Mobilization").uncheck()
    expect(mark).to_have_class(re.compile(rf"^{second.replace('second', 'first')}\b"))


NOTES = """() => [...document.querySelectorAll(".note")].map(note => {
    const mark = document.getElementById(note.id.replace(/^n-/, "p-")), box = note.getBoundingClientRect();
    return {note: box.top, bottom: box.bottom, mark: mark.getClientRects()[0].top};
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_of_a_topic_that_is_off_are_seen_in_forced_colours(
    browser: Browser, folders: dict[str, Path], scheme: Any
) -> None:
    with opened(browser, on_disk(folders[REAL]), forced_colors="active", color_scheme=scheme) as watched:
        watched.open(f"{SOURCE}?hide=desertion")
        mark = watched.page.locator("mark.off").first
        colour, around = mark.evaluate("mark => [mark, mark.parentElement].map(each => getComputedStyle(each).color)")
        assert colour == around


def test_a_note_stands_beside_its_passage_or_under_the_note_before(watched: Watched) -> None:
    watched.open("sources/exodus.html")
    notes = watched.page.evaluate(NOTES)
    for before, note in zip([None, *notes], notes, strict=False):
        beside = abs(note["note"] - note["mark"]) < 24
        under = before is not None and 0 <= note["note"] - before["bottom"] < 24
        assert beside or under, note
        assert before is None or note["note"] >= before["bottom"] - 1
    assert sum(abs(n["note"] - n["mark"]) < 24 for n in notes) > len(notes) / 3


def test_on_a_narrow_page_notes_stay_under_their_paragraph(browser: Browser, folders: dict[str, Path]) -> None:
    with opened(browser, on_disk(folders[REAL]), viewport=NARROW) as watched:
        watched.open(SOURCE)
        assert watched.page.locator(".note[style]:not([style=''])").count() == 0


def test_words_selected_over_several_paragraphs_are_those_of_the_source_alone(watched: Watched) -> None:
    watched.open(f"{SOURCE}#para-20")
    page = watched.page
    first, last = (page.locator(f"#para-{number} mark").last for number in (20, 22))
    for mark, step in ((first, page.mouse.down), (last, page.mouse.up)):
        box = mark.bounding_box()
        assert box
        page.mouse.move(box["x"] + 40, box["y"] + 10, steps=4)
        step()
    selected = re.sub(r"\s+", " ", page.evaluate("getSelection().toString()"))
    every = page.evaluate(
        "[...document.querySelectorAll('[data-source-text]')].map(piece => piece.textContent).join('')"
    )
    assert "Desertion is a big problem for Moscow" in selected
    assert selected in re.sub(r"\s+", " ", every)
    note = page.locator(".note:has(.flagged)").first
    note.locator("summary").first.click()
    flagged = note.locator(".flagged").first
    flagged.click(click_count=3)
    assert page.evaluate("getSelection().toString()").strip() == flagged.inner_text().strip()
    page.keyboard.press("ControlOrMeta+a")
    assert "asserts" in page.evaluate("getSelection().toString()")


def test_boilerplate_is_folded_and_a_link_into_it_opens_it(watched: Watched) -> None:
    watched.open(SOURCE)
    fold = watched.page.locator("details.fold").first
    assert fold.get_attribute("open") is None
    inside = fold.locator("p.text").first.get_attribute("id")
    watched.open(f"{SOURCE}#{inside}")
    expect(watched.page.locator(f"#{inside}")).to_be_in_viewport()


def test_an_address_of_a_passage_that_is_gone_says_so(watched: Watched) -> None:
    watched.open(f"{SOURCE}#p-never-was")
    told = watched.page.locator("h1 + [role=status]")
    expect(told).to_contain_text("is not on this page")
    expect(told).to_be_in_viewport()
    watched.page.locator("a.ref").first.click()
    expect(told).to_be_hidden()


def test_a_citation_is_copied_with_the_address_of_this_site(browser: Browser, folders: dict[str, Path]) -> None:
    with (
        served(folders[REAL], "/any/path/") as base,
        opened(browser, base, permissions=["clipboard-write", "clipboard-read"]) as watched,
    ):
        watched.open(SOURCE)
        page = watched.page
        page.get_by_text("Cite this text").click()
        page.get_by_role("button", name="Copy as Plain").first.click()
        expect(page.get_by_role("button", name="Copy as Plain").first).to_have_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.endswith(f"{base}{SOURCE}")
        assert copied.startswith("“Russia is facing a growing desertion problem”.")
        page.get_by_role("button", name="Copy as Markdown").first.click()
        expect(page.get_by_role("button", name="Copy as Markdown").first).to_have_text("Copied")
        expect(page.get_by_role("button", name="Copy as Plain").first).to_have_text("Copy")
        expect(page.locator("body > .unseen[role=status]")).to_have_text("Copied as Markdown")


def test_where_a_browser_gives_no_clipboard_the_citation_is_selected(
    browser: Browser, folders: dict[str, Path]
) -> None:
    with opened(browser, on_disk(folders[REAL])) as watched:
        page = watched.page
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        watched.open(SOURCE)
        page.get_by_text("Cite this text").click()
        button = page.get_by_role("button", name="Copy as Plain").first
        button.click()
        expect(button).to_have_text("Selected: copy by hand")
        assert page.evaluate("getSelection().toString()").endswith(SOURCE)


def test_a_citation_copied_from_disk_does_not_tell_where_the_reader_keeps_it(
    browser: Browser, folders: dict[str, Path]
) -> None:
    with opened(browser, on_disk(folders[REAL]), permissions=["clipboard-write", "clipboard-read"]) as watched:
        watched.open(SOURCE)
        page = watched.page
        page.get_by_text("Cite this text").click()
        page.get_by_role("button", name="Copy as Plain").first.click()
        expect(page.get_by_role("button", name="Copy as Plain").first).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()").endswith(f", {SOURCE}")


def test_the_note_that_one_arrives_at_stands_open_and_its_citation_opens(watched: Watched) -> None:
    watched.open("sources/replace-casualties.html#n-dozen-left")
    note = watched.page.locator("#n-dozen-left")
    expect(note.locator(".words").first).to_be_visible()
    note.get_by_text("Cite this passage").click()
    expect(note.get_by_role("button", name="Copy as Plain")).to_be_visible()


def _preview(page: Page) -> str:
    card = page.locator("#preview")
    return card.inner_text() if card.is_visible() else ""


def test_a_preview_shows_on_focus_and_escape_closes_it(watched: Watched) -> None:
    watched.open(BRIEF)
    page = watched.page
    cite = page.locator("a.cite.quoted").first
    words = cite.get_attribute("data-words") or ""
    cite.focus()
    expect(page.locator("#preview")).to_be_visible()
    assert " ".join(words.split()) in " ".join(_preview(page).split())
    assert "go to the words" in _preview(page)
    expect(cite).to_have_attribute("aria-describedby", "preview")
    page.keyboard.press("Escape")
    expect(page.locator("#preview")).to_be_hidden()
    expect(cite).to_be_focused()


def test_the_pointer_may_move_into_a_preview_and_leaving_it_closes_it(watched: Watched) -> None:
    watched.open(BRIEF)
    page = watched.page
    page.locator("a.cite").first.hover()
    expect(page.locator("#preview")).to_be_visible()
    page.locator("#preview .from a").hover()
    page.locator("#preview .words").hover()
    expect(page.locator("#preview")).to_be_visible()
    page.mouse.move(5, 5)
    expect(page.locator("#preview")).to_be_hidden()


def test_a_click_follows_the_citation_to_the_words(watched: Watched) -> None:
    watched.open(BRIEF)
    cite = watched.page.locator("a.cite.quoted").first
    where = cite.evaluate("a => a.href")
    cite.click()
    assert watched.page.url == where
    expect(watched.page.locator(":target")).to_be_in_viewport()


def test_a_first_tap_shows_the_words_and_a_second_follows(browser: Browser, folders: dict[str, Path]) -> None:
    with opened(browser, on_disk(folders[REAL]), viewport=NARROW, has_touch=True) as watched:
        watched.open(BRIEF)
        page = watched.page
        cite = page.locator("a.cite.quoted").first
        cite.tap()
        expect(page.locator("#preview")).to_be_visible()
        box = page.locator("#preview").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= NARROW["width"]
        where = cite.evaluate("a => a.href")
        cite.tap()
        expect(page).to_have_url(where)


def test_without_scripts_a_citation_has_its_words_as_its_title(browser: Browser, folders: dict[str, Path]) -> None:
    with opened(browser, on_disk(folders[REAL]), java_script_enabled=False) as watched:
        watched.open(BRIEF)
        assert watched.page.locator("a.cite:not([title])").count() == 0


NOTE_PLACES = """() => {
    const texts = document.querySelectorAll(".source p.text, .prose .text");
    const text = [...texts].map(e => e.getBoundingClientRect().bottom);
    const notes = [...document.querySelectorAll(".note, .sidenote")].map(e => e.getBoundingClientRect().top);
    return [Math.max(...text), Math.min(...notes)];
}"""


@pytest.mark.parametrize("path", [SOURCE, BRIEF])
def test_on_paper_the_notes_come_behind_the_text(watched: Watched, path: str) -> None:
    watched.open(path)
    watched.page.emulate_media(media="print")
    text, notes = watched.page.evaluate(NOTE_PLACES)
    assert notes >= text
