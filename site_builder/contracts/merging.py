"""All sources together: ids, events, claims, figures derived across sources, and prose. Contracts 2 to 5.

Takes what was resolved source by source and the cross-source records, and gives the briefing, or every problem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from itertools import chain, cycle
from operator import attrgetter
from typing import Any

from ..frozen import dataclass, making, replace
from ..markup.names import Names
from ..markup.prose import CITES, Citable, Quoted, check_citations, read_prose
from ..model import (
    Briefing,
    Claim,
    Dated,
    Event,
    Figure,
    Index,
    Judgement,
    OfSources,
    Passage,
    Prose,
    Source,
    Topic,
    counted_origin,
    figures_of,
    passages_of,
)
from ..printed.dates import Edtf
from ..problems import Place, Problem, did_you_mean, has_errors
from ..records import (
    Annotations,
    ClaimRecord,
    EntityRecord,
    EventRecord,
    Id,
    JudgementRecord,
    Location,
    NoteRecord,
    Record,
    Relation,
    SourceFile,
    Theme,
    TopicFile,
    is_broken,
)
from .dating import check_basis, check_stated, parsed_date
from .deriving import derived_figures, lent_passages
from .placing import check_coordinates
from .resolving import Resolved

_event, _dated = making(Event), making(Dated)  # of their fields in a row, which takes a third of what naming them does
_TOPICS, _NAMED = attrgetter("topics"), attrgetter("entities", "via", "said_by", "figures")
_REF = "source-id#passage-id"
_UNNAMED = (), (), None, ()  # as most passages are
THEMES: tuple[Theme, ...] = ("blue", "vermilion", "green", "purple", "ochre", "slate")


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge: the briefing, or None when anything is in error, every problem, of the sources too, and what it was
    made from. `of_events` are the problems met with single events, by their ids."""

    briefing: Briefing | None
    problems: tuple[Problem, ...]
    annotations: Annotations
    resolved: Sequence[Resolved]
    of_events: Mapping[str, tuple[Problem, ...]]


def merge(annotations: Annotations, resolved: Sequence[Resolved], names: Names) -> Merged:
    """The briefing, or every problem."""
    merging = _Merging(annotations, resolved, names)
    briefing = merging.run()
    problems = (*(p for r in resolved for p in r.problems), *merging.problems)
    return Merged(None if has_errors(problems) else briefing, problems, annotations, tuple(resolved), merging.of_events)


