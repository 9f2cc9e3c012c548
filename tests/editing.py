"""Edits of a briefing as a person makes them, each with what it does to the pages: for tests of builds after edits.

Files are read as YAML, changed and written whole. Each edit leaves a briefing that builds, but for those in `BREAKING`.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from site_builder.theme.rendering import shipped_templates

Record = dict[str, Any]
WORDS = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta")
SPARE = "\n\n".join(f"Spare {word} came by boat." for word in WORDS)
SPARE_TEXT = f"Spare cooper counted 7 barrels.\n\nNobody counted 3 barrels.\n\n{SPARE}\n"
LISTS = ("events", "claims", "measures", "entities")


class Effect(NamedTuple):
    """What an edit does to the pages: words come to stand on one, or stand on none any more; some page changes, none
    does, or that depends."""

    kind: Literal["shown", "gone", "some", "none", "any"]
    words: str = ""


SOME, NONE, ANY = Effect("some"), Effect("none"), Effect("any")


class NotHere(Exception):
    """There is nothing in this briefing on which the edit could be made."""


_SAFE: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # in C where it is there


class _Dumper(_SAFE):  # type: ignore[misc] # what it is made from is known when it runs
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 its signature is given
        return True


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _loaded(text: str) -> Any:
    return yaml.load(text, _LOADER)  # noqa: S506 it is safe


@dataclass
class Folder:
    """A briefing's folder, and what edits need by the way: chance, and words that stand nowhere yet."""

    path: Path
    chance: random.Random
    number: int = 0

    def mark(self) -> str:
        """A word that stands nowhere yet."""
        self.number += 1
        return f"zq{self.number}zq"

    def file(self, name: str) -> Path:
        """The file of a name below `annotations/`; of a list in several files, any of them."""
        found = self.path / "annotations" / f"{name}.yaml"
        if not found.exists() and (several := sorted((self.path / "annotations" / name).glob("*.yaml"))):
            return self.chance.choice(several)
        return found

    def read(self, name: str) -> Any:
        """What a file holds; nothing where there is none."""
        found = self.file(name)
        return _loaded(found.read_text("utf-8")) if found.exists() else []

    def write(self, file: Path, content: Any) -> None:
        """Write a file's content anew."""
        file.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
        file.write_text(text, "utf-8")

    def sources(self) -> list[str]:
        """The ids of all sources."""
        return sorted(p.stem for p in (self.path / "annotations" / "sources").glob("*.yaml"))

    def files(self) -> list[Path]:
        """All files of the annotations."""
        return sorted(p for p in (self.path / "annotations").rglob("*") if p.is_file())

    def times(self, name: str) -> int:
        """How often an id is written: once where it is given, unless that is the name of a file."""
        text = "\n".join(p.read_text("utf-8") for p in self.files())
        return len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))

    def rename(self, old: str, new: str) -> None:
        """Use another id wherever one is used."""
        for file in self.files():
            text = file.read_text("utf-8")
            other = re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", new, text)
            if other != text:
                file.write_text(other, "utf-8")


class Edited:
    """Some content of a file, written back at the end of a `with`."""

    def __init__(self, folder: Folder, file: Path) -> None:
        self.folder = folder
        self.file = file

    def __enter__(self) -> Any:
        self.content = _loaded(self.file.read_text("utf-8")) if self.file.exists() else []
        return self.content

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.folder.write(self.file, self.content)


Edit = Callable[[Folder], Effect]


# What the edits have in common


def listed(folder: Folder, name: str) -> Edited:
    """One file of a list."""
    return Edited(folder, folder.file(name))


def site(folder: Folder) -> Edited:
    """`site.yaml`."""
    return Edited(folder, folder.path / "annotations" / "site.yaml")


def source(folder: Folder, name: str = "") -> Edited:
    """Any source, or one."""
    return Edited(
        folder, folder.path / "annotations" / "sources" / f"{name or folder.chance.choice(folder.sources())}.yaml"
    )


def some(folder: Folder, records: Any) -> Any:
    """Any of some records; there may be none."""
    if not records:
        raise NotHere
    return folder.chance.choice(records)


def put(name: str, key: str, words: str = "{}") -> Edit:
    """The edit that puts words that are shown under a key of any record of a list."""

    def edit(folder: Folder) -> Effect:
        mark = folder.mark()
        with listed(folder, name) as records:
            some(folder, records)[key] = words.format(mark)
        return Effect("shown", mark)

    return edit


