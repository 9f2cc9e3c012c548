"""Advice on the reading: what no contract forbids, but a careful reader would mend. Given by `briefing check` alone.

Takes a briefing without errors. Every sentence accounted for, passages that can be taken in at a glance, voices that
can be seen to speak, prose that rests on evidence rather than on us.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from . import sentences
from .folding import fold
from .markdown import plain
from .model import Briefing, Judgement, Passage, Prose, Region, Source
from .names import stands_in
from .problems import Place, Problem, clipped
from .records import Annotations, EntityRecord, Likelihood, PassageRecord, SourceFile
from .text import Lines, Span

LONGEST = 600  # code points of a passage
MOST_SENTENCES = 3  # of a passage
MOST_SET_ASIDE = 0.15  # of a source
MOST_ANALYSIS = 0.2  # of the sentences of a brief, or of all key judgements together
_SHOWN = 10  # unread stretches of one source

# ICD 203, section D.6.e(2)(a): two columns of words for seven degrees. A judgement says one of its own degree.
ESTIMATIVE: dict[Likelihood, tuple[str, ...]] = {
    "almost no chance": ("almost no chance", "remote"),
    "very unlikely": ("very unlikely", "highly improbable"),
    "unlikely": ("unlikely", "improbable", "improbably"),
    "roughly even chance": ("roughly even chance", "roughly even odds"),
    "likely": ("likely", "probable", "probably"),
    "very likely": ("very likely", "highly probable"),
    "almost certain": ("almost certain", "almost certainly", "nearly certain"),
}


def advice(briefing: Briefing, annotations: Annotations) -> tuple[Problem, ...]:
    """All advice on a briefing, sorted; `annotations` are those it was made from, for their places."""
    files = {file.id: file for file in annotations.sources}
    found: list[Problem] = []
    for source in briefing.sources:
        found += _on_source(source, files[source.id], briefing)
    for file in annotations.topics:
        found += _on_prose([briefing.index.topics[file.id].brief], Place(file.path, file.body_line), "brief")
    if briefing.judgements:
        place = briefing.site.at.of("key_judgements")
        found += _on_prose([j.prose for j in briefing.judgements], place, "list of key judgements")
    for judgement in briefing.judgements:
        found += _on_likelihood(judgement)
    return tuple(sorted(found))


def _on_source(source: Source, file: SourceFile, briefing: Briefing) -> Iterator[Problem]:
    spans = tuple(sentences.in_source(source))
    written: dict[str, PassageRecord] = {record.id: record for record in file.record.passages}
    for passage in source.passages:
        record, touched = written[passage.id], _touched(spans, passage)
        yield from _on_length(passage, record, touched)
        yield from _on_voice(passage, record, touched, source, briefing)
    yield from _on_set_aside(source, file, spans)
    yield from _on_unread(source, file)


def _touched(spans: Sequence[Span], part: Passage | Region) -> Sequence[Span]:
    first = bisect_right(spans, part.start, key=lambda span: span.end)
    return spans[first : bisect_left(spans, part.end, key=lambda span: span.start)]


def _on_length(passage: Passage, record: PassageRecord, touched: Sequence[Span]) -> Iterator[Problem]:
    length = passage.end - passage.start
    if len(touched) > MOST_SENTENCES or length > LONGEST:
        message = f"the passage '{passage.id}' has {len(touched)} sentences and {length} characters"
        hint = f"cut it: at most {MOST_SENTENCES} sentences and {LONGEST} characters can be taken in at a glance"
        yield Problem(record.at.of("quote"), "passage-long", message, hint)


def _on_voice(
    passage: Passage, record: PassageRecord, touched: Sequence[Span], source: Source, briefing: Briefing
) -> Iterator[Problem]:
    if passage.attribution or not passage.chain[1:]:
        return
    words = source.text[touched[0].start : touched[-1].end]
    for link in passage.chain[1:]:
        if not is_named(briefing.index.entities[link], words):
            message = f"no name of '{link}' stands in the sentence of '{passage.id}'"
            hint = f"say in attribution: from which words '{link}' is read, or add those words to its aliases"
            yield Problem(
                record.at.of("said_by" if link == passage.said_by else "via"), "voice-not-named", message, hint
            )


def is_named(entity: EntityRecord, words: str) -> bool:
    """Whether one of an entity's names stands in the words; of an unnamed one, the words that the texts use of it."""
    spellings = entity.aliases if entity.unnamed else (entity.name, *entity.aliases)
    return any(stands_in(spelling, words) for spelling in spellings)


