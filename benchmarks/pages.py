"""How fast pages open, as Lighthouse sees it on a slow phone: `make benchmark`.

    python -m benchmarks.pages [ROUNDS]

The real briefing is built aside and served with gzip, as GitHub Pages does. Each of the four kinds of page is measured
in turn, ROUNDS times (3); printed are the medians. The score hangs on the machine and what else it does: aim at 95.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from tests.conftest import browser_path
from tests.quality.lighthouse import PAGES, examined
from tests.quality.published import Published, published

FIGURES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


def measured(site: Published, kind: str) -> dict[str, float]:
    """The score of a page, 0 to 100, and the times behind it in milliseconds; the layout shift has no unit."""
    report = examined(site.base + site.of_kind(kind), ["performance"], browser_path())
    figures = {name: float(report["audits"][name]["numericValue"]) for name in FIGURES}
    return {"score": 100 * float(report["categories"]["performance"]["score"]), **figures}


def main() -> None:
    """Run the rounds and print the medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    found: dict[str, list[dict[str, float]]] = {kind: [] for kind in PAGES}
    with tempfile.TemporaryDirectory() as scratch, published(Path(scratch) / "output", gzipped=True) as site:
        for _ in range(rounds):
            for kind in PAGES:
                found[kind].append(measured(site, kind))
        paths = {kind: site.of_kind(kind) for kind in PAGES}
    print(f"Lighthouse performance, median of {rounds}: score, FCP, LCP and TBT in ms, CLS")
    for kind, results in found.items():
        score, *figures = (statistics.median(each[name] for each in results) for name in ("score", *FIGURES))
        print(f"{paths[kind]:32} {score:4.0f}  {'  '.join(f'{figure:7.2f}' for figure in figures)}")


if __name__ == "__main__":
    main()
