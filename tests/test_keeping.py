"""A memory on disk is as good as one in the process, and one that is damaged is as good as none."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from site_builder.build import Built, build
from site_builder.kept.keeping import KEPT, KeptMemory, place_of
from site_builder.model import Source

from .built_sites import SITES


class Kept:
    """A briefing that is built again and again, each time with a memory that was read anew."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.output, self.place = folder / name, folder / "out", folder / "memory" / "x"
        shutil.copytree(SITES / name, self.folder)

    def build(self) -> Built:
        return build(self.folder, self.output, memory=KeptMemory(self.place, self.folder))

    def edit(self, path: str, old: str, new: str) -> Built:
        place = self.folder / path
        text = place.read_text("utf-8")
        assert old in text
        place.write_text(text.replace(old, new), "utf-8")
        return self.build()

    def is_as_clean(self) -> bool:
        clean = self.folder.parent / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        build(self.folder, clean)
        return _tree(clean) == _tree(self.output)


def _tree(folder: Path) -> dict[str, bytes]:
    files = (p for p in folder.rglob("*") if p.is_file() and ".briefing" not in p.parts)
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    made = Kept(tmp_path, "harbour")
    made.build()
    return made


SOURCE = "annotations/sources/harbour-notice.yaml"
NOTE = (SOURCE, "**not** measurements", "**not** observations")


def test_a_build_in_a_new_process_does_no_more_than_the_edit_asks_for(kept: Kept) -> None:
    built = kept.edit(*NOTE)
    assert (built.work.parsed, built.work.resolved, built.work.rendered) == (1, 1, 1)
    assert kept.is_as_clean()


def test_one_edit_after_another_gives_the_same_as_a_clean_build(kept: Kept) -> None:
    edits = (
        NOTE, (NOTE[0], NOTE[2], NOTE[1]), (SOURCE, "title: Noise at", "title: Sound at"),
        ("annotations/events.yaml", "a rise in complaints", "complaints"),
        ("annotations/site.yaml", "title: ", "title: New "),
        (SOURCE, "topics: [noise]\n    said_by", "topics: []\n    said_by"),
    )  # fmt: skip
    for edit in edits:
        assert kept.edit(*edit).count("write") > 0
        assert kept.is_as_clean(), edit


def test_what_is_read_later_is_what_was_kept(kept: Kept) -> None:
    memory = KeptMemory(kept.place, kept.folder)
    memory.wake(_program(kept.place))
    assert memory.site is not None
    (source,) = memory.site.briefing.sources
    assert type(source) is not Source
    assert isinstance(source, Source)
    fresh = build(kept.folder, kept.folder.parent / "other").annotations
    assert fresh is not None
    assert source.text == fresh.sources[0].text
    assert type(source) is Source
    assert memory.site.briefing.index.passages["harbour-notice#statement"].words in source.text


def test_an_edited_text_asks_for_no_more_than_its_source(tmp_path: Path) -> None:
    kept = Kept(tmp_path, "tangle")
    kept.build()
    seed, path = kept.folder / "seeds/fence.txt", kept.folder / "annotations/sources/fence.yaml"
    before, now = seed.read_bytes(), seed.read_bytes() + b"That is all.\n"
    seed.write_bytes(now)
    built = kept.edit(f"{path.relative_to(kept.folder)}", sha256(before).hexdigest(), sha256(now).hexdigest())
    assert (built.work.parsed, built.work.resolved) == (1, 1)
    assert kept.is_as_clean()


def _program(place: Path) -> str:
    """The program that wrote a memory, as its first line says."""
    return str(json.loads(place.with_name("x.rest").read_bytes().split(b"\n", 1)[0])[1])


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-99])


def _to_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _spoil(path: Path) -> None:
    """Other bytes in the place of all but the first and the last."""
    raw = path.read_bytes()
    path.write_bytes(raw[:16] + b"\xff" * (len(raw) - 32) + raw[-16:])


