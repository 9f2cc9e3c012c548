"""The plan for the changed sources of a folder, and its carrying out: the YAML is patched, a text never."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from ..amending import Changed, amend
from ..frozen import dataclass
from ..markup.names import Names
from ..problems import BuildFailed, Problem, Refused, did_you_mean
from ..reading.files import Files
from ..reading.folder import load, missing_source
from ..reading.seeds import SEEDS
from ..records import Annotations, SourceFile
from ..recovering import old_texts
from .proposing import Proposal, Proposals, proposed
from .rewriting import CannotRewrite, Edit, rewritten, unified


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done with the file of one source; `open_` are the proposals that have to be accepted by name.

    `is_pinned` says that every quote has its place again, so that the hash becomes that of the text.
    """

    source: str
    path: str
    seed: str
    sha256: str
    before: bytes
    after: bytes
    proposals: Proposals
    open_: tuple[Proposal, ...]
    is_pinned: bool

    @property
    def patch(self) -> str:
        """The change as a unified diff."""
        return unified(self.before, self.after, self.path)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to the author."""
        return not (self.open_ or self.proposals.questions)


def plans(folder: Path, wanted: Sequence[str], accepted: Collection[str]) -> tuple[Plan, ...]:
    """A plan for each changed source, of those wanted or of all; `accepted` names proposals whose meaning may differ.

    Raises BuildFailed for a source that there is not or that cannot be read, Refused for a name that nothing has.
    """
    loaded = load(folder)
    if loaded.annotations is None:
        raise BuildFailed(loaded.problems)
    files = {file.id: file for file in loaded.annotations.sources}
    _check_wanted(wanted, files, loaded.problems)
    _check_readable([f for f in files.values() if not wanted or f.id in wanted], loaded.problems)
    names, texts = Names(loaded.annotations.entities), old_texts(folder, loaded.annotations)
    found = tuple(
        _plan(folder, file, proposed(file, texts.get(file.id), names), accepted)
        for file in _changed(loaded.annotations)
        if not wanted or file.id in wanted
    )
    known = {p.name for plan in found for p in plan.proposals.proposals if p.weighty}
    for name in accepted:
        if name not in known:
            raise Refused(f"there is nothing to accept in '{name}'", did_you_mean(name, known, _listed(known)))
    return found


def _listed(names: Collection[str]) -> str:
    return f"to be accepted: {', '.join(sorted(names))}" if names else "no proposal has to be accepted by name"


def _changed(annotations: Annotations) -> Iterator[SourceFile]:
    """The sources whose text has another hash than the one that is named."""
    for file in annotations.sources:
        pinned = file.record.sha256.lower()
        if len(pinned) == 64 and file.text is not None and file.sha256 not in (None, pinned):
            yield file


def _check_wanted(wanted: Sequence[str], files: Collection[str], problems: Sequence[Problem]) -> None:
    missing = (missing_source(name, files, problems) for name in wanted if name not in files)
    if found := [*chain.from_iterable(missing)]:
        raise BuildFailed(found)


def _check_readable(files: Iterable[SourceFile], problems: Sequence[Problem]) -> None:
    """A text that is gone, or is none, was changed as well: it is not passed over as one that was not."""
    places = {p for f in files if f.text is None for p in (f.record.at.place.path, f"{SEEDS}/{f.record.text}")}
    if found := [p for p in problems if p.place.path in places and p.severity == "error"]:
        raise BuildFailed(found)


def _plan(folder: Path, file: SourceFile, found: Proposals, accepted: Collection[str]) -> Plan:
    path, sha256 = file.record.at.place.path, file.sha256 or ""
    before = Files(folder).read(path)
    if before is None:
        raise Refused(f"{path} cannot be read any more", "run it again")
    open_ = tuple(p for p in found.proposals if p.weighty and p.name not in accepted)
    edits = [e for p in found.proposals if p not in open_ for e in p.edits]
    is_pinned = not (open_ or found.questions)
    if is_pinned:
        edits.append(Edit(("sha256",), sha256))
    try:
        after = rewritten(before, path, edits)
    except CannotRewrite as error:
        raise Refused(str(error), "change it by hand: briefing check says what to write") from error
    return Plan(file.id, path, f"{SEEDS}/{file.record.text}", sha256, before, after, found, open_, is_pinned)


def carry_out(folder: Path, plan: Plan) -> bool:
    """Write a plan, whole or not at all; False when there is nothing to write. Raises Refused or OSError."""
    if plan.before == plan.after:
        return False
    raw = Files(folder).read(plan.seed)
    if raw is None or hashlib.sha256(raw).hexdigest() != plan.sha256:
        raise Refused(f"{plan.seed} was changed meanwhile", "run it again")
    try:
        amend(folder, plan.path, plan.before, plan.after)
    except Changed:
        raise Refused(f"{plan.path} was changed meanwhile", "run it again") from None
    return True
