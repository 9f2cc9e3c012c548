"""What the search page loads: everything once, by segments that depend on ids alone, as harmless script files."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import urls
from site_builder.model import Briefing, Mention, Passage, Source
from site_builder.records import Words
from site_builder.search.search_texts import _run, _runs, passages_alone, pieces_of, runs_of, text_piece
from site_builder.search.searching import exports
from site_builder.texts.segments import segments as segments_of
from site_builder.texts.text import Span, carried
from tests.built_sites import ALL, REAL, built, many

each_site = pytest.mark.parametrize("name", ALL)


def read(content: bytes) -> Any:
    """What a segment holds, read as a browser reads it."""
    found = re.fullmatch(
        r'\(self\.briefingSegments \|\|= \{\}\)\["([a-z0-9-]+)"\] = (\{.*\});\n', content.decode(), re.S
    )
    assert found
    return json.loads(found[2])


def search_files(briefing: Briefing) -> Iterator[tuple[str, bytes]]:
    return ((export.path, bytes(export.content())) for export in exports(briefing))


def segments(briefing: Briefing) -> dict[str, Any]:
    return {path: read(content) for path, content in search_files(briefing)}


def texts(briefing: Briefing) -> list[Any]:
    return [s for path, held in segments(briefing).items() if path.startswith("search/text-") for s in held["sources"]]


def titles(briefing: Briefing, kind: str) -> list[Any]:
    return [x for path, held in segments(briefing).items() if path.startswith("search/titles-") for x in held[kind]]


def words(text: str) -> str:
    return " ".join(carried(text).split())


def runs(source: Any) -> Iterator[tuple[str, list[int]]]:
    for paragraph in source["paragraphs"]:
        for run in paragraph["runs"]:
            yield (run, []) if isinstance(run, str) else (run[0], run[1:])
        yield " ", list(range(len(source["passages"])))


# What can be found


@each_site
def test_every_title_claim_and_event_is_among_the_titles_once(name: str) -> None:
    briefing = built(name).briefing
    assert [s["href"] for s in titles(briefing, "sources")] == [urls.source(s.id) for s in briefing.sources]
    assert [c["claim"] for c in titles(briefing, "claims")] == [words(c.record.claim) for c in briefing.claims]
    assert [e["href"] for e in titles(briefing, "events")] == [urls.event(e.id) for e in briefing.events]


@each_site
def test_every_entity_topic_and_measure_is_in_the_first_file_once(name: str) -> None:
    briefing = built(name).briefing
    first = segments(briefing)["search/first.js"]
    assert [e["name"] for e in first["entities"]] == [words(e.name) for e in briefing.entities]
    assert [t["title"] for t in first["topics"]] == [words(t.title) for t in briefing.topics]
    assert [m["id"] for m in first["measures"]] == [m.id for m in briefing.measures]


@each_site
def test_every_judgement_and_open_question_is_in_the_first_file_once_without_its_citations(name: str) -> None:
    briefing = built(name).briefing
    first = segments(briefing)["search/first.js"]
    assert [j["href"] for j in first["judgements"]] == [urls.judgement(j.record.id) for j in briefing.judgements]
    assert [q["question"] for q in first["questions"]] == [words(q.question) for q in briefing.questions]
    assert [q.get("nearest", []) for q in first["questions"]] == [
        [*map(urls.passage, q.nearest)] for q in briefing.questions
    ]
    said = [text for of in (*first["judgements"], *first["questions"]) for text in of.values() if isinstance(text, str)]
    assert [text for text in said if "[@" in text or " ." in text] == []


@each_site
def test_every_passage_and_figure_is_in_the_segment_of_its_source_once(name: str) -> None:
    briefing = built(name).briefing
    found = texts(briefing)
    assert Counter(s["id"] for s in found) == Counter(s.id for s in briefing.sources)
    passages = [f"{urls.source(s['id'])}#{p['anchor']}" for s in found for p in s["passages"]]
    assert Counter(passages) == Counter(urls.passage(p.ref) for p in briefing.passages())
    figures = [f["href"] for s in found for p in s["passages"] for f in p.get("figures", [])]
    assert Counter(figures) == Counter(urls.figure(f.ref) for f in briefing.figures())


@each_site
def test_the_runs_give_back_every_paragraph_and_the_words_of_every_passage(name: str) -> None:
    briefing = built(name).briefing
    for held in texts(briefing):
        source = briefing.index.sources[held["id"]]
        given = [
            "".join(run if isinstance(run, str) else run[0] for run in p["runs"]).split() for p in held["paragraphs"]
        ]
        assert given == [carried(source.text[p.start : p.end]).split() for p in source.paragraphs]
        for number, passage in enumerate(source.passages):
            joined = "".join(text for text, covering in runs(held) if number in covering)
            assert " ".join(joined.split()) == words(passage.words), passage.ref


def test_a_passage_knows_whom_it_names_in_any_spelling_and_who_speaks() -> None:
    (held,) = [s for s in texts(built("tangle").briefing) if s["id"] == "knots"]
    names = {p["anchor"]: p.get("names", []) for p in held["passages"]}
    assert names["p-for-ever"] == ["master", "log"], "who says it, and through whom"
    assert names["p-heading"] == ["harbour"], "whom it means"
    (real,) = [s for s in texts(built(REAL).briefing) if s["id"] == "refuse-to-fight"]
    promise = next(p for p in real["passages"] if p["anchor"] == "p-putin-promise")
    assert "putin" in promise["names"], "whom it prints"


def test_a_name_that_a_passage_cuts_is_none_that_it_prints() -> None:
    (source,) = built("harbour").briefing.sources
    start, end = source.passages[0].start, source.passages[0].end
    whole = Mention(start=start, end=end, entities=("a",))
    cut = Mention(start=end - 1, end=end + 1, entities=("b",))
    first, *_ = json.loads(text_piece(replace(source, mentions=(whole, cut))))["passages"]
    assert ("a" in first["names"], "b" in first["names"]) == (True, False)


def test_the_words_of_a_passage_stand_in_its_segment_once() -> None:
    files = dict(search_files(built("harbour").briefing))
    assert files["search/text-0.js"].count(b"received 120 complaints") == 1


# As script files


@each_site
def test_nothing_in_a_segment_could_end_a_script_or_a_line_of_it(name: str) -> None:
    for path, content in search_files(built(name).briefing):
        text = content.decode()
        assert "<" not in text, path
        assert not {"\u2028", "\u2029"} & set(text), path


def test_what_is_escaped_is_read_back_as_it_was() -> None:
    briefing = built("tangle").briefing
    assert 'Ropes <script>xss("title")</script> & knots' in [s["title"] for s in titles(briefing, "sources")]
    (fence,) = [s for s in texts(briefing) if s["id"] == "fence"]
    assert 'xss("seed")</script> stands here' in "".join(text for text, _ in runs(fence))


def test_the_first_file_says_how_many_others_there_are() -> None:
    for briefing in (built(REAL).briefing, many(70)):
        paths = [path for path, _ in search_files(briefing)]
        first = segments(briefing)["search/first.js"]
        of_titles = [f"search/titles-{number}.js" for number in range(first["titles"])]
        assert [
            "search/first.js",
            *of_titles,
            *(f"search/text-{number}.js" for number in range(first["texts"])),
        ] == paths


@each_site
def test_all_files_are_on_the_site_and_no_other(name: str) -> None:
    site = built(name)
    paths = [path for path, _ in search_files(site.briefing)]
    assert sorted(paths) == sorted(path for path in site.files if path.startswith("search/"))


def test_the_same_briefing_gives_the_same_bytes() -> None:
    briefing = built(REAL).briefing
    assert list(search_files(briefing)) == list(search_files(briefing))


# Edits


def test_an_edit_of_a_source_an_event_or_a_claim_rewrites_one_file() -> None:
    briefing = many(70)
    before = dict(search_files(briefing))
    first, event, claim = briefing.sources[0], briefing.events[0], briefing.claims[0]
    passage = replace(first.passages[0], topics=())
    for folder, edited in (
        ("text-", replace(briefing, sources=(replace(first, passages=(passage,)), *briefing.sources[1:]))),
        ("titles-", replace(briefing, events=(retold(event, title=Words("Otherwise")), *briefing.events[1:]))),
        ("titles-", replace(briefing, claims=(retold(claim, claim=Words("Otherwise")), *briefing.claims[1:]))),
    ):
        (changed,) = [path for path, content in search_files(edited) if content != before[path]]
        assert changed.startswith(f"search/{folder}")


def retold(thing: Any, **fields: Any) -> Any:
    return replace(thing, record=replace(thing.record, **fields))


# Runs

TEXT = "One two. Three  four,\nfive six? Seven eight nine.\n\nTen eleven."
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda x: Span(min(x), max(x)))
parts_of_text = st.lists(st.integers(0, len(TEXT)), min_size=1, max_size=6, unique=True).map(
    lambda cuts: [Span(start, end) for start, end in pairwise(sorted(cuts))]
)


@given(parts_of_text, st.lists(spans.filter(lambda s: s.start < s.end), max_size=5))
def test_runs_are_those_of_the_sweep_whether_passages_overlap_or_not(pieces: list[Span], passages: list[Span]) -> None:
    for some in (passages, sorted(passages)):
        expected = []
        for piece in pieces:
            swept = [(TEXT[s.start : s.end], s.covers) for s in segments_of(piece, some)]
            expected.append([("".join(re.sub(r"\s+", " ", text)), *covers) for text, covers in swept])
        found = [
            [(run,) if isinstance(run, str) else tuple(run) for run in map(json.loads, runs)]
            for runs in runs_of(TEXT, pieces, some)
        ]
        assert found == expected
        assert [*runs_of(TEXT, pieces, some)] == [*runs_of(TEXT, pieces, some, is_plain=True)]


@given(st.lists(st.text('ab "\\\\\n\t\u00a0\u2028é“|<\x00\U0001f600', max_size=8), max_size=4))
def test_runs_that_are_looked_at_together_are_written_as_each_by_itself(some: list[str]) -> None:
    assert _runs(some) == [*map(_run, some)]


@each_site
def test_of_passages_alone_the_same_is_searched_whether_the_text_is_cut_or_not_asked_for(name: str) -> None:
    for source in built(name).briefing.sources:
        alone, cut = passages_alone(source), pieces_of(source, is_whole=False)
        crosses = any(_paragraphs_of(source, p) > 1 for p in source.passages)
        overlaps = any(p.end > q.start for p, q in pairwise(source.passages))
        assert (alone is None) == (crosses or overlaps)
        if alone:
            assert [*alone[0]] == [*cut[0]]
            assert [(p.start, p.end) for p in alone[1]] == [(p.start, p.end) for p in cut[1]]
            assert [[*runs] for runs in alone[2]] == [*cut[2]]


def _paragraphs_of(source: Source, passage: Passage) -> int:
    return sum(p.start < passage.end and passage.start < p.end for p in source.paragraphs)
