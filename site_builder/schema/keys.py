"""Every key of the annotations in plain words: what it means, an example, and the rules that guard it.

The record types say which keys there are and what fits them; this says what they are for. The JSON Schemas that editors
show and `docs/keys.md` are made from the two together, and a test holds each key to one entry here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from ..frozen import dataclass
from ..records import (
    ChangeRecord,
    ClaimRecord,
    CorrectionRecord,
    DateRecord,
    EntityRecord,
    EventRecord,
    EvidenceRecord,
    FigureRecord,
    FlagRecord,
    JudgementRecord,
    MeasureRecord,
    NameRecord,
    NoteRecord,
    OneOriginRecord,
    PassageRecord,
    QuestionRecord,
    RangeQuote,
    Record,
    RegionRecord,
    ReliabilityRecord,
    RevisionRecord,
    RightsRecord,
    RuleRecord,
    SiteRecord,
    SourceRecord,
    ThemeRecord,
    TopicRecord,
)

Declared = Literal["topics", "entities", "measures", "passages"]


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its meaning in a sentence or two, an example of its value as YAML, and what is checked beyond its type.

    `names` tells of which kind the ids are that stand in it, when they are declared elsewhere.
    """

    meaning: str
    example: str
    rules: tuple[str, ...] = ()
    names: Declared | None = None


_QUOTE = ("quote-blank", "quote-missing", "quote-drifted", "quote-ambiguous")
_PREFIX = Key("The words directly before the quote, when it stands in more than one place.", "The Board", _QUOTE[1:])
_SUFFIX = Key("The words directly after the quote, when it stands in more than one place.", "in January", _QUOTE[1:])
_TOPICS = Key("The topics it belongs to, each the name of a file in `topics/`.", "[noise]", names="topics")
_MARKDOWN = ("bad-citation", "unknown-id", "dead-link")

