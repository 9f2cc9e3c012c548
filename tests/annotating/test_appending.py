"""A passage put into a file and taken out again: every other byte stays."""

from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from site_builder.annotating.appending import CannotAppend, append, taken_out
from site_builder.annotating.spelling import Wish, passage_lines
from site_builder.texts.anchoring import TextQuoteSelector
from site_builder.texts.text import decode
from tests.annotating.source_files import WORDS, source_files

LINES = ("id: new", "quote: noise", "topics: [a]")


def read(raw: bytes) -> dict[str, Any]:
    """A file as another reader of YAML sees it."""
    text = decode(raw)
    assert isinstance(text, str)
    return dict(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 it makes nothing but text


def passages(raw: bytes) -> list[Any]:
    found = read(raw).pop("passages", [])
    return found if isinstance(found, list) else []


def rest(raw: bytes) -> dict[str, Any]:
    return {key: value for key, value in read(raw).items() if key != "passages"}


@settings(max_examples=3 * settings().max_examples)
@given(source_files(), WORDS, WORDS)
@example(b"text: a.txt", "noise", "")
@example(b"text: a.txt\npassages:\n- id: a\n  note: |+\n    x\n\n\nnote: y\n", "noise", "")
def test_appending_keeps_every_byte_and_every_value_and_undo_gives_the_old_file(
    raw: bytes, words: str, note: str
) -> None:
    try:
        splice = append(raw, "a.yaml", passage_lines(TextQuoteSelector(words), Wish(id="new", note=note)))
    except CannotAppend:
        assume(False)
    after = splice.applied(raw)
    assert after[: splice.at] == raw[: splice.at]
    assert after.endswith(raw[splice.at + len(splice.removed) :])
    assert splice.removed.strip().partition(b"#")[0].strip() in (b"", b"[]", b"[ ]", b"~")
    assert splice.removed.partition(b"#")[2].strip() == splice.head.partition(b"#")[2].strip()
    wanted = {"id": "new", "quote": words, **({"note": note.strip()} if note else {})}
    assert passages(after) == [*passages(raw), wanted]
    assert rest(after) == rest(raw)
    assert splice.reverted(after) == raw
    assert taken_out(after, "a.yaml", splice) == raw


@settings(max_examples=100)
@given(source_files(), st.integers(1, 4))
def test_several_passages_are_taken_back_to_the_first_byte(raw: bytes, times: int) -> None:
    states, splices = [raw], []
    for number in range(times):
        try:
            splices.append(append(states[-1], "a.yaml", (f"id: new-{number}", "quote: noise")))
        except CannotAppend:
            assume(False)
        states.append(splices[-1].applied(states[-1]))
    assert [p["id"] for p in passages(states[-1])][-times:] == [f"new-{n}" for n in range(times)]
    for state, splice in zip(reversed(states[:-1]), reversed(splices), strict=True):
        assert splice.reverted(splice.applied(state)) == state


NEW = "  - id: new\n    quote: noise\n    topics: [a]\n"
FAR = "   -   id: new\n       quote: noise\n       topics: [a]\n"
NEAR = "- id: new\n  quote: noise\n  topics: [a]\n"
PLACES = {
    "behind the last": ("passages:\n- id: a\nnote: y\n", f"passages:\n- id: a\n{NEAR}note: y\n"),
    "as far in as the last": ("passages:\n   -   id: a\n", f"passages:\n   -   id: a\n{FAR}"),
    "behind the comment on the last": (
        "passages:\n  - id: a\n    # of a\n  # of none\n",
        f"passages:\n  - id: a\n    # of a\n{NEW}  # of none\n",
    ),
    "a line apart where the others are": (
        "passages:\n  - id: a\n\n  # b\n  - id: b\n",
        f"passages:\n  - id: a\n\n  # b\n  - id: b\n\n{NEW}",
    ),
    "in place of an empty list": ("passages: []\nnote: y\n", f"passages:\n{NEW}note: y\n"),
    "behind the lines of the last that are comments": (
        "passages:\n  - id: a\n  #   # line 3: numbers 9\n  # - id: b\n  #   quote: x\n",
        f"passages:\n  - id: a\n  #   # line 3: numbers 9\n{NEW}  # - id: b\n  #   quote: x\n",
    ),
    "behind the comment on an empty list": ("passages: [] # none yet\n", f"passages: # none yet\n{NEW}"),
    "under a key of its own, as the file's other lists stand": (
        "set_aside:\n- quote: z\n  why: w",
        f"set_aside:\n- quote: z\n  why: w\npassages:\n{NEAR[:-1]}",
    ),
    "before the end of the document": ("note: y\n...\n", f"note: y\npassages:\n{NEW}...\n"),
}


@pytest.mark.parametrize(("before", "after"), PLACES.values(), ids=PLACES)
def test_a_passage_goes(before: str, after: str) -> None:
    raw = f"text: a.txt\n{before}".encode()
    assert append(raw, "a.yaml", LINES).applied(raw).decode() == f"text: a.txt\n{after}"


def test_line_ends_are_those_of_the_line_before() -> None:
    raw = b"text: a.txt\npassages:\r\n- id: a\r\nnote: y\n"
    assert b"\r\n- id: new\r\n  quote: noise\r\n  topics: [a]\r\nnote: y\n" in append(raw, "a.yaml", LINES).applied(raw)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"text: a.txt\npassages: [{id: a, quote: x}]\n", "written in brackets, on line 2"),
        (b"text: a.txt\npassages: [\n]\n", "several lines"),
        (b"{text: a.txt}\n", "written in braces"),
        (b"text: a.txt\npassages: some\n", "no list"),
        (b"text: a.txt\npassages:\n  - id: [half", "a bracket is not closed"),
        (b"text: a.txt\npassages:\n\t- id: a", "a tab stands"),
        (b"text: \xff\n", "no record"),
        (b"", "no record"),
        (b"- id: a\n", "no record"),
        (b"text: a.txt\nnote: |\n  its line end would be part of it", "without a change of something else"),
    ],
)
def test_a_file_that_cannot_take_a_passage_is_refused_in_words(raw: bytes, why: str) -> None:
    with pytest.raises(CannotAppend) as refused:
        append(raw, "a.yaml", LINES)
    assert why in refused.value.message
    assert refused.value.hint


