"""Advice on the reading of each source: what is unread, too long, set aside too freely, or spoken by nobody named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..coverage import strays
from ..markup import sentences
from ..markup.names import stands_in
from ..model import Briefing, Passage, Region, Source, Stray
from ..problems import Place, Problem, clipped
from ..records import EntityRecord, PassageRecord, SourceFile
from ..texts.text import ENUMERATOR, Lines, Span
from ..wording import counted

LONGEST = 600  # code points of a passage
MOST_SENTENCES = 3  # of a passage
MOST_SET_ASIDE = 0.15  # of a source
_SHOWN = 10  # unread stretches of one source
_SHOWN_FACTS = 20  # unread sentences of one source that hold a number, a date or a known name


def on_source(source: Source, file: SourceFile, spans: Sequence[Span], briefing: Briefing) -> Iterator[Problem]:
    """All advice on how one source was read; `spans` are its sentences."""
    written: dict[str, PassageRecord] = {record.id: record for record in file.record.passages}
    for passage in source.passages:
        record, around = written[passage.id], sentences.touched(spans, passage)
        yield from _on_length(passage, record, around)
        yield from _on_voice(passage, record, around, source, briefing)
    yield from _on_set_aside(source, file, spans)
    yield from _on_unread(source, file)
    yield from _on_unread_facts(source, file, spans)


def _on_length(passage: Passage, record: PassageRecord, around: Sequence[Span]) -> Iterator[Problem]:
    length = passage.end - passage.start
    if len(around) > MOST_SENTENCES or length > LONGEST:
        message = f"the passage '{passage.id}' has {len(around)} sentences and {length} characters"
        hint = f"cut it: at most {MOST_SENTENCES} sentences and {LONGEST} characters can be taken in at a glance"
        yield Problem(record.at.of("quote"), "passage-long", message, hint)


def _on_voice(
    passage: Passage, record: PassageRecord, around: Sequence[Span], source: Source, briefing: Briefing
) -> Iterator[Problem]:
    if passage.attribution or not passage.chain[1:]:
        return
    [paragraph, *_] = sentences.touched(source.paragraphs, passage)
    label = sentences.speaker(source.text[paragraph.start : paragraph.end])
    words = f"{label} {source.text[around[0].start : around[-1].end]}"
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
        if len(sentences.touched(spans, region)) > 1:
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
        hint = f"make it a passage in {file.record.at.place.path}, or set_aside or boilerplate with a reason"
        yield Problem(Place(seed, *lines.position(stretch.start)), "unread", message, hint)
    if len(stretches) > _SHOWN:
        rest = counted(len(stretches) - _SHOWN, "more stretch", "more stretches")
        message = f"{rest} of this text, read by nobody"
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
            left = source.text[start : paragraph.start + gap.end()]
            words = re.search(r"\w(?:.*\w)?", left, re.DOTALL)
            if words and (
                gap.start() or not (ENUMERATOR.fullmatch(left.rstrip()) or sentences.speaker(left) == left.rstrip())
            ):
                yield Span(start + words.start(), start + words.end())


def _is_speaker(source: Source, sentence: Span, stray: Stray) -> bool:
    """Whether a name says whose turn of speech begins there."""
    return stray.end <= sentence.start + len(sentences.speaker(source.text[sentence.start : sentence.end]))


def _on_unread_facts(source: Source, file: SourceFile, spans: Sequence[Span]) -> Iterator[Problem]:
    """One line for each sentence of which a number, a date or a known name is unread."""
    lines, seed = Lines(source.text), f"seeds/{file.record.text}"
    held: dict[Span, list[str]] = {}
    for stray in strays(source):
        sentence = next(iter(sentences.touched(spans, stray)), None)
        if stray.part == "unread" and sentence and not (stray.kind == "name" and _is_speaker(source, sentence, stray)):
            held.setdefault(sentence, []).append(" ".join(source.text[stray.start : stray.end].split()))
    for sentence, words in list(held.items())[:_SHOWN_FACTS]:
        listed = ", ".join(f"'{clipped(w, 80)}'" for w in dict.fromkeys(words))
        first = next(i for i in range(sentence.start, sentence.end) if not source.text[i].isspace())
        place = Place(seed, *lines.position(first))
        hint = f"make a passage of it in {file.record.at.place.path}, or set_aside with a reason"
        yield Problem(place, "unread-fact", f"nobody read this sentence's {listed}", hint)
    if len(held) > _SHOWN_FACTS:
        rest = counted(len(held) - _SHOWN_FACTS, "more sentence")
        message = f"{rest} of this text, with such words read by nobody"
        yield Problem(Place(seed), "unread-fact", message, "briefing check --coverage lists every one")
