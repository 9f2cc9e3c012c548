"""The site's own words and what each means: data for the glossary, the key of firmness, and the words on each page.

One place for all of them: a word on a page links to its entry here, and brings the meaning along.
"""

from __future__ import annotations

from .. import urls
from ..frozen import NamedTuple


class Term(NamedTuple):
    """A word of the site and its meaning, one or two sentences of plain text."""

    word: str
    meaning: str

    @property
    def target(self) -> str:
        """Its entry in the glossary."""
        return urls.term(self.word)


class Chapter(NamedTuple):
    """Terms that belong together."""

    title: str
    terms: tuple[Term, ...]


class Scale(NamedTuple):
    """An axis of firmness: the term that names it, what it answers, and its values from firm to loose."""

    word: str
    question: str
    values: tuple[Term, ...]


STATUS = (
    Term("accepted", "The evidence carries it, and nothing that we read stands against it."),
    Term("conflict", "Sources speak for it and against it, and the texts do not settle which is right."),
    Term("unresolved", "Too little is said to accept or to reject it."),
    Term("retracted", "We no longer hold it; it is kept so that nobody takes it up again unawares."),
)
CONFIDENCE = (
    Term("high confidence", "The evidence is good enough for a solid judgement; it can still be wrong."),
    Term("moderate confidence", "Plausible and credibly sourced, but not enough for more."),
    Term("low confidence", "Scant, doubtful or one-sided evidence: a lead rather than a finding."),
)
LIKELIHOOD = (  # ICD 203, section D.6.e(2)(a)
    Term("almost certain", "A chance of 95 to 99 %."),
    Term("very likely", "A chance of 80 to 95 %."),
    Term("likely", "A chance of 55 to 80 %."),
    Term("roughly even chance", "A chance of 45 to 55 %."),
    Term("unlikely", "A chance of 20 to 45 %."),
    Term("very unlikely", "A chance of 5 to 20 %."),
    Term("almost no chance", "A chance of 1 to 5 %."),
)
RELIABILITY = (  # Admiralty system
    Term("A", "completely reliable"), Term("B", "usually reliable"), Term("C", "fairly reliable"),
    Term("D", "not usually reliable"), Term("E", "unreliable"), Term("F", "cannot be judged: no grade, not the worst"),
)  # fmt: skip
CREDIBILITY = (
    Term("1", "confirmed by others"), Term("2", "probably true"), Term("3", "possibly true"), Term("4", "doubtful"),
    Term("5", "improbable"), Term("6", "cannot be judged: no grade, not the worst"),
)  # fmt: skip
ORIGINS = (
    Term("4 sources, 4 origins", "four voices say it, each for itself"),
    Term("4 sources, 1 origin", "four texts repeat one voice: it is said once"),
)

SCALES = (
    Scale("likelihood", "How probable is it?", LIKELIHOOD),
    Scale("confidence", "How good is the evidence for saying so?", CONFIDENCE),
    Scale("status", "Where does it stand?", STATUS),
    Scale("origin", "Whose word is it in the end?", ORIGINS),
    Scale("reliability", "How far can the source be relied on?", RELIABILITY),
    Scale("credibility", "How credible is this one statement?", CREDIBILITY),
)

