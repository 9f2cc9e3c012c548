"""A passage in its sentence: whole sentences on both sides, nothing of the next, the source's own words."""

from __future__ import annotations

import pytest

from site_builder.markup import sentences
from site_builder.pages.in_context import in_context
from tests.built_sites import ALL, built

each_site = pytest.mark.parametrize("name", ALL)


def test_the_rest_of_the_sentence_stands_around_the_words() -> None:
    site = built("harbour").desk().at("index.html")
    assert in_context(site, "harbour-notice#complaints-rise") == (
        "The Harbour Board told Port Radio on 4 March 2021 that it had ",
        "received 120 complaints about noise in January and February 2021, against 80 in the two months before",
        ".",
    )


@each_site
def test_what_is_shown_is_made_of_whole_sentences_that_the_passage_touches(name: str) -> None:
    site = built(name)
    seen = site.desk().at("index.html")
    for passage in site.briefing.passages():
        source = site.source(passage.source)
        touched = [s for s in sentences.in_source(source) if s.start < passage.end and passage.start < s.end]
        text = source.text[touched[0].start : touched[-1].end]
        shown = "".join(in_context(seen, passage.ref))
        assert "".join(shown.split()) == "".join(seen.desk.words(passage.ref).split()) or len(shown) > len(
            passage.words
        )
        if "\ufffd" not in shown:
            assert "".join(shown.split()) == "".join(text.split()), passage.ref
