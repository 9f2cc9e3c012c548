"""The panel in a real browser: words selected, a passage appended, the page at its mark, and all of it taken back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import opened

from .conftest import edit
from .running import serving

FILE = "annotations/sources/harbour-notice.yaml"
PAGE = "sources/harbour-notice.html"


@pytest.fixture
def address(harbour: Path) -> Iterator[str]:
    """Return the address of a preview of a briefing that may be changed."""
    with serving(harbour) as found:
        yield found


@pytest.fixture(scope="module")
def still(built_harbour: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a preview of a briefing that nobody changes."""
    with serving(Path(shutil.copytree(built_harbour, tmp_path_factory.mktemp("still") / "harbour"))) as found:
        yield found


def select(page: Page, first: str, last: str) -> None:
    """Select from the beginning of some words of the page, its notes too, to the end of others."""
    page.evaluate(
        """([first, last]) => {
            const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
            const found = words => {
                walker.currentNode = walker.root;
                while (walker.nextNode()) {
                    const at = walker.currentNode.data.indexOf(words);
                    const isShown = walker.currentNode.parentElement.getClientRects().length;
                    if (at >= 0 && isShown) return [walker.currentNode, at];
                }
                throw new Error(`no ${words}`);
            };
            const [from, at] = found(first), [to, until] = found(last);
            getSelection().setBaseAndExtent(from, at, to, until + last.length);
        }""",
        [first, last],
    )


def test_words_are_selected_appended_shown_and_taken_back(browser: Browser, address: str, harbour: Path) -> None:
    before = (harbour / FILE).read_bytes()
    with opened(browser, address) as site:
        site.open(PAGE)
        page = site.page
        words = page.locator("mark", has_text="January and")
        words.dblclick(position={"x": 12, "y": 12})  # a word, by mouse
        page.get_by_role("button", name="Annotate").click()
        panel = page.get_by_role("dialog", name="New passage")
        expect(panel).to_be_visible()
        expect(panel.locator("blockquote")).to_have_text("received")
        expect(panel.locator("blockquote")).to_have_attribute("dir", "auto")  # they may run from right to left
        panel.get_by_role("textbox", name="Id").fill("by-mouse")
        panel.get_by_role("checkbox", name="Noise").check()
        panel.get_by_role("combobox", name="Stance").select_option("denies")
        panel.get_by_role("textbox", name="Note").fill("A *note*.")
        yaml = panel.get_by_role("region", name="The passage as YAML")
        expect(yaml).to_contain_text('note: "A *note*."')
        written = yaml.text_content() or ""
        panel.get_by_role("button", name="Append").click()
        page.locator("#p-by-mouse").wait_for(state="attached")
        expect(page.get_by_role("status").filter(has_text="'by-mouse' was appended to")).to_be_attached()
        assert page.url.endswith("#p-by-mouse")
        expect(page.locator("#n-by-mouse")).to_contain_text("denies")
        assert (harbour / FILE).read_bytes() == before + written.encode()
        page.get_by_role("button", name=re.compile("Undo 'by-mouse'")).click()
        page.locator("#p-by-mouse").wait_for(state="detached")
        expect(page.get_by_role("status").filter(has_text="was taken back")).to_be_attached()
        expect(page.get_by_role("button", name="Dismiss")).to_be_visible()
        select(page, "120 complaints", "120 complaints")
        page.keyboard.press("a")
        expect(panel).to_be_visible()
        expect(page.get_by_role("button", name="Dismiss")).to_be_hidden()  # nothing lies over the panel's buttons
    assert (harbour / FILE).read_bytes() == before


def test_what_is_said_stands_in_the_panel_and_an_undo_names_the_other_source(
    browser: Browser, address: str, harbour: Path
) -> None:
    with opened(browser, address, viewport={"width": 1280, "height": 900}) as site:
        site.open(PAGE)
        page = site.page
        panel = page.get_by_role("dialog", name="New passage")
        select(page, "120 complaints", "120 complaints")
        page.keyboard.press("a")
        panel.get_by_role("textbox", name="Id").fill("heard")
        panel.get_by_role("button", name="Append").click()
        page.locator("#p-heard").wait_for(state="attached")
        edit(harbour, "sources/harbour-notice.yaml", "id: heard", "id: heard-well")
        page.locator("#p-heard-well").wait_for(state="attached")
        site.open("sources/loud.html")
        select(page, "second", "second")
        page.keyboard.press("a")
        take_back = panel.get_by_role("button", name="Undo 'heard' in harbour-notice")
        take_back.click()
        said = panel.get_by_text(f"'heard' was changed by hand since, so it stays; take it out yourself in {FILE}")
        expect(said).to_be_visible()
        words, append = said.bounding_box(), panel.get_by_role("button", name="Append").bounding_box()
        assert words
        assert append
        assert words["y"] + words["height"] <= append["y"]
        page.keyboard.press("Escape")
        expect(page.get_by_text("'heard' was changed by hand").first).to_be_visible()
        site.wrong.clear()


