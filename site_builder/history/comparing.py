"""Two states of a briefing, and what differs between them in the words of the field: claims, figures, passages.

Each thing is laid out as its *facets*: in which respect it can change, and the words it has there now. Two states are
then compared facet by facet, so that a change of a kind that nobody thought of is a facet to add and nothing else.
A private note says nothing, nor what it said while it was not private: what changed may be recorded, and what is
recorded is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, takewhile

from ..changing import ASPECTS, PRESENT, SUBJECTS
from ..frozen import dataclass, field, fields
from ..model import Briefing, Claim, Event, Figure, Judgement, Passage, Source, Topic
from ..records import (
    Aspect,
    DateRecord,
    EntityRecord,
    MeasureRecord,
    Note,
    QuestionRecord,
    SiteRecord,
    Subject,
    public_text,
)
from ..texts.text import on_one_line
from ..wording import counted, event_words, figure_text, figure_when, figure_words, shortened

_WHOLE = 240  # characters: longer words are shown where they differ
_AROUND = 6  # words kept beside the difference
_MOST = 400  # characters of one side of a change
_PRIVATE = "\ue000"  # stands for the words of a private note


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference; `changing.Changed` says what its fields hold."""

    subject: Subject
    id: str
    title: str | None = None
    what: Aspect
    part: str | None = None
    before: str | None = None
    after: str | None = None


Facets = Mapping[tuple[Aspect, str], str]
_Row = tuple[Aspect, str, str | None]


@dataclass(frozen=True, slots=True)
class _Thing:
    """What can change: what it is called, what is said of it when it comes or goes, and its facets."""

    title: str
    words: str
    facets: Facets
    within: tuple[Subject, str] | None = field(default=None)  # comes and goes with this, without a word of its own


def compare(before: Briefing, after: Briefing) -> tuple[Change, ...]:
    """What changed, the weightiest first, all of one thing together; empty when a reader could tell no difference."""
    old, new = _things(before), _things(after)
    gone, added = old.keys() - new.keys(), new.keys() - old.keys()
    found: list[Change] = []
    for subject, id_ in dict.fromkeys((*old, *new)):
        left, right = old.get((subject, id_)), new.get((subject, id_))
        if left and right:
            found += _differences(subject, id_, left, right)
        elif left and left.within not in gone:
            found.append(Change(subject=subject, id=id_, title=left.title, what="gone", before=_clipped(left.words)))
        elif right and right.within not in added:
            found.append(Change(subject=subject, id=id_, title=right.title, what="new", after=_clipped(right.words)))
    heaviest: dict[tuple[Subject, str], int] = {}
    for change in found:
        thing, weight = (change.subject, change.id), ASPECTS.index(change.what)
        heaviest[thing] = min(weight, heaviest.get(thing, weight))

    def order(change: Change) -> tuple[int, int, str, int, str]:
        subject, what = SUBJECTS.index(change.subject), ASPECTS.index(change.what)
        return subject, heaviest[change.subject, change.id], change.id, what, change.part or ""

    return tuple(sorted(found, key=order))


def _differences(subject: Subject, id_: str, left: _Thing, right: _Thing) -> Iterator[Change]:
    for what, part in dict.fromkeys((*left.facets, *right.facets)):
        before, after = left.facets.get((what, part), ""), right.facets.get((what, part), "")
        if _PRIVATE in before + after:
            before, after = _without_words(before), _without_words(after)
        if before != after:
            before, after = where_they_differ(before, after)
            yield Change(
                subject=subject, id=id_, title=right.title, what=what, part=part or None, before=before or None,
                after=after or None,
            )  # fmt: skip


def _without_words(note: str) -> str:
    """Of a note that is private on one side: that it is there for all to read, if it is, and not what it says."""
    return PRESENT if note and _PRIVATE not in note else ""


def where_they_differ(before: str, after: str) -> tuple[str, str]:
    """Two texts, each cut to the words that differ and some around them when they are long."""
    if before and after and max(len(before), len(after)) > _WHOLE:
        old, new = before.split(), after.split()
        head = _in_common(old, new)
        tail = _in_common(reversed(old[head:]), reversed(new[head:]))
        before, after = _middle(old, head, tail), _middle(new, head, tail)
    return _clipped(before), _clipped(after)


