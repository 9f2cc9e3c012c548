"""A change in words, whenever it was found, and where what changed stands now."""

from __future__ import annotations

import pytest

from site_builder.changing import Places, as_markdown, as_text, line, newest_first, told
from site_builder.history.comparing import Change
from site_builder.records import Aspect, Subject

from .built_sites import built


@pytest.mark.parametrize(
    ("subject", "what", "part", "before", "after", "words"),
    [
        ("claim", "status", None, "accepted", "retracted", "claim x: retracted: was accepted"),
        ("claim", "status", None, "accepted", "conflict", "claim x: status: accepted → conflict"),
        ("claim", "credibility", None, "2", None, "claim x: credibility removed: 2"),
        ("claim", "evidence", "a#b", "supports", "contradicts", "claim x: evidence: a#b: supports → contradicts"),
        ("event", "evidence", "a#b", "is there", None, "event x: evidence removed: a#b"),
        ("passage", "gone", None, "Words.", None, "passage x: gone: “Words.”"),
        ("source", "record", "publisher", None, "P", "source x: publisher added: P"),
        ("source", "record", "container-title", "P", "Q", "source x: publication: P → Q"),
        ("entity", "name", None, "A", "B", "entity x: renamed: “A” → “B”"),
        ("topic", "brief", "Limits", None, "New.", "topic x: brief added: Limits: “New.”"),
    ],
)
def test_a_change_is_one_line(
    subject: Subject, what: Aspect, part: str | None, before: str | None, after: str | None, words: str
) -> None:
    assert line(Change(subject=subject, id="x", what=what, part=part, before=before, after=after)) == words


def test_lines_stand_under_a_heading_for_each_kind_and_hold_nothing_that_a_terminal_or_markdown_obeys() -> None:
    changes = [
        Change(subject="claim", id="x", what="wording", before="a\x1b[31m", after="*b* | <i>"),
        Change(subject="site", id="site", what="title", before="a", after="b"),
    ]
    assert as_text(changes) == (
        "Claims\n  claim x: wording: “a\\x1b[31m” → “*b* | <i>”\n\n"
        "The briefing as a whole\n  site site: title: “a” → “b”\n"
    )
    assert as_markdown(changes).splitlines()[2] == (
        r"- claim x: wording: “a\\x1b\[31m” → “\*b\* \| \<i\>”"
    )  # fmt: skip
    assert as_text([]) == as_markdown([]) == ""


def test_only_what_is_still_there_has_a_place() -> None:
    places = Places(built("harbour").briefing)
    assert places.named("harbour-notice#statement") == "sources/harbour-notice.html#p-statement"
    assert places.named("passage:harbour-notice#statement") == places.named("harbour-notice#statement")
    assert places.named("figure:harbour-notice#late-2020") == "figures.html#f-harbour-notice--late-2020"
    assert places.named("judgement:noise-grew") == "index.html#j-noise-grew"
    assert places.of("site", "site") == "index.html"
    assert [places.named(gone) for gone in ("claim:gone", "harbour-notice#gone", "topic:harbour")] == ["", "", ""]


def test_the_last_of_a_day_comes_before_the_others_of_that_day() -> None:
    assert [r.id for r in newest_first(built("tangle").briefing.changes)] == ["2022-01-02", "second", "first"]
    (first, *_) = built("tangle").briefing.changes
    assert [told(c).label for c in first.changes][:2] == ["status", "evidence added"]