def _on_set_aside(source: Source, file: SourceFile, spans: Sequence[Span]) -> Iterator[Problem]:
    for region, record in zip(source.set_aside, file.record.set_aside, strict=True):
        if len(_touched(spans, region)) > 1:
            message = "this sets more than one sentence aside"
            yield Problem(record.at.of("quote"), "set-aside-long", message, "one entry, one sentence, one reason")
    share = source.coverage.share(source.coverage.set_aside)
    if share > MOST_SET_ASIDE:
        message = f"{share:.1%} of the text is set aside, more than {MOST_SET_ASIDE:.0%}"
        hint = "make passages of what says something; what is no article text is boilerplate"
        yield Problem(file.record.at.of("set_aside"), "set-aside-share", message, hint)


def _on_unread(source: Source, file: SourceFile) -> Iterator[Problem]:
    lines, seed = Lines(source.text), f"seeds/{file.record.text}"
    stretches = list(unread(source))
    for stretch in stretches[:_SHOWN]:
        words = " ".join(source.text[stretch.start : stretch.end].split())
        message = f"nobody read this: '{clipped(words, 120)}'"
        hint = f"make it a passage in {file.record.at.place.path}, or set_aside with a reason"
        yield Problem(Place(seed, *lines.position(stretch.start)), "unread", message, hint)
    if len(stretches) > _SHOWN:
        message = f"{len(stretches) - _SHOWN} more stretches of this text are unread"
        yield Problem(Place(seed), "unread", message, "briefing check --coverage gives the shares")


def unread(source: Source) -> Iterator[Span]:
    """The stretches that hold words, but belong to no passage or region; none runs over the end of a paragraph."""
    held = bytearray(len(source.text))
    parts: tuple[Passage | Region, ...] = (*source.passages, *source.boilerplate, *source.set_aside)
    for part in parts:
        held[part.start : part.end] = b"\1" * (part.end - part.start)
    for paragraph in source.paragraphs:
        for gap in re.finditer(rb"\0+", held[paragraph.start : paragraph.end]):
            start = paragraph.start + gap.start()
            if words := re.search(r"\w(?:.*\w)?", source.text[start : paragraph.start + gap.end()], re.DOTALL):
                yield Span(start + words.start(), start + words.end())


def _on_prose(prose: Sequence[Prose], place: Place, what: str) -> Iterator[Problem]:
    every = [s for p in prose for s in p.sentences]
    for sentence in every:
        if sentence.standing == "uncited":
            message = f"this sentence of the {what} cites nothing: '{clipped(sentence.markdown, 120)}'"
            yield Problem(place, "uncited-sentence", message, "cite a passage, or end the sentence with [analysis]")
    ours = sum(s.standing == "analysis" for s in every)
    if ours > MOST_ANALYSIS * len(every):
        message = f"{ours} of {len(every)} sentences of the {what} are analysis, more than a fifth"
        yield Problem(place, "analysis-share", message, "let the sources speak, or cite the claim that concludes it")


def _on_likelihood(judgement: Judgement) -> Iterator[Problem]:
    record = judgement.record
    if record.likelihood is None:
        return
    words = fold(" ".join(plain(s.markdown) for s in judgement.prose.sentences)).text
    said = {_DEGREES[phrase] for phrase in _PHRASES.findall(words.casefold())}
    if record.likelihood not in said:
        message = f"the judgement '{record.id}' is {record.likelihood}, but does not say so"
        hint = f"use one of its words: {', '.join(ESTIMATIVE[record.likelihood])}"
        yield Problem(record.at.of("judgement"), "likelihood-unsaid", message, hint)


_DEGREES = {phrase: degree for degree, phrases in ESTIMATIVE.items() for phrase in phrases}
_LONGEST_FIRST = "|".join(sorted(_DEGREES, key=len, reverse=True))  # "very likely" is no "likely"
_PHRASES = re.compile(rf"\b(?:{_LONGEST_FIRST})\b")
