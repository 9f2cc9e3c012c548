"""Advice on what is declared and serves nothing: entities, measures and topics."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Briefing
from ..problems import Place, Problem
from ..records import Annotations


def on_leftovers(briefing: Briefing, annotations: Annotations) -> Iterator[Problem]:
    """One line for each entity, measure and topic that nothing names."""
    named = _entities(briefing)
    for entity in briefing.entities:
        if entity.id not in named:
            message = f"no text names '{entity.id}', and no passage means it"
            hint = "add the spelling of the texts, or delete it"
            if entity.unnamed:  # whose words are a description, and found in no text by themselves
                message = f"no passage is said by '{entity.id}' or means it"
                hint = "name it in said_by:, via: or entities: of a passage, or delete it"
            yield Problem(entity.at.of("id"), "unused-entity", message, hint)
    counted = {figure.record.measure for figure in briefing.figures()}
    for measure in briefing.measures:
        if measure.id not in counted:
            message = f"no figure counts '{measure.id}'"
            yield Problem(measure.at.of("id"), "unused-measure", message, "give a passage such a figure, or delete it")
    tagged = _topics(briefing)
    for topic in annotations.topics:
        if topic.id not in tagged and not briefing.index.topics[topic.id].brief.count("cited"):
            message = f"nothing has the topic '{topic.id}', and its brief cites nothing"
            yield Problem(Place(topic.path), "empty-topic", message, f"write topics: [{topic.id}] where it belongs")


def _entities(briefing: Briefing) -> set[str]:
    """Ids of all that speak, are meant, or are printed in a text."""
    found = {e for p in briefing.passages() for e in (*p.entities, *p.chain)}
    found |= {e for source in briefing.sources for mention in source.mentions for e in mention.entities}
    return found | {v for claim in briefing.claims for one in claim.record.one_origin for v in one.voices}


def _topics(briefing: Briefing) -> set[str]:
    found = {t for p in briefing.passages() for t in p.topics}
    found |= {t for claim in briefing.claims for t in claim.record.topics}
    found |= {t for event in briefing.events for t in event.record.topics}
    return found | {t for judgement in briefing.judgements for t in judgement.record.topics}
