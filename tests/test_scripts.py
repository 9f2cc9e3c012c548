"""The theme's own scripts keep to the rules of templates/README.md: small, classic, with nothing a policy forbids."""

import gzip
import re
from pathlib import Path

import pytest

from site_builder.rendering import shipped_templates

SCRIPTS = sorted((shipped_templates() / "assets" / "js").glob("*.js"))
FORBIDDEN = (
    r"\b(?:fetch|eval|import|export|XMLHttpRequest|innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b|https?:"
)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_a_script_says_what_it_adds_and_is_small_strict_and_closed(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("/*"), "a comment says what it enhances"
    assert len(text.splitlines()) < 150
    assert re.search(r'^\(\(\) => \{\n  "use strict";$', text, re.M), "strict, and a function of its own"
    assert text.endswith("})();\n")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_a_script_loads_nothing_by_request_and_reads_no_text_as_html(path: Path) -> None:
    code = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
    assert re.findall(FORBIDDEN, code) == []


def test_all_scripts_together_are_small() -> None:
    assert sum(len(gzip.compress(path.read_bytes())) for path in SCRIPTS) <= 25_000
