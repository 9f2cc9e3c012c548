"""The synthetic corpus as a briefing of ours: the files of `seeds/` and `annotations/`.

Figures stay where their quote holds a plain whole number, since a number that the quote does not hold does not build.
An event later than its source is planned. Events stand in a file for each year, as in a briefing of this size.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

from .corpus import Article, Passage, Topic
from .vocabulary import MONTHS

MEASURES = {"EUR": "euro", "people": "people", "units": "units", "per cent": "per-cent"}
_DATE = re.compile(
    rf"(?:\d{{1,2}} )?(?:{'|'.join(MONTHS)})(?: \d{{1,2}},)?(?: \d{{4}})?|\d{{4}}-\d\d(?:-\d\d)?"
    r"|\b(?:in|since|until) (?:19|20)\d\d\b"
)
_NUMBER = re.compile(
    r"(?<![\w.,€$£-])(\d{1,3}(?:,\d{3})+|\d+)(?![\w.,%-])(?! (?:million|billion|thousand|per cent))"
)  # whole and plain
_WIDTH = 92  # of a folded quote


def files(articles: Iterable[Article], topics: Iterable[Topic]) -> Iterator[tuple[str, str]]:
    """Every file of the briefing, by its path from the folder."""
    events: dict[str, list[str]] = {}
    for article in articles:
        yield f"seeds/{article.id}.txt", article.text
        yield f"annotations/sources/{article.id}.yaml", source(article)
        for passage in article.passages:
            if passage.event:
                events.setdefault(passage.event.date[:4], []).append(event(article, passage))
    for year, entries in sorted(events.items()):
        yield f"annotations/events/{year}.yaml", "".join(entries)
    for topic in topics:
        summary = quoted(topic.summary)
        text = f"---\ntitle: {topic.title}\nsummary: {summary}\n---\n\n{topic.brief}"
        yield f"annotations/topics/{topic.id}.md", text
    yield "annotations/measures.yaml", "".join(measure(unit) for unit in MEASURES)
    yield "annotations/site.yaml", "title: Synthetic corpus\nlanguage: en\n"


def source(article: Article) -> str:
    """The YAML of a source, as people write it: quotes folded or in quotation marks, notes in blocks."""
    return "".join((
        f"text: {article.id}.txt\nsha256: {sha256(article.text.encode()).hexdigest()}\ntype: article-newspaper\n",
        f"title: {quoted(article.title)}\ncontainer-title: {article.publisher}\n",
        f"author:\n  - {{given: {article.given}, family: {article.family}}}\nURL: {article.url}\n",
        f'issued: {{edtf: "{article.date}", basis: inferred, why: synthetic corpus}}\npassages:\n',
        *map(passage_entry, article.passages),
    ))  # fmt: skip


def passage_entry(passage: Passage) -> str:
    """The YAML of a passage."""
    quote = f">-\n{folded(passage.quote)}" if passage.is_folded else quoted(passage.quote)
    note = "\n".join(f"      {line}" if line else "" for line in passage.note.split("\n"))
    entry = (
        f"  - id: {passage.id}\n    quote: {quote}\n    note: |\n{note}\n    topics: [{', '.join(passage.topics)}]\n"
    )
    number = whole_number(passage.quote) if passage.figure else None
    if passage.figure is None or number is None:
        return entry
    figure = f"{{id: {passage.id}, measure: {MEASURES[passage.figure.unit]}, value: {number}}}"
    return f"{entry}    figures:\n      - {figure}\n"


def event(article: Article, passage: Passage) -> str:
    """The YAML of the event that a passage reports."""
    if passage.event is None:
        return ""
    date = passage.event.date
    if len(date) == 7 and date == article.date[:7]:
        date = article.date  # of a month that was not over, only what was past could be reported
    planned = "  planned: true\n" if date > article.date else ""
    return (
        f'- id: {article.id}-{passage.id}\n  date: {{edtf: "{date}", basis: inferred, why: synthetic}}\n'
        f"  title: {quoted(passage.event.title)}\n  topics: [{', '.join(passage.topics)}]\n"
        f"{planned}  evidence: [{article.id}#{passage.id}]\n"
    )


def measure(unit: str) -> str:
    """The YAML of what is counted in a unit."""
    return f"- id: {MEASURES[unit]}\n  label: Counted in {unit}\n  unit: {unit}\n  counts: what is counted in {unit}\n"


def whole_number(quote: str) -> int | None:
    """A plain whole number that stands in the quote and is no part of a date."""
    match = _NUMBER.search(_DATE.sub("~", quote))
    return int(match[1].replace(",", "")) if match else None


def quoted(text: str) -> str:
    """A text as YAML and JSON quote it."""
    return json.dumps(text, ensure_ascii=False)


def folded(text: str) -> str:
    """A text as the indented lines of a folded scalar."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _WIDTH:
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return "\n".join(f"      {line}" for line in lines)
