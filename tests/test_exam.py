"""A reader's exam: what somebody who knows the five texts asks, found within two clicks in the real briefing."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from site_builder import urls
from site_builder.markup.sentences import MARKER

from .built_sites import REAL, built
from .html_reading import Element, read_html

TOPICS = ("mobilization", "desertion", "protest", "legal-penalties")
SILENCE, FLAG = "silence", "flag"
TEXTS_DO_NOT_SAY = "The texts do not say"
SAYS_THAT_NOTHING_IS_SAID = ("missing", "cannot be told", "not said", "none counts")
NUMBER = re.compile(r"\d+(?:,\d{3})*")


# The exam


@dataclass(frozen=True)
class Question:
    """One question, its answer, and the place on the site that shows it."""

    question: str
    topic: str
    answer: str
    anchor: str
    finds: tuple[str, ...]
    sources: tuple[str, ...]
    turns_on: str = ""


def read_question(entry: Mapping[str, Any]) -> Question:
    """A question from its YAML; what is no text is refused, as a number could lose its commas."""
    texts = [v for value in entry.values() for v in (value if isinstance(value, list) else [value])]
    assert [v for v in texts if not isinstance(v, str) or not v.strip()] == []
    lists = {name: tuple(entry[name]) for name in ("finds", "sources")}
    return Question(**{**entry, **lists})


EXAM = tuple(map(read_question, yaml.safe_load((Path(__file__).parent / "exam.yaml").read_text("utf-8"))))


# How it is taken


@dataclass(frozen=True)
class Passage:
    """What the exam knows of a passage: whose it is, its words, and why it is flagged."""

    source: str
    quote: str
    reasons: tuple[str, ...] = ()


class Site:
    """The pages of a site by path, and its passages by address, as somebody sees them who follows links."""

    def __init__(self, pages: Mapping[str, Element], passages: Mapping[str, Passage]) -> None:
        self.pages = pages
        self.passages = passages
        self._links = {path: self.links_in(path, page) for path, page in pages.items()}

    @staticmethod
    def links_in(path: str, element: Element) -> set[str]:
        """Where the links within an element of a page lead: paths from the site's root, with their fragments."""
        targets = set()
        for link in element.all("a", "href"):
            address = urlsplit(link.attributes["href"])
            if not address.scheme:
                beside = posixpath.join(posixpath.dirname(path), address.path)
                target = posixpath.normpath(beside) if address.path else path
                targets.add(unquote(f"{target}#{address.fragment}" if address.fragment else target))
        return targets

    def element(self, anchor: str) -> Element | None:
        """The element with the anchor's id, or what the page holds when the anchor names no id."""
        path, _, wanted = anchor.partition("#")
        if path not in self.pages:
            return None
        page = self.pages[path]
        found = [e for e in page.walk() if (e.attributes.get("id") == wanted if wanted else e.tag == "main")]
        return found[0] if len(found) == 1 else None

    def clicks(self, anchor: str) -> int | None:
        """How many clicks lead from the home page to this very anchor: none to two, or None when two are too few.

        The first click may lead anywhere on a page; the last leads to the anchor, id and all.
        """
        if anchor.partition("#")[0] == urls.HOME:
            return 0
        at_hand = self._links[urls.HOME]
        if anchor in at_hand:
            return 1
        opened = {link.partition("#")[0] for link in at_hand}
        return 2 if any(anchor in self._links[path] for path in opened & set(self.pages)) else None


# What stands beside the text before and after it, where the markup has no white space between.
_INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "cite",
    "code",
    "em",
    "i",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
}


def printed(element: Element) -> str:
    """The text of an element as a reader sees it: what is a block or a cell of its own stands apart."""
    parts = (child if isinstance(child, str) else printed(child) for child in element.children)
    return "".join(parts) if element.tag in _INLINE else f" {''.join(parts)} "


def folded(text: str) -> str:
    """The text with each run of white space as one space."""
    return " ".join(text.split())


def gives(text: str, why: str) -> bool:
    """Whether a text gives a reason: all its words, whatever its citations have become."""
    return all(says(text, part) for part in MARKER.sub("\n\n", why).split("\n\n"))


def says(text: str, words: str) -> bool:
    """Whether the words stand in the text, not inside longer words or numbers; a note's number may follow a word."""
    wanted = folded(words)
    before = r"(?<!\w)(?<!\d[.,])" if wanted[0].isdigit() else r"(?<![^\W\d])" if wanted[0].isalpha() else ""
    after = r"(?!\w|[.,]\d)" if wanted[-1].isdigit() else r"(?![^\W\d])" if wanted[-1].isalpha() else ""
    return re.search(before + re.escape(wanted) + after, folded(text)) is not None