def _in_common(left: Iterable[str], right: Iterable[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))


def _middle(words: list[str], head: int, tail: int) -> str:
    start, end = max(0, head - _AROUND), min(len(words), len(words) - tail + _AROUND)
    return f"{'… ' if start else ''}{' '.join(words[start:end])}{' …' if end < len(words) else ''}"


def _clipped(words: str) -> str:
    return shortened(words, _MOST)


# What each thing is made of


def _things(briefing: Briefing) -> dict[tuple[Subject, str], _Thing]:
    """Everything that can change, by kind and id."""
    found: dict[tuple[Subject, str], _Thing] = {("site", "site"): _site(briefing.site)}
    found |= {("claim", c.id): _claim(c) for c in briefing.claims}
    found |= {("judgement", j.record.id): _judgement(j) for j in briefing.judgements}
    found |= {("figure", f.ref): _figure(f, briefing) for f in briefing.figures()}
    found |= {("question", q.id): _question(q) for q in briefing.questions}
    found |= {("event", e.id): _event(e) for e in briefing.events}
    found |= {("passage", p.ref): _passage(p) for p in briefing.passages()}
    found |= {("source", s.id): _source(s) for s in briefing.sources}
    found |= {("topic", t.id): _topic(t) for t in briefing.topics}
    found |= {("measure", m.id): _measure(m) for m in briefing.measures}
    found |= {("entity", e.id): _entity(e) for e in briefing.entities}
    return found


def _facets(pairs: Mapping[Aspect, str | None], *parts: Iterable[_Row]) -> Facets:
    """Facets by respect and part; what is said twice of one part stands together."""
    found = {(what, ""): on_one_line(words) for what, words in pairs.items() if words}
    for what, part, words in (row for rows in parts for row in rows):
        key, said = (what, shortened(part)), on_one_line(words or "")
        found[key] = "; ".join(w for w in (found.get(key), said) if w)
    return found


def _rows(what: Aspect, parts: Iterable[tuple[str, str | None]]) -> Iterator[_Row]:
    """The parts of one respect, with what is said of each."""
    return ((what, part, words) for part, words in parts)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _said(note: Note | None) -> str | None:
    return _PRIVATE if note and not public_text(note) else public_text(note)


def _dated(record: DateRecord | None) -> str | None:
    return f"{record.edtf} ({record.basis})" if record else None


def _claim(claim: Claim) -> _Thing:
    record = claim.record
    origins = f"{len(claim.origins)}: {_listed(claim.origins)}" if claim.origins else "0"
    pairs: dict[Aspect, str | None] = {
        "wording": record.claim, "status": record.status, "confidence": record.confidence,
        "credibility": record.credibility, "origins": origins, "topics": _listed(record.topics), "reason": record.why,
    }  # fmt: skip
    evidence = _rows("evidence", ((e.passage, e.relation) for e in record.evidence))
    notes = _rows("note", ((e.passage, note) for e in record.evidence if (note := _said(e.note))))
    together = _rows("reason", ((_listed(o.voices), o.why) for o in record.one_origin))
    return _Thing(record.claim, record.claim, _facets(pairs, evidence, notes, together))


def _judgement(judgement: Judgement) -> _Thing:
    record = judgement.record
    pairs: dict[Aspect, str | None] = {
        "wording": record.judgement, "likelihood": record.likelihood, "confidence": record.confidence,
        "status": record.status, "topics": _listed(record.topics), "reason": record.why,
    }  # fmt: skip
    return _Thing(shortened(record.judgement), record.judgement, _facets(pairs))


def _figure(figure: Figure, briefing: Briefing) -> _Thing:
    record, measure = figure.record, briefing.index.measures[figure.record.measure]
    words = figure_words(figure, measure)
    pairs: dict[Aspect, str | None] = {
        "value": figure_text(figure), "measure": record.measure, "unit": record.unit, "scope": record.scope,
        "time": figure_when(figure), "derivation": record.derived, "approx": record.approx,
        "passage": figure.passage, "reason": record.why, "note": _said(record.note),
    }  # fmt: skip
    return _Thing(measure.label, words, _facets(pairs))


