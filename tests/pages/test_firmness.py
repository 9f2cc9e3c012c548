"""The key of firmness: six axes, never merged, each with its values."""

from __future__ import annotations

from typing import get_args

from site_builder import urls
from site_builder.pages.firmness import key
from site_builder.records import Confidence, Credibility, Grade, Likelihood, Status
from tests.built_sites import built


def test_the_axes_are_kept_apart_and_each_has_all_its_values() -> None:
    rows = {row.term.text: [v.word for v in row.values] for row in key(built("harbour").desk().at(urls.ABOUT))}
    assert list(rows) == ["likelihood", "confidence", "status", "origin", "reliability", "credibility"]
    assert sorted(rows["likelihood"]) == sorted(get_args(Likelihood))
    assert sorted(rows["confidence"]) == sorted(f"{c} confidence" for c in get_args(Confidence))
    assert sorted(rows["status"]) == sorted(get_args(Status))
    assert rows["reliability"] == list(get_args(Grade))
    assert rows["credibility"] == list(get_args(Credibility))


def test_the_key_stands_open_on_the_page_about_the_briefing_and_folded_where_judgements_and_claims_are() -> None:
    pages = built("harbour").pages
    for path in (urls.ABOUT, urls.HOME, urls.CLAIMS):
        (drawn,) = [e for e in pages[path].all("dl", "class") if e.attributes["class"] == "firmness"]
        assert drawn.is_inside(lambda e: e.tag == "details") == (path != urls.ABOUT)
