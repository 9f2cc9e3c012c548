"""`python -m tests.update_sites`: write what the small sites export to `tests/sites/<name>/expected/`.

With `--invalid`, write what is said of the broken sites to `tests/sites_invalid/<name>/expected.txt` instead. Run it
after a change that is meant to change them, and read the difference before you commit it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from site_builder.build import check

from .built_sites import SITES, SMALL, built

EXPECTED = ("data/briefing.json", "data/annotations.jsonld")


def expected(name: str, path: str) -> Path:
    """Where the expected bytes of a file of a small site are kept."""
    return SITES / name / "expected" / path


def update() -> None:
    """Write them all."""
    for name in SMALL:
        for path in EXPECTED:
            file = expected(name, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(built(name).files[path])


def update_invalid() -> None:
    """Write what is said of the broken sites."""
    for folder in sorted((SITES.parent / "sites_invalid").iterdir()):
        text = "".join(f"{problem}\n" for problem in check(folder))
        (folder / "expected.txt").write_text(text, "utf-8")


if __name__ == "__main__":
    update_invalid() if "--invalid" in sys.argv else update()
