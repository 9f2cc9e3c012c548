"""The matrix of claims and sources: claims by topic, and in each cell how the source bears on the claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from .. import urls
from ..frozen import NamedTuple
from ..listing.layout import COLUMNS
from ..listing.listings import by_issue
from ..model import Claim, Source
from ..records import Relation
from ..wording import grade_words, issued_words
from .frame import Site
from .views import Chip, ClaimView, Link, counted

SYMBOLS: dict[Relation, str] = {"supports": "●", "contradicts": "✕", "qualifies": "◐"}
_MOST_ON_A_PAGE = 6  # columns that need no scrolling


class CellPart(NamedTuple):
    """How a source bears on a claim: a symbol, the word for it, and the first passage that does."""

    symbol: str
    relation: str
    passages: int
    href: str


class Cell(NamedTuple):
    """What a source has to say on a claim; without parts it is silent."""

    source: Link
    parts: tuple[CellPart, ...]


class MatrixRow(NamedTuple):
    """A claim, the topics it has beside that of its group, and what each source has to say on it."""

    claim: ClaimView
    others: tuple[Chip, ...]
    cells: tuple[Cell, ...]


class MatrixGroup(NamedTuple):
    """The claims of one topic; a claim stands under the first topic that it names, and only there."""

    id: str
    title: str
    chip: Chip | None
    rows: tuple[MatrixRow, ...]


class Column(NamedTuple):
    """A source: its short name, its record, and on how many claims it speaks."""

    label: Link
    title: str
    record: str
    speaks: str


def group_anchor(claim: Claim) -> str:
    """The id of the group in which a claim stands."""
    return f"topic-{claim.record.topics[0]}" if claim.record.topics else "no-topic"


def groups(site: Site, claims: Iterable[Claim], *, is_table: bool) -> Iterator[MatrixGroup]:
    """The rows of some claims, topic by topic: with a cell for each source, or for those that speak."""
    by_group: dict[str, list[Claim]] = {}
    for claim in claims:
        by_group.setdefault(group_anchor(claim), []).append(claim)
    shown = _in_columns(site) if is_table else None
    for anchor, own in by_group.items():
        chip = next(iter(site.chips(own[0].record.topics[:1])), None)
        rows = tuple(_row(site, c, shown) for c in own)
        yield MatrixGroup(anchor, chip.title if chip else "No topic", chip, rows)


def is_table(site: Site) -> bool:
    """Whether there are few enough sources for a column each; of more a claim lists those that speak."""
    return len(site.briefing.sources) <= COLUMNS


def fits(site: Site) -> bool:
    """Whether the table stands on the page as it is, without a region to scroll."""
    return len(site.briefing.sources) <= _MOST_ON_A_PAGE


def _in_columns(site: Site) -> list[Source]:
    """The sources in the order of the columns, which is that in which they are listed."""
    return sorted(site.briefing.sources, key=by_issue)


def _row(site: Site, claim: Claim, shown: Iterable[Source] | None) -> MatrixRow:
    """A claim with a cell for each source shown; without any, for those that speak."""
    refs: dict[str, dict[Relation, list[str]]] = {}
    for evidence in claim.record.evidence:
        of_source = refs.setdefault(evidence.passage.partition("#")[0], {})
        of_source.setdefault(evidence.relation, []).append(evidence.passage)
    own = site.desk.in_order(refs) if shown is None else shown
    cells = tuple(Cell(site.source(s), tuple(_parts(site, refs.get(s.id, {})))) for s in own)
    return MatrixRow(site.claim(claim), site.chips(claim.record.topics[1:]), cells)


def _parts(site: Site, refs: dict[Relation, list[str]]) -> Iterator[CellPart]:
    for relation, symbol in SYMBOLS.items():
        if own := refs.get(relation):
            yield CellPart(symbol, relation, len(own), site.href(urls.passage(own[0])))


def columns(site: Site) -> Iterator[Column]:
    """The sources, in the order of the columns."""
    heard: dict[str, Counter[Relation]] = {s.id: Counter() for s in site.briefing.sources}
    spoken = Counter[str]()
    for claim in site.briefing.claims:
        bearing = {(e.passage.partition("#")[0], e.relation) for e in claim.record.evidence}
        for speaker, relation in bearing:
            heard[speaker][relation] += 1
        spoken.update({speaker for speaker, _ in bearing})
    for source in _in_columns(site):
        counts = [f"{relation} {heard[source.id][relation]:,}" for relation in SYMBOLS]
        silent = len(site.briefing.claims) - spoken[source.id]
        record = f"{issued_words(source)} · reliability {grade_words(source)}"
        yield Column(site.source(source), source.title, record, ", ".join((*counts, f"silent {silent:,}")))


def weighed(claim: Claim) -> str:
    """Who speaks how on a claim: "2 sources support, 1 contradicts"."""
    verbs: dict[Relation, tuple[str, str]] = {
        "supports": ("supports", "support"), "contradicts": ("contradicts", "contradict"),
        "qualifies": ("qualifies", "qualify"),
    }  # fmt: skip
    parts: list[str] = []
    for relation, (one, many) in verbs.items():
        count = len({ref.partition("#")[0] for ref in claim.passages(relation)})
        if count:
            number = f"{count:,}" if parts else counted(count, "source")
            parts.append(f"{number} {one if count == 1 else many}")
    return ", ".join(parts)