def put_source(key: str, words: str = "{}") -> Edit:
    """The same of any source."""

    def edit(folder: Folder) -> Effect:
        mark = folder.mark()
        with source(folder) as record:
            record[key] = words.format(mark)
        return Effect("shown", mark)

    return edit


def put_passage(key: str, make: Callable[[str], Any]) -> Edit:
    """The same of any passage."""

    def edit(folder: Folder) -> Effect:
        mark = folder.mark()
        with source(folder) as record:
            some(folder, record.get("passages"))[key] = make(mark)
        return Effect("shown", mark)

    return edit


def taken_out(folder: Folder, records: list[Record], named: Callable[[Record], str]) -> Record:
    """Any record that nothing names, taken out of its list."""
    free = [r for r in records if folder.times(named(r)) == 1]
    found: Record = some(folder, free)
    records.remove(found)
    return found


def topics(folder: Folder) -> list[str]:
    """The ids of all topics."""
    return sorted(p.stem for p in (folder.path / "annotations" / "topics").glob("*.md"))


def refs(folder: Folder) -> list[str]:
    """Every passage."""
    return [
        f"{name}#{p['id']}" for name in folder.sources() for p in folder.read(f"sources/{name}").get("passages", ())
    ]


def toggled(values: list[str], pool: list[str], folder: Folder) -> None:
    """Take any value of a pool out of a list, or put it in."""
    value = some(folder, pool)
    values.remove(value) if value in values else values.append(value)


# Passages and what is written at them


def note_removed(folder: Folder) -> Effect:
    mark = folder.mark()
    with source(folder, "spare") as record:
        passage = some(folder, record["passages"])
        passage["note"] = f"To go {mark}."
    return Effect("shown", mark)


def private_note(mark: str) -> Record:
    return {"text": f"For us {mark}.", "private": True}


def passage_added(folder: Folder) -> Effect:
    with source(folder, "spare") as record:
        taken = {p["quote"] for p in record["passages"]}
        quote = some(folder, [q for w in WORDS if (q := f"Spare {w} came by boat") not in taken])
        mark = folder.mark()
        record["passages"].append({"id": mark, "quote": quote, "topics": [some(folder, topics(folder))]})
    return Effect("shown", mark)


def passage_removed(folder: Folder) -> Effect:
    with source(folder, "spare") as record:
        found = taken_out(folder, record["passages"], lambda p: p["id"])
    return Effect("gone", f'"p-{found["id"]}"')


def passage_renamed(folder: Folder) -> Effect:
    mark = folder.mark()
    folder.rename(some(folder, [p["id"] for p in folder.read("sources/spare")["passages"]]), mark)
    return Effect("shown", mark)


def quote_changed(folder: Folder) -> Effect:
    with source(folder, "spare") as record:
        taken = {p["quote"] for p in record["passages"]}
        found = some(folder, [p for p in record["passages"] if not p.get("figures") and not p.get("said_by")])
        found["quote"] = some(folder, [q for w in WORDS if (q := f"Spare {w} came by boat") not in taken])
    return SOME


def passage_topic(folder: Folder) -> Effect:
    with source(folder) as record:
        toggled(some(folder, record.get("passages")).setdefault("topics", []), topics(folder), folder)
    return SOME


def said_by(folder: Folder) -> Effect:
    with source(folder, "spare") as record:
        passage = some(folder, [p for p in record["passages"] if "speech" not in p])
        if passage.pop("said_by", None) is None:
            passage["said_by"] = some(folder, [e["id"] for e in folder.read("entities")])
    return SOME


def flag_removed(folder: Folder) -> Effect:
    with source(folder) as record:
        some(folder, [p for p in record.get("passages", ()) if p.get("flags")])["flags"].pop()
    return SOME


def passages_reversed(folder: Folder) -> Effect:
    """Their order in the file shows on the page of a topic."""
    with source(folder, "spare") as record:
        record["passages"].reverse()
    return SOME


# Figures and measures


def _figure(folder: Folder, record: Record) -> Record:
    found = [f for p in record.get("passages", ()) for f in p.get("figures", ())]
    figure: Record = some(folder, [f for f in found if "derived" not in f])
    return figure


def figure_scope(folder: Folder) -> Effect:
    mark = folder.mark()
    with source(folder) as record:
        _figure(folder, record)["scope"] = f"of all {mark}"
    return Effect("shown", mark)


