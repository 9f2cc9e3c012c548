"""Templates: whose is used, what a page depends on, what is escaped, and where an error is said to be."""

from __future__ import annotations

import html
import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder.frozen import dataclass
from site_builder.linkcheck import split
from site_builder.pages import Context
from site_builder.problems import BuildFailed, Problem
from site_builder.theme.rendering import Theme, shipped_templates
from tests.built_sites import built

HOSTILE = "<script>xss()</script> & \"double\" 'single'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Context):
    """A page's words."""

    words: str = ""


Own = Callable[[Mapping[str, str | bytes]], Theme]


@pytest.fixture
def own(tmp_path: Path) -> Own:
    """Return a function that makes a theme with these files as the briefing's own templates."""

    def theme(files: Mapping[str, str | bytes]) -> Theme:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Theme(tmp_path)

    return theme


def _page(template: str, words: str = "") -> tuple[str, Context]:
    frame = built("smallest").desk().at("a.html").frame("A title", "A description")
    return template, Words(frame=frame, words=words)


def _problem(theme: Theme, template: str) -> Problem:
    with pytest.raises(BuildFailed) as failed:
        theme.render(*_page(template))
    (problem,) = failed.value.problems
    return problem


# Whose template


def test_without_templates_of_its_own_a_briefing_has_the_shipped_ones(tmp_path: Path) -> None:
    shipped = shipped_templates()
    files = {p.relative_to(shipped).as_posix() for p in shipped.rglob("*") if p.is_file()}
    assert {name for name in files if not any(part.startswith(".") for part in name.split("/"))} == set(
        Theme(tmp_path).files
    )


def test_a_briefings_own_template_takes_the_place_of_the_shipped_one_of_that_name(own: Own) -> None:
    theme = own({"pages/flags.html": "ours"})
    assert theme.render(*_page("pages/flags.html")).content == b"ours"
    assert theme.files["pages/home.html"] == (shipped_templates() / "pages/home.html").read_bytes()


def test_a_shipped_template_uses_a_briefings_own_base(own: Own) -> None:
    theme = own({"base.html": "before {% block main %}{% endblock %} after"})
    content = theme.render(*_page("pages/not_found.html")).content.decode()
    assert content.startswith("before ")
    assert content.endswith(" after")


def test_the_menu_is_in_another_language_by_the_macro_that_the_documents_print(own: Own) -> None:
    read_me = (shipped_templates() / "README.md").read_text("utf-8")
    macro = re.findall(r"```html\n(.*?)\n```", read_me.partition("### Its words in another language")[2], re.DOTALL)[0]
    shipped = (shipped_templates() / "partials/ways.html").read_text("utf-8")
    own_ways = re.sub(r"\{% macro sections\(.*?endmacro %\}", lambda _: macro, shipped, count=1, flags=re.DOTALL)
    before = own({}).render(*_page("pages/not_found.html")).content.decode()
    after = own({"partials/ways.html": own_ways}).render(*_page("pages/not_found.html")).content.decode()
    menu = re.findall(r"<nav aria-label=\"Site\">.*?</nav>", after, re.DOTALL)[0]
    words = dict(re.findall(r'"(\w+)": "([^"]+)"', macro))
    assert set(re.findall(r">(\w[^<]*)</a>", menu)) <= set(words.values())
    for english, other in words.items():
        menu = menu.replace(f">{other}</a>", f">{english}</a>")
    assert menu in before


def test_an_own_style_sheet_joins_the_shipped_ones_in_the_order_of_names(own: Own) -> None:
    theme = own({"assets/css/00_first.css": "/* first */", "assets/css/99_last.css": "/* last */"})
    style = dict(theme.assets())["assets/site.css"]
    assert style.startswith(b"/* first */")
    assert style.endswith(b"/* last */")


def test_other_assets_go_out_as_they_are(own: Own) -> None:
    assert dict(own({"assets/logo.png": b"\x89PNG\0\xff"}).assets())["assets/logo.png"] == b"\x89PNG\0\xff"


def test_templates_themselves_and_hidden_files_do_not_go_out(own: Own) -> None:
    theme = own({".DS_Store": "x", "assets/.hidden": "x"})
    assert [
        path for path, _ in theme.assets() if "DS_Store" in path or "hidden" in path or path.endswith(".html")
    ] == []


def test_a_link_in_templates_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "base.html").symlink_to("/etc/hostname")
    with pytest.raises(BuildFailed) as failed:
        _ = Theme(tmp_path).files
    assert str(failed.value.problems[0]).startswith("templates/base.html:1:1: error[symlink]")


# What a page depends on

TREE = {
    "one.html": '{% extends "base-a.html" %}{%- from "parts/m.html" import m %}',
    "two.html": "{% extends 'base-a.html' %}",
    "three.html": '{% import "parts/m.html" as m with context %}{% include "parts/deep.html" ignore missing %}',
    "base-a.html": "base {%+ include 'parts/foot.html' %}",
    "parts/m.html": "{% macro m() %}{% endmacro %}",
    "parts/deep.html": '{% include "parts/deeper.html" %}',
    "parts/deeper.html": "deeper",
    "parts/foot.html": "foot",
}
USES = {
    "one.html": {"one.html", "base-a.html", "parts/m.html", "parts/foot.html"},
    "two.html": {"two.html", "base-a.html", "parts/foot.html"},
    "three.html": {"three.html", "parts/m.html", "parts/deep.html", "parts/deeper.html"},
}


