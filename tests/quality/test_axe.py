"""axe finds no fault on any page, and what it cannot decide was looked at by a person: `incomplete.yaml`.

Every page is opened here under the strict policy, and watched: the browser has nothing to say of it either.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest
import yaml
from playwright.sync_api import Browser, Page, ViewportSize

from site_builder import urls
from tests.browsing import NARROW, WIDE, opened

from .published import SETTLE, Published, tool

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
SHARES = 8  # the pages are dealt out in so many tests, to fill every core

FOUND = f"{urls.SEARCH}?q=deserters"  # the search page, with hits on it


class Mode(NamedTuple):
    """A way to look at a page, once it is open."""

    scheme: Literal["light", "dark"] = "light"
    forced: Literal["active", "none"] = "none"
    window: ViewportSize = ViewportSize(width=WIDE["width"], height=WIDE["height"])


# Every page is held to the first; one page of each kind to the rest.
MODES = {
    "light": Mode(),
    "dark": Mode(scheme="dark"),
    "forced colours": Mode(forced="active"),
    "320 px": Mode(window=ViewportSize(width=NARROW["width"], height=NARROW["height"])),
}
# Short words and lone symbols are measured too, not left to a person; the rest is as axe has it.
CONFIGURE = """() => {
    const {id, options} = axe._audit.checks["color-contrast"];
    axe.configure({checks: [{id, options: {...options, ignoreLength: true, ignoreUnicode: false}}]});
    // Where colours are forced, axe still reads this one as it was written, and takes it for what is painted.
    const read = CSSStyleDeclaration.prototype.getPropertyValue;
    CSSStyleDeclaration.prototype.getPropertyValue = function (name) {
        return read.call(this, name === "-webkit-text-fill-color" ? "color" : name);
    };
}"""


class Reviewed(NamedTuple):
    """Elements of which axe cannot say whether they keep a rule, and why they do."""

    rule: str
    because: str
    elements: str
    pages: list[str]
    reason: str


class Visit(NamedTuple):
    """A page, seen in one way."""

    path: str
    mode: str


@cache
def reviewed() -> tuple[Reviewed, ...]:
    """The findings that a person has looked at."""
    return tuple(Reviewed(**entry) for entry in yaml.safe_load((HERE / "incomplete.yaml").read_text("utf-8")))


def shares(site: Published) -> list[dict[str, list[str]]]:
    """The pages that are opened in each share, with the modes in which each is looked at: about as much in each."""
    in_all = {*site.fullest.values(), FOUND}
    modes = {path: [*MODES][: len(MODES) if path in in_all else 1] for path in (*site.kinds, FOUND)}
    weights = {path: (10_000 + site.size(bare(path))) * len(modes[path]) for path in modes}
    dealt, found = [0] * SHARES, [dict[str, list[str]]() for _ in range(SHARES)]
    for path in sorted(weights, key=lambda path: (-weights[path], path)):
        least = dealt.index(min(dealt))
        dealt[least] += weights[path]
        found[least][path] = modes[path]
    return found


def look(page: Page, mode: str) -> None:
    """Look at a page in one way, before it is opened or since."""
    scheme, forced, window = MODES[mode]
    page.emulate_media(color_scheme=scheme, forced_colors=forced)
    page.set_viewport_size(window)


def bare(path: str) -> str:
    """A page's path without what is asked of it."""
    return path.partition("?")[0]


def violations(visit: Visit, rows: Iterable[dict[str, Any]]) -> list[str]:
    """The rules that a page breaks, each with the elements that break it."""
    broken: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        broken[row["rule"], row["element"]].append(row)
    return [
        f"{visit.path} ({visit.mode}): {len(found)} x {rule} broken by {element!r}, e.g. {found[0]['html']}\n"
        f"  {found[0]['says']}"
        for (rule, element), found in broken.items()
    ]


def unreviewed(visit: Visit, kind: str, rows: Iterable[dict[str, Any]], used: set[tuple[int, str]]) -> list[str]:
    """What of a page's incomplete findings is new; the entries that account for the rest are noted as used."""
    new: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        for number, entry in enumerate(reviewed()):
            is_it = (entry.rule, entry.because) == (row["rule"], row["because"]) and kind in entry.pages
            if is_it and number in row["matches"]:
                used.add((number, kind))
                break
        else:
            new[row["rule"], row["because"], row["element"]].append(row["html"])
    return [
        f"{visit.path} ({visit.mode}): {len(found)} x {rule} cannot be decided, look at {element!r}, e.g. {found[0]}\n"
        f"  If it is as it should be, add to tests/quality/incomplete.yaml:\n"
        f"  - {{rule: {rule}, because: {because!r}, elements: {element!r}, pages: [{kind}], reason: ...}}"
        for (rule, because, element), found in new.items()
    ]


def no_longer_found(used: Iterable[tuple[int, str]]) -> list[str]:
    """The entries of the review that no page gave cause for."""
    listed = {(number, kind) for number, entry in enumerate(reviewed()) for kind in entry.pages}
    return [
        f"tests/quality/incomplete.yaml is stale: {reviewed()[number].rule}, {reviewed()[number].because!r}, "
        f"{reviewed()[number].elements!r} no longer occurs on a page of the kind {kind}"
        for number, kind in sorted(listed - set(used))
    ]


@pytest.fixture
def everyone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that the test processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "axe"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.mark.parametrize("share", range(1, SHARES + 1))
def test_axe_and_the_console_have_nothing_to_say_that_was_not_looked_at(
    browser: Browser, site: Published, everyone: Path, share: int
) -> None:
    run = (HERE / "axe.js").read_text("utf-8")
    wrong, used = list[str](), set[tuple[int, str]]()
    with opened(browser, site.base) as watched:
        page = watched.page
        page.add_init_script(path=tool("axe-core/axe.min.js"))
        for path, modes in shares(site)[share - 1].items():
            look(page, modes[0])
            watched.open(path)
            if path == FOUND:
                page.locator(".hit").first.wait_for()
            page.evaluate(CONFIGURE)
            for mode in modes:
                look(page, mode)
                page.evaluate(SETTLE)
                visit, found = Visit(path, mode), page.evaluate(run, [entry.elements for entry in reviewed()])
                wrong += violations(visit, found["violations"])
                wrong += unreviewed(visit, site.kinds[bare(path)], found["incomplete"], used)
    (everyone / f"{share}.part").write_text(json.dumps(sorted(used)))
    (everyone / f"{share}.part").replace(everyone / f"{share}.json")
    all_used = [json.loads(path.read_text()) for path in everyone.glob("*.json")]
    if len(all_used) == SHARES:  # only the last to end knows what no page gave cause for
        wrong += no_longer_found((number, kind) for part in all_used for number, kind in part)
    assert not wrong, "\n".join(wrong)