KEYS: Mapping[type[Record], Mapping[str, Key]] = MappingProxyType(
    {
        SiteRecord: {
            "title": Key("The title of the briefing.", "Noise at the harbour"),
            "description": Key("What the briefing is about, in a sentence.", "What one notice says about noise."),
            "authors": Key("Who wrote the briefing.", "[Ada Example]"),
            "language": Key(
                "The language of your own words, as a tag (BCP 47); the words of the site itself, its menus and terms,"
                " are English. Default: `en`.",
                "en",
            ),
            "base_url": Key(
                "Where the site will be published, if anywhere. With it come canonical addresses, `sitemap.xml`,"
                " `robots.txt`, and a 404 page whose links work at any depth.",
                "https://example.org/harbour/",
            ),
            "rights": Key(
                "What may be published of every text whose own file does not say.",
                "{republish: excerpts, context_words: 20}",
            ),
            "themes": Key(
                "A colour for each topic, in the order in which topics are shown.", "{noise: blue}", names="topics"
            ),
            "key_judgements": Key(
                "What you judge, most important first.",
                '[{id: noise-rose, judgement: "Noise likely rose [@claim:complaints-rose].", confidence: low}]',
                ("duplicate-id", "analysis-share"),
            ),
            "open_questions": Key(
                "What the sources cannot answer.", "[{id: cause, question: What caused the rise?}]", ("duplicate-id",)
            ),
            "rules": Key(
                "How much a rule of `briefing check` counts in this briefing, by its id. Only warnings and advice can"
                " be set; the site shows its readers what is.",
                "{unread: {severity: off, why: read for its dates alone}}",
                ("severity-fixed",),
            ),
        },
        RuleRecord: {
            "severity": Key("What the rule counts as; one that is `off` is not asked for.", "off"),
            "why": Key("Why it counts so here, in Markdown.", "read for its dates alone", _MARKDOWN),
        },
        RightsRecord: {
            "republish": Key("How much of the text a published site may print.", "excerpts", ("missing-key",)),
            "why": Key(
                "What the right rests on, or why there is none, in Markdown; `whole` needs it. The page shows it.",
                '"CC BY 4.0, printed below the text"',
                (*_MARKDOWN, "missing-key"),
            ),
            "context_words": Key(
                "Of excerpts: how many words are shown around each passage. A source's own number counts before that "
                "of the site. Default: 12.",
                "20",
            ),
        },
        NoteRecord: {
            "text": Key("The note in Markdown.", "Ask the author about this number.", _MARKDOWN),
            "private": Key("Whether the note stays out of everything that is published. Default: `false`.", "true"),
        },
        JudgementRecord: {
            "id": Key("The id of the judgement.", "noise-rose", ("duplicate-id",)),
            "judgement": Key(
                "The judgement in Markdown. Each sentence cites (`[@claim:id]`, …), or ends in `[analysis]`.",
                '"Noise likely rose [@claim:complaints-rose]."',
                ("bad-citation", "brief-unsupported", "uncited-sentence", "likelihood-unsaid"),
            ),
            "likelihood": Key(
                "How likely it is, in a phrase of ICD 203; a judgement in English says a word of that degree.",
                "likely",
                ("likelihood-unsaid",),
            ),
            "confidence": Key("How firm the judgement is: how good and how many its grounds are.", "low"),
            "status": Key(
                "The state of the judgement, kept apart from its confidence. Default: `accepted`.", "accepted"
            ),
            "topics": _TOPICS,
            "why": Key("Why the confidence is what it is, in Markdown.", "one source, one origin", _MARKDOWN),
        },
        QuestionRecord: {
            "id": Key("The id of the question.", "cause", ("duplicate-id",)),
            "question": Key("What the sources cannot answer.", "What caused the rise?"),
            "nearest": Key(
                "The passages that come closest to an answer.", "[harbour-notice#complaints-rise]", names="passages"
            ),
            "why": Key("Why they do not answer it, in Markdown.", "the notice counts, and explains nothing", _MARKDOWN),
        },
        SourceRecord: {
            "text": Key(
                "The name of the text in `seeds/`, without folders.",
                "harbour-notice.txt",
                ("missing-seed", "seed-encoding", "seed-used-twice"),
            ),
            "sha256": Key(
                "The SHA-256 of the text's bytes, which ties the annotations to it. Left out, the error tells it.",
                "3fbf776c203ba0808dc977516d2ca30d1cf4094057fc1adbdc63a0953da2cf3f",
                ("source-changed", "bad-value"),
            ),
            "type": Key("What the text is: a CSL 1.0.2 item type.", "article-newspaper"),
            "title": Key("The title that the text prints.", "Noise at the harbour"),
            "title-short": Key("A short title, for lists and pictures.", "Harbour notice"),
            "author": Key("Who wrote it, as printed.", "[{family: Example, given: Ada}, {literal: Harbour Board}]"),
            "container-title": Key("What it appeared in: the newspaper, the journal, the site.", "The Harbour Post"),
            "publisher": Key("Who published it.", "Harbour Press"),
            "publisher-place": Key("Where the publisher is.", "Harbour Town"),
            "section": Key("The section of the newspaper or the law.", "Local"),
            "volume": Key("The volume.", "12"),
            "issue": Key("The issue within the volume.", "3"),
            "page": Key("The page or pages.", "4-5"),
            "number": Key("The number of a report, a bill or a standard.", "HB 12/2021"),
            "genre": Key("What kind of text it is, where the type says too little.", "press release"),
            "language": Key("The language of the text, as a tag (BCP 47).", "en"),
            "issued": Key(
                "When it was published; when the text states it, with `quote:`, the words that print it.",
                '{edtf: "2021-03-04", basis: stated, quote: 4 March 2021}',
            ),
            "accessed": Key("When you took it from where it stood, as an EDTF date.", "2021-03-05", ("bad-date",)),
            "URL": Key("Where it stood.", "https://example.org/notice"),
            "DOI": Key("Its DOI; its page links there.", "10.1000/182"),
            "ISBN": Key("Its ISBN.", "978-3-16-148410-0"),
            "ISSN": Key("The ISSN of what it appeared in.", "2049-3630"),
            "archive": Key("The archive that keeps it.", "Harbour Archive"),
            "archive_location": Key(
                "Where in the archive it stands, or the address of an archived copy.", "Box 3, Folder 7"
            ),
            "license": Key("Under which licence it was published.", "CC-BY-4.0"),
            "rights": Key(
                "What may be published of this text. Without it, and without any in `site.yaml`, only excerpts are.",
                '{republish: whole, why: "CC BY 4.0, printed below the text"}',
            ),
            "reliability": Key("How far the source can be trusted, and why.", '{grade: C, why: "names its source"}'),
            "boilerplate": Key(
                "Page furniture that is no part of the text: dimmed, never counted as unread.",
                "[{quote: Read more, why: teaser}]",
                ("coverage-overlap",),
            ),
            "set_aside": Key(
                "Sentences read and left without a passage, each with a reason; at most 15 % of the text.",
                "[{quote: The weather was fine., why: not about noise}]",
                ("coverage-overlap", "set-aside-long", "set-aside-share"),
            ),
            "passages": Key(
                "The stretches of the text that say something.",
                "[{id: complaints-rise, quote: received 120 complaints}]",
                ("duplicate-id", "coverage-overlap", "unread"),
            ),
            "note": Key("Markdown about the source.", "A short notice without an author.", _MARKDOWN),
        },
        NameRecord: {
            "family": Key("The family name of a person.", "Example"),
            "given": Key("The given names of a person.", "Ada"),
            "literal": Key("The name of an organisation, or one that does not divide.", "Harbour Board"),
        },
        ReliabilityRecord: {
            "grade": Key("The Admiralty letter: A completely reliable, E unreliable, F cannot be judged.", "C"),
            "why": Key("Why this grade, in Markdown.", "names its source, and no other", _MARKDOWN),
        },
        RegionRecord: {
            "quote": Key("The words of the text, or `{from: first words, to: last words}`.", "Read more", _QUOTE),
            "prefix": _PREFIX,
            "suffix": _SUFFIX,
            "why": Key("Why it is no passage, in Markdown.", "teaser", _MARKDOWN),
        },
        RangeQuote: {
            "from": Key("The first words of a long passage.", "received 120 complaints", _QUOTE),
            "to": Key("Its last words: the first place after `from` where they stand.", "two months before", _QUOTE),
        },
        PassageRecord: {
            "id": Key(
                "The id of the passage within its source; elsewhere it is `source-id#passage-id`.",
                "complaints-rise",
                ("duplicate-id",),
            ),
            "quote": Key(
                "The words, copied from the text, or `{from: first words, to: last words}`; at most 3 sentences and 600"
                " characters.",
                "received 120 complaints",
                (*_QUOTE, "passage-long"),
            ),
            "prefix": _PREFIX,
            "suffix": _SUFFIX,
            "topics": _TOPICS,
            "said_by": Key(
                "The voice inside the text that says it.", "harbour-board", ("voice-not-named",), "entities"
            ),
            "via": Key(
                "Through whom the source had it, nearest first.", "[port-radio]", ("voice-not-named",), "entities"
            ),
            "attribution": Key(
                "From which words the voice is read, where the passage's own sentences do not name it.",
                '"\\"it\\" is the Harbour Board of the sentence before"',
                _MARKDOWN,
            ),
            "speech": Key(
                "How the voice is rendered: its own words (in quotation marks, behind a dash or the speaker's name, or "
                "in a text that is an interview, a hearing or a speech), a paraphrase, or both.",
                "indirect",
                ("speech-not-quoted",),
            ),
            "stance": Key("What the voice does with what it says; the text may do otherwise.", "asserts"),
            "entities": Key(
                "Who or what is meant but not named; names and aliases in the quote are found by themselves.",
                "[harbour]",
                names="entities",
            ),
            "figures": Key(
                "The numbers that it states.", "[{id: early-2021, measure: complaints, value: 120}]", ("duplicate-id",)
            ),
            "flags": Key("What is odd about it.", '[{kind: unclear, why: "complaints or complainants?"}]'),
            "note": Key("Markdown about the passage.", "Complaints, **not** measurements.", _MARKDOWN),
        },
        FigureRecord: {
            "id": Key("The id of the figure within its source.", "early-2021", ("duplicate-id",)),
            "measure": Key("What it counts.", "complaints", names="measures"),
            "value": Key(
                "The number, as the quote prints it: `1,300`, `1.3 thousand`, `½`, `thirteen hundred` is 1300.",
                "120",
                ("number-not-in-quote", "figure-empty", "figure-range"),
            ),
            "low": Key(
                "The lower end of a range, printed in the quote.", "80", ("number-not-in-quote", "figure-range")
            ),
            "high": Key(
                "The upper end of a range, printed in the quote.", "120", ("number-not-in-quote", "figure-range")
            ),
            "approx": Key(
                "The words of the quote that stand for a number where it is rough, or in words that are not English.",
                "hundreds",
                ("approx-not-in-quote",),
            ),
            "derived": Key(
                "An expression over figures that gives the number: `+ - * / ( ) round(x, digits)`, figures by id or as"
                " `source-id#figure-id`.",
                "early-2021 - late-2020",
                ("derivation",),
            ),
            "unit": Key("Another unit than that of the measure.", "percent"),
            "scope": Key("Who or what is counted, in the text's terms.", "the inner harbour"),
            "period": Key("The time that it covers, as an EDTF date.", "2021-01/2021-02", ("bad-date",)),
            "as_of": Key("The day at which it stood so, as an EDTF date.", "2021-03-04", ("bad-date",)),
            "why": Key("The reason for what is inferred, in Markdown.", "the two months before", _MARKDOWN),
            "note": Key("Markdown about the figure.", "a count of letters", _MARKDOWN),
        },
        FlagRecord: {
            "kind": Key("In which way the passage is odd.", "unclear"),
            "why": Key("What is odd, in Markdown.", "complaints or complainants?", _MARKDOWN),
        },
        DateRecord: {
            "edtf": Key(
                "The date in EDTF: `2022-09-21`, `2022-09`, `2022-09~` (about), `2022?` (uncertain), `2022-22`"
                " (summer), `2022-09-21/..` (and on), `[2022-09..2022-11]` (once, inside).",
                '"2021-03-04"',
                ("bad-date", "event-after-evidence"),
            ),
            "basis": Key(
                "What the date rests on; `stated` means that the cited words print every part of it.",
                "stated",
                ("date-not-stated",),
            ),
            "why": Key(
                "What the date rests on, in Markdown; all but `stated` need it.",
                "the two months before",
                ("date-without-why", *_MARKDOWN),
            ),
            "quote": Key(
                "For `issued`: the words of the text that print the date, or `{from, to}`.", "4 March 2021", _QUOTE
            ),
            "prefix": _PREFIX,
            "suffix": _SUFFIX,
        },
        EventRecord: {
            "id": Key("The id of the event.", "board-statement", ("duplicate-id",)),
            "date": Key(
                "When it happened, or is to happen.",
                '{edtf: "2021-03-04", basis: stated}',
                ("event-after-evidence", "event-undatable", "date-not-stated"),
            ),
            "reported": Key(
                "When it was reported, as an EDTF date. Default: the earliest issue date of its evidence.",
                "2021-03",
                ("bad-date",),
            ),
            "title": Key("What happened, in a line.", "The Harbour Board speaks of a rise in complaints"),
            "topics": _TOPICS,
            "planned": Key(
                "True when it still lay ahead for its sources. Default: `false`.", "false", ("event-after-evidence",)
            ),
            "evidence": Key(
                "The passages that say so.",
                "[harbour-notice#complaints-rise]",
                ("no-evidence", "duplicate-id"),
                "passages",
            ),
            "note": Key("Markdown about the event.", "the day of the statement, not of the rise", _MARKDOWN),
        },
        ClaimRecord: {
            "id": Key("The id of the claim.", "complaints-rose", ("duplicate-id",)),
            "claim": Key("What you conclude, in a sentence.", "Complaints about noise rose by half within two months"),
            "topics": _TOPICS,
            "status": Key(
                "Its state: `conflict` needs evidence on both sides, or a `why`.",
                "accepted",
                ("conflict-without-grounds",),
            ),
            "confidence": Key("How firm it is, kept apart from its state.", "moderate"),
            "credibility": Key(
                "The Admiralty digit: 1 confirmed by other sources, 5 improbable, 6 cannot be judged.", "2"
            ),
            "why": Key("Why it stands so, in Markdown.", "one origin, the board's own count", _MARKDOWN),
            "one_origin": Key(
                "Voices that count as one origin, since the texts leave open whether they are.",
                "[{voices: [harbour-board, port-radio], why: the radio may be quoting the board}]",
            ),
            "evidence": Key(
                "The passages that bear on it.",
                "[{passage: harbour-notice#complaints-rise, relation: supports}]",
                ("no-evidence", "duplicate-id"),
            ),
        },
        OneOriginRecord: {
            "voices": Key("The voices that count as one.", "[harbour-board, port-radio]", names="entities"),
            "why": Key("Why they may be one, in Markdown.", "the radio may be quoting the board", _MARKDOWN),
        },
        EvidenceRecord: {
            "passage": Key(
                "The passage, as `source-id#passage-id`.", "harbour-notice#complaints-rise", names="passages"
            ),
            "relation": Key("How it bears on the claim.", "supports"),
            "note": Key("Markdown about this evidence.", "counts two months only", _MARKDOWN),
        },
        MeasureRecord: {
            "id": Key("The id of the measure.", "complaints", ("duplicate-id",)),
            "label": Key("Its name, for people.", "Complaints about noise"),
            "unit": Key("What one of them is.", "complaints"),
            "counts": Key("What exactly is counted.", "complaints received by the board"),
            "not_comparable": Key(
                "Measures that it must not be compared with, each with the reason; itself, where each source counts "
                "its own.",
                "{noise-level: a complaint is not a measurement}",
                names="measures",
            ),
        },
        EntityRecord: {
            "id": Key("The id of the entity.", "harbour-board", ("duplicate-id",)),
            "kind": Key("What it is.", "organisation"),
            "name": Key("Its name; of what is `unnamed`, a description.", "Harbour Board"),
            "aliases": Key(
                "Every other spelling that the texts use, matched as whole words, case as written.", "[the Board]"
            ),
            "unnamed": Key(
                "True for a voice or a thing to which the texts give no name: it is found in no text by itself, only "
                "where a passage names its id. Default: `false`.",
                "true",
            ),
            "description": Key("One neutral line from the texts.", "The board that runs the harbour"),
            "lat": Key(
                "Of a place: latitude in decimal degrees (WGS 84), south negative.", "51.95", ("bad-coordinates",)
            ),
            "lon": Key(
                "Of a place: longitude in decimal degrees (WGS 84), west negative.", "4.1", ("bad-coordinates",)
            ),
            "precision": Key("What the coordinates stand for.", "point", ("bad-coordinates",)),
            "coordinates_from": Key(
                "Whence the coordinates are, since they are not from the texts.", "GeoNames", ("bad-coordinates",)
            ),
        },
        TopicRecord: {
            "title": Key("The title of the topic.", "Noise"),
            "summary": Key("What the topic is about, in Markdown.", "Complaints, and what they count.", _MARKDOWN),
        },
        ThemeRecord: {
            "leaves_out": Key(
                "What the site is made without, pages and files. What is left out is read and checked all the same;"
                " links to it become plain words.",
                "[map, flags, feed]",
            ),
        },
        RevisionRecord: {
            "id": Key("The id of the entry: part of a permanent address.", "2026-11-22", ("duplicate-id",)),
            "date": Key("The day under which it was recorded.", "2026-11-22"),
            "summary": Key("What changed, in a sentence of yours.", "The board's second notice is read."),
            "changes": Key(
                "What changed, as `briefing diff --record` writes it.",
                "[{subject: claim, id: complaints-rose, what: status, before: accepted, after: conflict}]",
            ),
        },
        ChangeRecord: {
            "subject": Key("The kind of thing that changed.", "claim"),
            "id": Key("Its id; of passages and figures `source-id#id`. It may be gone since.", "complaints-rose"),
            "title": Key("What it was called.", "Complaints about noise rose by half"),
            "what": Key("In which respect it changed.", "status"),
            "part": Key("Which part of it that concerns.", "harbour-notice#complaints-rise"),
            "before": Key("The words before; left out when there was nothing.", "accepted"),
            "after": Key("The words after; left out when there is nothing.", "conflict"),
        },
        CorrectionRecord: {
            "id": Key("The id of the correction: part of a permanent address.", "noise-doubled", ("duplicate-id",)),
            "date": Key("The day of the correction.", "2026-11-22"),
            "wrong": Key("What was wrong, in plain words.", "The overview said that complaints had doubled."),
            "right": Key("What is right.", "They rose by half, from 80 to 120."),
            "where": Key(
                "What it concerned: `source-id#passage-id`, or a kind and an id. What is gone since may be named.",
                "[claim:complaints-rose, harbour-notice#complaints-rise]",
            ),
            "noticed_by": Key("Who noticed it, where that may be said.", "a reader"),
        },
    }
)