class _Merging:
    """One merge, with the problems it meets."""

    def __init__(self, annotations: Annotations, resolved: Sequence[Resolved], names: Names) -> None:
        self.annotations = annotations
        self.names = names
        self.problems: list[Problem] = []
        self.of_events: dict[str, tuple[Problem, ...]] = {}
        self.sources = [r.source for r in resolved if r.source]
        self.broken = frozenset(annotations.broken).union(*(r.broken for r in resolved))
        self.passages: Mapping[str, Passage] = {p.ref: p for s in self.sources for p in s.passages}
        self.by_id: Mapping[str, Source] = {s.id: s for s in self.sources}
        self.entities: dict[str, EntityRecord] = {e.id: e for e in annotations.entities}
        self.known: dict[str, Mapping[str, object]] = {
            "topic": {t.id: t for t in annotations.topics},
            "entity": self.entities,
            "measure": {m.id: m for m in annotations.measures},
            "passage": self.passages,
        }

    def problem(self, place: Place, rule: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(place, rule, message, hint))

    def run(self) -> Briefing:
        written = self.annotations
        self.check_duplicates()
        self.check_sources()
        figures, problems = derived_figures(self.passages.values(), self.broken)
        self.problems += problems
        deriving = {figure.source for figure in figures.values() if figure.record.derived}
        sources = tuple([_with_figures(s, figures) if s.id in deriving else s for s in self.sources])
        events = [e for r in written.events if (e := self.event(r))]
        claims = [c for r in written.claims if (c := self.claim(r))]
        citable = self.citable(figures)
        self.check_measures()
        self.problems += _rights_unfounded(written)
        self.check_notes(citable)
        topics = self.topics(citable)
        judgements = tuple(self.judgement(r, citable) for r in written.site.key_judgements)
        self.check_questions()
        self.problems += (p for e in written.entities for p in check_coordinates(e))
        events.sort(key=lambda e: e.date.value.key())  # of one date: as written
        by_id = {s.id: s for s in sources}
        index = Index(
            sources=by_id,
            passages=OfSources(by_id, passages_of),
            figures=OfSources(by_id, figures_of),
            events={e.id: e for e in events},
            claims={c.id: c for c in claims},
            measures={m.id: m for m in written.measures},
            entities=self.entities,
            topics={t.id: t for t in topics},
        )
        return Briefing(
            written.site, sources, tuple(events), tuple(claims), written.measures, written.entities, topics,
            judgements, written.site.open_questions, index, written.changes, written.corrections,
        )  # fmt: skip

    # Ids

    def check_duplicates(self) -> None:
        site = self.annotations.site
        for kind, entries in (
            ("event", self.annotations.events),
            ("claim", self.annotations.claims),
            ("measure", self.annotations.measures),
            ("entity", self.annotations.entities),
            ("key judgement", site.key_judgements),
            ("open question", site.open_questions),
            ("entry", self.annotations.changes),
            ("correction", self.annotations.corrections),
        ):
            first: dict[str, Location] = {}
            for entry in entries:
                if entry.id in first:
                    message = f"the {kind} '{entry.id}' is already at {first[entry.id].place}"
                    self.problem(entry.at.of("id"), "duplicate-id", message, "rename one of the two")
                first.setdefault(entry.id, entry.at)

    def check_ids(self, kind: str, ids: Collection[str], at: Location, name: str) -> bool:
        """Whether every id of a field is declared; those that are not are noted at their own place."""
        known = self.known[kind]
        if all(map(known.__contains__, ids)):
            return True
        for position, wanted in enumerate(ids):
            if wanted in known:
                continue
            if not is_broken(kind, wanted, self.broken):
                spot = f"{name}.{position}" if f"{name}.{position}" in at.fields else name
                self.problem(at.of(spot), "unknown-id", f"there is no {kind} '{wanted}'", self.id_hint(kind, wanted))
        return False

    def id_hint(self, kind: str, wanted: str) -> str:
        return did_you_mean(wanted, self.known[kind], declaring(kind, wanted))

    def check_sources(self) -> None:
        for file in self.annotations.sources:
            self.check_source(file)
        site = self.annotations.site
        for name in site.themes:
            if name not in self.known["topic"] and not is_broken("topic", name, self.broken):
                place = site.at.of(f"themes.{name}")
                self.problem(place, "unknown-id", f"there is no topic '{name}'", self.id_hint("topic", name))

    def check_source(self, file: SourceFile) -> None:
        passages = file.record.passages
        if not all(map(self.known["topic"].__contains__, chain.from_iterable(map(_TOPICS, passages)))):
            for passage in passages:
                self.check_ids("topic", passage.topics, passage.at, "topics")
        for passage in [p for p in passages if _NAMED(p) != _UNNAMED]:
            self.check_ids("entity", passage.entities, passage.at, "entities")
            self.check_ids("entity", passage.via, passage.at, "via")
            self.check_ids("entity", (passage.said_by,) if passage.said_by else (), passage.at, "said_by")
            for figure in passage.figures:
                self.check_ids("measure", (figure.measure,), figure.at, "measure")

    def check_measures(self) -> None:
        for measure in self.annotations.measures:
            for other in measure.not_comparable:
                if other not in self.known["measure"] and not is_broken("measure", other, self.broken):
                    place = measure.at.of(f"not_comparable.{other}")
                    self.problem(place, "unknown-id", f"there is no measure '{other}'", self.id_hint("measure", other))

    def check_questions(self) -> None:
        for question in self.annotations.site.open_questions:
            self.check_ids("passage", question.nearest, question.at, "nearest")

    # Contract 3: events

    def event(self, record: EventRecord) -> Event | None:
        before = len(self.problems)
        event = self.checked_event(record)
        if len(self.problems) > before:
            self.of_events[record.id] = tuple(self.problems[before:])
        return event

    def checked_event(self, record: EventRecord) -> Event | None:
        value = parsed_date(record.date.edtf, record.date, "edtf", self.problems.append)
        told = parsed_date(record.reported, record, "reported", self.problems.append) if record.reported else None
        check_basis(record.date, self.problems.append)
        self.check_ids("topic", record.topics, record.at, "topics")
        if record.date.quote is not None:
            message = "an event's date is printed in its evidence, not in a quote of its own"
            self.problem(record.date.at.of("quote"), "date-not-stated", message, "cite the passage in evidence:")
        if not self.has_evidence(record, record.evidence) or value is None:
            return None
        if record.date.basis == "stated":
            printed = tuple(m for ref in record.evidence for m in self.quoted(self.passages[ref]).dates())
            check_stated(value, printed, record.date, self.problems.append)
        sources = self.sources_of(record.evidence)
        issues = [s.issued.value for s in sources if s.issued]
        self.check_time(record, value, sources, issues)
        first = issues[0] if len(issues) == 1 else min(issues, key=Edtf.key, default=None)
        reported = told or first
        return _event((record, _dated((value, record.date.basis, record.date.why, None)), reported))

    def has_evidence(self, record: Record, refs: Sequence[str]) -> bool:
        if not refs:
            one = "{passage: source-id#passage-id, relation: supports}" if isinstance(record, ClaimRecord) else _REF
            hint = f"cite a passage: [{one}]"
            self.problem(record.at.of("evidence"), "no-evidence", "nothing is cited", hint)
            return False
        for position in range(1, len(refs)):
            if (ref := refs[position]) in refs[:position]:
                self.cited_twice(record.at.of(f"evidence.{position}"), ref)
        return self.check_ids("passage", refs, record.at, "evidence")

    def cited_twice(self, place: Place, ref: str) -> None:
        self.problem(place, "duplicate-id", f"'{ref}' is already cited here", "cite a passage once")

    def sources_of(self, refs: Sequence[str]) -> list[Source]:
        if len(refs) == 1:
            return [self.by_id[refs[0].partition("#")[0]]]
        return [self.by_id[s] for s in dict.fromkeys([ref.partition("#")[0] for ref in refs])]

    def check_time(self, record: EventRecord, value: Edtf, sources: list[Source], issued: Sequence[Edtf]) -> None:
        begins = value.first
        if record.planned or begins is None:
            return
        if not issued and any(s.record.issued for s in sources):
            return  # a date is written, but refused: its own problem says so
        if not issued:
            message = f"none of the sources of '{record.id}' has an issue date to hold its date against"
            self.problem(record.at.place, "event-undatable", message, "give the source an issued: date")
        elif len(issued) == len(sources) and all(i.last and i.last < begins for i in issued):
            latest = max(issued, key=lambda i: i.last or date.min)
            message = f"this lies after every source that tells of it (the latest is of {latest.words()})"
            hint = "mend the date, or write planned: true"
            self.problem(record.date.at.of("edtf"), "event-after-evidence", message, hint)

    # Contracts 4 and 5: claims

    def claim(self, record: ClaimRecord) -> Claim | None:
        self.check_ids("topic", record.topics, record.at, "topics")
        if not record.evidence:
            self.has_evidence(record, ())
            return None
        fits = [self.check_ids("passage", (e.passage,), e.at, "passage") for e in record.evidence]
        sides: dict[str, set[Relation]] = {}
        for evidence in record.evidence:
            said = sides.setdefault(evidence.passage, set())
            if evidence.relation in said or {evidence.relation, *said} >= {"supports", "contradicts"}:
                self.cited_twice(evidence.at.of("passage"), evidence.passage)
            said.add(evidence.relation)
        relations = {e.relation for e in record.evidence}
        if record.status == "conflict" and not {"supports", "contradicts"} <= relations and not record.why:
            message = f"'{record.id}' is in conflict, but its evidence stands on one side"
            hint = "cite a passage that contradicts (or supports) it, or say why: it is in conflict"
            self.problem(record.at.of("status"), "conflict-without-grounds", message, hint)
        fits += [self.check_ids("entity", one.voices, one.at, "voices") for one in record.one_origin]
        if not all(fits):
            return None
        supporting = [self.passages[e.passage] for e in record.evidence if e.relation == "supports"]
        origins = tuple(dict.fromkeys(counted_origin(p, self.entities, record.one_origin) for p in supporting))
        return Claim(record=record, origins=origins, sources=tuple(dict.fromkeys(p.source for p in supporting)))

    # Prose

    def citable(self, figures: Mapping[str, Figure]) -> Citable:
        written = self.annotations
        return Citable(
            quoted=self.quotes(),
            lends={  # of two with one id the first is meant
                "claim": {c.id: tuple(e.passage for e in c.evidence) for c in reversed(written.claims)},
                "event": {e.id: e.evidence for e in reversed(written.events)},
                "figure": {ref: lent_passages(f, figures) for ref, f in figures.items()},
            },
            figures=figures,
            broken=self.broken,
        )

    def quotes(self) -> Mapping[str, Quoted]:
        """The words of every passage."""
        return _Quoted(self.passages, self.by_id)

    def quoted(self, passage: Passage) -> Quoted:
        return quoted(passage, self.by_id)

    def topics(self, citable: Citable) -> tuple[Topic, ...]:
        return tuple(
            Topic(
                id=file.id,
                record=file.record,
                brief=self.brief(file, citable),
                theme=theme,
                look=look,
                letter=letter,
                related=self.related(file.id),
            )
            for file, theme, look, letter in dressed(self.annotations)
        )

    def brief(self, file: TopicFile, citable: Citable) -> Prose:
        def place(line: int, column: int) -> Place:
            return Place(file.path, file.body_line + line, column + 1)

        prose, problems = read_prose(file.body, place, citable, self.names)
        self.problems += problems
        return prose

    def related(self, topic: str) -> tuple[tuple[str, int], ...]:
        """Other topics by the number of passages shared, most first."""
        shared = self.shared.get(topic) or Counter()
        return tuple(sorted(shared.items(), key=lambda item: (-item[1], item[0])))

    @cached_property
    def shared(self) -> dict[str, Counter[str]]:
        """By topic, how many of its passages each other topic shares."""
        declared = self.known["topic"]
        shared: dict[str, Counter[str]] = {}
        for topics, count in Counter([p.topics for p in self.passages.values()]).items():
            for topic in dict.fromkeys(topics):
                others = Counter(t for t in topics if t != topic and t in declared)
                shared.setdefault(topic, Counter()).update({other: count * n for other, n in others.items()})
        return shared

    def judgement(self, record: JudgementRecord, citable: Citable) -> Judgement:
        self.check_ids("topic", record.topics, record.at, "topics")
        prose, problems = read_prose(record.judgement, lambda *_: record.at.of("judgement"), citable, self.names)
        self.problems += problems
        return Judgement(record=record, prose=prose)

    def check_notes(self, citable: Citable) -> None:
        """Citations in notes and whys lead somewhere too; those of prose were checked with it."""
        for text, place, is_prose in markdown_fields(self.annotations, CITES):
            if not is_prose:
                self.problems += check_citations(text, place, citable)


