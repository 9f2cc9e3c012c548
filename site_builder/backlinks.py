"""Who refers to what: for each passage, claim, event and figure, everything that calls on it, with its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import chain
from typing import Literal

from . import urls
from .frozen import dataclass
from .markup.markdown import plain
from .model import Briefing, CitationKind, Event, Prose
from .series import replaced
from .wording import event_words

CallerKind = Literal["key judgement", "topic", "claim", "event", "open question"]


@dataclass(frozen=True, slots=True)
class Caller:
    """Something that calls on evidence: what it is, what it says, where it stands.

    `relation` says how, as it is read from the evidence (cited in, supports, reports). `words` is the sentence that
    calls, as Markdown, empty where the title is that sentence.
    """

    kind: CallerKind
    title: str
    url: str
    words: str
    relation: str


Backlinks = Mapping[tuple[CitationKind, str], tuple[Caller, ...]]


def backlinks(briefing: Briefing) -> Backlinks:
    """All callers by what they call on, in the order of the site: judgements, briefs, claims, events, questions."""
    found: dict[tuple[CitationKind, str], tuple[Caller, ...]] = {}
    for kind, target, caller in _calls(briefing):
        what = kind, target
        known = found.get(what)
        if known is None:
            found[what] = (caller,)
        elif caller not in known:
            found[what] = (*known, caller)
    return found


def backlinks_again(
    before: Backlinks, old: Briefing, briefing: Briefing, events: Set[str]
) -> tuple[Backlinks, Sequence[tuple[CitationKind, str]]]:
    """The callers in a briefing, from those of an old one of which nothing differs but these events; and on what more,
    fewer or other ones may call."""
    changed = [own for id_ in events for index in (old.index, briefing.index) if (own := index.events.get(id_))]
    targets: list[tuple[CitationKind, str]] = []
    targets += dict.fromkeys(("passage", ref) for event in changed for ref in event.record.evidence)
    if not targets:
        return before, ()
    urls_ = {urls.event(id_) for id_ in events}
    calls: defaultdict[str, list[Caller]] = defaultdict(list)
    for id_ in events & briefing.index.events.keys():
        for _, ref, caller in _calls_of_event(briefing.index.events[id_]):
            calls[ref].append(caller)
    again: dict[tuple[CitationKind, str], tuple[Caller, ...]] = {}
    order = _Order(briefing)
    for kind, ref in targets:
        callers = before.get((kind, ref), ())
        others = [c for c in callers if c.url not in urls_]
        of_events = [*(c for c in others if c.kind == "event"), *dict.fromkeys(calls[ref])]
        if len(of_events) > 1:
            of_events.sort(key=order)
        first = next((n for n, c in enumerate(others) if c.kind in ("event", "open question")), len(others))
        again[kind, ref] = (*others[:first], *of_events, *(c for c in others[first:] if c.kind != "event"))
    if all(now and what in before for what, now in again.items()):
        return replaced(before, again), targets
    found = {**before, **again}
    return {what: callers for what, callers in found.items() if callers}, targets


class _Order:
    """The place of an event that calls, in the order of the site; most passages have one event, which needs none."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing
        self.places: dict[str, int] = {}

    def __call__(self, caller: Caller) -> int:
        if not self.places:
            self.places = {urls.event(id_): number for number, id_ in enumerate(self.briefing.index.events)}
        return self.places[caller.url]


def _calls(briefing: Briefing) -> Iterator[tuple[CitationKind, str, Caller]]:
    yield from _calls_of_prose(briefing)
    for claim in briefing.claims:
        for evidence in claim.record.evidence:
            caller = Caller("claim", claim.record.claim, urls.claim(claim.id), "", evidence.relation)
            yield "passage", evidence.passage, caller
    yield from chain.from_iterable(map(_calls_of_event, briefing.events))
    for question in briefing.questions:
        url = urls.question(question.id)
        caller = Caller("open question", question.question, url, "", "comes nearest to")
        yield from (("passage", ref, caller) for ref in question.nearest)


def _calls_of_event(event: Event) -> Iterator[tuple[CitationKind, str, Caller]]:
    title = event_words(event)
    caller = Caller("event", title, urls.event(event.id), "", "reports")
    for ref in event.record.evidence:
        yield "passage", ref, caller


def _calls_of_prose(briefing: Briefing) -> Iterator[tuple[CitationKind, str, Caller]]:
    for judgement in briefing.judgements:
        url = urls.judgement(judgement.record.id)
        first = judgement.prose.sentences[0].markdown if judgement.prose.sentences else ""
        title = plain(first) or "Key judgement"
        for kind, target, words, _ in _citations(judgement.prose):
            yield kind, target, Caller("key judgement", title, url, "" if words == first else words, "cited in")
    for topic in briefing.topics:
        for kind, target, words, number in _citations(topic.brief):
            url = f"{urls.topic(topic.id)}#{citation_anchor(number)}"
            yield kind, target, Caller("topic", topic.title, url, words, "cited in")


def _citations(prose: Prose) -> Iterator[tuple[CitationKind, str, str, int]]:
    number = 0
    for sentence in prose.sentences:
        for citation in sentence.citations:
            number += 1
            yield citation.kind, citation.target, sentence.markdown, number


def citation_anchor(number: int) -> str:
    """The id of a citation on the page of its brief, counted from 1."""
    return f"cite-{number}"