def _spoil_sources(path: Path) -> None:
    """The same of what is read last: the stretches of sources."""
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"harbour-notice", b"harbour\xff\xff\xff\xff\xff\xff\xff"))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "no texts": lambda place: place.with_name("x.texts").unlink(),
    "no rest": lambda place: place.with_name("x.rest").unlink(),
    "other texts": lambda place: place.with_name("x.texts").write_bytes(b"0" * 100_000),
    "texts cut short": lambda place: _cut(place.with_name("x.texts")),
    "texts of something else": lambda place: _spoil(place.with_name("x.texts")),
    "sources of something else": lambda place: _spoil_sources(place.with_name("x.texts")),
    "rest cut short": lambda place: _cut(place.with_name("x.rest")),
    "rest of nothing": lambda place: place.with_name("x.rest").write_bytes(b""),
    "another program": lambda place: place.with_name("x.rest").write_bytes(b'[1,"other","3"]\n' + pickle.dumps(None)),
    "a folder in its place": lambda place: _to_folder(place.with_name("x.rest")),
}  # fmt: skip


@pytest.mark.rounds
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_memory_that_is_damaged_is_as_good_as_none(kept: Kept, damage: Callable[[Path], object]) -> None:
    damage(kept.place)
    assert kept.edit(*NOTE).work.resolved == 1
    assert kept.is_as_clean()
    assert kept.edit(NOTE[0], NOTE[2], NOTE[1]).count("write") > 0
    assert kept.is_as_clean()


def test_a_memory_of_another_site_is_not_used(kept: Kept) -> None:
    build(kept.folder, kept.output, memory=None)
    path = kept.folder / SOURCE
    path.write_text(path.read_text("utf-8").replace(NOTE[1], "no measurements"), "utf-8")
    build(kept.folder, kept.output)  # by another way: the memory knows nothing of it
    built = kept.edit(SOURCE, "no measurements", NOTE[1])
    assert built.work.rendered > 1
    assert kept.is_as_clean()


def test_texts_that_are_of_no_use_any_more_are_thrown_away(kept: Kept) -> None:
    sizes = []
    for number in range(8):
        kept.edit(SOURCE, f"passages:{' ' * number}\n", f"passages:{' ' * (number + 1)}\n")
        sizes.append(kept.place.with_name("x.texts").stat().st_size)
    assert max(sizes) < 2 * min(sizes)


def test_sources_that_nobody_asked_for_survive_when_texts_are_written_anew(tmp_path: Path) -> None:
    kept = Kept(tmp_path, "tangle")
    kept.build()
    marks = {kept.place.with_name("x.texts").read_bytes()[:16]}
    for number in range(9):
        edit = f"passages:{' ' * number}\n", f"passages:{' ' * (number + 1)}\n"
        assert kept.edit("annotations/sources/fence.yaml", *edit).work.resolved < 3
        marks.add(kept.place.with_name("x.texts").read_bytes()[:16])
    assert len(marks) > 1
    path = kept.folder / "annotations/sources/letters.yaml"
    path.write_text(f"{path.read_text('utf-8')}# The end.\n", "utf-8")
    assert kept.build().work.resolved < 3  # the third stays asleep
    assert kept.is_as_clean()


def test_what_is_asleep_is_kept_when_texts_are_written_anew(kept: Kept) -> None:
    program = _program(kept.place)
    memory = KeptMemory(kept.place, kept.folder)
    memory.wake(program)
    assert memory.woken is not None
    mark = memory.woken.stowed.mark
    memory.woken.stowed.size = 10**9  # as if nearly all of the file were of no use
    memory.save()
    assert kept.place.with_name("x.texts").read_bytes()[:16] != mark
    again = KeptMemory(kept.place, kept.folder)
    again.wake(program)
    assert again.site is not None
    assert again.site.briefing.sources[0].text == (kept.folder / "seeds/harbour-notice.txt").read_text("utf-8")


@pytest.mark.rounds
def test_only_so_many_memories_are_kept(tmp_path: Path) -> None:
    shutil.copytree(SITES / "smallest", tmp_path / "smallest")
    for number in range(KEPT + 3):
        output = tmp_path / f"out-{number}"
        place = place_of(tmp_path, tmp_path / "smallest", output)
        build(tmp_path / "smallest", output, memory=KeptMemory(place, tmp_path / "smallest"))
    assert len(list((tmp_path / "memory").glob("*.rest"))) == KEPT
    assert len(list((tmp_path / "memory").glob("*.texts"))) == KEPT
