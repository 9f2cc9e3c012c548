"""The five texts of the first briefing are the bytes that were found, and stay them."""

import hashlib
from pathlib import Path

import pytest

from site_builder.texts.text import decode

SEEDS = Path(__file__).parent.parent / "seeds"
SHA256 = {
    "000_1cccb02c53918d35.txt": "a912c7b47c28e83dd417492adc6139e05f6638e92cf6a7bbe69b6d3f24478f27",
    "001_25b45a1f2acf4c89.txt": "dbdca6acb71a8068971c4795b129016f1957666421a5d48d86a27ec9e8e004bc",
    "002_6126f9f501fbdb4d.txt": "5d1721b0260f4be98fe0e78eb5088b49dca3917894336d54fa6ebc67623d91fb",
    "003_503e2d71e8a4b9f8.txt": "34fce32b35dacf5a4e65fe6575c2203fea026a78635e88ac3d6111987258215b",
    "004_839f98b4d57bc0ff.txt": "da240008f7a548c694a81856bbb25992c1a54605d74465ad20291f010da92e9c",
}


@pytest.mark.parametrize("name", SHA256)
def test_a_seed_is_byte_for_byte_the_text_that_was_found(name: str) -> None:
    raw = (SEEDS / name).read_bytes()
    assert hashlib.sha256(raw).hexdigest() == SHA256[name]
    assert isinstance(decode(raw), str)


def test_every_seed_is_one_of_the_five() -> None:
    assert sorted(path.name for path in SEEDS.iterdir()) == sorted(SHA256)


@pytest.mark.parametrize("name", SHA256)
def test_every_seed_is_the_text_of_one_source_under_its_own_hash(name: str) -> None:
    sources = (SEEDS.parent / "annotations" / "sources").glob("*.yaml")
    naming = [text for path in sources if f"text: {name}" in (text := path.read_text(encoding="utf-8"))]
    assert len(naming) == 1
    assert f"sha256: {SHA256[name]}" in naming[0]
