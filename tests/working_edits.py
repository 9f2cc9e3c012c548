"""The corpus of which the work of edits is counted, and those edits: one of each kind that builds tell apart.

It is the synthetic corpus of the benchmarks with what that leaves out: entities that its texts name, claims, flags, a
judgement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from benchmarks import our_layout
from benchmarks.corpus import Article, article, topic_names
from benchmarks.making import Corpus
from site_builder.theme.rendering import shipped_templates

SIZE = 300  # sources
ENTITIES = ("Taton Institute", "Dede Authority", "Tesi Systems", "Medo Group", "Kovdero Technologies")
CLAIMS = 20

Edit = Callable[[Path], None]


def files(whole: Corpus) -> Iterator[tuple[str, str]]:
    """Every file of the briefing, by its path from the folder."""
    flagged = f"annotations/sources/{whole.articles[1].id}.yaml"
    for path, text in whole.files("ours"):
        if path == flagged:
            yield path, text.replace("    topics:", "    flags: [{kind: unclear, why: who said it}]\n    topics:", 1)
        elif path != "annotations/site.yaml":
            yield path, text
    entities = (f"- {{id: {_slug(name)}, kind: organisation, name: {name}}}\n" for name in ENTITIES)
    yield "annotations/entities.yaml", "".join(entities)
    yield "annotations/claims.yaml", "".join(_claim(n, whole.articles[n * 7]) for n in range(CLAIMS))
    judgement = (
        "- id: it-goes-on\n  judgement: It likely goes on [analysis].\n  likelihood: likely\n  confidence: low\n"
    )
    yield "annotations/site.yaml", f"title: Synthetic corpus\nlanguage: en\nkey_judgements:\n{judgement}"


def _claim(number: int, of: Article) -> str:
    passage = of.passages[0]
    return (
        f"- id: claim-{number}\n  claim: It is claimed for the {number}th time\n  topics: [{passage.topics[0]}]\n"
        f"  status: accepted\n  confidence: low\n  why: it is so said\n"
        f"  evidence: [{{passage: {of.id}#{passage.id}, relation: supports}}]\n"
    )


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def edits(whole: Corpus) -> Mapping[str, Edit]:
    """The edits by what they change, in the order in which they follow one another."""
    first, second, last = whole.articles[0], whole.articles[1], whole.articles[-1]
    of_first, of_second, of_last = (source_file(a) for a in (first, second, last))
    counted = source_file(next(a for a in whole.articles[2:] if "    figures:\n" in our_layout.source(a)))
    told, passage = next((a, p) for a in whole.articles[1:] for p in a.passages if p.event)
    event = our_layout.event(told, passage)
    id_, date, title = event.split("\n")[:3]
    events = f"annotations/events/{date.partition('edtf: ')[2][1:5]}.yaml"
    entities, claims, measures, site = (f"annotations/{n}.yaml" for n in ("entities", "claims", "measures", "site"))
    brief = f"annotations/topics/{whole.topics[0].id}.md"
    quote, quote_cut = (f"quote: {words}" for words in _quote_and_its_beginning(second))
    right, wrong = f"quote: {_quote_and_its_beginning(first)[0]}", 'quote: "words that no text has"'
    more = article("1", SIZE, topic_names(SIZE))
    text_of_more = f"seeds/{more.id}.txt"

    return {
        "clean": nothing,
        "nothing changed": nothing,
        "files written again": written_again,
        "passage: note": changed(of_first, "note: |\n", "note: |\n      Read again.\n"),
        "passage: reason of a flag": changed(of_second, "why: who said it", "why: who said it when"),
        "passage: quote": changed(of_second, quote, quote_cut),
        "passage: topics": changed(of_last, "topics: [", f"topics: [{_free_topic(last, whole)}, "),
        "figure: scope": changed(counted, "figures:\n      - {", "figures:\n      - {scope: of all that came, "),
        "event: title": changed(events, title, f'{title[:-1]}, as told"'),
        "event: date": changed(events, f"{id_}\n{date}", f"{id_}\n{DECEMBER.sub('-12', date)}"),
        "event added": changed(events, id_, f"{event.replace(id_, '- id: later', 1)}{id_}"),
        "claim: wording": changed(claims, "for the 1th time", "for the second time"),
        "claim: status": changed(claims, "status: accepted", "status: unresolved"),
        "measure: label": changed(measures, "label: Counted in units", "label: Counted in pieces"),
        "topic: brief": changed(brief, "\n---\n", "\n---\n\nSo it is said [analysis].\n"),
        "judgement": changed(site, "It likely goes on", "It likely stays"),
        "source: title": changed(of_last, 'title: "', 'title: "Again: '),
        "source: text": in_turn(
            changed(f"seeds/{last.id}.txt", last.text, last.text + MORE),
            changed(of_last, sha256_of(last.text), sha256_of(last.text + MORE)),
        ),
        "source added": in_turn(put(text_of_more, more.text), put(source_file(more), our_layout.source(more))),
        "source removed": in_turn(removed(text_of_more), removed(source_file(more))),
        "template of a kind of page": own_template("pages/topic.html", "<h1"),
        "style": put("templates/assets/css/99-own.css", "p { margin: 1px }\n"),
        "broken: a quote": changed(of_first, right, wrong),
        "put back": changed(of_first, wrong, right),
        "broken: the form": changed(of_first, right, f"{right}\n  : ["),
        "mended": changed(of_first, f"{right}\n  : [", f"{right}\n    attribution: so they say"),
        # Of these nearly all is made anew, whatever is known: they come last, and from the command line are left out.
        "entity: description": changed(entities, "name: Medo Group", "name: Medo Group, description: A group."),
        "entity renamed": changed(entities, "id: tesi-systems", "id: systems-of-tesi"),
        "topic: title": changed(brief, "title: ", "title: More on "),
        "topic added": put("annotations/topics/added.md", "---\ntitle: Added\n---\nIt came later [analysis].\n"),
        "template of all pages": own_template("base.html", "<body"),
        "site: title": changed(site, "title: Synthetic corpus", "title: Another corpus"),
    }


COMMANDS_UNTIL = "mended"
"""The last edit after which there is a build from the command line too."""
DECEMBER = re.compile(r"-\d\d(-\d\d)?(?=\")")
MORE = "\n\nOne more came."


def source_file(of: Article) -> str:
    """The file of a source."""
    return f"annotations/sources/{of.id}.yaml"


def sha256_of(text: str) -> str:
    """What pins a text."""
    return sha256(text.encode()).hexdigest()


def _quote_and_its_beginning(of: Article) -> tuple[str, str]:
    """The first quote of a source, as it stands in its file, and without its last word."""
    passage = of.passages[0]
    cut = replace(passage, quote=passage.quote.rpartition(" ")[0])
    as_is, shorter = (
        our_layout.passage_entry(p).partition("quote: ")[2].partition("\n    note")[0] for p in (passage, cut)
    )
    return as_is, shorter


def _free_topic(of: Article, whole: Corpus) -> str:
    """A topic that the first passage of a source has not."""
    return next(t.id for t in whole.topics if t.id not in of.passages[0].topics)


# What edits are made of


def nothing(folder: Path) -> None:
    """Leave all as it is."""


def written_again(folder: Path) -> None:
    """Write some files as they are."""
    for path in sorted((folder / "annotations").glob("*.yaml")):
        path.write_bytes(path.read_bytes())


def changed(path: str, old: str, new: str) -> Edit:
    """Put other words where these stand first in a file."""

    def edit(folder: Path) -> None:
        text = (folder / path).read_text("utf-8")
        assert old in text, (path, old)
        (folder / path).write_text(text.replace(old, new, 1), "utf-8")

    return edit


def put(path: str, text: str) -> Edit:
    """Write a file."""
    return lambda folder: written(folder / path, text)


def written(path: Path, text: str) -> None:
    """Write a file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def removed(path: str) -> Edit:
    """Take a file away."""
    return lambda folder: (folder / path).unlink()


def in_turn(*several: Edit) -> Edit:
    """One after the other."""

    def edit(folder: Path) -> None:
        for each in several:
            each(folder)

    return edit


def own_template(name: str, tag: str) -> Edit:
    """The shipped template, with one attribute more."""
    shipped = (shipped_templates() / name).read_text("utf-8")
    assert tag in shipped, (name, tag)
    return put(f"templates/{name}", shipped.replace(tag, f"{tag} data-own", 1))
