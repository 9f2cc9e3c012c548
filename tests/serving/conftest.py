"""A briefing that is built already, so that a test waits only for what it changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from site_builder.build import build
from tests.built_sites import copied


@pytest.fixture(scope="session")
def built_harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the harbour briefing with its site; not to be changed."""
    folder = tmp_path_factory.mktemp("built") / "harbour"
    copied("harbour", folder)
    build(folder, folder / "output")
    return folder


@pytest.fixture
def harbour(built_harbour: Path, tmp_path: Path) -> Path:
    """Return the same to be changed."""
    return Path(shutil.copytree(built_harbour, tmp_path / "harbour"))


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Save an annotation file with other words in it."""
    path = folder / "annotations" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
