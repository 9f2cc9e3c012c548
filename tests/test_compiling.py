"""The quick way to render: whatever a template does, it makes of it what plain Jinja makes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from site_builder.compiling import Compiler
from site_builder.frozen import dataclass, field
from site_builder.pages import PAGES, Context
from site_builder.rendering import Theme
from tests.built_sites import ALL, built


@dataclass(frozen=True)
class Thing:
    """A value with attributes of every sort that a view may have."""

    value: Any
    inner: Any = None
    parts: tuple[Any, ...] = ()
    named: dict[str, Any] = field(default_factory=dict)

    @property
    def upper(self) -> str:
        """The value in capitals."""
        return str(self.value).upper()


class Html:
    """Something that is HTML without being Markup."""

    def __html__(self) -> str:
        return "<b>bold</b>"

    def __str__(self) -> str:
        return "<i>never</i>"


PIECES = (
    "{{ t.value }}", "{{ t.upper }}", "{{ t.inner.value }}", '<a title="{{ t.value }}">', "{{ t.value|upper|e }}",
    "{% if t.value %}{{ t.value }}{% else %}none{% endif %}", "{{ t.parts|join(', ') }}", "{{ t.value ~ t.inner }}",
    "{% for p in t.parts %}{{ loop.index }}{{ p.value }}{% if not loop.last %}; {% endif %}{% else %}no{% endfor %}",
    "{% macro m(x, y=1) %}<p>{{ x.value }}{{ y }}</p>{% endmacro %}{{ m(t) }}{{ m(t, t.value) }}",
    "{% set s %}<i>{{ t.value }}</i>{% endset %}{{ s }}{{ s|length }}", "{{ t.named.key }}", "{{ t.named['key'] }}",
    "{{ t.none is defined }}", "{{ t.inner.none|default('gone') }}", "{{ t.none }}", "{{ none_such }}", "{{ 1 .real }}",
    "{% with v = t.inner %}{{ v.value }}{% endwith %}", "{% filter upper %}{{ t.value }}<br>{% endfilter %}",
    "{% call(x) outer() %}{{ x.value }}{% endcall %}", "{{ t.class }}", "{{ (t.value or t).__class__.__name__ }}",
    "{% autoescape false %}{{ t.value }}{% endautoescape %}", "{% include 'part' %}", "{{ part.words(t) }}",
    "{% set ns = namespace(n=t.value) %}{{ ns.n }}", "{{ t.value if t.inner else t.parts[0].value }}", "text & ' \"",
    "{% macro m(x) %}{{ x.value }}{{ varargs|length }}{{ kwargs|length }}{% endmacro %}{{ m(t, 1, t) }}{{ m() }}",
    "{% for p in t.parts %}{{ part.words(p) }}{% endfor %}", "{{ part.words(t, t) }}", "{{ part.words() }}",
    "{% autoescape false %}{{ part.words(t) }}{{ part.words(t) ~ '<' }}{% endautoescape %}",
)  # fmt: skip
HEAD = (
    "{% import 'macros' as part %}"
    "{% macro outer() %}[{{ caller(t) if t is defined else '' }}]{% endmacro %}{% set t = t %}"
)

values = st.one_of(
    st.text(max_size=8), st.text(max_size=8).map(Markup), st.integers(), st.floats(allow_nan=False), st.booleans(),
    st.none(), st.just(Html()), st.text(alphabet="<>&'\"ab", max_size=8),
)  # fmt: skip
things = st.recursive(
    st.builds(Thing, values, named=st.fixed_dictionaries({}, optional={"key": values})),
    lambda inner: st.builds(Thing, values, inner, st.lists(inner, max_size=3).map(tuple)),
    max_leaves=5,
)


def _environment(template: str, *, quick: bool) -> Environment:
    files = {
        "page": template, "part": "({{ t.value }})", "macros": "{% macro words(x) %}<q>{{ x.value }}</q>{% endmacro %}",
    }  # fmt: skip
    made = Environment(loader=DictLoader(files), autoescape=True, undefined=StrictUndefined)
    if quick:
        made.code_generator_class = Compiler
    return made


@cache
def _renderer(piece: str, *, quick: bool) -> Callable[[Thing], str]:
    template = _environment(HEAD + piece, quick=quick).get_template("page")
    return lambda thing: template.render(t=thing)


@given(st.sampled_from(PIECES), things)
def test_a_template_is_rendered_as_by_plain_jinja_or_not_at_all(piece: str, thing: Thing) -> None:
    try:
        plain = _renderer(piece, quick=False)(thing)
    except Exception:  # whatever it is, the quick way must not give a page
        plain = None
    try:
        quick = _renderer(piece, quick=True)(thing)
    except Exception:  # plain Jinja is asked then
        return
    assert quick == plain


@pytest.mark.parametrize("piece", PIECES)
def test_what_plain_jinja_can_render_a_page_shows(tmp_path: Path, piece: str) -> None:
    """By whichever way: of a thing that has all that the pieces ask for but what none has."""
    thing = Thing("<&>", Thing(Markup("<b>")), (Thing(1), Thing(None)), {"key": "k'"})
    (tmp_path / "page").write_text(HEAD.replace("macros", "m.html") + piece.replace("'part'", "'p.html'"), "utf-8")
    (tmp_path / "p.html").write_text("({{ t.value }})", "utf-8")
    (tmp_path / "m.html").write_text("{% macro words(x) %}<q>{{ x.value }}</q>{% endmacro %}", "utf-8")
    try:
        plain = _renderer(piece, quick=False)(thing)
    except Exception:  # no page
        return

    @dataclass(frozen=True, kw_only=True)
    class Shown(Context):
        t: Thing

    frame = built("smallest").desk().at("a.html").frame("A title", "A description")
    theme = Theme(tmp_path)
    for _ in range(2):  # the second time it is known which way to take
        assert theme.render("page", Shown(frame=frame, t=thing)).content.decode() == plain


@pytest.mark.parametrize("name", ALL)
def test_every_page_of_the_shipped_theme_is_rendered_the_quick_way_to_the_same_bytes(name: str) -> None:
    theme, plain = Theme(Path("/nowhere")), Theme(Path("/nowhere"))
    plain.slow.update(plain.files)
    desk = built(name).desk()
    for page in (page for pages in PAGES for page in pages(desk)):
        context = page.make()
        quick, slow = theme.render(page.template, context), plain.render(page.template, context)
        assert quick.content == slow.content
        assert (set(quick.ids), set(quick.links)) == (set(slow.ids), set(slow.links))
    assert not theme.slow
