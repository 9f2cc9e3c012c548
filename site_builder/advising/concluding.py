"""Advice on what we say ourselves: briefs, key judgements, and claims that lean on one voice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from ..markup.markdown import RawSentence, plain, sentences
from ..model import Briefing, Judgement
from ..problems import Place, Problem, clipped
from ..records import Annotations, Likelihood, TopicFile, is_english
from ..texts.folding import fold

MOST_ANALYSIS = 0.2  # of the sentences of a brief, or of all key judgements together

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


def on_prose(briefing: Briefing, annotations: Annotations) -> Iterator[Problem]:
    """Sentences without a source, too many of our own, and likelihoods that no word says."""
    for file in annotations.topics:
        brief = briefing.index.topics[file.id].brief.markdown
        yield from _on_sentences([(brief, partial(_in_file, file))], Place(file.path, file.body_line), "brief")
    if briefing.judgements:
        prose = [(j.prose.markdown, partial(_in_value, j)) for j in briefing.judgements]
        yield from _on_sentences(prose, briefing.site.at.of("key_judgements"), "list of key judgements")
    if is_english(briefing.site.language):  # the phrases of other languages are not known
        for judgement in briefing.judgements:
            yield from _on_likelihood(judgement)


def _in_file(file: TopicFile, sentence: RawSentence) -> Place:
    return Place(file.path, file.body_line + sentence.line, sentence.column + 1)


def _in_value(judgement: Judgement, _: RawSentence) -> Place:
    return judgement.record.at.of("judgement")  # YAML may have folded its lines


_Texts = Sequence[tuple[str, Callable[[RawSentence], Place]]]


def _on_sentences(texts: _Texts, whole: Place, what: str) -> Iterator[Problem]:
    every = [(sentence, place) for text, place in texts for sentence in sentences(text)]
    for sentence, place in every:
        if sentence.standing == "uncited":
            words = " ".join(sentence.markdown.split())
            message = f"this sentence of the {what} cites nothing: '{clipped(words, 120)}'"
            hint = "cite a passage, or end the sentence with [analysis]"
            if meant := _MEANT.search(sentence.markdown):
                hint = f"write [@{meant[1]}], with an @ and in square brackets" if meant[1] else "write [analysis]"
            yield Problem(place(sentence), "uncited-sentence", message, hint)
    ours = sum(sentence.standing == "analysis" for sentence, _ in every)
    if ours > MOST_ANALYSIS * len(every):
        message = f"{ours} of {len(every)} sentences of the {what} are analysis, more than a fifth"
        yield Problem(whole, "analysis-share", message, "let the sources speak, or cite the claim that concludes it")


_REF = r"((?:claim|event):[a-z0-9-]+|(?:figure:)?[a-z0-9-]+#[a-z0-9-]+)"
_MEANT = re.compile(rf"[\[(] ?@? ?{_REF}|\[analysis\]", re.IGNORECASE)  # a mark of a sentence, but for its form


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
_PHRASES = re.compile(rf"\b(?:{'|'.join(_DEGREES)})\b")  # found from the left: "very likely" is no "likely"


def on_claims(briefing: Briefing) -> Iterator[Problem]:
    """Claims that are held firmly on one voice's word, and do not say why."""
    for claim in briefing.claims:
        record = claim.record
        if record.status != "accepted" or record.confidence == "low" or record.why or len(claim.origins) > 1:
            continue
        voice = f"on one origin, '{claim.origins[0]}'" if claim.origins else "on no passage that supports it"
        message = f"the claim '{claim.id}' is accepted with {record.confidence} confidence, and rests {voice}"
        hint = "say in why: what makes that enough, or write confidence: low"
        yield Problem(record.at.of("confidence"), "one-origin", message, hint)
