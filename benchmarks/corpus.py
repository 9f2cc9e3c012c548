"""The synthetic corpora: articles with about ten annotated passages each, and the topics they are read for.

Here they are values that belong to no program; `our_layout` and `hugo` write the same corpus for us and for Hugo. The
same number and seed give the same corpus, on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .prose import Date, Writer, capitalised
from .vocabulary import PUBLISHERS, TOPICS

PASSAGES = 10  # of one article, give or take two


@dataclass(frozen=True, slots=True)
class Event:
    """What a passage reports: `date` is a day or a month, in ISO form."""

    date: str
    title: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a passage might state; as in real life, not all do."""

    value: str
    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A verbatim quote, unique in its text, and what was noted on it; `is_folded` says how its YAML was written."""

    id: str
    quote: str
    is_folded: bool
    note: str
    topics: tuple[str, ...]
    event: Event | None
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Article:
    """A source: its text, who published it when, and its passages."""

    id: str
    title: str
    text: str
    publisher: str
    given: str
    family: str
    date: str
    url: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with its brief in Markdown."""

    id: str
    title: str
    summary: str
    brief: str


def articles(count: int, seed: str = "1") -> Iterator[Article]:
    """The articles, in order; each is the same in a corpus of any size with as many topics."""
    names = topic_names(count)
    return (article(seed, number, names) for number in range(count))


def topics(count: int, seed: str = "1") -> tuple[Topic, ...]:
    """The topics of a corpus of so many articles."""
    return tuple(topic(seed, name) for name in topic_names(count))


def topic_names(count: int) -> list[str]:
    """Four topics for up to 100 articles, twelve for up to 1,000, then twenty."""
    return TOPICS[: 4 if count <= 100 else 12 if count <= 1000 else 20]


def article(seed: str, number: int, names: list[str]) -> Article:
    """One article of 1.2 to 14.5 KB, half of them below 5.2."""
    writer = Writer(f"{seed}/{number}")
    draw = writer.random
    paragraphs = writer.paragraphs(int(min(14500, max(1200, draw.lognormvariate(8.55, 0.55)))))
    title = writer.heading(5, 10)
    plain = "".join(c if c.isalnum() else " " for c in title.lower()).split()
    name = f"s{number:05d}-{'-'.join(word for word in plain[:4] if word.isascii())}"
    year, month, day = writer.date()
    places = [(p, s) for p, sentences in enumerate(paragraphs) for s in range(len(sentences))]
    wanted = max(1, min(len(places), PASSAGES + draw.choice((-2, -1, 0, 0, 0, 1, 2))))
    picked = sorted(draw.sample(places, wanted))
    text = "\n\n".join(map(" ".join, paragraphs)) + "\n"
    publisher, given, family = draw.choice(PUBLISHERS), writer.name(), writer.name()
    passages: list[Passage] = []
    for quote in _quotes(writer, paragraphs, picked):
        if text.count(quote) == 1 and all(quote != p.quote for p in passages):
            passages.append(_passage(writer, f"p{len(passages) + 1}", quote, names))
    url = f"https://news.example.org/{year:04d}/{month:02d}/{name}"
    return Article(name, title, text, publisher, given, family, iso((year, month, day)), url, tuple(passages))


def _quotes(writer: Writer, paragraphs: list[list[str]], picked: list[tuple[int, int]]) -> Iterator[str]:
    """The sentences picked; of those that another follows, a quarter with it."""
    for paragraph, sentence in picked:
        words = paragraphs[paragraph][sentence]
        following = (paragraph, sentence + 1)
        is_free = sentence + 1 < len(paragraphs[paragraph]) and following not in picked
        if is_free and writer.random.random() < 0.25:
            words += " " + paragraphs[paragraph][sentence + 1]
        yield words


def _passage(writer: Writer, name: str, quote: str, names: list[str]) -> Passage:
    draw = writer.random
    is_folded = draw.random() < 0.4
    note = writer.note()
    topics = tuple(draw.sample(names, draw.choice((1, 1, 1, 2))))
    event = _event(writer) if draw.random() < 1 / 3 else None
    figure = _figure(writer) if draw.random() < 1 / 5 else None
    return Passage(name, quote, is_folded, note, topics, event, figure)


def _event(writer: Writer) -> Event:
    day = iso(writer.date(2010, 2024))
    date = writer.random.choice((day, day, day, day[:7]))
    return Event(date, capitalised(writer.clause()))


def _figure(writer: Writer) -> Figure:
    value, label = writer.number(), writer.noun_phrase()
    return Figure(value, label, writer.random.choice(("EUR", "people", "units", "per cent")))


def topic(seed: str, name: str) -> Topic:
    """One topic."""
    writer = Writer(f"{seed}/topic-{name}")
    writer.random.randrange(1 << 24)
    return Topic(name, name.replace("-", " ").capitalize(), writer.sentence(), writer.brief())


def iso(date: Date) -> str:
    """A date as ISO prints it."""
    return "{:04d}-{:02d}-{:02d}".format(*date)
