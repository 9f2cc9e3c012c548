"""Pages whose prose cites by number: one number for one target, and none for what stands beside it."""

from __future__ import annotations

from site_builder.pages.brief import Brief
from tests.built_sites import built


def test_a_number_is_given_to_a_target_when_it_is_first_cited_and_kept() -> None:
    brief = Brief(built("harbour").desk(), "topics/noise.html")
    first = brief.cite("passage", "harbour-notice#complaints-rise")
    second = brief.cite("event", "board-statement")
    again = brief.cite("passage", "harbour-notice#complaints-rise")
    assert [r.label for r in (first, second, again)] == ["1", "2", "1"]
    assert [r.id for r in (first, second, again)] == ["cite-1", "cite-2", "cite-3"]
    assert (
        first.words
        == "received 120 complaints about noise in January and February 2021, against 80 in the two months before"
    )


def test_a_note_beside_a_brief_takes_no_number_from_it() -> None:
    brief = Brief(built("harbour").desk(), "topics/noise.html")
    assert "cite-" not in brief.note("See [@event:board-statement].") + brief.line("See [@event:board-statement].")
    assert brief.cite("event", "board-statement").id == "cite-1"
