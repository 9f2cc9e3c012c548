"""What the search page loads: everything that can be found, as script files, in parts.

Scripts, because a page that is opened from disk may load nothing else. The first file holds what all others speak of by
id, topics, entities and measures, and what is few: key judgements, and open questions, which say what the texts do not.
Titles of sources, claims and events follow in parts of their own, then the texts
with their passages and figures. The part of a thing follows from its id, and a text says only by id what the first file
and the titles know, so that an edit of a source, an event or a claim rewrites one file.

Where titles are many, `search_words` tells which of their parts to load first for a word. Nothing else is folded or cut
into words here: that is done in one place, `search-words.js`, for texts and queries alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import chain
from typing import Any

from .. import urls
from ..exports.export import Again, Export, Rows, keys_of, number_of
from ..exports.rows import compact, ids, joined, members, quoted
from ..markup.markdown import plain
from ..model import Briefing, Claim, Event, Judgement, Source, Topic
from ..parting import SOURCES, part_count, part_of, parted, spread
from ..records import EntityRecord, MeasureRecord, Omission, QuestionRecord, note_text
from ..texts.text import on_one_line
from ..tracing import Key
from ..wording import issued_words
from . import search_words
from .search_texts import text_piece

FIRST = "first"
TITLES = 512  # titles in a part, at most on average

Titled = tuple[Sequence[Source], Sequence[Claim], Sequence[Event]]
_TITLED = ("sources", "claims", "events")  # the kinds of those
_FEW = ("topics", "entities", "measures", "judgements", "questions")  # the kinds in the first file
_GROUPS = ("", "claims", "timeline")  # what a theme leaves out that has none of them


def exports(briefing: Briefing) -> Iterator[Export]:
    """The files: the first, titles, words, texts."""
    count = part_count(len(briefing.sources) + len(briefing.claims) + len(briefing.events), TITLES)
    texts = parted(briefing.sources, SOURCES)
    has_words = count > search_words.FROM
    of_first = (*((kind, "") for kind in _FEW), ("titles", str(count)), number_of(len(texts)))
    first = partial(_first, briefing, titles=count, texts=len(texts), words=has_words)
    yield _export(FIRST, first, of_first)
    out = briefing.leaves_out
    sources, claims = spread(briefing.sources, count), spread(() if "claims" in out else briefing.claims, count)
    events = spread(() if "timeline" in out else briefing.events, count)
    parts = tuple(zip(sources, claims, events, strict=True))
    of_titles: Sequence[Callable[[Any], bytes]] = (_title, _claim, _event)
    rows = {kind: row for kind, group, row in zip(_TITLED, _GROUPS, of_titles, strict=True) if group not in out}
    for number, of in enumerate(parts):
        keys = chain.from_iterable(keys_of(kind, things) for kind, things in zip(_TITLED, of, strict=True))
        name = f"titles-{number}"
        again = partial(_again, name, briefing, (number, count), rows)
        yield _export(name, partial(_titles, *of), keys, again=again)
    if has_words:
        yield from _shelves(briefing, parts)
    for number, some in enumerate(texts):
        name = f"text-{number}"
        again = partial(_again, name, briefing, (number, len(texts)), {"sources": partial(text_piece, leaves_out=out)})
        yield _export(name, partial(_texts, some, out), keys_of("sources", some), again=again)


def _export(
    name: str, content: Callable[[], bytes], keys: Iterable[Key], again: Callable[[Again], bytes | None] | None = None
) -> Export:
    return Export(urls.search_segment(name), lambda: made(name, content), keys, again=again)


def made(name: str, content: Callable[[], bytes]) -> bytes:
    """The bytes of a file: a script that sets its JSON down where the search page looks for it.

    All that is searched is on one line, so that it has no line end that a script may not hold; with `<` escaped it
    may stand in a page too.
    """
    json_ = _escaped(content().rstrip())
    return b"%s = %s;\n" % (f'(self.briefingSegments ||= {{}})["{name}"]'.encode(), json_)


def _escaped(json_: bytes) -> bytes:
    return json_.replace(b"<", b"\\u003c")


def _again(name: str, briefing: Briefing, part: tuple[int, int], rows: Rows, again: Again) -> bytes | None:
    """A file with those lines in the place of the old that differ."""

    def escaped(row: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
        return lambda thing: _escaped(row(thing))

    return again.with_rows(urls.search_segment(name), briefing, part, {kind: escaped(rows[kind]) for kind in rows})


def _shelves(briefing: Briefing, parts: Sequence[Titled]) -> Iterator[Export]:
    """The shelves of words, made all at once, or those that differ out of those that stand."""

    @cache
    def shelves() -> Sequence[search_words.Shelf]:
        return search_words.shelved([titles(*part) for part in parts])

    def made_again(number: int, again: Again) -> bytes | None:
        if again not in reshelved:
            edited = _edited(briefing, len(parts), again)
            reshelved[again] = search_words.reshelved(edited, len(parts), lambda n: _read(again.read(_shelf_path(n))))
        found = reshelved[again]
        return (
            None
            if found is None
            else made(_shelf_name(number), partial(_shelf, found[number]))
            if number in found
            else b""
        )

    reshelved: dict[Again, dict[int, search_words.Shelf] | None] = {}
    keys = [("titles", str(len(parts))), *((kind, "") for kind in _TITLED)]
    for number in range(search_words.SHELVES):
        content = partial(lambda number: _shelf(shelves()[number]), number)
        yield _export(_shelf_name(number), content, keys, again=partial(made_again, number))


def _shelf_name(number: int) -> str:
    return f"words-{number}"


def _shelf_path(number: int) -> str:
    return urls.search_segment(_shelf_name(number))


def _shelf(shelf: search_words.Shelf) -> bytes:
    """A word a line."""
    written = (f"{quoted(word)}: {compact(places)}" for word, places in search_words.rows(shelf))
    return b"{\n" + ",\n".join(written).encode() + b"\n}"


def _read(script: bytes) -> search_words.Shelf:
    """A shelf as it stands in a file of ours."""
    return search_words.read(json.loads(script[script.index(b"{\n") :].rstrip().removesuffix(b";")))


def _edited(briefing: Briefing, parts: int, again: Again) -> Iterator[search_words.Edited]:
    """The titles that are worded otherwise, came or went; of what the theme leaves out, none."""
    out = briefing.leaves_out
    for number, (kind, group) in enumerate(zip(_TITLED, _GROUPS, strict=True)):
        for id_ in [] if group in out else [id_ for own, id_ in again.changed if own == kind and id_]:
            found = (getattr(b.index, kind).get(id_) for b in (again.before, briefing))
            of = [
                next(titles(*(((thing,) if at == number else ()) for at in range(3)))) if thing else ("", "")
                for thing in found
            ]
            (name, before), (new_name, now) = of
            if before != now:
                place = search_words.place_of(name or new_name, part_of(id_, parts))
                yield search_words.Edited(place, before, now)


def _first(briefing: Briefing, *, titles: int, texts: int, words: bool) -> bytes:
    out = briefing.leaves_out
    return joined(
        {"titles": titles, "texts": texts, "words": search_words.SHELVES if words else 0},
        topics=(_topic(t, has_page="topics" not in out) for t in briefing.topics),
        entities=(_entity(e, has_page="entities" not in out) for e in briefing.entities),
        measures=map(_measure, briefing.measures),
        judgements=map(_judgement, briefing.judgements),
        questions=map(_question, briefing.questions),
    )


def _texts(sources: Iterable[Source], leaves_out: Container[Omission] = ()) -> bytes:
    return joined({}, sources=(text_piece(source, leaves_out) for source in sources))


def _titles(sources: Sequence[Source], claims: Sequence[Claim], events: Sequence[Event]) -> bytes:
    return joined({}, sources=map(_title, sources), claims=map(_claim, claims), events=map(_event, events))


def titles(sources: Iterable[Source], claims: Iterable[Claim], events: Iterable[Event]) -> Iterator[tuple[str, str]]:
    """What a title is found by in the first place, with an id that is its own."""
    for source in sources:
        yield f"source:{source.id}", " ".join((source.title, *source.authors))
    for claim in claims:
        yield f"claim:{claim.id}", claim.record.claim
    for event in events:
        yield f"event:{event.id}", event.record.title


def _said(**values: str | bool | tuple[str, ...]) -> bytes:
    """What is said of a thing, as JSON on one line; what is empty is left out."""
    return members({
        key: quoted(value) if isinstance(value, str) else ids(value) if isinstance(value, tuple) else "true"
        for key, value in values.items()
        if value
    }).encode()  # fmt: skip


_BY, _TOPICS, _PLANNED = ', "by": [%s]', ', "topics": %s', ', "planned": true'


def _also(key: str, words: str | None) -> str:
    """The same of one thing more; sources and events are many, and written so."""
    return f', "{key}": {quoted(words)}' if words else ""


def _plain(markdown: str | None) -> str:
    return on_one_line(plain(markdown)) if markdown else ""


def _topic(topic: Topic, *, has_page: bool) -> bytes:
    """A topic; of one without a page, not where it leads: it is no hit, but others speak of it."""
    return _said(
        id=topic.id, href=urls.topic(topic.id) if has_page else "", title=on_one_line(topic.title), letter=topic.letter,
        theme=topic.look, summary=_plain(topic.record.summary),
    )  # fmt: skip


def _title(source: Source) -> bytes:
    record = source.record
    by = [quoted(on_one_line(x)) for x in (*source.authors, record.container_title, record.publisher) if x]
    return (
        f'{{"id": "{source.id}", "href": "{urls.source(source.id)}", "title": {quoted(on_one_line(source.title))}, '
        f'"issued": {quoted(issued_words(source))}{_also("language", record.language)}'
        f"{_BY % ', '.join(by) if by else ''}}}"
    ).encode()


def _claim(claim: Claim) -> bytes:
    record = claim.record
    return _said(
        href=urls.claim(claim.id), claim=on_one_line(record.claim), why=_plain(record.why), status=record.status,
        confidence=record.confidence, topics=record.topics,
    )  # fmt: skip


def _event(event: Event) -> bytes:
    record = event.record
    return (
        f'{{"href": "{urls.event(event.id)}", "title": {quoted(on_one_line(record.title))}, '
        f'"date": {quoted(event.date.value.words())}{_also("note", _plain(note_text(record.note)))}'
        f"{_PLANNED if record.planned else ''}{_TOPICS % ids(record.topics) if record.topics else ''}}}"
    ).encode()


def _entity(entity: EntityRecord, *, has_page: bool) -> bytes:
    """An entity, likewise."""
    aliases = dict.fromkeys(on_one_line(a) for a in entity.aliases if a != entity.name)
    return _said(
        id=entity.id, href=urls.entity(entity.id) if has_page else "", kind=entity.kind, name=on_one_line(entity.name),
        aliases=tuple(aliases), description=on_one_line(entity.description or ""), unnamed=entity.unnamed,
    )  # fmt: skip


def _measure(measure: MeasureRecord) -> bytes:
    return _said(
        id=measure.id,
        label=on_one_line(measure.label),
        unit=on_one_line(measure.unit),
        counts=on_one_line(measure.counts),
    )


def _judgement(judgement: Judgement) -> bytes:
    record = judgement.record
    lead, *rest = [_plain(s.markdown) for s in judgement.prose.sentences] or [_plain(record.judgement)]
    return _said(
        href=urls.judgement(record.id), judgement=lead, rest=" ".join((*rest, _plain(record.why))).strip(),
        likelihood=record.likelihood or "", confidence=record.confidence, status=record.status, topics=record.topics,
    )  # fmt: skip


def _question(question: QuestionRecord) -> bytes:
    """An open question; its topics are those of the passages that come near, as their texts bring them."""
    return _said(
        href=urls.question(question.id), question=on_one_line(question.question), why=_plain(question.why),
        nearest=tuple(map(urls.passage, question.nearest)),
    )  # fmt: skip