def complaints(question: Question, site: Site) -> list[str]:
    """All that keeps a reader of the site from the answer."""
    element = site.element(question.anchor)
    if element is None:
        return [f"{question.anchor} is nowhere"]
    problems = [] if site.clicks(question.anchor) is not None else [f"{question.anchor} is not within two clicks"]
    problems += [f"does not say: {words}" for words in question.finds if not says(printed(element), words)]
    linked = site.links_in(question.anchor.partition("#")[0], element)
    passages = [passage for address, passage in site.passages.items() if address in linked]
    for source in question.sources:
        quotes = [p.quote for p in passages if p.source == source]
        if not quotes:
            problems.append(f"leads to no passage of {source}")
        elif len(question.sources) > 1 and not any(says(q, words) for q in quotes for words in question.finds):
            problems.append(f"needs no words of {source}")
    if question.turns_on == SILENCE and not any(
        said in w for w in question.finds for said in SAYS_THAT_NOTHING_IS_SAID
    ):
        problems.append("does not look for the words that say what is missing")
    if question.turns_on == FLAG and not any(gives(printed(element), why) for p in passages for why in p.reasons):
        problems.append("shows no reason of a flag")
    return problems


@cache
def real_site() -> Site:
    """The real briefing, as built."""
    site = built(REAL)
    passages = {
        urls.passage(f"{source['id']}#{passage['id']}"): Passage(
            source["id"], passage["quote"], tuple(flag["why"] for flag in passage["flags"])
        )
        for source in site.data["sources"]
        for passage in source["passages"]
    }
    return Site(site.pages, passages)


# What the exam must be


def test_the_exam_has_twenty_four_questions_six_for_each_topic() -> None:
    assert Counter(q.topic for q in EXAM) == dict.fromkeys(TOPICS, 6)
    assert len({q.question for q in EXAM}) == len({q.anchor for q in EXAM}) == 24


def test_at_least_eight_questions_need_two_sources() -> None:
    assert len([q for q in EXAM if len(set(q.sources)) >= 2]) >= 8


def test_at_least_four_answers_are_that_the_texts_do_not_say() -> None:
    silent = [q for q in EXAM if q.turns_on == SILENCE]
    assert len(silent) >= 4
    assert [q for q in EXAM if q.answer.startswith(TEXTS_DO_NOT_SAY)] == silent


def test_at_least_four_questions_turn_on_a_flag() -> None:
    assert len([q for q in EXAM if q.turns_on == FLAG]) >= 4
    assert {q.turns_on for q in EXAM} == {SILENCE, FLAG, ""}


@pytest.mark.parametrize("question", EXAM, ids=lambda q: q.anchor)
def test_each_question_looks_for_every_number_of_its_answer(question: Question) -> None:
    looked_for = {number for words in question.finds for number in NUMBER.findall(words)}
    assert set(NUMBER.findall(question.answer)) - looked_for == set()


@pytest.mark.parametrize("question", EXAM, ids=lambda q: q.anchor)
def test_each_question_names_sources_of_the_briefing_once(question: Question) -> None:
    assert question.finds
    assert question.sources
    assert len(set(question.sources)) == len(question.sources)
    assert set(question.sources) <= {source.id for source in built(REAL).briefing.sources}


# The exam itself


@pytest.mark.parametrize("question", EXAM, ids=lambda q: q.anchor)
def test_a_reader_finds_the_answer_within_two_clicks_of_the_home_page(question: Question) -> None:
    assert complaints(question, real_site()) == [], question.question


# The examiner, on a small site of three clicks


def page(main: str) -> Element:
    return read_html(f"<!doctype html><html><body><main>{main}</main></body></html>".encode())


