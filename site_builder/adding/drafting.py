"""The source file of a text that has just been taken: what is known, and what is proposed, as comments to uncomment.

Nothing proposed counts until a person takes the '# ' away. Every proposal is a quote that resolves to its one place.
"""

from __future__ import annotations

import contextlib
import re
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from ..annotating.selecting import selector_of, snapped
from ..annotating.spelling import Wish, passage_lines
from ..annotating.suggesting import figure_starts, passage_id
from ..coverage import telling
from ..frozen import dataclass
from ..markup.names import Names
from ..markup.sentences import in_text
from ..printed.dates import BadDate, DateMention, date_mentions, parse_edtf, unprinted
from ..problems import clipped
from ..reading.scalars import quoted
from ..schema.schemas import first_line
from ..texts.anchoring import Anchor, RangeSelector, Text, describe
from ..texts.text import Lines, Span, is_visible, on_one_line, paragraphs
from ..wording import counted
from .extracting import Extracted
from .guessing import furniture, language, title, unmarked

_READ = 300_000  # code points of a text that proposals are made from
_MOST = 40  # passages proposed
_LONGEST = 600  # of a passage, as advice has it
_DATES = 8
_PAGES = 200


@dataclass(frozen=True, slots=True)
class Taken:
    """A text as it is to be written about: its name in seeds/, its hash, its words, and whence it came."""

    id: str
    seed: str
    sha256: str
    text: str
    came_from: str = ""
    """A sentence on what the seed was made from; empty when it is the file itself."""
    document: Extracted | None = None
    kind: str = "document"
    accessed: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A source file as text, and how many passages it proposes."""

    text: str
    proposed: int


def draft(taken: Taken, names: Names) -> Draft:
    """The source file of a text; `names` are those of the briefing's entities."""
    source = _Source(taken, names)
    passages = tuple(source.passages())
    lines = chain(source.record(), source.issued(), source.boilerplate(), passages)
    return Draft("\n".join(lines) + "\n", source.proposed)