def _question(record: QuestionRecord) -> _Thing:
    nearest = _rows("nearest", ((ref, PRESENT) for ref in record.nearest))
    pairs: dict[Aspect, str | None] = {"wording": record.question, "reason": record.why}
    return _Thing(record.question, record.question, _facets(pairs, nearest))


def _event(event: Event) -> _Thing:
    record = event.record
    pairs: dict[Aspect, str | None] = {
        "title": record.title, "date": _dated(record.date), "planned": "yes" if record.planned else "no",
        "reported": record.reported, "topics": _listed(record.topics), "reason": record.date.why,
        "note": _said(record.note),
    }  # fmt: skip
    cited = _rows("evidence", ((ref, PRESENT) for ref in record.evidence))
    return _Thing(record.title, event_words(event), _facets(pairs, cited))


def _passage(passage: Passage) -> _Thing:
    pairs: dict[Aspect, str | None] = {
        "words": passage.words, "voice": " ← ".join(passage.chain[1:]), "attribution": passage.attribution,
        "speech": passage.speech, "stance": passage.stance, "topics": _listed(passage.topics),
        "entities": _listed(passage.entities), "note": _said(passage.note),
    }  # fmt: skip
    flags = _rows("flag", ((f.kind, f.why) for f in passage.flags))
    title = shortened(passage.words)
    return _Thing(title, passage.words, _facets(pairs, flags), ("source", passage.source))


_APART = {  # of a source's record: what has a facet of its own, or is no part of the record of the publication
    "at", "text", "sha256", "title", "issued", "reliability", "boilerplate", "set_aside", "passages", "note", "author",
    "rights",
}  # fmt: skip


def _source(source: Source) -> _Thing:
    record = source.record
    reliability = record.reliability
    pairs: dict[Aspect, str | None] = {
        "title": record.title, "text": f"SHA-256 {source.sha256}", "date": _dated(record.issued),
        "note": _said(record.note),
        "reliability": reliability.grade if reliability else None, "reason": reliability.why if reliability else None,
    }  # fmt: skip
    printed = (
        (f.metadata.get("key", f.name), str(value))
        for f in fields(record)
        if f.name not in _APART and (value := getattr(record, f.name))
    )
    authors = (("author", name) for name in source.authors)
    rights = (("rights", record.rights.republish),) if record.rights else ()
    rows = (
        _rows("record", chain(printed, authors, rights)),
        _rows("boilerplate", ((source.text[r.start : r.end], r.why) for r in source.boilerplate)),
        _rows("set aside", ((source.text[r.start : r.end], r.why) for r in source.set_aside)),
    )
    size = counted(len(source.passages), "passage")
    return _Thing(record.title, f"{record.title}, {size}", _facets(pairs, *rows))


_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)


def _topic(topic: Topic) -> _Thing:
    pieces = _HEADING.split(topic.brief.markdown)  # text, heading, text, heading, text
    sections = [("beginning", pieces[0])] if pieces[0].strip() else []
    sections += zip(pieces[1::2], pieces[2::2], strict=True)
    pairs: dict[Aspect, str | None] = {"title": topic.title, "summary": topic.record.summary}
    return _Thing(topic.title, topic.title, _facets(pairs, _rows("brief", sections)))


def _measure(record: MeasureRecord) -> _Thing:
    pairs: dict[Aspect, str | None] = {"title": record.label, "unit": record.unit, "counts": record.counts}
    others = _rows("not comparable", record.not_comparable.items())
    return _Thing(record.label, f"{record.label}: {record.counts}", _facets(pairs, others))


def _entity(record: EntityRecord) -> _Thing:
    place = f"{record.lat}, {record.lon} ({record.precision}, from {record.coordinates_from})"
    pairs: dict[Aspect, str | None] = {
        "name": record.name, "kind": record.kind, "description": record.description,
        "unnamed": "yes" if record.unnamed else "no", "place": None if record.lat is None else place,
    }  # fmt: skip
    aliases = _rows("alias", ((alias, PRESENT) for alias in record.aliases))
    return _Thing(record.name, record.name, _facets(pairs, aliases))


def _site(record: SiteRecord) -> _Thing:
    pairs: dict[Aspect, str | None] = {
        "title": record.title, "description": record.description, "authors": _listed(record.authors),
        "language": record.language, "address": record.base_url,
    }  # fmt: skip
    return _Thing(record.title, record.title, _facets(pairs))
