"""The real briefing on paper, as Chromium prints it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.browsing import on_disk, opened
from tests.built_sites import REAL

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# More than the timeline takes, far less than when no event went on over two sheets.
SHEETS = 20


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def test_events_go_on_over_sheets_with_their_title_and_first_words_on_one(
    browser: Browser, folders: dict[str, Path]
) -> None:
    with opened(browser, on_disk(folders[REAL])) as watched:
        watched.open("timeline.html")
        events = watched.page.evaluate(
            """() => [...document.querySelectorAll(".events > li")].map(
                event => ["h3", "blockquote"].map(name => event.querySelector(name).textContent))"""
        )
        content = watched.page.pdf(format="A4", prefer_css_page_size=True)
    sheets = [_letters(page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]
    assert len(sheets) <= SHEETS
    whole = [(_letters(title), _letters(words)) for title, words in events]
    parted = [
        title
        for title, words in whole
        if not any(title in sheet and words in sheet.partition(title)[2] for sheet in sheets)
    ]
    assert events
    assert not parted
