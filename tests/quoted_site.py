"""A site made to be published: long texts of which little is quoted, each kind of right, and private notes everywhere.

Every word of a text is its own (`w017` stands once), so that one that must not be published
can be looked for as it is.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

PRIVATE = tuple(f"zzcanary{n}zz" for n in range(1, 6))
"""The word in each private note: of the source, a passage, a figure, an event, a piece of evidence."""

LONG = "\n\n".join(
    (
        "Issued 4 March 2021 by the harbour office",
        " ".join(f"w{n:03}" for n in range(60)),
        " ".join(f"w{n:03}" for n in range(60, 110)) + " Port Radio counted 120 boats w110",
        " ".join(f"w{n:03}" for n in range(111, 160)),
        "q1 q2 q3 q4 The Harbour Board q5 q6 77 q7 q8",
        " ".join(f"w{n:03}" for n in range(160, 240)) + " x.",
        " ".join(f"b{n:02}" for n in range(30)),
    )
)
"""Of this text two passages are marked, in paragraphs 2 and 3; 7 is boilerplate, 5 has a name and a number."""

SOURCE = """\
text: {text}
sha256: {sha256}
type: report
title: "{title}"
{rights}issued: {{edtf: "2021-03-04", basis: stated, quote: 4 March 2021, prefix: Issued, suffix: by the harbour}}
note: {{text: "About the text: zzcanary1zz [claims](claims.html).", private: true}}
boilerplate:
  - quote: {{from: b00 b01, to: b28 b29}}
    why: the foot of the page
set_aside:
  - {{quote: q1 q2 q3 q4, suffix: The Harbour, why: no sentence}}
passages:
  - id: middle
    quote: w030 w031 w032
    prefix: w027 w028 w029
    suffix: w033 w034 w035
    topics: [noise]
    said_by: board
    note: {{text: "zzcanary2zz is [@claim:many]", private: true}}
  - id: count
    quote: Port Radio counted 120 boats
    topics: [noise]
    note: {{text: Said for all to read.}}
    flags: [{{kind: unclear, why: boats or ships}}]
    figures: [{{id: boats, measure: boats, value: 120, note: {{text: zzcanary3zz, private: true}}}}]
"""


def free(text: str) -> str:
    """The text, or the annotations, of source `free`: other words at the same places."""
    return re.sub(r"\b([wqb])(?=\d)", r"free\1", text)


def write_site(folder: Path, *, site_rights: str = "", rights: str = "", text: str = LONG) -> Path:
    """The briefing in a folder: source `long` with the rights that are given, as YAML, and `free`, that is published
    whole."""
    for name, stated, content in (
        ("long", f"rights: {rights}\n" if rights else "", text),
        ("free", 'rights: {republish: whole, why: "CC0, printed below the text"}\n', free(text)),
    ):
        seed = folder / "seeds" / f"{name}.txt"
        seed.parent.mkdir(parents=True, exist_ok=True)
        seed.write_text(content, "utf-8")
        source = SOURCE.format(text=seed.name, sha256=hashlib.sha256(content.encode()).hexdigest(),
                               title=f"The {name} text", rights=stated)  # fmt: skip
        _write(folder, f"sources/{name}.yaml", free(source) if name == "free" else source)
    _write(folder, "site.yaml", f"title: Boats\n{f'rights: {site_rights}' if site_rights else ''}\n")
    _write(folder, "measures.yaml", "- {id: boats, label: Boats, unit: boats, counts: boats in the harbour}\n")
    _write(folder, "entities.yaml", "- {id: board, kind: organisation, name: Harbour Board}\n")
    _write(folder, "topics/noise.md", "---\ntitle: Noise\n---\nThere were 120 boats [@long#count].\n")
    _write(folder, "events.yaml", """\
- id: counting
  date: {edtf: "2021-03-04", basis: inferred, why: the day of issue}
  title: The boats are counted
  evidence: [long#count]
  note: {text: zzcanary4zz, private: true}
""")  # fmt: skip
    _write(folder, "claims.yaml", """\
- id: many
  claim: There were many boats
  topics: [noise]
  status: accepted
  confidence: low
  evidence:
    - {passage: long#count, relation: supports, note: {text: zzcanary5zz, private: true}}
    - {passage: long#middle, relation: qualifies}
""")  # fmt: skip
    _write(folder, "changes.yaml", """\
- id: first
  date: 2021-03-05
  changes: [{subject: source, id: long, what: set aside, part: q1 q2 q3 q4, after: no sentence}]
""")  # fmt: skip
    return folder


def _write(folder: Path, name: str, content: str) -> None:
    file = folder / "annotations" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, "utf-8")