def _tree(folder: Path, changed: str = "") -> Theme:
    for name, content in TREE.items():
        path = folder / (changed or "unchanged") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content + ("!" if name == changed else ""), encoding="utf-8")
    return Theme(folder / (changed or "unchanged"))


@pytest.mark.parametrize("changed", TREE)
def test_a_change_reaches_the_pages_that_use_what_changed_and_no_others(tmp_path: Path, changed: str) -> None:
    before, after = _tree(tmp_path), _tree(tmp_path, changed)
    assert {page for page in USES if before.closure(page) != after.closure(page)} == {
        page for page, used in USES.items() if changed in used
    }


@pytest.mark.parametrize(
    "choice",
    [
        "{% include name %}", '{% include ["parts/m.html", "parts/foot.html"] %}',
        '{% extends "base-a.html" if words else "two.html" %}', '{% include "parts/" ~ words %}',
        '{% include("parts/m.html") %}', '{% include "parts\\x2fm.html" %}', '{% include"parts/m.html"~words %}',
    ],
)  # fmt: skip
def test_a_template_that_chooses_by_an_expression_depends_on_every_file(own: Own, choice: str) -> None:
    theme = own({"chooses.html": choice})
    before = theme.closure("chooses.html")
    assert own({"parts/elsewhere.html": "new"}).closure("chooses.html") != before


def test_a_template_depends_on_what_it_names_without_a_space(own: Own) -> None:
    before = own({"p.html": '{% include"a.html" %}', "a.html": "x"}).closure("p.html")
    assert own({"a.html": "y"}).closure("p.html") != before


def test_a_template_depends_on_which_name_has_which_words(own: Own, tmp_path: Path) -> None:
    page = '{% include "a.html" ignore missing %}-{% include "b.html" ignore missing %}'
    before = own({"p.html": page, "a.html": "x"}).closure("p.html")
    (tmp_path / "a.html").rename(tmp_path / "b.html")
    assert Theme(tmp_path).closure("p.html") != before


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_an_asset_whose_name_is_no_utf_8_is_a_problem(own: Own, tmp_path: Path) -> None:
    own({"assets/logo.svg": "x"})
    (tmp_path / "assets" / "logo.svg").rename(os.fsdecode(os.fsencode(tmp_path) + b"/assets/\xe9.svg"))
    with pytest.raises(BuildFailed) as failed:
        dict(Theme(tmp_path).assets())
    assert [str(p.place) for p in failed.value.problems] == ["templates/assets/\\udce9.svg:1:1"]


def test_a_template_that_is_not_there_is_named(own: Own) -> None:
    theme = own({"a.html": 'x\n{% include "parts/nothing.html" %}'})
    assert "there is no template 'parts/nothing.html'" in _problem(theme, "a.html").message


def test_a_template_that_extends_itself_is_told(own: Own) -> None:
    theme = own({"a.html": '{% extends "b.html" %}', "b.html": '{% extends "a.html" %}'})
    assert "cannot be rendered" in _problem(theme, "a.html").message


@pytest.mark.parametrize(
    "reach",
    [
        "frame.__class__", "'{0.__class__}'.format(frame)", "frame|attr('__init__')", "frame['__class__']",
        "cycler.__init__.__globals__.os", "frame.title.encode.__self__",
    ],
)  # fmt: skip
def test_a_template_reaches_nothing_of_python_below_what_it_is_given(own: Own, reach: str) -> None:
    problem = _problem(own({"a.html": f"<p>\n{{{{ {reach} }}}}\n"}), "a.html")
    assert (problem.place.line, problem.rule) == (2, "template")
    assert problem.message.endswith("is unsafe.")


def test_a_template_that_includes_itself_has_a_closure(own: Own) -> None:
    assert own({"self.html": '{% include "self.html" %}'}).closure("self.html")


def test_every_shipped_page_has_a_closure_of_its_own(tmp_path: Path) -> None:
    theme = Theme(tmp_path)
    pages = [name for name in theme.files if name.startswith("pages/")]
    assert len({theme.closure(page) for page in pages}) == len(pages) > 9


# What is escaped


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.xml", "a.html.j2", "a", "a.svg"])
def test_words_are_escaped_whatever_a_template_is_called(own: Own, name: str) -> None:
    theme = own({name: '<p title="{{ words }}">{{ words }}'})
    content = theme.render(*_page(name, HOSTILE)).content.decode()
    assert "<script>" not in content
    assert html.unescape(content) == f'<p title="{HOSTILE}">{HOSTILE}'