def figure_written_otherwise(folder: Folder) -> Effect:
    """7, then 7.0, then 7.00: equal numbers, and other words on the pages."""
    name = some(folder, [n for n in folder.sources() if "value: " in folder.file(f"sources/{n}").read_text("utf-8")])
    file = folder.path / "annotations" / "sources" / f"{name}.yaml"
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"(\bvalue: \d+(?!\.?\d*\n? *derived))(\.\d+)?\b", _longer, text, count=1), "utf-8")
    return SOME


def _longer(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2] or '.'}0"


def figure_added(folder: Folder) -> Effect:
    mark = folder.mark()
    with source(folder, "spare") as record:
        passage = some(folder, [p for p in record["passages"] if "3 barrels" in p["quote"]])
        passage.setdefault("figures", []).append({"id": mark, "measure": "barrels", "value": 3})
    return Effect("shown", mark)


def figure_removed(folder: Folder) -> Effect:
    with source(folder, "spare") as record:
        figures = some(folder, [p["figures"] for p in record["passages"] if p.get("figures")])
        taken_out(folder, figures, lambda f: f["id"])
    return SOME


def incomparable(folder: Folder) -> Effect:
    """One more measure that another must not be compared with, before the others: a mapping has an order."""
    mark = folder.mark()
    every = [m["id"] for m in folder.read("measures")]
    with listed(folder, "measures") as records:
        measure = some(folder, records)
        others = measure.get("not_comparable") or {}
        other = some(folder, [m for m in every if m != measure["id"] and m not in others])
        measure["not_comparable"] = {other: f"they differ {mark}", **others}
    return Effect("shown", mark)


def incomparable_reversed(folder: Folder) -> Effect:
    with listed(folder, "measures") as records:
        measure = some(folder, records)
        every = [m["id"] for m in records if m["id"] != measure["id"]][:2]
        if len(every) < 2:
            raise NotHere
        if list(measure.get("not_comparable") or {}) == every:
            every.reverse()
        measure["not_comparable"] = {name: f"not {name}" for name in every}
    return SOME


# Entities


def entity_named_in_texts(folder: Folder) -> Effect:
    mark = folder.mark()
    known = {e["name"] for e in folder.read("entities")}
    name = some(folder, [w for word in WORDS if (w := f"Spare {word}") not in known])
    with listed(folder, "entities") as records:
        records.append({"id": mark, "kind": "person", "name": name})
    return Effect("shown", mark)


def alias_found_in_texts(folder: Folder) -> Effect:
    text = "\n".join(p.read_text("utf-8") for p in folder.files())
    word = some(folder, [w for word in WORDS if (w := f"{word} came") not in text])
    with listed(folder, "entities") as records:
        some(folder, records).setdefault("aliases", []).append(word)
    return SOME


def alias_removed(folder: Folder) -> Effect:
    with listed(folder, "entities") as records:
        some(folder, [e for e in records if e.get("aliases") and not e.get("unnamed")])["aliases"].pop()
    return SOME


def entity_removed(folder: Folder) -> Effect:
    with listed(folder, "entities") as records:
        found = taken_out(folder, records, lambda e: e["id"])
    return Effect("gone", f"entities/{found['id']}.html")


def entity_renamed(folder: Folder) -> Effect:
    mark = folder.mark()
    own = [e["id"] for e in folder.read("entities") if e["id"].startswith(("zq", "spare-"))]
    folder.rename(some(folder, own), mark)
    return Effect("shown", f"entities/{mark}.html")


def place_moved(folder: Folder) -> Effect:
    with listed(folder, "entities") as records:
        entity = some(folder, [e for e in records if e["kind"] == "place" and "lat" in e])
        entity["lat"] = round(float(entity["lat"]) + 0.25, 2)
    return SOME


# Events and claims


def event_added(folder: Folder) -> Effect:
    mark = folder.mark()
    date = {"edtf": f"{folder.chance.randrange(1990, 2021)}", "basis": "inferred", "why": "so it seems"}
    with listed(folder, "events") as records:
        event = {"id": mark, "date": date, "title": f"It came {mark}", "evidence": [some(folder, refs(folder))]}
        records.insert(folder.chance.randrange(len(records) + 1), event)
    return Effect("shown", mark)


def event_removed(folder: Folder) -> Effect:
    with listed(folder, "events") as records:
        found = taken_out(folder, records, lambda e: e["id"])
    return Effect("gone", f'"e-{found["id"]}"')


