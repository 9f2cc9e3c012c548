"""The benchmarks: the same corpus for the same seed, the same work on both sides, and figures that add up."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from benchmarks import build as benchmark
from benchmarks import hugo, our_layout, stages
from benchmarks.contenders import HUGO, MINIMAL, Contender, minimal_theme
from benchmarks.corpus import article, topic_names
from benchmarks.making import EDITS, ROUND, SIDES, Corpus, corpus, make, put, with_event, with_note, with_topic
from benchmarks.measuring import Cost, measured
from site_builder.build import build
from site_builder.theme.rendering import Theme

from .html_reading import read_html

SIZE = 5


@cache
def files(side: str) -> dict[str, str]:
    return dict(corpus(SIZE).files(side))


def written(folder: Path, whole: Corpus, *, theme: bool = False) -> Path:
    """The corpus as a briefing on disk."""
    for path, text in whole.files("ours"):
        put(folder / path, text)
    if theme:
        minimal_theme(folder / "templates")
    return folder


@pytest.mark.parametrize("side", SIDES)
def test_the_same_size_and_seed_give_the_same_bytes(side: str) -> None:
    assert dict(corpus(SIZE).files(side)) == files(side)
    assert dict(corpus(SIZE, "another").files(side)) != files(side)


def test_an_article_is_the_same_in_a_corpus_of_any_size() -> None:
    assert article("1", 3, topic_names(SIZE)) == corpus(SIZE).articles[3]
    assert [len(topic_names(n)) for n in (5, 100, 1000, 10_000)] == [4, 4, 12, 20]


def test_the_first_article_is_what_it_was_when_the_figures_were_taken() -> None:
    first = corpus(SIZE).articles[0]
    assert first.id == "s00000-this-executive-argued-their"
    assert first.passages[0].quote == "On 11 September 2014, this oil approved €124 million industrys."
    assert len(first.passages) == 9


def test_every_quote_stands_once_in_its_text() -> None:
    for each in corpus(20).articles:
        assert len(each.passages) >= 5
        assert all(each.text.count(p.quote) == 1 for p in each.passages)


@pytest.mark.parametrize("edit", [lambda whole: whole, with_note, with_event, with_topic])
def test_the_corpus_and_each_edit_of_it_build_without_a_problem(
    tmp_path: Path, edit: Callable[[Corpus], Corpus]
) -> None:
    folder = written(tmp_path, edit(corpus(SIZE)))
    assert build(folder, tmp_path / "output").warnings == ()


def test_no_two_edits_change_one_file_and_each_differs_from_round_to_round(tmp_path: Path) -> None:
    make(tmp_path, SIZE)
    for side in SIDES:
        changed = [
            {p.relative_to(base).as_posix() for p in base.rglob("*") if p.is_file()}
            for base in (tmp_path / "edits" / name / side for name in EDITS)
        ]
        assert sum(map(len, changed)) == len(set().union(*changed))
    for path in (p for p in (tmp_path / "edits").rglob("*") if p.is_file()):
        base = tmp_path / path.relative_to(tmp_path / "edits").as_posix().partition("/")[2]
        assert ROUND in path.read_text("utf-8") or not base.exists() or "topic" in path.parts
    assert json.loads((tmp_path / "corpus.json").read_text("utf-8"))["sources"] == SIZE


def test_an_edit_is_made_and_taken_back(tmp_path: Path) -> None:
    make(tmp_path / "corpus", SIZE)
    one = Contender(MINIMAL, written(tmp_path / "copy", corpus(SIZE)), (), {})
    for name in EDITS:
        one.edit(tmp_path / "corpus", name, 7)
    texts = {p.relative_to(one.folder).as_posix(): p.read_text("utf-8") for p in one.folder.rglob("*") if p.is_file()}
    assert sum("ound 7" in text for text in texts.values()) == 3
    assert not any(ROUND in text for text in texts.values())
    for name in EDITS:
        one.take_back(tmp_path / "corpus", name)
    texts = {p.relative_to(one.folder).as_posix(): p.read_text("utf-8") for p in one.folder.rglob("*") if p.is_file()}
    assert texts == files("ours")


def test_the_minimal_theme_carries_what_hugos_templates_carry(tmp_path: Path) -> None:
    whole = corpus(SIZE)
    build(written(tmp_path, whole, theme=True), tmp_path / "output")

    def words(path: str) -> str:
        return " ".join(read_html((tmp_path / "output" / path).read_bytes()).text.split())

    searched = searched_words(tmp_path / "output" / "search")
    for each in whole.articles:
        page = read_html((tmp_path / "output" / "sources" / f"{each.id}.html").read_bytes())
        marks = [" ".join(m.text.split()) for m in page.all("mark")]
        assert sorted(marks) == sorted(p.quote for p in each.passages)
        assert len([li for li in page.all("li") if li.attributes.get("id", "").startswith("n-")]) == len(each.passages)
        text = words(f"sources/{each.id}.html")
        assert all(p.event.title in text for p in each.passages if p.event)
        assert each.url in set(page.links())
        assert all(" ".join(p.quote.split()) in searched for p in each.passages)
        assert each.title in words("index.html")
        assert all(p.event.title in words("timeline.html") for p in each.passages if p.event)
    for topic in whole.topics:
        listed = words(f"topics/{topic.id}.html")
        joined = hugo.joined(whole.articles, topic.id)
        assert all(" ".join(e["q"].split()) in listed and e["e"] in listed for e in joined["events"])
        assert all(f"{s['t']} {s['n']} passage" in listed for s in joined["sources"])
        assert topic.summary in words("index.html")


def searched_words(folder: Path) -> str:
    """What the search of ours holds of texts, run by run: the quotes, as Hugo's list of them."""
    found = ""
    for file in sorted(folder.glob("text-*.js")):
        of = json.loads(file.read_text("utf-8").partition(" = ")[2].rstrip().removesuffix(";"))
        runs = [r for s in of["sources"] for paragraph in s["paragraphs"] for r in paragraph["runs"]]
        assert all(isinstance(run, list) for run in runs), "no words but those of passages"
        found += " ".join(run[0] for run in runs)
    return found


