"""Texts into a briefing: each byte for byte into `seeds/`, with a source file to start from; all of them, or none.

Nothing is ever written over. What stands in `seeds/` is never changed.
"""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..frozen import dataclass, replace
from ..markup.names import Names
from ..problems import Refused
from ..reading.folder import ANNOTATIONS, load
from ..reading.seeds import SEEDS
from .drafting import Draft, Taken, draft
from .guessing import source_id, title
from .originals import Seed, Wishes, read_seed
from .shelving import DRAFT, write_new
from .untaken import NoText, Trouble, Untaken


@dataclass(frozen=True, slots=True)
class Added:
    """A text that was taken: its source, its name in seeds/, the source file, and the passages proposed in it."""

    id: str
    seed: str
    source_file: str
    draft: Draft


def add(
    folder: Path, texts: Sequence[str], wishes: Wishes, *, stdin: bytes = b"", dry_run: bool = False
) -> tuple[Added, ...]:
    """Take the texts; raises Untaken with all that is wrong with them, Refused when the folder is no briefing."""
    _check(folder)
    shelf = _Shelf(folder)
    troubles: list[Trouble] = []
    seeds: list[Seed] = []
    for given in texts:
        try:
            seed = shelf.placed(read_seed(given, wishes, stdin))
            seeds.append(seed)
        except NoText as no:
            troubles.append(Trouble(given, no.message, no.hint, no.is_ours))
    if wishes.id and shelf.has_source(wishes.id):
        troubles.append(Trouble(texts[0], f"there is a source '{wishes.id}' already", "give another --id", False))
    if troubles:
        raise Untaken(troubles)
    found, files = [], []
    for seed in seeds:
        added = shelf.added(seed, wishes)
        found.append(added)
        if not seed.is_there:
            files.append((folder / SEEDS / seed.name, seed.raw))
        files.append((folder / added.source_file, added.draft.text.encode()))
    if not dry_run:
        write_new(files)
    return tuple(found)


def _check(folder: Path) -> None:
    if not (folder / ANNOTATIONS / "site.yaml").is_file():
        hint = "briefing new FOLDER starts one; --folder names another"
        raise Refused(f"{folder} is no briefing: there is no {ANNOTATIONS}/site.yaml", hint)
    for name in (SEEDS, ANNOTATIONS, f"{ANNOTATIONS}/sources"):
        path = folder / name
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            raise Refused(f"{path} is not a folder", "move it away: a folder belongs there")


class _Shelf:
    """The seeds and sources of a briefing, with those that are being added."""

    def __init__(self, folder: Path) -> None:
        annotations = load(folder).annotations
        sources = annotations.sources if annotations else ()
        self.folder = folder
        self.names = Names(annotations.entities if annotations else ())
        self.owners: dict[str, str] = {source.record.text: source.id for source in sources}
        self.seeds = {_key(p.name): p for p in _entries(folder / SEEDS) if not p.name.startswith(DRAFT)}
        self.ids = {p.name.rpartition(".")[0] for p in _entries(folder / ANNOTATIONS / "sources")}
        self.ids |= {source.id for source in sources}
        self.adding: dict[str, Seed] = {}

    def has_source(self, name: str) -> bool:
        return name in self.ids

    def placed(self, seed: Seed) -> Seed:
        """The seed with its place; raises NoText when the text is there already, or another has its name."""
        for other in self.adding.values():
            if other.raw == seed.raw:
                raise NoText(f"this is the same text as '{other.given}'", "give one of the two")
        same = self.same_bytes(seed)
        if same:
            if owner := self.owners.get(same.name):
                hint = f"annotate it in {ANNOTATIONS}/sources/{owner}.yaml"
                raise NoText(f"the source '{owner}' has this very text, {SEEDS}/{same.name}", hint)
            if same.name != seed.name:
                hint = f"give that one: briefing add {SEEDS}/{same.name}"
                raise NoText(f"{SEEDS}/{same.name} is this very text, and no source names it", hint)
            seed = replace(seed, is_there=True)
        elif there := self.seeds.get(_key(seed.name)):
            raise NoText(f"{SEEDS}/{there.name} is another text", "give this one another name with --name")
        elif namesake := self.adding.get(_key(seed.name)):
            raise NoText(f"'{namesake.given}' is another text of the same name", "add it by itself, with --name")
        self.adding[_key(seed.name)] = seed
        return seed

    def same_bytes(self, seed: Seed) -> Path | None:
        """The file in seeds/ with the same bytes; the one of the same name, if there are several."""
        found = []
        for path in self.seeds.values():
            with contextlib.suppress(OSError):
                if path.is_file() and path.stat().st_size == len(seed.raw) and path.read_bytes() == seed.raw:
                    found.append(path)
        return next((p for p in found if p.name == seed.name), found[0] if found else None)

    def added(self, seed: Seed, wishes: Wishes) -> Added:
        """The source of a seed, with an id that no other has."""
        heading = (seed.document and seed.document.title) or title(seed.text, "")
        name = wishes.id or source_id(seed.name, heading, seed.sha256, self.ids)
        self.ids.add(name)
        kind = "webpage" if seed.kind == "html" else "document"
        taken = Taken(
            name, seed.name, seed.sha256, seed.text, seed.came_from, seed.document, kind, wishes.accessed
        )  # fmt: skip
        return Added(name, seed.name, f"{ANNOTATIONS}/sources/{name}.yaml", draft(taken, self.names))


def _key(name: str) -> str:
    """A name as a file system may see it that does not tell letter case or Unicode spelling apart."""
    return unicodedata.normalize("NFC", name).casefold()


def _entries(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(folder.iterdir())