GLOSSARY = (
    Chapter("What we conclude", (
        Term("key judgement", "Our answer to a question that matters, with its likelihood and our confidence in it."),
        Term("claim", "One sentence that we draw from the sources, with all that speaks for and against it."),
        Term("open question", "What the sources cannot answer, with the nearest that they do say."),
        Term("status", "Where a claim stands: accepted, conflict, unresolved or retracted. It is not how sure we are."),
        *STATUS,
        Term("confidence", "How good the evidence for a conclusion is: low, moderate or high. Not how probable it is."),
        *CONFIDENCE,
        Term("likelihood", "How probable a judgement is, in the words of ICD 203, each of which stands for a range."),
        *LIKELIHOOD,
        Term("analysis", "A sentence marked so is ours; it rests on the sentences around it, not on one passage."),
        Term("uncited", "A sentence that names neither a passage nor itself as ours."),
    )),
    Chapter("Evidence", (
        Term("source", "One text as it was found, kept byte for byte."),
        Term("passage", "A stretch of a source that says something: the unit that is cited."),
        Term("supports", "The passage speaks for the claim."),
        Term("contradicts", "The passage speaks against the claim."),
        Term("qualifies", "The passage bears on the claim without settling it: it limits, dates or doubts it."),
        Term("silent", "No passage of the source bears on the claim. Silence is no denial."),
        Term("flag", "A mark on a passage that is odd: garbled, overstated, unclear. It says where to read twice."),
    )),
    Chapter("Whose word it is", (
        Term("origin", "The last link of the chain: whose word a passage is in the end. Sources that repeat one voice "
             "have one origin."),
        Term("chain of origin", "From the source, through those from whom it had the words, to the voice that spoke "
             "them."),
        Term("counted as one", "Voices that may be one, since the texts do not say: they count as a single origin."),
        Term("unnamed", "A voice without a name. It counts once in each source, since nobody can tell two apart."),
        Term("reliability", "How far a source can be relied on, as an Admiralty letter from A, completely, to E, not "
             "at all; F cannot be judged."),
        Term("credibility", "How credible one statement is, as an Admiralty digit from 1, confirmed, to 5, improbable; "
             "6 cannot be judged."),
        Term("stance", "What the voice does with what it says: asserts, denies, doubts, predicts, promises or relays."),
        Term("asserts", "The voice says that it is so."),
        Term("denies", "The voice says that it is not so."),
        Term("doubts", "The voice says that it may not be so."),
        Term("predicts", "The voice says that it will be so."),
        Term("promises", "The voice says that it will see to it."),
        Term("relays", "The voice passes on what others say, without making it its own."),
        Term("in its own words", "The text quotes the voice."),
        Term("partly in its own words", "The text quotes the voice in part and tells the rest."),
        Term("in paraphrase", "The text tells what the voice said, without its words."),
    )),
    Chapter("Dates and numbers", (
        Term("basis", "What a date rests on: stated, relative, bounded or inferred."),
        Term("stated", "Every part of the date is printed in the words cited."),
        Term("relative", "The text gives it from another day, as in “last Tuesday”."),
        Term("bounded", "Only a limit is known, such as the day before which it must have been."),
        Term("inferred", "The date is not printed, but follows from the text; the reason is given with its words."),
        Term("planned", "An event that the text announces; it says nothing on whether it came."),
        Term("figure", "A number that a passage prints, or one that is computed from such numbers by a shown sum."),
        Term("measure", "What a figure counts. Figures of different measures cannot be set side by side."),
        Term("derived", "Computed from printed numbers by the expression that is shown."),
    )),
    Chapter("How a text was read", (
        Term("coverage", "How much of a text was read and how: its parts add up to the whole."),
        Term("annotated", "Words that stand in a passage."),
        Term("boilerplate", "Words on the page that are no article text: menus, teasers, bylines."),
        Term("set aside", "A sentence that was read and left out, with the reason."),
        Term("unread", "Words that nobody has accounted for."),
        Term("excerpts", "What is published of a text that may not be whole: its passages and the words around them."),
        Term("normalised", "The quote differs from the source in white space, quote marks or dashes only."),
    )),
)  # fmt: skip

TERMS = {term.word: term for chapter in GLOSSARY for term in chapter.terms}

# The words that a reader meets on the pages of each section; they stand, with their meanings, at the foot of each.
ON_PAGES: dict[str, tuple[str, ...]] = {
    urls.HOME: ("likelihood", "confidence", "status", "origin", "analysis", "reliability"),
    urls.TOPICS: ("analysis", "uncited", "status", "confidence", "origin", "stance", "basis"),
    urls.TIMELINE: ("stated", "relative", "bounded", "inferred", "planned", "stance"),
    urls.CLAIMS: ("supports", "contradicts", "qualifies", "silent", "status", "confidence", "origin", "stance"),
    urls.FIGURES: ("figure", "measure", "derived", "origin", "stance", "basis"),
    urls.SOURCES: ("passage", "chain of origin", "stance", "basis", "flag", "boilerplate", "set aside", "unread"),
    urls.ENTITIES: ("unnamed", "chain of origin", "stance", "basis", "flag"),
    urls.FLAGS: ("flag", "stance", "basis", "chain of origin"),
}
