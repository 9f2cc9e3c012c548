"""A build after any edits gives what a clean one gives: the same bytes and the same problems, whatever is known."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from collections.abc import Sequence as Sequence_
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from site_builder.build import LOCAL, Built, Publication, Report, build, kept_memory, silent
from site_builder.disk import writing
from site_builder.kept.memory import Memory
from site_builder.problems import BuildFailed, Problem
from tests.built_sites import SITES
from tests.editing import BREAKING, EDITS, Effect, Folder, NotHere, add_spares, spread, style
from tests.quoted_site import write_site

AT_LEAST = 20  # times that each kind of edit is made in all rounds
ROUNDS, MANY, FEW = 4, 47, 12  # sequences: in each round, and in every run of the tests
STEPS, EDITS_AT_ONCE = 2, 7
BASES = ("harbour", "tangle", "quoted", "harbour, spread", "quoted, published", "tangle, spread")


Known = Memory | Callable[[], Memory] | None


def tree(output: Path) -> dict[str, bytes]:
    """Every file of a site, the manifest too, but neither lock nor stamps."""
    found: dict[str, bytes] = {}
    for folder, _, names in os.walk(output):
        for name in names:
            if name not in ("lock", "stamps"):
                path = os.path.join(folder, name)  # noqa: PTH118 it is done a hundred thousand times
                with open(path, "rb") as file:  # noqa: PTH123
                    found[os.path.relpath(path, output)] = file.read()
    return found


def copied(memory: Memory) -> Memory:
    """What is known, to be added to and written over without this being touched: what was read from a list is written
    over when the list is read again."""
    return deepcopy(memory)


@dataclass
class Base:
    """A briefing as it is before the edits, the site of it, and what is known of that."""

    folder: Path
    output: Path
    publication: Publication
    memory: Memory


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Base]:
    found = {}
    for name in BASES:
        place = tmp_path_factory.mktemp("base")
        kind, _, way = name.partition(", ")
        if kind == "quoted":
            write_site(place / "briefing")
        else:
            shutil.copytree(SITES / kind, place / "briefing", ignore=shutil.ignore_patterns("expected"))
        add_spares(place / "briefing")
        if way == "spread":
            spread(place / "briefing")
        publication, memory = Publication(profile="public") if way == "published" else LOCAL, Memory()
        build(place / "briefing", place / "output", publication=publication, memory=memory)
        found[name] = Base(place / "briefing", place / "output", publication, memory)
    return found


class Sequence:
    """Edits of one briefing, one after the other, each followed by a build that knows the one before."""

    def __init__(self, base: Base, place: Path, chance: random.Random) -> None:
        self.folder, self.output, self.clean = place / "briefing", place / "output", place / "clean"
        shutil.copytree(base.folder, self.folder)
        shutil.copytree(base.output, self.output)
        self.memory: Known = copied(base.memory)
        self.publication = base.publication
        self.chance = chance
        self.editing = Folder(self.folder, chance)

    def forget(self) -> None:
        """Know from here on what is kept on disk between two builds, and nothing else."""
        self.memory = partial(kept_memory, self.folder, self.output)
        style(self.editing)  # so that there is something to be done and kept
        assert isinstance(self.built(self.output, self.memory), Built)

    def built(self, output: Path, memory: Known = None, report: Report = silent) -> Built | tuple[Problem, ...]:
        """A build, or the problems why there is none. What was changed by hand is written again."""
        try:
            return build(self.folder, output, publication=self.publication, memory=memory, report=report, force=True)
        except BuildFailed as failed:
            return failed.problems

    def check(self) -> bool:
        """Build, and hold it against a clean build: the files, and what was said. Whether there is a site."""
        before = tree(self.output)
        mine, clean = self.built(self.output, self.memory), self.built(self.clean)
        after, wanted = tree(self.output), tree(self.clean)
        shutil.rmtree(self.clean, ignore_errors=True)
        if isinstance(mine, Built) and isinstance(clean, Built):
            assert mine.warnings == clean.warnings
            assert [p for p in sorted({**after, **wanted}) if after.get(p) != wanted.get(p)] == []
            return True
        assert mine == clean
        assert after == before
        return False

    def step(self, edits: Sequence_[Callable[[], object]], *, is_checked: bool) -> bool:
        """Make edits and build. Where no site can be made all is put back. Whether one could be made."""
        whole = inputs(self.folder)
        for edit in edits:
            edit()
        if self.check() if is_checked else isinstance(self.built(self.output, self.memory), Built):
            return True
        put_back(self.folder, whole)
        return False

    # What may happen beside edits

    def damage(self) -> bool:
        """Files of the site are lost, and changed by hand. As of all of these: whether it came to that."""
        files = sorted(p for p in self.output.rglob("*") if p.is_file() and ".briefing" not in p.parts)
        self.chance.choice(files).unlink()
        self.chance.choice([p for p in files if p.exists()]).write_bytes(b"by hand")
        return True

    def interrupt(self) -> bool:
        """The build is stopped somewhere."""
        left = self.chance.randrange(30)

        def report(*_: object) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise KeyboardInterrupt

        try:
            self.built(self.output, self.memory, report)
        except KeyboardInterrupt:
            return True
        return False

    def fill_disk(self) -> bool:
        """The disk is full at some file."""
        left, write = self.chance.randrange(20), writing._write

        def full(*arguments: Any, **named: Any) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            write(*arguments, **named)

        with pytest.MonkeyPatch.context() as patch, contextlib.suppress(OSError):
            patch.setattr(writing, "_write", full)
            self.built(self.output, self.memory)
        return left < 0

    def edit_while_building(self) -> bool:
        """A file is saved while the site is made, and once more to what it was."""
        at, file = self.chance.choice(["reading sources", "writing pages"]), self.chance.choice(self.editing.files())
        raw = file.read_bytes()
        more = raw + (b"# again\n" if file.suffix == ".yaml" else b"\nAgain [analysis].\n")

        def report(stage: str, *_: object) -> None:
            if stage == at:
                file.write_bytes(more)

        self.built(self.output, self.memory, report)
        was_met = file.read_bytes() != raw
        if self.chance.random() < 0.5:  # within one tick of the clock, maybe
            file.write_bytes(raw)
        return was_met


def inputs(folder: Path) -> dict[Path, bytes]:
    """All files of a briefing."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def put_back(folder: Path, whole: dict[Path, bytes]) -> None:
    """Make the files of a briefing what they were; those that are so are not written."""
    now = inputs(folder)
    for path in now.keys() - whole.keys():
        path.unlink()
    for path, content in whole.items():
        if now.get(path) != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


