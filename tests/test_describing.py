"""`briefing describe` prints the YAML that means the words given; put under a passage, it resolves to them again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from site_builder.annotating.describing import describe_words
from site_builder.build import read_briefing
from site_builder.problems import BuildFailed, Problem
from site_builder.texts.anchoring import Anchor, Text, TextQuoteSelector, describe, resolve
from site_builder.texts.text import is_visible
from tests.built_sites import SITES, built

TANGLE = SITES / "tangle"


def _described(words: str, source: str = "knots") -> list[str]:
    """The entries printed for some words, each without the line that says where."""
    printed = describe_words(TANGLE, source, words)
    return [entry.partition("\n")[2] for entry in printed.split("# seeds/")[1:]]


def _problem(words: str, source: str = "knots", folder: Path = TANGLE) -> Problem:
    with pytest.raises(BuildFailed) as failed:
        describe_words(folder, source, words)
    (problem,) = failed.value.problems
    return problem


Spans = Callable[[str, list[str]], list[tuple[int, int]]]


@pytest.fixture
def spans(tmp_path: Path) -> Spans:
    """Return a function that builds a source whose passages are these entries, and gives where they stand."""

    def resolved(source: str, entries: list[str]) -> list[tuple[int, int]]:
        folder = tmp_path / "briefing"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "annotations" / "sources").mkdir(parents=True)
        (folder / "seeds").mkdir()
        shutil.copy(TANGLE / "seeds" / f"{source}.txt", folder / "seeds")
        (folder / "annotations" / "site.yaml").write_text("title: Described\n", encoding="utf-8")
        head = [f"text: {source}.txt", f"sha256: {built('tangle').source(source).sha256}", "type: document", "title: T"]
        lines = [*head, "passages:"]
        for number, entry in enumerate(entries):
            lines += [f"  - id: p{number}", *(f"    {line}" for line in entry.splitlines())]
        (folder / "annotations" / "sources" / f"{source}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (built_source,) = read_briefing(folder).briefing.sources
        return [(p.start, p.end) for p in built_source.passages]

    return resolved


def test_unambiguous_words_are_printed_as_a_quote_alone() -> None:
    assert _described("forty of them broke") == ['quote: "forty of them broke"\n']


def test_the_place_is_printed_above_as_file_line_and_column() -> None:
    printed = describe_words(TANGLE, "knots", "The second rope")
    assert re.match(r"# seeds/knots\.txt:8:1\n", printed)


def test_of_words_that_stand_in_many_places_the_first_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("site_builder.annotating.describing._MOST", 1)
    (entry,) = _described("Nothing holds.")
    assert entry.endswith("# and 1 more place: give more of the words\n")


def test_ambiguous_words_are_printed_once_for_each_place_with_what_tells_them_apart(spans: Spans) -> None:
    entries = _described("Nothing holds.")
    assert len(entries) == 2
    text = built("tangle").source("knots").text
    first = text.index("Nothing holds.")
    assert spans("knots", entries) == [(first, first + 14), (first + 15, first + 29)]


def test_the_sources_own_characters_are_printed_though_the_words_were_typed_otherwise() -> None:
    assert _described('"nothing holds for ever"') == ['quote: "“nothing holds for ever”"\n']


@pytest.mark.parametrize("source", ["knots", "fence", "letters"])
def test_what_is_printed_for_any_passage_resolves_to_that_passage(spans: Spans, source: str) -> None:
    passages = built("tangle").source(source).passages
    for passage in passages:
        entries = _described(passage.words, source)
        assert (passage.start, passage.end) in spans(source, entries), passage.id


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_printed_for_any_words_of_a_text_resolves_to_those_words(spans: Spans, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["knots", "fence", "letters"]))
    source = built("tangle").source(name)
    words = re.findall(r"\S+", source.text)
    first = data.draw(st.integers(0, len(words) - 1))
    wanted = " ".join(words[first : first + data.draw(st.integers(1, 6))])
    assume(is_visible(wanted))
    entries = _described(wanted, name)
    found = spans(name, entries)
    assert len(found) == len(entries) > 0
    for start, end in found:
        assert " ".join(re.findall(r"\S+", source.text[start:end])) == wanted


@given(data=st.data())
def test_describe_is_the_inverse_of_resolve_for_whole_words(data: st.DataObject) -> None:
    source = built("tangle").source(data.draw(st.sampled_from(["knots", "fence", "letters"])))
    edges = [m.span() for m in re.finditer(r"\S+", source.text)]
    first = data.draw(st.integers(0, len(edges) - 1))
    last = data.draw(st.integers(first, len(edges) - 1))
    text, anchor = Text(source.text), Anchor(edges[first][0], edges[last][1])
    assert resolve(text, describe(text, anchor)) == anchor


def test_a_described_quote_needs_no_more_context_than_it_has() -> None:
    text = Text(built("tangle").source("knots").text)
    selector = describe(text, Anchor(text.source.index("Nothing holds."), text.source.index("Nothing holds.") + 14))
    assert selector.prefix == "" or selector.suffix == ""
    assert not isinstance(resolve(text, TextQuoteSelector(selector.exact)), Anchor)


def test_words_that_stand_nowhere_give_the_nearest_as_a_difference() -> None:
    problem = _problem("fifty of them broke before noon")
    assert problem.rule == "quote-missing"
    assert "seeds/knots.txt:3:" in problem.hint
    assert "[-fifty-]" in problem.hint
    assert "{+forty+}" in problem.hint


def test_words_like_nothing_in_the_text_give_no_nearest() -> None:
    assert _problem("Quaxly zumbel wyvern.").hint == ""


@pytest.mark.parametrize("words", ["", "   ", "\u200b", "\u202e"])
def test_words_that_cannot_be_seen_are_no_quote(words: str) -> None:
    assert _problem(words).rule == "quote-blank"


def test_an_unknown_source_is_told_with_the_nearest_known_one() -> None:
    problem = _problem("words", source="knot")
    assert problem.rule == "unknown-id"
    assert "'knots'" in problem.hint


def test_a_folder_without_a_source_says_what_is_missing(tmp_path: Path) -> None:
    assert "no source 'knots'" in _problem("words", folder=tmp_path).message
