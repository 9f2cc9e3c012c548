"""Passages shown away from their page: their words, and whose they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.pages.quotes import QuoteView
from site_builder.theme.rendering import Theme
from tests.built_sites import built


@pytest.mark.parametrize(("said_by", "classes"), [("a-sailor", "chain voiced"), (None, "chain")])
def test_only_one_that_is_said_to_speak_is_shown_as_the_voice(said_by: str | None, classes: str) -> None:
    site = built("tangle").desk().at("index.html")
    passage = replace(site.index.passages["knots#for-ever"], chain=("knots", "log"), said_by=said_by)
    quote = QuoteView(site, passage, site.index.sources["knots"])
    views = Theme(Path("no such folder")).environment.get_template("partials/views.html").module
    assert f'<ol class="{classes}"' in str(vars(views)["quote"](quote))


def test_a_passage_quoted_elsewhere_stands_on_one_line_with_what_html_can_carry() -> None:
    words = built("tangle").desk().at("index.html").quote("fence#closers").words
    assert "\n" not in words
    assert "\ufffd \ufffd" in words
