"""Which page each thing of a long list stands on: lists that are too long for one page are laid out on several.

A list that fits stays where it is: under the limit the addresses of a small briefing and of a large one are the same. A
longer one keeps its address, as the way to its stretches, which stand in a folder of its name. Nothing but this room
knows which: whoever links to an event or a figure links to its lasting address, and `Layout.stands` says where that is
now. What a sheet holds follows from its own things alone, from those beside it in the same wider stretch, and from the
names of what is around.

A page may hold 400 KB. Weights are estimates from the words to be shown, so the limits here leave room for the frame.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import chain, permutations
from types import MappingProxyType

from .. import urls
from ..frozen import NamedTuple, dataclass
from ..model import Briefing, Event, Passage
from ..printed.dates import Edtf
from ..records import note_text
from .ladders import Ladders
from .listings import Listings, in_order
from .stretches import Find, Stretch, Weights, cut, found, weight_of

WHOLE, SHEET, SHARE = 300_000, 200_000, 30_000  # bytes of a list that stays whole, of a sheet, of one list of many
# Bytes of markup around the words of each, as measured.
_QUOTE, _LINK, _EVENT, _IN_TIMELINE, _MARK, _ROW, _FIGURE = 360, 100, 640, 900, 420, 1_500, 950
COLUMNS = 24  # sources that have a column of their own in the matrix of claims


class Limits(NamedTuple):
    """How much may stand on one page, in bytes: of a list that stays whole, of a sheet, of one list of many."""

    whole: int = WHOLE
    sheet: int = SHEET
    share: int = SHARE


class Part(NamedTuple):
    """A stretch as others name it: its page, its name beside them, how many things it holds, and its own parts."""

    path: str
    label: str
    size: int
    parts: tuple[Part, ...] = ()


class Sheet(NamedTuple):
    """A page of a list: a stretch with its things or, where it is cut, its parts and theirs.

    `above` are the wider stretches, as path and name; `beside` the stretches of the same wider one, this one among
    them; `around` those that the wider one stands among; `before` and `after` the neighbours in the order of reading,
    as path and name. Of the others no counts are known here, so that one thing more leaves this page as it is.
    """

    path: str
    key: str
    label: str
    size: int
    ids: tuple[str, ...]
    parts: tuple[Part, ...]
    above: tuple[tuple[str, str], ...]
    beside: tuple[Part, ...]
    around: tuple[Part, ...]
    before: tuple[str, str] | None
    after: tuple[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The sheets by path; by the path of each list that is cut, those of its sheets.

    Of the two lists whose things have addresses, the page of each event and figure, by id and ref, of each year in
    which an event begins and, where the ledger is cut, of each measure. `weights` are what each event weighs, `shares`
    what the lists of each page do, by name: for a layout of which little differs.
    """

    sheets: Mapping[str, Sheet]
    lists: Mapping[str, tuple[str, ...]]
    events: Mapping[str, str]
    figures: Mapping[str, str]
    years: Mapping[str, str]
    measures: Mapping[str, str]
    weights: Mapping[str, int]
    shares: Mapping[str, Mapping[str, int]]

    def stands(self, target: str) -> str:
        """Where a lasting address leads now; of all but events, years and figures that is the address itself."""
        path, _, anchor = target.partition("#")
        if path == urls.TIMELINE and anchor:
            page = self.events.get(anchor[2:]) if anchor.startswith("e-") else self.years.get(anchor)
            return f"{page}#{anchor}" if page else target
        if path == urls.FIGURES and anchor[:2] in ("m-", "f-"):
            found = self.measures if anchor.startswith("m-") else self.figures
            page = found.get(anchor[2:].replace("--", "#"))
            return f"{page}#{anchor}" if page else target
        return target

    def first(self, path: str, count: int) -> tuple[str, ...]:
        """The first ids of a list that is cut."""
        ids = (id_ for each in self.lists[path] for id_ in self.sheets[each].ids)
        return tuple(id_ for id_, _ in zip(ids, range(count), strict=False))


_LIMITS = Limits()


def lay_out(briefing: Briefing, listed: Listings, limits: Limits = _LIMITS) -> Layout:
    """The layout of a briefing."""
    return _Laying(briefing, listed, limits).layout()


def lay_out_again(
    before: Layout, briefing: Briefing, listed: Listings, events: Set[str], limits: Limits = _LIMITS
) -> Layout:
    """The layout of a briefing, from that of one of which nothing differs but these events."""
    laying = _Laying(
        briefing, listed, limits, before, {id_: w for id_, w in before.weights.items() if id_ not in events}
    )
    return laying.layout() if laying.holds() else lay_out(briefing, listed, limits)


