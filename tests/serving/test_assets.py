"""The preview's own scripts keep to the rules of the theme's: small, classic, and no text is read as HTML."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_builder.serving.routes import ASSETS

SCRIPTS = sorted(ASSETS.glob("*.js"))
FORBIDDEN = r"\b(?:eval|import|export|innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b|https?:"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_a_script_says_what_it_adds_and_is_small_strict_and_closed(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("/*")
    assert len(text.splitlines()) < 150
    assert re.search(r'^\(\(\) => \{\n  "use strict";$', text, re.M)
    assert text.endswith("})();\n")
    assert re.findall(FORBIDDEN, re.sub(r"/\*.*?\*/", "", text, flags=re.S)) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_a_script_asks_the_preview_alone(path: Path) -> None:
    asked = re.findall(r"""["'`](/[a-z_][^"'`]*)["'`]""", path.read_text("utf-8"))
    assert all(address.startswith("/_briefing/") for address in asked)
