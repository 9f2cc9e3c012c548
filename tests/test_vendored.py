"""What others wrote and the theme ships: unchanged, with its licence, and named in NOTICE."""

from hashlib import sha256
from pathlib import Path

import pytest

from site_builder.rendering import shipped_templates

VENDOR = shipped_templates() / "assets" / "js" / "vendor"
RELEASED = {
    # minisearch 7.2.0, dist/umd/index.js and LICENSE.txt
    "minisearch.js": "03c27931eb603af1d3358579e9885eafdb6a2f5fa9929557b3e77d7e99d06d03",
    "minisearch.LICENSE.txt": "70d37354d6395629fb99edb28cb37a5d356ffa24a48cd02a5def5b83a300a899",
}


@pytest.mark.parametrize("name", RELEASED)
def test_a_vendored_file_is_the_released_one(name: str) -> None:
    assert sha256((VENDOR / name).read_bytes()).hexdigest() == RELEASED[name]


def test_every_vendored_file_is_known_and_noted() -> None:
    assert {path.name for path in VENDOR.iterdir()} == set(RELEASED)
    notice = (Path(__file__).parent.parent / "NOTICE").read_text("utf-8")
    assert "minisearch.js" in notice
