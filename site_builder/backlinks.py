"""Who refers to what: for each passage, claim, event and figure, everything that calls on it, with its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal

from . import urls
from .frozen import dataclass
from .markdown import plain
from .model import Briefing, CitationKind, Prose

CallerKind = Literal["key judgement", "topic", "claim", "event", "open question"]


@dataclass(frozen=True, slots=True)
class Caller:
    """Something that calls on evidence: what it is, what it says, where it stands.

    `relation` says how (cites, supports, contradicts, qualifies). `words` is the sentence that calls, as Markdown,
    empty where the title is that sentence.
    """

    kind: CallerKind
    title: str
    url: str
    words: str
    relation: str


Backlinks = Mapping[tuple[CitationKind, str], tuple[Caller, ...]]


def backlinks(briefing: Briefing) -> Backlinks:
    """All callers by what they call on, in the order of the site: judgements, briefs, claims, events, questions."""
    found: defaultdict[tuple[CitationKind, str], list[Caller]] = defaultdict(list)
    for kind, target, caller in _calls(briefing):
        if caller not in found[kind, target]:
            found[kind, target].append(caller)
    return {key: tuple(callers) for key, callers in found.items()}


def _calls(briefing: Briefing) -> Iterator[tuple[CitationKind, str, Caller]]:
    yield from _calls_of_prose(briefing)
    for claim in briefing.claims:
        for evidence in claim.record.evidence:
            caller = Caller("claim", claim.record.claim, urls.claim(claim.id), "", evidence.relation)
            yield "passage", evidence.passage, caller
    for event in briefing.events:
        title = f"{event.date.value.words()}: {event.record.title}"
        caller = Caller("event", title, urls.event(event.id), "", "reports")
        yield from (("passage", ref, caller) for ref in event.record.evidence)
    for question in briefing.questions:
        url = urls.question(question.id)
        caller = Caller("open question", question.question, url, "", "comes nearest")
        yield from (("passage", ref, caller) for ref in question.nearest)


def _calls_of_prose(briefing: Briefing) -> Iterator[tuple[CitationKind, str, Caller]]:
    for judgement in briefing.judgements:
        url = urls.judgement(judgement.record.id)
        first = judgement.prose.sentences[0].markdown if judgement.prose.sentences else ""
        title = plain(first) or "Key judgement"
        for kind, target, words, _ in _citations(judgement.prose):
            yield kind, target, Caller("key judgement", title, url, "" if words == first else words, "cites")
    for topic in briefing.topics:
        for kind, target, words, number in _citations(topic.brief):
            url = f"{urls.topic(topic.id)}#{citation_anchor(number)}"
            yield kind, target, Caller("topic", topic.title, url, words, "cites")


def _citations(prose: Prose) -> Iterator[tuple[CitationKind, str, str, int]]:
    number = 0
    for sentence in prose.sentences:
        for citation in sentence.citations:
            number += 1
            yield citation.kind, citation.target, sentence.markdown, number


def citation_anchor(number: int) -> str:
    """The id of a citation on the page of its brief, counted from 1."""
    return f"cite-{number}"
