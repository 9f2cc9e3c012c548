"""The YAML that people write: read fast as the nodes hold it, or given up, and never read otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.making import corpus
from site_builder.reading.nodes import compose
from site_builder.reading.scalars import NULLS, is_plain
from site_builder.reading.subset import GaveUp, Quoted, values

ROOT = Path(__file__).parent.parent
WRITTEN = {p.relative_to(ROOT).as_posix(): p.read_bytes() for p in sorted(ROOT.glob("annotations/**/*.yaml"))}


def by_nodes(text: str) -> Any:
    """What the nodes of a text hold, every plain null as None."""

    def value(node: yaml.Node) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return None if is_plain(node) and node.value in NULLS else node.value
        if isinstance(node, yaml.SequenceNode):
            return [value(item) for item in node.value]
        keys = [key.value for key, _ in node.value]
        assert len(set(keys)) == len(keys), "a key stands twice"
        return {key.value: value(item) for key, item in node.value}

    node = compose(text, "a.yaml")
    assert isinstance(node, yaml.Node), node
    return value(node)


def listed(found: Any) -> Any:
    """What is read fast, with lists alone."""
    if isinstance(found, dict):
        return {key: listed(value) for key, value in found.items()}
    return [listed(item) for item in found] if isinstance(found, list | tuple) else found


def read(text: str) -> Any:
    """What is read fast, held against the nodes; GaveUp where it was given up."""
    try:
        found = listed(values(text))
    except GaveUp:
        return GaveUp
    assert found == by_nodes(text)
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: one two\n", {"a": "one two"}),
        ("a: one # not this\nb:   two  \n", {"a": "one", "b": "two"}),
        ("a: R&D, x#y, 1:30 and http://x.y/?z\n", {"a": "R&D, x#y, 1:30 and http://x.y/?z"}),
        ("a: -5\nb: -five\nc: —\n", {"a": "-5", "b": "-five", "c": "—"}),
        ("a: one\n  two\n\n  three\nb: x\n", {"a": "one two\nthree", "b": "x"}),
        ("a: \"it's: #1\"\nb: 'say \"so\"' # why\n", {"a": "it's: #1", "b": 'say "so"'}),
        ("a: \"say \\\"so\\\" \\\\\"\nb: 'it''s'\n", {"a": 'say "so" \\', "b": "it's"}),
        ('a: "one\n  two\n\n  three "\n', {"a": "one two\nthree "}),
        ("a: >-\n  one\n  two\n\n  three\nb: >\n   four\n", {"a": "one two\nthree", "b": "four\n"}),
        ("a: |\n  - one\n\n   two\nb: |-\n  three # 3\n\n\n", {"a": "- one\n\n two\n", "b": "three # 3"}),
        ("a: [one, two three, d#e, claim:f]\nb: []\n", {"a": ["one", "two three", "d#e", "claim:f"], "b": []}),
        ("a: {b: one, c: 'it''s', d: \"2\"}\n", {"a": {"b": "one", "c": "it's", "d": "2"}}),
        ("- [x, {f: g, h: []}]\n- {}\n", [["x", {"f": "g", "h": []}], {}]),
        ("a: [one,\n  two]\n", {"a": ["one", "two"]}),
        ("a:\n  - one\n  - b: two\n    c: three\n", {"a": ["one", {"b": "two", "c": "three"}]}),
        ("-   d: four\n    e: >-\n     five\n- f:\n", [{"d": "four", "e": "five"}, {"f": None}]),
        ("a:\n- one\n- two\nb:\n  c:\n    d: e\n", {"a": ["one", "two"], "b": {"c": {"d": "e"}}}),
        ("# first\n---\na: x\n", {"a": "x"}),
        ('a: "tab\\tand\\nline"\nb: ["\\\\n \\/"]\n', {"a": "tab\tand\nline", "b": ["\\n /"]}),
        ("a: |\n  one  \n\n  two \nb: >-\n  one \n  two \n", {"a": "one  \n\ntwo \n", "b": "one  two "}),
        ("# first\n\n- a: x\n  # between\n  b: y\n# last\n", [{"a": "x", "b": "y"}]),
        ("a:\nb: null\nc: ~\nd: 'null'\ne: \"\"\n", {"a": None, "b": None, "c": None, "d": "null", "e": ""}),
        ("a: # why\n  b: c\n", {"a": {"b": "c"}}),
        ("a: no newline at the end", {"a": "no newline at the end"}),
        ("a:   one\nb:  [x, y-1, z#p]\nc:  >-\n  two\n", {"a": "one", "b": ["x", "y-1", "z#p"], "c": "two"}),
        ("a: none\nb: [null, x]\nc: [x,y, -1]\n", {"a": "none", "b": [None, "x"], "c": ["x", "y", "-1"]}),
        ("a: as it says\n  [@b#c]. And: so\nb: x\n", GaveUp),
        ("a: as it says\n  [@b#c]. And so\nb: x\n", {"a": "as it says [@b#c]. And so", "b": "x"}),
        ("- one\n  two\n- a: three\n    four\n  b: x\n", ["one two", {"a": "three four", "b": "x"}]),
        ("a:\n  k: 1\nb:\n  - k: 2\n    l: 3\n  - k: 4\nk: 5\n", {
            "a": {"k": "1"}, "b": [{"k": "2", "l": "3"}, {"k": "4"}], "k": "5",
        }),
        ("é: 1\n", GaveUp),
        ("a: x\nb: y\na: z\n", GaveUp),
    ],
)  # fmt: skip
def test_what_people_write_is_read_as_it_stands(text: str, found: Any) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        *("", "# nothing\n", "words\n", "--- a\n", "a: b\n---\nc: d\n", "a: b\n...\n", "%YAML 1.1\na: b\n"),
        *("a: &x 1\n", "a: *x\n", "a: !t x\n", "a: @x\n", "a: `x`\n", "a: %x\n", "'a': b\n", "<<: b\n", "a:b\n"),
        *("a:\tb\n", "a: b\tc\n", "a: \0\n", "a: \x85\n", "a: \u2028\n", "a: \ufeff\n", "a: b\nb: c\na: d\n"),
        *("a: b: c\n", "a: b:\n", "a: b\n  c: d\n", "a:\n  b\n", "a:\n  b: 1\n c: 2\n", " a: b\n", "? a\n: b\n"),
        *("a: - b\n", "- a\n-b\n", "- - a\n", "-\n  a: b\n", "a: x\n- b\n", "a: 'b' c\n", 'a: "b\n', "a: b #c\n  d\n"),
        *('a: "\\x41"\n', 'a: "b\nc"\n', "a: |2\n  b\n", "a: >+\n  b\n", "a: |\nb: c\n", "a: >-\n  b\n    c\n"),
        *("a: | # why\n  b\n", "a: |\n\n  b\n", "a: |\n  no end", "a: # why\n", "a: # why\nb: c\n", "[a]: b\n"),
        *("a: [b\n", "a: [b, c}\n", "a: [b: c]\n", "a: {b}\n", "a: {b: c, b: d}\n", "a: [b] c\n", "a: [,]\n"),
        *("a: {b:c}\n", "a: [b # c\n  ]\n"),
        *("a: |\n  one\n \n  # two\n", "a: >-\n  one\n\n \n  #2 and more\nb: x\n", "a: |\n  x\n \n   \n"),
        "".join(f"{' ' * n}a:\n" for n in range(30)),
        f"a: {'[' * 3000}",
    ],
)  # fmt: skip
def test_what_is_less_plain_is_given_up(text: str) -> None:
    assert read(text) is GaveUp


@pytest.mark.parametrize("text", ["a: '2021'\n", 'a: "true"\n', "a: >-\n  12\n", 'a: ["2021"]\n', '{a: "1"}\n'])
def test_what_would_be_a_number_without_its_quotes_is_known_to_have_them(text: str) -> None:
    def scalars(found: Any) -> Iterator[Any]:
        for item in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
            yield from scalars(item)
        if isinstance(found, str):
            yield found

    if (found := read(f"x:\n  {text}" if text.startswith("{") else text)) is not GaveUp:
        assert all(type(item) is Quoted for item in scalars(found))


def test_the_annotations_of_the_real_briefing_are_all_read_fast() -> None:
    assert len(WRITTEN) == 12
    given_up = [path for path, raw in WRITTEN.items() if read(raw.decode()) is GaveUp]
    assert given_up == []


def test_the_synthetic_corpus_is_all_read_fast() -> None:
    written = {path: text for path, text in corpus(12).files("ours") if path.endswith(".yaml")}
    assert sum(path.startswith("annotations/sources/") for path in written) == 12
    assert [path for path, text in written.items() if read(text) is GaveUp] == []


# Texts of every kind in every spelling: a value is written in one of the ways that can hold it, and read back.
_WORDS = st.text(st.sampled_from("ab:#-'\"\\ ,[]{}\n&*!|>%@`?~1.é“"), min_size=0, max_size=12)


@st.composite
def spelt(draw: st.DrawFn, indent: int = 0, depth: int = 0) -> str:
    """The lines of a value, behind its key: mostly well formed, in any style."""
    words = draw(_WORDS | st.sampled_from(["null", "true", "12", "2021-03", "a b", "x#y", "a: b", "see: ", "b #c"]))
    inner = " " * (indent + draw(st.sampled_from([1, 2, 2, 2, 4])))
    line = " ".join(words.split())
    style = draw(st.sampled_from(["plain", "double", "single", "folded", "literal", "more", "list", "map", "flow"]))
    tail = draw(st.sampled_from(["", "", "", "  ", " # why", "\n", "\n\n# why", f"\n{inner}# why"]))
    if depth < 3 and style in ("list", "map"):
        items = [draw(spelt(len(inner), depth + 1)) for _ in range(draw(st.integers(1, 3)))]
        return "".join(f"\n{inner}{'-' if style == 'list' else f'k{n}:'}{item}" for n, item in enumerate(items))
    if style == "flow":
        first, last = draw(st.sampled_from([("[", "]"), ("{a: ", "}"), ("[{a: b, c: ", "}]"), ("[a, ", "]")]))
        item = draw(st.sampled_from([line, f'"{line}"', "'{}'".format(line.replace("'", "''"))]))
        return f" {first}{item}{last}{tail}"
    return {
        "double": ' "' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", f"\n{inner}") + f'"{tail}',
        "single": " '" + words.replace("'", "''").replace("\n", f"\n{inner}") + f"'{tail}",
        "folded": f" >-\n{inner}" + words.replace("\n", f"\n{inner}"),
        "literal": f" |\n{inner}" + words.replace("\n", f"\n{inner}"),
        "more": f" a\n{inner}{line}{tail}",
    }.get(style, f" {line}{tail}")


@given(st.lists(spelt(), min_size=1, max_size=3), st.sampled_from(["\n", "", "\n\n"]))
def test_whatever_is_written_is_read_alike_or_given_up(items: list[str], end: str) -> None:
    read("\n".join(f"k{n}:{item}" for n, item in enumerate(items)) + end)


_LINES = [line for raw in WRITTEN.values() for line in re.findall(r"(?:.*\n){7}", raw.decode())]
_PIECES = st.sampled_from([
    *("a", "b c", "key: ", "- ", " ", "  ", "    ", "\n", "\n\n", "\n  ", "\n- ", "\n  - ", ": ", " #", "#", "'", '"'),
    *("''", '\\"', "\\n", "[", "]", "{", "}", ",", ", ", "null", "~", "true", "12", "-5", "---", "...", "|", "|-", ">"),
    *(">-", ">+", "?", "&a", "*a", "!t", "%", "@", "`", "\t", "\r", "é", "\u00a0", "\u2028", "\na: b", "x: [p, q]"),
    *("{a: b}", "-", "<<", ":", " \n"),
])  # fmt: skip


@given(
    st.sampled_from(_LINES),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), _PIECES | st.just("")), max_size=4),
)
def test_annotations_with_slips_are_read_alike_or_given_up(lines: str, slips: list[tuple[float, int, str]]) -> None:
    margin = min(len(line) - len(line.lstrip()) for line in lines.split("\n") if line.strip())
    text = re.sub(rf"^ {{{margin}}}", "", lines, flags=re.MULTILINE)
    for where, gone, put in slips:
        at = int(where * len(text))
        text = text[:at] + put + text[at + gone :]
    read(text)