def event_dated(folder: Folder) -> Effect:
    with listed(folder, "events") as records:
        event = some(folder, [e for e in records if e["id"].startswith(("zq", "spare"))])
        year = event["date"]["edtf"]
        event["date"] = {"edtf": str(int(str(year)[:4]) - 3), "basis": "inferred", "why": "so it seems"}
    return SOME


def event_evidence(folder: Folder) -> Effect:
    with listed(folder, "events") as records:
        event = some(folder, [e for e in records if e["id"].startswith(("zq", "spare"))])
        event["evidence"].append(some(folder, [r for r in refs(folder) if r not in event["evidence"]]))
    return SOME


def event_topics(folder: Folder) -> Effect:
    with listed(folder, "events") as records:
        toggled(some(folder, records).setdefault("topics", []), topics(folder), folder)
    return SOME


def events_of_a_day_reordered(folder: Folder) -> Effect:
    with listed(folder, "events") as records:
        records.reverse()
        two = {"edtf": "1950", "basis": "inferred", "why": "so it seems"}
        if not any(e["id"] == "same-b" for e in records):
            for name in ("same-a", "same-b"):
                records.append({"id": name, "date": two, "title": f"Event {name}", "evidence": [refs(folder)[0]]})
    return SOME


def claim_status(folder: Folder) -> Effect:
    with listed(folder, "claims") as records:
        claim = some(folder, [c for c in records if c["status"] not in ("conflict", "retracted")])
        claim["status"] = "unresolved" if claim["status"] == "accepted" else "accepted"
    return SOME


def claim_evidence(folder: Folder) -> Effect:
    mark = folder.mark()
    with listed(folder, "claims") as records:
        claim = some(folder, records)
        ref = some(folder, [r for r in refs(folder) if r not in {e["passage"] for e in claim["evidence"]}])
        claim["evidence"].append({"passage": ref, "relation": "supports", "note": f"So {mark}."})
    return Effect("shown", mark)


def claim_added(folder: Folder) -> Effect:
    mark = folder.mark()
    evidence = [{"passage": some(folder, refs(folder)), "relation": "supports"}]
    claim = {"id": mark, "claim": f"So it is {mark}", "topics": [some(folder, topics(folder))], "status": "accepted"}
    with listed(folder, "claims") as records:
        records.insert(0, {**claim, "confidence": "low", "evidence": evidence})
    return Effect("shown", f"claims/{mark}.html")


def claim_removed(folder: Folder) -> Effect:
    with listed(folder, "claims") as records:
        found = taken_out(folder, records, lambda c: c["id"])
    return Effect("gone", f"claims/{found['id']}.html")


# Prose


def brief_sentence(folder: Folder) -> Effect:
    mark = folder.mark()
    file = folder.path / "annotations" / "topics" / f"{some(folder, topics(folder))}.md"
    ref = folder.chance.choice(["[analysis]", f"[@{some(folder, refs(folder))}]"])
    file.write_text(f"{file.read_text('utf-8').rstrip()}\n\nSo {mark} is said {ref}.\n", "utf-8")
    return Effect("shown", mark)


def topic_title(folder: Folder) -> Effect:
    mark = folder.mark()
    file = folder.path / "annotations" / "topics" / f"{some(folder, topics(folder))}.md"
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"^title: .*$", f"title: Topic {mark}", text, count=1, flags=re.MULTILINE), "utf-8")
    return Effect("shown", mark)


def topic_added(folder: Folder) -> Effect:
    mark = folder.mark()
    file = folder.path / "annotations" / "topics" / f"{mark}.md"
    file.write_text(f"---\ntitle: New {mark}\nsummary: On it.\n---\nNothing is said [analysis].\n", "utf-8")
    return Effect("shown", f"topics/{mark}.html")


def topic_removed(folder: Folder) -> Effect:
    found = some(folder, [t for t in topics(folder) if t.startswith("zq") and not folder.times(t)])
    (folder.path / "annotations" / "topics" / f"{found}.md").unlink()
    return Effect("gone", f"topics/{found}.html")


def topic_theme(folder: Folder) -> Effect:
    with site(folder) as record:
        themes = record.setdefault("themes", {})
        found = some(folder, topics(folder))
        themes[found] = "slate" if themes.get(found) == "purple" else "purple"
    return SOME