class _Laying:
    """One layout as it is made; of what is known to stay as it is `before`, nothing is asked."""

    def __init__(
        self,
        briefing: Briefing,
        listed: Listings,
        limits: Limits,
        before: Layout | None = None,
        weights: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        self.briefing, self.listed, self.limits = briefing, listed, limits
        self.index = briefing.index
        self.sheets: dict[str, Sheet] = {}
        self.lists: dict[str, tuple[str, ...]] = {}
        self._weights: dict[str, int] = dict(weights)
        self.shares: dict[str, Mapping[str, int]] = {}
        self.ladders = Ladders(briefing)
        self.before = before
        self.kept: dict[str, list[str]] = {}
        for path in before.lists if before else ():
            self.kept.setdefault(path.rpartition("/")[0], []).append(path)

    def holds(self) -> bool:
        """Whether the lists of each topic but that of its events stay where they are."""
        before: Mapping[str, Mapping[str, int]] = self.before.shares if self.before else {}
        for topic in self.briefing.topics:
            old = before[urls.topic(topic.id)]
            events = sum(self._events(self.listed.events.get(topic.id, ())))
            now = sum(old.values()) - old["events"] + events
            if (now > self.limits.whole) != (sum(old.values()) > self.limits.whole):
                return False
        return True

    def layout(self) -> Layout:
        self.whole(urls.TIMELINE, urls.folder(urls.TIMELINE), self.timeline, self.ladders.event)
        self.ledger()
        self.whole(urls.SOURCES, urls.SOURCES_BY_DATE, self.rows, self.ladders.dated)
        self.whole(urls.ENTITIES, urls.ENTITIES_BY_NAME, self.names, self.ladders.named)
        self.whole(urls.CLAIMS, urls.CLAIMS_BY_TOPIC, self.claims, self.ladders.claim)
        self.whole(urls.FLAGS, urls.folder(urls.FLAGS), self.flags, self.ladders.flag)
        self.whole(
            urls.listed(urls.ABOUT, "normalised-quotes"),
            f"{urls.folder(urls.ABOUT)}normalised-quotes/",
            lambda: self.quotes(self.listed.matched.get("normalised", ())),
            self.ladders.dated,
            self.limits.share,
        )
        for topic in self.briefing.topics:
            page = urls.topic(topic.id)
            if self.before:
                self.events_again(page, topic.id)
            else:
                self.lists_of(page, self.of_topic(topic.id, tuple(t for t, _ in topic.related)))
        for entity in self.briefing.entities:
            page = urls.entity(entity.id)
            if self.before:
                self.shares[page] = self.before.shares[page]
                self.keep(*self.kept.get(urls.folder(page)[:-1], ()))
            else:
                self.lists_of(page, self.of_entity(entity.id))
        events = {id_: path for path in self.lists.get(urls.TIMELINE, ()) for id_ in self.sheets[path].ids}
        figures = {ref: path for path in self.lists.get(urls.FIGURES, ()) for ref in self.sheets[path].ids}
        years: dict[str, str] = {}
        for id_, path in events.items():
            years.setdefault(year_anchor(self.index.events[id_].date.value), path)
        own = self.briefing.measures if urls.FIGURES in self.lists else ()
        measures = {str(m.id): urls.ledger(m.id) for m in own}
        return Layout(
            sheets=self.sheets, lists=self.lists, events=events, figures=figures, years=years, measures=measures,
            weights=self._weights, shares=self.shares,
        )  # fmt: skip

    def keep(self, *paths: str) -> None:
        """Lists as they were."""
        if self.before:
            for path in paths:
                self.lists[path] = self.before.lists[path]
                self.sheets.update((sheet, self.before.sheets[sheet]) for sheet in self.lists[path])

    def events_again(self, page: str, topic: str) -> None:
        """The lists of a topic, of which that of its events is made again."""
        events = self.of_events(topic)
        own = urls.listed(page, "events")
        shares = {**(self.before.shares[page] if self.before else {}), "events": sum(events.values())}
        self.shares[page] = shares
        moves = sum(shares.values()) > self.limits.whole and shares["events"] > self.limits.share
        paths = [urls.listed(page, name) for name in shares]
        for path in paths:
            if path != own and self.before and path in self.before.lists:
                self.keep(path)
            elif path == own and moves:
                self.add(path, urls.folder(path), cut(events, self.ladders.event, self.limits.sheet))

    def whole(self, path: str, folder: str, weigh: Callable[[], Weights], find: Find, most: int = 0) -> None:
        """A list with a page of its own, laid out where it is too long."""
        if self.before and path != urls.TIMELINE:
            self.keep(*((path,) if path in self.before.lists else ()))
            return
        weights = weigh()
        if sum(weights.values()) > (most or self.limits.whole):
            self.add(path, folder, cut(weights, find, self.limits.sheet))

    def lists_of(self, page: str, lists: Mapping[str, tuple[Weights, Find]]) -> None:
        """The lists of one page: where they are too long together, those that weigh more than a share move out."""
        weights = {name: sum(own.values()) for name, (own, _) in lists.items()}
        self.shares[page] = weights
        if sum(weights.values()) > self.limits.whole:
            for name, (own, find) in lists.items():
                if weights[name] > self.limits.share:
                    path = urls.listed(page, name)
                    self.add(path, urls.folder(path), cut(own, find, self.limits.sheet))

    def add(self, path: str, folder: str, whole: Stretch) -> None:
        """The sheets of a list."""
        made = tuple(_sheets(path, folder, whole))
        self.sheets.update((sheet.path, sheet) for sheet in made)
        self.lists[path] = tuple(sheet.path for sheet in made)

    def ledger(self) -> None:
        """The ledger: once it is too long every measure has a page of its own."""
        if self.before:
            measures = (urls.ledger(m.id) for m in self.briefing.measures)
            self.keep(*(p for p in (*measures, urls.FIGURES) if p in self.before.lists))
            return
        figures = {m.id: {ref: self.figure(ref) for ref in self.listed.figures.get(m.id, ())}
                   for m in self.briefing.measures}  # fmt: skip
        of_measures = sum(600 + sum(map(weight_of, chain((m.label, m.counts), *m.not_comparable.items())))
                          for m in self.briefing.measures)  # fmt: skip
        if of_measures + sum(sum(own.values()) for own in figures.values()) <= self.limits.whole:
            return
        paths: list[str] = []
        for measure in self.briefing.measures:
            path = urls.ledger(measure.id)
            self.add(path, urls.folder(path), cut(figures[measure.id], self.ladders.dated, self.limits.sheet))
            paths += self.lists[path]
        self.lists[urls.FIGURES] = tuple(paths)

    # What things weigh, by id in the order of their list

    def timeline(self) -> Weights:
        events = self.index.events
        weights = map(weight_in_timeline, events.values(), self._events(events))
        return dict(zip(events, weights, strict=True))

    def _events(self, ids: Collection[str]) -> Iterator[int]:
        """What events weigh by themselves."""
        for id_ in [id_ for id_ in ids if id_ not in self._weights]:
            self._weights[id_] = weight_of_event(self.briefing, self.index.events[id_])
        return map(self._weights.__getitem__, ids)

    def quotes(self, refs: Iterable[str]) -> Weights:
        return {ref: _quote(self.index.passages[ref]) for ref in refs}

    def rows(self) -> Weights:
        return {
            s.id: _ROW + _LINK * min(8, len(s.passages)) + weight_of(s.title + (s.record.container_title or ""))
            for s in self.briefing.sources
        }

    def figure(self, ref: str) -> int:
        figure = self.index.figures[ref]
        record = figure.record
        words = sum(map(weight_of, (note_text(record.note) or "", record.why or "", record.scope or "")))
        return _FIGURE + words + _quote(self.index.passages[figure.passage_ref])

    def flags(self) -> Weights:
        found = {}
        for kind, refs in self.listed.flagged.items():
            for ref in refs:
                passage = self.index.passages[ref]
                found[f"{kind} {ref}"] = 200 + sum(weight_of(f.why) for f in passage.flags) + _quote(passage)
        return found

    def claims(self) -> Weights:
        sources = len(self.briefing.sources)
        own = 600 + (110 * sources if sources <= COLUMNS else 0)
        return {
            c.id: own + weight_of(c.record.claim) + _LINK * 2 * len(c.record.evidence) for c in self.briefing.claims
        }

    def names(self) -> Weights:
        return {e.id: 200 + weight_of(e.name) for e in in_order(self.briefing.entities)}

    # The lists of a topic and of an entity

    def of_topic(self, topic: str, related: Sequence[str]) -> dict[str, tuple[Weights, Find]]:
        """Its lists by name, in the order of the page."""
        claims = (self.index.claims[id_] for id_ in self.listed.claims.get(topic, ()))
        names = in_order(self.index.entities[id_] for id_ in self.listed.entities.get(topic, ()))
        shared = {f"{other} {ref}": weight for other in related for ref, weight in self._shared[topic, other]}
        return {
            "claims": (
                {c.id: 420 + weight_of(c.record.claim) + 170 * len(c.record.topics) for c in claims},
                self.ladders.claim_of_topic,
            ),
            "events": (self.of_events(topic), self.ladders.event),
            "figures": ({ref: self._figures[ref] for ref in self.listed.numbers.get(topic, ())}, self.ladders.dated),
            "named": ({e.id: 110 + weight_of(e.name) for e in names}, self.ladders.named),
            "related": (shared, self.ladders.shared(related)),
            "sources": ({id_: self._sources[id_] for id_ in self.listed.sources.get(topic, ())}, self.ladders.dated),
        }

    @cached_property
    def _sources(self) -> Weights:
        """Every source as topics list it."""
        return {s.id: 150 + weight_of(s.title) for s in self.index.sources.values()}

    @cached_property
    def _figures(self) -> Weights:
        """Every figure as topics list it."""
        return {f.ref: 560 + weight_of(f.record.scope or "") for f in self.briefing.figures()}

    @cached_property
    def _shared(self) -> Mapping[tuple[str, str], Sequence[tuple[str, int]]]:
        """By two topics: the passages that stand under both, and what they weigh."""
        found: defaultdict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
        for passage in chain.from_iterable([s.passages for s in self.briefing.sources]):
            if len(passage.topics) > 1:
                weighed = passage.ref, 200 + min(480, weight_of(passage.words))
                for both in permutations(dict.fromkeys(passage.topics), 2):
                    found[both].append(weighed)
        return found

    def of_events(self, topic: str) -> Weights:
        """The events of a topic."""
        ids = self.listed.events.get(topic, ())
        return dict(zip(ids, self._events(ids), strict=True))

    def of_entity(self, entity: str) -> dict[str, tuple[Weights, Find]]:
        """Its lists by name, in the order of the page."""
        lists = {"said": self.listed.said, "passed-on": self.listed.passed_on, "meant": self.listed.tagged}
        found = {name: (self.quotes(own.get(entity, ())), self.ladders.dated) for name, own in lists.items()}
        mentions = {id_: self.mentions(entity, id_) for id_ in self.listed.named.get(entity, ())}
        return {**found, "mentions": (mentions, self.ladders.dated)}

    def mentions(self, entity: str, source_id: str) -> int:
        source = self.index.sources[source_id]
        count = sum(entity in m.entities for m in source.mentions)
        return 250 + weight_of(source.title) + 380 * count


def weight_of_event(briefing: Briefing, event: Event) -> int:
    """What an event weighs in a list."""
    record = event.record
    weight = _EVENT + 150 * len(record.topics) + weight_of(record.title)
    if record.note:
        weight += weight_of(note_text(record.note) or "")
    if event.date.why:
        weight += weight_of(event.date.why)
    for ref in record.evidence:
        weight += _quote(briefing.index.passages[ref])
    return weight


def weight_in_timeline(event: Event, weight: int) -> int:
    """What an event of a weight weighs in the timeline, which draws it as well."""
    return weight + _IN_TIMELINE + _MARK * max(1, len(event.record.topics))


def least_in_timeline(weight: int) -> int:
    """What an event of a weight weighs there at least, whatever its topics."""
    return weight + _IN_TIMELINE + _MARK


def _quote(passage: Passage) -> int:
    return _QUOTE + weight_of(passage.words) + _LINK * len(passage.chain)


def year_anchor(value: Edtf | None) -> str:
    """The id of the year in which a date begins, on the page that lists it."""
    return f"y{value.first.year}" if value and value.first else "y-open"


def _sheets(path: str, folder: str, whole: Stretch) -> Iterator[Sheet]:
    """The pages of a list; those that hold things know their neighbours in the order of reading."""
    every = list(found(whole))
    paths, names = {id(whole): path}, {id(whole): ""}
    for stretch, above in every[1:]:
        steps = [s.step for s in (*above[1:], stretch)]
        paths[id(stretch)] = folder + "".join(f"{s.key}/" for s in steps[:-1] if s.is_folder) + f"{steps[-1].key}.html"
        names[id(stretch)] = ", ".join(s.label for s in steps if s.is_folder or s is steps[-1])
    leaves = [(paths[id(leaf)], names[id(leaf)]) for leaf in whole.leaves()]
    places = {leaf: number for number, (leaf, _) in enumerate(leaves)}

    def part(stretch: Stretch, depth: int = 0) -> Part:
        parts = tuple(part(p, depth - 1) for p in stretch.parts) if depth else ()
        return Part(paths[id(stretch)], stretch.step.short, stretch.count, parts)

    bare = {id(stretch): Part(paths[id(stretch)], stretch.step.short, 0) for stretch, _ in every}
    for stretch, above in every:
        place = places.get(paths[id(stretch)])
        outer = above[-2].parts if len(above) > 1 else ()
        siblings = above[-1].parts if above else ()
        yield Sheet(
            path=paths[id(stretch)],
            key=stretch.step.key,
            label=names[id(stretch)],
            size=stretch.count,
            ids=stretch.ids,
            parts=tuple(part(p, 1) for p in stretch.parts),
            above=tuple((paths[id(s)], names[id(s)]) for s in above),
            beside=tuple([part(p) if p is stretch else bare[id(p)] for p in siblings]),
            around=tuple([bare[id(p)] for p in outer]),
            before=leaves[place - 1] if place else None,
            after=leaves[place + 1] if place is not None and place + 1 < len(leaves) else None,
        )
