"""Links and ids are noted while a page is rendered: the same as are found when it is read, or it is read."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass as plain_dataclass
from pathlib import Path

import pytest
from markupsafe import Markup

from benchmarks.contenders import minimal_theme
from site_builder.frozen import dataclass
from site_builder.markup.linked_html import Hole, Linked, Reference, filled
from site_builder.model import CitationKind
from site_builder.pages import PAGES, Context
from site_builder.theme.rendering import Theme, attributes
from site_builder.theme.template_tags import tags_of
from tests.built_sites import ALL, built

NOWHERE = Path("/nowhere")


def noted(theme: Theme, name: str, context: Context) -> tuple[set[str], set[str]] | None:
    """The ids and links noted of a page; None where it has to be read. They are those that are read of it."""
    pieces, found = theme._pieces(name, context)
    text = "".join(pieces)
    if found is None:
        return None
    ids, links = map(_names, found)
    assert (ids, links) == read(text), text
    return ids, links


def read(text: str) -> tuple[set[str], set[str]]:
    """The ids that are read of a page, and the links that lead away from the page and from these."""
    ids, links = map(set, attributes(text))
    return ids, links - {"", "#", *(f"#{id_}" for id_ in ids)}


def _names(joined: str) -> set[str]:
    return set(joined[1:-1].split("\0")) if len(joined) > 1 else set()


@pytest.mark.parametrize("name", ALL)
def test_of_every_page_of_the_shipped_theme_is_noted_what_is_read_of_it(name: str) -> None:
    theme = Theme(NOWHERE)
    desk = built(name).desk()
    for page in (page for kind in PAGES for page in kind(desk)):
        found = noted(theme, page.template, page.make())
        assert found is not None, page.path
        assert len(found[1]) > 10


@pytest.mark.parametrize("whose", ["shipped", "minimal"])
def test_each_template_of_a_theme_is_plain_enough_to_be_told_of(tmp_path: Path, whose: str) -> None:
    if whose == "minimal":
        minimal_theme(tmp_path / "own")
    theme = Theme(tmp_path / "own")
    theme.leaves_out = whose == "minimal"
    names = [name for name in theme.files if name.endswith(".html")]
    assert len(names) > 20
    for name in names:
        assert tags_of(theme.environment.parse(theme.files[name].decode())) is not None, name


HTML, HALF = Markup('<i id="i1"><a href="in.html">in</a></i>'), Markup('<a href="half.html" ')
REST = Markup('id="rest">x</a>')


@plain_dataclass(frozen=True)
class Thing:
    """A value with what pieces of templates ask for."""

    text: str = "a<b> & \"c\" 'd'"
    href: str = "x.html?a=1&b=2#'c'"
    id: str = "p-1"
    number: int = 7
    tag: str = "h3"
    odd: str = 'b href="no"'
    nothing: str = ""
    html: Markup = HTML
    half: Markup = HALF
    rest: Markup = REST
    some: tuple[str, ...] = ("s1", "s2")

    @property
    def made(self) -> Markup:
        """What Markdown makes."""
        return filled(Linked('<a href="\0">words</a> \0', (Hole("link", "made.html?a&b"), Hole("claim", "c"))), LINKER)


class _Linker:
    def link(self, url: str) -> str:
        return url

    def cite(self, kind: CitationKind, target: str) -> Reference:
        return Reference(kind, "c", f"{target}.html?x&y", "its <words>", "", "cited-1")


LINKER = _Linker()
SURE = (
    "text", '<p id="a">', "</p>", "<br/>", '<a href="{{ t.href }}">{{ t.text }}</a>',
    "<a class='c' href='{{ t.href }}'>", '<b id="n-{{ t.id }}-{{ t.number }}" class="{{ t.text }} x">',
    '{% if t.nothing %}<i id="never">{% endif %}',
    '{% for s in t.some %}<s id="{{ s }}" title="{{ t.text }}"></s>{% endfor %}', "{{ t.html }}", "{{ t.made }}",
    "<{{ t.tag }} id='t'>x</{{ t.tag }}>", "{{ m(t) }}", "{{ n.word(t) }}", "{{ t.some|once(n.list) }}",
    "{{ t.number }}", "<div{% if t.text %} id='d'{% endif %} data-x>",
    '<i hidden{% if t.id %} href="{{ t.href }}"{% endif %}>', "<img src=bare.png alt=x>",
    '{% if t.id %}<a href="y">{% else %}<a href="n">{% endif %}', '1 < 2 > 1 id="no"', "<!-- x -->",
    '<em\n  class="{% if t.id %}x{% else %}y{% endif %}"\n  ID="E"\n>', "{% include 'i.html' %}",
    "{{ t.text|upper }}", '<a href="">', '{% if t.href.startswith("x") %}<a href="s">{% endif %}',
)  # fmt: skip
UNSURE = (
    "{{ t.half }}{{ t.rest }}", "<a {{ t.half }}>", '<a href="{% if t.id %}1{% else %}2{% endif %}">',
    "<a href={{ t.id }}>", '<{{ t.odd }} id="x">', "{% set x = m(t) %}{{ x }}", "{% if m(t) %}x{% endif %}",
    "{{ m(t)|upper }}", '{% if t.id %}<a href="open"{% endif %}>', "{% filter upper %}<a href='f'>{% endfilter %}",
    '<a title="{{ t.html }}">', "{% set z %}<i id='z'>{% endset %}", "{{ '<b id=q>'|safe }}",
    "<a href='x'{{ t.nothing }}>", "<h{{ t.number }} id='hn'>", "<i{% if t.id %}d{% endif %}='x'>",
    "{{ t.half|safe }}", "<a <b id='w'>", "{{ m(t) if t.id }}", "<a id>",
    "{% autoescape false %}<a href='{{ t.text }}'>{% endautoescape %}",
)  # fmt: skip
HEAD = (
    '{% import "n.html" as n %}{% macro m(x) %}<u id="m" class="{{ x.text }}">'
    '<a href="{{ x.href }}">{{ x.html }}</a></u>{% endmacro %}'
)
LIBRARY = (
    '{% macro word(x) %}<a href="#{{ x.id }}">{{ x.text }}</a>{% endmacro %}'
    '{% macro list(all) %}{% for s in all %}<li id="l-{{ s }}">{{ s }}</li>{% endfor %}{% endmacro %}'
)


@dataclass(frozen=True, kw_only=True)
class Shown(Context):
    """A page of one thing."""

    t: Thing


def page_of(folder: Path, pieces: Sequence[str], *, in_block: bool) -> tuple[set[str], set[str]] | None:
    """What is noted of a page made of these pieces."""
    body = "".join(pieces)
    files = {
        "page": f'{{% extends "b.html" %}}{HEAD}{{% block main %}}{body}{{% endblock %}}' if in_block else HEAD + body,
        "b.html": '<html id="top">{% block main %}<i id="never">{% endblock %}<a href="last">',
        "n.html": LIBRARY, "i.html": '<a href="{{ t.href }}" id="inc">',
    }  # fmt: skip
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    frame = built("smallest").desk().at("a.html").frame("A title", "A description")
    theme, context = Theme(folder), Shown(frame=frame, t=Thing())
    first = noted(theme, "page", context)
    assert noted(theme, "page", context) == first  # what was made once is noted again
    rendered = theme.render("page", context)
    assert (_names(rendered.ids), _names(rendered.links)) == read(rendered.content.decode())
    return first


@pytest.mark.parametrize("piece", SURE)
def test_what_is_plain_is_noted(tmp_path: Path, piece: str) -> None:
    assert page_of(tmp_path, [piece], in_block=False) is not None
    assert page_of(tmp_path, ["<p>", piece, piece], in_block=True) is not None


@pytest.mark.parametrize("piece", UNSURE)
def test_what_is_not_plain_is_read(tmp_path: Path, piece: str) -> None:
    assert page_of(tmp_path, [piece], in_block=False) is None
    assert page_of(tmp_path, [piece, "<p>"], in_block=True) is None


@pytest.mark.parametrize("seed", range(60))
def test_of_pages_made_by_chance_is_noted_what_is_read_of_them(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 no secret
    whole = [chance.choice(SURE) for _ in range(chance.randrange(1, 12))]
    if seed % 3 == 0:  # cut somewhere, so that anything may stand anywhere
        text = "".join(whole)
        at = chance.randrange(len(text))
        static = text.rfind("}", 0, at) + 1
        whole = [
            text[:static],
            chance.choice(("<", '"', "'", "=", " id=", ' href="', ">", "<a", "/", " ")),
            text[static:],
        ]
        try:
            Theme(NOWHERE).environment.parse("".join(whole))
        except Exception:  # no template any more
            return
    page_of(tmp_path, whole, in_block=chance.random() < 0.5)
