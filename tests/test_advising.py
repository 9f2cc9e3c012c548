"""Advice on the reading and the prose: each rule fires beyond its border, and not at it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from site_builder.advising import advice
from site_builder.advising.reading import unread
from site_builder.build import Read, build, checked, read_briefing
from site_builder.markup.sentences import in_source
from site_builder.problems import Problem
from tests.built_sites import REAL, built

ENTITIES = [
    {"id": "board", "kind": "organisation", "name": "Harbour Board", "aliases": ["Board"]},
    {"id": "radio", "kind": "outlet", "name": "Port Radio"},
    {"id": "paper", "kind": "outlet", "name": "Quay. Crane. Rope"},
    {"id": "sailor", "kind": "person", "name": "who heard it", "aliases": ["a sailor"], "unnamed": True},
    {"id": "clerk", "kind": "person", "name": "a clerk", "unnamed": True},
]
NOTICE = "The Harbour Board counted 120 complaints."
WHOLE = {"id": "all", "quote": NOTICE}


def written(folder: Path, text: str = NOTICE, **parts: Any) -> Path:
    """A briefing of one source with this text; `brief`, `judgements` and `site_language` stand beside its keys."""
    for name in ("seeds", "annotations/sources", "annotations/topics"):
        (folder / name).mkdir(parents=True)
    brief, judgements, language = parts.pop("brief", ""), parts.pop("judgements", ()), parts.pop("site_language", "en")
    record = {"text": "notice.txt", "sha256": hashlib.sha256(text.encode()).hexdigest(), "type": "report", "title": "N"}
    site = {"title": "Noise", "language": language, "key_judgements": judgements}
    files = {"site": site, "entities": ENTITIES, "sources/notice": {"passages": [], **record, **parts}}
    for name, content in files.items():
        (folder / f"annotations/{name}.yaml").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    (folder / "annotations/topics/noise.md").write_text(f"---\ntitle: Noise\n---\n{brief}\n", encoding="utf-8")
    (folder / "seeds/notice.txt").write_text(text, encoding="utf-8")
    return folder


def read(folder: Path, text: str = NOTICE, **parts: Any) -> Read:
    return read_briefing(written(folder, text, **parts))


ELSEWHERE = {"unread-fact", "unused-entity", "empty-topic"}  # tests/advising/ asks for these


def given(folder: Path, text: str = NOTICE, **parts: Any) -> list[Problem]:
    found = read(folder, text, **parts)
    return [p for p in advice(found.briefing, found.annotations) if p.rule not in ELSEWHERE]


def rules(problems: list[Problem]) -> list[str]:
    return [p.rule for p in problems]


def judgement(words: str, number: int = 0, **keys: Any) -> dict[str, Any]:
    return {"id": f"j{number}", "judgement": words, "confidence": "low", **keys}


# When it is given


def test_what_is_wholly_read_and_cited_gets_no_advice(tmp_path: Path) -> None:
    cited = "The Harbour Board counted 120 [@notice#all]."
    assert given(tmp_path, passages=[WHOLE], brief=cited, judgements=[judgement(cited)]) == []


def test_check_gives_advice_and_a_build_does_not(tmp_path: Path) -> None:
    folder = written(tmp_path)
    assert "unread" in rules(list(checked(folder).problems))
    assert build(folder, tmp_path / "output").warnings == ()


def test_a_briefing_in_error_gets_no_advice(tmp_path: Path) -> None:
    folder = written(tmp_path, boilerplate=[{"quote": "130 complaints", "why": "none"}])
    assert rules(list(checked(folder).problems)) == ["quote-drifted"]


# Passages


@pytest.mark.parametrize(
    ("text", "passage", "problems"),
    [
        ("One. Two. Three.", "One. Two. Three.", 0),
        ("One. Two. Three. Four.", "One. Two. Three. Four.", 1),
        ("One a. Two. Three. Four b.", "a. Two. Three. Four", 1),  # a part of a sentence is one too
        ("One. Two. Three. Four.", "Two. Three.", 0),
        ("One\n\nTwo\n\nThree", "One\n\nTwo\n\nThree", 0),  # a paragraph ends a sentence
        ("One\n\nTwo\n\nThree\n\nFour", "One\n\nTwo\n\nThree\n\nFour", 1),
        ("\u4e00\u3002\n\u4e8c\u3002\n\u4e09\u3002", "\u4e00\u3002\n\u4e8c\u3002\n\u4e09\u3002", 0),
        ("Mr. A. Board met at No. 5. It rose. It fell.", "Mr. A. Board met at No. 5. It rose. It fell.", 0),
        ("Says Quay. Crane. Rope. It rose. It fell.", "Says Quay. Crane. Rope. It rose. It fell.", 0),
        ("a" * 600, "a" * 600, 0),
        ("a" * 601, "a" * 601, 1),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_passage_has_three_sentences_and_600_characters_at_most(
    tmp_path: Path, text: str, passage: str, problems: int
) -> None:
    found = given(tmp_path, text, passages=[{"id": "p", "quote": passage}])
    assert rules(found).count("passage-long") == problems


def test_a_name_that_runs_over_the_end_of_a_paragraph_loses_no_sentence(tmp_path: Path) -> None:
    passage = {"id": "p", "quote": "The Harbour", "said_by": "radio"}
    found = read(tmp_path, "The Harbour\nBoard spoke. It rose.", passages=[passage])
    source = found.briefing.sources[0]
    spoken = [source.text[s.start : s.end].strip() for s in in_source(source)]
    assert spoken == ["The Harbour", "Board spoke.", "It rose."]
    assert "voice-not-named" in rules(list(advice(found.briefing, found.annotations)))


# What is left over


def test_what_no_passage_or_region_holds_is_unread_paragraph_by_paragraph(tmp_path: Path) -> None:
    text = "The Board met. It rose,\n\nand it fell.\n\nSee more \u2026"
    found = read(tmp_path, text, passages=[{"id": "p", "quote": "met"}], boilerplate=[{"quote": "more", "why": "link"}])
    source = found.briefing.sources[0]
    stretches = ["The Board", "It rose", "and it fell", "See"]
    assert [text[s.start : s.end] for s in unread(source)] == stretches
    places = [str(p.place) for p in advice(found.briefing, found.annotations) if p.rule == "unread"]
    assert places == [f"seeds/notice.txt:{place}" for place in ("1:1", "1:16", "3:1", "5:1")]


def test_marks_without_a_word_are_never_unread(tmp_path: Path) -> None:
    assert given(tmp_path, "\u201cIt rose\u201d (\u2026)", passages=[{"id": "p", "quote": "It rose"}]) == []


@pytest.mark.parametrize(
    ("mark", "problems"),
    [
        ("4.", 0),
        ("1.2.", 0),
        ("(iv)", 0),
        ("b)", 0),
        ("\u0431)", 0),
        ("I", 1),
        ("1911.", 1),
        ("1.2345.", 1),
        ("Art. 4.", 1),
        ("Ann Lee:", 0),
        ("She says:", 1),
    ],
)
def test_what_only_counts_its_paragraph_or_says_who_speaks_is_never_unread(
    tmp_path: Path, mark: str, problems: int
) -> None:
    found = given(tmp_path, f"{mark} heard that it rose.", passages=[{"id": "p", "quote": "heard that it rose."}])
    assert rules(found) == ["unread"] * problems


@pytest.mark.parametrize(("stretches", "lines"), [(10, 10), (11, 11), (300, 11)])
def test_ten_unread_stretches_are_shown_and_the_others_counted(tmp_path: Path, stretches: int, lines: int) -> None:
    found = given(tmp_path, "\n\n".join(["It rose."] * stretches))
    assert rules(found) == ["unread"] * lines
    assert sum("more stretch" in p.message for p in found) == (stretches > 10)
    rest = "1 more stretch " if stretches == 11 else f"{stretches - 10} more stretches "
    assert rest in found[0].message or stretches == 10


@pytest.mark.parametrize(
    ("quotes", "problems"),
    [
        (["One rose."], 0),
        (["One rose.", "Two fell."], 0),
        (["One rose. Two fell."], 1),
        (["rose. Two"], 1),
    ],
)
def test_an_entry_sets_one_sentence_aside_at_most(tmp_path: Path, quotes: list[str], problems: int) -> None:
    aside = [{"quote": quote, "why": "said above"} for quote in quotes]
    assert rules(given(tmp_path, "One rose. Two fell.", set_aside=aside)).count("set-aside-long") == problems


@pytest.mark.parametrize(("weight", "problems"), [(15, []), (16, ["set-aside-share"])])
def test_fifteen_of_a_hundred_characters_are_set_aside_at_most(
    tmp_path: Path, weight: int, problems: list[str]
) -> None:
    kept, aside = "a" * (100 - weight), "b" * weight
    regions = [{"quote": aside, "why": "says nothing"}]
    found = given(tmp_path, f"{kept}\n\n{aside}", passages=[{"id": "p", "quote": kept}], set_aside=regions)
    assert rules(found) == problems


# Voices


@pytest.mark.parametrize(
    ("text", "voices", "unnamed"),
    [
        ("The Harbour Board says that noise rose.", {"said_by": "board"}, 0),
        ("The Board says that noise rose.", {"said_by": "board"}, 0),
        ("The board says that noise rose.", {"said_by": "board"}, 1),
        ("The Boardwalk says that noise rose.", {"said_by": "board"}, 1),
        ("The Board met. It says that noise rose.", {"said_by": "board"}, 1),
        ("It says that noise rose. The Board met.", {"said_by": "board"}, 1),
        ("The Board met\n\nAt night noise rose.", {"said_by": "board"}, 1),
        ("In Quay. Crane. Rope it says that noise rose.", {"said_by": "paper"}, 0),
        ("The Board told Port Radio that noise rose.", {"said_by": "board", "via": ["radio"]}, 0),
        ("The Board told the radio that noise rose.", {"said_by": "board", "via": ["radio"]}, 1),
        ("It told the radio that noise rose.", {"said_by": "board", "via": ["radio"]}, 2),
        ("To a sailor noise rose.", {"said_by": "sailor"}, 0),
        ("To one who heard it noise rose.", {"said_by": "sailor"}, 1),  # an unnamed voice's name is our description
        ("To a clerk noise rose.", {"said_by": "clerk"}, 1),
        ("It says that noise rose.", {"said_by": "board", "attribution": "the Board of the title"}, 0),
        ("The Board: It is late. At night noise rose.", {"said_by": "board"}, 0),
        ("The Board : It is late. At night noise rose.", {"said_by": "board"}, 0),
        ("Whatever the Board says: It is late. At night noise rose.", {"said_by": "board"}, 1),
        ("It says that noise rose.", {}, 0),
    ],
)
def test_a_voice_is_named_in_the_sentence_of_its_passage(
    tmp_path: Path, text: str, voices: dict[str, Any], unnamed: int
) -> None:
    found = given(tmp_path, text, passages=[{"id": "p", "quote": "noise rose", **voices}])
    assert rules(found).count("voice-not-named") == unnamed


# Prose


CITED, OURS, BARE = "It rose [@notice#all].", "It rose [analysis].", "It rose."


def test_a_sentence_that_cites_nothing_is_named_once(tmp_path: Path) -> None:
    found = given(tmp_path, passages=[WHOLE], brief=f"{CITED} {BARE}", judgements=[judgement(f"{CITED} {BARE}")])
    assert [(p.rule, p.place.path.removeprefix("annotations/")) for p in found] == [
        ("uncited-sentence", "site.yaml"),
        ("uncited-sentence", "topics/noise.md"),
    ]


def test_a_sentence_that_cites_nothing_is_told_with_its_own_place(tmp_path: Path) -> None:
    brief = f"{CITED}\n\n- {CITED}\n- {CITED} {BARE}"
    [problem] = given(tmp_path, passages=[WHOLE], brief=brief)
    line = (tmp_path / problem.place.path).read_text().splitlines()[problem.place.line - 1]
    assert line[problem.place.column - 1 :] == BARE


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[notice#all]", "[@notice#all], with an @"), ("[claim:rise]", "[@claim:rise], with an @"),
        ("[figure:notice#early]", "[@figure:notice#early], with an @"), ("(@notice#all)", "[@notice#all], with an @"),
        ("[@notice#all", "[@notice#all], with an @"), ("[Analysis]", "[analysis]"),
    ],
)  # fmt: skip
def test_a_citation_in_another_form_is_given_its_own(tmp_path: Path, written: str, meant: str) -> None:
    [problem] = given(tmp_path, passages=[WHOLE], brief=f"It rose {written}.")
    assert problem.hint.removesuffix(" and in square brackets") == f"write {meant}"


@pytest.mark.parametrize(
    ("ours", "cited", "problems"), [(0, 1, 0), (1, 4, 0), (1, 3, 1), (2, 8, 0), (2, 7, 1), (7, 28, 0), (1, 0, 1)]
)
def test_a_fifth_of_a_brief_is_analysis_at_most(tmp_path: Path, ours: int, cited: int, problems: int) -> None:
    brief = " ".join([*[CITED] * cited, *[OURS] * ours])
    assert rules(given(tmp_path, passages=[WHOLE], brief=brief)) == ["analysis-share"] * problems


@pytest.mark.parametrize(("ours", "cited", "problems"), [(1, 4, 0), (1, 3, 1)])
def test_key_judgements_are_counted_together(tmp_path: Path, ours: int, cited: int, problems: int) -> None:
    listed = [judgement(words, number) for number, words in enumerate([OURS] * ours + [CITED] * cited)]
    assert rules(given(tmp_path, passages=[WHOLE], judgements=listed)) == ["analysis-share"] * problems


@pytest.mark.parametrize(
    ("likelihood", "words", "says_so"),
    [
        ("almost no chance", "The chance that noise rose is remote", True),
        ("very unlikely", "That noise rose is highly improbable", True),
        ("very unlikely", "That noise rose is improbable", False),
        ("unlikely", "Noise improbably rose", True),
        ("unlikely", "Noise very unlikely rose", False),
        ("roughly even chance", "The odds that noise rose are roughly even", False),
        ("roughly even chance", "There is a roughly even chance that noise rose", True),
        ("likely", "Likely noise rose", True),
        ("likely", "Noise probably rose", True),
        ("likely", "Noise very likely rose", False),
        ("likely", "Noise unlikely rose", False),
        ("likely", "Noise rose", False),
        ("very likely", "Noise very likely rose", True),
        ("very likely", "Noise very *likely* rose", True),
        ("very likely", "Noise very\nlikely rose", True),
        ("very likely", "Noise highly probable", True),
        ("almost certain", "Noise almost certainly rose", True),
        ("almost certain", "Noise certainly rose", False),
        ("likely", "That noise rose is almo\u017ft certa\u0131n", False),
        ("likely", "Noise rose [@notice#likely]", False),  # an id says nothing
        ("likely", "Noise rose [@notice#likely]. It likely fell", True),
        (None, "Noise rose", True),
    ],
)
def test_a_judgement_says_a_word_of_its_likelihood(
    tmp_path: Path, likelihood: str | None, words: str, says_so: bool
) -> None:
    keys: dict[str, Any] = {"likelihood": likelihood} if likelihood else {}
    passage = {**WHOLE, "id": "likely"}
    found = given(tmp_path, passages=[passage], judgements=[judgement(f"{words} [@notice#likely].", **keys)])
    assert rules(found) == ["likelihood-unsaid"] * (not says_so)


def test_a_judgement_in_another_language_says_its_likelihood_in_words_that_are_not_known(tmp_path: Path) -> None:
    said = judgement("Noise rose, y es probable [@notice#likely].", likelihood="likely")
    found = given(tmp_path, passages=[{**WHOLE, "id": "likely"}], judgements=[said], site_language="es")
    assert rules(found) == []


def test_the_real_briefing_asks_for_no_advice_and_leaves_nothing_unread() -> None:
    site = built(REAL)
    assert [str(problem) for problem in checked(site.folder).problems] == []
    assert [source.id for source in site.briefing.sources if source.coverage.unread] == []