RAW = b"text: a.txt\npassages: []\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"text: a.txt", b"text: b.txt"),
        (b"topics: [a]\n", b"topics: [a]\n  - id: hand\n    quote: x\n"),
        (b"\n", b"\n# by hand\n"),
    ],
    ids=["another key", "another passage", "comments"],
)
def test_a_passage_is_taken_out_of_a_file_that_was_edited_elsewhere(old: bytes, new: bytes) -> None:
    splice = append(RAW, "a.yaml", LINES)
    edited = splice.applied(RAW)
    edited = edited.replace(old, new, 1) if old != b"\n" else new[1:] + edited
    without = taken_out(edited, "a.yaml", splice)
    assert without is not None
    assert [p["id"] for p in passages(edited)] == ["new", *(p["id"] for p in passages(without))]
    assert new.strip().split(b"\n")[-1] in without


@pytest.mark.parametrize(
    "edit",
    [
        lambda raw: raw.replace(b"quote: noise", b"quote: din"),
        lambda raw: raw.replace(b"  - id: new\n    quote: noise\n    topics: [a]\n", b""),
        lambda raw: raw + b"note: |\n  passages:\n    - id: new\n      quote: noise\n      topics: [a]\n" * 2,
    ],
    ids=["altered", "gone", "twice the words"],
)
def test_a_passage_that_is_no_longer_as_it_was_is_left_alone(edit: Any) -> None:
    splice = append(RAW, "a.yaml", LINES)
    assert taken_out(edit(splice.applied(RAW)), "a.yaml", splice) is None


def test_nothing_is_taken_out_of_a_file_that_is_saved_half_way() -> None:
    splice = append(RAW, "a.yaml", LINES)
    with pytest.raises(CannotAppend, match="bracket"):
        taken_out(splice.applied(RAW) + b"note: [half", "a.yaml", splice)