SMALL = Site(
    {
        "index.html": page(
            '<a href="shelf.html">Shelf</a> <a href="https://example.org/deep.html">elsewhere</a>'
            '<p id="q-day">Which day? The day is missing. <a href="sources/log.html#p-night">the log</a></p>'
        ),
        "shelf.html": page(
            '<a href="claims/noise.html">Noise</a> <a href="sources/log.html">Log</a>'
            '<a href="sources/log.html#n-night">its note</a>'
        ),
        "claims/noise.html": page(
            'Complaints rose from 80 to\n 1,200. <p id="votes">Votes</p> <a href="../deep.html">on</a>'
            '<a href="../sources/notice.html#p-rise">rose from 80</a>'
            ' <a href="../sources/log.html#p-night">to 1,200</a>'
        ),
        "deep.html": page("Complaints rose."),
        "sources/log.html": page(
            '<p id="p-night">to 1,200 at night</p>'
            '<p id="n-night">Which night is unclear. <a href="#p-night">1</a></p>'
            '<p id="n-day"><a href="#p-day">2</a></p>'
        ),
    },
    {
        "sources/notice.html#p-rise": Passage("notice", "Complaints rose from 80."),
        "sources/log.html#p-night": Passage("log", "to 1,200 at night", ("Which night is unclear.",)),
        "sources/log.html#p-day": Passage("log", "by day", ("Day or date?",)),
    },
)
TWO_SOURCES = Question(
    question="How far did complaints rise?",
    topic="noise",
    answer="From 80 to 1,200.",
    anchor="claims/noise.html",
    finds=("rose from 80", "to 1,200"),
    sources=("notice", "log"),
)
NOTHING_SAID = replace(
    TWO_SOURCES, anchor="index.html#q-day", finds=("The day is missing",), sources=("log",), turns_on=SILENCE
)
ODD = replace(TWO_SOURCES, anchor="sources/log.html#n-night", finds=("unclear",), sources=("log",), turns_on=FLAG)


@pytest.mark.parametrize("question", [TWO_SOURCES, NOTHING_SAID, ODD], ids=["two sources", SILENCE, FLAG])
def test_the_examiner_has_nothing_against_a_question_that_is_answered(question: Question) -> None:
    assert complaints(question, SMALL) == []


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        (replace(TWO_SOURCES, anchor="claims/silence.html"), "claims/silence.html is nowhere"),
        (replace(TWO_SOURCES, anchor="claims/noise.html#lost"), "claims/noise.html#lost is nowhere"),
        (replace(NOTHING_SAID, anchor="index.html#q-lost"), "index.html#q-lost is nowhere"),
        (replace(TWO_SOURCES, anchor="deep.html", finds=("rose",), sources=()), "deep.html is not within two clicks"),
        (
            replace(TWO_SOURCES, anchor="claims/noise.html#votes", finds=("Votes",), sources=()),
            "claims/noise.html#votes is not within two clicks",
        ),
        (replace(TWO_SOURCES, finds=("rose from 80", "to 1,200", "fell")), "does not say: fell"),
        (replace(TWO_SOURCES, finds=("rose from 80", "to 1,200", "200")), "does not say: 200"),
        (replace(TWO_SOURCES, finds=("rose from 80", "to 1,200", "omplaints")), "does not say: omplaints"),
        (replace(NOTHING_SAID, sources=("log", "notice"), turns_on=""), "leads to no passage of notice"),
        (replace(TWO_SOURCES, finds=("to 1,200",)), "needs no words of notice"),
        (replace(NOTHING_SAID, finds=("Which day?",)), "does not look for the words that say what is missing"),
        (replace(ODD, anchor="index.html#q-day", finds=("missing",)), "shows no reason of a flag"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_examiner_says_why_a_question_is_not_answered(question: Question, wrong: str) -> None:
    assert wrong in complaints(question, SMALL)


@pytest.mark.parametrize(
    ("anchor", "clicks"),
    [
        ("index.html#q-day", 0), ("shelf.html", 1), ("claims/noise.html", 2), ("sources/log.html#n-night", 2),
        ("sources/log.html#p-night", 1), ("sources/log.html#n-day", None), ("sources/notice.html#p-rise", None),
        ("deep.html", None),
    ],
)  # fmt: skip
def test_clicks_are_counted_from_the_home_page_to_the_very_anchor(anchor: str, clicks: int | None) -> None:
    assert SMALL.clicks(anchor) == clicks


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("to\n 1,200 men", "to 1,200 men", True), ("for reasons28.", "reasons", True), ("14It rose", "It rose", True),
        ("1,200", "200", False), ("1,200", "1", False), ("12", "2", False), ("12", "1", False), ("0.5", "5", False),
        ("89%", "89%", True), ("189%", "89%", False), ("mutinying", "mutiny", False), ("mutiny", "tiny", False),
        ('beyond "hundreds"13', '"hundreds"', True), ("Men", "men", False),
    ],
)  # fmt: skip
def test_words_and_numbers_are_found_whole(text: str, words: str, said: bool) -> None:
    assert says(text, words) is said


@pytest.mark.parametrize("finds", [[1200], ["1,200", ""], [["1,200"]]], ids=repr)
def test_what_is_to_be_found_must_be_text(finds: list[Any]) -> None:
    entry = {"question": "q", "topic": "t", "answer": "a", "anchor": "index.html", "sources": ["log"]}
    with pytest.raises(AssertionError):
        read_question({**entry, "finds": finds})
