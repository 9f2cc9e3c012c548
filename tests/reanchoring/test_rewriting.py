"""A scalar is replaced in place, in the style in which it is written, and nothing else in the file changes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from site_builder.reading.nodes import compose
from site_builder.reanchoring.rewriting import CannotRewrite, Edit, rewritten, unified

FILE = """\
# a comment
text: notice.txt   # kept
passages:
  - id: one
    quote: {written}
    note: 'it''s "so"'   # and this
  - {{id: two, quote: two words}}
"""


def changed(written: str, words: str) -> str:
    """How a quote is written after its words are replaced; all else is seen to be as it was."""
    before = FILE.format(written=written)
    after = rewritten(before.encode(), "x.yaml", [Edit(("passages", 0, "quote"), words)]).decode()
    head, tail = before.split(written)
    assert after.startswith(head)
    assert after.endswith(tail)
    return after[len(head) : len(after) - len(tail)]


@pytest.mark.parametrize(
    ("written", "words", "then"),
    [
        ("a rise of 120", "a rise of 130", "a rise of 130"),
        ("'it''s a rise'", "it's no rise", "'it''s no rise'"),
        ('"it \\"rose\\""', 'it "fell"', '"it \\"fell\\""'),
        ("a rise", "a rise: steep", '"a rise: steep"'),  # a plain value cannot hold a colon
        ("a rise", "- a rise", '"- a rise"'),
        ("'a rise'", "'a fall'", "'''a fall'''"),
        ("a rise\n      of noise", "a steep rise\n of noise", "a steep rise\n      of noise"),
        (">-\n      a rise\n      of noise", "a rise of loud noise", ">-\n      a rise\n      of loud noise"),
        (">-  # why\n      a rise\n      of noise", "rise of noise", ">-  # why\n      rise\n      of noise"),
        ("|-\n      a rise\n      of noise", "the rise of noise", "|-\n      the rise\n      of noise"),
        ('"a rise\\n of noise"', "a fall of noise", '"a fall of noise"'),  # an escape hides where its words end
        (">-\n      a: rise", "a: fall", ">-\n      a: fall"),
        ("a rise", "a\u2028rise b", "a rise b"),  # white space of any kind is a space
    ],
)
def test_new_words_are_written_in_the_style_of_the_old_ones(written: str, words: str, then: str) -> None:
    assert changed(written, words) == then


def test_a_block_is_wrapped_where_new_words_make_a_line_too_long() -> None:
    then = changed(">-\n      a rise\n      of noise", f"a rise {'and more ' * 30}of noise")
    assert max(map(len, then.split("\n"))) <= 120
    assert " ".join(then.split()) == f">- a rise {'and more ' * 30}of noise"


def test_a_value_in_braces_is_found_and_quoted_where_it_must_be() -> None:
    raw = FILE.format(written="one").encode()
    after = rewritten(raw, "x.yaml", [Edit(("passages", 1, "quote"), "two, words")])
    assert after == raw.replace(b"two words", b'"two, words"')


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_the_byte_order_mark_stay(mark: str, end: str) -> None:
    text = mark + FILE.format(written=">-\n      a rise\n      of noise").replace("\n", end)
    after = rewritten(text.encode(), "x.yaml", [Edit(("passages", 0, "quote"), "a rise of loud noise")])
    assert after.decode() == text.replace("of noise", "of loud noise")


def test_what_is_not_there_any_more_cannot_be_rewritten() -> None:
    with pytest.raises(CannotRewrite):
        rewritten(FILE.format(written="one").encode(), "x.yaml", [Edit(("passages", 7, "quote"), "x")])
    with pytest.raises(CannotRewrite):
        rewritten(b"a: [b", "x.yaml", [Edit(("a",), "x")])


_WORD = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=8)
_WORDS = st.lists(_WORD.filter(lambda w: w.split() == [w]), min_size=1, max_size=12).map(" ".join)


@given(
    old=_WORDS,
    new=_WORDS,
    style=st.sampled_from(["plain", "'", '"', ">", "|"]),
)
def test_any_words_become_any_others(old: str, new: str, style: str) -> None:
    written = yaml.dump({"quote": old}, default_style=None if style == "plain" else style, allow_unicode=True)
    raw = f"# first\nother: 1\n{written}last: it's so  # kept\n".encode()
    if not isinstance(compose(raw.decode(), "x.yaml"), yaml.Node) or "!" in written:
        return  # not every character may stand in a file as it is
    after = rewritten(raw, "x.yaml", [Edit(("quote",), new)])
    node = compose(after.decode(), "x.yaml")
    assert isinstance(node, yaml.MappingNode)
    assert {k.value.strip('"'): v.value for k, v in node.value}["quote"].split() == new.split()
    assert after.startswith(b"# first\nother: 1\n")
    assert after.endswith(b"last: it's so  # kept\n")


@pytest.mark.parametrize("end", ["\n", ""])
def test_the_difference_is_a_patch_that_git_applies(tmp_path: Path, end: str) -> None:
    before, after = f"a\nb\nc{end}".encode(), f"a\nB\nc!{end}".encode()
    (tmp_path / "x.yaml").write_bytes(before)
    patch = unified(before, after, "x.yaml")
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch.encode(), check=True, env={"PATH": "/usr/bin:/bin"})
    assert (tmp_path / "x.yaml").read_bytes() == after
