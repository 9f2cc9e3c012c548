"""Small briefings for the tests of advice: two sources of these texts, and whatever else is given."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from site_builder.advising import advice
from site_builder.build import read_briefing
from site_builder.problems import Problem


def written(folder: Path, texts: dict[str, str], passages: dict[str, list[dict[str, Any]]], **files: Any) -> Path:
    """A briefing with a source for each text; `files` are the other files of `annotations/` by name."""
    (folder / "annotations" / "sources").mkdir(parents=True)
    (folder / "seeds").mkdir()
    content = {"site": {"title": "Noise"}, **files}
    for name, text in texts.items():
        (folder / "seeds" / f"{name}.txt").write_bytes(text.encode())
        digest = hashlib.sha256(text.encode()).hexdigest()
        record = {"text": f"{name}.txt", "sha256": digest, "type": "report", "title": name}
        content[f"sources/{name}"] = {**record, "passages": passages.get(name, [])}
    for name, value in content.items():
        path = folder / "annotations" / f"{name}.yaml"
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return folder


def advised(folder: Path, rule: str) -> list[Problem]:
    """The advice of one rule on a briefing."""
    read = read_briefing(folder)
    return [p for p in advice(read.briefing, read.annotations) if p.rule == rule]