def quoted(passage: Passage, sources: Mapping[str, Source]) -> Quoted:
    """The words of a passage in their text."""
    return Quoted(sources[passage.source].text, passage.start, passage.end)


class _Quoted(Mapping[str, Quoted]):
    """The words of passages by ref; few of them are ever asked for."""

    def __init__(self, passages: Mapping[str, Passage], sources: Mapping[str, Source]) -> None:
        self.passages = passages
        self.sources = sources

    def __getitem__(self, ref: str) -> Quoted:
        return quoted(self.passages[ref], self.sources)

    def __contains__(self, ref: object) -> bool:
        return ref in self.passages

    def __iter__(self) -> Iterator[str]:
        return iter(self.passages)

    def __len__(self) -> int:
        return len(self.passages)


def declaring(kind: str, wanted: str) -> str:
    """What to write where something that is named is declared nowhere."""
    return {
        "topic": f"write annotations/topics/{wanted}.md, beginning with the lines '---', 'title: …' and '---'",
        "entity": f"add to annotations/entities.yaml: - {{id: {wanted}, kind: …, name: …}}",
        "measure": f"add to annotations/measures.yaml: - {{id: {wanted}, label: …, unit: …, counts: …}}",
        "passage": f"declare it in annotations/sources/{wanted.partition('#')[0]}.yaml",
    }[kind]