class _Source:
    def __init__(self, taken: Taken, names: Names) -> None:
        self.taken = taken
        head = taken.text[:_READ]
        self.head = head if len(head) == len(taken.text) else head[: head.rfind("\n") + 1] or head
        self.text = Text(taken.text)
        self.lines = Lines(taken.text)
        self.paragraphs = paragraphs(self.head)
        self.furniture = furniture(self.head, self.paragraphs)
        self.mentions = tuple(names.mentions(self.head))
        self.proposed = 0
        self.held = tuple(self.telling())

    def line(self, offset: int) -> int:
        return self.lines.position(offset)[0]

    def record(self) -> Iterator[str]:
        taken = self.taken
        yield first_line(f"annotations/sources/{taken.id}.yaml", "source").rstrip("\n")
        yield "# What ONE text says, written by briefing add to start from. Look at each guess, and mend it."
        yield f"text: {quoted(taken.seed)}"
        if taken.came_from:
            yield _plain(f"# {taken.came_from}")
        yield f"sha256: {taken.sha256}"
        if taken.document and len(taken.document.pages) > 1:
            yield f"# Its pages begin on the lines {', '.join(map(str, taken.document.pages[:_PAGES]))}."
        kind = "article-journal" if taken.document and "journal_title" in taken.document.cited else taken.kind
        yield f"type: {kind}    # a guess; others are article-newspaper, report, interview, speech, post, …"
        yield from self.title()
        tag = language(taken.text)
        yield f"language: {tag}    # a guess from its words" if tag else "# language: en"
        if taken.accessed:
            yield f"accessed: {quoted(taken.accessed)}"
        yield '# reliability: {grade: C, why: "…"}    # Admiralty letter: A (reliable) to E, F if it cannot be judged'
        yield '# rights: {republish: whole, why: "…"}    # without it, a published site shows excerpts alone'

    def title(self) -> Iterator[str]:
        said = self.taken.document
        whence = "what the document says of itself" if said and said.title else "the first line of the text"
        yield f"# The title is a guess, from {whence}:"
        yield f"title: {quoted(self.proposed_title)}"
        for key, value in (_said(said) if said else {}).items():
            if value:
                person = "; of a person: {family: …, given: …}" if "{literal" in value else ""
                yield _plain(f"# {key}: {value}    # says the document of itself{person}")

    @property
    def proposed_title(self) -> str:
        """What the document calls itself, else its first line."""
        said = self.taken.document
        return (said and said.title) or title(self.head, self.taken.seed)

    def issued(self) -> Iterator[str]:
        """The dates that the text prints, each as the issue date that it may be."""
        found: dict[str, str] = {}
        for mention in date_mentions(self.head):
            edtf = mention.edtf
            if edtf and edtf not in found and (entry := self.dated(mention, edtf)):
                found[edtf] = entry
        days = {edtf: entry for edtf, entry in found.items() if edtf.count("-") == 2}
        chosen = list((days or found).values())
        published = self.taken.document.published if self.taken.document else ""
        if published and published not in found:
            why = "says the page of itself; its text does not print it"
            yield f'# issued: {{edtf: "{published}", basis: inferred, why: "{why}"}}'
        elif not chosen:
            yield '# issued: {edtf: "…", basis: inferred, why: "…"}    # the text prints no date that could be its own'
        if not chosen:
            return
        yield "# The text prints these dates. Is one that of its issue? If none is, the basis is another, and says why:"
        yield from chosen[:_DATES]
        if len(chosen) > _DATES:
            yield f"# (and {len(chosen) - _DATES} more dates)"

    def dated(self, mention: DateMention, edtf: str) -> str:
        """An issue date with the words that print it; empty when they do not print all of it by themselves."""
        with contextlib.suppress(BadDate):
            if not unprinted(parse_edtf(edtf), tuple(date_mentions(self.head[mention.start : mention.end]))):
                words = self.quote(Span(mention.start, mention.end))
                entry = (
                    f"# issued: {{edtf: {quoted(edtf)}, basis: stated, {words}}}    # line {self.line(mention.start)}"
                )
                return _plain(entry) if words else ""
        return ""

    def quote(self, span: Span) -> str:
        """`quote: "…"` of a short stretch, with prefix and suffix where it needs them; empty when no quote means it."""
        try:
            found = describe(self.text, Anchor(span.start, span.end))
        except ValueError:  # it begins or ends within a letter
            return ""
        fields = {"quote": found.exact, "prefix": found.prefix, "suffix": found.suffix}
        if not is_visible(found.exact):
            return ""
        return ", ".join(f"{key}: {quoted(value)}" for key, value in fields.items() if value)

    def boilerplate(self) -> Iterator[str]:
        lines = [*((span, "the title") for span in self.title_line()), *((s, "page furniture") for s in self.furniture)]
        entries = [(quote, why, span) for span, why in lines if (quote := self.quote(span))]
        if entries:
            yield "# These lines look like a title or page furniture, which is dimmed and never counts as unread:"
            yield "# boilerplate:"
            for quote, why, span in entries:
                yield _plain(f"#   - {{{quote}, why: {why}}}    # line {self.line(span.start)}")

    def title_line(self) -> Iterator[Span]:
        """The first line of the text, where it is the title and nothing that is proposed as a passage."""
        first = self.paragraphs[0] if self.paragraphs else None
        if first and first not in self.furniture:
            words = on_one_line(self.head[first.start : first.end])
            is_held = any(span.start < first.end and first.start < span.end for span, _ in self.held)
            if unmarked(words) == self.proposed_title and not is_held and not words.endswith((".", "…")):
                yield first

    def passages(self) -> Iterator[str]:
        held = self.held
        yield "passages:"
        if not held:
            yield "  # - id: …"
            yield "  #   quote: words of the text, copied"
            return
        yield "  # Sentences that hold numbers, dates or known names. Take away '# ' (the hash and the space behind it)"
        yield "  # before the lines of those that you want, and say what they are about (topics) and who"
        yield "  # speaks (said_by: an entity)."
        taken: set[str] = set()
        seen: set[str] = set()  # a table prints a line thousands of times, and each takes long to tell from the others
        for span, inside in held:
            words = on_one_line(self.head[span.start : span.end])
            if self.proposed < _MOST and span.end - span.start <= _LONGEST and words not in seen:
                seen.add(words)
                yield from self.passage(span, inside, taken)
        if rest := len(held) - self.proposed:
            others = counted(rest, "more sentence")
            yield f"  # and {others} with numbers, dates or known names: briefing check --coverage"
        if len(self.head) < len(self.taken.text):
            yield f"  # Nothing is proposed from line {self.line(len(self.head))} on: the text is long."

    def telling(self) -> Iterator[tuple[Span, Mapping[str, tuple[str, ...]]]]:
        """The sentences that hold something of weight, without what is furniture, each with what it holds by kind."""
        told = deque(telling(self.head, self.mentions))
        for sentence in in_text(self.head, self.paragraphs, self.mentions):
            inside: dict[str, dict[str, None]] = {}
            while told and told[0][0] < sentence.end:
                start, end, kind = told.popleft()
                words = on_one_line(self.head[start:end])
                inside.setdefault(f"{kind}s", {})[words] = None
            span = snapped(self.head, sentence.start, sentence.end) if inside else None
            if span and not self.is_furniture(span):
                yield span, {kind: tuple(words) for kind, words in inside.items()}

    def is_furniture(self, span: Span) -> bool:
        return any(span.start < other.end and other.start < span.end for other in self.furniture)

    def passage(self, span: Span, inside: Mapping[str, tuple[str, ...]], taken: set[str]) -> Iterator[str]:
        try:
            selector = selector_of(self.text, span)
        except ValueError:  # it begins or ends within a letter
            return
        if not is_visible((selector.start if isinstance(selector, RangeSelector) else selector).exact):
            return
        name = passage_id(self.head[span.start : span.end], taken)
        taken.add(name)
        self.proposed += 1
        first, *rest = passage_lines(selector, Wish(id=name))
        about = "; ".join(f"{kind} {_listed(words)}" for kind, words in inside.items())
        yield f"  # - {first}"
        for line in (*rest, "topics: []", *figure_starts(self.taken.text, span)):
            yield f"  #   {_plain(line)}"
        yield _plain(f"  #   # line {self.line(span.start)}: {about}")