def themes_reversed(folder: Folder) -> Effect:
    """The order of the topics is theirs in `themes`."""
    with site(folder) as record:
        own = topics(folder)
        if len(own) < 2:
            raise NotHere
        order = own[::-1] if list(record.get("themes", {})) == own else own
        record["themes"] = {topic: ("blue", "green", "ochre")[at % 3] for at, topic in enumerate(order)}
    return SOME


def judgement(folder: Folder) -> Effect:
    mark = folder.mark()
    with site(folder) as record:
        some(folder, record["key_judgements"])["judgement"] = f"So it is {mark} [analysis]."
    return Effect("shown", mark)


def judgement_added(folder: Folder) -> Effect:
    mark = folder.mark()
    with site(folder) as record:
        own = {"id": mark, "judgement": f"It is {mark} [@{some(folder, refs(folder))}].", "confidence": "low"}
        record["key_judgements"].insert(0, own)
    return Effect("shown", mark)


def question(folder: Folder) -> Effect:
    mark = folder.mark()
    with site(folder) as record:
        asked = record.setdefault("open_questions", [])
        asked.append({"id": mark, "question": f"Is it {mark}?", "nearest": [some(folder, refs(folder))]})
    return Effect("shown", mark)


def question_removed(folder: Folder) -> Effect:
    with site(folder) as record:
        found = taken_out(folder, record.get("open_questions", []), lambda q: q["id"])
    return Effect("gone", found["question"])


# Sources


def source_language(folder: Folder) -> Effect:
    with source(folder) as record:
        record["language"] = "de" if record.get("language") != "de" else "it"
    return SOME


def source_issued(folder: Folder) -> Effect:
    with source(folder, "spare") as record:
        year = "2021" if "2022" in str(record.get("issued")) else "2022"
        record["issued"] = {"edtf": year, "basis": "inferred", "why": "so it seems"}
    return SOME


def source_rights(folder: Folder) -> Effect:
    mark = folder.mark()
    with source(folder) as record:
        record["rights"] = {"republish": "whole", "why": f"it is free {mark}"}
    return Effect("shown", mark)


def source_null(folder: Folder) -> Effect:
    """A field without a value: that the text does not print it, or that nobody looked."""
    with source(folder) as record:
        if record.get("container-title"):
            raise NotHere
        if "container-title" in record:
            del record["container-title"]
        else:
            record["container-title"] = None
    return SOME


def source_graded(folder: Folder) -> Effect:
    mark = folder.mark()
    with source(folder) as record:
        record["reliability"] = {"grade": folder.chance.choice("ABC"), "why": f"known {mark}"}
    return Effect("shown", mark)


def source_added(folder: Folder) -> Effect:
    mark = folder.mark()
    text = f"Of {mark} nothing is known. Spare alpha may know.\n"
    (folder.path / "seeds" / f"{mark}.txt").write_text(text, "utf-8")
    record = {"text": f"{mark}.txt", "sha256": _hash(text), "type": "webpage", "title": f"Title {mark}"}
    passage = {"id": "nothing", "quote": f"Of {mark} nothing is known", "topics": [some(folder, topics(folder))]}
    folder.write(folder.path / "annotations" / "sources" / f"{mark}.yaml", record | {"passages": [passage]})
    return Effect("shown", f"sources/{mark}.html")


def source_removed(folder: Folder) -> Effect:
    found = some(folder, [s for s in folder.sources() if s.startswith("zq") and not _is_cited(folder, s)])
    (folder.path / "annotations" / "sources" / f"{found}.yaml").unlink()
    (folder.path / "seeds" / f"{found}.txt").unlink()
    return Effect("gone", f"sources/{found}.html")


def _is_cited(folder: Folder, name: str) -> bool:
    return any(f"{name}#" in p.read_text("utf-8") for p in folder.files())


def source_renamed(folder: Folder) -> Effect:
    found, mark = some(folder, [s for s in folder.sources() if s.startswith("zq")]), folder.mark()
    folder.rename(found, mark)
    seed, record = folder.path / "seeds" / f"{found}.txt", folder.path / "annotations" / "sources" / f"{found}.yaml"
    text = seed.read_text("utf-8").replace(found, mark)
    seed.unlink()
    (folder.path / "seeds" / f"{mark}.txt").write_text(text, "utf-8")
    content = _loaded(record.read_text("utf-8")) | {"text": f"{mark}.txt", "sha256": _hash(text)}
    record.unlink()
    folder.write(record.with_name(f"{mark}.yaml"), content)
    return Effect("shown", f"sources/{mark}.html")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def seed(folder: Folder) -> Effect:
    """A text that has grown, and its hash."""
    mark = folder.mark()
    with source(folder, "spare") as record:
        file = folder.path / "seeds" / record["text"]
        text = f"{file.read_text('utf-8')}\nOne more came, {mark}.\n"
        file.write_text(text, "utf-8")
        record["sha256"] = _hash(text)
    return Effect("shown", mark)