def _rights_unfounded(annotations: Annotations) -> Iterator[Problem]:
    """To publish a text whole takes a right, and the right a reason."""
    stated = (annotations.site.rights, *(file.record.rights for file in annotations.sources))
    for rights in stated:
        if rights and rights.republish == "whole" and not rights.why:
            message = "'why' is missing: a text is published whole only where something allows it"
            yield Problem(
                rights.at.of("republish"),
                "missing-key",
                message,
                'for example why: "CC BY 4.0, printed below the text"',
            )


def markdown_fields(annotations: Annotations, sign: str = "") -> Iterator[tuple[str, Callable[[], Place], bool]]:
    """The Markdown texts of the annotations with a sign in them: the place of each, for when it is asked, and whether
    it is prose or a note."""
    for topic in annotations.topics:
        if sign in topic.body:
            yield topic.body, partial(Place, topic.path, topic.body_line), True
    keys: dict[type[Record], tuple[str, ...]] = {}
    for record in _records(annotations, sign):
        if (kind := type(record)) not in keys:
            keys[kind] = tuple(name for name in _MARKDOWN if hasattr(kind, name))
        for name in keys[kind]:
            text = getattr(record, name)
            if isinstance(text, NoteRecord):
                if sign in text.text:
                    yield text.text, partial(text.at.of, "text"), False
            elif text and sign in text:
                yield text, partial(record.at.of, name), name == "judgement"