SELECTED = {
    "behind two emoji": ("oise, Stra", "Stra", "Noise, Straße"),
    "an emoji of two": ("👩", "at", "👩\u200d💻 at"),
    "over a note": ("at night", "second", "at night.\n\nA second"),
    "from a marker on": ("Note ", "paragraph", ".\n\nA second \ufffd paragraph"),
    "from a note on": ("this text", "second", "A second"),
}


def test_a_selection_is_the_text_of_the_source_and_nothing_else(browser: Browser, still: str) -> None:
    with opened(browser, still) as site:
        site.open("sources/loud.html")
        for first, last, words in SELECTED.values():
            select(site.page, first, last)
            site.page.keyboard.press("a")
            expect(site.page.locator("briefing-annotate blockquote")).to_have_text(words)
            site.page.keyboard.press("Escape")


def test_words_outside_the_text_are_no_selection(browser: Browser, still: str) -> None:
    with opened(browser, still) as site:
        site.open("sources/loud.html")
        site.page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
        site.page.keyboard.press("a")
        site.page.evaluate("new Promise((done) => setTimeout(done, 200))")  # as long as the button waits
        expect(site.page.get_by_role("dialog", name="New passage")).to_be_hidden()
        expect(site.page.get_by_role("button", name="Annotate")).to_be_hidden()


def test_the_keyboard_alone_makes_a_passage_and_escape_gives_the_focus_back(browser: Browser, still: str) -> None:
    with opened(browser, still) as site:
        site.open("sources/loud.html")
        page = site.page
        page.get_by_role("link", name="Paragraph 2").focus()
        page.keyboard.press("a")
        panel = page.get_by_role("dialog", name="New passage")
        words = panel.locator("blockquote")
        expect(words).to_have_text("A second \ufffd paragraph of words.")
        expect(page.get_by_role("heading", name="New passage")).to_be_focused()
        for name, key in (
            ("Begin a word later", "Enter"),
            ("End a word earlier", "Space"),
            ("End a word earlier", "Enter"),
        ):
            before = words.text_content() or ""
            panel.get_by_role("button", name=name).press(key)
            expect(words).not_to_have_text(before)
        expect(words).to_have_text("second \ufffd paragraph")
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        expect(page.get_by_role("link", name="Paragraph 2")).to_be_focused()


def test_what_is_wrong_is_shown_at_once_and_a_half_saved_file_is_not_written(
    browser: Browser, address: str, harbour: Path
) -> None:
    with opened(browser, address) as site:
        site.open(PAGE)
        page = site.page
        select(page, "120 complaints", "120 complaints")
        page.keyboard.press("a")
        panel = page.get_by_role("dialog", name="New passage")
        name, append = panel.get_by_role("textbox", name="Id"), panel.get_by_role("button", name="Append")
        name.fill("statement")
        expect(panel.get_by_role("listitem")).to_contain_text(
            ["duplicate-id the passage 'statement' is already on line"]
        )
        expect(append).to_be_disabled()
        expect(name).to_have_attribute("aria-invalid", "true")
        name.fill("said")
        expect(append).to_be_enabled()
        expect(panel.get_by_role("listitem")).to_have_count(0)
        voice = panel.get_by_role("combobox", name="Said by")
        voice.fill("Harbour Bord")
        expect(panel.get_by_role("listitem")).to_contain_text(["bad-id"])
        expect(voice).to_have_attribute("aria-invalid", "true")
        expect(name).to_have_attribute("aria-invalid", "false")
        voice.fill("harbour-bord")
        expect(panel.get_by_role("listitem")).to_contain_text(["did you mean 'harbour-board'?"])
        voice.fill("Harbour Board")  # a name is as good as its id
        expect(panel.get_by_role("region", name="The passage as YAML")).to_contain_text("said_by: harbour-board")
        expect(append).to_be_enabled()
        voice.fill("")
        expect(append).to_be_enabled()
        site.wrong.clear()  # from here on answers refuse, which a browser's console tells of
        edit(harbour, "sources/harbour-notice.yaml", "topics: [noise]", "topics: [noise")
        half = (harbour / FILE).read_bytes()
        append.dispatch_event("click")
        expect(panel.get_by_role("listitem").first).to_contain_text("yaml-syntax")
        assert (harbour / FILE).read_bytes() == half
        site.wrong.clear()


def test_on_a_phone_the_words_stay_in_sight_above_the_panel(browser: Browser, still: str) -> None:
    width, size = 320, {"width": 320, "height": 700}
    with opened(browser, still, viewport=size, has_touch=True, is_mobile=True) as site:
        site.open(PAGE)
        page = site.page
        select(page, "two months", "before")
        page.get_by_role("button", name="Annotate").tap()
        panel = page.get_by_role("dialog", name="New passage")
        expect(panel).to_be_visible()
        top = (panel.bounding_box() or {"y": 0})["y"]
        words = page.evaluate("[...CSS.highlights.get('briefing-annotate')][0].getBoundingClientRect().bottom")
        assert 0 < words < top
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for button in panel.get_by_role("button").all():
            if button.is_visible():
                box = button.bounding_box()
                assert box
                assert box["height"] >= 24
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= width