# The site, its theme and its history


def put_site(key: str, words: str = "{}") -> Edit:
    """The edit that puts words that are shown under a key of the site."""

    def edit(folder: Folder) -> Effect:
        mark = folder.mark()
        with site(folder) as record:
            record[key] = words.format(mark)
        return Effect("shown", mark)

    return edit


def site_language(folder: Folder) -> Effect:
    with site(folder) as record:
        record["language"] = "fr" if record.get("language") != "fr" else "en"
    return SOME


def site_rights(folder: Folder) -> Effect:
    """In a local build nothing is cut; but the page of the data tells how large they are."""
    with site(folder) as record:
        record["rights"] = {"republish": "excerpts", "why": f"by law {folder.mark()}"}
    return ANY


def rules(folder: Folder) -> Effect:
    mark = folder.mark()
    with site(folder) as record:
        set_ = record.setdefault("rules", {})
        set_[folder.chance.choice(["unread", "unused-entity"])] = {"severity": "off", "why": f"for now {mark}"}
    return Effect("shown", mark)


def changes(folder: Folder) -> Effect:
    mark = folder.mark()
    entry = {
        "id": mark,
        "date": "2021-07-01",
        "summary": f"Told {mark}",
        "changes": [{"subject": "site", "id": "site", "what": "title", "after": mark}],
    }
    with listed(folder, "changes") as records:
        records.append(entry)
    return Effect("shown", mark)


def correction(folder: Folder) -> Effect:
    mark = folder.mark()
    with listed(folder, "corrections") as records:
        records.append({"id": mark, "date": "2021-07-01", "wrong": f"It was {mark}.", "right": "It was not."})
    return Effect("shown", mark)


TEMPLATES = ("pages/flags.html", "pages/source.html", "pages/topic.html", "base.html")


def template(folder: Folder) -> Effect:
    """A template of one's own: the shipped one, or the own as it is, with a word more."""
    mark = folder.mark()
    name = folder.chance.choice(TEMPLATES)
    own = folder.path / "templates" / name
    text = (own if own.exists() else shipped_templates() / name).read_text("utf-8")
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(text.replace("<h1", f"<h1 data-{mark}", 1).replace("<body", f"<body data-{mark}", 1), "utf-8")
    return Effect("shown", f"data-{mark}")


def template_removed(folder: Folder) -> Effect:
    own = some(folder, [f for name in TEMPLATES if (f := folder.path / "templates" / name).exists()])
    own.unlink()
    return SOME


def theme(folder: Folder) -> Effect:
    """What the theme leaves out, one thing more or another; sometimes nothing any more."""
    file = folder.path / "templates" / "theme.yaml"
    before = _loaded(file.read_text("utf-8"))["leaves_out"] if file.exists() else []
    chosen = [name for name in ("map", "search", "data", "not-found", "feed") if folder.chance.random() < 0.5]
    if before and (not chosen or sorted(chosen) == sorted(before)):
        file.unlink()
        return ANY
    file.parent.mkdir(parents=True, exist_ok=True)
    folder.write(file, {"leaves_out": chosen or ["search"]})
    return ANY if set(chosen) <= {"map", "not-found", "feed"} else SOME


def style(folder: Folder) -> Effect:
    file = folder.path / "templates" / "assets" / "css" / "99-own.css"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"p {{ margin: {folder.chance.randrange(999)}px }}\n", "utf-8")
    return NONE


def asset(folder: Folder) -> Effect:
    """A file that goes out as it is: it comes where there is none, and goes where there is one."""
    file = folder.path / "templates" / "assets" / "logo.svg"
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists():
        file.unlink()
    else:
        file.write_text(f"<svg><!-- {folder.mark()} --></svg>", "utf-8")
    return NONE


def touched(folder: Folder) -> Effect:
    for file in folder.files():
        file.write_bytes(file.read_bytes())
    return NONE


