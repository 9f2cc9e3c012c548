"""Advice on claims, on what serves nothing, and on sentences of weight that nobody read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .briefings import advised, written

TEXT = "The Harbour Board met on 4 March 2021. It counted 120 complaints. It rose."
WHOLE = {"notice": [{"id": "all", "quote": TEXT}]}
ENTITY = {"id": "board", "kind": "organisation", "name": "Pilots"}


def claim(**keys: Any) -> list[dict[str, Any]]:
    evidence = [{"passage": "notice#all", "relation": "supports"}]
    return [{"id": "c", "claim": "C", "status": "accepted", "confidence": "high", "evidence": evidence, **keys}]


@pytest.mark.parametrize(
    ("keys", "problems"),
    [
        ({}, 1),
        ({"confidence": "moderate"}, 1),
        ({"confidence": "low"}, 0),
        ({"status": "unresolved"}, 0),
        ({"why": "the board counts for itself"}, 0),
        ({"evidence": [{"passage": "notice#all", "relation": "qualifies"}]}, 1),
        ({"evidence": [{"passage": f"{s}#all", "relation": "supports"} for s in ("notice", "radio")]}, 0),
    ],
)
def test_a_claim_held_firmly_on_one_origin_says_why(tmp_path: Path, keys: dict[str, Any], problems: int) -> None:
    passages = {**WHOLE, "radio": [{"id": "all", "quote": "It rose again."}]}
    folder = written(tmp_path, {"notice": TEXT, "radio": "It rose again."}, passages, claims=claim(**keys))
    found = advised(folder, "one-origin")
    assert len(found) == problems
    assert all(p.place.path == "annotations/claims.yaml" for p in found)


@pytest.mark.parametrize(
    ("entity", "passage", "problems"),
    [
        ({}, {}, 1),
        ({"aliases": ["Harbour Board"]}, {}, 0),
        ({}, {"entities": ["board"]}, 0),
        ({}, {"said_by": "board"}, 0),
        ({}, {"via": ["board"]}, 0),
        ({"unnamed": True, "aliases": ["Harbour Board"]}, {}, 1),  # an unnamed one is found by who means it
    ],
)
def test_an_entity_is_named_or_meant_somewhere(
    tmp_path: Path, entity: dict[str, Any], passage: dict[str, Any], problems: int
) -> None:
    passages = {"notice": [{"id": "all", "quote": "It rose.", **passage}]}
    folder = written(tmp_path, {"notice": TEXT}, passages, entities=[{**ENTITY, **entity}])
    found = advised(folder, "unused-entity")
    assert len(found) == problems
    assert all(("said_by" in p.hint) == ("unnamed" in entity) for p in found)


def test_a_measure_without_a_figure_is_named(tmp_path: Path) -> None:
    measures = [{"id": name, "label": name, "unit": "u", "counts": "c"} for name in ("used", "bare")]
    passages = {"notice": [{"id": "all", "quote": TEXT, "figures": [{"id": "f", "measure": "used", "value": 120}]}]}
    folder = written(tmp_path, {"notice": TEXT}, passages, measures=measures)
    assert [p.message for p in advised(folder, "unused-measure")] == ["no figure counts 'bare'"]


@pytest.mark.parametrize(
    ("passage", "claims", "brief", "problems"),
    [
        ({}, {}, "", 1),
        ({}, {}, "Noise rose.", 1),
        ({}, {}, "It rose [@notice#all].", 0),
        ({"topics": ["noise"]}, {}, "", 0),
        ({}, {"topics": ["noise"]}, "", 0),
    ],
)
def test_a_topic_holds_something(
    tmp_path: Path, passage: dict[str, Any], claims: dict[str, Any], brief: str, problems: int
) -> None:
    passages = {"notice": [{**WHOLE["notice"][0], **passage}]}
    folder = written(tmp_path, {"notice": TEXT}, passages, claims=claim(**claims))
    (folder / "annotations" / "topics").mkdir()
    (folder / "annotations" / "topics" / "noise.md").write_text(f"---\ntitle: Noise\n---\n{brief}\n", encoding="utf-8")
    assert len(advised(folder, "empty-topic")) == problems


def test_a_sentence_with_a_number_a_date_or_a_name_unread_is_named_with_them(tmp_path: Path) -> None:
    entities = [{**ENTITY, "name": "Harbour Board"}]
    folder = written(tmp_path, {"notice": TEXT}, {"notice": [{"id": "one", "quote": "complaints."}]}, entities=entities)
    found = advised(folder, "unread-fact")
    assert [(str(p.place), p.message) for p in found] == [
        ("seeds/notice.txt:1:1", "nobody read this sentence's 'Harbour Board', '4 March 2021'"),
        ("seeds/notice.txt:1:40", "nobody read this sentence's '120'"),
    ]


@pytest.mark.parametrize(("sentences", "lines"), [(20, 20), (21, 21), (50, 21)])
def test_twenty_sentences_of_weight_are_shown_and_the_others_counted(
    tmp_path: Path, sentences: int, lines: int
) -> None:
    folder = written(tmp_path, {"notice": "There were 12 of them. " * sentences}, {})
    found = advised(folder, "unread-fact")
    assert len(found) == lines
    assert sum(f"{sentences - 20} more sentence" in p.message for p in found) == (sentences > 20)
