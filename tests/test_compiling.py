"""The quick way to render: whatever a template does, it makes of it what plain Jinja makes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from site_builder.frozen import dataclass, field
from site_builder.linkcheck import split
from site_builder.pages import PAGES, Context
from site_builder.theme.compiling import Compiler
from site_builder.theme.noting import Notes
from site_builder.theme.rendering import Theme, attributes, once
from site_builder.theme.template_expressions import Unusual
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

    def counts(self) -> int:
        """How often this was asked for; it changes what is read."""
        self.named["asked"] = self.named.get("asked", 0) + 1
        return int(self.named["asked"])

    @property
    def asked(self) -> int:
        """How often it was asked for so far."""
        return int(self.named.get("asked", 0))


class Html:
    """Something that is HTML without being Markup."""

    def __html__(self) -> str:
        return "<b>bold</b>"

    def __str__(self) -> str:
        return "<i>never</i>"


USUAL = (
    "{{ t.value }}", "{{ t.upper }}", "{{ t.inner.value }}", '<a title="{{ t.value }}">', "{{ t.value|upper|e }}",
    "{% if t.value %}{{ t.value }}{% else %}none{% endif %}", "{{ t.parts|join(', ') }}", "{{ t.value ~ t.inner }}",
    "{% for p in t.parts %}{{ loop.index }}{{ p.value }}{% if not loop.last %}; {% endif %}{% else %}no{% endfor %}",
    "{% macro m(x, y=1) %}<p>{{ x.value }}{{ y }}</p>{% endmacro %}{{ m(t) }}{{ m(t, t.value) }}{{ m(y=2, x=t) }}",
    "{{ t.named.key }}", "{{ t.named['key'] }}", "{{ t['__class__'] }}", "{{ t.inner.none }}", "{{ t.none }}",
    "{{ none_such }}",
    "{{ 1 .real }}", "{% with v = t.inner, t = t.value %}{{ v.value }}{{ t }}{% endwith %}{{ t.value }}",
    "{% include 'part' %}", "{{ part.words(t) }}",
    "text & ' \" {braced} \\N{x}", "{{ t.value if t.inner else t.parts[0].value }}",
    "{% for p in t.parts %}{{ part.words(p) }}{% endfor %}", "{{ part.words(t, t) }}", "{{ part.words() }}",
    "{{ part.none(t) }}", "{{ '<' }}{{ 1 }}{{ none }}{{ true }}",
    "{{ t.value }}<b id='{{ t.value }}'>{{ t.value }}</b>{% if t.value %}{{ t.value }}{% endif %}",
    ("{% if t.inner and t.inner.value %}{{ t.inner.value }}{% elif t.upper %}{{ t.upper }}"
     "{% endif %}{{ t.inner.value }}"),
    ("{% if t.value %}a{% elif t.parts %}{{ t.parts[0].value }}{% for p in t.parts %}{{ p.value }}"
     "{% endfor %}{% endif %}b"),
    "{% for p in t.parts if p.inner %}{{ p.inner.value }}{% else %}none{% endfor %}{{ t.parts|length }}",
    ("{% for p in t.parts %}{% for q in p.parts %}{{ loop.first }}{{ q.value }}{{ p.value }}"
     "{% endfor %}{{ loop.index0 + loop.length }}{% if loop.last %}{{ p.value }}{% endif %}{% endfor %}{{ t.upper }}"),
    "{% for p in t.parts %}{% set v = p.value %}{{ v }}{% endfor %}", "{{ t.parts[:1]|length }}{{ -1 + 2 * 3 // 2 }}",
    "{{ t.asked }}{{ t.counts() }}{{ t.asked }}{% if t.asked %}{{ t.asked }}{% endif %}", "{{ t.value is none }}",
    "{{ t.asked }}{{ bumps(t) }}{{ t.asked }}",
    "{{ t.asked }}{{ t.parts|once(part.list) }}{{ t.parts|once(part.list) }}",
    "{% for a, b in t.named.items() %}{{ a }}{{ b }}{% endfor %}",
    "{{ t.value in (1, 'a') }}{{ 1 < 2 < 3 }}{{ [1, 2] }}",
    "{% from 'macros' import words as w, list %}{{ w(t) }}{{ list(t.parts) }}", "{{ {'a': t.value}['a'] }}",
    "{% macro r(x) %}({{ x.value }}{% for p in x.parts %}{{ r(p) }}{% endfor %}){% endmacro %}{{ r(t) }}",
    '<a title="{{ part.words(t) }}" class="{% if t.value %}x{% endif %}">', "{{ t.value is string }}",
    "{{ not t.value }}", "{% for t in t.parts %}{{ t.value }}{% include 'part' %}{% endfor %}{{ t.value }}",
    "{% include 'none' %}",
)  # fmt: skip
"""What is compiled."""
UNUSUAL = (
    "{% set s %}<i>{{ t.value }}</i>{% endset %}{{ s }}{{ s|length }}", "{{ t.none is defined }}", "{{ t.class }}",
    "{{ t.inner.none|default('gone') }}", "{% filter upper %}{{ t.value }}<br>{% endfilter %}",
    "{% macro outer() %}[{{ caller(1) }}]{% endmacro %}{% call(x) outer() %}{{ x }}{{ t.value }}{% endcall %}",
    "{% autoescape false %}{{ t.value }}{% endautoescape %}", "{% set ns = namespace(n=t.value) %}{{ ns.n }}",
    "{% macro m(x) %}{{ x.value }}{{ varargs|length }}{{ kwargs|length }}{% endmacro %}{{ m(t, 1, t) }}{{ m() }}",
    "{% autoescape false %}{{ part.words(t) }}{{ part.words(t) ~ '<' }}{% endautoescape %}",
    "{{ part.words(t)|upper }}", "{% if t.value %}{% set v = 1 %}{% endif %}{{ v }}", "{{ part }}",
    "{{ t.value if t.inner }}", "{{ t._none }}{{ _x }}",
    "{% for p in t.parts recursive %}{{ p.value }}{{ loop(p.parts) }}{% endfor %}",
    "{% for p in t.parts %}{{ loop }}{% endfor %}", "{{ m(t) }}{% macro m(x) %}{{ x.value }}{% endmacro %}",
    "{% macro m() %}{{ t.value }}{% endmacro %}{{ m() }}", "{% set v = t.value %}{{ v }}",
    "{% if t.value %}{% import 'macros' as t %}{% endif %}{{ t.words(1) }}", "{% include ['none', 'part'] %}",
    "{% include 'none' ignore missing %}", "{{ t.parts|map(attribute='value')|list }}",
    "{% for p in t.parts if loop.first %}x{% endfor %}", "{% import 'does' as does %}{{ does.words(t) }}",
    "{% macro m(x, y=t) %}{{ x.value }}{% endmacro %}{{ m(t) }}",
    "{% import 'macros' as m with context %}{{ m.words(t) }}",
    "{% macro m(x) %}1{% endmacro %}{% macro m(x) %}2{% endmacro %}{{ m(t) }}", "{{ t.parts|once(t.value) }}",
    "{% for p in t.parts %}{% macro m(x) %}{{ x.value }}{% endmacro %}{{ m(p) }}{% endfor %}",
    "{{ self }}{{ super() }}", "{{ '<b>'|safe ~ 'x' }}", "{{ ('<i>' ~ 'x'|safe)|upper ~ t.value }}",
    "{{ (t.value or t).__class__.__name__ }}", "{{ '{0.value}'.format(t) }}",
    "{{ '{0.__class__}'.format(t) }}", "{{ '{x.__class__}'.format_map({'x': t}) }}", "{{ bumps.__globals__ }}",
    "{{ t|attr('__class__') }}", "{{ [t]|map(attribute='__class__')|list }}", "{{ t.counts.__func__.__globals__ }}",
    "{% import 'again' as again %}{{ again.words(t) }}", "{% import 'again' as again %}{{ again._own(t) }}",
)  # fmt: skip
"""What is left to plain Jinja."""
PIECES = (*USUAL, *UNUSUAL)
HEAD = "{% import 'macros' as part %}"
FILES = {
    "part": "({{ t.value }})", "does": "{% macro words(x) %}<q>{{ x.value }}</q>{% endmacro %}{{ 1 / 0 }}",
    "macros": "{% macro words(x) %}<q>{{ x.value }}</q>{% endmacro %}"
    "{% macro list(all) %}{% for x in all %}{{ x.value }}, {% endfor %}{% endmacro %}",
    "again": "{% from 'macros' import words %}{% macro _own(x) %}{{ x.value }}{% endmacro %}",
    "base": "{% import 'macros' as lists %}<b>{{ t.value }}</b>{% block main %}<i>{{ t.value }}</i>{% endblock %}"
    "{% block rest %}{{ lists.list(t.parts) }}{{ t.value }}{% endblock %}{{ t.upper }}",
}  # fmt: skip


def _whole(piece: str, *, in_block: bool) -> str:
    return f"{{% extends 'base' %}}{HEAD}{{% block main %}}{piece}{{% endblock %}}" if in_block else HEAD + piece


values = st.one_of(
    st.text(max_size=8), st.text(max_size=8).map(Markup), st.integers(), st.floats(allow_nan=False), st.booleans(),
    st.none(), st.just(Html()), st.text(alphabet="<>&'\"ab", max_size=8),
)  # fmt: skip
things = st.recursive(
    st.builds(Thing, values, named=st.fixed_dictionaries({}, optional={"key": values})),
    lambda inner: st.builds(Thing, values, inner, st.lists(inner, max_size=3).map(tuple)),
    max_leaves=5,
)


def _environment(files: dict[str, str]) -> Environment:
    made = SandboxedEnvironment(loader=DictLoader(files), autoescape=True, undefined=StrictUndefined)
    made.filters["once"] = once
    return made


def bumps(thing: Thing) -> int:
    """Change what is read of a thing."""
    return thing.counts()


def copied(thing: Thing) -> Thing:
    """The same, as it was made."""
    return Thing(thing.value, thing.inner, thing.parts, dict(thing.named))


@cache
def _plain(template: str) -> Callable[[Thing], str]:
    made = _environment({**FILES, "page": template}).get_template("page")
    return lambda thing: made.render(t=copied(thing), bumps=bumps)


@cache
def _quick(template: str) -> Callable[[Thing], str]:
    files, notes = {**FILES, "page": template}, Notes(attributes)
    compiler = Compiler(_environment(files), files.__getitem__)

    def run(name: str, kind: str) -> dict[str, Any]:
        names = notes.names() | {"macros_of": lambda name: run(name, "macros")["macros"]}
        exec(compiler.compiled(name, kind), names)  # noqa: S102 it is what is tried
        return names

    page = run("page", "page")["page"]

    def render(thing: Thing) -> str:
        html: list[str] = []
        page(html, SimpleNamespace(t=copied(thing), bumps=bumps))
        return "".join(html)

    return render


@given(st.sampled_from(PIECES), st.booleans(), things)
def test_a_template_is_rendered_as_by_plain_jinja_or_not_at_all(piece: str, in_block: bool, thing: Thing) -> None:
    template = _whole(piece, in_block=in_block)
    try:
        plain = _plain(template)(thing)
    except Exception:  # whatever it is, the quick way must not give a page
        plain = None
    try:
        quick = _quick(template)(thing)
    except Exception:  # plain Jinja is asked then
        return
    assert quick == plain


@pytest.mark.parametrize("piece", USUAL)
def test_what_templates_commonly_do_is_compiled(piece: str) -> None:
    if "'none'" in piece or "part.none" in piece:  # nothing could be
        return
    Compiler(_environment({}), {**FILES, "page": HEAD + piece}.__getitem__).compiled("page", "page")


@pytest.mark.parametrize("piece", UNUSUAL)
def test_what_few_templates_do_is_left_to_plain_jinja(piece: str) -> None:
    with pytest.raises((Unusual, SyntaxError, KeyError)):
        _quick(HEAD + piece)


@pytest.mark.parametrize("piece", PIECES)
def test_what_plain_jinja_can_render_a_page_shows(tmp_path: Path, piece: str) -> None:
    """By whichever way: of a thing that has all that the pieces ask for but what none has."""
    thing = Thing("<&>", Thing(Markup("<b>")), (Thing(1), Thing(None)), {"key": "k'"})
    for name, text in {**FILES, "page": HEAD + piece}.items():
        (tmp_path / name).write_text(text, "utf-8")
    try:
        plain = _plain(HEAD + piece)(thing)
    except Exception:  # no page
        return

    @dataclass(frozen=True, kw_only=True)
    class Shown(Context):
        t: Thing
        bumps: Callable[[Thing], int] = bumps

    frame = built("smallest").desk().at("a.html").frame("A title", "A description")
    theme = Theme(tmp_path)
    for _ in range(2):  # the second time it is known which way to take
        assert theme.render("page", Shown(frame=frame, t=copied(thing))).content.decode() == plain


@pytest.mark.parametrize("name", ALL)
def test_every_page_of_the_shipped_theme_is_rendered_the_quick_way_to_the_same_bytes(name: str) -> None:
    theme, plain = Theme(Path("/nowhere")), Theme(Path("/nowhere"))
    plain.slow.update(plain.files)
    desk = built(name).desk()
    for page in (page for pages in PAGES for page in pages(desk)):
        context = page.make()
        quick, slow = theme.render(page.template, context), plain.render(page.template, context)
        assert quick.content == slow.content
        for noted, read in ((quick.ids, slow.ids), (quick.links, slow.links)):
            assert set(split(noted)) == set(split(read))
    assert not theme.slow