def test_the_minimal_theme_leaves_out_what_hugo_does_not_write(tmp_path: Path) -> None:
    build(written(tmp_path, corpus(SIZE), theme=True), tmp_path / "output")
    kinds = {p.relative_to(tmp_path / "output").parts[0] for p in (tmp_path / "output").glob("[a-z]*")}
    assert kinds == {
        "assets", "index.html", "search", "search.html", "sources", "sources.html", "timeline.html", "topics",
        "topics.html",
    }  # fmt: skip


def test_hugos_side_has_every_passage_marked_and_every_event_joined() -> None:
    whole = corpus(SIZE)
    for each in whole.articles:
        head, _, body = files("hugo")[f"content/sources/{each.id}.html"].partition("\n")
        assert body.count("<mark ") == len(each.passages) == len(json.loads(head)["passages"])
    timeline = json.loads(files("hugo")["data/timeline.json"])
    assert len(timeline) == sum(p.event is not None for a in whole.articles for p in a.passages)
    assert [e["d"] for e in timeline] == sorted(e["d"] for e in timeline)


def test_a_number_of_a_date_or_a_million_is_no_whole_number() -> None:
    assert our_layout.whole_number("On 3 May 2019, 1,250 people came") == 1250
    for quote in ("On 3 May 2019, they came", "some €124 million", "since 2014", "3.5 tonnes", "none"):
        assert our_layout.whole_number(quote) is None


