"""axe finds no fault on any page, and what it cannot decide was looked at by a person: `incomplete.yaml`.

Every page is opened here under the strict policy, and watched: the browser has nothing to say of it either.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from playwright.sync_api import Browser

from site_builder import urls
from tests.browsing import NARROW, opened

from .published import SETTLE, Published, tool

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
SHARES = 8  # the pages are dealt out in so many tests, to fill every core

FOUND = f"{urls.SEARCH}?q=deserters"  # the search page, with hits on it

# Every page is held to the first; one page of each kind to the rest.
MODES: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "320 px": {"viewport": NARROW},
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
    """A page, opened in one way."""

    mode: str
    path: str


@cache
def reviewed() -> tuple[Reviewed, ...]:
    """The findings that a person has looked at."""
    return tuple(Reviewed(**entry) for entry in yaml.safe_load((HERE / "incomplete.yaml").read_text("utf-8")))


def visits(site: Published) -> list[Visit]:
    """What is opened, the longest first."""
    every = [Visit("light", path) for path in site.kinds]
    every += [Visit(mode, path) for mode in list(MODES)[1:] for path in site.fullest.values()]
    every += [Visit(mode, FOUND) for mode in MODES]
    return sorted(every, key=lambda visit: (-site.size(bare(visit.path)), visit))


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
    axe = tool("axe-core/axe.min.js").read_text("utf-8")
    run = (HERE / "axe.js").read_text("utf-8")
    wrong, used = list[str](), set[tuple[int, str]]()
    own = sorted(visits(site)[share - 1 :: SHARES], key=lambda visit: list(MODES).index(visit.mode))
    for mode, group in groupby(own, key=lambda visit: visit.mode):
        with opened(browser, site.base, **MODES[mode]) as watched:
            for visit in group:
                watched.open(visit.path)
                if visit.path == FOUND:
                    watched.page.locator(".hit").first.wait_for()
                watched.page.evaluate(SETTLE)
                watched.page.evaluate(axe)
                watched.page.evaluate(CONFIGURE)
                found = watched.page.evaluate(run, [entry.elements for entry in reviewed()])
                wrong += violations(visit, found["violations"])
                wrong += unreviewed(visit, site.kinds[bare(visit.path)], found["incomplete"], used)
    (everyone / f"{share}.part").write_text(json.dumps(sorted(used)))
    (everyone / f"{share}.part").replace(everyone / f"{share}.json")
    shares = [json.loads(path.read_text()) for path in everyone.glob("*.json")]
    if len(shares) == SHARES:  # only the last to end knows what no page gave cause for
        wrong += no_longer_found((number, kind) for part in shares for number, kind in part)
    assert not wrong, "\n".join(wrong)