BESIDE = (Sequence.damage, Sequence.interrupt, Sequence.fill_disk, Sequence.edit_while_building)


class Deck:
    """Kinds of edits, dealt so that each comes as often as any other; one that cannot be made here comes soon again.

    Together in one step come either such as all pages show, or such as few do: the first would hide the others.
    """

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.cards: list[str] = []
        self.dealt: Counter[str] = Counter()
        self.beside: dict[bool, list[Callable[[Sequence], bool] | None]] = {True: [], False: []}
        self.happened: Counter[tuple[str, bool]] = Counter()  # by name, and whether what is known is kept on disk

    def deal(self, sequence: Sequence, count: int, *, is_checked: bool) -> None:
        """One step of so many edits, and what may happen beside them."""
        made: list[str] = []
        later: list[str] = []

        def edits() -> None:
            for name in self.drawn(later):
                if len(made) == count:
                    self.cards.insert(0, name)
                    return
                try:
                    if made and is_of_all(made[0]) != is_of_all(name):
                        raise NotHere
                    EDITS[name](sequence.editing)
                except NotHere:
                    later.append(name)
                else:
                    made.append(name)

        beside = self.drawn_beside(is_kept=not isinstance(sequence.memory, Memory))
        happened: list[str] = []

        def happen() -> None:
            happened.extend(event.__name__ for event in beside if event(sequence))

        if sequence.step([edits, happen], is_checked=is_checked):
            self.dealt.update(made)
            self.happened.update((name, not isinstance(sequence.memory, Memory)) for name in happened)
        else:
            later += made
        self.cards = [*later, *self.cards]

    def drawn_beside(self, *, is_kept: bool) -> list[Callable[[Sequence], bool]]:
        """What happens beside the next edits: of so many steps each once."""
        cards = self.beside[is_kept]
        if not cards:
            cards += self.chance.sample([*BESIDE, *[None] * 5], len(BESIDE) + 5)
        card = cards.pop()
        return [card] if card else []

    def drawn(self, besides: Sequence_[str]) -> Iterator[str]:
        """The next kinds: what is left, then all others but some."""
        while self.cards:
            yield self.cards.pop(0)
        self.cards = [name for name in self.chance.sample(sorted(EDITS), len(EDITS)) if name not in besides]
        while self.cards:
            yield self.cards.pop(0)


