"""Strict YAML: nothing is guessed, nothing is lost, and what is refused has its line and column."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.problems import Place, Problem
from site_builder.reading.nodes import MAX_DEPTH, compose


def _values(text: str) -> list[str]:
    """The values of a document that is one mapping of scalars."""
    node = compose(text, "a.yaml")
    assert isinstance(node, yaml.MappingNode)
    return [value.value for _, value in node.value]


def _refused(text: str, line_offset: int = 0) -> Problem:
    found = compose(text, "a.yaml", line_offset)
    assert isinstance(found, Problem), f"{text!r} was read"
    return found


@pytest.mark.parametrize(
    "scalar",
    [
        *("y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "true", "True", "TRUE", "false", "False", "FALSE"),
        *("on", "On", "ON", "off", "Off", "OFF"),
        *("1:30", "190:20:30", "010", "0o10", "1_000", "0x1F", "0b11", "1.10", "1e3", ".5", ".inf", ".nan", "+5"),
        *("2024-01-01", "2024-13-01", "2024-01-01T10:00:00Z", "=", "null", "~", "1,300"),
    ],
)
def test_a_plain_scalar_stays_the_text_it_is(scalar: str) -> None:
    assert _values(f"a: {scalar}\n") == [scalar]
    assert _values(f'a: "{scalar}"\n') == [scalar]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a: one\n  two\n", "one two"),
        ("a: >-\n  one\n  two\n", "one two"),
        ("a: |\n  one\n  two\n", "one\ntwo\n"),
        ("a: |-\n  one: [&two *three !four\n", "one: [&two *three !four"),
        ('a: "one\n  two"\n', "one two"),
        ("a: 'it''s'\n", "it's"),
        ('a: "tab\\tand é"\n', "tab\tand é"),
        ("a: R&D, 3*4 and wow!\n", "R&D, 3*4 and wow!"),
        ("a: x#y\n", "x#y"),
        ("---\na: x\n", "x"),
        ("# note\na: x # note\n", "x"),
    ],
)
def test_every_way_of_writing_text_gives_the_text(written: str, read: str) -> None:
    assert _values(written) == [read]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n# nothing\n"])
def test_a_text_without_content_is_no_document_or_an_empty_one(text: str) -> None:
    node = compose(text, "a.yaml")
    assert node is None or (isinstance(node, yaml.ScalarNode) and node.value == "")


@pytest.mark.parametrize(
    ("text", "line", "column", "rule", "message"),
    [
        ("a: &x 1\n", 1, 4, "yaml-alias", "'&x' is an anchor"),
        ("a: *x\n", 1, 4, "yaml-alias", "'*x' is an alias"),
        ("&all [*all]\n", 1, 1, "yaml-alias", "'&all' is an anchor"),
        ("a: !!int 3\n", 1, 4, "yaml-tag", "'!!int'"),
        ("a: !!str 3\n", 1, 4, "yaml-tag", "'!!str'"),
        ("a: !important\n", 1, 4, "yaml-tag", "'!important'"),
        ("a: ! x\n", 1, 4, "yaml-tag", "'!'"),
        ("a: !e!x y\n", 1, 4, "yaml-syntax", "a value cannot begin with '!'"),
        ("a: *bold* text\n", 1, 4, "yaml-syntax", "a value cannot begin with '*'"),
        ("a: & co\n", 1, 4, "yaml-syntax", "a value cannot begin with '&'"),
        ("a: @x\n", 1, 4, "yaml-syntax", "a value cannot begin with '@'"),
        ("a: `x`\n", 1, 4, "yaml-syntax", "a value cannot begin with '`'"),
        ("a: %x\n", 1, 4, "yaml-syntax", "a value cannot begin with '%'"),
        ("a:\n\tb: 1\n", 2, 1, "yaml-syntax", "a tab stands"),
        ("a:\n  - b\n\t- c\n", 3, 1, "yaml-syntax", "a tab stands"),
        ("a: see: this\n", 1, 7, "yaml-syntax", "here is a second one"),
        ("a: 1\n  b: 2\n", 2, 4, "yaml-syntax", "this line cannot begin a new key"),
        ("a:1\nb: 2\n", 2, 2, "yaml-syntax", "this line cannot begin a new key"),
        ('a: "x" y\n', 1, 8, "yaml-syntax", "words follow the closing quote mark"),
        ("a: 'it's'\n", 1, 8, "yaml-syntax", "words follow the closing quote mark"),
        ('a: "x\nb: y\n', 1, 4, "yaml-syntax", "is not closed"),
        ('a: "x\n---\nb: y\n', 1, 4, "yaml-syntax", "is not closed"),
        ('a: "C:\\path"\n', 1, 7, "yaml-syntax", "a backslash in double quotes"),
        ('a: "\\ud800"\n', 1, 7, "yaml-syntax", "a backslash in double quotes"),
        ("a: [1, 2\nb: 3\n", 2, 2, "yaml-syntax", "a comma or the closing bracket"),
        ("a: [1, [2\n", 1, 8, "yaml-syntax", "a bracket is not closed"),
        ("a: {b: 1\n\n", 1, 4, "yaml-syntax", "a bracket is not closed"),
        ("a: [\n", 1, 5, "yaml-syntax", "a bracket is not closed"),
        ("a: ]\n", 1, 4, "yaml-syntax", "a value is missing before this"),
        ("a: [1]]\n", 1, 7, "yaml-syntax", "']' closes no bracket"),
        ("- {a: 1}}\n- x\n", 1, 9, "yaml-syntax", "'}' closes no bracket"),
        ("[1]]\n", 1, 4, "yaml-syntax", "']' closes no bracket"),
        ("a: ? x\n", 1, 4, "yaml-syntax", "a value cannot begin with '?'"),
        ("  a: 1\nb: 2\n", 2, 1, "yaml-syntax", "does not fit the lines above"),
        ("a: x\nb\nc: y\n", 2, 1, "yaml-syntax", "this line is no 'key: value'"),
        ("- a: 1\n b: 2\n", 2, 2, "yaml-syntax", "does not line up with the list"),
        ("a:\n  b: 1\n c: 2\n", 3, 2, "yaml-syntax", "does not fit the lines above"),
        ('a: "x"\n b: y\n', 2, 2, "yaml-syntax", "one space farther in"),
        ("- a: x\n   b: y\n", 2, 5, "yaml-syntax", "one space farther in"),
        ("a: - b\n", 1, 4, "yaml-syntax", "a list cannot begin here"),
        ("a: | x\n", 1, 6, "yaml-syntax", "begins on the line after"),
        ("a: 1\n---\nb: 2\n", 2, 1, "yaml-syntax", "a second document"),
        ("a: 1\n...\nb: 2\n", 3, 1, "yaml-syntax", "a second document"),
        ("a: 1\n---\n", 2, 1, "yaml-syntax", "a second document"),
    ],
)
def test_what_is_refused_is_said_in_plain_words_at_its_place(
    text: str, line: int, column: int, rule: str, message: str
) -> None:
    problem = _refused(text)
    assert (problem.place, problem.rule) == (Place("a.yaml", line, column), rule)
    assert message in problem.message
    assert problem.hint


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML without libyaml reads it")
def test_a_key_without_a_space_behind_its_colon_is_told_of() -> None:
    problem = _refused("- {id: x, topics:[noise]}\n")
    assert (problem.place, problem.message) == (Place("a.yaml", 1, 17), "no space stands behind this colon")
    assert problem.hint


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x85", "\x9b", "\u2028", "\u2029", "\ufeff", "\ufffe"])
def test_an_invisible_character_is_refused_by_its_number_at_its_own_place(character: str) -> None:
    problem = _refused(f'é: 1\nb: "né{character}"\n')
    assert (problem.place, problem.rule) == (Place("a.yaml", 2, 7), "yaml-syntax")
    assert f"U+{ord(character):04X}" in problem.message


def test_columns_count_characters_also_right_after_multi_byte_ones() -> None:
    assert _refused('"é😀": 1\nß𝄞: *x\n').place == Place("a.yaml", 2, 5)


def test_lines_of_front_matter_count_from_the_top_of_its_file() -> None:
    for text in ("a: see: this\n", "a: *x\n", "a: \0\n"):
        assert _refused(text, line_offset=3).place.line == 4


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "-  ", "? ", "- ? ", "[{a: ", "[[\n"])
def test_a_bomb_of_brackets_or_dashes_is_refused_and_does_not_crash(opening: str) -> None:
    code = (
        "import sys\nfrom site_builder.reading.nodes import compose\n"
        f"sys.exit(compose({opening!r} * 50_000, 'a.yaml').rule != 'yaml-too-deep')"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_nesting_is_read_up_to_the_limit() -> None:
    assert not isinstance(compose("[" * MAX_DEPTH + "]" * MAX_DEPTH, "a.yaml"), Problem)
    assert _refused("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).place == Place("a.yaml", 1, MAX_DEPTH + 1)


def test_many_shallow_brackets_are_no_bomb() -> None:
    assert not isinstance(compose("- {a: [1]}\n" * 500, "a.yaml"), Problem)


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "".join(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in pairwise("abcdefghi"))
    assert _refused("a: &a [x]\n" + bomb).place == Place("a.yaml", 1, 4)


_YAML_LIKE = st.lists(
    st.sampled_from(
        [
            *"[]{},:-?#&*!|>'\"%@`~= \n\t",
            "\n  ",
            "\n- ",
            "- ",
            ": ",
            "a",
            "é",
            "😀",
            "\u2028",
            "\0",
            "---\n",
            "...\n",
            "!!",
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=4 * settings().max_examples, deadline=None)
@given(st.one_of(st.text(), _YAML_LIKE))
def test_any_text_is_read_or_refused_at_a_place_inside_it(text: str) -> None:
    found = compose(text, "a.yaml")
    if isinstance(found, Problem):
        lines = text.split("\n")
        assert 1 <= found.place.line <= len(lines)
        assert 1 <= found.place.column <= len(lines[found.place.line - 1]) + 1
        assert found.message


@settings(max_examples=2 * settings().max_examples, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"], exclude_characters="\ufeff")))
def test_any_quoted_text_is_read_character_for_character(text: str) -> None:
    assert _values("a: '" + text.replace("'", "''") + "'\n") == [text]


def test_a_node_in_brackets_ends_behind_its_bracket() -> None:
    root = compose("a: [x,\n  y]\nb:\n  - z\n", "a.yaml")
    assert isinstance(root, yaml.MappingNode)
    flow, block = (value for _, value in root.value)
    assert (flow.flow_style, flow.end_mark.line, flow.end_mark.column) == (True, 1, 4)
    assert not block.flow_style
