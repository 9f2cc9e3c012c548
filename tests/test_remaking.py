"""A build after one little edit looks at little, and gives what a clean one gives, whatever came before."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from site_builder.build import Built, build
from site_builder.glance import STAMPS
from site_builder.kept.keeping import KeptMemory
from site_builder.kept.memory import Memory
from site_builder.problems import BuildFailed
from site_builder.site import remaking
from site_builder.site.making import Making
from tests.built_sites import copied
from tests.editing import EDITS, Folder, NotHere, add_spares

LITTLE = (
    "note of a passage", "event: title", "comment", "event: note", "files written again", "note of a passage, private",
    "source: note", "event: topics", "claim: why", "attribution of a passage", "flag", "event: date", "brief",
    "asset",
)  # fmt: skip
STEPS = int(os.environ.get("REMAKING_STEPS", "6"))


@pytest.mark.rounds
@pytest.mark.parametrize(("name", "is_kept"), [("harbour", True), ("tangle", False)], ids=["on disk", "in a process"])
def test_one_little_edit_after_another_gives_what_a_clean_build_gives(
    tmp_path: Path, name: str, is_kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    briefing, output, known = tmp_path / "briefing", tmp_path / "output", Memory()
    copied(name, briefing)
    add_spares(briefing)
    short: list[bool] = []

    def remake(made: Making) -> bool:
        short.append(plain(made))
        return short[-1]

    plain: Callable[[Making], bool] = remaking.remake
    monkeypatch.setattr(remaking, "remake", remake)

    def built() -> Built:
        return build(briefing, output, memory=KeptMemory(tmp_path / "memory" / "x", briefing) if is_kept else known)

    built()
    folder = Folder(briefing, random.Random(f"{name}{is_kept}"))  # noqa: S311 not for secrets
    for step in range(STEPS):
        edit = LITTLE[step] if step < len(LITTLE) else folder.chance.choice(LITTLE)
        with suppress(NotHere):
            EDITS[edit](folder)
        made = built()
        shutil.rmtree(tmp_path / "clean", ignore_errors=True)
        clean = build(briefing, tmp_path / "clean")
        assert made.warnings == clean.warnings, edit
        assert tree(output) == tree(tmp_path / "clean"), edit
        assert sorted(made.reasons) == sorted(clean.reasons), edit
    assert any(short)


def test_an_asset_that_is_taken_away_is_taken_off_the_site(tmp_path: Path) -> None:
    briefing, output, known = tmp_path / "briefing", tmp_path / "output", Memory()
    copied("harbour", briefing)
    build(briefing, output, memory=known)
    asset = briefing / "templates" / "assets" / "logo.svg"
    asset.parent.mkdir(parents=True)
    asset.write_text("<svg/>", "utf-8")
    build(briefing, output, memory=known)
    assert (output / "assets" / "logo.svg").exists()
    asset.unlink()
    built = build(briefing, output, memory=known)
    assert not (output / "assets" / "logo.svg").exists()
    assert [*built.deleted] == ["assets/logo.svg"]


def test_an_asset_in_the_place_of_the_style_sheet_is_refused_after_an_edit_too(tmp_path: Path) -> None:
    briefing, output, known = tmp_path / "briefing", tmp_path / "output", Memory()
    copied("harbour", briefing)
    build(briefing, output, memory=known)
    asset = briefing / "templates" / "assets" / "site.css"
    asset.parent.mkdir(parents=True)
    asset.write_text("p {}", "utf-8")
    with pytest.raises(BuildFailed) as failed:
        build(briefing, output, memory=known)
    assert [p.rule for p in failed.value.problems] == ["path-collision"]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a site, and the manifest."""
    files = (p for p in folder.rglob("*") if p.is_file() and p.name not in ("lock", STAMPS))
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}