@pytest.mark.parametrize(("states", "built"), [(("clean", "nothing"), 2), (("nothing", "note"), 3)])
def test_a_round_begins_with_a_site_that_lacks_nothing(
    states: tuple[str, ...], built: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    builds: list[str] = []
    for side in SIDES:
        for edit in EDITS:
            put(tmp_path / "edits" / edit / side / "note.yaml", ROUND)

    def noted(one: Contender) -> Cost:
        builds.append(one.name)
        return Cost(0.0, 0.0, 0, 0, 0, 0)

    monkeypatch.setattr(benchmark, "build", noted)
    one = Contender(MINIMAL, tmp_path / "site", (), {})
    costs = [dict(benchmark.one_round(tmp_path, [one], number, states)) for number in (1, 2)]
    assert [list(cost) for cost in costs] == [[(state, MINIMAL) for state in states]] * 2
    assert len(builds) == 2 * built


def test_a_run_is_measured_with_its_children_and_what_it_wrote(tmp_path: Path) -> None:
    child = "x = bytearray(30_000_000); sum(range(2_000_000)); import time; time.sleep(0.2)"
    code = f"""
import subprocess, sys
open('new.html', 'wb').write(b'123')
open('old', 'wb').write(b'12345')
subprocess.run([sys.executable, '-c', {child!r}], check=True)
"""
    (tmp_path / "old").write_bytes(b"1")
    (tmp_path / "kept.html").write_bytes(b"1")
    cost = measured((sys.executable, "-c", code), tmp_path, tmp_path, os.environ)
    assert (cost.files, cost.written, cost.largest) == (2, 8, 3)
    assert cost.cpu > 0.02
    assert cost.wall > 0.2
    assert cost.memory > 30_000_000 + 5_000_000
    with pytest.raises(OSError, match="ended with 3"):
        measured((sys.executable, "-c", "raise SystemExit(3)"), tmp_path, tmp_path, os.environ)


def test_every_stage_of_a_clean_build_is_timed_and_together_they_are_the_whole(tmp_path: Path) -> None:
    folder = written(tmp_path, corpus(SIZE))
    start = time.process_time()
    spent = stages.measured(folder)
    whole = time.process_time() - start
    assert set(spent) == {*stages.STAGES, stages.REST}
    assert all(seconds > 0 for seconds in spent.values())
    assert sum(spent.values()) == pytest.approx(whole, rel=0.1)
    assert Theme.render.__module__ == "site_builder.theme.rendering"
    assert not hasattr(Theme.render, "__wrapped__")
    lines = list(stages.table(spent, SIZE))
    assert lines[-1].startswith("| together |")
    assert lines[-1].endswith("| 100% |")


def test_the_table_holds_medians_and_the_median_of_paired_ratios() -> None:
    def costs(ours: float, hugos: float) -> dict[tuple[str, str], Cost]:
        return {("clean", n): Cost(cpu, 1, 2_000_000, 3, 4, 5_000) for n, cpu in ((HUGO, hugos), (MINIMAL, ours))}

    lines = list(benchmark.table([costs(1, 1), costs(8, 2), costs(3, 10)]))
    assert lines[2] == "| clean | Hugo | 2.000 |  | 1.000 | 2 | 3 | 0.00 | 5 |"
    assert lines[3] == f"| clean | {MINIMAL} | 3.000 | 1.00 | 1.000 | 2 | 3 | 0.00 | 5 |"
    alone = {("clean", MINIMAL): Cost(1, 1, 1, 1, 1, 1)}
    assert next(line for line in benchmark.table([alone]) if MINIMAL in line).split("|")[4].strip() == ""


def test_growth_is_that_of_medians_whole_and_for_each_source() -> None:
    def rounds(*seconds: float) -> list[dict[tuple[str, str], Cost]]:
        return [{("clean", MINIMAL): Cost(cpu, 1, 1, 1, 1, 1)} for cpu in seconds]

    lines = list(benchmark.growth(1_000, 10_000, rounds(9, 1, 2), rounds(10, 16, 99)))
    assert lines[0] == "| state | program | CPU, 10,000 ÷ 1,000 | for each source |"
    assert lines[2:] == [f"| clean | {MINIMAL} | 8.00 | 0.80 |"]
