"""How soon the search shows its first hits: `python -m benchmarks.search --sizes 1000,10000 --rounds 5`.

A synthetic briefing is built with the theme that ships and served on this machine. Each question is asked in two ways,
in a browser that has nothing of the site: by its address (`search.html?q=…`), counted from when the page is asked for;
and by typing into a page that is loaded and idle, counted from the last key. Bytes are those of what was loaded for the
first hit, each file gzipped, as a web server sends it; a real network's time is not in it. Wall time is what counts:
measure on a machine with nothing else to do.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browsing import SUB_PATH, served
from tests.conftest import BROWSER_FLAGS, browser_path

from .build import build, parser_of, tell, tell_sizes
from .contenders import SHIPPED, contenders

_PAGE = "search.html"
# When the first hit stands on the page, in milliseconds after it was asked for, and what was loaded by then.
_WATCH = """() => {
    window.firstHit = new Promise((resolve) => {
        new MutationObserver((_, watch) => {
            if (!document.querySelector(".hits > li")) return;
            watch.disconnect();
            const at = performance.now();
            const loaded = performance.getEntriesByType("resource").filter(({ responseEnd }) => responseEnd <= at);
            resolve([at, [location.href, ...loaded.map(({ name }) => name)]]);
        }).observe(document, { childList: true, subtree: true });
    });
}"""
_TYPE = """(words) => {
    const field = document.querySelector("#query"), before = performance.now();
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return window.firstHit.then(([at]) => at - before);
}"""


@dataclass(frozen=True, slots=True)
class Found:
    """One question: seconds from when its page was asked for, and from the last key, until the first hit; bytes that
    were loaded until then."""

    after_asking: float
    after_key: float
    size: int


Times = Mapping[str, Sequence[Found]]
"""What was measured, by question."""


def main() -> None:
    """Measure, and print the tables."""
    options = parser_of(__doc__, "1000,10000", "times each question is asked").parse_args()
    tell_sizes(options, "benchmarks.search", "times, and the greatest", lambda *where: table(run(*where)))


def run(corpus: Path, place: Path, rounds: int) -> Times:
    """What every question took."""
    (one,) = contenders(corpus, place, (SHIPPED,))
    build(one)
    output, found = one.folder / "output", dict[str, list[Found]]()
    with served(output, SUB_PATH) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(BROWSER_FLAGS))
        for number in range(rounds + 1):
            for words in questions(corpus):
                asked = ask(browser, address, output, words)
                tell(f"“{words}”: {asked.after_asking:.3f} s, {asked.after_key:.3f} s after the last key")
                if number:  # the first time it is the system that has to find the files
                    found.setdefault(words, []).append(asked)
        browser.close()
    return found


def questions(corpus: Path) -> tuple[str, ...]:
    """A common word, one that is the first of a title, and two that follow each other in one."""
    (first, *_) = sorted((corpus / "ours" / "annotations" / "sources").iterdir())
    title = next(line for line in first.read_text("utf-8").splitlines() if "title:" in line)
    words = title.partition("title:")[2].strip(" \"'").split()
    return "government", words[-1], " ".join(words[:2])


def ask(browser: Browser, address: str, output: Path, words: str) -> Found:
    """Ask in both ways, each in a browser that knows nothing of the site."""
    with _page(browser) as page:
        page.goto(f"{address}{_PAGE}?q={quote(words)}", wait_until="commit")
        hit, loaded = page.evaluate("() => window.firstHit")
    paths = {urlsplit(name).path.removeprefix(SUB_PATH) for name in loaded}
    size = sum(_gzipped(output / path) for path in paths)
    with _page(browser) as page:
        page.goto(address + _PAGE, wait_until="networkidle")
        after_key = page.evaluate(_TYPE, words)
    return Found(hit / 1000, after_key / 1000, size)


def _page(browser: Browser) -> Page:
    """A page that watches for its first hit, in a browser of its own."""
    page = browser.new_context().new_page()
    page.set_default_timeout(60_000)
    page.add_init_script(f"({_WATCH})()")
    return page


def _gzipped(file: Path) -> int:
    """A file's bytes as they are sent; fonts are sent as they are."""
    content = file.read_bytes() if file.is_file() else b""
    return len(content) if file.suffix == ".woff2" else len(gzip.compress(content))


def table(times: Times) -> Iterator[str]:
    """What was measured, as lines of a Markdown table."""
    yield "| asked for | s after asking | | s after the last key | | KB loaded, gzipped |"
    yield "|---|---:|---:|---:|---:|---:|"
    for words, each in times.items():
        after_asking, after_key = [f.after_asking for f in each], [f.after_key for f in each]
        cells = (
            f"“{words}”", f"{median(after_asking):.3f}", f"{max(after_asking):.3f}", f"{median(after_key):.3f}",
            f"{max(after_key):.3f}", f"{max(f.size for f in each) / 1000:.0f}",
        )  # fmt: skip
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