OF_ALL = (
    "site", "rules", "judgement", "question", "topic:", "topics in", "topic added", "topic removed", "template",
    "theme",
)  # fmt: skip


def is_of_all(name: str) -> bool:
    """Whether a kind of edit concerns all pages."""
    return name.startswith((*OF_ALL, "changes", "correction"))


def play(bases: dict[str, Base], place: Path, seed: int, sequences: int, *, is_checked: bool) -> Deck:
    """So many sequences of edits; the last build of each is checked, or every one."""
    chance = random.Random(seed)  # noqa: S311 not for secrets
    deck = Deck(chance)
    for number in range(sequences):
        sequence = Sequence(bases[BASES[number % len(BASES)]], place / f"{number}", chance)
        if number % 4 == 0:
            sequence.forget()
        for _ in range(STEPS - 1):
            deck.deal(sequence, EDITS_AT_ONCE, is_checked=is_checked)
        if number % 3 == 0:
            breaking = BREAKING[(number // 3 + seed) % len(BREAKING)]
            with contextlib.suppress(NotHere):
                assert not sequence.step([partial(breaking, sequence.editing)], is_checked=True)
        deck.deal(sequence, EDITS_AT_ONCE, is_checked=is_checked)
        if not is_checked:
            assert sequence.check()
        shutil.rmtree(place / f"{number}")
    return deck


@pytest.mark.rounds
def test_every_build_after_edits_equals_a_clean_one(bases: dict[str, Base], tmp_path: Path) -> None:
    deck = play(bases, tmp_path, 0, FEW, is_checked=True)
    assert len(deck.dealt) > len(EDITS) // 2


def is_seen(effect: Effect, before: dict[str, bytes], after: dict[str, bytes]) -> bool:
    """Whether the pages changed as an edit should change them."""
    if effect.kind in ("some", "none"):
        names = {p for p in {**before, **after} if p.endswith(".html")}
        return (effect.kind == "some") == any(before.get(p) != after.get(p) for p in names)
    words = effect.words.encode()
    was, is_ = (any(words in content for p, content in f.items() if p.endswith(".html")) for f in (before, after))
    return {"shown": not was and is_, "gone": was and not is_, "any": True}[effect.kind]


@pytest.mark.rounds
def test_each_kind_of_edit_does_to_the_pages_what_it_says(bases: dict[str, Base], tmp_path: Path) -> None:
    for name in EDITS:
        for base in (bases["tangle"], bases["harbour, spread"]):
            sequence = Sequence(base, tmp_path / "one", random.Random(0))  # noqa: S311 not for secrets
            before = tree(sequence.output)
            with contextlib.suppress(NotHere):
                effect = EDITS[name](sequence.editing)
                built = sequence.built(sequence.output, sequence.memory)
                assert isinstance(built, Built), (name, built)
                assert is_seen(effect, before, tree(sequence.output)), (name, effect)
                shutil.rmtree(tmp_path / "one")
                break
            shutil.rmtree(tmp_path / "one")
        else:
            pytest.fail(f"made nowhere: {name}")


@pytest.mark.rounds
@pytest.mark.parametrize("seed", range(1, ROUNDS + 1))
def test_builds_after_all_kinds_of_edits_equal_clean_ones(bases: dict[str, Base], tmp_path: Path, seed: int) -> None:
    deck = play(bases, tmp_path, seed, MANY, is_checked=False)
    few = {name: deck.dealt[name] for name in EDITS if deck.dealt[name] < AT_LEAST // ROUNDS}
    assert not few
    for event in BESIDE:
        running, kept = (deck.happened[event.__name__, is_kept] for is_kept in (False, True))
        assert running + kept >= AT_LEAST // ROUNDS, event
        assert kept > 0, event
