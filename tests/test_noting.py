"""What compiled templates run with: nothing but HTML goes unescaped, and what may hide a tag is read again."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from site_builder.theme.noting import Notes
from site_builder.theme.rendering import attributes


class Words(str):
    """Text that is not quite a string."""

    __slots__ = ()


@pytest.fixture
def notes() -> Notes:
    return Notes(attributes)


def test_what_is_no_html_is_escaped_wherever_it_is_put(notes: Notes) -> None:
    for put in (notes.in_text, notes.in_value, notes.in_name):
        assert put(Words("<b>")) == "&lt;b&gt;"
        assert put(None) == "None"
    assert (notes.in_text(7), notes.in_value(0.5)) == ("7", "0.5")
    assert notes.is_sure is False, "no name of a tag is such"


def test_html_brings_its_ids_and_links_with_it(notes: Notes) -> None:
    html = Markup('<a id="one" href="two.html">words</a>')
    assert notes.in_text(html) == html
    assert (notes.ids, notes.links, notes.is_sure) == (["one"], ["two.html"], True)
    notes.clear()
    assert (notes.ids, notes.links) == ([], [])


@pytest.mark.parametrize("html", [*map(Markup, ("<b", "b>", "><", "<a><b", "<a <b>", "a>b</b", "<a> >x<", "<"))])
def test_a_page_is_read_again_where_html_may_be_half_a_tag(notes: Notes, html: Markup) -> None:
    notes.in_text(html)
    assert not notes.is_sure


@pytest.mark.parametrize("html", [*map(Markup, ("", "words", "<b>words</b>", "a &lt; b", "<br>"))])
def test_whole_html_hides_nothing(notes: Notes, html: Markup) -> None:
    notes.in_text(html)
    assert notes.is_sure


@pytest.mark.parametrize("value", [*map(Markup, ('"', "'", "<"))])
def test_a_value_that_may_end_its_attribute_makes_a_page_be_read_again(notes: Notes, value: Markup) -> None:
    notes.in_value(value)
    assert not notes.is_sure


@pytest.mark.parametrize(("name", "is_sure"), [("h2", True), ("2h", False), ("\u00e9", False), ("a b", False)])
def test_a_name_of_a_tag_is_letters_and_digits(notes: Notes, name: str, *, is_sure: bool) -> None:
    assert notes.in_name(name) == name
    assert notes.is_sure is is_sure
