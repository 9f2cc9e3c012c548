"""Templates as nodes: those that Jinja reads, or none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateError

from benchmarks.contenders import minimal_theme
from site_builder.theme.rendering import Theme
from site_builder.theme.template_nodes import Unusual, converted
from site_builder.theme.template_reading import read
from tests.test_compiling import PIECES

THEME = Theme(Path("/nowhere"))
SHIPPED = [THEME.files[name].decode() for name in THEME.files if name.endswith(".html")]
WORDS = (
    "{{", "}}", "{{-", "-}}", "{%", "%}", "{%-", "-%}", "{%+", "+%}", "{#", "#}", "{#-", "-#}", "\n", "  ", "\t",
    "\r\n", "\N{NO-BREAK SPACE}", "a", "b.c", "a.if", "x", "1", "1.5", "01", ".", ",", "(", ")", "[", "]", "=", "==",
    "!=", "<=", "|", "~", "+", "-", "*", "'s'", '"t"', "'\\n'", "'", "none", "true", "and", "or", "not", "in", "not in",
    "is", "is not", "if", "else", "elif a", "endif", "for x in a", "for x, y in a", "endfor", "block b", "endblock",
    "endblock b", "set x = a", "macro m(x, y=1)", "endmacro", "extends 'base'", "include 'part'",
    "import 'macros' as m", "with context", "scoped", "recursive", "raw", "endraw", "once(m.n)", "is none", "{", "}",
    "<p>", "é",
)  # fmt: skip


def _jinja(text: str) -> object:
    try:
        return converted(THEME.environment.parse(text))
    except (TemplateError, Unusual):
        return None


def _is_read_so(text: str) -> None:
    """Whatever is read of a text is what Jinja reads of it."""
    try:
        found = read(text)
    except Unusual:
        return
    assert found == _jinja(text)
    assert repr(found) == repr(_jinja(text))  # 1 is not True


@st.composite
def edited(draw: st.DrawFn) -> str:
    """A template of which some is gone, and in which something else stands."""
    text = draw(st.sampled_from([*PIECES, *SHIPPED]))
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 8)))
        text = text[:start] + draw(st.sampled_from(("", *WORDS))) + text[end:]
    return text


@given(edited())
def test_what_is_read_of_a_template_is_what_jinja_reads(text: str) -> None:
    _is_read_so(text)


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from(("", " ")))
def test_what_is_read_of_any_words_is_what_jinja_reads(words: list[str], between: str) -> None:
    for text in (
        between.join(words),
        f"{{{{ {between.join(words)} }}}}",
        f"{{% if {between.join(words)} %}}a{{% endif %}}",
    ):
        _is_read_so(text)


@pytest.mark.parametrize("whose", ["shipped", "minimal"])
def test_themes_are_read_and_compiled_without_jinja(tmp_path: Path, whose: str) -> None:
    if whose == "minimal":
        minimal_theme(tmp_path / "own")
    theme = Theme(tmp_path / "own")
    theme.leaves_out = whose == "minimal"
    for name in (name for name in theme.files if name.endswith(".html")):
        theme._compiler.part(name)
    theme.prepare(name for name in theme.files if name.startswith("pages/"))
    assert not theme.slow
    assert "environment" not in vars(theme)


@pytest.mark.parametrize(
    "text", ["{{ a * b }}", "{% filter upper %}{% endfilter %}", "{% raw %}{{{% endraw %}", "{% if %}"]
)
def test_what_few_templates_say_is_left_to_jinja(text: str) -> None:
    with pytest.raises(Unusual):
        read(text)
