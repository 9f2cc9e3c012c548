"""`python -m tests.update_sites`: write what the small sites export to `tests/sites/<name>/expected/`.

Run it after a change that is meant to change the exports, and read the difference before you commit it.
"""

from __future__ import annotations

from pathlib import Path

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


if __name__ == "__main__":
    update()
