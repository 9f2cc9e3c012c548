"""What is said of each key: one entry for each, with an example that fits, in words that stand in docs/keys.md."""

from __future__ import annotations

import pytest

from scripts import reference as script
from site_builder import records
from site_builder.commands import COMMANDS
from site_builder.problems import RULES, Problem
from site_builder.reading.nodes import compose
from site_builder.reading.schema import Reader
from site_builder.reading.shapes import shape_of
from site_builder.records import Record
from site_builder.schema.keys import KEYS, Key

EVERY = [(record, key) for record, keys in KEYS.items() for key in keys]
each_key = pytest.mark.parametrize(("record", "key"), EVERY, ids=[f"{r.__name__}-{k}" for r, k in EVERY])


def test_every_kind_of_record_and_every_key_of_it_is_explained_and_no_other() -> None:
    kinds = [k for k in vars(records).values() if isinstance(k, type) and issubclass(k, Record) and k is not Record]
    assert {r.__name__: list(KEYS.get(r, ())) for r in kinds} == {r.__name__: list(shape_of(r)) for r in kinds}, (
        "give each new record and key an entry in site_builder/schema/keys.py, in the order of its fields"
    )
    assert set(KEYS) == set(kinds)


@each_key
def test_an_example_fits_its_key(record: type[Record], key: str) -> None:
    needed = {k: KEYS[record][k].example for k, field in shape_of(record).items() if field.required}
    text = "\n".join(f"{k}: {example}" for k, example in (needed | {key: KEYS[record][key].example}).items())
    node = compose(text, "example.yaml")
    assert node is not None
    assert not isinstance(node, Problem), node
    reader = Reader("example.yaml", tuple(text.split("\n")))
    assert reader.record(node, record) is not None
    assert reader.problems == []


@each_key
def test_a_meaning_is_a_sentence_and_its_rules_are_rules(record: type[Record], key: str) -> None:
    entry: Key = KEYS[record][key]
    assert entry.meaning.endswith((".", "`."))
    assert entry.meaning[0].isupper()
    assert set(entry.rules) <= set(RULES)


@pytest.mark.parametrize("name", script.REFERENCES)
def test_the_reference_is_what_the_program_says(name: str) -> None:
    written = (script.DOCS / name).read_text("utf-8")
    assert written == script.REFERENCES[name](), "run: python -m scripts.reference"


def test_every_command_has_an_example_of_its_own_and_says_what_its_exit_codes_mean() -> None:
    for name, command in COMMANDS.items():
        assert command.EXAMPLE.startswith(f"briefing {name}")
        assert command.EXITS, name