def _said(document: Extracted) -> Mapping[str, str]:
    """What a document says of itself, as YAML by key; empty where it says nothing."""
    cited = {name: values[0] for name, values in document.cited.items()}
    people = [name.partition(", ") for name in document.cited.get("author", ())]
    authors = [
        f"{{family: {quoted(family)}, given: {quoted(given)}}}" if given else f"{{literal: {quoted(family)}}}"
        for family, _, given in people or [(name, "", "") for name in document.author.split("; ") if name]
    ]
    is_address = document.address.startswith(("https://", "http://"))
    values = {
        "container-title": cited.get("journal_title") or document.site,
        "volume": cited.get("volume"),
        "issue": cited.get("issue"),
        "page": "-".join(cited[name] for name in ("firstpage", "lastpage") if name in cited),
        "DOI": cited.get("doi"),
        "URL": document.address if is_address else "",
    }
    author = f"[{', '.join(authors)}]" if authors else ""
    return {"author": author} | {key: quoted(value) if value else "" for key, value in values.items()}


_SHOWN = 8  # words of one kind, in a comment


def _listed(words: Collection[str]) -> str:
    shown = ", ".join(clipped(word, 40) for word in list(words)[:_SHOWN])
    return f"{shown}, …" if len(words) > _SHOWN else shown


# What YAML forbids anywhere in a file; in quotes it is escaped already.
_FORBIDDEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def _plain(line: str) -> str:
    """One line of a YAML file, whatever words are in its comment."""
    return _FORBIDDEN.sub(" ", line)
