"""The theme's own scripts keep to the rules of templates/README.md: small, classic, with nothing a policy forbids."""

import gzip
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.theme.rendering import published_script, shipped_templates

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


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_what_readers_load_is_the_script_without_its_remarks(path: Path) -> None:
    text = path.read_text("utf-8")
    loaded = published_script(path.read_bytes()).decode()
    assert loaded.startswith("(() => {\n")
    lines = iter(text.splitlines())
    assert all(line in lines for line in loaded.splitlines()), "its lines, in their order"
    left_out = set(text.partition("*/\n")[2].splitlines()) - set(loaded.splitlines())
    assert all(line.lstrip().startswith("//") for line in left_out)


@given(st.text(alphabet="/*\n x\r", max_size=20).map(str.encode))
def test_remarks_are_a_comment_at_the_top_and_lines_of_their_own(content: bytes) -> None:
    remarks = re.compile(rb"\A/\*.*?\*/\n|^ *//[^\n]*\n", re.DOTALL | re.MULTILINE)
    assert published_script(content) == remarks.sub(b"", content)


def test_all_scripts_together_are_small() -> None:
    assert sum(len(gzip.compress(published_script(path.read_bytes()))) for path in SCRIPTS) <= 25_000
