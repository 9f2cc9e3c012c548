"""What became of quotes: they stand, they moved, or they are lost, and each is told at its own place."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from site_builder.build import checked
from site_builder.drifting import drift
from site_builder.reading.folder import load
from tests.reanchoring.test_desk import TEXT, briefing

FIRST, SECOND, THIRD, _ = TEXT.split("\n\n")


def moved(folder: Path) -> dict[str, str]:
    file = load(folder).annotations
    assert file is not None
    return {m.quote.name: m.why for m in drift(file.sources[0], TEXT).moved}


def test_check_says_of_each_changed_source_how_its_quotes_stand(tmp_path: Path) -> None:
    text = TEXT.replace("120 complaints", "130 complaints").replace("Noise did", "They say that noise did")
    found = checked(briefing(tmp_path, text)).problems
    (changed,) = [p for p in found if p.rule == "source-changed"]
    assert changed.message.endswith("of its 6 quotes 3 stand, 1 moved, 2 are lost")
    assert changed.hint.startswith("briefing reanchor notice shows what would change; or read it again")
    lost = {(p.rule, p.place.line) for p in found if p.rule.startswith("quote")}
    assert lost == {("quote-drifted", 12), ("quote-drifted", 16), ("quote-moved", 18)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (TEXT + "\n\nMore.\n", set()),
        (TEXT.replace(" ", "\n"), set()),
        ("\n\n".join((FIRST, THIRD, SECOND, "Read more\n")), {"rise"}),
        (TEXT.replace("It told", "Nobody told"), {"rise"}),
        (TEXT.replace("at the town hall", "not at the town hall"), {"meeting", "issued.quote"}),
        (TEXT.replace("the pilots", "no pilots"), {"fall", "say"}),
    ],
)
def test_a_quote_moved_when_something_about_it_is_new(tmp_path: Path, text: str, names: set[str]) -> None:
    assert set(moved(briefing(tmp_path, text))) == names


def test_why_it_moved_shows_the_difference(tmp_path: Path) -> None:
    why = moved(briefing(tmp_path, TEXT.replace("It told", "Nobody told")))["rise"]
    assert "[-It-] {+Nobody+} told Port Radio" in why


def test_the_old_text_is_found_in_git(tmp_path: Path) -> None:
    folder = briefing(tmp_path)
    quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "core.autocrlf=false")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "Annotate")):
        subprocess.run(["git", *who, *words], cwd=folder, check=True, env=quiet)
    (folder / "seeds" / "notice.txt").write_bytes(TEXT.replace("It told", "Nobody told").encode())
    assert "quote-moved" in {p.rule for p in checked(folder).problems}


def test_a_copy_with_another_hash_is_not_taken_for_the_old_text(tmp_path: Path) -> None:
    folder = briefing(tmp_path, TEXT.replace("It told", "Nobody told"))
    (folder / "output" / "sources" / "notice.txt").write_bytes(b"not the text")
    (changed,) = [p for p in checked(folder).problems if p.rule == "source-changed"]
    assert changed.message.endswith("of its 6 quotes 6 stand; which moved cannot be told without the old text")


def test_other_line_ends_move_nothing(tmp_path: Path) -> None:
    (changed,) = checked(briefing(tmp_path, TEXT.replace("\n", "\r\n"))).problems
    assert changed.message.endswith("of its 6 quotes 6 stand")
