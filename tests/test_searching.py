"""What the search page loads: everything once, by segments that depend on ids alone, as harmless script files."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from site_builder import urls
from site_builder.model import Briefing
from site_builder.records import Words
from site_builder.searching import SOURCES_PER_SEGMENT, search_files, segment_count, segment_of
from site_builder.text import carried
from tests.built_sites import ALL, REAL, built, many

each_site = pytest.mark.parametrize("name", ALL)


def read(content: bytes) -> Any:
    """What a segment holds, read as a browser reads it."""
    found = re.fullmatch(
        r'\(self\.briefingSegments \|\|= \{\}\)\["([a-z0-9-]+)"\] = (\{.*\});\n', content.decode(), re.S
    )
    assert found
    return json.loads(found[2])


def segments(briefing: Briefing) -> dict[str, Any]:
    return {path: read(content) for path, content in search_files(briefing)}


def texts(briefing: Briefing) -> list[Any]:
    return [s for path, held in segments(briefing).items() if path != "search/first.js" for s in held["sources"]]


def words(text: str) -> str:
    return " ".join(carried(text).split())


def runs(source: Any) -> Iterator[tuple[str, list[int]]]:
    for paragraph in source["paragraphs"]:
        for run in paragraph["runs"]:
            yield (run, []) if isinstance(run, str) else (run[0], run[1:])
        yield " ", list(range(len(source["passages"])))


# What can be found


@each_site
def test_every_title_claim_event_entity_and_topic_is_in_the_first_segment_once(name: str) -> None:
    briefing = built(name).briefing
    first = segments(briefing)["search/first.js"]
    assert [s["href"] for s in first["sources"]] == [urls.source(s.id) for s in briefing.sources]
    assert [c["claim"] for c in first["claims"]] == [words(c.record.claim) for c in briefing.claims]
    assert [e["href"] for e in first["events"]] == [urls.event(e.id) for e in briefing.events]
    assert [e["name"] for e in first["entities"]] == [words(e.name) for e in briefing.entities]
    assert [t["title"] for t in first["topics"]] == [words(t.title) for t in briefing.topics]
    assert [m["id"] for m in first["measures"]] == [m.id for m in briefing.measures]


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
    first = segments(briefing)["search/first.js"]
    assert 'Ropes <script>xss("title")</script> & knots' in [s["title"] for s in first["sources"]]
    (fence,) = [s for s in texts(briefing) if s["id"] == "fence"]
    assert 'xss("seed")</script> stands here' in "".join(text for text, _ in runs(fence))


@each_site
def test_the_first_segment_names_the_others_and_all_are_on_the_site(name: str) -> None:
    site = built(name)
    paths = [path for path, _ in search_files(site.briefing)]
    first = segments(site.briefing)["search/first.js"]
    assert ["search/first.js", *first["texts"]] == paths
    assert sorted(paths) == sorted(path for path in site.files if path.startswith("search/"))


def test_the_same_briefing_gives_the_same_bytes() -> None:
    briefing = built(REAL).briefing
    assert list(search_files(briefing)) == list(search_files(briefing))


# Segments


@pytest.mark.parametrize(
    ("sources", "count"), [(0, 1), (1, 1), (64, 1), (65, 2), (128, 2), (129, 4), (256, 4), (10_000, 256)]
)
def test_there_are_segments_enough_for_so_many_sources(sources: int, count: int) -> None:
    assert segment_count(sources) == count


def test_sources_are_spread_over_the_segments() -> None:
    count = segment_count(10_000)
    held = Counter(segment_of(f"source-{number}", count) for number in range(10_000))
    assert len(held) == count
    assert max(held.values()) < 2 * SOURCES_PER_SEGMENT


def test_when_segments_double_each_splits_in_two() -> None:
    for number in range(500):
        before, after = segment_of(f"s{number}", 8), segment_of(f"s{number}", 16)
        assert after in (before, before + 8)


def test_one_source_more_rewrites_its_own_segment_and_the_first() -> None:
    before, after = dict(search_files(many(200))), dict(search_files(many(201)))
    changed = {path for path in after if before.get(path) != after[path]}
    own = urls.search_segment(f"text-{segment_of('source-200', segment_count(201))}")
    assert changed == {"search/first.js", own}


def test_an_edit_rewrites_one_segment() -> None:
    briefing = many(200)
    before = dict(search_files(briefing))
    first, *rest = briefing.sources
    fewer = replace(first, passages=first.passages[:-1])
    after = dict(search_files(replace(briefing, sources=(fewer, *rest))))
    own = urls.search_segment(f"text-{segment_of(first.id, segment_count(200))}")
    assert {path for path in after if before[path] != after[path]} == {own}
    entity, *others = briefing.entities
    renamed = replace(briefing, entities=(replace(entity, name=Words("Another name")), *others))
    after = dict(search_files(renamed))
    assert {path for path in after if before[path] != after[path]} == {"search/first.js"}


def test_the_first_segment_is_short_beside_what_it_names() -> None:
    briefing = many(1000)
    sizes = {path: len(content) for path, content in search_files(briefing)}
    assert sizes["search/first.js"] < 200 * 1000
    assert max(sizes.values()) < 300_000