def test_words_are_escaped_in_a_macro_an_include_and_a_set_block(own: Own) -> None:
    theme = own(
        {
            "a.html": '{% from "m.txt" import m %}{{ m(words) }}{% include "i.txt" %}'
            "{% set s %}{{ words }}{% endset %}{{ s }}",
            "m.txt": "{% macro m(w) %}{{ w }}{% endmacro %}",
            "i.txt": "{{ words }}",
        }
    )
    content = theme.render(*_page("a.html", "<b>&")).content
    assert content == b"&lt;b&gt;&amp;" * 3


# Links and ids


def test_ids_and_links_are_gathered_as_they_are_written(own: Own) -> None:
    theme = own(
        {
            "a.html": '<p id="one"><a href="b.html?x=1&amp;y=2#{{ words }}" id="two">t</a>\n<img\nsrc="c.png">'
            '<a href="b.html"><a data-id="no" data-href="no.html" href="b.html">id="{{ words }}"'
        }
    )
    rendered = theme.render(*_page("a.html", 'w" id="x'))
    assert split(rendered.ids)[:2] == ["one", "two"]
    assert split(rendered.links) == ['b.html?x=1&y=2#w" id="x', "c.png", "b.html"]


def test_words_that_look_like_attributes_are_no_ids_or_links(own: Own) -> None:
    rendered = own({"a.html": "<p>{{ words }}</p>"}).render(*_page("a.html", ' id="x" href="y.html" '))
    assert (split(rendered.ids), split(rendered.links)) == ([], [])


# Where an error is


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("one\ntwo {{ frame.none }}\n", 2), ("one\n\n{% if %}\n", 3), ("{{ none_such }}", 1), ("\n{{ 1 / 0 }}", 2),
        ("\n\n{{ words.upper(1) }}", 3), ("{% include 'none.html' %}", 1), ("\n{{ words|none }}", 2),
        ("\n{% for a, b in words|list %}{% endfor %}", 2), ("one\n{{ words[", 2), ("one\n{% block a %}", 2),
        ('one\n\n{% extends "a.html" %}', 3), ("\n{{ 2**999999 }}", 2),
    ],
)  # fmt: skip
def test_an_error_in_a_template_is_told_with_its_file_and_its_line(own: Own, content: str, line: int) -> None:
    theme = own({"a.html": content})
    with pytest.raises(BuildFailed) as failed:
        theme.render(*_page("a.html", "words"))
    (problem,) = failed.value.problems
    assert (problem.rule, problem.place.path, problem.place.line) == ("template", "templates/a.html", line)
    assert problem.hint


def test_an_error_in_a_macro_or_a_base_is_told_where_it_stands_not_where_it_is_used(own: Own) -> None:
    theme = own(
        {
            "a.html": '{% from "m.html" import m %}\n{{ m(words) }}',
            "m.html": "{% macro m(w) %}\n\n{{ w.none.none }}{% endmacro %}",
            "b.html": '{% extends "bare.html" %}',
            "bare.html": "\n{{ frame.none }}",
            "c.html": '\n{% include "broken.html" %}',
            "broken.html": "one\n{{ 1 +* 2 }}",
        }
    )
    places = [_problem(theme, name).place for name in ("a.html", "b.html", "c.html")]
    assert [(p.path, p.line) for p in places] == [
        ("templates/m.html", 3), ("templates/bare.html", 2), ("templates/broken.html", 2),
    ]  # fmt: skip


def test_a_template_that_never_ends_is_an_error_of_the_template(own: Own) -> None:
    assert _problem(own({"a.html": '{% include "a.html" %}'}), "a.html").place.path == "templates/a.html"


def test_a_name_that_a_context_does_not_hold_is_an_error_and_not_an_empty_string(own: Own) -> None:
    assert "wrods" in _problem(own({"a.html": "{{ wrods }}"}), "a.html").message


@dataclass(frozen=True, kw_only=True)
class Broken(Context):
    """A page of which a part cannot be made."""

    @property
    def words(self) -> str:
        """Nothing but an error."""
        return str(None.words)  # type: ignore[attr-defined]


def test_an_error_of_ours_is_not_said_to_be_one_of_the_template(own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("site_builder.theme.rendering._VIEWS", __file__)
    frame = built("smallest").desk().at("a.html").frame("A title", "A description")
    with pytest.raises(AttributeError, match="words"):
        own({"a.html": "{{ words }}"}).render("a.html", Broken(frame=frame))


@pytest.mark.parametrize("attribute", ['href="x.html"', "href='x.html'", "href=x.html", 'HREF = "x.html"'])
def test_a_link_is_gathered_however_it_is_quoted(own: Own, attribute: str) -> None:
    theme = own({"pages/own.html": f'<p>1 < 2 and {{{{ words }}}}</p><a class="a > b" {attribute} id=here>x</a>'})
    rendered = theme.render(*_page("pages/own.html", "href='no.html' id=none"))
    assert (split(rendered.links), split(rendered.ids)) == (["x.html"], ["here"])


def test_a_templates_folder_that_is_a_link_or_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "file").write_bytes(b"")
    for name, rule in (("link", "symlink"), ("file", "unreadable-file")):
        with pytest.raises(BuildFailed) as failed:
            Theme(tmp_path / name)
        assert [p.rule for p in failed.value.problems] == [rule]
