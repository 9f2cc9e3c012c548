"""Every page is sound HTML and the style sheet sound CSS, as two checkers see it; no page holds inline code.

That browsers keep the pages to the policy without a word is seen in `test_axe.py`, which opens every one.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browsing import opened
from tests.html_reading import Element, read_html

from .published import POLICY, Published, node, program, run, tool

HERE = Path(__file__).parent

# vnu knows the properties of CSS, and not those that SVG 2 adds to them; browsers have long had both.
OF_SVG = re.compile(r"CSS: “(paint-order|vector-effect)”: Property “\1” doesn't exist\.")


def assert_none(found: Iterable[tuple[str, str]]) -> None:
    """No complaint was found, each given with where; those that say the same are counted together."""
    places = defaultdict[str, list[str]](list)
    for what, where in found:
        places[what].append(where)
    assert not places, "\n".join(f"{len(where)} x {what} e.g. {where[0]}" for what, where in places.items())


@pytest.mark.browser  # it needs Java, and takes seconds
def test_vnu_finds_no_error_in_a_page_or_a_style_sheet(site: Published) -> None:
    files = [str(path) for ending in ("html", "css") for path in sorted(site.folder.rglob(f"*.{ending}"))]
    options = ["--format", "json", "--stdout", "--also-check-css"]
    said = run([program("java"), "-jar", str(tool("vnu-jar/build/dist/vnu.jar")), *options, *files], succeeds=(0, 1))
    assert_none(
        (message["message"], f"{message.get('url')}:{message.get('lastLine')}: {message.get('extract', '')}")
        for message in json.loads(said)["messages"]
        if message["type"] != "info" and not OF_SVG.fullmatch(message["message"])
    )


@pytest.mark.browser  # it needs Node, and takes seconds
def test_html_validate_finds_nothing_in_a_page(site: Published) -> None:
    program_ = [node(), str(tool("html-validate/bin/html-validate.mjs")), "--config", str(HERE / "htmlvalidate.cjs")]
    said = run([*program_, "--formatter", "json", f"{site.folder.as_posix()}/**/*.html"], succeeds=(0, 1))
    assert_none(
        (f"{message['ruleId']}: {message['message']}", f"{page['filePath']}:{message['line']}")
        for page in json.loads(said)
        for message in page["messages"]
    )


# The policy


def inline_code(page: Element) -> list[str]:
    """What a strict policy would stop: scripts and styles that stand in the page. Data in a script's place is none."""
    scripts = [e for e in page.all("script") if not e.attributes.get("type", "").endswith("json")]
    found = [f"<{e.tag}>" for e in (*page.all("style"), *scripts) if "src" not in e.attributes]
    for element in page.walk():
        found += [
            f"{name} of <{element.tag}>" for name in element.attributes if name == "style" or name.startswith("on")
        ]
        found += [link for link in element.links() if link.strip().lower().startswith("javascript:")]
    return found


@pytest.mark.browser  # it needs the site that is built for browsers
def test_no_page_holds_a_script_or_a_style(site: Published) -> None:
    for path in site.kinds:
        assert inline_code(read_html((site.folder / path).read_bytes())) == [], path


@pytest.mark.browser
def test_a_page_that_breaks_the_policy_does_not_go_unnoticed(browser: Browser, site: Published) -> None:
    with opened(browser, site.base) as watched:
        watched.open("index.html")
        watched.page.evaluate("() => document.body.setAttribute('style', 'color: red')")
        assert any("Content Security Policy" in line for line in watched.wrong), watched.wrong
        watched.wrong.clear()


@pytest.mark.browser  # it needs the site that is built for browsers
def test_every_page_asks_for_a_policy_that_allows_no_more_than_ours(site: Published) -> None:
    for path in site.kinds:
        page = read_html((site.folder / path).read_bytes())
        (said,) = [e for e in page.all("meta") if e.attributes.get("http-equiv") == "Content-Security-Policy"]
        parts = [part.split() for part in said.attributes["content"].split(";")]
        allowed = {name: set(sources) - {"'none'"} for name, *sources in parts}
        wanted = {name: set(sources.split()) - {"'none'"} for name, sources in POLICY.items()}
        del wanted["frame-ancestors"]  # a page cannot ask for it, only a server
        assert allowed.keys() >= wanted.keys(), path
        assert {name: more for name, ours in allowed.items() if (more := ours - wanted.get(name, set()))} == {}, path
