"""The line that a problem is about."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_builder.problems import Place
from site_builder.serving.excerpts import Excerpt, cut, excerpt


@pytest.mark.parametrize(
    ("line", "column", "found"),
    [
        ("status: acepted", 9, Excerpt("status: ", "a", "cepted")),
        ("x", 1, Excerpt("", "x", "")),
        ("", 1, Excerpt("", "", "")),
        ("title: ", 8, Excerpt("title: ", "", "")),
        ("title: ", 99, Excerpt("title: ", "", "")),
        ("\tx", 2, Excerpt(" ", "x", "")),
        ("год: 1931", 6, Excerpt("год: ", "1", "931")),
        ("a\u202eb\x1bc", 1, Excerpt("", "a", "\\u202eb\\x1bc")),
    ],
)
def test_a_line_is_parted_at_the_column(line: str, column: int, found: Excerpt) -> None:
    assert cut(line, column) == found


def test_a_long_line_is_shown_around_the_column() -> None:
    found = cut("a" * 1000 + "X" + "b" * 1000, 1001)
    assert found.at == "X"
    assert found.before == "…" + "a" * 60
    assert found.after == "b" * 90 + "…"


BLOCK = """\
  - id: noise
    quote: >-  # folded
      received
      150 complaints

      about
      noise
    topics: [noise]
"""


@pytest.mark.parametrize(
    ("diff", "found"),
    [
        (
            "received [-150-] {+120+} complaints",
            Excerpt("      ", "1", "50 complaints", ("    quote: >-  # folded", "      received"), ("", "…")),
        ),
        (
            "received [-150 complaints about-] noise",  # begun on one line, ended on another
            Excerpt("      ", "1", "50 complaints", ("    quote: >-  # folded", "      received"), ("", "…")),
        ),
        (
            "about {+the+} noise",
            Excerpt("      ", "a", "bout", ("    quote: >-  # folded", "…", ""), ("      noise",)),
        ),
        ("", Excerpt("    quote: ", ">", "-  # folded", (), ("      received", "      150 complaints", "", "…"))),
    ],
)
def test_of_a_text_on_lines_of_its_own_the_one_with_the_wrong_word_is_shown(
    tmp_path: Path, diff: str, found: Excerpt
) -> None:
    (tmp_path / "annotations").mkdir()
    (tmp_path / "annotations/a.yaml").write_text(BLOCK, "utf-8")
    assert excerpt(tmp_path, Place("annotations/a.yaml", 2, 12), diff) == found


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_the_build_counts_them(tmp_path: Path, end: str) -> None:
    (tmp_path / "annotations").mkdir()
    (tmp_path / "annotations/a.yaml").write_bytes(f"\ufeffone{end}{end}three".encode())
    assert excerpt(tmp_path, Place("annotations/a.yaml", 1, 1)) == Excerpt("", "o", "ne")
    assert excerpt(tmp_path, Place("annotations/a.yaml", 3, 2)) == Excerpt("t", "h", "ree")
    assert excerpt(tmp_path, Place("annotations/a.yaml", 4, 1)) is None


@pytest.mark.parametrize(
    "path",
    ["annotations/gone.yaml", "annotations", "", "secret.txt", "../secret.txt", "annotations/../../secret.txt",
     "annotations/link.txt", "annotations/folder/secret.txt", "output/claims.html"],
)  # fmt: skip
def test_what_is_no_input_is_not_shown(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "briefing"
    (folder / "annotations").mkdir(parents=True)
    for secret in (tmp_path / "secret.txt", folder / "secret.txt"):
        secret.write_text("secret", "utf-8")
    (folder / "annotations/link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "annotations/folder").symlink_to(tmp_path)
    assert excerpt(folder, Place(path)) is None


def test_what_is_no_regular_file_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "annotations").mkdir()
    os.mkfifo(tmp_path / "annotations/events.yaml")
    assert excerpt(tmp_path, Place("annotations/events.yaml")) is None


def test_a_file_is_read_once_for_all_its_problems(tmp_path: Path) -> None:
    path, read = tmp_path / "annotations/a.yaml", dict[str, list[str]]()
    path.parent.mkdir()
    path.write_text("a\nb\n", "utf-8")
    assert excerpt(tmp_path, Place("annotations/a.yaml", 1), read=read) == Excerpt("", "a", "")
    path.unlink()
    assert excerpt(tmp_path, Place("annotations/a.yaml", 2), read=read) == Excerpt("", "b", "")


def test_bytes_that_are_no_text_are_shown_as_far_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.txt").write_bytes(b"caf\xe9")
    assert excerpt(tmp_path, Place("seeds/a.txt", 1, 4)) == Excerpt("caf", "\ufffd", "")
