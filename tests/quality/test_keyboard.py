"""A reader without a mouse comes to everything, in order, sees where they are, and gets away again."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FloatRect, Page

from tests.browsing import WIDE, Watched

from .published import KINDS, Published

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("kind", KINDS)]

OPENS = re.compile(r"<[^<>]*\s(popovertarget|commandfor|aria-haspopup)=")
LOOK = (Path(__file__).parent / "keyboard.js").read_text("utf-8")


def is_seen_to_have_the_focus(page: Page, box: dict[str, float]) -> bool:
    """Whether the screen around the element that has the focus changes when it loses it; it has it again afterwards."""
    left, top = max(box["x"] - 8, 0), max(box["y"] - 8, 0)
    clip: FloatRect = {
        "x": left,
        "y": top,
        "width": min(box["x"] + box["width"] + 8, WIDE["width"]) - left,
        "height": min(box["y"] + box["height"] + 8, WIDE["height"]) - top,
    }
    focused = page.screenshot(clip=clip)
    page.evaluate("() => { window.left = document.activeElement; window.left.blur(); }")
    blurred = page.screenshot(clip=clip)
    page.evaluate("() => window.left.focus({preventScroll: true, focusVisible: true})")
    return focused != blurred


def steps(watched: Watched, count: int) -> list[dict[str, Any]]:
    """Where Tab leads from where the page puts the reader, until it has been all around."""
    found: list[dict[str, Any]] = []
    seen: set[str] = set()
    for _ in range(count + 60):
        watched.page.keyboard.press("Tab")
        step = watched.page.evaluate("() => window.walk()")
        if step is None:  # from the end of a page, the way to its beginning leads through the browser's own controls
            continue
        if found and step["number"] == found[0]["number"]:
            break
        found.append(step)
        if step["isOpen"]:
            watched.page.keyboard.press("Escape")
            after = watched.page.evaluate("() => window.walk()")
            watched.note(
                after is None or after["isOpen"] or after["number"] != step["number"],
                f"Escape does not close what {step['html']} opened, or takes the focus from it",
            )
        if step["selector"] not in seen and step["inSight"]:
            seen.add(step["selector"])
            watched.note(
                not is_seen_to_have_the_focus(watched.page, step["box"]),
                f"on the screen nothing shows that {step['html']} has the focus",
            )
    return found


def test_tab_leads_to_everything_in_the_order_of_the_document(watched: Watched, site: Published, kind: str) -> None:
    watched.open(site.of_kind(kind))
    everything = watched.page.evaluate(LOOK)
    walked = steps(watched, len(everything))
    for step in walked:
        watched.note(not step["inSight"], f"out of sight, or covered, while it has the focus: {step['html']}")
        watched.note(
            not (step["looksOtherwise"] and step["matchesFocusVisible"]),
            f"looks the same with the focus as without: {step['html']}",
        )
        watched.note(step["number"] < 0 and not step["scrolls"], f"Tab stops where nothing is: {step['html']}")
    reached = [step["number"] for step in walked if step["number"] >= 0]
    missed = [everything[number] for number in sorted(set(range(len(everything))) - set(reached))]
    watched.note(missed != [], f"{len(missed)} of {len(everything)} are never reached: {missed[:5]}")
    last = len(everything) - 1
    turns = [after for before, after in pairwise(reached) if after <= before and (before, after) != (last, 0)]
    watched.note(turns != [], f"Tab goes back, to {[everything[number] for number in turns]}")


def test_a_link_that_skips_leads_past_what_it_skips(watched: Watched, site: Published, kind: str) -> None:
    watched.open(site.of_kind(kind))
    assert 'href="#main"' in watched.page.evaluate(LOOK)[0], "the first stop is not the link past the navigation"
    for skip in watched.page.locator('a.skip[href^="#"]').all():
        target = urlsplit(str(skip.get_attribute("href"))).fragment
        skip.focus()
        watched.page.keyboard.press("Enter")
        watched.page.keyboard.press("Tab")
        is_past = watched.page.evaluate(
            """id => {
                const target = document.getElementById(id), now = document.activeElement;
                const rest = Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY;
                return now === document.body || Boolean(target.compareDocumentPosition(now) & rest);
            }""",
            target,
        )
        watched.note(not is_past, f"the link to #{target} does not lead on from there")


def test_escape_closes_what_a_button_opens(watched: Watched, site: Published, kind: str) -> None:
    path = site.of_kind(kind)
    if not OPENS.search((site.folder / path).read_text("utf-8")):
        return
    watched.open(path)
    buttons = watched.page.locator("[popovertarget], [commandfor], [aria-haspopup]")
    for button in [each for each in buttons.all() if each.is_visible()][:3]:
        button.focus()
        watched.page.keyboard.press("Enter")
        is_open = "() => document.querySelectorAll(':popover-open, dialog[open]').length"
        what = str(button.evaluate("e => e.outerHTML.slice(0, 150)"))
        watched.note(not watched.page.evaluate(is_open), f"Enter opens nothing: {what}")
        watched.page.keyboard.press("Escape")
        watched.note(watched.page.evaluate(is_open), f"Escape does not close what this opened: {what}")
        watched.note(not button.evaluate("e => e === document.activeElement"), f"the focus is lost after {what}")