def comment(folder: Folder) -> Effect:
    file = folder.chance.choice([f for f in folder.files() if f.suffix == ".yaml"])
    file.write_text(f"# {folder.mark()}\n{file.read_text('utf-8')}", "utf-8")
    return NONE


EDITS: Mapping[str, Edit] = {
    "note of a passage": put_passage("note", "Read {}.".format),
    "note of a passage, private": put_passage("note", private_note),
    "attribution of a passage": put_passage("attribution", "from {}".format),
    "flag": put_passage("flags", lambda mark: [{"kind": "unclear", "why": f"is it {mark}?"}]),
    "flag removed": flag_removed,
    "passage added": passage_added, "passage removed": passage_removed, "passage renamed": passage_renamed,
    "passages in another order": passages_reversed, "quote": quote_changed, "topics of a passage": passage_topic,
    "voice of a passage": said_by,
    "figure: scope": figure_scope, "figure written otherwise": figure_written_otherwise,
    "figure added": figure_added, "figure removed": figure_removed,
    "measure: label": put("measures", "label", "Number {}"), "measure: counts": put("measures", "counts"),
    "measure: not comparable": incomparable, "measure: order of what is not": incomparable_reversed,
    "entity: name": put("entities", "name", "Name {}"), "entity: description": put("entities", "description"),
    "entity that texts name": entity_named_in_texts, "alias that texts have": alias_found_in_texts,
    "alias removed": alias_removed, "entity removed": entity_removed, "entity renamed": entity_renamed,
    "place": place_moved,
    "event: title": put("events", "title", "It happens {}"), "event: note": put("events", "note", "Note {}."),
    "event: date": event_dated, "event: evidence": event_evidence, "event: topics": event_topics,
    "event added": event_added, "event removed": event_removed, "events of a day": events_of_a_day_reordered,
    "claim: wording": put("claims", "claim", "It is so {}"), "claim: why": put("claims", "why", "since {}"),
    "claim: status": claim_status, "claim: evidence": claim_evidence, "claim added": claim_added,
    "claim removed": claim_removed,
    "judgement": judgement, "judgement added": judgement_added, "question": question,
    "question removed": question_removed, "brief": brief_sentence,
    "topic: title": topic_title, "topic: theme": topic_theme, "topics in another order": themes_reversed,
    "topic added": topic_added, "topic removed": topic_removed,
    "source: title": put_source("title", "Title {}"), "source: short title": put_source("title-short", "Short {}"),
    "source: URL": put_source("URL", "https://example.org/{}"), "source: note": put_source("note", "A note {}."),
    "source: issued": source_issued, "source: language": source_language, "source: rights": source_rights,
    "source: null": source_null, "source: grade": source_graded,
    "source added": source_added, "source removed": source_removed, "source renamed": source_renamed, "seed": seed,
    "site: title": put_site("title", "Site {}"), "site: description": put_site("description"),
    "site: address": put_site("base_url", "https://example.org/{}/"), "site: language": site_language,
    "site: rights": site_rights, "rules": rules, "changes": changes, "correction": correction,
    "template": template, "template removed": template_removed, "theme": theme, "style": style,
    "asset": asset,
    "files written again": touched, "comment": comment,
}  # fmt: skip


# What no briefing may be


def bad_quote(folder: Folder) -> None:
    with source(folder) as record:
        some(folder, record.get("passages"))["quote"] = "words that no text has"


def bad_id(folder: Folder) -> None:
    with listed(folder, "claims") as records:
        some(folder, records)["evidence"][0]["passage"] = "spare#no-such"


def bad_link(folder: Folder) -> None:
    with source(folder) as record:
        some(folder, record.get("passages"))["note"] = "See [there](no-such.html) and [here](#no-such)."


def bad_yaml(folder: Folder) -> None:
    file = folder.chance.choice([f for f in folder.files() if f.suffix == ".yaml"])
    file.write_text(f"{file.read_text('utf-8')}\n  : [", "utf-8")


def bad_seed(folder: Folder) -> None:
    file = folder.chance.choice(sorted((folder.path / "seeds").iterdir()))
    file.write_bytes(file.read_bytes() + b"More.\n")


def bad_number(folder: Folder) -> None:
    with source(folder) as record:
        _figure(folder, record)["value"] = 123456


def no_seed(folder: Folder) -> None:
    folder.chance.choice(sorted((folder.path / "seeds").iterdir())).unlink()


