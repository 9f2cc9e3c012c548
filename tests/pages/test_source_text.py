"""The text of a source as flat runs: whatever the text and however passages lie, nothing is lost and each is found."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from site_builder.model import Region, Source
from site_builder.pages.source_text import Run, paragraph_views
from site_builder.storing import Stored
from site_builder.texts.segments import segments
from site_builder.texts.text import carried, paragraphs
from tests.built_sites import REAL, built

texts = st.text(st.sampled_from('ab \n\t.é\u0301👩\u200d\x00\x0b\x85\u2028<&"'), min_size=1, max_size=60)


@st.composite
def sources(draw: st.DrawFn) -> Source:
    """A source with any text, and passages and boilerplate anywhere in it, each with a word of its own at least."""
    text = draw(texts.filter(str.strip))
    inked = [i for i, char in enumerate(text) if not char.isspace()]
    edges = draw(st.lists(st.tuples(st.sampled_from(inked), st.sampled_from(inked)).map(sorted), max_size=6))
    model = built("tangle").source("knots")
    passages = [
        replace(model.passages[i], id=f"p{i}", start=start, end=end + 1, words=text[start : end + 1])
        for i, (start, end) in enumerate(edges)
    ]
    regions = tuple(
        Region(start=i, end=i + 1, why="a button")
        for i in draw(st.lists(st.sampled_from(inked), max_size=2, unique=True))
    )
    return replace(
        model,
        stored=Stored(text.encode()),
        paragraphs=paragraphs(text),
        passages=tuple(passages),
        boilerplate=regions,
        set_aside=(),
    )


@given(sources())
def test_gaps_and_runs_join_to_the_text_up_to_the_end_of_the_last_paragraph(source: Source) -> None:
    views = list(paragraph_views(built("tangle").desk().at("sources/knots.html"), source, source.text))
    joined = "".join(view.gap + "".join(run.text for run in view.runs) for view in views)
    assert joined == carried(source.text[: source.paragraphs[-1].end])
    assert source.text[source.paragraphs[-1].end :].strip() == ""


@given(sources())
def test_each_passage_has_its_id_at_its_first_character_and_its_reference_after_its_last(source: Source) -> None:
    at, begins, ends = 0, dict[str, int](), dict[str, int]()
    for view in paragraph_views(built("tangle").desk().at("sources/knots.html"), source, source.text):
        at += len(view.gap)
        for run in view.runs:
            for anchor in filter(None, (run.id, *run.extra_ids)):
                assert anchor not in begins
                begins[anchor] = at
            at += len(run.text)
            for ref in run.refs:
                assert ref.href not in ends
                ends[ref.href] = at
    assert begins == {f"p-{p.id}": p.start for p in source.passages}
    assert ends == {f"#n-{p.id}": p.end for p in source.passages}


@given(sources())
def test_the_letters_at_the_end_of_a_passage_are_those_of_its_own_topics(source: Source) -> None:
    letters = {topic.id: topic.letter for topic in built("tangle").briefing.topics}
    own = {p.id: {letters[topic] for topic in p.topics} for p in source.passages}
    views = list(paragraph_views(built("tangle").desk().at("sources/knots.html"), source, source.text))
    for ref in (ref for view in views for run in view.runs for ref in run.refs):
        assert set(ref.letters) == own[ref.id.removeprefix("ref-")]


@given(sources())
def test_each_passage_has_its_note_in_the_paragraph_in_which_it_begins(source: Source) -> None:
    notes = dict[str, int]()
    for view, paragraph in zip(
        paragraph_views(built("tangle").desk().at("sources/knots.html"), source, source.text),
        source.paragraphs,
        strict=True,
    ):
        for note in view.notes:
            notes[note.id] = paragraph.start
            passage = next(p for p in source.passages if note.id == f"n-{p.id}")
            assert paragraph.start <= passage.start < paragraph.end
    assert len(notes) == len(source.passages)


@given(sources())
def test_a_run_is_marked_exactly_where_a_passage_covers_it(source: Source) -> None:
    at = 0
    for view in paragraph_views(built("tangle").desk().at("sources/knots.html"), source, source.text):
        at += len(view.gap)
        for run in view.runs:
            covering = {f"n-{p.id}" for p in source.passages if p.start <= at and at + len(run.text) <= p.end}
            assert set(run.notes.split()) == covering
            assert (run.kind == "mark") == bool(covering)
            at += len(run.text)


@given(sources())
def test_passages_that_follow_one_another_give_the_runs_that_any_passages_give(source: Source) -> None:
    def runs() -> list[tuple[Run, ...]]:
        return [
            view.runs for view in paragraph_views(built("tangle").desk().at("sources/knots.html"), source, source.text)
        ]

    with patch("site_builder.pages.source_text.one_by_one", return_value=None):
        expected = runs()
    assert runs() == expected


def test_most_paragraphs_of_the_real_briefing_have_passages_that_follow_one_another() -> None:
    site = built(REAL).desk().at("sources/x.html")
    with patch("site_builder.pages.source_text.segments", wraps=segments) as plain:
        for source in site.briefing.sources:
            assert list(paragraph_views(site, source, source.text))
    assert plain.call_count < sum(len(s.paragraphs) for s in site.briefing.sources) / 2
