"""Advice: what no contract forbids, but a careful author would mend. Given by `briefing check` alone.

Takes a briefing without errors. Every sentence accounted for, quotes that end where the thought does, voices that can
be seen to speak, figures that do not contradict each other unremarked, prose that rests on evidence rather than on
us.
"""

from __future__ import annotations

from ..markup import sentences
from ..model import Briefing
from ..problems import Problem
from ..records import Annotations
from . import concluding, figures, leftovers, quotes, reading


def advice(briefing: Briefing, annotations: Annotations) -> tuple[Problem, ...]:
    """All advice on a briefing, sorted; `annotations` are those it was made from, for their places."""
    files = {file.id: file for file in annotations.sources}
    found: list[Problem] = []
    for source in briefing.sources:
        spans = tuple(sentences.in_source(source))
        found += reading.on_source(source, files[source.id], spans, briefing)
        found += quotes.on_source(source, files[source.id], spans)
    found += concluding.on_prose(briefing, annotations)
    found += concluding.on_claims(briefing)
    found += figures.on_figures(briefing)
    found += leftovers.on_leftovers(briefing, annotations)
    return tuple(sorted(found))