_MARKDOWN = ("note", "why", "attribution", "judgement", "summary")


_OF_PASSAGE, _OF_EVENT = attrgetter("note", "attribution"), attrgetter("note", "date.why")


def _stands_in(sign: str, records: Sequence[Record], texts_of: attrgetter[tuple[Any, ...]]) -> bool:
    """Whether a sign may stand in the Markdown of records: in that of most passages, or events, it does not."""
    try:
        return sign in "".join(filter(None, chain.from_iterable(map(texts_of, records))))
    except TypeError:  # one is a note with keys
        return True


def _records(annotations: Annotations, sign: str) -> Iterator[Record]:
    """Those that may hold Markdown with a sign in it."""
    site = annotations.site
    yield from (*site.key_judgements, *site.open_questions, *site.rules.values())
    yield from (t.record for t in annotations.topics)
    if site.rights:
        yield site.rights
    for event in annotations.events if _stands_in(sign, annotations.events, _OF_EVENT) else ():
        yield from (event, event.date)
    for claim in annotations.claims:
        yield from (claim, *claim.one_origin, *claim.evidence)
    for file in annotations.sources:
        record = file.record
        passages = record.passages if _stands_in(sign, record.passages, _OF_PASSAGE) else ()
        yield from (record, *passages, *record.boilerplate, *record.set_aside)
        yield from (r for r in (record.issued, record.reliability, record.rights) if r)
        for passage in record.passages:
            if passage.figures or passage.flags:
                yield from (*passage.figures, *passage.flags)


def _with_figures(source: Source, figures: Mapping[str, Figure]) -> Source:
    passages = tuple(replace(p, figures=tuple(figures[f.ref] for f in p.figures)) for p in source.passages)
    return replace(source, passages=passages)


def dressed(annotations: Annotations) -> Iterator[tuple[TopicFile, Theme, str, str]]:
    """The topics in the order of the site, each with its colour slot, how it is drawn and its letter."""
    themes = annotations.site.themes
    order: dict[str, int] = {name: position for position, name in enumerate(themes)}
    files = sorted(annotations.topics, key=lambda t: (order.get(t.id, len(order)), t.id))
    letters = tuple(_letters([f.record.title for f in files]))
    spare = cycle([t for t in THEMES if t not in themes.values()] or THEMES)
    worn: Counter[Theme] = Counter()
    for file, letter in zip(files, letters, strict=True):
        theme = themes[Id(file.id)] if file.id in themes else next(spare)
        yield file, theme, f"{theme}-again" if worn[theme] % 2 else theme, letter
        worn[theme] += 1


def _letters(titles: Iterable[str]) -> Iterator[str]:
    """One letter per title, its first one that is still free; "The harbour" begins with H."""
    taken: set[str] = set()
    for title in titles:
        own = [c.upper() for c in title.removeprefix("The ").removeprefix("A ") if c.isalpha()]
        spare = (c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if c not in taken)
        letter = next((c for c in own if c not in taken), None) or next(spare, "•")
        taken.add(letter)
        yield letter