def bad_template(folder: Folder) -> None:
    file = folder.path / "templates" / "pages" / "flags.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{% if %}", "utf-8")


def lost_ids(folder: Folder) -> None:
    """A template without the ids to which other pages lead, which stay as they are."""
    file = folder.path / "templates" / "pages" / "timeline.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("<!doctype html><title>{{ frame.title }}</title>", "utf-8")


BREAKING = (bad_quote, bad_id, bad_link, bad_yaml, bad_seed, bad_number, no_seed, bad_template, lost_ids)


# What is edited


def add_spares(folder: Path) -> None:
    """Add to a briefing what edits need: a source, and one of everything that rests on it."""
    own = Folder(folder, random.Random(0))  # noqa: S311
    (folder / "seeds" / "spare.txt").write_text(SPARE_TEXT, "utf-8")
    figure = {"id": "how-many", "measure": "barrels", "value": 7}
    counted = {
        "id": "has-counted",
        "quote": "Spare cooper counted 7 barrels",
        "said_by": "spare-cooper",
        "figures": [figure],
    }
    passages = [
        counted | {"topics": ["spare"], "flags": [{"kind": "unclear", "why": "who counted?"}], "note": "A *note*."},
        {"id": "by-nobody", "quote": "Nobody counted 3 barrels", "topics": ["spare"]},
        {"id": "has-alpha", "quote": "Spare alpha came by boat", "topics": ["spare"]},
        {"id": "has-beta", "quote": "Spare beta came by boat"},
    ]
    record = {"text": "spare.txt", "sha256": _hash(SPARE_TEXT), "type": "report", "title": "Spares"}
    own.write(folder / "annotations" / "sources" / "spare.yaml", record | {"passages": passages})
    text = "Of zqfirst nothing is known.\n"
    (folder / "seeds" / "zqfirst.txt").write_text(text, "utf-8")
    record = {"text": "zqfirst.txt", "sha256": _hash(text), "type": "webpage", "title": "Title zqfirst"}
    own.write(folder / "annotations" / "sources" / "zqfirst.yaml", record)
    (folder / "annotations" / "topics" / "zqlast.md").write_text(
        "---\ntitle: Last\n---\nNothing [analysis].\n", "utf-8"
    )
    date = {"edtf": "2020", "basis": "inferred", "why": "so it seems"}
    evidence = [{"passage": "spare#has-counted", "relation": "supports"}]
    claim = {"id": "spare-claim", "claim": "Barrels were counted", "status": "accepted", "confidence": "low"}
    for name, more in (
        ("events", {"id": "spare-event", "date": date, "title": "Barrels came", "evidence": ["spare#has-counted"]}),
        ("claims", claim | {"topics": ["spare"], "evidence": evidence}),
        ("measures", {"id": "barrels", "label": "Barrels", "unit": "barrels", "counts": "barrels that came"}),
        ("entities", {"id": "spare-cooper", "kind": "person", "name": "Spare cooper", "aliases": ["the cooper"]}),
    ):
        with listed(own, name) as records:
            records.append(more)
    with listed(own, "entities") as records:
        records.append({"id": "zqnobody", "kind": "group", "name": "Somebody else"})
    (folder / "annotations" / "topics" / "spare.md").write_text(
        "---\ntitle: Spares\n---\nThere were 7 barrels [@spare#has-counted]. More is not known [analysis].\n", "utf-8"
    )
    with site(own) as record:
        for key, entry in (("key_judgements", "judgement"), ("open_questions", "question")):
            words = f"Is it so? [{'analysis'}]" if entry == "judgement" else "Who counted?"
            more = {"id": f"spare-{entry}", entry: words}
            record.setdefault(key, []).append(more | ({"confidence": "low"} if entry == "judgement" else {}))


def spread(folder: Path) -> None:
    """Put each entry of each list into a file of its own, and a template beside them."""
    template = folder / "templates" / TEMPLATES[0]
    template.parent.mkdir(parents=True)
    template.write_text((shipped_templates() / TEMPLATES[0]).read_text("utf-8").replace("<h1", "<h1 data-own"), "utf-8")
    own = Folder(folder, random.Random(0))  # noqa: S311
    for name in LISTS:
        records = own.read(name)
        own.file(name).unlink()
        for record in records:
            own.write(folder / "annotations" / name / f"{record['id']}.yaml", [record])
